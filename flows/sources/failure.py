"""What keeps one address from being fetched; the rest goes on."""

from __future__ import annotations

from transforms.issues import Issue
from transforms.reports.addresses import redacted


class FetchFailed(Exception):
    """``passing`` failures may be gone at the next try; ``wait`` is how long the server asked for, in seconds."""

    def __init__(
        self, kind: str, found: str, expected: str, mend: str, passing: bool = False, wait: float = 0.0
    ) -> None:
        super().__init__(found)
        self.kind, self.found, self.expected, self.mend = kind, found, expected, mend
        self.passing, self.wait = passing, wait

    def issue(self, address: str) -> Issue:
        """The issue for ``address``."""
        return Issue(self.kind, self.found, self.expected, self.mend, redacted(address))
