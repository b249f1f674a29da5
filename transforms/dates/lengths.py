"""Productions for counted time: so long ago, so long after, the past weeks, durations and sets."""

from __future__ import annotations

from datetime import date

from transforms.dates.anchor import Anchor
from transforms.dates.calendar import month
from transforms.dates.values import (
    Value,
    day_value,
    decade_value,
    duration_text,
    month_value,
    part_of_day,
    plus_days,
    plus_months,
    quarter_value,
    week_value,
    year_text,
    year_value,
)
from transforms.dates.words import (
    PART_UNITS,
    Opening,
    Parts,
    Words,
    beyond_reach,
    length_ahead,
    length_back,
)

VAGUE_WINDOW = {"D": 7, "W": 28, "M": 90}
"""Days that "in recent days, weeks, months" reach back, the last of them the day of publication."""
HOURS_IN_DAY = 24.0


def unit_set(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "every week" (XXXX-WXX), "every two years" (P2Y), "twice a day" (P1D)."""
    unit = words.units[f.get("unit") or f["unit2"]]
    number = words.number(f.get("num"))
    if not at.narrative or "unit2" in f or number is not None or "per" in f or unit not in ("D", "W", "M", "Y"):
        return Value("SET", duration_text(number if "num" in f else 1.0, unit))
    return Value("SET", {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}[unit])


def _shifted(number: float, unit: str, back: bool, day: date | None, at: Anchor) -> Value | None:
    """``number`` units from a day, at the unit's own granularity: days give a day, weeks a week, months a month."""
    step = -number if back else number
    if unit in ("Y", "DE", "CE"):
        base_year = day.year if day is not None else at.year
        if base_year is None:
            return Value("DATE", "XXXX")
        moved_year = base_year + int(step * {"Y": 1, "DE": 10, "CE": 100}[unit])
        return decade_value(moved_year // 10, "", False) if unit == "DE" and moved_year > 0 else year_value(moved_year)
    if unit == "M":
        year, number_of = (day.year, day.month) if day is not None else (at.year, at.month)
        if year is None or number_of is None:
            return Value("DATE", "XXXX-XX" if year is None else f"{year_text(year)}-XX")
        carry, index = divmod(number_of - 1 + int(step), 12)
        return month_value(year + carry, index + 1)
    if day is None:
        return Value("DATE", "XXXX-WXX" if unit in ("W", "F") else "XXXX-XX-XX")
    if unit == "W" or unit == "F":
        return week_value(plus_days(day, int(step * (7 if unit == "W" else 14))))
    if unit in ("D", "NI"):
        return day_value(plus_days(day, int(step)))
    if unit == "Q":
        moved = plus_months(day, int(step * 3))
        return quarter_value(moved.year, (moved.month + 2) // 3)
    if unit in PART_UNITS:
        hours = number if unit == "TH" else 0
        shifted = plus_days(day, int(-(hours // 24) if back else hours // 24))
        return Value("DATE", shifted.isoformat(), plus_days(shifted, -1) if back else shifted, shifted, granularity="")
    return None


def ago(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "two days ago", against the day of publication."""
    unit, number = words.units[f["unit"]], words.number(f.get("num"))
    back = words.shift(f["dir"]) < 0
    if number is None or unit == "WE":
        window = VAGUE_WINDOW.get(unit)
        now = at.published
        if back and window and now is not None and not at.narrative:
            return Value("DATE", "PAST_REF", plus_days(now, 1 - window), now)
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if beyond_reach(number):
        return None
    base = at.running if at.narrative else at.published
    if base is None and (at.year is None or unit not in ("Y", "DE")):
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if "exact" in f and base is not None:
        months = {"M": 1, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
        day = (
            plus_months(base, -int(number * months))
            if months
            else plus_days(base, -int(number * {"W": 7, "F": 14}.get(unit, 1)))
        )
        return day_value(day)
    value = _shifted(number, unit, back, base, at)
    return value if back or value is None else value._replace(direction="future")


def shifted(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "two days later", "a year earlier", against the date last said."""
    unit, number = words.units[f["unit"]], words.number(f.get("num"))
    back = words.shift(f["dir"]) < 0
    if number is None or unit == "WE":
        if "num" not in f and unit in ("D", "W") and at.narrative:
            return Value("DATE", "XXXX-WXX" if unit == "W" else "XXXX-XX-XX")
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if beyond_reach(number):
        return None
    if unit in PART_UNITS:
        return Value("DURATION", duration_text(number, unit))
    day = at.mentioned
    if not at.narrative and at.year is not None and at.running is None:
        day = None
    if unit == "NI":
        return part_of_day(day and plus_days(day, int(-number if back else number)), unit)
    return _shifted(number, unit, back, day, at)


def shifted_event(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """So long after a happening: in narrative that is taken to be on the date last said; in news "the raid came
    a month after they took X" dates X, a length of time, and an uncounted one is the stated window."""
    number, unit = words.number(f.get("num")), words.units[f["unit"]]
    back = words.shift(f["dir"]) < 0
    if beyond_reach(number or 0.0) or unit == "WE":
        return None
    text = duration_text(number, unit)
    if at.narrative:
        if number is None or unit in PART_UNITS:
            return Value("DURATION", text)
        return _shifted(number, unit, back, at.running, at)
    day = at.running if at.running is not None and at.in_sentence(start) else at.published
    if back or "then" in f or day is None:
        return Value("DURATION", text)
    if unit == "TH" and (number or 0.0) < HOURS_IN_DAY:
        return Value("DURATION", text, day, day)
    if number is None:
        window, now = VAGUE_WINDOW.get(unit), at.published or day
        return Value("DURATION", text, plus_days(now, 1 - window), now) if window else Value("DURATION", text)
    if unit in PART_UNITS:
        return Value("DURATION", text)
    happened = _shifted(number, unit, True, day, at)
    return Value("DURATION", text, happened and happened.first, happened and happened.last)


def counted_window(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the past three weeks", "in recent days", "the next two years": a length that touches the reference day."""
    unit, number, step = words.units[f["unit"]], words.number(f.get("num")), words.shift(f.get("that"))
    if number is None and f["unit"] in words.single:
        return Value("DURATION", duration_text(1.0, unit)) if "edge" in f and unit in ("W", "M", "Y") else None
    now = None if at.narrative else at.published
    window = VAGUE_WINDOW.get(unit)
    if "recent" in f:
        if now is not None and window:
            return Value("DATE", "PAST_REF", plus_days(now, 1 - window), now)
        return Value("DATE", "PAST_REF")
    text = duration_text(number, unit)
    if now is None or not step or (number is None and step > 0):
        return Value("DURATION", text)
    if number is None:
        return Value("DURATION", text, plus_days(now, 1 - window), now) if window else Value("DURATION", text)
    if step < 0:
        first = length_back(now, number, unit)
        return Value("DURATION", text, first, now if first else None)
    last = length_ahead(now, number, unit)
    return Value("DURATION", text, now if last else None, last, direction="future")


def counted_of(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the last week of August", "the first three months of 2015": a length with its place in a month or year."""
    unit, number = words.units[f["unit"]], words.number(f.get("num")) if "num" in f else 1.0
    if "year2" in f:
        whole: Value | None = year_value(int(f["year2"]), "", True)
    else:
        whole = month(f, at, words, start, end, opening)
    if whole is None or beyond_reach(number) or unit in PART_UNITS or unit == "WE":
        return None
    ordinal = words.ordinals.get(f.get("ordinal", ""), 0)
    text = duration_text(number, unit)
    if "num" not in f and f["unit"] not in words.single:
        return _edge(whole, unit, "final" in f)
    days = {"D": 1, "W": 7, "F": 14}.get(unit)
    if unit == "D" and number == 1 and "num" not in f and whole.first is not None and whole.last is not None:
        day = whole.last if "final" in f else plus_days(whole.first, max(ordinal, 1) - 1)
        return day_value(day, whole.basis)
    if whole.first is None or whole.last is None or number is None or not days:
        return Value("DURATION", text, granularity="")
    length = int(number * days)
    if "final" in f:
        return Value("DURATION", text, max(plus_days(whole.last, 1 - length), whole.first), whole.last, whole.basis)
    first = plus_days(whole.first, length * (max(ordinal, 1) - 1))
    return Value("DURATION", text, first, min(plus_days(first, length - 1), whole.last), whole.basis)


def _edge(whole: Value, unit: str, final: bool) -> Value:
    """The uncounted "last days", "first weeks" of a month or year: the stated window at its end or beginning."""
    window, text = VAGUE_WINDOW.get(unit), duration_text(None, unit)
    if window is None or whole.first is None or whole.last is None:
        return Value("DURATION", text, granularity="")
    first = max(plus_days(whole.last, 1 - window), whole.first) if final else whole.first
    last = whole.last if final else min(plus_days(whole.first, window - 1), whole.last)
    return Value("DURATION", text, first, last, whole.basis)


def duration(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """Lengths ("a two-week-old battle", "for months"), up to the day of publication where the words say so."""
    if "vague" in f:
        return Value("DURATION", duration_text(None, words.units[f["vague"]]))
    unit = words.units[f["unit"]]
    number = words.number(f["num"]) if "num" in f else 1.0
    if f["unit"] not in words.single and f.get("num", "") in words.articles:
        number = None  # "a weeks-long battle"
    if unit in ("WE", "NI", "Q") or beyond_reach(number):
        return None
    if number == 0:
        return None
    text = duration_text(number, unit)
    now = None if at.narrative else at.published
    standing = "old" in f or "the" in f  # "the three-year siege"
    if now is None or number is None or not (standing or words.contexts.length_before.search(at.before(start))):
        return Value("DURATION", text)
    if standing and not words.contexts.standing_after.match(at.low, end):
        return Value("DURATION", text)
    if words.contexts.ahead_before.search(at.before(start)) and at.is_future(start, end):
        last = length_ahead(now, number, unit)
        return Value("DURATION", text, now if last else None, last, direction="future")
    first = length_back(now, number, unit)
    return Value("DURATION", text, first, now if first else None, direction="lasting")
