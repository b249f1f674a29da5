"""README says what is true: its answers, its Python, its example of a theatre."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import ROOT, whoheld
from tests.e2e.readme import README, answers, blocks, command, rewritten, settled

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


def test_the_files_it_speaks_of_are_there() -> None:
    for name in ("CHANGELOG.md", "LICENSE", "NOTICE", "samples/README.md", "prefect.yaml", "configs/model.py"):
        assert name in TEXT, name
        assert (ROOT / name).exists(), name
