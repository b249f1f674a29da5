"""Each lake table refuses what its contract forbids, and says which column."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from configs.errors import ContractError
from transforms.tables import LAKE_TABLES, Column, Table

SAMPLES: dict[str, Any] = {
    "string": "x", "int32": 1, "date32[day]": dt.date(2017, 9, 10), "bool": True, "double": 0.5,
    "timestamp[us, tz=UTC]": dt.datetime(2017, 9, 10, 12, tzinfo=dt.UTC),
}  # fmt: skip


def _value(column: Column) -> Any:
    if column.values:
        return column.values[0]
    return [] if pa.types.is_list(column.type) else SAMPLES[str(column.type)]


def _row(table: Table, **changes: Any) -> dict[str, Any]:
    return {name: _value(column) for name, column in table.columns.items()} | changes


def _columns(*, nullable: bool | None = None, closed: bool | None = None) -> list[Any]:
    return [
        pytest.param(table, name, id=f"{table.name}.{name}")
        for table in LAKE_TABLES.values()
        for name, column in table.columns.items()
        if nullable in (None, column.nullable) and closed in (None, bool(column.values))
    ]


TABLES = [pytest.param(table, id=table.name) for table in LAKE_TABLES.values()]


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_keeps_the_contract_is_taken_as_it_is(table: Table) -> None:
    row = _row(table)
    assert table.arrow([row]).to_pylist() == [row]


@pytest.mark.parametrize("table", TABLES)
def test_no_rows_are_a_table_with_the_same_schema(table: Table) -> None:
    empty = table.arrow([])
    assert empty.num_rows == 0
    assert empty.schema.equals(table.schema, check_metadata=True)


@pytest.mark.parametrize(("table", "name"), _columns(nullable=True))
def test_a_column_that_may_be_empty_takes_null(table: Table, name: str) -> None:
    assert table.arrow([_row(table, **{name: None})])[name].null_count == 1


@pytest.mark.parametrize(("table", "name"), _columns(nullable=False))
def test_a_null_where_it_is_forbidden_is_refused_by_name(table: Table, name: str) -> None:
    with pytest.raises(ContractError, match=rf"\b{table.name}\.{name}\b"):
        table.arrow([_row(table, **{name: None})])


@pytest.mark.parametrize(("table", "name"), _columns(closed=True))
def test_a_value_outside_a_closed_set_is_refused_by_name(table: Table, name: str) -> None:
    with pytest.raises(ContractError, match=rf"\b{table.name}\.{name}\b.*'no such value'"):
        table.arrow([_row(table, **{name: "no such value"})])


@pytest.mark.parametrize("table", TABLES)
def test_two_rows_with_one_key_are_refused_and_the_key_is_named(table: Table) -> None:
    with pytest.raises(ContractError, match=rf"{table.name}: .*{table.key[0]}"):
        table.arrow([_row(table), _row(table)])


@pytest.mark.parametrize("table", TABLES)
def test_a_column_that_the_contract_does_not_have_is_refused_by_name(table: Table) -> None:
    with pytest.raises(ContractError, match="not_agreed"):
        table.arrow([_row(table, not_agreed=1)])


@pytest.mark.parametrize("table", TABLES)
def test_a_value_of_another_type_is_refused(table: Table) -> None:
    with pytest.raises(ContractError, match=table.name):
        table.arrow([_row(table, **{table.key[0]: {"a": "mapping"}})])


@pytest.mark.parametrize("table", TABLES)
def test_every_column_says_what_it_means(table: Table) -> None:
    assert table.comment.endswith(".")
    assert not [name for name, column in table.columns.items() if len(column.comment) < 4]
