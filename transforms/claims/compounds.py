"""Compounds that say who holds a place: "rebel-held X", "opposition areas of X", "X, a rebel-held town"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.claims.actors import ActorMention
from transforms.claims.frame import Frame, frames_for
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.objects import Objects, objects
from transforms.claims.parts import borough_of
from transforms.claims.scene import Scene
from transforms.claims.subject_places import subject_places
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence

_PERFECT = frozenset({"has", "have", "had"})


def held(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """A compound before its place: "rebel-held X", "the IS controlled town of X", "besieged X"."""
    holder = scene.actor_at.get(t.first - 1)
    if t.rule.type == "control" and (holder is None or _is_verb(scene, t, holder, lex)):
        return
    if t.rule.type == "siege" and not scene.hyphenated(t.first - 1):
        owner = scene.words.texts[t.first - 1].endswith(("'s", "’s"))
        if (holder is not None and holder.kind != "adjective" and not owner) or scene.words.norms[
            t.first - 1
        ] in _PERFECT:
            return  # "the army besieged X"
        holder = None
    head = holder.first if holder is not None else t.first
    apposed = _apposed(scene, sentence, head, t, lex)
    found = Objects((apposed,)) if apposed else objects(scene, sentence, t.last, lex, direct=False, reach=8)
    if not found.places and holder is not None and scene.words.norms[holder.first - 1] in lex.be:
        found = subject_places(scene, sentence, holder.first - 1, lex)
    if not found.places:
        return
    named_before = found.places[0].described or found.places[0].last <= head
    if named_before and "other" in scene.words.norms[head - 2 : head]:
        return  # "X and two other rebel-held areas"
    between = scene.words.norms[t.last : max(t.last, found.places[0].first)]
    indefinite = not apposed and _indefinite(scene, sentence, head)
    spot = bool(between) and between[0] in lex.spots and any(w in lex.within for w in between)
    if (
        spot
        or _elsewhere(t, found.places[0], between, lex)
        or (indefinite and _unnamed(found.places[0], t, between, lex))
    ):
        return
    part = found.part or scene.words.norms[t.first] in lex.ground
    yield from frames_for(t, found._replace(part=part, holder=None), holder, None)


def _elsewhere(t: Trigger, place: PlaceMention, between: Sequence[str], lex: Grammar) -> bool:
    """Whether what is held only lies beside the place, or what is besieged in it: "a rebel-held area near X"."""
    suburb = not lex.boroughs.isdisjoint(lex.outlying.intersection(between))
    if (t.rule.type == "siege" or suburb) and borough_of(between, place, lex):
        return True  # "the besieged, rebel-held suburb of X"
    if between[1:2] == ("of",):
        between = between[1:]  # "the rebel-held east of X" lies in X
    if between and between[-1] not in lex.within and (between[-1] in lex.attributes or between[-1] in lex.locating):
        between = between[:-1]  # "rebel-held west X"
    people = not lex.civilians.isdisjoint(between)
    inside = t.rule.type == "siege" and not people and any(w in lex.within for w in between)
    return inside or any(w in lex.apart for w in between)


def _unnamed(place: PlaceMention, t: Trigger, between: Sequence[str], lex: Grammar) -> bool:
    """Whether the noun phrase with "a" names no place: "a rebel-held village in Hama" is neither Hama nor a part by
    which it is known; nor does it speak of what was named before it."""
    if place.last <= t.first:
        return True
    noun = not lex.outlying.isdisjoint(between)
    return "in" in between and (noun or (place.kind == "governorate" and not lex.anaphors.keys().isdisjoint(between)))


def _is_verb(scene: Scene, t: Trigger, holder: ActorMention, lex: Grammar) -> bool:
    """Whether "A controlled the town" or "the Syrian areas" stands there, and no "A-controlled town", "A areas"."""
    norms = scene.words.norms
    if norms[t.first] in lex.ground:
        return norms[holder.first] in lex.attributes or scene.hyphenated(t.first - 1)
    if any(v.first == t.first and v.rule.type == "capture" for v in scene.triggers) and not scene.hyphenated(
        t.first - 1
    ):
        return True  # "the army occupied X"
    if holder.kind != "adjective" and t.last in scene.place_at and not scene.hyphenated(t.first - 1):
        return True  # "rebels held X"
    behind = norms[t.last : t.last + 1]
    if behind and behind[0] in lex.heads and not scene.hyphenated(t.first - 1):
        return True  # "the opposition held talks in X"
    return (
        not scene.hyphenated(t.first - 1)
        and bool(behind)
        and (behind[0] in lex.determiners or behind[0] in lex.definite)
    )


def _apposed(scene: Scene, sentence: Sentence, head: int, t: Trigger, lex: Grammar) -> PlaceMention | None:
    """The place that a noun phrase with "a" explains: "X, a rebel-held town", "X is one of the rebel-held towns"."""
    norms, j = scene.words.norms, head - 1
    if not any(norms[k] in lex.anaphors for k in range(t.last, min(sentence.last, t.last + 3))):
        return None
    openers = lex.indefinite | {"one"}
    while j > max(sentence.first, head - _LEAD) and norms[j] not in openers:
        if j in scene.place_at or norms[j] in STOPS or norms[j] in lex.governing:
            return None
        j -= 1
    if norms[j] not in openers:
        return None
    while j > sentence.first and (norms[j - 1] == "," or norms[j - 1] in lex.be or norms[j - 1] in lex.adverbs):
        j -= 1
    place = scene.place_at.get(j - 1)
    return None if place is None or place.described or place.kind == "country" else place


_LEAD = 5
"""Tokens between "a" and the holder."""


def _indefinite(scene: Scene, sentence: Sentence, i: int) -> bool:
    """Whether "a" or "an" opens the noun phrase at token i: it speaks of no place named before."""
    return any(w in ("a", "an", "another") for w in scene.words.norms[max(sentence.first, i - 3) : i])
