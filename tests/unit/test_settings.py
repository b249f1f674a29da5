"""What a user may set."""

from __future__ import annotations

from pathlib import Path

import pytest

from configs.errors import ConfigError
from configs.settings import load_settings, usable_cores


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "THEATRE", "WORKERS"):
        monkeypatch.delenv(f"WHOHELD_{name}", raising=False)


def test_nothing_has_to_be_set() -> None:
    settings = load_settings()
    assert (settings.home, settings.theatre, settings.workers) == (Path("whoheld-data"), "syria", usable_cores())


def test_the_environment_sets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHELD_HOME", "/data")
    monkeypatch.setenv("WHOHELD_WORKERS", "3")
    assert (load_settings().home, load_settings().workers) == (Path("/data"), 3)


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHELD_WORKERS", "many")
    with pytest.raises(ConfigError, match="WHOHELD_WORKERS: 'many'"):
        load_settings()
