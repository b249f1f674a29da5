"""Control against an oracle that walks day by day, and what no order of arrival, copy or later report may change."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from transforms.control.beliefs import history
from transforms.control.events import Evidence, contradictions, merge
from transforms.control.timeline import END, Hold, bears, timeline

WITHIN = 2
LAST_DAY = 14
TYPES = (
    "capture",
    "capture",
    "capture",
    "handover",
    "withdrawal",
    "withdrawal",
    "control",
    "control",
    "repelled",
    "clash",
)
Believed = tuple[str, tuple[str, ...]]
NOTHING: Believed = ("", ())


@st.composite
def claims(draw: st.DrawFn, size: int = 9, last_day: int = LAST_DAY) -> list[Evidence]:
    rows = []
    for number in range(draw(st.integers(1, size))):
        first = draw(st.integers(0, last_day))
        rows.append(
            Evidence(
                claim_id=f"c{number}",
                place_id="p",
                claim_type=draw(st.sampled_from(TYPES)),
                status=draw(st.sampled_from(("happened", "happened", "happened", "happened", "denied"))),
                side=draw(st.sampled_from(("a", "a", "b", "b", "c", "unknown"))),
                opponent_side=None,
                first=first,
                last=first + draw(st.sampled_from((0, 0, 0, 0, 1, 3, 9))),
                dated=draw(st.booleans()),
                published=draw(st.one_of(st.integers(first, last_day + 4), st.none() if number == 7 else st.nothing())),
                extent=draw(st.sampled_from(("all", "all", "all", "part"))),
                partisan=draw(st.booleans()),
                against_interest=False,
                origin=draw(st.sampled_from(("x", "y", "z"))),
                source_id="s",
                confidence=0.8,
            )
        )
    return rows


def oracle(known: Sequence[Evidence]) -> dict[int, Believed]:
    """What is believed of each day: plain days, one after another, every day asking all that is said of it."""
    gains: dict[int, set[str]] = {}
    withdrawals: dict[int, set[str]] = {}
    for event in merge((c for c in known if c.claim_type in ("capture", "handover", "withdrawal")), WITHIN):
        assert event.last is not None
        (gains if event.kind == "gain" else withdrawals).setdefault(event.last, set()).add(event.side)
    said = [c for c in known if c.claim_type == "control"]
    believed: dict[int, Believed] = {}
    now: Believed = NOTHING
    parts_only, left_on, left_by = False, -END, set[str]()
    for day in range(LAST_DAY + 12):
        sides = now[1]
        leaving = set(sides) & withdrawals.get(day, set()) - gains.get(day, set())
        if leaving:
            stay = tuple(s for s in sides if s not in leaving)
            now = (("held", "contested")[len(stay) > 1] if stay else "unknown", stay)
            left_on, left_by, parts_only = day, leaving, False
        taking = tuple(sorted(gains.get(day, ())))
        if taking and now != ("held", taking) and now != ("contested", taking):
            now, parts_only = ("held" if len(taking) == 1 else "contested", taking), False
        begins = [
            c for c in said
            if day == next((d for d in (c.first, c.last) if d is not None and d >= left_on + (c.side in left_by)), None)
        ]  # fmt: skip
        if now[0] in ("", "unknown"):
            if begins:
                sides = tuple(sorted({c.side for c in begins}))
                now, parts_only = (
                    ("held" if len(sides) == 1 else "contested", sides),
                    all(c.extent == "part" for c in begins),
                )
        elif parts_only and now[0] == "held":
            rivals = {c.side for c in begins if c.extent == "part"} - set(now[1])
            if rivals:
                now = ("contested", tuple(sorted(rivals | set(now[1]))))
        believed[day] = now
    return believed


def believed_on(holds: Sequence[Hold], day: int) -> Believed:
    found = [(h.status, h.sides) for h in holds if h.valid_from <= day < h.valid_to]
    assert len(found) <= 1, "intervals overlap"
    return found[0] if found else NOTHING


@given(claims())
def test_control_agrees_with_the_oracle_on_every_day_as_known_on_every_day(rows: list[Evidence]) -> None:
    found = history(rows, WITHIN)
    for known in range(LAST_DAY + 6):
        said = [c for c in rows if bears(c) and c.published is not None and c.published <= known]
        holds = [r.hold for r in found if r.known_from <= known < r.known_to]
        for day, expected in oracle(said).items():
            assert believed_on(holds, day) == expected, (day, known)


@given(claims(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(rows: list[Evidence], rng: random.Random) -> None:
    mixed = list(rows)
    rng.shuffle(mixed)
    assert history(mixed, WITHIN) == history(rows, WITHIN)
    happened = [c for c in rows if c.status == "happened"]
    mixed_happened = [c for c in mixed if c.status == "happened"]
    assert merge(mixed_happened, WITHIN) == merge(happened, WITHIN)


@given(claims())
def test_a_row_cites_nothing_that_was_published_after_it_was_known(rows: list[Evidence]) -> None:
    for row in history(rows, WITHIN):
        assert row.claims
        assert all(c.published is not None and c.published <= row.known_from for c in row.claims)
        assert row.known_from < row.known_to
        assert row.hold.valid_from < row.hold.valid_to


@given(claims(), st.integers(0, LAST_DAY + 4))
def test_what_is_published_later_does_not_rewrite_what_was_known(rows: list[Evidence], until: int) -> None:
    early = [c for c in rows if c.published is not None and c.published <= until]

    def known(rows: list[Evidence]) -> list[tuple[Hold, int, int]]:
        return [
            (r.hold, r.known_from, min(r.known_to, until + 1)) for r in history(rows, WITHIN) if r.known_from <= until
        ]

    assert known(early) == known(rows)


@given(claims())
def test_every_happened_claim_is_in_one_event_and_ids_differ(rows: list[Evidence]) -> None:
    happened = [c for c in rows if c.status == "happened"]
    events = merge(happened, WITHIN)
    assert sorted(c.claim_id for e in events for c in e.claims) == sorted(c.claim_id for c in happened)
    assert len({e.event_id for e in events}) == len(events)
    for event, denial in contradictions(events, [c for c in rows if c.status == "denied"], WITHIN):
        assert (event.side, denial.status) == (denial.side, "denied")


@given(claims(size=30, last_day=80))
def test_working_from_day_to_day_gives_what_working_anew_gives(rows: list[Evidence]) -> None:
    found = history(rows, WITHIN)
    for known in sorted({c.published or 0 for c in rows} | {END - 1}):
        said = [c for c in rows if bears(c) and c.published is not None and c.published <= known]
        believed = {r.hold for r in found if r.known_from <= known < r.known_to}
        assert believed == set(timeline(said, WITHIN)), known
