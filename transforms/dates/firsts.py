"""Whether a match of a regular expression can begin with a word, so that rules are not tried where they cannot match.

The expression's parse tree is walked with the word: too much is let through where in doubt (assertions, negations, back
references), never too little. A digit of the word stands for any digit, so that numbers of one length are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

Tree: TypeAlias = Sequence[tuple[Any, Any]]
_DIGITS = range(ord("0"), ord("9") + 1)
_NO_CHARACTER = (op.AT, op.ASSERT, op.ASSERT_NOT)


def parsed(pattern: str) -> Tree:
    """The tree of ``pattern``: groups are laid out flat, and the arms of a branch stand by the character that opens
    them, those that no single one opens under "" besides."""
    return tuple(_nodes(parser.parse(pattern)))


def _nodes(items: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Any]]:
    for code, argument in items:
        if code is op.SUBPATTERN:
            yield from _nodes(argument[3])
        elif code is op.BRANCH:
            arms: dict[str, list[Tree]] = {}
            for arm in argument[1]:
                nodes = tuple(_nodes(arm))
                opened = bool(nodes) and nodes[0][0] is op.LITERAL
                arms.setdefault(_opening(chr(nodes[0][1])) if opened else "", []).append(nodes)
            yield code, arms
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT):
            yield op.MAX_REPEAT, (*argument[:2], tuple(_nodes(argument[2])))
        elif code not in _NO_CHARACTER:
            yield code, argument


def _opening(character: str) -> str:
    return "0" if ord(character) in _DIGITS else character


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
    past = {len(word)} & at
    if code is op.BRANCH:
        for i in at - past:
            arms = (*argument.get(_opening(word[i]), ()), *argument.get("", ()))
            past = past.union(*(_after(arm, word, {i}) for arm in arms))
        return past
    if code is op.MAX_REPEAT:
        for _ in range(min(argument[0], len(word))):
            at = _after(argument[2], word, at)
        return at if argument[1] == argument[0] else _repeated(argument[2], word, at)
    if code is op.GROUPREF:
        return {further for here in at for further in range(here, len(word) + 1)}
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
