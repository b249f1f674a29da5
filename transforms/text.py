"""Words and sentences of a report, with their offsets. Folding is word by word, so offsets never shift."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHE = "'’ʼ`‘ʿʾ"
_WORD = re.compile(
    rf"(?:[A-Z]\.){{2,}}"  # U.S.
    rf"|[^\W_]+(?:[{_APOSTROPHE}][^\W_]+)*"  # words and numbers, inner apostrophes kept
    rf"|(?<![^\W_])(?<!\.)[-‐‑]|[-‐‑](?![^\W_])"  # a dash; the hyphen within "rebel-held" is no token
    rf"|[^\w\s\-‐‑]|_"
)
_DROPPED = re.compile(rf"[{_APOSTROPHE}.]")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9])|\s*\n\s*")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "maj",
        "capt",
        "sgt",
        "brig",
        "adm",
        "st",
        "no",
        "nos",
        "sr",
        "jr",
        "vs",
        "etc",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "rep",
        "sen",
        "gov",
        "approx",
        "a",
        "p",
    ]
)


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text as parallel sequences: hyphenated words are split, other punctuation stands alone.

    ``starts[i]:ends[i]`` slices token i out of the text; ``norms[i]`` is its folded form: ASCII, lower case, without
    apostrophes ("Syria's" and "Syrias" both give "syrias"). The hyphen within "rebel-held" is no token of its own.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    norms: Sequence[str]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, char: int) -> int:
        """The first token that begins at or after character ``char``."""
        return bisect_left(self.starts, char)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """``word`` in lower-case ASCII without apostrophes, dots and diacritics."""
    bare = _DROPPED.sub("", word) or word
    return (bare if bare.isascii() else anyascii(bare) or bare).lower()


def words(text: str) -> Words:
    """Tokenise ``text``: letters and digits with inner apostrophes make a word, any other mark stands alone."""
    found = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(text)]
    if not found:
        return Words((), (), (), ())
    starts, ends, texts = zip(*found, strict=True)
    return Words(starts, ends, texts, tuple(map(fold, texts)))


def fold_phrase(phrase: str) -> tuple[str, ...]:
    """The folded words of a lexicon entry, in the form in which ``words(text).norms`` holds them."""
    return tuple(norm for norm in words(phrase).norms if norm[0].isalnum())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: characters ``start:end`` of the text, tokens ``first:last`` of its words."""

    number: int
    start: int
    end: int
    first: int
    last: int


def sentences(text: str, tokens: Words) -> tuple[Sentence, ...]:
    """Cut ``text`` into sentences; abbreviations, initials and decimal points do not end one, line breaks do."""
    found: list[Sentence] = []
    first = 0
    for end in [*_ends(text), len(text)]:
        last = tokens.at(end)
        if last > first:
            found.append(Sentence(len(found), tokens.starts[first], tokens.ends[last - 1], first, last))
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
