"""What a run found, as a value, as Markdown for Prefect and as rows for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.sources.health import Health
from warehouse.ask import query
from warehouse.intake import Landed
from warehouse.relations import quoted


@dataclass(frozen=True, slots=True)
class IssueKind:
    """The issues of one kind in the warehouse: how many, how many of them this run saw first, and an example."""

    kind: str
    n: int
    n_new: int
    example: str
    mend: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. ``changed`` is False where what is published was up to date and was left as it is.

    ``counts`` are rows by relation of the published warehouse, ``seconds`` the time of each step, ``sources`` how each
    fared that was fetched.
    """

    run_id: str
    theatre: str
    warehouse: Path
    landed: Landed
    n_read: int
    n_claims: int
    changed: bool
    counts: dict[str, int]
    issues: tuple[IssueKind, ...]
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    sources: tuple[Health, ...] = ()

    @property
    def n_issues(self) -> int:
        """All issues in the warehouse."""
        return sum(i.n for i in self.issues)

    def lines(self) -> Iterator[tuple[str, str]]:
        """What a person wants to know, as label and value."""
        known = f" ({self.landed.n_known_files:,} read before)" if self.landed.n_known_files else ""
        repeats = f", {self.landed.n_repeats:,} repeats left out" if self.landed.n_repeats else ""
        if self.sources:
            fared = Counter(health.status for health in self.sources)
            yield "sources", f"{len(self.sources)} ({', '.join(f'{n} {status}' for status, n in fared.most_common())})"
        yield "files", f"{self.landed.n_files:,}{known}"
        yield "reports", f"{self.counts.get('reports', 0):,} ({self.landed.n_reports:,} new{repeats})"
        yield "claims", f"{self.counts.get('claims', 0):,}" + (f" ({self.n_claims:,} new)" if self.n_read else "")
        yield "events", f"{self.counts.get('events', 0):,}"
        yield "control rows", f"{self.counts.get('control', 0):,}"
        yield "issues", f"{self.n_issues:,}"

    def markdown(self) -> str:
        """The summary as Prefect's artifact shows it."""
        state = (
            f"published `{self.warehouse}`" if self.changed else "nothing new: the published warehouse stays as it is"
        )
        facts = "\n".join(f"| {label} | {value} |" for label, value in self.lines())
        steps = "\n".join(f"| {step} | {seconds:.1f} |" for step, seconds in self.seconds.items())
        issues = "\n".join(f"| {i.kind} | {i.n} | {i.n_new} | {_cell(i.mend)} |" for i in self.issues)
        silent = [f"source {health.name}: {health.warning}" for health in self.sources if health.warning]
        warnings = "\n".join(f"- {_cell(warning)}" for warning in (*silent, *self.warnings))
        return (
            f"# Run {self.run_id} ({self.theatre})\n\n{state}\n\n| | |\n| --- | ---: |\n{facts}\n\n"
            f"## Seconds\n\n| step | s |\n| --- | ---: |\n{steps}\n"
            + (
                f"\n## Issues\n\n| kind | all | new | to mend it |\n| --- | ---: | ---: | --- |\n{issues}\n"
                if issues
                else ""
            )
            + (f"\n## Warnings\n\n{warnings}\n" if warnings else "")
        )


def issues_by_kind(warehouse: Path, run_id: str = "") -> tuple[IssueKind, ...]:
    """The issues in the published warehouse by kind, commonest first."""
    found = query(
        warehouse,
        f"select kind, count(*), count(*) filter (run_id = {quoted(run_id)}), "
        "arg_min(concat_ws(':', path, line), issue_id), arg_min(mend, issue_id) from issues "
        "group by kind order by 2 desc, 1",
    )
    return tuple(IssueKind(kind, n, new, example or "", mend) for kind, n, new, example, mend in found.rows)


def issues_of(warehouse: Path, kind: str) -> list[dict[str, Any]]:
    """All issues of one kind."""
    return query(warehouse, f"select * from issues where kind = {quoted(kind)} order by path, line, issue_id").dicts()


def row_counts(
    warehouse: Path, relations: tuple[str, ...] = ("reports", "claims", "events", "control")
) -> dict[str, int]:
    """Rows by relation of the published warehouse."""
    counts = ", ".join(f"(select count(*) from {name}) as {name}" for name in relations)
    return query(warehouse, f"select {counts}").dicts()[0]


def _cell(text: str) -> str:
    """``text`` on one line, where nothing in it is taken for markup."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
