"""The layers that Python makes better than SQL, between staging and marts: near-duplicates, events, control.

They stream over the evidence place by place and hand Arrow tables back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb
import pyarrow as pa

from configs.model import MAIN, Rules
from transforms.control.beliefs import history
from transforms.control.events import Event, Evidence, contradictions, merge
from transforms.reports.nearness import PERMUTATIONS, near_duplicates
from transforms.tables import INT, REAL, TEXT, TEXTS

_EVENTS = {
    "event_id": TEXT, "claim_type": TEXT, "place_id": TEXT, "side": TEXT, "opponent_side": TEXT, "first": INT,
    "last": INT,
    "n_origins": INT, "confidence": REAL,
}  # fmt: skip
_EVENT_CLAIMS = {"event_id": TEXT, "claim_id": TEXT, "relation": TEXT}
_CONTROL = {
    "rule_set": TEXT, "control_id": TEXT, "place_id": TEXT, "holder_side": TEXT, "sides": TEXTS, "status": TEXT,
    "besiegers": TEXTS, "valid_from": INT,
    "valid_to": INT,
    "known_from": INT, "known_to": INT, "rule_id": TEXT, "reason": TEXT, "basis": TEXT, "confidence": REAL,
    "claim_ids": TEXTS,
}  # fmt: skip
_CHUNK = 50_000


class _Rows:
    """Rows collected by column, handed to ``table`` in chunks, so that they never stand in memory twice."""

    def __init__(self, con: duckdb.DuckDBPyConnection, table: str, columns: dict[str, pa.DataType]) -> None:
        self.con, self.table, self.schema = con, table, pa.schema(list(columns.items()))
        self.rows: list[tuple[Any, ...]] = []
        self._send(f"create or replace table staging.{table} as select * from chunk")

    def add(self, row: tuple[Any, ...]) -> None:
        self.rows.append(row)
        if len(self.rows) >= _CHUNK:
            self.finish()

    def finish(self) -> None:
        if self.rows:
            self._send(f"insert into staging.{self.table} select * from chunk")
        self.rows = []

    def _send(self, sql: str) -> None:
        values = zip(*self.rows, strict=True) if self.rows else ([] for _ in self.schema)
        arrays = [pa.array(v, f.type) for v, f in zip(values, self.schema, strict=True)]
        self.con.register("chunk", pa.Table.from_arrays(arrays, schema=self.schema))
        self.con.execute(sql)
        self.con.unregister("chunk")


def derive_events_and_control(con: duckdb.DuckDBPyConnection, rules: Rules, step: Callable[[int], None]) -> None:
    """Read ``staging.evidence``; write ``staging.merged_events``, ``merged_event_claims`` and ``control_rows``.

    ``step`` is told after each place how many claims have been worked through.
    """
    events = _Rows(con, "merged_events", _EVENTS)
    event_claims = _Rows(con, "merged_event_claims", _EVENT_CLAIMS)
    control = _Rows(con, "control_rows", _CONTROL)
    done = 0
    for claims in _by_place(con):
        for event in _events_of(claims, rules, event_claims):
            events.add(event)
        for row in history(claims, rules.merge_within_days):
            h = row.hold
            ids = [c.claim_id for c in row.claims]
            control.add(
                (MAIN, row.control_id, row.place_id, h.holder, list(h.sides), h.status, [], h.valid_from, h.valid_to,
                row.known_from,
                 row.known_to, h.rule_id, h.reason, h.basis, row.confidence, ids)
            )  # fmt: skip
        done += len(claims)
        step(done)
    for rows in (events, event_claims, control):
        rows.finish()


def _by_place(con: duckdb.DuckDBPyConnection) -> Iterator[list[Evidence]]:
    reader = con.cursor()
    reader.execute("select * from staging.evidence order by place_id, published, claim_id")

    def rows() -> Iterator[Evidence]:
        while chunk := reader.fetchmany(20_000):
            yield from map(Evidence._make, chunk)

    for _, claims in groupby(rows(), key=itemgetter(1)):
        yield list(claims)


def _events_of(claims: list[Evidence], rules: Rules, event_claims: _Rows) -> Iterator[tuple[Any, ...]]:
    merged = merge((c for c in claims if c.status == "happened"), rules.merge_within_days)
    for event in merged:
        event_id = event.event_id
        seen: set[str] = set()
        for claim in event.claims:
            event_claims.add((event_id, claim.claim_id, "repeats" if claim.source_id in seen else "supports"))
            seen.add(claim.source_id)
        yield _event_row(event_id, event)
    denied = [c for c in claims if c.status == "denied"]
    for event, claim in contradictions(merged, denied, rules.merge_within_days):
        event_claims.add((event.event_id, claim.claim_id, "contradicts"))


def _event_row(event_id: str, event: Event) -> tuple[Any, ...]:
    strongest: dict[str, float] = {}
    for claim in event.claims:
        strongest[claim.origin] = max(strongest.get(claim.origin, 0.0), claim.confidence)
    doubt = 1.0
    for origin in sorted(strongest):
        doubt *= 1.0 - strongest[origin]
    opponents = Counter(c.opponent_side for c in event.claims if c.opponent_side is not None)
    return (
        event_id, _commonest(Counter(c.claim_type for c in event.claims)), event.place_id, event.side,
        _commonest(opponents),
        event.first, event.last, len(strongest), round(min(1.0 - doubt, 0.99), 4),
    )  # fmt: skip


def _commonest(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda name: (name == "unknown", -counts[name], name)) if counts else None


def mark_near_duplicates(con: duckdb.DuckDBPyConnection) -> None:
    """Write ``staging.near_duplicates`` (report_id, near_duplicate_of): each report that is nearly the same as an
    earlier one."""
    con.execute("create table staging.near_duplicates (report_id varchar, near_duplicate_of varchar)")
    found = con.sql(
        f"select report_id, published_at, signature from staging.reports where len(signature) = {PERMUTATIONS} "
        "order by report_id"
    ).to_arrow_table()
    if found.num_rows < 2:
        return
    flat = found["signature"].combine_chunks().flatten().to_numpy()
    days = found["published_at"].to_pylist()
    pairs = near_duplicates(found["report_id"].to_pylist(), days, flat.reshape(-1, PERMUTATIONS))
    con.register("pairs", pa.table({"a": pa.array(list(pairs), TEXT), "b": pa.array(list(pairs.values()), TEXT)}))
    con.execute("insert into staging.near_duplicates select a, b from pairs order by a")
    con.unregister("pairs")
