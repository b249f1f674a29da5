"""An RSS or Atom feed to its entries: link, title, day, and the text that the feed itself carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from transforms.reports.addresses import web_address
from transforms.reports.pages import markup_text, plain_text
from transforms.reports.unpacking import UnreadableError

MAX_ENTRIES = 2_000
MAX_FEED = 32 << 20
"""Bytes in one feed."""
_FEED = re.compile(rb"<(?:\w+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)[^>\[]*(\[[^\]]*\]\s*)?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``published`` is ISO 8601 with the outlet's own clock, ``text`` plain text."""

    link: str | None
    title: str | None
    published: str | None
    text: str


def is_feed(data: bytes) -> bool:
    """Whether ``data`` begins like a feed."""
    return _FEED.search(data[:4_096]) is not None


def read_feed(data: bytes, address: str | None = None, charset: str | None = None) -> tuple[Entry, ...]:
    """The entries of a feed in its order; links are absolute http(s) addresses or None.

    Raises UnreadableError for what is no feed.
    """
    if len(data) > MAX_FEED or not is_feed(data):
        raise _no_feed("too long for a feed" if len(data) > MAX_FEED else _looks_like(data))
    import feedparser

    # Entities of a feed's own making only serve to fill memory. As bytes in a buffer it is never taken for an address.
    text = _DOCTYPE.sub(b"", data)
    headers = {"content-location": address} if address else {}
    kind = "application/xml" + (f"; charset={charset}" if charset else "")
    try:
        found = feedparser.parse(BytesIO(text), response_headers={**headers, "content-type": kind})
        if found.get("bozo") and not found.entries:
            # Bytes that are not of the encoding which the feed names: read as what they are.
            sound = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup_text(text, charset)).encode("utf-8", "replace")
            headers["content-type"] = "application/xml; charset=utf-8"
            found = feedparser.parse(BytesIO(sound), response_headers=headers)
        entries = tuple(_entry(entry, address) for entry in found.entries[:MAX_ENTRIES])
    except Exception as error:  # its parsers fail on hostile markup in ways that nobody has listed
        raise _no_feed(f"markup that cannot be read ({type(error).__name__})") from error
    if not entries and not found.get("version"):
        raise _no_feed(_looks_like(data))
    return entries


def _entry(entry: Any, address: str | None) -> Entry:
    texts = [c.get("value") or "" for c in entry.get("content") or ()] + [entry.get("summary") or ""]
    link = entry.get("link") or (entry.get("id") if str(entry.get("id", "")).startswith("http") else None)
    title = entry.get("title")
    return Entry(
        web_address(str(link), address) if link else None,
        plain_text(str(title)) or None if title else None,
        _published(entry),
        plain_text(max(texts, key=len)),
    )


def _published(entry: Any) -> str | None:
    for name in ("published", "updated", "created"):
        said = entry.get(name)
        told = iso_moment(str(said).strip()) if said else None
        if told:
            return told
        parsed = entry.get(f"{name}_parsed")
        if parsed:
            try:
                return date(*parsed[:3]).isoformat()
            except (ValueError, TypeError):
                continue
    return None


def iso_moment(said: str) -> str | None:
    """``said`` in ISO 8601 with its own offset: "on Tuesday" goes by the outlet's calendar and not by UTC's."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(said).replace(microsecond=0).isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _looks_like(data: bytes) -> str:
    head = data[:512].lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    return "an empty answer" if not head else "something else"


def _no_feed(found: str) -> UnreadableError:
    return UnreadableError(
        "not_a_feed",
        f"{found} where a feed should be",
        "an RSS or Atom feed",
        "look for the outlet's feed: it may have moved, or the outlet may have closed it",
    )
