"""WARC archives to records: each HTML page that was answered with 200 is a report, as a crawler or a fetch kept it.

A ``metadata`` record of the type ENTRY stands before the page that it speaks of and says what was known of it before:
outlet, title and day in the feed, and the feed's own text, which serves where the page is missing or has no article.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from transforms.issues import Issue
from transforms.reports.addresses import redacted, web_address
from transforms.reports.forms import MAX_CHARS, Record, too_long
from transforms.reports.pages import MAX_PAGE, Page, read_page
from transforms.reports.unpacking import UnreadableError

WARC = b"WARC/"
ENTRY = "application/vnd.whoheld.entry+json"
"""Content type of what is known of a page beside it: {"source", "title", "published", "text"}, each may be null."""
THIN = 200
"""Characters; a main text below this gives way to a longer one in the feed: a notice, a teaser, a wall."""
MAX_HEADER = 64 << 10
MAX_ENTRY = 1 << 20
_RECORD_END = b"\r\n\r\n"
_HTML = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a page beside it."""

    address: str
    source: str | None = None
    title: str | None = None
    published: str | None = None
    text: str = ""


class _Pieces:
    """Chunks as a file to be read forward; fastwarc asks where it is and never goes back."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._rest, self._at, self._read = iter(chunks), b"", 0, 0
        self.end = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size`` of them."""
        if self._at >= len(self._rest):
            self._rest, self._at = next(self._chunks, b""), 0
        end = len(self._rest) if size < 0 else self._at + size
        piece = self._rest[self._at : end]
        self._at += len(piece)
        self._read += len(piece)
        self.end = (self.end + piece)[-len(_RECORD_END) :]
        return piece

    def tell(self) -> int:
        """How many bytes were read."""
        return self._read

    def seekable(self) -> bool:
        """Never."""
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        """Refused."""
        raise OSError("an archive is read forward only")

    def close(self) -> None:
        """Nothing is open."""


def archive_records(chunks: Iterable[bytes], name: str) -> Iterator[Record | Issue]:
    """The pages of a WARC archive in its order; ``line`` counts the archive's records. Raises UnreadableError."""
    stream = _Pieces(chunks)
    held: list[Record | Issue] = []
    number, broken = 0, "the archive ends within a record"
    try:
        for at, items in _by_record(stream, name):
            # What the last record of a torn archive gives is half an article: it waits until there is another.
            if at != number:
                yield from held
                held = []
            number, held = at, [*held, *items]
    except UnreadableError:
        raise
    except BaseException as error:
        # Its parser is Rust: what it did not foresee is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
            raise
        broken, stream.end = str(error) or type(error).__name__, b""
    if stream.end == _RECORD_END:
        yield from held
        return
    raise UnreadableError(
        "broken_warc",
        f"an archive that breaks off at record {number}: {broken[:200]}",
        "a whole WARC archive",
        "fetch the archive again; the records before have been read",
    )


def _by_record(stream: _Pieces, name: str) -> Iterator[tuple[int, list[Record | Issue]]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    known: tuple[int, Known] | None = None
    number = 0
    for found in ArchiveIterator(
        stream, record_types=WarcRecordType.any_type, parse_http=True, auto_decode="all",
        max_header_len=MAX_HEADER, stream_detect=False, fsspec_args=False,
    ):  # fmt: skip
        number += 1
        items: list[Record | Issue] = []
        address = web_address((found.headers.get("WARC-Target-URI") or "").strip("<>")) or ""
        if found.record_type == WarcRecordType.metadata:
            entry = _entry(found, address)
            if entry:
                items += _alone(known, name)
                known = number, entry
        elif found.record_type in (WarcRecordType.response, WarcRecordType.resource) and _is_page(found):
            beside = known[1] if known and known[1].address == address else None
            items += _alone(None if beside else known, name)
            known = None
            items += _page(found, address, beside, name, number)
        yield number, items
    yield number, _alone(known, name)  # which belongs to the last record


def read_best(data: bytes, charset: str | None, known: Known) -> tuple[Page, str]:
    """The page and the better text of it: its own, or the feed's where the page's is thin. Raises UnreadableError
    where there is neither."""
    try:
        page = read_page(data, charset, known.address or None)
    except UnreadableError:
        if not known.text:
            raise
        page = Page("")
    text = known.text if len(page.text) < THIN and len(known.text) > len(page.text) else page.text
    if not text:
        raise no_main_text()
    return page, text


def no_main_text() -> UnreadableError:
    """For a page in which no article is found."""
    return UnreadableError(
        "no_main_text",
        "a page in which no article is found",
        "a page with one article",
        "look at it: its layout may have changed, it may be a list of articles, or need a login",
    )


def _page(found: Any, address: str, beside: Known | None, name: str, number: int) -> list[Record | Issue]:
    known = beside or Known(address)
    where, line = (redacted(address), None) if address else (name, number)
    try:
        page, text = read_best(found.reader.read(MAX_PAGE + 1), found.http_charset, known)
    except UnreadableError as error:
        return [Issue(error.kind, error.found, error.expected, error.mend, where, line)]
    if len(text) > MAX_CHARS:
        return [replace(too_long(len(text), where, number), line=line)]
    source = known.source or (None if address else page.site)
    published = known.published or page.published
    return [Record(number, text, None, page.title or known.title, published, source, address or page.address)]


def _alone(known: tuple[int, Known] | None, name: str) -> list[Record | Issue]:
    """What a feed says of a page that is not in the archive."""
    if not known or not known[1].text:
        return []
    number, entry = known
    return [Record(number, entry.text, None, entry.title, entry.published, entry.source, entry.address)]


def _is_page(found: Any) -> bool:
    if found.http_headers is not None and found.http_headers.status_code not in (None, 200):
        return False
    kind = found.http_content_type if found.http_headers is not None else found.headers.get("Content-Type", "")
    return str(kind or "").partition(";")[0].strip().lower() in _HTML


def _entry(found: Any, address: str) -> Known | None:
    if found.headers.get("Content-Type", "").partition(";")[0].strip() != ENTRY:
        return None
    try:
        said = json.loads(found.reader.read(MAX_ENTRY))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    given = {key: str(value) for key in ("source", "title", "published", "text") if (value := said.get(key))}
    return replace(Known(address), **given)
