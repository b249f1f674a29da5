"""Runs every ``tests/bench/bench_*.py`` (each has a ``main()`` that prints what it measured), or those that are named.

python -m tests.bench [NAME...]        bench_dates.py is named ``dates``
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    """Each in a process of its own, so that none warms up or fills the memory for the next."""
    there = {path.stem.removeprefix("bench_"): path for path in sorted(Path(__file__).parent.glob("bench_*.py"))}
    wanted = sys.argv[1:] or list(there)
    unknown = [name for name in wanted if name not in there]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(there) or 'none yet'}")
        return 2
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}", flush=True)
    if not wanted:
        print(
            "There are no benchmarks yet: add tests/bench/bench_<name>.py with a main() that prints what it measured."
        )
    failed = []
    for name in wanted:
        print(f"\n== {name}", flush=True)
        start = time.perf_counter()
        call = f"from tests.bench.bench_{name} import main; main()"
        if subprocess.run([sys.executable, "-c", call], cwd=Path(__file__).parents[2], check=False).returncode:
            failed.append(name)
        print(f"   ({time.perf_counter() - start:.1f} s)", flush=True)
    if failed:
        print(f"\nfailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
