"""Lines to records: one report a file, many behind ``date YYYY-MM-DD`` lines, JSON, CSV and TSV."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from configs.model import Columns
from transforms.issues import Issue
from transforms.reports.unpacking import UnreadableError

MAX_CHARS = 5_000_000
"""Characters in one report; a million is read as any other, more than this is no article."""
MAX_DOCUMENT = 256 << 20
"""Characters in one JSON document, which has to be read whole; JSON lines have no such bound."""
MAX_LABEL = 40
LOOKED_AT = 20
"""Lines from which the form is told."""

_MARKER = re.compile(r"[ \t\ufeff]*date:?[ \t]+(\d{4}-\d{1,2}-\d{1,2})(?!\d)[ \t:,;.]*", re.IGNORECASE)
_DELIMITERS = "\t,;|"


@dataclass(frozen=True, slots=True)
class Record:
    """One report as its file gives it, nothing interpreted; ``marker`` is the day of its ``date`` line."""

    line: int
    text: str
    marker: str | None = None
    title: str | None = None
    published: str | None = None
    source: str | None = None
    url: str | None = None
    doc_id: str | None = None


def records(lines: Iterable[str], name: str, columns: Columns) -> Iterator[Record | Issue]:
    """The records of a file in their order, with an issue for each that cannot be read. Raises UnreadableError."""
    stream = iter(lines)
    head = list(islice(stream, LOOKED_AT))
    while head and not any(map(str.strip, head)):
        more = list(islice(stream, LOOKED_AT))
        if not more:
            break
        head += more
    yield from _form(head, name, columns)(chain(head, stream), name, columns)


Reader = Callable[[Iterator[str], str, Columns], Iterator[Record | Issue]]


def _form(head: Sequence[str], name: str, columns: Columns) -> Reader:
    first = next((line.strip() for line in head if line.strip()), "")
    stem = re.sub(r"\.(gz|gzip|zst|zstd)$", "", name.lower())
    if stem.endswith((".jsonl", ".ndjson")):
        return _json_lines
    if first.startswith("{"):
        if any(isinstance(_parsed(line), dict) for line in head):
            return _json_lines
        if stem.endswith(".json") or re.match(r'\{\s*("|$)', first):
            return _json_document
    if first.startswith("[") and (stem.endswith(".json") or re.match(r"\[\s*(\{|$)", first)):
        return _json_document
    if stem.endswith((".csv", ".tsv", ".tab")) or _is_header(first, columns):
        return _table
    return _plain


def _plain(lines: Iterator[str], name: str, columns: Columns) -> Iterator[Record | Issue]:
    parts: list[str] = []
    marker: str | None = None
    start, length = 1, 0
    for number, line in enumerate(lines, 1):
        found = _MARKER.match(line)
        if found:
            yield from _gathered(parts, marker, name, start, length)
            parts, marker, start, length = [], found[1], number, 0
        rest = line[found.end() :] if found else line
        length += len(rest)
        if length <= MAX_CHARS:
            parts.append(rest)
    yield from _gathered(parts, marker, name, start, length)


def _gathered(parts: list[str], marker: str | None, name: str, line: int, length: int) -> Iterator[Record | Issue]:
    text = "".join(parts).strip()
    if length > MAX_CHARS:
        yield too_long(length, name, line)
    elif text:
        yield Record(line, text, marker)
    elif marker:
        yield _no_text(name, line, f"a line 'date {marker}' with no text behind it")


def _json_lines(lines: Iterator[str], name: str, columns: Columns) -> Iterator[Record | Issue]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            value = _parsed(line)
            yield (
                _broken_json(name, number, value)
                if isinstance(value, Exception)
                else _entry(value, name, number, columns)
            )


def _json_document(lines: Iterator[str], name: str, columns: Columns) -> Iterator[Record | Issue]:
    parts, length = [], 0
    for line in lines:
        parts.append(line)
        length += len(line)
        if length > MAX_DOCUMENT:
            raise UnreadableError(
                "too_long",
                f"a JSON document of more than {MAX_DOCUMENT:,} characters",
                "a JSON document that fits into memory, or JSON lines, which may be as long as they like",
                "turn it into JSON lines: jq -c '.[]' file.json > file.jsonl",
            )
    value = _parsed("".join(parts))
    if isinstance(value, Exception):
        yield _broken_json(name, getattr(value, "lineno", 1), value)
        return
    if isinstance(value, dict) and isinstance(value.get("messages"), list):
        yield from _channel(value, name)
        return
    for number, entry in enumerate(value if isinstance(value, list) else [value], 1):
        yield _entry(entry, name, number, columns)


def _channel(value: Mapping[str, Any], name: str) -> Iterator[Record | Issue]:
    """The posts of a channel as Telegram exports it: text is a string, or pieces of which some are objects."""
    for number, post in enumerate(value["messages"], 1):
        if not isinstance(post, dict) or post.get("type") != "message":
            continue  # somebody joined, a picture was changed
        pieces = post["text"] if isinstance(post.get("text"), list) else [post.get("text")]
        texts = (piece.get("text") if isinstance(piece, dict) else piece for piece in pieces)
        text = "".join(t for t in texts if isinstance(t, str)).strip()
        if len(text) > MAX_CHARS:
            yield too_long(len(text), name, number)
        elif text:  # a post without text is a picture
            said = {"published": post.get("date"), "source": value.get("name"), "doc_id": post.get("id")}
            yield Record(number, text, **{field: str(what) for field, what in said.items() if what})


def _parsed(line: str) -> object:
    """The JSON value of ``line``, or the exception that says why there is none."""
    try:
        return json.loads(line, strict=False)
    except (ValueError, RecursionError) as error:
        return error


def _entry(value: object, name: str, line: int, columns: Columns) -> Record | Issue:
    if not isinstance(value, dict):
        return Issue(
            "not_an_object",
            f"a JSON {type(value).__name__} where a report should stand",
            'one JSON object for each report, such as {"date": "2017-09-09", "text": "..."}',
            "write each report as an object with a text",
            name,
            line,
        )
    return _from_fields({str(key).strip().lower(): value[key] for key in value}, name, line, columns)


class _Rows:
    """Lines on their way into a CSV reader: it tells where a row began and whether the input ended within it."""

    def __init__(self, lines: Iterator[str], line: int) -> None:
        self._lines, self.line, self.quotes, self._ended = lines, line, 0, False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self.line += 1
            self.quotes += line.count('"')
            yield line
        self._ended = True

    def at_end(self) -> bool:
        return self._ended


def _table(lines: Iterator[str], name: str, columns: Columns) -> Iterator[Record | Issue]:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARS))
    at, first = next(((n, line) for n, line in enumerate(lines, 1) if line.strip()), (1, ""))
    delimiter = _delimiter(first)
    labels = [cell.strip().lower() for cell in next(csv.reader([first], delimiter=delimiter), [])]
    if not set(labels) & {c.lower() for c in columns.text}:
        raise UnreadableError(
            "no_text_column",
            f"columns {', '.join(labels[:12])}",
            f"a header line with a column for the text, called one of {', '.join(columns.text)}",
            "rename the column, or name it under [columns] in theatre.toml",
        )
    source = _Rows(lines, at)
    rows = csv.reader(iter(source), delimiter=delimiter)
    while not source.at_end():
        line, source.quotes = source.line + 1, 0
        try:
            cells = next(rows, [])
        except csv.Error as error:
            yield Issue("broken_csv", str(error), "rows of quoted cells", "mend the quotes of this row", name, line)
            continue
        if source.at_end() and source.quotes % 2 and source.line > line:
            yield _unclosed(name, line, source.line)
        elif any(map(str.strip, cells)):
            yield _from_fields(dict(zip(labels, cells, strict=False)), name, line, columns)


def _delimiter(header: str) -> str:
    counts = {d: len(next(csv.reader([header], delimiter=d), [])) for d in _DELIMITERS}
    return max(_DELIMITERS, key=lambda d: counts[d])


def _is_header(line: str, columns: Columns) -> bool:
    """Whether a first line is a table's header: short labels, one of them the text's."""
    if not line or len(line) > 50 * MAX_LABEL:
        return False
    labels = [cell.strip().lower() for cell in next(csv.reader([line], delimiter=_delimiter(line)), [])]
    short = len(labels) > 1 and all(len(label) <= MAX_LABEL for label in labels)
    return short and any(label in columns.text for label in labels)


def _from_fields(fields: Mapping[str, object], name: str, line: int, columns: Columns) -> Record | Issue:
    def first(names: Sequence[str]) -> str | None:
        for label in names:
            value = fields.get(label.lower())
            if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
                return str(value)
        return None

    text = first(columns.text)
    if text is None:
        return _no_text(name, line, f"a record without text (it has {', '.join(list(fields)[:12]) or 'nothing'})")
    if len(text) > MAX_CHARS:
        return too_long(len(text), name, line)
    given = (first(names) for names in (columns.title, columns.published, columns.source, columns.url, columns.doc_id))
    return Record(line, text, None, *(value.strip() if value else None for value in given))


def too_long(length: int, name: str, line: int) -> Issue:
    """The issue for a report longer than MAX_CHARS."""
    return Issue(
        "too_long",
        f"a report of {length:,} characters",
        f"reports of at most {MAX_CHARS:,} characters",
        "cut it into its articles, each beginning with a line 'date YYYY-MM-DD', or leave it out",
        name,
        line,
    )


def _no_text(name: str, line: int, found: str) -> Issue:
    return Issue("no_text", found, "a report with a text", "add its text, or take the record out", name, line)


def _unclosed(name: str, line: int, last: int) -> Issue:
    return Issue(
        "broken_csv",
        f"a quote that is opened at line {line} and never closed, so that lines {line} to {last} are one row",
        "rows of quoted cells",
        "close the quote (a quote inside a cell is doubled)",
        name,
        line,
    )


def _broken_json(name: str, line: int, error: Exception) -> Issue:
    return Issue(
        "broken_json",
        f"a line that is no whole JSON value: {error if isinstance(error, ValueError) else 'nested too deeply'}",
        "one JSON object a line",
        "complete or remove the line; the other lines have been read",
        name,
        line,
    )
