"""The gazetteer as tables of keys: where a name begins, how far it reaches, and which places it may be.

The cost of a word that begins no name is one look-up, whatever the size of the gazetteer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from configs.model import Place
from configs.place_language import PlaceWords
from transforms.places.names import FeatureTable, loose, parse
from transforms.text import Remembered, Words, fold, fold_phrase

_MARKS = re.compile("[EIY' ]")
MAX_WORDS = 5
ATTACHED = ("al", "el")
"""Articles that are also written as one word with the name: "Alwaer"."""
MIN_LOOSE = 4
"""Loose keys shorter than this say too little: such names are found by their exact spellings only."""

MIN_LOOSE_UNPEOPLED = 7
"""The same for places of which GeoNames knows no inhabitants: they are named more rarely than words that look like
them."""

Entry = dict[str | None, tuple[int, ...]]
_Name = tuple[str, Entry, bool, bool]
"""The last four fields of a :class:`Match`."""


class Match(NamedTuple):
    """Tokens ``first:last`` spell a name; ``entry`` maps feature classes (None: none needed) to places in order of
    preference."""

    first: int
    last: int
    core: str
    entry: Entry
    exact: bool
    possessive: bool


class PlaceIndex:
    """Exact and loose keys of every name of ``places``; earlier places are preferred among namesakes."""

    def __init__(
        self, places: Sequence[Place], words: PlaceWords, admin1: Sequence[str], features: FeatureTable
    ) -> None:
        self.places = tuple(places)
        self.skipped = frozenset(words.articles) | frozenset(words.of_words)
        self.openers = frozenset(words.name_openers)
        self.loose_stop = (
            frozenset(words.loose_stop)
            | frozenset(words.not_names)
            | frozenset(fold_phrase(w)[0] for w in words.stop_names if fold_phrase(w))
        )
        self.exact: dict[str, Entry] = {}
        self.loose: dict[str, Entry] = {}
        self.prefixes: set[str] = set()
        self.loose_prefixes: set[str] = set()
        self.begins = Remembered(self._begins)
        """By a word as written: whether a name may begin with it."""
        self._opening = Remembered(self._open)
        self._cores: dict[int, list[str]] = defaultdict(list)
        exact: dict[str, dict[str | None, list[int]]] = defaultdict(lambda: defaultdict(list))
        folded: dict[str, dict[str | None, list[int]]] = defaultdict(lambda: defaultdict(list))
        local = frozenset(admin1)
        for number, place in enumerate(self.places):
            may_fold = place.admin1 in local or place.kind == "governorate"
            shortest = (
                MIN_LOOSE
                if place.population != 0 and (place.population or not place.place_id.startswith("gn:"))
                else MIN_LOOSE_UNPEOPLED
            )
            for phrase in (place.name, *place.aliases):
                for name in parse(phrase, place.kind, words, features):
                    feature = "governorate" if place.kind == "governorate" else name.feature
                    self._put(exact, name.exact, feature, number)
                    self._cores[number].append(name.exact)
                    self._prefix(name.core, may_fold)
                    if may_fold and len(_MARKS.sub("", name.loose)) >= shortest:
                        self._put(folded, name.loose, feature, number)
        self.exact = {key: {f: tuple(n) for f, n in entry.items()} for key, entry in exact.items()}
        self.loose = {key: {f: tuple(n) for f, n in entry.items()} for key, entry in folded.items()}
        self.refused = tuple(self._refuse_conflicts())
        """Loose keys that are not used, with the places that each would have joined: those are found by exact
        spellings only."""

    @staticmethod
    def _put(table: dict[str, dict[str | None, list[int]]], key: str, feature: str | None, number: int) -> None:
        numbers = table[key][feature]
        if number not in numbers:
            numbers.append(number)

    def _prefix(self, core: tuple[str, ...], may_fold: bool) -> None:
        for cut in range(1, len(core)):
            self.prefixes.add("".join(core[:cut]))
            if may_fold:
                self.loose_prefixes.add(" ".join(map(loose, core[:cut])))
        if len(core) == 1:  # "Talbiseh" is also written "Tal Biseh"
            for length in range(3, min(7, len(core[0]) - 2)):
                if core[0][:length] in self.openers:
                    self.prefixes.add(core[0][:length])

    def _begins(self, word: str) -> bool:
        norm = fold(word)
        if not norm or not is_name(word):
            return False
        found, goes_on = self._opening[norm]
        return goes_on or found is not None

    def _open(self, norm: str) -> tuple[_Name | None, bool]:
        """The name that one folded word is, and whether names of more words begin with it."""
        goes_on = norm in self.prefixes or loose(norm) in self.loose_prefixes
        return self._look_up("", "", norm, 1, False), goes_on

    def matches(self, tokens: Words, first: int) -> list[Match]:
        """Every name that begins at token ``first``, the longest first; one of a length, exact spellings before
        loose ones."""
        norms, texts = tokens.norms, tokens.texts
        alone, goes_on = self._opening[norms[first]]
        found = [Match(first, first + 1, *alone)] if alone is not None else []
        if not goes_on:
            return found
        count, i, end = 1, first + 1, len(norms)
        if i == end or not (is_name(texts[i]) or norms[i] in self.skipped):
            return found
        key, folded = norms[first], f"{loose(norms[first])} "
        while i < end and count < MAX_WORDS:
            norm = norms[i]
            if norm in self.skipped and i + 1 < end and is_name(texts[i + 1]):
                i += 1
                continue
            if not is_name(texts[i]):
                break
            count += 1
            i += 1
            hit = self._look_up(key, folded, norm, count, texts[i - 1][-2:-1] in "'’")
            if hit is not None:
                found.append(Match(first, i, *hit))
            key, folded = key + norm, f"{folded}{loose(norm)} "
            if key not in self.prefixes and folded[:-1] not in self.loose_prefixes:
                break
        found.reverse()
        return found

    def _look_up(self, key: str, folded: str, norm: str, count: int, apostrophe: bool) -> _Name | None:
        """The name that ``norm`` ends, the ``count``-th word of it, after those that made ``key`` and ``folded``."""
        if key + norm in self.exact:
            return key + norm, self.exact[key + norm], True, False
        possessive = len(norm) > 3 and norm.endswith("s")
        if possessive and key + norm[:-1] in self.exact:
            return key + norm[:-1], self.exact[key + norm[:-1]], True, True
        if count == 1 and len(norm) > 5 and norm[:2] in ATTACHED and norm[2:] in self.exact:
            return norm[2:], self.exact[norm[2:]], True, False
        near = folded + loose(norm)
        if near in self.loose and (count > 1 or norm not in self.loose_stop):
            return key + norm, self.loose[near], False, False
        if possessive and count > 1 and apostrophe and folded + loose(norm[:-1]) in self.loose:
            return key + norm[:-1], self.loose[folded + loose(norm[:-1])], False, True
        return None

    def _refuse_conflicts(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Take out loose keys that would join two places of one governorate which share no exact spelling."""
        for key, entry in list(self.loose.items()):
            for feature, numbers in list(entry.items()):
                if len(numbers) > 1 and (joined := self._joined(numbers, feature)):
                    del entry[feature]
                    yield key, tuple(self.places[n].place_id for n in joined)
            if not entry:
                del self.loose[key]

    def _joined(self, numbers: tuple[int, ...], feature: str | None) -> list[int]:
        by_admin1: dict[str | None, list[int]] = defaultdict(list)
        for number in numbers:
            by_admin1[self.places[number].admin1].append(number)
        groups = (group for group in by_admin1.values() if len(group) > 1)
        return next(
            (group for group in groups if not any(set(group) <= set(e.get(feature, ())) for e in self._spelt(group))),
            [],
        )

    def _spelt(self, group: list[int]) -> Iterator[Entry]:
        """The exact entries of the first place of ``group``: namesakes stand in one of them together."""
        for core in self._cores[group[0]]:
            yield self.exact.get(core, {})


def is_name(word: str) -> bool:
    """Whether a word looks like part of a name: a capital or a digit leads it."""
    return word[0].isupper() or word[0].isdigit()
