"""One day of the war, read from the published warehouse for a picture: who held what then, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from configs.errors import WhoheldError
from warehouse.ask import connect, rows_of
from warehouse.exports.description import made_of
from warehouse.relations import relations
from warehouse.report.content import letters

EPOCH = date(1970, 1, 1)
FOREVER = date(9999, 12, 31)
BEFORE = timedelta(days=30)
"""How long before the first report the timeline begins, as it does in the page."""
NEEDED = ("page_places", "page_sides", "page_coverage", "page_span")
MARKS = """
    select p.id, p.name, p.kind in ('city', 'town') as is_major, coalesce(p.population, 0) as population, p.lat, p.lon,
        s.n as side, c.status, c.basis = 'claimed' as claimed, coalesce(c.carried_forward, false) as old,
        if(c.status = 'contested', c.sides, []) as parties
    from page_places p
    left join {believed} c on c.place_id = p.id
    left join page_sides s on s.id = c.holder_side
    order by is_major desc, population desc, p.id"""
STEPS = """
    with held as (
        select coalesce(s.n, -1) as side, greatest(c.valid_from, $first) as a, least(c.valid_to, $last + 1) as b
        from control c
        semi join page_places p on p.id = c.place_id
        left join page_sides s on s.id = c.holder_side
        where c.known_from <= $known and c.known_to > $known and c.valid_from <= $last and c.valid_to > $first
    )
    select side, day, sum(step)::integer as step
    from (select side, a as day, 1 as step from held union all select side, b, -1 from held)
    where day <= $last
    group by all
    order by day, side"""


@dataclass(frozen=True, slots=True)
class Side:
    """A side as it is drawn: ``number`` chooses its shape and hatching, ``letter`` stands in its symbols."""

    number: int
    name: str
    letter: str
    colour: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the day: ``status`` None where nothing is told, ``side`` None where nobody or more than one holds it,
    ``old`` where nothing was heard for long, ``claimed`` where only the winner's own voices say so."""

    name: str
    is_major: bool
    at: tuple[float, float] | None
    """Degrees east and north, None where nobody knows."""
    side: int | None
    status: str | None
    claimed: bool
    old: bool
    parties: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a picture of ``day`` as ``known`` shows. ``held`` has the places by side (-1: contested or nobody's) from
    each day on which any number changes; ``reports`` the reports by day of publication, near-duplicates left out."""

    day: date
    known: date | None
    first: date
    last: date
    theatre: str
    sides: tuple[Side, ...]
    marks: tuple[Mark, ...]
    held: tuple[tuple[date, dict[int, int]], ...]
    reports: dict[date, int]
    n_reports: int
    n_outlets: int
    rights: str


def read_moment(warehouse: Path, day: date | None = None, known: date | None = None) -> Moment:
    """The day given, or the last on which anything was published. Raises NothingPublished, and WhoheldError where no
    claim tells who held anything, or the day lies outside of what is told."""
    with connect(warehouse) as con:
        for relation in relations("report"):
            if relation.name in NEEDED:
                con.execute(f"create temp table {relation.name} as {relation.sql}")
        span = rows_of(con, "from page_span")[0]
        if span["first_day"] is None or span["last_day"] is None:
            raise WhoheldError(
                "no report tells who held any place, so there is nothing to show\n"
                "  to mend it: whoheld run PATH with reports that do"
            )
        earliest, published, last = (_day(span[name]) for name in ("first_day", "first_published", "last_day"))
        last = max(last, earliest)
        first = min(last, max(earliest, published - BEFORE))
        day = day or last
        if not earliest <= day <= last:
            raise WhoheldError(
                f"nothing is told of {day}\n  to mend it: choose a day from {earliest} to {last}: --on DAY"
            )
        first = min(first, day)
        sides = rows_of(con, "from page_sides order by n")
        made = made_of(con)
        return Moment(
            day, known, first, last, made.meta["theatre"],
            tuple(
                Side(row["n"], row["name"], letter, row["colour"])
                for row, letter in zip(sides, letters([row["name"] for row in sides]), strict=True)
            ),
            tuple(_mark(row, {one["id"]: one["n"] for one in sides}) for row in _marks(con, day, known)),
            _held(con, first, last, known),
            {_day(row["day"]): row["reports"] for row in rows_of(con, "from page_coverage order by day")},
            span["reports"], span["outlets"], made.rights,
        )  # fmt: skip


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)


def _marks(con: duckdb.DuckDBPyConnection, day: date, known: date | None) -> list[dict[str, Any]]:
    believed = f"control_as_known(date '{day}', date '{known}')" if known else f"control_on(date '{day}')"
    return rows_of(con, MARKS.format(believed=believed))


def _mark(row: dict[str, Any], number: dict[str, int]) -> Mark:
    at = None if row["lat"] is None or row["lon"] is None else (row["lon"], row["lat"])
    parties = tuple(number[party] for party in row["parties"] or () if party in number)
    side = None if row["status"] == "contested" else row["side"]
    return Mark(row["name"], row["is_major"], at, side, row["status"], bool(row["claimed"]), row["old"], parties)


def _held(
    con: duckdb.DuckDBPyConnection, first: date, last: date, known: date | None
) -> tuple[tuple[date, dict[int, int]], ...]:
    con.execute(STEPS, {"first": first, "last": last, "known": known or FOREVER - timedelta(days=1)})
    now: dict[int, int] = {}
    found: dict[date, dict[int, int]] = {first: {}}
    for side, day, step in con.fetchall():
        now[side] = now.get(side, 0) + step
        found[day] = dict(now)
    return tuple(found.items())
