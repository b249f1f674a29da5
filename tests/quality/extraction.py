"""``whoheld extract`` and ``whoheld dates`` as they are in the working tree, or were in an older commit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

COMMAND = [sys.executable, "-c", "import sys; from flows.cli import main; sys.argv[0] = 'whoheld'; main()"]
SLOTS = ("type", "status", "place", "actor", "opponent", "date_start", "date_end", "quote")


class MeasurementError(Exception):
    """A measurement that could not be made; its text says which and why."""


def _whoheld(tree: Path, arguments: Sequence[str | Path], out: Path) -> Path:
    """Standard output of ``whoheld`` as it is in ``tree``, written to ``out``."""
    # The tree comes before the installed package, and it is the working folder: relative configuration is its own.
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONSAFEPATH": ""}
    with out.open("w", encoding="utf-8") as stream:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=tree, env=environment, stdout=stream, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    if "reader_failed" in done.stderr:
        raise MeasurementError(f"`whoheld {arguments[0]}` in {tree} broke down at a text:\n{done.stderr.strip()}")
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise MeasurementError(f"`whoheld {arguments[0]}` does not run in {tree}: {reason}")
    return out


def extract(tree: Path, inputs: Sequence[Path], out: Path) -> Path:
    """Claims of ``inputs`` as JSON lines in ``out``, one record per report."""
    return _whoheld(tree, ["extract", *inputs], out)


def dates(tree: Path, texts: Path, out: Path) -> Path:
    """Date expressions of ``texts``, read as narratives, as JSON lines in ``out``."""
    return _whoheld(tree, ["dates", texts, "--mode", "narrative"], out)


def claims_of(found: Path) -> Counter[tuple[str, ...]]:
    """Each claim as its report and the slots that users see, counted."""
    claims: Counter[tuple[str, ...]] = Counter()
    for line in found.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        claims.update(
            (record["doc_id"], *(str(e.get(slot) or "-") for slot in SLOTS)) for e in record.get("events", ())
        )
    return claims


@contextmanager
def tree_at(root: Path, revision: str, folder: Path) -> Iterator[Path]:
    """The project as it was at ``revision``, checked out beside and taken away again."""
    git = ["git", "-C", str(root)]
    done = subprocess.run(
        [*git, "worktree", "add", "--detach", "--quiet", str(folder), revision],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MeasurementError(f"cannot check out {revision}: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run([*git, "worktree", "remove", "--force", str(folder)], capture_output=True, check=False)
