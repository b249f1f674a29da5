"""Macros and relations over two times, points of view and rule sets, on a small history of one port."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse.build import build

CAUTIOUS = replace(THEATRE, rule_sets=(("cautious", replace(THEATRE.rules, least_weight=2.0)),))


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """South held the port; North's agency says it took it on the 10th; later a paper dates that to the 8th."""
    reports = [
        report("a", "2020-01-01"),
        report("b", "2020-01-10", source_id="northwire"),
        report("c", "2020-01-12", source_id="southwire"),
        report("d", "2020-01-20"),
    ]
    claims = [
        claim(reports[0], "control", "south", claim_id="a1"),
        claim(reports[1], "capture", "north", claim_id="b1", claimed_by_side="north"),
        claim(reports[2], "control", "south", claim_id="c1", claimed_by_side="south", place_id="hill"),
        claim(reports[3], "capture", "north", claim_id="d1", date_start="2020-01-08", date_basis="explicit"),
    ]
    lake = fill(tmp_path_factory.mktemp("beliefs"), reports, claims)
    with duckdb.connect(str(build(lake, CAUTIOUS, CONFIG).path), read_only=True) as con:
        yield con


def rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return con.execute(sql).fetchall()


def test_the_history_of_a_belief_tells_each_change_and_its_claims(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "select known_from::text, holder_side, because_of from belief_history('Port Elan', '2020-01-09')")
    assert found == [("2020-01-01", "south", ["a1"]), ("2020-01-10", "south", ["b1"]), ("2020-01-20", "north", ["d1"])]


def test_what_was_revised_between_two_days_and_by_which_claim(con: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "select place_id, from_day::text, to_day::text, holder_before, holder_after, revised_on::text, because_of "
        "from belief_changes('2020-01-15', '2020-02-01')"
    )
    assert rows(con, sql) == [("port", "2020-01-08", "2020-01-10", "south", "north", "2020-01-20", ["d1"])]
    assert rows(con, "from belief_changes('2020-01-21', '2020-02-01')") == []


def test_what_is_merely_new_is_no_revision(con: duckdb.DuckDBPyConnection) -> None:
    assert rows(con, "select * from belief_changes('2020-01-09', '2020-01-10')") == []


def test_each_voice_has_its_own_map(con: duckdb.DuckDBPyConnection) -> None:
    def held(who: str, day: str) -> list[tuple[Any, ...]]:
        sql = f"select place_id, holder_side from control_according_to('{who}', '{day}') order by all"
        return rows(con, sql)

    assert held("herald", "2020-01-05") == [("port", "south")]
    assert held("herald", "2020-01-09") == [("port", "north")]
    assert held("north", "2020-01-11") == [("port", "north")]
    assert held("southwire", "2020-01-12") == [("hill", "south")]


def test_another_rule_set_runs_beside_the_main_one(con: duckdb.DuckDBPyConnection) -> None:
    assert rows(con, "select rule_set, least_weight from rule_sets") == [("main", 0.5), ("cautious", 2.0)]
    assert rows(con, "select count(*) from control_of('main')") == rows(con, "select count(*) from control")
    assert rows(con, "from rule_sets_differ('main', '2020-01-15')") == []


def test_a_hold_of_which_nothing_is_heard_is_carried_forward_and_its_confidence_decays(
    con: duckdb.DuckDBPyConnection,
) -> None:
    def told(day: str) -> tuple[Any, ...]:
        sql = "select holder_side, carried_forward, rule_id, confidence from control_on(?) where place_id = 'hill'"
        return con.execute(sql, [day]).fetchall()[0]

    assert told("2020-02-11") == ("south", False, "R2", 0.8)
    assert told("2020-02-12") == ("south", True, "R7", 0.7985)
    assert told("2020-08-09") == ("south", True, "R7", 0.5684)
    sql = "select carried_forward, confidence from control_as_known('2020-08-09', '2020-08-09') where place_id = 'hill'"
    assert rows(con, sql) == [(True, 0.5684)]
    reason = rows(con, "select reason from control_on('2020-08-09') where place_id = 'hill'")[0][0]
    assert reason.startswith("carried_forward: nothing is heard of it after 2020-01-12; before that: south is said")
