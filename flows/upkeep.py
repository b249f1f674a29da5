"""The flows beside the live one: the nightly check and rebuild, weekly maintenance, and backfill."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.runtime import flow_run

from configs.errors import ChecksFailed
from configs.load import load_theatre
from configs.settings import WAIT, usable_cores
from flows.past_runs import forget, mark_dead
from flows.pipeline import extract_all, pipeline, readers, renew, tag_run
from flows.progress import tell
from flows.summary import RunSummary
from warehouse.build import code_version
from warehouse.changes import Changes, batches_between, claims_changed, control_rows
from warehouse.extraction import claim_reader, knowledge_hash
from warehouse.health import Check, disk_checks, lake_checks
from warehouse.lake import open_lake
from warehouse.publish import published_knowledge
from warehouse.upkeep import Upkeep, compact, expire
from warehouse.writing import new_note, writing

KEPT_DAYS = 30


@flow(name="nightly", flow_run_name="{theatre}: full check and rebuild")
def nightly(
    home: str = "whoheld-data", theatre: str = "syria", workers: int | None = None, wait: float = WAIT
) -> RunSummary:
    """Look at every file of the lake, hashes of raw bytes included, then build, check and publish anew.

    Raises ChecksFailed where the lake is at fault; nothing is published then.
    """
    tag_run("nightly", load_theatre(theatre).slug)
    checks = examine_lake(home)
    create_table_artifact(
        [{"area": c.area, "name": c.name, "state": c.state, "found": c.found, "to mend it": c.mend} for c in checks],
        key="lake", description="How the lake was found by night",
    )  # fmt: skip
    faults = [c for c in checks if c.state == "fault"]
    if faults:
        said = "\n".join(f"{c.area}, {c.name}: {c.found}\n  to mend it: {c.mend}" for c in faults)
        raise ChecksFailed(f"the lake is at fault; the published warehouse is unchanged\n{said}")
    return pipeline(None, home, theatre, workers, sources=False, wait=wait, rebuild=True)


@task(name="examine", task_run_name="examine the lake")
def examine_lake(home: str) -> list[Check]:
    """Disk, files, groups, raw bytes."""
    return [*disk_checks(Path(home)), *lake_checks(Path(home), deep=True)]


@flow(name="maintenance", flow_run_name="{theatre}: maintenance")
def maintenance(
    home: str = "whoheld-data", theatre: str = "syria", keep_days: int = KEPT_DAYS, wait: float = WAIT
) -> tuple[Upkeep, int]:
    """Merge small files, remove readings with knowledge that is no longer used, and Prefect's record of past runs.

    The rows stay as they are. Returns what became of the lake, and how many runs Prefect no longer keeps.
    """
    known = load_theatre(theatre)
    tag_run("maintenance", known.slug)
    now, present = datetime.now(UTC), knowledge_hash(known)
    note = new_note(now, known.slug, present, code_version(), ["(maintenance)"], flow_run.id)
    with writing(Path(home), note, wait, lambda who: tell(f"waiting: {who}", 0, 0)) as run:
        if run.before:
            mark_dead(run.before.flow_run)
        done = maintain(home, present, keep_days, now)
    n_forgotten = forget_runs(now - timedelta(days=keep_days))
    text = (
        f"{done.n_before:,} files became {done.n_after:,}. Readings removed: {', '.join(done.expired) or 'none'}. "
        f"Past runs that Prefect no longer keeps: {n_forgotten:,}."
    )
    create_markdown_artifact(text, key="maintenance", description="What maintenance did")
    return done, n_forgotten


@task(name="maintain", task_run_name="compact and expire")
def maintain(home: str, present: str, keep_days: int, now: datetime) -> Upkeep:
    """Compaction, then expiry; what is published is never expired."""
    lake = open_lake(home)
    used = {present, published_knowledge(lake) or present}
    return replace(compact(lake), expired=expire(lake, used, now, timedelta(days=keep_days)))


@task(name="forget", task_run_name="forget past runs")
def forget_runs(before: datetime) -> int:
    """Of our flows, on the server in use."""
    return forget(before)


@flow(name="backfill", flow_run_name="{theatre}: backfill {first} to {last}", task_runner=readers(usable_cores()))
def backfill(
    first: date | None = None,
    last: date | None = None,
    batches: list[str] | None = None,
    home: str = "whoheld-data",
    theatre: str = "syria",
    workers: int | None = None,
    wait: float = WAIT,
) -> tuple[Changes, int]:
    """Read what was published from ``first`` to ``last``, or the named batches, with the present knowledge and code.

    Batches that are read already are left as they are, so that it may be interrupted and begun again. Once no batch of
    the lake lacks a reading with this knowledge, the warehouse is built of it, checked and published; until then what
    is published stays. Returns what changed against the published reading, and how many batches are still unread.
    """
    known = load_theatre(theatre)
    claim_reader(theatre)
    tag_run("backfill", known.slug)
    present, given = knowledge_hash(known), f"(backfill {first or ''} {last or ''} {' '.join(batches or [])})"
    note = new_note(datetime.now(UTC), known.slug, present, code_version(), [given], flow_run.id)
    with writing(Path(home), note, wait, lambda who: tell(f"waiting: {who}", 0, 0)) as run:
        lake = run.lake
        if run.before:
            mark_dead(run.before.flow_run)
        asked = batches_between(lake, first, last, batches or ())
        before = published_knowledge(lake)
        lacking = {b.batch_id for b in lake.batches_lacking_claims(present)}
        extract_all(
            [b for b in asked if b.batch_id in lacking], home, theatre, run.note.run_id, workers or usable_cores()
        )
        changes = claims_changed(lake, before, present, asked)
        unread = len(lake.batches_lacking_claims(present))
        if not unread and before != present:
            rows = control_rows(lake.published)
            renew(os.fspath(home), theatre, present, {})
            after = control_rows(lake.published)
            changes = replace(changes, control_rows=(len(after - rows), len(rows - after)))
    facts = "\n".join(f"| {label} | {value} |" for label, value in changes.lines())
    left = f"{unread:,} batches are still unread with this knowledge; what is published stays." if unread else ""
    create_markdown_artifact(
        f"| | |\n| --- | --- |\n{facts}\n\n{left}\n", key="backfill", description="What it changed"
    )
    return changes, unread


def run_backfill(
    first: date | None,
    last: date | None,
    batches: list[str] | None,
    home: Path,
    theatre: str,
    workers: int,
    wait: float,
) -> tuple[Changes, int]:
    """The flow with as many processes as asked for."""
    ready = backfill.with_options(task_runner=readers(workers))
    return ready(first, last, batches, os.fspath(home), theatre, workers, wait)
