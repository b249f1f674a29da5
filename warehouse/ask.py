"""Questions to the published warehouse, answered with values; nothing here can change it.

Every function takes the path of the warehouse file and opens it read-only, without access to other files.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from rapidfuzz import fuzz, process

from configs.errors import NotFound, NothingPublished, UnreadableWarehouse, WhoheldError
from warehouse.reference import FOREVER, folded
from warehouse.relations import WAREHOUSE_FORMAT, quoted

SUGGESTED, SIMILAR = 5, 75
MEMORY = "1GiB"
"""What a connection that may overflow takes before it does."""
_BUILD_ANEW = "  to mend it: `whoheld run` without a path builds it anew out of the lake"
_LOCKED_OUT = "  to mend it: close it there, or have that program open it read-only"
_LOCKED = (
    "set autoinstall_known_extensions = false",
    "set autoload_known_extensions = false",
    "set enable_external_access = false",
    "set python_enable_replacements = false",
    "set enable_progress_bar = false",
    "set lock_configuration = true",
)


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a query with the names of their columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim as an answer shows it; ``role`` is opens, confirms or contradicts."""

    claim_id: str
    role: str
    claim_type: str
    status: str
    actor_side: str
    evidence_on: date | None
    published_at: date | None
    source: str
    claimed_by: str | None
    quote: str
    title: str | None
    raw_path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Who held ``place`` on ``on``, as known on ``known`` (None: today). ``control_id`` is None where nothing tells.

    ``until`` is the day after the last, None where the hold lasts. ``others`` are further places of that
    name, as (id, words).
    """

    place_id: str
    place: str
    place_kind: str
    admin1: str | None
    on: date
    known: date | None
    control_id: str | None
    holder_side: str | None
    holder: str | None
    sides: tuple[str, ...]
    status: str
    since: date | None
    until: date | None
    rule_id: str | None
    reason: str
    basis: str | None
    confidence: float | None
    last_evidence_on: date | None
    known_from: date | None
    n_confirming: int
    n_contradicting: int
    claims: tuple[Voice, ...]
    others: tuple[tuple[str, str], ...]


def connect(warehouse: Path, writes_to: Path | None = None, overflow: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that can read the warehouse and nothing else, and write into the folder ``writes_to`` at most;
    what does not fit into memory goes to ``overflow``. Raises NothingPublished where there is none,
    UnreadableWarehouse where it is of another format, damaged, or no warehouse at all."""
    if not warehouse.exists():
        raise NothingPublished(f"there is no warehouse at {warehouse} yet\n  to make one: whoheld run PATH")
    # Attached to a database of its own: connections to one path share a database within a process, with its settings,
    # and with the file that the path meant when the first of them was opened.
    con = duckdb.connect()
    try:
        _attach(con, warehouse)
        if writes_to is not None:
            con.execute(f"set allowed_directories = [{quoted(f'{writes_to.resolve()}/')}]")
        if overflow is not None:
            con.execute(f"set temp_directory = {quoted(str(overflow.resolve()))}")
            con.execute(f"set memory_limit = {quoted(MEMORY)}")
        for statement in _LOCKED:
            con.execute(statement)
    except BaseException:
        con.close()
        raise
    return con


def _attach(con: duckdb.DuckDBPyConnection, warehouse: Path) -> None:
    try:
        con.execute(f"attach {quoted(str(warehouse))} as warehouse (read_only)")
        con.execute("use warehouse")
        rows = con.execute("select value from meta where key = 'format_version'").fetchall()
    except duckdb.Error as error:
        found = str(error).splitlines()[0]
        if "Could not set lock" in found:
            raise UnreadableWarehouse(
                f"{warehouse}: another program has it open for writing: {found}\n{_LOCKED_OUT}"
            ) from error
        raise UnreadableWarehouse(f"{warehouse}: cannot be read: {found}\n{_BUILD_ANEW}") from error
    version = str(rows[0][0]) if rows else "0"
    if version != WAREHOUSE_FORMAT:
        problem = f"it has format {version!r}, this version of whoheld reads format {WAREHOUSE_FORMAT!r}"
        raise UnreadableWarehouse(f"{warehouse}: {problem}\n{_BUILD_ANEW}")


def query(warehouse: Path, sql: str, limit: int | None = None) -> Result:
    """Run ``sql``; at most ``limit`` rows come back. Raises WhoheldError with DuckDB's words where it cannot be run."""
    with connect(warehouse) as con:
        try:
            if _logs(sql):
                raise WhoheldError("enable_logging is not allowed here\n  to mend it: leave it out")
            con.execute(sql)
            columns = tuple(column[0] for column in con.description or ())
            rows = con.fetchall() if limit is None else con.fetchmany(limit)
        except duckdb.Error as error:
            raise WhoheldError(str(error)) from error
    return Result(columns, tuple(rows))


def _logs(sql: str) -> bool:
    """Whether a query would have DuckDB write a log: where it may not, that ends the process and not the query."""
    words = (sql[at:].lstrip('"').casefold() for at, kind in duckdb.tokenize(sql) if kind != duckdb.token_type.comment)
    return any(word.startswith("enable_logging") for word in words)


