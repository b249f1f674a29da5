"""``whoheld doctor``: set-up, lake, warehouse and sources, each thing looked at and what to do about it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version

from configs.errors import ConfigError
from configs.fetching import load_fetches
from configs.load import load_theatre
from configs.settings import Settings
from flows.server import LOOPBACK
from flows.sources.state import read_state
from warehouse.extraction import knowledge_hash
from warehouse.health import Check, disk_checks, lake_checks, warehouse_checks
from warehouse.lake import Lake

SILENT = timedelta(days=3)


def examine(settings: Settings, deep: bool = False) -> Iterator[Check]:
    """Everything, one after another; nothing is changed. ``deep`` reads all raw bytes, too."""
    yield from _set_up()
    yield from disk_checks(settings.home)
    yield from lake_checks(settings.home, deep)
    try:
        known = load_theatre(settings.theatre)
        fetches = load_fetches(settings.theatre, known, settings.home)
    except ConfigError as error:
        said, _, mend = str(error).partition("\n  to mend it: ")
        yield Check("set-up", "knowledge", "fault", said, mend)
        return
    yield Check("set-up", "knowledge", "ok", f"the theatre {known.slug} reads well, {len(known.places):,} places")
    now = datetime.now(UTC)
    yield from warehouse_checks(settings.home, knowledge_hash(known), now, bool(fetches))
    for fetch in fetches:
        last = read_state(Lake(settings.home), fetch.fetch_id).last
        yield _source(fetch.fetch_id, last, now)


def _set_up() -> Iterator[Check]:
    python = ".".join(map(str, sys.version_info[:3]))
    fits = sys.version_info >= (3, 11)
    yield Check("set-up", "Python", "ok" if fits else "fault", python, "" if fits else "use Python 3.11 or newer")
    unfit = list(_unfit())
    yield Check(
        "set-up", "packages", "fault" if unfit else "ok", "; ".join(unfit) or "all there, in versions that fit",
        "install again: make setup, or pip install --upgrade whoheld" if unfit else "",
    )  # fmt: skip
    yield loopback()
    if address := os.environ.get("PREFECT_API_URL"):
        yield Check("set-up", "Prefect", "ok", f"its server is the one at {address.rpartition('@')[2]}")
    else:
        yield Check("set-up", "Prefect", "ok", "each run starts a server of its own")


def _unfit() -> Iterator[str]:
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(text) for text in requires("whoheld") or []]
    except PackageNotFoundError:
        return
    for one in wanted:
        if one.marker and not one.marker.evaluate({"extra": ""}):
            continue
        try:
            there = version(one.name)
        except PackageNotFoundError:
            yield f"{one.name} is missing"
            continue
        if not one.specifier.contains(there, prereleases=True):
            yield f"{one.name} {there} is not {one.specifier}"


def loopback() -> Check:
    """Whether this process can talk to itself by network, as it must with Prefect's server."""
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname(), timeout=5).close()
    except OSError as error:
        return Check("set-up", "loopback", "fault", f"127.0.0.1 cannot be reached: {error.strerror or error}", LOOPBACK)
    return Check("set-up", "loopback", "ok", "127.0.0.1 can be reached")


def _source(name: str, last: object, now: datetime) -> Check:
    said = dict(last) if isinstance(last, dict) else {}
    if not said:
        return Check("sources", name, "ok", "not visited yet")
    at, status, note = (str(said.get(key, "")) for key in ("at", "status", "note"))
    if status in ("failed", "changed"):
        return Check("sources", name, "warning", f"{status} at {at}: {note}", "see: whoheld issues")
    try:
        silent = now - datetime.fromisoformat(at) > SILENT
    except ValueError:
        silent = False
    if silent:
        return Check(
            "sources", name, "warning", f"last visited at {at}", "see whether the schedule runs: whoheld serve"
        )
    return Check("sources", name, "ok", f"{status or 'visited'} at {at}" + (f": {note}" if note else ""))
