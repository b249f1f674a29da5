"""The one flow: land, extract, build, check, publish. It holds the order of the steps; what they do lies below."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from prefect import flow
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.futures import PrefectFuture, as_completed
from prefect.runtime import flow_run
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner

from configs.fetching import Fetch, load_fetches
from configs.load import load_theatre
from configs.model import Theatre
from configs.settings import WAIT, load_settings, usable_cores
from flows import tasks
from flows.notices import tell_of_sources
from flows.orphans import end_with_parent
from flows.past_runs import mark_dead
from flows.progress import tell
from flows.sources.health import Health, Round
from flows.sources.rounds import is_address, url_fetch
from flows.summary import RunSummary, issues_by_kind, row_counts
from warehouse.build import code_version
from warehouse.extraction import Extracted, claim_reader, count_issues, knowledge_hash
from warehouse.intake import Landed
from warehouse.lake import Batch
from warehouse.ledger import LandedBy, landed_by
from warehouse.publish import up_to_date
from warehouse.writing import RunNote, Writing, new_note, writing

PARALLEL_FROM = 4
"""Batches from which other processes are worth their start of some seconds."""


def readers(workers: int) -> TaskRunner[PrefectFuture[Any]]:
    """Who reads batches side by side: processes of this machine, or the Dask cluster that WHOHELD_DASK names.

    Processes are started when the first task is submitted to them, so a small run does not pay for them.
    """
    if cluster := load_settings().dask:
        from flows.cluster import dask

        return dask(cluster, workers)
    runner = ProcessPoolTaskRunner(max_workers=workers, initializer=end_with_parent)
    return cast("TaskRunner[PrefectFuture[Any]]", runner)


def _run_name() -> str:
    given = flow_run.parameters
    what = _what(given["paths"] or []) if given["paths"] or given["sources"] is not False else "what is landed"
    return f"{Path(given['theatre']).name}: {what}"


def _what(paths: list[str]) -> str:
    names = [urlsplit(p).hostname or p if is_address(p) else Path(p).name or p for p in paths]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more" if names else "the sources"


@flow(name="pipeline", flow_run_name=_run_name, task_runner=readers(usable_cores()))
def pipeline(
    paths: list[str] | None = None,
    home: str = "whoheld-data",
    theatre: str = "syria",
    workers: int | None = None,
    sources: bool | None = None,
    wait: float = WAIT,
    rebuild: bool = False,
) -> RunSummary:
    """Land all that is new under ``paths``, read it, and publish the warehouse under ``home``. Safe to repeat.

    ``paths`` are files, folders and web addresses. ``sources`` says whether the configured sources are fetched, too;
    they are where no ``paths`` are given. What is landed already is read with the present knowledge. Another process
    that writes under ``home`` is waited for up to ``wait`` seconds. The warehouse is built where it is not up to date,
    or in any case (``rebuild``). Raises ConfigError before anything is written, Busy, ChecksFailed where the new
    warehouse breaks a promise; the published one then stays.
    """
    known = load_theatre(theatre)
    claim_reader(theatre)
    fetches = _fetches(theatre, known, Path(home), paths or [], not paths if sources is None else sources)
    note = new_note(datetime.now(UTC), known.slug, knowledge_hash(known), code_version(), paths or [], flow_run.id)
    tag_run(known.slug)
    with writing(Path(home), note, wait, lambda who: tell(f"waiting: {who}", 0, 0)) as run:
        return _work(run, theatre, fetches, workers or usable_cores(), rebuild)


def _work(run: Writing, theatre: str, fetches: list[Fetch], workers: int, rebuild: bool) -> RunSummary:
    lake, note, seconds = run.lake, run.note, dict[str, float]()
    home, run_id = os.fspath(lake.root), note.run_id
    if run.before:
        mark_dead(run.before.flow_run)
    before = landed_by(lake, run_id) if run.taken_up else LandedBy(0, 0, 0)
    brought = Round()
    if fetches:
        with _timed("fetch", seconds):
            brought = _fetch(home, fetches, run_id)
    with _timed("land", seconds):
        landed = _land(note, home, theatre, fetches, brought).going_on(before)
    with _timed("extract", seconds):
        batches = lake.batches_lacking_claims(note.config_hash)
        extracted = extract_all(batches, home, theatre, run_id, workers)
    row = _run_row(run, brought, landed, extracted)
    tasks.note_run(home, run_id, row)
    changed = rebuild or not up_to_date(lake, note.config_hash)
    warnings = renew(home, theatre, note.config_hash, seconds) if changed else ()
    summary = RunSummary(
        run_id, note.theatre, lake.published, landed, sum(e.n_reports for e in extracted), row["n_claims"], changed,
        row_counts(lake.published), issues_by_kind(lake.published, run_id), warnings, seconds, brought.health,
    )  # fmt: skip
    create_markdown_artifact(
        summary.markdown(), key="run-summary", description="What the run found and how long it took"
    )
    return summary


def tag_run(*names: str) -> None:
    """Tag the run with its kinds and, the last of ``names``, its theatre.

    Tags on tasks would cost each of them a question to the server about limits.
    """
    if flow_run.id is None:
        return
    *kind, theatre = names
    tags = sorted({*flow_run.tags, *kind, f"theatre:{theatre}"})
    with get_client(sync_client=True) as client:
        client.update_flow_run(UUID(flow_run.id), tags=tags)


def _fetches(theatre: str, known: Theatre, home: Path, paths: list[str], configured: bool) -> list[Fetch]:
    given = [url_fetch(path) for path in paths if is_address(path)]
    return [*given, *(load_fetches(theatre, known, home) if configured else ())]


def _fetch(home: str, fetches: list[Fetch], run_id: str) -> Round:
    brought = tasks.fetch(
        home, fetches, run_id, datetime.now(UTC), f"{len(fetches)} source{'s' if len(fetches) > 1 else ''}"
    )
    tell_of_sources(brought.health)
    create_table_artifact(
        [_health_row(health) for health in brought.health],
        key="sources",
        description="How each source fared in this run",
    )
    return brought


def _health_row(health: Health) -> dict[str, Any]:
    return {
        "source": health.name, "kind": health.kind, "status": health.status, "new": health.n_new,
        "issues": health.n_issues, "warning": health.warning, "note": health.note,
    }  # fmt: skip


def _land(note: RunNote, home: str, theatre: str, fetches: list[Fetch], brought: Round) -> Landed:
    # Standard input can be read only once.
    step = tasks.land.with_options(retries=0) if "-" in note.inputs else tasks.land
    files = [path for path in note.inputs if not is_address(path)]
    return step(home, theatre, files, fetches, brought, note.run_id, note.started_at, _what(list(note.inputs)))


def extract_all(batches: list[Batch], home: str, theatre: str, run_id: str, workers: int) -> list[Extracted]:
    """Read ``batches``, side by side where that is worth the start of other processes."""
    asked = [(home, theatre, batch.batch_id, [str(p) for p in batch.paths], run_id) for batch in batches]
    done: list[Extracted] = []
    here = workers == 1 or len(asked) < PARALLEL_FROM
    if here and not load_settings().dask:
        for one in asked:
            done.append(tasks.extract(*one))
            tell("extract", len(done), len(asked))
        return done
    futures = [tasks.extract.submit(*one) for one in asked]
    for future in as_completed(futures):
        done.append(future.result())
        tell("extract", len(done), len(asked))
    return done


def renew(home: str, theatre: str, knowledge: str, seconds: dict[str, float]) -> tuple[str, ...]:
    """Build, check, publish; returns the warnings. Raises ChecksFailed; the published warehouse then stays."""
    with _timed("build", seconds):
        built = tasks.build_warehouse(home, theatre, knowledge)
    with _timed("check", seconds):
        warnings = tasks.check(home, built)
    with _timed("publish", seconds):
        tasks.publish(home, built)
    return warnings


def _run_row(run: Writing, brought: Round, landed: Landed, extracted: list[Extracted]) -> dict[str, Any]:
    note, lake = run.note, run.lake
    if run.taken_up:
        n_claims, n_issues = lake.count("claims", note.run_id), lake.count("issues", note.run_id)
    else:
        n_claims = sum(e.n_claims for e in extracted)
        n_issues = brought.n_issues + sum(count_issues([landed.issues, *(e.issues for e in extracted)]).values())
    return {
        "run_id": note.run_id, "started_at": note.started_at, "finished_at": datetime.now(UTC),
        "code_version": note.code_version, "config_hash": note.config_hash, "theatre": note.theatre,
        "inputs": list(note.inputs), "n_files": landed.n_files, "n_reports": landed.n_reports,
        "n_repeats": landed.n_repeats, "n_claims": n_claims, "n_issues": n_issues, "state": "completed",
    }  # fmt: skip


@contextmanager
def _timed(step: str, seconds: dict[str, float]) -> Iterator[None]:
    tell(step, 0, 0)
    begun = time.monotonic()
    yield
    seconds[step] = time.monotonic() - begun


def run_pipeline(
    paths: list[str], home: Path, theatre: str, workers: int, sources: bool | None = None, wait: float = WAIT
) -> RunSummary:
    """The flow with as many processes as asked for."""
    ready = pipeline.with_options(task_runner=readers(workers))
    return ready(paths, home=os.fspath(home), theatre=theatre, workers=workers, sources=sources, wait=wait)
