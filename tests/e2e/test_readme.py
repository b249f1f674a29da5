"""README says what is true: its answers, its Python, its example of a theatre."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from configs.fetching import load_fetches
from configs.load import load_theatre
from configs.settings import Settings
from flows.sources.rounds import fetch_round
from tests.e2e.conftest import ROOT, whoheld
from tests.e2e.readme import README, answers, blocks, command, rewritten, settled
from tests.web_server import gives, serving
from tests.web_stubs import page, response, rss
from warehouse.intake import take_in
from warehouse.lake import open_lake
from warehouse.landing import InputFile

pytestmark = pytest.mark.timeout(240)
TEXT = README.read_text(encoding="utf-8")


def test_each_answer_is_what_the_command_prints(home: Path) -> None:
    """To write them anew: make readme."""
    shown = answers(TEXT, home)
    assert sum(str(command(block)).startswith("whoheld sql") for block in shown) >= 5
    for block, now in shown.items():
        assert settled(block.body) == settled(now), "README.md is out of date; to mend it: make readme"


def test_stale_answers_are_written_anew_and_nothing_else(home: Path) -> None:
    stale = TEXT.replace("Contested: isis", "Held by the moon")
    assert stale != TEXT
    fresh = rewritten(stale, home)
    assert settled(fresh) == settled(TEXT)
    assert rewritten(fresh, home) == fresh


def test_the_macros_are_all_shown() -> None:
    shown = "".join(str(command(block)) for block in blocks(TEXT))
    for macro in ("control_on", "control_as_known", "changes_between", "claims_about"):
        assert f"{macro}(" in shown, macro


def test_the_python_runs_as_it_stands(home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "whoheld-data").symlink_to(home)
    monkeypatch.chdir(tmp_path)
    scripts = [block.body for block in blocks(TEXT) if block.info == "python"]
    assert scripts
    for script in scripts:
        exec(script, {})


def test_the_example_of_a_theatre_reads_a_report(tmp_path: Path) -> None:
    files = [block for block in blocks(TEXT) if "/" in block.info]
    for block in files:
        file = tmp_path / block.info.split()[1]
        file.parent.mkdir(exist_ok=True)
        file.write_text(block.body, encoding="utf-8")
    assert {Path(b.info.split()[1]).name for b in files} == {
        "theatre.toml",
        "actors.toml",
        "places.csv",
        "sources.toml",
    }
    (folder,) = tmp_path.iterdir()
    text = "The Sudanese army captured Wad Medani from the RSF on Saturday."
    line = json.dumps({"date": "2025-01-12", "source": "nile-dispatch.example", "text": text})
    done = whoheld("extract", "--theatre", folder, "-", home=tmp_path / "none" / "home", stdin=line, cwd=tmp_path)
    (event,) = json.loads(done.stdout)["events"]
    assert (event["place_canonical"], event["actor"], event["opponent"]) == ("Wad Madani", "army", "rsf")


def test_the_example_of_sources_is_read_and_what_it_fetches_lands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = [block.body for block in blocks(TEXT) if block.body.startswith("[fetch.")]
    with serving() as site:
        article = page(
            "Kafr Nabl", "Rebels captured the village of Kafr Nabl on Monday, residents said. It is quiet now."
        )
        site.pages |= {
            "/rss": gives(rss(("A", "/a", "05 Sep 2017", "")), "application/rss+xml"),
            "/feed": gives(rss(("B", "/b", "05 Sep 2017", "Rebels lost the town of Maskanah on Monday.")), "text/xml"),
            "/2017/crawl.warc.gz": gives(
                response("https://c.example/c", article.replace("Kafr Nabl", "Saraqib").encode())
            ),
            "/a": gives(article),
        }
        (tmp_path / "inbox").mkdir()
        (tmp_path / "inbox" / "2017-09-05_d.txt").write_text(
            "Rebels captured the town of Idlib on Monday, residents said."
        )
        here = re.sub(r"https://\w+\.example", site.address, example).replace("pause = 5", "pause = 0")
        (tmp_path / "sources.toml").write_text(here, encoding="utf-8")
        fetches = load_fetches("syria", load_theatre("syria"), tmp_path)
        lake, now = open_lake(tmp_path), datetime(2017, 9, 10, tzinfo=UTC)
        monkeypatch.setenv("DESK_KEY", "s3cret")
        brought = fetch_round(lake, fetches, Settings(allow_hosts="127.0.0.1"), "r", now)
    files = [InputFile(name, Path(path), outlet=outlet) for name, path, outlet in brought.inputs]
    assert {health.name: health.status for health in brought.health} == dict.fromkeys(
        ("archive", "desk", "inbox", "wire"), "news"
    )
    assert take_in(lake, load_theatre("syria"), files, "r", now).n_reports == 4
    assert "/feed?key=s3cret" in site.times_asked


def test_the_files_it_speaks_of_are_there() -> None:
    for name in ("CHANGELOG.md", "LICENSE", "NOTICE", "samples/README.md", "prefect.yaml", "configs/model.py"):
        assert name in TEXT, name
        assert (ROOT / name).exists(), name
