"""Mail to records: a mailbox (mbox), one message (eml), and pages that browsers save in the form of one (mhtml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email import policy
from email.message import MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr

from transforms.issues import Issue
from transforms.reports.addresses import web_address
from transforms.reports.archives import no_main_text
from transforms.reports.feeds import iso_moment
from transforms.reports.forms import MAX_CHARS, Record, too_long
from transforms.reports.pages import markup_text, plain_text, read_page
from transforms.reports.unpacking import UnreadableError

MAX_MESSAGE = 32 << 20
"""Bytes in one message, with all that is attached to it."""
_NAMES = re.compile(r"\.(eml|mbox|mbx|mht|mhtml)(\.(gz|gzip|zst|zstd))?$", re.IGNORECASE)
_BEGIN = re.compile(rb"From \S+ .*\d{4}\s*$")


def is_mail(name: str) -> bool:
    """Whether a file of this name holds messages; by their beginning they cannot be told from prose."""
    return _NAMES.search(name) is not None


def mail_records(chunks: Iterable[bytes], name: str) -> Iterator[Record | Issue]:
    """A report for each message that has a text; ``line`` counts messages. Raises UnreadableError where one is beyond
    all bounds."""
    for number, data in enumerate(_messages(chunks), 1):
        try:
            record = _record(data, number)
        except UnreadableError as error:
            yield Issue(error.kind, error.found, error.expected, error.mend, name, number)
            continue
        except Exception as error:  # the parser of mail meets what no standard foresaw
            found = f"a message that cannot be read ({type(error).__name__})"
            yield Issue("broken_mail", found, "a message as mail programs save it", "save its text", name, number)
            continue
        if record is None:
            yield Issue("no_text", "a message without text", "a message with a text", "take it out", name, number)
        elif len(record.text) > MAX_CHARS:
            yield too_long(len(record.text), name, number)
        else:
            yield record


def _messages(chunks: Iterable[bytes]) -> Iterator[bytes]:
    lines: list[bytes] = []
    size, rest = 0, b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            if _BEGIN.match(line) and (not lines or not lines[-1].strip()):
                if any(map(bytes.strip, lines)):
                    yield b"\n".join(lines)
                lines, size = [], 0
                continue
            lines.append(line[1:] if line.startswith(b">From ") else line)
            size += len(line) + 1
        if size + len(rest) > MAX_MESSAGE:
            raise UnreadableError(
                "too_long", f"a message of more than {MAX_MESSAGE:,} bytes", "messages without large attachments",
                "save the text without what is attached",
            )  # fmt: skip
    lines.append(rest)
    if any(map(bytes.strip, lines)):
        yield b"\n".join(lines)


def _record(data: bytes, number: int) -> Record | None:
    message = BytesParser(policy=policy.default).parsebytes(data)
    day = iso_moment(str(message["date"] or ""))
    title = str(message["subject"] or "") or None
    address = web_address(str(message["snapshot-content-location"] or message["content-location"] or ""))
    page = message.get_body(("html",))
    if address and page is not None:  # a page that a browser saved
        read = read_page(_bytes(page), page.get_content_charset(), address)
        if not read.text:
            raise no_main_text()
        return Record(number, read.text, None, read.title or title, read.published or day, None, address)
    body = message.get_body(("plain", "html"))
    if body is None:
        return None
    text = markup_text(_bytes(body), body.get_content_charset())
    text = plain_text(text) if body.get_content_type() == "text/html" else text.strip()
    _, _, host = parseaddr(str(message["from"] or ""))[1].rpartition("@")
    return Record(number, text, None, title, day, host or None, None) if text else None


def _bytes(part: MIMEPart) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
