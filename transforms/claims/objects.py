"""The places that a verb, noun or preposition speaks of: lists, parts, and what "the city" or "it" stands for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from transforms.claims.actors import ActorMention
from transforms.claims.antecedents import latest_place, meant_by_it
from transforms.claims.arguments import in_compound
from transforms.claims.called import apposed, enumerated, named_behind
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.lists import goes_on, going_further, listed_with, opens_clause
from transforms.claims.page import NEVER_MEANT
from transforms.claims.parts import OWNED, located, names_another, partial, partial_words, whole
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention
from transforms.text import Sentence

_INDEFINITE = frozenset({"a", "an", "some", "several"})


class Objects(NamedTuple):
    """Places that a verb or preposition governs. ``part``: only part of them; ``holder``: "rebel-held" before them."""

    places: tuple[PlaceMention, ...] = ()
    part: bool = False
    holder: ActorMention | None = None
    end: int = 0


def objects(
    scene: Scene, sentence: Sentence, start: int, lex: Grammar, direct: bool = True, reach: int = 12
) -> Objects:
    """The places that stand as object from token ``start`` on: a list, behind its articles, adjectives and features.

    ``direct``: right behind a verb, where "in X" is no object ("fought in X") unless ground in it is ("villages in X").
    """
    norms = scene.words.norms
    start += norms[start : start + 1] == ('"',)  # 'had "liberated" X'
    places: list[PlaceMention] = []
    part, ground_seen, holder, joined = False, False, None, True
    i, used = start, start
    while i < sentence.last and i - used <= (6 if places else reach):
        place, actor = scene.place_at.get(i), scene.actor_at.get(i)
        if place is not None and (place.kind == "country" or names_another(scene, place, lex)):
            i = place.last  # "Syria's northern Aleppo", "the Aleppo district of Marjeh"
        elif place is not None:
            if places and (
                not goes_on(places[-1], place, joined, norms[i - 1])
                or ((direct or norms[i - 1] == ",") and opens_clause(scene, place, lex))
            ):
                break
            part = part or (not places and (partial(scene, start, place, lex) or _owns_part(scene, place, lex)))
            places.append(place)
            i, used, joined = place.last, place.last, False
        elif actor is not None:
            if not _modifies(scene, actor, lex):
                break
            another = places and _DESCRIBING.isdisjoint(
                norms[actor.first - 5 : actor.first]
            )  # "X, its military airport"
            attribute = scene.words.norms[actor.first] in lex.attributes and not in_compound(scene, actor)
            holder, i = holder if attribute or another else holder or actor, actor.last
        elif norms[i] == "including" and (part or not places):
            part, ground_seen, start, places, i = False, False, i, [], i + 1
        elif places and (further := going_further(norms, i, lex)):
            i, joined = further, True
        elif beyond := _past_aside(scene, i, lex):
            i, used = beyond, max(used, beyond * (norms[i] == "("))
        elif _stops(scene, i, places, direct, ground_seen, lex) or (places and _describes(scene, i, lex)):
            break
        else:
            word = norms[i]
            part = part or (ground_seen and (word in lex.within or word in lex.locating))
            ground_seen = ground_seen or word in lex.ground
            joined = joined or word in lex.joints or word == ","
            i += 1
    if not places:
        return _unnamed(scene, sentence, (start, i), part, lex, direct)._replace(holder=holder)
    return _meant(scene, sentence, start, Objects(tuple(places), part, holder, used), lex, direct)


def _headed_by_role(norms: Sequence[str], start: int, first: int, lex: Grammar) -> bool:
    """Whether a person or the like is spoken of, who only belongs to the place: "captured the mayor of X"."""
    return any(a in lex.heads and b == "of" for a, b in pairwise(norms[start:first]))


_DESCRIBING = frozenset({"a", "an", "one"})


def _past_aside(scene: Scene, i: int, lex: Grammar) -> int:
    """The token behind "at least", "on Friday" or "(28 January)" at token i; 0 where none stands there."""
    norms, j = scene.words.norms, i + 1
    if norms[i : i + 2] == ("at", "least"):
        return i + 2
    while j in scene.dated:
        j += 1
    if norms[i] in lex.within and j > i + 1:
        return j
    return j + 1 if norms[i] == "(" and j > i + 1 and norms[j : j + 1] == (")",) else 0


def _meant(scene: Scene, sentence: Sentence, start: int, found: Objects, lex: Grammar, direct: bool) -> Objects:
    """What is spoken of with words for a part: what its places are called, the one spot named behind, or all of it."""
    if _headed_by_role(scene.words.norms, start, found.places[0].first, lex):
        return Objects()
    if not found.part:
        return found._replace(places=found.places[1:]) if apposed(scene, start, found.places, lex) else found
    if direct and (listed := enumerated(scene, sentence, start, lex)):
        return objects(scene, sentence, listed, lex, direct=False)
    if apposed(scene, start, found.places, lex):
        return found._replace(places=found.places[1:], part=False)
    return found._replace(part=not whole(scene.words.norms, start, found.places, lex))


def _unnamed(
    scene: Scene, sentence: Sentence, span: tuple[int, int], part: bool, lex: Grammar, direct: bool
) -> Objects:
    """An object without a name of its own at tokens ``span``: what it is called behind, or what "it" stands for."""
    start, i = span
    if direct and (listed := enumerated(scene, sentence, start, lex)):
        return objects(scene, sentence, listed, lex, direct=False)
    if direct and not part and (behind := named_behind(scene, start, i, sentence.last, lex)):
        return Objects((behind,), False, None, behind.last)
    named, end = meant_by_it(scene, sentence, start, min(i, sentence.last), lex)
    own = scene.words.norms[start : start + 1] == ("its",) or any(_only_around(scene, p, lex) for p in named)
    less = own or part or partial_words(scene.words.norms[start:i], lex)
    return Objects(named, bool(named) and less, None, end)


def _only_around(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether the place was named as where ground lies: of "a barracks in X" it is the barracks that "it" means."""
    before = scene.words.norms[max(0, place.first - 2) : place.first]
    return len(before) > 1 and before[0] in lex.ground and before[1] in lex.within


