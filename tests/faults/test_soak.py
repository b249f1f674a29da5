"""Fifty scheduled runs over ten feeds that are not well, one in five killed: every good report is there once."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from configs.fetching import load_fetches
from configs.load import load_theatre
from tests.e2e.conftest import ROOT
from tests.faults.soak_run import one_run
from tests.faults.soak_site import FEEDS, Soak
from tests.web_server import Site, serving
from warehouse.lake import Lake, open_lake

RUNS, KILLED_EACH, WHOLE_EACH = 50, 5, 10
MANNERS = "{ pause = 0, timeout = 0.3, tries = 2, retry_pause = 0.01, max_bytes = 300_000 }"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def configure(home: Path, site: Site) -> None:
    tables = (
        f'[fetch.{name}]\nkind = "feed"\naddress = "{site.address}/{name}.xml"\npoliteness = {MANNERS}\n'
        for name in FEEDS
    )
    (home / "sources.toml").write_text("\n".join(tables))


def start(home: Path, n: int) -> subprocess.Popen[bytes] | multiprocessing.process.BaseProcess:
    """A run in a process of its own: every tenth the whole pipeline as it is typed, the others fetching and landing."""
    if n % WHOLE_EACH:
        process = multiprocessing.get_context("forkserver").Process(target=one_run, args=(str(home), n))
        process.start()
        return process
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WHOHELD_"))}
    environment |= {
        "WHOHELD_HOME": str(home),
        "WHOHELD_ALLOW_HOSTS": "127.0.0.1",
        "PYTHONPATH": str(ROOT),
        "DO_NOT_TRACK": "1",
    }
    return subprocess.Popen([sys.executable, "-m", "flows.cli", "run"], env=environment, cwd=home.parent,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip


def ended(process: subprocess.Popen[bytes] | multiprocessing.process.BaseProcess, seconds: float | None) -> int | None:
    """The exit code, None where it still runs after ``seconds``."""
    if isinstance(process, subprocess.Popen):
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
    process.join(seconds)
    return process.exitcode


def reports(lake: Lake) -> list[str]:
    return [
        text
        for path in lake.files("reports")
        for text in pq.ParquetFile(path).read(columns=["text"])["text"].to_pylist()
    ]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_good_report_is_there_once_and_the_numbers_add_up(home: Path) -> None:
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.faults.soak_run"])
    chance, killed = random.Random(6), 0
    with serving() as site:
        soak = Soak(site)
        configure(home, site)
        for n in range(1, RUNS + 1):
            soak.publish(n)
            process = start(home, n)
            if n % KILLED_EACH == 0 and n < RUNS:
                if ended(process, chance.uniform(0.05, 0.7 if n % WHOLE_EACH else 6.0)) is None:
                    os.kill(process.pid or 0, signal.SIGKILL)
                    killed += 1
                ended(process, None)
            else:
                assert ended(process, 120) == 0, f"run {n}"
        soak.well = True
        for n in (RUNS + 1, RUNS + 2, RUNS + WHOLE_EACH):
            assert ended(start(home, n), 120) == 0
    assert killed >= 5, "hardly any run was killed while it was at work"

    lake, texts = open_lake(home), reports(open_lake(home))
    found = {address: sum(f"Mark {mark}." in text for text in texts) for address, mark in soak.stories.items()}
    issues = [row for path in lake.files("issues") for row in pq.ParquetFile(path).read().to_pylist()]
    told = {row["path"] for row in issues}
    assert {address for address, times in found.items() if times > 1} == set(), "landed twice"
    assert {address for address, times in found.items() if times == 0 and address not in told} == set(), "lost"
    landed = {soak.stories[address] for address, times in found.items() if times}
    assert len(texts) == len(landed), "a report that nobody published"
    assert len(soak.stories) - 4 * (RUNS // 5) == len(landed) + sum(times == 0 for times in found.values())
    hostile = {row["kind"] for row in issues if "/hostile/" in str(row["path"])}
    assert hostile == {"refused_address", "too_large", "bomb", "no_text"}
    assert all("/layout/" in address for address, times in found.items() if not times)

    assert list((home / "fetched").glob("*/*")) == []
    assert not [path for path in home.rglob("*") if "unfinished" in path.name]
    assert len(load_fetches("syria", load_theatre("syria"), home)) == len(FEEDS) == 10
    with duckdb.connect(str(lake.published), read_only=True) as con:
        assert con.execute("select count(*), count(distinct report_id) from reports").fetchone() == (len(texts),) * 2
