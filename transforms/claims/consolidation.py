"""Within a report: one happening told three times is one claim with its clearest quote, its opponent filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from transforms.claims.actors import ActorMention
from transforms.claims.claim import STATES, Claim
from transforms.claims.scene import Scene

_SIEGES = frozenset({"siege", "siege_lifted"})
_CONTESTS = frozenset({"capture", "repelled", "advance", "offensive", "siege", "siege_lifted"})
_ATTACKS = frozenset({"capture", "advance", "offensive", "siege"})
_LIKELY = {"siege": _ATTACKS - {"offensive"}, "capture": frozenset({"capture", "control"})}
"""What else an actor must be told to do to be the one who besieges or has taken a place: whoever attacks it may not."""
_MODIFYING = frozenset({"adjective", "state"})
"""Kinds of mentions that name nobody who fights."""
_DATED = frozenset({"explicit", "relative"})
"""Bases of a date that the text gives."""
_BASIS_RANK = {"explicit": 0, "relative": 0, "published": 1, "unknown": 2}


def consolidate(claims: Sequence[Claim], seen: Scene, allies: Mapping[str, frozenset[str]]) -> list[Claim]:
    """Claims told once each, in order of their quotes."""
    there = _by_place(claims)
    named = [_by_enemy(_with_actor(_without_friend(c, allies), there[c.place_id]), seen, allies) for c in claims]
    holders = _holders(named)
    named = [_with_defender(c, holders) for c in named]
    sides = {a.side: a for a in reversed(seen.actors) if a.kind not in _MODIFYING}
    named = [_with_opponent(_with_holder(c, holders, allies), seen, sides, allies) for c in named]
    told = _told_once(_with_rivals(named, holders, seen, allies))
    there = _by_place(told)
    kept = [c for c in told if not _covered(c, there[c.place_id]) and not _aimless(c)]
    return sorted(kept, key=lambda c: (c.char_start, c.char_end, c.claim_type, c.place_id, c.actor_side))


def _by_place(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    there: dict[str, list[Claim]] = {}
    for claim in claims:
        there.setdefault(claim.place_id, []).append(claim)
    return there


def _told_once(claims: Iterable[Claim]) -> list[Claim]:
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.claim_type, claim.place_id, claim.status), []).append(claim)
    return [kept for group in groups.values() for kept in _merged(group)]


def _merged(group: list[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for claim in sorted(group, key=_clarity):
        twin = next((i for i, k in enumerate(kept) if _same_happening(k, claim)), None)
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


def _same_happening(a: Claim, b: Claim) -> bool:
    if a.claim_id == b.claim_id:
        return True  # the same words, read in two ways
    if a.actor_side != b.actor_side and "unknown" not in (a.actor_side, b.actor_side):
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
        return any(o.claim_type == "capture" and o.opponent_side == claim.actor_side for o in others)
    if claim.claim_type == "siege":
        return any(o.claim_type == "siege_lifted" and o.sentence_no == claim.sentence_no for o in others)
    if claim.claim_type == "offensive":
        failed = [o for o in others if o.claim_type == "repelled" and not _on_other_days(o, claim)]
        return any(o.opponent_side == claim.actor_side or o.sentence_no == claim.sentence_no for o in failed)
    return False


def _takes_all(capture: Claim, ground: Claim) -> bool:
    """Whether the whole place is taken by whoever takes ground in it: "took X and raised the flag over its centre"."""
    return capture.claim_type == "capture" and capture.actor_side == ground.actor_side


def _takes_away(capture: Claim, hold: Claim) -> bool:
    """Whether the hold of which a sentence speaks is what it tells the end of: "took X, the last stronghold of B"."""
    lost = capture.claim_type == "capture" and capture.sentence_no == hold.sentence_no
    return lost and capture.actor_side != hold.actor_side and capture.opponent_side == hold.actor_side


def _on_other_days(a: Claim, b: Claim) -> bool:
    """Whether the text itself puts two claims on different days."""
    told = a.date_basis in _DATED and b.date_basis in _DATED
    if not told or a.date_start is None or a.date_end is None or b.date_start is None or b.date_end is None:
        return False
    return a.date_end < b.date_start or b.date_end < a.date_start


def _with_actor(claim: Claim, there: Sequence[Claim]) -> Claim:
    """Who wages an operation or siege that is only mentioned: whoever else is told to attack that place."""
    if claim.actor_side != "unknown" or claim.claim_type not in ("offensive", "siege", "capture"):
        return claim
    likely = _LIKELY.get(claim.claim_type, _ATTACKS)
    for other in there:
        if claim.claim_type == "capture" and _on_other_days(other, claim):
            continue  # "fell to rebels in 2014 and was retaken in 2017"
        if other.claim_type in likely and other.actor_side not in ("unknown", claim.opponent_side):
            return claim._replace(actor_id=other.actor_id, actor_side=other.actor_side, actor_text=other.actor_text)
    return claim


def _with_rivals(
    claims: Sequence[Claim],
    holders: Mapping[str, Mapping[str, Claim]],
    seen: Scene,
    allies: Mapping[str, frozenset[str]],
) -> list[Claim]:
    """Each claim with the rival of whom it tells, where it names but one side."""
    if not any(c.claim_type in _DEFENDED and c.actor_side == "unknown" for c in claims):
        return list(claims)
    spoken = Counter(a.side for a in seen.actors if a.kind != "state")
    first = {a.side: a for a in reversed(seen.actors)}
    return [_with_rival(c, holders, seen, spoken, first, allies) for c in claims]


_DEFENDED = frozenset({"siege", "repelled"})


def _with_rival(
    claim: Claim,
    holders: Mapping[str, Mapping[str, Claim]],
    seen: Scene,
    spoken: Mapping[str, int],
    first: Mapping[str, ActorMention],
    allies: Mapping[str, frozenset[str]],
) -> Claim:
    """Who besieges or defends a place where the report names only the other side, or who holds what is besieged: the
    enemy of that side of whom it speaks most."""
    if claim.claim_type not in _DEFENDED or claim.actor_side != "unknown":
        return claim
    held = list(holders.get(claim.place_id, {}).values())
    if claim.opponent_side is None and claim.claim_type == "siege" and len(held) == 1:
        claim = _against(claim, held[0])
    if claim.opponent_side is None:
        return claim
    other = claim._replace(actor_side=claim.opponent_side)
    enemies = [side for side in spoken if _enemy(first[side]._replace(kind="name"), other, allies)]
    if not enemies:
        return claim
    side = max(enemies, key=lambda s: (spoken[s], s))
    named = first[side]
    return claim._replace(actor_id=named.actor_id, actor_side=side, actor_text=seen.span(named.first, named.last))


def _by_enemy(claim: Claim, seen: Scene, allies: Mapping[str, frozenset[str]]) -> Claim:
    """Who took what fell from somebody: the enemy of the loser whom the sentence names."""
    if claim.claim_type != "capture" or claim.actor_side != "unknown" or claim.opponent_side is None:
        return claim
    loser = claim._replace(actor_side=claim.opponent_side)
    sentence = seen.sentences[claim.sentence_no]
    enemies = {a.side: a for a in seen.actors_in(sentence.first, sentence.last) if _enemy(a, loser, allies)}
    if len(enemies) != 1:
        return claim
    winner = next(iter(enemies.values()))
    words = seen.span(winner.first, winner.last)
    return claim._replace(actor_id=winner.actor_id, actor_side=winner.side, actor_text=words)


def _without_friend(claim: Claim, allies: Mapping[str, frozenset[str]]) -> Claim:
    """Nobody takes a place from an ally: whom the sentence names beside the actor only stands by it."""
    if claim.claim_type != "capture" and claim.opponent_side in allies.get(claim.actor_side, frozenset()):
        return claim._replace(opponent_id=None, opponent_side=None, opponent_text=None)
    return claim


def _holders(claims: Iterable[Claim]) -> dict[str, dict[str, Claim]]:
    """By place and side, the first claim by which the side holds the place or defends it."""
    found: dict[str, dict[str, Claim]] = {}
    for claim in claims:
        if claim.claim_type in ("control", "repelled") and claim.status == "happened" and claim.actor_side != "unknown":
            found.setdefault(claim.place_id, {}).setdefault(claim.actor_side, claim)
    return found


def _with_defender(claim: Claim, holders: Mapping[str, Mapping[str, Claim]]) -> Claim:
    """Who keeps a place that was attacked in vain: the one side, not the attacker's, that is said to hold it."""
    if claim.claim_type != "repelled" or claim.actor_side != "unknown":
        return claim
    kept = [h for side, h in holders.get(claim.place_id, {}).items() if side != claim.opponent_side]
    if len(kept) != 1:
        return claim
    return claim._replace(actor_id=kept[0].actor_id, actor_side=kept[0].actor_side, actor_text=kept[0].actor_text)


