"""A run without the orchestrator, in forked processes that die at a chosen point; prints what became of it as JSON.

    python -m tests.faults.every_point kill FOLDER N  a SIGKILL before every Nth change of the file system
    python -m tests.faults.every_point full FOLDER    no file may grow beyond a size, for every size that a run writes

Imports and the reading of the theatre are paid once, in the parent, which itself touches neither DuckDB nor threads.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from configs.load import load_theatre
from transforms.tables import RUNS
from warehouse import landing
from warehouse.build import code_version
from warehouse.extraction import claim_reader, extract_batch, knowledge_hash
from warehouse.intake import take_in
from warehouse.publish import refresh
from warehouse.writing import new_note, writing

THEATRE = "syria"
OLD = {"2017-09-06_palms.txt": "Government troops captured the town of Mayadin from the Islamic State on Tuesday."}
NEW = {
    "2016-12-20_citadel.txt": "The army captured the city of Aleppo from rebels on Monday, state television said.",
    "2017-09-08_bridge.txt": "The Syrian Democratic Forces took control of Raqqa from Islamic State on Thursday.",
    "2017-09-10_ford.txt": "Rebels captured the village of Tell Qaramish from government forces on Saturday.",
    "2018-02-01_torn.jsonl": '{"text": "Rebels seized the town of Saraqib on Monday.", "date": "2018-02-01"}\n{"te',
    "2018-03-01_two.jsonl": "".join(
        json.dumps({"text": f"The army captured the town of {name} on Monday.", "date": day}) + "\n"
        for name, day in (("Harasta", "2018-03-01"), ("Douma", "2018-04-12"), ("Busra", "2013-03-28"))
    ),
    "empty.txt": "",
}


def run(home: Path, inbox: Path, run_id: str) -> None:
    """What the flow does, step by step, with a fixed name and time."""
    known = load_theatre(THEATRE)
    now = datetime(2026, 1, {"first": 1, "second": 2, "third": 3}[run_id], tzinfo=UTC)
    note = replace(new_note(now, THEATRE, knowledge_hash(known), code_version(), [str(inbox)]), run_id=run_id)
    with writing(home, note) as at:
        lake, note = at.lake, at.note
        take_in(lake, known, [inbox], note.run_id, note.started_at)
        for batch in lake.batches_lacking_claims(note.config_hash):
            extract_batch(str(home), THEATRE, batch.batch_id, [str(p) for p in batch.paths], note.run_id)
        row = {name: getattr(note, name) for name in ("run_id", "started_at", "code_version", "config_hash", "theatre")}
        zero = dict.fromkeys(("n_files", "n_reports", "n_repeats", "n_claims", "n_issues"), 0)
        row |= {"finished_at": note.started_at, "inputs": list(note.inputs), "state": "completed", **zero}
        lake.write_batch(RUNS, [row], {}, note.run_id)
        refresh(lake, known, note.config_hash)


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """``work`` in a forked process: how it ended (as waitpid tells), and what it gave."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(write, json.dumps(work()).encode())
            code = 0
        except OSError as error:
            os.write(write, json.dumps(str(error)).encode())
        finally:
            os._exit(code)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    return os.waitpid(child, 0)[1], json.loads(said) if said else None


def dying(point: int, home: Path, work: Callable[[], Any]) -> Callable[[], Any]:
    """``work``, killed before the change of the file system under ``home`` with this number, counted from 1; what is
    never reached (0) lets it end, with the number of changes that it made."""

    def killed() -> int:
        seen = 0

        def watch(event: str, values: tuple[Any, ...]) -> None:
            nonlocal seen
            changes = event in {"os.rename", "os.remove", "os.mkdir", "shutil.rmtree"}
            opens = event == "open" and isinstance(values[2], int) and values[2] & (os.O_WRONLY | os.O_RDWR)
            if (changes or opens) and str(values[0]).startswith(str(home)):
                seen += 1
                if seen == point:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        work()
        return seen

    return killed


def limited(size: int, work: Callable[[], Any]) -> Callable[[], Any]:
    """``work``, with a disk that is full for every file beyond ``size`` bytes."""

    def full() -> Any:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return work()

    return full


def lake_bytes(home: Path) -> dict[str, str]:
    """Every file under ``home`` but the warehouse, the lock and the note of a run, as hashes of bytes by name."""
    left_out = {"lock", "published/warehouse.duckdb", "run.json"}
    files = {str(p.relative_to(home)): p for p in home.rglob("*") if p.is_file()}
    return {name: sha256(p.read_bytes()).hexdigest() for name, p in sorted(files.items()) if name not in left_out}


def warehouse_rows(home: Path) -> str:
    """A hash of all rows of the published warehouse, whatever their order. Fails for a file that is not whole."""
    with duckdb.connect(str(home / "published" / "warehouse.duckdb"), read_only=True) as con:
        names = [row[0] for row in con.execute("select table_name from duckdb_tables() order by 1").fetchall()]
        rows = {n: sorted(map(repr, con.execute(f"from {n}").fetchall())) for n in names if n != "meta"}
    return sha256(repr(rows).encode()).hexdigest()


def main() -> None:
    how, folder = sys.argv[1], Path(sys.argv[2])
    landing.REPORTS_PER_BATCH = 3
    claim_reader(THEATRE)
    inbox, base = folder / "inbox", folder / "base"
    inbox.mkdir(parents=True)

    def state(home: Path) -> tuple[dict[str, str], str]:
        return lake_bytes(home), in_child(lambda: warehouse_rows(home))[1]

    def put(texts: dict[str, str]) -> None:
        for name, text in texts.items():
            (inbox / name).write_text(text)
            os.utime(inbox / name, (1.5e9, 1.5e9))

    put(OLD)
    assert in_child(lambda: run(base, inbox, "first"))[0] == 0
    put(NEW)
    wanted = {}
    changes = 0
    for name in ("second", "third"):
        home = folder / name
        shutil.copytree(base, home)
        ended, changes = in_child(dying(0, home, lambda home=home, name=name: run(home, inbox, name)))
        assert ended == 0
        wanted[name] = state(home)
    whole = {"old": state(base)[1], "new": wanted["second"][1], "new, by the next run": wanted["third"][1]}
    sizes = sorted({p.stat().st_size - 1 for p in (folder / "second").rglob("*") if p.stat().st_size > 1})
    stride = int(sys.argv[3])
    last = range(max(1, changes + 1 - stride), changes + 1)  # what comes after the swap is always among them
    for point in sizes[::stride] if how == "full" else sorted({*range(1, changes, stride), *last}):
        home = folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(base, home)
        work = lambda home=home: run(home, inbox, "second")  # noqa: E731
        ended, said = in_child(limited(point, work) if how == "full" else dying(point, home, work))
        live = in_child(lambda home=home: warehouse_rows(home))[1]
        again = in_child(lambda home=home: run(home, inbox, "third"))
        after = state(home)
        names = [name for name, rows in whole.items() if rows == live]
        print(json.dumps({
            "point": point, "ended": ended, "said": said, "live": names[0] if names else None,
            "next_run": again, "as_undisturbed": after in wanted.values(), "note_left": (home / "run.json").exists(),
            "differs": sorted(set(after[0].items()) ^ set(wanted["second"][0].items()))[:6],
        }), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
