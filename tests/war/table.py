"""The table of presses in README.md: what is believed in the end about a war that each of them tells."""

from __future__ import annotations

import tempfile
from itertools import takewhile
from pathlib import Path

from tests.war.compare import Score
from tests.war.scenarios import SCENARIOS, scenario
from tests.war.trial import scores, trial

SEED = 7
README = Path(__file__).resolve().parents[2] / "README.md"
HEAD = (
    "| the press | reports | nothing changes | right | read perfectly | wrong, but marked | changes | read perfectly |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
)


def row(name: str, n_reports: int, read: Score, given: Score) -> str:
    """A line of the table."""
    shares = [f"{share:.1%}" for share in (read.baseline, read.right, given.right)]
    found = [f"{given.flagged:.0%}", f"{read.f1:.2f}", f"{given.f1:.2f}"]
    return f"| {' | '.join([name, f'{n_reports:,}', *shares, *found])} |"


def rows(seed: int = SEED) -> list[str]:
    """A line for each press, measured anew."""
    lines = []
    for name in SCENARIOS:
        with tempfile.TemporaryDirectory(prefix="whoheld-war-") as folder:
            done = trial(scenario(name), seed, Path(folder))
            lines.append(row(name, done.war.n_reports, *scores(done)))
    return lines


def shown(text: str) -> list[str]:
    """The lines of the table in ``text``."""
    behind = text.partition("\n".join(HEAD) + "\n")[2]
    return list(takewhile(lambda line: line.startswith("|"), behind.splitlines()))


def rewritten(text: str, lines: list[str]) -> str:
    """``text`` with ``lines`` in its table."""
    before, head, behind = text.partition("\n".join(HEAD) + "\n")
    return before + head + "\n".join(lines) + behind[len("\n".join(shown(text))) :]
