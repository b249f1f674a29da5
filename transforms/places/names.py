"""Spellings of place names: one key for what is written alike, one looser key for what is only transliterated
otherwise.

Arabic names reach English text by many roads: Deir ez-Zor, Dayr az Zawr, Deir el-Zour. The exact key of a name is
its words without articles, run together. The loose key folds what transliterations differ in: vowel qualities and
lengths (o/u/ou/aw, a/e/i/ei/ay), doubled letters, q/k, gh/g, dh/d, th/t, ch/sh, and final -a/-ah/-eh/-e. Consonants
stay, so that names stay apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from configs.place_language import FeatureWord, PlaceWords
from transforms.text import fold_phrase

_FOLDED = (
    (re.compile(r"^k[aeu]?f[ae]?r"), "kafr"),  # Kafr, Kfar, Kafar, Kufr; Kafranbel, Kafarnabel
    (re.compile(r"yi(?=[ae])"), "iy"),  # -yieh for -iyeh
    (re.compile(r"(?<=.)i(?:y|yy)?(?:a|e|ah|eh)$"), "Y"),  # -iyah, -ieh, -iya, -ia
    (re.compile(r"(?<=..)(?:i|y|ee)$"), "I"),
    (re.compile(r"(?<=..)(?:a+h?|eh?)$"), "E"),  # -a, -ah, -eh, -e
    (re.compile("sch|ch|sh"), "S"),
    (re.compile("kh"), "x"),
    (re.compile("gh|rh(?=[aeiou])"), "g"),
    (re.compile("dh"), "d"),
    (re.compile("dj|zh"), "j"),
    (re.compile("th"), "t"),
    (re.compile("ph"), "f"),
    (re.compile("ck|[qc]"), "k"),
    (re.compile(r"([b-df-hj-np-tv-zSx])\1+"), r"\1"),
    (re.compile("yy"), "y"),
    (re.compile(r"y(?=[aeiou])"), "y'"),
    (re.compile(r"w(?=[aei])"), "w'"),
    (re.compile(r"^[ei]"), "e'"),
    (re.compile(r"(?:[aeiy](?!'))*(?:[ou]|w(?!'))(?:[aeiouwy](?!'))*"), "u"),
    (re.compile(r"(?:[aeiy](?!'))+"), "a"),
)


@lru_cache(maxsize=100_000)
def loose(norm: str) -> str:
    """The loose key of one folded word.

    >>> loose("idlib") == loose("idleb"), loose("hasakah") == loose("hassakeh"), loose("daraya") == loose("daraa")
    (True, True, False)
    """
    for pattern, plain in _FOLDED:
        norm = pattern.sub(plain, norm)
    return norm


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: ``core`` words without articles and feature words, and the class of its feature word."""

    core: tuple[str, ...]
    feature: str | None

    @property
    def exact(self) -> str:
        """The words run together."""
        return "".join(self.core)

    @property
    def loose(self) -> str:
        """The loose keys of the words, one space between them."""
        return " ".join(map(loose, self.core))


class FeatureTable:
    """Feature words of a language by their first and last word, longest first."""

    def __init__(self, words: PlaceWords) -> None:
        self.features = words.features
        self.after: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.before: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.plural: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, feature in words.features.items():
            for phrase in map(fold_phrase, feature.words + feature.plural):
                self.after.setdefault(phrase[0], []).append((phrase, name))
                self.plural.setdefault(phrase[-1], []).append((phrase, name))
            for phrase in map(fold_phrase, feature.before):
                self.before.setdefault(phrase[-1], []).append((phrase, name))
        for table in (self.after, self.before, self.plural):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, norms: tuple[str, ...], first: int, last: int) -> tuple[int, str] | None:
        """The feature phrase that begins at token ``first``, as (the token after it, class)."""
        if first < last:
            for phrase, name in self.after.get(norms[first], ()):
                if norms[first : first + len(phrase)] == phrase and first + len(phrase) <= last:
                    return first + len(phrase), name
        return None

    def ending(self, norms: tuple[str, ...], last: int, *, opens: bool = False) -> tuple[int, str] | None:
        """The phrase that ends before token ``last``, as (its first token, class); ``opens`` asks for "Mount",
        "Lake"."""
        if last > 0:
            for phrase, name in (self.before if opens else self.plural).get(norms[last - 1], ()):
                if last >= len(phrase) and norms[last - len(phrase) : last] == phrase:
                    return last - len(phrase), name
        return None

    def word(self, name: str) -> FeatureWord:
        """The feature word of class ``name``."""
        return self.features[name]


def parse(phrase: str, kind: str, words: PlaceWords, table: FeatureTable) -> list[Name]:
    """A gazetteer's name taken apart, in every way in which text may say it ("Tal Antar" is also "Antar hill")."""
    norms = fold_phrase(phrase)
    articles = frozenset(words.articles) | frozenset(words.of_words)
    core = tuple(n for i, n in enumerate(norms) if n not in articles or len(norms) == 1)
    names: list[Name] = []
    for cut in range(1, len(core)):
        found = table.at(core, cut, len(core))
        if found and found[0] == len(core) and table.word(found[1]).role in ("own", "governorate", "district"):
            names.append(Name(core[:cut], found[1]))
            break
    else:
        if core:
            names.append(Name(core, None))
    if kind in ("hill", "region", "lake") and len(core) > 1:
        names += [Name(core[1:], name) for opener, name in table.before.get(core[0], ()) if opener == core[:1]]
    return names
