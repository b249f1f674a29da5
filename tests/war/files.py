"""The invented war as files: a theatre's folder, reports as JSON lines, and the truth beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from configs.gazetteer import COLUMNS
from tests.war.articles import Written
from tests.war.country import Country, words
from tests.war.english import FIRST_DAY, day_of
from tests.war.newsroom import Scenario, Today, invent_war
from tests.war.outlets import Outlet

TRUTH = ("place_id", "side", "valid_from", "valid_to", "besieger")
STATEMENTS = (
    "doc_id", "source_id", "published", "kind", "place_id", "side", "opponent", "day", "claimant", "truth", "quote",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Invented:
    """Where the files lie, and what there is in them."""

    theatre: Path
    reports: Path
    truth: Path
    statements: Path
    n_reports: int
    n_days: int


def write_war(scenario: Scenario, seed: int, folder: Path) -> Invented:
    """Write the war below ``folder``: ``theatre/``, ``reports/``, ``truth.csv`` and ``statements.csv``."""
    country, days = invent_war(scenario, seed)
    theatre, reports = folder / "theatre", folder / "reports"
    write_theatre(country, scenario.outlets, theatre)
    reports.mkdir(parents=True, exist_ok=True)
    n_reports = n_days = 0
    with (
        (reports / "reports.jsonl").open("w", encoding="utf-8", newline="\n") as lines,
        (folder / "truth.csv").open("w", encoding="utf-8", newline="") as truth,
        (folder / "statements.csv").open("w", encoding="utf-8", newline="") as said,
    ):
        tenures, statements = csv.writer(truth, lineterminator="\n"), csv.writer(said, lineterminator="\n")
        tenures.writerow(TRUTH)
        statements.writerow(STATEMENTS)
        for today in days:
            n_days = max(n_days, today.day + 1) if today.left or not n_days else n_days
            tenures.writerows(truth_rows(country, today))
            for written in today.printed:
                n_reports += 1
                lines.write(json.dumps(written.record(), ensure_ascii=False) + "\n")
                statements.writerows(_statement_rows(country, written))
            n_days = today.day + 1 if today.left else n_days
    return Invented(theatre, reports, folder / "truth.csv", folder / "statements.csv", n_reports, n_days)


def truth_rows(country: Country, today: Today) -> Iterator[tuple[str, ...]]:
    """The tenures that ended on a day, and on the last one those that last; empty ones (a day's back and forth) too."""
    for t in chain(today.ended, today.left):
        until = day_of(t.until).isoformat() if t.until is not None else ""
        yield country.sites[t.site].place_id, t.side or "", day_of(t.first).isoformat(), until, t.besieger or ""


def _statement_rows(country: Country, written: Written) -> Iterator[tuple[str, ...]]:
    for told in written.told:
        s = told.statement
        yield (
            written.doc_id, s.outlet, day_of(s.published).isoformat(), s.kind, country.sites[s.site].place_id, s.side,
            s.opponent or "", day_of(s.day).isoformat(), s.claimant or "", s.truth, written.text[told.start : told.end],
        )  # fmt: skip


def write_theatre(country: Country, outlets: Iterable[Outlet], folder: Path) -> None:
    """A theatre's folder as ``configs/theatres`` has them."""
    folder.mkdir(parents=True, exist_ok=True)
    provinces = ", ".join(map(_text, country.provinces))
    head = (
        f'slug = "velmora"\nname = {_text(country.name)}\nlanguage = "en"\nstarts = {FIRST_DAY.isoformat()}\n'
        f"admin1 = [{provinces}]\n"
    )
    (folder / "theatre.toml").write_text(head, encoding="utf-8")
    (folder / "actors.toml").write_text(_actors(country), encoding="utf-8")
    (folder / "sources.toml").write_text("\n".join(map(_source, outlets)), encoding="utf-8")
    with (folder / "places.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        rows.writeheader()
        for n, name in enumerate(country.provinces):
            rows.writerow(
                {
                    "place_id": f"province{n:04}",
                    "name": name,
                    "kind": "governorate",
                    "admin1": name,
                    "country": "XV",
                    "geo_prec": 4,
                }
            )
        for s in country.sites:
            row = {
                "place_id": s.place_id,
                "name": s.name,
                "kind": s.kind,
                "admin1": s.province,
                "lat": s.lat,
                "lon": s.lon,
            }
            rows.writerow(row | {"country": "XV", "geo_prec": 1, "population": s.population or ""})
        rows.writerow(
            {
                "place_id": "capital",
                "name": country.capital,
                "kind": "city",
                "admin1": country.provinces[0],
                "country": "XV",
                "lat": 39.0,
                "lon": 19.0,
                "geo_prec": 1,
            }
        )


def _actors(country: Country) -> str:
    known = words()
    parts = ["[sides]", *(f"{s.side_id} = {{ name = {_text(s.name)} }}" for s in country.sides)]
    parts += ['unknown = { name = "Unknown" }', ""]
    for side in country.sides:
        named = [n.removeprefix("the ") for n in (*(n for n, _ in (*side.nouns, *side.headline_nouns)), *side.others)]
        aliases = {name.casefold(): name for name in named}.values()
        parts += [
            f"[actors.{side.side_id}]", f"name = {_text(side.name)}", f"side = {_text(side.side_id)}",
            f"aliases = {_list(aliases)}", f"adjectives = {_list(side.adjectives)}", "",
        ]  # fmt: skip
    for epithet in known["epithets"]:
        parts += ["[[epithets]]", f"words = {_list(epithet['words'])}", f"may_be = {_list(epithet['may_be'])}"]
        parts += [f"default = {_text(epithet['default'])}", ""]
    parts += ["[heads]", *(f"{name} = {_list(some)}" for name, some in known["heads"].items()), ""]
    return "\n".join(parts)


def _source(outlet: Outlet) -> str:
    lines = [f"[sources.{outlet.source_id}]", f"name = {_text(outlet.name)}", f"kind = {_text(outlet.kind)}"]
    if outlet.leaning is not None:
        lines.append(f"leaning = {_text(outlet.leaning)}")
    if outlet.american:
        lines.append('date_order = "mdy"')
    return "\n".join([*lines, f"match = {_list([outlet.name])}", ""])


def _list(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
