"""A place named in a report: where it stands in the text and which place of the gazetteer it is."""

from __future__ import annotations

from typing import NamedTuple

from configs.model import PlaceKind
from transforms.text import fold_phrase


class PlaceMention(NamedTuple):
    """Tokens ``first:last``, characters ``start:end``, name a place (``text``, a feature word included where it is
    part of the name).

    ``area`` is set where the words speak of what lies around the place ("Hama countryside", "near Hama"), ``part``
    are the words that take a part of it ("eastern", "outskirts"). ``candidates`` are the ids of all namesakes, the
    chosen one first. ``described`` is set where the tokens only describe it ("the city"), ``also`` are the others that
    the same words mean ("the two villages").
    """

    first: int
    last: int
    start: int
    end: int
    text: str
    place_id: str
    name: str
    kind: PlaceKind
    admin1: str | None
    country: str | None
    geo_prec: int
    parent: str | None = None
    provisional: bool = False
    lat: float | None = None
    lon: float | None = None
    near: str | None = None
    area: bool = False
    part: str | None = None
    candidates: tuple[str, ...] = ()
    described: bool = False
    also: tuple[PlaceMention, ...] = ()


def provisional_id(name: str, admin1: str | None) -> str:
    """The id of a place that no gazetteer has: the same for the same name in the same governorate."""
    return f"p:{slug(name)}@{slug(admin1 or '')}"


def slug(name: str) -> str:
    """``name`` as part of an id: folded words joined by underscores."""
    return "_".join(fold_phrase(name))
