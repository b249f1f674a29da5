"""Four ways in which programs read the published file. Each opens it read-only, and only for as long as it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

Ask = Callable[[str], list[dict[str, Any]]]
"""From SQL to rows by column name."""


@contextmanager
def by_duckdb(path: Path) -> Iterator[Ask]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as con:

        def ask(sql: str) -> list[dict[str, Any]]:
            con.execute(sql)
            names = [column[0] for column in con.description or ()]
            return [dict(zip(names, row, strict=True)) for row in con.fetchall()]

        yield ask


@contextmanager
def by_sqlalchemy(path: Path) -> Iterator[Ask]:
    from sqlalchemy import create_engine, text

    engine = create_engine(f"duckdb:///{path}", connect_args={"read_only": True})
    try:
        with engine.connect() as con:
            yield lambda sql: [dict(row) for row in con.execute(text(sql)).mappings()]
    finally:
        engine.dispose()


@contextmanager
def by_polars(path: Path) -> Iterator[Ask]:
    """Over ADBC, which hands Arrow from one to the other."""
    import adbc_driver_duckdb
    import polars
    from adbc_driver_manager import dbapi

    with dbapi.connect(
        driver=adbc_driver_duckdb.driver_path(),
        entrypoint="duckdb_adbc_init",
        db_kwargs={"path": str(path), "access_mode": "READ_ONLY"},
    ) as con:
        yield lambda sql: polars.read_database(sql, con).to_dicts()


@contextmanager
def by_pandas(path: Path) -> Iterator[Ask]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as con:
        yield lambda sql: con.execute(sql).df().to_dict("records")


KINDS: dict[str, Callable[[Path], AbstractContextManager[Ask]]] = {
    "duckdb": by_duckdb,
    "sqlalchemy": by_sqlalchemy,
    "polars": by_polars,
    "pandas": by_pandas,
}
NEEDED = ("adbc_driver_manager", "duckdb_sqlalchemy", "polars")
"""Modules without which not all of them can be tried."""
