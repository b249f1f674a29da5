"""Every frame rule says what its examples say, and keeps silent where its counter-examples stand."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from configs.language import FrameRule
from configs.load import load_language, load_theatre
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report

RULES = load_language("en").frames.rules
SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text())
DAY = date(2017, 9, 9)


@pytest.fixture(scope="module")
def reader() -> ClaimReader:
    return ClaimReader(load_theatre("syria"), load_language("en"))


def report(text: str) -> Report:
    return Report("r", "r", "unknown", None, None, DAY, None, "metadata", None, "en", text, "", "r.txt")


def told(reader: ClaimReader, text: str) -> set[str]:
    claims = reader.read(report(text)).claims
    return {f"{c.claim_type} {c.status} {c.actor_side} {c.opponent_side or '-'} {c.place_text}" for c in claims}


@pytest.mark.parametrize(("rule", "text"), [pytest.param(r, t, id=f"{r.id}: {t}") for r in RULES for t in r.examples])
def test_a_rule_reads_its_examples(reader: ClaimReader, rule: FrameRule, text: str) -> None:
    assert told(reader, text) == set(rule.examples[text])


@pytest.mark.parametrize(("rule", "text"), [pytest.param(r, t, id=f"{r.id}: {t}") for r in RULES for t in r.counter])
def test_a_rule_keeps_silent_at_its_counter_examples(reader: ClaimReader, rule: FrameRule, text: str) -> None:
    made = [c for c in reader.read(report(text)).claims if c.rule_id == rule.id and c.claim_type == rule.type]
    assert [c.quote for c in made] == []


@pytest.mark.parametrize("text", SENTENCES["told"])
def test_a_sentence_tells_who_did_what_where(reader: ClaimReader, text: str) -> None:
    assert told(reader, text) == set(SENTENCES["told"][text])


@pytest.mark.parametrize("text", SENTENCES["silent"]["sentences"])
def test_a_sentence_that_tells_no_change_makes_no_claim(reader: ClaimReader, text: str) -> None:
    assert told(reader, text) == set()
