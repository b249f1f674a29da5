"""The dashboard for Apache Superset: its bundle fits the warehouse, and what it shows is what SQL says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.bi.superset import opened, superset
from tests.e2e.conftest import run_sample
from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse import ask
from warehouse.exports.superset import DASHBOARD, write_bundle
from warehouse.publish import refresh


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [report("a", "2020-01-05"), report("b", "2020-01-10")]
    claims = [claim(rows[0], "capture", "south"), claim(rows[1], "capture", "north")]
    return refresh(fill(tmp_path_factory.mktemp("dashboard"), rows, claims), THEATRE, CONFIG).path


def bundle_of(warehouse: Path, target: Path, **more: Any) -> dict[str, Any]:
    write_bundle(warehouse, target, **more)
    with zipfile.ZipFile(target) as bundle:
        return {name.split("/", 1)[1]: json.loads(bundle.read(name)) for name in bundle.namelist()}


def test_each_chart_asks_for_what_its_view_has(small: Path, tmp_path: Path) -> None:
    files = bundle_of(small, tmp_path / "bundle.zip")
    datasets = {d["uuid"]: d for name, d in files.items() if name.startswith("datasets/")}
    charts = [c for name, c in files.items() if name.startswith("charts/")]
    assert len(charts) == len(tomllib.loads(DASHBOARD.read_text())["charts"])
    for dataset in datasets.values():
        assert all(column["description"] for column in dataset["columns"])
        for metric in dataset["metrics"]:
            assert len(ask.query(small, f"select {metric['expression']} from {dataset['table_name']}").rows) == 1
    for chart in charts:
        dataset, params = datasets[chart["dataset_uuid"]], chart["params"]
        columns, metrics = (
            {x[k] for x in dataset[w]} for w, k in (("columns", "column_name"), ("metrics", "metric_name"))
        )
        single = [params[k] for k in ("series", "entity", "x_axis") if k in params]
        listed = [c for k in ("groupby", "groupbyRows", "groupbyColumns", "all_columns") for c in params.get(k, ())]
        assert {*single, *listed} <= columns, chart["slice_name"]
        counted = [*params.get("metrics", ()), *(params[k] for k in ("metric", "x", "y", "size") if k in params)]
        assert set(counted) <= metrics, chart["slice_name"]
        for asked in params["adhoc_filters"]:
            if "sqlExpression" in asked:
                ask.query(small, f"select 1 from {dataset['table_name']} where {asked['sqlExpression']}")


def test_the_bundle_opens_the_file_read_only_and_where_superset_sees_it(small: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.zip", tmp_path / "there.zip"
    database = bundle_of(small, here)["databases/whoheld.yaml"]
    assert database["sqlalchemy_uri"] == f"duckdb:///{small}"
    assert database["extra"]["engine_params"] == {"connect_args": {"read_only": True}}
    database = bundle_of(small, there, seen_as="/data/warehouse.duckdb")["databases/whoheld.yaml"]
    assert database["sqlalchemy_uri"] == "duckdb:////data/warehouse.duckdb"
    write_bundle(small, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == here.read_bytes()


SERIES = {
    "Places by holder, from the first report on": (
        "select day, holder, count(*) from bi_control_daily "
        "where day >= (select min(published_at) from reports) group by all"
    ),
    "Changes of hands by month and winner": "select changed_in, to_side, count(*) from bi_changes group by all",
    "Reports per week and outlet": (
        "select date_trunc('week', day)::date, source, sum(reports) from bi_coverage group by all"
    ),
}
ROWS = {
    "Changes of hands": "select count(*) from bi_changes",
    "Claims": "select count(*) from bi_claims",
    "Reports": "select sum(reports) from bi_coverage",
    "Days until it is known": "select median(lag_days) from bi_changes",
    "Who took from whom": "select to_side, from_side, count(*) from bi_changes group by all",
    "The places, and who holds them at the end": (
        "select place, holder, longitude, latitude, claims from bi_places where claims > 0 and longitude is not null"
    ),
    "Latest changes": "select changed_on, place, from_side, to_side, basis, origins, change_id from bi_changes",
}


@pytest.mark.heavy
@pytest.mark.timeout(3600)
def test_superset_imports_the_dashboard_and_shows_what_sql_says(tmp_path: Path) -> None:
    pytest.importorskip("playwright")
    if shutil.which("chromium") is None:
        pytest.skip("no chromium to look at it with")
    warehouse = run_sample(tmp_path) / "published" / "warehouse.duckdb"
    write_bundle(warehouse, tmp_path / "bundle.zip")
    with superset(tmp_path, tmp_path / "bundle.zip") as address, opened(address, "whoheld") as shown:
        shown.page.screenshot(path=Path(sys.prefix) / "superset" / "dashboard.png", full_page=True)
        assert set(shown.answers) == set(SERIES) | set(ROWS)
        for name, sql in SERIES.items():
            assert _unpivoted(shown.answers[name][-1]) == _rows(warehouse, sql), name
        for name, sql in ROWS.items():
            assert _plain(shown.answers[name][-1]) == _rows(warehouse, sql), name
        numbers = shown.page.locator(".header-line").all_inner_texts()
        assert numbers == [_rows(warehouse, ROWS[name])[0][0] for name in list(ROWS)[:4]]
        for chart in shown.page.locator(".chart-container").all():
            assert "error" not in chart.inner_text().lower()

        # The filter of the dashboard reaches charts of all views that have the column.
        shown.page.get_by_role("combobox").nth(1).click()
        shown.page.keyboard.type("Abu Kamal")
        shown.page.keyboard.press("Enter")
        shown.page.locator("[data-test='filter-bar__apply-button']").click()
        shown.page.wait_for_timeout(8000)
        for name in ("Changes of hands", "Claims", "Who took from whom"):
            narrowed = ROWS[name].replace("from bi_changes", "from bi_changes where place = 'Abu Kamal'")
            narrowed = narrowed.replace("from bi_claims", "from bi_claims where place = 'Abu Kamal'")
            assert _plain(shown.answers[name][-1]) == _rows(warehouse, narrowed), name
        # A publication while Superset runs is neither kept out nor missed.
        more = tmp_path / "more.txt"
        more.write_text("date 2017-12-01\nSyrian government forces captured the town of Hajin on Friday.\n")
        done = subprocess.run(
            [sys.executable, "-m", "flows.cli", "run", str(more), "--home", str(warehouse.parents[1])],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        shown.page.reload()
        shown.wait_for(2)
        assert _plain(shown.answers["Reports"][-1]) == _rows(warehouse, ROWS["Reports"]) == [("46",)]
    assert shown.faults == []


def _unpivoted(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    found = []
    for row in rows:
        day, *values = row.items()
        found += [(_text(day[1]), name, _text(value)) for name, value in values if value is not None]
    return sorted(found)


def _plain(rows: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return sorted(tuple(map(_text, row.values())) for row in rows)


def _rows(warehouse: Path, sql: str) -> list[tuple[str, ...]]:
    return sorted(tuple(map(_text, row)) for row in ask.query(warehouse, sql).rows)


def _text(value: Any) -> str:
    """Days are milliseconds in what charts are answered."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        if value > 1e11:
            return datetime.fromtimestamp(value / 1000, UTC).date().isoformat()
        return f"{float(value):.6g}"
    return str(value)
