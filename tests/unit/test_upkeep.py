"""Upkeep changes files and no rows; a reading that is used is never removed."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.lake_rows import CONFIG, THEATRE, claim, land, report
from transforms.tables import ISSUES
from warehouse import lake as lake_module
from warehouse.build import build, discard
from warehouse.changes import batches_between, claims_changed
from warehouse.lake import Lake, open_lake
from warehouse.upkeep import compact, expire

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def issue(n: int, run_id: str) -> dict[str, Any]:
    return {"issue_id": f"i{n}", "kind": "k", "found": "f", "expected": "e", "mend": "m", "run_id": run_id}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Twelve small batches over two years, all read but the last, and issues of which some were seen twice."""
    lake = open_lake(tmp_path)
    for n in range(12):
        rows = [report(f"r{n}a", f"2020-01-{n + 1:02}"), report(f"r{n}b", f"2021-01-{n + 1:02}")]
        land(lake, f"b{n:02}", rows)
        lake.write_batch(ISSUES, [issue(n // 2, f"run{n:02}")], {"step": "landing"}, f"b{n:02}")
        if n < 11:
            found = {"place_id": "p:ford", "report_id": f"r{n}a", "name": "Ford", "kind": "unknown", "geo_prec": 6}
            claims = [claim(row, "capture", "north" if n % 2 else "south") for row in rows]
            lake.write_extraction(CONFIG, f"b{n:02}", claims, [found])
    return lake


def rows_of(lake: Lake) -> dict[str, list[Any]]:
    built = build(lake, THEATRE, CONFIG)
    with duckdb.connect(str(built.path), read_only=True) as con:
        names = [row[0] for row in con.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        rows = {name: sorted(map(repr, con.execute(f"from {name}").fetchall())) for name in names if name != "meta"}
    discard(built.path)
    return rows


def test_compaction_leaves_fewer_files_and_the_same_rows(lake: Lake) -> None:
    before, texts = rows_of(lake), sorted(r.text for b in lake.report_batches() for r in lake.read_reports(b))
    done = compact(lake)
    assert done.n_after < done.n_before / 5
    assert rows_of(lake) == before
    assert sorted(r.text for b in lake.report_batches() for r in lake.read_reports(b)) == texts
    assert [b.batch_id for b in lake.batches_lacking_claims(CONFIG)] == ["b11"]
    assert compact(lake).n_after == done.n_after


class Killed(BaseException):
    """Stands for a SIGKILL: nothing that the code does about errors may help."""


def test_compaction_that_is_killed_anywhere_leaves_the_same_rows(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_of(lake)
    put, unlink = lake_module.put_in_place, Path.unlink
    for point in range(1, 60):
        left = [point]

        def step(left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] <= 0:
                raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(lake_module, "put_in_place", lambda a, b, step=step: (step(), put(a, b)))
            patch.setattr(
                Path, "unlink", lambda p, missing_ok=False, step=step: (step(), unlink(p, missing_ok=missing_ok))
            )
            try:
                compact(lake)
                ended = True
            except Killed:
                ended = False
        lake.take_back_half_written()
        lake.clean()
        if point % 6 == 1 or ended:
            assert rows_of(lake) == before
        if ended:
            assert point > 5
            return
    pytest.fail("compaction never ended")


def test_readings_that_nobody_uses_go_after_their_time(lake: Lake) -> None:
    for config, days in (("old", 40), ("young", 5), ("published", 40)):
        lake.write_extraction(config, "b00", [])
        for path in lake.tables.glob(f"*/config={config}/*"):
            at = (NOW - timedelta(days=days)).timestamp()
            os.utime(path, (at, at))
    assert expire(lake, {CONFIG, "published"}, NOW, timedelta(days=30)) == ("old",)
    assert {p.name for p in lake.tables.glob("claims/*")} == {"config=young", "config=published", f"config={CONFIG}"}
    assert not list(lake.tables.glob("*/config=old"))


def test_batches_are_found_by_day_and_by_name(lake: Lake) -> None:
    day = datetime(2021, 1, 3, tzinfo=UTC).date()
    # Each batch has two years; the third was published on that day.
    assert [b.batch_id for b in batches_between(lake, day, day)] == ["b02"]
    assert [b.batch_id for b in batches_between(lake, None, None, ["b03"])] == ["b03"]
    assert batches_between(lake, datetime(2022, 1, 1, tzinfo=UTC).date(), None) == []


def test_what_another_reading_changes_is_counted(lake: Lake) -> None:
    rows = [report("r0a", "2020-01-01"), report("r0b", "2021-01-01")]
    kept = claim(rows[0], "capture", "south")
    altered = {**claim(rows[1], "capture", "south"), "extent": "part"}
    gained = claim(rows[1], "siege", "north", chars=(3, 9))
    lake.write_extraction("new", "b00", [{**c, "config_hash": "new"} for c in (kept, altered, gained)])
    changes = claims_changed(lake, CONFIG, "new", batches_between(lake, None, None, ["b00", "b11"]))
    assert (changes.gained, changes.lost, changes.altered, changes.kept) == (1, 0, 1, 1)
    back = claims_changed(lake, "new", CONFIG, batches_between(lake, None, None, ["b00"]))
    assert (back.gained, back.lost, back.altered, back.kept) == (0, 1, 1, 1)
