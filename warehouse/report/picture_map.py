"""The map in a picture: outlines, the symbols of places with their names, and the legend."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from warehouse.report.moment import Mark, Moment, Side

INK, SOFT, LINE, LAND, SEA, WATER, BORDER, PAPER, GREY = (
    "#1d1f22", "#555b63", "#c9c6bd", "#f1eee5", "#dce6ec", "#8fb4cc", "#85817a", "#fcfbf8", "#8a8f96",
)  # fmt: skip
MARKERS = ("o", "s", "^", "D", "p", "h", "v")
"""By a side's number, so that none rests on its colour alone; they are those of the page."""
LETTERED, NAMED, OLD = 60, 40, 0.45
"""Places up to which small ones carry a letter; names that are tried; how opaque old news are."""
BESIEGED: dict[str, Any] = {"facecolors": "none", "edgecolors": INK, "linestyles": "--", "linewidths": 1.1}
STYLES: dict[str, dict[str, Any]] = {
    "country": {"facecolor": LAND, "edgecolor": BORDER, "linewidth": 1.1},
    "admin1": {"facecolor": "none", "edgecolor": LINE, "linewidth": 0.6, "linestyle": "--"},
    "lake": {"facecolor": SEA, "edgecolor": WATER, "linewidth": 0.5},
    "river": {"colors": WATER, "linewidths": 1.0},
}
Box = tuple[float, float, float, float]


def draw_map(axes: Any, moment: Moment, features: list[dict[str, Any]]) -> None:
    """The features of GeoJSON, and the places of the day upon them."""
    from matplotlib.collections import LineCollection, PolyCollection

    axes.set_facecolor(SEA if features else LAND)
    for order, (kind, style) in enumerate(STYLES.items()):
        mine = [feature["geometry"] for feature in features if feature["properties"]["kind"] == kind]
        rings = [line for geometry in mine for line in lines_of(geometry)]
        if kind == "river":
            axes.add_collection(LineCollection(rings, zorder=order, **style))
        elif rings:
            axes.add_collection(PolyCollection(rings, zorder=order, **style))
    axes.set(xticks=[], yticks=[])
    fit(axes, moment)
    few = sum(mark.at is not None for mark in moment.marks) <= LETTERED
    for mark in moment.marks:
        if mark.at:
            _place(axes, mark, mark.at, moment.sides, mark.is_major or few)


def fit(axes: Any, moment: Moment) -> None:
    """Choose the limits so that all places are within the axes, and a kilometre is as long in both directions."""
    west, east, south, north = box(mark.at for mark in moment.marks if mark.at)
    x, y = (west + east) / 2, (south + north) / 2
    shape = axes.get_window_extent()
    longer = math.cos(math.radians(y)) * shape.height / shape.width
    across, up = max(east - west, (north - south) / longer), max(north - south, (east - west) * longer)
    axes.set(xlim=(x - across / 2, x + across / 2), ylim=(y - up / 2, y + up / 2))


