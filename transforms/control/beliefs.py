"""What was believed about one place on each day of publication (rule R10), worked out from day to day.

Each day's belief is :func:`transforms.control.timeline.timeline` of all that was published up to it. Working that out
anew every day takes quadratic time, so only what the day's claims can change is worked out: all that follows the last
*cut* before them. A cut is a day over which no claim of a gain or withdrawal reaches, nor merges: what follows it can
be worked out from the state on it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from operator import attrgetter

from transforms.control.events import Evidence
from transforms.control.timeline import END, MOVING, START, ControlRow, Hold, Segment, bears, segments

_first = attrgetter("first")
_since = attrgetter("state.since")


def history(claims: Iterable[Evidence], within: int) -> list[ControlRow]:
    """All beliefs about one place, sorted by the day from which they were held."""
    by_day: dict[int, list[Evidence]] = defaultdict(list)
    for claim in claims:
        if bears(claim) and claim.published is not None:
            by_day[claim.published].append(claim)
    belief = _Belief(within)
    open_rows: dict[Hold, ControlRow] = {}
    rows: list[ControlRow] = []
    for day in sorted(by_day):
        before, after = belief.learn(by_day[day])
        for hold in before:
            if hold not in after:
                row = open_rows.pop(hold)
                rows.append(ControlRow(row.place_id, hold, row.known_from, day, row.claims))
        for hold, made_by in after.items():
            if hold not in before:
                open_rows[hold] = ControlRow(made_by[0].place_id, hold, day, END, made_by)
    rows += open_rows.values()
    return sorted(rows, key=lambda r: (r.known_from, r.hold.valid_from, r.known_to, r.hold.valid_to))


_Holds = dict[Hold, tuple[Evidence, ...]]


class _Belief:
    """The segments that follow from what was learnt so far, and where they can be cut."""

    def __init__(self, within: int) -> None:
        self.within = within
        self.moves: list[Evidence] = []
        self.states: list[Evidence] = []
        self.segments: list[Segment] = [Segment(START, END, ((START, END),))]
        self.cuts: list[int] = [-END]

    def learn(self, claims: Iterable[Evidence]) -> tuple[_Holds, _Holds]:
        """Take in what one day published; returns the holds that it may have changed, as they were and as they are."""
        begin = END
        for claim in claims:
            if claim.claim_type in MOVING:
                insort(self.moves, claim, key=_first)
            else:
                self.states.append(claim)
                if all(segment.ignores(claim) for segment in self.segments):
                    continue
            begin = min(begin, _first(claim))
        if begin == END:
            return {}, {}
        return self._redo(begin)

    def _redo(self, begin: int) -> tuple[_Holds, _Holds]:
        """Work out anew all that follows the last cut up to ``begin``."""
        del self.cuts[bisect_right(self.cuts, begin) :]
        cut = self.cuts[-1]
        moves = self.moves[bisect_left(self.moves, cut, key=_first) :]
        kept = max(bisect_left(self.segments, cut, key=_since) - 1, 0)
        old = self.segments[kept:]
        self.segments[kept:] = segments(old[0].state, moves, self.states, self.within)
        reach = None
        for move in moves:
            if reach is not None and _first(move) - reach > self.within:
                self.cuts.append(_first(move))
            reach = max(_last(move), _last(move) if reach is None else reach)
        return _holds(old), _holds(self.segments[kept:])


def _last(claim: Evidence) -> int:
    assert claim.last is not None
    return claim.last


def _holds(some: Iterable[Segment]) -> _Holds:
    return {hold: made_by for segment in some for hold, made_by in segment.holds()}
