"""What outlets tell: who carries which news, how late, and what is left out, mistaken or made up."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tests.war.country import Country
from tests.war.history import Happening, Tenure

Truth = Literal["true", "lie", "wrong day", "wrong place"]
StatementKind = Literal[
    "capture", "withdrawal", "handover", "siege", "siege_lifted", "repelled", "advance", "offensive", "control",
    "denied loss", "planned", "not taken",
]  # fmt: skip
OVERVIEW_EVERY = 45
"""Days after which an independent outlet tells again who holds what in a province."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet and its vices. ``leaning`` None: independent. Probabilities are for each piece of news."""

    source_id: str
    name: str
    kind: str
    leaning: str | None = None
    city: str = "TASHKOVAR"
    delays: tuple[float, ...] = (0.6, 0.3, 0.1)
    """How likely it is that news comes out on the same day, a day later, and so on."""
    silence: float = 0.1
    shame: float = 0.8
    """Silence about what its own side loses."""
    lies: float = 0.0
    """Share of an outlet's claims that are false in favour of its own side."""
    errors: float = 0.0
    """Wrong day or wrong place, without purpose."""
    relays: float = 0.25
    """How often an independent outlet gives the word of the side that gains, and no more."""
    doubts: float = 0.6
    """How often an independent outlet looks into a false claim of a capture and says what it finds."""
    reprints: str | None = None
    """The outlet whose reports it prints as its own, on the same day and, but for the dateline, in the same words.
    It has nothing else to say."""
    american: bool = False
    """Months before days."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one outlet says on ``published`` of one happening, or (``control``) of a state on ``day``."""

    kind: StatementKind
    site: int
    side: str
    opponent: str | None
    day: int
    published: int
    outlet: str
    claimant: str | None = None
    """Side whose word it is; 'monitor' or 'residents'; None for the outlet's own voice."""
    truth: Truth = "true"


def told(
    outlet: Outlet, happenings: Sequence[Happening], country: Country, now: Sequence[Tenure], rng: random.Random
) -> Iterator[Statement]:
    """What ``outlet`` will say of one day's happenings, each with the day on which it comes out."""
    for happening in happenings if outlet.reprints is None else ():
        late = rng.choices(range(len(outlet.delays)), outlet.delays)[0]
        tell = _independent if outlet.leaning is None else _leaning
        for statement in tell(outlet, happening, country, now, rng):
            yield replace(_mistaken(statement, outlet, country, rng), published=happening.day + late)


def _statement(outlet: Outlet, h: Happening, claimant: str | None) -> Statement:
    kind: StatementKind = "planned" if h.announced else h.kind
    return Statement(kind, h.site, h.side, h.opponent, h.day, h.day, outlet.source_id, claimant)


def _independent(
    outlet: Outlet, h: Happening, country: Country, now: Sequence[Tenure], rng: random.Random
) -> Iterator[Statement]:
    if rng.random() < outlet.silence:
        return
    claimant: str | None
    if h.announced or rng.random() < outlet.relays:
        claimant = h.side if h.kind != "withdrawal" else h.opponent
    else:
        claimant = rng.choice((None, None, "monitor", "residents"))
    yield _statement(outlet, h, claimant)


def _leaning(
    outlet: Outlet, h: Happening, country: Country, now: Sequence[Tenure], rng: random.Random
) -> Iterator[Statement]:
    own = outlet.leaning
    if own not in (h.side, h.opponent):
        return
    good = (h.side == own) != (h.kind == "withdrawal")
    if rng.random() < outlet.lies:
        lie = _lie(outlet, h, country, now, good, rng)
        if lie is not None:
            yield lie
            return
    if rng.random() >= (outlet.silence if good else max(outlet.shame, outlet.silence)):
        yield _statement(outlet, h, own if good and rng.random() < 0.5 else None)


def _lie(
    outlet: Outlet, h: Happening, country: Country, now: Sequence[Tenure], good: bool, rng: random.Random
) -> Statement | None:
    """A false claim that fits the occasion: a capture that never was, or a loss denied."""
    own = outlet.leaning
    assert own is not None
    made = Statement("capture", h.site, own, h.opponent, h.day, h.day, outlet.source_id, rng.choice((own, None)), "lie")
    if not good:
        if h.kind in ("capture", "handover"):
            enemy = h.side
            if rng.random() < 0.5:
                return replace(made, kind="denied loss", side=enemy, opponent=own)
            return replace(made, kind="repelled", opponent=enemy)
        if h.kind == "repelled":
            return replace(made, opponent=h.side)
        return None
    if h.kind in ("offensive", "advance", "siege"):
        return made
    # Its own success: the next place is said to be taken, too.
    near = [n for n in country.sites[h.site].neighbours if now[n].side not in (own, None)]
    if not near:
        return None
    other = rng.choice(near)
    return replace(made, site=other, opponent=now[other].side)


def _mistaken(statement: Statement, outlet: Outlet, country: Country, rng: random.Random) -> Statement:
    if rng.random() >= outlet.errors or statement.truth != "true":
        return statement
    near = country.sites[statement.site].neighbours
    if near and rng.random() < 0.4:
        return replace(statement, site=rng.choice(near), truth="wrong place")
    return replace(statement, day=max(0, statement.day - rng.randint(1, 3)), truth="wrong day")


def doubted(outlet: Outlet, statement: Statement, holder: str | None, rng: random.Random) -> Iterator[Statement]:
    """What an independent outlet finds out when it looks into a capture that it knows to be false."""
    independent = outlet.leaning is None and outlet.reprints is None
    if not independent or statement.truth != "lie" or statement.kind != "capture":
        return
    if holder is None or holder == statement.side or rng.random() >= outlet.doubts:
        return
    day = statement.published
    kind: StatementKind = rng.choice(("control", "not taken"))
    side, opponent = (holder, None) if kind == "control" else (statement.side, holder)
    yield Statement(kind, statement.site, side, opponent, day, day, outlet.source_id, rng.choice((None, "residents")))


def relayed(outlet: Outlet, statement: Statement, rng: random.Random) -> Iterator[Statement]:
    """A false capture passed on by an independent outlet as the word of who claims it."""
    independent = outlet.leaning is None and outlet.reprints is None
    false_capture = statement.truth == "lie" and statement.kind == "capture"
    if independent and false_capture and rng.random() < outlet.relays:
        yield replace(statement, outlet=outlet.source_id, claimant=statement.side)


def in_passing(outlet: Outlet, site: int, now: Sequence[Tenure], day: int) -> Iterator[Statement]:
    """Who holds a place near by, said in a report on something else."""
    side = now[site].side
    if outlet.leaning is None and side is not None:
        yield Statement("control", site, side, None, day, day, outlet.source_id)


def overview(outlet: Outlet, sites: Sequence[int], now: Sequence[Tenure], day: int) -> Iterator[Statement]:
    """Who holds each of ``sites`` on ``day``, as an independent outlet sees it."""
    for site in sites:
        side = now[site].side
        if side is not None:
            yield Statement("control", site, side, None, day, day, outlet.source_id)
