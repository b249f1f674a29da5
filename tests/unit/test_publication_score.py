"""The days of publication of annotated real reports, where the material is at hand."""

from __future__ import annotations

import json
from pathlib import Path

from configs.load import load_language
from configs.model import Source
from tests.landing_stubs import theatre
from transforms.reports.documents import ReportReader

FLOOR = 0.97


def test_days_of_publication_agree_with_the_annotators(shared: Path) -> None:
    gold = {row["doc_id"]: row["published"] for row in map(json.loads, (shared / "gold/dev.jsonl").open())}
    data = (shared / "gold/dev_texts.jsonl").read_bytes()
    outlets = {json.loads(line)["source"] for line in data.splitlines()}
    known = theatre(sources=tuple(Source(source_id=name, name=name) for name in sorted(outlets)))
    for into in (known, theatre()):
        found = {
            report.doc_id: str(report.published_at)
            for report in ReportReader(into, load_language(into.language)).read(data, "dev.jsonl").reports
        }
        assert sum(found.get(doc) == day for doc, day in gold.items()) >= FLOOR * len(gold)
