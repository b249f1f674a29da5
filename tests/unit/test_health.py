"""The doctor sees what is wrong with a lake or a warehouse, and says what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from transforms.tables import REPORTS
from warehouse.health import Check, disk_checks, lake_checks, warehouse_checks
from warehouse.lake import Lake, unfinished_name
from warehouse.landing import raw_file
from warehouse.publish import refresh
from warehouse.writing import locked, new_note, writing

NOW = datetime.now(UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A lake with its raw bytes, and a published warehouse."""
    from hashlib import sha256

    raw = sha256(b"raw").hexdigest()
    rows = [report("a", "2020-01-05", raw_hash=raw), report("b", "2021-01-10", raw_hash=raw)]
    lake = fill(tmp_path, rows, [claim(row, "capture", "north") for row in rows])
    raw_file(lake.raw, raw).parent.mkdir()
    raw_file(lake.raw, raw).write_bytes(b"raw")
    refresh(lake, THEATRE, CONFIG)
    return lake


def look(lake: Lake, fed: bool = False, now: datetime = NOW) -> dict[str, Check]:
    checks = [*disk_checks(lake.root), *lake_checks(lake.root, deep=True)]
    return {c.name: c for c in (*checks, *warehouse_checks(lake.root, CONFIG, now, fed))}


def test_a_sound_home_is_in_order(lake: Lake) -> None:
    assert {c.state for c in look(lake).values()} == {"ok"}


def test_nothing_yet_is_in_order_and_stays_nothing(tmp_path: Path) -> None:
    checks = [*disk_checks(tmp_path / "none"), *lake_checks(tmp_path / "none")]
    assert {c.state for c in checks} == {"ok"}
    assert "whoheld run PATH" in checks[-1].found
    assert not (tmp_path / "none").exists()


def _torn_file(lake: Lake) -> None:
    path = lake.files("claims")[0]
    path.write_bytes(path.read_bytes()[:100])


def _other_columns(lake: Lake) -> None:
    pq.write_table(pa.table({"report_id": ["a"]}), lake.tables / "reports" / "year=2020" / "z.parquet")


def _orphan(lake: Lake) -> None:
    lake.write_extraction(CONFIG, "nowhere", [])


def _raw_missing(lake: Lake) -> None:
    next(p for p in lake.raw.rglob("*") if p.is_file()).unlink()


def _raw_changed(lake: Lake) -> None:
    next(p for p in lake.raw.rglob("*") if p.is_file()).write_bytes(b"war")


def _newer_format(lake: Lake) -> None:
    (lake.root / "format_version").write_text("99\n")


def _older_format(lake: Lake) -> None:
    (lake.root / "format_version").write_text("1\n")


def _maintenance_interrupted(lake: Lake) -> None:
    with pytest.raises(KeyboardInterrupt), writing(lake.root, new_note(NOW, "isles", CONFIG, "v", ["(maintenance)"])):
        raise KeyboardInterrupt


def _warehouse_gone(lake: Lake) -> None:
    lake.published.unlink()


def _warehouse_torn(lake: Lake) -> None:
    lake.published.write_bytes(lake.published.read_bytes()[:5000])


def _warehouse_wrong(lake: Lake) -> None:
    with duckdb.connect(str(lake.published)) as con:
        con.execute("update claims set char_start = char_start + 1")


def _interrupted(lake: Lake) -> None:
    with pytest.raises(KeyboardInterrupt), writing(lake.root, new_note(NOW, "isles", CONFIG, "v", ["inbox"])):
        raise KeyboardInterrupt


def _leftover(lake: Lake) -> None:
    unfinished_name(lake.published).write_bytes(b"half")


def _lake_grew(lake: Lake) -> None:
    lake.write_batch(REPORTS, [report("c", "2020-02-01", raw_hash="0" * 64)], {"year": "2020"}, "more")


@pytest.mark.parametrize(
    ("harm", "name", "state", "found", "mend"),
    [
        (_torn_file, "files", "fault", "b2020.parquet", "claims are read again"),
        (_other_columns, "files", "fault", "other columns than the contract of reports", "move the file away"),
        (_orphan, "orphans", "warning", "nowhere.parquet", "remove these files"),
        (_raw_missing, "raw bytes", "fault", "is missing", "give the input again"),
        (_raw_changed, "raw bytes", "fault", "is not what was landed", "restore raw/"),
        (_newer_format, "format", "fault", "format '99'", "another home"),
        (_older_format, "format", "warning", "format 1, of an older version", "whoheld run: it brings the lake to"),
        (_maintenance_interrupted, "run", "warning", "did not end", "whoheld run"),
        (_warehouse_gone, "file", "fault", "no warehouse", "whoheld run"),
        (_warehouse_torn, "file", "fault", "cannot be read", "builds it anew"),
        (_warehouse_wrong, "promises", "fault", "fail__quote_stands_at_its_offsets", "whoheld run"),
        (_interrupted, "run", "warning", "did not end", "whoheld run inbox"),
        (_leftover, "run", "warning", "left 1 files", "run it again"),
        (_lake_grew, "content", "warning", "another lake", "whoheld run"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_seen(
    harm: Callable[[Lake], None], name: str, state: str, found: str, mend: str, lake: Lake
) -> None:
    harm(lake)
    check = look(lake)[name]
    assert check.state == state
    assert found in check.found
    assert mend in check.mend


def test_a_warehouse_that_sources_feed_must_not_grow_old(lake: Lake) -> None:
    assert look(lake, fed=True)["file"].state == "ok"
    assert look(lake, fed=False, now=NOW + timedelta(days=9))["file"].state == "ok"
    assert look(lake, fed=True, now=NOW + timedelta(days=9))["file"].state == "warning"


def test_a_run_under_way_is_named_and_no_fault(lake: Lake) -> None:
    with writing(lake.root, new_note(NOW, "isles", CONFIG, "v", ["inbox"])) as run:
        check = look(lake)["run"]
    assert check.state == "ok"
    assert run.note.run_id in check.found
    with locked(lake.root):
        assert "another process" in look(lake)["run"].found


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_fault(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert {c.name: c.state for c in disk_checks(tmp_path)}["write rights"] == "fault"
    tmp_path.chmod(0o700)
