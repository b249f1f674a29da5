"""TIMEX3 values with their first and last day, and the arithmetic of days, weeks, months, seasons and thirds."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Direction = Literal["at", "since", "until", "by", "after", "before", "future", "lasting"]

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
DAY = timedelta(1)
UNKNOWN_DAY = "XXXX-XX-XX"


PERIODS = {
    "XXXX-XX-XX": "P1D", "XXXX-WXX": "P1W", "XXXX-XX": "P1M", "XXXX-QX": "P3M", "XXXX": "P1Y", "XXXX-XX-XXTXX": "PT1H",
    "XXXX-XX-XXTNI": "XXXX-XX-XXTNI",
}  # fmt: skip
"""Recurrence as WikiWars (narrative) writes it, to TimeBank's way (news)."""


class Value(NamedTuple):
    """What an expression means. ``granularity`` is the unit that it moves the running date to, "" where to none."""

    kind: Kind
    value: str
    first: date | None = None
    last: date | None = None
    basis: Literal["explicit", "relative"] = "relative"
    direction: Direction = "at"
    granularity: str = ""


NO_DATE = Value("DATE", "XXXX")


def beyond(year: int) -> bool:
    """Whether there is no such year (0), or none that a calendar of four digits reaches."""
    return year == 0 or year > 9999


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day (or Python's does not reach: before year 1)."""
    if (0 < year < 10000 and 0 < month < 13 and 0 < day < 29) or (0 < year < 10000 and _exists(year, month, day)):
        return date(year, month, day)
    return None


def _exists(year: int, month: int, day: int) -> bool:
    return 0 < month < 13 and 0 < day <= monthrange(year, month)[1]


def plus_days(day: date, days: int) -> date:
    """``day`` shifted, held within the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def plus_months(day: date, months: int) -> date:
    """``day`` shifted by calendar months; a day that the month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 0 < year < 10000:
        return date.min if year < 1 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_text(year: int) -> str:
    """Four digits, or ``BC0480`` for -480."""
    return f"{year:04d}" if year >= 0 else f"BC{-year:04d}"


@lru_cache(maxsize=4096)
def day_value(day: date, basis: Literal["explicit", "relative"] = "relative", direction: Direction = "at") -> Value:
    """One day."""
    return Value("DATE", day.isoformat(), day, day, basis, direction, "D")


@lru_cache(maxsize=4096)
def part_of_day(day: date | None, part: str, basis: Literal["explicit", "relative"] = "relative") -> Value:
    """A part of a day: ``2016-07-01TMO``; ``XXXX-XX-XXTNI`` where no day is known. ``MN``, ``MI`` are clock times."""
    clock = {"MN": "24:00", "MI": "12:00"}.get(part, part)
    if day is None:
        return Value("TIME", f"{UNKNOWN_DAY}T{clock}", basis=basis)
    return Value("TIME", f"{day.isoformat()}T{clock}", day, day, basis, granularity="D")


@lru_cache(maxsize=4096)
def month_value(year: int, month: int, third: str = "", explicit: bool = False) -> Value:
    """A month or its first, second, last third. ``year`` may be negative (BC), then without days."""
    basis: Literal["explicit", "relative"] = "explicit" if explicit else "relative"
    if beyond(year):
        return NO_DATE
    text = f"{year_text(year)}-{month:02d}"
    if not 0 < year < 10000:
        return Value("DATE", text, basis=basis, granularity="M")
    last = monthrange(year, month)[1]
    low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, last), "h1": (1, 15), "h2": (16, last)}.get(
        third, (1, last)
    )
    return Value("DATE", text, date(year, month, low), date(year, month, high), basis, granularity="M")


@lru_cache(maxsize=4096)
def year_value(year: int, third: str = "", explicit: bool = False) -> Value:
    """A year or its first, second, last third; its halves are ``2008-H2``."""
    basis: Literal["explicit", "relative"] = "explicit" if explicit else "relative"
    if beyond(year):
        return NO_DATE
    text = year_text(year)
    if third in ("h1", "h2"):
        text += f"-{third.upper()}"
    if not 0 < year < 10000:
        return Value("DATE", text, basis=basis, granularity="Y")
    a, b = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "h1": (1, 6), "h2": (7, 12)}.get(third, (1, 12))
    return Value("DATE", text, date(year, a, 1), date(year, b, monthrange(year, b)[1]), basis, granularity="Y")


