"""Commands for whoever runs it: ``doctor``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.app import FAILED, HomeOption, JsonOption, TheatreOption, app, settings_of


@app.command()
def doctor(
    home: HomeOption = None,
    theatre: TheatreOption = None,
    deep: Annotated[bool, typer.Option("--deep", help="Read all raw bytes, too, and compare their hashes.")] = False,
    json: JsonOption = False,
) -> None:
    """Look at set-up, lake, warehouse and sources, and say what to do. Exit code 1 where something is at fault."""
    from flows.doctor import examine
    from flows.terminal import as_json, show_checks

    checks = list(examine(settings_of(home, theatre), deep))
    if json:
        print(as_json([asdict(check) for check in checks]))
    else:
        show_checks(checks)
    if any(check.state == "fault" for check in checks):
        raise typer.Exit(FAILED)
