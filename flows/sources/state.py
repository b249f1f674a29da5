"""What is remembered of each source from run to run: validators, pages seen, how much it gave. Addresses only as
hashes, since they may hold secrets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from transforms.reports.addresses import same_page
from warehouse.lake import Lake, put_in_place, unfinished_name

SEEN_KEPT = 5_000
DAYS_KEPT = 60


@dataclass(frozen=True, slots=True)
class State:
    """``seen`` are keys of pages that need not be fetched again, the newest last; ``failing`` counts failed runs by
    key of a page; ``days`` new reports by ISO day; ``last`` is the outcome of the last visit."""

    etag: str | None = None
    modified: str | None = None
    body: str | None = None
    seen: tuple[str, ...] = ()
    failing: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    last: Mapping[str, str | int] = field(default_factory=dict)

    def conditions(self) -> dict[str, str]:
        """Headers by which a server may answer that nothing has changed."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}

    def saw(self, keys: Iterable[str]) -> State:
        """With ``keys`` seen."""
        kept = tuple(dict.fromkeys((*self.seen, *keys)))[-SEEN_KEPT:]
        return replace(self, seen=kept, failing={k: n for k, n in self.failing.items() if k not in kept})

    def gave(self, n_new: int, day: date) -> State:
        """With ``n_new`` reports more on ``day``."""
        oldest = (day - timedelta(DAYS_KEPT)).isoformat()
        days = {d: n for d, n in self.days.items() if d >= oldest}
        return replace(self, days={**days, day.isoformat(): days.get(day.isoformat(), 0) + n_new})

    def volume(self) -> dict[date, int]:
        """``days`` by day."""
        return {date.fromisoformat(day): n for day, n in self.days.items()}


def page_key(address: str) -> str:
    """What a page is remembered by."""
    return sha256(same_page(address).encode()).hexdigest()[:16]


def state_file(lake: Lake, fetch_id: str) -> Path:
    """Where the state of a source is kept."""
    return lake.root / "state" / "sources" / f"{fetch_id}.json"


def read_state(lake: Lake, fetch_id: str) -> State:
    """The state of a source; an empty one where there is none or it cannot be read: then all is asked for anew, and
    what is there already is left out."""
    try:
        said = json.loads(state_file(lake, fetch_id).read_text(encoding="utf-8"))
        known = {f.name for f in fields(State)}
        state = State(**{name: value for name, value in said.items() if name in known})
        state.volume()
        return replace(state, seen=tuple(map(str, state.seen)))
    except (OSError, ValueError, TypeError, AttributeError):
        return State()


def write_state(lake: Lake, fetch_id: str, state: State) -> None:
    """Keep ``state``, all or nothing."""
    target = state_file(lake, fetch_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unfinished_name(target)
    unfinished.write_text(json.dumps(asdict(state), indent=1, sort_keys=True), encoding="utf-8")
    put_in_place(unfinished, target)
