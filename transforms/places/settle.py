"""Namesakes told apart by what else a report names, and unknown places put into a governorate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from configs.model import Place
from transforms.places.geometry import distance
from transforms.places.mention import PlaceMention, slug


def settle(mentions: Sequence[PlaceMention], places: Mapping[str, Place]) -> list[PlaceMention]:
    """Namesakes told apart by the governorates and neighbours that the same report names; order within it is kept.

    A candidate scores for every other place of the report in its governorate, more for its parent or children and
    for places within 30 km; at a tie the one that :meth:`find` preferred stays.
    """
    known = {m.place_id: places[m.place_id] for m in mentions if m.place_id in places and len(m.candidates) < 2}
    weight = Counter(m.place_id for m in mentions)
    settled = [m if len(m.candidates) < 2 else _settle_one(m, known, weight, places) for m in mentions]
    return [_placed(m, settled) if m.provisional and m.admin1 is None else m for m in settled]


def _settle_one(
    mention: PlaceMention, known: dict[str, Place], weight: Counter[str], places: Mapping[str, Place]
) -> PlaceMention:
    def score(place_id: str) -> float:
        place, total = places[place_id], 0.0
        for other in known.values():
            if other.kind == "country" or other.place_id == place_id:
                continue
            bond = 1.0 if other.admin1 == place.admin1 else 0.0
            bond += 2.0 if place.parent == other.place_id or other.parent == place_id else 0.0
            if None not in (place.lat, place.lon, other.lat, other.lon):
                bond += 1.0 if distance(place.lat, place.lon, other.lat, other.lon) < 30 else 0.0  # type: ignore[arg-type]
            total += bond * min(2, weight[other.place_id])
        return total

    best = max(mention.candidates, key=score)  # the first of equals
    if best == mention.place_id or score(best) == score(mention.place_id):
        return mention
    place = places[best]
    others = (best, *(c for c in mention.candidates if c != best))
    return mention._replace(
        place_id=best,
        name=place.name,
        kind=place.kind,
        admin1=place.admin1,
        country=place.country,
        geo_prec=place.geo_prec,
        parent=place.parent,
        lat=place.lat,
        lon=place.lon,
        candidates=others,
    )


def _placed(mention: PlaceMention, mentions: Sequence[PlaceMention]) -> PlaceMention:
    """An unknown place takes the governorate of the nearest place that the text names within some sixty words."""
    near = min(
        (
            m
            for m in mentions
            if m.admin1 and not m.provisional and m.kind != "country" and abs(m.first - mention.first) < 60
        ),
        key=lambda m: (abs(m.first - mention.first), m.first),
        default=None,
    )
    if near is None:
        return mention
    return mention._replace(
        admin1=near.admin1,
        country=near.country,
        place_id=mention.place_id.rsplit("@", 1)[0] + "@" + slug(near.admin1 or ""),
    )
