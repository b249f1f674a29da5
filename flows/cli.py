"""``whoheld``: what a person types. Prefect is imported for ``run`` only, so that the other commands are quick."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

from configs.errors import ConfigError, NotFound, WhoheldError
from configs.settings import Settings, load_settings

FAILED, MISCONFIGURED, INTERRUPTED = 1, 2, 130
app = typer.Typer(
    help="Raw war reporting in; who held which place, when, and who says so, out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
HomeOption = Annotated[Path | None, typer.Option("--home", help="Folder of lake and warehouse (WHOHELD_HOME).")]
TheatreOption = Annotated[
    str | None, typer.Option("--theatre", help="Shipped theatre or a folder of your own (WHOHELD_THEATRE).")
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, help="Processes to read with; all cores by default (WHOHELD_WORKERS).")
]
PathsArgument = Annotated[
    list[str], typer.Argument(help="Folders, files, or - for standard input.", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON instead of words.")]


@app.callback(invoke_without_command=True)
def whoheld(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    """Raw war reporting in; who held which place, when, and who says so, out."""
    if version:
        from importlib.metadata import PackageNotFoundError
        from importlib.metadata import version as installed

        try:
            print(f"whoheld {installed('whoheld')}")
        except PackageNotFoundError:
            print("whoheld, run out of its folder and not installed")
        raise typer.Exit


@app.command()
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders, files, or - for standard input; none reads what is landed again.", show_default=False
        ),
    ] = None,
    home: HomeOption = None,
    theatre: TheatreOption = None,
    workers: WorkersOption = None,
) -> None:
    """Land, read, build, check and publish. Safe to repeat: what is there already is left as it is."""
    from flows.terminal import progress_bar, show_run

    settings = _settings(home, theatre, workers)
    given = _existing(paths or [])
    with progress_bar("starting"):
        _check_knowledge(settings)
        from flows.server import prefect_for

        with prefect_for(settings.home):
            from flows.pipeline import run_pipeline

            summary = run_pipeline(given, settings.home, settings.theatre, settings.workers)
    show_run(summary)


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

    answer = ask.who(_warehouse(home), place, _day(on, "--on"), _day(known, "--known"))
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
    json: JsonOption = False,
) -> None:
    """From any claim, event or control row down to quote, rule and report."""
    from flows.terminal import as_json, explanation_dict, show_explanation
    from warehouse import ask

    explanation = ask.explain(_warehouse(home), row_id)
    if json:
        print(as_json(explanation_dict(explanation)))
    else:
        show_explanation(explanation)


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
    show_result(ask.query(_warehouse(home), query), "csv" if csv else "json" if json else "table")


@app.command()
def issues(
    kind: Annotated[str | None, typer.Option("--kind", help="Show each issue of this kind.")] = None,
    home: HomeOption = None,
) -> None:
    """What was seen and not resolved, with how to mend it."""
    from flows.summary import issues_by_kind, issues_of
    from flows.terminal import show_issue_kinds, show_row

    warehouse = _warehouse(home)
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


@app.command()
def extract(paths: PathsArgument, theatre: TheatreOption = None, workers: WorkersOption = None) -> None:
    """Claims as JSON lines, one record a report; nothing is stored."""
    from flows.reading import extract_records

    settings = _settings(None, theatre, workers)
    missed: Counter[str] = Counter()
    _print_lines(extract_records(_existing(paths), settings.theatre, settings.workers, missed), missed)


@app.command()
def dates(
    paths: PathsArgument,
    mode: Annotated[
        Literal["news", "narrative"],
        typer.Option(help="Read against the day of publication, or against the running date of the text."),
    ] = "news",
    theatre: TheatreOption = None,
    workers: WorkersOption = None,
) -> None:
    """Date expressions as JSON lines, with TIMEX3 values; nothing is stored."""
    from flows.reading import date_records

    settings = _settings(None, theatre, workers)
    missed: Counter[str] = Counter()
    _print_lines(date_records(_existing(paths), settings.theatre, settings.workers, missed, mode), missed)


def _print_lines(records: Iterator[dict[str, Any]], missed: Counter[str]) -> None:
    from flows.terminal import as_json

    for record in records:
        sys.stdout.write(as_json(record) + "\n")
    sys.stdout.flush()
    if missed:
        kinds = ", ".join(f"{n} {kind}" for kind, n in missed.most_common())
        print(f"issues: {kinds}; `whoheld run` keeps them with how to mend each", file=sys.stderr)


def _settings(home: Path | None, theatre: str | None, workers: int | None) -> Settings:
    given = {"home": home, "theatre": theatre, "workers": workers}
    return load_settings().model_copy(update={name: value for name, value in given.items() if value is not None})


def _check_knowledge(settings: Settings) -> None:
    """Read all knowledge, and look at the lake's format, before a folder is made or a server started."""
    from configs.load import load_theatre
    from warehouse.extraction import claim_reader

    load_theatre(settings.theatre)
    claim_reader(settings.theatre)
    if settings.home.exists() and not settings.home.is_dir():
        raise ConfigError(settings.home, "home", "it is a file", "name a folder, by --home or WHOHELD_HOME")


def _warehouse(home: Path | None) -> Path:
    from warehouse.lake import Lake

    return Lake(_settings(home, None, None).home).published


def _existing(paths: Sequence[str]) -> list[str]:
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise NotFound(
                f"there is no file or folder {path!r}\n  to mend it: check the spelling, or give - for standard input"
            )
    return list(paths)


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise WhoheldError(f"{option} {text!r} is no day\n  to mend it: write it as 2017-09-10") from None


def main() -> None:
    """Run the command line; what can be foreseen is a message and an exit code, never a traceback."""
    try:
        app()
    except SystemExit as leaving:
        _say_goodbye(leaving.code)
        raise
    except ConfigError as error:
        _leave(str(error), MISCONFIGURED)
    except WhoheldError as error:
        _leave(str(error), FAILED)
    except OSError as error:
        _leave(f"{error.strerror or error}: {error.filename or 'input or output'}", FAILED)
    except Exception as error:
        if os.environ.get("WHOHELD_TRACEBACK"):
            raise
        _leave(f"{type(error).__name__}: {error}\n  to see where: set WHOHELD_TRACEBACK=1 and run it again", FAILED)


def _say_goodbye(code: object) -> None:
    if code == INTERRUPTED:
        print(
            "\nwhoheld: stopped; nothing half-done is published, and the same command goes on from here",
            file=sys.stderr,
        )
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough; Python would complain about it once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave(message: str, code: int) -> NoReturn:
    from flows.terminal import printable_lines

    print(printable_lines(f"whoheld: {message}"), file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
