"""The README says what the commands say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.readme import answer, commands

COMMANDS = list(commands())


def test_the_readme_holds_its_five_questions() -> None:
    assert sum(command.startswith("sql") for command, _ in COMMANDS) >= 5


@pytest.mark.parametrize(("command", "printed"), COMMANDS, ids=[c for c, _ in COMMANDS])
def test_the_readme_prints_what_the_command_prints(home: Path, command: str, printed: str) -> None:
    assert answer(command, home) == printed, "to mend it: python -m tests.e2e.readme --write"
