"""Fetching one address from a server that means no good, or is not well."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from configs.errors import ConfigError
from configs.fetching import Politeness
from flows.sources.client import Answer, Client
from flows.sources.failure import FetchFailed
from flows.sources.guard import Allowed, allowed_hosts
from tests.web_server import Site, breaks_off, drips, endless, gives, hangs, in_turn, serving

MANNERS = Politeness(pause=0, timeout=0.4, tries=3, retry_pause=0.01, max_bytes=1_000_000)
LOCAL = allowed_hosts("127.0.0.1")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def get(address: str, allowed: Allowed = LOCAL, manners: Politeness = MANNERS, **headers: str) -> Answer:
    async def ask() -> Answer:
        async with Client("whoheld/test", allowed) as client:
            return await client.get(address, manners, headers)

    return asyncio.run(ask())


def failure(address: str, allowed: Allowed = LOCAL, manners: Politeness = MANNERS) -> FetchFailed:
    with pytest.raises(FetchFailed) as raised:
        get(address, allowed, manners)
    issue = raised.value.issue(address)
    assert issue.found
    assert issue.mend
    return raised.value


def test_an_answer_comes_unpacked_with_type_and_encoding(site: Site) -> None:
    packed = gzip.compress("café".encode("cp1252")) + gzip.compress(b"!")
    site.pages["/a"] = gives(packed, "text/html; charset=windows-1252", Content_Encoding="gzip")
    answer = get(f"{site.address}/a#part")
    assert (answer.body.decode("cp1252"), answer.kind, answer.charset) == ("café!", "text/html", "windows-1252")
    assert answer.address == f"{site.address}/a"
    assert {headers["User-Agent"] for _, headers in site.asked} == {"whoheld/test"}


PRIVATE = [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/",
    "http://0177.0.0.1:{port}/", "http://127.1:{port}/", "http://[::1]:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
    "http://0.0.0.0:{port}/", "http://[::]:{port}/", "http://10.1.2.3/", "http://192.168.1.1/", "http://172.16.0.1/",
    "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://[fe80::1]/", "http://[fd00::1]/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_of_the_open_internet_are_refused(site: Site, address: str) -> None:
    assert failure(address.format(port=site.server_address[1]), Allowed()).kind == "refused_address"
    assert site.asked == []


@pytest.mark.parametrize(
    "address", ["file:/etc/passwd", "ftp://h.example/x", "data:text/html,x", "http:///x", "gopher://h/", ""]
)
def test_what_is_not_of_the_web_is_refused(address: str) -> None:
    assert failure(address).kind == "refused_address"


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/x", "http://0x7f.1:1/", "file:/etc/passwd", "javascript:alert(1)"]
)
def test_a_redirect_leads_nowhere_else_either(site: Site, target: str) -> None:
    site.pages["/a"] = gives(b"", status=302, Location=target)
    allowed = Allowed(names=frozenset({"127.0.0.1"}))  # this host by its name, and no number
    assert failure(f"{site.address}/a", allowed).kind == "refused_address"


def test_what_the_settings_allow_is_asked(site: Site) -> None:
    site.pages["/"] = gives("yes")
    for words in ("127.0.0.0/8", "10.0.0.1, localhost", "::1 127.0.0.1"):
        host = "localhost" if "localhost" in words else "127.0.0.1"
        assert get(f"http://{host}:{site.server_address[1]}/", allowed_hosts(words)).body == b"yes"
    with pytest.raises(ConfigError, match="WHOHELD_ALLOW_HOSTS"):
        allowed_hosts("10.0.0.0/99")


def test_a_redirect_is_followed_and_one_for_good_is_noted(site: Site) -> None:
    site.pages |= {"/old": gives(b"", status=301, Location="/new"), "/new": gives("here")}
    answer = get(f"{site.address}/old")
    assert (answer.address, answer.body, answer.moved) == (f"{site.address}/new", b"here", True)


def test_redirects_that_go_round_end(site: Site) -> None:
    site.pages["/a"] = gives(b"", status=302, Location="/a")
    assert failure(f"{site.address}/a").kind == "too_many_redirects"


def test_what_fails_in_passing_is_tried_again_and_what_is_gone_is_not(site: Site) -> None:
    site.pages["/a"] = in_turn(gives(b"", status=500), gives(b"", status=503, Retry_After="0"), gives("at last"))
    assert get(f"{site.address}/a").body == b"at last"
    site.pages["/b"] = gives(b"", status=500)
    assert failure(f"{site.address}/b").found == "the server answers 500"
    assert failure(f"{site.address}/gone").found == "the server answers 404"
    assert [site.times_asked[path] for path in ("/a", "/b", "/gone")] == [3, 3, 1]


def test_a_server_that_asks_for_a_long_pause_is_left_for_another_run(site: Site) -> None:
    site.pages["/a"] = gives(b"", status=429, Retry_After="86400")
    assert not failure(f"{site.address}/a").passing
    assert site.times_asked["/a"] == 1


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (hangs(2), "too_slow"),
        (drips, "too_slow"),
        (endless, "too_large"),
        (gives(gzip.compress(b"\0" * 400_000_000), Content_Encoding="gzip"), "bomb"),
        (gives(gzip.compress(b"x" * 5_000)[:-9], Content_Encoding="gzip"), "broken_gzip"),
        (gives(b"no gzip at all", Content_Encoding="gzip"), "broken_gzip"),
        (gives(b"x", Content_Encoding="br"), "unknown_packing"),
        (gives(b"x" * 2_000_000), "too_large"),
        (breaks_off(b"half"), "unreachable"),
    ],
    ids=["silent", "dripping", "endless", "bomb", "torn gzip", "no gzip", "brotli", "too large", "broken off"],
)  # fmt: skip
def test_a_server_that_is_not_well_costs_little_time_and_is_told_in_words(site: Site, behaviour, kind: str) -> None:  # type: ignore[no-untyped-def]
    site.pages["/a"] = behaviour
    begun = time.monotonic()
    assert (
        failure(f"{site.address}/a", manners=Politeness(pause=0, timeout=0.3, tries=1, max_bytes=1_000_000)).kind
        == kind
    )
    assert time.monotonic() - begun < 5


def test_hosts_that_are_not_there_are_told_in_words() -> None:
    assert failure("http://127.0.0.1:1/").found == "nobody answers there"
    assert failure("http://no-such-host.invalid/").kind == "unreachable"


def test_robots_are_respected_and_asked_once(site: Site) -> None:
    rules = "User-agent: whoheld\nDisallow: /private/*\n"
    site.pages |= {"/robots.txt": gives(rules, "text/plain"), "/a": gives("open"), "/private/b": gives("closed")}

    async def ask() -> tuple[bytes, str]:
        async with Client("whoheld/1.2 (desk@zenobia.example)", LOCAL) as client:
            opened = await client.get(f"{site.address}/a", MANNERS)
            with pytest.raises(FetchFailed) as closed:
                await client.get(f"{site.address}/private/b", MANNERS)
            return opened.body, closed.value.kind

    assert asyncio.run(ask()) == (b"open", "robots_forbid")
    assert site.times_asked == {"/robots.txt": 1, "/a": 1}


def test_a_robots_file_that_cannot_be_had_forbids_for_now(site: Site) -> None:
    site.pages |= {"/robots.txt": gives(b"", status=503), "/a": gives("open")}
    closed = failure(f"{site.address}/a")
    assert (closed.passing, "robots.txt cannot be had" in closed.found) == (True, True)
    assert "/a" not in site.times_asked


def test_a_host_is_asked_one_thing_at_a_time_with_pauses(site: Site) -> None:
    when: list[float] = []
    for path in "abc":
        site.pages[f"/{path}"] = lambda request: (when.append(time.monotonic()), request.give(200, b"x"))[1]

    async def ask() -> None:
        async with Client("whoheld/test", LOCAL) as client:
            manners = Politeness(pause=0.2, timeout=5)
            await asyncio.gather(*(client.get(f"{site.address}/{path}", manners) for path in "abc"))

    asyncio.run(ask())
    assert all(later - earlier >= 0.19 for earlier, later in pairwise(when))


def test_cookies_are_neither_kept_nor_sent(site: Site) -> None:
    site.pages["/a"] = gives("x", Set_Cookie="id=1; Path=/")

    async def ask() -> None:
        async with Client("whoheld/test", LOCAL) as client:
            for _ in range(2):
                await client.get(f"{site.address}/a", MANNERS)

    asyncio.run(ask())
    assert not any("Cookie" in headers for _, headers in site.asked)


def test_a_password_in_an_address_is_sent_to_its_host_and_said_nowhere(site: Site) -> None:
    site.pages["/a"] = gives(b"", status=500)
    address = f"http://me:pa55@127.0.0.1:{site.server_address[1]}/a?token=s3cret"
    issue = failure(address).issue(address)
    assert "pa55" not in str(issue)
    assert "s3cret" not in str(issue)
    assert site.asked[-1][1]["Authorization"].startswith("Basic ")
