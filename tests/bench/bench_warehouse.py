"""How long a build takes and how fast control is asked, on synthetic claims. Usage: python -m
tests.bench.bench_warehouse [CLAIMS] [PLACES]"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from configs.model import Place
from tests.lake_rows import CONFIG, SIDES, THEATRE, claim, land, report
from warehouse.ask import connect
from warehouse.build import build
from warehouse.checks import check_built
from warehouse.lake import Lake, open_lake

TYPES = ("capture", "control", "clash", "air_strike", "advance", "repelled", "withdrawal", "shelling")
WEIGHTS = (12, 25, 20, 15, 10, 8, 5, 5)
DAYS, PER_REPORT, BATCH = 1500, 3, 5000


def synthetic(n_claims: int, n_places: int, seed: int = 5) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Reports over four years with ``PER_REPORT`` claims each."""
    rng = random.Random(seed)
    for number in range(n_claims // PER_REPORT):
        published = date(2014, 1, 1) + timedelta(days=number * DAYS * PER_REPORT // n_claims)
        row = report(
            f"r{number:08}", published, text=f"{number:016x} of {number}", source_id=rng.choice(("herald",
            "northwire", "s3")),
            signature=[rng.getrandbits(32) for _ in range(64)],
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
    batch: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    for number, pair in enumerate(synthetic(n_claims, n_places)):
        batch.append(pair)
        if len(batch) == BATCH:
            write(lake, f"b{number:08}", batch)
            batch = []
    if batch:
        write(lake, "b-last", batch)


def write(lake: Lake, name: str, batch: list[tuple[dict[str, Any], list[dict[str, Any]]]]) -> None:
    land(lake, name, [row for row, _ in batch])
    lake.write_extraction(CONFIG, name, [c for _, claims in batch for c in claims])


def milliseconds(path: Path, sql: str) -> float:
    """The best of five, warm."""
    with connect(path) as con:
        times = []
        for _ in range(6):
            begin = perf_counter()
            con.execute(sql).fetchall()
            times.append(perf_counter() - begin)
    return min(times[1:]) * 1000


def main(n_claims: int = 100_000, n_places: int = 1_000) -> None:
    places = tuple(Place(f"x{n}", f"Place {n}", "town") for n in range(n_places))
    with tempfile.TemporaryDirectory() as home:
        lake = open_lake(home)
        fill(lake, n_claims, n_places)
        seen: dict[str, float] = {}
        begin = perf_counter()

        def step(name: str, done: int, total: int) -> None:
            seen.setdefault(name, perf_counter())
            seen["last"] = perf_counter()

        built = build(lake, replace(THEATRE, places=places), CONFIG, step)
        took = perf_counter() - begin
        events = seen["last"] - seen["events and control"]
        begin = perf_counter()
        check_built(lake, built)
        checked = perf_counter() - begin
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{n_claims:,} claims on {n_places:,} places: build {took:.1f} s "
            f"(events and control {events:.1f} s), checks {checked:.1f} s"
        )
        print(
            f"  {built.counts['events']:,} events, {built.counts['control']:,} control rows, "
            f"{built.path.stat().st_size / 1e6:.0f} MB, peak {peak:.0f} MB"
        )
        for sql in (
            "from control_on('2016-06-01')",
            "from control_as_known('2016-06-01', '2016-07-01')",
            "from changes_between('2016-01-01', '2016-07-01')",
        ):
            print(f"  {milliseconds(built.path, sql):6.1f} ms  {sql}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
