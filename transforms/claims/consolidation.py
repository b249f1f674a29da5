"""Within a report: one happening told three times is one claim with its clearest quote, its opponent filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transforms.claims.claim import STATES, Claim, on_other_days
from transforms.claims.opponents import Relations, by_place, opposed
from transforms.claims.scene import Scene

_PASSED_ON = frozenset({"capture", "handover"})
_BASIS_RANK = {"explicit": 0, "relative": 0, "published": 1, "unknown": 2}


def consolidate(claims: Sequence[Claim], seen: Scene, relations: Relations) -> list[Claim]:
    """Claims told once each, in order of their quotes."""
    told = _told_once(opposed(claims, seen, relations), relations)
    there = by_place(told)
    kept = [c for c in told if not _covered(c, there[c.place_id]) and not _aimless(c)]
    return sorted(kept, key=lambda c: (c.char_start, c.char_end, c.claim_type, c.place_id, c.actor_side))


def _told_once(claims: Iterable[Claim], relations: Relations) -> list[Claim]:
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.claim_type, claim.place_id, claim.status), []).append(claim)
    return [kept for group in groups.values() for kept in _merged(group, relations)]


def _merged(group: list[Claim], relations: Relations) -> list[Claim]:
    kept: list[Claim] = []
    for claim in sorted(group, key=_clarity):
        twin = next((i for i, k in enumerate(kept) if _same_happening(k, claim, relations)), None)
        if twin is None:
            kept.append(claim)
        elif (
            kept[twin].opponent_side is None
            and claim.opponent_side is not None
            and claim.opponent_side != kept[twin].actor_side
        ):
            kept[twin] = kept[twin]._replace(
                opponent_id=claim.opponent_id,
                opponent_side=claim.opponent_side,
                opponent_text=claim.opponent_text,
            )
    return kept


def _clarity(claim: Claim) -> tuple[object, ...]:
    return (
        claim.actor_side == "unknown", claim.claim_type in STATES and claim.date_start == claim.date_end,
        _BASIS_RANK[claim.date_basis], claim.date_prec, claim.opponent_side is None,
        claim.char_start, claim.char_end - claim.char_start, claim.claim_id,
    )  # fmt: skip


def _same_happening(a: Claim, b: Claim, relations: Relations) -> bool:
    if a.claim_id == b.claim_id:
        return True  # the same words, read in two ways
    if a.actor_side != b.actor_side and "unknown" not in (a.actor_side, b.actor_side):
        # "the jihadists took X, the second city to fall to rebels"
        together = a.sentence_no == b.sentence_no and b.actor_side in relations.allies.get(a.actor_side, ())
        if not together or a.claim_type != "capture":
            return False
    if a.date_basis in ("published", "unknown") or b.date_basis in ("published", "unknown") or a.claim_type in STATES:
        return True
    if a.date_start is None or a.date_end is None or b.date_start is None or b.date_end is None:
        return True
    return a.date_start <= b.date_end and b.date_start <= a.date_end


def _covered(claim: Claim, there: Sequence[Claim]) -> bool:
    """A plan beside the deed, or an attack beside its failure, is no claim of its own."""
    others = [o for o in there if o is not claim and o.status == "happened"]
    if claim.claim_type == "offensive" and claim.status == "planned":
        return any(o.claim_type in ("offensive", "capture", "repelled") for o in others)
    if claim.claim_type == "repelled" and "infiltrat" in claim.rule_id:
        return any(o.claim_type == "repelled" and o.sentence_no == claim.sentence_no for o in others)
    if claim.claim_type == "advance":
        near = [o for o in others if o.sentence_no == claim.sentence_no]
        if claim.rule_id.startswith("capture") and any(_takes_all(o, claim) for o in near):
            return True
        failed = [o for o in near if o.claim_type == "repelled"]
        return any(o.opponent_side == claim.actor_side for o in failed)
    if claim.claim_type == "control" and claim.date_basis == "published":
        return any(_takes_away(o, claim) for o in others)
    if claim.claim_type == "withdrawal":
        return any(o.claim_type in _PASSED_ON and o.opponent_side == claim.actor_side for o in others)
    if claim.claim_type == "siege":
        return any(o.claim_type == "siege_lifted" and o.sentence_no == claim.sentence_no for o in others)
    if claim.claim_type == "offensive":
        failed = [o for o in others if o.claim_type == "repelled" and not on_other_days(o, claim)]
        return any(o.opponent_side == claim.actor_side or o.sentence_no == claim.sentence_no for o in failed)
    return False


def _takes_all(capture: Claim, ground: Claim) -> bool:
    """Whether the whole place is taken by whoever takes ground in it: "took X and raised the flag over its centre"."""
    return capture.claim_type == "capture" and capture.actor_side == ground.actor_side


def _takes_away(capture: Claim, hold: Claim) -> bool:
    """Whether the hold of which a sentence speaks is what it tells the end of: "took X, the last stronghold of B"."""
    lost = capture.claim_type == "capture" and capture.sentence_no == hold.sentence_no
    return lost and capture.actor_side != hold.actor_side and capture.opponent_side == hold.actor_side


def _aimless(claim: Claim) -> bool:
    """An operation that nobody wages is a word, not a claim; whom the report names, though nobody knows them, does."""
    if (
        claim.claim_type not in ("offensive", "capture")
        or claim.actor_side != "unknown"
        or claim.opponent_side is not None
    ):
        return False
    return not claim.actor_text or claim.actor_text.lower().startswith(_POINTING)


_POINTING = ("the ", "its ", "their ", "his ")
"""How words begin that only point to somebody ("the group")."""
