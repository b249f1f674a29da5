"""Extraction over the lake: a batch of reports in, its claims, provisional places and issues written beside it."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import transforms
from configs.load import config_hash, load_language, load_theatre
from configs.model import Theatre
from transforms.claims.reader import ClaimReader, Extraction
from transforms.issues import Issue
from transforms.reports.documents import Report
from transforms.tables import PLACES_FOUND
from warehouse.intake import issue_rows
from warehouse.lake import Batch, open_lake


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one batch gave."""

    n_reports: int
    n_claims: int
    issues: dict[str, int]
    """Issues met, by kind."""


@lru_cache(maxsize=2)
def claim_reader(theatre: str) -> ClaimReader:
    """The reader of a theatre, made once in a process."""
    known = load_theatre(theatre)
    return ClaimReader(known, load_language(known.language))


def knowledge_hash(theatre: Theatre) -> str:
    """The hash under which claims are kept: of the theatre, its language, and the code that reads with them.

    A changed rule and a changed reader both lead to new claims; old ones stay in the lake beside them.
    """
    return sha256(f"{config_hash(theatre, load_language(theatre.language))}{_reader_hash()}".encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _reader_hash() -> str:
    digest = sha256()
    for file in sorted(Path(transforms.__file__ or "").parent.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def readable(report: Report, language: str) -> bool:
    """Whether a report is in ``language``, as far as can be told; one in another is landed and not read."""
    return report.lang in (language, "und")


def read_safely(reader: ClaimReader, report: Report) -> Extraction:
    """What ``reader`` makes of ``report``; where it breaks down, an issue, so that one text does not stop the rest."""
    try:
        return reader.read(report)
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        issue = Issue(
            "reader_failed",
            found=f"{type(error).__name__} in {Path(at.filename).name}, line {at.lineno}: {error}",
            expected="claims, or none",
            mend="a mistake of ours: tell us, with the text; the report is kept, and a later version reads it",
            path=report.raw_path,
            report_id=report.report_id,
        )
        return Extraction((), (), (issue,))


def extract_batch(home: str, theatre: str, batch_id: str, paths: Sequence[str], run_id: str) -> Extracted:
    """Read every report of a batch and write what it gives. Takes keys and paths, so that it runs in any process.

    Raises ContractError for rows that break a table's contract, OSError where the lake cannot be written.
    """
    lake = open_lake(home)
    reader, known = claim_reader(theatre), load_theatre(theatre)
    knowledge = knowledge_hash(known)
    reports = lake.read_reports(Batch(batch_id, tuple(Path(p) for p in paths)))
    read = [(r, read_safely(reader, r)) for r in reports if readable(r, known.language)]
    claims = [c._asdict() | {"config_hash": knowledge, "run_id": run_id} for _, found in read for c in found.claims]
    issues = [issue for _, found in read for issue in found.issues]
    lake.write_extraction(knowledge, batch_id, claims, _places(read), issue_rows(issues, run_id))
    return Extracted(len(read), len(claims), dict(Counter(issue.kind for issue in issues)))


def _places(read: Sequence[tuple[Report, Extraction]]) -> list[dict[str, object]]:
    rows = {}
    for report, found in read:
        for place in found.places_found:
            row = {name: getattr(place, name) for name in PLACES_FOUND.columns if name != "report_id"}
            rows[place.place_id, report.report_id] = row | {"report_id": report.report_id}
    return list(rows.values())


def count_issues(groups: Sequence[dict[str, int]]) -> dict[str, int]:
    """Issues by kind, commonest first."""
    total: Counter[str] = Counter()
    for group in groups:
        total.update(group)
    return dict(total.most_common())
