"""The places that a passive verb speaks of: its subject, past what is put in between."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claims.antecedents import meant_by_it
from transforms.claims.arguments import clause_start
from transforms.claims.grammar import Grammar
from transforms.claims.lists import listed_with
from transforms.claims.objects import Objects, lies_beside
from transforms.claims.parts import located, partial
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


def subject_places(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> Objects:
    """The places that a passive verb (or "fell") at token i speaks of: its subject, with all names of a list."""
    start, end = _subject_span(scene, sentence, i, lex)
    near = scene.places_in(start, end) or scene.places_in(start, i)
    heads = [p for p in near if not located(scene, p, start, lex)]
    if near and not heads and _right_before(scene, near[-1], i, lex):
        return Objects(tuple(_listed(scene, near, start, lex)), partial(scene, start, near[-1], lex), None, i)
    if not heads:
        opening, _ = meant_by_it(scene, sentence, start, min(i, start + 4) if near else i, lex)
        return Objects(opening or tuple(near[:1]), not opening, None, i)
    listed = _listed(scene, heads, start, lex)
    return Objects(tuple(listed), partial(scene, start, listed[0], lex), None, i)


def _listed(scene: Scene, places: Sequence[PlaceMention], start: int, lex: Grammar) -> list[PlaceMention]:
    """The last of ``places`` with those in one list with it, unless the list began as another verb's object."""
    listed = listed_with(scene, places[-1], places, lex)
    return listed[-1:] if len(listed) > 1 and _anothers(scene, listed[0], start, lex) else listed


def _anothers(scene: Scene, place: PlaceMention, start: int, lex: Grammar) -> bool:
    """Whether the place before which a list seems to begin belongs to another verb: "A shelled X and Y fell to B"."""
    norms, j = scene.words.norms, place.first - 1
    while j >= start and (norms[j] in lex.determiners or norms[j] in lex.ground or norms[j] in lex.anaphors):
        j -= 1
    if j < start or norms[j] in lex.saying:
        return False
    verb = j + 1 in scene.verb_ends or j in scene.verb_starts or norms[j] in lex.irregular_verbs
    return verb or norms[j] in lex.within or (norms[j].endswith("ed") and norms[j] not in lex.participles)


def _subject_span(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> tuple[int, int]:
    """The tokens in which the subject of the verb at token i stands, without what is put between the two."""
    norms, start = scene.words.norms, clause_start(scene, sentence, i, lex)
    j = i - 1
    while j > start and (norms[j] in lex.adverbs or norms[j] in lex.be or norms[j] in _RETURNED):
        j -= 1
    if norms[j] == "," and (opening := _comma_before(scene, sentence.first, j)):
        return clause_start(scene, sentence, opening, lex), opening  # "X, which had been rebel-held since 2014, fell"
    if norms[start - 1] == ")" and "(" in norms[sentence.first : start - 1]:  # "Serekaniye (Ras al-Ain) was"
        opening = start - 2 - norms[sentence.first : start - 1][::-1].index("(")
        return clause_start(scene, sentence, opening, lex), i
    if start == sentence.first or norms[start - 1] not in ("which", "that", "where"):
        return start, i
    closed = "," in norms[start:i] and not scene.places_in(start, i)
    return (clause_start(scene, sentence, start - 1, lex) if closed or start >= i - 6 else start), i


def _comma_before(scene: Scene, first: int, i: int) -> int:
    """The comma that opens what the comma at token i closes, behind a place ("X, east of Y, fell"), before a relative
    pronoun or an apposition; 0 if none."""
    norms = scene.words.norms
    commas = (j for j in range(i - 1, first, -1) if norms[j] == ",")
    return next((j for j in commas if norms[j + 1] in _APPOSING or j - 1 in scene.place_at), 0)


_RETURNED = frozenset({"back", "again"})
_APPOSING = frozenset(
    {"which", "where", "since", "a", "an", "the", "once", "home", "whose", "held", "besieged", "controlled", "long"}
)
"""Words that open what is put in between: "X, once a market town, fell"."""


def _right_before(scene: Scene, place: PlaceMention, i: int, lex: Grammar) -> bool:
    """Whether the participle at token i hangs on ``place``: "X, a town freed from IS", "the X area recently seized"."""
    norms = scene.words.norms
    if lies_beside(scene, place, lex) or not lex.excluding.isdisjoint(norms[max(0, place.first - 6) : place.first]):
        return False
    between = norms[place.last : i]
    if between[:1] in ((",",), ("a",), ("an",)) and between[-1] in lex.anaphors and len(between) <= _APPOSED:
        return lex.oblique.isdisjoint(between) and lex.boundaries.isdisjoint(between)
    return all(w in lex.plain_adverbs or w in lex.anaphors for w in between)


_APPOSED = 6
"""Words between a place and a participle that hangs on what it is called ("X, a nearby border town held by")."""
