"""Productions for weekdays, deictic days, parts of a day, sets and words that point without a calendar."""

from __future__ import annotations

from transforms.dates.anchor import Anchor
from transforms.dates.values import PERIODS, Value, day_value, make_date, part_of_day, plus_days, plus_months, year_text
from transforms.dates.words import Opening, Parts, Words, clock_text, day_number


def weekday(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A weekday, the nearest before or on the day of publication unless the words point ahead."""
    number = words.weekdays[f["weekday"]]
    which = f.get("that", "")
    step = words.shift(which)
    found, ahead = at.weekday(number, step, not step and which in words.deictic, start, end)
    if found is None:
        part = words.day_parts.get(f.get("day_part", ""), "")
        return Value("TIME", f"XXXX-WXX-{number}T{part}") if part else Value("DATE", f"XXXX-WXX-{number}")
    if "day_part" in f:
        return part_of_day(found, words.day_parts[f["day_part"]])._replace(direction="future" if ahead else "at")
    if "hour" in f or "hour2" in f:
        return Value("TIME", found.isoformat() + clock_text(f, words, at.narrative), found, found, granularity="D")
    return day_value(
        found, "relative", "future" if ahead and at.published is not None and found > at.published else "at"
    )


def weekday_range(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """The Friday of "between Friday and Sunday": the last before the day that the range ends with."""
    number = words.weekdays[f["weekday"]]
    if "that" in f:
        return weekday_of_week(f, at, words, start, end, opening)
    if at.narrative:
        return weekday({k: v for k, v in f.items() if k != "weekday2"}, at, words, start, end, opening)
    last, ahead = at.weekday(words.weekdays[f["weekday2"]], 0, False, start, end)
    if last is None:
        return None
    day = plus_days(last, -((last.isoweekday() - number) % 7))
    if "day_part" in f:
        return part_of_day(day, words.day_parts[f["day_part"]])
    return day_value(day, "relative", "future" if ahead and at.published is not None and day > at.published else "at")


def weekday_range_end(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """The Sunday of "between Friday and Sunday": the next after the day that the range begins with."""
    begin = at.running
    if begin is None:
        return weekday(f, at, words, start, end, opening)
    day = plus_days(begin, (words.weekdays[f["weekday"]] - begin.isoweekday()) % 7)
    if "day_part" in f:
        return part_of_day(day, words.day_parts[f["day_part"]])
    future = not at.narrative and at.published is not None and day > at.published
    return day_value(day, "relative", "future" if future else "at")


def weekday_week(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "A week from Monday"."""
    base = at.base
    if base is None:
        return None
    ahead = (words.weekdays[f.get("weekday") or f["weekday2"]] - base.isoweekday()) % 7
    return day_value(plus_days(base, ahead + 7), "relative", "future")


def weekday_ago(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "A week ago Monday": that weekday, the nearest before or on the day so far back."""
    base = at.base
    if base is None:
        return None
    back = (base.isoweekday() - words.weekdays[f["weekday"]]) % 7
    day = plus_days(base, -back)
    if words.units[f["unit"]] == "W":
        return day_value(plus_days(day, -7))
    then = plus_months(base, -12)
    return day_value(plus_days(then, -((then.isoweekday() - words.weekdays[f["weekday"]]) % 7)))


def day_of_running_month(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "On the 20th": of the month last said, else the nearest such day that has passed."""
    now = at.published
    if now is None:
        return None
    year, month = (at.year, at.month) if at.year and at.month else (now.year, now.month)
    number = day_number(f["dom"])
    if "which" in f:
        month_said = plus_months(now.replace(day=1), words.shift(f["which"]))
        found = make_date(month_said.year, month_said.month, number)
        return None if found is None else day_value(found, "relative", "future" if found > now else "at")
    found = make_date(year, month, number)
    ahead = found is not None and found > now
    if found is None or not ahead:
        return None if found is None else day_value(found)
    if at.is_future(start, end):
        return day_value(found, "relative", "future")
    before = plus_months(now.replace(day=1), -1)
    found = make_date(before.year, before.month, number)
    return None if found is None else day_value(found)


def weekday_of_week(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "Thursday last week"."""
    base = at.base or at.mentioned
    if base is None:
        return None
    return day_value(plus_days(base, 7 * words.shift(f["that"]) + words.weekdays[f["weekday"]] - base.isoweekday()))


def weekday_set(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "Every Friday"."""
    return Value("SET", f"XXXX-WXX-{words.weekdays[f.get('weekday') or f['weekday2']]}")


def small_hours(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the early hours of Tuesday"."""
    made = weekday if "weekday" in f else deictic
    return made(f, at, words, start, end, opening)


def deictic(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """today, yesterday, tomorrow, tonight, overnight, against the day of publication."""
    word, base = f["deictic"], None if at.narrative else at.base
    own = words.deictic_parts.get(word, "")
    part, shift = own or words.day_parts.get(f.get("day_part", ""), ""), words.shift(word)
    if base is None:
        if not shift and not part:
            return Value("DATE", "PRESENT_REF")
        return Value("TIME", f"XXXX-XX-XXT{part}") if part else Value("DATE", "XXXX-XX-XX")
    shift += words.shift(f.get("off"))
    day = plus_days(base, shift)
    if own and shift < 0:
        return part_of_day(day, part)._replace(last=base)
    if part:
        return part_of_day(day, part)
    return day_value(day, "relative", "future" if shift > 0 else "at")


def that_part(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "this morning", "last night", "that evening", "the next morning"."""
    day, which = (at.base, f["that"]) if "that" in f else (at.mentioned, f["said"])
    if day is not None:
        day = plus_days(day, words.shift(which))
    return part_of_day(day, words.day_parts[f["day_part"]])


def bare_part(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "at dawn", "in the evening"."""
    part = words.day_parts[f["day_part"]]
    if "part" in f and not at.narrative and not words.contexts.part_before.search(at.before(start)):
        return None
    at_word = at.low.find(f["day_part"], start, end)
    if opening.text[at_word].isupper() and opening.text[max(0, at_word - 14) : at_word].istitle():
        return None
    if at.narrative and not ("definite" in f and at.running):
        return part_of_day(None, part)
    return part_of_day(at.mentioned, part)


def part_set(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "every night"."""
    return Value("SET", f"XXXX-XX-XXT{words.day_parts[f['day_part']]}")


def reference(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """now, recently, the future: no days."""
    return Value("DATE", words.references[f["reference"]])


def constant(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A value that the rule itself fixes."""
    return Value("DATE", f["value"])


def sets(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """daily, annual."""
    if opening.text[start].isupper() and opening.text[end : end + 2].strip().isupper():
        return None  # "the Daily Star"
    return Value("SET", words.sets[f["sets"]] if at.narrative else PERIODS[words.sets[f["sets"]]])


def that_day(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the next day", "the same day", "the day before", "that day"."""
    which = f["that"]
    shift = words.shift(which) or words.shift(f.get("off"))
    day = at.published if not at.narrative and not words.shift(which) and which in words.deictic else at.mentioned
    if day is None:
        if at.year is not None and at.month is not None:
            return Value("DATE", f"{year_text(at.year)}-{at.month:02d}-XX")
        return Value("DATE", "XXXX-XX-XX")
    return day_value(plus_days(day, shift))
