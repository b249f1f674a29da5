"""Places that a report names by what they are: "the city", "the two villages", "a village held by IS"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, pairwise

from configs.model import Place
from configs.place_language import PlaceWords
from transforms.claims.boroughs import borough
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.page import ANY, NEVER_MEANT, Page, fits
from transforms.claims.parts import of_office
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence, Words

Meant = Sequence[PlaceMention]
_NEAR, _FAR, _AHEAD = 3, 6, 3
"""Sentences before a description in which any name may be meant, or only a surely fitting one; and behind it."""
_MODIFIERS = 5
"""Tokens between an article and its noun."""
_WIDE = frozenset({"country", "governorate", "region"})
_OWNERS, _BELONGINGS = frozenset({"city", "town"}), frozenset({"airport", "base", "dam", "facility"})


class DescriptionReader:
    """Nouns that stand for places, compiled."""

    def __init__(self, lex: Grammar, words: PlaceWords, places: Sequence[Place]) -> None:
        regions = [(p.admin1, p) for p in places if p.admin1]
        self._governorates = {name: _mention(p, name) for name, p in regions if p.kind == "governorate"}
        self._capitals = {name: _mention(p, name) for name, p in regions if p.kind == "city" and p.name == name}
        self._seats = frozenset(p.place_id for p in self._capitals.values())
        self._belongings: dict[str, list[PlaceMention]] = {}
        for place in places:
            if place.parent is not None and place.kind in _BELONGINGS:
                self._belongings.setdefault(place.parent, []).append(_mention(place, place.name))
        self._lex = lex
        self._singular = {_plural(noun): noun for noun in lex.anaphors}
        self._owners = {f"{noun}s": noun for noun in lex.anaphors}
        self._nouns = frozenset({*lex.anaphors, *self._singular, *self._owners})
        self._parts = frozenset(w for phrase in words.part_words for w in phrase.split())

    def read(
        self, tokens: Words, sentences: Sequence[Sentence], triggers: Sequence[Trigger], places: Sequence[PlaceMention]
    ) -> Iterator[PlaceMention]:
        """What each description in a sentence with a trigger means, as a mention that stands at its noun."""
        named = {i: p for p in places for i in range(p.first, p.last)}
        page = Page(tokens, sentences, places, [p.first for p in places], named)
        nouns = list(compress(range(len(tokens)), map(self._nouns.__contains__, tokens.norms)))
        called = {(place.place_id, tokens.norms[i]) for i in nouns for place in self._called(page, i)}
        opens, told = [s.first for s in sentences], [t.first for t in triggers]
        for i in nouns:
            number = bisect_right(opens, i) - 1
            holds_trigger = bisect_left(told, opens[number]) < bisect_left(told, sentences[number].last)
            if holds_trigger and i not in named and (noun := self._noun(tokens, i)) is not None:
                meant = self._meant(page, sentences[number], i, noun, called)
                if meant:
                    others = tuple(_at(tokens, i, place) for place in meant[1:])
                    yield _at(tokens, i, meant[0], others)

    def _noun(self, tokens: Words, i: int) -> str | None:
        """The noun at token i in the singular; an owner ("the city's west") is one, too."""
        word = tokens.norms[i]
        if word in self._lex.anaphors:
            return word
        owner = self._owners.get(word) if tokens.texts[i].endswith(("'s", "’s")) else None
        return owner or self._singular.get(word) or self._owners.get(word)

    def _called(self, page: Page, i: int) -> Sequence[PlaceMention]:
        """The places that the report calls by the noun at token i: "the town of X", "X, a town"."""
        norms, named = page.tokens.norms, page.named
        if norms[i] not in self._lex.anaphors:
            return ()
        behind = named.get(i + 2)
        found = [behind] if behind is not None and behind.first == i + 2 and norms[i + 1] == "of" else []
        for end in range(i, max(1, i - _MODIFIERS), -1):
            place = named.get(end - 1)
            if place is not None and place.last == end:
                beside = end == i or norms[end] in self._lex.indefinite or norms[end] == ","
                if beside and place.first > 1 and norms[place.first - 2] not in STOPS:
                    found.append(place)
                break
            if norms[end - 1] in STOPS or i in named:
                break
        return found

    def _meant(self, page: Page, sentence: Sentence, i: int, noun: str, called: set[tuple[str, str]]) -> Meant:
        norms = page.tokens.norms
        opening = self._article(page, sentence, i)
        owner = norms[i] != noun and norms[i] not in self._singular
        new = opening is not None and norms[opening] in self._lex.indefinite
        if new and (called_next := self._called_next(page, sentence, noun)):
            return called_next
        if opening is not None and (lying_in := borough(page, sentence, opening, i, self._lex, called)):
            return lying_in
        if opening is None or (not owner and self._goes_on(page, sentence, i)):
            return ()
        kinds = self._lex.anaphors[noun]
        apposed = page.named.get(opening - 2) if norms[opening - 1] == "," and norms[i] == noun else None
        if apposed is not None and apposed.kind not in NEVER_MEANT:
            return (apposed,)  # "X, the last rebel-held town"
        if norms[opening] in self._lex.indefinite:
            held = not self._lex.held.isdisjoint(norms[opening : i + 3]) or i + 1 == sentence.last
            return self._first_named_behind(page, sentence, i, kinds) if held else ()
        named = page.before(sentence, opening, _FAR)
        seat = not self._lex.provincial.isdisjoint(norms[opening:i])
        if noun in self._lex.provinces or seat:
            return self._of_province(named, self._capitals if seat else self._governorates)
        before = [p for p in named if fits(p, kinds) and not self._left_for(page, p)]
        before = before or [p._replace(area=False) for p in named if p.area and p.kind in kinds[:1]]  # "around X"
        if norms[i] in self._singular and not owner:
            count = next((self._lex.counts[w] for w in norms[opening:i] if w in self._lex.counts), 0)
            return self._list(page, before, count) or self._list_behind(page, sentence, i, kinds, count)
        near = page.sentences[max(0, sentence.number - _NEAR)].first
        heads = [p for p in before if not self._locates(page, p)] or before
        fitting = [p for p in heads if p.kind in kinds[:1]]
        otherwise = {place_id for place_id, other in called if other != noun and other in _OWNERS}
        if heads and noun in _OWNERS and heads[-1].place_id in otherwise and heads[-1].kind not in kinds[:1]:
            close = (p for p in fitting if p.first >= page.sentences[max(0, sentence.number - 1)].first)
            heads = [
                p for p in close if p.place_id not in otherwise
            ] or heads  # "the town of X, the city of Y ... the city"
        return (
            [p for p in heads if (p.place_id, noun) in called][-1:]
            or [p for p in before if ANY in kinds and p.first >= near and p.kind in kinds[:1]][-1:]
            or [p for p in before if ANY in kinds and p.first >= sentence.first][-1:]
            or [p for p in fitting if p.first >= near][-1:]
            or [p for p in heads if p.first >= near][-1:]
            or fitting[-1:]
            or self._belonging(named, kinds)
        )

    def _called_next(self, page: Page, sentence: Sentence, noun: str) -> Meant:
        """What "a town in X" is called at the head of the sentence behind: "The town, Y, was held by"."""
        norms, first = page.tokens.norms, sentence.last
        if noun not in norms[first : first + 3] or norms[first : first + 1] != ("the",):
            return ()
        behind = norms.index(noun, first) + 1
        place = page.named.get(behind + 1) if norms[behind : behind + 1] == (",",) else None
        return () if place is None or place.kind in _WIDE else (place,)

    def _belonging(self, named: Sequence[PlaceMention], kinds: Sequence[str]) -> Meant:
        """The one place of its kind that belongs to the place named last: "X is besieged. The airport, ..."."""
        last = next((p for p in reversed(named) if p.kind in _OWNERS), None)
        own = [p for p in self._belongings.get(last.place_id, ()) if p.kind in kinds] if last is not None else []
        return own if len(own) == 1 else ()

    def _of_province(self, named: Sequence[PlaceMention], meant: Mapping[str, PlaceMention]) -> Meant:
        """The governorate of what was named last, or its capital."""
        last = next((p for p in reversed(named) if p.admin1 is not None and p.kind != "country"), None)
        if last is None or last.admin1 is None:
            return ()
        if last.admin1 in meant:
            return (meant[last.admin1],)
        return (last,) if last.kind == "governorate" else ()  # of another country

    def _article(self, page: Page, sentence: Sentence, i: int) -> int | None:
        """The token of the article that opens the noun phrase at token i."""
        norms, lex = page.tokens.norms, self._lex
        for j in range(i - 1, max(sentence.first, i - 1 - _MODIFIERS) - 1, -1):
            if norms[j] in lex.definite or norms[j] in lex.indefinite:
                return j
            if norms[j] == "," and norms[j - 2] in lex.definite and j - 1 not in page.named:
                return j - 2  # "the besieged, rebel-held suburb"
            ended = norms[j] in STOPS or norms[j] in lex.boundaries or norms[j] in lex.oblique or norms[j] in lex.be
            if ended or j in page.named or not norms[j].isalnum():
                return None
        return None

    def _goes_on(self, page: Page, sentence: Sentence, i: int) -> bool:
        """Whether the noun is only begun: "the town of X", "the village near X", "the city centre", "the town X"."""
        tokens, named, j = page.tokens, page.named, i + 1
        if j >= sentence.last:
            return False
        word, lex = tokens.norms[j], self._lex
        if word in self._parts or self._noun(tokens, j) or j in named or word == "of" or word in lex.persons:
            return True
        if word == "including" and tokens.norms[i] in self._singular:
            return True  # "the villages including X"
        if j + 1 < sentence.last and self._noun(tokens, j + 1) and word not in lex.boundaries:
            return True
        if tokens.texts[j][0].isupper() and word not in lex.attributes and tokens.starts[j] == tokens.ends[i] + 1:
            return True
        near = [named[k] for k in range(j + 1, min(sentence.last, j + 6)) if k in named]
        return bool(near) and (word in lex.apart or (word == "in" and near[0].kind not in _WIDE))

    def _locates(self, page: Page, place: PlaceMention) -> bool:
        """Whether the name only tells where another place lies: "near X", "in the province of X"."""
        norms, j = page.tokens.norms, place.first - 1
        if of_office(norms, place, self._lex):
            return True
        while j >= 0 and (norms[j] in self._lex.leading or norms[j] in self._lex.anaphors):
            j -= 1
        topic = norms[j] == "in" and page.opens(j)  # "In X, three hours up the river, ..."
        return j >= 0 and norms[j] in self._lex.aside and not topic

    def _left_for(self, page: Page, place: PlaceMention) -> bool:
        """Whether somebody only leaves for it: "the rebels left X for Y, and the army entered the town"."""
        norms, j = page.tokens.norms, place.first - 1
        return norms[j] == "for" and (j - 1 in page.named or norms[j - 1] in self._lex.departing)

    def _list(self, page: Page, before: Sequence[PlaceMention], count: int) -> Meant:
        """The last places named in one breath, ``count`` of them where a number is given."""
        run: list[PlaceMention] = []
        for place in reversed(before):
            if run and not self._joined(page.tokens, place, run[-1]):
                if _distinct(run, count):
                    break
                run = []
            run.append(place)
        return tuple(reversed(list({p.place_id: p for p in run}.values()))) if _distinct(run, count) else ()

    def _list_behind(self, page: Page, sentence: Sentence, i: int, kinds: Sequence[str], count: int) -> Meant:
        """The first places named in one breath further on, where a number tells how many ("two villages")."""
        end = page.sentences[min(len(page.sentences) - 1, sentence.number + _AHEAD)].last
        behind = [p for p in page.between(i + 1, end) if fits(p, kinds)] if count else []
        for start in range(len(behind) - count + 1):
            run = behind[start : start + count]
            told_on = count and run[0].first < sentence.last and "and" in page.tokens.norms[i + 1 : run[0].first]
            if told_on or not _distinct(run, count):
                continue  # "took two villages and shelled X and Y"
            if all(self._joined(page.tokens, a, b) for a, b in pairwise(run)):
                return tuple(run)
        return ()

    def _joined(self, tokens: Words, left: PlaceMention, right: PlaceMention) -> bool:
        lex = self._lex
        return all(
            tokens.norms[j] in lex.joints or tokens.norms[j] in lex.determiners or tokens.norms[j] == ","
            for j in range(left.last, right.first)
            if self._noun(tokens, j) is None
        )

    def _first_named_behind(self, page: Page, sentence: Sentence, i: int, kinds: Sequence[str]) -> Meant:
        """What "a village held by IS" is called further on: the first new name there that its noun may stand for."""
        known = {p.place_id for p in page.between(0, i)}
        end = page.sentences[min(len(page.sentences) - 1, sentence.number + _AHEAD)].last
        behind = [p for p in page.between(i + 1, end) if p.place_id not in known]
        fitting = [p for p in behind if p.kind in kinds or ANY in kinds]
        if kinds[0] != "city":  # nobody calls the capital of a governorate a town
            fitting = [p for p in fitting if p.place_id not in self._seats]
        return tuple(sorted(fitting, key=lambda p: p.kind != kinds[0])[:1])


def _distinct(run: Sequence[PlaceMention], count: int) -> bool:
    found = len({p.place_id for p in run})
    return found == count if count else found > 1


def _mention(place: Place, name: str) -> PlaceMention:
    where = (place.admin1, place.country, place.geo_prec, place.parent, False, place.lat, place.lon)
    return PlaceMention(0, 0, 0, 0, name, place.place_id, place.name, place.kind, *where)


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _at(tokens: Words, i: int, place: PlaceMention, also: tuple[PlaceMention, ...] = ()) -> PlaceMention:
    start, end = tokens.starts[i], tokens.ends[i]
    return place._replace(first=i, last=i + 1, start=start, end=end, described=True, also=also)
