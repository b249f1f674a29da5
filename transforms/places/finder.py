"""Places named in a report: found by name, read with the words around them, told apart from namesakes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, takewhile

from configs.model import Place
from configs.place_language import PlaceWords
from transforms.places.choice import Choice
from transforms.places.context import Around, PlaceReader
from transforms.places.index import Match, PlaceIndex, is_name
from transforms.places.mention import PlaceMention, provisional_id
from transforms.places.names import FeatureTable, loose
from transforms.places.settle import settle
from transforms.places.unknown import UnknownPlaces
from transforms.text import Words

__all__ = ["PlaceFinder", "PlaceMention"]

_LINKS = ("of", "at", "the")
"""Words between a feature word and the name after which the place is called."""
_LONGEST = 6
"""Tokens of a feature phrase with these words."""


class PlaceFinder:
    """Finds the places of a gazetteer in tokenised text.

    ``places`` come in order of preference: of two namesakes the earlier one is meant, until :meth:`settle` knows
    better.
    """

    def __init__(self, places: Sequence[Place], words: PlaceWords, admin1: Sequence[str]) -> None:
        self.features = FeatureTable(words)
        self.index = PlaceIndex(places, words, admin1, self.features)
        self.reader = PlaceReader(words, self.features)
        self.choice = Choice(self.index.places, self.features, words.kindred)
        self.places = self.index.places
        self.unknown = UnknownPlaces(self.find, self.features, words)
        self.by_id = {place.place_id: place for place in self.places}
        self.home = frozenset(place.country for place in self.places if place.admin1 in admin1)

    def find(self, text: str, tokens: Words, first: int = 0, last: int | None = None) -> list[PlaceMention]:
        """Mentions of gazetteer places within tokens ``first:last``, from left to right, none overlapping."""
        found: list[PlaceMention] = []
        begins, end = self.index.begins, len(tokens) if last is None else last
        within = tokens.texts if first == 0 and end == len(tokens) else tokens.texts[first:end]
        free_from = first
        for i in compress(range(first, end), map(begins.__getitem__, within)):
            if i < free_from:
                continue
            mention = self._at(text, tokens, i, free_from)
            if mention is not None:
                if found and mention.provisional and mention.kind == "road":
                    mention = _between(text, found, mention)
                found.append(mention)
                free_from = mention.last
        return found

    def _at(self, text: str, tokens: Words, i: int, free_from: int) -> PlaceMention | None:
        """The mention of the name at token i, which leaves the tokens before ``free_from`` to the mention before it."""
        for match in self.index.matches(tokens, i):
            around = self.reader.around_name(text, tokens, match)
            if around is None:
                mention = self._read_alone(text, tokens, match)
            else:
                mention = self._read(text, tokens, match, around)
            if mention is not None and mention.first < free_from:
                mention = self._read_alone(text, tokens, match)  # "Omar oil field, al-Bab": whose field it is not
            if mention is not None:
                return mention
        return None

    def _read(self, text: str, tokens: Words, match: Match, around: Around) -> PlaceMention | None:
        """The mention that ``match`` makes in its surroundings; None where it is no place after all."""
        reader, entry = self.reader, match.entry
        after, before = around.after, around.before
        if reader.is_other(tokens, around.first, match.last):
            return None
        if self._says_too_little(tokens, match, around):
            return None
        cue = after or before
        for feature in (around.lying, after, before, around.opener):
            if feature is not None and feature[1] in entry:
                return self._mention(text, tokens, match, around, entry[feature[1]], feature)
        own = next((f for f in (after, around.opener) if f is not None and self._is_own(f)), None)
        kin = own or (before if before is not None and self._called_after(tokens, before) else None)
        if kin is not None and (kindred := self.choice.kindred(entry, kin[1])):
            return self._mention(text, tokens, match, around, kindred, kin)
        if "governorate" in entry and self.reader.is_rural(around.part):
            return self._mention(text, tokens, match, around, entry["governorate"], None)
        if None not in entry:
            return None
        if kin is not None and (sibling := self._sibling(tokens, match, kin)):
            return self._mention(text, tokens, match, around, sibling, kin)
        if own is not None and own[0] != match.last and self.choice.may_extend(entry):
            return self._own_place(text, tokens, match, around, own, entry[None][0])
        if before is not None and self._called_after(tokens, before) and self.choice.may_extend(entry):
            return self._own_place(text, tokens, match, around, before, entry[None][0])
        if cue is not None and self.features.word(cue[1]).role == "own":
            cue = None
        return self._mention(text, tokens, match, around, self.choice.preferred(entry[None], cue), cue)

    def _sibling(self, tokens: Words, match: Match, feature: tuple[int, str]) -> tuple[int, ...]:
        """The places of the feature's kind that bear the name in another spelling near the one that bears it in this:
        where the list has "Menagh Air Base" and a village, "Mannagh military airport" is that base."""
        words = (w for w in tokens.norms[match.first : match.last] if w not in self.reader.articles)
        entry = self.index.loose.get(" ".join(map(loose, words)), {})
        numbers = entry.get(feature[1]) or self.choice.kindred(entry, feature[1]) or ()
        here = self.places[match.entry[None][0]].admin1
        return tuple(n for n in numbers if self.places[n].admin1 == here)

    def _read_alone(self, text: str, tokens: Words, match: Match) -> PlaceMention | None:
        """What :meth:`_read` gives where no word beside the name tells anything of it."""
        numbers = match.entry.get(None)
        if numbers is None or match.core in self.reader.stop:
            return None
        if match.last - match.first == 1 and match.core in self.reader.openers:
            return None
        start = tokens.starts[match.first]
        end = tokens.ends[match.last - 1] - _possessive_length(tokens.texts[match.last - 1], match.possessive)
        return self._named(match.first, match.last, start, end, text[start:end], numbers)

    def _named(
        self,
        first: int,
        last: int,
        start: int,
        end: int,
        name: str,
        numbers: tuple[int, ...],
        area: bool = False,
        part: str | None = None,
    ) -> PlaceMention:
        place = self.places[numbers[0]]
        candidates = (place.place_id,) if len(numbers) == 1 else tuple([self.places[n].place_id for n in numbers])
        return PlaceMention(
            first, last, start, end, name, place.place_id, place.name, place.kind, place.admin1, place.country,
            place.geo_prec, place.parent, False, place.lat, place.lon, None, area, part, candidates,
        )  # fmt: skip

    def _says_too_little(self, tokens: Words, match: Match, around: Around) -> bool:
        """Whether the name is an everyday word, or a mere beginning of names, with nothing that shows a place."""
        reader = self.reader
        alone = match.last - match.first == 1 and match.core in reader.openers
        if alone and match.last < len(tokens) and is_name(tokens.texts[match.last]):
            return True  # "Khan Something": a longer name that the gazetteer lacks
        if not (alone or match.core in reader.stop) or around.after or around.before or around.opener:
            return False
        with_article = around.first < match.first and f"{tokens.norms[around.first]}{match.core}" not in reader.stop
        return not (with_article and None in match.entry)

    def _mention(
        self,
        text: str,
        tokens: Words,
        match: Match,
        around: Around,
        numbers: tuple[int, ...],
        feature: tuple[int, str] | None,
    ) -> PlaceMention:
        place = self.places[numbers[0]]
        word = self.features.word(feature[1]) if feature else None
        first, last, possessive = around.first, match.last, match.possessive
        own = word is not None and word.role == "own"
        if feature is not None and own and (feature is not around.before or self._called_after(tokens, feature)):
            first, last = (feature[0], last) if feature is not around.after else (first, feature[0])
            possessive = possessive and last == match.last
        area = around.nearby or (word is not None and word.role in ("governorate", "area"))
        if word is not None and word.role == "district" and place.kind != "district":
            area = True
        part = around.part
        if (
            part is None
            and word is not None
            and place.kind != "governorate"
            and word.role in ("governorate", "area", "district")
            and area
        ):
            part = " ".join(tokens.texts[i] for i in _feature_tokens(feature, around, match)) or None
        start, end = (
            tokens.starts[first],
            tokens.ends[last - 1] - _possessive_length(tokens.texts[last - 1], possessive),
        )
        return self._named(first, last, start, end, text[start:end], numbers, area, part)

    def _is_own(self, feature: tuple[int, str]) -> bool:
        return self.features.word(feature[1]).role == "own"

    def _called_after(self, tokens: Words, feature: tuple[int, str]) -> bool:
        """Whether "the airport of X", "the base at X" names a place of its own; "the streets of X" are in X."""
        feature_word = self.features.word(feature[1])
        said = takewhile(lambda word: word not in _LINKS, tokens.norms[feature[0] : feature[0] + _LONGEST])
        return feature_word.of and " ".join(said) in feature_word.words

    def _own_place(
        self, text: str, tokens: Words, match: Match, around: Around, feature: tuple[int, str], number: int
    ) -> PlaceMention:
        """A place of its own, named after one that the gazetteer has ("Raqqa silos", "the airport of Raqqa"):
        provisional, near that place."""
        behind = feature[0] >= match.last
        first, last = (around.first, feature[0]) if behind else (feature[0], match.last)
        words = tokens.norms[match.last : last] if behind else tokens.norms[first : around.first]
        start, end, place = tokens.starts[first], tokens.ends[last - 1], self.places[number]
        mention = self._mention(text, tokens, match, around, (number,), None)
        name = f"{place.name} {' '.join(w for w in words if behind or w not in _LINKS)}"
        return mention._replace(
            first=first,
            last=last,
            start=start,
            end=end,
            text=text[start:end],
            place_id=provisional_id(name, place.admin1),
            name=text[start:end] if behind else name,
            kind=self.features.word(feature[1]).kind,
            geo_prec=2,
            parent=None,
            provisional=True,
            near=place.place_id,
            area=False,
            candidates=(),
        )

    def provisional(
        self,
        text: str,
        tokens: Words,
        first: int,
        last: int,
        admin1: str | None = None,
        near: PlaceMention | None = None,
    ) -> PlaceMention:
        """See :meth:`transforms.places.unknown.UnknownPlaces.provisional`."""
        return self.unknown.provisional(text, tokens, first, last, admin1, near)

    def unknown_names(self, text: str, tokens: Words, known: Sequence[PlaceMention]) -> list[PlaceMention]:
        """See :meth:`transforms.places.unknown.UnknownPlaces.unknown_names`."""
        return self.unknown.unknown_names(text, tokens, known)

    def settle(self, mentions: Sequence[PlaceMention], tokens: Words) -> list[PlaceMention]:
        """See :func:`transforms.places.settle.settle`."""
        return settle(mentions, self.by_id, tokens.norms, self.reader, self.home)


def _between(text: str, found: list[PlaceMention], road: PlaceMention) -> PlaceMention:
    """The road between two places ("Homs-Palmyra road"): takes the place before the hyphen out of ``found`` and in."""
    start = found[-1]
    if start.last != road.first or text[start.end : road.start] not in ("-", "‐", "‑", "–"):
        return road
    found.pop()
    name = text[start.start : road.end]
    return road._replace(
        first=start.first,
        start=start.start,
        text=name,
        name=name,
        place_id=provisional_id(name, road.admin1),
        geo_prec=3,
    )


def _possessive_length(word: str, possessive: bool) -> int:
    return 0 if not possessive else 2 if word[-2:-1] in "'’ʼ`" else 1


def _feature_tokens(feature: tuple[int, str] | None, around: Around, match: Match) -> Iterable[int]:
    if feature is None or feature is around.opener:
        return ()
    return range(match.last, feature[0]) if feature is around.after else range(feature[0], feature[0] + 1)
