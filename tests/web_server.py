"""A web server on this machine that behaves as badly as a test asks for."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; ``give`` answers it."""

    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        behaviour = self.server.pages.get(self.path.partition("?")[0])
        with suppress(ConnectionError, ValueError):
            if behaviour is None:
                self.give(404, b"not here")
            else:
                behaviour(self)

    def give(
        self, status: int = 200, body: bytes = b"", kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        """Answer whole."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self, kind: str = "text/html", **headers: str) -> None:
        """Begin an answer of unknown length."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class Site(ThreadingHTTPServer):
    """``pages`` maps a path to what happens there; ``asked`` lists (path, headers) in order."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.pages: dict[str, Behaviour] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def times_asked(self) -> Counter[str]:
        """Requests by path."""
        return Counter(path for path, _ in self.asked)

    def handle_error(self, *_: Any) -> None:
        """A client that cuts us off is what the tests are about."""


@contextmanager
def serving() -> Iterator[Site]:
    """A site for the length of the block."""
    with Site() as site:
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()


def gives(body: bytes | str, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Behaviour:
    """Always the same answer."""
    data = body.encode() if isinstance(body, str) else body
    return lambda request: request.give(status, data, kind, **headers)


def validated(body: bytes | str, tag: str, kind: str = "application/rss+xml") -> Behaviour:
    """An answer with an ETag, and 304 for whoever has it."""

    def answer(request: Request) -> None:
        if request.headers.get("If-None-Match") == tag:
            request.send_response(304)
            request.send_header("ETag", tag)
            request.end_headers()
        else:
            request.give(200, body.encode() if isinstance(body, str) else body, kind, ETag=tag)

    return answer


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One after another; the last for ever."""
    left = list(behaviours)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


def hangs(seconds: float = 30.0) -> Behaviour:
    """No answer."""
    return lambda request: time.sleep(seconds)


def endless(request: Request) -> None:
    """Bytes without end."""
    request.begin()
    while True:
        request.wfile.write(b"x" * 65536)


def drips(request: Request) -> None:
    """A byte now and then, and so for ever."""
    request.begin()
    while True:
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def breaks_off(body: bytes, kind: str = "text/html") -> Behaviour:
    """Says that there is more than it gives."""

    def answer(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body) + 1000))
        request.end_headers()
        request.wfile.write(body)
        request.close_connection = True

    return answer
