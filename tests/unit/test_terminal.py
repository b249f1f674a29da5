"""What a person sees."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.explanation import show_explanation
from flows.sources.health import Health
from flows.summary import IssueKind, RunSummary
from flows.terminal import (
    as_json,
    printable,
    show_answer,
    show_issue_kinds,
    show_result,
    show_row,
    show_run,
)
from warehouse.ask import Answer, Result, Voice
from warehouse.explain import Explanation
from warehouse.intake import Landed

VOICE = Voice(
    "c1", "opens", "capture", "happened", "sdf", date(2017, 10, 17), date(2017, 10, 18), "Harbour Post", None,
    "took [bold]the\x1b[2J city", None, "a.txt",
)  # fmt: skip
ANSWER = Answer(
    "raqqa", "Raqqa", "city", "Raqqa", date(2017, 10, 20), None, "k1", "sdf", "Syrian Democratic Forces", ("sdf",),
    "held", date(2017, 10, 17), None, "R1", "taken by sdf", "assessed", 0.9, date(2017, 10, 17), date(2017, 10, 18),
    1, 0, (VOICE,), (),
)  # fmt: skip


def test_what_reports_say_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in printable("\x1b[2Jgone\u202e")


HOSTILE = "[red]\x1b[2J\x1b]0;owned\x07\x9b31m\u202e[/red]<script>\r\x00"


def test_nothing_that_a_report_says_reaches_a_terminal_as_markup_or_control(capsys: pytest.CaptureFixture[str]) -> None:
    voice = replace(VOICE, quote=HOSTILE, source=HOSTILE, claimed_by=HOSTILE, title=HOSTILE, raw_path=HOSTILE)
    show_answer(replace(ANSWER, place=HOSTILE, reason=HOSTILE, claims=(voice,), others=((HOSTILE, HOSTILE),)))
    row = dict.fromkeys(("claim_id", "claim_type", "place", "actor_side", "opponent_side", "status", "quote"), HOSTILE)
    row |= {"names": [HOSTILE], "date_start": None, "date_end": None}
    about = dict.fromkeys(("report_id", "title", "url", "source_id", "raw_path", "near_duplicate_of"), HOSTILE)
    below = Explanation("report", about | {"published_at": None, "published_basis": None})
    show_explanation(Explanation("claim", row, (below,)), HOSTILE)
    show_row(row)
    show_result(Result((HOSTILE, "b"), ((HOSTILE, [HOSTILE]),)), "table")
    show_issue_kinds([IssueKind(HOSTILE, 1, 1, HOSTILE, HOSTILE)])
    health = Health(HOSTILE, "feed", "failed", 0, 1, HOSTILE, HOSTILE)
    landed = Landed(1, 0, 1, 0, {})
    show_run(
        RunSummary(
            "r", "syria", Path("w"), landed, 1, 1, True, {}, (), (f"warn__x: {HOSTILE}\n  1 row",), {}, (health,)
        )
    )
    captured = capsys.readouterr()
    shown = captured.out + captured.err
    assert shown.count("[red]") >= 10, "markup is shown as it stands"
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_rows_for_programs_are_whole_and_on_a_terminal_harmless(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    result = Result(("a",), (("x\x9b31m\u202ey",),))
    show_result(result, form)
    assert "\x9b31m\u202e" in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    show_result(result, form)
    assert not re.search("[\x80-\x9f\u202e]", capsys.readouterr().out)


def test_an_answer_names_holder_days_quote_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    show_answer(ANSWER)
    shown = capsys.readouterr().out
    for words in ("Raqqa (city, Raqqa) on 20 October 2017", "Held by Syrian Democratic Forces from 17 October 2017 on"):
        assert words in shown
    assert "took [bold]the\N{REPLACEMENT CHARACTER}[2J city" in shown
    assert "Harbour Post, published 18 October 2017  [c1]" in shown


def test_an_answer_with_many_voices_shows_a_few_of_each_role_and_counts_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    voices = tuple(replace(VOICE, role=role, claim_id=f"{role}{n}") for role in ("opens", "confirms") for n in range(9))
    show_answer(replace(ANSWER, claims=voices))
    said = capsys.readouterr().out
    assert said.count("opens:") == said.count("confirms:") == 4
    assert "and 10 more claims" in said


def test_rows_come_as_csv_and_json_whole(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(("day", "sides"), tuple((date(2017, 1, 1), ["a", "b"]) for _ in range(300)))
    show_result(result, "csv")
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 301
    assert rows[1] == ["2017-01-01", '["a", "b"]']
    show_result(result, "json")
    assert json.loads(capsys.readouterr().out.splitlines()[0]) == {"day": "2017-01-01", "sides": ["a", "b"]}


def test_a_table_says_how_many_rows_it_leaves_out(capsys: pytest.CaptureFixture[str]) -> None:
    show_result(Result(("n",), tuple((i,) for i in range(300))), "table")
    assert "the first 200 of 300 rows" in capsys.readouterr().err


def test_json_holds_what_is_no_json() -> None:
    assert as_json({"day": date(2017, 9, 1), "path": Path("x")}) == '{"day": "2017-09-01", "path": "x"}'


def test_a_run_that_found_nothing_new_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    issue = IssueKind("unknown_place", 3, 0, "a.txt", "add it to places.csv")
    landed = Landed(2, 2, 0, 0, {})
    summary = RunSummary("r", "syria", Path("w"), landed, 0, 0, False, {"reports": 1234}, (issue,), (), {"land": 0.1})
    show_run(summary)
    shown = capsys.readouterr().out
    assert "Nothing new" in shown
    assert "1,234 (0 new)" in shown
    assert "unknown_place" in shown
    assert "| unknown_place | 3 | 0 |" in summary.markdown()
