"""What runs when: the same in one process and on a work pool, at the same hour when clocks change."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest
import yaml
from prefect.server.schemas.schedules import CronSchedule

from configs.errors import WhoheldError
from flows.schedules import PLANS, check_timezone, deployments

ROOT = Path(__file__).resolve().parents[2]


def test_the_work_pool_has_the_schedule_that_serve_has() -> None:
    said = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    in_pool = {
        d["name"]: (d["entrypoint"], d["schedules"][0]["cron"], d["description"], d["parameters"].get("sources"))
        for d in said
    }
    assert in_pool == {
        p.name: (
            f"{p.entrypoint.rpartition('.')[0].replace('.', '/')}.py:{p.entrypoint.rpartition('.')[2]}",
            p.cron, p.description, p.parameters.get("sources"),
        )
        for p in PLANS
    }  # fmt: skip
    assert all(len(d["schedules"]) == 1 and d["concurrency_limit"] == 1 for d in said)


def _due(name: str, zone: str, start: datetime, end: datetime) -> list[datetime]:
    (made,) = [d for d in deployments(Path("home"), "syria", zone) if d.name == name]
    said = made.schedules[0].schedule
    as_served = CronSchedule(cron=said.cron, timezone=said.timezone, day_or=said.day_or)
    return asyncio.run(as_served.get_dates(100, start=start, end=end))


@pytest.mark.parametrize(("day", "hours"), [("2027-03-28", 23), ("2027-10-31", 25), ("2027-06-01", 24)])
@pytest.mark.parametrize("zone", ["Europe/Berlin"])
def test_when_clocks_change_the_night_has_one_check_and_every_half_hour_its_run(
    day: str, hours: int, zone: str
) -> None:
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    end = datetime.fromtimestamp(start.timestamp() + hours * 3600 - 1, ZoneInfo(zone))
    assert [d.astimezone(ZoneInfo(zone)).strftime("%H:%M") for d in _due("nightly", zone, start, end)] == ["04:15"]
    instants = [d.astimezone(UTC) for d in _due("live", zone, start, end)]
    assert len(set(instants)) == len(instants)
    gaps = {(b - a).total_seconds() for a, b in pairwise(instants)}
    assert gaps == {1800.0}


def test_a_time_zone_that_is_none_is_told_in_words() -> None:
    assert check_timezone("Europe/Berlin") == "Europe/Berlin"
    with pytest.raises(WhoheldError, match="name one as Europe/Berlin"):
        check_timezone("Mars/Olympus")


def _served(home: Path, port: int) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WHOHELD_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "serve", "--home", str(home), "--port", str(port)],
        env={**environment, "PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1"}, cwd=home.parent, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_serve_runs_what_is_due_shows_it_and_ends_when_told(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "home" / "inbox"
    inbox.mkdir(parents=True)
    (home / "sources.toml").write_text('[fetch.inbox]\nkind = "folder"\npath = "inbox"\n')
    (inbox / "2017-09-08_bridge.txt").write_text("The Syrian Democratic Forces captured Raqqa on Thursday.")
    os.utime(inbox / "2017-09-08_bridge.txt", (1.5e9, 1.5e9))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = _served(home, port)
    try:
        assert server.stdout is not None
        said = [server.stdout.readline() for _ in range(len(PLANS) + 1)]
        assert f"http://127.0.0.1:{port}" in said[-1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/api", trust_env=False, timeout=30) as client:
            runs = {name: _run(client, name) for name in ("live", "nightly", "weekly")}
            artifacts = {a["key"] for a in client.post("/artifacts/filter", json={}).json()}
            automations = {a["name"] for a in client.post("/automations/filter", json={}).json()}
            pages = httpx.get(f"http://127.0.0.1:{port}/", trust_env=False, follow_redirects=True).text
    finally:
        server.send_signal(signal.SIGINT)
        try:
            out, err = server.communicate(timeout=60)
        finally:
            server.kill()
    assert {name: run["state"]["type"] for name, run in runs.items()} == dict.fromkeys(runs, "COMPLETED")
    assert runs["live"]["name"] == "syria: the sources"
    assert {"live", "theatre:syria"} <= set(runs["live"]["tags"])
    assert {"run-summary", "sources", "lake", "maintenance"} <= artifacts
    assert automations == {"whoheld: a run failed", "whoheld: a source fell silent"}
    assert "<title>" in pages
    assert (home / "published" / "warehouse.duckdb").exists()
    assert "Traceback" not in out + err


def _run(client: httpx.Client, deployment: str) -> dict[str, object]:
    """Run a deployment now, and wait for its end."""
    wanted = {"deployments": {"name": {"any_": [deployment]}}}
    for _ in range(100):
        if found := client.post("/deployments/filter", json=wanted).json():
            break
        time.sleep(0.3)
    for _ in range(20):  # a busy server answers that its database is locked
        created = client.post(f"/deployments/{found[0]['id']}/create_flow_run", json={})
        if created.is_success:
            break
        time.sleep(0.5)
    run_id = created.raise_for_status().json()["id"]
    for _ in range(300):
        answer = client.get(f"/flow_runs/{run_id}")
        if answer.is_success and answer.json()["state"]["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED"):
            break
        time.sleep(0.3)
    run = answer.raise_for_status().json()
    assert isinstance(run, dict)
    return run
