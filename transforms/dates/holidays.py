"""Holidays as days of ours: fixed days, counted weekdays, Easter."""

from __future__ import annotations

import re
from datetime import date

from dateutil import easter

from transforms.dates.values import make_date, plus_days

_FORM = re.compile(
    r"(?P<month>\d\d)-(?P<day>\d\d)|(?P<of>\d\d)-W(?P<weekday>[1-7])-(?P<nth>[1-5]|last)"
    r"|(?P<easter>easter|orthodox)(?P<shift>[+-]\d+)?"
)


def holiday_day(form: str, year: int) -> date | None:
    """The day of a holiday in ``year``, None where the calendars do not reach.

    ``form`` is ``12-25``, ``11-W4-4`` (fourth Thursday of November; ``05-W1-last``), ``easter-2`` or ``orthodox``
    (days from Easter).
    """
    found = _FORM.fullmatch(form)
    if found is None or not 0 < year < 9999:
        return None
    day: date | None = None
    if found["month"]:
        day = make_date(year, int(found["month"]), int(found["day"]))
    elif found["of"]:
        day = _nth_weekday(year, int(found["of"]), int(found["weekday"]), found["nth"])
    elif 1583 <= year <= 4099:
        day = plus_days(
            easter.easter(year, easter.EASTER_ORTHODOX if found["easter"] == "orthodox" else easter.EASTER_WESTERN),
            int(found["shift"] or 0),
        )
    return day


def _nth_weekday(year: int, month: int, weekday: int, nth: str) -> date | None:
    """The fourth Thursday of November is (11, 4, "4"); "last" counts from the end."""
    if nth == "last":
        end = plus_days(date(year + month // 12, month % 12 + 1, 1), -1)
        return plus_days(end, -((end.isoweekday() - weekday) % 7))
    first = date(year, month, 1)
    return plus_days(first, (weekday - first.isoweekday()) % 7 + 7 * (int(nth) - 1))
