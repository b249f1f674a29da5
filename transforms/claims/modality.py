"""Whether it happened: what governs a verb or noun decides between deed, effort, plan, failure and denial."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from configs.language import Governors
from transforms.claims.arguments import clause_start
from transforms.claims.conditions import ConditionReader
from transforms.claims.denials import DenialReader
from transforms.claims.grammar import QUOTES, Grammar
from transforms.claims.mode import Mode
from transforms.claims.noun_modes import mode_of_noun
from transforms.claims.outcomes import collapsed, first_to, gave_up, rebuffed
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.lexicon import PhraseTable
from transforms.text import Sentence, fold_phrase


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
        self._modals = frozenset(governors.modals)
        self._predicates = frozenset(governors.predicates)
        self._preventing = frozenset(governors.preventing)
        self._nominalising = frozenset(governors.nominalising)
        self._future = frozenset(governors.future)
        self._causing, self._managing = frozenset(governors.causing), frozenset(governors.managing)
        self._pending = frozenset(governors.pending)
        self._denials = DenialReader(governors, lex)
        self._conditions = ConditionReader(governors, lex)

    def read(self, scene: Scene, sentence: Sentence, trigger: Trigger, end: int) -> Mode:
        """The mode of ``trigger``, whose object ends before token ``end``: what governs it, else what surrounds it."""
        norms = scene.words.norms
        if self._conditions.asked_or_nearly(scene, sentence, trigger):
            return Mode.OPEN
        if trigger.form == "gerund" and end < sentence.last and norms[end] in self._predicates:
            return Mode.OPEN  # "capturing all of it has been a goal"
        clause = clause_start(scene, sentence, trigger.first, self._lex)
        governed = self._governed(scene, sentence, trigger, clause)
        if governed is not None:
            behind = norms[end : min(sentence.last, end + _REBUFFED)]
            supposed = self._conditions.supposed(scene, clause, sentence)
            return self._in_context(governed, norms[clause : trigger.first], behind, supposed)
        if trigger.form != "noun":
            auxiliary = self._auxiliary(scene, trigger, clause)
            if auxiliary is not None:
                return Mode.OPEN if self._conditions.feared(scene, sentence, clause) else auxiliary
        if self._conditions.conditional(scene, sentence, trigger, clause):
            return Mode.OPEN
        if trigger.form != "noun" and (
            self._denials.negated(norms, trigger.first - 1, clause)
            or self._denials.negated_aside(norms, trigger.first, sentence.first)
        ):
            return Mode.OPEN if trigger.rule.type == "control" else Mode.DENIED  # "no longer holds X"
        if self._denials.denied(norms, sentence, trigger):
            return Mode.DENIED
        if self._attacks(trigger) and gave_up(norms[end : min(sentence.last, end + _REBUFFED)], self._lex):
            return Mode.FAILURE
        return Mode.DONE if trigger.form != "noun" else self._mode_of_noun(scene, sentence, trigger, end)

    def _mode_of_noun(self, scene: Scene, sentence: Sentence, trigger: Trigger, end: int) -> Mode:
        norms = scene.words.norms
        if collapsed(norms[end : end + _REBUFFED], self._lex):
            return Mode.FAILURE  # "an assault on X has failed"
        if not self._modals.isdisjoint(self._predicate(scene, end, sentence.last)):
            return Mode.OPEN  # "the fall of X to the army would be"
        waged = self._waged(norms, sentence.first, trigger.first) if trigger.rule.type == "offensive" else None
        return waged or mode_of_noun(norms, sentence, trigger, self._lex)

    def _waged(self, norms: tuple[str, ...], first: int, i: int) -> Mode | None:
        """What an infinitive or a modal before "launch" makes of the attack at token i: "is likely to launch an"."""
        verb = next((j for j in range(i - 1, max(first, i - _WAGED), -1) if norms[j] in self._lex.waging), None)
        if verb is None or not self._lex.boundaries.isdisjoint(norms[verb:i]):
            return None
        j = self._before(norms, verb, first)
        governor = self._governor(norms, max(first, j - 5), j)
        if governor in (Mode.INTENTION, Mode.FAILURE):
            return self._mode_of_governor(governor, norms, first, j)
        if self._modals.isdisjoint(norms[max(first, verb - 3) : verb]):
            return None
        return Mode.OPEN if self._future.isdisjoint(norms[max(first, verb - 3) : verb]) else Mode.INTENTION

    def _in_context(self, governed: Mode, before: Sequence[str], behind: Sequence[str], supposed: bool) -> Mode:
        """What a governor makes of it, given the words of its clause before it, and those behind its object."""
        if governed is not Mode.DONE and supposed:
            return Mode.OPEN  # "if they were to win X"
        if governed is not Mode.EFFORT:
            return governed
        if rebuffed(behind, self._lex) or collapsed(behind, self._lex):
            return Mode.FAILURE
        return Mode.INTENTION if self._ahead(before) else governed

    def _governed(self, scene: Scene, sentence: Sentence, trigger: Trigger, clause: int) -> Mode | None:
        """The mode that a governor, an infinitive or a nominalising preposition before the trigger gives."""
        norms = scene.words.norms
        j = self._before(norms, trigger.first, sentence.first)
        governor = self._governor(norms, max(sentence.first, j - 5), j)
        if governor is None and norms[j - 1 : j + 1] == ("and", "to"):
            earlier = self._governors.find(norms, max(sentence.first, j - 20), j)
            governor = earlier[-1][-1] if earlier else None
        if governor is not None:
            return self._mode_of_governor(governor, norms, sentence.first, j)
        to = self._infinitive(norms, trigger, j, sentence.first)
        if to is not None:
            return self._mode_of_infinitive(scene, sentence, trigger, (to, j, clause))
        if trigger.form == "gerund" and j >= sentence.first and norms[j] in self._nominalising:
            prevented = norms[j] == "from" and self._prevented(norms, j, clause)
            return prevented or self._effort(norms[max(clause, j - 6) : j]) or Mode.OPEN
        return None

    def _mode_of_governor(self, governor: Mode, norms: Sequence[str], first: int, j: int) -> Mode:
        """What a governor that ends at token ``j`` makes of it: a failed drive, any attempt, a plan there is not."""
        if governor is Mode.FAILURE and "to" in norms[max(first, j - 4) : j - 1]:
            return Mode.OPEN  # "in order to prevent them from advancing"
        if governor is Mode.EFFORT and self._fails(norms, max(first, j - 8), j):
            return Mode.FAILURE  # "failed in their drive to take X"
        if governor is Mode.EFFORT and "any" in norms[max(first, j - 7) : j]:
            return Mode.OPEN  # "any attempt by A to take X"
        negated = self._denials.negated(norms, j - 1, first)
        if governor is Mode.INTENTION and (negated or self._denials.plan_denied(norms, first, j)):
            return Mode.OPEN  # "has no plans to storm X"
        if governor is not Mode.DONE or not negated:
            return governor
        return Mode.DENIED if self._managing.isdisjoint(norms[j - 1 : j + 1]) else Mode.FAILURE

    def _mode_of_infinitive(
        self, scene: Scene, sentence: Sentence, trigger: Trigger, span: tuple[int, int, int]
    ) -> Mode:
        """The mode of "to capture X", with its "to", the last word before the verb, and the clause at those tokens."""
        norms, (to, j, clause) = scene.words.norms, span
        if trigger.rule.type == "withdrawal" and norms[to - 1] in self._lex.openers:
            return Mode.DONE  # "began to leave X"
        if norms[to - 1] in self._pending:
            return Mode.OPEN  # "has yet to capture X"
        if first_to(norms[max(sentence.first, to - _RANKED) : to], self._lex):
            return Mode.DONE
        first = self._governor(norms, max(sentence.first, to - 5), to) if to < j else None
        first = first or self._parted(norms, sentence.first, to) or self._past_date(scene, sentence.first, to)
        if first is None and (agreed := self._agreed(scene, sentence, to)) is not None:
            return agreed
        if first is None and self._caused(scene, sentence, to):
            return Mode.DONE
        return first or self._purpose(norms[max(clause, j - 9) : j])  # "determined to push on and capture X"

    def _ahead(self, before: Sequence[str]) -> bool:
        """Whether an operation is still to come: "will launch an offensive to", "preparing for an operation to"."""
        prepared = any(a in self._lex.planned and b in _FOR_ONE for a, b in pairwise(before))
        return prepared or not self._future.isdisjoint(before)

    def _prevented(self, norms: tuple[str, ...], j: int, clause: int) -> Mode | None:
        """The mode of what somebody is kept "from" at token j: failed where that succeeded ("prevented B from")."""
        by = next((k for k in range(j - 1, max(clause, j - _KEPT) - 1, -1) if norms[k] in self._preventing), None)
        if by is None:
            return None
        aimed = not norms[by].endswith("ed")
        if norms[by - 1] == "to":  # "managed to prevent"
            aimed = self._governor(norms, max(clause, by - 6), by - 1) is not Mode.DONE
        return Mode.OPEN if aimed else Mode.FAILURE

    def _parted(self, norms: Sequence[str], floor: int, to: int) -> Mode | None:
        """The governor that commas part from its "to": "managed, at dawn on Friday, to take X"."""
        if norms[to - 1] != ",":
            return None
        opening = next((k for k in range(to - 2, max(floor, to - _COORDINATED), -1) if norms[k] == ","), floor)
        found = self._governors.find((norms[opening - 1], "to"), 0, 2) if opening > floor else []
        return found[0][2] if found else None

    def _past_date(self, scene: Scene, floor: int, to: int) -> Mode | None:
        """The governor that a date parts from its "to": "failed on Monday to take X"."""
        norms, j = scene.words.norms, to - 1
        if j not in scene.dated:
            return None
        while j > floor and (j in scene.dated or norms[j] in self._lex.timing or norms[j] in self._lex.fillers):
            j -= 1
        found = self._governors.find((norms[j], "to"), 0, 2)
        return found[0][2] if found and found[0][2] is not Mode.EFFORT else None

    def _agreed(self, scene: Scene, sentence: Sentence, to: int) -> Mode | None:
        """What "a deal for A to leave X" tells: a plan; "calls for A to leave X" tell of nothing."""
        norms, made = scene.words.norms, scene.actor_at.get(to - 1)
        if made is None:
            return None
        lead = made.first - 1 - (norms[made.first - 1] in self._lex.definite)
        if norms[lead] != "for":
            return None
        before = norms[max(sentence.first, lead - _AGREED) : lead]
        return Mode.OPEN if self._lex.deals.isdisjoint(before) else Mode.INTENTION

    def _caused(self, scene: Scene, sentence: Sentence, to: int) -> bool:
        """Whether the infinitive at token ``to`` tells what an actor before it was made to do."""
        made = scene.actor_at.get(to - 1)
        if made is None:
            return False
        before = scene.words.norms[max(sentence.first, made.first - 3) : made.first]
        return "by" not in before and not self._causing.isdisjoint(before)  # "led by A to drive B out"

    def _predicate(self, scene: Scene, end: int, last: int) -> Sequence[str]:
        """The words behind what a noun speaks of, past who does it."""
        norms = scene.words.norms
        if end + 1 < last and norms[end] in ("to", "by"):
            doer = scene.actor_at.get(end + 1) or scene.actor_at.get(end + 2)
            end = doer.last if doer is not None else end
        return [norms[j] for j in range(end, min(last, end + _PREDICATE)) if j not in scene.dated]  # "came in May"

    def _fails(self, norms: Sequence[str], first: int, last: int) -> bool:
        return any(mode is Mode.FAILURE for _, _, mode in self._governors.find(norms, first, last))

    def _purpose(self, before: Sequence[str]) -> Mode:
        """Of "to capture X": what an operation is for, one that failed or one under way, or a bare purpose."""
        effort = self._effort(before)
        if effort is not None and "any" in before:
            return Mode.OPEN
        if effort is not None and not self._lex.failing.isdisjoint(before):
            return Mode.FAILURE
        return effort or Mode.PURPOSE

    def _auxiliary(self, scene: Scene, trigger: Trigger, clause: int) -> Mode | None:
        """The mode that a modal before a verb gives; "would see A leave and B take X" reaches to the second verb."""
        norms = scene.words.norms
        if trigger.form == "base" and not self._future.isdisjoint(
            norms[max(clause, trigger.first - 15) : trigger.first]
        ):
            return Mode.INTENTION
        window = range(max(clause, trigger.first - 5), trigger.first)
        near = [norms[i] for i in window if i not in scene.dated]  # "on 13 May it stormed"
        if self._modals.isdisjoint(near):
            return None
        return Mode.OPEN if self._future.isdisjoint(near) else Mode.INTENTION

    def _infinitive(self, norms: Sequence[str], trigger: Trigger, j: int, floor: int) -> int | None:
        """The "to" on which the trigger hangs: "to capture", and the second verb of "to lay down arms and leave"."""
        if trigger.form == "noun":
            return None
        if j >= floor and norms[j] == "to":
            return None if "have" in norms[j : trigger.first] else j
        if trigger.form == "base" and norms[j] in ("and", "or"):
            return next((k for k in range(j - 1, max(floor, j - _COORDINATED) - 1, -1) if norms[k] == "to"), None)
        return None

    def _before(self, norms: Sequence[str], i: int, floor: int) -> int:
        j = i - 1
        while j >= floor and (norms[j] in self._lex.fillers or norms[j] in QUOTES):
            j -= 1
        return j

    def _governor(self, norms: tuple[str, ...], first: int, last: int) -> Mode | None:
        """The governor that ends exactly at token ``last``."""
        return self._governors.ending(norms, first, last + 1)

    def _effort(self, words: Sequence[str]) -> Mode | None:
        return None if self._lex.operations.isdisjoint(words) else Mode.EFFORT

    def _attacks(self, trigger: Trigger) -> bool:
        return trigger.rule.type == "offensive" or trigger.rule.id == "advance.enter"


_FOR_ONE = frozenset({"for", "a", "an"})
"""Words between a plan and its operation: "preparing an offensive to retake"."""
_WAGED = 7
"""Tokens between "launch" and the noun for the attack."""
_AGREED = 8
"""Tokens from "a deal" to its "for"."""
_REBUFFED = 8
"""Tokens behind what was tried in which its failure is told."""
_RANKED = 5
"""Tokens between "the first" and its infinitive."""
_KEPT = 7
"""Tokens between "prevented" and its "from"."""
_PREDICATE = 4
"""Tokens behind what a noun speaks of within which its verb stands."""
_COORDINATED = 14
"""Tokens between "to" and the "and" that takes it up again."""
