"""``whoheld cookbook``: the shipped questions, listed, shown, asked."""

from __future__ import annotations

from typing import Annotated

import typer

from configs.errors import WhoheldError
from flows.cli.app import HomeOption, app, warehouse_of


@app.command()
def cookbook(
    name: Annotated[str | None, typer.Argument(help="The question to ask; without it all are listed.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="Ask it of something else; repeatable.")
    ] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Show the SQL instead of asking it.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, all rows.")] = False,
    json: Annotated[bool, typer.Option("--json", help="JSON lines, all rows.")] = False,
    home: HomeOption = None,
) -> None:
    """Questions that analysts ask, ready to run."""
    from flows.terminal import show_result
    from warehouse import ask
    from warehouse.cookbook import question, questions

    if csv and json:
        raise WhoheldError("--csv and --json exclude each other\n  to mend it: give one of them")
    if name is None:
        for each in questions():
            print(f"{each.name}\n  {each.title}")
        return
    one = question(name)
    asked = one.asked(dict(map(_pair, param or ())))
    if sql:
        print(asked.strip())
        return
    show_result(ask.query(warehouse_of(home), asked), "csv" if csv else "json" if json else "table")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise WhoheldError(f"--param {text!r} has no value\n  to mend it: write it as name=value")
    return name, value
