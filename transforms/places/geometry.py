"""Points on a sphere: "25 km north of Deir Ezzor" in degrees."""

from __future__ import annotations

from math import asin, atan2, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0


def offset(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point ``km`` from (lat, lon) in degrees, along ``bearing`` (degrees clockwise from north), on a sphere."""
    north, east, turn, arc = radians(lat), radians(lon), radians(bearing), km / EARTH_KM
    north2 = asin(sin(north) * cos(arc) + cos(north) * sin(arc) * cos(turn))
    east2 = east + atan2(sin(turn) * sin(arc) * cos(north), cos(arc) - sin(north) * sin(north2))
    return round(degrees(north2), 4), round((degrees(east2) + 540) % 360 - 180, 4)


def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km."""
    north1, north2 = radians(lat1), radians(lat2)
    h = sin((north2 - north1) / 2) ** 2 + cos(north1) * cos(north2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(h)))
