"""Files to batches of reports: what there is to read, raw bytes kept by hash, the same groups each time.

Nothing here stops for bad input: what cannot be read is an issue. What cannot be *written* stops everything: a full
disk is no fault of the input. The groups follow from what is in the files and what was landed, so that a run that was
interrupted, begun again, makes the batches that it would have made.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from configs.load import load_language
from configs.model import Theatre
from transforms.issues import Issue
from transforms.reports.documents import Report, ReportReader
from warehouse.lake import unfinished_name

STDIN = "-"
REPORTS_PER_BATCH, CHARS_PER_BATCH, ISSUES_PER_BATCH = 500, 8_000_000, 5_000
CHUNK = 1 << 20
SMALL = 8 << 20
"""Bytes up to which a file is read at once; larger ones are read piece by piece out of their kept copy."""
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

    ``files`` are those out of which something was read for this batch. ``n_files`` counts files that end here,
    ``n_repeats`` reports left out because the lake or this run has their text.
    """

    batch_id: str
    reports: tuple[Report, ...]
    issues: tuple[Issue, ...]
    files: tuple[FileRead, ...]
    n_files: int
    n_repeats: int

    @property
    def finished(self) -> tuple[str, ...]:
        """The hashes of the files that end in this batch."""
        return tuple(file.raw_hash for file in self.files if file.finished)


@dataclass(slots=True)
class FileRead:
    """How far a file was read, counted from its beginning in records and issues, and what it gave to one batch."""

    raw_hash: str
    n_items: int = 0
    finished: bool = False
    n_reports: int = 0
    n_repeats: int = 0


class SourceUnreadable(OSError):
    """An input file, not the lake, cannot be read."""


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
    Raises SourceUnreadable for the file, OSError for a lake that cannot be written.
    """
    try:
        data, digest, size = _hashed(file)
    except OSError as error:
        raise SourceUnreadable(error.errno, error.strerror or str(error)) from error
    target = raw_file(raw, digest)
    if not target.exists() or target.stat().st_size != size:
        target.parent.mkdir(parents=True, exist_ok=True)
        # In the folder itself, where what a dead writer left is found without a walk through all that is kept.
        unfinished = unfinished_name(raw / digest)
        try:
            with unfinished.open("wb") as copy:
                copy.writelines([data] if data is not None else _source(file.path))
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    return digest, data


def _hashed(file: InputFile) -> tuple[bytes | None, str, int]:
    data = file.data
    if data is None and file.path is not None and file.path.stat().st_size <= SMALL:
        data = file.path.read_bytes()
    if data is not None:
        return data, sha256(data).hexdigest(), len(data)
    hashed, size = sha256(), 0
    for chunk in _chunks(file.path):
        hashed.update(chunk)
        size += len(chunk)
    return None, hashed.hexdigest(), size


def _source(path: Path | None) -> Iterator[bytes]:
    try:
        yield from _chunks(path)
    except OSError as error:
        raise SourceUnreadable(error.errno, error.strerror or str(error)) from error


def raw_file(raw: Path, raw_hash: str) -> Path:
    """Where the bytes with this hash are kept."""
    return raw / raw_hash[:2] / raw_hash


def land(
    found: Found,
    theatre: Theatre,
    raw: Path,
    known_ids: Collection[str] = (),
    landed: Collection[str] = (),
    begun: Mapping[str, int] | None = None,
) -> Iterator[Batch]:
    """Read ``found`` into batches of new reports, one after another: memory holds one batch, however many files.

    Left out are files whose hash is in ``landed`` or was met before, as many records and issues of the others as
    ``begun`` tells, and reports whose id is in ``known_ids`` or was met. Issues of paths that give no file to remember
    are a batch of their own, the last: each run meets them again.
    """
    group, apart = _Group(set(known_ids)), _Group(set())
    for issue in found.issues:
        apart.add_issue(issue)
    reader, seen, before = ReportReader(theatre, load_language(theatre.language)), set(landed), begun or {}
    for file in found.files:
        try:
            raw_hash, data = keep_raw(file, raw)
        except SourceUnreadable as error:
            apart.add_issue(unreadable(file.name, error))
            apart.n_files += 1
        else:
            if raw_hash not in seen:
                seen.add(raw_hash)
                chunks = [data] if data is not None else _chunks(raw_file(raw, raw_hash))
                items = reader.each(chunks, file.name, raw_hash, _day(file), file.outlet)
                yield from group.read(items, raw_hash, before.get(raw_hash, 0))
            group.n_files += 1
        for one in (group, apart):
            if one.full:
                yield one.batch()
    for one in (group, apart):
        if not one.empty:
            yield one.batch()


@dataclass(slots=True)
class _Group:
    """The batch that is being filled."""

    ids: set[str]
    reports: list[Report] = field(default_factory=list)
    issues: dict[str, Issue] = field(default_factory=dict)
    files: list[FileRead] = field(default_factory=list)
    chars: int = 0
    n_files: int = 0
    repeated: str | None = None

    def read(self, items: Iterator[Report | Issue], raw_hash: str, done: int) -> Iterator[Batch]:
        """Add what a file holds, from item ``done`` on; yields the batches that become full on the way."""
        file = FileRead(raw_hash, done)
        self.files.append(file)
        for item in islice(items, done, None):
            self.add(item, file)
            if self.full:
                yield self.batch()
                file = FileRead(raw_hash, file.n_items)
                self.files.append(file)
        file.finished = True

    def add(self, item: Report | Issue, file: FileRead) -> None:
        file.n_items += 1
        if isinstance(item, Issue):
            if item.report_id is None or item.report_id != self.repeated:
                self.add_issue(item)
        elif item.report_id in self.ids:
            file.n_repeats += 1
            self.repeated = item.report_id
        else:
            file.n_reports += 1
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
        return not (self.reports or self.issues or self.files or self.n_files)

    def batch(self) -> Batch:
        """What has been gathered; the group is empty afterwards, and remembers the ids only."""
        files = [(file.raw_hash, file.n_items, file.finished) for file in self.files]
        content = sorted(report.report_id for report in self.reports), sorted(self.issues), sorted(files)
        done = Batch(
            sha256(repr(content).encode()).hexdigest()[:16],
            tuple(self.reports),
            tuple(self.issues.values()),
            tuple(self.files),
            self.n_files,
            sum(file.n_repeats for file in self.files),
        )
        self.reports, self.issues, self.files = [], {}, []
        self.chars = self.n_files = 0
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


def reading_key(theatre: Theatre) -> str:
    """Stands for how files are read: what was landed with another key is read again."""
    return sha256(repr((READER, theatre.slug, theatre.columns)).encode()).hexdigest()[:16]


def unreadable(name: str, error: OSError) -> Issue:
    """The issue of an input file or folder that cannot be read."""
    return _issue(
        "unreadable_file", name, error.strerror or str(error), "a file that may be read", f"chmod u+r '{name}'"
    )


def _issue(kind: str, name: str, found: str, expected: str, mend: str) -> Issue:
    return Issue(kind, found, expected, mend, name)
