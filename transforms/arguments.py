"""Where the arguments of a frame stand: subjects to the left, objects to the right, agents after "by".

All functions look at one :class:`~transforms.scene.Scene` and token positions, and give mentions or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.actors import ActorMention
from transforms.grammar import STOPS, Grammar
from transforms.places import PlaceMention
from transforms.scene import Scene
from transforms.text import Sentence


@dataclass(frozen=True, slots=True)
class Objects:
    """Places read to the right of a verb or preposition. ``part``: only part of them; ``holder``: "rebel-held" before them."""

    places: tuple[PlaceMention, ...] = ()
    part: bool = False
    holder: ActorMention | None = None
    end: int = 0


def clause_start(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> int:
    """The first token of the clause that token i stands in."""
    norms, bounds = scene.words.norms, lex.boundaries
    for j in range(i - 1, sentence.first - 1, -1):
        if norms[j] in bounds or norms[j] in STOPS:
            return j + 1
    return sentence.first


def clause_end(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> int:
    """The token after the clause that token i stands in."""
    norms, bounds = scene.words.norms, lex.boundaries
    for j in range(i, sentence.last):
        if norms[j] in bounds or norms[j] in STOPS - {"(", ")"}:
            return j
    return sentence.last


def subject(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> ActorMention | None:
    """The actor that does what the verb at token i says: the nearest one before it that no preposition governs."""
    before = [a for a in scene.actors if sentence.first <= a.first and a.last <= i]
    for a in reversed(before):
        if a.kind == "adjective" or in_compound(scene, a) or _governed(scene, sentence, a, lex):
            continue
        return _first_of_pair(scene, a)
    return None


def previous_subject(scene: Scene, sentence: Sentence, lex: Grammar) -> ActorMention | None:
    """Who the sentence before speaks of: what "they" or a missing subject stands for."""
    if sentence.number == 0:
        return None
    before = scene.sentences[sentence.number - 1]
    spoken = [
        a
        for a in scene.actors
        if before.first <= a.first < before.last and a.kind != "adjective" and not in_compound(scene, a)
    ]
    free = [a for a in spoken if not _governed(scene, before, a, lex)]
    return free[0] if free else None


def in_compound(scene: Scene, a: ActorMention) -> bool:
    """Whether the mention is the first part of a compound: "rebel-held", "IS-controlled", "US-backed"."""
    return scene.hyphenated(a.last - 1)


def _governed(scene: Scene, sentence: Sentence, a: ActorMention, lex: Grammar) -> bool:
    norms, j = scene.words.norms, a.first - 1
    while j >= sentence.first and (norms[j] in lex.determiners - {"of"} or norms[j].isdigit()):
        j -= 1
    if j < sentence.first:
        return False
    word = norms[j]
    if word in ("and", "or", ",") and j > sentence.first:
        other = scene.actor_at.get(j - 1)
        return other is not None and other is not a and _governed(scene, sentence, other, lex)
    if word == "of":
        return norms[j - 1] not in lex.quantities
    return word in lex.oblique or (word.endswith("ing") and len(word) > 5)


def _first_of_pair(scene: Scene, a: ActorMention) -> ActorMention:
    j = a.first - 1
    while j > 0 and scene.words.norms[j] in ("and", "the", "its", "allied", ","):
        other = scene.actor_at.get(j - 1)
        if scene.words.norms[j] == "and" and other is not None and other.kind != "adjective":
            return other
        j -= 1
    return a


def agent(scene: Scene, i: int, end: int, words: Sequence[str] = ("by",), reach: int = 7) -> ActorMention | None:
    """The actor after one of ``words`` ("by", "from", "against"), within ``reach`` tokens of token i."""
    norms = scene.words.norms
    for j in range(i, min(end, i + reach)):
        if norms[j] in words:
            return actor_from(scene, j + 1, min(end, j + 6))
    return None


def actor_from(scene: Scene, i: int, end: int) -> ActorMention | None:
    """The first actor that begins within tokens ``i:end``, before any stop."""
    for j in range(i, end):
        found = scene.actor_at.get(j)
        if found is not None:
            return found
        if scene.words.norms[j] in STOPS:
            return None
    return None


def is_passive(scene: Scene, sentence: Sentence, first: int, last: int, lex: Grammar) -> bool:
    """Whether the participle at ``first:last`` is passive: after a form of "be", or before "by"."""
    norms = scene.words.norms
    if last < sentence.last and norms[last] == "by":
        return True
    j = first - 1
    while j >= sentence.first and norms[j] in lex.adverbs and norms[j] not in lex.be:
        j -= 1
    return j >= sentence.first and norms[j] in lex.be


def objects(
    scene: Scene, sentence: Sentence, start: int, lex: Grammar, direct: bool = True, reach: int = 12
) -> Objects:
    """The places that stand as object from token ``start`` on: a list, behind its articles, adjectives and feature words."""
    norms, bounds, ground = scene.words.norms, lex.boundaries, lex.ground
    places: list[PlaceMention] = []
    part, ground_seen, holder, joined = False, False, None, True
    i, last_use = start, start
    while i < sentence.last and i - last_use <= reach:
        word, place, actor = norms[i], scene.place_at.get(i), scene.actor_at.get(i)
        if place is not None:
            if places and not joined and not _same_list(places[-1], place):
                break
            part = part or (not places and _partial(scene, start, place, lex))
            places.append(place)
            i = last_use = place.last
            reach, joined = 6, False
            continue
        if actor is not None:
            if not _modifies(scene, actor, ground, lex):
                break
            holder = holder or actor
            i = actor.last
            continue
        if word in STOPS or (word in bounds and not (word == "that" and not places)):
            break
        if word == "from" or (word in ("by", "with", "against", "for", "to", "as") and (places or direct)):
            break
        if word in (
            "in",
            "near",
            "around",
            "outside",
            "at",
            "on",
            "inside",
            "overlooking",
            "between",
            "along",
            "linking",
            "within",
            "surrounding",
        ):
            if places or (direct and not ground_seen):
                break
            part = part or (direct and ground_seen)
        elif word in lex.locating and places:
            break
        elif word in ground:
            ground_seen = True
        elif word == "including":
            part, ground_seen, start = False, False, i
        elif word in lex.joints:
            joined = True
        i += 1
    if not places:
        referent = anaphor(scene, sentence, start, min(i, sentence.last), lex)
        if referent is not None:
            return Objects((referent,), False, holder, i)
    return Objects(tuple(places), part, holder, last_use)


def _same_list(before: PlaceMention, after: PlaceMention) -> bool:
    """Whether two names without a comma between them are a list (lost commas), not a place and where it lies."""
    return (
        before.last == after.first
        and after.kind not in ("governorate", "region", "country", "city")
        and before.parent != after.place_id
    )


def _modifies(scene: Scene, actor: ActorMention, ground: frozenset[str], lex: Grammar) -> bool:
    """Whether the actor only qualifies what is taken: "rebel-held", "the IS stronghold of", "rebel positions"."""
    if actor.last >= len(scene.words):
        return False
    after = scene.words.norms[actor.last]
    return (
        in_compound(scene, actor)
        or after in ground
        or after in lex.held
        or after in ("stronghold", "bastion", "capital", "enclave")
        or actor.last in scene.place_at
    )


def _partial(scene: Scene, start: int, place: PlaceMention, lex: Grammar) -> bool:
    words = " " + " ".join(scene.words.norms[start : place.first]) + " "
    if any(f" {phrase} " in words for phrase in lex.most_of):
        return False
    return any(f" {phrase} " in words for phrase in lex.part_of)


def anaphor(scene: Scene, sentence: Sentence, first: int, last: int, lex: Grammar) -> PlaceMention | None:
    """The place that "the city", "the base" or "it" within tokens ``first:last`` stands for: the latest fitting one named."""
    norms = scene.words.norms
    for j in range(first, last):
        kinds = lex.anaphors.get(norms[j])
        if (
            kinds is not None
            and j > 0
            and norms[j - 1] not in ("a", "an", "of")
            and not (j + 1 < len(norms) and norms[j + 1] == "of")
        ):
            return _latest(scene, sentence, first, kinds)
        if norms[j] in lex.it and j == first:
            return _latest(scene, sentence, first, ())
    return None


def _latest(scene: Scene, sentence: Sentence, before: int, kinds: Sequence[str]) -> PlaceMention | None:
    floor = scene.sentences[max(0, sentence.number - 2)].first
    for place in reversed(scene.places):
        if (
            floor <= place.first
            and place.last <= before
            and place.kind != "country"
            and (not kinds or place.kind in kinds)
        ):
            return place
    return None


def subject_places(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> Objects:
    """The places that a passive verb (or "fell") at token i speaks of: its subject, with all names of a list."""
    norms = scene.words.norms
    start = clause_start(scene, sentence, i, lex)
    if norms[start - 1] in ("which", "that", "where") and start > sentence.first and start >= i - 3:
        start = clause_start(scene, sentence, start - 1, lex)
    near = [p for p in dict.fromkeys(scene.place_at.values()) if start <= p.first and p.last <= i]
    heads = [p for p in near if not _located(scene, p, start, lex)] or near[:1]
    if not heads:
        referent = anaphor(scene, sentence, start, i, lex)
        return Objects((referent,) if referent else (), False, None, i)
    head = heads[-1]
    listed = [
        p
        for p in heads
        if p is head
        or all(
            norms[j] in lex.joints or norms[j] in lex.determiners or norms[j] in lex.ground
            for j in range(p.last, head.first)
        )
    ]
    return Objects(tuple(listed), _partial(scene, start, listed[0], lex), None, i)


def _located(scene: Scene, place: PlaceMention, start: int, lex: Grammar) -> bool:
    norms, j = scene.words.norms, place.first - 1
    while j > start and (
        norms[j] in lex.determiners - {"of"}
        or norms[j] in lex.locating - {"in", "near", "at", "on", "outside", "around"}
    ):
        j -= 1
    return j >= start and norms[j] in ("in", "near", "outside", "around", "from", "at", "to", "towards", "with")
