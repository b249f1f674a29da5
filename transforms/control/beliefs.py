"""What was believed about one place on each day of publication (rule R10), worked out from day to day.

Each day's belief is what :class:`transforms.control.timeline.Timeline` makes of all that was published up to it.
Working that out anew every day takes quadratic time, so only what the day's claims can change is worked out: they bear
on ``lookback`` days before, and a gain or withdrawal on all moves since the last *cut* before it. A cut is a day over
which no event of a move reaches; what comes later than the days within which claims merge leaves what is before it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter

from configs.model import Rules
from transforms.control.events import Event, Evidence, merge
from transforms.control.holds import END, MOVING, START, ControlRow, Hold, State, bears
from transforms.control.timeline import Mark, Timeline, marks_of
from transforms.control.weighing import Statements

_first = attrgetter("first")
_last = attrgetter("last")
_at = attrgetter("at")
_Holds = dict[Hold, tuple[Evidence, ...]]


def history(claims: Iterable[Evidence], rules: Rules) -> list[ControlRow]:
    """All beliefs about one place, sorted by the day from which they were held."""
    by_day: dict[int, list[Evidence]] = defaultdict(list)
    for claim in claims:
        if bears(claim) and claim.published is not None:
            by_day[claim.published].append(claim)
    belief = Belief(rules)
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


class Belief:
    """The states that follow from what was learnt so far, and the days since which they may change."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.lookback = max(rules.weigh_within_days, rules.reversal_days, rules.merge_within_days) + 1
        self.said = Statements(rules)
        self.timeline = Timeline(rules, self.said)
        self.moves: list[Evidence] = []
        self.cuts: list[int] = [-END]
        self.marks: dict[int, Mark] = {}
        self.mark_days: list[int] = []
        self.states: list[State] = [START]

    def learn(self, claims: Iterable[Evidence]) -> tuple[_Holds, _Holds]:
        """Take in what one day published; returns the holds that it may have changed, as they were and as they are."""
        begin, moved = END, END
        for claim in claims:
            if claim.claim_type in MOVING and claim.status == "happened":
                insort(self.moves, claim, key=_first)
                moved = min(moved, _first(claim))
            else:
                self.said.add(claim)
                begin = min(begin, self._since(claim))
        if moved < END:
            begin = min(begin, self._merge(moved))
        if begin == END:
            return {}, {}
        resume = begin - self.lookback
        kept = max(bisect_right(self.states, resume, key=_at) - 1, 0)
        while self.states[kept].rule_id == "R3":  # it was made so by what followed it
            resume, kept = min(resume, self.states[kept].at - 1), kept - 1
        old = self.states[kept:]
        self.states[kept:] = self.timeline.walk(old[0], resume, self.marks, self.mark_days)
        return _holds(old), _holds(self.states[kept:])

    def _since(self, claim: Evidence) -> int:
        """The first day of which ``claim``, which moves nothing, may change what is believed."""
        assert claim.first is not None
        assert claim.last is not None
        if claim.claim_type == "siege":
            return claim.first
        # One of the day on which a hold opened may have opened it as well.
        begin = max(bisect_right(self.states, claim.first - 1, key=_at) - 1, 0)
        reached = self.states[begin : bisect_right(self.states, claim.last, key=_at)]
        return claim.first if any(state.is_open for state in reached) else claim.last

    def _merge(self, begin: int) -> int:
        """Merge anew the moves since the last cut far enough before ``begin``; returns the first day on which the
        marks differ."""
        within = self.rules.merge_within_days
        del self.cuts[bisect_left(self.cuts, begin - within) :]
        at = bisect_left(self.moves, self.cuts[-1], key=_first)
        moves = self.moves[at:]
        lowest = moves[0].first
        assert lowest is not None
        kept = bisect_left(self.mark_days, lowest)
        old = {day: self.marks.pop(day) for day in self.mark_days[kept:]}
        events = merge(moves, within)
        fresh = marks_of(events)
        self.marks |= fresh
        self.mark_days[kept:] = sorted(fresh)
        reach = None
        for first, last in sorted(map(_reach, events)):
            if reach is not None and first > reach:
                self.cuts.append(first)
            reach = last if reach is None else max(last, reach)
        return min((day for day in {*old, *fresh} if old.get(day) != fresh.get(day)), default=END)


def _reach(event: Event) -> tuple[int, int]:
    """The first and the last day of which any claim of ``event`` speaks."""
    return min(map(_first, event.claims)), max(map(_last, event.claims))


def _holds(states: Sequence[State]) -> _Holds:
    found: _Holds = {}
    for state, following in zip(states, (*states[1:], None), strict=True):
        if state.status is not None:
            found[state.hold(END if following is None else following.at)] = state.made_by()
    return found
