"""Words and sentences of a report, with their offsets. Folding is word by word, so offsets never shift."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_WORD = re.compile(r"[^\W_]+(?:['’ʼ`‘ʿʾ][^\W_]+)*|[^\w\s]|_")
_APOSTROPHES = re.compile(r"['’ʼ`‘ʿʾ]")


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text as parallel sequences: hyphenated words are split, punctuation stands alone.

    ``starts[i]:ends[i]`` slices token i out of the text; ``norms[i]`` is its folded form (ASCII, lower case, no
    apostrophes, possessive ``'s`` kept as in "syrias").
    """

    starts: Sequence[int]
    ends: Sequence[int]
    texts: Sequence[str]
    norms: Sequence[str]

    def __len__(self) -> int:
        return len(self.starts)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """``word`` in lower-case ASCII without apostrophes and diacritics ("Tal Afar" word by word, "Hāma" → "hama")."""
    return _APOSTROPHES.sub("", word if word.isascii() else anyascii(_APOSTROPHES.sub("", word))).lower()


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


def sentences(text: str, tokens: Words) -> Iterator[Sentence]:
    """Cut ``text`` into sentences (abbreviations, initials and decimal points do not end one)."""
    raise NotImplementedError
