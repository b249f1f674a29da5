"""Landing into the lake: input paths to batches of reports and issues that are written, and noted as done."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from configs.model import Theatre
from transforms.issues import Issue
from transforms.reports.documents import Report, report_row
from transforms.reports.nearness import signatures
from transforms.tables import ISSUES, LANDED, REPORTS
from warehouse.lake import Lake
from warehouse.landing import STDIN, Batch, InputFile, discover, land
from warehouse.ledger import LandedBy, files_read, ledger_rows

Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Landed:
    """What landing found: ``n_known_files`` had been read before, ``n_repeats`` reports were there already."""

    n_files: int
    n_known_files: int
    n_reports: int
    n_repeats: int
    issues: dict[str, int]
    """Issues met, by kind."""

    def going_on(self, before: LandedBy) -> Landed:
        """What a run landed in all that had landed ``before`` when it was interrupted."""
        known = max(0, self.n_known_files - before.n_finished)
        reports, repeats = self.n_reports + before.n_reports, self.n_repeats + before.n_repeats
        return replace(self, n_known_files=known, n_reports=reports, n_repeats=repeats)


def take_in(
    lake: Lake,
    theatre: Theatre,
    paths: Sequence[str | Path | InputFile],
    run_id: str,
    now: datetime,
    step: Step | None = None,
) -> Landed:
    """Land all that lies under ``paths`` and is new. Safe to repeat and to interrupt: what was not noted is read again.

    ``step(files done, files in all)`` is told of progress. Raises OSError where the lake cannot be written.
    """
    stdin = sys.stdin.buffer.read() if STDIN in [str(p) for p in paths if not isinstance(p, InputFile)] else None
    found = discover(paths, stdin)
    files = fresh = reports = repeats = 0
    kinds: Counter[str] = Counter()
    finished, begun = files_read(lake, theatre)
    for batch in land(found, theatre, lake.raw, lake.known_report_ids(), finished, begun):
        _write(lake, batch, theatre, run_id, now)
        files, fresh = files + batch.n_files, fresh + len(batch.finished)
        reports, repeats = reports + len(batch.reports), repeats + batch.n_repeats
        kinds.update(issue.kind for issue in batch.issues)
        if step:
            step(files, len(found.files))
    return Landed(files, max(0, files - fresh - kinds["unreadable_file"]), reports, repeats, dict(kinds))


def _write(lake: Lake, batch: Batch, theatre: Theatre, run_id: str, now: datetime) -> None:
    """All files of the batch or none, and with them the note which input files are done."""
    if not (batch.reports or batch.issues or batch.files):
        return
    years: dict[str, list[Report]] = {}
    for report in batch.reports:
        years.setdefault(str(report.published_at.year) if report.published_at else "unknown", []).append(report)
    parts = [("reports", f"year={year}") for year in sorted(years)] + [("issues", "step=landing"), ("landed",)]
    with lake.together(batch.batch_id, [lake.tables.joinpath(*part, f"{batch.batch_id}.parquet") for part in parts]):
        write_issues(lake, batch.issues, {"step": "landing"}, batch.batch_id, run_id)
        for year, group in sorted(years.items()):
            marks = signatures(report.text for report in group)
            rows = [report_row(report, mark, now, run_id) for report, mark in zip(group, marks, strict=True)]
            lake.write_batch(REPORTS, rows, {"year": year}, batch.batch_id)
        if batch.files:
            lake.write_batch(LANDED, ledger_rows(batch.files, theatre, run_id), {}, batch.batch_id)


def write_issues(lake: Lake, issues: Sequence[Issue], partitions: dict[str, str], batch_id: str, run_id: str) -> None:
    """Write ``issues``, unless this batch of them is there: they then belong to the run that saw them first."""
    folder = lake.tables.joinpath("issues", *(f"{name}={value}" for name, value in partitions.items()))
    if issues and not (folder / f"{batch_id}.parquet").exists():
        lake.write_batch(ISSUES, issue_rows(issues, run_id), partitions, batch_id)


def issue_rows(issues: Sequence[Issue], run_id: str) -> list[dict[str, object]]:
    """Rows of the lake table ``issues``, one for each id."""
    rows = {i.issue_id: {name: getattr(i, name) for name in Issue.__dataclass_fields__} for i in issues}
    return [row | {"issue_id": issue_id, "run_id": run_id} for issue_id, row in rows.items()]
