"""A statement as an English clause: who, what, where and when in one of the many ways of war reporting."""

from __future__ import annotations

import random
import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.war.country import Country, Side, Site
from tests.war.country import words as country_words
from tests.war.outlets import Outlet, Statement

FIRST_DAY = date(2031, 3, 3)
"""Day 0 of the war."""
_SLOT = re.compile(r"\{([\w:]+)\}")
_NUMBERS = ("", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True, slots=True)
class Noun:
    """Words for somebody, and whether a plural verb goes with them."""

    text: str
    plural: bool


@dataclass(frozen=True, slots=True)
class When:
    """A date as said, with the days that it means (both inclusive); no ``text``: news of the day of publication."""

    text: str
    first: int
    last: int
    basis: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Words without capital or full stop, and what of the statement they tell."""

    text: str
    template: str
    when: When
    side: str
    """'unknown' where the words leave out who does it."""
    opponent: str | None


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Any]:
    """``english.toml``."""
    return tomllib.loads(Path(__file__).with_name("english.toml").read_text(encoding="utf-8"))


def pick(section: Mapping[str, Any], name: str, rng: random.Random) -> str:
    """A template of ``section``, now and then one of its rare ones (of the same sort: dated or not)."""
    rare = [t for t in section.get("rare", ()) if ("{W}" in t) == any("{W}" in u for u in section[name])]
    return str(rng.choice(rare if rare and rng.random() < 0.05 else section[name]))


def day_of(number: int) -> date:
    """The calendar day of day ``number`` of the war."""
    return FIRST_DAY + timedelta(days=number)


def noun(side: Side, rng: random.Random) -> Noun:
    """One of the names of a side."""
    return Noun(*rng.choice(side.nouns))


def place(site: Site, rng: random.Random, plain: bool = False) -> str:
    """The place with or without what it is."""
    kind = country_words()["kinds"][site.kind]
    if "feature" not in kind and (plain or rng.random() < 0.55):
        return site.core
    words = kind["words"][0] if plain else rng.choice(kind["words"])
    return str(words).replace("{}", site.core).replace("{R}", site.province)


def precise(day: int, published: int, american: bool, rng: random.Random) -> When:
    """One of the ways to say which day it was."""
    on, age = day_of(day), published - day
    weekday, calendar = f"{on:%A}", _calendar(on, american)
    if age == 0:
        hours = [f"early on {weekday}", f"at dawn on {weekday}", f"on {weekday} morning", f"on {weekday} afternoon"]
        ways = [f"on {weekday}"] * 6 + hours + ["today"]
    elif age < 7:
        ways = [f"on {weekday}"] * 6 + [f"on {calendar}"] * 2
        before = ["yesterday", f"late on {weekday}", f"on {weekday} evening"]
        ways += before if age == 1 else [f"{_NUMBERS[age]} days ago"]
        if on.weekday() > day_of(published).weekday():
            ways.append(f"last {weekday}")
    else:
        ways = [f"on {calendar}"] * 3 + [f"on {calendar}, {on.year}" if american else f"on {calendar} {on.year}"]
    text = rng.choice(ways)
    return When(text, day, day, "explicit" if str(on.day) in text else "relative")


def vague(day: int, published: int, american: bool, rng: random.Random) -> When:
    """A way to date what is long past, often by week or month only."""
    on, at = day_of(day), day_of(published)
    ways = [precise(day, published, american, rng)] * 3
    monday = day - on.weekday()
    weeks = (published - at.weekday() - monday) // 7
    if weeks in (1, 2):
        ways.append(When(("last week", "two weeks ago")[weeks - 1], monday, monday + 6, "relative"))
    first = day - on.day + 1
    last = first + monthrange(on.year, on.month)[1] - 1
    months = (at.year - on.year) * 12 + at.month - on.month
    if months == 0:
        ways.append(When("earlier this month", first, published, "relative"))
    if months == 1:
        ways.append(When("last month", first, last, "relative"))
    if 0 < months < 10:
        ways.append(When(f"in {on:%B}", first, last, "explicit"))
    return rng.choice(ways)


def _calendar(on: date, american: bool) -> str:
    return f"{on:%B} {on.day}" if american else f"{on.day} {on:%B}"


def clause(
    statement: Statement,
    outlet: Outlet,
    country: Country,
    rng: random.Random,
    subject: Noun | None = None,
    reported: bool = False,
) -> Clause:
    """``statement`` in words. ``reported``: as it stands after "said that". ``subject`` names the actor otherwise."""
    known = phrases()[statement.kind]
    age = statement.published - statement.day
    undated = "past" not in known or (age == 0 and rng.random() < 0.35) or (age == 1 and rng.random() < 0.06)
    template = pick(known, "perfect" if undated else "past", rng)
    when = When("", statement.published, statement.published, "published")
    if "{W}" in template:
        when = precise(statement.day, statement.published, outlet.american, rng)
    if subject is not None and subject.text in ("it", "they") and not template.removeprefix("{W}, ").startswith("{A}"):
        subject = None
    words = slots(statement, country, rng, subject, reported) | {"W": when.text}
    return worded(template, words, when, statement)


def background(statement: Statement, outlet: Outlet, country: Country, rng: random.Random) -> Clause:
    """An older capture, told once more."""
    template = rng.choice(phrases()["background"]["capture"])
    when = vague(statement.day, statement.published, outlet.american, rng)
    words = slots(statement, country, rng) | {"W": when.text}
    return worded(template, words, when, statement)


def worded(template: str, words: Mapping[str, str], when: When, statement: Statement) -> Clause:
    """The clause that ``template`` gives, and what of ``statement`` it names."""
    side = statement.side if re.search(r"\{(A|adj)\}", template) else "unknown"
    return Clause(fill(template, words), template, when, side, statement.opponent if "{B}" in template else None)


def headline(statement: Statement, country: Country, rng: random.Random) -> str:
    """A title for a report that begins with ``statement``."""
    site = country.sites[statement.site]
    template = rng.choice(phrases()[statement.kind]["titles"])
    actor = Noun(*rng.choice(country.side(statement.side).headline_nouns))
    other = country.side(statement.opponent) if statement.opponent else None
    words = slots(statement, country, rng, actor) | {"P": place(site, rng, plain=True), "R": site.province}
    if other is not None:
        words["B"] = Noun(*rng.choice(other.headline_nouns)).text
    return _capital(fill(template, words))


def slots(
    statement: Statement, country: Country, rng: random.Random, subject: Noun | None = None, reported: bool = False
) -> dict[str, str]:
    """What the slots of a template stand for."""
    site, side = country.sites[statement.site], country.side(statement.side)
    a = subject or noun(side, rng)
    other = statement.opponent or next(s.side_id for s in country.sides if s is not side)
    b = noun(country.side(other), rng)
    words = {
        "A": a.text, "B": b.text, "P": place(site, rng), "X": site.name, "R": site.province,
        "adj": rng.choice(side.adjectives), "has": "had" if reported else "has", "is": "was" if reported else "is",
    }  # fmt: skip
    for key, who in (("A", a), ("B", b)):
        many = who.plural
        words[f"has:{key}"] = "had" if reported else "have" if many else "has"
        words[f"is:{key}"] = ("were" if many else "was") if reported else "are" if many else "is"
        words[f"were:{key}"] = "were" if many else "was"
        words[f"its:{key}"] = "their" if many else "its"
        words[f"remain:{key}"] = "remained" if reported else "remain" if many else "remains"
        words[f"plan:{key}"] = "planned" if reported else "plan" if many else "plans"
    verbs = phrases().get(statement.kind, {}).get("verbs")
    if verbs:
        base, past, part, ing = rng.choice(verbs)
        now = past if reported else base if a.plural else _third_person(base)
        words |= {
            "v:past": past,
            "v:part": part,
            "v:ing": ing,
            "v:now": now,
            "v:head": base if a.plural else _third_person(base),
        }
    return words


def fill(template: str, words: Mapping[str, str]) -> str:
    """``template`` with its slots filled; a comma that a slot ends with gives way to what follows."""
    return re.sub(r",(?=[,.])|,$", "", _SLOT.sub(lambda slot: words[slot[1]], template))


def sentence(text: str) -> str:
    """A clause with capital and full stop."""
    return _capital(text) + ("" if text.endswith((".", '."')) else ".")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _third_person(base: str) -> str:
    def one(verb: str) -> str:
        return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")

    first, _, rest = base.partition(" ")
    rest = re.sub(r"^and (\w+)", lambda m: f"and {one(m[1])}", rest)
    return f"{one(first)} {rest}".strip()
