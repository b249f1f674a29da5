"""Who writes: one process at a time, by a lock that the system lets go of when its holder dies, and a note of the run
under way, by which the next one knows what was interrupted and goes on with it."""

from __future__ import annotations

import fcntl
import json
import os
import platform
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from configs.errors import Busy
from transforms.tables import RUNS
from warehouse.lake import Lake, open_lake, write_text
from warehouse.ledger import landed_by
from warehouse.upgrade import upgrade

LOCK, NOTE = "lock", "run.json"
_POLL = 0.2
TAKEN_UP_WITHIN = timedelta(days=1)
"""Age up to which an interrupted run is gone on with; an older one is closed, and another begins."""


@dataclass(frozen=True, slots=True)
class RunNote:
    """The run under way: its name, its begin, what it was asked for, and the process that works on it."""

    run_id: str
    started_at: datetime
    theatre: str
    config_hash: str
    code_version: str
    inputs: tuple[str, ...]
    process: int
    host: str
    flow_run: str | None = None
    """What the orchestrator calls it."""

    def same_as(self, other: RunNote) -> bool:
        """Whether both were asked for the same, with the same knowledge, at about the same time."""
        asked = [(n.theatre, n.config_hash, n.inputs) for n in (self, other)]
        return asked[0] == asked[1] and abs(self.started_at - other.started_at) <= TAKEN_UP_WITHIN


@dataclass(frozen=True, slots=True)
class Writing:
    """The right to write, for as long as the block lasts. ``taken_up`` tells that the run was begun by a process that
    died or failed: it keeps its name and its begin, so that it ends in what it would have ended in. ``before`` is the
    note that such a run left, whether it was asked for the same or not."""

    lake: Lake
    note: RunNote
    taken_up: bool
    before: RunNote | None = None


def new_note(
    now: datetime, theatre: str, config_hash: str, code_version: str, inputs: Sequence[str], flow_run: str | None = None
) -> RunNote:
    """The note of a run that begins ``now`` in this process."""
    run_id = f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    here = os.getpid(), platform.node()
    return RunNote(run_id, now, theatre, config_hash, code_version, tuple(inputs), *here, flow_run)


@contextmanager
def locked(home: Path, wait: float = 0.0, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Within this block no other process writes under ``home``. Readers are never kept out.

    Waits up to ``wait`` seconds; ``on_wait`` is told once who is waited for. Raises Busy. The lock is the system's own
    (flock): it ends with its holder, however that ends, so a lock file that lies about is no obstacle.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = os.open(home / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _taken(lock):
            if wait > 0 and on_wait:
                on_wait(holder(home))
            until = time.monotonic() + wait
            while not _taken(lock):
                if time.monotonic() >= until:
                    raise Busy(
                        f"{home}: {holder(home)}, and two may not write at once\n  to mend it: run it again when that "
                        "one has ended, or wait longer for it: --wait SECONDS"
                    )
                time.sleep(_POLL)
        yield
    finally:
        os.close(lock)


def await_turn(home: Path, wait: float = 0.0, on_wait: Callable[[str], None] | None = None) -> None:
    """Return once nobody writes under ``home``, so that nothing is started in vain; the lock is still to be taken.

    Nothing is made where there is no lock file. Raises Busy after ``wait`` seconds.
    """
    if (home / LOCK).exists():
        with locked(home, wait, on_wait):
            pass


def _taken(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def writing(
    home: Path, note: RunNote, wait: float = 0.0, on_wait: Callable[[str], None] | None = None
) -> Iterator[Writing]:
    """The lake under ``home``, for a run that alone writes to it: upgraded, rid of what dead writers left half done.

    A run that was interrupted and asked for the same is taken up; another is closed with a row of its own in ``runs``.
    The note goes when the block ends well. Raises Busy, ConfigError, OSError.
    """
    with locked(home, wait, on_wait):
        upgrade(home)
        lake = open_lake(home)
        lake.take_back_half_written()
        lake.clean()
        before = read_note(home)
        taken_up = before is not None and note.same_as(before)
        if before is not None and taken_up:
            note = replace(note, run_id=before.run_id, started_at=before.started_at)
        elif before is not None:
            close_interrupted(lake, before, note.started_at)
        _write_note(home, note)
        yield Writing(lake, note, taken_up, before)
        (home / NOTE).unlink(missing_ok=True)


def read_note(home: Path) -> RunNote | None:
    """The run that is under way or was interrupted, None where there is none (or nothing that can be read)."""
    try:
        values = json.loads((home / NOTE).read_text(encoding="utf-8"))
        begun = datetime.fromisoformat(values.pop("started_at"))
        return RunNote(**{**values, "inputs": tuple(values["inputs"]), "started_at": begun})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def holder(home: Path) -> str:
    """Who is writing, in words."""
    note = read_note(home)
    if note is None:
        return "another process is writing here"
    begun = note.started_at.astimezone()
    return f"run {note.run_id} writes here since {begun:%Y-%m-%d %H:%M:%S %Z} (process {note.process} on {note.host})"


def close_interrupted(lake: Lake, note: RunNote, now: datetime) -> None:
    """Write the row of a run that will not be gone on with, unless it has one: its reports and claims name it."""
    if (lake.tables / RUNS.name / f"{note.run_id}.parquet").exists():
        return
    landed = landed_by(lake, note.run_id)
    row = {
        "run_id": note.run_id, "started_at": note.started_at, "finished_at": now, "code_version": note.code_version,
        "config_hash": note.config_hash, "theatre": note.theatre, "inputs": list(note.inputs),
        "n_files": landed.n_finished, "n_reports": landed.n_reports, "n_repeats": landed.n_repeats,
        "n_claims": lake.count("claims", note.run_id), "n_issues": lake.count("issues", note.run_id),
        "state": "interrupted",
    }  # fmt: skip
    lake.write_batch(RUNS, [row], {}, note.run_id)


def _write_note(home: Path, note: RunNote) -> None:
    values = {**asdict(note), "started_at": note.started_at.isoformat()}
    write_text(home / NOTE, json.dumps(values, indent=1))
