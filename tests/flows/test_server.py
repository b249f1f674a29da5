"""Prefect's own server: started where none is configured, quiet, and gone with whoever started it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from flows import server

pytestmark = pytest.mark.timeout(180)


def test_a_server_named_in_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    assert server.configured_api()


def test_a_server_named_in_the_active_profile_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert not server.configured_api()
    profile = '[profiles.desk]\nPREFECT_API_URL = "http://prefect.example/api"\n[profiles.bare]\n'
    (tmp_path / "profiles.toml").write_text(f'active = "desk"\n{profile}')
    assert server.configured_api()
    (tmp_path / "profiles.toml").write_text(f'active = "bare"\n{profile}')
    assert not server.configured_api()


def test_a_configured_server_is_left_to_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    home = os.environ.get("PREFECT_HOME")
    with server.prefect_for(tmp_path):
        assert os.environ["PREFECT_API_URL"] == "http://prefect.example/api"
        assert os.environ.get("PREFECT_HOME") == home
    assert not (tmp_path / "prefect").exists()


def test_nothing_is_logged_to_the_terminal(tmp_path: Path) -> None:
    config = json.loads(server._logging_config(tmp_path).read_text())
    assert {h["class"] for h in config["handlers"].values()} == {
        "logging.handlers.RotatingFileHandler",
        "prefect.logging.handlers.APILogHandler",
    }


def test_the_server_answers_and_the_environment_is_restored(prefect: Path) -> None:
    assert httpx.get(os.environ["PREFECT_API_URL"] + "/health", trust_env=False).json() is True
    assert (prefect / "prefect" / "prefect.db").exists()


@pytest.mark.slow
def test_the_server_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, time; from pathlib import Path; from flows.server import prefect_for\n"
        f"with prefect_for(Path({str(tmp_path)!r})):\n"
        "    print(os.environ['PREFECT_API_URL'], flush=True); time.sleep(60)"
    )
    environment = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"}
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment)
    assert child.stdout is not None
    address = child.stdout.readline().strip()
    assert httpx.get(address + "/health", trust_env=False).status_code == 200
    child.kill()
    child.communicate()
    for _ in range(100):
        try:
            httpx.get(address + "/health", trust_env=False, timeout=1)
        except httpx.TransportError:
            return
        time.sleep(0.1)
    pytest.fail("the server outlived the process that started it")


def test_a_machine_without_loopback_is_told_so_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "flows.cli"]
    alone = ["unshare", "--user", "--map-root-user", "--net"]
    environment = {k: v for k, v in os.environ.items() if k != "PREFECT_API_URL"} | {
        "WHOHELD_HOME": str(tmp_path / "h")
    }
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("network namespaces cannot be made here")
    (tmp_path / "a.txt").write_text("Rebels captured the town of Saraqib on Monday.")
    run = [*alone, *command, "run", str(tmp_path / "a.txt")]
    done = subprocess.run(run, capture_output=True, text=True, check=False, env=environment)
    assert (done.returncode, done.stdout) == (1, "")
    assert "127.0.0.1 cannot be reached" in done.stderr
    assert "to mend it: bring the loopback interface up" in done.stderr
    looked = subprocess.run([*alone, *command, "doctor"], capture_output=True, text=True, check=False, env=environment)
    assert looked.returncode == 1
    assert "fault   set-up, loopback: 127.0.0.1 cannot be reached" in looked.stdout
