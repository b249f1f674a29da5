"""Relations as sheets of one Excel workbook: types kept, text kept as text, rows written as they come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from configs.errors import WhoheldError
from warehouse.exports.files import stream
from warehouse.exports.relation import Exported

MOST_ROWS, MOST_CHARS, SHEET_NAME = 1_048_576, 32_767, 31
"""What Excel can take: rows of a sheet with its header, UTF-16 units of a cell, characters of a sheet's name."""
FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before it are written as text."""
WIDEST = 60
_OTHERWISE = "  to mend it: --format csv or parquet, which have no such limit"


def sheet_name(relation: Exported) -> str:
    """The name of its sheet."""
    return relation.name[:SHEET_NAME]


def write_workbook(
    con: duckdb.DuckDBPyConnection,
    relations: Sequence[Exported],
    about: Sequence[tuple[str, str]],
    created: datetime,
    path: Path,
) -> None:
    """A first sheet that says what this is (``about``), then a sheet a relation with a frozen header and filters.

    Raises WhoheldError for what Excel cannot take.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise WhoheldError(
            "no writer of Excel files is installed\n  to mend it: pip install 'whoheld[excel]'"
        ) from None
    for relation in relations:
        check_rows(con, relation)
    # Text never becomes a formula, a link or a number here: each value is written as the type that it has. The book is
    # as old as the warehouse, not as the clock says, so that the same rows make the same bytes.
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "nan_inf_to_errors": True})
    try:
        book.set_properties({"title": "whoheld", "created": created})
        _write_about(book, relations, about)
        for relation in relations:
            _write_sheet(con, book, relation)
    finally:
        book.close()


def check_rows(con: duckdb.DuckDBPyConnection, relation: Exported) -> None:
    """Raise WhoheldError where it has more rows than a sheet."""
    rows = int(con.execute(f"select count(*) from {relation.source}").fetchall()[0][0])
    if rows >= MOST_ROWS:
        raise WhoheldError(
            f"{relation.name} has {rows:,} rows; a sheet of Excel takes {MOST_ROWS - 1:,} and a header\n{_OTHERWISE}"
        )


def _write_about(book: Any, relations: Sequence[Exported], about: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet("about")
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 100, wrapped)
    row = 0
    for label, text in about:
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 2, text, wrapped)
        row += 1
    for relation in relations:
        row += 1
        sheet.write_string(row, 0, sheet_name(relation), bold)
        sheet.write_string(row, 2, relation.comment, wrapped)
        for field in relation.fields:
            row += 1
            sheet.write_string(row, 1, field.name)
            sheet.write_string(row, 2, field.comment, wrapped)
        row += 1


def _write_sheet(con: duckdb.DuckDBPyConnection, book: Any, relation: Exported) -> None:
    sheet = book.add_worksheet(sheet_name(relation))
    header = book.add_format({"bold": True, "bottom": 1})
    day, instant = (book.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"))
    names = [field.name for field in relation.fields]
    sheet.freeze_panes(1, 0)
    for column, field in enumerate(relation.fields):
        sheet.set_column(column, column, _width(field.name, field.type))
        sheet.write_string(0, column, field.name, header)
    columns = ", ".join(
        f'to_json("{f.name}")::varchar' if f.type.endswith("[]") else f'"{f.name}"' for f in relation.fields
    )
    last = 0
    for last, values in enumerate(stream(con, f"select {columns} from ({relation.rows()})"), start=1):
        for column, value in enumerate(values):
            match value:
                case None:
                    continue
                case bool():
                    sheet.write_boolean(last, column, value)
                case int() | float():
                    sheet.write_number(last, column, value)
                case datetime():
                    sheet.write_datetime(last, column, value, instant)
                case date() if value >= FIRST_DAY:
                    sheet.write_datetime(last, column, value, day)
                case _:
                    sheet.write_string(last, column, _fitting(str(value), relation, last, names[column]))
    sheet.autofilter(0, 0, last, len(names) - 1)


def _fitting(text: str, relation: Exported, row: int, column: str) -> str:
    # Excel counts UTF-16 units, of which a character has one or two.
    if len(text) * 2 > MOST_CHARS and len(text.encode("utf-16-le")) // 2 > MOST_CHARS:
        raise WhoheldError(
            f"{relation.name}, row {row:,}, {column}: {len(text):,} characters; a cell of Excel takes {MOST_CHARS:,}\n"
            f"{_OTHERWISE}"
        )
    return text


def _width(name: str, kind: str) -> int:
    at_least = {"DATE": 11, "TIMESTAMP": 20, "DOUBLE": 10}.get(kind, 24 if kind == "VARCHAR" else 8)
    if name in ("quote", "reason", "title", "url"):
        return WIDEST
    return max(len(name) + 4, at_least)
