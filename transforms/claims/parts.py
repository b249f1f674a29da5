"""Whether words speak of a place as a whole, of part of it, or only of what lies there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.claims.grammar import Grammar
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention
from transforms.text import Sentence, fold_phrase

_PHRASE = 8
"""Tokens before a place in which its noun phrase may begin."""
_AREAS, _WIDE = frozenset({"area", "region"}), frozenset({"city", "governorate"})
_BESIDE = frozenset({"in", "near", "at", "on", "outside", "around"})


def all_of(norms: Sequence[str], start: int, first: int, lex: Grammar) -> bool:
    """Whether "the areas of A and B" stands there: the names are those of the areas."""
    return first - start >= 3 and norms[first - 1] == "of" and norms[first - 3] in lex.definite


def all_that_is_left(phrase: Sequence[str], lex: Grammar) -> bool:
    """Whether it speaks of "the last pocket of territory" there."""
    return any(w in lex.final and not lex.remnants.isdisjoint(phrase[k + 1 : k + 4]) for k, w in enumerate(phrase))


def whole(norms: Sequence[str], start: int, places: Sequence[PlaceMention], lex: Grammar) -> bool:
    """Whether what sounds like a part is all: "the areas of X and Y", "the last district of X", "90 percent of X"."""
    several = len(places) > 1 and all_of(norms, start, places[0].first, lex)
    phrase = norms[start : places[0].first]
    return several or all_that_is_left(phrase, lex) or _percentage(phrase) > _MOST


_MOST = 85
"""Percent from which on it is nearly all; with less, others are still there."""


def _percentage(phrase: Sequence[str]) -> float:
    """The last of "90 percent of", "90 per cent of", "90% of"; 0 where none is said."""
    for k in range(len(phrase) - 1, 0, -1):
        if phrase[k] in ("percent", "%") or phrase[k - 1 : k + 1] == ("per", "cent"):
            number = phrase[k - 1 - (phrase[k] == "cent")]
            return float(number) if number.isdigit() else 0.0
    return 0.0


def partial(scene: Scene, start: int, place: PlaceMention, lex: Grammar) -> bool:
    """Whether the phrase from token ``start`` to ``place`` speaks of a part of it: "the town's hospital"."""
    after = scene.words.norms[place.last] if place.last < len(scene.words) else ""
    if after.endswith("s") and after in lex.ground:
        return True
    if place.described and scene.words.norms[place.first][:-1] in lex.anaphors and not place.also:
        return True  # "the town's hospital"
    if place.described and scene.words.norms[place.first] in _AREAS and place.kind in _WIDE:
        return True  # "withdrew from the area"
    if after in lex.outlying and place.kind in ("city", "governorate") and _before_notable(scene, place, lex):
        return True  # "key Hama town"
    while start < place.first and start in scene.dated:
        start += 1  # "took control on Wednesday of X"
    norms = scene.words.norms[start + (scene.words.norms[start] == "of") : place.first]
    if _among_such(norms, place, lex):
        return False
    if borough_of(norms, place, lex):
        return True
    return partial_words(norms, lex) or _headed_by_part(norms, lex) or _half_of(norms, lex)


def _among_such(norms: Sequence[str], place: PlaceMention, lex: Grammar) -> bool:
    """Whether ``norms`` before a place only say of which kind it and others are: "the districts of X and Y"."""
    kind = norms[-2].removesuffix("s") if norms[-1:] == ("of",) and len(norms) > 1 else ""
    return kind in lex.anaphors and place.kind == "district" and place.kind in lex.anaphors[kind]


def borough_of(norms: Sequence[str], place: PlaceMention, lex: Grammar) -> bool:
    """Whether ``norms`` before a city speak of less than it: "a neighbourhood of X", "the suburb of Aleppo"; but
    "the suburb of Daraya" is Daraya, since only a governorate's seat is no suburb itself."""
    if place.kind not in _WIDE or not (is_seat(place) or not lex.indefinite.isdisjoint(norms)):
        return False
    return any(a in lex.boroughs and (b == "of" or b in lex.within) for a, b in pairwise(norms))


def is_seat(place: PlaceMention) -> bool:
    """Whether the place is the chief city of its governorate, which bears its name, or that governorate."""
    return place.kind in _WIDE and place.name == place.admin1


def _half_of(norms: Sequence[str], lex: Grammar) -> bool:
    """Whether it speaks of "the east of" the place; what is "east of" it lies outside."""
    return any(
        a in lex.definite and b in lex.outside and c == "of"
        for a, b, c in zip(norms, norms[1:], norms[2:], strict=False)
    )


def within_limits(scene: Scene, sentence: Sentence, place: PlaceMention, lex: Grammar) -> bool:
    """Whether the words before a name tell of less than all of it: "eastern X", "the east of X", "areas across X"."""
    norms, last = scene.words.norms, place.first - 1
    j = last
    while j > sentence.first and norms[j] in lex.determiners:
        j -= 1
    if j < sentence.first or j in scene.place_at or _percentage(norms[max(0, last - 3) : place.first]) > _MOST:
        return False
    if norms[j] in lex.anaphors and place.kind in lex.anaphors[norms[j]]:  # "the east of the city of X"
        return norms[j + 1] == "of" and norms[j - 1] in lex.determiners and _compass_of(norms, j - 1, lex)
    if norms[j] in fold_phrase(place.name):
        return False  # "eastern Ghouta", "the farms of Mallah" are called so
    if norms[j] in lex.outside:
        country = scene.place_at.get(j - 1)  # "Syria's northern Aleppo province" lies in the north
        return country is None or country.kind != "country"
    if place.kind not in ("city", "governorate") and _begins_list(scene, place, lex):
        return False  # "the towns of X and Y"
    inside = norms[last] in ("of", "in", "across") or (norms[last] in lex.definite and norms[last - 1] == "of")
    j -= norms[j] == "across"
    return inside and (norms[j] in lex.ground or _compass_of(norms, last, lex))


