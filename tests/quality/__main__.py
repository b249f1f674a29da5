"""What is found and what is missed on the material beside the project, and what changed since the last commit.

    python -m tests.quality [--since REV] [--lines N | --all]

Prints the scores on annotated reports and dates, then the claims gained and lost on the corpora between REV (the last
commit) and the working tree. The material lies in ../shared or where WHOHELD_SHARED says; without it nothing is done.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from tests.quality.extraction import MeasurementError, claims_of, extract, tree_at
from tests.quality.extraction import dates as read_dates
from tests.quality.score import score

ROOT = Path(__file__).resolve().parents[2]


def scores(shared: Path, scratch: Path) -> None:
    """The scorers' own words on the annotated reports, the seed and the narratives, whichever are there."""
    gold = shared / "gold"
    for name, texts in (("dev", gold / "dev_texts.jsonl"), ("seed", shared / "seeds")):
        if texts.exists() and (gold / f"{name}.jsonl").exists():
            found = extract(ROOT, [texts], scratch / f"{name}.jsonl")
            score(f"claims, {name}", gold / "score.py", gold / f"{name}.jsonl", found)
    narratives = shared / "temporal" / "wikiwars.jsonl"
    if narratives.exists():
        found = read_dates(ROOT, narratives, scratch / "dates.jsonl")
        score("dates, narratives", shared / "temporal" / "score.py", narratives, found)


def changes(shared: Path, scratch: Path, since: str, lines: int | None) -> None:
    """Claims gained and lost on the corpora between ``since`` and the working tree."""
    corpora = sorted((shared / "corpora").glob("*.jsonl"))
    print(f"\n== claims gained and lost since {since}", flush=True)
    if not corpora:
        print(f"no corpus in {shared / 'corpora'}")
        return
    with tree_at(ROOT, since, scratch / "before") as before:
        old = claims_of(extract(before, corpora, scratch / "old.jsonl"))
    new = claims_of(extract(ROOT, corpora, scratch / "new.jsonl"))
    print(f"{old.total()} claims then, {new.total()} now: {(new - old).total()} gained, {(old - new).total()} lost")
    for sign, claims in (("+", new - old), ("-", old - new)):
        rows = sorted(claims.elements())
        for row in rows[:lines]:
            print(sign, " | ".join(row))
        if lines is not None and len(rows) > lines:
            print(f"  ... and {len(rows) - lines} more (--all shows them)")


def main() -> int:
    """Exit code 1 where one of the measurements could not be made."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__.split("\n\n")[0])
    parser.add_argument("--since", default="HEAD", help="the revision to compare with (the last commit)")
    parser.add_argument("--lines", type=int, default=40, help="how many gained and lost claims to show (40 each)")
    parser.add_argument("--all", action="store_true", help="show every one of them")
    given = parser.parse_args()
    shared = Path(os.environ.get("WHOHELD_SHARED") or ROOT.parent / "shared").resolve()
    if not shared.is_dir():
        print(f"There is no material at {shared}, so there is nothing to measure; WHOHELD_SHARED names where it lies.")
        return 0
    failed = False
    with tempfile.TemporaryDirectory(prefix="whoheld-quality-") as name:
        scratch, lines = Path(name), None if given.all else given.lines
        for measure in (lambda: scores(shared, scratch), lambda: changes(shared, scratch, given.since, lines)):
            try:
                measure()
            except MeasurementError as error:
                failed = True
                print(error)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
