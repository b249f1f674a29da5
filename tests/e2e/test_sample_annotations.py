"""The shipped sample and the answers beside it belong together: ids, days, quotes, forms."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from configs.load import load_language, load_theatre
from configs.model import Theatre
from transforms.reports.documents import Report, ReportReader

SAMPLE = Path(__file__).parents[2] / "samples" / "deir_ez_zor"
EXPECTED = SAMPLE.parent / "expected"
TYPES = {"capture", "withdrawal", "handover", "siege", "siege_lifted", "repelled", "advance", "offensive", "control"}
FIELDS = {
    "type", "status", "place", "place_canonical", "admin1", "actor", "actor_text", "opponent", "opponent_text",
    "date_start", "date_end", "date_basis", "claimed_by", "quote",
}  # fmt: skip


def _records() -> list[dict[str, Any]]:
    with (EXPECTED / "claims.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _answers() -> list[dict[str, str]]:
    with (EXPECTED / "control.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def _theatre() -> Theatre:
    return load_theatre("syria")


@cache
def _reports() -> dict[str, Report]:
    found: dict[str, Report] = {}
    reader = ReportReader(_theatre(), load_language(_theatre().language))
    for path in sorted(p for p in SAMPLE.iterdir() if p.is_file()):
        for report in reader.read(path.read_bytes(), path.name).reports:
            assert report.doc_id not in found, f"two reports are called {report.doc_id}"
            found[report.doc_id] = report
    return found


def test_every_report_of_the_sample_is_annotated_and_no_other() -> None:
    assert {record["doc_id"] for record in _records()} == set(_reports())


def test_every_report_is_found_to_be_published_on_the_annotated_day() -> None:
    found = {doc: str(report.published_at) for doc, report in _reports().items()}
    assert found == {record["doc_id"]: record["published"] for record in _records()}


def test_every_report_is_known_to_come_from_one_of_the_invented_outlets() -> None:
    outlets = Counter(report.source_id for report in _reports().values())
    assert set(outlets) == {
        "cedarline_wire", "zenobia_national_agency", "jaghjagh_news_agency", "al_qindil",
        "euphrates_incident_register", "frontline_diwan", "harbour_courier", "tigris_channel",
    }  # fmt: skip


def test_reports_are_short_and_about_forty() -> None:
    assert 40 <= len(_reports()) <= 50
    lengths = {doc: len(report.text.split()) for doc, report in _reports().items()}
    assert not {doc: n for doc, n in lengths.items() if not 60 <= n <= 300}


@pytest.mark.parametrize("record", _records(), ids=lambda record: record["doc_id"])
def test_what_is_annotated_stands_in_the_report_letter_for_letter(record: dict[str, Any]) -> None:
    text = _reports()[record["doc_id"]].text
    for event in record["events"]:
        for field in ("quote", "place", "actor_text", "opponent_text", "claimed_by"):
            assert event[field] is None or event[field] in text, (field, event[field])


@pytest.mark.parametrize("record", _records(), ids=lambda record: record["doc_id"])
def test_records_keep_to_the_form(record: dict[str, Any]) -> None:
    theatre = _theatre()
    sides = {side.side_id for side in theatre.sides}
    published = date.fromisoformat(record["published"])
    for event in record["events"]:
        assert set(event) == FIELDS
        assert event["type"] in TYPES
        assert event["status"] in {"happened", "planned", "denied"}
        assert event["actor"] in sides
        assert event["opponent"] in sides | {None}
        assert event["admin1"] in {*theatre.admin1, "Iraq", None}
        start, end = (event[key] and date.fromisoformat(event[key]) for key in ("date_start", "date_end"))
        assert (start is None) == (end is None) == (event["date_basis"] == "unknown")
        if start is not None:
            assert start <= end
            assert end <= published or event["status"] == "planned"
        if event["date_basis"] == "published":
            assert start == end == published


def test_every_claim_type_and_status_occurs_in_the_sample() -> None:
    events = [event for record in _records() for event in record["events"]]
    assert {event["type"] for event in events} == TYPES
    assert {event["status"] for event in events} == {"happened", "planned", "denied"}
    assert [record["doc_id"] for record in _records() if not record["events"]], "a report without any claim is needed"


def test_questions_ask_for_days_and_sides_that_exist() -> None:
    sides = {side.side_id for side in _theatre().sides}
    answers = _answers()
    assert len(answers) >= 30
    for row in answers:
        date.fromisoformat(row["day"])
        assert not row["known"] or date.fromisoformat(row["known"])
        assert row["status"] in {"held", "contested", "besieged", "unknown"}
        assert row["holder_side"] in sides | {""}
        assert (row["holder_side"] == "") == (row["status"] in {"unknown", "contested"})
        assert row["rules"]
        assert row["why"]
