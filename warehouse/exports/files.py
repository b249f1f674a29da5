"""One relation as one file, written by DuckDB or row by row, never as a whole in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from configs.errors import WhoheldError
from warehouse.exports.relation import Exported, identifier
from warehouse.relations import quoted

ROWS_AT_ONCE = 5_000
GEOMETRY = "geometry"
_INSTANTS = "%Y-%m-%dT%H:%M:%S.%fZ"
_SPREADSHEET_OBEYS = "^[=+@\t\r-]"


def write_parquet(con: duckdb.DuckDBPyConnection, relation: Exported, path: Path) -> None:
    """Parquet, compressed with zstd; the comments of relation and columns stand in its key-value metadata."""
    said = {"comment": relation.comment, "columns": json.dumps(_comments(relation), ensure_ascii=False)}
    _copy(con, relation.rows(), path, f"format parquet, compression zstd, kv_metadata {_struct(said)}")


def write_geoparquet(con: duckdb.DuckDBPyConnection, relation: Exported, path: Path) -> None:
    """GeoParquet 1.1: a column ``geometry`` of WKB points in OGC:CRS84 (longitude, latitude), NULL where unlocated."""
    lon, lat = _point(relation)
    wkb = f"st_aswkb(('POINT(' || {lon} || ' ' || {lat} || ')')::geometry) as {GEOMETRY}"
    geometry: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if (box := bounding_box(con, relation)) is not None:
        geometry["bbox"] = box
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: geometry}}
    said = {"comment": relation.comment, "columns": json.dumps(_comments(relation), ensure_ascii=False)}
    metadata = _struct({"geo": json.dumps(geo), **said})
    _copy(con, relation.rows([wkb]), path, f"format parquet, compression zstd, kv_metadata {metadata}")


def write_csv(con: duckdb.DuckDBPyConnection, relation: Exported, path: Path) -> None:
    """CSV as RFC 4180 has it: UTF-8, comma, a header; days and instants by ISO 8601; lists as JSON; nothing for NULL
    and "" for an empty text. Text stays as it is, see :func:`formula_like`."""
    columns = ", ".join(
        f"to_json({identifier(f.name)})::varchar as {identifier(f.name)}"
        if f.type.endswith("[]")
        else identifier(f.name)
        for f in relation.fields
    )
    rows = f"select {columns} from ({relation.rows()})"
    _copy(con, rows, path, f"format csv, header, timestampformat {quoted(_INSTANTS)}")


def write_geojson(con: duckdb.DuckDBPyConnection, relation: Exported, path: Path) -> None:
    """GeoJSON as RFC 7946 has it: a collection of points (longitude, latitude), a feature a line, the key as id where
    it is one column; an unlocated place has the geometry null."""
    lon, lat = _point(relation)
    place = "if(x is null or y is null, null, {'type': 'Point', 'coordinates': [x, y]})"
    properties = ", ".join(f"{quoted(f.name)}: {identifier(f.name)}" for f in relation.fields)
    own_id = f"'id': {identifier(relation.key[0])}, " if len(relation.key) == 1 else ""
    feature = f"to_json({{'type': 'Feature', {own_id}'geometry': {place}, 'properties': {{{properties}}}}})::varchar"
    head = {"type": "FeatureCollection", "name": relation.name, "description": relation.comment}
    if (box := bounding_box(con, relation)) is not None:
        head["bbox"] = box  # type: ignore[assignment]
    located = relation.rows([f"{lon} as x", f"{lat} as y"])
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [')
        separator = "\n"
        for (text,) in stream(con, f"select {feature} from ({located})"):
            file.write(separator + text)
            separator = ",\n"
        file.write("\n]}\n")


def stream(con: duckdb.DuckDBPyConnection, sql: str) -> Iterator[tuple[Any, ...]]:
    """The rows of ``sql``, a few thousand in memory at a time."""
    con.execute(sql)
    while rows := con.fetchmany(ROWS_AT_ONCE):
        yield from rows


def bounding_box(con: duckdb.DuckDBPyConnection, relation: Exported) -> list[float] | None:
    """West, south, east, north of its points; None where none is located."""
    lon, lat = _point(relation)
    sql = (
        f"select min({lon}), min({lat}), max({lon}), max({lat}) from {relation.source} where {lon} + {lat} is not null"
    )
    box = con.execute(sql).fetchall()[0]
    return None if box[0] is None else list(box)


def formula_like(con: duckdb.DuckDBPyConnection, relation: Exported) -> int:
    """Cells of text that a spreadsheet may take for a formula when it opens them as CSV."""
    texts = [identifier(f.name) for f in relation.fields if f.type == "VARCHAR"]
    found = " + ".join(f"count(*) filter (regexp_matches({t}, {quoted(_SPREADSHEET_OBEYS)}))" for t in texts) or "0"
    return int(con.execute(f"select {found} from {relation.source}").fetchall()[0][0])


def _copy(con: duckdb.DuckDBPyConnection, rows: str, path: Path, options: str) -> None:
    con.execute(f"copy ({rows}) to {quoted(str(path))} ({options})")


def _comments(relation: Exported) -> dict[str, str]:
    return {field.name: field.comment for field in relation.fields}


def _struct(values: dict[str, str]) -> str:
    return "{" + ", ".join(f"{key}: {quoted(value)}" for key, value in values.items()) + "}"


def _point(relation: Exported) -> tuple[str, str]:
    if relation.point is None:
        raise WhoheldError(
            f"{relation.name} tells of no places, so there is nothing to put on a map\n"
            "  to mend it: take another table, or --format csv, parquet or xlsx"
        )
    return relation.point
