"""Claims of one place to events: which claims speak of one happening, and when that was.

Days are numbers (days since 1970-01-01), both ends of a window inclusive. Nothing here depends on the order of the
claims.

Claims merge where place, type and side agree (``capture`` and ``handover`` count as one type) and their days lie at
most ``within`` days apart, but never across a happening that undid the first: a capture by another side or, for a
side's own captures, its withdrawal in between or on one of the two days. A claim that knows its time only to more than
a week cannot tie two happenings together: it joins the best attested one that lies in its window. Fights merge only
where their days touch, or a campaign would become one event.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

GAINS = frozenset({"capture", "handover"})
FIGHTS = frozenset({"clash", "air_strike", "shelling"})
STATES = frozenset({"control", "siege"})
NARROW_DAYS = 7
"""A window of at most this many days tells when; a wider one only in which time."""


class Evidence(NamedTuple):
    """What a claim says, as far as merging and control need it."""

    claim_id: str
    place_id: str
    claim_type: str
    status: str
    side: str
    opponent_side: str | None
    first: int | None
    last: int | None
    dated: bool
    """False where the day is only that of publication."""
    published: int | None
    extent: str
    partisan: bool
    """True where the claim serves the side of whoever makes it."""
    against_interest: bool
    origin: str
    """Root of the statement: the named claimant, otherwise the outlet."""
    source_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Event:
    """Claims that speak of one happening (sorted by publication), its side and its days."""

    place_id: str
    kind: str
    side: str
    first: int | None
    last: int | None
    claims: tuple[Evidence, ...]

    @property
    def event_id(self) -> str:
        """Hash of place, type, side and days."""
        key = "\x1f".join(map(str, (self.place_id, self.kind, self.side, self.first, self.last)))
        return sha256(key.encode()).hexdigest()[:16]


def kind_of(claim_type: str) -> str:
    """The type under which claims merge."""
    return "gain" if claim_type in GAINS else claim_type


def merge(claims: Iterable[Evidence], within: int) -> list[Event]:
    """The events of one place out of its claims of status ``happened``, sorted by type, side and day."""
    groups: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for claim in claims:
        groups[kind_of(claim.claim_type), claim.side].append(claim)
    undone = _undoing_days(groups)
    events: list[Event] = []
    for (kind, side), members in sorted(groups.items()):
        events += _merge_group(kind, side, members, undone.get((kind, side), ()), within)
    return events


def _undoing_days(groups: Mapping[tuple[str, str], Sequence[Evidence]]) -> dict[tuple[str, str], list[int]]:
    """For gains and withdrawals of a side: the days on which something came between."""
    moves = [
        (kind, side, claim.last)
        for (kind, side), members in groups.items()
        if kind in ("gain", "withdrawal") and side != "unknown"
        for claim in members
        if claim.last is not None and claim.extent == "all" and _narrow(claim)
    ]
    days: dict[tuple[str, str], list[int]] = {}
    for kind, side in groups:
        if kind == "gain":
            found = {d for k, s, d in moves if (k == "gain") == (s != side)}
        elif kind == "withdrawal":
            found = {d for k, s, d in moves if k == "gain" and s == side}
        else:
            continue
        days[kind, side] = sorted(found)
    return days


def _narrow(claim: Evidence) -> bool:
    return claim.first is not None and claim.last is not None and claim.last - claim.first < NARROW_DAYS


def _merge_group(kind: str, side: str, members: list[Evidence], undone: Sequence[int], within: int) -> list[Event]:
    if len(members) == 1:
        return [Event(members[0].place_id, kind, side, members[0].first, members[0].last, tuple(members))]
    undated = [c for c in members if c.first is None]
    dated = sorted((c for c in members if c.first is not None), key=_by_day)
    if kind in STATES or kind in FIGHTS:
        clusters = _islands(dated, (), 0 if kind in FIGHTS else within)
    else:
        clusters = _islands([c for c in dated if _narrow(c)], undone, within)
        begins = [_first(cluster[0]) for cluster in clusters]
        ends = [max(map(_last, cluster)) for cluster in clusters]
        sizes = [len(cluster) for cluster in clusters]
        loose: list[Evidence] = []
        for claim in dated:
            if not _narrow(claim):
                fitting = range(bisect_left(ends, _first(claim)), bisect_right(begins, _last(claim)))
                home = clusters[max(fitting, key=lambda i: (sizes[i], -i))] if fitting else loose
                home.append(claim)
        clusters += _islands(loose, (), 0)
    events = []
    for cluster in clusters:
        first, last = _days(kind, cluster)
        events.append(Event(cluster[0].place_id, kind, side, first, last, tuple(sorted(cluster, key=_by_publication))))
    events.sort(key=lambda e: (e.first, e.last))
    if undated:
        undated.sort(key=_by_publication)
        events.append(Event(undated[0].place_id, kind, side, None, None, tuple(undated)))
    return events


def _islands(claims: Sequence[Evidence], undone: Sequence[int], within: int) -> list[list[Evidence]]:
    clusters: list[list[Evidence]] = []
    reach = 0
    for claim in claims:
        first, last = _first(claim), _last(claim)
        if clusters and first - reach <= within and not _between(undone, reach, first):
            clusters[-1].append(claim)
            reach = max(reach, last)
        else:
            clusters.append([claim])
            reach = last
    return clusters


def _between(days: Sequence[int], after: int, before: int) -> bool:
    """Whether one of the sorted ``days`` lies between two days that differ, or is one of them."""
    if after >= before:
        return False
    at = bisect_left(days, after)
    return at < len(days) and days[at] <= before


def _days(kind: str, cluster: Sequence[Evidence]) -> tuple[int, int]:
    """A state lasts as long as all its claims; a happening has the days of the most precise claim, then of the best
    attested one, then the earliest."""
    if kind in STATES or kind in FIGHTS:
        return min(_first(c) for c in cluster), max(_last(c) for c in cluster)
    if len(cluster) == 1:
        return _first(cluster[0]), _last(cluster[0])
    support = Counter((c.first, c.last) for c in {(c.origin, c.first, c.last): c for c in cluster}.values())
    best = min(cluster, key=lambda c: (_last(c) - _first(c), not c.dated, -support[c.first, c.last], _first(c)))
    return _first(best), _last(best)


def contradictions(events: Sequence[Event], denied: Sequence[Evidence], within: int) -> list[tuple[Event, Evidence]]:
    """Which denials of one place speak against which of its ``events``: same type and side, near in time.

    A denial without days counts by its day of publication.
    """
    alike: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        alike[event.kind, event.side].append(event)
    found = []
    for claim in denied:
        first = claim.first if claim.first is not None else claim.published
        last = claim.last if claim.last is not None else claim.published
        if first is None or last is None:
            continue
        for event in alike[kind_of(claim.claim_type), claim.side]:
            if event.first is None:
                continue
            if event.first - within <= last and first <= (event.last or event.first) + within:
                found.append((event, claim))
    return found


def _first(claim: Evidence) -> int:
    assert claim.first is not None
    return claim.first


def _last(claim: Evidence) -> int:
    assert claim.last is not None
    return claim.last


def _by_day(claim: Evidence) -> tuple[int, int, str]:
    return _first(claim), _last(claim), claim.claim_id


def _by_publication(claim: Evidence) -> tuple[bool, int, str]:
    return claim.published is None, claim.published or 0, claim.claim_id
