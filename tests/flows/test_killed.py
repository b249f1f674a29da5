"""The flow as it runs, killed at each of its named steps: the live warehouse stays whole, and the next run goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from flows.pipeline import run_pipeline
from warehouse.ask import query
from warehouse.lake import Lake
from warehouse.writing import read_note

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300), pytest.mark.usefixtures("prefect")]

KILLED = """
import os, signal, sys
from importlib import import_module
from pathlib import Path
module, _, name = sys.argv[1].rpartition(".")
real = getattr(import_module(module), name)
def dies(*given, **named):
    real(*given, **named) if sys.argv[2] == "after" else None
    os.kill(os.getpid(), signal.SIGKILL)
setattr(import_module(module), name, dies)
from flows.pipeline import run_pipeline
run_pipeline([sys.argv[3]], Path(sys.argv[4]), "syria", 1)
"""
STEPS = [
    ("warehouse.intake.write_issues", "after"),
    ("flows.tasks.extract_batch", "before"),
    ("flows.tasks.extract_batch", "after"),
    ("flows.tasks.build", "after"),
    ("flows.tasks.check_built", "after"),
    ("flows.tasks.put_live", "after"),
]


def rows(warehouse: Path) -> dict[str, list[str]]:
    """What is published, without names and times of runs."""
    left_out = {"reports": "exclude (landed_at, run_id)", "claims": "exclude (run_id)", "issues": "exclude (run_id)"}
    names = ("reports", "claims", "events", "control", "issues", "places", "coverage")
    return {n: sorted(map(repr, query(warehouse, f"select * {left_out.get(n, '')} from {n}").rows)) for n in names}


def state(flow_run: str | None) -> str:
    """What Prefect says of a run."""
    said = httpx.get(f"{os.environ['PREFECT_API_URL']}/flow_runs/{flow_run}", trust_env=False).json()
    return str(said["state"]["type"])


def test_a_flow_that_is_killed_at_a_step_leaves_the_old_or_the_new_and_the_next_goes_on(
    inbox: Path, tmp_path: Path
) -> None:
    first, more = sorted(inbox.iterdir())
    later = tmp_path / "later"
    more.rename(later)
    undisturbed, wrong = tmp_path / "undisturbed", []
    run_pipeline([str(inbox)], undisturbed, "syria", 1)
    old = rows(Lake(undisturbed).published)
    for n in range(len(STEPS)):
        shutil.copytree(undisturbed, tmp_path / f"home{n}")
    later.rename(more)
    run_pipeline([str(inbox)], undisturbed, "syria", 1)
    new = rows(Lake(undisturbed).published)
    assert first.exists()
    assert old != new
    for n, (step, when) in enumerate(STEPS):
        lake = Lake(tmp_path / f"home{n}")
        command = [sys.executable, "-c", KILLED, step, when, str(inbox), str(lake.root)]
        done = subprocess.run(command, check=False, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
        live, note = rows(lake.published), read_note(lake.root)
        summary = run_pipeline([str(inbox)], lake.root, "syria", 1)
        fine = (
            done.returncode == -signal.SIGKILL
            and live in (old, new)
            and note is not None
            and summary.run_id == note.run_id
            and summary.landed.n_reports == 1
            and rows(lake.published) == new
            and lake.leftovers() == []
            and read_note(lake.root) is None
            and state(note.flow_run) == "CRASHED"
        )
        wrong += [] if fine else [(step, when, done.returncode, done.stderr[-300:])]
    assert wrong == []
