"""Publication: a checked warehouse file takes the place of the published one by rename.

Readers that have the old file open go on reading it; whoever opens the path afterwards reads the new one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from configs.errors import UnreadableWarehouse
from configs.model import Theatre
from warehouse.ask import connect
from warehouse.build import Built, Step, build, discard, fingerprint
from warehouse.checks import Finding, check_built
from warehouse.lake import Lake, put_in_place


@dataclass(frozen=True, slots=True)
class Published:
    """What stands at ``path`` now. ``changed`` is False where it was up to date already and nothing was built."""

    path: Path
    changed: bool
    counts: dict[str, int]
    warnings: Sequence[Finding] = ()


def published_fingerprint(lake: Lake) -> str | None:
    """The fingerprint of the published warehouse, None where there is none that can be read."""
    return _made_of(lake, "fingerprint")


def published_knowledge(lake: Lake) -> str | None:
    """The hash of the knowledge that the published warehouse was read with, None where there is none."""
    return _made_of(lake, "config_hash")


def _made_of(lake: Lake, key: str) -> str | None:
    if not lake.published.exists():
        return None
    try:
        with connect(lake.published) as con:
            rows = con.execute("select value from meta where key = ?", [key]).fetchall()
    except (duckdb.Error, UnreadableWarehouse):
        return None
    return str(rows[0][0]) if rows else None


def up_to_date(lake: Lake, config_hash: str) -> bool:
    """Whether a new build would have the content that is published."""
    return published_fingerprint(lake) == fingerprint(lake, config_hash)


def put_live(lake: Lake, built: Built) -> Path:
    """Swap ``built`` in by rename."""
    # Left by a tool that opened the published file for writing and died; older drivers would apply it to the new file.
    lake.published.with_name(lake.published.name + ".wal").unlink(missing_ok=True)
    put_in_place(built.path, lake.published)
    discard(built.path)
    return lake.published


def refresh(lake: Lake, theatre: Theatre, config_hash: str, step: Step | None = None) -> Published:
    """Build, check and publish, unless the published warehouse has this content already.

    Raises ChecksFailed where a check fails; the published warehouse is then as before.
    """
    if up_to_date(lake, config_hash):
        return Published(lake.published, False, {})
    built = build(lake, theatre, config_hash, step)
    try:
        warnings = check_built(lake, built)
        put_live(lake, built)
    except BaseException:
        discard(built.path)
        raise
    return Published(lake.published, True, built.counts, warnings)
