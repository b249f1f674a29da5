"""The tasks of the pipeline: a name, a retry where the disk may recover, a call. Keys and paths in, counts out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import task
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from configs.fetching import Fetch
from configs.load import load_theatre
from configs.settings import load_settings
from flows.progress import tell
from flows.sources.health import Round
from flows.sources.rounds import fetch_round, put_away
from transforms.tables import RUNS
from warehouse.build import Built, build, discard
from warehouse.checks import check_built
from warehouse.extraction import Extracted, extract_batch
from warehouse.intake import Landed, take_in
from warehouse.lake import open_lake
from warehouse.landing import InputFile
from warehouse.publish import put_live

RETRIES, PAUSES = 2, [1.0, 5.0]


def _disk_may_recover(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """A full disk or a lost mount may come back; anything else fails again."""
    return (
        isinstance(state.data, OSError)
        or isinstance(getattr(state.data, "__cause__", None), OSError)
        or ("OSError" in (state.message or ""))
    )


@task(name="fetch", task_run_name="fetch {what}", retries=RETRIES, retry_delay_seconds=PAUSES,
      retry_condition_fn=_disk_may_recover)  # fmt: skip
def fetch(home: str, fetches: list[Fetch], run_id: str, now: datetime, what: str) -> Round:
    """What is new at the sources, kept in the home folder until it is landed."""
    lake, settings = open_lake(home), load_settings()
    return fetch_round(lake, fetches, settings, run_id, now, lambda done, total: tell("fetch", done, total))


@task(name="land", task_run_name="land {what}", retries=RETRIES, retry_delay_seconds=PAUSES,
      retry_condition_fn=_disk_may_recover)  # fmt: skip
def land(
    home: str,
    theatre: str,
    paths: list[str],
    fetches: list[Fetch],
    brought: Round,
    run_id: str,
    now: datetime,
    what: str,
) -> Landed:
    """Raw files, and what was fetched, to batches of reports in the lake."""
    known, lake = load_theatre(theatre), open_lake(home)
    fetched = [InputFile(name, Path(path), outlet=outlet) for name, path, outlet in brought.inputs]
    landed = take_in(lake, known, [*fetched, *paths], run_id, now, lambda done, total: tell("land", done, total))
    put_away(lake, fetches, brought.inputs)
    return landed


@task(name="extract", task_run_name="extract batch {batch_id}", retries=RETRIES,
      retry_delay_seconds=PAUSES, retry_condition_fn=_disk_may_recover)  # fmt: skip
def extract(home: str, theatre: str, batch_id: str, paths: list[str], run_id: str) -> Extracted:
    """One batch of reports to claims."""
    return extract_batch(home, theatre, batch_id, paths, run_id)


@task(name="note run", task_run_name="note run {run_id}", retries=RETRIES, retry_delay_seconds=PAUSES,
      retry_condition_fn=_disk_may_recover)  # fmt: skip
def note_run(home: str, run_id: str, row: dict[str, Any]) -> None:
    """The run itself, as a row of the lake."""
    open_lake(home).write_batch(RUNS, [row], {}, run_id)


@task(name="build", task_run_name="build the warehouse", retries=RETRIES, retry_delay_seconds=PAUSES,
      retry_condition_fn=_disk_may_recover)  # fmt: skip
def build_warehouse(home: str, theatre: str, knowledge: str) -> Built:
    """A new warehouse file beside the published one."""
    return build(open_lake(home), load_theatre(theatre), knowledge, lambda _, done, total: tell("build", done, total))


@task(name="check", task_run_name="check the warehouse", tags=["check"])
def check(home: str, built: Built) -> tuple[str, ...]:
    """The promises that the new file must keep; it is removed where one is broken."""
    try:
        return tuple(str(finding) for finding in check_built(open_lake(home), built))
    except BaseException:
        discard(built.path)
        raise


@task(name="publish", task_run_name="publish the warehouse", retries=RETRIES,
      retry_delay_seconds=PAUSES, retry_condition_fn=_disk_may_recover)  # fmt: skip
def publish(home: str, built: Built) -> Path:
    """The new file takes the place of the published one."""
    return put_live(open_lake(home), built)
