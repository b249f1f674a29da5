"""What came of what was tried, told in the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claims.grammar import Grammar


def rebuffed(behind: Sequence[str], lex: Grammar) -> bool:
    """Whether an attempt is told to have come to nothing: "tried to take X, but were forced back"."""
    return "but" in behind and not lex.rebuffed.isdisjoint(behind[behind.index("but") + 1 :][:6])


def collapsed(behind: Sequence[str], lex: Grammar) -> bool:
    """Whether it is told to have come to nothing: "an assault on X has failed", "an attempt to enter X was foiled"."""
    return not lex.collapsing.isdisjoint(behind[:_OUTCOME])


_OUTCOME = 4
"""Words behind the place within which an attempt's end is told."""


def gave_up(behind: Sequence[str], lex: Grammar) -> bool:
    """Whether those who attacked are said to have gone back: "attacked X but were forced to retreat"."""
    if "but" not in behind:
        return False
    told = [w for w in behind[behind.index("but") + 1 :] if w not in lex.adverbs]
    told = told[1:] if told and told[0] in lex.persons else told
    told = told[1:] if told and told[0] in lex.be else told
    return bool(told) and told[0] in lex.rebuffed


def first_to(before: Sequence[str], lex: Grammar) -> bool:
    """Whether an infinitive tells of a place what happened to it: "the first city to fall"."""
    return bool(before) and before[-1] in lex.anaphors and not lex.ranked.isdisjoint(before)