def quarter_value(year: int, quarter: int, explicit: bool = False) -> Value:
    """``2016-Q3``."""
    if beyond(year) or year < 0:
        return NO_DATE
    month = quarter * 3
    return Value(
        "DATE", f"{year:04d}-Q{quarter}", date(year, month - 2, 1), date(year, month, monthrange(year, month)[1]),
        "explicit" if explicit else "relative", granularity="M",
    )  # fmt: skip


@lru_cache(maxsize=4096)
def season_value(year: int, season: str, explicit: bool = False) -> Value:
    """``2012-SU``, June to August; the winter of a year begins in its December."""
    basis: Literal["explicit", "relative"] = "explicit" if explicit else "relative"
    if beyond(year):
        return NO_DATE
    text = f"{year_text(year)}-{season}"
    if not 0 < year < 9999:
        return Value("DATE", text, basis=basis, granularity="S")
    a, b = SEASON_MONTHS[season]
    end = year + (b < a)
    return Value("DATE", text, date(year, a, 1), date(end, b, monthrange(end, b)[1]), basis, granularity="S")


@lru_cache(maxsize=4096)
def week_value(day: date) -> Value:
    """The ISO week of ``day``, Monday to Sunday."""
    year, week, number = day.isocalendar()
    monday = plus_days(day, 1 - number)
    return Value("DATE", f"{year:04d}-W{week:02d}", monday, plus_days(monday, 6), granularity="W")


@lru_cache(maxsize=4096)
def weekend_value(day: date) -> Value:
    """Saturday and Sunday of the ISO week of ``day``."""
    year, week, number = day.isocalendar()
    saturday = plus_days(day, 6 - number)
    return Value("DATE", f"{year:04d}-W{week:02d}-WE", saturday, plus_days(saturday, 1), granularity="W")


@lru_cache(maxsize=4096)
def decade_value(decade: int, third: str = "", explicit: bool = True) -> Value:
    """``198`` for the 1980s; early, mid and late are years 0-3, 4-6 and 7-9."""
    basis: Literal["explicit", "relative"] = "explicit" if explicit else "relative"
    if decade < 0:
        return Value("DATE", f"BC{-decade:03d}", basis=basis, granularity="DE")
    if decade > 999:
        return NO_DATE
    a, b = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(third, (0, 9))
    first, last = max(decade * 10 + a, 1), min(decade * 10 + b, 9999)
    return Value("DATE", f"{decade:03d}", date(first, 1, 1), date(last, 12, 31), basis, granularity="DE")


def century_value(century: int, explicit: bool = True) -> Value:
    """``18`` for the 19th century (1800 to 1899); ``BC03`` for -3."""
    basis: Literal["explicit", "relative"] = "explicit" if explicit else "relative"
    if century < 0 or century > 98:
        return Value("DATE", f"BC{-century:02d}", basis=basis, granularity="CE")
    return Value(
        "DATE",
        f"{century:02d}",
        date(max(century * 100, 1), 1, 1),
        date(century * 100 + 99, 12, 31),
        basis,
        granularity="CE",
    )


def amount(number: float | None) -> str:
    """A count as TIMEX3 writes it: ``3``, ``2.5``, ``.5``, ``X`` for an unknown number."""
    if number is None:
        return "X"
    if number == int(number):
        return str(int(number))
    return f"{number:g}".removeprefix("0")


def duration_text(number: float | None, unit: str) -> str:
    """``P3D``, ``PT2H``, ``PXY``, ``P2DE``."""
    if unit == "F":
        return f"P{amount(number and number * 2)}W"
    if unit == "NI":
        return f"P{amount(number)}D"
    if unit == "TH" and number is not None and 0 < number < 1:
        return f"PT{amount(number * 60)}M"
    return f"P{'T' if unit[0] == 'T' else ''}{amount(number)}{unit.removeprefix('T')}"


def precision(first: date | None, last: date | None) -> int:
    """UCDP's ``date_prec``: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer or unknown."""
    if first is None or last is None:
        return 5
    days = last.toordinal() - first.toordinal() + 1
    return 1 if days <= 1 else 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5
