"""What the object of a verb is called where it has no name of its own: behind a comma, a colon, or among others."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


def named_behind(scene: Scene, start: int, i: int, last: int, lex: Grammar) -> PlaceMention | None:
    """What a stronghold is called behind a comma: "the last rebel bastion in the region, the town of X"."""
    norms = scene.words.norms
    if lex.strongholds.isdisjoint(norms[start:i]) and lex.anaphors.keys().isdisjoint(norms[start:i]):
        return None
    comma = next((j for j in range(i, min(last, i + _APPOSITION)) if norms[j] == ","), None)
    if comma is None:
        return _called_without_comma(scene, i, min(last, i + _APPOSITION), lex)
    if any(_named(scene, j) or j in scene.verb_starts for j in range(i, comma)):
        return None
    opening, noun, link, *_ = (*norms[comma + 1 : comma + 4], "", "", "")
    named = opening in lex.definite and noun in lex.anaphors
    if named:
        return scene.place_at.get(comma + 4 if link == "of" else comma + 3)
    begin = comma + 1 + (opening in lex.definite)
    called = scene.place_at.get(begin)  # "the last border crossing, X"
    closed = called is not None and (called.last >= last or norms[called.last] in STOPS or norms[called.last] == ",")
    return called if closed and called is not None and called.kind not in _LARGE else None


def _called_without_comma(scene: Scene, i: int, last: int, lex: Grammar) -> PlaceMention | None:
    """The same where commas were lost: "its last bastion in the region the town of X"."""
    norms = scene.words.norms
    for j in range(i + 1, last):
        if (
            norms[j] in lex.definite
            and norms[j + 1 : j + 2]
            and norms[j + 1] in lex.anaphors
            and norms[j - 1] in lex.anaphors
        ):
            return scene.place_at.get(j + 3 if norms[j + 2 : j + 3] == ("of",) else j + 2)
    return None


def enumerated(scene: Scene, sentence: Sentence, start: int, lex: Grammar) -> int | None:
    """The token at which several places of an object without names are called: "three villages on Saturday: X, Y"."""
    norms = scene.words.norms
    head = next((j for j in range(start, min(sentence.last, start + _HEAD)) if _plural_ground(norms[j], lex)), None)
    if head is None:
        return None
    for j in range(head + 1, min(sentence.last - 1, head + _ENUMERATED)):
        if norms[j] in _ENUMERATING or norms[j] in lex.naming or f"{norms[j - 1]} {norms[j]}" in lex.naming:
            first = j + 1 + (norms[j + 1] in lex.definite)
            return first if first in scene.place_at else None
        if norms[j] in STOPS or (j in scene.verb_starts and norms[j + 1] not in _ENUMERATING):
            break
    return _counted_behind(scene, sentence, start, head, lex)


def _counted_behind(scene: Scene, sentence: Sentence, start: int, head: int, lex: Grammar) -> int | None:
    """The token at which as many names as counted stand in one breath: "three villages in X from B, Y, Z and W"."""
    count = next((lex.counts[w] for w in scene.words.norms[start:head] if w in lex.counts), 0)
    behind = scene.places_in(head + 1, min(sentence.last, head + _ENUMERATED))
    runs = (behind[k : k + count] for k in range(len(behind) - count + 1)) if count > 1 else ()
    return next(
        (run[0].first for run in runs if _told_on(scene, head, run, lex) and _in_one_breath(scene, run, lex)), None
    )


def _told_on(scene: Scene, head: int, run: Sequence[PlaceMention], lex: Grammar) -> bool:
    """Whether nothing else is told between what is counted and the names: no "and shelled X and Y"."""
    between = scene.words.norms[head + 1 : run[0].first]
    said = between[:-1] if between[-1:] == (",",) else between
    return lex.boundaries.isdisjoint(said) and "and" not in said and "," not in said


def _in_one_breath(scene: Scene, run: Sequence[PlaceMention], lex: Grammar) -> bool:
    """Whether nothing but commas and "and" parts the names, no preposition governs them, and none goes on."""
    norms = scene.words.norms
    between = (norms[j] for a, b in pairwise(run) for j in range(a.last, b.first))
    governed = norms[run[0].first - 1] in lex.within or norms[run[0].first - 1] in lex.oblique
    return not governed and all(w in lex.joints or w == "," or w in lex.definite for w in between)


def _plural_ground(word: str, lex: Grammar) -> bool:
    return word in lex.ground and word.endswith("s")


_ENUMERATING = frozenset({":", "-", "–", "—"})
_HEAD, _ENUMERATED = 5, 16
"""Tokens before the noun of what is counted, and from there to its names."""


def _named(scene: Scene, j: int) -> bool:
    """Whether a place other than a country stands at token j."""
    return j in scene.place_at and scene.place_at[j].kind != "country"


_LARGE = frozenset({"governorate", "region", "country"})
_APPOSITION = 5
"""Tokens between a stronghold and the comma behind it."""


def apposed(scene: Scene, start: int, places: Sequence[PlaceMention], lex: Grammar) -> bool:
    """Whether the places behind the first are what lies in it: "the last army base in Idlib province, X", "two villages
    in Idlib, X and Y"."""
    norms = scene.words.norms
    if len(places) < 2 or "," not in norms[places[0].last : places[1].first]:
        return False
    before = norms[start : places[0].first]
    described = norms[places[1].first - 1] in lex.definite or norms[places[1].first - 1] == "of"
    if len(places) == 2 and (places[0].kind == "governorate" or (described and places[0].kind in _LARGE | {"city"})):
        return any((word in lex.ground or word in lex.strongholds) and not word.endswith("s") for word in before)
    if norms[places[1].first - 1] != ",":
        return False
    counted = any(lex.counts.get(word) == len(places) - 1 for word in before)
    return counted and any(_plural_ground(word, lex) for word in before)
