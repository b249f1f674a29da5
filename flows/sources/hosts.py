"""Good manners towards hosts: one request at a time, a pause between two, and what robots.txt asks for."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flows.sources.failure import FetchFailed

LONGEST_DELAY = 60.0
"""Seconds between requests that a robots.txt is granted at most."""


@dataclass(slots=True)
class Hosts:
    """What is known of each host in one run. ``agent`` is the name under which robots.txt may speak to us."""

    agent: str
    _turns: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _asking: defaultdict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))
    _free_at: dict[str, float] = field(default_factory=dict)
    _rules: dict[str, Any] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, address: str, pause: float) -> AsyncIterator[None]:
        """Wait until the host of ``address`` may be asked; it then has to itself as long as the block lasts."""
        host = urlsplit(address).netloc.rpartition("@")[2].lower()
        async with self._turns[host]:
            await asyncio.sleep(max(0.0, self._free_at.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free_at[host] = time.monotonic() + max(pause, self._delay(address))

    async def admit(self, address: str, ask: Callable[[str], Awaitable[bytes | None]]) -> None:
        """Return where robots.txt lets us have ``address``. ``ask`` fetches it: None where there is none.

        Raises FetchFailed, a passing one where robots.txt cannot be had: it may forbid everything (RFC 9309).
        """
        origin = _origin(address)
        async with self._asking[origin]:
            if origin not in self._rules:
                self._rules[origin] = await self._read(origin, ask)
        rules = self._rules[origin]
        if isinstance(rules, FetchFailed):
            raise rules
        if not rules.can_fetch(address, self.agent):
            raise FetchFailed(
                "robots_forbid", "the site's robots.txt keeps programs from this address",
                "an address that it leaves open",
                "ask the outlet for a feed or for leave; save the page by hand and give the file",
            )  # fmt: skip

    async def _read(self, origin: str, ask: Callable[[str], Awaitable[bytes | None]]) -> Any:
        from protego import Protego

        try:
            data = await ask(f"{origin}/robots.txt")
        except FetchFailed as failure:
            told = failure.kind == "http_error"  # where the whole host is down, that is what there is to say
            found = f"the site's robots.txt cannot be had: {failure.found}" if told else failure.found
            return FetchFailed(failure.kind, found, failure.expected, failure.mend, failure.passing)
        return Protego.parse((data or b"").decode("utf-8", "replace"))

    def _delay(self, address: str) -> float:
        rules = self._rules.get(_origin(address))
        delay = None if rules is None or isinstance(rules, FetchFailed) else rules.crawl_delay(self.agent)
        return min(float(delay or 0.0), LONGEST_DELAY)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
