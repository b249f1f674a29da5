from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from configs.load import load_language
from transforms.reports.header_patterns import header_patterns
from transforms.reports.publication import Clues, Publication, publication

ENGLISH = load_language("en")
PATTERNS = header_patterns(ENGLISH.headers, ENGLISH.dates)
CLUES = Clues(starts=date(2011, 1, 1))
STORY = "Government troops entered Tal Nimr after the militants had left it."
DAY = date(2017, 9, 5)


def read(text: str, clues: Clues) -> Publication:
    return publication(text, clues, PATTERNS)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Tue 05 Sep 2017 Troops enter Tal Nimr. {}", None),
        ("Tuesday 5 September 2017 20:22 Troops enter Tal Nimr. {}", "20:22"),
        ("Tue 05 Sep 2017 at 0914 Troops enter Tal Nimr {}", "09:14"),
        ("Last updated at Sep 052017 {}", None),
        ("Published September 5 2017 {}", None),
        ("Date of publication 5 September 2017 {}", None),
        ("Sept. 5th, 2017 | {}", None),
        ("05.09.2017Get short URL {}", None),
        ("05-09-2017 Troops enter Tal Nimr. {}", None),
        ("Troops enter Tal Nimr Middle East 05-09-2017 0147 PM A unit of the army moved in.", "13:47"),
        ("Troops enter Tal Nimr Monitor AFP Tuesday 5 Sep 2017 {}", None),
        ("Weekly Ledger\nDaily note, Tuesday 5 September 2017, 22:40\n\n{}", "22:40"),
        ("Troops enter Tal Nimr\nBy A. Writer\n2017-09-05\n{}", None),
        ("September 5 2017 2037 UTC+3 {}", "20:37"),
        ("Tue, 05 Sep 2017 10:00:00 +0300\n{}", "10:00"),
        ("Tal Nimr, 05/09/2017 (ZNA) {}", None),
        ("BEIRUT - 5 September 2017: {}", None),
        ("Updated: 17:50 05/09/2017 {}", None),
        ("By A Writer, Beirut\nTuesday 5 September 2017 12.31 BST\n{}", "12:31"),
    ],
)  # fmt: skip
def test_a_header_gives_the_day_and_the_time(text: str, time: str | None) -> None:
    found = read(text.format(STORY), CLUES)
    assert (found.day, found.basis, found.time, found.issues) == (DAY, "header", time, ())


@pytest.mark.parametrize(
    "text",
    [
        "On 5 September 2017 the army took Tal Nimr.",
        "5 September 2017 was the day on which Tal Nimr fell.",
        "The town, held since 5 September 2017, was quiet.",
        "A ruined street in a picture taken 5 September 2017. Troops entered Tal Nimr.",
        "1. Tal Nimr: On September 5 2017 the army came.",
        "In Syria, 5 September 2017 The army took Tal Nimr.",
        "TAL NIMR, Syria — On September 5, 2017, the army took it.",
        "The deal signed in Homs on September 5, 2017 held.",
        "The siege that began September 5 2017 has ended.",
    ],
)
def test_a_date_in_running_prose_is_no_header(text: str) -> None:
    assert read(text, CLUES).day is None
    assert read(text, replace(CLUES, metadata="2017-10-01")).basis == "metadata"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        (f"BEIRUT, September 5, 2017 – {STORY}", None),
        (f"Homs, 5 September 2017 (ZNA) – {STORY}", None),
        (f"DAMASCUS, Sept 5 (Cedar) - {STORY}", None),
        (f"AMMAN, Tuesday, Sept. 5 — {STORY}", None),
        (f"DAMASCUS, 5th of September 2017, (ZNA) – {STORY}", None),
        (f"AIN ISSA/BEIRUT, Sep 5 (Cedar) -- {STORY}", None),
        (f"By A. Writer\n\nTAL NIMR, Syria, Sept 5 – {STORY} (7:45 A.M.)", "07:45"),
    ],
)
def test_a_dateline_gives_the_day_and_metadata_its_year(text: str, time: str | None) -> None:
    found = read(text, replace(CLUES, metadata="2017-09-06"))
    assert (found.day, found.basis, found.time) == (DAY, "dateline", time)
    assert found.in_metadata == date(2017, 9, 6)
    assert not found.issues


def test_the_year_of_a_dateline_is_the_nearest_one() -> None:
    found = read(f"BEIRUT, Dec 31 (Cedar) - {STORY}", replace(CLUES, metadata="2018-01-01"))
    assert found.day == date(2017, 12, 31)


