"""The layers of the project, as pyproject.toml draws them."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure


def test_imports_point_down_and_transforms_stay_pure(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    configure()
    kept = use_cases.lint_imports(config_filename="pyproject.toml", cache_dir=None)
    assert kept, capsys.readouterr().out


def test_nothing_imports_the_command_line() -> None:
    graph = grimp.build_graph("flows", cache_dir=None)
    if "flows.cli" in graph.modules:
        commands = {"flows.cli", *graph.find_descendants("flows.cli")}
        importers = {i for module in commands for i in graph.find_modules_that_directly_import(module)}
        assert importers <= commands


@pytest.mark.parametrize("folder", ["configs", "transforms", "warehouse", "flows"])
def test_each_layer_is_a_package_with_a_word_on_what_it_is_for(root: Path, folder: str) -> None:
    package = root / folder / "__init__.py"
    assert package.read_text(encoding="utf-8").lstrip().startswith('"""')


def test_no_module_is_a_drawer_for_odds_and_ends(root: Path) -> None:
    names = {p for layer in ("configs", "transforms", "warehouse", "flows") for p in (root / layer).rglob("*.py")}
    drawers = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
    assert not [str(p.relative_to(root)) for p in names if p.stem in drawers]
