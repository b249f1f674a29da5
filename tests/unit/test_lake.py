"""The lake keeps its contract, writes whole files or none, and says what is in it."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from configs.errors import ConfigError, ContractError
from tests.lake_rows import CONFIG, claim, fill, land, report
from transforms.reports.documents import Report
from transforms.tables import CLAIMS, REPORTS
from warehouse.lake import open_lake, unfinished_name


def test_the_same_rows_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [report(name, "2020-01-01") for name in "abc"]
    first = open_lake(tmp_path / "one").write_batch(REPORTS, rows, {"year": "2020"}, "b")
    second = open_lake(tmp_path / "two").write_batch(REPORTS, rows[::-1], {"year": "2020"}, "b")
    assert first.read_bytes() == second.read_bytes()
    assert first.relative_to(tmp_path / "one") == Path("lake/reports/year=2020/b.parquet")


def test_writing_the_same_batch_again_does_not_touch_the_file(tmp_path: Path) -> None:
    lake = open_lake(tmp_path)
    path = lake.write_batch(REPORTS, [report("a", "2020-01-01")], {"year": "2020"}, "b")
    os.utime(path, ns=(1, 1))
    lake.write_batch(REPORTS, [report("a", "2020-01-01")], {"year": "2020"}, "b")
    assert path.stat().st_mtime_ns == 1


def test_a_batch_that_breaks_the_contract_leaves_nothing(tmp_path: Path) -> None:
    lake = open_lake(tmp_path)
    row = claim(report("a", "2020-01-01"), "capture", "north")
    with pytest.raises(ContractError, match="claim_type"):
        lake.write_batch(CLAIMS, [{**row, "claim_type": "conquest"}], {"config": CONFIG}, "b")
    with pytest.raises(ContractError, match="share a key"):
        lake.write_batch(CLAIMS, CLAIMS.arrow([row]).take([0, 0]), {"config": CONFIG}, "b")
    assert [path for path in (tmp_path / "lake").rglob("*") if path.is_file()] == []


def test_files_carry_schema_and_comments_of_the_contract(tmp_path: Path) -> None:
    path = open_lake(tmp_path).write_batch(REPORTS, [report("a", "2020-01-01")], {"year": "2020"}, "b")
    schema = pq.read_schema(path)
    assert schema.equals(REPORTS.schema)
    assert schema.field("text").metadata[b"comment"].startswith(b"Full text")
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"


def test_batches_lack_claims_until_they_were_read_with_this_configuration(tmp_path: Path) -> None:
    rows = [report("a", "2020-01-01"), report("b", "2021-01-01"), report("c", None)]
    lake = open_lake(tmp_path)
    land(lake, "one", rows)
    land(lake, "two", [report("d", "2021-05-01")])
    assert [batch.batch_id for batch in lake.report_batches()] == ["one", "two"]
    assert sorted(p.parent.name for p in lake.report_batches()[0].paths) == ["year=2020", "year=2021", "year=unknown"]
    lake.write_extraction(CONFIG, "one", [])
    assert [batch.batch_id for batch in lake.batches_lacking_claims(CONFIG)] == ["two"]
    assert [batch.batch_id for batch in lake.batches_lacking_claims("another")] == ["one", "two"]


def test_reports_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [report("b", "2021-01-01", text="Ünï — text"), report("a", "2020-01-01")]
    lake = fill(tmp_path, rows, [])
    found = [r for batch in lake.report_batches() for r in lake.read_reports(batch)]
    assert [r.report_id for r in found] == ["a", "b"]
    assert found[1] == Report(**{name: rows[0][name] for name in Report.__slots__})


def test_known_reports_and_raw_files(tmp_path: Path) -> None:
    lake = open_lake(tmp_path)
    assert lake.known_report_ids() == set()
    rows = [report("a", "2020-01-01"), report("b", None)]
    fill(tmp_path, rows, [])
    assert lake.known_report_ids() == {"a", "b"}
    assert lake.known_raw_hashes() == {row["raw_hash"] for row in rows}


def test_a_lake_of_another_format_is_refused_with_words(tmp_path: Path) -> None:
    open_lake(tmp_path)
    (tmp_path / "format_version").write_text("99\n")
    with pytest.raises(ConfigError, match=r"format '99'.*\n.*another home"):
        open_lake(tmp_path)
    (tmp_path / "format_version").unlink()
    with pytest.raises(ConfigError, match="missing"):
        open_lake(tmp_path)


def test_cleaning_removes_what_crashed_writers_left_and_nothing_else(tmp_path: Path) -> None:
    lake = fill(tmp_path, [report("a", "2020-01-01")], [])
    kept = {path for path in tmp_path.rglob("*") if path.is_file()}
    left = [unfinished_name(target) for target in (lake.files("reports")[0], lake.published, lake.raw / ("ab" * 32))]
    left.append(left[1].with_name(left[1].name + ".wal"))
    for path in left:
        path.write_text("half")
    overflow = left[1].with_name(left[1].name + ".tmp")
    overflow.mkdir()
    (overflow / "block").write_text("half")
    assert lake.clean() == len(left) + 1
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == kept
    assert not overflow.exists()


def test_files_that_belong_together_are_all_there_or_none(tmp_path: Path) -> None:
    lake = open_lake(tmp_path)
    before = lake.write_batch(REPORTS, [report("a", "2020-01-01")], {"year": "2020"}, "b")
    later = lake.tables / "reports" / "year=2021" / "b.parquet"

    def write(fails: bool) -> None:
        with lake.together("b", [before, later]):
            lake.write_batch(REPORTS, [report("b", "2021-01-01")], {"year": "2021"}, "b")
            if fails:
                raise OSError(28, "disk full")

    with pytest.raises(OSError, match="full"):
        write(fails=True)
    assert lake.files("reports") == [before]
    write(fails=False)
    assert (lake.files("reports"), lake.take_back_half_written()) == ([before, later], 0)
