"""What was seen and not resolved: a row for a person, never a silent drop."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Issue:
    """``kind`` is a stable word to group by; ``found``, ``expected`` and ``mend`` are sentences for a person.

    ``path`` is the input as it was named, ``line`` its 1-based line or record where that is known. ``report_id`` and
    the character span are set where the issue lies within a report.
    """

    kind: str
    found: str
    expected: str
    mend: str
    path: str | None = None
    line: int | None = None
    report_id: str | None = None
    char_start: int | None = None
    char_end: int | None = None

    @property
    def issue_id(self) -> str:
        """The same for the same thing seen again."""
        key = "\x1f".join(
            str(v) for v in (self.kind, self.path, self.line, self.report_id, self.char_start, self.found)
        )
        return sha256(key.encode()).hexdigest()[:16]
