"""What the report page shows, read from the published warehouse as columns: a list a column, rows by number."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from configs.errors import WhoheldError
from warehouse.ask import connect, rows_of
from warehouse.exports.description import made_of
from warehouse.relations import relations

EVIDENCE_ONLY = {"page_holds": ("reason", "control_id")}
EVIDENCE = ("page_reports", "page_claims")
SPAN = "page_span"


@dataclass(frozen=True, slots=True)
class Content:
    """``meta`` what it was made from; ``first`` is needed to draw anything, ``evidence`` to tell who says so: JSON
    texts {relation: {column: [value, ...]}}."""

    meta: dict[str, Any]
    first: str
    evidence: str


def read_content(warehouse: Path) -> Content:
    """All that the page shows. Raises NothingPublished, and WhoheldError where no claim tells who held anything."""
    with connect(warehouse) as con:
        first: list[str] = []
        evidence: list[str] = []
        for relation in relations("report"):
            con.execute(f"create temp table {relation.name} as {relation.sql}")
            if relation.name == SPAN:
                continue
            later = EVIDENCE_ONLY.get(relation.name, ())
            every = [row[0] for row in con.execute(f"describe {relation.name}").fetchall() if row[0] != "n"]
            soon = [] if relation.name in EVIDENCE else [column for column in every if column not in later]
            for texts, columns in ((first, soon), (evidence, [column for column in every if column not in soon])):
                if columns:
                    texts.append(
                        f"{json.dumps(relation.name.removeprefix('page_'))}: {_columns(con, relation.name, columns)}"
                    )
        meta = _meta(con)
    if meta["first_day"] is None:
        raise WhoheldError(
            "no report tells who held any place, so there is nothing to show\n"
            "  to mend it: whoheld run PATH with reports that do"
        )
    return Content(meta, "{" + ", ".join(first) + "}", "{" + ", ".join(evidence) + "}")


def _columns(con: duckdb.DuckDBPyConnection, relation: str, columns: list[str]) -> str:
    packed = ", ".join(f'"{column}" := coalesce(list("{column}" order by n), [])' for column in columns)
    return str(con.execute(f"select to_json(struct_pack({packed}))::varchar from {relation}").fetchall()[0][0])


def _meta(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    made = made_of(con)
    span = rows_of(con, f"select * exclude (n) from {SPAN}")[0]
    return {
        **span,
        "theatre": made.meta["theatre"],
        "run_id": made.run_id or "",
        "made_on": f"{made.created:%Y-%m-%d}" if made.run_id else "",
        "rights": made.rights,
    }


def letters(names: list[str]) -> list[str]:
    """A letter for each name, all different as long as there are letters: its initials first, then its others.

    >>> letters(["Syrian government", "Syrian Democratic Forces", "Islamic State"])
    ['S', 'D', 'I']
    """
    taken: set[str] = set()
    found = []
    for name in names:
        words = "".join(char if char.isalnum() else " " for char in name.upper()).split()
        wanted = "".join(word[0] for word in words) + "".join(words) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
        letter = next((char for char in wanted if char not in taken and char != "X"), "?")
        taken.add(letter)
        found.append(letter)
    return found
