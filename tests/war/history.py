"""What happened: operations for single places, worked out day by day, and who held each place in between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Literal

from tests.war.country import Country

Kind = Literal["capture", "withdrawal", "handover", "siege", "siege_lifted", "repelled", "advance", "offensive"]
OPERATIONS = {
    "assault": 26, "surprise": 18, "failed assault": 18, "siege": 12, "withdrawal": 9, "deal": 6, "to and fro": 9,
    "only announced": 2,
}  # fmt: skip
"""How often an operation is of each sort."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something done on ``day`` at a place (by number): ``side`` does it, ``opponent`` suffers it.

    In ``repelled`` the side is the defender. ``announced`` is an operation that is told of beforehand and never begun.
    """

    day: int
    site: int
    kind: Kind
    side: str
    opponent: str | None
    announced: bool = False


@dataclass(frozen=True, slots=True)
class Tenure:
    """``side`` (None: nobody) held a place on the days ``[first, until)``; ``besieger`` likewise besieged it."""

    site: int
    side: str | None
    first: int
    until: int | None = None
    besieger: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one day, and the tenures that it ended."""

    day: int
    happenings: tuple[Happening, ...]
    ended: tuple[Tenure, ...]


_Step = tuple[int, int, int, str, str | None]
"""Day, a number that keeps order, place, what is done, who does it."""


class War:
    """The state of the war while it is worked out: who holds and besieges each place *now*."""

    def __init__(self, country: Country, seed: int, calm_days: float) -> None:
        self._country, self._calm = country, calm_days
        self._rng = random.Random(f"{seed}/history")
        self._numbers = count()
        self._steps: list[_Step] = []
        self.now = [Tenure(n, side, 0) for n, side in enumerate(country.first_holders)]
        for site in range(len(country.sites)):
            self._plan(site, 0)

    def days(self) -> Iterator[Day]:
        """Day after day without end, from day 0 (on which nothing happens)."""
        for day in count():
            happenings: list[Happening] = []
            ended: list[Tenure] = []
            while self._steps and self._steps[0][0] <= day:
                _, _, site, what, side = heappop(self._steps)
                for happening in self._do(day, site, what, side):
                    happenings.append(happening)
                    ended += self._after(happening)
            yield Day(day, tuple(happenings), tuple(ended))

    def _push(self, day: int, site: int, what: str, side: str | None = None) -> None:
        heappush(self._steps, (day, next(self._numbers), site, what, side))

    def _plan(self, site: int, day: int) -> None:
        """The next operation for this place begins after a while."""
        self._push(day + 2 + int(self._rng.expovariate(1 / self._calm)), site, "begin")

    def _do(self, day: int, site: int, what: str, side: str | None) -> Iterator[Happening]:
        holder = self.now[site].side
        if what == "begin":
            yield from self._begin(day, site)
        elif what in ("capture", "siege", "advance", "offensive", "handover") and side is not None:
            yield Happening(day, site, what, side, holder)  # type: ignore[arg-type]
        elif what == "withdrawal" and holder is not None:
            yield Happening(day, site, "withdrawal", holder, side)
        elif what in ("repelled", "siege_lifted") and holder is not None:
            yield Happening(day, site, what, holder, side)  # type: ignore[arg-type]
        elif what == "announced" and side is not None:
            yield Happening(day, site, "offensive", side, holder, announced=True)

    def _begin(self, day: int, site: int) -> Iterator[Happening]:
        """Lay out the steps of a new operation; what happens today happens at once."""
        rng, holder = self._rng, self.now[site].side
        near = [self.now[n].side for n in self._country.sites[site].neighbours]
        enemies = sorted({s for s in near if s is not None and s != holder})
        if not enemies or holder is None:
            return self._plan(site, day)
        attacker = rng.choice(enemies)
        sort = rng.choices(list(OPERATIONS), list(OPERATIONS.values()))[0]
        last = day
        for what, side, at in _steps(rng, sort, attacker, holder, day):
            last = max(last, at)
            if at > day:
                self._push(at, site, what, side)
            else:
                yield from self._do(day, site, what, side)
        return self._plan(site, last)

    def _after(self, happening: Happening) -> list[Tenure]:
        """The tenures that this ends; ``now`` holds what follows."""
        old = self.now[happening.site]
        side, besieger = old.side, old.besieger
        if happening.announced:
            return []
        if happening.kind in ("capture", "handover"):
            side, besieger = happening.side, None
        elif happening.kind == "withdrawal":
            side, besieger = None, None
        elif happening.kind == "siege":
            besieger = happening.side
        elif happening.kind == "siege_lifted":
            besieger = None
        if (side, besieger) == (old.side, old.besieger):
            return []
        self.now[happening.site] = Tenure(happening.site, side, happening.day, None, besieger)
        return [Tenure(old.site, old.side, old.first, happening.day, old.besieger)]


def _steps(rng: random.Random, sort: str, attacker: str, holder: str, day: int) -> list[tuple[str, str | None, int]]:
    """What is done, by whom and when, in an operation of this sort that begins on ``day``."""
    later = day + rng.randint(1, 4)
    match sort:
        case "assault":
            return [
                ("offensive", attacker, day),
                ("advance", attacker, (day + later) // 2),
                ("capture", attacker, later),
            ]
        case "surprise":
            return [("capture", attacker, day)]
        case "failed assault":
            return [("offensive", attacker, day), ("repelled", attacker, later)]
        case "siege":
            end = day + rng.randint(6, 25)
            how = rng.choice(("capture", "capture", "handover", "siege_lifted"))
            return [("siege", attacker, day), (how, attacker, end)]
        case "withdrawal":
            gone = rng.randint(1, 3)
            return [("withdrawal", attacker, day), ("capture", attacker, day + gone)]
        case "deal":
            return [("handover", attacker, day)]
        case "to and fro":
            steps: list[tuple[str, str | None, int]] = []
            sides, at = (attacker, holder), day
            for turn in range(rng.randint(2, 4)):
                steps.append(("capture", sides[turn % 2], at))
                at += rng.choice((0, 1, 2, 3, 3, 4))
            return steps
        case _:
            return [("announced", attacker, day)]
