"""Bad input ends as issues that name file, line, what was found and how to mend it; the rest is read."""

from __future__ import annotations

import gzip
import json
import os
import socket
from pathlib import Path

import pyarrow as pa
import pytest

from configs.model import Theatre
from tests.landing_stubs import ARTICLE, theatre
from transforms.issues import Issue
from transforms.reports.forms import MAX_CHARS
from transforms.tables import ISSUES
from warehouse.landing import Batch, discover, land

THEATRE = theatre()
NO_DATE = {"no_date"}


def _land(*paths: Path | str, raw: Path, stdin: bytes | None = None, into: Theatre = THEATRE) -> list[Batch]:
    batches = list(land(discover(paths, stdin), into, raw))
    for batch in batches:
        _keeps_the_contract(batch.issues)
    return batches


def _keeps_the_contract(issues: tuple[Issue, ...]) -> None:
    names = ("issue_id", "kind", "found", "expected", "mend", "path", "line", "report_id", "char_start", "char_end")
    rows = [{name: getattr(issue, name) for name in names} | {"run_id": "r"} for issue in issues]
    assert ISSUES.arrow(rows).num_rows == len(issues)
    assert all(i.found and i.expected and i.mend and i.path for i in issues)


def _one(data: bytes, name: str, tmp_path: Path) -> tuple[list[str], list[Issue]]:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / "good_2017-09-05.txt").write_text(ARTICLE)
    batches = _land(folder, raw=tmp_path / "raw")
    texts = [r.text for b in batches for r in b.reports]
    assert ARTICLE in texts, "all else is read"
    texts.remove(ARTICLE)
    return texts, [i for b in batches for i in b.issues]


def zstd(data: bytes) -> bytes:
    return pa.Codec("zstd").compress(data, asbytes=True)


def test_an_empty_file(tmp_path: Path) -> None:
    texts, issues = _one(b"", "empty.txt", tmp_path)
    assert not texts
    assert [(i.kind, Path(i.path or "").name) for i in issues] == [("empty_file", "empty.txt")]


@pytest.mark.parametrize("data", [b"  \n\n", b"\xef\xbb\xbf\n", b"\xff\xfe"])
def test_a_file_of_white_space(data: bytes, tmp_path: Path) -> None:
    assert [i.kind for i in _one(data, "blank.txt", tmp_path)[1]] == ["empty_file"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"%PDF-1.7 \n text",
        bytes(range(256)) * 40,
        b"PK\x03\x04rest",
        b"\0" * 5000,
    ],
)
def test_a_binary_file(data: bytes, tmp_path: Path) -> None:
    texts, issues = _one(data, "picture.txt", tmp_path)
    assert not texts
    assert [i.kind for i in issues] == ["binary_file"]


