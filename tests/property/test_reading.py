"""Reading ends well whatever the bytes; the same article is the same report however it was written down."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import pyarrow as pa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from configs.load import load_language
from tests.landing_stubs import ARTICLE, theatre
from transforms.reports.documents import Reading, ReportReader, report_id
from transforms.reports.encoding import clean
from transforms.reports.nearness import signature

THEATRE = theatre()
READER = ReportReader(THEATRE, load_language(THEATRE.language))
GOOD = (
    f"date 2017-09-05 {ARTICLE}\n\ndate 2017-09-06\n{ARTICLE[::-1]}\n".encode(),
    json.dumps({"date": "05/09/2017", "text": ARTICLE, "url": "http://[x/2017/13/45/"}).encode() * 2,
    json.dumps([{"date": 2017.5, "text": ARTICLE}, {"text": "HOMS, Sept 31 (ZNA) – so"}], indent=1).encode(),
    f'date;text;source\n1504600000;"{ARTICLE}";ZNA\n;"x\n'.encode(),
    f"Mon 31.02.2017 at 9961 (99:99 P.M.) {ARTICLE}".encode("utf-16"),
    f"Tue 5 Sept 2017 {ARTICLE} café".encode("cp1252"),
    gzip.compress(ARTICLE.encode()),
    pa.Codec("zstd").compress(ARTICLE.encode(), asbytes=True),
)
NAMES = st.sampled_from(["a.txt", "a.jsonl", "a.json.gz", "a.csv", "-", "2017-13-45.tsv", "", "/", "9999-99-99"])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
PACKS = st.sampled_from([bytes, gzip.compress, lambda data: pa.Codec("zstd").compress(data, asbytes=True)])


def _sound(reading: Reading) -> None:
    for report in reading.reports:
        assert report.text.encode()
        assert clean(report.text) == (report.text, 0)
        assert report.report_id == report_id(report.text)
        assert len(signature(report.text)) == 64
        assert (report.published_at is None) == (report.published_basis is None)
        assert report.doc_id
    assert len({report.report_id for report in reading.reports}) == len(reading.reports)
    assert all(issue.found and issue.mend for issue in reading.issues)
    assert reading.reports or reading.issues


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), NAMES)
@example(b"", "a.csv")
@example(b"text,\n", "a.csv")
@example(b"\xff\xfe\x00\xd8", "a.txt")
@example(b"\x1f\x8b", "a")
@example(b"\x28\xb5\x2f\xfd", "a")
def test_any_bytes_are_read_or_explained(data: bytes, name: str) -> None:
    _sound(READER.read(data, name))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(GOOD), st.integers(0, 400), st.integers(0, 30), st.binary(max_size=8), NAMES)
def test_good_input_that_was_damaged_is_read_or_explained(
    data: bytes, at: int, cut: int, put: bytes, name: str
) -> None:
    _sound(READER.read(data[:at] + put + data[at + cut :], name))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), NAMES)
def test_any_text_is_read_or_explained(text: str, name: str) -> None:
    _sound(READER.read(text.encode(errors="surrogatepass"), name))
    _sound(READER.read(json.dumps({"text": text, "date": text[:20], "url": text, "source": text}).encode(), name))


@settings(max_examples=100, deadline=None)
@given(ENDS, ENCODINGS, PACKS, st.booleans())
def test_an_article_is_the_same_report_in_any_encoding_line_end_and_packing(
    end: str, encoding: str, pack: Callable[[bytes], bytes], straight: bool
) -> None:
    text = f"“It’s quiet now,” the mayor of Tal Nimr said.\n\n{ARTICLE}\nHe stays – café and all."
    written = text.replace("“", '"').replace("”", '"').replace("’", "'") if straight else text
    data = pack(written.replace("\n", end).encode(encoding))
    reading = READER.read(data, "a.txt")
    assert [report.report_id for report in reading.reports] == [report_id(text)]
    assert reading.reports[0].text == written
