"""What came of a round over the sources, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Health:
    """How a source fared: ``status`` is news, unchanged, failed or changed; ``warning`` is for a person to look at."""

    name: str
    kind: str
    status: str
    n_new: int
    n_issues: int
    note: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round brought: ``inputs`` are (name, path, outlet) of files to land, and for ``put_away`` afterwards."""

    health: tuple[Health, ...] = ()
    inputs: tuple[tuple[str, str, str | None], ...] = ()
    n_issues: int = 0
