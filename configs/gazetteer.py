"""A theatre's places: the hand-kept layer (places.csv) over a cut of GeoNames (geonames.csv), read strictly.

``python -m configs.gazetteer_cut [THEATRE ...]`` makes the cut anew.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from configs.errors import ConfigError
from configs.model import Place

COLUMNS = (
    "place_id",
    "name",
    "kind",
    "admin1",
    "country",
    "lat",
    "lon",
    "geo_prec",
    "parent",
    "geonameid",
    "population",
    "aliases",
)
_PLACE = TypeAdapter(Place)


def read_places(folder: Path) -> tuple[Place, ...]:
    """Every place of the theatre in ``folder``, those of the hand-kept layer first, then GeoNames by population.

    A hand-kept row with a geonameid takes over the GeoNames row: its names, and what the hand-kept row leaves empty.
    Raises ConfigError with file, line and key for rows that are malformed, repeated or refer to nothing.
    """
    kept_file, cut_file = folder / "places.csv", folder / "geonames.csv"
    kept = list(_rows(kept_file))
    cut = list(_rows(cut_file)) if cut_file.is_file() else []
    taken = _unique(kept, kept_file)
    geonames = {place.geonameid: place for _, place in cut}
    places = []
    for line, place in kept:
        if place.geonameid is not None and cut and place.geonameid not in geonames:
            raise ConfigError(
                kept_file,
                f"line {line}, geonameid",
                f"{place.geonameid} is not in {cut_file.name}",
                "correct it or leave it empty",
            )
        places.append(_merged(place, geonames.get(place.geonameid)) if place.geonameid is not None else place)
    rest = sorted(
        (p for _, p in cut if p.geonameid not in taken), key=lambda p: (-(p.population or 0), p.geonameid or 0)
    )
    _check(kept, cut, kept_file)
    return (*places, *rest)


def _merged(place: Place, geo: Place | None) -> Place:
    if geo is None:
        return place
    names = dict.fromkeys((*place.aliases, geo.name, *geo.aliases))
    names.pop(place.name, None)
    located = place.lat is not None
    return replace(
        place,
        aliases=tuple(names),
        population=place.population or geo.population,
        country=place.country or geo.country,
        admin1=place.admin1 or geo.admin1,
        lat=place.lat if located else geo.lat,
        lon=place.lon if located else geo.lon,
        geo_prec=place.geo_prec if located else 1,
    )


def _rows(path: Path) -> Iterator[tuple[int, Place]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise ConfigError(path, "file", "it is missing", "create it with the header " + ",".join(COLUMNS)) from None
    except UnicodeDecodeError as error:
        raise ConfigError(path, "file", f"it is not UTF-8 ({error})", "save it as UTF-8") from None
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ConfigError(
            path, "line 1, header", f"it is {','.join(reader.fieldnames or ())!r}", "make it " + ",".join(COLUMNS)
        )
    for row in reader:
        if None in row or None in row.values():
            raise ConfigError(
                path,
                f"line {reader.line_num}",
                "it has more or fewer cells than the header",
                f"give it {len(COLUMNS)} cells",
            )
        yield reader.line_num, _place(row, path, reader.line_num)


def _place(row: dict[str, str], path: Path, line: int) -> Place:
    given: dict[str, object] = {key: value.strip() for key, value in row.items() if value.strip()}
    aliases = tuple(a.strip() for a in str(given.pop("aliases", "")).split("|") if a.strip())
    if len(set(aliases)) != len(aliases) or given.get("name") in aliases:
        raise ConfigError(path, f"line {line}, aliases", "a name stands twice", "keep it once")
    given.setdefault("geo_prec", "1" if "lat" in given else "4")
    try:
        place = _PLACE.validate_python({**given, "aliases": aliases})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "row"
        raise ConfigError(
            path, f"line {line}, {key}", f"{first['msg']} (found {first['input']!r:.60})", "correct the cell"
        ) from None
    if (place.lat is None) != (place.lon is None):
        raise ConfigError(path, f"line {line}, lat", "only one of lat and lon is given", "give both or neither")
    return place


def _unique(rows: Iterable[tuple[int, Place]], path: Path) -> set[int]:
    """The geonameids that the rows take over; raises where two rows share an id."""
    ids: dict[str, int] = {}
    geonameids: dict[int, int] = {}
    for line, place in rows:
        if ids.setdefault(place.place_id, line) != line:
            raise ConfigError(
                path,
                f"line {line}, place_id",
                f"{place.place_id!r} stands already on line {ids[place.place_id]}",
                "give it another id",
            )
        if place.geonameid is not None and geonameids.setdefault(place.geonameid, line) != line:
            raise ConfigError(
                path,
                f"line {line}, geonameid",
                f"{place.geonameid} stands already on line {geonameids[place.geonameid]}",
                "keep it with one",
            )
    return set(geonameids)


def _check(kept: list[tuple[int, Place]], cut: list[tuple[int, Place]], path: Path) -> None:
    """Parents exist, none lies in itself; two places of one governorate, parent and kind do not share a name."""
    ids = {place.place_id for _, place in (*kept, *cut)}
    named: dict[tuple[str, str | None, str | None, str], tuple[int, str]] = {}
    _check_parents(kept, path)
    for line, place in kept:
        if place.parent is not None and place.parent not in ids:
            raise ConfigError(
                path, f"line {line}, parent", f"no place has the id {place.parent!r}", "correct it, or add the parent"
            )
        for name in (place.name, *place.aliases):
            key = (name.casefold(), place.admin1, place.parent, place.kind)
            other = named.setdefault(key, (line, place.place_id))
            if other[1] != place.place_id:
                raise ConfigError(
                    path,
                    f"line {line}, aliases",
                    f"{name!r} also names {other[1]} (line {other[0]}), of the same kind, governorate and parent",
                    "keep the name with one of them, or tell them apart by governorate or parent",
                )


def _check_parents(kept: list[tuple[int, Place]], path: Path) -> None:
    """Going up from parent to parent comes to an end."""
    parents = {place.place_id: place.parent for _, place in kept}
    for line, place in kept:
        above, ancestor = [place.place_id], place.parent
        while ancestor is not None and ancestor not in above:
            above.append(ancestor)
            ancestor = parents.get(ancestor)
        if ancestor == place.place_id:
            raise ConfigError(
                path,
                f"line {line}, parent",
                f"{place.place_id} lies in itself: {' < '.join((*above, ancestor))}",
                "take one of these parents out",
            )
