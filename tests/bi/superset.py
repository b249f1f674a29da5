"""Apache Superset for one test: an environment of its own, since its pins and ours exclude each other, a database of
its own, an import of the dashboard, a server, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ENVIRONMENT = Path(sys.prefix) / "superset"
"""Made once, a gigabyte, and kept; remove it to have it made anew."""
NEEDED = (
    "apache-superset>=6.1,<6.2", "flask-caching<2.4", "cachetools", "rich", "duckdb>=1.5,<1.6",
    "duckdb-engine>=0.17,<0.18",
)  # fmt: skip
NAME = PASSWORD = "analyst"
CHROMIUM = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def environment() -> Path:
    """The folder with Superset's programs; installed where they are not there yet."""
    programs = ENVIRONMENT / "bin"
    if not (programs / "superset").exists():
        uv = Path(sys.prefix) / "bin" / "uv"
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, ENVIRONMENT], check=True)
        subprocess.run([uv, "pip", "install", "--quiet", "--python", programs / "python", *NEEDED], check=True)
    return programs


@contextmanager
def superset(folder: Path, bundle: Path) -> Iterator[str]:
    """The address of a server that has imported ``bundle``, for as long as the block lasts."""
    programs = environment()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = folder / "superset_config.py"
    settings.write_text(
        f"SECRET_KEY = {'x' * 42!r}\nSQLALCHEMY_DATABASE_URI = 'sqlite:///{folder}/superset.db'\n"
        "WTF_CSRF_ENABLED = False\nTALISMAN_ENABLED = False\n"
    )
    env = {**os.environ, "SUPERSET_CONFIG_PATH": str(settings), "SUPERSET_HOME": str(folder), "FLASK_APP": "superset"}
    env.pop("PYTHONPATH", None)
    person = ["--username", NAME, "--password", PASSWORD, "--firstname", "A", "--lastname", "B"]
    log = folder / "superset.log"
    with log.open("wb") as out:
        for words in (
            ["db", "upgrade"],
            ["fab", "create-admin", *person, "--email", "a@desk.example"],
            ["init"],
            ["import-dashboards", "--path", str(bundle), "--username", NAME],
        ):
            done = subprocess.run([programs / "superset", *words], env=env, stdout=out, stderr=out, check=False)
            assert done.returncode == 0, (words, log.read_text()[-3000:])
        server = subprocess.Popen([programs / "superset", "run", "-p", str(port)], env=env, stdout=out, stderr=out)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/health", server)
            yield address
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise AssertionError(f"no answer from {address}")


@dataclass
class Dashboard:
    """The page in a browser: what its charts were answered, by their names, newest last."""

    page: Any
    names: dict[int, str] = field(default_factory=dict)
    answers: dict[str, list[list[dict[str, Any]]]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def hear(self, response: Any) -> None:
        """Take down what a chart was answered."""
        if "/api/v1/chart/data" not in response.url:
            return
        form = response.request.post_data_json["form_data"]
        name = self.names.get(form.get("slice_id"))
        if response.status != 200:
            self.faults.append(f"{name}: {response.status} {response.text()[:500]}")
        elif name:
            self.answers.setdefault(name, []).append(response.json()["result"][0]["data"])

    def wait_for(self, n_answers: int) -> None:
        """Until each chart was answered so often, and a moment more for the drawing."""
        until = time.monotonic() + 180
        while time.monotonic() < until and not self.faults:
            if len(self.answers) == len(self.names) and all(len(a) >= n_answers for a in self.answers.values()):
                self.page.wait_for_timeout(3000)
                return
            self.page.wait_for_timeout(300)
        raise AssertionError(f"{self.faults or {name: len(a) for name, a in self.answers.items()}}")


@contextmanager
def opened(address: str, slug: str) -> Iterator[Dashboard]:
    """The dashboard in Chromium, each chart of it answered once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        page = browser.new_page(viewport={"width": 1500, "height": 2000})
        page.set_default_timeout(90_000)
        page.goto(f"{address}/login/")
        page.fill("input[name=username], #username", NAME)
        page.fill("input[name=password], #password", PASSWORD)
        page.click("button[type=submit], input[type=submit]")
        page.wait_for_url("**/superset/welcome/**")
        charts = page.request.get(f"{address}/api/v1/dashboard/{slug}/charts").json()["result"]
        shown = Dashboard(page, {chart["id"]: chart["slice_name"] for chart in charts})
        page.on("response", shown.hear)
        page.goto(f"{address}/superset/dashboard/{slug}/")
        shown.wait_for(1)
        yield shown
        browser.close()
