"""The DuckDB warehouse, built as a new file out of the lake and the theatre. The published one is never touched
here."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import duckdb
import pyarrow as pa

import transforms.control
from configs.model import MAIN, Theatre
from transforms import tables
from transforms.control.rows import RuleSets
from transforms.reports import nearness
from transforms.tables import INSTANT, LAKE_TABLES
from warehouse import derive, reference
from warehouse.lake import Lake, unfinished_name
from warehouse.relations import SQL, WAREHOUSE_FORMAT, Relation, comment_statements, quoted, relations

STORAGE_VERSION = "v1.1.0"
"""The oldest file format that has all we use (comments on the columns of views): drivers of BI tools lag behind DuckDB.
A file of it is read by DuckDB 1.1 of September 2024 and by all later ones."""
META = Relation(
    "meta", "What this warehouse was built from.", {"key": "Name of the property.", "value": "Its value."}, ""
)
Step = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """A finished, unpublished warehouse file, with its counts of rows by relation."""

    path: Path
    fingerprint: str
    counts: dict[str, int]


def build(lake: Lake, theatre: Theatre, config_hash: str, step: Step | None = None) -> Built:
    """Build a new warehouse file beside the published one from all claims that were read with ``config_hash``.

    ``step(name, done, total)`` is told of progress. The caller checks the file and publishes or removes it;
    it is removed here where the build fails.
    """
    target = unfinished_name(lake.published)
    target.parent.mkdir(parents=True, exist_ok=True)
    # What does not fit into memory goes beside the new file, under a name that tells what it is when a crash leaves it.
    con = duckdb.connect(config={"preserve_insertion_order": True, "temp_directory": f"{target}.tmp"})
    try:
        con.execute("set enable_progress_bar = false")
        con.execute("attach ':memory:' as staging")
        con.execute(f"attach {quoted(str(target))} as warehouse (storage_version {quoted(STORAGE_VERSION)})")
        con.execute("use warehouse")
        load_lake(con, lake, config_hash)
        load_theatre(con, theatre)
        tell = step or (lambda name, done, total: None)
        rule_sets = ((MAIN, theatre.rules), *theatre.rule_sets)
        code = code_version()
        derived_by = sha256(f"{code}\x1f{rule_sets}".encode()).hexdigest()[:32]
        make_relations(con, rule_sets, lake.published, derived_by, tell)
        mark = fingerprint(lake, config_hash)
        made_of = {"fingerprint": mark, "config_hash": config_hash, "theatre": theatre.slug, "code": code}
        made_of["derived_by"] = derived_by
        _write_meta(con, {"format_version": WAREHOUSE_FORMAT, **made_of})
        names = [r.name for r in relations("marts")]
        counts = {name: con.execute(f"select count(*) from {name}").fetchall()[0][0] for name in names}
        con.execute("checkpoint warehouse")
        con.close()
    except BaseException as error:
        with suppress(duckdb.Error):
            con.close()
        discard(target)
        if isinstance(error, duckdb.IOException):
            raise OSError(errno.EIO, str(error), str(target)) from error
        raise
    return Built(target, mark, counts)


def discard(path: Path) -> None:
    """Remove an unpublished warehouse file, its log and its overflow."""
    path.unlink(missing_ok=True)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + ".tmp"), ignore_errors=True)


def load_lake(con: duckdb.DuckDBPyConnection, lake: Lake, config_hash: str) -> None:
    """Tables ``staging.<lake table>``, one row a key; reports without their texts."""
    partitions = {"claims": {"config": config_hash}, "places_found": {"config": config_hash}}
    for table in LAKE_TABLES.values():
        paths = lake.files(table.name, partitions.get(table.name))
        if table.name == "issues":
            paths = [
                p for p in paths if not p.parent.name.startswith("config=") or p.parent.name == f"config={config_hash}"
            ]
        source = _parquet(paths) if paths else "empty"
        con.register("empty", table.schema.empty_table())
        names = [
            f"make_timestamp(epoch_us({name})) as {name}" if column.type == INSTANT else name
            for name, column in table.columns.items()
            if (table.name, name) != ("reports", "text")
        ]
        latest = {"reports": "landed_at", "issues": "run_id", "runs": "finished_at"}.get(table.name, names[0])
        con.execute(
            f"create table staging.{table.name} as select {', '.join(names)} from {source} "
            f"qualify row_number() over (partition by {', '.join(table.key)} order by {latest}) = 1"
        )
        con.unregister("empty")


def load_texts(con: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """``staging.report_texts``: the full texts where they lie in the lake."""
    if paths := lake.files("reports"):
        con.execute(f"create view staging.report_texts as select report_id, text from {_parquet(paths)}")
    else:
        con.execute("create table staging.report_texts (report_id varchar, text varchar)")


def _parquet(paths: list[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(str(p.resolve())) for p in paths)}], hive_partitioning = false)"


def load_theatre(con: duckdb.DuckDBPyConnection, theatre: Theatre) -> None:
    """Tables ``staging.theatre_*`` and ``staging.place_names``."""
    for name, table in reference.reference_tables(theatre).items():
        _put(con, name, table)
    known = {place.place_id for place in theatre.places}
    found: dict[str, list[str]] = {}
    for place_id, name in con.execute(
        "select distinct place_id, name from staging.places_found order by all"
    ).fetchall():
        if place_id not in known:
            found.setdefault(place_id, []).append(name)
    _put(
        con,
        "place_names",
        reference.name_rows([*((p.place_id, (p.name, *p.aliases)) for p in theatre.places), *found.items()]),
    )


def _put(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    con.register("incoming", table)
    con.execute(f"create table staging.{name} as select * from incoming")
    con.unregister("incoming")


def make_relations(
    con: duckdb.DuckDBPyConnection, rule_sets: RuleSets, published: Path, derived_by: str, step: Step
) -> None:
    """All that follows from the loaded tables: staging, events and control, marts, macros, views, with comments.

    What ``published`` has of places without new evidence is taken over where it was ``derived_by`` the same.
    """
    derive.mark_near_duplicates(con)
    for relation in relations("staging"):
        con.execute(f"create table staging.{relation.name} as {relation.sql}")
    derive.take_over(con, published, derived_by)
    derive.derive_events_and_control(con, rule_sets, partial(step, "events and control"))
    for relation in relations("marts"):
        con.execute(f"create table {relation.name} as {relation.sql}")
        _comment(con, relation, "table")
    _make_macros(con)
    for relation in relations("views"):
        con.execute(f"create view {relation.name} as {relation.sql}")
        _comment(con, relation, "view")


def _make_macros(con: duckdb.DuckDBPyConnection) -> None:
    for relation in relations("macros"):
        code = "\n".join(line for line in relation.sql.splitlines() if not line.startswith("--"))
        con.execute(f"create {code}")
        kind = "macro table" if " as table" in code else "macro"
        con.execute(f"comment on {kind} {relation.name} is {quoted(relation.comment)}")


def _comment(con: duckdb.DuckDBPyConnection, relation: Relation, kind: str) -> None:
    columns = [row[0] for row in con.execute(f"describe {relation.name}").fetchall()]
    for statement in comment_statements(relation, columns, kind):
        con.execute(statement)


def _write_meta(con: duckdb.DuckDBPyConnection, values: dict[str, str]) -> None:
    con.execute("create table meta (key varchar primary key, value varchar not null)")
    con.executemany("insert into meta values (?, ?)", list(values.items()))
    for statement in comment_statements(META, META.columns):
        con.execute(statement)


def fingerprint(lake: Lake, config_hash: str) -> str:
    """Hash of what a warehouse is made of: lake files, knowledge, code. Runs do not count: a run that found nothing new
    leaves the warehouse as it is."""
    digest = sha256(f"{config_hash}\x1f{code_version()}".encode())
    for name in ("reports", "claims", "places_found", "issues"):
        for path in lake.files(name):
            if path.parent.name.startswith("config=") and path.parent.name != f"config={config_hash}":
                continue
            seen = path.stat()
            digest.update(f"\x1f{path.relative_to(lake.tables)}\x1f{seen.st_size}\x1f{seen.st_mtime_ns}".encode())
    return digest.hexdigest()[:32]


def code_version() -> str:
    """Version of whoheld and hash of the files that decide what a build contains."""
    modules = (nearness, tables, derive, reference)
    control = sorted(Path(transforms.control.__file__ or "").parent.glob("*.py"))
    made = (file for file in sorted(SQL.rglob("*.sql")) if file.parent.name not in ("cookbook", "exports"))
    files = [*made, Path(__file__), *control, *(Path(m.__file__ or "") for m in modules)]
    digest = sha256()
    for file in files:
        digest.update(file.read_bytes())
    try:
        number = version("whoheld")
    except PackageNotFoundError:
        number = "0"
    return f"{number}+{digest.hexdigest()[:12]}"
