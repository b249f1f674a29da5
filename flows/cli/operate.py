"""Commands for whoever runs it: ``doctor``, ``serve``, ``maintain``, ``backfill``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from flows.cli.app import (
    FAILED,
    HomeOption,
    JsonOption,
    TheatreOption,
    WaitOption,
    WorkersOption,
    app,
    await_turn_to_write,
    day_of,
    settings_of,
)


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


@app.command()
def serve(
    home: HomeOption = None,
    theatre: TheatreOption = None,
    timezone: Annotated[str, typer.Option("--timezone", help="Of the schedule, such as Europe/Berlin.")] = "UTC",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Of the pages to look at.")] = 4200,
) -> None:
    """Run on a schedule: live every 30 minutes, a full check by night, maintenance once a week."""
    from flows.schedules import PLANS, check_timezone
    from flows.schedules import serve as serve_plans

    settings, zone = settings_of(home, theatre), check_timezone(timezone)
    from flows.server import configured_api, prefect_for

    elsewhere = configured_api()
    with prefect_for(settings.home, port):
        for plan in PLANS:
            print(f"{plan.name:<8} {plan.cron:<13} {zone if plan.hour_of_day else 'UTC'}  {plan.description}")
        where = "the Prefect server that is configured" if elsewhere else f"http://127.0.0.1:{port}"
        print(f"to look at: {where}; to stop: Ctrl-C", flush=True)
        serve_plans(settings.home, settings.theatre, zone)


@app.command()
def maintain(
    home: HomeOption = None,
    theatre: TheatreOption = None,
    keep_days: Annotated[
        int, typer.Option("--keep-days", min=0, help="Age from which readings with other knowledge, and past runs, go.")
    ] = 30,
    wait: WaitOption = None,
) -> None:
    """Merge small files of the lake, remove readings that nobody uses and what Prefect keeps of old runs; no row of the
    warehouse changes."""
    settings = settings_of(home, theatre, None, wait)
    await_turn_to_write(settings)
    from flows.server import prefect_for

    with prefect_for(settings.home):
        from flows.upkeep import maintenance

        done, n_forgotten = maintenance(str(settings.home), settings.theatre, keep_days, settings.wait)
    print(f"files       {done.n_before:,} became {done.n_after:,}")
    print(f"readings    {len(done.expired):,} removed")
    print(f"past runs   {n_forgotten:,} removed from Prefect's database")


@app.command()
def backfill(
    first: Annotated[str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="First day of publication.")] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Last day, inclusive.")] = None,
    batch: Annotated[list[str] | None, typer.Option("--batch", help="Of this batch only; may be repeated.")] = None,
    home: HomeOption = None,
    theatre: TheatreOption = None,
    workers: WorkersOption = None,
    wait: WaitOption = None,
) -> None:
    """Read what was published on some days again, with the present knowledge and code, and say what that changes."""
    from flows.terminal import progress_bar

    begin, end = day_of(first, "--from"), day_of(last, "--to")
    settings = settings_of(home, theatre, workers, wait)
    await_turn_to_write(settings)
    with progress_bar("starting"):
        from flows.server import prefect_for

        with prefect_for(settings.home):
            from flows.upkeep import run_backfill

            changes, unread = run_backfill(
                begin, end, batch, settings.home, settings.theatre, settings.workers, settings.wait
            )
    for label, value in changes.lines():
        print(f"{label:<14}{value}")
    if unread:
        print(f"unread        {unread:,} batches; what is published stays until `whoheld run` has read them")
