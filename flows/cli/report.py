"""``whoheld report``: a page to look at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.app import HomeOption, app, warehouse_of


@app.command()
def report(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="Where to write it.")] = Path("whoheld.html"),
    title: Annotated[str | None, typer.Option("--title", help="Headline of the page.")] = None,
    home: HomeOption = None,
) -> None:
    """One page with map, timelines, quotes and sources that opens in any browser, without a network."""
    from warehouse.report.page import write_page

    done = write_page(warehouse_of(home), to, title)
    print(f"{done}  ({done.stat().st_size / 1e6:.1f} MB; open it in a browser)")
