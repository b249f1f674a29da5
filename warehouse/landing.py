"""Files to batches of reports: what there is to read, raw bytes kept by hash, the same groups each time.

Nothing here stops for bad input: what cannot be read is an issue of the batch in which its file would have been.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from configs.model import Theatre
from transforms.issues import Issue
from transforms.reports.documents import Report, iter_reports
from transforms.reports.outlets import Outlets
from warehouse.lake import unfinished_name

STDIN = "-"
REPORTS_PER_BATCH, CHARS_PER_BATCH, ISSUES_PER_BATCH = 500, 8_000_000, 5_000
CHUNK = 1 << 20
SMALL = 8 << 20
"""Bytes up to which a file is read at once; larger ones are read piece by piece out of their kept copy."""
LEDGER = "landed.txt"
READER = "2"
"""Raised when reading changes so that files that gave nothing should be read again."""


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_ASSET = re.compile(r"(_files|\.files)/[^/]+$|\.(css|m?js|map|woff2?|ttf|eot)$", re.IGNORECASE)
"""What a browser or a mirror saves beside a page to draw it."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read, by the ``name`` that the user gave it; standard input comes with its ``data``.

    ``outlet`` is whose reports are in it where they do not say so themselves.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to read, in a fixed order; ``n_hidden`` are left alone: names with a dot, a page's scripts."""

    files: tuple[InputFile, ...]
    issues: tuple[Issue, ...] = ()
    n_hidden: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """New reports that are written together, and the issues met on the way. ``batch_id`` follows from what is in it.

    ``finished`` are the hashes of the files that end in this batch: once it is written, give them to ``mark_landed``.
    ``n_files`` counts files that end here, ``n_repeats`` reports left out because the lake or this run has their text.
    """

    batch_id: str
    reports: tuple[Report, ...]
    issues: tuple[Issue, ...]
    finished: tuple[str, ...]
    n_files: int
    n_repeats: int


def discover(paths: Sequence[str | Path | InputFile], stdin: bytes | None = None) -> Found:
    """The files under ``paths``: folders with all that is in them, single files, ``-`` for the bytes in ``stdin``."""
    files: dict[str, InputFile] = {f.name: f for f in paths if isinstance(f, InputFile)}
    issues: list[Issue] = []
    hidden = 0
    for given in (str(path) for path in paths if not isinstance(path, InputFile)):
        if given == STDIN:
            files.setdefault(STDIN, InputFile(STDIN, data=stdin or b""))
            continue
        path = Path(given)
        if not path.is_dir():
            _add(path, files, issues)
            continue
        before = len(files)
        for inside in _walk(path, issues, set()):
            if any(part.startswith(".") for part in inside.relative_to(path).parts) or _ASSET.search(str(inside)):
                hidden += 1
            else:
                _add(inside, files, issues)
        if len(files) == before and not any(issue.path and issue.path.startswith(given) for issue in issues):
            issues.append(
                _issue(
                    "empty_folder",
                    shown_name(given),
                    "a folder without a file to read",
                    "a folder with reports",
                    "check the path",
                )
            )
    return Found(tuple(files.values()), tuple(issues), hidden)


def keep_raw(file: InputFile, raw: Path) -> tuple[str, bytes | None]:
    """Keep the bytes of ``file`` as ``raw/<2 hex>/<sha256>``; returns the hash, and the bytes where the file is small.

    Bytes are written under another name and renamed, never changed; a copy of the right length is left as it is.
    Raises OSError.
    """
    data = file.data
    if data is None and file.path is not None and file.path.stat().st_size <= SMALL:
        data = file.path.read_bytes()
    if data is not None:
        digest, size = sha256(data).hexdigest(), len(data)
    else:
        hashed, size = sha256(), 0
        for chunk in _chunks(file.path):
            hashed.update(chunk)
            size += len(chunk)
        digest = hashed.hexdigest()
    target = raw_file(raw, digest)
    if not target.exists() or target.stat().st_size != size:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = unfinished_name(target)
        with unfinished.open("wb") as copy:
            copy.writelines([data] if data is not None else _chunks(file.path))
        unfinished.replace(target)
    return digest, data


def raw_file(raw: Path, raw_hash: str) -> Path:
    """Where the bytes with this hash are kept."""
    return raw / raw_hash[:2] / raw_hash


def land(
    found: Found, theatre: Theatre, raw: Path, known_ids: Collection[str] = (), landed: Collection[str] = ()
) -> Iterator[Batch]:
    """Read ``found`` into batches of new reports, one after another: memory holds one batch, however many files.

    Left out are files whose hash is in ``landed`` or was met before, and reports whose id is in ``known_ids`` or was.
    """
    group, outlets = _Group(set(known_ids)), Outlets(theatre.sources)
    for issue in found.issues:
        group.add_issue(issue)
    seen = set(landed)
    for file in found.files:
        try:
            raw_hash, data = keep_raw(file, raw)
            if raw_hash not in seen:
                seen.add(raw_hash)
                chunks = [data] if data is not None else _chunks(raw_file(raw, raw_hash))
                for item in iter_reports(chunks, file.name, theatre, raw_hash, _day(file), outlets, file.outlet):
                    group.add(item)
                    if group.full:
                        yield group.batch()
                group.finished.append(raw_hash)
        except OSError as error:
            group.add_issue(unreadable(file.name, error))
        group.n_files += 1
        if group.full:
            yield group.batch()
    if not group.empty:
        yield group.batch()


