"""Each question of the cookbook, asked of a small war whose answers were worked out by hand (tests/sql/cookbook)."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from configs.errors import NotFound, WhoheldError
from configs.model import Place
from tests import lake_rows
from tests.sql.test_cases import read, typed
from transforms.tables import ISSUES
from warehouse import ask
from warehouse.cookbook import question, questions
from warehouse.publish import refresh

HERE = Path(__file__).parent / "cookbook"
QUESTIONS = [one.name for one in questions()]
THEATRE = replace(
    lake_rows.THEATRE,
    places=(
        replace(lake_rows.THEATRE.places[0], population=1000),
        *lake_rows.THEATRE.places[1:],
        Place("ford", "Ford", "town", "Main", "XX", 10.1, 20.0, population=300),
    ),
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports, claims = [], []
    for number, row in enumerate(read(HERE / "story.csv")):
        given: dict[str, Any] = {name: value for name, value in row.items() if value}
        told = given.pop("text", None)
        text = " ".join(f"{told} {n}" for n in range(40)) + f" {number}" if told else ""
        report = lake_rows.report(f"r{number}", given.pop("published"), source_id=given.pop("source"), text=text)
        claim = lake_rows.claim(report, given.pop("type"), given.pop("side"), claim_id=f"c{number:02}", **typed(given))
        reports.append(report)
        claims.append(claim)
    place = {"place_id": "p:mill", "report_id": "r16", "name": "Mill", "kind": "unknown", "geo_prec": 6, "near": "port",
             "lat": 10.0, "lon": 20.0}  # fmt: skip
    lake = lake_rows.fill(tmp_path_factory.mktemp("cookbook"), reports, claims, [place])
    issue = {"issue_id": "i", "kind": "unknown_place", "found": "Mill", "expected": "a place of the gazetteer",
             "mend": "add it to places.csv", "path": None, "line": None, "report_id": "r16", "char_start": 0,
             "char_end": 4, "run_id": "r1"}  # fmt: skip
    lake.write_batch(ISSUES, [issue], {}, "b")
    return refresh(lake, THEATRE, lake_rows.CONFIG).path


def parameters(name: str) -> dict[str, str]:
    return {row["name"]: row["value"] for row in read(HERE / "parameters.csv") if row["question"] == name}


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_answer_is_the_one_worked_out_by_hand(name: str, published: Path) -> None:
    want = read(HERE / f"{name}.csv")
    found = ask.query(published, question(name).asked(parameters(name))).dicts()
    got = [{c: "" if row[c] is None else str(row[c]) for c in want[0]} for row in found]
    assert got == want


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_runs_as_it_is_pasted_and_says_what_it_is(name: str, published: Path) -> None:
    one = question(name)
    assert one.title.endswith("?")
    assert one.prose.endswith(".")
    assert ask.query(published, one.sql).columns


def test_there_are_forty_questions_and_an_answer_to_each() -> None:
    assert len(QUESTIONS) >= 40
    answers = {path.stem for path in HERE.glob("*.csv")} - {"story", "parameters"}
    assert answers == set(QUESTIONS)


def test_what_cannot_be_asked_is_refused_with_what_can() -> None:
    with pytest.raises(NotFound, match="whoheld cookbook"):
        question("who_will_win")
    one = question("near_a_place")
    for values, said in (
        ({"town": "Raqqa"}, "place, day, kilometres"),
        ({"day": "next week"}, "2017-09-10"),
        ({"kilometres": "far"}, "no number"),
    ):
        with pytest.raises(WhoheldError, match=said):
            one.asked(values)


def test_a_quote_in_a_value_stays_a_value(published: Path) -> None:
    assert (
        ask.query(published, question("history_of_a_place").asked({"place": "x'; drop table control; --"})).rows == ()
    )


def keys(published: Path, sql: str) -> list[Any]:
    return [tuple(row) for row in ask.query(published, sql).rows]


@pytest.mark.parametrize(
    ("view", "key"),
    [
        ("bi_changes", "change_id"),
        ("bi_control_daily", "day, place_id"),
        ("bi_claims", "claim_id"),
        ("bi_places", "place_id"),
        ("bi_sources", "source_id"),
        ("bi_coverage", "source_id, day"),
    ],
)
def test_bi_views_are_flat_and_one_row_a_key(view: str, key: str, published: Path) -> None:
    assert keys(published, f"select count(*) > 0 from {view}") == [(True,)]
    assert keys(published, f"select {key} from {view} group by {key} having count(*) > 1") == []
    nested = f"select column_name from (describe {view}) where column_type like '%[]' or column_type like 'STRUCT%'"
    assert keys(published, nested) == []
    bare = f"select column_name from duckdb_columns() where table_name = '{view}' and comment is null"
    assert keys(published, bare) == []


def test_the_keys_of_bi_views_join_as_their_comments_say(published: Path) -> None:
    joins = keys(
        published,
        "select table_name, column_name, regexp_extract(comment, '^Joins (\\w+)\\.', 1) from duckdb_columns() "
        "where comment similar to 'Joins \\w+\\..*' order by all",
    )
    assert ("bi_control_daily", "place_id", "bi_places") in joins
    assert ("bi_claims", "source_id", "bi_sources") in joins
    assert len(joins) == 5
    for view, column, other in joins:
        assert keys(published, f"select * from {view} anti join {other} using ({column})") == [], view


def test_names_that_bi_views_share_mean_the_same(published: Path) -> None:
    for view in ("bi_changes", "bi_claims", "bi_control_daily"):
        differ = "a.place <> b.place or a.kind <> b.kind or a.governorate is distinct from b.governorate"
        assert keys(published, f"select * from {view} a join bi_places b using (place_id) where {differ}") == []


def test_a_day_of_control_daily_is_read_without_making_the_others(published: Path) -> None:
    plan = keys(published, "explain analyze select * from bi_control_daily where day = '2020-03-04'")[0][1]
    rows = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) rows?\b", plan)]
    days = keys(published, "select count(*) from calendar")[0][0]
    every = keys(published, "select count(*) from bi_control_daily")[0][0]
    assert rows
    assert max(rows) < every / 5, plan
    assert days > 60


def test_bi_views_lose_and_double_no_row(published: Path) -> None:
    for view, table in (("bi_claims", "claims"), ("bi_places", "places"), ("bi_sources", "sources")):
        assert keys(published, f"select (select count(*) from {view}) = (select count(*) from {table})") == [(True,)]


def test_control_daily_is_control_on_of_each_day(published: Path) -> None:
    for day in ("2020-01-12", "2020-01-13", "2020-03-04", "2020-03-25"):
        daily = (
            "select place_id, holder_id, status, confidence, is_carried_forward "
            f"from bi_control_daily where day = '{day}' order by all"
        )
        on = f"select place_id, holder_side, status, confidence, carried_forward from control_on('{day}') order by all"
        assert keys(published, daily) == keys(published, on)


def test_silent_days_stand_in_coverage_as_zero(published: Path) -> None:
    quiet = (
        "select day::varchar, reports, is_silent from bi_coverage where source_id = 'northwire' and day <= '2020-01-06'"
    )
    assert keys(published, f"{quiet} order by day") == [("2020-01-05", 1, False), ("2020-01-06", 0, True)]
