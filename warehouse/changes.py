"""What another reading of the same reports changes: claims gained and lost, control rows revised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.ask import query
from warehouse.lake import Batch, Lake

_CLAIM = ("claim_id", "status", "date_start", "date_end", "actor_side", "extent", "attribution")


@dataclass(frozen=True, slots=True)
class Changes:
    """Claims by id: ``gained`` and ``lost`` against the earlier reading, ``altered`` where another status, day, side,
    extent or voice is read out of the same words. ``control_rows`` are new and gone, None where nothing was built."""

    n_batches: int
    gained: int
    lost: int
    altered: int
    kept: int
    control_rows: tuple[int, int] | None = None

    def lines(self) -> Iterator[tuple[str, str]]:
        """As label and value."""
        yield "batches", f"{self.n_batches:,}"
        yield "claims", f"{self.gained:,} gained, {self.lost:,} lost, {self.altered:,} altered, {self.kept:,} as before"
        if self.control_rows is not None:
            yield "control rows", f"{self.control_rows[0]:,} new, {self.control_rows[1]:,} gone"


def batches_between(lake: Lake, first: date | None, last: date | None, only: Iterable[str] = ()) -> list[Batch]:
    """The batches with a report published on a day from ``first`` to ``last``, both inclusive; of ``only`` these, where
    any are named. Reports without a day count where no day is asked for."""
    named = set(only)
    return [
        b for b in lake.report_batches() if (not named or b.batch_id in named) and _touches(b, first, last)
    ]  # fmt: skip


def _touches(batch: Batch, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    for path in batch.paths:
        days = pq.ParquetFile(path).read(columns=["published_at"])["published_at"]
        begin, end = (v.as_py() for v in pc.min_max(days).values())
        if begin is not None and (last is None or begin <= last) and (first is None or end >= first):
            return True
    return False


def claims_changed(lake: Lake, before: str | None, after: str, batches: Iterable[Batch]) -> Changes:
    """The claims of ``batches`` as read with the knowledge ``after``, against ``before``."""
    n = gained = lost = altered = kept = 0
    for batch in batches:
        old = _claims(lake, before, batch.batch_id) if before else {}
        new = _claims(lake, after, batch.batch_id)
        n += 1
        gained += len(new.keys() - old.keys())
        lost += len(old.keys() - new.keys())
        same = sum(old[key] == new[key] for key in old.keys() & new.keys())
        kept += same
        altered += len(old.keys() & new.keys()) - same
    return Changes(n, gained, lost, altered, kept)


def _claims(lake: Lake, config_hash: str, batch_id: str) -> dict[str, tuple[object, ...]]:
    path = lake.tables / "claims" / f"config={config_hash}" / f"{batch_id}.parquet"
    if not path.exists():
        return {}
    rows = pq.ParquetFile(path).read(columns=list(_CLAIM)).to_pylist()
    return {row["claim_id"]: tuple(row[name] for name in _CLAIM[1:]) for row in rows}


def control_rows(warehouse: Path) -> set[tuple[object, ...]]:
    """What the published warehouse says of control, row by row, without ids and claims."""
    if not warehouse.exists():
        return set()
    columns = "place_id, holder_side, status, valid_from, valid_to, known_from, known_to, rule_id, basis"
    return set(query(warehouse, f"select {columns} from control").rows)
