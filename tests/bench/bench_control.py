"""How long events and control take by the number of claims, on many places and on one; how fast they are asked.

python -m tests.bench control                          10,000 and 100,000 claims on a hundredth as many places
python -m tests.bench.bench_control 1000000 [N...]     as many claims as named, on a hundredth as many places
"""

from __future__ import annotations

import os
import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, process_time
from typing import Any

from configs.model import Place, Rules, Theatre
from tests.lake_rows import CONFIG, SIDES, THEATRE, claim, land, report
from transforms.control.beliefs import history
from transforms.control.events import Evidence, merge
from warehouse.ask import connect
from warehouse.build import build
from warehouse.checks import check_built
from warehouse.lake import Lake, open_lake
from warehouse.publish import refresh

TYPES = ("capture", "control", "clash", "air_strike", "advance", "repelled", "withdrawal", "shelling")
WEIGHTS = (12, 25, 20, 15, 10, 8, 5, 5)
DAYS, PER_REPORT, BATCH = 1500, 3, 5000
NEXT_DAY, NEXT_REPORTS = date(2018, 3, 1), 500
QUESTIONS = (
    "from control_on('2016-06-01')",
    "from control_as_known('2016-06-01', '2016-07-01')",
    "from changes_between('2016-01-01', '2016-07-01')",
    "from bi_control_daily where day = '2016-06-01'",
)
BASELINE = """
select place_id, arg_max(actor_side, date_start) from claims
where claim_type in ('capture', 'handover') and status = 'happened' and date_start <= date '2016-06-01'
group by place_id
"""
"""What one would ask without control: the last capture told of each place."""
_Batch = list[tuple[dict[str, Any], list[dict[str, Any]]]]


def synthetic(n_claims: int, n_places: int, seed: int = 5) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Reports over four years with ``PER_REPORT`` claims each."""
    rng = random.Random(seed)
    for number in range(n_claims // PER_REPORT):
        published = date(2014, 1, 1) + timedelta(days=number * DAYS * PER_REPORT // n_claims)
        row = report(
            f"r{number:08}", published, text=f"{number:016x} of {number}",
            source_id=rng.choice(("herald", "northwire", "s3")), signature=[rng.getrandbits(32) for _ in range(64)],
        )  # fmt: skip
        claims = []
        for k in range(PER_REPORT):
            happened = published - timedelta(days=min(int(rng.expovariate(0.5)), 60))
            claims.append(
                claim(
                    row,
                    rng.choices(TYPES, WEIGHTS)[0],
                    rng.choice(SIDES),
                    place_id=f"x{rng.randrange(n_places)}",
                    date_start=happened,
                    claim_id=f"c{number:08}{k}",
                    status="happened" if rng.random() < 0.9 else "denied",
                )
            )
        yield row, claims


def fill(lake: Lake, n_claims: int, n_places: int) -> None:
    """Synthetic reports and claims into ``lake``, a batch a file."""
    batch: _Batch = []
    for number, pair in enumerate(synthetic(n_claims, n_places)):
        batch.append(pair)
        if len(batch) == BATCH:
            write(lake, f"b{number:08}", batch)
            batch = []
    if batch:
        write(lake, "b-last", batch)


def write(lake: Lake, name: str, batch: _Batch) -> None:
    """One batch into ``lake``."""
    land(lake, name, [row for row, _ in batch])
    lake.write_extraction(CONFIG, name, [c for _, claims in batch for c in claims])


def milliseconds(path: Path, sql: str) -> float:
    """The best of seven, warm, the whole answer taken over as an Arrow table."""
    with connect(path) as con:
        times = []
        for _ in range(8):
            begin = perf_counter()
            con.execute(sql).to_arrow_table()
            times.append(perf_counter() - begin)
    return min(times[1:]) * 1000


class Memory:
    """The most that this process and its children held at a time, in MB, looked at five times a second."""

    def __init__(self) -> None:
        self.peak, self._done = 0.0, Event()
        self._watch = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Memory:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._done.wait(0.2):
            held = sum(_resident(pid) for pid in (os.getpid(), *(p.pid for p in active_children() if p.pid)))
            self.peak = max(self.peak, held)


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:  # it has just ended
        return 0.0
    return pages * resource.getpagesize() / 2**20


def _processor() -> float:
    """Seconds of processor that this process and its ended children have used."""
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def about_one_place(n_claims: int, days: int = 1500, seed: int = 1) -> Iterator[Evidence]:
    """Claims of three sides about one place, some of them of days, some of weeks."""
    rng = random.Random(seed)
    for number in range(n_claims):
        published = number * days // n_claims
        last = max(0, published - min(int(rng.expovariate(0.5)), 60))
        yield Evidence(
            claim_id=f"c{number:08}",
            place_id="p",
            claim_type=rng.choices(TYPES, WEIGHTS)[0],
            status="happened" if rng.random() < 0.9 else "denied",
            side=rng.choice("abc"),
            opponent_side=None,
            first=last - rng.choice((0, 0, 0, 0, 0, 1, 6, 20)),
            last=last,
            dated=True,
            published=published,
            extent="all",
            partisan=rng.random() < 0.3,
            against_interest=False,
            origin=rng.choice("uvwxyz"),
            source_id="s",
            confidence=0.8,
        )


def one_place(n_claims: int) -> None:
    """Prints the processor's seconds."""
    claims = list(about_one_place(n_claims))
    begin = process_time()
    events = merge((c for c in claims if c.status == "happened"), Rules().merge_within_days)
    merged = process_time()
    rows = history(claims, Rules())
    done = process_time()
    took = f"events {merged - begin:.2f} s, control {done - merged:.2f} s"
    print(f"{n_claims:,} claims on one place: {took} ({len(events):,} events, {len(rows):,} rows)", flush=True)


