"""Words and sentences of a report, with their offsets. Folding is word by word, so offsets never shift."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import NamedTuple, TypeVar

from anyascii import anyascii

V = TypeVar("V")
_APOSTROPHE = "'’ʼ`‘ʿʾ"
_WORD = re.compile(
    r"[A-Z]\.(?:[A-Z]\.)+"  # U.S.
    rf"|[^\W_]+(?:[{_APOSTROPHE}][^\W_]+)*"  # words and numbers, inner apostrophes kept
    r"|(?<![^\W_])(?<!\.)[-‐‑]|[-‐‑](?![^\W_])"  # a dash; the hyphen within "rebel-held" is no token
    r"|[^\w\s\-‐‑]|_"
)
_DROPPED = re.compile(rf"[{_APOSTROPHE}.]")
_END = re.compile(
    r"[.!?…\n]"  # one set of characters in front lets the search run at full speed
    r"(?:(?<=\n)\s*|(?<!\n)[.!?…]*[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9]))"
)
_ABBREVIATIONS = frozenset([
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "maj", "capt", "sgt", "brig", "adm", "st", "no", "nos",
    "sr", "jr", "vs", "etc", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "rep", "sen", "gov", "approx", "a", "p",
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text as parallel sequences: hyphenated words are split, other punctuation stands alone.

    ``starts[i]:ends[i]`` slices token i out of the text; ``norms[i]`` is its folded form: ASCII, lower case, without
    apostrophes ("Syria's" and "Syrias" both give "syrias"). The hyphen within "rebel-held" is no token of its own.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    texts: tuple[str, ...]
    norms: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, char: int) -> int:
        """The first token that begins at or after character ``char``."""
        return bisect_left(self.starts, char)


class Remembered(dict[str, V]):
    """What ``work`` gives for a word, worked out once, since texts repeat their words."""

    def __init__(self, work: Callable[[str], V]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, word: str) -> V:
        value = self._work(word)
        if len(word) > _LONGEST:
            return value
        if len(self) > 200_000:
            self.clear()
        self[word] = value
        return value


_LONGEST = 40
"""Characters of a word up to which it may well come again."""


def fold(word: str) -> str:
    """``word`` in lower-case ASCII without apostrophes, dots and diacritics."""
    bare = _DROPPED.sub("", word) or word
    return (bare if bare.isascii() else anyascii(bare) or bare).lower()


def _cut(run: str) -> tuple[tuple[int, int, str, str], ...]:
    """The tokens of a run without spaces: where each begins and ends in it, its text and norm."""
    return tuple([(m.start(), m.end(), intern(m[0]), intern(fold(m[0]))) for m in _WORD.finditer(run)])


_cuts = Remembered(_cut)


def words(text: str) -> Words:
    """Tokenise ``text``: letters and digits with inner apostrophes make a word, any other mark stands alone."""
    starts: list[int] = []
    ends: list[int] = []
    texts: list[str] = []
    norms: list[str] = []
    at = 0
    for run in text.split(" "):
        for begin, end, word, norm in _cuts[run]:
            starts.append(at + begin)
            ends.append(at + end)
            texts.append(word)
            norms.append(norm)
        at += len(run) + 1
    return Words(starts, ends, tuple(texts), tuple(norms))


@lru_cache(maxsize=100_000)
def fold_phrase(phrase: str) -> tuple[str, ...]:
    """The folded words of a lexicon entry, in the form in which ``words(text).norms`` holds them."""
    return tuple(norm for norm in words(phrase).norms if norm[0].isalnum())


class Sentence(NamedTuple):
    """A sentence: characters ``start:end`` of the text, tokens ``first:last`` of its words."""

    number: int
    start: int
    end: int
    first: int
    last: int


def sentences(text: str, tokens: Words) -> tuple[Sentence, ...]:
    """Cut ``text`` into sentences; abbreviations, initials and decimal points do not end one, line breaks do."""
    found: list[Sentence] = []
    first, starts, ends = 0, tokens.starts, tokens.ends
    for end in [*_ends(text), len(text)]:
        last = bisect_left(starts, end, first)
        if last > first:
            found.append(Sentence(len(found), starts[first], ends[last - 1], first, last))
            first = last
    return tuple(found)


def _ends(text: str) -> list[int]:
    return [m.end() for m in _END.finditer(text) if not (m.group()[0] == "." and _abbreviated(text, m.start()))]


def _abbreviated(text: str, dot: int) -> bool:
    begin = dot
    while begin and text[begin - 1].isalpha():
        begin -= 1
    word = text[begin:dot]
    return word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
