"""Why a claim says what it says: the reader's own decisions, in words."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from configs.load import load_language, load_theatre
from flows.explanation import explanation_dict, show_explanation
from flows.terminal import as_json
from tests.lake_rows import land, report
from transforms.claims.claim import Claim
from transforms.claims.decisions import Decision, recorded, trail
from transforms.claims.explanation import ClaimExplained, Slot, explain_claim
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report
from warehouse.explain import Explanation, read_again
from warehouse.extraction import knowledge_hash
from warehouse.lake import open_lake

DAY = date(2017, 9, 9)
THEATRE = load_theatre("syria")
READER = ClaimReader(THEATRE, load_language("en"))
TEXT = (
    "The Islamic State took the town of Tabqa in August 2014.\n"
    "The Syrian Democratic Forces are battling to capture Raqqa from IS, the Syrian Observatory for Human Rights said. "
    "They seized the village of Kasrat Afnan on Thursday. Rebel-held Idlib was quiet."
)


def reported(text: str) -> Report:
    return Report("r", "r", "unknown", None, "Title", DAY, None, "metadata", None, "en", text, "", "r.txt")


def claim_of(text: str, claim_type: str) -> Claim:
    return next(c for c in READER.read(reported(text)).claims if c.claim_type == claim_type)


def explained(text: str, claim_type: str) -> ClaimExplained:
    found = explain_claim(READER, THEATRE, reported(text), claim_of(text, claim_type).claim_id)
    assert found is not None
    return found


def slot(of: ClaimExplained, name: str) -> Slot:
    return next(s for s in of.slots if s.name == name)


def test_it_shows_the_sentence_and_what_is_named_in_it() -> None:
    found = explained(TEXT, "capture")
    assert found.sentence == "The Islamic State took the town of Tabqa in August 2014."
    assert [(m.kind, m.text, m.meaning.partition(" (")[0]) for m in found.mentions] == [
        ("actor", "Islamic State", "Islamic State"),
        ("place", "Tabqa", "Tabqa"),
        ("date", "August 2014", "2014-08-01 to 2014-08-31"),
    ]
    assert all(TEXT[m.start : m.end] == m.text for m in found.mentions)
    assert TEXT[found.trigger_start :].startswith(found.trigger)


def test_each_slot_names_the_function_that_filled_it() -> None:
    found = explained(TEXT, "capture")
    assert "subject" in slot(found, "actor").by
    assert "nearest" in slot(found, "actor").why
    assert "objects" in slot(found, "place").by
    assert slot(found, "date").value == "2014-08-01 to 2014-08-31"
    assert slot(found, "date").by == ("_told_by",)


def test_a_claim_that_is_less_than_a_deed_tells_what_governs_it() -> None:
    found = explained(TEXT, "offensive")
    assert "told as effort" in slot(found, "status").why
    assert "told as effort, a capture becomes offensive" in slot(found, "type").why
    assert slot(found, "claimed by").value.startswith("the Syrian Observatory for Human Rights (monitor")
    assert slot(found, "claimed by").why.startswith("Named right before a verb of saying")
    assert slot(found, "opponent").value.startswith("Islamic State")


def test_whom_they_are_is_shown_from_the_sentence_before() -> None:
    text = TEXT.partition("\n")[2]
    they = next(c for c in READER.read(reported(text)).claims if c.claim_type == "capture")
    found = explain_claim(READER, THEATRE, reported(text), they.claim_id)
    assert found is not None
    assert slot(found, "actor").value.endswith("(sdf)")
    assert any(m.end <= found.start for m in found.mentions), "the actor stands in another sentence"


def test_a_slot_that_the_report_fills_elsewhere_says_so() -> None:
    text = "Islamic State holds Tabqa. The Syrian army attacked Tabqa on Friday."
    found = explained(text, "offensive")
    assert slot(found, "opponent").value.startswith("Islamic State")
    assert slot(found, "opponent").why


def test_every_slot_of_every_claim_has_a_value_and_a_reason() -> None:
    for claim in READER.read(reported(TEXT)).claims:
        found = explain_claim(READER, THEATRE, reported(TEXT), claim.claim_id)
        assert found is not None
        assert all(s.value and s.why for s in found.slots), found
        assert found.rule_id == claim.rule_id


def test_another_text_gives_no_explanation() -> None:
    claim = claim_of(TEXT, "capture")
    assert explain_claim(READER, THEATRE, reported("Nothing happened in Tabqa."), claim.claim_id) is None


def test_recording_changes_nothing_and_ends_with_the_reading() -> None:
    found, log = recorded(lambda: READER.read(reported(TEXT)))
    assert found == READER.read(reported(TEXT))
    assert sys.getprofile() is None
    assert log
    with pytest.raises(ZeroDivisionError):
        recorded(lambda: 1 // 0)
    assert sys.getprofile() is None


def test_a_trail_leads_from_the_last_decision_back_to_the_first() -> None:
    log = [Decision("early", "", "x", 5), Decision("f", "", "x", 3), Decision("no", "", "y", 4),
           Decision("inner", "", "x", 3), Decision("outer", "", "x", 2), Decision("end", "", "z", 1)]  # fmt: skip
    assert [d.function for d in trail(log, lambda v: v == "x")] == ["inner", "outer"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("home")
    land(open_lake(root), "b1", [report("r", "2017-09-09", text=TEXT)])
    return root


def test_a_claim_is_explained_from_the_text_in_the_lake(home: Path) -> None:
    [landed] = open_lake(home).read_reports(open_lake(home).report_batches()[0])
    claim = next(c for c in READER.read(landed).claims if c.claim_type == "capture")
    row = {**claim._asdict(), "config_hash": knowledge_hash(THEATRE)}
    found = read_again(home, "syria", row)
    assert isinstance(found, ClaimExplained)
    assert found.sentence in TEXT
    gone = read_again(home, "syria", row | {"report_id": "none"})
    assert isinstance(gone, str)
    assert "not in the lake" in gone
    other = read_again(home, "syria", row | {"claim_id": "none"})
    assert isinstance(other, str)
    assert "does not give this claim" in other


def test_other_knowledge_is_said_and_no_reason_invented(home: Path) -> None:
    told = read_again(home, "syria", {"config_hash": "feedfeedfeedfeed", "report_id": "r", "claim_id": "c"})
    assert isinstance(told, str)
    assert "feedfeedfeedfeed" in told
    assert "whoheld run" in told


def shown_claim() -> Explanation:
    claim = claim_of(TEXT, "capture")._replace(quote="took \x1b[2J[bold]Tabqa")
    about = {"report_id": "r", "title": "Title", "source_id": "wire", "url": None, "raw_path": "r.txt",
             "published_at": DAY, "published_basis": "header", "near_duplicate_of": None}  # fmt: skip
    row = {**claim._asdict(), "place": "Tabqa", "relation": "opens"}
    return Explanation("claim", row, (Explanation("report", about),))


@pytest.mark.parametrize("columns", ["80", "120"])
def test_a_claim_is_shown_with_sentence_mentions_and_reasons(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    show_explanation(shown_claim(), explained(TEXT, "capture"))
    shown = capsys.readouterr().out
    for words in ("capture at Tabqa, isis, happened", "what is named in it", "why each slot is as it is", "r.txt"):
        assert words in shown
    assert "\x1b" not in shown
    assert "[bold]Tabqa" in shown
    assert max(map(len, shown.splitlines())) <= 120
    assert all(line == line.rstrip() for line in shown.splitlines())


def test_json_gives_the_same_to_machines() -> None:
    found = explained(TEXT, "capture")
    told = json.loads(as_json(explanation_dict(shown_claim(), found)))
    assert told["reading"]["slots"][0]["name"] == "type"
    assert told["rests_on"][0]["raw_path"] == "r.txt"
    assert json.loads(as_json(explanation_dict(shown_claim(), "why not")))["unread"] == "why not"
