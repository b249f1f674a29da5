"""Claims of annotated real reports, where the material is at hand, against floors just under what was reached."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from configs.load import load_language, load_theatre
from transforms.claims.reader import ClaimReader
from transforms.claims.records import gold_record
from transforms.reports.documents import ReportReader

FLOORS = {"change": 0.64, "event": 0.72, "strict": 0.46}


def records(path: Path) -> dict[str, dict[str, Any]]:
    theatre = load_theatre("syria")
    reader, files = ClaimReader(theatre, load_language("en")), ReportReader(theatre, load_language("en"))
    names = {p.place_id: (p.name, p.admin1 or p.country) for p in theatre.places}
    found = {}
    for report in files.read(path.read_bytes(), path.name).reports:
        read = reader.read(report)
        places = names | {p.place_id: (p.name, p.admin1 or p.country) for p in read.places_found}
        found[report.doc_id] = gold_record(report.doc_id, report.published_at, read.claims, places)
    return found


def scores(shared: Path, gold: str, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result, _ = module.score(module.load(str(shared / "gold" / gold)), found)
    return dict(result)


def test_claims_of_annotated_reports_reach_the_floors(shared: Path) -> None:
    result = scores(shared, "dev.jsonl", records(shared / "gold" / "dev_texts.jsonl"))
    reached = {name: round(result[name]["F1"], 3) for name in FLOORS}
    assert all(reached[name] >= floor for name, floor in FLOORS.items()), reached
    assert result["slots"]["admin1"] >= 0.95
    assert result["slots"]["date~1d"] >= 0.9


def test_the_first_real_input_gives_its_captures_its_lifted_siege_and_its_advance(shared: Path) -> None:
    result = scores(shared, "seed.jsonl", records(next((shared / "seeds").glob("*.txt"))))
    recall = {kind: result[f"type:{kind}"]["R"] for kind in ("capture", "siege_lifted", "advance")}
    assert recall == {"capture": 1, "siege_lifted": 1, "advance": 1}
