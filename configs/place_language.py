"""What a language knows of places: feature words, compass words, articles, and words that only look like names."""

from __future__ import annotations

from typing import Literal

from pydantic.dataclasses import dataclass

from configs.model import STRICT, PlaceKind

FeatureRole = Literal["settlement", "governorate", "district", "area", "own"]


@dataclass(config=STRICT, frozen=True)
class FeatureWord:
    """Words beside a name that say what is meant ("X oil field", "the town of X").

    ``role`` says what they do with the name: *settlement* (the place itself), *governorate* (the governorate of that
    name), *district* (a part of a city, or a sub-district around a town), *area* (what lies around the place), *own*
    (a place of its own, and the words are part of its name: "Omar oil field").
    """

    kind: PlaceKind
    role: FeatureRole
    words: tuple[str, ...]
    plural: tuple[str, ...] = ()
    """What announces several names at once: "the villages of A, B and C"."""
    before: tuple[str, ...] = ()
    """Words that stand before the name without "of": "Mount X", "Lake X"."""
    of: bool = False
    """Whether one of the words before "of" or "at" and a name is a place called after it: "the airport of X"."""


@dataclass(config=STRICT, frozen=True)
class PlaceWords:
    """The lexicon ``places.toml`` of a language."""

    features: dict[str, FeatureWord]
    """By class name; two features that speakers take for one another ("airport", "air base") share a class."""
    saying_where: tuple[str, ...]
    """Words between a village and the governorate in which the text puts it."""
    kindred: tuple[tuple[str, ...], ...]
    """Features that are taken for one another: "Omar field" for "Omar oil field"."""
    articles: tuple[str, ...]
    """Forms of the article within names ("al", "ez"), dropped before names are compared."""
    plain_articles: tuple[str, ...]
    """Those of the articles that are no words of the language itself, so that they need no hyphen."""
    name_openers: tuple[str, ...]
    """First words of many place names ("Kafr", "Tal"): a name after them belongs to a longer one."""
    sure_openers: tuple[str, ...]
    """Those that open nothing but place names: what follows them is a place, known or not."""
    name_enders: tuple[str, ...]
    """Last words of two-word names ("Sharqi", "Fawqani"): they never begin a name of their own."""
    compass: dict[str, tuple[str, ...]]
    """Bearing in degrees (as text) to its words: ``{"0" = ["north", "northern"]}``."""
    part_words: tuple[str, ...]
    """Words for a part of the place that follows: "outskirts", "parts", "centre"."""
    around_words: tuple[str, ...]
    """Words between part and place ("of", "in") or before it that leave it at its surroundings ("near", "around")."""
    rural_words: tuple[str, ...]
    """Adjectives before a name that mean its governorate: "rural Aleppo"."""
    of_words: tuple[str, ...]
    lying: tuple[str, ...]
    """Words between "the airport" and the place after which it may be called."""
    and_words: tuple[str, ...]
    stop_names: tuple[str, ...]
    """Names that are also everyday words or persons' names: a place only beside a feature word."""
    loose_stop: tuple[str, ...]
    """Words that must never be taken for another spelling of a place."""
    person_before: tuple[str, ...]
    """Titles and names before which a name is a person's: "President", "Abu"."""
    organisation_after: tuple[str, ...]
    """Words after a name that make it an organisation's: "Military Council", "Media Centre"."""
    not_names: tuple[str, ...]
    """Capitalised words that are never part of an unknown place's name: months, nationalities, parties."""
    units: dict[str, float]
    """Words for a distance, in kilometres: ``{km = 1, miles = 1.609}``."""
