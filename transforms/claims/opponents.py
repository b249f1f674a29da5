"""Who stands against whom in a claim: what other sentences of the report tell, where its own names but one side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from configs.model import Side
from transforms.claims.actors import ActorMention
from transforms.claims.claim import Claim, on_other_days
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention

_SIEGES = frozenset({"siege", "siege_lifted"})
_CONTESTS = frozenset({"capture", "repelled", "advance", "offensive", "siege", "siege_lifted"})
_ATTACKS = frozenset({"capture", "advance", "offensive", "siege"})
_LIKELY = {"siege": _ATTACKS - {"offensive"}, "capture": frozenset({"capture", "control"})}
"""What else an actor must be told to do to be the one who besieges or has taken a place: whoever attacks it may not."""
_MODIFYING = frozenset({"adjective", "state"})
"""Kinds of mentions that name nobody who fights."""
_DEFENDED = frozenset({"siege", "repelled"})


class Relations(NamedTuple):
    """Whom each side does not fight: by its code, those of others."""

    allies: Mapping[str, frozenset[str]]
    spared: Mapping[str, frozenset[str]]
    """Its allies, and those it mostly leaves alone: no opponents where nobody says so."""


def relations_of(sides: Iterable[Side]) -> Relations:
    """The relations between a theatre's sides."""
    known = tuple(sides)
    allies = {s.side_id: frozenset(s.allies) for s in known}
    return Relations(allies, {s.side_id: allies[s.side_id] | frozenset(s.wary) for s in known})


def opposed(claims: Sequence[Claim], seen: Scene, relations: Relations) -> list[Claim]:
    """The claims with actors and opponents that only other sentences name, and without friends for opponents."""
    there, spared = by_place(claims), relations.spared
    named = [
        _by_enemy(_with_actor(_without_friend(c, relations.allies), there[c.place_id]), seen, spared) for c in claims
    ]
    holders = _holders(named)
    named = [_with_defender(c, holders) for c in named]
    sides = {a.side: a for a in reversed(seen.actors) if a.kind not in _MODIFYING}
    named = [_with_opponent(_with_holder(c, holders, spared), seen, sides, relations) for c in named]
    there = by_place(named)
    named = [_with_loser(c, there[c.place_id], seen, relations.allies) for c in named]
    return _with_rivals(named, holders, seen, spared)


