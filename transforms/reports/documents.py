"""Raw bytes to reports: forms, encodings, days of publication. What cannot be read becomes an issue."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import chain
from typing import Any

from configs.language import Language
from configs.model import Theatre
from transforms.issues import Issue
from transforms.reports.addresses import publishable
from transforms.reports.archives import WARC, archive_records
from transforms.reports.encoding import Lines, clean
from transforms.reports.forms import Record, records
from transforms.reports.header_patterns import header_patterns
from transforms.reports.markup import is_markup, markup_records
from transforms.reports.messages import is_mail, mail_records
from transforms.reports.outlets import Outlets
from transforms.reports.publication import Clues, publication
from transforms.reports.tongue import UNDETERMINED, language_of
from transforms.reports.unpacking import UnreadableError, unpacked

BEGIN = 4_096
"""Bytes from which the form of a file is told."""

_NOT_WORDS = re.compile(r"[\W_]+")
_ASCII_NOT_WORDS = bytes(code for code in range(128) if not chr(code).isalnum())
_ENDINGS = re.compile(r"(\.(?!\d)[A-Za-z0-9]{1,8})?(\.(gz|gzip|zst|zstd))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Report:
    """One article as published. ``report_id`` hashes its normalised text; spans count characters of ``text``."""

    report_id: str
    doc_id: str
    source_id: str
    url: str | None
    title: str | None
    published_at: date | None
    published_time: str | None
    published_basis: str | None
    published_in_metadata: date | None
    lang: str
    text: str
    raw_hash: str
    raw_path: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one input holds. ``n_repeats`` counts reports left out because an earlier one has the same text."""

    reports: tuple[Report, ...]
    issues: tuple[Issue, ...]
    n_repeats: int = 0


class ReportReader:
    """Reads raw bytes into the reports of a theatre, whose ``language`` tells the heads of reports; made once for any
    number of files. Reading never raises."""

    def __init__(self, theatre: Theatre, language: Language) -> None:
        self.theatre, self.outlets = theatre, Outlets(theatre.sources)
        self.patterns = header_patterns(language.headers, language.dates)

    def read(self, data: bytes, name: str, file_day: date | None = None) -> Reading:
        """The reports in ``data``: plain text, JSON lines, a JSON document, CSV, TSV, a web page, a feed, a WARC
        archive, mail, a channel's export; packed by gzip or zstd or not.

        ``name`` is the path as the user named it; ``file_day`` the day the file was last written (trusted least).
        """
        reports: dict[str, Report] = {}
        issues: list[Issue] = []
        repeats = 0
        for item in self.each([data], name, sha256(data).hexdigest(), file_day):
            if isinstance(item, Issue):
                issues.append(item)
            elif item.report_id in reports:
                repeats += 1
            else:
                reports[item.report_id] = item
        return Reading(tuple(reports.values()), tuple(issues), repeats)

    def each(
        self,
        chunks: Iterable[bytes],
        name: str,
        raw_hash: str,
        file_day: date | None = None,
        outlet: str | None = None,
    ) -> Iterator[Report | Issue]:
        """Like ``read`` for the pieces of a file, one report at a time, repeats included: memory holds one record.

        An issue that lies within a report follows it. ``raw_hash`` is the SHA-256 of the whole; ``outlet`` is whose
        reports these are where they do not say so themselves.
        """
        file = _File(self, name, raw_hash, file_day, outlet)
        lines = Lines(())
        try:
            seen, (head, plain) = False, _begun(unpacked(chunks))
            if head.startswith(WARC):
                found = archive_records(plain, name)
            elif is_mail(name):
                found = mail_records(plain, name)
            elif is_markup(head):
                found = markup_records(plain, name)
            else:
                lines = Lines(plain)
                found = records(lines, name, self.theatre.columns)
            for item, several in _counted(found):
                seen = True
                yield from [item] if isinstance(item, Issue) else file.read(item, several)
            if not seen:
                yield _empty(name, lines.size or len(head))
        except UnreadableError as error:
            yield Issue(error.kind, error.found, error.expected, error.mend, name)
        if lines.lost:
            yield _lost(name, lines)


def report_id(text: str) -> str:
    """16 hex digits that tell texts apart, blind to white space, line ends, case, punctuation and kinds of quotes."""
    return sha256(_normalised(text)).hexdigest()[:16]


def report_row(report: Report, signature: list[int], landed_at: Any, run_id: str) -> dict[str, Any]:
    """The row of the lake table ``reports``; ``landed_at`` is an aware datetime."""
    row = {name: getattr(report, name) for name in report.__dataclass_fields__}
    return row | {"n_chars": len(report.text), "signature": signature, "landed_at": landed_at, "run_id": run_id}


