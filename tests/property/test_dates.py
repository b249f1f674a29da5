"""Reading dates is total, its spans slice back, and a later day of publication never gives an earlier day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from configs.date_language import read_date_lexicon
from transforms.dates.reader import DateReader

LEXICON = read_date_lexicon(Path(__file__).parents[2] / "configs/languages/en/dates.toml")
READER = DateReader(LEXICON)
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
