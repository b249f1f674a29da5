"""The country: its provinces, its places on a grid, and the three sides that fight over them."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, sqrt
from pathlib import Path
from typing import Any

PROVINCE_WIDTH, PROVINCE_HEIGHT = 4, 3
"""Places of one province, as a block of the grid."""


@lru_cache(maxsize=1)
def words() -> Mapping[str, Any]:
    """``country.toml``."""
    return tomllib.loads(Path(__file__).with_name("country.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Site:
    """A place. ``core`` is the bare name, ``name`` the one with what it is ("Zverdov airport")."""

    place_id: str
    core: str
    kind: str
    province: str
    lat: float
    lon: float
    population: int
    neighbours: tuple[int, ...]
    """Numbers of the sites around it."""

    @property
    def name(self) -> str:
        """The name as the gazetteer has it."""
        feature = words()["kinds"][self.kind].get("feature")
        return f"{self.core} {feature}" if feature else self.core


@dataclass(frozen=True, slots=True)
class Side:
    """One side, with the words for it. Nouns come with their number: True where they are plural."""

    side_id: str
    name: str
    nouns: tuple[tuple[str, bool], ...]
    headline_nouns: tuple[tuple[str, bool], ...]
    adjectives: tuple[str, ...]
    """What stands before "-held" and "fighters"."""
    speakers: tuple[str, ...]
    """Who speaks for it."""
    others: tuple[str, ...]
    """Further names of it."""


@dataclass(frozen=True, slots=True)
class Country:
    """Places by number, and the sides; ``first_holders`` has a side for each place."""

    name: str
    capital: str
    provinces: tuple[str, ...]
    sites: tuple[Site, ...]
    sides: tuple[Side, ...]
    first_holders: tuple[str, ...]

    def side(self, side_id: str) -> Side:
        """The side with this id."""
        return next(s for s in self.sides if s.side_id == side_id)


def sides() -> tuple[Side, ...]:
    """The sides of country.toml: the government, the rebels, and a third that fights both."""
    return tuple(_side(side_id, given) for side_id, given in words()["sides"].items())


def _side(side_id: str, given: Mapping[str, Any]) -> Side:
    def nouns(before: str) -> tuple[tuple[str, bool], ...]:
        return tuple(
            (n, many) for number, many in (("plural", True), ("singular", False)) for n in given[before + number]
        )

    speakers, adjectives, others = (tuple(given[name]) for name in ("speakers", "adjectives", "others"))
    return Side(side_id, given["name"], nouns(""), nouns("headlines_"), adjectives, speakers, others)


def invent_country(seed: int, n_places: int) -> Country:
    """``n_places`` places on a grid, each side strongest in its own third of it."""
    rng = random.Random(f"{seed}/country")
    width = max(PROVINCE_WIDTH, ceil(sqrt(n_places)))
    across = ceil(width / PROVINCE_WIDTH)
    blocks = [n % width // PROVINCE_WIDTH + across * (n // width // PROVINCE_HEIGHT) for n in range(n_places)]
    names = invent_names(rng, n_places + max(blocks) + 1)
    provinces = tuple(names[n_places:])
    sites = tuple(_site(rng, n, n_places, width, names[n], provinces[blocks[n]]) for n in range(n_places))
    return Country(words()["name"], words()["capital"], provinces, sites, sides(), _holders(rng, n_places, width))


def _holders(rng: random.Random, n_places: int, width: int) -> tuple[str, ...]:
    thirds = [side.side_id for side in sides()]
    return tuple(thirds[min(2, max(0, int(3 * (n % width + rng.gauss(0, 0.6)) / width)))] for n in range(n_places))


def invent_names(rng: random.Random, count: int) -> list[str]:
    """Names of two or three syllables. No two are alike when vowels and doubled letters are not looked at."""
    found: dict[str, str] = {}
    parts = words()["names"]
    while len(found) < count:
        inner = "".join(rng.choice(parts["vowels"]) + rng.choice(parts["inner"]) for _ in range(rng.choice((1, 1, 2))))
        name = rng.choice(parts["openings"]) + inner + rng.choice(parts["endings"])
        bones = re.sub(r"[aeiou]+", ".", name.casefold().replace("zh", "j"))
        if 5 <= len(name) <= 11:
            found.setdefault(bones, name)
    return list(found.values())


def _site(rng: random.Random, n: int, n_places: int, width: int, core: str, province: str) -> Site:
    kinds = words()["kinds"]
    kind = rng.choices(list(kinds), [k["weight"] for k in kinds.values()])[0]
    column, row = n % width, n // width
    around = [(column + dx, row + dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dx, dy) != (0, 0)]
    near = tuple(r * width + c for c, r in around if 0 <= c < width and r >= 0 and r * width + c < n_places)
    people = {"city": 120_000, "town": 14_000, "village": 1_500}.get(kind, 0)
    lat = 40 + 20 * (row + rng.uniform(-0.3, 0.3)) / width
    lon = 20 + 20 * (column + rng.uniform(-0.3, 0.3)) / width
    size = int(people * rng.uniform(0.4, 2.5))
    return Site(f"v{n:05}", core, kind, province, round(lat, 4), round(lon, 4), size, near)
