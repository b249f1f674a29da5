"""R2: holds that open where nobody is known to hold the place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transforms.control.events import Evidence
from transforms.control.holds import State, iso, joined
from transforms.control.weighing import Statements, Told


def opened_by(state: State, day: int, told: Told, said: Statements, until: int) -> State:
    """``state``, or the hold that what is told opens on ``day``: claims of control do, otherwise those of a siege
    for whom they name as besieged, and on the last day of which they speak: who was inside before, they do not say.
    None opens for a side of which more is denied than said."""
    if not state.is_open:
        return state
    today = sorted({*told.begin, *told.end}, key=lambda c: c.claim_id)
    holding = [c for c in today if c.claim_type == "control"]
    inside = [_of_the_besieged(c) for c in today if c.claim_type == "siege" and c.last == day and _names_whom(c)]
    for claims in (holding, inside):
        openers = [c for c in claims if _opening(c, state) == day]
        refused = {s for s in {c.side for c in openers} if said.refuses(s, day, _of(s, openers), until)}
        openers = [c for c in openers if c.side not in refused]
        if openers:
            return opened(day, openers, "hold" if claims is holding else "be besieged in")
    return state


def opened(day: int, openers: Sequence[Evidence], doing: str = "hold") -> State:
    """The hold that claims of control open: contested where they tell of several sides."""
    sides = tuple(sorted({c.side for c in openers}))
    parts = all(c.extent == "part" for c in openers)
    claims, claimed = tuple(openers), all(c.partisan for c in openers)
    if len(sides) == 1:
        what = f"said to {doing} part of it" if parts else f"said to {doing} it"
        reason = f"{sides[0]} is {what} on {iso(day)}, of which nothing else is known"
        return State(day, day, "held", sides, "R2", reason, claims, claimed)
    how = "each in part" if parts else "from the same day on"
    reason = f"{joined(sides)} are said to {doing} it, {how} ({iso(day)})"
    return State(day, day, "contested", sides, "R2", reason, claims, claimed)


def _names_whom(siege: Evidence) -> bool:
    return siege.opponent_side not in (None, "unknown", siege.side)


def _of_the_besieged(siege: Evidence) -> Evidence:
    """What a siege tells of those inside: that they hold the place. It serves them where it does not serve whoever
    tells of it."""
    assert siege.opponent_side is not None
    return siege._replace(
        claim_type="control", side=siege.opponent_side, opponent_side=siege.side,
        partisan=siege.against_interest, against_interest=siege.partisan,
    )  # fmt: skip


def _opening(claim: Evidence, state: State) -> int | None:
    """The day on which ``claim`` would open a hold after ``state``: its first that nothing covers, as far as it vouches
    for it. One that reaches over the begin of ``state`` vouches for its own last day only."""
    assert claim.first is not None
    assert claim.last is not None
    begin = state.since + 1 if claim.side in state.gone else state.since
    if claim.first >= begin:
        return claim.first
    return claim.last if claim.last >= begin else None


def _of(side: str, claims: Iterable[Evidence]) -> list[Evidence]:
    return [c for c in claims if c.side == side]
