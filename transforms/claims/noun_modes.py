"""How an attack, siege or capture is told that a noun names: by the words around the noun."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claims.grammar import Grammar
from transforms.claims.mode import Mode
from transforms.claims.triggers import Trigger
from transforms.text import Sentence

_FEARED = 5
"""Tokens between "fears" and the attack."""
_FOR_ONE = (("for", "an"), ("for", "a"))


def mode_of_noun(norms: Sequence[str], sentence: Sentence, trigger: Trigger, lex: Grammar) -> Mode:
    """What the words right around a noun say of it: a failed assault, a planned operation, no offensive."""
    before = norms[max(sentence.first, trigger.first - 8) : trigger.first]
    if not lex.feared.isdisjoint(before[-_FEARED:]):
        return Mode.OPEN  # "fears of an assault on X"
    if not lex.failing.isdisjoint(before[-3:]):
        return Mode.FAILURE
    if trigger.rule.type == "siege":
        before = before[-2:]  # what is planned is to lift it, or else
        if "complete" in before:
            return Mode.OPEN  # "a campaign to complete the encirclement of X"
    if any(w in lex.planned for w in before) or norms[trigger.last : trigger.last + 2] == ("is", "expected"):
        return Mode.INTENTION
    if before[-2:] in _FOR_ONE:
        return Mode.INTENTION  # "to use the bridge for an operation against X"
    if "no" in before[-2:]:
        return Mode.DENIED
    return Mode.DONE
