"""One visit to one source: what is new there goes into an archive, what fails becomes issues, the rest goes on."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from configs.fetching import Fetch
from flows.sources.client import Answer, Client
from flows.sources.failure import FetchFailed
from flows.sources.spool import Archive, ending_of
from flows.sources.state import State, page_key
from transforms.issues import Issue
from transforms.reports.addresses import web_address
from transforms.reports.archives import THIN, Known, read_best
from transforms.reports.feeds import Entry, is_feed, read_feed
from transforms.reports.pages import read_page
from transforms.reports.unpacking import UnreadableError

GIVE_UP = 5
"""Runs in which a page may fail in passing before the feed's own text has to do."""
_PAGES = ("text/html", "application/xhtml+xml", "")
_NAME = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_MOVED = ("source_moved", "the source has moved for good", "the address at which it is now")

Secret = Callable[[str], Awaitable[str | None]]


@dataclass(slots=True)
class Visit:
    """What came of a visit. ``status``: news, unchanged, failed, changed (it answers, but not with what it was)."""

    fetch: Fetch
    state: State
    archive: Archive
    status: str = "unchanged"
    note: str = ""
    n_new: int = 0
    n_pending: int = 0
    files: list[tuple[bytes, str]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def fail(self, failure: FetchFailed, status: str = "failed") -> None:
        """The source as a whole could not be had."""
        self.status, self.note = status, failure.found
        self.issues.append(failure.issue(self.name))

    @property
    def name(self) -> str:
        """The source by its name, or by its address where it has none of its own; never with a secret."""
        return self.fetch.fetch_id if not self.fetch.fetch_id.startswith("url-") else str(self.fetch.address)


async def visit(fetch: Fetch, state: State, client: Client, now: datetime, secret: Secret) -> Visit:
    """Ask a source of the web what is new. Never raises for what a source does."""
    seen = Visit(fetch, state, Archive(now))
    try:
        address = await _address(fetch, secret)
        headers = {"Accept-Language": f"{fetch.language}, *;q=0.5", **state.conditions()}
        answer = await client.get(address, fetch.politeness, headers)
        digest = sha256(answer.body).hexdigest()
        if answer.status == 304 or digest == state.body:
            return seen
        if answer.moved:
            kind, found, expected = _MOVED
            mend = f"write it into sources.toml: {'' if '${' in str(fetch.address) else answer.address}"
            seen.issues.append(FetchFailed(kind, found, expected, mend.rstrip(": ")).issue(seen.name))
        await _take(seen, answer, client)
        # A page that is still owed must be asked for again, and the feed with it.
        owed = seen.n_pending > 0 or seen.status in ("failed", "changed")
        seen.state = replace(
            seen.state,
            etag=None if owed else _validator(answer, "etag"),
            modified=None if owed else _validator(answer, "last-modified"),
            body=None if owed else digest,
        )
    except FetchFailed as failure:
        seen.fail(failure)
    except UnreadableError as error:
        seen.fail(FetchFailed(error.kind, error.found, error.expected, error.mend), "changed")
    return seen


async def _take(seen: Visit, answer: Answer, client: Client) -> None:
    kind = seen.fetch.kind
    if kind == "feed" or (kind == "any" and is_feed(answer.body)):
        await _feed(seen, answer, client)
    elif kind == "page" or (kind == "any" and answer.kind in _PAGES[:2]):
        await asyncio.to_thread(_text_of, answer, Known(answer.address))
        seen.archive.entry(answer.address, seen.fetch.outlet, None, None, "")
        seen.archive.answer(answer)
        seen.n_new, seen.status = 1, "news"
    else:
        seen.files.append((answer.body, ending_of(answer.address)))
        seen.n_new, seen.status = 1, "news"


async def _feed(seen: Visit, answer: Answer, client: Client) -> None:
    entries = await asyncio.to_thread(read_feed, answer.body, answer.address, answer.charset)
    seen.archive.answer(answer, is_page=False)
    known = set(seen.state.seen)
    fresh = {key: entry for entry in entries if (key := _key(entry)) not in known}
    now = list(fresh.items())[: seen.fetch.politeness.pages_per_run]
    seen.n_pending = len(fresh) - len(now)
    thin = pages = 0
    for key, entry in now:
        page = await _page(seen, key, entry, client) if seen.fetch.linked and entry.link else None
        if page is None and key in seen.state.failing:
            seen.n_pending += 1
            continue
        seen.state = seen.state.saw([key])
        seen.n_new += 1
        _keep(seen, entry, page, answer.address)
        if page:
            pages += 1
            thin += not await asyncio.to_thread(_has_article, page)
    seen.status = "news" if seen.n_new else "unchanged" if not seen.n_pending else "failed"
    if pages >= 3 and thin == pages:
        seen.status = "changed"
        seen.note = f"no article is found in any of its {pages} new pages: their layout may have changed"
    elif seen.n_pending:
        seen.note = f"{seen.n_pending} pages are left for the next run"


def _keep(seen: Visit, entry: Entry, page: Answer | None, feed: str) -> None:
    where = page.address if page else entry.link or feed
    seen.archive.entry(where, seen.fetch.outlet, entry.title, entry.published, entry.text)
    if page:
        seen.archive.answer(page)
    elif not entry.text:
        expected, mend = "a page, or a feed that carries its text", "look at the page, and save it by hand"
        seen.issues.append(FetchFailed("no_text", "an entry of which there is no text", expected, mend).issue(where))


async def _page(seen: Visit, key: str, entry: Entry, client: Client) -> Answer | None:
    """The page of an entry; None where it cannot be had: for now (its key is then in ``failing``), or for good."""
    address = str(entry.link)
    try:
        answer = await client.get(address, seen.fetch.politeness, {"Accept-Language": seen.fetch.language})
        if answer.kind not in _PAGES:
            found = f"an answer of the type {answer.kind[:60]!r}"
            raise FetchFailed("not_a_page", found, "a web page", "read it by hand, and save its text as a file")
        return answer
    except FetchFailed as failure:
        failures = seen.state.failing.get(key, 0) + 1
        if failure.passing and failures < GIVE_UP:
            seen.state = replace(seen.state, failing={**seen.state.failing, key: failures})
        else:
            seen.state = replace(seen.state, failing={k: n for k, n in seen.state.failing.items() if k != key})
            seen.issues.append(failure.issue(address))
        return None


def _key(entry: Entry) -> str:
    return page_key(entry.link) if entry.link else sha256(f"{entry.title}\n{entry.text}".encode()).hexdigest()[:16]


def _has_article(page: Answer) -> bool:
    try:
        return len(read_page(page.body, page.charset, page.address).text) >= THIN
    except UnreadableError:
        return False


def _text_of(answer: Answer, known: Known) -> str:
    return read_best(answer.body, answer.charset, known)[1]


def _validator(answer: Answer, name: str) -> str | None:
    value = answer.headers.get(name, "")
    return value if value and len(value) < 500 and value.isprintable() else None


async def _address(fetch: Fetch, secret: Secret) -> str:
    """The address with its ``${NAME}`` filled in. Raises FetchFailed."""
    values: Mapping[str, str | None] = {n: await secret(n) for n in _NAME.findall(fetch.address or "")}
    for name, value in values.items():
        if not value:
            raise FetchFailed(
                "missing_secret", f"${{{name}}} in its address stands for nothing", "a value for it",
                f"set {name} in the environment, or make a Prefect secret block {block_name(name)!r}",
            )  # fmt: skip
    whole = web_address(_NAME.sub(lambda found: str(values[found[1]]), fetch.address or ""))
    if whole is None:
        raise FetchFailed(
            "refused_address", "an address that is not of the web", "an address that begins with http or https",
            "check the address; give a file by its path",
        )  # fmt: skip
    return whole


def block_name(name: str) -> str:
    """The name of the Prefect secret block for ``${name}``: blocks' names have small letters and dashes."""
    return name.lower().replace("_", "-")


async def from_environment(name: str) -> str | None:
    """A secret out of the environment, or out of Prefect's block of that name where a server keeps one."""
    value = os.environ.get(name)
    if value:
        return value
    from prefect.blocks.system import Secret as Block

    try:
        block: Any = await Block.aload(block_name(name))
    except Exception:  # no such block, no server: either way there is no secret
        return None
    return str(block.get())
