"""What every test stands on: no telemetry, no orchestrator state of one's own, the material beside the project."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# Before anything imports Prefect, which reads these once.
_PREFECT_HOME = Path(tempfile.mkdtemp(prefix="whoheld-prefect-"))
os.environ["DO_NOT_TRACK"] = "1"
os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
os.environ["PREFECT_HOME"] = str(_PREFECT_HOME)
for _name in ("PREFECT_API_URL", "PREFECT_PROFILE", "WHOHELD_HOME", "WHOHELD_THEATRE"):
    os.environ.pop(_name, None)

# The same examples in every run, so that a change is judged by what it changed; `make test-heavy` draws new ones.
settings.register_profile("gate", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(_PREFECT_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real material beside the project (WHOHELD_SHARED); tests that ask for it skip where it is missing."""
    folder = Path(os.environ.get("WHOHELD_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no material at {folder} (set WHOHELD_SHARED to where it lies)")
    return folder
