"""The shipped gazetteer and place words, read once for the tests of places."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import TypeAdapter

from configs.gazetteer import read_places
from configs.place_language import PlaceWords
from transforms.places.finder import PlaceFinder
from transforms.places.mention import PlaceMention
from transforms.text import words

CONFIGS = Path(__file__).parents[2] / "configs"
ADMIN1: list[str] = tomllib.loads((CONFIGS / "theatres/syria/theatre.toml").read_text(encoding="utf-8"))["admin1"]
WORDS = TypeAdapter(PlaceWords).validate_python(
    tomllib.loads((CONFIGS / "languages/en/places.toml").read_text(encoding="utf-8"))
)
PLACES = read_places(CONFIGS / "theatres/syria")
FINDER = PlaceFinder(PLACES, WORDS, ADMIN1)


def mentions(text: str) -> list[PlaceMention]:
    """Everything in ``text``, gazetteer places and unknown ones, settled."""
    tokens = words(text)
    known = FINDER.find(text, tokens)
    return FINDER.settle(sorted([*known, *FINDER.unknown_names(text, tokens, known)], key=lambda m: m.first), tokens)


def ids(text: str) -> list[str]:
    return [m.place_id for m in mentions(text)]
