"""``whoheld extract`` and ``whoheld dates``: texts in, JSON lines out; nothing is stored and nothing orchestrated."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from itertools import islice
from typing import Any

from configs.load import load_language, load_theatre
from configs.model import Theatre
from transforms.claims.records import gold_record
from transforms.dates.reader import DateReader, timex_record
from transforms.issues import Issue
from transforms.reports.documents import Report, ReportReader
from warehouse.extraction import claim_reader, read_safely, readable
from warehouse.landing import STDIN, InputFile, discover, unreadable

GROUP = 100
"""Reports that are handed to a process at once."""
PARALLEL_FROM = 1_000
"""Reports from which other processes are worth their start."""
Read = Callable[[Sequence[Report]], tuple[list[dict[str, Any]], list[Issue]]]
Miss = Callable[[Issue], None]


def extract_records(paths: Sequence[str], theatre: str, workers: int, miss: Miss) -> Iterator[dict[str, Any]]:
    """One record a report, in the order of the input, with its claims; ``miss`` is told what could not be resolved."""
    reports = _reports(paths, load_theatre(theatre), miss)
    return _records(reports, workers, partial(_claims_of, theatre), miss)


def date_records(
    paths: Sequence[str], theatre: str, workers: int, miss: Miss, mode: str = "news"
) -> Iterator[dict[str, Any]]:
    """One record a report, in the order of the input, with its date expressions."""
    # Dates are read in any text, not only in one about the theatre's war.
    reports = _reports(paths, replace(load_theatre(theatre), starts=date(1800, 1, 1)), miss)
    return _records(reports, workers, partial(_dates_of, theatre, mode), miss)


def _records(reports: Iterator[Report], workers: int, read: Read, miss: Miss) -> Iterator[dict[str, Any]]:
    groups = _groups(reports)
    first = list(islice(groups, PARALLEL_FROM // GROUP))
    more = list(islice(groups, 1)) if workers > 1 else []
    if not more:
        for group in _chained(first, groups):
            yield from _told(read(group), miss)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(read, group) for group in (*first, *more)]
        for group in groups:
            # A window of groups under way: memory does not grow with the input.
            waiting.append(pool.submit(read, group))
            yield from _told(waiting.pop(0).result(), miss)
        for future in waiting:
            yield from _told(future.result(), miss)


def _told(read: tuple[list[dict[str, Any]], list[Issue]], miss: Miss) -> list[dict[str, Any]]:
    records, issues = read
    for issue in issues:
        miss(issue)
    return records


def _chained(first: list[list[Report]], rest: Iterator[list[Report]]) -> Iterator[list[Report]]:
    yield from first
    yield from rest


def _groups(reports: Iterator[Report]) -> Iterator[list[Report]]:
    while group := list(islice(reports, GROUP)):
        yield group


def _reports(paths: Sequence[str], known: Theatre, miss: Miss) -> Iterator[Report]:
    stdin = sys.stdin.buffer.read() if STDIN in paths else None
    found, reader = discover(paths, stdin), ReportReader(known, load_language(known.language))
    for issue in found.issues:
        miss(issue)
    for file in found.files:
        try:
            for item in reader.each(_bytes(file), file.name, ""):
                if isinstance(item, Issue):
                    miss(item)
                else:
                    yield item
        except OSError as error:
            miss(unreadable(file.name, error))


def _bytes(file: InputFile) -> Iterable[bytes]:
    if file.data is not None:
        yield file.data
    elif file.path is not None:
        with file.path.open("rb") as source:
            while chunk := source.read(1 << 20):
                yield chunk


def _claims_of(theatre: str, reports: Sequence[Report]) -> tuple[list[dict[str, Any]], list[Issue]]:
    reader, language, places = claim_reader(theatre), load_theatre(theatre).language, _places(theatre)
    records: list[dict[str, Any]] = []
    issues: list[Issue] = []
    for report in reports:
        found = read_safely(reader, report) if readable(report, language) else None
        named = {p.place_id: (p.name, p.admin1 or p.country) for p in found.places_found} if found else {}
        claims = found.claims if found else ()
        issues += found.issues if found else ()
        records.append(
            gold_record(report.doc_id, report.published_at, claims, {**places, **named} if named else places)
        )
    return records, issues


def _dates_of(theatre: str, mode: str, reports: Sequence[Report]) -> tuple[list[dict[str, Any]], list[Issue]]:
    reader, orders = _date_reader(theatre)
    records = [
        timex_record(r.doc_id, reader.read(r.text, _anchor(r), mode=mode, order=orders.get(r.source_id, "dmy")))  # type: ignore[arg-type]
        for r in reports
    ]
    return records, []


def _anchor(report: Report) -> date | None:
    """Whoever names a document's day beside its text wants the dates read against that day."""
    return report.published_in_metadata or report.published_at


@lru_cache(maxsize=2)
def _places(theatre: str) -> dict[str, tuple[str, str | None]]:
    return {p.place_id: (p.name, p.admin1 or p.country) for p in load_theatre(theatre).places}


@lru_cache(maxsize=2)
def _date_reader(theatre: str) -> tuple[DateReader, dict[str, str]]:
    known = load_theatre(theatre)
    return DateReader(load_language(known.language).dates), {s.source_id: s.date_order for s in known.sources}
