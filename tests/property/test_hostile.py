"""Ten thousand damaged inputs of every form that is read: each is read or explained, and nothing is raised."""

from __future__ import annotations

import gzip
import json

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from configs.load import load_language
from tests.landing_stubs import ARTICLE, theatre
from tests.web_stubs import entry, page, response, rss
from transforms.reports.documents import ReportReader
from transforms.reports.encoding import clean

THEATRE = theatre()
READER = ReportReader(THEATRE, load_language(THEATRE.language))
PAGE = page("Tal Nimr", ARTICLE, "2017-09-06T01:30:00+03:00", "https://zenobia.example/a")
ARCHIVE = (
    entry("https://zenobia.example/a", source="zna", title="T", published="2017-09-05", text="Short.")
    + response("https://zenobia.example/a", PAGE.encode())
    + response("https://zenobia.example/b", gzip.compress(PAGE.encode()), encoding="gzip")
    + response("https://zenobia.example/c", b"5\r\n<html\r\n1\r\n>\r\n0\r\n\r\n")
)
FEED = rss(("One", "/1", "Wed, 06 Sep 2017 01:30:00 +0300", f"<p>{ARTICLE}</p>"), ("Two", "http://[x", "x", "<b>so"))
JSONL = "\n".join(
    json.dumps({"date": "2017-09-05", "text": f"{ARTICLE} {n}", "url": "http://[x/2017/13/45"}) for n in range(3)
)
CSV = f'date;text;source\n1504600000;"{ARTICLE}";ZNA\n;"x\n2017-09-05;{ARTICLE};ZNA\n'
PLAIN = f"date 2017-09-05 {ARTICLE}\n\ndate 2017-09-06\nHOMS, Sept 31 (ZNA) – {ARTICLE[::-1]}\n"
MAIL = f"""From desk@zenobia.example Tue Sep  5 10:00:00 2017
From: Desk <desk@zenobia.example>
Date: Tue, 5 Sep 2017 10:00:00 +0300
Subject: =?utf-8?q?Tal_Nimr?=
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=x"

--=x
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: base64

PHA+VGFsIE5pbXI8L3A+
--=x
Content-Type: text/plain

{ARTICLE}
--=x--
"""
CHANNEL = {
    "name": "Tal",
    "messages": [{"type": "message", "id": 1, "date": "2017-09-05T10:00:00", "text": ["a", {"text": "b"}]}],
}
SOUND = (
    MAIL.encode(), MAIL.encode() * 2, json.dumps(CHANNEL, indent=1).encode(),
    ARCHIVE, gzip.compress(ARCHIVE), PAGE.encode(), PAGE.encode("utf-16"), FEED.encode(), JSONL.encode(), CSV.encode(),
    PLAIN.encode(), PLAIN.encode("utf-16"), gzip.compress(JSONL.encode()),
    pa.Codec("zstd").compress(CSV.encode(), asbytes=True),
)  # fmt: skip
PIECES = (
    b"<", b">", b"&", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n", b'"', b"\n", b"{", b"[" * 300, b"<div>" * 300,
    b"<![CDATA[", b"]]>", b"<!--", b"<script>", b"&#x110000;", b"&#0;", b"<svg><math>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"WARC/1.1\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n", b"\x1f\x8b\x08",
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n", b"\xed\xa0\x80", b"\x1b[2J", b"date 9999-99-99 ",
)  # fmt: skip
PUT = st.sampled_from(PIECES) | st.binary(max_size=9)
EDIT = st.tuples(st.sampled_from("xdirc"), st.floats(0, 1, width=32), st.integers(1, 120), PUT)
EDITS = st.lists(EDIT, min_size=1, max_size=6)
NAMES = st.sampled_from(
    [
        "a",
        "a.html",
        "2017-13-45.xml",
        "a.jsonl",
        "a.csv",
        "-",
        "a.mbox",
        "a.eml",
        "a.mhtml",
        "a.json",
        "a.warc.gz",
        "9999-99-99.txt",
    ]
)


def damaged(data: bytes, edits: list[tuple[str, float, int, bytes]]) -> bytes:
    """``data`` with bytes overwritten, deleted, put in, repeated, or cut off."""
    for what, where, size, piece in edits:
        at = int(where * len(data))
        if what == "x":
            data = data[:at] + piece + data[at + len(piece) :]
        elif what == "d":
            data = data[:at] + data[at + size :]
        elif what == "i":
            data = data[:at] + piece + data[at:]
        elif what == "r":
            data = data[:at] + data[at : at + size] * 3 + data[at + size :]
        else:
            data = data[: max(at, 1)]
    return data


@pytest.mark.slow
@pytest.mark.timeout(240)
@settings(max_examples=10_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SOUND), EDITS, NAMES)
def test_ten_thousand_damaged_inputs_are_read_or_explained(
    data: bytes, edits: list[tuple[str, float, int, bytes]], name: str
) -> None:
    reading = READER.read(damaged(data, edits), name)
    assert reading.reports or reading.issues
    for report in reading.reports:
        assert clean(report.text) == (report.text, 0)
        assert clean(report.title or "") == (report.title or "", 0)
        assert "javascript:" not in (report.url or "").lower()
        report.text.encode()
    assert all(issue.found and issue.expected and issue.mend for issue in reading.issues)
