"""Whether lake and warehouse are sound: each promise looked at, with what was found and what to do about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from configs.errors import Busy, ChecksFailed, WhoheldError
from transforms.tables import LAKE_TABLES
from warehouse.ask import connect
from warehouse.build import Built
from warehouse.checks import check_built
from warehouse.lake import FORMAT_VERSION, Lake, open_lake, unfinished_name
from warehouse.landing import CHUNK, raw_file
from warehouse.publish import up_to_date
from warehouse.upgrade import older_format
from warehouse.writing import LOCK, holder, locked, read_note

SHOWN = 3
SCARCE = 1 << 30
"""Bytes free below which the next run may fail: a build needs as much again as the published file."""
State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: ``mend`` says what to do where it is not in order."""

    area: str
    name: str
    state: State
    found: str
    mend: str = ""


def disk_checks(home: Path) -> Iterator[Check]:
    """Room and rights under ``home``, or where it would be made."""
    folder = next(p for p in (home.absolute(), *home.absolute().parents) if p.exists())
    free = shutil.disk_usage(folder).free
    published = Lake(home).published
    needed = max(SCARCE, 2 * published.stat().st_size if published.exists() else 0)
    state: State = "ok" if free >= needed else "fault" if free < needed // 10 else "warning"
    yield Check(
        "set-up", "disk space", state, f"{_size(free)} free under {folder}",
        "" if state == "ok" else f"make room: a run here wants {_size(needed)}",
    )  # fmt: skip
    probe = unfinished_name(folder / "probe")
    try:
        probe.write_bytes(b"x")
        probe.unlink()
        yield Check("set-up", "write rights", "ok", f"{folder} can be written")
    except OSError as error:
        probe.unlink(missing_ok=True)
        yield Check(
            "set-up", "write rights", "fault", f"{folder}: {error.strerror}",
            "let this user write there, or choose another folder by --home",
        )  # fmt: skip


def lake_checks(home: Path, deep: bool = False) -> Iterator[Check]:
    """The lake under ``home``: version, files, groups, raw bytes (their hashes, too, where ``deep``), runs."""
    if not (home / "format_version").exists() and not (home / "lake").exists():
        yield Check("lake", "lake", "ok", f"none at {home} yet; `whoheld run PATH` makes one")
        return
    if older := older_format(home):
        found = f"format {older}, of an older version; what is published can be asked as it is"
        mend = f"whoheld run: it brings the lake to format {FORMAT_VERSION} in place (older versions then refuse it)"
        yield Check("lake", "format", "warning", found, mend)
        return
    try:
        lake = open_lake(home)
    except WhoheldError as error:
        said, _, mend = str(error).partition("\n  to mend it: ")
        yield Check("lake", "format", "fault", said, mend)
        return
    yield Check("lake", "format", "ok", f"format {FORMAT_VERSION}")
    yield from _run_under_way(lake)
    broken, n_files = _broken_files(lake)
    yield _check(
        "lake", "files", broken, f"{n_files:,} files keep the contract of their tables",
        "move the file away; claims are read again by the next run, reports when their input is given again",
    )  # fmt: skip
    if broken:
        return
    yield _check(
        "lake", "orphans", _orphans(lake), "every batch of claims has its reports",
        "remove these files: nothing they rest on is there", "warning",
    )  # fmt: skip
    yield _check(
        "lake", "raw bytes", list(_raw_faults(lake, deep)),
        "the bytes of every report are kept" + (", unchanged" if deep else ""),
        "restore raw/ from a copy, or give the input again", "fault",
    )  # fmt: skip


def _run_under_way(lake: Lake) -> Iterator[Check]:
    try:
        busy = False
        if (lake.root / LOCK).exists():
            with locked(lake.root):
                pass
    except (Busy, OSError):
        busy = True
    note = read_note(lake.root)
    left = len(lake.leftovers()) + len(list(lake.tables.glob(".*.intent")))
    if busy:
        yield Check("lake", "run", "ok", holder(lake.root))
    elif note is not None or left:
        what = f"run {note.run_id} did not end" if note else f"a run did not end and left {left} files"
        inputs = " ".join(note.inputs) if note else ""
        again = f"run it again, and it goes on: whoheld run {inputs}".rstrip()
        # Maintenance and backfill are noted in brackets: what they have not done they do when begun again.
        yield Check("lake", "run", "warning", what, "whoheld run" if inputs.startswith("(") else again)
    else:
        yield Check("lake", "run", "ok", "no run is under way, none was interrupted")


