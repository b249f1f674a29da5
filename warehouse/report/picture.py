"""``whoheld report --png`` and ``--svg``: map and timeline of one moment as a picture, drawn by matplotlib."""

from __future__ import annotations

import textwrap
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from configs.errors import WhoheldError
from warehouse.lake import put_in_place, unfinished_name
from warehouse.report.moment import Moment, read_moment
from warehouse.report.outlines import Outlines, read_outlines
from warehouse.report.picture_map import GREY, INK, LINE, PAPER, SOFT, draw_legend, draw_map, fit, write_names

HATCHES = ("", "////", "oo", "\\\\\\\\", "---", "..", "|||")
"""By a side's number, so that none rests on its colour alone."""
DPI = 100
STYLE: Any = {
    "font.family": "sans-serif", "font.size": 9, "text.color": INK, "axes.labelcolor": SOFT, "axes.edgecolor": LINE,
    "xtick.color": SOFT, "ytick.color": SOFT, "figure.facecolor": PAPER, "axes.facecolor": PAPER,
    "hatch.linewidth": 0.6, "text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "whoheld",
}  # fmt: skip


def write_picture(
    warehouse: Path, to: Path, day: date | None = None, known: date | None = None, title: str | None = None
) -> Path:
    """Write the picture to the file ``to``, whose ending says the form: .png or .svg.

    Raises NothingPublished, OSError, and WhoheldError where there is nothing to show or matplotlib is missing.
    """
    try:
        import matplotlib
    except ImportError as missing:
        raise WhoheldError(
            "pictures need matplotlib, which is not installed\n  to mend it: pip install 'whoheld[pictures]'"
        ) from missing
    moment = read_moment(warehouse, day, known)
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished, form = unfinished_name(to), to.suffix[1:].lower()
    try:
        with matplotlib.rc_context(STYLE):
            figure = draw(moment, read_outlines(moment.theatre), title)
            figure.savefig(unfinished, format=form, dpi=DPI, metadata={"Date": None} if form == "svg" else None)
        put_in_place(unfinished, to)
    finally:
        unfinished.unlink(missing_ok=True)
    return to


def draw(moment: Moment, outlines: Outlines, title: str | None = None) -> Any:
    """The matplotlib figure: the map of the day, then the timeline over the reports on which all of it rests."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 11), layout="constrained")
    FigureCanvasAgg(figure)  # measures text, for SVG too
    grid = figure.add_gridspec(3, 1, height_ratios=(6, 1.9, 0.8))
    map_, timeline, reports = (figure.add_subplot(grid[row]) for row in range(3))
    figure.suptitle(title or f"Who held what: {outlines.name}", x=0.02, ha="left", fontsize=15, fontweight="bold")
    known = f", as known on {worded(moment.known)}" if moment.known else ""
    map_.set_title(f"{worded(moment.day)}{known}\n{in_words(moment)}", loc="left", fontsize=9, linespacing=1.4)
    draw_map(map_, moment, outlines.features)
    draw_legend(map_, moment)
    _timeline(timeline, moment)
    _reports(reports, moment)
    figure.supxlabel(footnote(moment, bool(outlines.features)), x=0.02, ha="left", fontsize=6.5, color=SOFT)
    figure.draw_without_rendering()
    figure.set_layout_engine("none")  # all stands where it stays, so that the map and its names can be fitted in
    fit(map_, moment)
    write_names(map_, moment)
    return figure


def worded(day: date) -> str:
    """The day as people write it: 3 November 2017."""
    return f"{day.day} {day:%B %Y}"


def in_words(moment: Moment) -> str:
    """What the map shows in words, so that nobody has to count symbols."""
    told = [mark for mark in moment.marks if mark.status is not None]
    if not told:
        return "No report tells who held any place."
    held = [(sum(mark.side == side.number for mark in told), side.name) for side in moment.sides]
    sides = [f"{name} {n}" for n, name in sorted(held, key=lambda one: -one[0]) if n]
    besides = (
        (sum(mark.status == "contested" for mark in told), "contested"),
        (sum(mark.status == "besieged" for mark in told), "besieged"),
        (sum(mark.claimed for mark in told), "on the winner's own word only"),
        (sum(mark.old for mark in told), "of which nothing was heard for long"),
        (sum(mark.at is None for mark in told), "not on the map, since nobody knows where"),
    )
    counted = "; ".join(f"{n} {kind}" for n, kind in besides if n)
    places = f"{len(told)} place{'' if len(told) == 1 else 's'} of which anything is told"
    return textwrap.fill(
        f"Of {places}: {', '.join(sides) or 'no certain holder'}{'; ' if counted else ''}{counted}.", 116
    )


def footnote(moment: Moment, has_outlines: bool) -> str:
    """What has to be known before the picture is passed on."""
    rests = (
        f"What {moment.n_reports:,} reports by {moment.n_outlets} outlets say, not what happened. Symbols are not "
        "areas. A growing sum is news of more places, not conquest."
    )
    outlines = " Outlines: Natural Earth; drawn borders are no statement on their status." if has_outlines else ""
    return textwrap.fill(f"{rests} {moment.rights}{outlines} Made by whoheld.", 165)


def _timeline(axes: Any, moment: Moment) -> None:
    import numpy as np

    days = [day for day, _ in moment.held] + [moment.last + timedelta(days=1)]
    rows = [row for _, row in moment.held] + [moment.held[-1][1]]
    below = np.zeros(len(days))
    for side in (*moment.sides, None):
        column = np.array([row.get(-1 if side is None else side.number, 0) for row in rows], dtype=float)
        if not column.any():
            continue
        colour, hatch = (GREY, "xxxx") if side is None else (side.colour, HATCHES[side.number % len(HATCHES)])
        axes.fill_between(
            days, below, below + column, step="post", facecolor=colour, hatch=hatch, edgecolor=PAPER, linewidth=0.4
        )
        below = below + column
    axes.axvline(moment.day, color=INK, linestyle="--", linewidth=1)
    axes.set_title("Places by holder", loc="left", fontsize=9.5)
    axes.set(xlim=(moment.first, moment.last + timedelta(days=1)), ylim=(0, None))
    axes.tick_params(labelbottom=False, length=0)
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)


def _reports(axes: Any, moment: Moment) -> None:
    import matplotlib.dates

    dates: Any = matplotlib.dates
    days = (moment.last - moment.first).days + 1
    width = 1 if days < 60 else 7 if days < 1100 else 30
    sums = [0] * -(-days // width)
    for day, n in moment.reports.items():
        if moment.first <= day <= moment.last:
            sums[(day - moment.first).days // width] += n
    starts = [moment.first + timedelta(days=width * n) for n in range(len(sums))]
    axes.bar(starts, sums, width=0.9 * width, align="edge", color=SOFT)
    for start, n in zip(starts, sums, strict=True):
        if not n:
            axes.axvspan(start, start + timedelta(days=width), color=LINE, alpha=0.5, linewidth=0)
    each = {1: "day", 7: "week", 30: "30 days"}[width]
    words = f"Reports published, each {each}; shaded where nobody wrote: that is silence, not calm"
    axes.set_title(words, loc="left", fontsize=8.5)
    axes.axvline(moment.day, color=INK, linestyle="--", linewidth=1)
    axes.set_xlim(moment.first, moment.last + timedelta(days=1))
    locator = dates.AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    axes.yaxis.get_major_locator().set_params(integer=True, nbins=2)
    axes.spines[["top", "right"]].set_visible(False)
