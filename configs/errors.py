"""What can stop a run. Each message says where, what was found, what was expected and how to mend it.

Bad *input* never raises one of these: it becomes a row in ``issues`` and the run goes on.
"""

from __future__ import annotations

from pathlib import Path


class WhoheldError(Exception):
    """Root of every error that whoheld raises on purpose; its text is fit to be shown to a person."""


class ConfigError(WhoheldError):
    """A configuration file cannot be used; nothing has been written."""

    def __init__(self, path: Path | str, key: str, problem: str, mend: str) -> None:
        self.path, self.key, self.problem, self.mend = str(path), key, problem, mend
        super().__init__(f"{path}: {key}: {problem}\n  to mend it: {mend}")


class ContractError(WhoheldError):
    """Rows about to be written to the lake break the contract of their table (a defect, not bad input)."""


class ChecksFailed(WhoheldError):
    """A ``fail__`` check found rows in a freshly built warehouse; the published one is left as it was."""


class NothingPublished(WhoheldError):
    """A question was asked before any warehouse was published."""


class NotFound(WhoheldError):
    """A place, id or path that was asked for is not there."""


class Busy(WhoheldError):
    """Another process writes under the same home folder."""


class UnreadableWarehouse(WhoheldError):
    """The published warehouse is of another format, or damaged; the lake is not touched by that."""
