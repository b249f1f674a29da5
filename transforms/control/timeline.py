"""Who held one place, out of the claims about it: the rules R0 to R9.

* R0: only claims of status ``happened`` move control. A denial only weighs against what it denies.
* R1: a capture or handover of the whole place makes its actor's side the holder, from the *last* day of the window in
  which it happened: by then the place had surely changed hands, before that it may not have. A withdrawal by the
  holder makes the holder unknown; by anybody else it changes nothing. On one day withdrawals come before captures.
* R2: a claim that a side is in control opens a hold only where nothing covers its days, from the *first* day for
  which it vouches. Two sides said to be in control from the same first day, or each of a part, hold it contested.
  Where no claim of control does, a siege opens one for the side that it names as besieged.
* R3: a hold that another side's capture ends within ``reversal_days`` was never more than contested between the two.
  So is the time after captures by two sides that end on one day: neither order of arrival nor of names decides.
* R4: what is claimed is weighed against what speaks otherwise within ``weigh_within_days``. A capture against which
  denials and those who still see the former holder weigh more is no change of hands, if they are corroborated or no
  independent voice stands behind it (whom it names as the loser then holds the place, if nobody else is known to); if
  they weigh as much, it leaves the place contested. Claims of control that
  contradict a hold contest it where it is not corroborated itself; corroborated ones that outweigh what is said for
  it at that time make their side the holder, though nobody told how it came in. A contested place is held again when
  one side's claims are corroborated and outweigh the others, and no other side is corroborated to hold a part of it;
  one of which nobody speaks as divided also when one side alone is still said to hold it.
* R5, R6: weights count origins (:mod:`transforms.control.weighing`). The basis is ``claimed`` where only voices speak
  for a hold that serve its side, otherwise ``assessed``.
* R7: silence changes no holder; the warehouse marks what is carried forward (``control_on``).
* R8: a siege lies on top of the holder's interval, from its first day until it is lifted, the besieger leaves or the
  place changes hands. Where nobody is known to hold the place, nor the siege names whom it shuts in, there is nothing
  that it could lie on.
* R9: only claims about the place itself count, none about its parent or its parts.

R10 is :mod:`transforms.control.beliefs`. A side that cannot be told never moves control (but may besiege).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from configs.model import Rules
from transforms.control.events import GAINS, Event, Evidence
from transforms.control.holds import END, HOLDING, State, iso, joined, when
from transforms.control.openings import opened, opened_by
from transforms.control.sieges import besieged, lifted
from transforms.control.weighing import Statements, Told, weights


@dataclass(slots=True)
class Mark:
    """What moves control on one day, by side."""

    gains: dict[str, Event] = field(default_factory=dict)
    withdrawals: dict[str, Event] = field(default_factory=dict)


def marks_of(moves: Iterable[Event]) -> dict[int, Mark]:
    """The events by the last day of each."""
    marks: dict[int, Mark] = defaultdict(Mark)
    for event in moves:
        if event.last is None:
            continue
        mark = marks[event.last]
        sides = mark.gains if event.kind == "gain" else mark.withdrawals
        # Two events of a side that end on one day: one within a week, one known only to lie in a longer time.
        same = sides.get(event.side)
        sides[event.side] = replace(event, claims=(*same.claims, *event.claims)) if same else event
    return dict(marks)


class Timeline:
    """The states of one place that follow from the marks and from what is told."""

    def __init__(self, rules: Rules, said: Statements) -> None:
        self.rules, self.said = rules, said

    def walk(self, state: State, after: int, marks: dict[int, Mark], mark_days: Sequence[int]) -> list[State]:
        """``state``, which covers the day ``after``, and all that follow it."""
        states = [state]
        told = self.said.told_after(after)
        coming = mark_days[bisect_right(mark_days, after) :]
        for day in sorted({*coming, *told}):
            at = bisect_right(coming, day)
            until = coming[at] if at < len(coming) else END
            if day in marks:
                self._move(states, day, marks[day], until)
            if day in told:
                self._tell(states, day, told[day], until)
        return states

    def _move(self, states: list[State], day: int, mark: Mark, until: int) -> None:
        state = self._left(states[-1], day, mark, until)
        taken = self._taken(state, day, mark, until)
        last = states[-1]
        if taken is not state and _reversed(last, taken, self.rules.reversal_days):
            sides = tuple(sorted({*last.sides, *taken.sides}))
            reason = f"{last.reason}, and lost to {taken.sides[0]} by {iso(day)}"
            for place in range(len(states) - 1, -1, -1):
                if states[place].since != last.since:
                    break
                states[place] = states[place]._replace(status="contested", sides=sides, rule_id="R3", reason=reason)
        _append(states, taken)

    def _left(self, state: State, day: int, mark: Mark, until: int) -> State:
        """R1: the state after the withdrawals of one day."""
        sieges = tuple(siege for siege in state.sieges if siege.side not in mark.withdrawals)
        if sieges != state.sieges:
            state = state._replace(at=day, sieges=sieges)
        leaving = []
        for side in state.sides:
            if side in mark.withdrawals and side not in mark.gains:
                for_it, against, _ = self.said.verdict(mark.withdrawals[side], state.sides, until)
                if for_it > against and for_it >= self.rules.least_weight:
                    leaving.append(side)
        if not leaving:
            return state
        left = tuple(s for s in state.sides if s not in leaving)
        events = [mark.withdrawals[side] for side in sorted(leaving)]
        claims = tuple(c for event in events for c in event.claims)
        claimed = all(c.partisan for c in claims)
        gone = f"{joined(leaving)} left it {when(events)}"
        if not left:
            reason = f"{gone}, and nothing tells who came"
            return State(day, day, "unknown", (), "R1", reason, claims, claimed, frozenset(leaving))
        status = "held" if len(left) == 1 else "contested"
        reason = f"{gone}, and {joined(left)} stayed"
        return State(day, day, status, left, "R1", reason, claims, claimed, sieges=state.sieges)

    def _taken(self, state: State, day: int, mark: Mark, until: int) -> State:
        """R1, weighed (R4): the state after the gains of one day."""
        rules = self.rules
        found = {side: self.said.verdict(event, state.sides, until) for side, event in sorted(mark.gains.items())}
        kept = {
            side: (for_it, against)
            for side, (for_it, against, _) in found.items()
            if not (against > for_it and (against >= rules.corroborated or for_it < 1))
        }
        strong = [s for s, (for_it, against) in kept.items() if for_it >= rules.corroborated and for_it > against]
        if len(strong) == 1:
            kept = {strong[0]: kept[strong[0]]}
        taking = tuple(kept)
        if not taking and found and state.is_open:
            return _still_held(state, day, list(mark.gains.values()))
        if not taking or (state.status in ("held", "contested") and state.sides == taking):
            return state
        events = [mark.gains[side] for side in taking]
        claims = tuple(c for event in events for c in event.claims)
        claimed = not any(found[side][2] for side in taking)
        if len(taking) > 1:
            reason = f"taken by {joined(taking)}, both by {iso(day)}, and nothing tells who came last"
            return State(day, day, "contested", taking, "R3", reason, claims, claimed)
        side = taking[0]
        for_it, against = kept[side]
        losers = sorted({c.opponent_side for c in claims if c.opponent_side not in (None, "unknown", side)}, key=str)
        if against >= for_it or for_it < rules.least_weight:
            sides = tuple(sorted({side, *(state.sides or losers)}, key=str))
            if state.status == "contested" and state.sides == sides:
                return state
            doubt = "which others deny or contradict" if against >= for_it else "which too few say"
            reason = f"said to be taken by {side} {when(events)}, {doubt}: nothing is corroborated"
            return State(day, day, "contested", sides, "R4", reason, claims, claimed, sieges=state.sieges)
        word = "handed over to" if all(c.claim_type == "handover" for c in claims) else "taken by"
        loser = f" from {joined(losers)}" if losers else ""
        return State(day, day, "held", taking, "R1", f"{word} {side}{loser} {when(events)}", claims, claimed)

    def _tell(self, states: list[State], day: int, told: Told, until: int) -> None:
        """R2, R4 and R8: what is told of a day without a change of hands."""
        _append(states, opened_by(states[-1], day, told, self.said, until))
        state = states[-1]
        today = [c for c in told.end if c.claim_type == "control"]
        if today and not state.is_open and day > state.since:
            _append(states, self._challenged(state, day, today, until))
        _append(states, lifted(states[-1], day, told))
        _append(states, besieged(states[-1], day, told))

    def _challenged(self, state: State, day: int, today: Sequence[Evidence], until: int) -> State:
        """R4: the state after claims of control that speak of ``day``, weighed with what is said around it."""
        if state.status == "held" and all(c.side == state.sides[0] for c in today):
            return state
        near = self.said.around(day, state.since, until)
        made = [c for c in state.claims if c.status == "happened" and c.claim_type in HOLDING]
        own = self.rules.own_word
        if state.status == "held":
            return self._contested(state, day, today, near, weights(_camps([*made, *near]), own))
        whole = weights(_camps(c for c in (*made, *near) if c.extent == "all"), own)
        total = weights(_camps((*made, *near)), own)
        parts = weights(_camps(c for c in near if c.extent == "part"), own)
        divided = any(c.extent == "part" for c in made)
        for side in sorted({c.side for c in today if c.extent == "all"}):
            rest, part = _most_of_others(total, side), _most_of_others(parts, side)
            mine = whole.get(side, 0.0)
            sure = mine >= self.rules.corroborated or not (rest or divided)
            if sure and mine > rest and part < self.rules.corroborated:
                claims = _of(side, near)
                reason = f"contested before; from {iso(day)} on more say that {side} holds it than otherwise"
                return _hold(state, day, side, reason, claims)
        return state

    def _contested(
        self, state: State, day: int, today: Sequence[Evidence], near: Sequence[Evidence], total: dict[str, float]
    ) -> State:
        """R4 for a place that is held, and R2 for one that two sides hold each in part."""
        rules, holder = self.rules, state.sides[0]
        rivals = sorted({c.side for c in today} - {holder})
        parts = [c for c in today if c.side != holder and c.extent == "part"]
        if parts and state.rule_id == "R2" and all(c.extent == "part" for c in state.claims):
            return opened(day, (*state.claims, *parts))._replace(sieges=state.sieges)
        recent = weights(_camps(near), rules.own_word)
        whole = weights(_camps(c for c in near if c.extent == "all"), rules.own_word)
        least = max(rules.corroborated, recent.get(holder, 0.0))
        strong = [s for s in rivals if whole.get(s, 0.0) >= rules.corroborated and whole[s] > recent.get(holder, 0.0)]
        if len(strong) == 1:
            claims = _of(strong[0], near)
            reason = f"{strong[0]} is said to hold it from {iso(day)} on, and more say so than otherwise"
            return _hold(state, day, strong[0], f"{reason}, though nobody tells how it came in", claims)
        equal = [s for s in rivals if total.get(s, 0.0) >= total.get(holder, 0.0) or recent.get(s, 0.0) >= least]
        if not equal:
            return state
        sides = tuple(sorted({holder, *equal}))
        claims = tuple(dict.fromkeys((*state.claims, *(c for side in equal for c in _of(side, near)))))
        reason = f"held by {holder} by what was known, and by {joined(equal)} in what is told of {iso(day)}"
        return State(
            day, day, "contested", sides, "R4", f"{reason}: neither outweighs the other", claims,
            all(c.partisan for c in claims), sieges=state.sieges,
        )  # fmt: skip


def _hold(state: State, day: int, side: str, reason: str, claims: tuple[Evidence, ...]) -> State:
    sieges = tuple(siege for siege in state.sieges if siege.side != side)
    return State(day, day, "held", (side,), "R4", reason, claims, all(c.partisan for c in claims), sieges=sieges)


def _still_held(state: State, day: int, refuted: Sequence[Event]) -> State:
    """R4: where nobody is known to hold the place, whoever is said to have lost it in captures that were none."""
    claims = tuple(c for event in refuted for c in event.claims)
    losers = {c.opponent_side for c in claims} - {None, "unknown", *(event.side for event in refuted), *state.gone}
    if len(losers) != 1:
        return state
    (side,) = losers
    reason = f"said to be taken from {side} {when(refuted)}, which more deny or contradict than say it"
    made = tuple(c for c in claims if c.opponent_side == side)
    return State(day, day, "held", (str(side),), "R4", reason, made)


def _reversed(before: State, after: State, days: int) -> bool:
    """R3: whether one side's capture is undone by another's within so many days."""
    return (
        before.status == after.status == "held"
        and before.rule_id == after.rule_id == "R1"
        and before.sides != after.sides
        and before.claims[0].claim_type in GAINS
        and after.since - before.since <= days
    )


def _of(side: str, claims: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted((c for c in claims if c.side == side), key=lambda c: (c.last, c.claim_id)))


def _most_of_others(found: dict[str, float], side: str) -> float:
    return max((weight for other, weight in found.items() if other != side), default=0.0)


def _camps(claims: Iterable[Evidence]) -> list[tuple[Evidence, str]]:
    return [(claim, claim.side) for claim in claims]


def _append(states: list[State], state: State) -> None:
    """Add ``state`` where it is a new one; one that begins on the same day as the last takes its place."""
    if state is states[-1]:
        return
    if states[-1].at == state.at:
        states[-1] = state
    else:
        states.append(state)
