"""A file of markup to records: a saved web page is one report, a saved feed one for each entry."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from transforms.issues import Issue
from transforms.reports.archives import no_main_text
from transforms.reports.feeds import MAX_FEED, is_feed, read_feed
from transforms.reports.forms import MAX_CHARS, Record, too_long
from transforms.reports.pages import read_page
from transforms.reports.unpacking import UnreadableError

_BEGIN = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<!--.{0,2000}?-->\s*)*<(!doctype html|html|head|\?xml|rss|feed|rdf:rdf)\b", re.I | re.S
)
_XHTML = re.compile(rb"<(!doctype\s+)?html\b", re.IGNORECASE)


def is_markup(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is a page or XML."""
    return _BEGIN.match(_narrow(head)) is not None


def markup_records(chunks: Iterable[bytes], name: str) -> Iterator[Record | Issue]:
    """The report or reports in a page or feed. Raises UnreadableError for other XML, and for a page without article."""
    data = _narrow(_whole(chunks))
    if _XHTML.search(data[:4_096]):
        page = read_page(data)
        if not page.text:
            raise no_main_text()
        found = Record(
            1, page.text, None, page.title, page.published, None if page.address else page.site, page.address
        )
        yield replace(too_long(len(page.text), name, 1), line=None) if len(page.text) > MAX_CHARS else found
        return
    if not is_feed(data):
        raise UnreadableError(
            "markup", "an XML file that is neither a page nor a feed", "the text of a report, a web page or a feed",
            "save the article's text without its markup",
        )  # fmt: skip
    for number, entry in enumerate(read_feed(data), 1):
        if entry.text:
            yield Record(number, entry.text, None, entry.title, entry.published, None, entry.link)
        else:
            yield Issue(
                "no_text", "an entry without text", "an entry that carries its text",
                "fetch the page that it links to: whoheld run ADDRESS", name, number,
            )  # fmt: skip


def _narrow(data: bytes) -> bytes:
    """UTF-16 with its mark as UTF-8; anything else as it is."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    return data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")


def _whole(chunks: Iterable[bytes]) -> bytes:
    parts, size = [], 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_FEED:
            raise UnreadableError(
                "too_long", f"a page or feed of more than {MAX_FEED:,} bytes", "a page or feed that fits into memory",
                "save its articles as files of their own",
            )  # fmt: skip
    return b"".join(parts)
