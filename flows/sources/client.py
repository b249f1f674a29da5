"""One GET at a time: guarded hosts, time-outs, bounds on size, retries with growing pauses, robots.txt, redirects."""

from __future__ import annotations

import asyncio
import random
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from configs.fetching import Politeness
from flows.sources.failure import FetchFailed
from flows.sources.guard import Allowed, resolved
from flows.sources.hosts import Hosts
from transforms.reports.addresses import web_address

MOST_HOPS = 6
LONGEST_PAUSE = 120.0
"""Seconds; a server that asks for more is left for another run."""
WHOLE = 3
"""Times the time-out that a whole answer may take: a server that drips is cut off."""
ROBOTS_BYTES = 500_000
BOMB = 200
"""Times its packed size to which text does not unpack."""
_REDIRECTS, _PASSING = (301, 302, 303, 307, 308), (408, 425, 429, 500, 502, 503, 504, 522, 524)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave, unpacked. ``status`` is 200 or 304; ``moved`` says that it asked to be asked elsewhere."""

    address: str
    status: int
    headers: httpx.Headers
    body: bytes
    moved: bool = False

    @property
    def kind(self) -> str:
        """The content type without its parameters."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the header gives."""
        _, _, said = self.headers.get("content-type", "").lower().partition("charset=")
        return said.partition(";")[0].strip(" \"'") or None


