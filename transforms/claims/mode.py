"""How a claim is told: as a deed, an effort, a plan, a failure, or not at all."""

from __future__ import annotations

from enum import Enum


class Mode(Enum):
    """How a claim is told."""

    DONE = "done"
    EFFORT = "effort"
    """An operation under way to bring it about ("battling to capture")."""
    INTENTION = "intention"
    """Planned, vowed, hoped, expected."""
    FAILURE = "failure"
    """Tried and not achieved."""
    PURPOSE = "purpose"
    """A bare purpose: no event of its own."""
    OPEN = "open"
    """Possible, conditional or asked: nothing is told."""
    DENIED = "denied"