def by_place(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    """Claims by the id of their place, in their order."""
    there: dict[str, list[Claim]] = {}
    for claim in claims:
        there.setdefault(claim.place_id, []).append(claim)
    return there


def _with_actor(claim: Claim, there: Sequence[Claim]) -> Claim:
    """Who wages an operation or siege that is only mentioned: whoever else is told to attack that place."""
    if claim.actor_side != "unknown" or claim.claim_type not in ("offensive", "siege", "capture"):
        return claim
    likely = _LIKELY.get(claim.claim_type, _ATTACKS)
    had = _had_taken(claim, [c for c in there if c.actor_side != "unknown"])
    if had is not None and claim.opponent_side is None:
        claim = _against(claim, had)
    for other in there:
        if claim.claim_type == "capture" and on_other_days(other, claim):
            continue  # "fell to rebels in 2014 and was retaken in 2017"
        if claim.claim_type == "capture" and _held_before(other, claim):
            return _against(claim, other)  # "X, held by B since 2016, was taken"
        if other.claim_type in likely and other.actor_side not in ("unknown", claim.opponent_side):
            return claim._replace(actor_id=other.actor_id, actor_side=other.actor_side, actor_text=other.actor_text)
    return claim


def _held_before(hold: Claim, capture: Claim) -> bool:
    """Whether the text dates the hold from before the capture: it is what ended."""
    begun, taken = hold.date_start, capture.date_start
    dated = hold.claim_type == "control" and hold.date_basis in ("explicit", "relative")
    return dated and begun is not None and taken is not None and begun < taken


def _with_rivals(
    claims: Sequence[Claim],
    holders: Mapping[str, Mapping[str, Claim]],
    seen: Scene,
    spared: Mapping[str, frozenset[str]],
) -> list[Claim]:
    """Each claim with the rival of whom it tells, where it names but one side."""
    if not any(c.claim_type in _DEFENDED and c.actor_side == "unknown" for c in claims):
        return list(claims)
    spoken = Counter(a.side for a in seen.actors if a.kind != "state")
    first = {a.side: a for a in reversed(seen.actors)}
    return [_with_rival(c, holders, seen, spoken, first, spared) for c in claims]


def _with_rival(
    claim: Claim,
    holders: Mapping[str, Mapping[str, Claim]],
    seen: Scene,
    spoken: Mapping[str, int],
    first: Mapping[str, ActorMention],
    spared: Mapping[str, frozenset[str]],
) -> Claim:
    """Who besieges or defends a place where the report names only the other side, or who holds what is besieged: the
    enemy of that side of whom it speaks most."""
    if claim.claim_type not in _DEFENDED or claim.actor_side != "unknown" or claim.actor_text is not None:
        return claim  # "encircled by tribal fighters" names them
    held = list(holders.get(claim.place_id, {}).values())
    if claim.opponent_side is None and claim.claim_type == "siege" and len(held) == 1:
        claim = _against(claim, held[0])
    if claim.opponent_side is None:
        return claim
    other = claim._replace(actor_side=claim.opponent_side)
    enemies = [side for side in spoken if _enemy(first[side]._replace(kind="name"), other, spared)]
    if not enemies:
        return claim
    side = max(enemies, key=lambda s: (spoken[s], s))
    named = first[side]
    return claim._replace(actor_id=named.actor_id, actor_side=side, actor_text=seen.span(named.first, named.last))


def _by_enemy(claim: Claim, seen: Scene, spared: Mapping[str, frozenset[str]]) -> Claim:
    """Who took what fell from somebody: the enemy of the loser whom the sentence names."""
    if claim.claim_type != "capture" or claim.actor_side != "unknown" or claim.opponent_side is None:
        return claim
    loser = claim._replace(actor_side=claim.opponent_side)
    sentence = seen.sentences[claim.sentence_no]
    enemies = {a.side: a for a in seen.actors_in(sentence.first, sentence.last) if _enemy(a, loser, spared)}
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
    claim: Claim, holders: Mapping[str, Mapping[str, Claim]], spared: Mapping[str, frozenset[str]]
) -> Claim:
    """Whom an attack is against where the frame names nobody: the one enemy who is said to hold the place."""
    if claim.opponent_side is not None or claim.claim_type not in _ATTACKS or claim.actor_side == "unknown":
        return claim
    friends = spared.get(claim.actor_side, frozenset()) | {claim.actor_side}
    enemies = [h for side, h in holders.get(claim.place_id, {}).items() if side not in friends]
    if len(enemies) != 1:
        return claim
    held = enemies[0]
    return _against(claim, held)


def _with_loser(claim: Claim, there: Sequence[Claim], seen: Scene, allies: Mapping[str, frozenset[str]]) -> Claim:
    """Who lost a place that was taken where nothing near says so: who left it, who had taken it before, or who is told
    right afterwards to have drawn back."""
    if claim.claim_type != "capture" or claim.opponent_side is not None or claim.actor_side == "unknown":
        return claim
    friends = allies.get(claim.actor_side, frozenset()) | {claim.actor_side, "unknown"}
    enemies = [c for c in there if c.actor_side not in friends and _gone(c)]
    left = next((c for c in enemies if c.claim_type == "withdrawal" and not on_other_days(c, claim)), None)
    loser = left or _had_taken(claim, enemies)
    if loser is not None:
        return _against(claim, loser)
    behind = seen.sentences[claim.sentence_no + 1 : claim.sentence_no + _AFTERWARDS]
    here = [s for s in behind if not any(_left_there(seen, p, claim) for p in seen.places_in(s.first, s.last))]
    spoken = (a for s in here for a in seen.actors_in(s.first, s.last) if _enemy(a, claim, allies))
    gone = next((a for a in spoken if _leaves(seen, a)), None)
    if gone is None:
        return claim
    words = seen.span(gone.first, gone.last)
    return claim._replace(opponent_id=gone.actor_id, opponent_side=gone.side, opponent_text=words)


_AFTERWARDS = 3
"""Sentences, its own among them, in which it is told of a capture who then drew back."""


def _gone(claim: Claim) -> bool:
    """Whether somebody has left or taken the place, or denies to have left it."""
    return claim.status == "happened" or (claim.claim_type == "withdrawal" and claim.status == "denied")


def _left_there(seen: Scene, place: PlaceMention, claim: Claim) -> bool:
    """Whether it is another place that they may have left: not one to which they go."""
    return place.place_id != claim.place_id and seen.words.norms[place.first - 1] in ("from", "in", "of", "around")