def landed_files(raw: Path, theatre: Theatre) -> set[str]:
    """The hashes of the files that were read to their end, with the same columns."""
    ledger, key = raw / LEDGER, _reading_key(theatre)
    if not ledger.exists():
        return set()
    rows = (line.split() for line in ledger.read_text(errors="replace").splitlines())
    return {row[0] for row in rows if len(row) == 2 and len(row[0]) == 64 and row[1] == key}


def mark_landed(raw: Path, raw_hashes: Iterable[str], theatre: Theatre) -> None:
    """Note that these files were read to their end and written to the lake. A lost note only costs reading again."""
    key = _reading_key(theatre)
    rows = "".join(f"{raw_hash} {key}\n" for raw_hash in raw_hashes)
    if rows:
        raw.mkdir(parents=True, exist_ok=True)
        ledger = os.open(raw / LEDGER, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            # What a killed run left of its last line must not swallow the first of these.
            os.write(ledger, ("\n" + rows).encode())
        finally:
            os.close(ledger)


@dataclass(slots=True)
class _Group:
    """The batch that is being filled."""

    ids: set[str]
    reports: list[Report] = field(default_factory=list)
    issues: dict[str, Issue] = field(default_factory=dict)
    finished: list[str] = field(default_factory=list)
    chars: int = 0
    n_files: int = 0
    n_repeats: int = 0
    repeated: str | None = None

    def add(self, item: Report | Issue) -> None:
        if isinstance(item, Issue):
            if item.report_id is None or item.report_id != self.repeated:
                self.add_issue(item)
        elif item.report_id in self.ids:
            self.n_repeats += 1
            self.repeated = item.report_id
        else:
            self.ids.add(item.report_id)
            self.reports.append(item)
            self.chars += len(item.text)
            self.repeated = None

    def add_issue(self, issue: Issue) -> None:
        self.issues[issue.issue_id] = issue

    @property
    def full(self) -> bool:
        return (
            len(self.reports) >= REPORTS_PER_BATCH
            or self.chars >= CHARS_PER_BATCH
            or len(self.issues) >= ISSUES_PER_BATCH
        )

    @property
    def empty(self) -> bool:
        return not (self.reports or self.issues or self.finished or self.n_repeats or self.n_files)

    def batch(self) -> Batch:
        """What has been gathered; the group is empty afterwards, and remembers the ids only."""
        content = sorted(report.report_id for report in self.reports), sorted(self.issues), sorted(self.finished)
        done = Batch(
            sha256(repr(content).encode()).hexdigest()[:16],
            tuple(self.reports),
            tuple(self.issues.values()),
            tuple(self.finished),
            self.n_files,
            self.n_repeats,
        )
        self.reports, self.issues, self.finished = [], {}, []
        self.chars = self.n_files = self.n_repeats = 0
        return done


def _walk(folder: Path, issues: list[Issue], above: set[str]) -> Iterator[Path]:
    """All files in ``folder`` and below, sorted by name; a link back to a folder above is not followed."""
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        issues.append(unreadable(shown_name(folder), error))
        return
    for entry in entries:
        if entry.is_dir():
            yield from _walk(entry, issues, above | {real})
        else:
            yield entry


def shown_name(path: str | Path) -> str:
    """A path as text that can be stored and printed: what is no UTF-8 in it, or would steer a terminal, is U+FFFD."""
    return _UNPRINTABLE.sub("\ufffd", os.fsencode(path).decode("utf-8", "replace"))


def _add(path: Path, files: dict[str, InputFile], issues: list[Issue]) -> None:
    name = shown_name(path)
    if path.is_file():
        files.setdefault(os.path.realpath(path), InputFile(name, path))
    elif path.is_symlink():
        issues.append(
            _issue(
                "broken_link",
                name,
                f"a link to {shown_name(path.readlink())}, which is not there",
                "a file",
                "mend the link",
            )
        )
    elif path.exists():
        issues.append(_issue("not_a_file", name, "a device, pipe or socket", "a file or a folder", "save it as a file"))
    else:
        issues.append(
            _issue("missing_path", name, "no such file or folder", "a path that exists", "check how it is written")
        )


def _chunks(path: Path | None) -> Iterator[bytes]:
    if path is not None:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk


def _day(file: InputFile) -> date | None:
    try:
        return datetime.fromtimestamp(file.path.stat().st_mtime, UTC).date() if file.path else None
    except (OverflowError, ValueError):  # a file time that is no day of the calendar
        return None


def _reading_key(theatre: Theatre) -> str:
    return sha256(repr((READER, theatre.slug, theatre.columns)).encode()).hexdigest()[:16]


def unreadable(name: str, error: OSError) -> Issue:
    """The issue of an input file or folder that cannot be read."""
    return _issue(
        "unreadable_file", name, error.strerror or str(error), "a file that may be read", f"chmod u+r '{name}'"
    )


def _issue(kind: str, name: str, found: str, expected: str, mend: str) -> Issue:
    return Issue(kind, found, expected, mend, name)
