"""What TOOLS.md tells people to type works."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from tests.bi.drivers import NEEDED
from tests.e2e.readme import blocks
from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse.publish import refresh

PAGE = Path(__file__).parents[2] / "warehouse" / "TOOLS.md"
PYTHON = [block.body for block in blocks(PAGE.read_text(encoding="utf-8")) if block.info == "python"]


@pytest.mark.parametrize("code", PYTHON, ids=["duckdb", "sqlalchemy", "adbc"])
def test_python_runs_as_it_is_pasted(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if missing := [module for module in NEEDED if importlib.util.find_spec(module) is None]:
        pytest.skip(f"without {missing}")
    rows = [report("a", "2017-09-05"), report("b", "2017-10-10")]
    lake = fill(
        tmp_path / "whoheld-data", rows, [claim(rows[0], "capture", "south"), claim(rows[1], "capture", "north")]
    )
    refresh(lake, THEATRE, CONFIG)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code, names)
    if "rows" in names:
        assert [tuple(row)[2] for row in names["rows"]] == ["North"]
    else:
        assert len(names["frame"]) == 1
