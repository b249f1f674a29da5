"""The pages of the warehouse: COOKBOOK.md (each question with its answer on the shipped sample) and DICTIONARY.md.

python -m tests.e2e.pages           says which pages are out of date
python -m tests.e2e.pages --write   writes them anew
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.e2e.conftest import ROOT, run_sample
from warehouse import ask
from warehouse.cookbook import Question, questions

SHOWN = 10
"""Rows of an answer that the page shows."""
COOKBOOK = """# Cookbook

Questions to the warehouse, each a file in [sql/cookbook](sql/cookbook). `whoheld cookbook` lists them,
`whoheld cookbook reversals` asks one, and
`whoheld cookbook near_a_place --param place=Raqqa --param kilometres=50` asks it of something else.
The SQL can be pasted into `whoheld sql "..."`, or run in anything that opens the published file:
its first lines set what is asked.

All answers are those of the shipped sample: 45 short reports on the race for Deir ez-Zor in 2017, so most numbers are
small. The page is written by `make readme`.
"""
DICTIONARY = """# Data dictionary

Every relation, column and macro of the published warehouse, as its own comments tell. `make readme` writes the page.

Names that begin with `bi_` are flat views for BI tools: one row a thing, no lists, keys that join.
`bi_changes`, `bi_control_daily` and `bi_claims` join `bi_places` by `place_id`;
`bi_claims` and `bi_coverage` join `bi_sources` by `source_id`; `bi_coverage` and `bi_control_daily` share `day`.
"""
_RELATIONS = """
    from (
        select table_name as name, 'table' as kind, comment from duckdb_tables() where not internal
        union all select view_name, 'view', comment from duckdb_views() where not internal
    )
    order by name like 'bi_%', name"""
_COLUMNS = """
    select column_name, data_type, comment from duckdb_columns() where table_name = '{}' and not internal
    order by column_index"""
_MACROS = """
    select function_name as name, array_to_string(parameters, ', ') as parameters, comment from duckdb_functions()
    where not internal and function_type like '%macro' order by name"""


def pages(warehouse: Path) -> dict[Path, str]:
    """What each page has to be."""
    return {
        ROOT / "warehouse" / "COOKBOOK.md": cookbook_page(warehouse),
        ROOT / "warehouse" / "DICTIONARY.md": dictionary_page(warehouse),
    }


def cookbook_page(warehouse: Path) -> str:
    """Each question with its prose, SQL and answer."""
    asked = questions()
    contents = "".join(f"- [{one.title}](#{one.name})\n" for one in asked)
    return "\n".join([COOKBOOK, contents, *(_entry(warehouse, one) for one in asked)])


def _entry(warehouse: Path, one: Question) -> str:
    answer = ask.query(warehouse, one.sql)
    more = len(answer.rows) - SHOWN
    rest = f"\nand {more} more {'row' if more == 1 else 'rows'}\n" if more > 0 else ""
    table = markdown(answer.columns, answer.rows[:SHOWN]) if answer.rows else "No rows.\n"
    return f"## {one.name}\n\n**{one.title}** {one.prose}\n\n```sql\n{one.sql.strip()}\n```\n\n{table}{rest}"


def dictionary_page(warehouse: Path) -> str:
    """Relations with their columns, then macros."""
    parts = [DICTIONARY]
    for row in ask.query(warehouse, _RELATIONS).dicts():
        columns = ask.query(warehouse, _COLUMNS.format(row["name"]))
        head = f"## {row['name']}\n\n*{row['kind']}.* {row['comment']}\n\n"
        parts.append(head + markdown(("column", "type", "meaning"), columns.rows))
    macros = ask.query(warehouse, _MACROS).rows
    parts.append(
        "## Macros\n\n" + markdown(("macro", "meaning"), [(f"`{name}({given})`", said) for name, given, said in macros])
    )
    return "\n".join(parts)


def markdown(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(value: Any) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def main() -> int:
    """Exit code 1 where a page is out of date and is not to be written."""
    parser = argparse.ArgumentParser(prog="python -m tests.e2e.pages", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--write", action="store_true", help="write the pages that are out of date anew")
    write = parser.parse_args().write
    with tempfile.TemporaryDirectory() as scratch:
        made = pages(run_sample(Path(scratch)) / "published" / "warehouse.duckdb")
    stale = {path: text for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text}
    if write:
        for path, text in stale.items():
            path.write_text(text, encoding="utf-8")
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {'written anew' if write else 'out of date'}")
    return 1 if stale and not write else 0


if __name__ == "__main__":
    sys.exit(main())
