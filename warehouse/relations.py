"""The SQL files of the warehouse: one relation a file, documented by its header, built in the order in which they
need each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path

from transforms.tables import LAKE_TABLES

WAREHOUSE_FORMAT = "1"
"""Raised when relations change so that the questions of an older version would read a newer file wrongly, or the other
way round. A file of another format is refused, and built anew by the next run."""
SQL = Path(__file__).parent / "sql"
_COLUMN = re.compile(r"@(\w+):\s*(.+)")
_NEEDED = re.compile(r"\b(?:from|join)\s+([a-z_][\w.]*)|\b([a-z_]\w*)\(", re.IGNORECASE)


@dataclass(frozen=True)
class Relation:
    """One SQL file: ``name`` is its stem, ``comment`` and ``columns`` its header, ``sql`` the whole of it."""

    name: str
    comment: str
    columns: dict[str, str]
    sql: str

    @cached_property
    def needs(self) -> frozenset[str]:
        """Names that follow FROM or JOIN in it, as they stand there, and those of functions that it calls."""
        code = re.sub(r"--[^\n]*", "", self.sql)
        return frozenset(relation or function for relation, function in _NEEDED.findall(code))

    def column_comment(self, column: str) -> str | None:
        """What the header says of ``column``, or else the contract of the lake table of that name, ``bi_`` apart."""
        if column in self.columns:
            return self.columns[column]
        contract = LAKE_TABLES.get(self.name.removeprefix("bi_"))
        return contract.columns[column].comment if contract and column in contract.columns else None


def read_relation(path: Path) -> Relation:
    """The relation in ``path``: its first comment lines are the documentation, ``@column: text`` among them columns."""
    sql = path.read_text(encoding="utf-8")
    prose: list[str] = []
    columns: dict[str, str] = {}
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        text = line.removeprefix("--").strip()
        if match := _COLUMN.match(text):
            columns[match[1]] = match[2]
        else:
            prose.append(text)
    return Relation(path.stem, " ".join(prose), columns, sql)


def relations(folder: str) -> list[Relation]:
    """The relations of a folder below ``sql``, each after those that it needs."""
    found = {path.stem: read_relation(path) for path in sorted((SQL / folder).glob("*.sql"))}
    prefix = "staging." if folder == "staging" else ""
    order = TopologicalSorter(
        {name: [other for other in found if other != name and prefix + other in found[name].needs] for name in found}
    )
    return [found[name] for name in order.static_order()]


def quoted(text: str) -> str:
    """``text`` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def comment_statements(relation: Relation, columns: Iterable[str], kind: str = "table") -> list[str]:
    """COMMENT ON statements for a table (or view, as ``kind`` says) and its ``columns``."""
    statements = [f"comment on {kind} {relation.name} is {quoted(relation.comment)}"]
    texts = ((column, relation.column_comment(column)) for column in columns)
    statements += [
        f'comment on column {relation.name}."{c}" is {quoted(text)}' for c, text in texts if text is not None
    ]
    return statements
