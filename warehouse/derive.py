"""The layers that Python makes better than SQL, between staging and marts: near-duplicates, events, control.

Evidence goes out place by place in batches, to as many processes as there are cores where there is much of it. Places
of which nothing new is known are not worked out again: what is published of them is taken over.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from transforms.control.rows import CONTROL, EVENT_CLAIMS, EVENTS, Derived, RuleSets, derive
from transforms.reports.nearness import PERMUTATIONS, near_duplicates
from transforms.tables import TEXT
from warehouse.relations import quoted, relations

BATCH = 20_000
"""Claims a batch, at least: places are never cut."""
ALONE = 100_000
"""Up to so many claims starting further processes takes longer than they save."""
TABLES = {"merged_events": EVENTS, "merged_event_claims": EVENT_CLAIMS, "control_rows": CONTROL}
Step = Callable[[int, int], None]


def take_over(con: duckdb.DuckDBPyConnection, published: Path, derived_by: str) -> None:
    """Write ``staging.merged_events``, ``merged_event_claims`` and ``control_rows`` with what ``published`` has of
    ``staging.unchanged_places``: those whose evidence is the one from which it was derived, by the same rules and code.
    """
    _nothing_taken_over(con)
    try:
        con.execute(f"attach {quoted(str(published))} as published (read_only)")
        if con.execute("from published.meta where key = 'derived_by' and value = ?", [derived_by]).fetchall():
            con.execute(
                "insert into staging.unchanged_places select place_id from staging.place_marks "
                "join published.place_marks using (place_id, mark)"
            )
            for relation in relations("taken_over"):
                con.execute(f"insert into staging.{relation.name} {relation.sql}")
    except duckdb.Error:  # there is none, or a broken one, or a tool holds it: all is derived anew
        _nothing_taken_over(con)


def _nothing_taken_over(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create or replace table staging.unchanged_places (place_id varchar)")
    for name, schema in TABLES.items():
        _send(con, f"create or replace table staging.{name} as select * from chunk", schema.empty_table())


def derive_events_and_control(con: duckdb.DuckDBPyConnection, rule_sets: RuleSets, step: Step) -> None:
    """Derive from ``staging.evidence`` and add to the same tables what is not taken over.

    ``step`` is told after each batch how many claims have been worked through, and of how many.
    """
    evidence = con.execute(
        "select * from staging.evidence anti join staging.unchanged_places using (place_id) "
        "order by place_id, published, claim_id"
    ).to_arrow_table()
    done = 0
    for batch, derived in _worked(list(_batches(evidence)), rule_sets):
        for name, rows in zip(TABLES, derived, strict=True):
            _send(con, f"insert into staging.{name} select * from chunk", rows)
        done += batch
        step(done, len(evidence))


def _worked(batches: list[pa.Table], rule_sets: RuleSets) -> Iterator[tuple[int, Derived]]:
    """How many claims a batch has and what follows from it, in the order of the batches."""
    work = partial(derive, rule_sets=rule_sets)
    cores = min(os.cpu_count() or 1, len(batches))
    if cores < 2 or sum(map(len, batches)) <= ALONE:
        yield from ((len(batch), work(batch)) for batch in batches)
        return
    # Started anew and not forked: DuckDB and Prefect have threads running here.
    with ProcessPoolExecutor(cores, multiprocessing.get_context("spawn")) as pool:
        yield from ((len(batch), derived) for batch, derived in zip(batches, pool.map(work, batches), strict=True))


def _batches(evidence: pa.Table) -> Iterator[pa.Table]:
    """``evidence``, sorted by place, in slices of at least BATCH rows that end with a place."""
    if not len(evidence):
        return
    places = evidence["place_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    ends = [*(np.flatnonzero(places[1:] != places[:-1]) + 1).tolist(), len(places)]
    begin = 0
    for end in ends:
        if end - begin >= BATCH or end == len(places):
            # Taken and not sliced: a slice takes the whole table with it into another process.
            yield evidence.take(np.arange(begin, end))
            begin = end


def _send(con: duckdb.DuckDBPyConnection, sql: str, rows: pa.Table) -> None:
    con.register("chunk", rows)
    con.execute(sql)
    con.unregister("chunk")


def mark_near_duplicates(con: duckdb.DuckDBPyConnection) -> None:
    """Write ``staging.near_duplicates`` (report_id, near_duplicate_of): each report that only copies an earlier one."""
    con.execute("create table staging.near_duplicates (report_id varchar, near_duplicate_of varchar)")
    found = con.sql(
        "select report_id, published_at, source_id, signature from staging.reports "
        f"where len(signature) = {PERMUTATIONS} order by report_id"
    ).to_arrow_table()
    if found.num_rows < 2:
        return
    flat = found["signature"].combine_chunks().flatten().to_numpy()
    ids, days, outlets = (found[name].to_pylist() for name in ("report_id", "published_at", "source_id"))
    pairs = near_duplicates(ids, days, outlets, flat.reshape(-1, PERMUTATIONS))
    con.register("pairs", pa.table({"a": pa.array(list(pairs), TEXT), "b": pa.array(list(pairs.values()), TEXT)}))
    con.execute("insert into staging.near_duplicates select a, b from pairs order by a")
    con.unregister("pairs")
