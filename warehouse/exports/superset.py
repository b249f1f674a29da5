"""The dashboard of ``configs/dashboard.toml`` as a bundle that Apache Superset imports: database, data sets, charts,
filters. Columns, types and descriptions of the data sets are those of the published warehouse.

The files of a bundle are YAML; JSON, which is written here, is a part of it. Superset leaves a data set or chart that
it knows as it is, even where the dashboard is imported again, so their ids follow from all that they are.
"""

from __future__ import annotations

import json
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import duckdb

import configs
from warehouse.ask import connect
from warehouse.exports.relation import exported
from warehouse.lake import put_in_place, unfinished_name

DASHBOARD = Path(configs.__file__).parent / "dashboard.toml"
VERSION, FOLDER, DATABASE = "1.0.0", "whoheld", "whoheld"
NO_SIDE = {"contested": "#e67e22", "unknown": "#bdc3c7", "untold": "#d5d8dc"}
"""Colours of what stands in place of a side."""
_WRITTEN_AT = "2020-01-01T00:00:00+00:00"
"""Superset wants a time in each bundle and does nothing with it; a fixed one keeps bundles comparable."""
_DAYS = ("echarts_area", "echarts_timeseries_bar")


def write_bundle(warehouse: Path, target: Path, seen_as: str | None = None) -> int:
    """Write the bundle for the published ``warehouse`` to ``target``; returns its number of charts.

    ``seen_as`` is the path of the warehouse where Superset runs, if that is another one (in a container, say).
    """
    plan = tomllib.loads(DASHBOARD.read_text(encoding="utf-8"))
    with connect(warehouse) as con:
        datasets = {name: _dataset(con, name, of) for name, of in plan["datasets"].items()}
        first = con.execute("select min(published_at) from reports").fetchall()[0][0]
        colours = dict(con.execute("select name, colour from sides where colour is not null order by name").fetchall())
    charts = [_chart(one, datasets[one["dataset"]], first) for one in plan["charts"]]
    files = {
        "metadata": {"version": VERSION, "type": "Dashboard", "timestamp": _WRITTEN_AT},
        f"databases/{DATABASE}": _database(seen_as or str(warehouse.resolve())),
        **{f"datasets/{DATABASE}/{name}": dataset for name, dataset in datasets.items()},
        **{f"charts/{_slug(one['name'])}": chart for one, chart in zip(plan["charts"], charts, strict=True)},
        f"dashboards/{plan['slug']}": _dashboard(plan, charts, datasets, NO_SIDE | colours),
    }
    unfinished = unfinished_name(target)
    try:
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as bundle:
            for name, content in files.items():
                entry = zipfile.ZipInfo(
                    f"{FOLDER}/{name}.yaml"
                )  # of 1980, so that the same content makes the same bytes
                bundle.writestr(entry, json.dumps(content, ensure_ascii=False, indent=1), zipfile.ZIP_DEFLATED)
        put_in_place(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    return len(plan["charts"])


def _uuid(kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"whoheld/{kind}/{name}"))


def _slug(name: str) -> str:
    return "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _database(path: str) -> dict[str, Any]:
    return {
        "database_name": DATABASE,
        "sqlalchemy_uri": f"duckdb:///{path}",
        "expose_in_sqllab": True,
        "allow_dml": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_run_async": False,
        "allow_file_upload": False,
        # Opened read-only, and for each query anew: whoever publishes is never kept out, and what is new is seen.
        "extra": {"engine_params": {"connect_args": {"read_only": True}}, "allows_virtual_table_explore": True},
        "uuid": _uuid("database", DATABASE),
        "version": VERSION,
    }


def _dataset(con: duckdb.DuckDBPyConnection, name: str, of: Mapping[str, Any]) -> dict[str, Any]:
    relation = exported(con, name)
    columns = [
        {
            "column_name": field.name, "type": field.type, "description": field.comment,
            "is_dttm": field.type in ("DATE", "TIMESTAMP"), "groupby": True, "filterable": True, "is_active": True,
        }
        for field in relation.fields
    ]  # fmt: skip
    dataset = {
        "table_name": name,
        "schema": "main",
        "main_dttm_col": of.get("day"),
        "description": relation.comment,
        "filter_select_enabled": True,
        "columns": columns,
        "metrics": [{"metric_name": metric, "expression": sql} for metric, sql in of["metrics"].items()],
        "database_uuid": _uuid("database", DATABASE),
        "version": VERSION,
    }
    return dataset | {"uuid": _uuid("dataset", json.dumps(dataset, sort_keys=True))}


