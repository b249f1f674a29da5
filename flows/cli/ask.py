"""Questions to the published warehouse: ``who``, ``explain``, ``sql``, ``issues``."""

from __future__ import annotations

from typing import Annotated

import typer

from configs.errors import NotFound, WhoheldError
from flows.cli.app import HomeOption, JsonOption, TheatreOption, app, day_of, settings_of, warehouse_of


@app.command()
def who(
    place: Annotated[str, typer.Argument(help="A name in any usual spelling, or a place_id.", show_default=False)],
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="The day asked about.")] = None,
    known: Annotated[
        str | None, typer.Option("--known", metavar="YYYY-MM-DD", help="What was known at the end of this day.")
    ] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Who held a place on a day, in words, with the quotes it rests on."""
    from flows.terminal import answer_dict, as_json, show_answer
    from warehouse import ask

    answer = ask.who(warehouse_of(home), place, day_of(on, "--on"), day_of(known, "--known"))
    if json:
        print(as_json(answer_dict(answer)))
    else:
        show_answer(answer)


@app.command()
def explain(
    row_id: Annotated[
        str, typer.Argument(metavar="ID", help="Of a claim, event, control row or report.", show_default=False)
    ],
    home: HomeOption = None,
    theatre: TheatreOption = None,
    json: JsonOption = False,
) -> None:
    """From any claim, event or control row down to quote, rule and report; a claim with the reason for each slot."""
    from flows.explanation import explanation_dict, show_explanation
    from flows.terminal import as_json
    from warehouse import explain as explaining

    explanation = explaining.explain(warehouse_of(home), row_id)
    reading = None
    if explanation.kind == "claim":
        settings = settings_of(home, theatre)
        reading = explaining.read_again(settings.home, settings.theatre, explanation.row)
    if json:
        print(as_json(explanation_dict(explanation, reading)))
    else:
        show_explanation(explanation, reading)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="Such as \"FROM control_on(DATE '2017-10-01')\".", show_default=False)],
    csv: Annotated[bool, typer.Option("--csv", help="CSV, all rows.")] = False,
    json: Annotated[bool, typer.Option("--json", help="JSON lines, all rows.")] = False,
    home: HomeOption = None,
) -> None:
    """Read-only SQL on the published warehouse."""
    from flows.terminal import show_result
    from warehouse import ask

    if csv and json:
        raise WhoheldError("--csv and --json exclude each other\n  to mend it: give one of them")
    show_result(ask.query(warehouse_of(home), query), "csv" if csv else "json" if json else "table")


@app.command()
def issues(
    kind: Annotated[str | None, typer.Option("--kind", help="Show each issue of this kind.")] = None,
    home: HomeOption = None,
) -> None:
    """What was seen and not resolved, with how to mend it."""
    from flows.summary import issues_by_kind, issues_of
    from flows.terminal import show_issue_kinds, show_row

    warehouse = warehouse_of(home)
    kinds = issues_by_kind(warehouse)
    if kind is None:
        print(f"issues: {sum(k.n for k in kinds):,}" + ("; whoheld issues --kind KIND shows each" if kinds else ""))
        show_issue_kinds(kinds)
        return
    if kind not in {k.kind for k in kinds}:
        raise NotFound(
            f"there is no issue of the kind {kind!r}; there are {', '.join(k.kind for k in kinds) or 'none'}"
        )
    for row in issues_of(warehouse, kind):
        show_row(row)
