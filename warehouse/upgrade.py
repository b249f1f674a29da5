"""From a lake of an older format to the present one, in place; a newer one is left alone and refused elsewhere.

Each step may be killed anywhere and begun again: what is done already is left as it is, and the version is raised last.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.tables import LANDED, RUNS
from warehouse.lake import FORMAT_VERSION, Lake, open_lake, write_text


def upgrade(home: Path) -> tuple[str, ...]:
    """Bring the lake under ``home`` to the present format; returns the versions that it went through. Only for whoever
    holds the lock. A lake that is not there, of the present format or of an unknown one is left as it is."""
    marker, went = home / "format_version", []
    while marker.exists():
        version = marker.read_text(errors="replace").strip()
        if version == FORMAT_VERSION or version not in _STEPS:
            break
        after, step = _STEPS[version]
        step(Lake(home))
        write_text(marker, after + "\n")
        went.append(after)
    return tuple(went)


def older_format(home: Path) -> str | None:
    """The format of a lake that the next run upgrades; None where there is no lake, or one of another format."""
    marker = home / "format_version"
    version = marker.read_text(errors="replace").strip() if marker.exists() else ""
    return version if version in _STEPS else None


def check_format(home: Path) -> None:
    """Raises ConfigError where the lake under ``home`` is of a format that no run can write; nothing is made."""
    if (home / "format_version").exists() and older_format(home) is None:
        open_lake(home)


def _from_1(lake: Lake) -> None:
    """Runs get a state; which files were landed moves out of a text file into a table of its own."""
    for path in lake.files(RUNS.name):
        rows = pq.ParquetFile(path).read().to_pylist()
        lake.write_batch(RUNS, [{"state": "completed", **row} for row in rows], {}, path.stem)
    ledger = lake.raw / "landed.txt"
    if ledger.exists():
        lines = (line.split() for line in ledger.read_text(errors="replace").splitlines())
        done = {(row[0], row[1]) for row in lines if len(row) == 2 and len(row[0]) == 64}
        zero = {"n_items": 0, "finished": True, "n_reports": 0, "n_repeats": 0, "run_id": "before format 2"}
        rows = [{"raw_hash": raw_hash, "reading_key": key, **zero} for raw_hash, key in sorted(done)]
        lake.write_batch(LANDED, pa.Table.from_pylist(rows, schema=LANDED.schema), {}, "before-format-2")
        ledger.unlink()


_STEPS: dict[str, tuple[str, Callable[[Lake], None]]] = {"1": ("2", _from_1)}
"""By the version that a lake has: the one that it gets, and how."""
