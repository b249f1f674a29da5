"""Whatever the text: spans slice back, do not overlap, and the order in which places are listed changes no span."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.place_fixtures import ADMIN1, FINDER, PLACES, WORDS
from transforms.places.finder import PlaceFinder
from transforms.text import words

FEW = [
    place
    for place in PLACES
    if place.place_id in ("homs", "hama", "deir_ez_zor", "bab", "omar_oil_field", "eastern_ghouta")
]
PIECES = st.sampled_from(
    [
        "al-Bab",
        "Deir Ezzor",
        "Homs",
        "Hamas",
        "the",
        "of",
        "north",
        "25km",
        "village",
        "villages",
        "hill",
        "and",
        ",",
        ".",
        "Eastern Ghouta",
        "Syrias",
        "Tal Xyz",
        "Omar oil field",
        "\n",
        "’s",
        "é",
        "al-",
        "Abu",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=40).map(" ".join))
def test_spans_slice_back_and_never_overlap(text: str) -> None:
    tokens = words(text)
    known = FINDER.find(text, tokens)
    found = sorted([*known, *FINDER.unknown_names(text, tokens, known)], key=lambda m: m.first)
    for mention in FINDER.settle(found, tokens):
        assert text[mention.start : mention.end] == mention.text
        assert tokens.starts[mention.first] == mention.start
    assert all(a.last <= b.first for a, b in itertools.pairwise(found))


@settings(max_examples=50, deadline=None)
@given(st.permutations(FEW), st.lists(PIECES, max_size=20).map(" ".join))
def test_the_order_of_places_changes_no_span(order: list, text: str) -> None:  # type: ignore[type-arg]
    tokens = words(text)
    spans = [
        [(m.start, m.end, m.place_id) for m in PlaceFinder(p, WORDS, ADMIN1).find(text, tokens)] for p in (FEW, order)
    ]
    assert spans[0] == spans[1]
