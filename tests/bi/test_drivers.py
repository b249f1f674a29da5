"""Every driver sees the flat views with the types and comments that they have."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.bi.drivers import KINDS, NEEDED
from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse import ask as asking
from warehouse.publish import refresh

VIEWS = ("bi_changes", "bi_claims", "bi_control_daily", "bi_coverage", "bi_places", "bi_sources")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for module in NEEDED:
        pytest.importorskip(module)
    reports = [report(f"r{n}", date(2020, 1, 5 + 9 * n)) for n in range(3)]
    claims = [claim(row, "capture", side) for row, side in zip(reports, ("south", "north", "east"), strict=True)]
    return refresh(fill(tmp_path_factory.mktemp("drivers"), reports, claims), THEATRE, CONFIG).path


@pytest.mark.parametrize("kind", KINDS)
def test_the_flat_views_are_read(kind: str, published: Path) -> None:
    with KINDS[kind](published) as ask, asking.connect(published) as con:
        for view in VIEWS:
            want = con.execute(f"select count(*), count(distinct columns(*)) from {view}").fetchall()
            got = ask(f"select count(*), count(distinct columns(*)) from {view}")
            assert [tuple(row.values()) for row in got] == want, view
        rows = ask("select to_side, changed_on, held_days from bi_changes order by changed_on")
    assert [(row["to_side"], _day(row["changed_on"])) for row in rows] == [
        ("North", date(2020, 1, 14)), ("East", date(2020, 1, 23)),
    ]  # fmt: skip
    assert rows[0]["held_days"] == 9
    assert rows[1]["held_days"] is None or rows[1]["held_days"] != rows[1]["held_days"]  # pandas has NaN for it


def _day(value: Any) -> date:
    return date.fromisoformat(str(value)[:10])


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_can_change_the_published_file(kind: str, published: Path) -> None:
    before = published.read_bytes()
    with KINDS[kind](published) as ask, pytest.raises(Exception, match="read-only"):
        ask("create table mine as select 1 as a")
    assert published.read_bytes() == before
    assert [p.name for p in published.parent.iterdir()] == ["warehouse.duckdb"]


def test_sqlalchemy_finds_views_columns_types_and_comments(published: Path) -> None:
    from sqlalchemy import create_engine, inspect

    engine = create_engine(f"duckdb:///{published}", connect_args={"read_only": True})
    try:
        found = inspect(engine)
        assert set(VIEWS) <= set(found.get_view_names())
        columns = {column["name"]: column for column in found.get_columns("bi_changes")}
    finally:
        engine.dispose()
    kinds = {name: str(column["type"]) for name, column in columns.items()}
    assert {kinds[n] for n in ("changed_on", "known_from")} == {"DATE"}
    assert (kinds["held_days"], kinds["confidence"], kinds["place"]) == ("INTEGER", "DOUBLE", "VARCHAR")
    assert columns["changed_on"]["comment"] == "First day of the new holder."


def test_arrow_streams_batches_over_adbc(published: Path) -> None:
    import adbc_driver_duckdb
    from adbc_driver_manager import dbapi

    options = {"path": str(published), "access_mode": "READ_ONLY"}
    entry = {"driver": adbc_driver_duckdb.driver_path(), "entrypoint": "duckdb_adbc_init"}
    with dbapi.connect(**entry, db_kwargs=options) as con, con.cursor() as cursor:
        cursor.execute("from bi_control_daily")
        table = cursor.fetch_record_batch().read_all()
    assert str(table.schema.field("day").type) == "date32[day]"
    assert table.num_rows == 19


OLDEST = "1.1.0"
"""Of September 2024; 1.0 cannot open the file ("Unknown HyperLogLog storage type")."""
READ = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as con:
    counts = {sql: con.execute(f"select count(*) from {sql}").fetchone()[0] for sql in json.loads(sys.argv[2])}
print(json.dumps([duckdb.__version__, counts]))
"""


@pytest.mark.heavy
def test_the_oldest_driver_reads_every_relation_and_macro(published: Path, tmp_path: Path) -> None:
    programs = tmp_path / "old" / "bin"
    for words in (
        ["venv", "--quiet", "--python", sys.executable, programs.parent],
        ["pip", "install", "--quiet", "--no-config", "--python", programs / "python", f"duckdb=={OLDEST}"],
    ):
        subprocess.run([Path(sys.prefix) / "bin" / "uv", *words], cwd=tmp_path, check=True)
    tables = asking.query(
        published, "select table_name from information_schema.tables where table_catalog = 'warehouse'"
    )
    asked = [row[0] for row in tables.rows] + [
        "control_on(date '2020-01-20')", "control_as_known(date '2020-01-20', date '2020-01-15')",
        "changes_between(date '2020-01-01', date '2020-02-01')", "claims_about('port elan')",
    ]  # fmt: skip
    now = {sql: asking.query(published, f"select count(*) from {sql}").rows[0][0] for sql in asked}
    assert len(now) > 20
    done = subprocess.run(
        [programs / "python", "-c", READ, published, json.dumps(asked)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [OLDEST, now]
