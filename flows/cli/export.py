"""``whoheld export``: tables of the published warehouse as files for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from configs.errors import WhoheldError
from flows.cli.app import HomeOption, app, day_of, warehouse_of

_OBEYED = """{n:,} cells begin with a sign that spreadsheets take for a formula (= + - @); CSV has them as they are
  to open them in a spreadsheet: --format xlsx, where text stays text"""
FormOption = Annotated[
    Literal["parquet", "csv", "geojson", "geoparquet", "xlsx"], typer.Option("--format", help="What to write.")
]


@app.command()
def export(
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]...", help="Tables and views; without them the usual ones.")
    ] = None,
    to: Annotated[Path | None, typer.Option("--to", metavar="DIR", help="Folder to write to, made if needed.")] = None,
    form: FormOption = "parquet",
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Instead of tables: who held what on this day.")
    ] = None,
    known: Annotated[
        str | None, typer.Option("--known", metavar="YYYY-MM-DD", help="As known at the end of this day.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the tables and views.")] = False,
    home: HomeOption = None,
) -> None:
    """Tables, or who held what on a day, as Parquet, CSV, GeoJSON, GeoParquet or Excel, with a description."""
    from warehouse.exports.export import DESCRIPTION, tables_of
    from warehouse.exports.export import export as write

    warehouse = warehouse_of(home)
    if listed:
        for name, comment in tables_of(warehouse):
            print(f"{name}\n  {comment}")
        return
    if to is None:
        raise WhoheldError("nothing says where to write\n  to mend it: name a folder: --to DIR")
    done = write(warehouse, tables or (), to, form, day_of(on, "--on"), day_of(known, "--known"))
    for one in done.written:
        print(f"{one.rows:>12,} {'row ' if one.rows == 1 else 'rows'}  {one.relation.name:<20}  {to / one.path}")
    print(f"{'':19}what is in them       {to / DESCRIPTION}")
    if done.formula_like:
        print(_OBEYED.format(n=done.formula_like), file=sys.stderr)


@app.command()
def dashboard(
    to: Annotated[Path, typer.Argument(metavar="FILE", help="The bundle to write, such as whoheld-superset.zip.")],
    seen_as: Annotated[
        str | None,
        typer.Option("--warehouse", metavar="PATH", help="The warehouse as Superset sees it, if by another path."),
    ] = None,
    home: HomeOption = None,
) -> None:
    """A dashboard on the published warehouse, as a bundle for Apache Superset to import."""
    from warehouse.exports.superset import write_bundle

    n = write_bundle(warehouse_of(home), to, seen_as)
    print(f"{n} charts  {to}\nto import it: superset import-dashboards --path {to} --username NAME")
