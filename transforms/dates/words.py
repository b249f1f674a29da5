"""What the productions of dates share: the parts of a match, the lexicon's tables, years and lengths."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Protocol

from configs.date_language import DateContexts, DateLexicon
from configs.model import DateOrder
from transforms.dates.anchor import Anchor
from transforms.dates.patterns import spellings
from transforms.dates.values import Value, plus_days, plus_months

Parts = Mapping[str, str]
NEXT_CAPITAL = re.compile(r"\s+[A-Z][a-z]+")
CAPITAL_BEFORE = re.compile(r"\b[A-Z][a-z]+\s+$")
_KEPT_COUNTS = 4096
PART_UNITS = ("TH", "TM", "TS")


class Opening(Protocol):
    """What a production may ask of the reading: the source's order of day and month, and to note what stays open."""

    order: DateOrder
    text: str

    def disagree(self, kind: str, start: int, end: int, found: str, expected: str, mend: str) -> None:
        """Note what stays open about the characters ``start:end``."""


@dataclass(frozen=True, slots=True)
class Contexts:
    """The lexicon's contexts, compiled; see :class:`configs.date_language.DateContexts`."""

    past_before: re.Pattern[str]
    month_before: re.Pattern[str]
    risky_month_before: re.Pattern[str]
    part_before: re.Pattern[str]
    fall_before: re.Pattern[str]
    spring_before: re.Pattern[str]
    standing_after: re.Pattern[str]
    year_before: re.Pattern[str]
    early_year_before: re.Pattern[str]
    bc_before: re.Pattern[str]
    count_before: re.Pattern[str]
    count_after: re.Pattern[str]
    determined_before: re.Pattern[str]
    year_after: re.Pattern[str]
    first_year: re.Pattern[str]
    ahead_before: re.Pattern[str]
    length_before: re.Pattern[str]

    @classmethod
    def of(cls, contexts: DateContexts) -> Contexts:
        """Those of a lexicon."""
        return cls(**{name: re.compile(text) for name, text in asdict(contexts).items()})


class Words:
    """The lexicon of a language as the productions look it up: its tables, and its contexts compiled."""

    __slots__ = (
        "_counts", "_uncounted", "anaphoric", "articles", "contexts", "day_parts", "deictic", "deictic_parts",
        "holidays", "lexicon", "months", "numbers", "ordinals", "references", "seasons", "sets", "single", "steps",
        "thirds", "units", "weekdays", "zones",
    )  # fmt: skip

    def __init__(self, lexicon: DateLexicon) -> None:
        self.lexicon = lexicon
        self.deictic, self.anaphoric = frozenset(lexicon.deictic_steps), frozenset(lexicon.anaphoric_steps)
        self.single = lexicon.units.keys() - set(lexicon.plural_units)
        self.articles, self._uncounted = frozenset(lexicon.articles), lexicon.uncounted
        self._counts: dict[str, float | None] = {}
        self.months, self.weekdays, self.seasons = lexicon.months, lexicon.weekdays, lexicon.seasons
        self.units, self.numbers, self.ordinals = lexicon.units, lexicon.numbers, lexicon.ordinals
        self.day_parts, self.deictic_parts, self.thirds = lexicon.day_parts, lexicon.deictic_parts, lexicon.thirds
        self.references, self.sets, self.zones, self.steps = (
            lexicon.references, lexicon.sets, lexicon.zones, lexicon.steps
        )  # fmt: skip
        self.holidays = {said: form for name, form in lexicon.holidays.items() for said in spellings(name)}
        self.contexts = Contexts.of(lexicon.contexts)

    def shift(self, word: str | None) -> int:
        """-1 for "last", "earlier"; 1 for "next", "later"; 0 for "this" and no word."""
        return self.steps.get(word, 0) if word else 0

    def third(self, parts: Parts) -> str:
        """The part of a period that the words name: early, mid, late, h1, h2, or nothing."""
        word = parts.get("thirds") or parts.get("thirds2")
        return self.thirds.get(word, "") if word else ""

    def number(self, text: str | None) -> float | None:
        """A count in words or digits; None for "several" and the like."""
        if not text:
            return None
        if text not in self._counts:
            if len(self._counts) >= _KEPT_COUNTS:
                self._counts.clear()
            self._counts[text] = self._number(text)
        return self._counts[text]

    def _number(self, text: str) -> float | None:
        if text[0].isdigit():
            if text.endswith("-1/2"):
                return int(text[:-4]) + 0.5
            try:
                return float(text.replace(",", ""))
            except ValueError:
                return None
        if text.startswith(self._uncounted):
            return None
        total, known = 0.0, False
        led = False
        for word in re.split(r"[\s-]+", text):
            number = self.numbers.get(word)
            article = word in self.articles
            if number is None or (known and article):
                continue
            if number == 0.5 and (led or not known):
                return 0.5
            if known and number in (12, 100, 1000):
                total *= number
            elif led or (1 <= total < 100 and number >= 1 and (total % 10 or number > 9)):
                total = number  # "a dozen"; of "six and nine years old" the second
            else:
                total += number
            known, led = True, article
        return total if known else None


