"""The outlines of countries, provinces, rivers and lakes under a theatre's map, where its folder has them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, field
from typing import Any

from configs.errors import ConfigError
from configs.load import theatre_folder


@dataclass(frozen=True, slots=True)
class Outlines:
    """``name`` of the theatre for people; ``features`` of GeoJSON with the properties ``kind`` and ``name``."""

    name: str
    features: list[dict[str, Any]] = field(default_factory=list)


def read_outlines(theatre: str) -> Outlines:
    """Those of the shipped theatre or the folder of that name; without such, none, and its slug for a name."""
    try:
        folder = theatre_folder(theatre)
    except ConfigError:
        return Outlines(theatre.replace("_", " ").capitalize())
    name = str(tomllib.loads((folder / "theatre.toml").read_text(encoding="utf-8")).get("name", theatre))
    path = folder / "outlines.geojson"
    if not path.exists():
        return Outlines(name)
    return Outlines(name, json.loads(path.read_text(encoding="utf-8"))["features"])
