"""The README's commands and what they print: ``python -m tests.e2e.readme --write`` brings the answers up to date."""

from __future__ import annotations

import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.conftest import ROOT, SAMPLE, whoheld

README = ROOT / "README.md"
BLOCK = re.compile(r"^```console\n\$ whoheld (?P<command>(?:[^\n]*\\\n)*[^\n]*)\n(?P<answer>.*?)^```$", re.M | re.S)
WIDTH = {"COLUMNS": "110"}


def commands() -> Iterator[tuple[str, str]]:
    """Each command of a ``console`` block, and what the README says that it prints."""
    for block in BLOCK.finditer(README.read_text(encoding="utf-8")):
        yield block["command"], block["answer"]


def answer(command: str, home: Path) -> str:
    """What the command prints in the ``home`` of the sample."""
    done = whoheld(*shlex.split(command.replace("\\\n", " ")), home=home, **WIDTH)
    text = done.stdout + done.stderr
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def main() -> None:
    """Run every command on the sample and write what it prints into the README."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        whoheld("run", SAMPLE, home=home)
        text = BLOCK.sub(
            lambda b: f"```console\n$ whoheld {b['command']}\n{answer(b['command'], home)}```",
            README.read_text("utf-8"),
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.e2e.readme --write")
    main()
