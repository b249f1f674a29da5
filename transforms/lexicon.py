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
        table: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        seen: dict[tuple[str, ...], V] = {}
        for phrase, value in entries:
            key = tuple(phrase)
            if not key:
                raise ValueError(f"empty phrase for {value!r}")
            if key in seen:
                if seen[key] == value:
                    continue
                raise ValueError(f"{' '.join(key)!r} stands for both {seen[key]!r} and {value!r}")
            seen[key] = value
            table.setdefault(key[0], []).append((key, value))
        for candidates in table.values():
            candidates.sort(key=lambda entry: -len(entry[0]))
        self._by_first_word = table

    def find(self, norms: Sequence[str], first: int = 0, last: int | None = None) -> list[Hit[V]]:
        """Every longest match within tokens ``first:last``, left to right, none overlapping another."""
        hits: list[Hit[V]] = []
        by_first_word, end = self._by_first_word, len(norms) if last is None else last
        free_from = first
        for i in range(first, end):
            candidates = by_first_word.get(norms[i])
            if candidates is None or i < free_from:
                continue
            for key, value in candidates:
                after = i + len(key)
                if after <= end and tuple(norms[i:after]) == key:
                    hits.append(Hit(i, after, value))
                    free_from = after
                    break
        return hits