def _begins_list(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether another name follows in the same breath."""
    j = place.last
    while j < len(scene.words) and (scene.words.norms[j] in lex.joints or scene.words.norms[j] == ","):
        j += 1
    return j > place.last and j in scene.place_at


def lies_beyond(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether the name only tells where something outside it lies: "the suburb to the east of X"."""
    norms, j = scene.words.norms, place.first - 1
    while j > 0 and norms[j] in lex.definite:
        j -= 1
    return norms[max(0, j - 3) : j - 1] == ("to", "the") and norms[j - 1] in lex.outside and norms[j] == "of"


def _compass_of(norms: Sequence[str], j: int, lex: Grammar) -> bool:
    """Whether "east of [the]" ends at token j."""
    while norms[j] in lex.definite:
        j -= 1
    return norms[j] == "of" and norms[j - 1] in lex.outside


def _before_notable(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether one of the places of ``place`` is spoken of: "a Hama town", "key rebel-held Idlib town"."""
    before = scene.words.norms[max(0, place.first - 4) : place.first]
    return any(w in lex.indefinite or w in lex.notable for w in before)


def in_part(scene: Scene, sentence: Sentence, place: PlaceMention, relative: str, lex: Grammar) -> bool:
    """Whether a clause after ``relative`` tells of a part of ``place``: "districts of X which", "a hill in X that"."""
    start = max(sentence.first, place.first - _PHRASE)
    norms = scene.words.norms[start : place.first]
    lies_there = relative == "that" and not lex.ground.isdisjoint(norms[-4:]) and located(scene, place, start, lex)
    return lies_there or partial_words(norms, lex)


def _headed_by_part(norms: Sequence[str], lex: Grammar) -> bool:
    """Whether another noun heads the phrase: "the hospital of X" is no X, "the town of X" and "most of X" are."""
    phrase = list(norms[-_PHRASE:])
    if "," in phrase:
        phrase = phrase[len(phrase) - phrase[::-1].index(",") :]
    return any(phrase[k] == "of" and phrase[k - 1] not in lex.wholes for k in range(1, len(phrase)))


def partial_words(norms: Sequence[str], lex: Grammar) -> bool:
    """Whether words before a place say part of it ("districts of"), and do not say most of it."""
    if lex.part_heads.isdisjoint(norms):
        return False
    words = f" {' '.join(norms)} "
    if any(f" {phrase} " in words for phrase in lex.most_of):
        return False
    return any(f" {phrase} " in words for phrase in lex.part_of)


def located(scene: Scene, place: PlaceMention, start: int, lex: Grammar) -> bool:
    """Whether the name only tells where something lies: "near X", "the hill of a village in X"."""
    norms, j = scene.words.norms, place.first - 1
    if of_office(norms, place, lex) or not lex.excluding.isdisjoint(norms[max(start, place.first - 6) : place.first]):
        return True
    while j > start and (norms[j] in lex.leading or (norms[j] in lex.locating and norms[j] not in _BESIDE)):
        j -= 1
    if j >= start and norms[j] == "and" and j - 1 in scene.place_at:
        return located(scene, scene.place_at[j - 1], start, lex)
    if j > start and norms[j] == "of":
        if norms[j - 1] in lex.outside and norms[j - 2] in lex.anaphors:
            return True  # "X, a town southeast of Y"
        j -= 2
        while j > start and (norms[j] in lex.determiners or norms[j] in lex.attributes or norms[j] in lex.outside):
            j -= 1
    if j > start and norms[j] == "including" and scene.place_at.get(j - 1, scene.place_at.get(j - 2)) is None:
        return False  # "five villages including X were taken"
    return j >= start and (norms[j] in lex.governing or norms[j].endswith("ing"))


def of_office(norms: Sequence[str], place: PlaceMention, lex: Grammar) -> bool:
    """Whether the name only says whose somebody is: "the governor of X"."""
    return norms[place.first - 1] == "of" and norms[place.first - 2] in lex.heads


def names_another(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether the name only says whose part another place is: "Damascus suburb", "the Aleppo district of X"."""
    norms, after = scene.words.norms, place.last
    if after < len(norms) and norms[after] in lex.heads:
        return True
    possessive = scene.words.texts[after - 1].endswith(("'s", "’s"))
    if (place.described or possessive) and after in scene.place_at:
        return True  # "the city's Zahra district", "Idlib's Saraqib"
    if possessive and not place.described and not _ground_of(norms[after : after + OWNED], lex):
        return True  # "captured X's mayor"
    if after + 1 >= len(norms):
        return False
    named = norms[after + 1] == "of" and after + 2 in scene.place_at
    if named and norms[after] in lex.unnamed and place.kind in ("city", "governorate"):
        return True  # "the Aleppo districts of X and Y"
    if norms[after] not in lex.anaphors or place.kind in lex.anaphors[norms[after]]:
        return False
    return named or (norms[after] in lex.outlying and place.kind in ("city", "governorate"))


def _ground_of(owned: Sequence[str], lex: Grammar) -> bool:
    """Whether the words behind "X's" speak of ground: "X's old quarter"."""
    return any(w in lex.ground or w in lex.anaphors or w in lex.part_heads or w in lex.locating for w in owned)


OWNED = 4
"""Tokens behind "X's" in which the noun stands."""
