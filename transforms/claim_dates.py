"""When a claim's happening was: the date expression that goes with its frame, or the day of publication, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transforms.arguments import clause_end, clause_start
from transforms.dates import Timex
from transforms.frames import Frame
from transforms.grammar import Grammar
from transforms.modality import Mode
from transforms.scene import Scene
from transforms.text import Sentence

STATES = frozenset({"control", "siege"})
_CHANGES = frozenset({"capture", "handover", "withdrawal"})
_MODIFIERS = frozenset({"held", "stronghold"})
_PERFECT = frozenset({"had", "has", "have", "having"})


@dataclass(frozen=True, slots=True)
class Day:
    """First and last day, inclusive; ``timex`` is the expression they rest on, if any."""

    first: date | None
    last: date | None
    prec: int
    basis: str
    timex: Timex | None = None


def day_of(seen: Scene, sentence: Sentence, frame: Frame, mode: Mode, lex: Grammar) -> Day:
    """When it happened: the nearest date expression of its clause, else its sentence; else the day of publication."""
    published, planned = seen.published, mode in (Mode.INTENTION, Mode.PURPOSE)
    usable = [t for t in seen.timexes_in(sentence) if _fits(t, frame, published, planned)]
    clause = clause_start(seen, sentence, frame.trigger.first, lex)
    end = clause_end(seen, sentence, frame.trigger.last, lex)
    chosen = _nearest(seen, frame, usable, clause, end)
    if chosen is not None and chosen.first is not None and chosen.last is not None:
        last = chosen.last if published is None or planned else min(chosen.last, published)
        return Day(chosen.first, last, chosen.prec, chosen.basis, chosen)
    if planned or published is None or _background(seen, frame):
        return Day(None, None, 5, "unknown")
    return Day(published, published, 1, "published")


def _fits(timex: Timex, frame: Frame, published: date | None, planned: bool) -> bool:
    """Whether the expression can date the frame: a plan lies ahead, a deed behind, a state counts from "since"."""
    if timex.first is None or timex.last is None or timex.type == "SET":
        return False
    if planned:
        return published is not None and timex.last > published
    if frame.type in STATES and (frame.trigger.rule.shape in _MODIFIERS or timex.direction != "since"):
        return False
    return published is None or timex.first <= published


def _nearest(seen: Scene, frame: Frame, timexes: Sequence[Timex], clause: int, end: int) -> Timex | None:
    starts, t = seen.words.starts, frame.trigger
    lower, upper = starts[clause], seen.words.ends[end - 1]
    anchor = starts[t.first]
    ranked = sorted(
        timexes,
        key=lambda x: (
            not lower <= x.start < upper,
            abs(x.start - anchor) if x.start > anchor else (anchor - x.start) * 1.5,
        ),
    )
    return ranked[0] if ranked else None


def _background(seen: Scene, frame: Frame) -> bool:
    """Told as something that lies further back: a perfect tense, or a bare noun ("the capture of X")."""
    if frame.type not in _CHANGES:
        return False
    before = seen.words.norms[max(0, frame.trigger.first - 3) : frame.trigger.first]
    return frame.trigger.form == "noun" or not _PERFECT.isdisjoint(before)
