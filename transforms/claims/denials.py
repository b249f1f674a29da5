"""What is negated, denied or said to be untrue."""

from __future__ import annotations

from collections.abc import Sequence

from configs.language import Governors
from transforms.claims.grammar import Grammar
from transforms.claims.triggers import Trigger
from transforms.text import Sentence, fold_phrase


class DenialReader:
    """A language's words for denying, compiled."""

    def __init__(self, governors: Governors, lex: Grammar) -> None:
        self._lex = lex
        self._negation = frozenset("".join(fold_phrase(word)) for word in governors.negation)
        self._denial, self._untrue = frozenset(governors.denial), frozenset(governors.untrue)

    def negated(self, norms: Sequence[str], i: int, floor: int) -> bool:
        """Whether a negation stands at token i or shortly before it."""
        return not self._negation.isdisjoint(norms[max(floor, i - 3) : i + 1])

    def negated_aside(self, norms: Sequence[str], i: int, first: int) -> bool:
        """Whether something stands between the negation and the verb at token i: "did not, as reported, take X"."""
        if norms[i - 1] != ",":
            return False
        return any(norms[j] == "," and norms[j - 1] in self._negation for j in range(i - 2, max(first, i - _ASIDE), -1))

    def plan_denied(self, norms: Sequence[str], first: int, j: int) -> bool:
        """Whether somebody denies the plan told before token ``j``: "denied that the army planned to"."""
        window = range(max(first, j - _DENIED_PLAN), j - 1)
        return any(norms[k] in self._denial and not _OF_PLAN.isdisjoint(norms[k + 1 : k + 3]) for k in window)

    def denied(self, norms: Sequence[str], sentence: Sentence, trigger: Trigger) -> bool:
        """Whether what a trigger tells is denied before it ("A denied having taken X") or behind it."""
        before = norms[max(sentence.first, trigger.first - _BEFORE) : trigger.first]
        aside = trigger.form in ("ed", "participle") and norms[trigger.first - 1] == ","
        return (not aside and not self._denial.isdisjoint(before)) or self._untrue_behind(
            norms, trigger.last, sentence.last
        )

    def _untrue_behind(self, norms: Sequence[str], i: int, end: int) -> bool:
        """Whether what was told before token i, in a sentence up to token ``end``, is said to be untrue: "a claim B
        denied", "B denied it"; but "B denied it had left Y" speaks of B."""
        said = next((k for k, word in enumerate(norms[i : i + _BEHIND], i) if word in self._untrue), None)
        if said is None:
            return False
        of, then = norms[said + 1 : said + 2], norms[said + 2 : said + 3]
        meant = bool(of) and of[0] in _THIS and (of[0] == "that" or self._lex.auxiliaries.isdisjoint(then))
        if said >= end:
            return meant and of[0] in _SO
        return meant or not of or not of[0][0].isalpha() or norms[said - 1] in self._lex.be


_BEFORE, _BEHIND = 12, 9
"""Tokens before and behind a trigger within which it is denied."""
_THIS = frozenset({"it", "this", "that", "by", "having", "any"})
"""Words behind "denied" that mean what was told before."""
_SO = frozenset({"it", "this"})
"""Those of them that may also mean what the sentence before told."""
_OF_PLAN = frozenset(
    {"that", "plans", "plan", "any", "claims", "reports", "having", "planning", "preparing", "it", "they"}
)
_DENIED_PLAN = 12
"""Tokens between "denied that" and the plan it speaks of."""
_ASIDE = 8
"""Tokens between a negation and its verb that commas part from both."""
