"""Invents a war and writes it down, or shows what the pipeline makes of one.

    python -m tests.war --reports 100000 --seed 7 --out FOLDER      theatre, reports, truth
    python -m tests.war --scores                                    the table of presses (--write: into README.md)
    python -m tests.war --wrong --press "one side lies"             where the rules are wrong about the holder, and why
    python -m tests.war --reading                                   which sentences are misread, by how they are put

What is written is read by ``whoheld run FOLDER/reports --theatre FOLDER/theatre``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from configs.load import load_language, load_theatre
from tests.war.compare import wrong
from tests.war.english import day_of
from tests.war.files import write_war
from tests.war.reading import Finding, findings, in_reports
from tests.war.scenarios import SCENARIOS, of_size, scenario
from tests.war.table import HEAD, README, SEED, rewritten, rows
from tests.war.trial import last_day, publish_given, written_reports
from transforms.claims.reader import ClaimReader


def wrong_holders(name: str, seed: int) -> str:
    """Where the rules go wrong without any mistake of the reader."""
    some = scenario(name)
    with tempfile.TemporaryDirectory(prefix="whoheld-war-") as folder:
        war = write_war(some, seed, Path(folder))
        published = publish_given(war, some, seed, Path(folder) / "given")
        return "\n".join(wrong(published, war.truth, day_of(last_day(war)))) or "nothing is wrong"


def misread(name: str, seed: int, examples: int = 3) -> str:
    """Shares of sentences read rightly by what they tell, then every way of putting it that was misread."""
    with tempfile.TemporaryDirectory(prefix="whoheld-war-") as folder:
        war = write_war(scenario(name), seed, Path(folder))
        known = load_theatre(str(war.theatre))
        country, read = written_reports(scenario(name), seed, str(war.theatre))
        reader = ClaimReader(known, load_language(known.language))
        found, whole = list(findings(read, country, reader)), list(in_reports(read, country, reader))
    counts = ", ".join(f"{n} {sort}" for sort, n in Counter(finding.sort for finding in whole).most_common())
    head = f"captures, handovers and withdrawals in whole reports: {counts}"
    return "\n".join(
        (head, *_faults(whole, 3 * examples), "\nsentence by sentence:", *_shares(found), *_faults(found, examples))
    )


def _shares(found: list[Finding]) -> list[str]:
    right, total = Counter[str](), Counter[str]()
    for finding in found:
        kind = finding.sort.split(":")[0]
        total[kind] += 1
        right[kind] += not finding.fault
    rows = [f"{right[kind] / total[kind]:7.1%} of {total[kind]:5} {kind}" for kind in sorted(total)]
    return [f"{sum(right.values()) / sum(total.values()):7.1%} of {sum(total.values()):5} sentences", *rows]


def _faults(found: list[Finding], examples: int) -> list[str]:
    by_sort: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_sort[finding.sort.split(" | ")[0]].append(finding)
    lines = []
    for sort, some in sorted(by_sort.items(), key=lambda pair: -sum(bool(f.fault) for f in pair[1])):
        wrong = [f for f in some if f.fault]
        if wrong:
            lines.append(f"\n{len(wrong)} of {len(some)} misread: {sort}")
            lines += [f"  > {f.sentence}\n    {f.fault}" for f in wrong[:examples]]
    return lines


def main() -> int:
    """Exit code 2 where nothing is asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.war", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--reports", type=int, default=1_000, help="about how many reports to write (1,000)")
    parser.add_argument("--press", choices=list(SCENARIOS), default="honest", help="who writes them (honest)")
    parser.add_argument("--seed", type=int, default=SEED, help=f"another seed is another war ({SEED})")
    parser.add_argument("--out", type=Path, help="the folder to write to")
    parser.add_argument("--scores", action="store_true", help="print what becomes of each press")
    parser.add_argument("--write", action="store_true", help="put what becomes of each press into README.md, too")
    parser.add_argument("--wrong", action="store_true", help="print where the rules are wrong about the holder")
    parser.add_argument("--reading", action="store_true", help="print which sentences are misread")
    given = parser.parse_args()
    if given.scores or given.write:
        lines = rows(given.seed)
        print("\n".join((*HEAD, *lines)))
        if given.write:
            README.write_text(rewritten(README.read_text(encoding="utf-8"), lines), encoding="utf-8")
    if given.wrong:
        print(wrong_holders(given.press, given.seed))
    if given.reading:
        print(misread(given.press, given.seed))
    if given.out:
        war = write_war(of_size(given.press, given.reports), given.seed, given.out)
        print(f"{war.n_reports:,} reports on {war.n_days} days: {war.reports}")
        print(f"theatre: {war.theatre}, truth: {war.truth}")
    if not (given.scores or given.write or given.wrong or given.reading or given.out):
        parser.print_help()
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
