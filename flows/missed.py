"""What ``extract`` and ``dates`` could not resolve, in lines for a person: they store nothing that could be asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flows.terminal import printable
from transforms.issues import Issue

_MISSED = 3


class Missed:
    """Issues met where nothing is stored: how many of each kind, and the first few of them."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.first: dict[str, list[Issue]] = {}

    def add(self, issue: Issue) -> None:
        """Take note of one."""
        self.counts[issue.kind] += 1
        shown = self.first.setdefault(issue.kind, [])
        if len(shown) < _MISSED:
            shown.append(issue)

    def lines(self) -> Iterator[str]:
        """A line an issue, kinds by frequency, and one that counts them all."""
        for kind, n in self.counts.most_common():
            for issue in self.first[kind]:
                where = ":".join(str(v) for v in (issue.path, issue.line) if v is not None)
                where += f" (report {issue.report_id})" if issue.report_id else ""
                yield _one_line(f"{kind}: {where.strip()}: {issue.found}; to mend it: {issue.mend}")
            if n > _MISSED:
                yield f"{kind}: and {n - _MISSED:,} more"
        if self.counts:
            kinds = ", ".join(f"{n:,} {kind}" for kind, n in self.counts.most_common())
            yield f"issues: {kinds}; `whoheld run` keeps them all"


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
