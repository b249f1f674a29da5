"""Phrases found in running words by their first two words: linear in the text, independent of the lexicon's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress
from typing import Generic, TypeVar

V = TypeVar("V")


class PhraseTable(Generic[V]):
    """Folded word sequences to values. Two entries of one sequence are refused: a lexicon must not be ambiguous.

    >>> table = PhraseTable([(("free", "syrian", "army"), "fsa"), (("free",), "adj")])
    >>> table.find(["the", "free", "syrian", "army"])
    [(1, 4, 'fsa')]
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], V]]) -> None:
        values: dict[tuple[str, ...], V] = {}
        begins: dict[str, tuple[V | None, dict[str, list[int]]]] = {}
        for phrase, value in entries:
            key = tuple(phrase)
            if not key:
                raise ValueError(f"empty phrase for {value!r}")
            if values.setdefault(key, value) != value:
                raise ValueError(f"{' '.join(key)!r} stands for both {values[key]!r} and {value!r}")
            single, longer = begins.get(key[0], (None, {}))
            if len(key) > 1:
                longer.setdefault(key[1], []).append(len(key))
            begins[key[0]] = (value if len(key) == 1 else single, longer)
        for _, longer in begins.values():
            for lengths in longer.values():
                lengths[:] = sorted(set(lengths), reverse=True)
        self._values, self._begins = values, begins

    def find(self, norms: Sequence[str], first: int = 0, last: int | None = None) -> list[tuple[int, int, V]]:
        """Every longest match within tokens ``first:last``, left to right, none overlapping another: the token at which
        it begins, the one behind it, and its value."""
        hits: list[tuple[int, int, V]] = []
        begins, end = self._begins, len(norms) if last is None else last
        within = norms if first == 0 and end == len(norms) else norms[first:end]
        free_from = first
        for i in compress(range(first, end), map(begins.__contains__, within)):
            if i < free_from:
                continue
            value, longer = begins[norms[i]]
            after = i + 1
            if longer and after < end and norms[after] in longer:
                for length in longer[norms[after]]:
                    if i + length <= end and (found := self._values.get(tuple(norms[i : i + length]))) is not None:
                        value, after = found, i + length
                        break
            if value is not None:
                hits.append((i, after, value))
                free_from = after
        return hits

    def ending(self, norms: tuple[str, ...], first: int, last: int) -> V | None:
        """The value of the longest entry that begins at token ``first`` or later and ends before token ``last``."""
        values = self._values
        return next((values[norms[i:last]] for i in range(first, last) if norms[i:last] in values), None)
