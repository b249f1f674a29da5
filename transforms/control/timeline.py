"""Who held one place, in valid time and in known time, out of the claims about it (rules R0, R1, R2, R9 and R10).

Days are numbers (days since 1970-01-01), intervals half-open ``[valid_from, valid_to)``.

* R0: only claims of status ``happened`` are looked at.
* R1: a capture or handover of the whole place makes its actor's side the holder, from the *last* day of the window in
  which it happened: by then the place had surely changed hands, before that it may not have. A withdrawal by the
  holder makes the holder unknown; by anybody else it changes nothing. On one day withdrawals come before captures.
  Captures by two sides on one day leave the place contested: neither order of arrival nor of names decides.
* R2: a claim that a side is in control opens a hold only where nothing covers its days, from the *first* day for
  which it vouches. Two sides said to be in control from the same first day, or each of a part, hold it contested.
* R9: only claims about the place itself count, none about its parent or its parts.
* R10: all this is worked out for each day on which something was published, from what was published up to that day. A
  row says from when to when it was so believed.

A side that cannot be told never moves control.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

from transforms.control.events import GAINS, Event, Evidence, merge

EPOCH = date(1970, 1, 1)
END = (date(9999, 12, 31) - EPOCH).days
MOVING = GAINS | {"withdrawal"}
BEARING = MOVING | {"control"}
"""The claim types that can change who is believed to hold a place."""


class Hold(NamedTuple):
    """An interval as believed on one day; equal holds on following days are one belief."""

    valid_from: int
    valid_to: int
    holder: str | None
    status: str
    sides: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class State:
    """What holds from ``since`` on; no status: nothing is known yet. ``gone`` are the sides that have just left."""

    since: int
    status: str | None = None
    sides: tuple[str, ...] = ()
    rule_id: str = "R1"
    reason: str = ""
    claims: tuple[Evidence, ...] = ()
    gone: frozenset[str] = frozenset()


START = State(-END)


@dataclass(frozen=True, slots=True)
class Segment:
    """From the mark that made ``state`` up to the next that changed it, with what claims of control put in between."""

    state: State
    until: int
    pieces: tuple[tuple[State, int], ...]

    def holds(self) -> Iterator[tuple[Hold, tuple[Evidence, ...]]]:
        """The holds in it with the claims that made them."""
        for piece, until in self.pieces:
            if piece.status and piece.since < until:
                yield _hold(piece, until), piece.claims

    def ignores(self, claim: Evidence) -> bool:
        """Whether a further claim of control leaves it as it is."""
        if self.state.status in ("held", "contested"):
            return True
        start = opening(claim, self.state)
        if start is None or start >= self.until:
            return True
        opened = next((piece.since for piece, _ in self.pieces if piece.rule_id == "R2"), None)
        return opened is not None and start > opened and claim.extent == "all"


@dataclass(slots=True)
class _Mark:
    """What moves control on one day, by side."""

    gains: dict[str, Event] = field(default_factory=dict)
    withdrawals: dict[str, Event] = field(default_factory=dict)


def bears(claim: Evidence) -> bool:
    """Whether ``claim`` can move control at all."""
    return (
        claim.status == "happened"
        and claim.claim_type in BEARING
        and claim.side != "unknown"
        and claim.first is not None
        and claim.published is not None
        and (claim.extent == "all" or claim.claim_type == "control")
    )


def timeline(known: Sequence[Evidence], within: int) -> dict[Hold, tuple[Evidence, ...]]:
    """The holds that follow from ``known`` (claims of one place that bear on control), with their claims."""
    moves = [c for c in known if c.claim_type in MOVING]
    states = [c for c in known if c.claim_type == "control"]
    return {hold: made for segment in segments(START, moves, states, within) for hold, made in segment.holds()}


def segments(state: State, moves: Iterable[Evidence], states: Sequence[Evidence], within: int) -> Iterator[Segment]:
    """Walk from ``state`` through ``moves`` (gains, withdrawals), filling what they leave open from ``states``."""
    marks = _marks(merge(moves, within))
    for day in (*sorted(marks), END):
        pieces = _fill(state, day, states)
        before = pieces[-1][0]
        after = State(END) if day == END else _apply(before, day, marks[day])
        if after is before:
            continue  # a mark that moves nothing must not cut what goes on
        yield Segment(state, day, tuple(pieces))
        state = after


def _marks(moves: Iterable[Event]) -> dict[int, _Mark]:
    marks: dict[int, _Mark] = defaultdict(_Mark)
    for event in moves:
        if event.last is None:
            continue
        mark = marks[event.last]
        sides = mark.gains if event.kind == "gain" else mark.withdrawals
        # Two events of a side that end on one day: one within a week, one known only to lie in a longer time.
        same = sides.get(event.side)
        sides[event.side] = replace(event, claims=(*same.claims, *event.claims)) if same else event
    return marks


def _apply(state: State, day: int, mark: _Mark) -> State:
    """R1: the state after the gains and withdrawals of one day."""
    leaving = [s for s in state.sides if s in mark.withdrawals and s not in mark.gains]
    if leaving:
        state = _without(state, day, leaving, mark)
    taking = tuple(sorted(mark.gains))
    if not taking or (state.status in ("held", "contested") and state.sides == taking):
        return state
    claims = tuple(c for side in taking for c in mark.gains[side].claims)
    if len(taking) > 1:
        reason = f"taken by {_and(taking)}, both by {_iso(day)}, and nothing tells who came last"
        return State(day, "contested", taking, "R1", reason, claims)
    word = "handed over to" if all(c.claim_type == "handover" for c in claims) else "taken by"
    losers = sorted({c.opponent_side for c in claims if c.opponent_side not in (None, "unknown", taking[0])}, key=str)
    loser = f" from {_and(losers)}" if losers else ""
    reason = f"{word} {taking[0]}{loser} {_when([mark.gains[taking[0]]])}"
    return State(day, "held", taking, "R1", reason, claims)


def _without(state: State, day: int, leaving: Sequence[str], mark: _Mark) -> State:
    left = tuple(s for s in state.sides if s not in leaving)
    events = [mark.withdrawals[side] for side in sorted(leaving)]
    claims = tuple(c for event in events for c in event.claims)
    gone = f"{_and(leaving)} left it {_when(events)}"
    if not left:
        return State(day, "unknown", (), "R1", f"{gone}, and nothing tells who came", claims, frozenset(leaving))
    status = "held" if len(left) == 1 else "contested"
    return State(day, status, left, "R1", f"{gone}, and {_and(left)} stayed", claims)


def _fill(state: State, until: int, states: Sequence[Evidence]) -> list[tuple[State, int]]:
    """R2: ``state`` up to ``until``, with the holds that claims of control open where it covers nothing."""
    if state.status in ("held", "contested"):
        return [(state, until)]
    starts = sorted(
        ((start, c) for c in states if (start := opening(c, state)) is not None and start < until),
        key=lambda pair: (pair[0], pair[1].claim_id),
    )
    if not starts:
        return [(state, until)]
    day = starts[0][0]
    openers = [c for start, c in starts if start == day]
    opened = _opened(day, openers)
    pieces = [(state, day)] if state.status is not None else []
    if len(opened.sides) == 1 and all(c.extent == "part" for c in openers):
        rivals = [(s, c) for s, c in starts if c.extent == "part" and c.side != opened.sides[0]]
        if rivals:
            later = rivals[0][0]
            others = [c for s, c in rivals if s == later]
            both = _opened(later, [*openers, *others])
            return [*pieces, (opened, later), (both, until)]
    return [*pieces, (opened, until)]


def opening(claim: Evidence, state: State) -> int | None:
    """The day on which ``claim`` would open a hold after ``state``: its first that nothing covers, as far as it vouches
    for it. One that reaches over the begin of ``state`` vouches for its own last day only."""
    assert claim.first is not None
    assert claim.last is not None
    begin = state.since + 1 if claim.side in state.gone else state.since
    if claim.first >= begin:
        return claim.first
    return claim.last if claim.last >= begin else None


def _opened(day: int, openers: Sequence[Evidence]) -> State:
    sides = tuple(sorted({c.side for c in openers}))
    parts = all(c.extent == "part" for c in openers)
    if len(sides) == 1:
        what = "said to hold part of it" if parts else "said to hold it"
        reason = f"{sides[0]} is {what} on {_iso(day)}, of which nothing else is known"
        return State(day, "held", sides, "R2", reason, tuple(openers))
    how = "each in part" if parts else "from the same day on"
    return State(
        day, "contested", sides, "R2", f"{_and(sides)} are said to hold it, {how} ({_iso(day)})", tuple(openers)
    )


def _hold(state: State, until: int) -> Hold:
    holder = state.sides[0] if state.status == "held" else None
    basis = "claimed" if state.claims and all(c.partisan for c in state.claims) else "assessed"
    return Hold(state.since, until, holder, state.status or "", state.sides, state.rule_id, state.reason, basis)


def _iso(day: int) -> str:
    return (EPOCH + timedelta(days=day)).isoformat()


def _when(events: Sequence[Event]) -> str:
    last = events[0].last or 0
    first = min(last if event.first is None else event.first for event in events)
    return f"on {_iso(last)}" if first == last else f"between {_iso(first)} and {_iso(last)}"


def _and(names: Iterable[str | None]) -> str:
    return " and ".join(map(str, names))
