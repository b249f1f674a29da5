"""Evidence in, rows of events and control out: what the warehouse makes of many places at a time, in any process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import pyarrow as pa

from configs.model import MAIN, Rules
from transforms.control.beliefs import history
from transforms.control.events import Event, Evidence, contradictions, merge
from transforms.control.holds import ControlRow
from transforms.tables import INT, REAL, TEXT, TEXTS

EVENTS = pa.schema({
    "event_id": TEXT, "claim_type": TEXT, "place_id": TEXT, "side": TEXT, "opponent_side": TEXT, "first": INT,
    "last": INT, "n_origins": INT, "confidence": REAL,
})  # fmt: skip
EVENT_CLAIMS = pa.schema({"event_id": TEXT, "claim_id": TEXT, "relation": TEXT})
CONTROL = pa.schema({
    "rule_set": TEXT, "control_id": TEXT, "place_id": TEXT, "holder_side": TEXT, "sides": TEXTS, "status": TEXT,
    "besiegers": TEXTS, "valid_from": INT, "valid_to": INT, "known_from": INT, "known_to": INT, "rule_id": TEXT,
    "reason": TEXT, "basis": TEXT, "confidence": REAL, "claim_ids": TEXTS,
})  # fmt: skip
RuleSets = Sequence[tuple[str, Rules]]
"""Rule sets by name; events are merged by the first."""
_Row = tuple[Any, ...]


class Derived(NamedTuple):
    """Rows as the schemas above name their columns."""

    events: pa.Table
    event_claims: pa.Table
    control: pa.Table


def derive(evidence: pa.Table, rule_sets: RuleSets) -> Derived:
    """Events and control of all places in ``evidence``: the fields of Evidence, a place's rows together."""
    claims = map(Evidence._make, zip(*(column.to_pylist() for column in evidence.columns), strict=True))
    events: list[_Row] = []
    event_claims: list[_Row] = []
    control: list[_Row] = []
    for _, group in groupby(claims, key=attrgetter("place_id")):
        of_place = list(group)
        for event, relations in _events(of_place, rule_sets[0][1]):
            events.append(event)
            event_claims += relations
        for name, rules in rule_sets:
            control += (_control(name, row) for row in history(of_place, rules))
    return Derived(_table(EVENTS, events), _table(EVENT_CLAIMS, event_claims), _table(CONTROL, control))


def _table(schema: pa.Schema, rows: Sequence[_Row]) -> pa.Table:
    columns: Iterable[Sequence[Any]] = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _events(claims: Sequence[Evidence], rules: Rules) -> Iterator[tuple[_Row, list[_Row]]]:
    """Each event of one place with how its claims stand to it."""
    merged = merge((c for c in claims if c.status == "happened"), rules.merge_within_days)
    denied = [c for c in claims if c.status == "denied"]
    against: dict[str, list[_Row]] = {}
    for event, claim in contradictions(merged, denied, rules.merge_within_days):
        against.setdefault(event.event_id, []).append((event.event_id, claim.claim_id, "contradicts"))
    for event in merged:
        event_id = event.event_id
        relations: list[_Row] = []
        seen: set[str] = set()
        for claim in event.claims:
            relations.append((event_id, claim.claim_id, "repeats" if claim.source_id in seen else "supports"))
            seen.add(claim.source_id)
        yield _event(event_id, event), [*relations, *against.get(event_id, ())]


def _event(event_id: str, event: Event) -> _Row:
    if len(event.claims) == 1:
        (only,) = event.claims
        sure = round(min(only.confidence, 0.99), 4)
        return (
            event_id, only.claim_type, event.place_id, event.side, only.opponent_side, event.first, event.last, 1, sure,
        )  # fmt: skip
    strongest: dict[str, float] = {}
    for claim in event.claims:
        strongest[claim.origin] = max(strongest.get(claim.origin, 0.0), claim.confidence)
    doubt = 1.0
    for origin in sorted(strongest):
        doubt *= 1.0 - strongest[origin]
    opponents = Counter(c.opponent_side for c in event.claims if c.opponent_side is not None)
    return (
        event_id, _commonest(Counter(c.claim_type for c in event.claims)), event.place_id, event.side,
        _commonest(opponents), event.first, event.last, len(strongest), round(min(1.0 - doubt, 0.99), 4),
    )  # fmt: skip


def _commonest(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda name: (name == "unknown", -counts[name], name)) if counts else None


def _control(rule_set: str, row: ControlRow) -> _Row:
    hold = row.hold
    return (
        rule_set, row.control_id if rule_set == MAIN else f"{rule_set}:{row.control_id}", row.place_id, hold.holder,
        hold.sides, hold.status, hold.besiegers, hold.valid_from, hold.valid_to, row.known_from, row.known_to,
        hold.rule_id, hold.reason, hold.basis, row.confidence, [c.claim_id for c in row.claims],
    )  # fmt: skip
