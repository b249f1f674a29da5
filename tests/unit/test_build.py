"""The warehouse file: documented, reproducible, published whole or not at all."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import duckdb
import pytest

from configs.errors import ChecksFailed, UnreadableWarehouse
from configs.load import load_theatre
from configs.model import Place
from tests.lake_rows import CONFIG, THEATRE, claim, fill, land, report
from transforms.tables import RUNS
from warehouse import ask
from warehouse import build as building
from warehouse.build import build, discard
from warehouse.checks import run_checks
from warehouse.lake import Lake, open_lake
from warehouse.publish import refresh
from warehouse.reference import folded
from warehouse.relations import SQL, relations


def example() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    reports = [report("a", "2020-01-05"), report("b", "2020-01-10", source_id="northwire"), report("c", "2020-01-12")]
    claims = [
        claim(reports[0], "control", "south"),
        claim(reports[1], "capture", "north", opponent_side="south"),
        claim(reports[2], "capture", "north", status="denied", claimed_by_side="south"),
        claim(reports[2], "withdrawal", "south", place_id="hill", chars=(3, 9)),
        claim(reports[2], "air_strike", "south", place_id="p:ford", chars=(3, 9)),
    ]
    found = [{"place_id": "p:ford", "report_id": "c", "name": "Ford", "kind": "unknown", "geo_prec": 6}]
    return reports, claims, found


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return fill(tmp_path, *example())


def content(path: Path) -> dict[str, list[Any]]:
    with duckdb.connect(str(path), read_only=True) as con:
        names = [row[0] for row in con.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        return {name: con.execute(f"select * from {name}").fetchall() for name in names if name != "meta"}


def test_every_relation_column_and_macro_carries_a_comment(lake: Lake) -> None:
    with duckdb.connect(str(refresh(lake, THEATRE, CONFIG).path), read_only=True) as con:
        bare = con.execute(
            "select table_name, null from duckdb_tables() where comment is null union all "
            "select view_name, null from duckdb_views() where comment is null and not internal union all "
            "select table_name, column_name from duckdb_columns() where comment is null and not internal union all "
            "select function_name, null from duckdb_functions() where comment is null and not internal"
        ).fetchall()
    assert bare == []


def test_every_documented_column_is_there(lake: Lake) -> None:
    with duckdb.connect(str(refresh(lake, THEATRE, CONFIG).path), read_only=True) as con:
        for relation in [*relations("marts"), *relations("views")]:
            columns = {row[0] for row in con.execute(f"describe {relation.name}").fetchall()}
            assert set(relation.columns) <= columns, relation.name


def test_the_file_can_be_read_by_drivers_of_the_last_two_years(lake: Lake) -> None:
    header = refresh(lake, THEATRE, CONFIG).path.read_bytes()[:20]
    # Checksum, magic bytes, then the version of the format: 64 is that of DuckDB 0.10 to 1.1, 65 came with 1.2.
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") == 64


def test_a_log_that_a_tool_left_beside_the_published_file_does_not_reach_the_next_one(lake: Lake) -> None:
    path = refresh(lake, THEATRE, CONFIG).path
    dies = (
        "import duckdb, os, sys; con = duckdb.connect(sys.argv[1]); con.execute('create table t (a int)'); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", dies, str(path)], check=False)
    assert path.with_name(path.name + ".wal").exists()
    land(lake, "later", [report("late", "2020-02-01")])
    refresh(lake, THEATRE, CONFIG)
    assert [p.name for p in path.parent.iterdir()] == ["warehouse.duckdb"]


def test_a_tool_that_opens_the_published_file_for_writing_is_named_and_stops_no_publication(lake: Lake) -> None:
    path = refresh(lake, THEATRE, CONFIG).path
    holds = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holds, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as tool:
        assert tool.stdout
        assert tool.stdout.readline() == "open\n"
        with pytest.raises(UnreadableWarehouse, match=rf"open for writing(.|\n)*{tool.pid}(.|\n)*read-only"):
            ask.connect(path)
        assert refresh(lake, THEATRE, CONFIG).changed
        with ask.connect(path) as con:
            assert con.execute("select count(*) from reports").fetchall() == [(3,)]
        tool.communicate()


def test_an_empty_lake_gives_an_empty_warehouse(tmp_path: Path) -> None:
    published = refresh(open_lake(tmp_path), THEATRE, CONFIG)
    assert published.counts["reports"] == 0
    assert published.counts["places"] == len(THEATRE.places)


def test_a_second_build_has_the_same_rows_and_ids(lake: Lake) -> None:
    first, second = build(lake, THEATRE, CONFIG), build(lake, THEATRE, CONFIG)
    assert content(first.path) == content(second.path)
    assert first.fingerprint == second.fingerprint


def test_nothing_is_built_where_nothing_changed(lake: Lake) -> None:
    first = refresh(lake, THEATRE, CONFIG)
    inode = first.path.stat().st_ino
    lake.write_batch(RUNS, [], {}, "run-2")
    again = refresh(lake, THEATRE, CONFIG)
    assert (first.changed, again.changed, again.path.stat().st_ino) == (True, False, inode)
    land(lake, "later", [report("late", "2020-02-01")])
    assert refresh(lake, THEATRE, CONFIG).changed
    assert refresh(lake, THEATRE, "another").changed


def test_only_claims_of_the_given_configuration_count(lake: Lake) -> None:
    _, claims, _ = example()
    lake.write_extraction("another", "b2020", [{**claims[0], "config_hash": "another"}])
    assert build(lake, THEATRE, "another").counts["claims"] == 1
    assert build(lake, THEATRE, CONFIG).counts["claims"] == len(claims)


def test_readers_keep_the_file_that_they_opened(lake: Lake) -> None:
    path = refresh(lake, THEATRE, CONFIG).path
    with duckdb.connect(str(path), read_only=True) as reader:
        before = reader.execute("select count(*) from reports").fetchall()
        land(lake, "later", [report("late", "2020-02-01")])
        assert refresh(lake, THEATRE, CONFIG).counts["reports"] == before[0][0] + 1
        assert reader.execute("select count(*) from reports").fetchall() == before
    assert [p.name for p in path.parent.iterdir()] == ["warehouse.duckdb"]


def test_a_failing_check_leaves_the_published_file_alone(lake: Lake) -> None:
    path = refresh(lake, THEATRE, CONFIG).path
    bytes_before = path.read_bytes()
    late = report("late", "2020-02-01")
    land(lake, "later", [late])
    lake.write_extraction(CONFIG, "later", [claim(late, "capture", "north", quote="not what stands there")])
    with pytest.raises(ChecksFailed, match=r"fail__quote_stands_at_its_offsets(.|\n)*not what stands there"):
        refresh(lake, THEATRE, CONFIG)
    assert path.read_bytes() == bytes_before
    assert [p.name for p in path.parent.iterdir()] == ["warehouse.duckdb"]


def test_a_build_that_breaks_leaves_no_file(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("no more")

    monkeypatch.setattr(building, "load_theatre", broken)
    with pytest.raises(RuntimeError):
        refresh(lake, THEATRE, CONFIG)
    assert list(lake.published.parent.iterdir()) == []


def test_a_gazetteer_that_learns_a_place_takes_it_over(lake: Lake) -> None:
    with duckdb.connect(str(build(lake, THEATRE, CONFIG).path), read_only=True) as con:
        row = con.execute("select name, is_provisional, n_claims from places where place_id = 'p:ford'").fetchall()
    assert row == [("Ford", True, 1)]
    wiser = replace(THEATRE, places=(*THEATRE.places, Place("p:ford", "The Ford", "crossing", "Main", "XX")))
    with duckdb.connect(str(build(lake, wiser, CONFIG).path), read_only=True) as con:
        row = con.execute("select name, is_provisional, n_claims from places where place_id = 'p:ford'").fetchall()
    assert row == [("The Ford", False, 1)]


def test_names_fold_in_sql_as_they_do_in_the_table(lake: Lake) -> None:
    with duckdb.connect(str(refresh(lake, THEATRE, CONFIG).path), read_only=True) as con:
        assert (
            con.execute(
                "select name, folded, fold_name(name) from place_names where folded <> fold_name(name)"
            ).fetchall()
            == []
        )
        for name in ("PORT  ELAN", "Port-Élan", "bort elan", "port"):
            assert con.execute("select count(*) from claims_about(?)", [name]).fetchall() == [(3,)], name


def test_changes_between_two_days(lake: Lake) -> None:
    with duckdb.connect(str(refresh(lake, THEATRE, CONFIG).path), read_only=True) as con:
        sql = "select place_id, holder_before, holder_after from changes_between(?, ?) order by all"
        assert con.execute(sql, ["2020-01-06", "2020-01-11"]).fetchall() == [("port", "south", "north")]
        assert con.execute(sql, ["2020-01-01", "2020-01-06"]).fetchall() == [("port", None, "south")]
        assert con.execute(sql, ["2020-01-10", "2020-01-11"]).fetchall() == []


def test_silence_is_counted(lake: Lake) -> None:
    with duckdb.connect(str(refresh(lake, THEATRE, CONFIG).path), read_only=True) as con:
        rows = con.execute(
            "select source_id, published_at::varchar, n_reports, n_claims, n_places from coverage"
        ).fetchall()
        quiet = con.execute("select n_reports from sources where source_id = 'southwire'").fetchall()
    assert ("herald", "2020-01-12", 1, 3, 3) in rows
    assert quiet == [(0,)]


NORTH, CAPTURE = "where holder_side = 'north'", "where claim_type = 'capture'"
BREAK = {
    "fail__quote_stands_at_its_offsets": f"update claims set char_start = char_start + 1 {CAPTURE}",
    "fail__nothing_happened_after_its_report": f"update claims set date_end = published_at + 2 {CAPTURE}",
    "fail__control_intervals_do_not_overlap": f"update control set valid_from = valid_from - 3 {NORTH}",
    "fail__control_intervals_run_forward": f"update control set known_to = known_from {NORTH}",
    "fail__control_cites_nothing_from_the_future": f"update control set known_from = known_from - 1 {NORTH}",
    "fail__control_has_claims": f"update control set holder_side = null {NORTH}",
    "fail__every_place_exists": "delete from places where place_id = 'port'",
    "fail__every_report_exists": "delete from reports where report_id = 'a'",
    "fail__ids_are_unique": "insert into events from events",
    "fail__every_happened_claim_has_an_event": "delete from event_claims where relation = 'supports'",
    "fail__events_have_claims": "insert into events select * replace ('e' as event_id) from events limit 1",
    "fail__a_place_does_not_lie_in_itself": "update places set parent = 'quay' where place_id = 'port'",
    "fail__an_actor_has_one_side_a_day": (
        "insert into actor_sides select actor_id, 'east', date '2020-01-01', date '2020-02-01' "
        "from actor_sides where side_id = 'north'"
    ),
    "fail__control_moves_by_what_happened": f"update claims set status = 'planned' {CAPTURE}",
    "fail__sieges_end_after_they_begin": (
        "insert into sieges (place_id, begins_on, last_told_on, ends_on) "
        "values ('port', '2020-01-05', '2020-01-06', '2020-01-01')"
    ),
    "warn__claims_without_day_of_publication": f"update claims set published_at = null {CAPTURE}",
    "warn__sides_unknown_to_the_theatre": f"update claims set actor_side = 'west' {CAPTURE}",
    "warn__withdrawal_of_a_side_that_was_not_there": (
        "update events set place_id = 'port', from_side = 'east' where claim_type = 'withdrawal'"
    ),
}


def test_every_check_has_a_way_to_fire() -> None:
    assert sorted(BREAK) == sorted(path.stem for path in (SQL / "checks").glob("*.sql"))


@pytest.mark.parametrize("check", sorted(BREAK))
def test_checks_fire(check: str, lake: Lake) -> None:
    built = build(lake, THEATRE, CONFIG)
    con = duckdb.connect()
    con.execute(f"attach '{built.path}' as warehouse")
    con.execute("attach ':memory:' as staging")
    con.execute("use warehouse")
    building.load_texts(con, lake)
    assert [str(finding) for finding in run_checks(con)] == []
    con.execute(BREAK[check])
    found = {finding.check: finding for finding in run_checks(con)}
    con.close()
    discard(built.path)
    assert check in found
    assert found[check].fatal == check.startswith("fail__")
    assert found[check].rows
    assert found[check].promise in str(found[check])


def test_how_reports_came_in_batches_changes_nothing(tmp_path: Path) -> None:
    reports, claims, found = example()
    whole = content(build(fill(tmp_path / "whole", reports, claims, found), THEATRE, CONFIG).path)
    pieces = open_lake(tmp_path / "pieces")
    for row in reports[::-1]:
        name, own = f"z{row['report_id']}", row["report_id"]
        land(pieces, name, [row])
        pieces.write_extraction(
            CONFIG,
            name,
            [c for c in claims if c["report_id"] == own],
            [f for f in found if f["report_id"] == own],
        )
    assert content(build(pieces, THEATRE, CONFIG).path) == whole


def test_copies_by_other_outlets_change_no_belief(tmp_path: Path) -> None:
    reports, claims, found = example()
    copies, copied = [], []
    for row in reports:
        text = row["text"] + " Copied."
        day = row["published_at"] + timedelta(days=4)
        copy = report(f"copy-{row['report_id']}", day, text=text, source_id="southwire")
        copies.append(copy)
        copied += [
            {**c, "report_id": copy["report_id"], "claim_id": f"copy-{c['claim_id']}"}
            for c in claims
            if c["report_id"] == row["report_id"]
        ]
    alone = content(build(fill(tmp_path / "alone", reports, claims, found), THEATRE, CONFIG).path)
    doubled = content(build(fill(tmp_path / "doubled", reports + copies, claims + copied, found), THEATRE, CONFIG).path)
    assert [row[1:9] for row in doubled["control"]] == [row[1:9] for row in alone["control"]]
    assert {row[0] for row in doubled["events"]} == {row[0] for row in alone["events"]}
    assert len(doubled["claims"]) == 2 * len(alone["claims"])


def test_names_of_the_shipped_theatre_fold_in_sql_as_they_do_in_python() -> None:
    code = "\n".join(line for line in (SQL / "macros" / "fold_name.sql").read_text().splitlines() if line[:2] != "--")
    names = sorted({name for place in load_theatre("syria").places for name in (place.name, *place.aliases)})
    with duckdb.connect() as con:
        con.execute(f"create {code}")
        found = con.execute("select n, fold_name(n) from (select unnest(?) as n)", [names]).fetchall()
    assert [(name, sql) for name, sql in found if sql != folded(name)] == []


def test_only_places_with_new_evidence_are_derived_again_and_nothing_differs_from_a_build_from_nothing(
    tmp_path: Path,
) -> None:
    reports, claims, found = example()
    lake = fill(tmp_path / "grown", reports, claims, found)
    told: list[tuple[str, int, int]] = []
    refresh(lake, TWO_RULE_SETS, CONFIG)
    late = report("late", "2020-02-01", text=reports[2]["text"] + " Copied.", source_id="southwire")
    news = report("news", "2020-02-02")
    more = [
        claim(late, "withdrawal", "south", place_id="hill", chars=(3, 9)),
        claim(news, "capture", "south", opponent_side="north"),
    ]
    land(lake, "later", [late, news])
    lake.write_extraction(CONFIG, "later", more)
    grown = build(lake, TWO_RULE_SETS, CONFIG, lambda *step: told.append(step))
    anew = build(fill_again(tmp_path / "anew", lake), TWO_RULE_SETS, CONFIG)
    assert content(grown.path) == content(anew.path)
    assert told == [("events and control", 4, 4)], "the four claims about the port"


def test_a_broken_published_file_is_replaced_by_what_is_derived_anew(lake: Lake) -> None:
    path = refresh(lake, THEATRE, CONFIG).path
    whole = content(path)
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 4, len(data), 64):
        data[at] ^= 255
    path.write_bytes(data)
    assert refresh(lake, THEATRE, CONFIG).changed
    assert content(path) == whole


def test_other_rules_take_nothing_over(lake: Lake) -> None:
    refresh(lake, THEATRE, CONFIG)
    told: list[tuple[str, int, int]] = []
    build(lake, TWO_RULE_SETS, CONFIG, lambda *step: told.append(step))
    assert [done for _, done, _ in told] == [5]


TWO_RULE_SETS = replace(THEATRE, rule_sets=(("cautious", replace(THEATRE.rules, least_weight=2.0)),))


def fill_again(root: Path, lake: Lake) -> Lake:
    """A lake with the same files, and nothing published."""
    copytree(lake.root, root, ignore=ignore_patterns("published"))
    return open_lake(root)
