"""Who says so: the claimant that a sentence names, its kind, and how far a quotation carries."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

from configs.language import Claimants
from transforms.claims.scene import Scene
from transforms.lexicon import PhraseTable
from transforms.text import Sentence, fold_phrase

_OPENING, _CLOSING = frozenset('"“'), frozenset('"”')
_ENDS = frozenset(
    {
        ".",
        ",",
        ";",
        ":",
        '"',
        "“",
        "”",
        "(",
        ")",
        "–",
        "—",
        "that",
        "on",
        "as",
        "which",
        "who",
        "in",
        "and",
        "late",
        "after",
    }
)
_BREAKS = _ENDS - {"in", "and", "on"}
REACH = 6
"""Tokens between a verb of saying and whoever says it ("Observatory director Rami Abdel Rahman told AFP")."""


class Claimant(NamedTuple):
    """Tokens ``first:last`` name who says it; ``kind`` is an attribution of a claim, ``side`` an actor's own."""

    first: int
    last: int
    kind: str
    side: str | None


class ClaimantReader:
    """Claimants of a language, compiled."""

    def __init__(self, lexicon: Claimants, be: Iterable[str]) -> None:
        entries: dict[tuple[str, ...], str] = {}
        groups = (
            (lexicon.monitors, "monitor"),
            (lexicon.outlets, "other_outlet"),
            (lexicon.officials, "official"),
            (lexicon.anonymous, "anonymous"),
        )
        for names, kind in groups:
            for name in names:
                entries.setdefault(fold_phrase(name), kind)
        self._names = PhraseTable(entries.items())
        self._saying = frozenset(lexicon.saying)
        self._according = PhraseTable((fold_phrase(p), True) for p in lexicon.according)
        self._persons, self._be = frozenset(lexicon.persons), frozenset(be)

    def read(self, scene: Scene) -> Speakers:
        """The claimant of each sentence."""
        return Speakers(scene, self._claimant)

    def _claimant(self, scene: Scene, sentence: Sentence) -> Claimant | Again | None:
        norms = scene.words.norms
        for _, last, _ in self._according.find(norms, sentence.first, sentence.last):
            named = self._named(scene, last, min(sentence.last, last + REACH + 2))
            if named is not None:
                return named
        if self._saying.isdisjoint(norms[sentence.first : sentence.last]):
            return None
        for i in range(sentence.last - 1, sentence.first - 1, -1):
            if norms[i] in self._saying and norms[i - 1] not in self._be:  # "fighters are reported to have left"
                named = self._before(scene, sentence, i) or self._named(scene, i + 1, min(sentence.last, i + 4))
                if named is not None:
                    return named
                if i > sentence.first and norms[i - 1] in self._persons:
                    return Again.SPEAKS
        return None

    def _before(self, scene: Scene, sentence: Sentence, verb: int) -> Claimant | None:
        """Named right before a verb of saying."""
        start = max(sentence.first, verb - REACH)
        for j in range(verb - 1, start - 1, -1):
            if scene.words.norms[j] in _BREAKS and j < verb - 1:
                start = j + 1
                break
        candidates = list(self._candidates(scene, start, verb))
        return candidates[-1] if candidates else None

    def _named(self, scene: Scene, first: int, last: int) -> Claimant | None:
        """Named behind "according to" or a verb of saying."""
        for j in range(first, last):
            if scene.words.norms[j] in _ENDS and j > first:
                last = j
                break
        return next(iter(self._candidates(scene, first, last)), None)

    def _candidates(self, scene: Scene, first: int, last: int) -> Iterable[Claimant]:
        found = [Claimant(*named, None) for named in self._names.find(scene.words.norms, first, last)]
        taken = {i for c in found for i in range(c.first, c.last)}
        actors = dict.fromkeys(scene.actor_at[i] for i in range(first, last) if i in scene.actor_at)
        found += [
            Claimant(a.first, a.last, "belligerent", a.side)
            for a in actors
            if a.kind == "name" and a.last <= last and taken.isdisjoint(range(a.first, a.last))
        ]
        return sorted(found, key=lambda c: c.first)


class Again(Enum):
    """Instead of a claimant."""

    SPEAKS = "he said"
    """Whoever spoke last speaks on."""


class Speakers:
    """Who says what each sentence of a report tells; worked out where it is asked, since most sentences claim nothing.

    A sentence wholly within a quotation keeps its speaker.
    """

    def __init__(self, scene: Scene, read: Callable[[Scene, Sentence], Claimant | Again | None]) -> None:
        self._scene, self._read = scene, read
        self._named: dict[int, Claimant | Again | None] = {}
        self._latest: dict[int, Claimant | None] = {0: None}
        norms = scene.words.norms
        self._quotes = [i for i, norm in enumerate(norms) if norm == '"'] if '"' in norms else []

    def __getitem__(self, number: int) -> Claimant | None:
        """The claimant whom the sentence of that number names, or who speaks on in it."""
        own = self._own(number)
        if isinstance(own, Claimant):
            return own
        quoted = bisect_left(self._quotes, self._scene.sentences[number].first) % 2 == 1
        return self._before(number) if quoted or own is Again.SPEAKS else None

    def _own(self, number: int) -> Claimant | Again | None:
        if number not in self._named:
            self._named[number] = self._read(self._scene, self._scene.sentences[number])
        return self._named[number]

    def _before(self, number: int) -> Claimant | None:
        """Who spoke last before the sentence: a quotation or "he said" goes on."""
        back = number
        while back not in self._latest and not isinstance(self._own(back - 1), Claimant):
            back -= 1
        own = self._own(back - 1) if back not in self._latest else self._latest[back]
        self._latest[number] = found = own if isinstance(own, Claimant) else None
        return found
