"""Who says so: the claimant that a sentence names, its kind, and how far a quotation carries."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from configs.language import Claimants
from transforms.claims.scene import Scene
from transforms.lexicon import PhraseTable
from transforms.text import Sentence, fold_phrase

_OPENING, _CLOSING = frozenset('"“'), frozenset('"”')
_BREAKS = frozenset(
    [".", ",", ";", ":", '"', "“", "”", "(", ")", "–", "—", "that", "as", "which", "who", "late", "after"]
)
_ENDS = _BREAKS | {"on"}
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
        """The claimants of each sentence."""
        return Speakers(scene, self._claimant)

    def _claimant(self, scene: Scene, sentence: Sentence) -> Said:
        """Who says what in a sentence, from its first verb of saying to its last."""
        norms, told = scene.words.norms, list[Statement]()
        for first, last, _ in self._according.find(norms, sentence.first, sentence.last):
            named = self._named(scene, last, min(sentence.last, last + REACH + 2))
            if named is not None:
                told.append(Statement(named, first, named.last, first == sentence.first))
        again = False
        if not self._saying.isdisjoint(norms[sentence.first : sentence.last]):
            for i in range(sentence.first, sentence.last):
                if norms[i] in self._saying and norms[i - 1] not in self._be:  # "fighters are reported to have left"
                    named = self._teller(scene, sentence, i, told)
                    if named is not None:
                        first, last = min(i, named.first), max(i + 1, named.last)
                        told.append(Statement(named, first, last, norms[last : last + 1] not in _CLOSED))
                    again = again or (named is None and i > sentence.first and norms[i - 1] in self._persons)
        return Said(tuple(told), again and not told)

    def _teller(self, scene: Scene, sentence: Sentence, i: int, told: Sequence[Statement]) -> Claimant | None:
        """Whom the verb of saying at token i has as its subject; "adding" has none of its own."""
        if told and (scene.words.norms[i].endswith("ing") or i < told[-1].last):
            return None
        behind = self._named(scene, i + 1, min(sentence.last, i + _BEHIND))
        ended = behind is not None and scene.words.norms[behind.last : behind.last + 1]
        if (ended in _CLOSED or (ended and ended[0] in _FOR)) and scene.words.norms[i - 1] in _COMMAS:
            return behind  # "B took X, said an officer in the army."
        return self._before(scene, sentence, i) or (behind if behind and behind.first < i + 4 else None)

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
        return _of_sides(sorted(found, key=lambda c: c.first), scene.words.norms)


def _of_sides(found: Sequence[Claimant], norms: Sequence[str]) -> list[Claimant]:
    """The candidates, with who speaks for a side as one with it: "a spokesman for the SDF"."""
    kept: list[Claimant] = []
    for claimant in found:
        head = kept[-1] if kept else None
        if head is not None and claimant.kind == "belligerent" and head.kind in _SPEAKING_FOR:
            between = [w for w in norms[head.last : claimant.first] if w != "the"]
            if 0 < len(between) <= _BETWEEN and between[-1] in _FOR:
                kept[-1] = claimant._replace(first=head.first)
                continue
        kept.append(claimant)
    return kept


_SPEAKING_FOR = frozenset({"official", "anonymous"})
_FOR = frozenset({"for", "of", "in", "from", "with", "to", "within", "at"})
_BETWEEN = 3
"""Words between who speaks and the side ("embedded with", "who is close to")."""


class Statement(NamedTuple):
    """Tokens ``first:last`` tell that ``claimant`` says something; ``leads``: what is said stands behind them."""

    claimant: Claimant
    first: int
    last: int
    leads: bool


class Said(NamedTuple):
    """Who says what in one sentence, in order; ``again``: whoever spoke last speaks on ("he said")."""

    statements: tuple[Statement, ...] = ()
    again: bool = False

    def at(self, norms: Sequence[str], i: int) -> Claimant | None:
        """Whose words they are: of whoever leads to them, else of whoever is named behind them."""
        leading = next((s for s in reversed(self.statements) if s.leads and s.last <= i), None)
        closing = next((s for s in self.statements if not s.leads and i < s.first), None)
        if leading is None or closing is None:
            only = leading or closing or next((s for s in self.statements if s.first <= i < s.last), None)
            if only is None and self.statements and not _PARTING.isdisjoint(norms[i : self.statements[0].first]):
                return None  # "B took X, but A said that"
            return (only or self.statements[-1]).claimant if self.statements else None
        parted = not _PARTING.isdisjoint(norms[leading.last : i])  # "A said ..., and B took X, C said"
        return (closing if parted else leading).claimant


_CLOSED = ((",",), (".",), (";",), ('"',), ("”",), ())
"""Behind "A said", where what is said stands before it."""
_COMMAS = frozenset(',"”')
_BEHIND = 8
"""Tokens behind a verb of saying within which its subject ends ("said an officer in the army")."""
_PARTING = frozenset({";", "but", "while"})


class Speakers:
    """Who says what each sentence of a report tells; worked out where it is asked, since most sentences claim nothing.

    A sentence wholly within a quotation keeps its speaker.
    """

    def __init__(self, scene: Scene, read: Callable[[Scene, Sentence], Said]) -> None:
        self._scene, self._read = scene, read
        self._said: dict[int, Said] = {}
        self._latest: dict[int, Claimant | None] = {0: None}
        norms = scene.words.norms
        self._quotes = [i for i, norm in enumerate(norms) if norm == '"'] if '"' in norms else []

    def at(self, number: int, i: int) -> Claimant | None:
        """The claimant of what token i of the sentence of that number tells, or who speaks on in it."""
        own = self._own(number)
        if own.statements:
            return own.at(self._scene.words.norms, i)
        quoted = bisect_left(self._quotes, self._scene.sentences[number].first) % 2 == 1
        return self._before(number) if quoted or own.again else None

    def _own(self, number: int) -> Said:
        if number not in self._said:
            self._said[number] = self._read(self._scene, self._scene.sentences[number])
        return self._said[number]

    def _before(self, number: int) -> Claimant | None:
        """Who spoke last before the sentence: a quotation or "he said" goes on."""
        back = number
        while back not in self._latest and not self._own(back - 1).statements:
            back -= 1
        found = self._latest[back] if back in self._latest else self._own(back - 1).statements[-1].claimant
        self._latest[number] = found
        return found
