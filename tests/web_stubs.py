"""Pages, feeds and archive records as outlets and crawlers make them, for tests."""

from __future__ import annotations

import io
import json
from typing import Any
from xml.sax.saxutils import escape

from fastwarc.warc import WarcRecord, WarcRecordType

from transforms.reports.archives import ENTRY


def page(title: str, text: str, day: str | None = None, address: str | None = None, charset: str = "utf-8") -> str:
    """An article as a site shows it, with a menu, a script and a footer."""
    meta = f'<meta property="article:published_time" content="{day}">' if day else ""
    link = f'<link rel="canonical" href="{address}">' if address else ""
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="{charset}"><title>{title}</title>{meta}{link}'
        "<script>alert('Sections')</script></head><body><nav><ul><li><a href='/s'>Sections</a></li></ul></nav>"
        f"<article><h1>{title}</h1><p>{text}</p><p>There was no word from the other side.</p></article>"
        "<footer>Copyright 2019</footer></body></html>"
    )


def rss(*items: tuple[str, str | None, str | None, str]) -> str:
    """A feed of (title, link, day, text in HTML)."""
    entries = "".join(
        f"<item><title>{title if '&' in title else escape(title)}</title>"
        + (f"<link>{escape(link)}</link>" if link else "")
        + (f"<pubDate>{day}</pubDate>" if day else "")
        + f"<description>{escape(text)}</description></item>"
        for title, link, day, text in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Z</title>{entries}</channel></rss>'
    )


def response(
    address: str, body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", encoding: str = ""
) -> bytes:
    """A WARC record of an answer."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n" + (
        f"Content-Encoding: {encoding}\r\n" if encoding else ""
    )
    return _record(
        WarcRecordType.response, address, f"{head}\r\n".encode() + body, "application/http; msgtype=response"
    )


def entry(address: str, **said: Any) -> bytes:
    """A WARC record of what a feed says of a page."""
    return _record(WarcRecordType.metadata, address, json.dumps(said).encode(), ENTRY)


def _record(kind: WarcRecordType, address: str, content: bytes, content_type: str) -> bytes:
    record, out = WarcRecord(), io.BytesIO()
    record.init_headers(record_type=kind)
    record.headers["WARC-Target-URI"] = address
    record.headers["Content-Type"] = content_type
    record.set_bytes_content(content)
    record.write(out)
    return out.getvalue()
