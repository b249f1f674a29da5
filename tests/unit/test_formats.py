"""Lake and warehouse carry a format version: an older one is upgraded or refused in words, never misread."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from configs.errors import ConfigError, UnreadableWarehouse
from tests.lake_rows import CONFIG, THEATRE, fill, report
from transforms.tables import LAKE_TABLES, RUNS
from warehouse.ask import query
from warehouse.lake import FORMAT_VERSION, Lake, open_lake
from warehouse.landing import reading_key
from warehouse.ledger import files_read
from warehouse.publish import refresh, up_to_date
from warehouse.upgrade import upgrade
from warehouse.writing import new_note, writing

SCHEMAS = {"2": "e069"}


def test_a_changed_table_is_another_format() -> None:
    """Where this fails, raise FORMAT_VERSION, give warehouse.upgrade a step to it, and note the new hash here."""
    columns = [
        (t.name, t.key, [(n, str(c.type), c.nullable) for n, c in t.columns.items()]) for t in LAKE_TABLES.values()
    ]
    assert (FORMAT_VERSION, sha256(json.dumps(columns).encode()).hexdigest()[:4]) in SCHEMAS.items()


def lake_of_format_1(home: Path) -> Lake:
    """As the first version left it: runs without a state, landed files in a text file."""
    lake = fill(home, [report("a", "2020-01-01")], [])
    row = {
        "run_id": "r1", "started_at": datetime(2025, 1, 1, tzinfo=UTC), "finished_at": datetime(2025, 1, 1, tzinfo=UTC),
        "code_version": "0.1.0", "config_hash": CONFIG, "theatre": "isles", "inputs": ["in"], "n_files": 1,
        "n_reports": 1, "n_repeats": 0, "n_claims": 0, "n_issues": 0,
    }  # fmt: skip
    folder = home / "lake" / "runs"
    folder.mkdir()
    old = pa.schema([field for field in RUNS.schema if field.name != "state"])
    pq.write_table(pa.Table.from_pylist([row], schema=old), folder / "r1.parquet")
    (home / "raw" / "landed.txt").write_text(f"\n{'a' * 64} {reading_key(THEATRE)}\n{'b' * 30}")
    (home / "format_version").write_text("1\n")
    return lake


def test_a_lake_of_the_first_format_is_upgraded_by_the_next_run(tmp_path: Path) -> None:
    lake = lake_of_format_1(tmp_path)
    with pytest.raises(ConfigError, match=r"format '1'(.|\n)*`whoheld run` without a path upgrades it"):
        open_lake(tmp_path)
    with writing(tmp_path, new_note(datetime(2026, 1, 1, tzinfo=UTC), "isles", CONFIG, "v", [])) as run:
        assert (tmp_path / "format_version").read_text().strip() == FORMAT_VERSION
        assert files_read(run.lake, THEATRE) == ({"a" * 64}, {})
        assert refresh(run.lake, THEATRE, CONFIG).counts["runs"] == 1
    assert query(lake.published, "select run_id, state from runs").rows == (("r1", "completed"),)
    assert not (tmp_path / "raw" / "landed.txt").exists()
    assert upgrade(tmp_path) == ()


def test_an_upgrade_that_was_interrupted_is_completed(tmp_path: Path) -> None:
    lake_of_format_1(tmp_path)
    upgrade(tmp_path)
    (tmp_path / "format_version").write_text("1\n")
    assert upgrade(tmp_path) == (FORMAT_VERSION,)
    assert files_read(open_lake(tmp_path), THEATRE) == ({"a" * 64}, {})


def test_a_lake_of_a_newer_format_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    open_lake(tmp_path)
    (tmp_path / "format_version").write_text("99\n")
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.name != "lock"}
    note = new_note(datetime(2026, 1, 1, tzinfo=UTC), "isles", CONFIG, "v", [])
    with pytest.raises(ConfigError, match=r"format '99'(.|\n)*another home"):
        writing(tmp_path, note).__enter__()
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*") if p.name != "lock"} == before


@pytest.mark.parametrize("change", ["update meta set value = '99' where key = 'format_version'", "delete from meta"])
def test_a_warehouse_of_another_format_is_refused_in_words_and_built_anew(change: str, tmp_path: Path) -> None:
    lake = fill(tmp_path, [report("a", "2020-01-01")], [])
    path = refresh(lake, THEATRE, CONFIG).path
    with duckdb.connect(str(path)) as con:
        con.execute(change)
    with pytest.raises(UnreadableWarehouse, match=r"format '(99|0)'(.|\n)*`whoheld run` without a path"):
        query(path, "from reports")
    assert not up_to_date(lake, CONFIG)
    assert refresh(lake, THEATRE, CONFIG).changed
    assert len(query(path, "from reports").rows) == 1


def test_a_damaged_warehouse_is_refused_in_words_and_built_anew(tmp_path: Path) -> None:
    lake = fill(tmp_path, [report("a", "2020-01-01")], [])
    path = refresh(lake, THEATRE, CONFIG).path
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UnreadableWarehouse, match="cannot be read"):
        query(path, "from reports")
    assert refresh(lake, THEATRE, CONFIG).changed
    assert len(query(path, "from reports").rows) == 1
