"""Whether it happened: what governs a verb or noun decides between deed, effort, plan, failure and denial."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from configs.language import Governors
from transforms.claims.arguments import clause_start
from transforms.claims.grammar import Grammar
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.lexicon import PhraseTable
from transforms.text import Sentence, fold_phrase


class Mode(Enum):
    """How a claim is told."""

    DONE = "done"
    EFFORT = "effort"
    """An operation under way to bring it about ("battling to capture")."""
    INTENTION = "intention"
    """Planned, vowed, hoped, expected."""
    FAILURE = "failure"
    """Tried and not achieved."""
    PURPOSE = "purpose"
    """A bare purpose: no event of its own."""
    OPEN = "open"
    """Possible, conditional or asked: nothing is told."""
    DENIED = "denied"


class ModeReader:
    """Governors of a language, compiled."""

    def __init__(self, governors: Governors, lex: Grammar) -> None:
        self._lex = lex
        classes = (
            (governors.failure, Mode.FAILURE),
            (governors.achieved, Mode.DONE),
            (governors.effort, Mode.EFFORT),
            (governors.intention, Mode.INTENTION),
        )
        entries: dict[tuple[str, ...], Mode] = {}
        for phrases, mode in classes:
            for phrase in phrases:
                entries.setdefault(fold_phrase(phrase), mode)
        self._governors = PhraseTable(entries.items())
        self._negation, self._modals = frozenset(map(_one, governors.negation)), frozenset(governors.modals)
        self._predicates = frozenset(governors.predicates)
        self._nominalising = frozenset(governors.nominalising)
        self._untrue = frozenset(governors.untrue)
        self._temporal, self._denial = frozenset(governors.temporal), frozenset(governors.denial)
        self._conditionals = frozenset(governors.conditionals) | self._temporal

    def read(self, scene: Scene, sentence: Sentence, trigger: Trigger, end: int) -> Mode:
        """The mode of ``trigger``, whose object ends before token ``end``."""
        norms = scene.words.norms
        if trigger.form == "gerund" and end < sentence.last and norms[end] in self._predicates:
            return Mode.OPEN
        clause = clause_start(scene, sentence, trigger.first, self._lex)
        j = self._before(norms, trigger.first, sentence.first)
        governor = self._governor(norms, max(sentence.first, j - 5), j)
        if governor is None and norms[j - 1 : j + 1] == ("and", "to"):
            earlier = self._governors.find(norms, max(sentence.first, j - 20), j)
            governor = earlier[-1].value if earlier else None
        if governor is not None:
            return Mode.DENIED if governor is Mode.DONE and self._negated(norms, j - 1, sentence.first) else governor
        if trigger.form != "noun" and self._infinitive(norms, trigger, j, sentence.first):
            wider = self._within(norms, max(clause, j - 9), j)
            return Mode.EFFORT if wider is Mode.EFFORT else Mode.PURPOSE
        if trigger.form == "gerund" and j >= sentence.first and norms[j] in self._nominalising:
            return self._within(norms, max(clause, j - 6), j) or Mode.OPEN
        near = norms[max(clause, trigger.first - 5) : trigger.first]
        if trigger.form != "noun" and any(w in self._modals for w in near):
            return Mode.INTENTION if "will" in near or "would" in near else Mode.OPEN
        if self._conditional(norms, clause - 1, sentence, trigger) or self._conditional(
            norms, clause, sentence, trigger
        ):
            return Mode.OPEN
        if trigger.form != "noun" and any(
            w in self._negation for w in norms[max(clause, trigger.first - 4) : trigger.first]
        ):
            return Mode.DENIED
        denied = norms[max(sentence.first, trigger.first - 12) : trigger.first], norms[trigger.last : trigger.last + 9]
        if any(w in self._denial for w in denied[0]) or any(w in self._untrue for w in denied[1]):
            return Mode.DENIED
        return self._mode_of_noun(norms, sentence, trigger)

    def _conditional(self, norms: Sequence[str], i: int, sentence: Sentence, trigger: Trigger) -> bool:
        """Whether token i makes its clause a condition; "once" and "until" do so only of what is to come ("once they
        capture X"), not of what has been ("until they captured X", "once a stronghold, X fell")."""
        if not sentence.first <= i < trigger.first or norms[i] not in self._conditionals:
            return False
        return norms[i] not in self._temporal or trigger.form in ("base", "s")

    def _mode_of_noun(self, norms: Sequence[str], sentence: Sentence, trigger: Trigger) -> Mode:
        if trigger.form != "noun":
            return Mode.DONE
        before = norms[max(sentence.first, trigger.first - 8) : trigger.first]
        if any(w in self._lex.planned for w in before) or norms[trigger.last : trigger.last + 2] == ("is", "expected"):
            return Mode.INTENTION
        if "no" in before[-2:]:
            return Mode.DENIED
        return Mode.DONE

    def _infinitive(self, norms: Sequence[str], trigger: Trigger, j: int, floor: int) -> bool:
        """ "to capture", and the second verb of "to lay down arms and leave"."""
        if j >= floor and norms[j] == "to":
            return "have" not in norms[j : trigger.first]
        return trigger.form == "base" and norms[j] in ("and", "or") and "to" in norms[max(floor, j - 7) : j]

    def _before(self, norms: Sequence[str], i: int, floor: int) -> int:
        j = i - 1
        while j >= floor and norms[j] in self._lex.fillers:
            j -= 1
        return j

    def _governor(self, norms: Sequence[str], first: int, last: int) -> Mode | None:
        """The governor that ends exactly at token ``last``."""
        for start in range(first, last + 1):
            for hit in self._governors.find(norms, start, last + 1):
                if hit.last == last + 1:
                    return hit.value
        return None

    def _within(self, norms: Sequence[str], first: int, last: int) -> Mode | None:
        words = set(norms[first:last])
        return Mode.EFFORT if words & self._lex.operations else None

    def _negated(self, norms: Sequence[str], i: int, floor: int) -> bool:
        return any(w in self._negation for w in norms[max(floor, i - 3) : i + 1])


def _one(word: str) -> str:
    return "".join(fold_phrase(word))
