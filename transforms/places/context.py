"""The words around a name: articles, feature words, parts and directions, and what shows that it is no place after
all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from configs.place_language import PlaceWords
from transforms.places.index import Match
from transforms.places.names import FeatureTable
from transforms.text import Words, fold_phrase


class Around(NamedTuple):
    """What stands beside a name: article start, features before ("of") and after it, and the words for a part.

    ``lying``: the feature of what is said to lie there ("the airport in X"), which may be what is called after it.
    """

    first: int
    after: tuple[int, str] | None
    before: tuple[int, str] | None
    opener: tuple[int, str] | None
    part: str | None
    nearby: bool
    lying: tuple[int, str] | None = None


class PlaceReader:
    """Reads the words around names. Holds the language's words in the form in which tokens are compared with them."""

    def __init__(self, words: PlaceWords, features: FeatureTable) -> None:
        self.words, self.features = words, features
        self.articles, self.plain = frozenset(words.articles), frozenset(words.plain_articles)
        self.openers, self.of = frozenset(words.name_openers), frozenset(words.of_words)
        self.stop = frozenset("".join(fold_phrase(w)) for w in words.stop_names if fold_phrase(w))
        self.person_before = frozenset(words.person_before)
        self.rural = frozenset(words.rural_words)
        self.parts, self.saying_where = frozenset(words.part_words), frozenset(words.saying_where)
        self.lying = frozenset(words.lying)
        self.organisations = _by_first(words.organisation_after)
        self.around = _by_last(words.around_words)
        self.compass = _by_last(phrase for phrases in words.compass.values() for phrase in phrases)

        self.part_ends = frozenset({"of", *self.around, *self.compass, *self.parts, *self.rural})
        """The last words of those for a part: "eastern", "the outskirts of"."""
        self.before = frozenset(
            {"the", "of", "at"}.union(
                self.articles, self.openers, self.person_before, self.rural, self.parts,
                features.before, features.plural, self.around, self.compass,
            )
        )  # fmt: skip
        compass = (phrase.split()[0] for phrases in words.compass.values() for phrase in phrases)
        self.after = frozenset({*self.organisations, *features.after, *compass})

    def article_start(self, text: str, tokens: Words, first: int) -> int:
        """The token where the name at ``first`` begins, its article included."""
        if first == 0 or tokens.norms[first - 1] not in self.articles:
            return first
        before, begin = tokens.ends[first - 1], tokens.starts[first]
        norm, capital = tokens.norms[first - 1], tokens.texts[first - 1][0].isupper()
        hyphen = begin == before + 1 and text[before] in "-‐‑"
        inside = (
            first > 1 and tokens.ends[first - 2] == tokens.starts[first - 1] - 1 and text[tokens.ends[first - 2]] == " "
        )
        sun = norm[-1] == tokens.norms[first][0] and capital and inside
        return first - 1 if hyphen or (begin == before + 1 and (norm in self.plain or sun)) else first

    def around_name(self, text: str, tokens: Words, match: Match) -> Around | None:
        """The words around ``match``: feature words, parts, compass. None where the word before it tells nothing of a
        name there, nor does the one after."""
        norms, first, last, end = tokens.norms, match.first, match.last, len(tokens.norms)
        after = None
        if last < end and norms[last] in self.after:
            after = self.features.at(norms, last, end) or self._countryside(norms, last, end)
            if not first or norms[first - 1] not in self.before:
                return Around(first, after, None, None, None, False)
        elif not first:
            return None
        elif norms[first - 1] not in self.before:
            lying = self._lying(norms, first)
            return lying and Around(first, None, None, None, None, False, lying)
        first = self.article_start(text, tokens, first)
        opener = self.features.ending(norms, first, opens=True)
        before, i = None, first - 1 if first and norms[first - 1] == "the" else first
        if i > 1 and norms[i - 1] in ("of", "at"):
            before = self.features.ending(norms, i - 1)
            if before and norms[i - 1] == "at" and self.features.word(before[1]).role != "own":
                before = None  # "the base at X" is called after X, "the village at X" is not
            i = before[0] if before else i
        elif i and tokens.texts[i - 1][0].islower():
            before = self.features.ending(norms, i)  # "the village Khasham"
            i = before[0] if before else i
        part, nearby = self._part(tokens, i)
        return Around(first, after, before, opener, part, nearby, self._lying(norms, first))

    def _lying(self, norms: tuple[str, ...], first: int) -> tuple[int, str] | None:
        """The feature of the one thing that lies in or by the name at token ``first``: "the airport in X"."""
        if first < _LYING or norms[first - 1] not in self.lying or norms[first - 2] not in self.features.plural:
            return None
        found = self.features.ending(norms, first - 1)
        if found is None or not self.features.word(found[1]).of or norms[found[0] - 1] != "the":
            return None
        return found if " ".join(norms[found[0] : first - 1]) in self.features.word(found[1]).words else None

    def _countryside(self, norms: tuple[str, ...], i: int, end: int) -> tuple[int, str] | None:
        """The word for a governorate behind a compass word: "Homs southeastern countryside"."""
        found = self.features.at(norms, i + 1, end) if i + 1 < end and _ends(self.compass, norms, i + 1) else None
        return found if found is not None and self.features.word(found[1]).role == "governorate" else None

    def _part(self, tokens: Words, i: int) -> tuple[str | None, bool]:
        norms, last = tokens.norms, i
        if not i or norms[i - 1] not in self.part_ends:
            return None, False
        nearby = False
        while i > 0 and last - i < 6:
            step = _ends(self.around, norms, i) or 0
            nearby = nearby or bool(step)
            step = (
                step
                or _ends(self.compass, norms, i)
                or (1 if norms[i - 1] in self.parts or norms[i - 1] in self.rural else 0)
            )
            if not step and i > 1 and norms[i - 1] in ("of", "the", "in", "its") and (i < last or norms[i - 1] == "of"):
                step = 1 if norms[i - 2] in self.parts or _ends(self.compass, norms, i - 1) else 0
            if not step:
                break
            i -= step
        if i == last:
            return None, False
        return " ".join(tokens.texts[i:last]), nearby or (
            norms[last - 1] == "of" and bool(_ends(self.compass, norms, last - 1))
        )

    def is_rural(self, part: str | None) -> bool:
        """Whether the words for a part mean the governorate around a city ("rural Aleppo")."""
        return part is not None and not self.rural.isdisjoint(part.lower().split())

    def is_other(self, tokens: Words, first: int, last: int) -> bool:
        """Whether the words around say that the name is a person's, an organisation's or part of a longer one."""
        norms, texts = tokens.norms, tokens.texts
        if (
            first
            and texts[first - 1][0].isupper()
            and (norms[first - 1] in self.person_before or norms[first - 1] in self.openers)
        ):
            return True
        if last == len(norms) or norms[last] not in self.organisations:
            return False
        return any(norms[last : last + len(p)] == p for p in self.organisations[norms[last]])


_LYING = 3
"""Tokens of "the base in"."""


def _by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in map(fold_phrase, phrases):
        table.setdefault(phrase[0], []).append(phrase)
    return table


def _by_last(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(map(fold_phrase, phrases), key=len, reverse=True):
        table.setdefault(phrase[-1], []).append(phrase)
    return table


def _ends(table: dict[str, list[tuple[str, ...]]], norms: Sequence[str], last: int) -> int:
    """How many words of ``table`` end before token ``last``."""
    for phrase in table.get(norms[last - 1], ()) if last else ():
        if last >= len(phrase) and tuple(norms[last - len(phrase) : last]) == phrase:
            return len(phrase)
    return 0