def _broken_files(lake: Lake) -> tuple[list[str], int]:
    broken, n = [], 0
    for name, table in LAKE_TABLES.items():
        for path in lake.files(name):
            n += 1
            try:
                if not pq.read_schema(path).equals(table.schema):
                    broken.append(f"{path.relative_to(lake.root)}: other columns than the contract of {name}")
            except (pa.ArrowException, OSError) as error:
                broken.append(f"{path.relative_to(lake.root)}: {str(error).splitlines()[0]}")
    return broken, n


def _orphans(lake: Lake) -> list[str]:
    reports = {path.stem for path in lake.files("reports")}
    read = [p for name in ("claims", "places_found", "issues") for p in lake.files(name)]
    return [
        str(p.relative_to(lake.root)) for p in read if p.parent.name.startswith("config=") and p.stem not in reports
    ]


def _raw_faults(lake: Lake, deep: bool) -> Iterator[str]:
    from hashlib import sha256

    for raw_hash in sorted(lake.known_raw_hashes()):
        path = raw_file(lake.raw, raw_hash)
        if not path.exists():
            yield f"{path.relative_to(lake.root)} is missing"
        elif deep:
            digest = sha256()
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    digest.update(chunk)
            if digest.hexdigest() != raw_hash:
                yield f"{path.relative_to(lake.root)} is not what was landed"


def warehouse_checks(home: Path, config_hash: str, now: datetime, fed: bool) -> Iterator[Check]:
    """The published warehouse: opens, keeps its promises, is built from this lake; where it is ``fed`` by sources, its
    age counts."""
    lake = Lake(home)
    if not lake.published.exists():
        if lake.files("reports"):
            yield Check("warehouse", "file", "fault", "there is a lake and no warehouse", "whoheld run")
        return
    try:
        connect(lake.published).close()
    except WhoheldError as error:
        said, _, mend = str(error).partition("\n  to mend it: ")
        yield Check("warehouse", "file", "fault", said, mend)
        return
    age = now - datetime.fromtimestamp(lake.published.stat().st_mtime, UTC)
    stale = fed and age > timedelta(days=2)
    yield Check(
        "warehouse", "file", "warning" if stale else "ok", f"opens; published {_ago(age)}",
        "see whether the schedule runs: whoheld serve" if stale else "",
    )  # fmt: skip
    if not up_to_date(lake, config_hash):
        yield Check("warehouse", "content", "warning", "built from another lake, knowledge or version", "whoheld run")
    else:
        yield Check("warehouse", "content", "ok", "built from all that is in the lake, with the present knowledge")
    try:
        for finding in check_built(lake, Built(lake.published, "", {})):
            yield Check("warehouse", finding.check, "warning", f"{finding.promise} Broken by {finding.n_rows} rows.")
        yield Check("warehouse", "promises", "ok", "every check passes that a publication must pass")
    except ChecksFailed as error:
        yield Check("warehouse", "promises", "fault", str(error).partition("\n")[2], "whoheld run, and report it")
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        yield Check("warehouse", "promises", "fault", f"cannot be checked: {said}", "see the files of the lake first")


def _check(area: str, name: str, faults: list[str], fine: str, mend: str, state: State = "fault") -> Check:
    if not faults:
        return Check(area, name, "ok", fine)
    more = f"; and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
    return Check(area, name, state, "; ".join(faults[:SHOWN]) + more, mend)


def _size(n: float) -> str:
    return f"{n / 1e9:,.1f} GB" if n >= 1e9 else f"{n / 1e6:,.0f} MB"


def _ago(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return "in the last hour" if hours < 1 else f"{hours:.0f} hours ago" if hours < 48 else f"{age.days} days ago"
