"""What can be exported: a relation of the warehouse with its columns, their meaning, its key and its place on a map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
from rapidfuzz import process

from configs.errors import NotFound
from warehouse.relations import SQL, quoted, read_relation

_KEY = re.compile(r"\bKey: (\w+(?:, \w+)*)[.;]")
_JOINS = re.compile(r"^Joins (\w+)\.")
_COORDINATES = (("longitude", "latitude"), ("lon", "lat"))
_RELATIONS = """
    select table_name as name, comment from duckdb_tables() where not internal
    union all select view_name, comment from duckdb_views() where not internal"""
_COLUMNS = """
    select column_name, data_type, comment from duckdb_columns() where table_name = ? and not internal
    order by column_index"""


@dataclass(frozen=True, slots=True)
class Field:
    """A column: ``type`` as DuckDB writes it, ``joins`` the relation whose key it is, as its comment tells."""

    name: str
    type: str
    comment: str
    joins: str | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """A relation. ``source`` is what stands behind FROM; ``key`` is empty where its comment names none; ``point`` are
    the SQL expressions of longitude and latitude, None where it has no place on a map."""

    name: str
    comment: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    source: str
    point: tuple[str, str] | None

    def rows(self, columns: Sequence[str] = ()) -> str:
        """SQL of all rows, always in the same order, with further ``columns`` behind its own."""
        chosen = ", ".join((*(identifier(field.name) for field in self.fields), *columns))
        order = ", ".join(map(identifier, self.key)) or "all"
        return f"select {chosen} from {self.source} order by {order}"


def identifier(name: str) -> str:
    """``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def exported(con: duckdb.DuckDBPyConnection, name: str) -> Exported:
    """The table or view of that name. Raises NotFound with what was perhaps meant."""
    comments = dict(con.execute(_RELATIONS).fetchall())
    if name not in comments:
        near = [match for match, _, _ in process.extract(name, list(comments), limit=3, score_cutoff=60)]
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        raise NotFound(f"the warehouse has no table or view {name!r}{meant}\n  to see them all: whoheld export --list")
    fields = _fields(con, name)
    own = {field.name for field in fields}
    key = _key(comments[name] or "")
    for lon, lat in _COORDINATES:
        if {lon, lat} <= own:
            return Exported(name, comments[name], fields, key, identifier(name), (lon, lat))
    if "place_id" not in own:
        return Exported(name, comments[name], fields, key, identifier(name), None)
    # It tells of places without saying where they lie: the gazetteer does.
    located = "select place_id, lat as place_lat, lon as place_lon from places"
    source = f"{identifier(name)} left join ({located}) using (place_id)"
    return Exported(name, comments[name], fields, key, source, ("place_lon", "place_lat"))


def control_on(con: duckdb.DuckDBPyConnection, day: date, known: date | None) -> Exported:
    """Who held what on ``day``, resting on nothing that was published after ``known``; all counts where it is None."""
    relation = read_relation(SQL / "exports" / "control_on.sql")
    name = f"control_on_{day}" + (f"_known_{known}" if known else "")
    con.execute(f"create temp table {identifier(name)} as {relation.sql}", {"day": day, "known": known})
    columns = [row[0] for row in con.execute(f"describe temp.{identifier(name)}").fetchall()]
    con.execute(f"comment on table temp.{identifier(name)} is {quoted(relation.comment)}")
    for column in columns:
        text = quoted(relation.columns[column])
        con.execute(f"comment on column temp.{identifier(name)}.{identifier(column)} is {text}")
    return exported(con, name)


def exportable(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Name and comment of every table and view, the flat views for BI tools first."""
    rows = con.execute(f"from ({_RELATIONS}) order by name not like 'bi_%', name").fetchall()
    return [(str(name), str(comment or "")) for name, comment in rows]


def _fields(con: duckdb.DuckDBPyConnection, name: str) -> tuple[Field, ...]:
    found = []
    for column, kind, comment in con.execute(_COLUMNS, [name]).fetchall():
        joins = _JOINS.match(comment or "")
        found.append(Field(column, kind, comment or "", joins[1] if joins else None))
    return tuple(found)


def _key(comment: str) -> tuple[str, ...]:
    match = _KEY.search(comment)
    return tuple(match[1].split(", ")) if match else ()
