"""Reading dates is total, its spans slice back, and a later day of publication never gives an earlier day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from configs.date_language import read_date_lexicon
from transforms.dates.firsts import can_begin, parsed
from transforms.dates.patterns import RuleBook
from transforms.dates.reader import DateReader

LEXICON = read_date_lexicon(Path(__file__).parents[2] / "configs/languages/en/dates.toml")
READER = DateReader(LEXICON)
BOOK = RuleBook(LEXICON)
TABLES = (LEXICON.months, LEXICON.weekdays, LEXICON.units, LEXICON.numbers, LEXICON.thirds, LEXICON.references)
MORE_TABLES = (LEXICON.seasons, LEXICON.day_parts, LEXICON.ordinals, LEXICON.lead)
ODD_TEXT = """today yesterday tomorrow ago later earlier BC May Monday 31 29 February 2016 0000 1999 05/09/2017 24:59
9a.m. 1980s 999,999,999 1e9 , . - – ’s ١٢ İ ß 31/02/2016 2016-02-30 99th 0 century"""
ODD = ODD_TEXT.split()
PIECES = [*(word for table in (*TABLES, *MORE_TABLES) for word in table), *ODD, "\n"]
DAYS = st.one_of(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from([date.min, date.max]))
GAPS = st.sampled_from([" ", " ", " ", "\n", "-", "", ", "])
WORDY = st.lists(st.tuples(st.sampled_from(PIECES), GAPS), max_size=14).map(
    lambda said: "".join(w + g for w, g in said)
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), WORDY), st.one_of(st.none(), DAYS), st.sampled_from(["news", "narrative"]))
def test_any_text_is_read_into_spans_in_order_that_lie_within_it(text: str, published: date | None, mode: str) -> None:
    end = 0
    for timex in READER.read(text, published, mode=mode):  # type: ignore[arg-type]
        assert end <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end].strip()
        assert (timex.first is None) == (timex.last is None)
        assert timex.first is None or timex.last is None or timex.first <= timex.last
        assert 1 <= timex.prec <= 5
        end = timex.end


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.integers(0, 400),
    st.sampled_from(
        [
            "yesterday",
            "today",
            "on Friday",
            "last week",
            "two days ago",
            "last month",
            "in June",
            "two years ago",
            "in recent days",
            "overnight",
            "last Friday",
            "earlier this month",
            "late last year",
            "over the weekend",
            "last summer",
            "in the third quarter",
            "a week ago Monday",
            "at 9 a.m. Friday",
            "on Good Friday",
        ]
    ),
)
def test_a_later_publication_never_gives_an_earlier_day(published: date, later: int, words: str) -> None:
    text = f"The town was taken {words} by the army."
    (one,), (other,) = READER.read(text, published), READER.read(text, published + timedelta(later))
    assert one.first is not None
    assert other.first is not None
    assert one.first <= other.first
    assert one.last is not None
    assert one.last <= published


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_written_day_is_read_as_that_day(day: date) -> None:
    month = f"{day:%B}"
    for text in (
        f"{day.day} {month} {day.year:04d}",
        f"{month} {day.day}, {day.year:04d}",
        f"{day:%Y-%m-%d}",
        f"{month[:3]} {day.day} {day.year:04d}",
    ):
        (timex,) = READER.read(f"It fell on {text} at last", date(2101, 1, 1))
        assert (timex.value, timex.first, timex.last, timex.basis) == (day.isoformat(), day, day, "explicit")


WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
RANGES = ["between {} and {}", "from {} to {}", "from {} until {} last week"]


@settings(max_examples=100, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), *[st.sampled_from(WEEK)] * 2, st.sampled_from(RANGES))
def test_a_range_of_weekdays_never_ends_before_it_begins(published: date, first: str, last: str, said: str) -> None:
    begin, end = READER.read(f"They fought {said.format(first, last)}, he said.", published)
    assert begin.first is not None
    assert end.first is not None
    assert begin.first <= end.first <= begin.first + timedelta(6)


@settings(max_examples=300, deadline=None)
@given(WORDY)
def test_no_rule_is_passed_over_that_matches(text: str) -> None:
    low = text.lower()
    for begin in re.finditer(r"[^\W_]+", low):
        shape = re.sub(r"\d", "0", begin.group())
        for rule in BOOK.rules.values():
            found = rule.match(low, begin.start())
            if found is not None and found.end() >= begin.end():
                assert can_begin(BOOK.trees[rule.id], shape), (rule.id, text)


def test_what_a_match_can_begin_with_is_told_by_its_parts() -> None:
    tree = parsed(r"(?:the )?(?:last|next) week\b|[1-9]\d (?P<a>days?)(?=x)|(?P<b>q)(?P=b)")
    words = ["the", "last", "week", "00", "000", "q", "day", "nex", "then"]
    assert [word for word in words if can_begin(tree, word)] == ["the", "last", "00", "q", "nex"]
