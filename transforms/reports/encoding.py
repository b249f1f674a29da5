"""Bytes to lines of text: Unicode by its marks, legacy encodings by detection, binary files refused."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Iterator

from resiliparse.parse.encoding import detect_encoding

from transforms.reports.unpacking import UnreadableError

HEAD = 1 << 20
"""Bytes from the beginning on which the encoding is decided."""
SAMPLE = 1 << 18
MAX_LINE = 64 << 20
"""Bytes in one line; more is no line of text."""
BINARY_SHARE = 0.05
"""Share of control characters in the beginning of a file above which it is no text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = {
    b"%PDF": "a PDF", b"PK\x03\x04": "a zip archive or office document", b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture", b"\x7fELF": "a program", b"PAR1": "a Parquet file",
    b"\xd0\xcf\x11\xe0": "an old office document", b"SQLite format 3": "an SQLite database", b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive", b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7z archive",
    b"OggS": "a sound or video", b"ID3": "a sound file", b"ARROW1": "an Arrow file",
}  # fmt: skip
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\f\x1b") + b"\x7f"
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Lines:
    """The lines of a byte stream as text, ending in ``\\n`` (which ``\\r\\n`` and ``\\r`` become). To be iterated once.

    ``encoding`` is what it was read as; ``lost`` counts bytes that no encoding could read (they stand as U+FFFD).
    ``size`` counts bytes. Iterating raises UnreadableError for what is no text.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.encoding, self.lost, self.size = "utf-8", 0, 0

    def __iter__(self) -> Iterator[str]:
        head = b""
        for chunk in self._chunks:
            head += chunk
            if len(head) >= HEAD:
                break
        mark, self.encoding = _decide(head)
        chunks = self._counted(head[mark:])
        if self.encoding.startswith(("utf-16", "utf-32")):
            return self._wide_lines(chunks)
        return (line for raw in _byte_lines(chunks) for line in _split(self._decode(raw)))

    def _counted(self, head: bytes) -> Iterator[bytes]:
        self.size = len(head)
        yield head
        for chunk in self._chunks:
            self.size += len(chunk)
            yield chunk

    def _decode(self, raw: bytes) -> str:
        try:
            return raw.decode(self.encoding)
        except UnicodeDecodeError:
            text, lost = decode(raw, self.encoding)
            self.lost += lost
            return text

    def _wide_lines(self, chunks: Iterator[bytes]) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.encoding)(errors="replace")
        rest = ""
        for chunk in chunks:
            text = decoder.decode(chunk)
            self.lost += text.count("\ufffd")
            *full, rest = (rest + text).split("\n")
            for line in full:
                yield from _split(line + "\n")
            _bound(len(rest))
        tail = decoder.decode(b"", final=True)
        self.lost += tail.count("\ufffd")
        yield from _split(rest + tail)


def decode(raw: bytes, first: str = "utf-8") -> tuple[str, int]:
    """``raw`` as text, and how many characters were lost: as ``first``, as UTF-8 with flaws, or as detected."""
    text = raw.decode(first, errors="replace")
    flaws = text.count("\ufffd")
    if first != "utf-8" or not flaws:
        return text, flaws
    sound = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    if flaws <= sound:
        return text, flaws
    text = raw.decode(_legacy(raw), errors="replace")
    return text, text.count("\ufffd")


def clean(text: str) -> tuple[str, int]:
    """``text`` with ``\\n`` line ends, in NFC, without control and invisible characters; and how many were taken out.

    The result is what a report stores and what all spans count; cleaning it again changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text, 0
    text = _SURROGATES.sub("\ufffd", _LINE_ENDS.sub("\n", text))
    text, removed = _UNSEEN.subn("", text)
    return (text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)), removed


def _decide(head: bytes) -> tuple[int, str]:
    """Length of the byte order mark and the encoding."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return len(mark), encoding
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise _binary(what)
    sample = head[: HEAD // 16]
    if sample.count(0) > len(sample) // 4:
        for encoding, nulls, others in (
            ("utf-16-le", sample[1::2], sample[::2]),
            ("utf-16-be", sample[::2], sample[1::2]),
        ):
            if nulls.count(0) > 0.6 * len(nulls) and others.count(0) < 0.1 * len(others):
                return 0, encoding
    if len(sample) - len(sample.translate(None, _CONTROL)) > BINARY_SHARE * len(sample):
        raise _binary("a file of which more than one byte in twenty is a control character")
    try:
        head.decode()
    except UnicodeDecodeError as error:
        cut_short = error.end == len(head) and len(head) >= HEAD
        if not cut_short and decode(head)[0] != head.decode(errors="replace"):
            return 0, _legacy(head)
    return 0, "utf-8"


def _legacy(raw: bytes) -> str:
    # Only lines that hold something beyond ASCII tell encodings apart; in a long English text they are few.
    telling = b"\n".join(line for line in raw.split(b"\n") if not line.isascii())[:SAMPLE]
    found = detect_encoding(telling, max_len=0, html5_compatible=False) or "cp1252"
    try:
        name = codecs.lookup(found).name
    except LookupError:
        return "cp1252"
    # What a text calls Latin-1 or ASCII is read as Windows-1252, which holds both and the typographic quotes.
    return "cp1252" if name in ("ascii", "utf-8", "iso8859-1") or name.startswith(("utf-16", "utf-32")) else name


def _byte_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    parts: list[bytes] = []
    length = 0
    for chunk in chunks:
        first, *rest = chunk.split(b"\n")
        parts.append(first)
        length += len(first)
        _bound(length)
        if rest:
            yield b"".join(parts) + b"\n"
            for line in rest[:-1]:
                yield line + b"\n"
            parts, length = [rest[-1]], len(rest[-1])
    if length:
        yield b"".join(parts)


def _split(line: str) -> Iterator[str]:
    if "\r" not in line:
        if line:
            yield line
        return
    *full, rest = line.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for part in full:
        yield part + "\n"
    if rest:
        yield rest


def _bound(length: int) -> None:
    if length > MAX_LINE:
        raise UnreadableError(
            "too_long",
            f"a line of more than {MAX_LINE:,} bytes",
            "lines of text",
            "break the file into lines, or into one file for each report",
        )


def _binary(what: str) -> UnreadableError:
    return UnreadableError(
        "binary_file",
        f"{what}, not text",
        "plain text, JSON lines, CSV or TSV, packed by gzip or zstd or not",
        "save the text of its reports as one of these forms, or take the file out of the folder",
    )
