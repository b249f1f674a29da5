"""Checks of a freshly built warehouse: each SQL file under ``sql/checks`` selects the rows that break a promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from configs.errors import ChecksFailed
from warehouse.build import Built, load_texts
from warehouse.lake import Lake
from warehouse.relations import Relation, quoted, relations

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that found rows: how many, and the first few of them."""

    check: str
    promise: str
    n_rows: int
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def fatal(self) -> bool:
        """Whether it stops the publication."""
        return self.check.startswith("fail__")

    def __str__(self) -> str:
        shown = "\n".join(
            "    " + ", ".join(f"{n}={v}" for n, v in zip(self.columns, r, strict=True)) for r in self.rows
        )
        return f"{self.check}: {self.promise}\n  broken by {self.n_rows} rows, such as\n{shown}"


def run_checks(con: duckdb.DuckDBPyConnection) -> list[Finding]:
    """What the checks find in the warehouse to which ``con`` is open (with ``staging.report_texts`` beside it)."""
    return [finding for check in relations("checks") if (finding := _run(con, check)) is not None]


def _run(con: duckdb.DuckDBPyConnection, check: Relation) -> Finding | None:
    rows = con.execute(check.sql).fetchall()
    if not rows:
        return None
    columns = tuple(column[0] for column in con.description or ())
    return Finding(check.name, check.comment, len(rows), columns, tuple(rows[:SHOWN]))


def check_built(lake: Lake, built: Built) -> list[Finding]:
    """Run all checks on ``built``. Returns the warnings; raises ChecksFailed, with rows, where a ``fail__`` check
    finds any."""
    con = duckdb.connect()
    try:
        con.execute(f"attach {quoted(str(built.path))} as warehouse (read_only)")
        con.execute("attach ':memory:' as staging")
        con.execute("use warehouse")
        load_texts(con, lake)
        findings = run_checks(con)
    finally:
        con.close()
    fatal = [finding for finding in findings if finding.fatal]
    if fatal:
        count = f"{len(fatal)} check{'s' if len(fatal) > 1 else ''}"
        raise ChecksFailed(f"{count} failed; the published warehouse is unchanged\n" + "\n".join(map(str, fatal)))
    return findings
