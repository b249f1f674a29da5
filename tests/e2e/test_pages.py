"""Cookbook and data dictionary are what the sample's warehouse answers; the command asks the same questions."""

from __future__ import annotations

import json
from pathlib import Path

from tests.e2e.conftest import whoheld
from tests.e2e.pages import pages
from warehouse import ask
from warehouse.cookbook import questions


def published(home: Path) -> Path:
    return home / "published" / "warehouse.duckdb"


def test_the_pages_are_what_the_warehouse_says(home: Path) -> None:
    for path, text in pages(published(home)).items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} is out of date; to mend it: make readme"


def test_the_dictionary_has_every_relation_and_column_and_leaves_none_unsaid(home: Path) -> None:
    text = next(text for path, text in pages(published(home)).items() if path.name == "DICTIONARY.md")
    columns = ask.query(published(home), "select table_name, column_name from duckdb_columns() where not internal").rows
    assert len(columns) > 100
    for relation, column in columns:
        section = text.split(f"## {relation}\n")[1].split("\n## ")[0]
        assert f"| {column} |" in section, (relation, column)
    assert "|  |\n" not in text


def test_most_questions_have_an_answer_on_the_sample(home: Path) -> None:
    silent = [one.name for one in questions() if not ask.query(published(home), one.sql).rows]
    assert silent == []


def test_the_command_lists_asks_and_takes_parameters(home: Path) -> None:
    listed = whoheld("cookbook", home=home)
    assert listed.returncode == 0
    assert all(one.name in listed.stdout for one in questions())
    asked = whoheld("cookbook", "net_gain_in_a_period", "--param", "from_day=2017-11-07", "--param",
                    "to_day=2017-11-10", "--json", home=home)  # fmt: skip
    rows = [json.loads(line) for line in asked.stdout.splitlines()]
    want = ask.query(
        published(home),
        "select side_id, sum(net) as net from net_gains where day between '2017-11-08' and '2017-11-10' group by all",
    )
    assert {(row["side_id"], row["net"]) for row in rows} == {(side, int(net)) for side, net in want.rows}
    assert rows
    assert "SET VARIABLE day" in whoheld("cookbook", "stale_holds", "--sql", home=home).stdout


def test_a_wrong_question_or_parameter_says_what_there_is(home: Path) -> None:
    for words, said in (
        (("nothing",), "no question 'nothing'"),
        (("sieges", "--param", "day=2017-01-01"), "no parameter 'day'"),
        (("stale_holds", "--param", "day"), "name=value"),
    ):
        done = whoheld("cookbook", *words, home=home)
        assert (done.returncode == 0, done.stdout) == (False, "")
        assert said in done.stderr
