"""Questions to the published warehouse: the answer with its quotes, and no way to do harm."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from configs.errors import NotFound, NothingPublished, WhoheldError
from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse.ask import query, who
from warehouse.explain import explain
from warehouse.publish import refresh


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = [
        report("a", "2020-01-05"),
        report("b", "2020-01-10", source_id="northwire", title="Port freed"),
        report("c", "2020-01-20"),
        report("d", "2020-02-01", source_id="southwire"),
    ]
    claims = [
        claim(reports[0], "control", "south"),
        claim(reports[1], "capture", "north", opponent_side="south", claimed_by_side="north"),
        claim(reports[2], "control", "north"),
        claim(reports[3], "control", "south"),
    ]
    return refresh(fill(tmp_path_factory.mktemp("home"), reports, claims), THEATRE, CONFIG).path


@pytest.mark.parametrize("name", ["Port Élan", "port-elan", "BORT ELAN", "port"])
def test_who_held_it_in_any_spelling(path: Path, name: str) -> None:
    answer = who(path, name, date(2020, 1, 25))
    assert (answer.place_id, answer.holder_side, answer.holder, answer.status) == ("port", "north", "North", "held")
    assert (answer.since, answer.until, answer.rule_id, answer.known_from) == (
        date(2020, 1, 10),
        None,
        "R1",
        date(2020, 1, 20),
    )
    assert (answer.basis, answer.n_confirming, answer.n_contradicting) == ("assessed", 1, 1)
    assert [(v.role, v.source) for v in answer.claims] == [
        ("opens", "North Wire"), ("contradicts", "South Wire"), ("confirms", "The Herald")
    ]  # fmt: skip
    assert answer.claims[0].title == "Port freed"
    assert answer.claims[0].quote


def test_who_held_it_as_known_then_cites_nothing_later(path: Path) -> None:
    answer = who(path, "port elan", date(2020, 1, 25), date(2020, 1, 15))
    assert (answer.holder_side, answer.n_confirming, answer.n_contradicting) == ("north", 0, 0)
    assert (answer.basis, answer.known_from) == ("claimed", date(2020, 1, 10))
    assert max(v.published_at for v in answer.claims if v.published_at) <= date(2020, 1, 15)
    assert who(path, "port elan", date(2020, 1, 25), date(2020, 1, 9)).holder_side == "south"
    assert who(path, "port elan", date(2020, 1, 25), date(2020, 1, 1)).status == "unknown"


def test_without_a_day_the_last_one_of_the_reports_is_meant(path: Path) -> None:
    assert who(path, "port elan").on == date(2020, 2, 1)


def test_a_place_of_which_nothing_is_known(path: Path) -> None:
    answer = who(path, "Tell Hill")
    assert (answer.status, answer.holder_side, answer.control_id, answer.claims) == ("unknown", None, None, ())
    assert answer.reason == "no claim tells who held it on that day"


def test_a_name_that_nothing_has_gets_a_suggestion(path: Path) -> None:
    with pytest.raises(NotFound, match="did you mean Port Élan"):
        who(path, "Port Ellan")
    with pytest.raises(NotFound, match="did you mean Tell Hill"):
        who(path, "tell")
    with pytest.raises(NotFound, match=r"'Zzyzx'$"):
        who(path, "Zzyzx")


def test_explain_goes_down_to_quote_rule_and_report(path: Path) -> None:
    control_id = who(path, "port elan").control_id
    assert control_id
    control = explain(path, control_id)
    assert (control.kind, control.row["rule_id"]) == ("control", "R1")
    first = control.rests_on[0]
    assert (first.kind, first.row["relation"], first.row["rule_id"]) == ("claim", "opens", "t1")
    assert first.rests_on[0].row["report_id"] == "b"
    assert explain(path, first.row["claim_id"]).rests_on[0].row["raw_path"] == "b.txt"
    event_id = query(path, "select event_id from events where claim_type = 'capture'").rows[0][0]
    assert [c.row["relation"] for c in explain(path, event_id[:9]).rests_on] == ["supports"]


def test_explain_does_not_guess(path: Path) -> None:
    for wrong in ("", "no such id"):
        with pytest.raises(NotFound):
            explain(path, wrong)


def test_before_anything_is_published_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="whoheld run"):
        query(tmp_path / "warehouse.duckdb", "select 1")


def test_a_query_gives_columns_and_rows(path: Path) -> None:
    result = query(path, "select place_id, holder_side from control_on('2020-01-25')")
    assert result.columns == ("place_id", "holder_side")
    assert result.dicts() == [{"place_id": "port", "holder_side": "north"}]
    assert len(query(path, "from claims", limit=2).rows) == 2


@pytest.mark.parametrize(
    "sql",
    [
        "delete from claims",
        "create table more (i integer)",
        "drop table claims",
        "update claims set quote = ''",
        "attach '{other}' as other",
        "copy claims to '{other}'",
        "export database '{other}'",
        "select * from read_csv('{file}')",
        "select * from read_text('{file}')",
        "select * from '{file}'",
        "select * from glob('/*')",
        "copy (select 1) to '/dev/null'",
        "set enable_external_access = true",
        "reset enable_external_access",
        "set temp_directory = '{other}'",
        "load httpfs",
        "install httpfs",
        "detach warehouse; attach '{path}' as warehouse",
        "select nothing from nowhere",
        "copy claims from '{file}'",
        "import database '{other}'",
        "insert into claims select * from claims",
        "alter table claims add column x integer",
        "create view v as select 1",
        "comment on table claims is 'x'",
        "begin; create table more (i integer); commit",
        "select getenv('HOME')",
        "from read_json('{file}')",
        "from read_parquet('{file}')",
        "from read_blob('{file}')",
        "from read_duckdb('{other}')",
        "from sniff_csv('{file}')",
        "from read_csv('http://127.0.0.1/x.csv')",
        "from query('select * from read_text(''{file}'')')",
        "from query_table('{file}')",
        "create temp macro r(x) as table from read_text(x); from r('{file}')",
        "prepare p as copy claims to '{other}'; execute p",
        "install spatial from community",
        "create secret s (type s3, key_id 'a', secret 'b')",
        "pragma profiling_output = '{other}'",
        "pragma memory_limit = '1GB'",
        "pragma enable_external_access = true",
        "set lock_configuration = false",
        "reset lock_configuration",
        "set home_directory = '{other}'",
        "set autoload_known_extensions = true",
        "set python_enable_replacements = true",
        "from in_this_process",
        "call enable_logging('QueryLog', storage='file', storage_config={{'path': '{other}'}})",
        "select 1; call enable_logging()",
        "from \"enable_logging\"('QueryLog', storage='file', storage_config={{'path': '{other}'}}); select 1",
    ],
)
def test_a_query_can_neither_write_nor_read_other_files(path: Path, tmp_path: Path, sql: str) -> None:
    before = path.read_bytes()
    in_this_process = pa.table({"secret": [1]})
    assert in_this_process.num_rows
    with pytest.raises(WhoheldError):
        query(path, sql.format(path=path, file=__file__, other=tmp_path / "other.db"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == []
