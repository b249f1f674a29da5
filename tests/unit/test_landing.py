from __future__ import annotations

import gzip
import json
import os
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from tests.landing_stubs import ARTICLE, theatre
from warehouse import landing
from warehouse.landing import Batch, discover, keep_raw, land, raw_file, reading_key

THEATRE = theatre()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in" / "deep"
    inside.mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text(f"Report b. {ARTICLE}")
    (tmp_path / "in" / "a.txt.gz").write_bytes(gzip.compress(f"Report a. {ARTICLE}".encode()))
    lines = (json.dumps({"doc_id": f"j{n}", "date": "2017-09-05", "text": f"{ARTICLE} {n}"}) for n in range(1_200))
    (inside / "many.jsonl").write_text("\n".join(lines))
    return tmp_path / "in"


def _all(batches: list[Batch]) -> list[str]:
    return [report.doc_id for batch in batches for report in batch.reports]


def test_folders_are_read_whole_and_in_order(folder: Path, tmp_path: Path) -> None:
    found = discover([folder, folder / "b.txt"])
    assert [Path(file.name).name for file in found.files] == ["a.txt.gz", "b.txt", "many.jsonl"]
    batches = list(land(found, THEATRE, tmp_path / "raw"))
    assert [len(batch.reports) for batch in batches] == [500, 500, 202]
    assert _all(batches) == ["a", "b", *(f"j{n}" for n in range(1_200))]
    assert [batch.n_files for batch in batches] == [2, 0, 1]
    assert [len(batch.finished) for batch in batches] == [2, 0, 1]


def test_the_same_input_gives_the_same_batches(folder: Path, tmp_path: Path) -> None:
    first, again = (list(land(discover([folder]), THEATRE, tmp_path / name)) for name in ("raw", "other"))
    assert first == again
    assert len({batch.batch_id for batch in first}) == 3


def test_raw_bytes_are_kept_by_hash_and_left_alone(folder: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    list(land(discover([folder]), THEATRE, raw))
    for path in (path for path in folder.rglob("*") if path.is_file()):
        digest = sha256(path.read_bytes()).hexdigest()
        kept = raw / digest[:2] / digest
        assert kept == raw_file(raw, digest)
        assert kept.read_bytes() == path.read_bytes()
    before = {path: path.stat().st_mtime_ns for path in raw.rglob("*")}
    list(land(discover([folder]), THEATRE, raw))
    assert {path: path.stat().st_mtime_ns for path in raw.rglob("*")} == before


def test_a_kept_copy_that_was_cut_short_is_written_again(folder: Path, tmp_path: Path) -> None:
    file = discover([folder / "b.txt"]).files[0]
    digest, data = keep_raw(file, tmp_path / "raw")
    raw_file(tmp_path / "raw", digest).write_bytes(b"")
    keep_raw(file, tmp_path / "raw")
    assert raw_file(tmp_path / "raw", digest).read_bytes() == data


def test_a_large_file_is_read_piece_by_piece_with_the_same_outcome(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = list(land(discover([folder]), THEATRE, tmp_path / "raw"))
    monkeypatch.setattr(landing, "SMALL", 10)
    monkeypatch.setattr(landing, "CHUNK", 97)
    assert list(land(discover([folder]), THEATRE, tmp_path / "other")) == whole


def test_known_reports_and_landed_files_are_left_out(folder: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    batches = list(land(discover([folder]), THEATRE, raw))
    ids = {report.report_id for batch in batches for report in batch.reports}
    [again] = land(discover([folder]), THEATRE, raw, known_ids=ids)
    assert (again.reports, again.n_repeats, again.n_files, len(again.finished)) == ((), 1_202, 3, 3)
    [none] = land(discover([folder]), THEATRE, raw, landed=again.finished)
    assert (none.reports, none.issues, none.finished, none.n_files) == ((), (), (), 3)


def test_a_run_that_was_killed_after_any_batch_goes_on_with_the_batches_that_it_would_have_made(
    folder: Path, tmp_path: Path
) -> None:
    (folder / "c.jsonl").write_text("".join(f'{{"text": "{ARTICLE} c{n}"}}\nbroken\n' for n in range(700)))
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    raw = tmp_path / "raw"
    whole = list(land(discover([folder]), THEATRE, raw))
    assert len(whole) > 4
    for n in range(1, len(whole)):
        done = whole[:n]
        ids = {report.report_id for batch in done for report in batch.reports}
        begun = {file.raw_hash: file.n_items for batch in done for file in batch.files}
        finished = {raw_hash for batch in done for raw_hash in batch.finished}
        rest = list(land(discover([folder]), THEATRE, raw, ids, finished, begun))
        assert [(b.batch_id, b.reports, b.issues) for b in rest if b.files or b.issues] == [
            (b.batch_id, b.reports, b.issues) for b in whole[n:]
        ]


def test_the_same_article_in_two_files_lands_once(tmp_path: Path) -> None:
    for name, text in {"a.txt": ARTICLE, "b.txt": ARTICLE, "c.txt": ARTICLE.upper()}.items():
        (tmp_path / name).write_text(text)
    [batch] = land(discover([tmp_path]), THEATRE, tmp_path / "raw")
    assert [report.doc_id for report in batch.reports] == ["a"]
    assert (batch.n_repeats, batch.n_files, len(batch.finished)) == (1, 3, 2)
    assert len(batch.issues) == 0 or {issue.report_id for issue in batch.issues} == {batch.reports[0].report_id}


def test_files_are_noted_for_how_they_are_read() -> None:
    assert reading_key(THEATRE) != reading_key(theatre(slug="other"))


def test_a_file_with_a_name_that_is_no_text_is_read_and_named_harmlessly(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    odd = os.fsencode(tmp_path / "in") + b"/2017-09-05_\xff\x1b[2J\xe2\x80\xae.txt"
    with open(odd, "w") as file:  # noqa: PTH123
        file.write(ARTICLE)
    [batch] = land(discover([tmp_path / "in"]), THEATRE, tmp_path / "raw")
    [report] = batch.reports
    assert report.raw_path == f"{tmp_path}/in/2017-09-05_\ufffd\ufffd[2J\ufffd.txt"
    assert report.published_at == date(2017, 9, 5)


def test_standard_input_is_kept_and_read(tmp_path: Path) -> None:
    [batch] = land(discover(["-"], ARTICLE.encode()), THEATRE, tmp_path / "raw")
    assert [(report.doc_id, report.raw_path) for report in batch.reports] == [("stdin", "-")]
    assert raw_file(tmp_path / "raw", batch.finished[0]).read_bytes() == ARTICLE.encode()
