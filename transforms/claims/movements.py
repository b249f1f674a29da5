"""Shapes of moving and fighting: advances, withdrawals, attacks, and attacks that fail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.claims.actors import UNKNOWN, ActorMention
from transforms.claims.arguments import (
    actor_from,
    agent,
    clause_end,
    clause_start,
    harmed,
    subject,
)
from transforms.claims.doers import doer_of
from transforms.claims.frame import (
    Frame,
    after_preposition,
    frames_for,
    in_passive,
    passive_frames,
    unnamed,
    where,
)
from transforms.claims.grammar import Grammar
from transforms.claims.objects import Objects, objects
from transforms.claims.rebuffs import THEM, attacked, beaten_back
from transforms.claims.scene import Scene
from transforms.claims.subject_places import subject_places
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


def moves(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A advanced into X"."""
    if in_passive(scene, sentence, t, lex):
        return
    found = after_preposition(scene, sentence, t, lex, 7)
    if found is None and t.rule.type != "offensive":  # "X, where rebels battle the army" is no battle for X
        found = where(scene, sentence, t, lex)
    if found is None:
        return
    doer = doer_of(scene, sentence, t, lex)
    if doer is not None and doer.side != UNKNOWN:
        yield from frames_for(t, found, doer, None)


def leaves(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "B withdrew from X", "X was abandoned by B"; civilians who leave are no withdrawal."""
    passive = in_passive(scene, sentence, t, lex)
    if t.rule.preps:
        found = after_preposition(scene, sentence, t, lex, 6) or _own_place(scene, sentence, t, lex)
    else:
        found = subject_places(scene, sentence, t.first, lex) if passive else objects(scene, sentence, t.last, lex)
    if found is None or not found.places:
        return
    doer = _leaver(scene, sentence, t, passive, lex)
    if doer is None or not lex.left_as.isdisjoint(scene.words.norms[found.end : found.end + 2]):
        return  # "left X in ruins"
    if _only_civilians(scene.words.norms[doer.last : t.first], lex):
        return
    if not lex.weapons.isdisjoint(unnamed(scene, t.last, found.end)):
        return
    if (found.part and not _all_their_own(scene.words.norms[t.last : found.places[0].first], lex)) or (
        t.form == "gerund" and harmed(scene.words.norms[doer.last : t.first], lex)
    ):
        return  # "were killed while fleeing from X"
    yield from frames_for(t, found._replace(holder=None), doer, None)


def _own_place(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects | None:
    """Where those are who leave for good: "the last rebels in X left", "B in X departed for Y", "X's fighters left
    under a deal"; whoever else leaves may come back."""
    norms, doer = scene.words.norms, subject(scene, sentence, t.first, lex)
    if doer is None:
        return None
    behind = norms[t.last : clause_end(scene, sentence, t.last, lex)]
    gone = behind[:1] == ("for",) and t.last + 1 in scene.place_at
    counted = norms[max(sentence.first, doer.first - _OF_ALL) : doer.first + 1]
    if not gone and lex.deals.isdisjoint(behind) and lex.final.isdisjoint(counted):
        return None
    if norms[doer.last] in lex.within:
        found = objects(scene, sentence, doer.last + 1, lex, direct=False)
        return found if found.places and t.first - found.end <= _BEFORE_LEAVING and not found.part else None
    owner = next((p for p in scene.places_in(max(sentence.first, doer.first - _OF_ALL), doer.first)), None)
    possessive = owner is not None and scene.words.texts[owner.last - 1].endswith(("'s", "’s", "s'", "s’"))
    return Objects((owner,), end=t.last) if owner is not None and possessive else None


_OF_ALL = 4
"""Tokens from "the last" or "X's" to whom they speak of."""
_BEFORE_LEAVING = 3
"""Tokens between a place and the verb ("have begun to")."""


def _leaver(scene: Scene, sentence: Sentence, t: Trigger, passive: bool, lex: Grammar) -> ActorMention | None:
    """Who withdrew or, of a place in the passive, who abandoned it."""
    clause = clause_start(scene, sentence, t.first, lex)
    if scene.words.norms[clause] in lex.persons:
        return doer_of(scene, sentence, t, lex)  # "said rebels had come and that it was leaving"
    if t.rule.preps:
        named = subject(scene, sentence, t.first, lex)
        if named is not None or passive:
            return named
    elif passive:
        return agent(scene, t.last, sentence.last)
    return doer_of(scene, sentence, t, lex)


def _all_their_own(between: Sequence[str], lex: Grammar) -> bool:
    """Whether all that somebody has there is given up: "left its last positions in X"."""
    owned = "its" in between or "their" in between
    return owned and lex.quantities.isdisjoint(between) and not lex.remnants.isdisjoint(between)


def _only_civilians(norms: Sequence[str], lex: Grammar) -> bool:
    """Whether civilians stand before the verb, and not beside fighters ("fighters and their families left")."""
    first = next((i for i, word in enumerate(norms) if word in lex.civilians), None)
    return first is not None and "and" not in norms[:first]


def attacks(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A attacked X", unless from afar."""
    if in_passive(scene, sentence, t, lex):
        yield from passive_frames(scene, sentence, t, lex)
        return
    found = objects(scene, sentence, t.last, lex)
    if not found.places:
        return
    doer = doer_of(scene, sentence, t, lex)
    clause = clause_start(scene, sentence, t.first, lex), clause_end(scene, sentence, t.last, lex)
    from_afar = not lex.weapons.isdisjoint(unnamed(scene, *clause))
    if doer is not None and not from_afar:
        yield from frames_for(t, found, doer, None)


def repels(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A repelled an attack by B on X": the defender is the actor."""
    norms, end = scene.words.norms, sentence.last
    passive = in_passive(scene, sentence, t, lex)
    window = range(max(sentence.first, t.first - 12), t.first) if passive else range(t.last, min(end, t.last + 9))
    nouns = [j for j in window if norms[j] in lex.attack_nouns]
    if not nouns:
        them = not passive and not THEM.isdisjoint(norms[t.first : t.last + 1])
        yield from (_driven_back if passive else beaten_back if them else _kept_out)(scene, sentence, t, lex)
        return
    noun = nouns[0]
    if passive:
        defender = agent(scene, t.last, end)
        attacker = agent(scene, noun, t.first, ("by",), 3) or subject(scene, sentence, noun + 1, lex)
    else:
        defender = doer_of(scene, sentence, t, lex)
        attacker = actor_from(scene, t.last, noun) or agent(scene, noun, end, ("by", "from", "of"), 8)
    if defender is not None and attacker is not None and attacker is not defender and attacker.side == defender.side:
        return
    if attacker is None and norms[t.first] in lex.halting:
        return
    ahead = _first_places(scene, noun + 1, end)
    if ahead and not _ROADS.isdisjoint(norms[noun : ahead[0].first]):
        return  # "an attack on the road linking X and Y"
    before = None if ahead else attacked(scene, sentence.first, t.first)
    near = ahead or ([before] if before is not None else _first_places(scene, sentence.first, t.first)[-1:])
    found = objects(scene, sentence, near[0].first, lex, direct=False) if near else Objects()
    yield from frames_for(t, found._replace(part=False), defender, attacker if attacker is not defender else None)


_ROADS = frozenset({"linking", "between", "connecting"})


def _driven_back(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "B attacked X but was driven back by A"."""
    norms = scene.words.norms
    if not _NOT.isdisjoint(norms[max(sentence.first, t.first - _DENIED) : t.first]):
        return  # "does not mean that they have been defeated"
    attacker, defender = subject(scene, sentence, t.first, lex), agent(scene, t.last, sentence.last)
    near = [p for p in scene.places_in(sentence.first, t.first) if p.kind != "country" and not p.area]
    edge = norms[t.last : t.last + _EDGE]
    if "from" in edge and not lex.edges.isdisjoint(edge):
        near = _first_places(scene, t.last, sentence.last)[:1]  # "pushed back from the outskirts of X"
    if attacker is not None and near and (defender is None or defender.side != attacker.side):
        yield from frames_for(t, Objects(tuple(near[-1:])), defender, attacker)


_NOT = frozenset({"not", "never"})
_DENIED = 8
"""Tokens before "defeated" in which it is denied."""
_EDGE = 4
"""Tokens from "pushed back" to whence."""


def _kept_out(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A repelled B, who were trying to storm X"."""
    norms = scene.words.norms
    attacker = actor_from(scene, t.last, min(sentence.last, t.last + 4))
    trying = next((j for j in range(t.last, min(sentence.last, t.last + _TRYING)) if norms[j] in lex.trying), None)
    if attacker is None or trying is None or trying < attacker.last:
        return
    near = _first_places(scene, trying, min(sentence.last, trying + _TRYING))
    defender = doer_of(scene, sentence, t, lex)
    if near and defender is not None and defender.side != attacker.side:
        yield from frames_for(t, Objects((near[0],)), defender, attacker)


_TRYING = 9
"""Tokens between "repelled" and "trying", and from there to the place."""


def _first_places(scene: Scene, first: int, last: int) -> list[PlaceMention]:
    found = dict.fromkeys(scene.place_at[i] for i in range(first, last) if i in scene.place_at)
    return [p for p in found if p.kind != "country"]