@pytest.mark.parametrize(("pack", "harm"), [(gzip.compress, "cut"), (gzip.compress, "flipped"), (zstd, "cut")])
def test_a_broken_archive(pack, harm: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    whole = pack(os.urandom(3_000).hex().encode())
    broken = (
        whole[: len(whole) // 2] if harm == "cut" else whole[:40] + bytes(255 - b for b in whole[40:60]) + whole[60:]
    )
    texts, issues = _one(broken, "a.txt.gz", tmp_path)
    assert not texts, "half an article is not taken for a whole one"
    assert [i.kind for i in issues] in (["broken_gzip"], ["broken_zstd"])


def test_the_whole_lines_of_a_broken_archive_are_kept(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "%d %s"}\n' % (n, os.urandom(2_000).hex().encode()) for n in range(2_000))
    texts, issues = _one(gzip.compress(lines)[:-100_000], "a.jsonl.gz", tmp_path)
    assert 1_000 < len(texts) < 2_000
    assert "broken_gzip" in {i.kind for i in issues}


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_an_archive_that_would_fill_the_memory(pack, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    texts, issues = _one(pack(b"Tal Nimr is quiet, it is.\n" * (1 << 20)), "bomb.gz", tmp_path)
    assert not texts
    assert [i.kind for i in issues] == ["bomb"]


def test_half_a_json_line(tmp_path: Path) -> None:
    data = json.dumps({"text": "One thing happened.", "date": "2017-09-05"}) + '\n{"text": "Another thi'
    texts, issues = _one(data.encode(), "a.jsonl", tmp_path)
    assert texts == ["One thing happened."]
    assert [(i.kind, i.line) for i in issues] == [("broken_json", 2)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [("[1, 2]", "not_an_object"), ("7", "not_an_object"), ('{"title": "No text"}', "no_text"),
     ('{"text": " … "}', "no_text"),
     ('{"text": ["a"]}', "no_text"), ("[" * 100_000, "broken_json"), ('{"text": ' + "9" * 9_999 + "}", "broken_json")],
)  # fmt: skip
def test_json_lines_that_are_no_reports(line: str, kind: str, tmp_path: Path) -> None:
    texts, issues = _one(f'{{"text": "One.", "date": "2017-09-05"}}\n{line}\n'.encode(), "a.jsonl", tmp_path)
    assert texts == ["One."]
    assert [(i.kind, i.line) for i in issues] == [(kind, 2)]


def test_a_table_without_a_text_column(tmp_path: Path) -> None:
    texts, issues = _one(b"date,headline\n2017-09-05,Tal Nimr\n", "a.csv", tmp_path)
    assert not texts
    [issue] = issues
    assert issue.kind == "no_text_column"
    assert "headline" in issue.found
    assert "[columns]" in issue.mend


def test_a_row_without_text_and_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    data = b'date,text\n2017-09-05,One.\n2017-09-05,\n2017-09-05,Two.\n2017-09-05,"Three.\n2017-09-05,Four.\n'
    texts, issues = _one(data, "a.csv", tmp_path)
    assert texts == ["One.", "Two."]
    assert [(i.kind, i.line) for i in issues] == [("no_text", 3), ("broken_csv", 5)]


def test_the_year_0025(tmp_path: Path) -> None:
    texts, issues = _one(f"date 0025-09-05 {ARTICLE} So it was.".encode(), "a_2017-09-05.txt", tmp_path)
    assert len(texts) == 1
    assert [(i.kind, i.line) for i in issues] == [("impossible_date", 1)]


def test_a_report_of_a_million_characters_is_read_and_one_beyond_the_bound_is_not(tmp_path: Path) -> None:
    texts, issues = _one(b"Tal Nimr is quiet. " * 55_000, "long_2017-09-05.txt", tmp_path)
    assert (len(texts[0]), issues) == (19 * 55_000 - 1, [])


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl", "long.csv"])
def test_a_report_beyond_all_bounds(name: str, tmp_path: Path) -> None:
    text = "Tal Nimr is quiet. " * (MAX_CHARS // 19 + 10)
    data = {"long.txt": text, "long.jsonl": json.dumps({"text": text}), "long.csv": f'date,text\n2017-09-05,"{text}"\n'}
    texts, issues = _one(data[name].encode(), name, tmp_path)
    assert not texts
    assert [i.kind for i in issues] in (["too_long"], ["broken_csv"])


def test_a_text_in_another_language_is_kept_with_an_issue(tmp_path: Path) -> None:
    text = "دخلت القوات الحكومية القرية يوم الثلاثاء بعد أن غادرها المسلحون كما قال السكان"
    texts, issues = _one(text.encode(), "a_2017-09-05.txt", tmp_path)
    assert texts == [text]
    assert [i.kind for i in issues] == ["foreign_language"]
    assert issues[0].report_id


def test_control_characters_are_taken_out_and_counted(tmp_path: Path) -> None:
    texts, issues = _one(
        b"Tal Nimr\x00 is \x07\x1b quiet again, and so is the road to the river bank.", "a_20170905.txt", tmp_path
    )
    assert texts == ["Tal Nimr is  quiet again, and so is the road to the river bank."]
    assert [(i.kind, i.found[0]) for i in issues] == [("control_characters", "3")]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<!DOCTYPE html>\n<html><body><nav><a href=/>Home</a></nav></body></html>", "no_main_text"),
        (b"<?xml version='1.0'?><urlset><url><loc>https://zenobia.example/a</loc></url></urlset>", "markup"),
        (b"<rss><channel><item><title>Tal Nimr</title></item></channel></rss>", "no_text"),
        (b"WARC/1.1\r\nWARC-Type: resp", "broken_warc"),
    ],
)
def test_markup_without_an_article(data: bytes, kind: str, tmp_path: Path) -> None:
    texts, issues = _one(data, "a.txt", tmp_path)
    assert not texts
    assert [i.kind for i in issues] == [kind]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(ARTICLE)
    (tmp_path / "secret.txt").chmod(0)
    [batch] = _land(tmp_path / "secret.txt", raw=tmp_path / "raw")
    assert [i.kind for i in batch.issues] == ["unreadable_file"]


def test_a_file_that_fails_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{ARTICLE} {name}")
    read = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", fail)
    [batch, apart] = _land(tmp_path / "a.txt", tmp_path / "b.txt", raw=tmp_path / "raw")
    assert [(i.kind, i.found) for i in apart.issues] == [("unreadable_file", "Permission denied")]
    assert ([r.doc_id for r in batch.reports], apart.reports) == (["b"], ())


def test_paths_that_are_no_files(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "none").mkdir(parents=True)
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "loop").symlink_to(folder)
    (folder / "good.txt").write_text(ARTICLE)
    (folder / ".DS_Store").write_bytes(b"\0\0")
    address = str(folder / "s")
    if len(address) < 100:
        socket.socket(socket.AF_UNIX).bind(address)
    found = discover([folder, folder / "none", tmp_path / "missing"])
    kinds = [i.kind for i in found.issues]
    assert [f.name for f in found.files] == [str(folder / "good.txt")]
    assert found.n_hidden == 1
    assert kinds == ["broken_link", *["not_a_file"] * (len(address) < 100), "empty_folder", "missing_path"]


def test_standard_input_that_is_empty(tmp_path: Path) -> None:
    [batch] = _land("-", raw=tmp_path / "raw", stdin=b"")
    assert [(i.kind, i.path) for i in batch.issues] == [("empty_file", "-")]