def _had_taken(claim: Claim, others: Iterable[Claim]) -> Claim | None:
    """The last of others' captures that the text puts before this one: whoever took the place then, loses it now."""
    taken = claim.date_start if claim.claim_type == "capture" else None
    earlier = [c for c in others if c.claim_type == "capture" and taken and c.date_end and c.date_end < taken]
    return max(earlier, key=lambda c: (c.date_end, c.claim_id), default=None)


def _leaves(seen: Scene, actor: ActorMention) -> bool:
    """Whether right behind the actor it is told that it leaves something."""
    reach = range(actor.last, actor.last + _FOUGHT)
    return any(t.first in reach for t in seen.triggers if t.rule.type == "withdrawal")


def _against(claim: Claim, by: Claim) -> Claim:
    """``claim`` with the actor of another claim as its opponent."""
    return claim._replace(opponent_id=by.actor_id, opponent_side=by.actor_side, opponent_text=by.actor_text)


def _with_opponent(claim: Claim, seen: Scene, sides: Mapping[str, ActorMention], relations: Relations) -> Claim:
    """Take the nearest enemy named in the sentence, or in the one before, where the frame itself names none."""
    if claim.opponent_side is not None or claim.claim_type not in _CONTESTS or claim.actor_side == "unknown":
        return claim
    sentence = seen.sentences[claim.sentence_no]
    before = seen.sentences[max(0, claim.sentence_no - 1)]
    spoken = [*seen.actors_in(sentence.first, sentence.last), *seen.actors_in(before.first, before.last)]
    others = (a for a in spoken if seen.span(a.first, a.last) != claim.actor_text and not _partner(seen, a, claim))
    enemies = [
        a
        for a in others
        if _enemy(a, claim, relations.spared) or (_enemy(a, claim, relations.allies) and _in_the_fight(seen, a))
    ]
    enemy = min(enemies, key=lambda a: _apart(seen, claim, a), default=None)
    if enemy is None and claim.claim_type in _SIEGES:
        enemies = [a for a in sides.values() if _enemy(a, claim, relations.spared) and not _partner(seen, a, claim)]
        enemy = enemies[0] if len(enemies) == 1 else None
    if enemy is None:
        return claim
    words = seen.span(enemy.first, enemy.last)
    return claim._replace(opponent_id=enemy.actor_id, opponent_side=enemy.side, opponent_text=words)


def _partner(seen: Scene, actor: ActorMention, claim: Claim) -> bool:
    """Whether the actor stands beside the claim's own: "the YPG and FSA brigades had cut the road"."""
    norms = seen.words.norms
    if actor.first < 2 or norms[actor.first - 1] not in _ALONGSIDE:
        return False
    beside = seen.actor_at.get(actor.first - 2)
    if beside is None or "between" in norms[max(0, beside.first - 2) : beside.first]:
        return False  # "clashes between A and B"
    return seen.span(beside.first, beside.last) == claim.actor_text


_ALONGSIDE = frozenset({"and", "&", "alongside"})


def _in_the_fight(seen: Scene, actor: ActorMention) -> bool:
    """Whether the words beside an actor say that somebody fights it or that it left: "after clashes with A", "from A",
    "as A pulled out"."""
    before = seen.words.norms[max(0, actor.first - _FOUGHT) : actor.first]
    if "against" in before or "from" in before:
        return True
    return _leaves(seen, actor) or (
        "with" in before
        and any(actor.first - _FOUGHT <= t.last < actor.first for t in seen.triggers if t.rule.type == "clash")
    )


_FOUGHT = 3
"""Tokens between an actor and what tells that it is in the fight ("clashes with the", "had already left")."""


def _apart(seen: Scene, claim: Claim, actor: ActorMention) -> tuple[bool, int]:
    """How far from a claim's quote an actor is named; one of the sentence before comes last, the first named there
    before others."""
    first, last = seen.words.starts[actor.first], seen.words.ends[actor.last - 1]
    if first < seen.sentences[claim.sentence_no].start:
        return True, first
    return False, max(0, claim.char_start - last, first - claim.char_end)


def _enemy(actor: ActorMention, claim: Claim, spared: Mapping[str, frozenset[str]]) -> bool:
    friends = spared.get(claim.actor_side, frozenset()) | {claim.actor_side, "unknown"}
    named = actor.kind not in _MODIFYING and actor.side not in friends
    return named and claim.actor_side not in spared.get(actor.side, ())
