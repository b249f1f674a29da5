"""The Parquet lake: what has been landed and extracted, as typed batches that are written once, whole, and never
changed.

A home folder holds ``format_version``, ``raw/`` (bytes as they came),
``lake/<table>/<partitions>/<batch_id>.parquet`` and ``published/warehouse.duckdb``. The lake is the truth; the
DuckDB file is made from it and can be thrown away.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from configs.errors import ConfigError
from transforms.reports.documents import Report
from transforms.tables import CLAIMS, ISSUES, PLACES_FOUND, Table

FORMAT_VERSION = "2"
"""Raised when a table of the lake changes; :mod:`warehouse.upgrade` then knows how to get there."""
_UNFINISHED, _INTENT = ".unfinished", ".intent"
Rows: TypeAlias = Iterable[Mapping[str, Any]] | pa.Table


@dataclass(frozen=True, slots=True)
class Batch:
    """A group of rows that was written together; reports of several years lie in several files of one batch."""

    batch_id: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Lake:
    """The lake under the home folder ``root``. Use :func:`open_lake`, which looks at the format first."""

    root: Path

    @property
    def raw(self) -> Path:
        """Where raw bytes are kept by hash."""
        return self.root / "raw"

    @property
    def tables(self) -> Path:
        """The folder of the Parquet tables."""
        return self.root / "lake"

    @property
    def published(self) -> Path:
        """The warehouse that readers open."""
        return self.root / "published" / "warehouse.duckdb"

    def write_batch(self, table: Table, rows: Rows, partitions: Mapping[str, str], batch_id: str) -> Path:
        """Write ``rows`` as one file, all or nothing; the same rows in any order give the same bytes.

        Raises ContractError before anything is written where the rows break the contract of ``table``.
        A file that is already there with these bytes is left untouched.
        """
        if isinstance(rows, pa.Table):
            arrow = rows
            table.check(arrow)
        else:
            arrow = table.arrow(rows)
        if table.key and arrow.num_rows > 1:
            arrow = arrow.sort_by([(name, "ascending") for name in table.key])
        folder = self.tables.joinpath(table.name, *(f"{name}={value}" for name, value in partitions.items()))
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{batch_id}.parquet"
        unfinished = unfinished_name(target)
        try:
            pq.write_table(arrow, unfinished, compression="zstd")
            if target.exists() and target.read_bytes() == unfinished.read_bytes():
                unfinished.unlink()
            else:
                put_in_place(unfinished, target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        return target

    def write_extraction(
        self, config_hash: str, batch_id: str, claims: Rows, places_found: Rows = (), issues: Rows = ()
    ) -> None:
        """Write what was read out of one batch of reports. The claims come last: their file says that the batch is
        done."""
        partitions = {"config": config_hash}
        self.write_batch(PLACES_FOUND, places_found, partitions, batch_id)
        self.write_batch(ISSUES, issues, partitions, batch_id)
        self.write_batch(CLAIMS, claims, partitions, batch_id)

    def files(self, table: str, partitions: Mapping[str, str] | None = None) -> list[Path]:
        """The finished files of ``table``, sorted, under all partitions or under the given leading ones."""
        folder = self.tables.joinpath(table, *(f"{name}={value}" for name, value in (partitions or {}).items()))
        return sorted(p for p in folder.rglob("*.parquet") if not p.name.startswith("."))

    def report_batches(self) -> list[Batch]:
        """All batches of reports, by id."""
        found: dict[str, list[Path]] = {}
        for path in self.files("reports"):
            found.setdefault(path.stem, []).append(path)
        return [Batch(batch_id, tuple(paths)) for batch_id, paths in sorted(found.items())]

    def batches_lacking_claims(self, config_hash: str) -> list[Batch]:
        """The batches of reports that have not been read with this configuration, by id."""
        done = {path.stem for path in self.files("claims", {"config": config_hash})}
        return [batch for batch in self.report_batches() if batch.batch_id not in done]

    def known_report_ids(self) -> set[str]:
        """The ids of all reports in the lake."""
        return self._distinct("report_id")

    def known_raw_hashes(self) -> set[str]:
        """The hashes of all raw files out of which a report came."""
        return self._distinct("raw_hash")

    def _distinct(self, column: str) -> set[str]:
        found: set[str] = set()
        for path in self.files("reports"):
            found.update(pq.ParquetFile(path).read(columns=[column])[column].to_pylist())
        return found

    def read_reports(self, batch: Batch) -> list[Report]:
        """The reports of ``batch``, by id."""
        names = [field.name for field in fields(Report)]
        rows = [row for path in batch.paths for row in pq.ParquetFile(path).read(columns=names).to_pylist()]
        return sorted((Report(**row) for row in rows), key=lambda report: report.report_id)

    def report(self, report_id: str) -> Report | None:
        """The report with that id, text included; None where the lake has none."""
        names = [field.name for field in fields(Report)]
        for path in self.files("reports"):
            rows = pq.read_table(path, columns=names, filters=[("report_id", "=", report_id)]).to_pylist()
            if rows:
                return Report(**rows[0])
        return None

    @contextmanager
    def together(self, name: str, files: Iterable[Path], instead_of: Iterable[Path] = ()) -> Iterator[None]:
        """Within this block ``files`` are written: all of them, or, however the block ends, none of those that were
        not there before. Once they are there, the files that they stand ``instead_of`` are removed. What a killed
        process leaves is taken back, or removed to the end, by the next that writes."""
        fresh = [path for path in files if not path.exists()]
        intent = self.tables / f".{name}{_INTENT}"
        self._note_to_remove(intent, fresh)
        try:
            yield
        except BaseException:
            self._take_back(intent)
            raise
        if old := [path for path in instead_of if path not in fresh]:
            self._note_to_remove(intent, old)
            self._take_back(intent)
        else:
            intent.unlink()

    def _note_to_remove(self, intent: Path, files: Iterable[Path]) -> None:
        write_text(intent, json.dumps([str(path.relative_to(self.root)) for path in files]))

    def take_back_half_written(self) -> int:
        """Remove the files of groups that were never written to their end; returns how many groups there were."""
        intents = sorted(self.tables.glob(f".*{_INTENT}"))
        for intent in intents:
            self._take_back(intent)
        return len(intents)

    def _take_back(self, intent: Path) -> None:
        for name in json.loads(intent.read_text()):
            (self.root / name).unlink(missing_ok=True)
        intent.unlink()

    def count(self, table: str, run_id: str) -> int:
        """Rows of ``table`` that the run of this name wrote."""
        return sum(
            pc.sum(pc.equal(pq.ParquetFile(path).read(columns=["run_id"])["run_id"], run_id)).as_py() or 0
            for path in self.files(table)
        )

    def leftovers(self) -> list[Path]:
        """What crashed writers left behind: unfinished files, and folders in which a build put its overflow."""
        pattern = f".*{_UNFINISHED}*"
        folders = (self.root, self.raw, self.published.parent)
        deep = (self.tables, self.root / "state", self.root / "fetched")
        return sorted({*(p for f in folders for p in f.glob(pattern)), *(p for f in deep for p in f.rglob(pattern))})

    def clean(self) -> int:
        """Remove what crashed writers left behind; returns how many files. Only for whoever holds the lock."""
        found = self.leftovers()
        for path in found:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        return len(found)


def open_lake(root: Path | str) -> Lake:
    """The lake under ``root``, made where there is none. Raises ConfigError for a lake of another format."""
    home = Path(root)
    marker = home / "format_version"
    if not marker.exists():
        if (home / "lake").exists():
            raise ConfigError(marker, "format_version", "missing, though there is a lake", _other_home())
        home.mkdir(parents=True, exist_ok=True)
        write_text(marker, FORMAT_VERSION + "\n")
    version = marker.read_text(errors="replace").strip()
    if version != FORMAT_VERSION:
        older = version.isdigit() and int(version) < int(FORMAT_VERSION)
        problem = f"the lake has format {version!r}, this version of whoheld reads format {FORMAT_VERSION!r}"
        mend = "`whoheld run` without a path upgrades it" if older else _other_home()
        raise ConfigError(marker, "format_version", problem, mend)
    for folder in ("raw", "lake", "published"):
        (home / folder).mkdir(exist_ok=True)
    return Lake(home)


def _other_home() -> str:
    return "choose another home folder and run again over the raw input, or use the version of whoheld that wrote it"


def write_text(target: Path, text: str) -> None:
    """Write a small file, all or nothing."""
    fresh = unfinished_name(target)
    fresh.write_text(text)
    put_in_place(fresh, target)


def unfinished_name(target: Path) -> Path:
    """A hidden name beside ``target`` for writing it; it tells which process is at work."""
    return target.with_name(f".{target.name}.{os.getpid()}-{uuid.uuid4().hex[:8]}{_UNFINISHED}")


def put_in_place(unfinished: Path, target: Path) -> None:
    """Rename ``unfinished`` to ``target`` once its bytes are on disk, and see that the rename is, too."""
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
    with suppress(OSError):
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