def _stops(scene: Scene, i: int, places: Sequence[PlaceMention], direct: bool, ground_seen: bool, lex: Grammar) -> bool:
    """Whether the object ends before token i, which is in no mention."""
    norms, word = scene.words.norms, scene.words.norms[i]
    if word in lex.within and (norms[i - 1] in lex.definite or any(map(str.isdigit, norms[i + 1 : i + 2]))):
        return False  # "the surrounding province", "around 40 percent of X"
    if word in lex.within and not lex.part_heads.isdisjoint(norms[i + 1 : i + 3]):
        return False  # "around a third of X"
    if (places or norms[i - 1] == "and") and i in scene.verb_starts and not scene.hyphenated(i - 1):
        return places != [] or not _only_verbs(scene, i - 1)  # "took ten villages and besieged X"
    if places and _another_verb(norms, i, lex):
        return True
    begun = i in scene.verb_starts and word.endswith("ing")
    if direct and not places and begun and i - 1 - (norms[i - 1] == "re") in scene.dated:
        return True  # "infiltrated on June 24 re-establishing control over X"
    if _ends_object(word, bool(places), direct, lex) or (word == "and" and norms[i + 1 : i + 2] == ("to",)):
        return True
    if direct and (word == "," or (word in lex.within and not ground_seen)) and (word != "," or not places):
        return True
    if places or not _unread_name(scene, i, lex):
        return False
    return norms[i + 1 : i + 2] not in (("and",), (",",)) or i + 2 not in scene.place_at


def _another_verb(norms: Sequence[str], i: int, lex: Grammar) -> bool:
    """Whether a verb that opens no frame goes on with other places: "took X and shelled Y", "took X, shelling Y"."""
    word, j = norms[i], i - 1
    if not word.endswith(("ed", "ing")) and word not in lex.irregular_verbs:
        return False
    while norms[j] in lex.adverbs:
        j -= 1
    return (norms[j] in _LINKING or norms[j] in lex.be) and word not in lex.participles


