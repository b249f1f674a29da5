"""R8: sieges, which lie on top of whatever is believed of the holder."""

from __future__ import annotations

from transforms.control.holds import Siege, State
from transforms.control.weighing import Told


def besieged(state: State, day: int, told: Told) -> State:
    """The state after the sieges that begin on ``day``, or are said to last up to it.

    Who holds the place, or a part of it, does not besiege it. What is told of the very day of a change of hands may
    still speak of the time before.
    """
    claims = sorted((c for c in (*told.begin, *told.end) if c.claim_type == "siege"), key=lambda c: c.claim_id)
    if not claims or state.is_open or (state.rule_id == "R1" and state.since == day):
        return state
    there = {siege.side for siege in state.sieges} | set(state.sides)
    coming = sorted({c.side for c in claims if c.side not in there})
    if not coming:
        return state
    new = (Siege(side, day, tuple(dict.fromkeys(c for c in claims if c.side == side))) for side in coming)
    return state._replace(at=day, sieges=tuple(sorted((*state.sieges, *new))))


def lifted(state: State, day: int, told: Told) -> State:
    """The state after the liftings of ``day``: of the siege by the opponent that one names, otherwise of all."""
    ended: set[str] = set()
    for claim in told.end:
        if claim.claim_type == "siege_lifted":
            named = claim.opponent_side not in (None, "unknown", *state.sides)
            ended |= {
                siege.side for siege in state.sieges if not named or siege.side in (claim.opponent_side, "unknown")
            }
    if not ended:
        return state
    return state._replace(at=day, sieges=tuple(siege for siege in state.sieges if siege.side not in ended))
