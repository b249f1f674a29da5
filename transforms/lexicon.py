"""Phrases found in running words by a first-word table: linear in the text, independent of the lexicon's size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

V = TypeVar("V")


class Hit(NamedTuple, Generic[V]):
    """Tokens ``first:last`` carry ``value``."""

    first: int
    last: int
    value: V


class PhraseTable(Generic[V]):
    """Folded word sequences to values. Two entries of one sequence are refused: a lexicon must not be ambiguous.

    >>> table = PhraseTable([(("free", "syrian", "army"), "fsa"), (("free",), "adj")])
    >>> table.find(["the", "free", "syrian", "army"])
    [Hit(first=1, last=4, value='fsa')]
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], V]]) -> None:
        values: dict[tuple[str, ...], V] = {}
        lengths: dict[str, set[int]] = {}
        for phrase, value in entries:
            key = tuple(phrase)
            if not key:
                raise ValueError(f"empty phrase for {value!r}")
            if values.setdefault(key, value) != value:
                raise ValueError(f"{' '.join(key)!r} stands for both {values[key]!r} and {value!r}")
            lengths.setdefault(key[0], set()).add(len(key))
        self._values = values
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    def find(self, norms: Sequence[str], first: int = 0, last: int | None = None) -> list[Hit[V]]:
        """Every longest match within tokens ``first:last``, left to right, none overlapping another."""
        hits: list[Hit[V]] = []
        lengths, values, end = self._lengths, self._values, len(norms) if last is None else last
        free_from = first
        for i in range(first, end):
            candidates = lengths.get(norms[i])
            if candidates is None or i < free_from:
                continue
            for length in candidates:
                after = i + length
                if after > end:
                    continue
                value = values.get(tuple(norms[i:after]))
                if value is not None:
                    hits.append(Hit(i, after, value))
                    free_from = after
                    break
        return hits
