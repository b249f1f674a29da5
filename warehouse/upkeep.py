"""Upkeep of the lake: many small files become few with the same rows, and readings that nobody uses any more go."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.tables import CLAIMS, ISSUES, LAKE_TABLES, LANDED, PLACES_FOUND, RUNS, Table
from warehouse.lake import Batch, Lake
from warehouse.landing import REPORTS_PER_BATCH

SMALL_BATCH, BYTES_PER_BATCH, ROWS_PER_FILE = REPORTS_PER_BATCH // 2, 8_000_000, 50_000
FIRST = {"reports": "landed_at", "issues": "run_id", "runs": "finished_at"}
"""What decides, as in a build, which of two rows with one key counts: the first by this column."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What upkeep did: files before and after, and the readings (by config hash) that it removed."""

    n_before: int
    n_after: int
    expired: tuple[str, ...] = ()


def compact(lake: Lake) -> Upkeep:
    """Merge small batches of reports with all that was read out of them, and small files of the other tables.

    The rows stay as they are; ids of batches change. May be killed anywhere: each merge is done whole or taken back.
    """
    before = _count(lake)
    for group in _small_batches(lake):
        _merge_batches(lake, group)
    for table, folder in ((RUNS, ""), (LANDED, ""), (ISSUES, "step=landing"), (ISSUES, "step=fetching")):
        _merge_files(lake, table, folder)
    return Upkeep(before, _count(lake))


def expire(lake: Lake, used: Iterable[str], now: datetime, keep: timedelta) -> tuple[str, ...]:
    """Remove the readings with other knowledge than is ``used`` that are older than ``keep``; returns their hashes.

    Whoever goes back to that knowledge has the reports read again.
    """
    used, gone = set(used), set()
    for folder in sorted(lake.tables.glob("*/config=*")):
        config_hash = folder.name.removeprefix("config=")
        newest = max((p.stat().st_mtime for p in folder.iterdir()), default=0.0)
        if config_hash not in used and newest < (now - keep).timestamp():
            gone.add(config_hash)
    for config_hash in sorted(gone):
        # Claims first: what is left after a crash is then a reading that was not done.
        for table in (CLAIMS, ISSUES, PLACES_FOUND):
            shutil.rmtree(lake.tables / table.name / f"config={config_hash}", ignore_errors=True)
    return tuple(sorted(gone))


def _count(lake: Lake) -> int:
    return sum(len(lake.files(name)) for name in LAKE_TABLES)


def _small_batches(lake: Lake) -> Iterator[list[Batch]]:
    """Groups of small batches that were all read with the same knowledge, by what they are read with and by id."""
    done: dict[str, list[str]] = {}
    for folder in sorted((lake.tables / CLAIMS.name).glob("config=*")):
        for path in folder.glob("*.parquet"):
            done.setdefault(path.stem, []).append(folder.name)
    group: list[Batch] = []
    rows = size = 0
    last: list[str] = []
    for batch in sorted(lake.report_batches(), key=lambda b: (done.get(b.batch_id, []), b.batch_id)):
        n = sum(pq.read_metadata(path).num_rows for path in batch.paths)
        if n > SMALL_BATCH:
            continue
        weight = sum(path.stat().st_size for path in batch.paths)
        read_with = done.get(batch.batch_id, [])
        if group and (read_with != last or rows + n > REPORTS_PER_BATCH or size + weight > BYTES_PER_BATCH):
            yield from [group] if len(group) > 1 else []
            group, rows, size = [], 0, 0
        group.append(batch)
        rows, size, last = rows + n, size + weight, read_with
    if len(group) > 1:
        yield group


def _merge_batches(lake: Lake, group: Sequence[Batch]) -> None:
    name = _merged_name([batch.batch_id for batch in group])
    parts: dict[Path, list[Path]] = {}
    for batch in group:
        for path in batch.paths:
            parts.setdefault(path.parent, []).append(path)
        for table in (PLACES_FOUND, ISSUES, CLAIMS):
            for path in sorted((lake.tables / table.name).glob(f"config=*/{batch.batch_id}.parquet")):
                parts.setdefault(path.parent, []).append(path)
    _replace(lake, name, parts)


def _merge_files(lake: Lake, table: Table, partition: str) -> None:
    folder = lake.tables / table.name / partition
    small = [p for p in sorted(folder.glob("*.parquet")) if pq.read_metadata(p).num_rows < ROWS_PER_FILE // 2]
    while len(small) > 1:
        group: list[Path] = []
        rows = 0
        while small and rows < ROWS_PER_FILE:
            rows += pq.read_metadata(small[0]).num_rows
            group.append(small.pop(0))
        _replace(lake, _merged_name([path.stem for path in group]), {folder: group})


def _replace(lake: Lake, name: str, parts: dict[Path, list[Path]]) -> None:
    fresh = [folder / f"{name}.parquet" for folder in parts]
    with lake.together(name, fresh, instead_of=[path for paths in parts.values() for path in paths]):
        for folder, paths in parts.items():
            table_name, *inner = folder.relative_to(lake.tables).parts
            partitions, table = dict(part.split("=", 1) for part in inner), LAKE_TABLES[table_name]
            lake.write_batch(table, _merged(table, paths), partitions, name)


def _merged(table: Table, paths: Sequence[Path]) -> pa.Table:
    rows = pa.concat_tables([pq.ParquetFile(path).read() for path in paths])
    if table.name in FIRST:
        rows = rows.sort_by([(FIRST[table.name], "ascending")])
    seen: set[tuple[object, ...]] = set()
    keep = []
    for i, key in enumerate(zip(*(rows[name].to_pylist() for name in table.key), strict=True)):
        if key not in seen:
            seen.add(key)
            keep.append(i)
    return rows.take(keep) if len(keep) < rows.num_rows else rows


def _merged_name(names: Sequence[str]) -> str:
    return sha256("\x1f".join(sorted(names)).encode()).hexdigest()[:16]
