"""Control as the pipeline has it against the truth, day by day, beside what "nothing changes" gets right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

_SETTING = Path(__file__).with_name("compare.sql")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of place-days, and of changes of hands. Shares are properties, 0 to 1."""

    place_days: int
    n_right: int
    n_right_when_known: int
    n_baseline: int
    n_wrong_flagged: int
    """Of the wrong ones: those that are contested, or rest on a side's own word."""
    n_wrong_contested: int
    n_missing: int
    changes: int
    changes_found: int
    changes_found_within_a_day: int
    believed: int
    believed_true_within_a_day: int

    @property
    def right(self) -> float:
        """Share of place-days on which the holder is the true one, as believed in the end."""
        return self.n_right / self.place_days

    @property
    def right_when_known(self) -> float:
        """The same, as believed at the end of each day itself."""
        return self.n_right_when_known / self.place_days

    @property
    def baseline(self) -> float:
        """What "nothing changes" gets right: each place stays with who held it on the first day."""
        return self.n_baseline / self.place_days

    @property
    def flagged(self) -> float:
        """Share of the wrong place-days that are contested or claimed; 1 where nothing is wrong."""
        wrong = self.place_days - self.n_right
        return self.n_wrong_flagged / wrong if wrong else 1.0

    @property
    def recall(self) -> float:
        """Share of the changes of hands that are found on their very day."""
        return self.changes_found / self.changes if self.changes else 1.0

    @property
    def f1(self) -> float:
        """Of changes of hands, a day more or less."""
        both = self.changes + self.believed
        return (self.changes_found_within_a_day + self.believed_true_within_a_day) / both if both else 1.0


def compared(warehouse: Path, truth: Path, last: date) -> duckdb.DuckDBPyConnection:
    """A connection with the tables of compare.sql: ``place_days``, ``changed``, ``believed``. The caller closes it."""
    con = duckdb.connect()
    con.execute(f"attach '{warehouse}' as whoheld (read_only)")
    con.execute("create view control as from whoheld.control")
    for statement in _SETTING.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            given = {name: value for name, value in (("truth", str(truth)), ("last", last)) if f"${name}" in statement}
            con.execute(statement, given or None)
    return con


def wrong(warehouse: Path, truth: Path, last: date) -> list[str]:
    """Every stretch of days on which the wrong holder is believed, longest first, with the reason for believing it."""
    with compared(warehouse, truth, last) as con:
        rows = con.execute("select * from stretches order by all").fetchall()
    return [
        f"{-n:5} days {place} {a} to {b}: held by {true}, believed {held} ({basis} {rule}: {why})"
        for n, place, a, b, true, held, basis, rule, why in rows
    ]


def score(warehouse: Path, truth: Path, last: date) -> Score:
    """The score of a published warehouse against ``truth``, up to and with the day ``last``."""
    with compared(warehouse, truth, last) as con:
        names = list(Score.__dataclass_fields__)
        return Score(*con.execute(f"select {', '.join(names)} from scored").fetchall()[0])
