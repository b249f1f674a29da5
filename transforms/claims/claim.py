"""The claim as a value, between extraction and the lake."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

CHANGES = frozenset({"capture", "handover", "withdrawal"})
"""Types by which a place changes hands."""
STATES = frozenset({"control", "siege"})
"""What goes on until something ends it."""
_DATED = frozenset({"explicit", "relative"})
"""Bases of a date that the text gives."""


class Claim(NamedTuple):
    """What one report says of one place; the columns of ``transforms.tables.CLAIMS`` less the run's own."""

    claim_id: str
    report_id: str
    sentence_no: int
    char_start: int
    char_end: int
    quote: str
    claim_type: str
    status: str
    place_id: str
    place_text: str
    geo_prec: int
    actor_id: str | None
    actor_side: str
    actor_text: str | None
    opponent_id: str | None
    opponent_side: str | None
    opponent_text: str | None
    date_start: date | None
    date_end: date | None
    date_prec: int
    date_basis: str
    date_text: str | None
    claimed_by: str | None
    claimed_by_side: str | None
    attribution: str
    against_interest: bool
    extent: str
    rule_id: str
    confidence: float


def on_other_days(a: Claim, b: Claim) -> bool:
    """Whether the text itself puts two claims on different days."""
    told = a.date_basis in _DATED and b.date_basis in _DATED
    if not told or a.date_start is None or a.date_end is None or b.date_start is None or b.date_end is None:
        return False
    return a.date_end < b.date_start or b.date_end < a.date_start