def many_places(n_claims: int, n_places: int) -> None:
    """Prints what a build takes, how fast it is asked, and what one more day of 500 reports takes."""
    theatre = replace(THEATRE, places=tuple(Place(f"x{n}", f"Place {n}", "town") for n in range(n_places)))
    with tempfile.TemporaryDirectory(prefix="whoheld-bench-") as home:
        lake = open_lake(Path(home))
        fill(lake, n_claims, n_places)
        _built(lake, theatre, f"{n_claims:,} claims on {n_places:,} places")
        news: _Batch = []
        for row, claims in synthetic(NEXT_REPORTS * PER_REPORT, n_places, seed=6):
            new = row | {"report_id": f"n{row['report_id']}", "published_at": NEXT_DAY}
            news.append((new, [_moved(c, new) for c in claims]))
        write(lake, "b-next", news)
        begin, used = perf_counter(), _processor()
        refresh(lake, theatre, CONFIG)
        took, used = perf_counter() - begin, _processor() - used
        done = f"one more day of {len(news):,} reports, built, checked, published (processor {used:.1f})"
        print(f"  {took:6.1f} s   {done}")


def _moved(row: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A claim as told by another report, of the day before that."""
    day = NEXT_DAY - timedelta(days=1)
    return row | {"claim_id": f"n{row['claim_id']}", "report_id": new["report_id"], "date_start": day, "date_end": day}


def _built(lake: Lake, theatre: Theatre, what: str) -> None:
    begin, used = perf_counter(), _processor()
    with Memory() as memory:
        built = build(lake, theatre, CONFIG)
    took, used = perf_counter() - begin, _processor() - used
    begin = perf_counter()
    check_built(lake, built)
    checked = perf_counter() - begin
    print(
        f"{what}: build {took:.1f} s (processor {used:.1f}), checks {checked:.1f} s; peak {memory.peak:.0f} MB; "
        f"{built.counts['events']:,} events, {built.counts['control']:,} control rows, "
        f"{built.path.stat().st_size / 1e6:.0f} MB",
        flush=True,
    )
    for sql in QUESTIONS:
        print(f"  {milliseconds(built.path, sql):6.1f} ms  {sql}", flush=True)
    print(f"  {milliseconds(built.path, BASELINE):6.1f} ms  baseline: the last capture told of each place", flush=True)
    built.path.unlink()


def main(*sizes: int) -> None:
    """Prints all measurements."""
    for n_claims in (1_000, 10_000):
        one_place(n_claims)
    for n_claims in sizes or (10_000, 100_000):
        many_places(n_claims, max(n_claims // 100, 1))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
