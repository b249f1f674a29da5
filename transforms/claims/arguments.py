"""Where the arguments of a frame stand: subjects to the left, objects to the right, agents after "by".

All functions look at one :class:`~transforms.claims.scene.Scene` and token positions, and give mentions or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.claims.actors import ActorMention
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


@dataclass(frozen=True, slots=True)
class Objects:
    """Places that a verb or preposition governs. ``part``: only part of them; ``holder``: "rebel-held" before them."""

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


def subject(scene: Scene, sentence: Sentence, i: int, lex: Grammar, gerund: bool = False) -> ActorMention | None:
    """The actor that does what the verb at token i says: the nearest one before it that no preposition governs."""
    before = scene.actors_in(sentence.first, i)
    named = [
        a for a in before if a.kind != "adjective" and not in_compound(scene, a) and not _qualifies(scene, a, i, lex)
    ]
    for a in reversed(named):
        if not _governed(scene, sentence, a, lex) or (gerund and _absolute(scene, a, i)):
            return _first_of_pair(scene, a)
    return next((a for a in named if scene.words.norms[a.first - 1] in lex.among or _of(scene, a, lex)), None)


def _of(scene: Scene, a: ActorMention, lex: Grammar) -> bool:
    """ "the heroes of the army": where nobody else is named, who is spoken of after "of" does it."""
    j = a.first - 1
    while j > 0 and _modifier(scene, j, lex):
        j -= 1
    return scene.words.norms[j] == "of"


def speaker(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> ActorMention | None:
    """Who did what a passive verb without agent at token i tells: the one side that the sentence names before it, or,
    where it names none, whom the sentence before speaks of."""
    named = [a for a in scene.actors_in(sentence.first, i) if a.kind != "adjective"]
    named = [a for a in named if not in_compound(scene, a)]
    if not named:
        return previous_subject(scene, sentence, lex)
    return named[0] if len({a.side for a in named}) == 1 else None


def _qualifies(scene: Scene, a: ActorMention, i: int, lex: Grammar) -> bool:
    """Whether the actor only qualifies a noun: "the SAA advance", "an IS attack"."""
    return a.last < i and scene.words.norms[a.last] in lex.attack_nouns


def previous_subject(scene: Scene, sentence: Sentence, lex: Grammar) -> ActorMention | None:
    """Who the sentence before speaks of: what "they" or a missing subject stands for."""
    if sentence.number == 0:
        return None
    before = scene.sentences[sentence.number - 1]
    spoken = [
        a for a in scene.actors_in(before.first, before.last) if a.kind != "adjective" and not in_compound(scene, a)
    ]
    free = [a for a in spoken if not _governed(scene, before, a, lex)]
    return free[0] if free else None


def in_compound(scene: Scene, a: ActorMention) -> bool:
    """Whether the mention is the first part of a compound: "rebel-held", "IS-controlled", "US-backed"."""
    return scene.hyphenated(a.last - 1)


def _governed(scene: Scene, sentence: Sentence, a: ActorMention, lex: Grammar) -> bool:
    norms, j = scene.words.norms, a.first - 1
    while j >= sentence.first and _modifier(scene, j, lex):
        j -= 1
    if j < sentence.first:
        return False
    word = norms[j]
    if word in ("and", "or", ",") and j > sentence.first:
        other = scene.actor_at.get(j - 1)
        return other is not None and other is not a and _governed(scene, sentence, other, lex)
    if word == "of":
        return norms[j - 1] not in lex.quantities
    noun = norms[j - 1] in lex.oblique or norms[j - 1] in lex.determiners
    return word in lex.oblique or (word.endswith("ing") and len(word) > 5 and not noun)


def _modifier(scene: Scene, j: int, lex: Grammar) -> bool:
    """Whether token j only modifies the noun behind it: an article, a number, an adjective by its ending or capital."""
    word = scene.words.norms[j]
    if (word in lex.determiners and word != "of") or word.isdigit() or word.endswith(lex.adjective_endings):
        return True
    return (
        scene.words.texts[j][:1].isupper()
        and j not in scene.place_at
        and j not in scene.actor_at
        and j not in scene.dated
    )


def _absolute(scene: Scene, a: ActorMention, i: int) -> bool:
    """ "with Iraqi forces having retaken X": after "with" the actor is the gerund's subject all the same."""
    return scene.words.norms[a.first - 1] == "with" and i - a.last < 8


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
    return j >= sentence.first and norms[j] in lex.be and j not in scene.actor_at


def objects(
    scene: Scene, sentence: Sentence, start: int, lex: Grammar, direct: bool = True, reach: int = 12
) -> Objects:
    """The places that stand as object from token ``start`` on: a list, behind its articles, adjectives and features.

    ``direct``: right behind a verb, where "in X" is no object ("fought in X") unless ground in it is ("villages in X").
    """
    norms = scene.words.norms
    places: list[PlaceMention] = []
    part, ground_seen, holder, joined = False, False, None, True
    i, used = start, start
    while i < sentence.last and i - used <= (6 if places else reach):
        place, actor = scene.place_at.get(i), scene.actor_at.get(i)
        if place is not None:
            if places and not joined and not _same_list(places[-1], place):
                break
            part = part or (not places and _partial(scene, start, place, lex))
            places.append(place)
            i, used, joined = place.last, place.last, False
            continue
        if actor is not None:
            if not _modifies(scene, actor, lex):
                break
            holder, i = holder or actor, actor.last
            continue
        word = norms[i]
        if _ends_object(word, bool(places), direct, lex) or (word in lex.within and direct and not ground_seen):
            break
        if not places and _unread_name(scene, i, lex):
            break
        if word == "including":
            part, ground_seen, start = False, False, i
        part = part or (ground_seen and (word in lex.within or word in lex.locating))
        ground_seen = ground_seen or word in lex.ground
        joined = joined or word in lex.joints or word == ","
        i += 1
    if not places:
        named = anaphors(scene, sentence, start, min(i, sentence.last), lex)
        return Objects(named, bool(named) and (part or _partial_words(norms[start:i], lex)), holder, i)
    return Objects(tuple(places), part, holder, used)


