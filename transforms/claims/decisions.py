"""The reader's own decisions, kept while one report is read again: which of its functions gave which value.

Nothing in the reader knows of this, so that extraction pays nothing for it and a reason can never say other than what
was done: the reasons are the docstrings of the functions that decided.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from inspect import cleandoc
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")
_ARGUMENT = re.compile(
    r"(?: that begins)? (?:at|from|within|before|after) (?:tokens? )?(?:first:last|i:end|first|start|i)\b(?: on\b)?"
)
_ROOM = __name__.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Decision:
    """``function`` of this room returned (or, as a generator, yielded) ``value``; ``says`` is its docstring's opening.

    ``depth`` counts the calls above it.
    """

    function: str
    says: str
    value: Any
    depth: int


def recorded(work: Callable[[], T]) -> tuple[T, Sequence[Decision]]:
    """What ``work`` returns, and every decision of the reader on the way, in order.

    A profiler that is at work already rests meanwhile.
    """
    log: list[Decision] = []

    def note(frame: FrameType, event: str, value: object) -> None:
        if event != "return" or value is None:
            return
        module = frame.f_globals.get("__name__", "")
        if module.startswith(_ROOM):
            name = frame.f_code.co_qualname
            log.append(Decision(name.rpartition(".")[2], _opening(_documented(module, name)), value, _depth(frame)))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        found = work()
    finally:
        sys.setprofile(before)
    return found, log


def given(log: Sequence[Decision], kind: type[T]) -> Iterator[tuple[int, T]]:
    """The values of ``kind`` that were given, each with its place in ``log``."""
    return ((i, d.value) for i, d in enumerate(log) if isinstance(d.value, kind))


def trail(log: Sequence[Decision], matters: Callable[[Any], bool]) -> tuple[Decision, ...]:
    """The last decision whose value matters, with those that led to it: the one that decided first stands in front."""
    found: list[Decision] = []
    for decision in reversed(log):
        if matters(decision.value) and (not found or decision.depth > found[-1].depth):
            found.append(decision)
        elif found and decision.depth <= found[-1].depth:
            break
    return tuple(reversed(found))


def _documented(module: str, name: str) -> str:
    value: Any = sys.modules.get(module)
    for part in name.split("."):
        value = getattr(value, part, None)
    return cleandoc(getattr(value, "__doc__", None) or "")


def _opening(text: str) -> str:
    """The first paragraph, without markup and without the names of arguments ("at token i")."""
    return _ARGUMENT.sub("", " ".join(text.partition("\n\n")[0].split()).replace("``", ""))


def _depth(frame: FrameType | None) -> int:
    depth = 0
    while frame is not None:
        depth, frame = depth + 1, frame.f_back
    return depth
