"""Control against an oracle that walks day by day, and what no order of arrival, copy or later report may change."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from configs.model import Rules
from tests.property.oracle import Believed, believed
from transforms.control.beliefs import Belief, history
from transforms.control.events import Evidence, contradictions, merge
from transforms.control.holds import END, Hold, bears

RULES = Rules(merge_within_days=2, weigh_within_days=5)
RULE_SETS = (
    RULES,
    replace(RULES, least_weight=2.0),
    replace(RULES, own_word=0.0, corroborated=1.0),
    replace(RULES, reversal_days=3, weigh_within_days=1),
)
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
    "control",
    "repelled",
    "siege",
    "siege",
    "siege_lifted",
    "clash",
)
NOTHING: Believed = ("", (), ())


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
                opponent_side=draw(st.sampled_from((None, None, "a", "b", "unknown"))),
                first=first,
                last=first + draw(st.sampled_from((0, 0, 0, 0, 1, 3, 9))),
                dated=draw(st.booleans()),
                published=draw(st.one_of(st.integers(first, last_day + 4), st.none() if number == 7 else st.nothing())),
                extent=draw(st.sampled_from(("all", "all", "all", "part"))),
                partisan=draw(st.booleans()),
                against_interest=False,
                origin=draw(st.sampled_from(("x", "y", "z", "w", "v"))),
                source_id="s",
                confidence=0.8,
            )
        )
    return rows


def believed_on(holds: Sequence[Hold], day: int) -> Believed:
    found = [h for h in holds if h.valid_from <= day < h.valid_to]
    assert len(found) <= 1, "intervals overlap"
    if not found:
        return NOTHING
    status = "held" if found[0].status == "besieged" else found[0].status
    return status, found[0].sides, tuple(sorted(found[0].besiegers))


@given(claims(), st.sampled_from(RULE_SETS))
def test_control_agrees_with_the_oracle_on_every_day_as_known_on_every_day(rows: list[Evidence], rules: Rules) -> None:
    found = history(rows, rules)
    for known in sorted({c.published for c in rows if c.published is not None}):
        said = [c for c in rows if c.published is not None and c.published <= known]
        holds = [r.hold for r in found if r.known_from <= known < r.known_to]
        for day, expected in believed(said, range(-1, LAST_DAY + 12), rules).items():
            assert believed_on(holds, day) == expected, (day, known)


@given(claims(), st.randoms(use_true_random=False))
def test_order_of_arrival_changes_nothing(rows: list[Evidence], rng: random.Random) -> None:
    mixed = list(rows)
    rng.shuffle(mixed)
    assert history(mixed, RULES) == history(rows, RULES)
    happened = [c for c in rows if c.status == "happened"]
    mixed_happened = [c for c in mixed if c.status == "happened"]
    assert merge(mixed_happened, RULES.merge_within_days) == merge(happened, RULES.merge_within_days)


@given(claims())
def test_a_row_cites_nothing_that_was_published_after_it_was_known(rows: list[Evidence]) -> None:
    for row in history(rows, RULES):
        assert row.claims
        assert all(c.published is not None and c.published <= row.known_from for c in row.claims)
        assert row.known_from < row.known_to
        assert row.hold.valid_from < row.hold.valid_to


@given(claims(), st.integers(0, LAST_DAY + 4))
def test_what_is_published_later_does_not_rewrite_what_was_known(rows: list[Evidence], until: int) -> None:
    early = [c for c in rows if c.published is not None and c.published <= until]

    def known(rows: list[Evidence]) -> list[tuple[Hold, int, int]]:
        return [
            (r.hold, r.known_from, min(r.known_to, until + 1)) for r in history(rows, RULES) if r.known_from <= until
        ]

    assert known(early) == known(rows)


@given(claims())
def test_every_happened_claim_is_in_one_event_and_ids_differ(rows: list[Evidence]) -> None:
    happened = [c for c in rows if c.status == "happened"]
    events = merge(happened, RULES.merge_within_days)
    assert sorted(c.claim_id for e in events for c in e.claims) == sorted(c.claim_id for c in happened)
    assert len({e.event_id for e in events}) == len(events)
    for event, denial in contradictions(events, [c for c in rows if c.status == "denied"], RULES.merge_within_days):
        assert (event.side, denial.status) == (denial.side, "denied")


@given(claims(size=30, last_day=80), st.sampled_from(RULE_SETS))
def test_working_from_day_to_day_gives_what_working_anew_gives(rows: list[Evidence], rules: Rules) -> None:
    found = history(rows, rules)
    for known in sorted({c.published or 0 for c in rows} | {END - 1}):
        said = [c for c in rows if bears(c) and c.published is not None and c.published <= known]
        _, anew = Belief(rules).learn(said)
        assert {r.hold for r in found if r.known_from <= known < r.known_to} == set(anew), known
