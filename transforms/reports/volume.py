"""Whether a source gives less than it used to: a silence that may be a changed feed and not a calm."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median

LATELY, BEFORE, FEWEST_DAYS = 3, 28, 5
"""Days that count as now; days before them that count as usual, of which there must be as many as FEWEST_DAYS."""
SHARE = 0.25
LEAST = 3
"""Reports that would be usual in LATELY days; below that silence tells nothing."""


def falls_short(days: Mapping[date, int], today: date) -> tuple[int, float] | None:
    """(new reports lately, what would be usual) where a source is far below its usual volume, else None.

    ``days`` gives new reports by day on which the source was asked; days without a run are no days of silence.
    """
    now = [n for day, n in days.items() if today - timedelta(LATELY) < day <= today]
    before = [n for day, n in days.items() if today - timedelta(LATELY + BEFORE) < day <= today - timedelta(LATELY)]
    if len(before) < FEWEST_DAYS or len(now) < LATELY:
        return None
    usual = median(before) * LATELY
    return (sum(now), usual) if usual >= LEAST and sum(now) < SHARE * usual else None
