"""requirements.lock: complete, hashed, and free of where it was made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11.7", "3.12.1", "3.13.0")
SYSTEMS = ("linux", "darwin")


@pytest.fixture(scope="module")
def lock(root: Path) -> str:
    return (root / "requirements.lock").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pinned(lock: str) -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for line in re.findall(r"^([^\s#].*?) *\\?$", lock, re.MULTILINE):
        pin = Requirement(line)
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def _wanted(root: Path) -> list[Requirement]:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    texts = [*project["build-system"]["requires"], *project["project"]["dependencies"], *extras["dev"]]
    return [Requirement(text) for text in texts]


def test_the_lock_names_no_index_host_file_or_folder(lock: str) -> None:
    stray = [line for line in lock.splitlines() if re.search(r"[/@#]|--(?!hash=sha256:)|\w:\\", line)]
    assert stray == []


def test_every_pin_is_exact_and_has_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) > 50
    bare = [
        e.splitlines()[0]
        for e in entries
        if not re.match(r"\S+==\S+[^\n]*\\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n?)+$", e)
    ]
    assert bare == []


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_satisfies_what_the_project_asks_for(
    root: Path, pinned: dict[str, list[Requirement]], python: str, system: str
) -> None:
    here = {"python_full_version": python, "python_version": python.rsplit(".", 1)[0], "sys_platform": system}
    for wanted in _wanted(root):
        fit = [p for p in pinned.get(canonicalize_name(wanted.name), []) if not p.marker or p.marker.evaluate(here)]
        assert len(fit) == 1, f"{wanted.name} is pinned {len(fit)} times for Python {python} on {system}"
        version = str(fit[0].specifier).removeprefix("==")
        assert wanted.specifier.contains(version, prereleases=True), f"{wanted} is pinned at {version}"


def test_what_is_known_to_break_is_bounded_for_an_unlocked_install_too(root: Path) -> None:
    ranges = {canonicalize_name(w.name): w.specifier for w in _wanted(root)}
    broken = {"fastapi": "0.165.0", "sqlalchemy": "2.1.0", "prefect": "3.9.1", "duckdb": "3.0.0"}
    for name, version in broken.items():
        assert version not in ranges[name], f"{name} {version} does not work, and pyproject.toml lets it in"
