"""One scenario from beginning to end: war, reports, warehouse, score; with the reader or with what it should read."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from configs.load import load_language, load_theatre
from tests.war.articles import Written
from tests.war.compare import Score, score
from tests.war.country import Country
from tests.war.english import day_of
from tests.war.files import Invented, write_war
from tests.war.gold import KNOWLEDGE, fill_lake
from tests.war.newsroom import Scenario, invent_war
from transforms.reports.documents import Report, ReportReader
from warehouse.extraction import extract_batch, knowledge_hash
from warehouse.intake import take_in
from warehouse.lake import open_lake
from warehouse.publish import refresh


@dataclass(frozen=True, slots=True)
class Trial:
    """A war on disk, with the warehouses made of it."""

    war: Invented
    read: Path
    given: Path


def last_day(war: Invented) -> int:
    """The last day on which something could happen."""
    return war.n_days - 1


def publish_read(war: Invented, home: Path) -> Path:
    """The warehouse that the real readers and the real build make of the reports."""
    name = str(war.theatre)
    theatre = load_theatre(name)
    lake, now = open_lake(home), datetime(2041, 1, 1, tzinfo=UTC)
    take_in(lake, theatre, [war.reports], "war", now)
    for batch in lake.report_batches():
        extract_batch(str(home), name, batch.batch_id, [str(p) for p in batch.paths], "war")
    return refresh(lake, theatre, knowledge_hash(theatre)).path


def publish_given(war: Invented, scenario: Scenario, seed: int, home: Path) -> Path:
    """The warehouse out of the claims that the reports were written from."""
    theatre = load_theatre(str(war.theatre))
    country, read = written_reports(scenario, seed, str(war.theatre))
    return refresh(fill_lake(home, read, country, theatre), theatre, KNOWLEDGE).path


def written_reports(scenario: Scenario, seed: int, theatre: str) -> tuple[Country, list[tuple[Report, Written]]]:
    """Each report as the pipeline lands it, beside what was written into it; a text that comes twice is left out."""
    country, days = invent_war(scenario, seed)
    known = load_theatre(theatre)
    reader = ReportReader(known, load_language(known.language))
    found: dict[str, tuple[Report, Written]] = {}
    for today in days:
        for written in today.printed:
            line = json.dumps(written.record()).encode()
            for item in reader.each([line], "reports.jsonl", "given"):
                if isinstance(item, Report):
                    found.setdefault(item.report_id, (replace(item, doc_id=written.doc_id), written))
    return country, list(found.values())


def trial(scenario: Scenario, seed: int, folder: Path) -> Trial:
    """Write the war and publish both warehouses below ``folder``."""
    war = write_war(scenario, seed, folder)
    return Trial(war, publish_read(war, folder / "read"), publish_given(war, scenario, seed, folder / "given"))


def scores(done: Trial) -> tuple[Score, Score]:
    """Of the claims that were read, and of those that should have been."""
    last = day_of(last_day(done.war))
    return score(done.read, done.war.truth, last), score(done.given, done.war.truth, last)