def _with_holder(
    claim: Claim, holders: Mapping[str, Mapping[str, Claim]], allies: Mapping[str, frozenset[str]]
) -> Claim:
    """Whom an attack is against where the frame names nobody: the one enemy who is said to hold the place."""
    if claim.opponent_side is not None or claim.claim_type not in _ATTACKS or claim.actor_side == "unknown":
        return claim
    friends = allies.get(claim.actor_side, frozenset()) | {claim.actor_side}
    enemies = [h for side, h in holders.get(claim.place_id, {}).items() if side not in friends]
    if len(enemies) != 1:
        return claim
    held = enemies[0]
    return _against(claim, held)


def _against(claim: Claim, by: Claim) -> Claim:
    """``claim`` with the actor of another claim as its opponent."""
    return claim._replace(opponent_id=by.actor_id, opponent_side=by.actor_side, opponent_text=by.actor_text)


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


def _with_opponent(
    claim: Claim, seen: Scene, sides: Mapping[str, ActorMention], allies: Mapping[str, frozenset[str]]
) -> Claim:
    """Take the nearest enemy named in the sentence, or in the one before, where the frame itself names none."""
    if claim.opponent_side is not None or claim.claim_type not in _CONTESTS or claim.actor_side == "unknown":
        return claim
    sentence = seen.sentences[claim.sentence_no]
    before = seen.sentences[max(0, claim.sentence_no - 1)]
    spoken = [*seen.actors_in(sentence.first, sentence.last), *seen.actors_in(before.first, before.last)]
    others = (a for a in spoken if seen.span(a.first, a.last) != claim.actor_text)  # "the army" is another's elsewhere
    enemies = [a for a in others if _enemy(a, claim, allies)]
    enemy = min(enemies, key=lambda a: _apart(seen, claim, a), default=None)
    if enemy is None and claim.claim_type in _SIEGES:
        enemies = [a for a in sides.values() if _enemy(a, claim, allies)]
        enemy = enemies[0] if len(enemies) == 1 else None
    if enemy is None:
        return claim
    words = seen.span(enemy.first, enemy.last)
    return claim._replace(opponent_id=enemy.actor_id, opponent_side=enemy.side, opponent_text=words)


def _apart(seen: Scene, claim: Claim, actor: ActorMention) -> tuple[bool, int]:
    """How far from a claim's quote an actor is named; one of the sentence before comes last, the first named there
    before others."""
    first, last = seen.words.starts[actor.first], seen.words.ends[actor.last - 1]
    if first < seen.sentences[claim.sentence_no].start:
        return True, first
    return False, max(0, claim.char_start - last, first - claim.char_end)


def _enemy(actor: ActorMention, claim: Claim, allies: Mapping[str, frozenset[str]]) -> bool:
    friends = allies.get(claim.actor_side, frozenset()) | {claim.actor_side, "unknown"}
    named = actor.kind not in _MODIFYING and actor.side not in friends
    return named and claim.actor_side not in allies.get(actor.side, ())
