"""What "it", "its eastern half" or no object at all stands for: the place that the text spoke of last."""

from __future__ import annotations

from transforms.claims.grammar import Grammar
from transforms.claims.page import NEVER_MEANT
from transforms.claims.parts import located
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


def meant_by_it(
    scene: Scene, sentence: Sentence, first: int, last: int, lex: Grammar
) -> tuple[tuple[PlaceMention, ...], int]:
    """The place for which "it" at token ``first``, or "of it" further on, stands, and the token after it."""
    norms = scene.words.norms
    if first < last and norms[first] == "its" and not lex.ground.isdisjoint(norms[first + 1 : first + 4]):
        return latest_place(scene, sentence, first, lex), first + 4  # "its eastern half"
    for j in range(first, last):
        if norms[j] in lex.it and (j == first or norms[j - 1] == "of"):
            return latest_place(scene, sentence, first, lex), j + 1
    return (), last


def latest_place(scene: Scene, sentence: Sentence, before: int, lex: Grammar) -> tuple[PlaceMention, ...]:
    """The place named last before token ``before``; one that only locates ("near X") gives way."""
    floor = scene.sentences[max(0, sentence.number - 3)].first
    near = scene.places_in(floor, before)
    fitting = [p for p in reversed(near) if p.kind not in NEVER_MEANT and not p.area]
    latest = tuple(sorted(fitting, key=lambda p: located(scene, p, floor, lex) and not _gone_into(scene, p))[:1])
    return () if latest and _another_since(scene, sentence, latest[0], before, lex) else latest


def _gone_into(scene: Scene, place: PlaceMention) -> bool:
    """Whether the words before the name lead into it: "broke into X after encircling it"."""
    return scene.words.norms[place.first - 1] == "into"


def _another_since(scene: Scene, sentence: Sentence, place: PlaceMention, before: int, lex: Grammar) -> bool:
    """Whether the sentence has spoken of a place of which nothing is known since it was on ``place``: "Israel lost the
    same summit, and recovered it"."""
    norms = scene.words.norms
    told = range(max(sentence.first, place.last) + 1, before)
    nouns = (j for j in told if norms[j] in lex.anaphors and j not in scene.place_at and norms[j + 1] != "of")
    return any(norms[j - 1] in lex.definite or norms[j - 2] in lex.definite for j in nouns)
