"""The frozen values that a theatre is read into: sides, actors, places, sources, rules.

A theatre is a war with its own actors, places, sources and rules: one folder under ``configs/theatres``.
Reading and cross-checking them is :mod:`configs.load`; what a *language* knows is :mod:`configs.language`.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

STRICT = ConfigDict(extra="forbid")

PlaceKind = Literal[
    "city", "town", "village", "district", "hill", "road", "junction", "crossing", "airport", "base", "oil_field",
    "gas_field", "dam", "camp", "river", "lake", "region", "governorate", "country", "facility", "island", "unknown",
]  # fmt: skip
DateOrder = Literal["dmy", "mdy", "ymd"]


@dataclass(config=STRICT, frozen=True)
class Side:
    """A coalition as control counts it, by the code that claims carry (``syrian_government``, ``isis``)."""

    side_id: str
    name: str
    colour: str = "#888888"
    """Hex colour for maps and charts."""
    allies: tuple[str, ...] = ()
    """Sides it fights beside: never taken for its opponent where the text leaves that open."""
    wary: tuple[str, ...] = ()
    """Sides that it mostly leaves alone, and they it: its opponents only where the text says so."""
    backed_as: dict[str, str] = Field(default_factory=dict)
    """By the side that backs it, the one to which it then counts ("rebels backed by A's army")."""
    together_as: str | None = None
    """The side to which it counts where a report names it together with others of that side ("A and other rebels")."""


@dataclass(config=STRICT, frozen=True)
class Membership:
    """The side an actor counts to from ``since`` on, up to its next membership (open on both ends where None)."""

    side: str
    since: date | None = None


@dataclass(config=STRICT, frozen=True)
class Actor:
    """A unit or group, with every name that reports give it."""

    actor_id: str
    name: str
    sides: tuple[Membership, ...]
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    """Words that name it only before a noun for armed people ("rebel fighters") or in compounds ("rebel-held")."""
    states: tuple[str, ...] = ()
    """Names of the state and its capital ("Turkey", "Ankara"): they act, but are not fought on the ground."""
    regular: bool = False
    """A state's own forces: "Syrian soldiers" are theirs, "Syrian militants" are not."""
    home: str | None = None
    """ISO 3166-1 alpha-2 of the country whose "army" and "government" it is; a place there tells which is meant."""

    def side_on(self, day: date | None) -> str:
        """The side that the actor counts to on ``day``; today's (the last one) where no day is known."""
        held = self.sides[-1 if day is None else 0]
        for membership in self.sides:
            if day is not None and membership.since is not None and membership.since <= day:
                held = membership
        return held.side


@dataclass(config=STRICT, frozen=True)
class Epithet:
    """Words that name nobody by themselves ("the militants"): the nearest actor named before them is meant.

    Only actors whose side stands in ``may_be`` come into question; ``default`` (a side) where none of them is named.
    """

    words: tuple[str, ...]
    may_be: tuple[str, ...]
    default: str


@dataclass(config=STRICT, frozen=True)
class Place:
    """One place of a theatre's gazetteer; ``geo_prec`` is UCDP's 1 (exact) to 7 (unknown)."""

    place_id: str
    name: str
    kind: PlaceKind
    admin1: str | None = None
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    geo_prec: int = Field(default=1, ge=1, le=7)
    parent: str | None = None
    geonameid: int | None = None
    population: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(config=STRICT, frozen=True)
class Source:
    """An outlet. ``leaning`` is the side whose cause it serves, None for an independent one."""

    source_id: str
    name: str
    kind: Literal["state", "party", "agency", "newspaper", "broadcaster", "monitor", "blog", "unknown"] = "unknown"
    leaning: str | None = None
    date_order: DateOrder = "dmy"
    date_mode: Literal["news", "narrative"] = "news"
    """Dates against the day of publication, or, for histories and encyclopedias, against the running text."""
    match: tuple[str, ...] = ()
    """What a report's metadata may call it: host names, by-lines, values of a ``source`` column."""
    epithets: dict[str, str] = Field(default_factory=dict)
    """What this outlet's epithets mean: ``{"terrorists" = "rebels_unspecified"}`` (alias to actor_id)."""


@dataclass(config=STRICT, frozen=True)
class Columns:
    """Names of input columns, first match wins, for JSON lines, CSV and TSV."""

    text: tuple[str, ...] = ("text", "body", "content", "article", "article_content", "full_text", "report")
    title: tuple[str, ...] = ("title", "headline", "article_title")
    published: tuple[str, ...] = ("date", "published", "published_at", "pub_date", "publication_date", "dct", "day")
    source: tuple[str, ...] = ("source", "outlet", "publisher", "source_id")
    url: tuple[str, ...] = ("url", "link", "href")
    doc_id: tuple[str, ...] = ("doc_id", "id", "guid", "unit_id", "article_id")


@dataclass(config=STRICT, frozen=True)
class Rules:
    """Parameters of events and control, see :mod:`transforms.control`. Days are whole days; weights count voices."""

    merge_within_days: int = Field(default=3, ge=0)
    """Claims of one happening merge into one event where their dates lie at most this many days apart."""
    reversal_days: int = Field(default=1, ge=0)
    """R3: a hold that another side ends within so many days was never more than contested."""
    weigh_within_days: int = Field(default=14, ge=0)
    """R4: how long before and after a day claims bear on whether it is believed."""
    corroborated: float = Field(default=2.0, gt=0)
    """R4: from this weight on something is corroborated."""
    least_weight: float = Field(default=0.5, ge=0)
    """R4: a change of hands of less weight only contests the place."""
    own_word: float = Field(default=0.5, ge=0, le=1)
    """R5: what all voices together weigh that serve their own side; an independent origin weighs 1."""
    carried_after_days: int = Field(default=30, ge=0)
    """R7: a hold of which nothing was heard for so long is carried forward."""
    half_life_days: int = Field(default=365, ge=1)
    """R7: the days in which the confidence of a hold carried forward falls to half."""


MAIN = "main"
"""The name of the rule set that a theatre's own ``[rules]`` are."""


@dataclass(config=STRICT, frozen=True)
class Theatre:
    """A war: everything the engine needs to know of it."""

    slug: str
    name: str
    language: str
    starts: date
    """Reports before this day, and claims dated before ``starts`` minus a century, are mistakes."""
    admin1: tuple[str, ...]
    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    epithets: tuple[Epithet, ...]
    armed_nouns: tuple[str, ...]
    """Nouns for armed people: an actor's adjective names it before one of these ("rebel fighters")."""
    irregular_nouns: tuple[str, ...]
    """Nouns for fighters who are no state's own: a ``regular`` actor's adjective does not go with them."""
    places: tuple[Place, ...]
    sources: tuple[Source, ...]
    common_names: tuple[str, ...] = ()
    """What every country calls its own ("the army", "government forces"): of the country in which the place lies."""
    spellings: tuple[str, ...] = ()
    """The ways to spell a word of actors' names ("jaish|jaysh"), those of the article first."""
    articles_within: tuple[str, ...] = ()
    """Further spellings of the article, which only within a name are no words of the language."""
    group_words: tuple[str, ...] = ()
    """Words that open the name of an armed group, also of one that nobody listed ("Liwa")."""
    columns: Columns = Columns()
    rules: Rules = Rules()
    rule_sets: tuple[tuple[str, Rules], ...] = ()
    """Further rule sets by name, run beside the main one."""