def who(warehouse: Path, place: str, on: date | None = None, known: date | None = None) -> Answer:
    """Who held ``place`` (a name in any spelling that the gazetteer has, or an id) on ``on``, as known on ``known``.

    ``on`` is the last day of publication in the warehouse where it is None. Raises NotFound,
    with what was perhaps meant.
    """
    with connect(warehouse) as con:
        found = _places(con, place)
        here, others = found[0], tuple((p["place_id"], _in_words(p)) for p in found[1:])
        day = on or rows_of(con, "select coalesce(max(published_at), current_date) as day from reports")[0]["day"]
        sql = "select *, date '9999-12-31' as known_to from control_on(?) where place_id = ?"
        asked: list[Any] = [day, here["place_id"]]
        if known is not None:
            sql, asked = "select * from control_as_known(?, ?) where place_id = ?", [day, known, here["place_id"]]
        rows = rows_of(con, sql, asked)
        names = {row["side_id"]: row["name"] for row in rows_of(con, "select side_id, name from sides")}
        voices = _voices(con, rows[0]["control_id"], known) if rows else ()
    row: dict[str, Any] = rows[0] if rows else {}
    return Answer(
        place_id=here["place_id"], place=here["name"], place_kind=here["kind"], admin1=here["admin1"], on=day,
        known=known,
        control_id=row.get("control_id"), holder_side=row.get("holder_side"), holder=names.get(row.get("holder_side")),
        sides=tuple(row.get("sides") or ()), status=row.get("status", "unknown"), since=row.get("valid_from"),
        until=None if row.get("valid_to", FOREVER) == FOREVER else row["valid_to"], rule_id=row.get("rule_id"),
        reason=row.get("reason") or _untold(here, known), basis=row.get("basis"),
        confidence=row.get("confidence"),
        last_evidence_on=row.get("last_evidence_on"), known_from=row.get("known_from"),
        n_confirming=row.get("n_confirming", 0),
        n_contradicting=row.get("n_contradicting", 0), claims=voices, others=others,
    )  # fmt: skip


def _untold(place: Mapping[str, Any], known: date | None) -> str:
    """Why nobody is named, and where to read what is said of the place; how much that is would tell of later days."""
    n = place["n_claims"] if known is None else 0
    said = f"; what is said of it: whoheld sql \"FROM claims_about('{place['place_id']}')\"" if n else ""
    return f"no claim tells who held it on that day{said}"


def _places(con: duckdb.DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    """The places of that name, the likeliest first: those with the name as their main one, then those most written
    about."""
    found = rows_of(
        con,
        "select p.place_id, p.name, p.kind, p.admin1, p.n_claims from places p "
        "left join place_names n using (place_id) where n.folded = ? or p.place_id = ? "
        "group by p.place_id, p.name, p.kind, p.admin1, p.n_claims, p.population "
        "order by bool_or(n.is_main) and p.n_claims > 0 desc, p.n_claims desc, bool_or(n.is_main) desc, "
        "p.population desc nulls last, p.place_id",
        [folded(name), name],
    )
    if not found:
        raise NotFound(f"no place is called {name!r}{_suggestion(con, name)}")
    return found


def _suggestion(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """What was perhaps meant: names that go on where the given one ends, most written of first, then similar ones."""
    known = {
        row["folded"]: row["name"]
        for row in rows_of(con, "select folded, name from place_names order by is_main, name")
    }
    longer = rows_of(
        con,
        "select p.name from places p join place_names n using (place_id) where n.is_main and starts_with(n.folded, ?) "
        "group by p.place_id, p.name, p.n_claims, p.population order by p.n_claims desc, p.population desc nulls last, "
        "p.place_id",
        [f"{folded(name)} "],
    )
    near = process.extract(folded(name), list(known), scorer=fuzz.ratio, limit=SUGGESTED, score_cutoff=SIMILAR)
    names = dict.fromkeys([*(row["name"] for row in longer), *(known[match] for match, _, _ in near)])
    return f"; did you mean {' or '.join(list(names)[:SUGGESTED])}?" if names else ""


def _in_words(place: Mapping[str, Any]) -> str:
    return ", ".join(str(v) for v in (place["name"], place["kind"], place["admin1"]) if v)


def _voices(con: duckdb.DuckDBPyConnection, control_id: str, known: date | None) -> tuple[Voice, ...]:
    rows = rows_of(
        con,
        "select c.claim_id, e.role, c.claim_type, c.status, c.actor_side, e.evidence_on, e.published_at, "
        "s.name as source, "
        "c.claimed_by, c.quote, r.title, r.raw_path "
        "from control_evidence e join claims c using (claim_id) join reports r using (report_id) "
        "join sources s on s.source_id = r.source_id where e.control_id = ? and e.published_at <= ? "
        "order by list_position(['opens', 'contradicts', 'confirms'], e.role), e.published_at, c.claim_id",
        [control_id, known or FOREVER],
    )
    return tuple(Voice(**row) for row in rows)


def rows_of(con: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """The rows of ``sql`` by column name."""
    con.execute(sql, list(values))
    names = [column[0] for column in con.description or ()]
    return [dict(zip(names, row, strict=True)) for row in con.fetchall()]
