"""How much of the invented English is read rightly: each sentence by itself, by what it tells and how it is put."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tests.war.articles import Told, Written
from tests.war.country import Country
from tests.war.gold import claim_of
from transforms.claims.claim import Claim
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report

MOVING = frozenset({"capture", "withdrawal", "handover", "control"})
"""Claim types that say who holds a place."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence, and what came of it: ``fault`` is empty where it was read rightly."""

    sort: str
    """What it tells, and the template."""
    sentence: str
    fault: str


def findings(read: Iterable[tuple[Report, Written]], country: Country, reader: ClaimReader) -> Iterator[Finding]:
    """A finding for each sentence that tells something, or nothing, outside of lists."""
    for report, written in read:
        spans: dict[tuple[int, int], list[Told]] = defaultdict(list)
        for told in written.told:
            spans[told.start, told.end].append(told)
        for (start, end), told_here in spans.items():
            words = written.text[start:end]
            expected = [claim_of(t, report, country, None) for t in told_here]
            yield Finding(told_here[0].sort, words, fault(expected, _claims(report, words, reader)))
        for start, end, sort in written.idle:
            words = written.text[start:end]
            if sort.startswith("nothing"):
                yield Finding(sort, words, fault([], _claims(report, words, reader)))


def in_reports(read: Iterable[tuple[Report, Written]], country: Country, reader: ClaimReader) -> Iterator[Finding]:
    """A finding for each claim of a whole report that moves control: right, dated wrongly, not said, or missed."""
    for report, written in read:
        wanted: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for told in written.told:
            claim = claim_of(told, report, country, None)
            if _moves(claim):
                wanted[_key(claim)].append(claim)
        found: set[tuple[str, ...]] = set()
        for claim in filter(_moves, reader.read(report).claims):
            here = wanted.get(_key(claim), [])
            found.add(_key(claim))
            line = report.text[report.text.rfind("\n", 0, claim.char_start) + 1 :].split("\n")[0]
            if not here:
                yield Finding("not said", line, f"found {_shown(claim)}")
            elif not any((w.date_start, w.date_end) == (claim.date_start, claim.date_end) for w in here):
                yield Finding("dated wrongly", line, f"expected {_shown(here[0])}; found {_shown(claim)}")
            else:
                yield Finding("right", line, "")
        for key, claims in wanted.items():
            if key not in found:
                yield Finding("missed", claims[0].quote, f"expected {_shown(claims[0])}")


def _moves(claim: Claim) -> bool:
    moves = claim.claim_type in MOVING and claim.claim_type != "control"
    return moves and claim.status == "happened" and claim.extent == "all"


def _key(claim: Claim) -> tuple[str, ...]:
    return claim.place_id, "withdrawal" if claim.claim_type == "withdrawal" else "gain", claim.actor_side


def _claims(report: Report, words: str, reader: ClaimReader) -> tuple[Claim, ...]:
    return reader.read(replace(report, text=words, title=None)).claims


def fault(expected: list[Claim], found: tuple[Claim, ...]) -> str:
    """What is wrong with ``found``; empty where all that is expected is there and nothing else moves control."""
    faults = []
    for want in expected:
        here = [c for c in found if c.place_id == want.place_id]
        if not any(_same(want, c) for c in here):
            faults.append(f"expected {_shown(want)}; found {', '.join(map(_shown, here or found)) or 'nothing'}")
    for claim in found:
        moves = claim.claim_type in MOVING and claim.status == "happened"
        if moves and not any(claim.place_id == w.place_id and w.status == "happened" for w in expected):
            faults.append(f"found {_shown(claim)}, which is not said")
    return "; ".join(dict.fromkeys(faults))


def _same(want: Claim, got: Claim) -> bool:
    alike = (want.claim_type, want.status) == (got.claim_type, got.status)
    alike = alike and want.actor_side in (got.actor_side, "unknown")
    days = want.status != "happened" or (want.date_start, want.date_end) == (got.date_start, got.date_end)
    if want.claim_type == "siege":  # it may be read to last up to the report
        days = want.date_start == got.date_start
    opponent = want.opponent_side is None or got.opponent_side in (want.opponent_side, None)
    return alike and days and opponent


def _shown(claim: Claim) -> str:
    days = str(claim.date_start) if claim.date_start == claim.date_end else f"{claim.date_start}..{claim.date_end}"
    status = "" if claim.status == "happened" else f" {claim.status}"
    return f"{claim.claim_type}{status} at {claim.place_text!r} by {claim.actor_side} ({claim.actor_text}) on {days}"
