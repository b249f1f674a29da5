"""The answers in README.md: what its commands print on the shipped sample.

    python -m tests.e2e.readme           says which blocks are out of date
    python -m tests.e2e.readme --write   writes them anew

A block is fenced as ``console`` and begins with a command behind ``$``; all below it is what the command prints.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.conftest import ROOT, run_sample, whoheld

README = ROOT / "README.md"
CUT = "[...]"
"""Stands where output is left out."""
FENCED = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
UNSTABLE = re.compile(r"^seconds .*$", re.MULTILINE)
DEMO_ANSWER = 6
"""Lines of the answer that the picture of `make demo` keeps: what is held, why, and the first quote."""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: its info string (``console``, ``toml sudan/theatre.toml``), its text, where the text stands."""

    info: str
    body: str
    start: int
    end: int


def blocks(text: str) -> tuple[Block, ...]:
    """The fenced blocks of a Markdown text, in their order."""
    return tuple(Block(m["info"].strip(), m["body"], *m.span("body")) for m in FENCED.finditer(text))


def command(block: Block) -> str | None:
    """The command of a console block, which may go over several lines; None for any other block."""
    if block.info != "console" or not block.body.startswith("$ "):
        return None
    lines = block.body[2:].splitlines()
    for n in range(1, len(lines) + 1):
        try:
            shlex.split("\n".join(lines[:n]))
        except ValueError:
            continue  # a quote is open still
        return "\n".join(lines[:n])
    return None


def answers(text: str, home: Path) -> dict[Block, str]:
    """What the body of each checked block has to be, with the sample's warehouse in ``home``."""
    found = {}
    for block in blocks(text):
        line = command(block)
        if line == "make demo":
            found[block] = f"$ {line}\n" + _demo(home)
        elif line and line.startswith("whoheld "):
            found[block] = f"$ {line}\n" + _shown(home, *shlex.split(line)[1:])
    return found


def settled(text: str) -> str:
    """``text`` without what differs from run to run: how long each step took, blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in UNSTABLE.sub("seconds", text).splitlines())


def rewritten(text: str, home: Path) -> str:
    """``text`` with each block that is out of date written anew."""
    for block, now in sorted(answers(text, home).items(), key=lambda pair: -pair[0].start):
        if settled(now) != settled(block.body):
            fresh = "".join(f"{line.rstrip()}\n" for line in now.splitlines())
            text = text[: block.start] + fresh + text[block.end :]
    return text


def _shown(home: Path, *words: str) -> str:
    done = whoheld(*words, home=home)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def _demo(home: Path) -> str:
    summary = (home.parent / "first.txt").read_text().split("\n\n")[0].replace(str(home), "whoheld-data")
    question = re.search(r"@\$\(DEMO\) (who .*)", (ROOT / "Makefile").read_text())
    assert question, "make demo asks nothing"
    answer = _shown(home, *shlex.split(question[1])).splitlines()[:DEMO_ANSWER]
    return "\n".join((summary.rstrip(), CUT, "", f"$ whoheld {question[1]}", *answer, CUT, ""))


def main() -> int:
    """Exit code 1 where README is out of date and is not to be written."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.readme", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--write", action="store_true", help="write the blocks that are out of date anew")
    write = parser.parse_args().write
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as scratch:
        fresh = rewritten(text, run_sample(Path(scratch)))
    old, new = ([b.body for b in blocks(t)] for t in (text, fresh))
    stale = [now.splitlines()[0] for before, now in zip(old, new, strict=True) if before != now]
    if write:
        README.write_text(fresh, encoding="utf-8")
    print(f"README.md: {len(stale)} answers {'written anew' if write else 'out of date'}", *stale, sep="\n  ")
    return 1 if stale and not write else 0


if __name__ == "__main__":
    sys.exit(main())
