"""The cookbook: analytical questions as SQL files, one a file, with what may be asked in it as SET VARIABLE lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from configs.errors import NotFound, WhoheldError
from warehouse.relations import SQL, quoted

_PARAMETER = re.compile(r"^SET VARIABLE (?P<name>\w+) = (?P<value>.+);$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Question:
    """``name`` is the stem of the file; ``parameters`` are its SQL literals by name, as the file sets them."""

    name: str
    title: str
    prose: str
    sql: str
    parameters: Mapping[str, str]

    def asked(self, values: Mapping[str, str]) -> str:
        """The SQL with other values for its parameters, written as a person types them (2017-10-01, 14, Raqqa).

        Raises WhoheldError for a parameter that it does not have, or a value that is not of its kind.
        """
        if unknown := sorted(set(values) - set(self.parameters)):
            there = ", ".join(self.parameters) or "none"
            raise WhoheldError(f"{self.name} has no parameter {unknown[0]!r}\n  to mend it: take one of: {there}")
        given = {name: _literal(name, values[name], self.parameters[name]) for name in values}
        return _PARAMETER.sub(lambda m: f"SET VARIABLE {m['name']} = {given.get(m['name'], m['value'])};", self.sql)


def questions() -> tuple[Question, ...]:
    """All questions, by name."""
    return tuple(
        _read(path.stem, path.read_text(encoding="utf-8")) for path in sorted((SQL / "cookbook").glob("*.sql"))
    )


def question(name: str) -> Question:
    """The question of that name. Raises NotFound."""
    for one in questions():
        if one.name == name:
            return one
    raise NotFound(f"the cookbook has no question {name!r}\n  to see them all: whoheld cookbook")


def _read(name: str, text: str) -> Question:
    lines = text.splitlines()
    prose = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    code = "\n".join(line for line in lines if not line.startswith("-- "))
    parameters = {m["name"]: m["value"] for m in _PARAMETER.finditer(code)}
    return Question(name, prose[0], " ".join(prose[1:]), code, parameters)


def _literal(name: str, value: str, like: str) -> str:
    if like.startswith("DATE"):
        if not _DAY.fullmatch(value):
            raise WhoheldError(f"{name} {value!r} is no day\n  to mend it: write it as 2017-09-10")
        return f"DATE {quoted(value)}"
    if like.startswith("'"):
        return quoted(value)
    if not value.isdecimal():
        raise WhoheldError(f"{name} {value!r} is no number\n  to mend it: write it as {like}")
    return value
