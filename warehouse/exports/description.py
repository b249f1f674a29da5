"""The description beside exported files: a data package (https://datapackage.org), made from the comments in the
warehouse, with run, hashes, counts and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from warehouse.exports.excel import sheet_name
from warehouse.exports.relation import Exported, Field

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
MEDIA_TYPES = {
    "parquet": "application/vnd.apache.parquet",
    "geoparquet": "application/vnd.apache.parquet",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
QUOTES = (
    "Quotes, titles and addresses belong to the outlets that published them, and are here as evidence. "
    "They are what outlets said, not what happened."
)
GEONAMES = (
    "Coordinates, populations and part of the names of places come from GeoNames (https://www.geonames.org), "
    "CC BY 4.0: name it where you pass them on."
)
_TYPES = {
    "VARCHAR": "string", "DATE": "date", "TIMESTAMP": "datetime", "DOUBLE": "number", "FLOAT": "number",
    "BOOLEAN": "boolean", "TINYINT": "integer", "SMALLINT": "integer", "INTEGER": "integer", "BIGINT": "integer",
    "UINTEGER": "integer", "UBIGINT": "integer", "HUGEINT": "integer",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What the warehouse was built from: ``meta`` by key, the last run in it, and when that one ended (UTC)."""

    meta: Mapping[str, str]
    run_id: str | None
    created: datetime
    uses_geonames: bool

    @property
    def rights(self) -> str:
        """What has to be known before the files are passed on."""
        return f"{GEONAMES} {QUOTES}" if self.uses_geonames else QUOTES


@dataclass(frozen=True, slots=True)
class Written:
    """One relation in a file: its rows, and size and SHA-256 of the file."""

    relation: Exported
    path: str
    rows: int
    size: int
    sha256: str


def made_of(con: duckdb.DuckDBPyConnection) -> MadeOf:
    """What the attached warehouse was built from."""
    meta = dict(con.execute("select key, value from meta order by key").fetchall())
    run = con.execute("select run_id, finished_at from runs order by finished_at desc, run_id limit 1").fetchone()
    known = con.execute("select count(*) > 0 from places where geonameid is not null").fetchone()
    # Without a run there is nothing to date it by; the clock would make other bytes each time.
    run_id, created = run or (None, datetime(1980, 1, 1))  # noqa: DTZ001
    return MadeOf(meta, run_id, created, bool(known and known[0]))


def describe(made: MadeOf, form: str, files: Sequence[Written]) -> dict[str, Any]:
    """The data package of ``files``, all in the format ``form``."""
    names = {one.relation.name for one in files}
    package: dict[str, Any] = {
        "$schema": PROFILE,
        "name": f"whoheld-{made.meta['theatre']}",
        "title": "Who held which place, when, and who says so",
        "description": "Made by whoheld from war reports. Silence in it is not calm: see coverage.",
        "created": f"{made.created:%Y-%m-%dT%H:%M:%SZ}",
        "rights": made.rights,
        "warehouse": {**made.meta, "run_id": made.run_id},
    }
    if made.uses_geonames:
        package["sources"] = [{"title": "GeoNames (CC BY 4.0)", "path": "https://www.geonames.org"}]
    return {**package, "resources": [_resource(one, form, names) for one in files]}


def _resource(one: Written, form: str, names: set[str]) -> dict[str, Any]:
    relation = one.relation
    resource = {
        "name": relation.name.lower(),
        "path": one.path,
        "description": relation.comment,
        "format": "parquet" if form == "geoparquet" else form,
        "mediatype": MEDIA_TYPES[form],
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
        "n_rows": one.rows,
        "schema": _schema(relation, names),
    }
    match form:
        case "csv":
            return resource | {"type": "table", "rows": one.rows, "encoding": "utf-8"}
        case "xlsx":
            sheet = {"excel": {"sheet": sheet_name(relation)}}
            return resource | {"type": "table", "rows": one.rows, "dialect": sheet}
        case _:
            # Readers of data packages take these for tables of text, and fail; by hash and size they can be checked.
            return resource | {"type": "file"}


def _schema(relation: Exported, names: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in relation.fields]}
    if relation.key:
        schema["primaryKey"] = list(relation.key)
    joins = [
        {"fields": [f.name], "reference": {"resource": f.joins, "fields": [f.name]}}
        for f in relation.fields
        if f.joins in names
    ]
    return {**schema, "foreignKeys": joins} if joins else schema


def _field(field: Field) -> dict[str, Any]:
    kind = "array" if field.type.endswith("[]") else _TYPES.get(field.type, "any")
    return {"name": field.name, "type": kind, "description": field.comment}
