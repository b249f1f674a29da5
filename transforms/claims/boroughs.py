"""A city's district or suburb that is described by the city and named close by: "the last rebel-held district of X"."""

from __future__ import annotations

from collections.abc import Sequence, Set

from transforms.claims.grammar import Grammar
from transforms.claims.page import Page
from transforms.claims.parts import is_seat
from transforms.places.finder import PlaceMention
from transforms.places.geometry import distance
from transforms.text import Sentence

_SUBURB = 20.0
"""Kilometres from a city's centre to the towns around it that are called its suburbs."""
_BACK, _ON = 2, 1
"""Sentences in which the name may stand before the description, and behind it."""


def borough(
    page: Page, sentence: Sentence, opening: int, i: int, lex: Grammar, called: Set[tuple[str, str]]
) -> Sequence[PlaceMention]:
    """The one place that "the district of X" with its noun at token i means; its article is at token ``opening``.

    With "a" it must be called by such a noun where it is named, since nothing says that there is but one.
    """
    norms = page.tokens.norms
    noun = norms[i]
    city = _city(page, i, lex) if noun in lex.boroughs else None
    if city is None or opening - 1 in page.named:
        return ()
    kinds = {*lex.anaphors[noun], *(("city",) if "town" in lex.anaphors[noun] else ())}
    apposed = page.named.get(opening - 2) if norms[opening - 1] == "," else None
    if apposed is not None:
        return (apposed,) if apposed.kind in kinds else ()
    near = [*page.before(sentence, opening, _BACK), *page.behind(sentence, city.last, _ON)]
    found = {p.place_id: p for p in near if p.kind in kinds and not p.area and _lies_in(p, city)}
    if norms[opening] in lex.indefinite:
        found = {id_: p for id_, p in found.items() if any((id_, word) in called for word in lex.boroughs)}
    return tuple(found.values()) if len(found) == 1 else ()


def _city(page: Page, i: int, lex: Grammar) -> PlaceMention | None:
    """The chief city of a governorate behind "district of" or "suburb in" at token i."""
    norms, j = page.tokens.norms, i + 1
    if j >= len(norms) or not (norms[j] == "of" or norms[j] in lex.within):
        return None
    while j + 1 < len(norms) and j + 1 not in page.named and _leads(norms[j + 1], lex):
        j += 1
    city = page.named.get(j + 1)
    return city if city is not None and city.kind == "city" and is_seat(city) else None


def _leads(word: str, lex: Grammar) -> bool:
    """Whether the word may stand before the city's name: "of the northern city of X"."""
    return (
        word in lex.determiners or word in lex.definite or word in lex.anaphors or word in lex.locating or word == "of"
    )


def _lies_in(place: PlaceMention, city: PlaceMention) -> bool:
    if place.place_id == city.place_id:
        return False
    if place.parent is not None:
        return place.parent == city.place_id
    if place.lat is None or place.lon is None or city.lat is None or city.lon is None:
        return False
    return distance(place.lat, place.lon, city.lat, city.lon) <= _SUBURB
