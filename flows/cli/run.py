"""Commands that read: ``run``, which lands and publishes, and ``extract`` and ``dates``, which store nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from configs.errors import ConfigError, NotFound
from configs.settings import Settings
from flows.cli.app import (
    HomeOption,
    PathsArgument,
    TheatreOption,
    WaitOption,
    WorkersOption,
    app,
    await_turn_to_write,
    existing,
    settings_of,
)

if TYPE_CHECKING:
    from flows.missed import Missed


@app.command()
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders, files, web addresses, or - for standard input; none fetches the configured sources.",
            show_default=False,
        ),
    ] = None,
    sources: Annotated[
        bool | None,
        typer.Option("--sources/--no-sources", help="Fetch the configured sources; by default where no path is given."),
    ] = None,
    home: HomeOption = None,
    theatre: TheatreOption = None,
    workers: WorkersOption = None,
    wait: WaitOption = None,
) -> None:
    """Fetch, land, read, build, check and publish. Safe to repeat: what is there already is left as it is."""
    from flows.terminal import progress_bar, show_run

    settings = settings_of(home, theatre, workers, wait)
    given = _given(paths or [])
    await_turn_to_write(settings)
    with progress_bar("starting"):
        _check_knowledge(settings)
        from flows.server import prefect_for

        with prefect_for(settings.home):
            from flows.pipeline import run_pipeline

            summary = run_pipeline(given, settings.home, settings.theatre, settings.workers, sources, settings.wait)
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


def _given(paths: list[str]) -> list[str]:
    """``paths``, which may be web addresses. Raises NotFound for what is neither."""
    from warehouse.landing import shown_name

    for path in paths:
        if not path.isascii() and shown_name(path) != path:
            mend = "rename it, or give the folder that it lies in"
            raise NotFound(f"{shown_name(path)!r} has a name that cannot be written in UTF-8\n  to mend it: {mend}")
    if any("://" in path for path in paths):
        from flows.sources.rounds import is_address, url_fetch

        addresses = [path for path in paths if is_address(path)]
        for address in addresses:
            url_fetch(address)
        existing([path for path in paths if path not in addresses])
        return paths
    return existing(paths)


def _print_lines(records: Iterator[dict[str, Any]], missed: Missed) -> None:
    from flows.terminal import as_json

    for record in records:
        sys.stdout.write(as_json(record) + "\n")
    sys.stdout.flush()
    for line in missed.lines():
        print(line, file=sys.stderr)


def _check_knowledge(settings: Settings) -> None:
    """Read all knowledge before a folder is made or a server started."""
    from configs.fetching import load_fetches
    from configs.load import load_theatre
    from warehouse.extraction import claim_reader

    load_fetches(settings.theatre, load_theatre(settings.theatre), settings.home)
    claim_reader(settings.theatre)
    if settings.home.exists() and not settings.home.is_dir():
        raise ConfigError(settings.home, "home", "it is a file", "name a folder, by --home or WHOHELD_HOME")
