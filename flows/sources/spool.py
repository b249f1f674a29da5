"""What was fetched, until it is landed: WARC archives and files under ``fetched/`` of the home folder.

An archive holds each answer as it came (unpacked, without cookies) and, before each page, what the feed said of it, so
that all reports can be made again from it. A file appears here whole or not at all; landing keeps its bytes.
"""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from flows.sources.client import Answer
from transforms.reports.addresses import redacted, same_page
from transforms.reports.archives import ENTRY
from warehouse.lake import Lake, put_in_place, unfinished_name
from warehouse.landing import InputFile

_NOT_KEPT = ("content-encoding", "content-length", "transfer-encoding", "set-cookie", "set-cookie2", "connection")
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


@dataclass(slots=True)
class Archive:
    """A WARC archive that is being filled. ``now`` is an aware datetime."""

    now: datetime
    readable: bool = False
    """Whether a report can come of it: a feed whose entries have neither a page nor a text says nothing."""
    _records: list[bytes] = field(default_factory=list)

    def answer(self, answer: Answer, is_page: bool = True) -> None:
        """Add what a server gave."""
        self.readable = self.readable or is_page
        headers = [(n, v) for n, v in answer.headers.multi_items() if n.lower() not in _NOT_KEPT]
        lines = [f"HTTP/1.1 {answer.status} OK", *(f"{n}: {_line(v)}" for n, v in headers)]
        head = "\r\n".join([*lines, f"Content-Length: {len(answer.body)}", "", ""]).encode("utf-8", "replace")
        self._add("response", public(answer.address), head + answer.body, "application/http; msgtype=response")

    def entry(self, address: str, source: str | None, title: str | None, published: str | None, text: str) -> None:
        """Add what is known of the page at ``address``, whose answer follows if there is one."""
        self.readable = self.readable or bool(text)
        said = {"source": source, "title": title, "published": published, "text": text}
        self._add("metadata", public(address), json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"), ENTRY)

    def _add(self, kind: str, address: str, content: bytes, content_type: str) -> None:
        from fastwarc.warc import WarcRecord, WarcRecordType

        record, out = WarcRecord(), io.BytesIO()
        record.init_headers(record_type=getattr(WarcRecordType, kind))
        record.headers["WARC-Target-URI"] = address
        record.headers["WARC-Date"] = f"{self.now:%Y-%m-%dT%H:%M:%SZ}"
        record.headers["Content-Type"] = content_type
        record.set_bytes_content(content)
        record.write(out)
        self._records.append(gzip.compress(out.getvalue(), mtime=0))

    def put(self, lake: Lake, fetch_id: str) -> None:
        """Put it into the spool, if there is anything to read in it."""
        if self.readable:
            put(lake, fetch_id, b"".join(self._records), "warc.gz")


def public(address: str) -> str:
    """``address`` as it is kept: without secrets, and without what only says who followed it."""
    return redacted(same_page(address))


def put(lake: Lake, fetch_id: str, data: bytes, ending: str) -> None:
    """Put a file into the spool. Its name holds no digits that could be taken for a day."""
    target = lake.root / "fetched" / fetch_id / f"{sha256(data).hexdigest()[:16].translate(_LETTERS)}.{ending}"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unfinished_name(target)
    unfinished.write_bytes(data)
    put_in_place(unfinished, target)


def ending_of(address: str) -> str:
    """What the file at ``address`` would be called: its own name, as far as that is harmless."""
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", address.partition("?")[0].rstrip("/").rpartition("/")[2])
    return name.strip(".-")[-80:] or "file"


def spooled(lake: Lake, outlets: dict[str, str | None]) -> list[InputFile]:
    """All that waits to be landed, the oldest first; ``outlets`` by fetch_id."""
    paths = [p for p in (lake.root / "fetched").glob("*/*") if p.is_file() and not p.name.startswith(".")]
    return [
        InputFile(f"fetched/{path.parent.name}/{path.name}", path, outlet=outlets.get(path.parent.name))
        for path in sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name))
    ]


def remove(files: Sequence[Path]) -> None:
    """Remove what has been landed from the spool."""
    for path in files:
        path.unlink(missing_ok=True)


def _line(value: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f]+", " ", value)
