"""What Prefect remembers of runs does not grow for ever, and does not go on saying that a dead run is at work."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.states import Completed, Running

from flows.past_runs import forget, mark_dead
from flows.pipeline import pipeline
from flows.upkeep import maintenance

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("prefect")]


@flow(name="somebody else's")
def another() -> None:
    """A flow that is none of ours."""


def kept() -> dict[str, Any]:
    """What the server holds, by table; what comes with the runs of other tests included."""
    with httpx.Client(base_url=os.environ["PREFECT_API_URL"], trust_env=False) as client:
        tables = ("flow_runs", "task_runs", "logs", "artifacts", "artifacts/latest")
        return {t: client.post(f"/{t}/filter", json={"limit": 200}).json() for t in tables}


def _once(ready: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What the server holds as soon as it is ``ready``, or after ten seconds: it writes in the background."""
    for _ in range(100):
        now = kept()
        if ready(now):
            return now
        time.sleep(0.1)
    return now


def _all_written(now: dict[str, Any]) -> bool:
    """Whether the server has come to the end of the run of maintenance and of its two tasks."""
    runs = [r for r in now["flow_runs"] if r["name"] == "syria: maintenance"]
    tasks = [t for t in now["task_runs"] if t["flow_run_id"] in {r["id"] for r in runs}]
    logged = [one["message"] for one in now["logs"] if one["flow_run_id"] in {r["id"] for r in runs}]
    return len(tasks) == 2 and {t["state_type"] for t in tasks} == {"COMPLETED"} and "Finished" in str(logged[-1:])


def test_maintenance_removes_old_runs_of_ours_with_all_that_hangs_on_them_and_nothing_else(tmp_path: Path) -> None:
    begun = datetime.now(UTC)
    another()
    maintenance(str(tmp_path / "home"), "syria", keep_days=30)
    before = _once(_all_written)
    ours = {r["id"] for r in before["flow_runs"] if r["name"] == "syria: maintenance"}
    assert ours
    assert {a["flow_run_id"] for a in before["artifacts"]} & ours
    assert {t["flow_run_id"] for t in before["task_runs"]} & ours
    assert forget(begun - timedelta(days=30)) == 0

    _, n_forgotten = maintenance(str(tmp_path / "home"), "syria", keep_days=0)
    assert n_forgotten >= 1
    after = _once(lambda now: not any(run_id in json.dumps(now) for run_id in ours))
    assert not any(run_id in json.dumps(after) for run_id in ours)
    assert [r["name"] for r in after["flow_runs"] if r["name"] == "syria: maintenance"], "the run at work stays"
    assert "maintenance" in {a["key"] for a in after["artifacts/latest"]}
    others = {r["id"] for r in before["flow_runs"] if r["id"] not in ours}
    assert others & {r["id"] for r in after["flow_runs"]}


def test_a_run_whose_process_died_is_said_to_have_crashed_and_one_that_ended_stays_as_it_is() -> None:
    with get_client(sync_client=True) as client:
        died = client.create_flow_run(pipeline, parameters={"paths": ["inbox"]}, state=Running()).id
        ended = client.create_flow_run(pipeline, parameters={"paths": ["inbox"]}, state=Completed()).id
        for flow_run_id in (str(died), str(ended), None, "00000000-0000-0000-0000-000000000000"):
            mark_dead(flow_run_id)
        states = [client.read_flow_run(run_id).state for run_id in (died, ended)]
    assert [state.type.value for state in states if state] == ["CRASHED", "COMPLETED"]
    assert "its process died" in str(states[0] and states[0].message)
