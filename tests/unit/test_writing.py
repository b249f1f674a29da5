"""One writer at a time, across processes; and a run that was interrupted is gone on with, or closed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from configs.errors import Busy, ConfigError
from flows.cli.app import await_turn_to_write, settings_of
from tests.lake_rows import fill, report
from warehouse.lake import FORMAT_VERSION, Lake
from warehouse.writing import NOTE, RunNote, holder, locked, new_note, read_note, writing

NOW = datetime(2026, 1, 2, tzinfo=UTC)
HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from warehouse.writing import new_note, writing
note = new_note(datetime(2026, 1, 2, tzinfo=UTC), "isles", "cfg", "v", ["inbox"])
with writing(Path(sys.argv[1]), note) as run:
    print(run.note.run_id, flush=True)
    time.sleep(float(sys.argv[2]))
"""


def note(at: datetime = NOW, inputs: tuple[str, ...] = ("inbox",)) -> RunNote:
    return new_note(at, "isles", "cfg", "v", inputs)


def other_process(home: Path, seconds: float) -> tuple[subprocess.Popen[str], str]:
    """Another process that writes under ``home``, and the name of its run."""
    command = [sys.executable, "-c", HOLD, str(home), str(seconds)]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())}
    )
    assert child.stdout is not None
    return child, child.stdout.readline().strip()


def test_a_second_process_is_told_who_writes_and_may_wait(tmp_path: Path) -> None:
    child, run_id = other_process(tmp_path, 2.0)
    with pytest.raises(Busy, match=rf"run {run_id} writes here since (.|\n)*process {child.pid}(.|\n)*--wait"):
        writing(tmp_path, note()).__enter__()
    told: list[str] = []
    with writing(tmp_path, note(), wait=60, on_wait=told.append) as run:
        assert child.wait(5) == 0
        assert run.note.run_id != run_id
        assert not run.taken_up
    assert [run_id in words for words in told] == [True]
    assert read_note(tmp_path) is None


def test_the_lock_of_a_process_that_was_killed_is_no_obstacle_and_its_run_is_gone_on_with(tmp_path: Path) -> None:
    child, run_id = other_process(tmp_path, 60.0)
    with pytest.raises(Busy), locked(tmp_path):
        pass
    child.send_signal(signal.SIGKILL)
    child.wait()
    with writing(tmp_path, note(NOW + timedelta(hours=1))) as run:
        assert (run.note.run_id, run.note.started_at, run.taken_up) == (run_id, NOW, True)
        assert run.note.process == os.getpid()
    assert not (tmp_path / NOTE).exists()


def test_two_writers_never_overlap(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from warehouse.writing import locked\n"
        "home = Path(sys.argv[1])\n"
        "for _ in range(20):\n"
        "    with locked(home, 60):\n"
        "        (home / 'inside').mkdir(); time.sleep(0.002); (home / 'inside').rmdir()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    children = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], env=environment) for _ in range(2)]
    assert [child.wait(60) for child in children] == [0, 0]


def _interrupted(home: Path, of: RunNote) -> None:
    with pytest.raises(KeyboardInterrupt), writing(home, of):
        raise KeyboardInterrupt


def test_an_interrupted_run_is_closed_where_another_one_is_asked_for(tmp_path: Path) -> None:
    first = note()
    _interrupted(tmp_path, first)
    assert read_note(tmp_path) == first
    fill(tmp_path, [report("a", "2020-01-01", run_id=first.run_id)], [])
    with writing(tmp_path, note(inputs=("elsewhere",))) as run:
        assert not run.taken_up
        assert run.note.run_id != first.run_id
    [row] = pq.ParquetFile(Lake(tmp_path).files("runs")[0]).read().to_pylist()
    assert (row["run_id"], row["state"], row["inputs"]) == (first.run_id, "interrupted", ["inbox"])


def test_a_run_of_the_day_before_yesterday_is_not_gone_on_with(tmp_path: Path) -> None:
    _interrupted(tmp_path, note(NOW - timedelta(days=2)))
    with writing(tmp_path, note()) as run:
        assert not run.taken_up


def test_a_note_that_cannot_be_read_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / NOTE).write_text('{"run_id": ')
    assert "another process" in holder(tmp_path)
    with writing(tmp_path, note()) as run:
        assert not run.taken_up


def test_whoever_waits_at_the_terminal_is_told_for_whom_before_anything_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_of(tmp_path, wait=0.3)
    await_turn_to_write(settings)
    assert list(tmp_path.iterdir()) == [], "a look makes nothing"
    child, run_id = other_process(tmp_path, 30)
    with pytest.raises(Busy, match=f"run {run_id} writes here since .*\n  to mend it: .* --wait SECONDS"):
        await_turn_to_write(settings)
    child.kill()
    child.wait()
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"whoheld: waiting up to 0.3 s: run {run_id} writes here since 20")
    await_turn_to_write(settings)
    assert capsys.readouterr().err == "", "what a dead process left keeps nobody waiting"


def test_a_lake_of_a_newer_format_is_refused_before_anything_is_started(tmp_path: Path) -> None:
    for version, refused in (("99", True), ("1", False), (FORMAT_VERSION, False)):
        (tmp_path / "format_version").write_text(f"{version}\n")
        with pytest.raises(ConfigError, match="another home folder") if refused else nullcontext():
            await_turn_to_write(settings_of(tmp_path))
