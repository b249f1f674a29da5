"""Productions for days and months of the calendar, numeric forms and times of day."""

from __future__ import annotations

from typing import Literal

from transforms.dates.anchor import Anchor
from transforms.dates.holidays import holiday_days
from transforms.dates.values import Value, day_value, make_date, month_value, part_of_day, plus_days, year_text
from transforms.dates.words import (
    CAPITAL_BEFORE,
    NEXT_CAPITAL,
    Opening,
    Parts,
    Words,
    clock_text,
    day_number,
    short_year,
    year_of,
)


def calendar(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A day of a month, with or without its year, weekday, part of day or clock time."""
    month, day = words.months[f["month"]], day_number(f["day"])
    year, explicit, ahead = year_of(f, at, words), True, False
    if year is not None and "month2" in f and words.months[f["month2"]] < month:
        year -= 1
    explicit = year is not None
    if year is None:
        year, ahead = at.year_for(month, day, start, end)
    if year is None or year < 1:
        if day > 31:
            return None
        text = f"{'XXXX' if year is None else year_text(year)}-{month:02d}-{day:02d}"
        return Value("DATE", text, basis="explicit", granularity="D" if year is not None else "")
    found = make_date(year, month, day)
    if found is None:
        return None
    if explicit and "weekday" in f and words.weekdays[f["weekday"]] != found.isoweekday():
        opening.disagree(
            "weekday_disagrees", start, end, f"{opening.text[start:end]!r}: that day is a {found:%A}",
            "a weekday that fits its date", "Check the date against the source; the calendar date was kept.",
        )  # fmt: skip
    if "day_part" in f:
        return part_of_day(found, words.day_parts[f["day_part"]], "explicit")
    if "hour" in f or "hour2" in f:
        return Value(
            "TIME", found.isoformat() + clock_text(f, words, at.narrative), found, found, "explicit", granularity="D"
        )
    return day_value(
        found, "explicit", "future" if ahead and at.published is not None and found > at.published else "at"
    )


def day_continued(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """The "4" of "June 3 and 4"; not the 30 of "On June 3, 30 people died"."""
    return None if words.contexts.count_after.match(at.low, end) else calendar(f, at, words, start, end, opening)


def numeric(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """2017-09-05."""
    found = make_date(int(f["year"]), int(f["mm"]), int(f["day"]))
    return None if found is None else day_value(found, "explicit")


def numeric_time(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """2016-07-01T09:14:00Z."""
    found = make_date(int(f["year"]), int(f["mm"]), int(f["day"]))
    if found is None:
        return None
    return Value("TIME", f"{found.isoformat()}T{f['hour']}:{f['minute']}", found, found, "explicit", granularity="D")


def numeric_ambiguous(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """05/09/2017: by the source's order and what calendar and day of publication allow; else an issue too."""
    year = int(f["year"]) if len(f["year"]) == 4 else short_year(f["year"], at)
    a, b = int(f["a"]), int(f["b"])
    day_first, month_first = make_date(year, b, a), make_date(year, a, b)
    if opening.order == "mdy":
        day_first, month_first = month_first, day_first
    if day_first is None or month_first is None or day_first == month_first:
        found = day_first or month_first
        return None if found is None else day_value(found, "explicit")
    if at.published is not None and abs((month_first - at.published).days) <= 1 < abs((day_first - at.published).days):
        return day_value(month_first, "explicit")  # the report's own head, in the other order
    limit = None if at.published is None else plus_days(at.published, 1)
    if limit is not None and day_first > limit >= month_first:
        return day_value(month_first, "explicit")
    settled = limit is not None and month_first > limit >= day_first
    if not settled:
        opening.disagree(
            "ambiguous_date", start, end, f"{opening.text[start:end]!r} is {day_first} or {month_first}",
            "a date that can be read one way", "Give the source a date_order; its order was followed here.",
        )  # fmt: skip
    return day_value(day_first, "explicit")


def month_number(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """2016-07."""
    return month_value(int(f["year"]), int(f["mm"]), "", True)


def clock(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A time of day, on the day last said (in news else the day of publication)."""
    hour = int(f.get("hour") or f["hour2"])
    if hour > 24:
        return None
    day, word = at.mentioned, f.get("deictic") or f.get("that")
    if word and at.base is not None and not at.narrative:
        day = plus_days(at.base, words.shift(word))
    if at.narrative and day is not None and not at.in_sentence(start):
        day = None
    text = "XXXX-XX-XX" if day is None else day.isoformat()
    late = words.day_parts.get(f.get("day_part", ""), words.deictic_parts.get(f.get("deictic", ""), ""))
    if late in ("AF", "EV", "NI") and hour < 12 and "ampm" not in f and "ampm2" not in f:
        f = {**f, "hour": str(hour + 12)}
    return Value("TIME", text + clock_text(f, words, at.narrative), day, day)


def month(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A month, a part of one, with or without its year."""
    number, third = words.months[f["month"]], words.third(f)
    year = year_of(f, at, words)
    if year is not None:
        if "month2" in f and words.months[f["month2"]] < number:
            year -= 1
        return month_value(year, number, third, "year" in f or "yy" in f)
    year, ahead = at.year_for(number, 0, start, end)
    if year is None:
        return Value("DATE", f"XXXX-{number:02d}")
    step = words.shift(f.get("which"))
    if "which" in f and at.published is not None and not at.narrative:
        now = at.published
        passed = number < now.month if step < 0 else number <= now.month
        year = now.year + (step < 0 and not passed) * -1 + (step > 0 and passed)
    elif step and at.month is not None and (number - at.month) * step <= 0:
        year += step
    value = month_value(year, number, third)
    if ahead and at.published is not None and value.first is not None and value.first > at.published:
        return value._replace(direction="future")
    return value


def month_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A month's name alone; not where it is a person's ("April Carter said")."""
    if NEXT_CAPITAL.match(opening.text, end) and not words.contexts.month_before.search(at.before(start)):
        return None
    return month(f, at, words, start, end, opening)


def month_risky(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """May and March alone: months only after a word that leads one in."""
    return (
        month(f, at, words, start, end, opening) if words.contexts.risky_month_before.search(at.before(start)) else None
    )


def holiday(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """Christmas, Easter, Ramadan: a day, or for a month of another calendar its interval, the end exclusive."""
    form = words.holidays[f["holiday"]]
    named = NEXT_CAPITAL.match(opening.text, end) or CAPITAL_BEFORE.search(opening.text, max(0, start - 16), start)
    if named and not words.contexts.part_before.search(at.before(start)):
        return None  # "the Good Friday Agreement", "Operation Ramadan", a man of that name
    said = year_of(f, at, words)
    year: int | None = said
    if year is None:
        guess = holiday_days(form, at.reference_year or 0)
        if guess is not None:
            year, _ = at.year_for(guess[0].month, guess[0].day, start, end)
    found = holiday_days(form, year or 0)
    if found is None:
        return Value("DATE", f"XXXX-{form}") if form[0].isdigit() and form[3].isdigit() else None
    first, last = found
    ahead = said is None and at.published is not None and first > at.published
    basis: Literal["explicit", "relative"] = "relative" if said is None else "explicit"
    if first == last:
        return day_value(first, basis, "future" if ahead else "at")
    return Value("DATE", f"{first}/{plus_days(last, 1)}", first, last, basis, "future" if ahead else "at")
