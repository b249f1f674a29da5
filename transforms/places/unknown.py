"""Places that no gazetteer has: recognised from the words around them, named and, where the text tells, located."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import compress

from configs.model import PlaceKind
from configs.place_language import PlaceWords
from transforms.places.geometry import offset
from transforms.places.index import is_name
from transforms.places.mention import PlaceMention, provisional_id
from transforms.places.names import FeatureTable
from transforms.text import Words, fold_phrase

LOOK_AHEAD = 12
"""So many words after a name may tell where it lies ("25 km north of X")."""
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([a-z]*)$")
_LONGEST = 4
Find = Callable[[str, Words, int, int], list[PlaceMention]]


class UnknownPlaces:
    """Makes provisional mentions. ``find`` finds what the gazetteer has within given tokens."""

    def __init__(self, find: Find, features: FeatureTable, words: PlaceWords) -> None:
        self.find, self.features = find, features
        self.articles = frozenset(words.articles)
        self.not_names = frozenset(words.not_names) | frozenset(words.person_before)
        self.openers, self.sure = frozenset(words.name_openers), frozenset(words.sure_openers)
        self.enders = frozenset(words.name_enders)
        self.ands = frozenset(words.and_words) | {","}
        self.units = dict(words.units)
        self.cues = frozenset(features.after) | self.sure
        self.plurals = {name: {fold_phrase(p) for p in word.plural} for name, word in words.features.items()}
        self.bearing = {fold_phrase(w): float(b) for b, names in words.compass.items() for w in names}

    def provisional(
        self,
        text: str,
        tokens: Words,
        first: int,
        last: int,
        admin1: str | None = None,
        near: PlaceMention | None = None,
    ) -> PlaceMention:
        """The mention of tokens ``first:last``: the gazetteer's place where it has that name, a provisional one
        otherwise.

        A feature word beside the span decides its kind and, for hills, bases and the like, belongs to the name. A
        distance and direction after it ("25 km north of X") locate it: ``geo_prec`` 2 within 30 km, else 3; else it
        lies ``near``.
        """
        known = self.find(text, tokens, first, last)
        if len(known) == 1 and known[0].first <= first and known[0].last >= last:
            return known[0]
        after = self.features.at(tokens.norms, last, len(tokens))
        kind: PlaceKind = "unknown"
        name_last = last
        if after is not None:
            word = self.features.word(after[1])
            kind = word.kind if word.role != "governorate" else "unknown"
            name_last = after[0] if word.role == "own" else last
        before = self._announced(tokens, first)
        if after is None and before is not None and self.features.word(before[1]).role != "governorate":
            kind = self.features.word(before[1]).kind
        elif after is None and first < last and (opened := self.features.ending(tokens.norms, first + 1, opens=True)):
            kind = self.features.word(opened[1]).kind
        if after is None and before is not None and self.features.word(before[1]).of:
            first = before[0]
        place = self._located(text, tokens, after[0] if after else last)
        near, spot = place if place is not None else (near, None)
        admin1 = admin1 or (near.admin1 if near else None)
        start, end = tokens.starts[first], tokens.ends[name_last - 1]
        name = text[start:end]
        lat, lon, prec = (
            spot if spot is not None else (near.lat, near.lon, 3) if near else (None, None, 4 if admin1 else 7)
        )
        return PlaceMention(
            first,
            name_last,
            start,
            end,
            name,
            provisional_id(name, admin1),
            name,
            kind,
            admin1,
            near.country if near else None,
            prec,
            None,
            True,
            lat,
            lon,
            near.place_id if near else None,
        )

    def unknown_names(self, text: str, tokens: Words, known: Sequence[PlaceMention]) -> list[PlaceMention]:
        """Names that their surroundings show to be places ("the village of X", "X hill", "Tal X"), none overlapping
        ``known``."""
        taken = {i for m in known for i in range(m.first, m.last)}
        found: list[PlaceMention] = []
        for first, last in self._spans(text, tokens, taken):
            if taken.isdisjoint(range(first, last)):
                mention = self.provisional(text, tokens, first, last)
                if not taken.isdisjoint(range(mention.first, mention.last)):
                    continue
                taken.update(range(mention.first, mention.last))
                found.append(mention)
        return sorted(found, key=lambda m: m.first)

    def _spans(self, text: str, tokens: Words, taken: set[int]) -> Iterator[tuple[int, int]]:
        norms, texts, end, cues = tokens.norms, tokens.texts, len(tokens), self.cues
        free_from = 0
        for i in compress(range(end), map(cues.__contains__, norms)):
            if i < free_from:
                continue
            if texts[i][0].islower():
                feature = self.features.at(norms, i, end)
                if feature is None:
                    continue
                names = (
                    feature[0] + 1 if feature[0] < end and self._links(norms[feature[0]], feature[1]) else feature[0]
                )
                if self._plural(norms, i, feature):
                    yield from self._listed(text, tokens, names, taken)
                elif feature[0] < names < end and names not in taken:
                    last = self._name_end(text, tokens, names, taken, whole=True)
                    if last > names:
                        yield names, last
                linked = feature[0] < names < end and is_name(texts[names])
                owned = texts[i - 1].endswith(("'s", "’s"))  # "Al-Masdar's field correspondent"
                start = None if linked or owned else self._name_before(text, tokens, i, taken)
                if start is not None:  # in "the Ukrainian city of X" it is no name
                    yield start, i
                free_from = feature[0]
            elif norms[i] in self.sure and i not in taken and i + 1 < end and texts[i][0].isupper():
                last = self._name_end(text, tokens, i, taken)
                if last > i + 1:
                    yield i, last
                    free_from = last

    def _links(self, word: str, feature: str) -> bool:
        """Whether the feature word is joined to the name behind ``word``: "the village of X", "the base at X"."""
        return word == "of" or (word == "at" and self.features.word(feature).of)

    def _plural(self, norms: tuple[str, ...], i: int, feature: tuple[int, str]) -> bool:
        return norms[i : feature[0]] in self.plurals[feature[1]]

    def _listed(self, text: str, tokens: Words, i: int, taken: set[int]) -> Iterator[tuple[int, int]]:
        """The names of a list that begins at token ``i``; of a text that has lost its commas each word may be one."""
        end, whole = len(tokens), "," in tokens.texts
        while i < end:
            if i in taken or tokens.norms[i] in self.ands:
                i += 1
                continue
            last = self._name_end(text, tokens, i, taken, whole=whole)
            if last == i:
                return
            closing = tokens.norms[i - 1] == "and" and last + 1 < end and self._is_article(text, tokens, last)
            if closing and last not in taken and last + 1 not in taken:
                last += 2  # the last of a list, "and Ruweiset al-Jaoureh", is one name
            yield i, last
            i = last

    def _name_end(self, text: str, tokens: Words, first: int, taken: set[int], *, whole: bool = False) -> int:
        """Where the one name that begins at ``first`` ends: one word, more after an opener ("Tal X") or before an
        ender.

        ``whole`` takes every word of the run: after "the village of" there is one name only.
        """
        i, end, norms, texts = first, len(tokens), tokens.norms, tokens.texts
        if i + 1 < end and self._is_article(text, tokens, i):
            i += 1
        if i >= end or i in taken or not (self._may_name(tokens, i) or (whole and self._opens_name(text, tokens, i))):
            return first
        opened = norms[i] in self.openers
        i += 1
        while i < end and i - first < _LONGEST and i not in taken:
            j = i + 1 if i + 1 < end and self._is_article(text, tokens, i) else i
            if (
                j in taken
                or not is_name(texts[j])
                or norms[j] in self.not_names
                or tokens.starts[i] > tokens.ends[i - 1] + 1
            ):
                break
            if not whole and not opened and norms[j] not in self.enders:
                break
            opened = norms[j] in self.openers
            i = j + 1
        return i

    def _name_before(self, text: str, tokens: Words, last: int, taken: set[int]) -> int | None:
        """Where the name that ends before token ``last`` begins; None where none does."""
        i, texts = last, tokens.texts
        while i > 0 and last - i < _LONGEST and i - 1 not in taken and self._may_name(tokens, i - 1):
            i -= 1
            if i > 0 and self._is_article(text, tokens, i - 1):
                i -= 1
                if i and texts[i - 1][0].islower():
                    break
        if 0 < i < last and i - 1 not in taken and self._opens_name(text, tokens, i - 1):
            i -= 1
        return None if i == last or tokens.norms[i] in self.ands else i

    def _may_name(self, tokens: Words, i: int) -> bool:
        word = tokens.texts[i]
        acronym = len(word) > 1 and word.isupper()  # "SDF hill" names no place
        return word[0].isupper() and not acronym and tokens.norms[i] not in self.not_names

    def _opens_name(self, text: str, tokens: Words, i: int) -> bool:
        """Whether a longer name begins at token i: "Abu" is a person's name, but "the village of Abu al-X" a place."""
        if tokens.norms[i] not in self.openers or i + 1 >= len(tokens):
            return False
        return is_name(tokens.texts[i + 1]) or (i + 2 < len(tokens) and self._is_article(text, tokens, i + 1))

    def _is_article(self, text: str, tokens: Words, i: int) -> bool:
        joined = tokens.starts[i + 1] == tokens.ends[i] + 1
        hyphen = joined and text[tokens.ends[i]] in "-‐‑"
        return (
            tokens.norms[i] in self.articles
            and is_name(tokens.texts[i + 1])
            and (hyphen or (joined and tokens.norms[i] in ("al", "el")))
        )

    def _announced(self, tokens: Words, first: int) -> tuple[int, str] | None:
        """The feature word before "of X", "at X"."""
        feature = self.features.ending(tokens.norms, first - 1) if first > 1 else None
        return feature if feature is not None and self._links(tokens.norms[first - 1], feature[1]) else None

    def _located(
        self, text: str, tokens: Words, first: int
    ) -> tuple[PlaceMention, tuple[float | None, float | None, int] | None] | None:
        """The place that the words from ``first`` on measure from, and the point that they give."""
        norms, end = tokens.norms, min(len(tokens), first + LOOK_AHEAD)
        for i in range(first, end - 1):
            if norms[i] in (".", ";", "("):
                return None
            for width in (2, 1):
                bearing = self.bearing.get(tuple(norms[i : i + width]))
                if bearing is not None and i + width < end and norms[i + width] == "of":
                    reference = self.find(text, tokens, i + width + 1, end)
                    if not reference or reference[0].first > i + width + 3:
                        return None
                    return self._measured(norms, first, i, bearing, reference[0])
        return None

    def _measured(
        self, norms: Sequence[str], first: int, i: int, bearing: float, place: PlaceMention
    ) -> tuple[PlaceMention, tuple[float | None, float | None, int] | None]:
        km = self._distance(norms, first, i)
        if place.lat is None or place.lon is None:
            return place, None
        if km is None:
            return place, (place.lat, place.lon, 3)
        lat, lon = offset(place.lat, place.lon, km, bearing)
        return place, (lat, lon, 2 if km <= 30 else 3)

    def _distance(self, norms: Sequence[str], first: int, i: int) -> float | None:
        for j in range(i - 1, max(first, i - 5) - 1, -1):
            number = _NUMBER.match(norms[j])
            unit = (number.group(2) or norms[j + 1]) if number else None
            if number and unit in self.units:
                return float(number.group(1)) * self.units[unit]
        return None
