"""Namesakes told apart by what else a report names, and unknown places put into a governorate."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

from configs.model import Place
from transforms.places.context import PlaceReader
from transforms.places.geometry import distance
from transforms.places.mention import PlaceMention, provisional_id, slug
from transforms.text import fold_phrase


def settle(
    mentions: Sequence[PlaceMention],
    places: Mapping[str, Place],
    norms: Sequence[str],
    reader: PlaceReader,
    home: frozenset[str | None],
) -> list[PlaceMention]:
    """Namesakes told apart by the governorates and neighbours that the same report names; order within it is kept.

    A village that is only spelled like one of another governorate than the text says is a place of its own. A
    candidate scores for every other place of the report in its governorate, more for its parent or children and for
    places within 30 km, most within 8 km; at a tie the one that :meth:`find` preferred stays. ``home`` are the
    theatre's own countries.
    """
    mentions = [_own_spelling(m, after, places, norms, reader) for m, after in zip_longest(mentions, mentions[1:])]
    countries = Counter(country for country, _ in {(m.country, m.place_id) for m in mentions})
    if not home.issuperset(countries):
        mentions = [_unlisted(m) if _strays(m, places, countries, home) else m for m in mentions]
    settled, namesakes = mentions, {m.candidates for m in mentions if len(m.candidates) > 1}
    if namesakes:
        sure = dict.fromkeys(m.place_id for m in mentions if m.place_id in places and len(m.candidates) < 2)
        named = Counter(m.place_id for m in mentions)
        bonds = _bonds([(places[p], min(2, named[p])) for p in sure if places[p].kind != "country"])
        best = {meant: max(meant, key=lambda p: bonds(places[p])) for meant in namesakes}
        settled = [_meaning(m, places[best[m.candidates]]) if m.candidates in best else m for m in mentions]
    firsts = [m.first for m in settled]
    return [_placed(m, settled, firsts) if m.provisional and m.admin1 is None else m for m in settled]


def _bonds(known: Sequence[tuple[Place, int]]) -> Callable[[Place], int]:
    """How closely a place is bound to the others that a report names, each ``known`` with its weight."""
    weights = {place.place_id: weight for place, weight in known}
    regions: Counter[str | None] = Counter()
    children: Counter[str | None] = Counter()
    for place, weight in known:
        regions[place.admin1] += weight
        children[place.parent] += weight
    located = [(place, weight) for place, weight in known if place.lat is not None]

    def bonds(place: Place) -> int:
        own = weights.get(place.place_id, 0)
        family = weights.get(place.parent or "", 0) + children[place.place_id]
        near = sum(weight * _near(place, other) for other, weight in located if other.place_id != place.place_id)
        return regions[place.admin1] - own + 2 * family + near

    return bonds


def _own_spelling(
    mention: PlaceMention,
    after: PlaceMention | None,
    places: Mapping[str, Place],
    norms: Sequence[str],
    reader: PlaceReader,
) -> PlaceMention:
    """``mention``, or a provisional place where "in G province" behind it names another governorate than that of every
    place spelled alike, and none of these is spelled just so; where all of them lie far from Y in "near Y"; or where
    all of them are districts of other cities than the one that it is said to be of."""
    if after is None or mention.kind not in _SMALL_KINDS or mention.place_id not in places:
        return mention
    alike = [places[c] for c in mention.candidates or (mention.place_id,)]
    if mention.kind == "district" and _said_of(mention, after, norms, reader):
        return mention if any(_belongs(p, after) for p in alike) else _lying_by(mention, after)
    if any(p.admin1 == after.admin1 for p in alike):
        return mention
    if after.kind != "governorate":
        if not _said_near(mention, after, alike, norms):
            return mention
    elif not reader.saying_where.issuperset(norms[mention.last : after.first]) or _spelt_so(mention, alike, reader):
        return mention
    return _lying_by(mention, after)


def _lying_by(mention: PlaceMention, other: PlaceMention) -> PlaceMention:
    """``mention`` as a provisional place where ``other`` lies."""
    spot = (other.lat, other.lon, other.place_id) if other.lat is not None else (None, None, None)
    return _unlisted(mention)._replace(
        place_id=provisional_id(mention.text, other.admin1),
        admin1=other.admin1,
        country=other.country,
        lat=spot[0],
        lon=spot[1],
        near=spot[2],
    )


def _said_of(mention: PlaceMention, city: PlaceMention, norms: Sequence[str], reader: PlaceReader) -> bool:
    """Whether the text says that it is a district of the city: "the X district of Y", "X in Y"."""
    between = norms[mention.last : city.first]
    said = all(w in reader.saying_where or w in reader.features.after for w in between)
    return said and city.kind in _URBAN and not _IN.isdisjoint(between)


_IN = frozenset({"in", "of"})
_URBAN = frozenset({"city", "town"})


def _belongs(place: Place, city: PlaceMention) -> bool:
    """Whether a district lies in or by the city; one whose spot is not known may."""
    if place.parent == city.place_id:
        return True
    if place.lat is None or place.lon is None or city.lat is None or city.lon is None:
        return True
    return distance(place.lat, place.lon, city.lat, city.lon) <= _BESIDE


_SMALL_KINDS = frozenset({"village", "town", "unknown", "district"})


def _spelt_so(mention: PlaceMention, alike: Sequence[Place], reader: PlaceReader) -> bool:
    """Whether one of the places is spelled just like the mention."""
    said = _bare(mention.text, reader)
    return any(said in [_bare(name, reader) for name in (p.name, *p.aliases)] for p in alike)


def _said_near(mention: PlaceMention, after: PlaceMention, alike: Sequence[Place], norms: Sequence[str]) -> bool:
    """Whether "near Y" stands behind the mention, and none of the places it may mean is anywhere near Y."""
    between = norms[mention.last : after.first]
    if between[:1] != ("near",) or len(between) > _LEADING or after.lat is None or after.lon is None:
        return False
    return all(
        p.lat is not None and p.lon is not None and distance(p.lat, p.lon, after.lat, after.lon) > _FAR for p in alike
    )


_LEADING = 4
"""Tokens of "near the town of"."""
_FAR = 80
"""Kilometres at which nothing is near any more."""


def _strays(
    mention: PlaceMention, places: Mapping[str, Place], countries: Counter[str | None], home: frozenset[str | None]
) -> bool:
    """Whether it is spelled like a small place abroad, of a country of which the report says nothing else: a namesake
    that no gazetteer has."""
    if countries[mention.country] > 1 or mention.place_id not in places or mention.country in home:
        return False
    population = places[mention.place_id].population
    return population is not None and population < _SMALL and len(mention.candidates) < 2


_SMALL = 20_000
"""People below whom a place abroad needs company."""


def _unlisted(mention: PlaceMention) -> PlaceMention:
    """``mention`` as a provisional place that lies nowhere yet."""
    return mention._replace(
        place_id=provisional_id(mention.text, None), name=mention.text, provisional=True, geo_prec=4,
        admin1=None, country=None, parent=None, lat=None, lon=None, near=None, candidates=(),
    )  # fmt: skip


def _bare(name: str, reader: PlaceReader) -> str:
    """The name without its article and spaces."""
    return "".join(w for w in fold_phrase(name) if w not in reader.articles)


def _meaning(mention: PlaceMention, place: Place) -> PlaceMention:
    """``mention`` of ``place``, which is one of its candidates."""
    if place.place_id == mention.place_id:
        return mention
    best = place.place_id
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


def _near(one: Place, other: Place) -> int:
    """1 where they lie within ``_NEAR`` km, 2 within ``_BESIDE`` km, else 0; where their latitudes are too far apart
    these alone tell it."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0
    if abs(one.lat - other.lat) >= _NEAR / _KM_A_DEGREE:
        return 0
    km = distance(one.lat, one.lon, other.lat, other.lon)
    return (km < _NEAR) + (km < _BESIDE)


_NEAR, _BESIDE = 30, 8
_KM_A_DEGREE = 111
"""A degree of latitude is a little longer than this."""


def _placed(mention: PlaceMention, mentions: Sequence[PlaceMention], firsts: Sequence[int]) -> PlaceMention:
    """An unknown place takes the governorate of the nearest place that the text names within some sixty words.

    ``firsts`` are the first tokens of ``mentions``, which stand in order.
    """
    around = mentions[bisect_right(firsts, mention.first - 60) : bisect_left(firsts, mention.first + 60)]
    near = min(
        (m for m in around if m.admin1 and not m.provisional and m.kind != "country"),
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
