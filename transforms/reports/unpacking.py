"""Packed bytes to plain bytes: gzip and zstd by their first bytes, unpacked piece by piece within bounds."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa

GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
PIECE = 1 << 20
"""Bytes that are unpacked at a time."""
MAX_RATIO = 200
"""Text packs ten- to thirtyfold; what grows beyond this is made to fill memory."""
RATIO_COUNTS_FROM = 8 << 20
"""Unpacked bytes below which the ratio does not matter."""


class UnreadableError(Exception):
    """The rest of an input cannot be read. Raised and caught inside the transforms: callers see an issue."""

    def __init__(self, kind: str, found: str, expected: str, mend: str) -> None:
        super().__init__(found)
        self.kind, self.found, self.expected, self.mend = kind, found, expected, mend


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Plain bytes of ``chunks``, which may be gzip (several members, too), zstd or plain. Raises UnreadableError."""
    pieces = iter(chunks)
    head = b""
    while len(head) < len(ZSTD):
        piece = next(pieces, None)
        if piece is None:
            break
        head += piece
    whole = _chain(head, pieces)
    if head.startswith(GZIP):
        yield from _bounded(_gunzip, whole)
    elif head.startswith(ZSTD):
        yield from _bounded(_unzstd, whole)
    else:
        yield from whole


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if head:
        yield head
    yield from rest


class _Packed(io.RawIOBase):
    """Chunks as a readable file that counts what was taken from it."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest, self.taken = chunks, b"", 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if size < 0:
            size = PIECE
        while len(self._rest) < size:
            piece = next(self._chunks, None)
            if piece is None:
                break
            self._rest += piece
        out, self._rest = self._rest[:size], self._rest[size:]
        self.taken += len(out)
        return out


def _bounded(unpack: Callable[[_Packed], Iterator[bytes]], whole: Iterator[bytes]) -> Iterator[bytes]:
    packed, given = _Packed(whole), 0
    for piece in unpack(packed):
        given += len(piece)
        if given > RATIO_COUNTS_FROM and given > MAX_RATIO * packed.taken:
            raise UnreadableError(
                "bomb",
                f"{packed.taken:,} packed bytes unpack to more than {given:,}",
                f"a file that unpacks to at most {MAX_RATIO} times its size",
                "unpack it by hand and look at what it holds",
            )
        yield piece


def _gunzip(packed: _Packed) -> Iterator[bytes]:
    data = packed.read(PIECE)
    while data:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                piece = member.decompress(data, PIECE)
            except zlib.error as error:
                raise _broken("gzip", str(error)) from error
            if piece:
                yield piece
            data = member.unconsumed_tail or member.unused_data
            if not member.eof and not data:
                data = packed.read(PIECE)
                if not data:
                    raise _broken("gzip", "the file ends before its end mark")
        data = (member.unused_data or packed.read(PIECE)).lstrip(b"\0") or packed.read(PIECE)


def _unzstd(packed: _Packed) -> Iterator[bytes]:
    try:
        with pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), "zstd") as stream:
            while piece := stream.read(PIECE):
                yield piece
    except (OSError, pa.ArrowException) as error:
        raise _broken("zstd", str(error).splitlines()[0]) from error


def _broken(form: str, why: str) -> UnreadableError:
    return UnreadableError(
        f"broken_{form}",
        f"a {form} file that cannot be unpacked: {why}",
        f"a whole {form} file",
        f"fetch the file again, or unpack it by hand ({form} -d) and save what is readable",
    )
