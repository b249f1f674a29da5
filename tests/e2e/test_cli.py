"""From the sample to an answer, by the commands that the README shows."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.e2e.conftest import ROOT, SAMPLE, whoheld

pytestmark = pytest.mark.timeout(240)
NOISE = re.compile(r"Traceback|Error|(?-i:[a-z]Warning)|temporary server|prefect|asyncio", re.I)


def test_a_run_says_what_it_found_and_where_it_lies(home: Path) -> None:
    shown = (home.parent / "first.txt").read_text()
    for label in ("files", "reports", "claims", "events", "control rows", "issues", "seconds"):
        assert re.search(rf"^{label} +\S", shown, re.M), label
    assert "published/warehouse.duckdb" in shown
    assert not NOISE.search(shown)


def test_the_answer_comes_in_words_with_quotes(home: Path) -> None:
    done = whoheld("who", "Deir ez-Zor", "--on", "2017-09-10", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Deir ez-Zor (city, Deir ez-Zor) on 10 September 2017" in done.stdout
    assert "“" in done.stdout
    answer = json.loads(whoheld("who", "Deir ez-Zor", "--on", "2017-09-10", "--json", home=home).stdout)
    assert answer["claims"]
    explained = whoheld("explain", answer["control_id"], home=home)
    assert answer["claims"][0]["quote"].split()[0] in explained.stdout
    assert "rule R" in " ".join(explained.stdout.split())
    claim = whoheld("explain", answer["claims"][0]["claim_id"], home=home)
    for heading in ("what is named in it", "why each slot is as it is"):
        assert heading in claim.stdout
    told = json.loads(whoheld("explain", answer["claims"][0]["claim_id"], "--json", home=home).stdout)
    assert told["reading"]["rule_id"] == told["rule_id"]
    assert {slot["name"] for slot in told["reading"]["slots"]} >= {"type", "actor", "place", "date", "status"}


def test_what_was_known_earlier_cites_nothing_later(home: Path) -> None:
    done = whoheld("who", "Deir ez-Zor", "--on", "2017-11-10", "--known", "2017-09-15", "--json", home=home)
    answer = json.loads(done.stdout)
    assert all(claim["published_at"] <= "2017-09-15" for claim in answer["claims"])


def test_sql_reads_and_cannot_write(home: Path) -> None:
    done = whoheld("sql", "--csv", "select count(*) > 20 as many from reports", home=home)
    assert done.stdout == "many\nTrue\n"
    table = whoheld("sql", "from control_on(date '2017-10-01') limit 2", home=home)
    assert "holder_side" in table.stdout
    for query in ("drop table claims", "copy claims to 'x.csv'", "attach 'y.duckdb'", "selec"):
        refused = whoheld("sql", query, home=home)
        assert refused.returncode == 1, query
        assert "Traceback" not in refused.stderr


def test_extract_gives_a_line_a_report(home: Path, tmp_path: Path) -> None:
    line = {"doc_id": "a", "date": "2017-10-18", "text": "The Syrian Democratic Forces captured Raqqa on Tuesday."}
    done = whoheld("extract", "-", home=tmp_path / "none", stdin=json.dumps(line) + "\n")
    record = json.loads(done.stdout)
    assert (record["doc_id"], record["published"]) == ("a", "2017-10-18")
    assert [(e["type"], e["place_canonical"], e["date_start"]) for e in record["events"]] == [
        ("capture", "Raqqa", "2017-10-17")
    ]
    assert not (tmp_path / "none").exists()


def test_extract_prints_its_issues_beside_the_records(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "\x1b[2J.jsonl").write_text('{"text": "Re')
    done = whoheld("extract", tmp_path, home=tmp_path / "none")
    assert (done.returncode, done.stdout) == (0, "")
    assert "empty_file: " in done.stderr
    assert "empty.txt: an empty file; to mend it: fill it" in done.stderr
    assert "issues: 1 broken_json, 1 empty_file" in done.stderr
    assert "\x1b" not in done.stderr


def test_dates_gives_offsets_and_values(tmp_path: Path) -> None:
    text = "It fell on Tuesday."
    line = json.dumps({"doc_id": "a", "dct": "2017-10-18", "text": text})
    done = whoheld("dates", "-", home=tmp_path / "none", stdin=line)
    (timex,) = json.loads(done.stdout)["timexes"]
    assert (text[timex["start"] : timex["end"]], timex["value"]) == ("Tuesday", "2017-10-17")


@pytest.mark.slow
def test_a_second_run_changes_nothing_and_says_so(home: Path) -> None:
    published = home / "published" / "warehouse.duckdb"
    before = published.read_bytes()
    done = whoheld("run", SAMPLE, home=home)
    assert done.returncode == 0
    assert "Nothing new" in done.stdout
    assert published.read_bytes() == before


@pytest.mark.slow
def test_bad_input_is_issues_and_exit_code_0(tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "empty.txt").touch()
    (bad / "photo.jpg").write_bytes(bytes(range(256)) * 40)
    (bad / "torn.txt.gz").write_bytes(b"\x1f\x8b\x08\x00torn")
    (bad / "half.jsonl").write_text(
        '{"text": "Rebels captured Saraqib on Monday.", "date": "2017-09-05"}\n{"text": "Re'
    )
    (bad / "table.csv").write_text("colour,size\nred,4\n")
    (bad / "year.jsonl").write_text('{"text": "Rebels captured the town of Maskanah.", "date": "0025-09-05"}\n')
    (bad / "bell.txt").write_text("Rebels\x07 captured the town of Al Bab on Monday.\x00\n")
    done = whoheld("run", bad, home=tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    with duckdb.connect(str(tmp_path / "home" / "published" / "warehouse.duckdb"), read_only=True) as con:
        paths = {
            Path(p).name for (p,) in con.execute("select distinct split_part(path, '#', 1) from issues").fetchall()
        }
        reports = con.execute("select count(*) from reports").fetchall()
    assert {"empty.txt", "photo.jpg", "torn.txt.gz", "half.jsonl", "table.csv", "year.jsonl"} <= paths
    assert reports[0][0] >= 2
    listed = whoheld("issues", home=tmp_path / "home")
    assert "to mend it" in listed.stdout


def test_a_configuration_error_stops_before_anything_is_written(tmp_path: Path) -> None:
    theatre = tmp_path / "theatre"
    theatre.mkdir()
    (theatre / "theatre.toml").write_text('slug = "x"\nno_such_key = 1\n')
    done = whoheld("run", SAMPLE, "--theatre", theatre, home=tmp_path / "home")
    assert done.returncode == 2
    assert "to mend it" in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("run", "no-such-folder"), 1, "there is no file or folder 'no-such-folder'"),
        (("run", "https://me:pw@wire.example/rss"), 1, "${NAME}"),
        (("run", "ftp://wire.example/rss"), 1, "is no address of the web"),
        (("extract", "https://wire.example/a"), 1, "there is no file or folder"),
        (("who", "Raqqa", "--on", "2017-13-01"), 1, "write it as 2017-09-10"),
        (("who", "Raqqa"), 1, "whoheld run PATH"),
        (("run", ".", "--theatre", "mars"), 2, "no such theatre"),
        (("no-such-command",), 2, "No such command"),
    ],
)
def test_mistakes_are_told_in_words(words: tuple[str, ...], code: int, says: str, tmp_path: Path) -> None:
    done = whoheld(*words, home=tmp_path / "home")
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "home").exists()


def test_a_reader_that_has_enough_is_no_error(home: Path) -> None:
    command = f"{sys.executable} -m flows.cli sql --json 'from range(200000)' | head -1"
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, check=False,
        env={**os.environ, "WHOHELD_HOME": str(home), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stdout == '{"range": 0}\n'
    assert done.stderr == ""


def test_questions_are_answered_without_importing_the_orchestrator(home: Path) -> None:
    modules = "flows.cli, flows.reading, flows.terminal, flows.summary, warehouse.ask"
    code = f"import sys, {modules}; sys.exit('prefect' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


@pytest.mark.slow
def test_a_terminal_shows_progress_and_no_noise(tmp_path: Path) -> None:
    shown: list[bytes] = []

    def read(fd: int) -> bytes:
        shown.append(os.read(fd, 4096))
        return shown[-1]

    environment = {"WHOHELD_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WHOHELD_"))}
    script = "import os, sys; os.execve(sys.argv[1], sys.argv[1:], os.environ)"
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(kept | environment)
    try:
        code = pty.spawn([sys.executable, "-c", script, sys.executable, "-m", "flows.cli", "run", str(SAMPLE)], read)
    finally:
        os.environ.clear()
        os.environ.update(before)
    text = b"".join(shown).decode()
    assert code == 0
    assert "starting" in text
    assert "building" in text
    assert not NOISE.search(text.replace(str(tmp_path), "")), text
