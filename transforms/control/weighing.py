"""How much is said for and against (rules R4, R5 and R6).

R6: every origin counts once, by what it published last; a near-duplicate is no origin of its own (it never gets here).
R5: all origins of a camp that only serve their own side weigh ``own_word`` together, any other origin weighs 1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from configs.model import Rules
from transforms.control.events import Event, Evidence, kind_of
from transforms.control.holds import HOLDING

_last = attrgetter("last")
_first = attrgetter("first")
Spoken = Iterable[tuple[Evidence, str]]
FOR, AGAINST = "for", "against"


@dataclass(slots=True)
class Told:
    """Claims of control and sieges that begin, and those and liftings that end on one day."""

    begin: list[Evidence] = field(default_factory=list)
    end: list[Evidence] = field(default_factory=list)


def weights(spoken: Spoken, own_word: float) -> dict[str, float]:
    """The weight of each camp: ``spoken`` are claims with the camp for which each speaks."""
    spoken = list(spoken)
    latest: dict[str, int] = {}
    for claim, _ in spoken:
        latest[claim.origin] = max(claim.published or 0, latest.get(claim.origin, claim.published or 0))
    voices: dict[str, dict[str, bool]] = {}
    for claim, camp in spoken:
        if claim.published == latest[claim.origin]:
            camps = voices.setdefault(camp, {})
            camps[claim.origin] = camps.get(claim.origin, False) or not claim.partisan
    return {camp: sum(found.values()) + (0.0 if all(found.values()) else own_word) for camp, found in voices.items()}


class Statements:
    """Claims of one place that say who is in it or around it without moving anything, and denials.

    They are found by the last day of which they speak, those of control and sieges by the first one, too.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.by_last: list[Evidence] = []
        self.by_first: list[Evidence] = []

    def add(self, claim: Evidence) -> None:
        """Take in one more."""
        insort(self.by_last, claim, key=_last)
        if claim.status == "happened" and claim.claim_type in ("control", "siege"):
            insort(self.by_first, claim, key=_first)

    def told_after(self, day: int) -> dict[int, Told]:
        """What is told of each day after ``day`` on which something may begin or end."""
        told: dict[int, Told] = defaultdict(Told)
        for claim in self.by_first[bisect_right(self.by_first, day, key=_first) :]:
            told[_first(claim)].begin.append(claim)
        for claim in self.by_last[bisect_right(self.by_last, day, key=_last) :]:
            if claim.status == "happened" and claim.claim_type != "repelled":
                told[_last(claim)].end.append(claim)
        return told

    def between(self, first: int, last: int) -> Sequence[Evidence]:
        """Those that speak last of a day from ``first`` to ``last``, both inclusive."""
        rows = self.by_last
        return rows[bisect_left(rows, first, key=_last) : bisect_right(rows, last, key=_last)]

    def verdict(self, event: Event, before: Sequence[str], next_mark: int) -> tuple[float, float, bool]:
        """The weights for and against a gain or withdrawal, and whether any voice for it is independent.

        For a gain speak its claims and who puts its side into the place afterwards, for a withdrawal its claims.
        Against it speak denials, and who sees the side in the place that is said to have lost it (``before``; anybody
        else where nothing was known of it). What is told of the day of the next change of hands speaks of that one.
        """
        assert event.first is not None
        assert event.last is not None
        day, until = event.last, min(event.last + self.rules.weigh_within_days, next_mark - 1)
        gain = event.kind == "gain"
        spoken = [(claim, FOR) for claim in event.claims]
        for claim in self.between(min(event.first, day), until):
            if claim.status == "denied":
                if kind_of(claim.claim_type) == event.kind and claim.side == event.side:
                    spoken.append((claim, AGAINST))
            elif claim.claim_type not in HOLDING or _day(claim) < day:
                continue
            elif gain and claim.side == event.side:
                spoken.append((claim, FOR))
            elif _day(claim) > day and claim.extent == "all":
                lost = claim.side in before or (not before and claim.side != event.side)
                if lost if gain else claim.side == event.side:
                    spoken.append((claim, AGAINST))
        found = weights(spoken, self.rules.own_word)
        independent = any(camp == FOR and not claim.partisan for claim, camp in spoken)
        return found.get(FOR, 0.0), found.get(AGAINST, 0.0), independent

    def around(self, day: int, since: int, until: int) -> list[Evidence]:
        """Who puts a side into the place near ``day``, of days from ``since`` up to ``until``."""
        near = self.rules.weigh_within_days
        return [
            claim
            for claim in self.between(max(since, day - near), min(until, day + near))
            if claim.status == "happened" and claim.claim_type in HOLDING
        ]

    def refuses(self, side: str, day: int, openers: Sequence[Evidence], until: int) -> bool:
        """Whether more is said against than for a hold of ``side`` that claims of control would open on ``day``."""
        denials = [
            (claim, AGAINST)
            for claim in self.between(day, min(until, day + self.rules.weigh_within_days))
            if claim.status == "denied" and claim.claim_type == "control" and claim.side == side
        ]
        if not denials:
            return False
        found = weights([*((claim, FOR) for claim in openers), *denials], self.rules.own_word)
        return found.get(AGAINST, 0.0) > found.get(FOR, 0.0)


def _day(claim: Evidence) -> int:
    assert claim.last is not None
    return claim.last
