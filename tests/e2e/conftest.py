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


def whoheld(
    *words: str | Path, home: Path, stdin: str | None = None, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run one command with ``home`` as its home folder, in ``cwd`` or beside it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WHOHELD_"))}
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", *map(str, words)],
        env={**kept, "WHOHELD_HOME": str(home), "PYTHONPATH": str(ROOT), **env},
        input=stdin, capture_output=True, text=True, check=False, timeout=170, cwd=cwd or home.parent,
    )  # fmt: skip


def run_sample(folder: Path) -> Path:
    """Run the sample by the path that the README gives; the home is in ``folder``, what was printed in first.txt."""
    home = folder / "home"
    done = whoheld("run", SAMPLE.relative_to(ROOT), home=home, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    (folder / "first.txt").write_text(done.stdout)
    return home


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder in which the sample has been run once."""
    return run_sample(tmp_path_factory.mktemp("e2e"))
