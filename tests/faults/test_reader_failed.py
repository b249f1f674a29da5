"""A text at which the reader breaks down is an issue of its own; the other reports are read."""

from __future__ import annotations

from datetime import date

import pytest

from configs.load import load_language, load_theatre
from transforms.claims import reader as reading
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report
from warehouse.extraction import read_safely


def report(text: str) -> Report:
    day = date(2017, 9, 9)
    return Report("r1", "r1", "unknown", None, None, day, None, "metadata", None, "en", text, "", "raw/r1.txt")


def test_a_text_at_which_the_reader_breaks_down_is_an_issue_and_no_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = ClaimReader(load_theatre("syria"), load_language("en"))
    text = "The army captured Palmyra from Islamic State on Friday."
    assert [c.claim_type for c in read_safely(reader, report(text)).claims] == ["capture"]

    def breaks_down(*_: object) -> None:
        raise IndexError("tuple index out of range")

    monkeypatch.setattr(reading, "read_frames", breaks_down)
    found = read_safely(reader, report(text))
    assert found.claims == ()
    [issue] = found.issues
    assert (issue.kind, issue.report_id, issue.path) == ("reader_failed", "r1", "raw/r1.txt")
    assert "IndexError" in issue.found
    assert "test_reader_failed.py" in issue.found
