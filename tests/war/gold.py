"""Claims as a perfect reader would have them, put into a lake: what the rules do when reading makes no mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from configs.model import Theatre
from tests.war.articles import Told, Written
from tests.war.country import Country
from tests.war.english import day_of
from transforms.claims.claim import Claim
from transforms.reports.documents import Report, report_row
from transforms.reports.nearness import signatures
from transforms.tables import REPORTS
from warehouse.lake import Lake, open_lake

KNOWLEDGE = "feedfeedfeedfeed"
"""Stands where the hash of what a lake was read with stands otherwise."""
GIVEN = {"config_hash": KNOWLEDGE, "run_id": "given"}
_TYPES = {
    "denied loss": ("capture", "denied"), "not taken": ("capture", "denied"), "planned": ("offensive", "planned"),
}  # fmt: skip


def claim_of(told: Told, report: Report, country: Country, leaning: str | None) -> Claim:
    """What ``told`` is as a claim of ``report``."""
    s = told.statement
    site = country.sites[s.site]
    claim_type, status = _TYPES.get(s.kind, (s.kind, "happened"))
    by_side = s.claimant if s.claimant in {side.side_id for side in country.sides} else None
    claimed_by_side = by_side if told.speaker else leaning
    loser = told.side if claim_type == "withdrawal" else told.opponent
    days = told.last - told.first
    actor = None if told.side == "unknown" else told.side
    return Claim(
        claim_id=f"{report.doc_id}:{told.start}:{s.site}",
        report_id=report.report_id,
        sentence_no=0,
        char_start=told.start,
        char_end=told.end,
        quote=report.text[told.start : told.end],
        claim_type=claim_type,
        status=status,
        place_id=site.place_id,
        place_text=site.name,
        geo_prec=1,
        actor_id=actor,
        actor_side=told.side,
        actor_text=None,
        opponent_id=told.opponent,
        opponent_side=told.opponent,
        opponent_text=None,
        date_start=day_of(told.first),
        date_end=day_of(told.last),
        date_prec=1 if days == 0 else 3 if days < 7 else 4,
        date_basis=told.basis,
        date_text=None,
        claimed_by=told.speaker,
        claimed_by_side=claimed_by_side,
        attribution=_attribution(told, by_side),
        against_interest=claimed_by_side is not None and claimed_by_side == loser,
        extent="all",
        rule_id="given",
        confidence=0.9,
    )


def _attribution(told: Told, by_side: str | None) -> str:
    if told.speaker is None:
        return "own_voice"
    if by_side is not None:
        return "belligerent" if by_side == told.statement.side else "opposing_belligerent"
    return "monitor" if told.statement.claimant == "monitor" else "anonymous"


def fill_lake(home: Path, read: Sequence[tuple[Report, Written]], country: Country, theatre: Theatre) -> Lake:
    """A lake with the reports and, as their claims, what was written into them."""
    lake = open_lake(home)
    leanings = {s.source_id: s.leaning for s in theatre.sources}
    landed = datetime(2031, 1, 1, tzinfo=UTC)
    by_year: dict[str, list[tuple[Report, Written]]] = {}
    for report, written in read:
        by_year.setdefault(str(report.published_at.year if report.published_at else "unknown"), []).append(
            (report, written)
        )
    for year, some in by_year.items():
        marks = signatures([report.text for report, _ in some])
        rows = [report_row(report, mark, landed, "given") for (report, _), mark in zip(some, marks, strict=True)]
        lake.write_batch(REPORTS, rows, {"year": year}, f"given{year}")
        claims = [
            claim_of(told, report, country, leanings.get(report.source_id))._asdict() | GIVEN
            for report, written in some
            for told in written.told
        ]
        lake.write_extraction(KNOWLEDGE, f"given{year}", claims)
    return lake
