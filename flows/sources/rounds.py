"""A round over all sources: each is visited by itself, and what one of them does leaves the others alone."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from configs.errors import NotFound
from configs.fetching import Fetch
from configs.settings import Settings
from flows.sources import inbox, spool
from flows.sources.client import Client
from flows.sources.failure import FetchFailed
from flows.sources.guard import allowed_hosts
from flows.sources.health import Health, Round
from flows.sources.state import State, page_key, read_state, write_state
from flows.sources.visit import Secret, Visit, from_environment, visit
from transforms.issues import Issue
from transforms.reports.addresses import holds_secret, redacted, web_address
from transforms.reports.volume import falls_short
from warehouse.intake import write_issues
from warehouse.lake import Lake

AT_ONCE = 8
"""Sources that are visited side by side; a host is asked one thing at a time however many there are."""
log = logging.getLogger("whoheld.sources")
Step = Callable[[int, int], None]


def is_address(given: str) -> bool:
    """Whether what stands where a path could is meant as an address."""
    return "://" in given and not os.path.lexists(given)


def url_fetch(address: str) -> Fetch:
    """What is given in place of a path as one more source. Raises NotFound for what must not be given there."""
    whole = web_address(address)
    if whole is None:
        mend = "give an address that begins with http or https, and a file by its path"
        raise NotFound(f"{redacted(address)!r} is no address of the web\n  to mend it: {mend}")
    if holds_secret(whole):
        raise NotFound(
            f"{redacted(whole)!r} was given with a password or token, which would stand in logs\n"
            '  to mend it: write it into sources.toml, as address = "https://...${NAME}..."'
        )
    return Fetch(f"url-{page_key(whole)}", "any", whole)


def fetch_round(
    lake: Lake, fetches: Sequence[Fetch], settings: Settings, run_id: str, now: datetime,
    step: Step | None = None, secret: Secret = from_environment,
) -> Round:  # fmt: skip
    """Visit all ``fetches`` and keep what is new. Safe to repeat and to interrupt: what was not kept is asked again."""
    web = [fetch for fetch in fetches if fetch.kind != "folder"]
    health = asyncio.run(_visits(lake, web, settings, run_id, now, step or (lambda *_: None), secret)) if web else []
    inputs = [(f.name, str(f.path), f.outlet) for f in spool.spooled(lake, {f.fetch_id: f.outlet for f in fetches})]
    for fetch in fetches:
        if fetch.kind == "folder":
            found, files = _inbox(lake, fetch, run_id)
            health.append(found)
            inputs += files
    return Round(tuple(sorted(health, key=lambda h: h.name)), tuple(inputs), sum(h.n_issues for h in health))


def put_away(lake: Lake, fetches: Sequence[Fetch], inputs: Sequence[tuple[str, str, str | None]]) -> None:
    """After landing: the spool is emptied, and files of watched folders go where their source says."""
    paths = [Path(path) for _, path, _ in inputs]
    spool.remove([path for path in paths if path.is_relative_to(lake.root / "fetched")])
    for fetch in fetches:
        if fetch.kind == "folder":
            folder = watched(lake, fetch)
            inbox.settle(fetch, folder, [p for p in paths if p.is_relative_to(folder / inbox.CLAIMED)])


def watched(lake: Lake, fetch: Fetch) -> Path:
    """The folder of a source, from the home folder on."""
    return lake.root / (fetch.path or Path())


async def _visits(
    lake: Lake, fetches: Sequence[Fetch], settings: Settings, run_id: str, now: datetime, step: Step, secret: Secret
) -> list[Health]:
    places, done = asyncio.Semaphore(AT_ONCE), 0

    async def one(fetch: Fetch, client: Client) -> Health:
        nonlocal done
        async with places:
            state = read_state(lake, fetch.fetch_id)
            try:
                seen = await visit(fetch, state, client, now, secret)
                health = _kept(lake, seen, run_id, now)
            except OSError:
                raise  # the lake cannot be written: that is no matter of one source
            except Exception as error:  # a defect of ours in the face of one source must not cost the others
                log.exception("source %s", fetch.fetch_id)
                issue = _defect(fetch, error)
                _write(lake, [issue], run_id)
                health = Health(_name(fetch), fetch.kind, "failed", 0, 1, issue.found, issue.found)
            done += 1
            step(done, len(fetches))
            return health

    async with Client(settings.user_agent, allowed_hosts(settings.allow_hosts)) as client:
        return await asyncio.gather(*(one(fetch, client) for fetch in fetches))


def _kept(lake: Lake, seen: Visit, run_id: str, now: datetime) -> Health:
    """Keep what a visit brought; the state comes last, so that a run which dies before asks for it again."""
    fetch_id = seen.fetch.fetch_id
    seen.archive.put(lake, fetch_id)
    for data, ending in seen.files:
        spool.put(lake, fetch_id, data, ending)
    _write(lake, seen.issues, run_id)
    # A source that is down gives nothing, which is what its volume then says.
    state = seen.state.gave(seen.n_new, now.date())
    last: dict[str, str | int] = {
        "at": now.isoformat(timespec="seconds"),
        "status": seen.status,
        "note": seen.note,
        "n_new": seen.n_new,
    }
    write_state(lake, fetch_id, replace(state, last=last))
    warning = seen.note if seen.status in ("failed", "changed") else _short(state, seen.fetch, now)
    return Health(_name(seen.fetch), seen.fetch.kind, seen.status, seen.n_new, len(seen.issues), seen.note, warning)


def _short(state: State, fetch: Fetch, now: datetime) -> str:
    found = falls_short(state.volume(), now.date()) if fetch.kind == "feed" else None
    return f"{found[0]} new reports in three days, where {found[1]:.0f} are usual" if found else ""


def _inbox(lake: Lake, fetch: Fetch, run_id: str) -> tuple[Health, list[tuple[str, str, str | None]]]:
    try:
        found = inbox.claim(fetch, watched(lake, fetch), run_id)
    except FetchFailed as failure:
        _write(lake, [failure.issue(str(watched(lake, fetch)))], run_id)
        return Health(fetch.fetch_id, fetch.kind, "failed", 0, 1, failure.found, failure.found), []
    _write(lake, found.issues, run_id)
    note = f"{found.n_left} files are still being written" if found.n_left else ""
    files = [(f.name, str(f.path), f.outlet) for f in found.files]
    status = "news" if files else "unchanged"
    return Health(fetch.fetch_id, fetch.kind, status, len(files), len(found.issues), note), files


def _write(lake: Lake, issues: Sequence[Issue], run_id: str) -> None:
    if issues:
        batch_id = sha256(repr(sorted({i.issue_id for i in issues})).encode()).hexdigest()[:16]
        write_issues(lake, issues, {"step": "fetching"}, batch_id, run_id)


def _name(fetch: Fetch) -> str:
    return redacted(str(fetch.address)) if fetch.fetch_id.startswith("url-") else fetch.fetch_id


def _defect(fetch: Fetch, error: Exception) -> Issue:
    return Issue(
        "fetch_defect", f"whoheld itself failed at this source ({type(error).__name__})", "a visit that ends well",
        "see logs/prefect.log, and report it", _name(fetch),
    )  # fmt: skip