@dataclass(slots=True)
class Client:
    """Use it as ``async with Client(...)``. ``agent`` is what it calls itself, everywhere."""

    agent: str
    allowed: Allowed
    hosts: Hosts = field(init=False)
    _http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.hosts = Hosts(self.agent.split("/")[0])
        # No cookies: connections are made by number, and a jar would take two sites on one for the same.
        jar = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip"}
        self._http = httpx.AsyncClient(cookies=jar, headers=headers, trust_env=False, follow_redirects=False)

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def get(self, address: str, manners: Politeness, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer at ``address`` or where it redirects to. Raises FetchFailed."""
        here, moved = web_address(address), False
        if here is None:
            raise _no_address()
        for _ in range(MOST_HOPS):
            await self.hosts.admit(here, lambda robots: self._robots(robots, manners))
            answer = await self._tried(here, manners, headers or {})
            if answer.status not in _REDIRECTS:
                return Answer(here, answer.status, answer.headers, answer.body, moved)
            moved = moved or answer.status in (301, 308)
            following = web_address(answer.headers.get("location", ""), here)
            if following is None:
                raise _no_address()
            here = following
        raise FetchFailed("too_many_redirects", f"more than {MOST_HOPS} redirects", "a page", "check the address")

    async def _robots(self, address: str, manners: Politeness) -> bytes | None:
        here = address
        for _ in range(MOST_HOPS):
            try:
                answer = await self._tried(here, manners, {})
            except FetchFailed as failure:
                if failure.kind == "http_error" and not failure.passing:
                    return None  # a site without rules
                raise
            if answer.status not in _REDIRECTS:
                return answer.body[:ROBOTS_BYTES]
            here = web_address(answer.headers.get("location", ""), here) or ""
            if not here:
                return None
        return None

    async def _tried(self, address: str, manners: Politeness, headers: Mapping[str, str]) -> Answer:
        def pause(state: RetryCallState) -> float:
            failure = state.outcome.exception() if state.outcome else None
            growing = manners.retry_pause * 2 ** (state.attempt_number - 1) * random.uniform(1.0, 1.5)
            asked = failure.wait if isinstance(failure, FetchFailed) else 0.0
            return float(min(LONGEST_PAUSE, max(growing, asked)))

        retrying = AsyncRetrying(
            stop=stop_after_attempt(manners.tries), wait=pause, retry=retry_if_exception(_may_pass), reraise=True
        )
        answer: Answer = await retrying(self._once, address, manners, headers)
        return answer

    async def _once(self, address: str, manners: Politeness, headers: Mapping[str, str]) -> Answer:
        seconds = WHOLE * manners.timeout
        async with self.hosts.turn(address, manners.pause):
            try:
                async with asyncio.timeout(seconds):
                    return await self._connected(address, manners, headers)
            except TimeoutError:
                raise _unreachable("too_slow", f"no whole answer within {seconds:g} seconds") from None
            except httpx.TimeoutException:
                raise _unreachable("too_slow", f"silence for {manners.timeout:g} seconds") from None
            except httpx.InvalidURL:
                raise _no_address() from None
            except (httpx.HTTPError, httpx.StreamError) as error:
                raise _unreachable("unreachable", _words(error)) from None

    async def _connected(self, address: str, manners: Politeness, headers: Mapping[str, str]) -> Answer:
        url = httpx.URL(address)
        host, port = url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)
        numbers = await resolved(host, port, self.allowed)
        for last, number in ((n == len(numbers), number) for n, number in enumerate(numbers, 1)):
            # Asked by the number that was looked at, so that the name cannot lead elsewhere in between.
            request = self._http.build_request(
                "GET", url.copy_with(host=number), headers={**headers, "Host": url.netloc.decode("ascii")},
                extensions={"sni_hostname": host}, timeout=manners.timeout,
            )  # fmt: skip
            try:
                response = await self._http.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if last:
                    raise
                continue
            try:
                return await _answer(address, response, manners.max_bytes)
            finally:
                await response.aclose()
        raise _unreachable("unreachable", "no address to connect to")


async def _answer(address: str, response: httpx.Response, most: int) -> Answer:
    status = response.status_code
    if status in _REDIRECTS or status == 304:
        return Answer(address, status, response.headers, b"")
    if status != 200:
        wait = _asked_wait(response.headers.get("retry-after", ""))
        raise FetchFailed(
            "http_error", f"the server answers {status}", "an answer of 200",
            "nothing, if it passes; else check the address, or look whether the site is closed to programs",
            passing=status in _PASSING and wait <= LONGEST_PAUSE, wait=wait,
        )  # fmt: skip
    return Answer(address, status, response.headers, await _body(response, most))


async def _body(response: httpx.Response, most: int) -> bytes:
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "", "gzip", "x-gzip"):
        raise FetchFailed(
            "unknown_packing", f"an answer packed as {packing[:40]!r}", "gzip or plain", "tell the outlet"
        )
    member: Any = zlib.decompressobj(wbits=31) if "gzip" in packing else None
    body, packed = bytearray(), 0
    async for chunk in response.aiter_raw():
        packed += len(chunk)
        data = chunk
        while data and member:
            try:
                body += member.decompress(data, most + 1 - len(body))
            except zlib.error:
                raise _torn() from None
            if len(body) > most:
                break
            data = member.unused_data or member.unconsumed_tail
            if member.eof and data:
                member = zlib.decompressobj(wbits=31)
        if not member:
            body += chunk
        if len(body) > most:
            raise _too_large(most, packed - len(member.unconsumed_tail if member else b""))
    if member and not member.eof:
        raise _torn()
    return bytes(body)


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, FetchFailed) and error.passing


def _asked_wait(said: str) -> float:
    """Seconds of a Retry-After header, 0 where there is none."""
    if said.strip().isdigit():
        return float(said.strip()[:9])
    try:
        moment = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _words(error: Exception) -> str:
    """The error by its kind: its text may hold the address, and what a hostile server said."""
    text = str(error)
    if "CERTIFICATE" in text.upper() or "SSL" in text.upper():
        return "the server's certificate or encryption cannot be trusted"
    kinds = {
        "ConnectError": "nobody answers there",
        "ReadError": "the connection broke off",
        "RemoteProtocolError": "the answer breaks off or is no HTTP",
    }
    return kinds.get(type(error).__name__, f"no answer ({type(error).__name__})")


def _unreachable(kind: str, found: str) -> FetchFailed:
    mend = "nothing, if it passes; else check the address, and whether a browser can open it"
    return FetchFailed(kind, found, "a server that answers", mend, passing=True)


def _torn() -> FetchFailed:
    mend = "nothing, if it passes; else tell the outlet"
    return FetchFailed(
        "broken_gzip", "a gzip answer that cannot be unpacked whole", "a whole answer", mend, passing=True
    )


def _too_large(most: int, packed: int) -> FetchFailed:
    """``packed`` is what had been read of it by then."""
    kind = "bomb" if packed * BOMB < most else "too_large"
    return FetchFailed(
        kind, f"an answer of more than {most:,} bytes", f"at most {most:,} bytes",
        "look at what it is; if it is meant, raise max_bytes in its politeness",
    )  # fmt: skip


def _no_address() -> FetchFailed:
    return FetchFailed(
        "refused_address", "an address that is not of the web", "an address that begins with http or https",
        "check the address; give a file by its path",
    )  # fmt: skip
