"""Rows of the lake tables with defaults, a small theatre to go with them, and a lake and warehouse made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from configs.model import Actor, Membership, Place, Side, Source, Theatre
from transforms.reports.nearness import signature
from transforms.tables import REPORTS
from warehouse.build import Built, build
from warehouse.lake import Lake, open_lake

CONFIG = "0123456789abcdef"
SIDES = ("north", "south", "east")
THEATRE = Theatre(
    slug="isles",
    name="The Isles",
    language="en",
    starts=date(2020, 1, 1),
    admin1=("Main",),
    epithets=(),
    armed_nouns=(),
    irregular_nouns=(),
    sides=tuple(Side(side, side.title()) for side in SIDES),
    actors=tuple(Actor(f"{s}_army", f"{s.title()} Army", (Membership(s),), (f"{s}ern troops",)) for s in SIDES),
    places=(
        Place("port", "Port Élan", "city", "Main", "XX", 10.0, 20.0, aliases=("Bort Elan", "Port-Elan")),
        Place("quay", "The Quay", "district", "Main", "XX", 10.0, 20.1, parent="port"),
        Place("hill", "Tell Hill", "hill", "Main", "XX", 11.0, 20.0, aliases=("Tal Hill",)),
        Place("main", "Main", "governorate", "Main", "XX"),
    ),
    sources=(
        Source("herald", "The Herald", "newspaper"),
        Source("northwire", "North Wire", "state", leaning="north"),
        Source("southwire", "South Wire", "state", leaning="south"),
    ),
)


def day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def digest(*parts: object) -> str:
    return sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def report(report_id: str, published_at: str | date | None, *, text: str = "", **more: Any) -> dict[str, Any]:
    """A row of ``reports``; without ``text`` it gets one of its own, unlike any other."""
    text = text or " ".join(digest(report_id, n) for n in range(30))
    row: dict[str, Any] = {
        "report_id": report_id, "doc_id": report_id, "source_id": "herald", "url": None, "title": None,
        "published_at": day(published_at), "published_time": None,
        "published_basis": None if published_at is None else "header",
        "published_in_metadata": None, "lang": "en", "text": text, "signature": signature(text),
        "raw_hash": digest("raw", report_id),
        "raw_path": f"{report_id}.txt", "landed_at": datetime(2024, 1, 1, tzinfo=UTC), "run_id": "r1",
    }  # fmt: skip
    return {**row, "n_chars": len(text), **more}


def claim(of: Mapping[str, Any], claim_type: str, actor_side: str, **more: Any) -> dict[str, Any]:
    """A row of ``claims`` of the report row ``of``: news of the day at the port, in the report's own voice."""
    basis = more.get("date_basis", "relative" if "date_start" in more else "published")
    begin = day(more.pop("date_start", None if basis == "unknown" else of["published_at"]))
    end = day(more.pop("date_end", begin))
    span = more.pop("chars", (0, 16))
    row: dict[str, Any] = {
        "report_id": of["report_id"], "sentence_no": 0, "char_start": span[0], "char_end": span[1],
        "quote": of["text"][span[0]:span[1]], "claim_type": claim_type, "status": "happened", "place_id": "port",
        "place_text": "Port Elan", "geo_prec": 1, "actor_id": f"{actor_side}_army" if actor_side in SIDES else None,
        "actor_side": actor_side, "actor_text": None, "opponent_id": None, "opponent_side": None, "opponent_text": None,
        "date_start": begin, "date_end": end, "date_prec": 1, "date_basis": basis, "date_text": None,
        "claimed_by": None,
        "claimed_by_side": None, "attribution": "own_voice", "against_interest": False, "extent": "all",
        "rule_id": "t1",
        "confidence": 0.8, "config_hash": CONFIG, "run_id": "r1",
    }  # fmt: skip
    row |= more
    row.setdefault(
        "claim_id",
        digest(*(row[n] for n in ("report_id", "char_start", "claim_type", "place_id", "actor_side", "status"))),
    )
    return row


def land(lake: Lake, batch_id: str, reports: Iterable[Mapping[str, Any]]) -> None:
    """Write reports as one batch, a file for each year of publication."""
    by_year: dict[str, list[Mapping[str, Any]]] = {}
    for row in reports:
        by_year.setdefault(str(row["published_at"].year) if row["published_at"] else "unknown", []).append(row)
    for year, rows in by_year.items():
        lake.write_batch(REPORTS, rows, {"year": year}, batch_id)


def fill(
    root: Path,
    reports: Iterable[Mapping[str, Any]],
    claims: Iterable[Mapping[str, Any]],
    found: Iterable[Mapping[str, Any]] = (),
) -> Lake:
    """A lake with the rows as one batch a year of publication."""
    lake = open_lake(root)
    claims, found = list(claims), list(found)
    by_year: dict[str, list[Mapping[str, Any]]] = {}
    for row in reports:
        by_year.setdefault(str(row["published_at"].year) if row["published_at"] else "unknown", []).append(row)
    for year, rows in by_year.items():
        ids = {row["report_id"] for row in rows}
        lake.write_batch(REPORTS, rows, {"year": year}, f"b{year}")
        lake.write_extraction(
            CONFIG,
            f"b{year}",
            [c for c in claims if c["report_id"] in ids],
            [f for f in found if f["report_id"] in ids],
        )
    return lake


def warehouse(
    root: Path, reports: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]], **more: Any
) -> Built:
    """A warehouse built, unchecked, of a lake with the rows."""
    return build(fill(root, reports, claims, **more), THEATRE, CONFIG)
