"""When a state held that is told as past: "held X from 2014 to 2017", "until August 2016", "in 2014 A controlled X"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from transforms.claims.frame import Frame
from transforms.claims.grammar import Grammar
from transforms.claims.scene import Scene
from transforms.dates.reader import Timex

_TOLD, _ATTRIBUTED = timedelta(days=90), timedelta(days=365)
"""How far back a date must lie for a state in a past tense, or in a modifier ("rebel-held X"), to be of then only."""
_MODIFIERS = frozenset({"held", "stronghold"})
_UP_TO = frozenset({"to", "until", "till", "through", "and", "-", "–"})
_FROM = frozenset({"from", "between"})


class Span(NamedTuple):
    """First and last day of a state that is over, and the expression that tells them best."""

    first: date
    last: date
    timex: Timex


def past_span(
    seen: Scene, frame: Frame, timexes: Sequence[Timex], clause: tuple[int, int], lex: Grammar
) -> Span | None:
    """The days from the one date to the other between which a state held; None where it may hold still."""
    own = _own(seen, frame, timexes, clause, lex)
    spans = (_span(a, b) for a, b in pairwise(own) if _joined(seen, a, b))
    return next((s for s in spans if s is not None and seen.published and s.last < seen.published), None)


def past_dates(
    seen: Scene, frame: Frame, timexes: Sequence[Timex], clause: tuple[int, int], lex: Grammar
) -> Sequence[Timex]:
    """The dates so long past that a state told with one of them is of then only."""
    attributed = frame.rule.shape in _MODIFIERS and seen.hyphenated(frame.trigger.first - 1)
    back = _ATTRIBUTED if attributed or frame.rule.shape != "state" else _TOLD
    directions = ("at",) if attributed else ("at", "by", "until")
    own = [t for t in _own(seen, frame, timexes, clause, lex) if t.direction in directions]
    return [t for t in own if t.last is not None and seen.published and t.last < seen.published - back]


def _own(seen: Scene, frame: Frame, timexes: Sequence[Timex], clause: tuple[int, int], lex: Grammar) -> Sequence[Timex]:
    """The dates of the frame's own clause, and of an "until" right behind it, where it is told in a past tense."""
    norms, end = seen.words.norms, clause[1] + (not _UP_TO.isdisjoint(seen.words.norms[clause[1] : clause[1] + 1])) * 2
    if frame.trigger.form in ("s", "base") or not lex.lasting.isdisjoint(norms[clause[0] : clause[1]]):
        return []
    return [t for t in timexes if t.first is not None and clause[0] <= seen.words.at(t.start) < end]


def _span(a: Timex, b: Timex) -> Span | None:
    if a.first is None or b.last is None or b.last < a.first:
        return None
    return Span(a.first, b.last, a)


def span_with(seen: Scene, timex: Timex, timexes: Sequence[Timex]) -> Span | None:
    """The days of which ``timex`` is one end: "between 16 and 20 April", "16-20 April"; None where it is none."""
    return next((_span(a, b) for a, b in pairwise(timexes) if timex in (a, b) and _joined(seen, a, b)), None)


def _joined(seen: Scene, a: Timex, b: Timex) -> bool:
    """Whether "from A to B", "between A and B" or "A-B" stands there."""
    norms, first = seen.words.norms, seen.words.at(a.start)
    between = norms[seen.words.at(a.end) : seen.words.at(b.start)]
    if between in _DASHES or (not between and b.start - a.end == 1):
        return True
    return len(between) == 1 and between[0] in _UP_TO and norms[first - 1] in _FROM


_DASHES = (("-",), ("–",), ("—",))
