"""Productions for seasons, weeks, months, quarters and years that lean on a reference date."""

from __future__ import annotations

from transforms.dates.anchor import Anchor
from transforms.dates.values import (
    Value,
    century_value,
    day_value,
    decade_value,
    duration_text,
    month_value,
    plus_days,
    plus_months,
    quarter_value,
    season_value,
    week_value,
    weekend_value,
    year_text,
    year_value,
)
from transforms.dates.words import (
    NEXT_CAPITAL,
    PART_UNITS,
    Opening,
    Parts,
    Words,
    length_back,
    that_year,
)


def season(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A season with its year, or by "last", "this", "the following"."""
    code = words.seasons[f["season"]]
    if "year" in f:
        return season_value(int(f["year"]), code, True)
    which = f.get("which", "")
    step = words.shift(which)
    if "that" not in f and not at.narrative and at.published is not None:
        return _news_season(code, step, "which" in f and not step, at)
    year = that_year(f.get("that", which), at, words)
    if year is None:
        return Value("DATE", f"XXXX-{code}")
    return season_value(at.year if at.year is not None and step > 0 and code != "SP" else year, code)


def _news_season(code: str, step: int, this: bool, at: Anchor) -> Value:
    now = at.published
    assert now is not None
    current = season_value(now.year, code)
    if step > 0:
        return current if current.first is not None and current.first > now else season_value(now.year + 1, code)
    if this:
        return season_value(now.year - 1, code) if code == "WI" and now.month < 3 else current
    if step < 0:
        return current if current.last is not None and current.last < now else season_value(now.year - 1, code)
    return current if current.first is not None and current.first <= now else season_value(now.year - 1, code)


def season_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "in the summer": the running year in narrative, the last begun in news. "Arab Spring" is none."""
    code = words.seasons[f["season"]]
    word = f["season"]
    at_word = at.low.find(word, start, end)
    before = opening.text[:at_word].rstrip()[-14:]
    if opening.text[at_word].isupper() and before[-1:].isalpha() and not NEXT_CAPITAL.match(opening.text, end):
        last = before.split()[-1].lstrip("\"“‘'(")
        if last[:1].isupper() and last.lower() not in ("the", "in", "by", "this", "last", "next"):
            return None
    if word == "fall" and not words.contexts.fall_before.search(at.before(at_word)):
        return None
    if word == "spring" and words.contexts.spring_before.search(at.before(start)):
        return None
    if at.narrative:
        return Value("DATE", f"XXXX-{code}") if at.year is None else season_value(at.year, code)
    if at.published is None:
        return Value("DATE", f"XXXX-{code}")
    return _news_season(code, 0, False, at)


def that_unit(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "last week", "this year", "the following month", "the weekend"."""
    which, unit = f["that"], words.units[f["unit"]]
    if unit in PART_UNITS or unit in ("NI", "F"):
        return None
    step = words.shift(which)
    value = _unit_at(unit, step, at, which in words.deictic and not at.narrative)
    if value is None or value.first is None or value.last is None:
        return value
    now = at.published
    if (
        not at.narrative
        and now is not None
        and not step
        and which in words.deictic
        and value.first <= now <= value.last
    ):
        half = words.shift(f.get("half"))
        if half > 0:
            value = value._replace(first=now, direction="future")
        elif half < 0 or not at.is_future(start, end):
            value = value._replace(last=now)
    third = words.thirds.get(f.get("half", ""), "")
    return _narrow(value, unit, third) if third and unit in ("M", "Y") else value


def past_unit(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "over the past year": the length that ends now."""
    unit, now = words.units[f["unit"]], None if at.narrative else at.published
    return Value("DURATION", duration_text(1.0, unit), length_back(now, 1.0, unit) if now else None, now)


def weekend(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the weekend": this one from Saturday on, else the last."""
    day = at.mentioned
    return (
        Value("DATE", "XXXX-WXX-WE")
        if day is None
        else weekend_value(plus_days(day, -7 if day.isoweekday() < 6 else 0))
    )


def _narrow(value: Value, unit: str, third: str) -> Value:
    """The same value with the days of its third."""
    if value.first is None:
        return value
    made = (
        year_value(value.first.year, third) if unit == "Y" else month_value(value.first.year, value.first.month, third)
    )
    return value._replace(first=made.first, last=made.last)


def _unit_at(unit: str, shift: int, at: Anchor, deictic_word: bool) -> Value | None:
    """The unit ``shift`` steps from the day of publication (for "last") or from the running date (for "that")."""
    if unit in ("Y", "DE", "CE"):
        reference_year = at.reference_year if deictic_word or at.year is None else at.year
        return _years_at(unit, shift, reference_year)
    if unit == "M":
        return _month_at(shift, at, deictic_word)
    base = at.published if deictic_word else at.mentioned
    if base is None:
        if unit == "W" and at.week is not None:
            return week_value(plus_days(at.week, 7 * shift))
        return Value("DATE", {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "D": "XXXX-XX-XX", "Q": "XXXX-QX"}[unit])
    if unit == "W":
        return week_value(plus_days(base, 7 * shift))
    if unit == "WE":
        return weekend_value(plus_days(base, 7 * shift))
    if unit == "Q":
        months = plus_months(base, 3 * shift)
        return quarter_value(months.year, (months.month + 2) // 3)
    return day_value(plus_days(base, shift))


def _years_at(unit: str, shift: int, year: int | None) -> Value | None:
    """The year, decade or century ``shift`` steps from that of ``year``."""
    if year is None:
        return Value("DATE", "XXXX") if unit == "Y" else None
    if unit == "Y":
        return year_value(year + shift)
    if unit == "DE":
        return decade_value(-(-year // 10 - shift)) if year < 0 else decade_value(year // 10 + shift, "", False)
    return Value("DATE", f"BC{-year // 100 - shift:02d}") if year < 0 else century_value(year // 100 + shift, False)


def _month_at(shift: int, at: Anchor, deictic_word: bool) -> Value | None:
    if deictic_word or (at.month is None and not at.narrative):
        base = at.published
        year, number = (base.year, base.month) if base is not None else (at.year, at.month)
    else:
        year, number = at.year, at.month
    if year is None:
        return Value("DATE", "XXXX-XX")
    if number is None:
        return Value("DATE", f"{year_text(year)}-XX")
    step, index = divmod(number - 1 + shift, 12)
    return month_value(year + step, index + 1)


def third_of_unit(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the end of the year", "late last month"."""
    unit, third = words.units[f.get("unit", "year")], words.third(f)
    if third == "whole" and "off" not in f and unit == "D":
        return None
    if unit in PART_UNITS or unit in ("NI", "F", "DE", "CE"):
        return None
    which = f.get("off", "")
    value = _unit_at(unit, words.shift(which), at, not at.narrative and (not which or which in words.deictic))
    if value is None or unit not in ("Y", "M"):
        return value
    if third in ("h1", "h2") and unit == "Y" and value.first is not None:
        return year_value(value.first.year, third)
    return _narrow(value, unit, third)


def quarter(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the third quarter of 2016"; without a year the last one begun."""
    if "h" in f:
        return year_value(int(f["year"]), f"h{f['h']}", True)
    number = int(f["q"]) if "q" in f else words.ordinals[f["ordinal"]]
    if number > 4:
        return None
    if "year" in f or "year2" in f:
        return quarter_value(int(f.get("year") or f["year2"]), number, True)
    year = _part_year(f, at, words, number * 3 - 2, (start, end))
    return Value("DATE", f"XXXX-Q{number}") if year is None else quarter_value(year, number)


def half(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the second half" of a year, the last one begun."""
    number = words.ordinals.get(f.get("half") or f["half2"], 2)
    year = _part_year(f, at, words, number * 6 - 5, (start, end))
    return Value("DATE", f"XXXX-H{number}") if year is None else year_value(year, f"h{number}")


def _part_year(f: Parts, at: Anchor, words: Words, month: int, span: tuple[int, int]) -> int | None:
    """The year of a quarter or half that begins in ``month``: as said, else of the last begun or the next to come."""
    year = that_year(f["that2"], at, words) if "that2" in f else at.reference_year
    if year is None or year < 1:
        return None
    now = at.published
    if now is None or at.narrative or "that2" in f or month <= now.month:
        return year
    return year if at.is_future(*span) else year - 1


def year_ago(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the year-ago quarter": that of the year before, of the one last said or else the last one ended."""
    unit, now = words.units[f.get("unit2") or f.get("unit3") or "year"], at.published
    if now is None or unit not in ("M", "Q", "Y"):
        return None
    if unit == "Y":
        return year_value(now.year - 1)
    if unit == "M":
        before = plus_months(now, -13)
        return month_value(before.year, before.month)
    if at.quarter is not None:
        return quarter_value(at.quarter[0] - 1, at.quarter[1])
    ended = plus_months(now, -15)
    return quarter_value(ended.year, (ended.month + 2) // 3)
