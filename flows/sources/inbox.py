"""A watched folder: files are claimed by renaming them, so that no two runs read one, and none is read half-written."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from configs.fetching import Fetch
from flows.sources.failure import FetchFailed
from transforms.issues import Issue
from warehouse.landing import InputFile, shown_name

CLAIMED, LANDED = ".claimed", ".landed"
SETTLED = 2.0
"""Seconds for which a file must have been left alone; whoever copies it is done by then."""
_UNFINISHED = re.compile(r"(^\.|~$|\.(part|partial|tmp|temp|crdownload|download|unfinished|filepart|swp)$)", re.I)


@dataclass(frozen=True, slots=True)
class Claimed:
    """Files of a watched folder that are this run's, and what is the matter with others."""

    files: tuple[InputFile, ...]
    issues: tuple[Issue, ...]
    n_left: int
    """Files that are still being written."""


def claim(fetch: Fetch, folder: Path, run_id: str) -> Claimed:
    """Claim the finished files of ``folder``, and those that a run claimed which did not live to land them.

    Raises FetchFailed where there is no such folder.
    """
    if not folder.is_dir():
        raise FetchFailed("missing_path", "no such folder", "a folder to watch", f"make it: mkdir -p '{folder}'")
    issues: list[Issue] = []
    found = {path: _look(path) for path in _walk(folder, issues)}
    if any(look and time.time() - look[0] < SETTLED for look in found.values()):
        time.sleep(SETTLED)
    left = 0
    for path, look in found.items():
        if look is None or look != _look(path):
            left += 1
            continue
        target = folder / CLAIMED / run_id / path.relative_to(folder)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)
        except FileNotFoundError:
            continue  # somebody else was quicker
        except OSError as error:
            mend = "let the folder be written to, or give it as a path: whoheld run FOLDER"
            issues.append(
                Issue("unreadable_file", error.strerror or "cannot be moved", "a file of ours", mend, shown_name(path))
            )
    return Claimed(tuple(_claimed(fetch, folder)), tuple(issues), left)


def settle(fetch: Fetch, folder: Path, files: list[Path]) -> None:
    """Put files away that have been landed: into ``.landed``, or out of the world."""
    claimed = folder / CLAIMED
    for path in files:
        if fetch.then == "remove":
            path.unlink(missing_ok=True)
        elif path.exists():
            target = folder / LANDED / path.relative_to(claimed)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    for directory, _, _ in os.walk(claimed, topdown=False):
        if not any(Path(directory).iterdir()):
            Path(directory).rmdir()


def _claimed(fetch: Fetch, folder: Path) -> Iterator[InputFile]:
    """Files by the names that they had, whichever run claimed them."""
    for run in sorted((folder / CLAIMED).glob("*")):
        for path in sorted(p for p in run.rglob("*") if p.is_file()):
            yield InputFile(shown_name(folder / path.relative_to(run)), path, outlet=fetch.outlet)


def _walk(folder: Path, issues: list[Issue]) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_dir() or any(part.startswith(".") for part in parts) or _UNFINISHED.search(path.name):
            continue
        if path.is_symlink() or not path.is_file():
            mend = "put the file itself into the folder"
            issues.append(Issue("not_a_file", "a link, device, pipe or socket", "a file", mend, shown_name(path)))
        else:
            yield path


def _look(path: Path) -> tuple[float, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime, found.st_size
