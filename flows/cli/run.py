"""Commands that read: ``run``, which lands and publishes, and ``extract`` and ``dates``, which store nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from configs.errors import ConfigError
from configs.settings import Settings
from flows.cli.app import HomeOption, PathsArgument, TheatreOption, WorkersOption, app, existing, settings_of

if TYPE_CHECKING:
    from flows.missed import Missed


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

    settings = settings_of(home, theatre, workers)
    given = existing(paths or [])
    with progress_bar("starting"):
        _check_knowledge(settings)
        from flows.server import prefect_for

        with prefect_for(settings.home):
            from flows.pipeline import run_pipeline

            summary = run_pipeline(given, settings.home, settings.theatre, settings.workers)
    show_run(summary)


@app.command()
def extract(paths: PathsArgument, theatre: TheatreOption = None, workers: WorkersOption = None) -> None:
    """Claims as JSON lines, one record a report; nothing is stored."""
    from flows.missed import Missed
    from flows.reading import extract_records

    settings = settings_of(theatre=theatre, workers=workers)
    missed = Missed()
    _print_lines(extract_records(existing(paths), settings.theatre, settings.workers, missed.add), missed)


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
    from flows.missed import Missed
    from flows.reading import date_records

    settings = settings_of(theatre=theatre, workers=workers)
    missed = Missed()
    _print_lines(date_records(existing(paths), settings.theatre, settings.workers, missed.add, mode), missed)


def _print_lines(records: Iterator[dict[str, Any]], missed: Missed) -> None:
    from flows.terminal import as_json

    for record in records:
        sys.stdout.write(as_json(record) + "\n")
    sys.stdout.flush()
    for line in missed.lines():
        print(line, file=sys.stderr)


def _check_knowledge(settings: Settings) -> None:
    """Read all knowledge, and look at the lake's format, before a folder is made or a server started."""
    from configs.load import load_theatre
    from warehouse.extraction import claim_reader

    load_theatre(settings.theatre)
    claim_reader(settings.theatre)
    if settings.home.exists() and not settings.home.is_dir():
        raise ConfigError(settings.home, "home", "it is a file", "name a folder, by --home or WHOHELD_HOME")
