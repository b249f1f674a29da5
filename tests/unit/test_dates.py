"""What a date expression means in news and in narrative: windows, directions, open readings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from configs.date_language import read_date_lexicon
from transforms.dates.reader import DateReader, Timex, timex_record

READER = DateReader(read_date_lexicon(Path(__file__).parents[2] / "configs/languages/en/dates.toml"))
SATURDAY = date(2017, 9, 9)


def only(text: str, published: date | None = SATURDAY, **how: str) -> Timex:
    found = READER.read(text, published, **how)  # type: ignore[arg-type]
    assert len(found) == 1, [(text[t.start : t.end], t.value) for t in found]
    return found[0]


def days(text: str, published: date = SATURDAY) -> tuple[str, str]:
    timex = only(text, published)
    return str(timex.first), str(timex.last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The town was taken in recent days", "2017-09-03", "2017-09-09"),
        ("The town was taken in recent weeks", "2017-08-13", "2017-09-09"),
        ("The town was taken in recent months", "2017-06-12", "2017-09-09"),
        ("The town was taken last week", "2017-08-28", "2017-09-03"),
        ("The town was taken last month", "2017-08-01", "2017-08-31"),
        ("The town was taken in June", "2017-06-01", "2017-06-30"),
        ("The town was taken in November", "2016-11-01", "2016-11-30"),
        ("The town was taken earlier this year", "2017-01-01", "2017-09-09"),
        ("The town was taken two days ago", "2017-09-07", "2017-09-07"),
        ("The town was taken two weeks ago", "2017-08-21", "2017-08-27"),
        ("The town was taken two months ago", "2017-07-01", "2017-07-31"),
        ("The town was taken two years ago", "2015-01-01", "2015-12-31"),
        ("The town was taken in early March", "2017-03-01", "2017-03-10"),
        ("The town was taken in mid-March", "2017-03-11", "2017-03-20"),
        ("The town was taken in late March", "2017-03-21", "2017-03-31"),
        ("The town was taken in early 2014", "2014-01-01", "2014-04-30"),
        ("The town was taken in mid-2014", "2014-05-01", "2014-08-31"),
        ("The town was taken in late 2014", "2014-09-01", "2014-12-31"),
        ("The town was taken in the summer of 2012", "2012-06-01", "2012-08-31"),
        ("The town was taken on Thursday", "2017-09-07", "2017-09-07"),
        ("The town was taken on Saturday", "2017-09-09", "2017-09-09"),
        ("The town was taken late Sunday", "2017-09-03", "2017-09-03"),
        ("The town was taken overnight", "2017-09-08", "2017-09-09"),
        ("The town has been held since Thursday", "2017-09-07", "2017-09-09"),
        ("The town has been held since last week", "2017-08-28", "2017-09-09"),
        ("The town has been held since 2012", "2012-01-01", "2017-09-09"),
        ("The town has been held since mid-2012", "2012-05-01", "2017-09-09"),
        ("The town has been held for more than two years", "2015-09-09", "2017-09-09"),
        ("They took ten villages in four days", "2017-09-06", "2017-09-09"),
        ("They will attack the town on Monday", "2017-09-11", "2017-09-11"),
    ],
)  # fmt: skip
def test_news_windows_count_from_the_day_of_publication(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


def test_over_the_weekend_is_the_one_before_on_a_weekday() -> None:
    assert days("They pushed in over the weekend", date(2016, 7, 19)) == ("2016-07-16", "2016-07-17")


@pytest.mark.parametrize(
    "text", ["It lasted for months", "It went on for years", "They have long held it", "They waited days"]
)
def test_a_vague_length_gives_no_day(text: str) -> None:
    assert all(t.first is None and t.last is None for t in READER.read(text, SATURDAY))


def test_a_line_break_within_an_expression_changes_nothing() -> None:
    for text in (
        "taken in the\npast",
        "taken late last\nyear",
        "taken a couple\nof days ago",
        "held until the\nend of last month",
    ):
        assert [t.value for t in READER.read(text, SATURDAY)] == [
            t.value for t in READER.read(text.replace("\n", " "), SATURDAY)
        ]


def test_text_without_a_date_never_falls_back_to_publication() -> None:
    assert READER.read("The army took the town from the rebels.", SATURDAY) == ()


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("Saturdays blast killed ten", "Saturdays", "2017-09-09"),
        ("Thursday’s raid failed", "Thursday’s", "2017-09-07"),
        ("Last updated at Jul 012016 by staff", "Jul 012016", "2016-07-01"),
        ("Sat 05 Apr 2017 the ministry spoke", "Sat 05 Apr 2017", "2017-04-05"),
        ("On July 22 2016 the raid began", "July 22 2016", "2016-07-22"),
        ("Posted 05-09-2017 here", "05-09-2017", "2017-09-05"),
        ("Posted 26.11.2014 here", "26.11.2014", "2014-11-26"),
    ],
)
def test_lost_commas_and_apostrophes_do_not_hide_a_date(text: str, span: str, value: str) -> None:
    timex = only(text)
    assert (text[timex.start : timex.end], timex.value) == (span, value)


def test_directions_come_from_the_word_before() -> None:
    said = {
        "since": "since Monday",
        "until": "until Monday",
        "by": "by Monday",
        "after": "after Monday",
        "before": "before Monday",
    }
    assert {only(f"They held it {words}").direction for words in said.values()} == set(said)


@pytest.mark.parametrize(
    ("text", "order", "value", "open_"),
    [
        ("seen 05/09/2017 there", "dmy", "2017-09-05", True),
        ("seen 05/09/2017 there", "mdy", "2017-05-09", True),
        ("seen 25/09/2016 there", "mdy", "2016-09-25", False),
        ("seen 08/12/2017 there", "dmy", "2017-08-12", False),
        ("seen 07/07/2017 there", "dmy", "2017-07-07", False),
    ],
)
def test_day_and_month_go_by_source_then_calendar_then_publication(
    text: str, order: str, value: str, open_: bool
) -> None:
    found = READER.read_with_issues(text, SATURDAY, order=order)  # type: ignore[arg-type]
    assert [t.value for t in found.timexes] == [value]
    assert [i.kind for i in found.issues] == (["ambiguous_date"] if open_ else [])


def test_a_weekday_that_disagrees_with_its_date_is_an_issue() -> None:
    found = READER.read_with_issues("Seen on Monday 5 September 2017 there", SATURDAY)
    assert [t.value for t in found.timexes] == ["2017-09-05"]
    assert [i.kind for i in found.issues] == ["weekday_disagrees"]
    assert READER.read_with_issues("Seen on Tuesday 5 September 2017 there", SATURDAY).issues == ()


def test_a_text_without_a_day_of_publication_is_read_as_narrative() -> None:
    text = "On 3 May 1916 the line broke. In June of the same year it held. Two days later snow fell."
    values = [t.value for t in READER.read(text, None)]
    assert values[:2] == ["1916-05-03", "1916-06"]
    assert [t.value for t in READER.read(text, date(2009, 1, 1), mode="narrative")] == values


def test_narrative_time_runs_on_over_the_turn_of_the_year() -> None:
    text = "In December 1941 they landed. In January they took the port. By March the island was theirs."
    assert [t.value for t in READER.read(text, None)] == ["1941-12", "1942-01", "1942-03"]


def test_ranges_share_what_is_said_once() -> None:
    def values(text: str) -> list[str]:
        return [t.value for t in READER.read(text, SATURDAY)]

    assert values("between 5 and 9 September 2014") == ["2014-09-05", "2014-09-09"]
    assert values("from June to August 2016") == ["2016-06", "2016-08"]
    assert values("September 5-9, 2014") == ["2014-09-05", "2014-09-09"]
    assert values("from 30 December to 2 January 2015") == ["2014-12-30", "2015-01-02"]
    assert values("throughout 1915-17") == ["1915", "1917"]


def test_the_record_has_the_form_that_the_command_prints() -> None:
    assert timex_record("d1", READER.read("It fell on 3 May 2016", SATURDAY)) == {
        "doc_id": "d1",
        "timexes": [{"start": 11, "end": 21, "type": "DATE", "value": "2016-05-03"}],
    }
