"""The command line itself: options that commands share, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

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
WaitOption = Annotated[
    float | None,
    typer.Option("--wait", min=0, metavar="SECONDS", help="For a run that writes here (WHOHELD_WAIT)."),
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


def settings_of(
    home: Path | None = None, theatre: str | None = None, workers: int | None = None, wait: float | None = None
) -> Settings:
    """The settings of this environment, and what the command line says instead."""
    given = {"home": home, "theatre": theatre, "workers": workers, "wait": wait}
    return load_settings().model_copy(update={name: value for name, value in given.items() if value is not None})


def await_turn_to_write(settings: Settings) -> None:
    """Before anything is started for a command that writes: the lake is of a format that can be written, and nobody
    else writes; whoever does is waited for, and named on standard error. Raises ConfigError, Busy."""
    from warehouse.upgrade import check_format
    from warehouse.writing import await_turn

    def say(who: str) -> None:
        print(f"whoheld: waiting up to {settings.wait:g} s: {who}", file=sys.stderr, flush=True)

    check_format(settings.home)
    await_turn(settings.home, settings.wait, say)


def warehouse_of(home: Path | None) -> Path:
    """The published warehouse that a question goes to."""
    from warehouse.lake import Lake

    return Lake(settings_of(home).home).published


def existing(paths: Sequence[str]) -> list[str]:
    """``paths`` as given. Raises NotFound where one is not there."""
    for path in paths:
        if path != "-" and not os.path.lexists(path):
            raise NotFound(
                f"there is no file or folder {path!r}\n  to mend it: check the spelling, or give - for standard input"
            )
    return list(paths)


def day_of(text: str | None, option: str) -> date | None:
    """The day that an option names. Raises WhoheldError for what is none."""
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