def _unread_name(scene: Scene, i: int, lex: Grammar) -> bool:
    """Whether token i begins a name that nothing here knows: what follows it is not what the verb is about."""
    word = scene.words.texts[i]
    named = word[:1].isupper() and len(word) > 2 and not word.isupper()
    return named and i not in scene.dated and scene.words.norms[i] not in lex.attributes


def antecedent(scene: Scene, i: int, first: int, lex: Grammar) -> Objects:
    """What "which" at token i refers to: the nearest place from token ``first`` on that is no mere location."""
    before = [p for p in scene.places_in(first, i) if p.kind != "country"]
    heads = [p for p in before if not _located(scene, p, first, lex)] or before
    return Objects(tuple(heads[-1:]), False, None, i)


def _ends_object(word: str, found: bool, direct: bool, lex: Grammar) -> bool:
    if word in STOPS or (word in lex.boundaries and not (word == "that" and not found)) or word == "from":
        return True
    if found:
        return word in lex.within or word in lex.locating or word in lex.away
    return direct and word in lex.away


def _same_list(before: PlaceMention, after: PlaceMention) -> bool:
    """Whether two names without a comma between them are a list (lost commas), not a place and where it lies."""
    alike = before.kind == after.kind or after.kind not in ("governorate", "region", "country", "city")
    return before.last == after.first and alike and before.parent != after.place_id


def _modifies(scene: Scene, actor: ActorMention, lex: Grammar) -> bool:
    """Whether the actor only qualifies what is taken: "rebel-held", "the IS stronghold of", "rebel positions"."""
    if actor.last >= len(scene.words):
        return False
    after = scene.words.norms[actor.last]
    qualifies = after in lex.ground or after in lex.held or after in lex.strongholds
    return in_compound(scene, actor) or qualifies or actor.last in scene.place_at


def _partial(scene: Scene, start: int, place: PlaceMention, lex: Grammar) -> bool:
    after = scene.words.norms[place.last] if place.last < len(scene.words) else ""
    if after.endswith("s") and after in lex.ground:
        return True
    return _partial_words(scene.words.norms[start : place.first], lex)


def _partial_words(norms: Sequence[str], lex: Grammar) -> bool:
    words = f" {' '.join(norms)} "
    if any(f" {phrase} " in words for phrase in lex.most_of):
        return False
    return any(f" {phrase} " in words for phrase in lex.part_of)


def anaphors(scene: Scene, sentence: Sentence, first: int, last: int, lex: Grammar) -> tuple[PlaceMention, ...]:
    """The places that "the city", "the two villages" or "it" in ``first:last`` stand for: the latest fitting ones."""
    norms = scene.words.norms
    for j in range(first, last):
        word, before = norms[j], norms[j - 1] if j else ""
        if word in lex.it and (j == first or before == "of"):
            return _latest(scene, sentence, first, (), 1, lex)
        plural = word.endswith("s") and word[:-1] in lex.anaphors
        kinds = lex.anaphors.get(word[:-1] if plural else word)
        if (
            kinds is None
            or before in ("a", "an", "of", "some", "several")
            or (j + 1 < len(norms) and norms[j + 1] == "of")
        ):
            continue
        if not plural:
            return _latest(scene, sentence, first, kinds, 1, lex)
        if before in ("two", "both") or norms[j - 2] in ("two", "both"):
            return _latest(scene, sentence, first, kinds, 2, lex)
    return ()


def _latest(
    scene: Scene, sentence: Sentence, before: int, kinds: Sequence[str], count: int, lex: Grammar
) -> tuple[PlaceMention, ...]:
    """The last ``count`` places of one of ``kinds`` named before; one that only locates ("near X") gives way."""
    floor = scene.sentences[max(0, sentence.number - 3)].first
    found: dict[str, PlaceMention] = {}
    for place in reversed(scene.places_in(floor, before)):
        if place.kind != "country" and (not kinds or place.kind in kinds):
            found.setdefault(place.place_id, place)
    ranked = sorted(found.values(), key=lambda p: _located(scene, p, floor, lex))
    return tuple(ranked[:count])


def subject_places(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> Objects:
    """The places that a passive verb (or "fell") at token i speaks of: its subject, with all names of a list."""
    norms = scene.words.norms
    start = clause_start(scene, sentence, i, lex)
    if norms[start - 1] in ("which", "that", "where") and start > sentence.first and start >= i - 6:
        start = clause_start(scene, sentence, start - 1, lex)
    near = scene.places_in(start, i)
    heads = [p for p in near if not _located(scene, p, start, lex)]
    if not heads:
        opening = anaphors(scene, sentence, start, min(i, start + 4) if near else i, lex)
        return Objects(opening or tuple(near[:1]), False, None, i)
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
    if j >= start and norms[j] == "and" and j - 1 in scene.place_at:
        return _located(scene, scene.place_at[j - 1], start, lex)
    return j >= start and norms[j] != "of" and norms[j] in lex.oblique
