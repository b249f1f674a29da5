"""The scorers that lie beside the annotated material, called as the programs that they are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.quality.extraction import MeasurementError


def score(title: str, scorer: Path, gold: Path, found: Path) -> None:
    """Print what ``scorer`` says of ``found``. Raises MeasurementError where it cannot tell."""
    print(f"\n== {title}", flush=True)
    done = subprocess.run([sys.executable, scorer, gold, found], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MeasurementError(
            f"{scorer.name} could not score {title}: {(done.stderr.strip().splitlines() or ['no reason given'])[-1]}"
        )
    print(done.stdout.rstrip(), flush=True)
