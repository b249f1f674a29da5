"""``whoheld export``: relations of the published warehouse into a folder, all of one publication or nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import duckdb

from configs.errors import WhoheldError
from warehouse.ask import connect
from warehouse.exports import excel, files
from warehouse.exports.description import MadeOf, Written, describe, made_of
from warehouse.exports.relation import Exported, control_on, exportable, exported
from warehouse.lake import put_in_place, unfinished_name

Form = Literal["parquet", "csv", "geojson", "geoparquet", "xlsx"]
FORMS: tuple[Form, ...] = get_args(Form)
FLAT = ("bi_changes", "bi_claims", "bi_control_daily", "bi_coverage", "bi_places", "bi_sources")
MAILED = ("control", "sieges", "sides")
DEFAULT: dict[Form, tuple[str, ...]] = {
    "parquet": (*FLAT, *MAILED),
    "csv": (*FLAT, *MAILED),
    # A row a place and day is too much for a sheet, and says on a map no more than the intervals of control do.
    "xlsx": tuple(name for name in (*FLAT, *MAILED) if name != "bi_control_daily"),
    "geojson": ("bi_changes", "bi_claims", "bi_places", "control", "sieges"),
    "geoparquet": ("bi_changes", "bi_claims", "bi_places", "control", "sieges"),
}
ENDINGS: dict[Form, str] = {"geoparquet": "geo.parquet"}
WORKBOOK, DESCRIPTION = "whoheld.xlsx", "datapackage.json"
_WRITERS: dict[str, Callable[[duckdb.DuckDBPyConnection, Exported, Path], None]] = {
    "parquet": files.write_parquet,
    "csv": files.write_csv,
    "geojson": files.write_geojson,
    "geoparquet": files.write_geoparquet,
}


@dataclass(frozen=True, slots=True)
class Export:
    """What was written to ``folder``; ``formula_like`` counts the cells of CSV that a spreadsheet may obey."""

    folder: Path
    written: tuple[Written, ...]
    formula_like: int


def tables_of(warehouse: Path) -> list[tuple[str, str]]:
    """Name and comment of every table and view that can be exported."""
    with connect(warehouse) as con:
        return exportable(con)


def export(
    warehouse: Path, names: Sequence[str], folder: Path, form: Form, on: date | None = None, known: date | None = None
) -> Export:
    """Write the tables and views ``names`` to ``folder``; without names those that people pass on, or, where ``on`` or
    ``known`` is given, who held what on that day. The same warehouse makes the same bytes.

    Everything is written under hidden names and renamed when all of it is there. Raises NotFound, NothingPublished,
    WhoheldError for what the format cannot take, OSError.
    """
    day = on or known
    if names and day:
        raise WhoheldError(
            "--on and --known make a map of one day of their own; they do not narrow tables down\n"
            "  to mend it: leave out either the tables or the day; to narrow a table down: whoheld sql --csv"
        )
    folder.mkdir(parents=True, exist_ok=True)
    overflow = unfinished_name(folder / "export")
    try:
        with connect(warehouse, writes_to=folder, overflow=overflow) as con:
            if day:
                relations = [control_on(con, day, known)]
            else:
                relations = [exported(con, name) for name in dict.fromkeys(names or DEFAULT[form])]
            made = made_of(con)
            written = _write(con, relations, made, folder.resolve(), form)
            obeyed = sum(files.formula_like(con, r) for r in relations) if form == "csv" else 0
    finally:
        shutil.rmtree(overflow, ignore_errors=True)
    return Export(folder, tuple(written), obeyed)


def _write(
    con: duckdb.DuckDBPyConnection, relations: Sequence[Exported], made: MadeOf, folder: Path, form: Form
) -> list[Written]:
    """Write under hidden names, then rename all, the description last."""
    unfinished: dict[Path, Path] = {}
    written: list[Written] = []
    try:
        if form == "xlsx":
            target = folder / WORKBOOK
            path = unfinished[target] = unfinished_name(target)
            about = (*((key, value) for key, value in made.meta.items()), ("run_id", made.run_id or ""))
            excel.write_workbook(con, relations, (("rights", made.rights), *about), made.created, path)
            written = [_written(con, relation, path, target.name) for relation in relations]
        else:
            for relation in relations:
                target = folder / f"{relation.name}.{ENDINGS.get(form, form)}"
                path = unfinished[target] = unfinished_name(target)
                _WRITERS[form](con, relation, path)
                written.append(_written(con, relation, path, target.name))
        target = folder / DESCRIPTION
        path = unfinished[target] = unfinished_name(target)
        path.write_text(
            json.dumps(describe(made, form, written), ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
        )
        for target, path in unfinished.items():
            put_in_place(path, target)
    finally:
        for path in unfinished.values():
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return written


def _written(con: duckdb.DuckDBPyConnection, relation: Exported, path: Path, name: str) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    rows = con.execute(f"select count(*) from {relation.source}").fetchall()[0][0]
    return Written(relation, name, int(rows), path.stat().st_size, digest)