_LINKING = frozenset({"and", ",", "or", "but", "also", "then"})


def _describes(scene: Scene, i: int, lex: Grammar) -> bool:
    """Whether the comma at token i opens a description of what was named: "X, the highest peak of Y"."""
    norms = scene.words.norms
    if norms[i] != "," or norms[i + 1 : i + 2] != ("the",):
        return False
    word = norms[i + 2] if i + 2 < len(norms) else ""
    first = word in lex.ranked or (word.endswith("est") and not word.endswith(("west", "forest")))
    return first and any(
        scene.words.norms[p.first - 1] != "," and not p.described for p in scene.places_in(i, i + _TITLE)
    )


_TITLE = 8
"""Tokens of a description behind a comma, with the place that it names."""


def _only_verbs(scene: Scene, i: int) -> bool:
    """Whether the "and" at token i joins two verbs of one object: "captured and held X"."""
    return i in scene.verb_ends or i - 1 in scene.verb_starts


def _unread_name(scene: Scene, i: int, lex: Grammar) -> bool:
    """Whether token i begins a name that nothing here knows: what follows it is not what the verb is about."""
    word = scene.words.texts[i]
    named = word[0].isupper() and len(word) > 2 and not word.isupper()
    return named and i not in scene.dated and scene.words.norms[i] not in lex.attributes


def antecedent(scene: Scene, i: int, first: int, lex: Grammar) -> Objects:
    """What "which" at token i refers to: the nearest place from token ``first`` on that is no mere location."""
    before = [p for p in scene.places_in(first, i) if p.kind not in NEVER_MEANT]
    heads = [p for p in before if not located(scene, p, first, lex)]
    heads = heads or [p for p in before if not lies_beside(scene, p, lex)]
    return Objects(tuple(heads[-1:]), False, None, i)


def _ends_object(word: str, found: bool, direct: bool, lex: Grammar) -> bool:
    if word in STOPS or (word in lex.boundaries and not (word == "that" and not found)) or word == "from":
        return word != "including"
    if word in lex.excluding:
        return True
    if found:
        return word in lex.within or word in lex.locating or word in lex.away
    return direct and word in lex.away


def _owns_part(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether a part of the place is spoken of: "X's eastern districts", "X's old quarter"."""
    behind = scene.words.norms[place.last : place.last + OWNED]
    possessive = scene.words.texts[place.last - 1].endswith(("'s", "’s")) or behind[:1] in (("'",), ("’",))
    return possessive and not lex.ground.isdisjoint(behind)


def _modifies(scene: Scene, actor: ActorMention, lex: Grammar) -> bool:
    """Whether the actor only qualifies what is taken: "rebel-held", "the IS stronghold of", "rebel positions"."""
    if actor.last >= len(scene.words):
        return False
    after = scene.words.norms[actor.last]
    qualifies = after in lex.ground or after in lex.held or after in lex.strongholds or after in lex.anaphors
    attribute = (
        actor.kind == "adjective" and scene.words.norms[actor.first] in lex.attributes
    )  # "the Syrian border town"
    return in_compound(scene, actor) or qualifies or attribute or actor.last in scene.place_at


def spoken_of(scene: Scene, sentence: Sentence, before: int, lex: Grammar) -> Objects:
    """The place that the sentences up to token ``before`` speak of, for what names none ("broke the siege")."""
    latest = latest_place(scene, sentence, before, lex)
    near = scene.places_in(sentence.first, before)
    return Objects(tuple(listed_with(scene, latest[0], near, lex)) if latest else (), end=before)


def lies_beside(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether what is spoken of only lies by the place: "the area near X"."""
    norms, by = scene.words.norms, place.first - 1
    if not place.area or place.kind == "governorate" or norms[by] not in lex.apart:
        return False
    return norms[by - 1] in lex.ground or norms[by - 1] in lex.anaphors
