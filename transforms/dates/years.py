"""Productions for years, decades and centuries, before and after Christ, and what tells a year from a count."""

from __future__ import annotations

from transforms.dates.anchor import Anchor
from transforms.dates.values import Value, century_value, decade_value, month_value, season_value, year_value
from transforms.dates.words import Opening, Parts, Words

_APOSTROPHES = ("'", "\u2019", "\u2018")


def decade(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the late 1980s", "the 70s"."""
    if "decade" in f:
        return decade_value(int(f["decade"]), words.third(f))
    led = f["apostrophe"] or at.low[max(0, start - 1) : start] in _APOSTROPHES
    if not led and f.keys().isdisjoint(("definite", "thirds", "thirds2", "decade")):
        return None
    short = int(f["short"])
    century = (at.reference_year or 2000) // 100
    found = century * 10 + short
    return decade_value(found if found * 10 <= (at.reference_year or 2000) else found - 10, words.third(f))


def century(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "the 19th century" is 18, "the 4th century BC" is BC03."""
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
    """ "mid-2012"."""
    return year_value(int(f["year"]), words.third(f), True)


def year_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """A four-digit number that is a year by what stands around it."""
    if "named" in f:
        return year_value(int(f["year"]), "", True)
    before, contexts = at.before(start), words.contexts
    number = int(f["year"])
    latest = at.published.year + 60 if at.published is not None else 2100
    if number > latest or (number < 1500 and not contexts.early_year_before.search(before)):
        return None
    if contexts.count_before.search(before):
        return None
    if not contexts.year_before.search(before):
        if contexts.count_after.match(at.low, end):
            return None
        if not contexts.determined_before.search(before) and not contexts.year_after.match(at.low, end):
            return None
    return year_value(number, "", True)


def bc_bare(f: Parts, at: Anchor, words: Words, start: int, end: int, opening: Opening) -> Value | None:
    """ "in 479", where the story runs before Christ."""
    if at.year is None or at.year >= 0 or not words.contexts.bc_before.search(at.before(start)):
        return None
    if words.contexts.count_after.match(at.low, end):
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
