"""The command line as a person meets it: another process, a terminal's environment, the shipped sample."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "deir_ez_zor"
Whoheld = Callable[..., "subprocess.CompletedProcess[str]"]


def whoheld(*words: str | Path, home: Path, stdin: str | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one command with ``home`` as its home folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WHOHELD_"))}
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, words)],
        env={**kept, "WHOHELD_HOME": str(home), "PYTHONPATH": str(ROOT), **env},
        input=stdin, capture_output=True, text=True, check=False, timeout=170, cwd=home.parent,
    )  # fmt: skip


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which the sample has been run once."""
    folder = tmp_path_factory.mktemp("e2e") / "home"
    done = whoheld("run", SAMPLE, home=folder)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    (folder.parent / "first.txt").write_text(done.stdout)
    return folder
