"""Whatever a report holds: reading it ends, quotes stand at their offsets, nothing happens after it was told."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configs.load import load_language, load_theatre
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report

SIDES = [
    "rebels",
    "the Syrian army",
    "IS fighters",
    "the SDF",
    "Nusra Front militants",
    "the regime",
    "they",
    "its forces",
]
VERBS = [
    "captured",
    "seized",
    "have besieged",
    "withdrew from",
    "advanced into",
    "failed to retake",
    "hope to storm",
    "did not take",
    "lost",
    "control",
    "drove ISIS out of",
    "repelled an attack on",
    "handed over",
    "said that they began an operation on Wednesday to retake",
    "who took Azaz in May launched an attack last month on",
    "left",
]
PLACES = [
    "Raqqa",
    "Deir ez-Zor",
    "the town",
    "it",
    "al-Bab and Jarablus",
    "parts of Aleppo",
    "the village of Umm Hawsh",
]
ENDS = [
    "on Friday",
    "last week",
    "in May 2015",
    "since 2012",
    "hours after they took Mosul",
    "two days ago",
    "",
    "to the army",
    "from the rebels",
    "by 2019",
    "in 2014, a month after they took Mosul",
]
SENTENCE = st.builds(lambda *w: " ".join(w).strip() + ".", *map(st.sampled_from, (SIDES, VERBS, PLACES, ENDS)))
SENTENCES = tomllib.loads((Path(__file__).parents[1] / "unit" / "sentences.toml").read_text())["told"]
TORN = st.lists(st.tuples(st.sampled_from(sorted(SENTENCES)), st.integers(0, 30), st.integers(0, 30)), max_size=5).map(
    lambda cuts: " ".join(word for text, first, n in cuts for word in text.split()[first : first + n])
)
"""Beginnings, middles and ends of sentences run together, as scraped pages have them."""
REPORT = st.lists(SENTENCE, min_size=1, max_size=6).map(" ".join)
DAYS = st.dates(date(2011, 3, 15), date(2024, 12, 31))


@lru_cache(maxsize=1)
def reader() -> ClaimReader:
    return ClaimReader(load_theatre("syria"), load_language("en"))


def report(text: str, day: date | None) -> Report:
    return Report("r", "r", "unknown", None, None, day, None, "metadata", None, "en", text, "", "r.txt")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=400), REPORT, TORN), st.one_of(st.none(), DAYS))
def test_reading_ends_on_any_text_and_quotes_stand_at_their_offsets(text: str, day: date | None) -> None:
    for claim in reader().read(report(text, day)).claims:
        assert text[claim.char_start : claim.char_end] == claim.quote
        assert claim.quote


def test_a_sentence_that_is_cut_off_anywhere_is_read() -> None:
    for text in SENTENCES:
        pieces = text.split()
        for i in range(len(pieces)):
            for torn in (" ".join(pieces[:i]), " ".join(pieces[i:])):
                assert all(torn[c.char_start : c.char_end] == c.quote for c in reader().read(report(torn, None)).claims)


@settings(max_examples=150, deadline=None)
@given(REPORT, DAYS)
def test_nothing_that_happened_lies_after_its_report(text: str, day: date) -> None:
    for claim in reader().read(report(text, day)).claims:
        if claim.status == "happened" and claim.date_end is not None:
            assert claim.date_end <= day + timedelta(days=1)
            assert claim.date_start is not None
            assert claim.date_start <= claim.date_end


@settings(max_examples=60, deadline=None)
@given(REPORT, DAYS)
def test_reading_twice_gives_the_same_claims_with_ids_of_their_own(text: str, day: date) -> None:
    first, second = reader().read(report(text, day)), reader().read(report(text, day))
    assert first == second
    assert len({c.claim_id for c in first.claims}) == len(first.claims)
