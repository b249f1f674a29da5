"""Holidays of any calendar as days of ours: fixed days, counted weekdays, Easter, the Islamic months."""

from __future__ import annotations

import re
from datetime import date

from dateutil import easter
from hijridate import Gregorian, Hijri

from transforms.dates.values import make_date, plus_days

_FORM = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)|(?P<of>\d\d)-W(?P<weekday>[1-7])-(?P<nth>[1-5]|last)"
    r"|(?P<easter>easter|orthodox)(?P<shift>[+-]\d+)?|hijri-(?P<moon>\d\d)(?:-(?P<moon_day>\d\d))?"
)
_ISLAMIC = (1925, 2076)
"""Years that the Umm al-Qura calendar is tabled for."""


def holiday_days(form: str, year: int) -> tuple[date, date] | None:
    """First and last day of a holiday in ``year``, None where the calendars do not reach.

    ``form`` is ``12-25``, ``11-W4-4`` (fourth Thursday of November; ``05-W1-last``), ``easter-2`` or ``orthodox``
    (days from Easter), ``hijri-09`` (an Islamic month) or ``hijri-10-01``. The Islamic days are those of the Umm
    al-Qura calendar: where the moon is sighted a country may be a day off. Of two in a year the earlier is given.
    """
    found = _FORM.fullmatch(form)
    if found is None or not 0 < year < 9999:
        return None
    if found["month"]:
        day = make_date(year, int(found["month"]), int(found["day"]))
    elif found["of"]:
        day = _nth_weekday(year, int(found["of"]), int(found["weekday"]), found["nth"])
    elif found["easter"]:
        if not 1583 <= year <= 4099:
            return None
        day = plus_days(
            easter.easter(year, easter.EASTER_ORTHODOX if found["easter"] == "orthodox" else easter.EASTER_WESTERN),
            int(found["shift"] or 0),
        )
    else:
        return _islamic(year, int(found["moon"]), int(found["moon_day"] or 0))
    return None if day is None else (day, day)


def _nth_weekday(year: int, month: int, weekday: int, nth: str) -> date | None:
    """The fourth Thursday of November is (11, 4, "4"); "last" counts from the end."""
    if nth == "last":
        end = plus_days(date(year + month // 12, month % 12 + 1, 1), -1)
        return plus_days(end, -((end.isoweekday() - weekday) % 7))
    first = date(year, month, 1)
    return plus_days(first, (weekday - first.isoweekday()) % 7 + 7 * (int(nth) - 1))


def _islamic(year: int, month: int, day: int) -> tuple[date, date] | None:
    """A day, or (``day`` 0) the whole month, of the Islamic year in which it first falls into ``year``."""
    if not _ISLAMIC[0] <= year <= _ISLAMIC[1]:
        return None
    moon_year = Gregorian(year, 1, 1).to_hijri().year
    for candidate in (moon_year, moon_year + 1):
        start = Hijri(candidate, month, day or 1)
        at = start.to_gregorian()
        first = date(at.year, at.month, at.day)
        if first.year == year:
            return first, first if day else plus_days(first, start.month_length() - 1)
    return None
