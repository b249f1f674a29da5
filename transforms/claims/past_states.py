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
    """The days of the frame's own clause in which a state held that is told as past; None where it may hold still."""
    norms, end = seen.words.norms, clause[1] + (not _UP_TO.isdisjoint(seen.words.norms[clause[1] : clause[1] + 1])) * 2
    own = [t for t in timexes if t.first is not None and clause[0] <= seen.words.at(t.start) < end]
    told_now = frame.trigger.form in ("s", "base")
    if seen.published is None or not own or told_now or not lex.lasting.isdisjoint(norms[clause[0] : clause[1]]):
        return None
    ranged = next((_span(a, b) for a, b in pairwise(own) if _joined(seen, a, b)), None)
    if ranged is not None and ranged.last < seen.published:
        return ranged
    attributed = frame.rule.shape in _MODIFIERS and seen.hyphenated(frame.trigger.first - 1)
    back = _ATTRIBUTED if attributed or frame.rule.shape != "state" else _TOLD
    spans = (_span(t, t) for t in own if t.direction == "at" or (t.direction == "until" and not attributed))
    return next((s for s in spans if s is not None and s.last < seen.published - back), None)


def _span(a: Timex, b: Timex) -> Span | None:
    if a.first is None or b.last is None or b.last < a.first:
        return None
    return Span(a.first, b.last, a)


def _joined(seen: Scene, a: Timex, b: Timex) -> bool:
    """Whether "from A to B" or "between A and B" stands there."""
    norms, first = seen.words.norms, seen.words.at(a.start)
    between = norms[seen.words.at(a.end) : seen.words.at(b.start)]
    return len(between) == 1 and between[0] in _UP_TO and norms[first - 1] in _FROM
