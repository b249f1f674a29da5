"""Every driver sees the flat views with the types and comments that they have."""

from __future__ import annotations

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
