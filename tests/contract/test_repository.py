"""The repository as a newcomer meets it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

# Put together here so that this file does not find itself.
STRAY = re.compile("|".join(("/" + "work/", "/tmp/" + "plan", "sub" + "agent", "file://" + "/", "/root" + "/")))


@pytest.fixture(scope="module")
def files(root: Path) -> list[Path]:
    listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.split("\0") if name and (path := root / name).is_file()]


def test_no_file_speaks_of_the_machine_it_was_written_on(root: Path, files: list[Path]) -> None:
    found = []
    for path in files:
        match = STRAY.search(path.read_bytes().decode("utf-8", "replace"))
        if match:
            found.append(f"{path.relative_to(root)}: {match[0]}")
    assert found == []


TOP = (
    "configs transforms warehouse flows tests pyproject.toml requirements.lock Makefile README.md LICENSE NOTICE "
    "CHANGELOG.md .ci/run"
)


@pytest.mark.parametrize("name", TOP.split())
def test_what_the_design_places_at_the_top_is_there(root: Path, name: str) -> None:
    assert (root / name).exists()


def test_the_gate_can_be_run(root: Path) -> None:
    assert os.access(root / ".ci" / "run", os.X_OK)


def test_the_licence_is_the_apache_licence_whole(root: Path) -> None:
    text = (root / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_make_help_names_every_target(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split()) - {"help", "setup"}
    told = set(re.findall(r'@echo "make (\S+)', makefile))
    assert targets == told
