"""Whether a match of a regular expression can begin with a word, so that rules are not tried where they cannot match.

The expression's parse tree is walked with the word: too much is let through where in doubt (assertions, negations, back
references), never too little. A digit of the word stands for any digit, so that numbers of one length are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Tree: TypeAlias = Sequence[tuple[Any, Any]]
_DIGITS = range(ord("0"), ord("9") + 1)


def parsed(pattern: str) -> Tree:
    """The tree of ``pattern``."""
    return list(parser.parse(pattern))


def can_begin(tree: Tree, word: str) -> bool:
    """Whether some text that starts with the whole ``word`` could match."""
    return bool(_after(tree, word, {0}))


def _after(items: Iterable[tuple[Any, Any]], word: str, at: set[int]) -> set[int]:
    """How far into ``word`` its characters are used up behind ``items``; past its end everything goes."""
    for code, argument in items:
        at = _behind(code, argument, word, at)
        if not at:
            break
    return at


def _behind(code: Any, argument: Any, word: str, at: set[int]) -> set[int]:
    if code is op.BRANCH:
        return set().union(*(_after(arm, word, at) for arm in argument[1]))
    if code is op.SUBPATTERN:
        return _after(argument[3], word, at)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        for _ in range(min(argument[0], len(word))):
            at = _after(argument[2], word, at)
        return at if argument[1] == argument[0] else _repeated(argument[2], word, at)
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return at
    if code is op.GROUPREF:
        return {further for here in at for further in range(here, len(word) + 1)}
    past = {len(word)} & at
    return past | {i + 1 for i in at if i < len(word) and _fits(code, argument, ord(word[i]))}


def _repeated(items: Tree, word: str, at: set[int]) -> set[int]:
    """Behind any number of ``items``."""
    reached, new = set(at), set(at)
    while new:
        new = _after(items, word, new) - reached
        reached |= new
    return reached


def _fits(code: Any, argument: Any, character: int) -> bool:
    """Whether one part that takes one character can take this one."""
    digit = character in _DIGITS
    if code is op.LITERAL:
        return bool(argument == character or (digit and argument in _DIGITS))
    if code is not op.IN:
        return True
    return any(_in_class(kind, value, character, digit) for kind, value in argument)


def _in_class(kind: Any, value: Any, character: int, digit: bool) -> bool:
    if kind is op.LITERAL:
        return bool(value == character or (digit and value in _DIGITS))
    if kind is op.RANGE:
        return bool(value[0] <= character <= value[1] or (digit and value[0] in _DIGITS))
    if kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
        return digit
    return not (kind is op.CATEGORY and value is op.CATEGORY_SPACE)
