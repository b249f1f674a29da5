"""Who says so: the claimant that a sentence names, its kind, and how far a quotation carries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
REACH = 6
"""Tokens between a verb of saying and whoever says it ("Observatory director Rami Abdel Rahman told AFP")."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Tokens ``first:last`` name who says it; ``kind`` is an attribution of a claim, ``side`` an actor's own."""

    first: int
    last: int
    kind: str
    side: str | None


class ClaimantReader:
    """Claimants of a language, compiled."""

    def __init__(self, lexicon: Claimants) -> None:
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
        self._persons = frozenset(lexicon.persons)

    def read(self, scene: Scene) -> dict[int, Claimant | None]:
        """The claimant of each sentence, by its number; a sentence wholly within a quotation keeps its speaker."""
        found: dict[int, Claimant | None] = {}
        speaker: Claimant | None = None
        quoting = False
        for sentence in scene.sentences:
            own = self._claimant(scene, sentence, speaker)
            found[sentence.number] = own or (speaker if quoting else None)
            speaker = own or speaker
            norms = scene.words.norms[sentence.first : sentence.last]
            quoting = quoting != (sum(1 for w in norms if w == '"') % 2 == 1)
        return found

    def _claimant(self, scene: Scene, sentence: Sentence, speaker: Claimant | None) -> Claimant | None:
        norms = scene.words.norms
        for hit in self._according.find(norms, sentence.first, sentence.last):
            named = self._named(scene, hit.last, min(sentence.last, hit.last + REACH + 2))
            if named is not None:
                return named
        for i in range(sentence.last - 1, sentence.first - 1, -1):
            if norms[i] in self._saying:
                named = self._before(scene, sentence, i) or self._named(scene, i + 1, min(sentence.last, i + 4))
                if named is not None:
                    return named
                if i > sentence.first and norms[i - 1] in self._persons:
                    return speaker
        return None

    def _before(self, scene: Scene, sentence: Sentence, verb: int) -> Claimant | None:
        start = max(sentence.first, verb - REACH)
        for j in range(verb - 1, start - 1, -1):
            if scene.words.norms[j] in _ENDS - {"in", "and", "on"} and j < verb - 1:
                start = j + 1
                break
        candidates = list(self._candidates(scene, start, verb))
        return candidates[-1] if candidates else None

    def _named(self, scene: Scene, first: int, last: int) -> Claimant | None:
        for j in range(first, last):
            if scene.words.norms[j] in _ENDS and j > first:
                last = j
                break
        return next(iter(self._candidates(scene, first, last)), None)

    def _candidates(self, scene: Scene, first: int, last: int) -> Iterable[Claimant]:
        found = [Claimant(h.first, h.last, h.value, None) for h in self._names.find(scene.words.norms, first, last)]
        taken = {i for c in found for i in range(c.first, c.last)}
        actors = dict.fromkeys(scene.actor_at[i] for i in range(first, last) if i in scene.actor_at)
        found += [
            Claimant(a.first, a.last, "belligerent", a.side)
            for a in actors
            if a.kind == "name" and a.last <= last and taken.isdisjoint(range(a.first, a.last))
        ]
        return sorted(found, key=lambda c: c.first)