Production = Callable[[Parts, Anchor, Words, int, int, Opening], Value | None]


def day_number(text: str) -> int:
    """The day of "3rd" or "03"."""
    return int(text[: 2 if text[1:2].isdigit() else 1])


def short_year(text: str, at: Anchor) -> int:
    """Two digits of a year: the century that puts it nearest below the day of publication (or the running year)."""
    ceiling = at.published.year + 1 if at.published is not None else (at.year or 2029)
    year = ceiling // 100 * 100 + int(text)
    return year if year <= ceiling else year - 100


def that_year(which: str, at: Anchor, words: Words) -> int | None:
    """The year that "that year", "last year", "the following year" mean."""
    year = at.year if which in words.anaphoric else None
    if year is None:
        year = at.reference_year
    return None if year is None else year + words.shift(which)


def year_of(f: Parts, at: Anchor, words: Words) -> int | None:
    """The year that the words say, None where they say none."""
    if "year" in f:
        return int(f["year"])
    if "year2" in f:
        return int(f["year2"])
    if "yy" in f:
        return short_year(f["yy"], at)
    that = f.get("that") or f.get("that2")
    return that_year(that, at, words) if that else None


def clock_text(f: Parts, words: Words, narrative: bool = False) -> str:
    """``T17:34`` of the clock parts, with the zone where one is said (``T09:14Z``, ``T21:34-05:00``).

    "5 pm" is ``T17:00`` in news, as TimeBank writes it, and ``T17`` in narrative, as WikiWars does.
    """
    hour = int(f.get("hour") or f["hour2"])
    half = (f.get("ampm") or f.get("ampm2") or "")[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = f.get("minute")
    if not minute:
        return f"T{hour:02d}" if narrative else f"T{hour:02d}:00"
    return f"T{hour:02d}:{minute}{words.zones.get(f.get('zone', ''), '')}"


def beyond_reach(number: float | None) -> bool:
    """Whether a count is too large for any calendar."""
    return number is not None and number > 100_000


def length_back(now: date, number: float, unit: str) -> date | None:
    """The first day of a length that ends on ``now``: three weeks are 21 days, two years reach the same date."""
    if beyond_reach(number):
        return None
    days = {"D": 1, "W": 7, "F": 14}.get(unit)
    if days:
        return plus_days(now, 1 - max(int(number * days), 1))
    if unit in PART_UNITS:
        return plus_days(now, -1 if unit == "TH" and number > 12 else 0)
    return months_from(now, -number, unit)


def length_ahead(now: date, number: float, unit: str) -> date | None:
    """The last day of a length that starts on ``now``."""
    days = {"D": 1, "W": 7, "F": 14}.get(unit)
    if beyond_reach(number):
        return None
    return plus_days(now, int(number * days)) if days else months_from(now, number, unit)


def months_from(now: date, number: float, unit: str) -> date | None:
    """``now`` shifted by months, quarters, years, decades or centuries; None for other units."""
    months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}.get(unit)
    return plus_months(now, int(number * months)) if months and not beyond_reach(abs(number)) else None