def _chart(one: Mapping[str, Any], dataset: Mapping[str, Any], first_report: date | None) -> dict[str, Any]:
    day = dataset["main_dttm_col"]
    filters: list[dict[str, Any]] = []
    if day:
        # What the filter of the dashboard for days takes hold of.
        days = f"{first_report} : " if one.get("from_first_report") and first_report else "No filter"
        shown = {"operator": "TEMPORAL_RANGE", "subject": day, "comparator": days}
        filters.append({"clause": "WHERE", "expressionType": "SIMPLE", **shown})
    if where := one.get("where"):
        filters.append({"clause": "WHERE", "expressionType": "SQL", "sqlExpression": where})
    params = {"viz_type": one["kind"], "adhoc_filters": filters, **one["params"]}
    if one["kind"] in _DAYS:
        params["x_axis"] = day
    named = {"slice_name": one["name"], "viz_type": one["kind"], "params": params, "dataset_uuid": dataset["uuid"]}
    return {**named, "uuid": _uuid("chart", json.dumps(named, sort_keys=True)), "version": VERSION}


def _dashboard(
    plan: Mapping[str, Any],
    charts: Sequence[Mapping[str, Any]],
    datasets: Mapping[str, Mapping[str, Any]],
    colours: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "dashboard_title": plan["title"],
        "slug": plan["slug"],
        "published": True,
        "position": dict(_boxes(plan, charts)),
        "metadata": {
            "native_filter_configuration": [_filter(one, datasets) for one in plan["filters"]],
            "label_colors": dict(colours),
            "cross_filters_enabled": True,
            "refresh_frequency": 0,
        },
        "uuid": _uuid("dashboard", plan["slug"]),
        "version": VERSION,
    }


def _filter(one: Mapping[str, Any], datasets: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    target: dict[str, Any] = {}
    if "column" in one:
        target = {"column": {"name": one["column"]}, "datasetUuid": datasets[one["dataset"]]["uuid"]}
    return {
        "id": f"NATIVE_FILTER-{_slug(one['name'])}",
        "type": "NATIVE_FILTER",
        "name": one["name"],
        "filterType": one["kind"],
        "targets": [target],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "controlValues": {"multiSelect": True, "enableEmptyFilter": False} if target else {"enableEmptyFilter": False},
        "defaultDataMask": {"extraFormData": {}, "filterState": {}},
        "cascadeParentIds": [],
        "description": "",
    }


def _boxes(plan: Mapping[str, Any], charts: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The layout: a row of notes, then the charts row by row."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for number, (one, chart) in enumerate(zip(plan["charts"], charts, strict=True), start=1):
        meta = {"chartId": number, "uuid": chart["uuid"], "sliceName": one["name"]}
        size = {"width": one["width"], "height": one["height"]}
        rows.setdefault(f"ROW-{one['row']}", []).append(
            {"type": "CHART", "id": f"CHART-{_slug(one['name'])}", "meta": meta | size}
        )
    note = {"type": "MARKDOWN", "id": "MARKDOWN-note", "meta": {"code": plan["note"], "width": 12, "height": 10}}
    rows = {**dict(list(rows.items())[:1]), "ROW-note": [note], **rows}
    yield "DASHBOARD_VERSION_KEY", "v2"
    yield "HEADER_ID", {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": plan["title"]}}
    yield from _box("ROOT", "ROOT_ID", ["GRID_ID"], [])
    yield from _box("GRID", "GRID_ID", list(rows), ["ROOT_ID"])
    for row, boxes in rows.items():
        yield from _box("ROW", row, [box["id"] for box in boxes], ["ROOT_ID", "GRID_ID"])
        for box in boxes:
            yield box["id"], {**box, "children": [], "parents": ["ROOT_ID", "GRID_ID", row]}


def _box(kind: str, name: str, children: Sequence[str], parents: Sequence[str]) -> Iterator[tuple[str, Any]]:
    box = {"type": kind, "id": name, "children": list(children), "parents": list(parents)}
    yield name, box | ({"meta": {"background": "BACKGROUND_TRANSPARENT"}} if kind == "ROW" else {})
