"""What a language knows of dates: names of months and days, number words, and the rules that put them together.

The rules live in ``configs/languages/<slug>/dates.toml`` with examples and counter-examples beside each; the tests run
them both ways. What a rule *does* is the production it names, see :mod:`transforms.dates.productions`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from configs.model import STRICT

Mode = Literal["news", "narrative"]


@dataclass(config=STRICT, frozen=True)
class DateExample:
    """``text`` holds the expression ``span``; read as published on ``on`` it has the TIMEX3 ``value``.

    ``first`` and ``last`` are checked where they are given.
    """

    text: str
    span: str
    value: str
    on: date | None = None
    mode: Mode = "news"
    first: date | None = None
    last: date | None = None
    direction: str | None = None


@dataclass(config=STRICT, frozen=True)
class DateRule:
    """One way of saying a date.

    ``pattern`` is a regular expression over the lower-cased text in which ``{name}`` stands for a table of this file
    and a blank for any white space; a group ``span`` cuts out what belongs to the expression. It is tried only where a
    word of one of the ``anchors`` stands near. ``make`` names the production. ``then`` names rules that may continue it
    ("September 5" "-9, 2016") and inherit its parts.
    """

    id: str
    anchors: tuple[str, ...]
    pattern: str
    make: str
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Parts that the words imply without a group of their own (``{"mod": "late"}``)."""
    then: tuple[str, ...] = ()
    modes: tuple[Mode, ...] = ("news", "narrative")
    examples: tuple[DateExample, ...] = ()
    counter: tuple[str, ...] = ()
    """Texts in which this rule must find nothing."""


@dataclass(config=STRICT, frozen=True)
class DateContexts:
    """Regular expressions for what stands before (up to its end) or after (from its start) an expression."""

    past_before: str
    """Before what is past whatever the verbs around say."""
    month_before: str
    """Before a bare month that a capital follows."""
    risky_month_before: str
    """Before May and March."""
    part_before: str
    """Before a part of a day that stands alone."""
    fall_before: str
    """Before "fall" as a season."""
    spring_before: str
    """Before "spring" as a verb."""
    standing_after: str
    """After "two-week-old": what still goes on."""
    year_before: str
    """Before a number that is surely a year."""
    early_year_before: str
    """Before a year under 1500."""
    bc_before: str
    """Before a year of a story before Christ."""
    count_before: str
    """Before a number that is surely none."""
    count_after: str
    """After a number that counts."""
    determined_before: str
    """Before a number that may be a year."""
    year_after: str
    """After a year that nothing leads in."""
    first_year: str
    """The first year that a narrative says, as its only group."""
    ahead_before: str
    """Before a length that may lie ahead."""
    length_before: str
    """Before a length that runs up to now."""


@dataclass(config=STRICT, frozen=True)
class DateLexicon:
    """The words and rules for dates of one language. All words are in lower case."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    """ISO numbers: Monday is 1."""
    seasons: Mapping[str, str]
    units: Mapping[str, str]
    """Word to TIMEX3 unit: ``D W M Y Q DE CE WE``, ``TH TM TS`` for parts of a day."""
    plural_units: tuple[str, ...]
    numbers: Mapping[str, float]
    ordinals: Mapping[str, int]
    day_parts: Mapping[str, str]
    thirds: Mapping[str, str]
    """Words for a part of a period: early, mid, late, whole."""
    references: Mapping[str, str]
    """Words that point at a time without a calendar: PRESENT_REF, PAST_REF, FUTURE_REF."""
    sets: Mapping[str, str]
    holidays: Mapping[str, str]
    """Name to MM-DD."""
    zones: Mapping[str, str]
    anchors: Mapping[str, tuple[str, ...]]
    """Further words at which rules are tried, by anchor class; months, weekdays and so on are anchors of themselves."""
    lead: tuple[str, ...]
    """Words that may stand within an expression before its anchor."""
    never_first: tuple[str, ...]
    """Lead words with which no expression begins."""
    capital_only: tuple[str, ...]
    """Month and weekday names that are other words in lower case ("may", "march", "sun")."""
    risky_months: tuple[str, ...]
    """Months that need a preposition where they stand alone, capital or not."""
    hedges: tuple[str, ...]
    """Words between a direction and its expression ("since at least")."""
    contexts: DateContexts
    directions: Mapping[str, Literal["since", "until", "by", "after", "before"]]
    """Words before an expression that turn it."""
    steps: Mapping[str, int]
    """Words that step back (-1) or ahead (1) from the date that an expression leans on."""
    deictic_steps: tuple[str, ...]
    """Words that step from the day of publication ("last"), in news."""
    anaphoric_steps: tuple[str, ...]
    """Words that step from the date last said ("the following")."""
    articles: tuple[str, ...]
    """Number words that are articles, too."""
    uncounted: tuple[str, ...]
    """Beginnings of amounts that no number can be given to."""
    deictic_parts: Mapping[str, str]
    """Parts of the day that a word for a day means of itself (tonight)."""
    future_cues: str
    past_cues: str
    macros: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[DateRule, ...] = ()
    negatives: tuple[str, ...] = ()
    """Texts without any date, a corpus for the rules as a whole."""


def read_date_lexicon(path: Path) -> DateLexicon:
    """The lexicon of ``path``; raises ``pydantic.ValidationError`` or ``tomllib.TOMLDecodeError`` where it is none."""
    with path.open("rb") as file:
        return TypeAdapter(DateLexicon).validate_python(tomllib.load(file))
