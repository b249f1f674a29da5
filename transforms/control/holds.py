"""The values of control: what is believed of a place at a time, and the rows that it makes.

Days are numbers (days since 1970-01-01), intervals half-open ``[valid_from, valid_to)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from transforms.control.events import GAINS, Event, Evidence

EPOCH = date(1970, 1, 1)
END = (date(9999, 12, 31) - EPOCH).days
MOVING = GAINS | {"withdrawal"}
HOLDING = GAINS | {"control", "repelled"}
"""The claim types that put their side into the place."""
SIEGES = frozenset({"siege", "siege_lifted"})
BEARING = MOVING | HOLDING | SIEGES
"""The claim types that can change what is believed of a place."""


class Hold(NamedTuple):
    """An interval as believed on one day; equal holds on following days are one belief."""

    valid_from: int
    valid_to: int
    holder: str | None
    status: str
    sides: tuple[str, ...]
    besiegers: tuple[str, ...]
    rule_id: str
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A hold with the days on which it was believed, and the claims that made it as first known."""

    place_id: str
    hold: Hold
    known_from: int
    known_to: int
    claims: tuple[Evidence, ...]

    @property
    def control_id(self) -> str:
        """Hash of the place, the hold and the day from which it was believed."""
        key = "\x1f".join(map(str, (self.place_id, *self.hold, self.known_from)))
        return sha256(key.encode()).hexdigest()[:16]

    @property
    def confidence(self) -> float:
        """That not all of the independent origins that made it err; half of it where the place is contested."""
        strongest: dict[str, float] = {}
        for claim in self.claims:
            strongest[claim.origin] = max(strongest.get(claim.origin, 0.0), claim.confidence)
        doubt = 1.0
        for origin in sorted(strongest):
            doubt *= 1.0 - strongest[origin]
        sure = min(1.0 - doubt, 0.99)
        return round(sure / 2 if self.hold.status == "contested" else sure, 4)


class Siege(NamedTuple):
    """Who surrounds the place, since when, and the claims that said so first."""

    side: str
    since: int
    claims: tuple[Evidence, ...]


class State(NamedTuple):
    """What is believed from the day ``at`` on, of a hold that began on ``since`` (the same day, unless only a siege
    began or ended ``at``). No status: nothing is known yet. ``gone`` are the sides that have just left."""

    at: int
    since: int
    status: str | None = None
    sides: tuple[str, ...] = ()
    rule_id: str = "R1"
    reason: str = ""
    claims: tuple[Evidence, ...] = ()
    claimed: bool = False
    gone: frozenset[str] = frozenset()
    sieges: tuple[Siege, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nobody is known to hold it."""
        return self.status in (None, "unknown")

    def hold(self, until: int) -> Hold:
        """The interval up to ``until``, with the siege on top of the holder's (R8)."""
        assert self.status is not None
        holder = self.sides[0] if self.status == "held" else None
        basis = "claimed" if self.claimed else "assessed"
        besiegers = tuple(siege.side for siege in self.sieges)
        if holder is None or not besiegers:
            return Hold(self.at, until, holder, self.status, self.sides, besiegers, self.rule_id, self.reason, basis)
        since = iso(min(siege.since for siege in self.sieges))
        who = joined(s if s != "unknown" else "forces that nobody names" for s in besiegers)
        reason = f"{self.reason}; besieged by {who} since {since}"
        return Hold(self.at, until, holder, "besieged", self.sides, besiegers, "R8", reason, basis)

    def made_by(self) -> tuple[Evidence, ...]:
        """The claims that made it, those of a siege among them."""
        if not self.sieges or self.status != "held":
            return self.claims
        own = dict.fromkeys((*self.claims, *(c for siege in self.sieges for c in siege.claims)))
        return tuple(own)


START = State(-END, -END)


def bears(claim: Evidence) -> bool:
    """Whether ``claim`` can change what is believed at all."""
    if claim.claim_type not in BEARING or claim.first is None or claim.published is None:
        return False
    if claim.side == "unknown" and claim.claim_type not in SIEGES:
        return False
    if claim.status == "denied":
        return claim.claim_type in MOVING or claim.claim_type == "control"
    return claim.status == "happened" and (claim.extent == "all" or claim.claim_type not in MOVING)


def iso(day: int) -> str:
    """The day as YYYY-MM-DD."""
    return (EPOCH + timedelta(days=day)).isoformat()


def when(events: Iterable[Event]) -> str:
    """The days of ``events`` in words."""
    some = list(events)
    last = max(event.last or 0 for event in some)
    first = min(last if event.first is None else event.first for event in some)
    return f"on {iso(last)}" if first == last else f"between {iso(first)} and {iso(last)}"


def joined(names: Iterable[str | None]) -> str:
    """Names with 'and' between."""
    return " and ".join(map(str, names))
