"""One scheduled run of the soak, without orchestration: what is killed in the middle of its work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from configs.fetching import load_fetches
from configs.load import load_theatre
from configs.settings import Settings
from flows.sources.rounds import fetch_round, put_away
from warehouse.intake import take_in
from warehouse.landing import InputFile
from warehouse.writing import new_note, writing


async def no_secret(_: str) -> str | None:
    """There are none."""
    return None


def one_run(home: str, n: int) -> None:
    """Fetch and land, as the run number ``n`` of a schedule of thirty minutes."""
    now = datetime(2017, 9, 10, tzinfo=UTC) + timedelta(minutes=30 * n)
    known, fetches = load_theatre("syria"), load_fetches("syria", load_theatre("syria"), Path(home))
    with writing(Path(home), new_note(now, "syria", "soak", "soak", []), 30.0) as run:
        lake, run_id = run.lake, run.note.run_id
        brought = fetch_round(lake, fetches, Settings(allow_hosts="127.0.0.1"), run_id, now, secret=no_secret)
        files = [InputFile(name, Path(path), outlet=outlet) for name, path, outlet in brought.inputs]
        take_in(lake, known, files, run_id, now)
        put_away(lake, fetches, brought.inputs)