def test_a_clock_without_a_day_is_the_time_of_the_days_other_clue() -> None:
    found = read(f"TAL NIMR, SYRIA (7:45 A.M.) – {STORY}", replace(CLUES, marker="2017-09-05"))
    assert (found.day, found.basis, found.time) == (DAY, "header", "07:45")


@pytest.mark.parametrize(
    "value",
    ["2017-09-05", "2017-09-05T08:30:00Z", "20170905", "5 Sep 2017", "September 5, 2017", "05/09/2017", "1504600000"],
)
def test_metadata_dates_are_read_in_their_usual_forms(value: str) -> None:
    assert read(STORY, replace(CLUES, metadata=value)).day == DAY


def test_an_outlets_order_of_day_and_month_decides_and_the_calendar_corrects_it() -> None:
    order = replace(CLUES, order_known=True)
    assert read(f"05-09-2017 {STORY}", order).day == DAY
    assert read(f"09-05-2017 {STORY}", replace(order, order="mdy")).day == DAY
    assert read(f"09-25-2017 {STORY}", order).day == date(2017, 9, 25)


def test_metadata_decides_day_and_month_of_an_outlet_whose_order_is_not_known() -> None:
    assert read(f"09-05-2017 {STORY}", replace(CLUES, metadata="2017-09-06")).day == DAY
    assert read(f"09-05-2017 {STORY}", CLUES).day == date(2017, 5, 9)


@pytest.mark.parametrize("name", ["in/2017-09-05_a.txt", "20170905.txt", "a_05-09-2017.txt", "x.2017.09.05.gz"])
def test_a_file_name_is_trusted_after_metadata(name: str) -> None:
    found = read(STORY, replace(CLUES, name=name))
    assert (found.day, found.basis) == (DAY, "filename")
    assert read(STORY, replace(CLUES, name=name, metadata="2017-10-01")).basis == "metadata"


def test_the_address_counts_as_metadata_and_the_files_time_comes_last() -> None:
    found = read(STORY, replace(CLUES, url="https://zenobia.example/2017/09/05/tal-nimr"))
    assert (found.day, found.basis) == (DAY, "metadata")
    found = read(STORY, replace(CLUES, file_day=DAY))
    assert (found.day, found.basis) == (DAY, "file_time")


def test_text_and_metadata_that_lie_more_than_two_days_apart_are_both_kept() -> None:
    text = f"5 September 2017 Troops enter Tal Nimr. {STORY}"
    assert read(text, replace(CLUES, metadata="2017-09-07")).issues == ()
    found = read(text, replace(CLUES, metadata="2017-09-08"))
    assert (found.day, found.basis, found.in_metadata) == (DAY, "header", date(2017, 9, 8))
    assert [issue.kind for issue in found.issues] == ["dates_disagree"]


@pytest.mark.parametrize("value", ["0025-09-05", "2971-09-05", "2010-12-31", "2017-02-30", "yesterday"])
def test_an_impossible_date_is_an_issue_and_the_next_clue_counts(value: str) -> None:
    found = read(STORY, replace(CLUES, metadata=value, name="2017-09-05.txt"))
    assert (found.day, found.basis) == (DAY, "filename")
    assert [issue.kind for issue in found.issues] == ["impossible_date"]
    assert value in found.issues[0].found


def test_a_report_is_not_published_long_after_its_file_was_written() -> None:
    found = read(STORY, replace(CLUES, metadata="2019-09-05", file_day=DAY))
    assert (found.day, found.basis, found.issues[0].kind) == (DAY, "file_time", "impossible_date")


def test_a_dateline_whose_year_only_the_files_time_tells_is_trusted_no_more_than_that() -> None:
    found = read(f"BEIRUT, Sept 5 (Cedar) - {STORY}", replace(CLUES, file_day=date(2017, 9, 8)))
    assert (found.day, found.basis) == (DAY, "file_time")
    found = read(f"BEIRUT, Sept 25 (Cedar) - {STORY}", replace(CLUES, file_day=date(2017, 9, 8)))
    assert (found.day, found.basis) == (date(2017, 9, 8), "file_time")


def test_a_wrong_weekday_is_an_issue_and_the_date_stands() -> None:
    found = read(f"Monday 5 September 2017 Troops enter Tal Nimr. {STORY}", CLUES)
    assert found.day == DAY
    assert [issue.kind for issue in found.issues] == ["wrong_weekday"]
    assert "Tuesday" in found.issues[0].found
