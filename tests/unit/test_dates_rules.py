"""Every rule of the date lexicon is run on its examples, and finds nothing in its counter-examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from configs.date_language import DateExample, DateLexicon, DateRule, read_date_lexicon
from transforms.dates.productions import PRODUCTIONS
from transforms.dates.reader import DateReader

LEXICON: DateLexicon = read_date_lexicon(Path(__file__).parents[2] / "configs/languages/en/dates.toml")
READER = DateReader(LEXICON)
DEFAULT_DAY = date(2017, 10, 1)


@pytest.mark.parametrize("rule", LEXICON.rules, ids=lambda rule: rule.id)
def test_a_rule_has_an_example_and_reads_each_as_written(rule: DateRule) -> None:
    assert rule.examples
    for example in rule.examples:
        _check(example)


def _check(example: DateExample) -> None:
    found = READER.read(example.text, example.on or DEFAULT_DAY, mode=example.mode)
    said = {example.text[t.start : t.end]: t for t in found}
    assert example.span in said, f"{example.text!r}: {list(said)}"
    timex = said[example.span]
    assert timex.value == example.value, example.text
    assert example.first is None or timex.first == example.first, example.text
    assert example.last is None or timex.last == example.last, example.text
    assert example.direction is None or timex.direction == example.direction, example.text


@pytest.mark.parametrize("rule", [r for r in LEXICON.rules if r.counter], ids=lambda rule: rule.id)
def test_a_rule_leaves_its_counter_examples_alone(rule: DateRule) -> None:
    for text in rule.counter:
        found = [text[t.start : t.end] for t in READER.read(text, DEFAULT_DAY) if t.rule_id == rule.id]
        assert not found, text


@pytest.mark.parametrize("text", LEXICON.negatives)
def test_what_looks_like_a_date_and_is_none_stays_unread(text: str) -> None:
    assert [(text[t.start : t.end], t.rule_id) for t in READER.read(text, DEFAULT_DAY)] == []


def test_every_production_is_used_and_rule_names_are_unique() -> None:
    assert {rule.make for rule in LEXICON.rules} == set(PRODUCTIONS)
    names = [rule.id for rule in LEXICON.rules]
    assert len(names) == len(set(names))
