"""One report's words with the places named in them, and what a noun can stand for among these."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.places.finder import PlaceMention
from transforms.text import Sentence, Words

NEVER_MEANT = frozenset({"country", "river", "lake"})
"""Kinds of places that "it" or "the area" does not stand for."""
ANY = "*"
"""Among the kinds of a noun: it may stand for places of any kind."""


@dataclass(frozen=True, slots=True)
class Page:
    """One report's words, with its named places by token."""

    tokens: Words
    sentences: Sequence[Sentence]
    places: Sequence[PlaceMention]
    begins: Sequence[int]
    """The first tokens of the places."""
    named: dict[int, PlaceMention]

    def opens(self, i: int) -> bool:
        """Whether a sentence begins at token i."""
        found = bisect_left(self.sentences, i, key=lambda s: s.first)
        return found < len(self.sentences) and self.sentences[found].first == i

    def before(self, sentence: Sentence, i: int, reach: int) -> Sequence[PlaceMention]:
        """Places named before token i, in its sentence and the ``reach`` before that."""
        return self.between(self.sentences[max(0, sentence.number - reach)].first, i)

    def behind(self, sentence: Sentence, i: int, reach: int) -> Sequence[PlaceMention]:
        """Places named from token i on, in its sentence and the ``reach`` behind that."""
        last = self.sentences[min(len(self.sentences) - 1, sentence.number + reach)].last
        return self.between(i, last)

    def between(self, first: int, last: int) -> Sequence[PlaceMention]:
        """Places whose names begin at token ``first`` or later and before token ``last``."""
        return self.places[bisect_left(self.begins, first) : bisect_left(self.begins, last)]


def fits(place: PlaceMention, kinds: Sequence[str]) -> bool:
    """Whether a noun for places of ``kinds`` can stand for the place."""
    whole = not place.area or place.kind == "governorate"
    return place.kind not in NEVER_MEANT and whole and (ANY in kinds or place.kind in kinds)
