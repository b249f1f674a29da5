"""Publications while others read: as many readers as asked for, of four kinds, each a process of its own.

python -m tests.bi.publishing                                  a hundred publications under ten readers
python -m tests.bi.publishing --publications 10 --readers 4
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.bi.drivers import KINDS, Ask
from tests.lake_rows import CONFIG, SIDES, THEATRE, claim, fill, land, report
from warehouse.lake import write_text
from warehouse.publish import refresh

FIRST_DAY = date(2020, 1, 1)
FACTS = """
    select
        (select value from meta where key = 'fingerprint') as fingerprint,
        (select count(*) from reports) as n_reports, (select count(*) from claims) as n_claims,
        (select count(*) from bi_claims) as n_bi_claims, (select sum(reports)::bigint from bi_coverage) as n_covered,
        (select count(*) from bi_changes) as n_changes, (select count(*) from bi_control_daily) as n_daily,
        (select max(day)::varchar from calendar) as last_day"""
READS_PER_CONNECTION, PAUSE = 5, 0.1
"""Reads of a connection, and the seconds between two: a dashboard that is looked at by many."""
DELETED = " (deleted)"


@dataclass(frozen=True, slots=True)
class Seen:
    """What one connection read, of what kind it was, and how many publications were done before it was opened."""

    kind: str
    published_before: int
    reads: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """What was published, by number, what was read, what went wrong, and how many old files were held open at most."""

    published: dict[int, dict[str, Any]]
    seen: tuple[Seen, ...]
    faults: tuple[str, ...]
    most_held: int
    seconds: float


def trial(folder: Path, n_publications: int, n_readers: int) -> Trial:
    """Publish so often under so many readers; judge nothing."""
    begun, counter, stop = time.monotonic(), folder / "published", folder / "stop"
    kinds = list(islice(cycle(KINDS), n_readers))
    rows = [report("r0", FIRST_DAY)]
    lake = fill(folder / "home", rows, [claim(rows[0], "capture", SIDES[0])])
    refresh(lake, THEATRE, CONFIG)
    published = {0: facts_of(lake.published)}
    write_text(counter, "0")
    held: set[int] = set()
    most = 0
    with ProcessPoolExecutor(n_readers, multiprocessing.get_context("spawn")) as pool:
        readers = [pool.submit(read_on, kind, lake.published, counter, stop) for kind in kinds]
        try:
            while (
                not all((folder / f"published.{kind}").exists() for kind in set(kinds))
                and time.monotonic() < begun + 60
            ):
                time.sleep(0.05)
            for n in range(1, n_publications + 1):
                row = report(f"r{n}", FIRST_DAY + timedelta(days=2 * n))
                land(lake, f"b{n:03}", [row])
                lake.write_extraction(CONFIG, f"b{n:03}", [claim(row, "capture", SIDES[n % 3])])
                assert refresh(lake, THEATRE, CONFIG).changed
                published[n] = facts_of(lake.published)
                write_text(counter, str(n))
                held = held_open(lake.published, list(pool._processes))
                most = max(most, len(held))
        finally:
            stop.touch()
        results = [reader.result() for reader in readers]
    seen = tuple(one for reads, _ in results for one in reads)
    faults = [fault for _, found in results for fault in found]
    left = [p.name for p in lake.published.parent.iterdir() if p != lake.published]
    faults += [f"left beside the published file: {name}" for name in left]
    return Trial(published, seen, tuple(faults), most, time.monotonic() - begun)


def facts_of(path: Path) -> dict[str, Any]:
    """What a reader has to see in this file."""
    with KINDS["duckdb"](path) as ask:
        return ask(FACTS)[0]


def read_on(kind: str, path: Path, counter: Path, stop: Path) -> tuple[list[Seen], list[str]]:
    """Read until ``stop`` is there: some reads a connection, then a new one. All that fails is told, never raised."""
    seen: list[Seen] = []
    faults: list[str] = []
    while not stop.exists():
        before = int(counter.read_text())
        try:
            with KINDS[kind](path) as ask:
                seen.append(Seen(kind, before, tuple(_reads(ask, stop))))
            counter.with_name(f"{counter.name}.{kind}").touch()
        except Exception as error:
            faults.append(f"{kind}: {type(error).__name__}: {error}")
        if still := held_open(path, [os.getpid()]):
            faults.append(f"{kind}: {len(still)} old files are open after the connection was closed")
    return seen, faults


def _reads(ask: Ask, stop: Path) -> Iterator[dict[str, Any]]:
    for _ in range(READS_PER_CONNECTION):
        yield {name: _plain(value) for name, value in ask(FACTS)[0].items()}
        if stop.exists():
            return
        time.sleep(PAUSE)


def held_open(path: Path, processes: Sequence[int]) -> set[int]:
    """The files (inodes) that were published at ``path``, are there no more, and are held open by ``processes``."""
    found = set()
    for process in processes:
        for link in Path(f"/proc/{process}/fd").glob("*"):
            try:
                if str(link.readlink()) == f"{path}{DELETED}":
                    found.add(link.stat().st_ino)
            except OSError:
                continue  # closed meanwhile
    return found


def judge(found: Trial) -> list[str]:
    """What breaks the promise: no read fails, each sees one publication whole, never an older one than was there."""
    faults = list(found.faults)
    number = {facts["fingerprint"]: n for n, facts in found.published.items()}
    for one in found.seen:
        first = one.reads[0]
        n = number.get(first["fingerprint"])
        if n is None or first != found.published[n]:
            faults.append(f"{one.kind} saw what was never published: {first}")
        elif n < one.published_before:
            faults.append(f"{one.kind} opened publication {n} when {one.published_before} was there")
        if any(read != first for read in one.reads):
            faults.append(f"{one.kind} saw its connection change under it: {one.reads}")
    return faults


def _plain(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def main() -> int:
    """Exit code 1 where the promise is broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bi.publishing", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--publications", type=int, default=100)
    parser.add_argument("--readers", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        found = trial(Path(scratch), given.publications, given.readers)
    faults = judge(found)
    print(f"publications {len(found.published) - 1}, readers {given.readers}, seconds {found.seconds:.0f}")
    for kind in KINDS:
        own = [one for one in found.seen if one.kind == kind]
        n, different = sum(len(one.reads) for one in own), len({one.reads[0]["fingerprint"] for one in own})
        print(f"{kind:<12}{n:>7,} reads in {len(own):>6,} connections, {different:>4} publications seen")
    print(f"old files held open at once, at most: {found.most_held}; faults: {len(faults)}")
    for fault in faults[:20]:
        print(f"  {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
