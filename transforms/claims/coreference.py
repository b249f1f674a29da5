"""Places that a report names by what they are: "the city", "the two villages", "a village held by IS"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from configs.place_language import PlaceWords
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence, Words

Meant = tuple[PlaceMention, ...]
_BACK, _AHEAD = 3, 3
"""Sentences within which a description finds its name, before it and behind it."""
_MODIFIERS = 5
"""Tokens between an article and its noun."""
_NEVER_MEANT = frozenset({"country", "river", "lake"})
_WIDE = frozenset({"country", "governorate", "region"})


class DescriptionReader:
    """Nouns that stand for places, compiled."""

    def __init__(self, lex: Grammar, words: PlaceWords) -> None:
        self._lex = lex
        self._kinds = lex.anaphors | {_plural(noun): kinds for noun, kinds in lex.anaphors.items()}
        self._parts = frozenset(w for phrase in words.part_words for w in phrase.split())

    def read(
        self, tokens: Words, sentences: Sequence[Sentence], triggers: Sequence[Trigger], places: Sequence[PlaceMention]
    ) -> Iterator[PlaceMention]:
        """What each description in a sentence with a trigger means, as a mention that stands at its noun."""
        named = {i: p for p in places for i in range(p.first, p.last)}
        told = {s.number for s in sentences if any(s.first <= t.first < s.last for t in triggers)}
        for sentence in sentences:
            if sentence.number not in told:
                continue
            for i in range(sentence.first, sentence.last):
                if tokens.norms[i] in self._kinds and i not in named:
                    meant = self._meant(tokens, sentences, sentence, i, places, named)
                    if meant:
                        first, *others = (_at(tokens, i, place) for place in meant)
                        yield replace(first, also=tuple(others))

    def _meant(
        self,
        tokens: Words,
        sentences: Sequence[Sentence],
        sentence: Sentence,
        i: int,
        places: Sequence[PlaceMention],
        named: Mapping[int, PlaceMention],
    ) -> Meant:
        norms = tokens.norms
        opening = self._article(tokens, sentence, i, named)
        if opening is None or self._goes_on(tokens, sentence, i, named):
            return ()
        kinds = self._kinds[norms[i]]
        between = norms[opening:i]
        if norms[opening] in self._lex.indefinite:
            held = not self._lex.held.isdisjoint(norms[opening : i + 3]) or i + 1 == sentence.last
            stands = held and sentences[min(len(sentences) - 1, sentence.number + _AHEAD)].last
            return self._first_named_behind(tokens, places, i, stands, kinds) if stands else ()
        floor = sentences[max(0, sentence.number - _BACK)].first
        before = [p for p in places if floor <= p.first < opening and self._fits(p, kinds)]
        if norms[i] in self._lex.anaphors:
            return self._latest(tokens, before, kinds)
        count = next((self._lex.counts[w] for w in between if w in self._lex.counts), 0)
        return self._list(tokens, before, count)

    def _article(self, tokens: Words, sentence: Sentence, i: int, named: Mapping[int, PlaceMention]) -> int | None:
        """The token of the article that opens the noun phrase at token i."""
        norms = tokens.norms
        for j in range(i - 1, max(sentence.first, i - 1 - _MODIFIERS) - 1, -1):
            if norms[j] in self._lex.definite or norms[j] in self._lex.indefinite:
                return j
            ended = norms[j] in STOPS or norms[j] in self._lex.boundaries or norms[j] in self._lex.oblique
            if ended or j in named or norms[j] in self._lex.be or not norms[j].isalnum():
                return None
        return None

    def _goes_on(self, tokens: Words, sentence: Sentence, i: int, named: Mapping[int, PlaceMention]) -> bool:
        """Whether the noun is only begun: "the town of X", "the village near X", "the city centre", "the town X"."""
        j = i + 1
        if j >= sentence.last:
            return False
        word = tokens.norms[j]
        if word in self._parts or word in self._kinds or j in named or word == "of":
            return True
        if j + 1 < sentence.last and tokens.norms[j + 1] in self._kinds and word not in self._lex.boundaries:
            return True
        if tokens.texts[j][0].isupper() and word not in self._lex.attributes and tokens.starts[j] == tokens.ends[i] + 1:
            return True
        near = [named[k] for k in range(j + 1, min(sentence.last, j + 6)) if k in named]
        return bool(near) and (word in self._lex.apart or (word == "in" and near[0].kind not in _WIDE))

    def _fits(self, place: PlaceMention, kinds: Sequence[str]) -> bool:
        whole = not place.area or place.kind == "governorate"
        return place.kind not in _NEVER_MEANT and whole and (not kinds or place.kind in kinds)

    def _latest(self, tokens: Words, before: Sequence[PlaceMention], kinds: Sequence[str]) -> Meant:
        """The last one named; one that only tells where another lies ("near X", "in X") gives way, then one of a
        kind that the noun seldom means."""
        heads = [p for p in before if not self._locates(tokens, p)] or list(before)
        proper = [p for p in heads if p.kind in kinds[:1]]
        return tuple((proper or heads)[-1:])

    def _locates(self, tokens: Words, place: PlaceMention) -> bool:
        j = place.first - 1
        while j >= 0 and (tokens.norms[j] in self._lex.determiners - {"of"} or tokens.norms[j] in self._lex.anaphors):
            j -= 1
        return j >= 0 and tokens.norms[j] in self._lex.oblique

    def _list(self, tokens: Words, before: Sequence[PlaceMention], count: int) -> Meant:
        """The last places named in one breath, ``count`` of them where a number is given."""
        run: list[PlaceMention] = []
        for place in reversed(before):
            if run and not self._joined(tokens, place, run[-1]):
                if _distinct(run, count):
                    break
                run = []
            run.append(place)
        return tuple(reversed(list({p.place_id: p for p in run}.values()))) if _distinct(run, count) else ()

    def _joined(self, tokens: Words, left: PlaceMention, right: PlaceMention) -> bool:
        between = tokens.norms[left.last : right.first]
        return all(w in self._lex.joints or w == "," or w in self._lex.determiners or w in self._kinds for w in between)

    def _first_named_behind(
        self, tokens: Words, places: Sequence[PlaceMention], i: int, end: int, kinds: Sequence[str]
    ) -> Meant:
        """What "a village held by IS" is called further on: the first new name there that its noun may stand for."""
        known = {p.place_id for p in places if p.first < i}
        for place in places:
            if i < place.first < end and place.place_id not in known and place.kind in kinds:
                return (place,)
        return ()


def _distinct(run: Sequence[PlaceMention], count: int) -> bool:
    found = len({p.place_id for p in run})
    return found == count if count else found > 1


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _at(tokens: Words, i: int, place: PlaceMention) -> PlaceMention:
    return replace(place, first=i, last=i + 1, start=tokens.starts[i], end=tokens.ends[i], described=True)
