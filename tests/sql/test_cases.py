"""Each folder here is a case: claims in ``claims.csv`` and what must follow from them in ``control.csv`` ...

``claims.csv`` has one row a claim: ``published``, ``type`` and ``side``, then any column of the claims table, or
``source`` and ``text`` (two reports with one text are near-duplicates). ``about.md`` says what the case is about.
The expected files hold the columns that matter, rows in any order; ``as_known.csv`` asks ``control_as_known(day,
known)`` about the port.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests import lake_rows
from warehouse.build import build
from warehouse.checks import check_built

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/claims.csv"))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows_of(case: Path) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    reports, claims = [], []
    for number, row in enumerate(read(case / "claims.csv")):
        given = {name: value for name, value in row.items() if value}
        more = {n: given.pop(n) for n in ("source", "text") if n in given}
        text = " ".join(f"{more['text']} {n}" for n in range(40)) + f" {number}" if "text" in more else ""
        report = lake_rows.report(
            f"r{number}", given.pop("published", None), source_id=more.get("source", "herald"), text=text
        )
        claim = lake_rows.claim(report, given.pop("type"), given.pop("side"), claim_id=f"c{number}", **typed(given))
        reports.append(report)
        claims.append(claim)
    return reports, claims


def typed(given: dict[str, str]) -> dict[str, Any]:
    kinds: dict[str, Callable[[str], Any]] = {"date_prec": int, "against_interest": "true".__eq__}
    return {name: kinds.get(name, str)(value) for name, value in given.items()}


def shown(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, sorted(value)))
    return "" if value is None else str(value)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_what_follows_from_the_claims(case: Path, tmp_path: Path) -> None:
    reports, claims = rows_of(case)
    lake = lake_rows.fill(tmp_path, reports, claims)
    built = build(lake, lake_rows.THEATRE, lake_rows.CONFIG)
    check_built(lake, built)
    expected = [path for path in sorted(case.glob("*.csv")) if path.name != "claims.csv"]
    assert expected, "a case expects something"
    with duckdb.connect(str(built.path), read_only=True) as con:
        for path in expected:
            want = read(path)
            columns = list(want[0]) if want else ["1"]
            if path.stem == "as_known":
                for row in want:
                    assert as_known(con, row) == row
                continue
            found = con.execute(f"select {', '.join(columns)} from {path.stem}").fetchall()
            got = sorted(tuple(map(shown, row)) for row in found)
            assert got == sorted(tuple(row.values()) for row in want), path.name


def as_known(con: duckdb.DuckDBPyConnection, row: dict[str, str]) -> dict[str, str]:
    day, known = date.fromisoformat(row["day"]), date.fromisoformat(row["known"])
    asked = [name for name in row if name not in ("day", "known")]
    sql = f"select {', '.join(asked)} from control_as_known(?, ?) where place_id = 'port'"
    found = con.execute(sql, [day, known]).fetchall() or [("",) * len(asked)]
    return {"day": row["day"], "known": row["known"], **dict(zip(asked, map(shown, found[0]), strict=True))}


def test_every_case_says_what_it_is_about() -> None:
    assert len(CASES) >= 12
    assert [case.name for case in CASES if not (case / "about.md").read_text().strip()] == []
