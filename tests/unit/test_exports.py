"""Exports: every value as it is in the warehouse, in forms that other programs read, described, all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from configs.errors import NotFound, WhoheldError
from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from transforms.tables import RUNS
from warehouse import ask
from warehouse.exports import excel
from warehouse.exports.export import DEFAULT, DESCRIPTION, FORMS, Form, export
from warehouse.publish import refresh

HOSTILE = (
    '=HYPERLINK("http://x.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\tx",
    'a "quoted", line\nand another',
    "",
    "ا, é 🙂",
)
QUOTE = '=1+1, said "he"'


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = [
        report(f"r{n}", date(2020, 1, 5 + n), title=title, text=f"{QUOTE} and more of {n}")
        for n, title in enumerate(HOSTILE)
    ]
    claims = [
        claim(reports[0], "control", "south"),
        claim(reports[1], "capture", "north", opponent_side="south"),
        claim(reports[2], "siege", "south", opponent_side="north"),
        claim(reports[3], "capture", "south", place_id="p:ford", chars=(3, 9)),
        *(claim(row, "air_strike", "south", place_id="hill") for row in reports),
    ]
    found = [{"place_id": "p:ford", "report_id": "r3", "name": "Ford", "kind": "unknown", "geo_prec": 6}]
    lake = fill(tmp_path_factory.mktemp("exports"), reports, claims, found)
    at = datetime.fromisoformat("2020-02-01T10:00:00.250000+00:00")
    run = {
        "run_id": "r1", "started_at": at, "finished_at": at, "code_version": "1", "config_hash": CONFIG,
        "theatre": "isles", "inputs": ["a folder"], "n_files": 1, "n_reports": 8, "n_repeats": 0, "n_claims": 12,
        "n_issues": 0, "state": "completed",
    }  # fmt: skip
    lake.write_batch(RUNS, [run], {}, "r1")
    return refresh(lake, THEATRE, CONFIG).path


def rows(published: Path, sql: str) -> list[dict[str, Any]]:
    return ask.query(published, sql).dicts()


def test_parquet_has_the_rows_and_types_of_the_warehouse(published: Path, tmp_path: Path) -> None:
    done = export(published, (), tmp_path, "parquet")
    assert [one.relation.name for one in done.written] == list(DEFAULT["parquet"])
    with ask.connect(published) as con:
        for one in done.written:
            want = con.execute(f"from {one.relation.name} order by all").to_arrow_table()
            got = duckdb.execute("from read_parquet(?) order by all", [str(tmp_path / one.path)]).to_arrow_table()
            assert got.equals(want), one.path
    said = pq.read_metadata(tmp_path / "bi_changes.parquet").metadata
    assert said[b"comment"].decode().startswith("For BI tools: one row a change of hands")
    assert json.loads(said[b"columns"])["change_no"] == "1 for the first change of this place, and so on."


def test_csv_is_read_back_as_it_was_hostile_text_and_all(published: Path, tmp_path: Path) -> None:
    done = export(published, ["reports", "claims", "control", "runs"], tmp_path, "csv")
    titles = duckdb.execute(
        "select title from read_csv(?, header=true, all_varchar=true, nullstr='', "
        "allow_quoted_nulls=false) order by doc_id",
        [str(tmp_path / "reports.csv")],
    ).fetchall()
    assert tuple(row[0] for row in titles) == HOSTILE
    assert done.formula_like == 5 + 11  # titles and quotes
    assert b"\r" not in (tmp_path / "control.csv").read_bytes()
    assert '"[""south""]"' in (tmp_path / "control.csv").read_text()
    assert "2020-02-01T10:00:00.250000Z" in (tmp_path / "runs.csv").read_text()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_data_package_reader_finds_everything_valid(form: Form, published: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    if form == "xlsx":
        pytest.importorskip("xlsxwriter")
        pytest.importorskip("openpyxl")
    # Rows, types, keys, foreign keys, hashes and sizes, of all tables that there are.
    names = [name for name, _ in _tables(published)] if form == "csv" else ()
    export(published, names, tmp_path, form)
    found = frictionless.validate(str(tmp_path / DESCRIPTION))
    assert found.valid, found.flatten(["rowNumber", "fieldName", "type", "note"])
    with (tmp_path / json.loads((tmp_path / DESCRIPTION).read_text())["resources"][0]["path"]).open("ab") as file:
        file.write(b"more")
    assert not frictionless.validate(str(tmp_path / DESCRIPTION)).valid


def _tables(published: Path) -> list[tuple[str, str]]:
    from warehouse.exports.export import tables_of

    return tables_of(published)


@pytest.mark.parametrize("form", FORMS)
def test_the_description_tells_what_the_files_are(form: Form, published: Path, tmp_path: Path) -> None:
    if form == "xlsx":
        pytest.importorskip("xlsxwriter")
    export(published, (), tmp_path, form)
    said = json.loads((tmp_path / DESCRIPTION).read_text())
    assert said["warehouse"]["run_id"] == "r1"
    assert said["created"] == "2020-02-01T10:00:00Z"
    assert said["warehouse"]["fingerprint"] == rows(published, "from meta where key = 'fingerprint'")[0]["value"]
    assert "belong to the outlets" in said["rights"]
    assert "GeoNames" not in said["rights"]  # the isles have no place out of it
    for one in said["resources"]:
        content = (tmp_path / one["path"]).read_bytes()
        assert one["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
        assert one["bytes"] == len(content)
        assert one["n_rows"] == rows(published, f"select count(*) as n from {one['name']}")[0]["n"]
        assert all(field["description"] and field["type"] != "any" for field in one["schema"]["fields"])
    keys = {one["name"]: one["schema"].get("primaryKey") for one in said["resources"]}
    assert keys["bi_places"] == ["place_id"]
    joins = {one["name"]: one["schema"].get("foreignKeys", []) for one in said["resources"]}
    assert {"fields": ["place_id"], "reference": {"resource": "bi_places", "fields": ["place_id"]}} in joins[
        "bi_changes"
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_warehouse_makes_the_same_bytes(form: Form, published: Path, tmp_path: Path) -> None:
    if form == "xlsx":
        pytest.importorskip("xlsxwriter")
    for folder in ("one", "two"):
        export(published, (), tmp_path / folder, form)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert one == two
    assert len(one) == (2 if form == "xlsx" else len(DEFAULT[form]) + 1)


def test_geojson_has_points_with_longitude_first_and_null_for_what_nobody_located(
    published: Path, tmp_path: Path
) -> None:
    export(published, (), tmp_path, "geojson")
    for path in sorted(tmp_path.glob("*.geojson")):
        collection = json.loads(path.read_text(), parse_constant=pytest.fail)
        assert collection["type"] == "FeatureCollection"
        assert "crs" not in collection
        assert collection["bbox"] == [
            20.0,
            10.0,
            20.1 if path.stem == "bi_places" else 20.0,
            11.0 if path.stem in ("bi_places", "bi_claims") else 10.0,
        ]
        for feature in collection["features"]:
            assert set(feature) >= {"type", "geometry", "properties"}
            assert feature["type"] == "Feature"
        if path.stem == "bi_places":
            places = {f["id"]: f for f in collection["features"]}
    assert places["port"]["geometry"] == {"type": "Point", "coordinates": [20.0, 10.0]}
    assert places["p:ford"]["geometry"] is None
    assert places["port"]["properties"]["place"] == "Port Élan"
    control = json.loads((tmp_path / "control.geojson").read_text())["features"]
    assert {f["geometry"] is None for f in control if f["properties"]["place_id"] == "p:ford"} == {True}
    assert all(f["properties"]["sides"] for f in control)
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_file(tmp_path / "bi_places.geojson")
    assert frame.crs.to_epsg() == 4326
    assert [(p.x, p.y) for p in frame[frame["place_id"] == "hill"].geometry] == [(20.0, 11.0)]


def test_geoparquet_keeps_to_its_specification(published: Path, tmp_path: Path) -> None:
    export(published, (), tmp_path, "geoparquet")
    for path in sorted(tmp_path.glob("*.parquet")):
        schema = pq.read_schema(path)
        geo = json.loads(schema.metadata[b"geo"])
        assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
        (column,) = geo["columns"].values()
        assert {k: v for k, v in column.items() if k != "bbox"} == {"encoding": "WKB", "geometry_types": ["Point"]}
        assert len(column["bbox"]) == 4
        assert str(schema.field("geometry").type) == "binary"
    geopandas = pytest.importorskip("geopandas")
    places = geopandas.read_parquet(tmp_path / "bi_places.geo.parquet").set_index("place_id")
    assert places.crs.to_string() == "OGC:CRS84"
    located = places[places.geometry.notna()]
    assert list(zip(located.geometry.x, located.geometry.y, strict=True)) == list(
        zip(located["longitude"], located["latitude"], strict=True)
    )
    assert sorted(places[places.geometry.isna()].index) == ["main", "p:ford"]


def test_who_held_what_on_a_day_is_a_map(published: Path, tmp_path: Path) -> None:
    (one,) = export(published, (), tmp_path, "geojson", date(2020, 1, 20)).written
    features = json.loads((tmp_path / one.path).read_text())["features"]
    held = {f["id"]: f["properties"] for f in features}
    want = rows(published, "select place_id, holder_side, status, confidence, reason from control_on('2020-01-20')")
    assert {r["place_id"]: tuple(r.values())[1:] for r in want} == {
        k: (p["holder_id"], p["status"], p["confidence"], p["reason"]) for k, p in held.items()
    }
    assert held["port"]["holder"] == "North"
    (one,) = export(published, (), tmp_path, "geojson", None, date(2020, 1, 5)).written
    assert one.path == "control_on_2020-01-05_known_2020-01-05.geojson"
    (feature,) = json.loads((tmp_path / one.path).read_text())["features"]
    assert (feature["properties"]["holder_id"], feature["properties"]["known"]) == ("south", "2020-01-05")


def test_excel_keeps_types_and_text_is_never_a_formula(published: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    openpyxl = pytest.importorskip("openpyxl")
    export(published, ["reports", "bi_changes", "bi_places"], tmp_path, "xlsx")
    book = openpyxl.load_workbook(tmp_path / "whoheld.xlsx")
    assert book.sheetnames == ["about", "reports", "bi_changes", "bi_places"]
    titles = _sheet(book["reports"])
    assert tuple(row["title"].value or "" for row in sorted(titles, key=lambda r: r["doc_id"].value)) == HOSTILE
    assert {row["title"].data_type for row in titles} == {"s"}
    assert not any(cell.data_type == "f" for sheet in book for line in sheet.iter_rows() for cell in line)
    change = _sheet(book["bi_changes"])[0]
    assert change["changed_on"].value == datetime(2020, 1, 6)  # noqa: DTZ001
    assert change["changed_on"].number_format == "yyyy-mm-dd"
    assert isinstance(change["confidence"].value, float)
    places = {row["place_id"].value: row for row in _sheet(book["bi_places"])}
    assert (places["p:ford"]["is_provisional"].value, places["port"]["is_provisional"].value) == (True, False)
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    assert not any(sheet._hyperlinks for sheet in book)


def _sheet(sheet: Any) -> list[dict[str, Any]]:
    header, *lines = sheet.iter_rows()
    return [dict(zip((cell.value for cell in header), line, strict=True)) for line in lines]


def test_what_excel_cannot_take_is_said_and_nothing_is_written(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xlsxwriter")
    monkeypatch.setattr(excel, "MOST_ROWS", 8)
    with pytest.raises(WhoheldError, match=r"reports has 8 rows; a sheet of Excel takes 7 (.|\n)*csv or parquet"):
        export(published, ["sides", "reports"], tmp_path, "xlsx")
    monkeypatch.undo()
    monkeypatch.setattr(excel, "MOST_CHARS", 20)
    with pytest.raises(WhoheldError, match=r"reports, row \d, title: 30 characters; a cell of Excel takes 20"):
        export(published, ["reports"], tmp_path, "xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_the_one_before_as_it_was(published: Path, tmp_path: Path) -> None:
    export(published, ["sides"], tmp_path, "csv")
    before = {p: p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(WhoheldError, match=r"runs tells of no places(.|\n)*csv"):
        export(published, ["bi_places", "runs"], tmp_path, "geojson")
    assert {p: p.read_bytes() for p in tmp_path.iterdir()} == before


WRONG: list[tuple[Callable[[Path, Path], object], type[Exception], str]] = [
    (lambda w, to: export(w, ["bi_place"], to, "csv"), NotFound, "bi_places"),
    (lambda w, to: export(w, ["reports; drop table x"], to, "csv"), NotFound, "no table or view"),
    (lambda w, to: export(w, ["bi_claims"], to, "csv", date(2020, 1, 1)), WhoheldError, "do not narrow"),
]


@pytest.mark.parametrize(("ask_for", "error", "said"), WRONG)
def test_what_cannot_be_exported_is_refused_with_what_can(
    ask_for: Callable[[Path, Path], object], error: type[Exception], said: str, published: Path, tmp_path: Path
) -> None:
    with pytest.raises(error, match=said):
        ask_for(published, tmp_path)


def test_an_export_can_write_into_its_folder_only(published: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with ask.connect(published, writes_to=tmp_path / "in") as con:
        con.execute(f"copy (select 1) to '{tmp_path}/in/a.csv'")
        with pytest.raises(duckdb.PermissionException):
            con.execute(f"copy (select 1) to '{tmp_path}/b.csv'")
        with pytest.raises(duckdb.Error, match="read-only"):
            con.execute("create table warehouse.t as select 1")
