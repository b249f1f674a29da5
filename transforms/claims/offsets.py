"""Lengths that count from what is told beside them: "two days after they took X"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from transforms.claims.claim import STATES
from transforms.claims.frame import Frame
from transforms.claims.scene import Scene
from transforms.dates.reader import Timex
from transforms.dates.values import plus_months

CLOSE = 4
"""Tokens between "after" and its verb."""


def is_offset(seen: Scene, timex: Timex) -> bool:
    """Whether it is a length up to something else: "four days after"."""
    return seen.words.norms[seen.words.at(timex.end) - 1] in ("after", "before")


def offset_of(seen: Scene, timex: Timex, frame: Frame, clause: int) -> bool:
    """Whether the length ends at this very frame: "eight days after losing it" tells when it was lost."""
    opened, here = seen.words.at(timex.end), frame.trigger.first
    if not is_offset(seen, timex) or "," in seen.words.norms[opened:here]:
        return False
    told_of = clause == opened <= here and frame.trigger.form != "noun" and frame.type not in STATES
    return told_of or 0 <= here - opened <= CLOSE


def counted_back(length: Timex, others: Sequence[Timex], published: date | None) -> tuple[date, date] | None:
    """ "In July 2014, a month after it took Mosul": the length counts from the other date, or else from publication.

    Behind a day ("on Friday, two days after") it was read as counted from there. First and last day; None where the
    calendar has none."""
    if length.first is not None and length.last is not None and any(_is_day_before(t, length) for t in others):
        return length.first, length.last
    anchors = [t.first for t in others if t.first is not None]
    back = published - anchors[0] if published is not None and anchors else timedelta()
    if length.first is None or length.last is None or back < timedelta() or back.days >= length.first.toordinal():
        return None
    first, behind = length.first - back, length.last - back + _DAY
    ends = length.last + _DAY
    if length.first.day == ends.day == 1:  # whole months stay whole
        months = (ends.year - length.first.year) * 12 + ends.month - length.first.month
        first = _nearest_first(first)
        behind = plus_months(first, months)
    return first, behind - _DAY


def _is_day_before(timex: Timex, length: Timex) -> bool:
    return timex.first is not None and timex.first == timex.last and timex.end <= length.start


_DAY = timedelta(days=1)


def _nearest_first(day: date) -> date:
    """The first of a month that is nearest to ``day``."""
    this = day.replace(day=1)
    following = (this + timedelta(days=32)).replace(day=1)
    return this if day - this < following - day else following
