"""A web page to its article: main text, title, day of publication, address. The page is read, never run."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from transforms.reports.addresses import web_address
from transforms.reports.unpacking import UnreadableError

MAX_PAGE = 8 << 20
"""Bytes in one page; an article has thousands."""
FEWEST_WORDS = 4
"""Words in a main text; less is what a menu leaves."""
HEAD = 4_096
"""Characters in which a browser that saved a page says where it was."""

DETECTED = 1 << 18
"""Bytes by which an encoding is detected."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)|Page saved with SingleFile\s+url:\s*(\S+)")
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}
_WHITE = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)*")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of itself. ``text`` is its main text, empty where it has none; ``site`` the outlet's name."""

    text: str
    title: str | None = None
    published: str | None = None
    address: str | None = None
    site: str | None = None


def read_page(data: bytes, charset: str | None = None, address: str | None = None) -> Page:
    """The article in the HTML ``data``, which came from ``address`` with ``charset`` in its header, where known.

    Raises UnreadableError for what is no page or is beyond all bounds.
    """
    if len(data) > MAX_PAGE:
        raise UnreadableError(
            "too_long",
            f"a page of {len(data):,} bytes",
            f"a page of at most {MAX_PAGE:,} bytes",
            "save the article's text without its markup",
        )
    markup = markup_text(data, charset)
    if not markup.strip():
        raise UnreadableError("empty_page", "a page without content", "a page with an article", "fetch it again")
    # Takes a fifth of a second to import, which most runs need not pay.
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            markup, url=address, with_metadata=True, favor_precision=True, include_comments=False,
            include_tables=False, date_extraction_params=_DATES,
        )  # fmt: skip
    except Exception as error:  # its parsers fail on hostile markup in ways that nobody has listed
        raise UnreadableError(
            "broken_page",
            f"markup that cannot be read ({type(error).__name__})",
            "a page as browsers save it",
            "open it in a browser and save its text",
        ) from error
    saved = _SAVED_FROM.search(markup[:HEAD])
    where = address or web_address(saved[1] or saved[2] if saved else "")
    if found is None or isinstance(found, dict):
        return Page("", address=where)
    text = _WHITE.sub("\n\n", found.text or "").strip()
    return Page(
        text if len(text.split()) >= FEWEST_WORDS else "", found.title or None, found.date or None,
        where or web_address(found.url or ""), found.sitename or None,
    )  # fmt: skip


def plain_text(markup: str) -> str:
    """All text of a piece of HTML, its paragraphs apart."""
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(
        f"<html><body>{markup}</body></html>", main_content=False, alt_texts=False, list_bullets=False
    )
    return _WHITE.sub("\n\n", text).strip()


def markup_text(data: bytes, charset: str | None = None) -> str:
    """``data`` as text: by byte order mark, by the header's ``charset``, by what the page says, or as detected."""
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace")
    try:
        # What is said is often wrong; bytes that are sound UTF-8 are hardly ever anything else.
        return data.decode("utf-8")
    except UnicodeDecodeError:
        head = data[:DETECTED]
    said = _usable(charset) or _usable(detect_encoding(head, max_len=0, html5_compatible=True, from_html_meta=True))
    if said in (None, "utf-8"):
        said = _usable(detect_encoding(head, max_len=0, html5_compatible=True)) or "utf-8"
    text: str = bytes_to_str(data, said, errors="replace", fallback_encodings=("utf-8", "windows-1252"))
    return text


def _usable(charset: str | None) -> str | None:
    try:
        return codecs.lookup(charset).name if charset else None
    except (LookupError, ValueError):
        return None
