"""The lake table ``landed``: which files were read, how far, and what they gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from configs.model import Theatre
from warehouse.lake import Lake
from warehouse.landing import FileRead, reading_key


@dataclass(frozen=True, slots=True)
class LandedBy:
    """What one run has landed so far."""

    n_finished: int
    n_reports: int
    n_repeats: int


def files_read(lake: Lake, theatre: Theatre) -> tuple[set[str], dict[str, int]]:
    """The hashes of files read to their end, and how many records were taken out of the others; with these columns."""
    finished: set[str] = set()
    begun: dict[str, int] = {}
    key = reading_key(theatre)
    for path in lake.files("landed"):
        for row in pq.ParquetFile(path).read().filter(pc.field("reading_key") == key).to_pylist():
            if row["finished"]:
                finished.add(row["raw_hash"])
            else:
                begun[row["raw_hash"]] = max(row["n_items"], begun.get(row["raw_hash"], 0))
    return finished, {raw_hash: n for raw_hash, n in begun.items() if raw_hash not in finished}


def ledger_rows(files: tuple[FileRead, ...], theatre: Theatre, run_id: str) -> list[dict[str, Any]]:
    """Rows of ``landed`` for the files of one batch."""
    key = reading_key(theatre)
    names = ("raw_hash", "n_items", "finished", "n_reports", "n_repeats")
    return [{name: getattr(f, name) for name in names} | {"reading_key": key, "run_id": run_id} for f in files]


def landed_by(lake: Lake, run_id: str) -> LandedBy:
    """What the run of this name has landed."""
    n = [0, 0, 0]
    for path in lake.files("landed"):
        rows = pq.ParquetFile(path).read().filter(pc.field("run_id") == run_id)
        for i, name in enumerate(("finished", "n_reports", "n_repeats")):
            n[i] += pc.sum(rows[name]).as_py() or 0
    return LandedBy(*n)
