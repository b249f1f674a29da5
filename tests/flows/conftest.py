"""One real Prefect server for all tests of flows: the one that `whoheld run` starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

ARTICLES = {
    "2017-09-06_palms.txt": "Government troops captured the town of Mayadin from the Islamic State on Tuesday.",
    "2017-09-08_bridge.txt": "The Syrian Democratic Forces took control of Raqqa from Islamic State on Thursday.",
}


@pytest.fixture(scope="session")
def prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home folder of the session's server."""
    from flows.server import prefect_for

    home = tmp_path_factory.mktemp("server")
    with prefect_for(home):
        yield home


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with two reports of two days."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