def _normalised(text: str) -> bytes:
    """Letters and digits only, in lower case; plain ASCII, which most reports are, takes a short cut to the same."""
    if text.isascii():
        return text.lower().encode().translate(None, _ASCII_NOT_WORDS)
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).casefold()).encode()


def _begun(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes, by which the form is told, and all of it."""
    head = b""
    while len(head) < BEGIN:
        piece = next(pieces, None)
        if piece is None:
            break
        head += piece
    return head[:BEGIN], chain((head,) if head else (), pieces)


def _counted(items: Iterator[Record | Issue]) -> Iterator[tuple[Record | Issue, int | None]]:
    """Each record with its number from 1, or None where it is the only one of its file."""
    held: Record | None = None
    number = 0
    broken: UnreadableError | None = None
    try:
        for item in items:
            if isinstance(item, Issue):
                yield item, None
                continue
            if held is not None:
                number += 1
                yield held, number
            held = item
    except UnreadableError as error:
        broken = error
    if held is not None:
        yield held, number + 1 if number else None
    if broken:
        raise broken


class _File:
    """What the reports of one file have in common."""

    def __init__(
        self, reader: ReportReader, name: str, raw_hash: str, file_day: date | None, outlet: str | None
    ) -> None:
        self.name, self.raw_hash, self.file_day, self.outlet = name, raw_hash, file_day, outlet
        self.theatre, self.outlets, self.patterns = reader.theatre, reader.outlets, reader.patterns
        base = name.rsplit("/", 1)[-1]
        self.stem = "stdin" if name == "-" else _ENDINGS.sub("", base) or base or name or "unnamed"

    def read(self, record: Record, number: int | None) -> Iterator[Report | Issue]:
        text, removed = clean(record.text)
        key = _normalised(text)
        if not key:
            yield self._at(
                record, None, "no_text", "a record without a single word", "a report with a text", "add its text"
            )
            return
        url, title = _text(record.url), _text(record.title)
        url = publishable(url) if url else None
        source_id = self.outlets.of(_text(record.source) or self.outlet, url, text)
        source = self.outlets.get(source_id)
        when = publication(
            text,
            Clues(
                self.theatre.starts, source.date_order if source else "dmy", source is not None, record.marker,
                _text(record.published), url, title, self.name, self.file_day,
            ),
            self.patterns,
        )  # fmt: skip
        report = Report(
            sha256(key).hexdigest()[:16],
            _text(record.doc_id) or (self.stem if number is None else f"{self.stem}#{number}"),
            source_id, url, title, when.day, when.time, when.basis, when.in_metadata,
            language_of(text, self.theatre.language), text, self.raw_hash,
            self.name if number is None else f"{self.name}#{record.line}",
        )  # fmt: skip
        yield report
        for issue in when.issues:
            yield replace(issue, path=self.name, line=record.line, report_id=report.report_id)
        yield from self._remarks(record, report, removed)

    def _remarks(self, record: Record, report: Report, removed: int) -> Iterator[Issue]:
        if removed:
            yield self._at(
                record, report, "control_characters", f"{removed} control or invisible characters, taken out",
                "text without them", "nothing needs to be done if the text reads well",
            )  # fmt: skip
        if report.lang not in (self.theatre.language, UNDETERMINED):
            yield self._at(
                record, report, "foreign_language", f"a text in the language '{report.lang}'",
                f"text in the theatre's language '{self.theatre.language}'",
                "translate it; the report is kept, but no claims are read from it",
            )  # fmt: skip
        if report.published_at is None:
            yield self._at(
                record, report, "no_date", "nothing that tells the day of publication",
                "a header, dateline, date column or file name with a day",
                "put a line 'date YYYY-MM-DD' before the text",
            )  # fmt: skip

    def _at(self, record: Record, report: Report | None, kind: str, found: str, expected: str, mend: str) -> Issue:
        return Issue(kind, found, expected, mend, self.name, record.line, report.report_id if report else None)


def _text(value: str | None) -> str | None:
    return (clean(value)[0].strip() or None) if value else None


def _empty(name: str, size: int) -> Issue:
    return Issue(
        "empty_file",
        f"{size} bytes without a report" if size else "an empty file",
        "at least one report",
        "fill it, or take it out of the folder",
        name,
    )


def _lost(name: str, lines: Lines) -> Issue:
    return Issue(
        "characters_lost",
        f"{lines.lost} bytes that cannot be read as {lines.encoding}; the text has U+FFFD in their place",
        "UTF-8, UTF-16 with a byte order mark, or one legacy encoding throughout",
        "save the file as UTF-8",
        name,
    )
