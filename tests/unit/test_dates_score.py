"""Dates of war narratives, scored by the scorer beside the material: what was reached once is not lost again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from configs.date_language import read_date_lexicon
from transforms.dates.reader import DateReader, timex_record

FLOORS = {"dates": 0.92, "all": 0.885}
"""Value F1, just under what the rules reach."""


def test_dates_of_narratives_keep_their_score(shared: Path, root: Path, tmp_path: Path) -> None:
    gold, scorer = shared / "temporal" / "wikiwars.jsonl", shared / "temporal" / "score.py"
    if not gold.exists() or not scorer.exists():
        pytest.skip("no narratives beside the project")
    reader = DateReader(read_date_lexicon(root / "configs" / "languages" / "en" / "dates.toml"))
    found = tmp_path / "found.jsonl"
    with gold.open(encoding="utf-8") as lines, found.open("w", encoding="utf-8") as out:
        for document in map(json.loads, lines):
            timexes = reader.read(document["text"], None, mode="narrative")
            out.write(json.dumps(timex_record(document["doc_id"], timexes)) + "\n")
    run = [sys.executable, str(scorer), str(gold), str(found), "--json"]
    result = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
    reached = {cut: result[cut]["value"]["f1"] for cut in FLOORS}
    assert all(reached[cut] >= floor for cut, floor in FLOORS.items()), reached
