"""Calendar expressions of a text, normalised: TIMEX3 value, first and last day, precision, basis, span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Timex:
    """Characters ``start:end`` say ``value`` (TIMEX3); ``first`` and ``last`` are inclusive days, None where none follow.

    ``prec`` is UCDP's: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer or unknown. ``basis`` tells whether the
    words carry their own calendar (explicit) or lean on a reference day (relative).
    """

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    first: date | None
    last: date | None
    prec: int
    basis: Literal["explicit", "relative"]
    direction: Literal["at", "since", "until", "by", "future"] = "at"