def lines_of(geometry: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """The outer rings or lines of a GeoJSON geometry as (degrees east, degrees north)."""
    parts: list[Any] = geometry["coordinates"]
    match geometry["type"]:
        case "LineString":
            return [parts]
        case "Polygon":
            return parts[:1]
        case "MultiPolygon":
            return [polygon[0] for polygon in parts]
    return parts


def box(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """West, east, south, north of all points with some room around them; the whole world where there is none."""
    known = list(points)
    if not known:
        return -180, 180, -60, 75
    west, east = min(x for x, _ in known), max(x for x, _ in known)
    south, north = min(y for _, y in known), max(y for _, y in known)
    room = max(0.25, 0.06 * max(east - west, north - south))
    return west - room, east + room, south - room, north + room


def _place(axes: Any, mark: Mark, at: tuple[float, float], sides: tuple[Side, ...], lettered: bool) -> None:
    size = 11 if mark.is_major else 8.5 if lettered else 6
    if mark.status is None:
        axes.plot(*at, ".", color=BORDER, markersize=3, zorder=5)
        return
    look, letter = look_of(mark, sides)
    faint = OLD if mark.old else 1.0
    order = 6.0 if mark.old else 7.0
    axes.plot(*at, markersize=size, alpha=faint, zorder=order, linestyle="none", **look)
    if mark.status == "besieged":
        axes.scatter(*at, s=(size + 8) ** 2, zorder=order, **BESIEGED)
    if lettered and letter:
        ground = look["markerfacecolor"]
        ink = INK if ground == LAND or mark.parties else "#111" if _light(ground) else "#fff"
        below = (0, -size * 0.95) if mark.parties else (0, -0.08 * size if look["marker"] == "^" else 0)
        axes.annotate(
            letter, at, below, textcoords="offset points", ha="center", va="center_baseline", fontsize=5.5,
            fontweight="bold", color=ink, alpha=faint, zorder=order + 0.1,
        )  # fmt: skip


def look_of(mark: Mark, sides: tuple[Side, ...]) -> tuple[dict[str, Any], str]:
    """How the symbol of a place is drawn, and its letters: shape and colour of its side, hollow on the winner's word
    only; a cross where it is contested, a hollow circle with a question mark where its holder is unknown."""
    if mark.status == "contested":
        cross = {"marker": "X", "markerfacecolor": INK, "markeredgecolor": LAND, "markeredgewidth": 0.8}
        return cross, "/".join(sides[party].letter for party in mark.parties)
    if mark.side is None:
        return {"marker": "o", "markerfacecolor": LAND, "markeredgecolor": GREY, "markeredgewidth": 1.6}, "?"
    side = sides[mark.side]
    hollow = {"markerfacecolor": LAND, "markeredgecolor": side.colour, "markeredgewidth": 1.8}
    full = {"markerfacecolor": side.colour, "markeredgecolor": INK, "markeredgewidth": 0.6}
    return {"marker": MARKERS[side.number % len(MARKERS)], **(hollow if mark.claimed else full)}, side.letter


def _light(colour: str) -> bool:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 0.55


def write_names(axes: Any, moment: Moment) -> None:
    """Names beside the symbols, the largest places first, on the first side where they hide neither symbol nor name."""
    from matplotlib.patheffects import withStroke

    halo = [withStroke(linewidth=2, foreground=LAND)]
    renderer = axes.figure.canvas.get_renderer()
    marks = [mark for mark in moment.marks if mark.at]
    frame = axes.get_window_extent(renderer).extents
    scale = axes.figure.dpi / 72
    taken: list[Box] = []
    for mark in marks:
        x, y = axes.transData.transform(mark.at)
        r = (6.5 if mark.is_major else 4) * scale
        taken.append((x - r, y - r, x + r, y + r))
    for mark in marks[:NAMED]:
        text = axes.annotate(
            mark.name, mark.at, (0, 0), textcoords="offset points", fontsize=7.5, zorder=9, path_effects=halo
        )
        extent = text.get_window_extent(renderer)
        spot = free_spot(axes.transData.transform(mark.at), (extent.width, extent.height), taken, frame, scale)
        if spot is None:
            text.remove()
            continue
        left, bottom = spot
        x, y = axes.transData.transform(mark.at)
        text.set_position(((left - x) / scale, (bottom - y) / scale))
        taken.append((left, bottom, left + extent.width, bottom + extent.height))


def free_spot(
    at: tuple[float, float], size: tuple[float, float], taken: list[Box], frame: Box, scale: float
) -> tuple[float, float] | None:
    """Left and lower edge (pixels) of a name of this size beside ``at``, where it covers none of ``taken`` and stays
    within ``frame``; None where there is no room."""
    (x, y), (width, height), away = at, size, 8 * scale
    middle, centre = y - height / 2, x - width / 2
    spots = (
        (x + away, middle), (x - away - width, middle), (centre, y - away - height), (centre, y + away),
        (x + away, middle - away), (x + away, middle + away),
        (x - away - width, middle - away), (x - away - width, middle + away),
    )  # fmt: skip
    for left, bottom in spots:
        right, top = left + width, bottom + height
        inside = left > frame[0] and right < frame[2] and bottom > frame[1] and top < frame[3]
        if inside and not any(left < c and right > a and bottom < d and top > b for a, b, c, d in taken):
            return left, bottom
    return None


def draw_legend(axes: Any, moment: Moment) -> None:
    """Below the map: the sides that ever held anything, then the signs."""
    from matplotlib.lines import Line2D
    from matplotlib.textpath import TextPath

    ever = {number for _, row in moment.held for number, n in row.items() if n and number >= 0}
    looks: list[tuple[dict[str, Any], str]] = [
        ({"marker": MARKERS[side.number % len(MARKERS)], "markerfacecolor": side.colour}, f"{side.letter}  {side.name}")
        for side in moment.sides
        if side.number in ever
    ]
    looks += [
        ({"markerfacecolor": LAND, "markeredgecolor": GREY, "markeredgewidth": 1.8}, "only their own word"),
        ({"marker": "X", "markerfacecolor": INK, "markeredgecolor": LAND}, "contested"),
        ({"marker": TextPath((-0.3, -0.35), "?", size=1), "markersize": 8}, "left, nobody knows who came"),
        ({"alpha": OLD}, "faint: nothing heard for long"),
        ({"marker": ".", "markersize": 4, "markerfacecolor": BORDER}, "dot: nothing told"),
    ]
    usual: dict[str, Any] = {
        "marker": "o",
        "markersize": 9,
        "markerfacecolor": GREY,
        "markeredgecolor": INK,
        "markeredgewidth": 0.6,
    }
    handles: list[Any] = [Line2D([], [], linestyle="none", label=words, **usual | look) for look, words in looks]
    handles.insert(len(handles) - 3, axes.scatter([], [], s=110, label="besieged", **BESIEGED))
    axes.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0, -0.005), ncols=4, frameon=False, fontsize=8,
        borderaxespad=0, handletextpad=0.3, columnspacing=1.4,
    )  # fmt: skip
