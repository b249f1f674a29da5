"""Ten feeds of one site: some well, most not, each in its own way. What they do follows from address and count."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from hashlib import sha256

from tests.web_server import Behaviour, Request, Site, endless
from tests.web_stubs import page, rss

FEEDS = ("steady", "atom", "slow", "flaky", "torn", "legacy", "layout", "copies", "hostile", "dead")
TEXT = (
    "Government troops entered the village of Tal Nimr on Tuesday after the militants had left it, residents said. The "
    "road to the river was closed, and families who had fled in the night waited at the bridge – so a café owner said."
)


class Soak:
    """``publish`` adds the stories of a run; ``stories`` are the marks of all that are good, by address.

    ``well`` makes every server behave, so that what was put off can be had.
    """

    def __init__(self, site: Site) -> None:
        self.site, self.well = site, False
        self.items: dict[str, list[tuple[str, str, str | None, str]]] = {name: [] for name in FEEDS}
        self.stories: dict[str, str] = {}
        self._asked: Counter[str] = Counter()
        for name in FEEDS:
            site.pages[f"/{name}.xml"] = self._feed(name)

    def publish(self, n: int) -> None:
        """New stories: in most feeds one a run, in one of them five copies of one."""
        day = f"{1 + n // 10:02d} Sep 2017 10:00:00 +0300"
        for name in ("steady", "atom", "slow", "flaky", "torn", "legacy", "layout"):
            if n % (1 + FEEDS.index(name)) == 0:
                own = f"In the feed only. {TEXT} Mark {name}-{n}." if name == "layout" and n % 4 else ""
                self._add(name, f"/{name}/{n}", f"{name}-{n}", day, own, n)
        if n % 5 == 0:
            for copy in range(5):
                self._add("copies", f"/copies/{n}/{copy}", f"copies-{n}", day, "", n)
        if n % 10 == 0:
            for what in ("private", "file", "endless", "bomb"):
                address = f"/hostile/{what}/{n}"
                self.items["hostile"].append((what, self.site.address + address, day, ""))
                self.site.pages[address] = _hostile(what)

    def _add(self, name: str, path: str, mark: str, day: str, own: str, n: int) -> None:
        address = self.site.address + path
        self.items[name].append((f"Title {name} {n}", address, day, own))
        self.stories[address] = mark
        self.site.pages[path] = self._page(name, mark, broken=name == "layout" and n >= 20)

    def _feed(self, name: str) -> Behaviour:
        def answer(request: Request) -> None:
            items = self.items[name][-40:]
            tag = f'"{len(self.items[name])}"'
            if self._misbehaves(request, name):
                return
            if request.headers.get("If-None-Match") == tag:
                request.send_response(304)
                request.end_headers()
                return
            text = _atom(items) if name == "atom" else rss(*items)
            body = text.encode("cp1252" if name == "legacy" else "utf-8")
            request.give(200, body, "application/xml", **({"ETag": tag} if name in ("steady", "atom", "torn") else {}))

        return answer

    def _page(self, name: str, mark: str, broken: bool) -> Behaviour:
        def answer(request: Request) -> None:
            if self._misbehaves(request, name):
                return
            text = page("The story", f"{TEXT} Mark {mark}.")
            if broken:
                text = "<html><body><div id=app></div><script>load()</script></body></html>"
            request.give(200, text.encode("cp1252" if name == "legacy" else "utf-8"), "text/html")

        return answer

    def _misbehaves(self, request: Request, name: str) -> bool:
        """Whether it has answered already, badly."""
        self._asked[request.path] += 1
        count = self._asked[request.path]
        bad = sha256(f"{request.path} {count}".encode()).digest()[0] % 2 == 0 and not self.well
        if name == "dead" and not self.well:
            request.give(500, b"down")
        elif name == "slow" and bad and request.path.endswith(".xml"):
            time.sleep(0.5)
            return True
        elif name == "flaky" and bad:
            request.give(503, b"busy")
        elif name == "torn" and bad:
            request.give(200, gzip.compress(b"<rss>" + b"x" * 4_000)[:-12], "text/html", Content_Encoding="gzip")
        else:
            return False
        return True


def _atom(items: list[tuple[str, str, str | None, str]]) -> str:
    entries = "".join(
        f"<entry><id>{link}</id><title>{title}</title><link href='{link}'/>"
        "<updated>2017-09-05T10:00:00+03:00</updated></entry>"
        for title, link, _, _ in items
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Atom</title>{entries}</feed>"


def _hostile(what: str) -> Behaviour:
    if what == "endless":
        return endless
    if what == "bomb":
        packed = gzip.compress(b"\0" * 20_000_000)
        return lambda request: request.give(200, packed, "text/html", Content_Encoding="gzip")
    target = {"private": "http://169.254.169.254/latest/", "file": "file:/etc/passwd"}[what]
    return lambda request: request.give(302, b"", Location=target)
