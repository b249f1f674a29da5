"""What each rule makes of its parts: from the words that a pattern captured to a TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from configs.date_language import DateLexicon
from configs.model import DateOrder
from transforms.date_anchor import Anchor
from transforms.date_values import (
    Value, century_value, day_value, decade_value, duration_text, make_date, month_value, part_of_day, plus_days, plus_months,
    quarter_value, season_value, week_value, weekend_value, year_text, year_value,
)  # fmt: skip

Parts = Mapping[str, str]

VAGUE_WINDOW = {"D": 7, "W": 28, "M": 90}
"""Days that "in recent days, weeks, months" reach back, the last of them the day of publication."""
_BACKWARD = ("last", "past", "previous", "preceding", "recent", "the last", "the past", "this past", "the previous", "the preceding")
_FORWARD = ("next", "coming", "following", "the next", "the coming", "this coming", "the following", "ensuing", "the ensuing", "succeeding",
            "subsequent", "the subsequent")  # fmt: skip
_YEAR_BEFORE = re.compile(r"\b(?:in|since|during|early|late|mid|year|years|circa|until|till)[\s-]+$|^$|\n\s*$")
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:than|about|around|over|nearly|some|almost|least|approximately|up to|estimated|roughly|another|only|all|number|resolution|brigade|division|"
    r"regiment|battalion|unit|flight|route|highway|page|room|block|point|area|level|every|these|those|article|killed|lost|with)|[$£€#№])\s*$"
)
_DETERMINED = re.compile(r"(?:\b(?:of|by|from|to|and|or|between|before|after|through|the|a|its|his|their|our|this|that)|[(,;:.\[–—/-])\s*$")
_COUNT_AFTER = re.compile(
    r"(?:\s+|-)(?:people|men|women|children|civilians?|fighters?|soldiers?|troops?|militants?|rebels?|families|residents|refugees|prisoners|tons?|tonnes?|"
    r"km|kilomet\w+|met(?:re|er)s?|miles?|feet|ft|m|kg|kilos?|pounds?|dollars?|euros?|hours?|hrs|gmt|utc|rpm|mm|percent|casualties|dead|deaths|"
    r"wounded|injured|killed|troopers|guns|aircraft|tanks|shells|vehicles|horses|yards|acres|hectares|square|volunteers|policemen|others|words|rounds|local)\b"
    r"|\s?%"
)
_YEAR_AFTER = re.compile(r"\s*(?:[.,;:)\]\n–—-]|$)|['’]s\b|\s+(?:and|or|to|was|is|saw|also|had|has|marked|when|as|in|by|at|on|the|until|with|after|before|for|while|he|they|it)\b")
_STANDING = re.compile(r"\s+(?:[a-z]+ )?(?:war|siege|conflict|battle|blockade|uprising|offensive|campaign|truce|ceasefire|insurgency|revolt|occupation|control|encirclement|fight)\b")
_NEXT_CAPITAL = re.compile(r"\s+[A-Z][a-z]+")
_MONTH_LEADS = frozenset(("in", "since", "by", "until", "till", "from", "to", "during", "before", "after", "through", "throughout", "between", "of", "and", "for", "the", "or"))
_PART_LEADS = frozenset(("in", "at", "by", "during", "before", "after", "until", "since", "on", "and", "under", "through", "throughout"))
_YEAR_LEADS = frozenset(("in", "since", "of", "by", "until", "from", "to", "before", "after", "and"))
_MONTH_BEFORE = re.compile(r"\b(?:in|since|by|until|till|from|to|during|before|after|through|between|of|and|for|on|the|or|early|late|mid|last|next|this|a|an|its|each|every)[\s-]*$|[(,–—/-]\s*$")


class Opening(Protocol):
    """What a production may ask of the reading: the source's order of day and month, and to note what stays open."""

    order: DateOrder
    text: str

    def disagree(self, kind: str, start: int, end: int, found: str, expected: str, mend: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon's tables as the productions look them up."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, str]
    units: Mapping[str, str]
    numbers: Mapping[str, float]
    ordinals: Mapping[str, int]
    day_parts: Mapping[str, str]
    thirds: Mapping[str, str]
    references: Mapping[str, str]
    sets: Mapping[str, str]
    holidays: Mapping[str, str]
    zones: Mapping[str, str]

    @classmethod
    def of(cls, lexicon: DateLexicon) -> Words:
        return cls(
            lexicon.months, lexicon.weekdays, lexicon.seasons, lexicon.units, lexicon.numbers, lexicon.ordinals, lexicon.day_parts,
            lexicon.thirds, lexicon.references, lexicon.sets, lexicon.holidays, lexicon.zones,
        )  # fmt: skip

    def third(self, parts: Parts) -> str:
        word = parts.get("thirds") or parts.get("thirds2")
        return self.thirds.get(word, "") if word else ""

    def number(self, text: str | None) -> float | None:
        """A count in words or digits; None for "several" and the like."""
        if not text:
            return None
        if text[0].isdigit():
            if text.endswith("-1/2"):
                return int(text[:-4]) + 0.5
            try:
                return float(text.replace(",", ""))
            except ValueError:
                return None
        total, known = 0.0, False
        for word in re.split(r"[\s-]+", text):
            number = self.numbers.get(word)
            if number is None or (known and word in ("a", "an")):
                continue
            if number == 0.5 and text.startswith(("half", "a half")):
                return 0.5
            scale = known and number in (12, 100, 1000)
            total = total * number if scale else number if total == 1 and text.startswith(("a ", "an ", "a-", "an-")) else total + number
            known = True
        return total if known and not text.startswith(("a few", "a couple", "a number", "hundreds", "dozens")) else None


Production = Callable[[Parts, Anchor, Words, int, int, Opening], Value | None]


def _int(text: str) -> int:
    return int(text.rstrip("sthndr"))


def _short_year(text: str, at: Anchor) -> int:
    """Two digits of a year: the century that puts it nearest below the day of publication (or the running year)."""
    ceiling = at.published.year + 1 if at.published is not None else (at.year or 2029)
    year = ceiling // 100 * 100 + int(text)
    return year if year <= ceiling else year - 100


def _that_year(which: str, at: Anchor) -> int | None:
    """The year that "that year", "last year", "the following year" mean."""
    year = at.year if which in ("that", "the same", "that same", "the following", "the next", "the previous", "the preceding", "the") else None
    if year is None:
        year = at.reference_year
    if year is None:
        return None
    return year - 1 if which in _BACKWARD else year + 1 if which in _FORWARD else year


def _year_of(f: Parts, at: Anchor) -> int | None:
    """The year that the words say, None where they say none."""
    if "year" in f:
        return int(f["year"])
    if "year2" in f:
        return int(f["year2"])
    if "yy" in f:
        return _short_year(f["yy"], at)
    that = f.get("that") or f.get("that2")
    return _that_year(that, at) if that else None


def _clock_text(f: Parts) -> str:
    """``T17:34`` of the clock parts."""
    hour = int(f.get("hour") or f["hour2"])
    half = (f.get("ampm") or f.get("ampm2") or "")[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = f.get("minute")
    return f"T{hour:02d}" + (f":{minute}" if minute else "")


def calendar(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A day of a month, with or without its year, weekday, part of day or clock time."""
    month, day = words.months[f["month"]], _int(f["day"])
    year, explicit, ahead = _year_of(f, at), True, False
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
            "weekday-disagrees", start, end, f"{opening.text[start:end]!r}: that day is a {found:%A}",
            "a weekday that fits its date", "Check the date against the source; the calendar date was kept.",
        )  # fmt: skip
    if "day_part" in f:
        return part_of_day(found, words.day_parts[f["day_part"]], "explicit")
    if "hour" in f or "hour2" in f:
        return Value("TIME", found.isoformat() + _clock_text(f), found, found, "explicit", granularity="D")
    return day_value(found, "explicit", "future" if ahead and at.published is not None and found > at.published else "at")


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
    """05/09/2017: by the source's order, then by what the calendar and the day of publication allow; else an issue too."""
    year = int(f["year"]) if len(f["year"]) == 4 else _short_year(f["year"], at)
    a, b = int(f["a"]), int(f["b"])
    day_first, month_first = make_date(year, b, a), make_date(year, a, b)
    if opening.order == "mdy":
        day_first, month_first = month_first, day_first
    if day_first is None or month_first is None or day_first == month_first:
        found = day_first or month_first
        return None if found is None else day_value(found, "explicit")
    limit = None if at.published is None else plus_days(at.published, 1)
    if limit is not None and day_first > limit >= month_first:
        return day_value(month_first, "explicit")
    settled = limit is not None and month_first > limit >= day_first
    if not settled:
        opening.disagree(
            "ambiguous-date", start, end, f"{opening.text[start:end]!r} is {day_first} or {month_first}",
            "a date that can be read one way", "Give the source a date_order; its order was followed here.",
        )  # fmt: skip
    return day_value(day_first, "explicit")


def month_number(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """2016-07."""
    return month_value(int(f["year"]), int(f["mm"]), "", True)


def clock(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A time of day, on the day last said (in news else the day of publication)."""
    if int(f["hour"]) > 24:
        return None
    day = at.mentioned
    if at.narrative and day is not None and not at.in_sentence(start):
        day = None
    text = "XXXX-XX-XX" if day is None else day.isoformat()
    return Value("TIME", text + _clock_text(f), day, day)


def month(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A month, a part of one, with or without its year."""
    number, third = words.months[f["month"]], words.third(f)
    year = _year_of(f, at) if "that" not in f or "year" in f or "that2" in f or _says_year(f, at, start, end) else None
    if year is not None:
        if "month2" in f and words.months[f["month2"]] < number:
            year -= 1
        return month_value(year, number, third, "year" in f or "yy" in f)
    year, ahead = at.year_for(number, 0, start, end)
    if year is None:
        return Value("DATE", f"XXXX-{number:02d}")
    which = f.get("that", "")
    if which and at.published is not None and not at.narrative:
        now = at.published
        if which == "last":
            year = now.year if number < now.month else now.year - 1
        elif which in ("next", "this coming"):
            year = now.year if number > now.month else now.year + 1
        elif which == "this":
            year = now.year
    elif which in ("last", "the previous") and at.month is not None and number >= at.month:
        year -= 1
    elif which in ("next", "the following") and at.month is not None and number <= at.month:
        year += 1
    value = month_value(year, number, third)
    if ahead and at.published is not None and value.first is not None and value.first > at.published:
        return value._replace(direction="future")
    return value


def _says_year(f: Parts, at: Anchor, start: int, end: int) -> bool:
    return at.low.find("year", start, end) >= 0


def month_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A month's name alone; not where it is a person's ("April Carter said")."""
    if opening.text[start].islower() and f["month"] in ("august",):
        return None
    if _NEXT_CAPITAL.match(opening.text, end) and not _MONTH_BEFORE.search(at.low[max(0, start - 12) : start]):
        return None
    return month(f, at, words, start, end, opening)


def month_risky(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """May and March alone: months only after a word that leads one in."""
    return month(f, at, words, start, end, opening) if at.lead(start) in _MONTH_LEADS else None


def small_hours(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"the early hours of Tuesday"."""
    parts = {**f, "day_part": "morning"}
    return weekday(parts, at, words, start, end, opening) if "weekday" in f else deictic(parts, at, words, start, end, opening)


def weekday(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A weekday, the nearest before or on the day of publication unless the words point ahead."""
    number = words.weekdays[f["weekday"]]
    which = f.get("that", "")
    which = "last" if which in _BACKWARD else "next" if which in _FORWARD else which
    found, ahead = at.weekday(number, which, start, end)
    if found is None:
        part = words.day_parts.get(f.get("day_part", ""), "")
        return Value("TIME", f"XXXX-WXX-{number}T{part}") if part else Value("DATE", f"XXXX-WXX-{number}")
    if "day_part" in f:
        return part_of_day(found, words.day_parts[f["day_part"]])._replace(direction="future" if ahead else "at")
    if "hour" in f or "hour2" in f:
        return Value("TIME", found.isoformat() + _clock_text(f), found, found, granularity="D")
    return day_value(found, "relative", "future" if ahead and at.published is not None and found > at.published else "at")


def weekday_week(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"A week from Monday"."""
    base = at.base
    if base is None:
        return None
    ahead = (words.weekdays[f.get("weekday") or f["weekday2"]] - base.isoweekday()) % 7
    return day_value(plus_days(base, ahead + 7), "relative", "future")


def weekday_of_week(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"Thursday last week"."""
    base = at.base or at.mentioned
    if base is None:
        return None
    which = f["that"]
    weeks = -1 if which in _BACKWARD else 1 if which in _FORWARD else 0
    return day_value(plus_days(base, 7 * weeks + words.weekdays[f["weekday"]] - base.isoweekday()))


def weekday_set(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"Every Friday"."""
    return Value("SET", f"XXXX-WXX-{words.weekdays[f.get('weekday') or f['weekday2']]}")


def deictic(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """today, yesterday, tomorrow, tonight, overnight, against the day of publication."""
    word, base = f["deictic"], None if at.narrative else at.base
    part = "NI" if word in ("tonight", "overnight") else words.day_parts.get(f.get("day_part", ""), "")
    if base is None:
        if word == "today" and not part:
            return Value("DATE", "PRESENT_REF")
        return Value("TIME", f"XXXX-XX-XXT{part}") if part else Value("DATE", "XXXX-XX-XX")
    shift = {"yesterday": -1, "overnight": -1, "tomorrow": 1}.get(word, 0)
    shift += {"before": -1, "after": 1}.get(f.get("off", ""), 0)
    day = plus_days(base, shift)
    if word == "overnight":
        return part_of_day(day, part)._replace(last=base)
    if part:
        return part_of_day(day, part)
    return day_value(day, "relative", "future" if shift > 0 else "at")


def that_part(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"this morning", "last night", "that evening", "the next morning"."""
    which, part = f["that"], words.day_parts[f["day_part"]]
    day = at.base if which in ("this", "last", "tomorrow", "yesterday") else at.mentioned
    if which == "this" and at.narrative:
        day = at.running
    if day is not None:
        shift = -1 if which in ("last", "yesterday", "the previous") else 1 if which in ("next", "the next", "the following", "tomorrow") else 0
        day = plus_days(day, shift)
    return part_of_day(day, part)


def bare_part(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"at dawn", "in the evening"."""
    part = words.day_parts[f["day_part"]]
    if "part" in f and not at.narrative and at.lead(start) not in _PART_LEADS:
        return None
    at_word = at.low.find(f["day_part"], start, end)
    if opening.text[at_word].isupper() and opening.text[max(0, at_word - 14) : at_word].istitle():
        return None
    definite = at.low.startswith("the ", start)
    if at.narrative and not (definite and at.running):
        return part_of_day(None, part)
    return part_of_day(at.mentioned, part)


def part_set(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"every night"."""
    return Value("SET", f"XXXX-XX-XXT{words.day_parts[f['day_part']]}")


def reference(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """now, recently, the future: no days."""
    return Value("DATE", words.references[f["reference"]])


def constant(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A value that the rule itself fixes."""
    return Value("DATE", f["value"])


def sets(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """daily, annual."""
    return Value("SET", words.sets[f["sets"]])


def season(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A season with its year, or by "last", "this", "the following"."""
    code = words.seasons[f["season"]]
    if "year" in f:
        return season_value(int(f["year"]), code, True)
    which = f.get("that", "")
    if not at.narrative and at.published is not None and "year" not in at.low[start:end]:
        return _news_season(code, which, at)
    year = _that_year(which, at)
    if year is None:
        return Value("DATE", f"XXXX-{code}")
    return season_value(at.year if at.year is not None and which in _FORWARD and code != "SP" else year, code)


def _news_season(code: str, which: str, at: Anchor) -> Value:
    now = at.published
    assert now is not None
    current = season_value(now.year, code)
    if which in _FORWARD:
        return current if current.first is not None and current.first > now else season_value(now.year + 1, code)
    if which in ("this", "this coming", "that", "the same"):
        return season_value(now.year - 1, code) if code == "WI" and now.month < 3 else current
    if which in _BACKWARD:
        return current if current.last is not None and current.last < now else season_value(now.year - 1, code)
    return current if current.first is not None and current.first <= now else season_value(now.year - 1, code)


def season_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"in the summer": the running year in narrative, the last begun in news. "Arab Spring" is none."""
    code = words.seasons[f["season"]]
    word = f["season"]
    at_word = at.low.find(word, start, end)
    before = opening.text[:at_word].rstrip()[-14:]
    if opening.text[at_word].isupper() and before[-1:].isalpha() and not _NEXT_CAPITAL.match(opening.text, end):
        last = before.split()[-1]
        if last[:1].isupper() and last.lower() not in ("the", "in", "by", "this", "last", "next"):
            return None
    if word == "fall" and not re.search(r"\b(?:in|by|during|since|until|this|last|next|early|late|before|after) (?:the )?$", at.low[max(0, start - 12) : at_word]):
        return None
    if word == "spring" and at.low[max(0, start - 4) : start].endswith(("to ", "ll ")):
        return None
    if at.narrative:
        return Value("DATE", f"XXXX-{code}") if at.year is None else season_value(at.year, code)
    if at.published is None:
        return Value("DATE", f"XXXX-{code}")
    return _news_season(code, "", at)


def holiday(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """Christmas and other days of fixed date."""
    month_no, day_no = (int(x) for x in words.holidays[f["holiday"]].split("-"))
    year = _year_of(f, at)
    explicit = year is not None
    if year is None:
        year, _ = at.year_for(month_no, day_no, start, end)
    if year is None or year < 1:
        return Value("DATE", f"XXXX-{words.holidays[f['holiday']]}")
    return day_value(date(year, month_no, day_no), "explicit" if explicit else "relative")


def decade(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"the late 1980s", "the 70s"."""
    if "decade" in f:
        return decade_value(int(f["decade"]), words.third(f))
    if not re.search(r"\b(?:the|late|early|mid)[\s-]", at.low[start:end]) and at.low[start] not in "'’‘":
        return None
    short = int(f.get("short") or f["short2"])
    century = (at.reference_year or 2000) // 100
    found = century * 10 + short
    return decade_value(found if found * 10 <= (at.reference_year or 2000) else found - 10, words.third(f))


def century(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"the 19th century" is 18, "the 4th century BC" is BC03."""
    nth = int(f["nth"]) if "nth" in f else words.ordinals[f["ordinal"]]
    if not 0 < nth < 30:
        return None
    if "bcc" in f:
        return Value("DATE", f"BC{nth - 1:02d}", basis="explicit", granularity="CE")
    return century_value(nth - 1)


def bc(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """Years, months, seasons and decades before Christ."""
    if "bcdecade" in f:
        return decade_value(-int(f["bcdecade"]))
    year = -int(f["bc"])
    if year == 0:
        return None
    if "month" in f:
        return month_value(year, words.months[f["month"]], "", True)
    if "season" in f:
        return season_value(year, words.seasons[f["season"]], True)
    return year_value(year, "", True)


def year(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"mid-2012"."""
    return year_value(int(f["year"]), words.third(f), True)


def year_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A four-digit number that is a year by what stands around it."""
    if at.low.startswith("the year", start):
        return year_value(int(f["year"]), "", True)
    before = at.low[max(0, start - 16) : start]
    number = int(f["year"])
    latest = at.published.year + 60 if at.published is not None else 2100
    if number > latest or (number < 1500 and not re.search(r"\b(?:in|since|of|year|from|until|by) $", before)):
        return None
    if _COUNT_BEFORE.search(before):
        return None
    if not _YEAR_BEFORE.search(before):
        if _COUNT_AFTER.match(at.low, end):
            return None
        if not _DETERMINED.search(before) and not _YEAR_AFTER.match(at.low, end):
            return None
    return year_value(number, "", True)


def bc_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"in 479", where the story runs before Christ."""
    if at.year is None or at.year >= 0 or at.lead(start) not in _YEAR_LEADS or _COUNT_AFTER.match(at.low, end):
        return None
    number = int(f["bc"])
    return year_value(-number, "", True) if abs(number + at.year) < 250 else None


def year_short(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """The "17" of "1915-17"."""
    base = f.get("base")
    if not base:
        return None
    found = int(base[:2] + f["yy"])
    return year_value(found, "", True) if int(base) < found <= int(base) + 60 else None


PART_UNITS = ("TH", "TM", "TS")


def that_unit(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"last week", "this year", "the following month", "the weekend"."""
    which, unit = f["that"], words.units[f["unit"]]
    if unit in PART_UNITS or unit in ("NI", "F"):
        return None
    if which == "the" and unit != "WE" and "half" not in f:
        return None
    if unit not in ("WE", "D") and (which == "the past" or (which == "the last" and at.lead(start) in ("over", "in", "during", "for", "within"))):
        now = None if at.narrative else at.published
        return Value("DURATION", duration_text(1.0, unit), _length_back(now, 1.0, unit) if now else None, now)
    shift = -1 if which in _BACKWARD else 1 if which in _FORWARD else 0
    deictic_word = which in ("last", "this", "next", "this past", "this coming", "the last", "the past", "the next", "the current", "the coming")
    value = _unit_at(unit, shift, at, deictic_word and not at.narrative, which)
    if value is None or value.first is None or value.last is None:
        return value
    now = at.published
    if not at.narrative and now is not None and shift == 0 and which == "this":
        if f.get("half") == "earlier" or unit in ("W", "WE"):
            if value.first <= now and not at.is_future(start, end):
                value = value._replace(last=min(value.last, now))
        elif f.get("half") == "later" and value.last >= now:
            value = value._replace(first=max(value.first, now), direction="future")
        elif value.first <= now <= value.last and not at.is_future(start, end):
            value = value._replace(last=now)
    if f.get("half") in ("late", "early") and unit in ("M", "Y"):
        value = _narrow(value, unit, f["half"])
    return value


def _narrow(value: Value, unit: str, third: str) -> Value:
    """The same value with the days of its third."""
    if value.first is None:
        return value
    made = year_value(value.first.year, third) if unit == "Y" else month_value(value.first.year, value.first.month, third)
    return value._replace(first=made.first, last=made.last)


def _unit_at(unit: str, shift: int, at: Anchor, deictic_word: bool, which: str = "") -> Value | None:
    """The calendar unit ``shift`` steps from the reference: the day of publication for "last", the running date for "that"."""
    if unit == "Y":
        reference_year = at.reference_year if deictic_word or at.year is None else at.year
        if reference_year is None:
            return Value("DATE", "XXXX")
        return year_value(reference_year + shift)
    if unit in ("DE", "CE"):
        reference_year = at.reference_year if deictic_word or at.year is None else at.year
        if reference_year is None:
            return None
        if reference_year < 0:
            return decade_value(-(-reference_year // 10 - shift)) if unit == "DE" else Value("DATE", f"BC{-reference_year // 100 - shift:02d}")
        return decade_value(reference_year // 10 + shift, "", False) if unit == "DE" else century_value(reference_year // 100 + shift, False)
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
        if which in ("the", "this past", "the past") and base.isoweekday() < 6:
            shift = -1
        elif which == "last" and base.isoweekday() >= 6:
            shift = -1
        return weekend_value(plus_days(base, 7 * shift))
    if unit == "Q":
        months = plus_months(base, 3 * shift)
        return quarter_value(months.year, (months.month + 2) // 3)
    return day_value(plus_days(base, shift))


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
    """"the end of the year", "late last month"."""
    unit, third = words.units[f["unit"]], words.third(f)
    if third == "whole" and "off" not in f and unit == "D":
        return None
    if unit in PART_UNITS or unit in ("NI", "F", "DE", "CE"):
        return None
    which = f.get("off", "")
    said = at.low[start:end]
    if not which:
        which = "last" if " last " in said else "next" if " next " in said else "this" if " this " in said else ""
    shift = -1 if which in _BACKWARD else 1 if which in _FORWARD else 0
    value = _unit_at(unit, shift, at, not at.narrative and which in ("last", "this", "next", ""), "this")
    if value is None or unit not in ("Y", "M"):
        return value
    if third in ("h1", "h2") and unit == "Y" and value.first is not None:
        return year_value(value.first.year, third)
    return _narrow(value, unit, third)


def that_day(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"the next day", "the same day", "the day before", "that day"."""
    which, off = f["that"].removeprefix("on "), f.get("off", "")
    if which in ("the", "same", "next") and not off and which == "the":
        return None
    day = at.mentioned
    if which == "this" and not at.narrative:
        day = at.published
    shift = -1 if which in _BACKWARD or off in ("before", "earlier") else 1 if which in _FORWARD or off in ("after", "later") else 0
    if day is None:
        if at.year is not None and at.month is not None:
            return Value("DATE", f"{year_text(at.year)}-{at.month:02d}-XX")
        return Value("DATE", "XXXX-XX-XX")
    return day_value(plus_days(day, shift))


def unit_set(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"every week" (XXXX-WXX), "every two years" (P2Y), "twice a day" (P1D)."""
    unit = words.units[f.get("unit") or f["unit2"]]
    number = words.number(f.get("num"))
    if "unit2" in f or number is not None or at.low.startswith("per", start) or unit not in ("D", "W", "M", "Y"):
        return Value("SET", duration_text(number or 1.0, unit))
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


def _large(number: float | None) -> bool:
    return number is not None and number > 100_000


def ago(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"two days ago", against the day of publication."""
    unit, number = words.units[f["unit"]], words.number(f.get("num"))
    back = f.get("dir", "ago") == "ago"
    if number is None or unit == "WE":
        window = VAGUE_WINDOW.get(unit)
        now = at.published
        if back and window and now is not None and not at.narrative:
            return Value("DATE", "PAST_REF", plus_days(now, 1 - window), now)
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if _large(number):
        return None
    base = at.running if at.narrative else at.published
    if base is None and (at.year is None or unit not in ("Y", "DE")):
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if "exact" in f and base is not None:
        months = {"M": 1, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
        day = plus_months(base, -int(number * months)) if months else plus_days(base, -int(number * {"W": 7, "F": 14}.get(unit, 1)))
        return day_value(day)
    value = _shifted(number, unit, back, base, at)
    return value if back or value is None else value._replace(direction="future")


def shifted(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"two days later", "a year earlier", against the date last said."""
    unit, number = words.units[f["unit"]], words.number(f.get("num"))
    back = f["dir"] in ("earlier", "before", "previously", "prior")
    if number is None or unit == "WE":
        if "num" not in f and unit in ("D", "W") and at.narrative:
            return Value("DATE", "XXXX-WXX" if unit == "W" else "XXXX-XX-XX")
        return Value("DATE", "PAST_REF" if back else "FUTURE_REF")
    if _large(number):
        return None
    if unit in PART_UNITS:
        return Value("DURATION", duration_text(number, unit))
    day = at.mentioned
    if not at.narrative and at.year is not None and at.running is None:
        day = None
    return _shifted(number, unit, back, day, at)


def shifted_event(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"two days after the raid": in narrative the raid is taken to be on the date last said; in news the day stays open."""
    number, unit = words.number(f.get("num")), words.units[f["unit"]]
    back = f["dir"] in ("before", "earlier", "prior to")
    if number is None or unit in PART_UNITS:
        return Value("DURATION", duration_text(number, unit))
    if _large(number) or unit == "WE":
        return None
    if not at.narrative:
        return Value("DURATION", duration_text(number, unit))
    return _shifted(number, unit, back, at.running, at)


def counted_window(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"the past three weeks", "in recent days", "the next two years": a length that touches the reference day."""
    unit, which, number = words.units[f["unit"]], f["that"], words.number(f.get("num"))
    plural = f["unit"].endswith("s") or f["unit"] == "centuries"
    if number is None and not plural:
        if which in ("first", "final", "opening", "early", "recent", "remaining") and unit in ("D", "W", "M", "Y") and which != "recent":
            return Value("DURATION", duration_text(1.0, unit)) if unit != "D" else None
        return None
    now = None if at.narrative else at.published
    if which == "recent":
        window = VAGUE_WINDOW.get(unit)
        if now is not None and window:
            return Value("DATE", "PAST_REF", plus_days(now, 1 - window), now)
        return Value("DATE", "PAST_REF")
    text = duration_text(number, unit)
    if which == "following" and not at.low.startswith(("the ", "these ", "those "), start):
        return None
    if now is None:
        return Value("DURATION", text)
    if which in _BACKWARD:
        if number is None:
            window = VAGUE_WINDOW.get(unit)
            return Value("DURATION", text, plus_days(now, 1 - window), now) if window else Value("DURATION", text)
        first = _length_back(now, number, unit)
        return Value("DURATION", text, first, now if first else None)
    if which in _FORWARD and number is not None and which not in ("following", "ensuing", "succeeding", "subsequent"):
        days = {"D": 1, "W": 7, "F": 14}.get(unit)
        last = plus_days(now, int(number * days)) if days else _months_from(now, number, unit)
        return Value("DURATION", text, now if last else None, last, direction="future")
    return Value("DURATION", text)


def counted_of(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"the last week of August", "the first three months of 2015": a length with its place in a month or year."""
    unit, number = words.units[f["unit"]], words.number(f.get("num")) if "num" in f else 1.0
    if "year2" in f:
        whole: Value | None = year_value(int(f["year2"]), "", True)
    else:
        whole = month(f, at, words, start, end, opening)
    if whole is None or _large(number) or unit in PART_UNITS or unit == "WE":
        return None
    ordinal = words.ordinals.get(f.get("ordinal", ""), 0)
    text = duration_text(number, unit)
    days = {"D": 1, "W": 7, "F": 14}.get(unit)
    if unit == "D" and number == 1 and "num" not in f and whole.first is not None and whole.last is not None:
        day = whole.last if f.get("final") in ("last", "final", "closing") else plus_days(whole.first, max(ordinal, 1) - 1)
        return day_value(day, whole.basis)
    if whole.first is None or whole.last is None or number is None or not days:
        return Value("DURATION", text, granularity="")
    length = int(number * days)
    if f.get("final") in ("last", "final", "closing"):
        return Value("DURATION", text, max(plus_days(whole.last, 1 - length), whole.first), whole.last, whole.basis)
    first = plus_days(whole.first, length * (max(ordinal, 1) - 1))
    return Value("DURATION", text, first, min(plus_days(first, length - 1), whole.last), whole.basis)


def _length_back(now: date, number: float, unit: str) -> date | None:
    """The first day of a length that ends on ``now``: three weeks are 21 days with it, two years reach the same day of the year."""
    if _large(number):
        return None
    days = {"D": 1, "W": 7, "F": 14}.get(unit)
    if days:
        return plus_days(now, 1 - max(int(number * days), 1))
    if unit in PART_UNITS:
        return plus_days(now, -1 if unit == "TH" and number > 12 else 0)
    return _months_from(now, -number, unit)


def _months_from(now: date, number: float, unit: str) -> date | None:
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    return plus_months(now, int(number * months)) if months and not _large(abs(number)) else None


def duration(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"three days", "a two-week-old battle", "for months". A length up to the day of publication where the words say so."""
    if "vague" in f:
        return Value("DURATION", duration_text(None, words.units[f["vague"]]))
    unit = words.units[f["unit"]]
    number = words.number(f["num"]) if "num" in f else 1.0
    if f["unit"].endswith("s") and f.get("num", "a") in ("a", "an"):
        number = None  # "a weeks-long battle"
    if unit in ("WE", "NI", "Q") or _large(number):
        return None
    if number == 0:
        return None
    text = duration_text(number, unit)
    now = None if at.narrative else at.published
    if now is None or number is None or not (at.low.startswith("old", end - 3) or at.lead(start) in ("for", "in")):
        return Value("DURATION", text)
    if at.low.startswith("old", end - 3) and not _STANDING.match(at.low, end):
        return Value("DURATION", text)
    first = _length_back(now, number, unit)
    return Value("DURATION", text, first, now if first else None, direction="lasting")


def vague_window(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"This comes days after ...": the stated window up to the day of publication."""
    unit = words.units[f["num"]]
    window, now = VAGUE_WINDOW.get(unit), at.published
    text = duration_text(None, unit)
    if at.narrative or now is None or window is None or at.low.endswith("before", start, end):
        return Value("DURATION", text)
    return Value("DURATION", text, plus_days(now, 1 - window), now)


def quarter(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """"the third quarter of 2016"; without a year the last one begun."""
    number = words.ordinals[f["ordinal"]]
    if number > 4:
        return None
    if "year" in f:
        return quarter_value(int(f["year"]), number, True)
    found = _that_year(f["that2"], at) if "that2" in f else at.reference_year
    if found is None or found < 1:
        return Value("DATE", f"XXXX-Q{number}")
    now = at.published
    if now is not None and not at.narrative and "that2" not in f and number * 3 - 2 > now.month:
        found -= 1
    return quarter_value(found, number)


PRODUCTIONS: Mapping[str, Production] = {
    "ago": ago, "bare_part": bare_part, "bc": bc, "calendar": calendar, "bc_bare": bc_bare, "century": century, "clock": clock, "constant": constant, "counted_of": counted_of, "counted_window": counted_window,
    "decade": decade, "deictic": deictic, "duration": duration, "holiday": holiday, "month": month, "month_bare": month_bare, "month_risky": month_risky, "small_hours": small_hours,
    "month_number": month_number, "numeric": numeric, "numeric_ambiguous": numeric_ambiguous, "numeric_time": numeric_time,
    "part_set": part_set, "quarter": quarter, "reference": reference, "season": season, "season_bare": season_bare, "sets": sets,
    "shifted": shifted, "shifted_event": shifted_event, "that_day": that_day, "that_part": that_part, "that_unit": that_unit,
    "third_of_unit": third_of_unit, "unit_set": unit_set, "vague_window": vague_window, "weekday": weekday,
    "weekday_of_week": weekday_of_week, "weekday_set": weekday_set, "weekday_week": weekday_week, "year": year, "year_bare": year_bare,
    "year_short": year_short,
}  # fmt: skip
"""Name in the rules to what makes the value."""
