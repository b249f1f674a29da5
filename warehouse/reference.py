"""A theatre's places, actors, sides and sources as Arrow tables, for the build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date
from typing import Any

import pyarrow as pa

from configs.model import MAIN, Actor, Rules, Theatre
from transforms.tables import DAY, INT, REAL, TEXT, TEXTS
from transforms.text import fold_phrase

FOREVER = date(9999, 12, 31)
PLACES = {
    "place_id": TEXT, "name": TEXT, "kind": TEXT, "admin1": TEXT, "country": TEXT, "lat": REAL, "lon": REAL,
    "geo_prec": INT,
    "parent": TEXT, "geonameid": INT, "population": INT, "aliases": TEXTS,
}  # fmt: skip
RULES = {"rule_set": TEXT} | {f.name: REAL if f.type in (float, "float") else INT for f in fields(Rules)}
NAMES = {"place_id": TEXT, "name": TEXT, "folded": TEXT}


def folded(name: str) -> str:
    """``name`` in the form in which it is looked up: lower-case ASCII words with one blank between."""
    return " ".join(fold_phrase(name))


def reference_tables(theatre: Theatre) -> dict[str, pa.Table]:
    """Tables ``theatre_*`` by name."""
    actors = {"actor_id": TEXT, "name": TEXT, "side_now": TEXT}
    sides = {"side_id": TEXT, "name": TEXT, "colour": TEXT}
    sources = {"source_id": TEXT, "name": TEXT, "kind": TEXT, "leaning": TEXT}
    return {
        "theatre_places": _arrow(PLACES, ({n: _plain(getattr(p, n)) for n in PLACES} for p in theatre.places)),
        "theatre_sides": _arrow(sides, ({n: getattr(s, n) for n in sides} for s in theatre.sides)),
        "theatre_sources": _arrow(sources, ({n: getattr(s, n) for n in sources} for s in theatre.sources)),
        "theatre_actors": _arrow(
            actors, ({"actor_id": a.actor_id, "name": a.name, "side_now": a.side_on(None)} for a in theatre.actors)
        ),
        "theatre_actor_sides": _arrow(
            {"actor_id": TEXT, "side_id": TEXT, "valid_from": DAY, "valid_to": DAY},
            (row for a in theatre.actors for row in _memberships(a)),
        ),
        "theatre_rules": _arrow(
            RULES, ({"rule_set": name, **asdict(rules)} for name, rules in ((MAIN, theatre.rules), *theatre.rule_sets))
        ),
        "theatre_actor_names": _arrow(
            {"actor_id": TEXT, "name": TEXT, "folded": TEXT, "use": TEXT},
            (row for a in theatre.actors for row in _actor_names(a)),
        ),
    }


def name_rows(places: Iterable[tuple[str, Iterable[str]]]) -> pa.Table:
    """(place_id, name, folded) for each distinct name of ``places``."""
    return _arrow(
        NAMES,
        ({"place_id": i, "name": n, "folded": folded(n)} for i, names in places for n in dict.fromkeys(names)),
    )


def _memberships(actor: Actor) -> Iterable[dict[str, Any]]:
    for membership, following in zip(actor.sides, (*actor.sides[1:], None), strict=True):
        until = following.since if following and following.since else FOREVER
        yield {
            "actor_id": actor.actor_id,
            "side_id": membership.side,
            "valid_from": membership.since,
            "valid_to": until,
        }


def _actor_names(actor: Actor) -> Iterable[dict[str, Any]]:
    named = [
        (actor.name, "name"),
        *((a, "alias") for a in actor.aliases),
        *((a, "adjective") for a in actor.adjectives),
    ]
    for name, use in dict.fromkeys(named):
        yield {"actor_id": actor.actor_id, "name": name, "folded": folded(name), "use": use}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _arrow(columns: dict[str, pa.DataType], rows: Iterable[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(columns.items())))
