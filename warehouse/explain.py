"""From any row of the warehouse down to quote, rule and report; and why a claim says what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from configs.errors import NotFound
from configs.load import load_theatre
from transforms.claims.explanation import ClaimExplained, explain_claim
from warehouse.ask import connect, rows_of
from warehouse.extraction import claim_reader, knowledge_hash
from warehouse.lake import Lake


@dataclass(frozen=True, slots=True)
class Explanation:
    """A row with the rows that it rests on: control and events on claims, claims on a report."""

    kind: str
    row: Mapping[str, Any]
    rests_on: tuple[Explanation, ...] = field(default=())


def explain(warehouse: Path, row_id: str) -> Explanation:
    """The claim, event, control row or report with this id (or this unique beginning of one), down to its reports.

    Raises NotFound where no row or more than one fits.
    """
    with connect(warehouse) as con:
        found = [
            (kind, key, row[key])
            for kind, key in (
                ("control", "control_id"),
                ("events", "event_id"),
                ("claims", "claim_id"),
                ("reports", "report_id"),
            )
            for row in rows_of(con, f"select {key} from {kind} where starts_with({key}, ?) limit 3", [row_id])
        ]
        if not row_id or not found:
            raise NotFound(f"no claim, event, control row or report has the id {row_id!r}")
        if len(found) > 1 and not any(value == row_id for _, _, value in found):
            raise NotFound(f"{len(found)} or more ids begin with {row_id!r}, such as {found[0][2]} and {found[1][2]}")
        kind, _, value = next((f for f in found if f[2] == row_id), found[0])
        return _explanation(con, kind, value)


def _explanation(con: duckdb.DuckDBPyConnection, kind: str, value: str) -> Explanation:
    if kind == "reports":
        return Explanation("report", rows_of(con, "select * from reports where report_id = ?", [value])[0])
    if kind == "claims":
        return _claims(con, "where c.claim_id = ?", value)[0]
    if kind == "events":
        row = rows_of(
            con, "select e.*, p.name as place from events e join places p using (place_id) where event_id = ?", [value]
        )[0]
        how = "join event_claims x using (claim_id) where x.event_id = ?"
        return Explanation("event", row, _claims(con, how, value, "x.relation"))
    row = rows_of(
        con, "select k.*, p.name as place from control k join places p using (place_id) where control_id = ?", [value]
    )[0]
    how = "join control_evidence x using (claim_id) where x.control_id = ?"
    return Explanation("control", row, _claims(con, how, value, "x.role"))


def _claims(con: duckdb.DuckDBPyConnection, how: str, value: str, relation: str = "null") -> tuple[Explanation, ...]:
    claims = rows_of(
        con,
        f"select {relation} as relation, c.*, p.name as place from claims c join places p using (place_id) {how} "
        "order by relation = 'opens' desc, c.published_at, c.claim_id",
        [value],
    )
    wanted = sorted({claim["report_id"] for claim in claims})
    reports = {
        row["report_id"]: Explanation("report", row)
        for row in rows_of(con, "select * from reports where list_contains(?, report_id)", [wanted])
    }
    return tuple(Explanation("claim", claim, (reports[claim["report_id"]],)) for claim in claims)


def read_again(home: Path, theatre: str, claim: Mapping[str, Any]) -> ClaimExplained | str:
    """Why the claim (a row of ``claims``) says what it says, from its report's text in the lake; or, in words, why that
    cannot be told: the knowledge or the reader is another one now, or the text is gone."""
    known = load_theatre(theatre)
    present = knowledge_hash(known)
    if claim["config_hash"] != present:
        return (
            f"It was read with other rules, names or code ({claim['config_hash']}) than those of today ({present}), so "
            "that its reasons cannot be told. To read every report again with those of today: whoheld run (or, where "
            "another theatre was read: --theatre)"
        )
    report = Lake(home).report(claim["report_id"])
    if report is None:
        return (
            f"The text of report {claim['report_id']} is not in the lake at {home}, so that its reasons cannot be told."
        )
    return explain_claim(claim_reader(theatre), known, report, claim["claim_id"]) or (
        "Reading its report again does not give this claim, so that its reasons cannot be told."
    )
