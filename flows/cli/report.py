"""``whoheld report``: a page to look at, or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from configs.errors import WhoheldError
from flows.cli.app import HomeOption, app, day_of, warehouse_of

PICTURES = ("png", "svg")


@app.command()
def report(
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="FILE", help="Where to write it; whoheld.html, .png or .svg by default."),
    ] = None,
    png: Annotated[bool, typer.Option("--png", help="A picture of map and timeline instead of the page.")] = False,
    svg: Annotated[bool, typer.Option("--svg", help="The same as vectors.")] = False,
    on: Annotated[
        str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The day of the picture; the last by default.")
    ] = None,
    known: Annotated[
        str | None, typer.Option("--known", metavar="YYYY-MM-DD", help="The picture as known at the end of this day.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Headline of the page or picture.")] = None,
    home: HomeOption = None,
) -> None:
    """One page with map, timelines, quotes and sources that opens in any browser, without a network; or a picture."""
    warehouse = warehouse_of(home)
    forms = [form for form, wanted in zip(PICTURES, (png, svg), strict=True) if wanted]
    if not forms and to and to.suffix[1:].lower() in PICTURES:
        forms = [to.suffix[1:].lower()]
    if not forms:
        from warehouse.report.page import write_page

        if on or known:
            raise WhoheldError(
                "the page shows every day, so --on and --known are for pictures only\n"
                "  to mend it: leave them out, or add --png or --svg"
            )
        done = write_page(warehouse, to or Path("whoheld.html"), title)
        print(f"{done}  ({done.stat().st_size / 1e6:.1f} MB; open it in a browser)")
        return
    from warehouse.report.picture import write_picture

    day, knowledge = day_of(on, "--on"), day_of(known, "--known")
    for form in forms:
        done = write_picture(warehouse, (to or Path("whoheld")).with_suffix(f".{form}"), day, knowledge, title)
        print(f"{done}  ({done.stat().st_size / 1e3:.0f} kB)")
