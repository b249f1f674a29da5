"""The report page as a file: it carries what the warehouse holds, runs its own script only, and asks for nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from configs.errors import NothingPublished, WhoheldError
from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse import ask
from warehouse.publish import refresh
from warehouse.report.content import letters
from warehouse.report.page import write_page

HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = f"{HOSTILE} and more"
    reports = [
        report("r0", date(2020, 1, 5), text=f"{text} 0", title=HOSTILE, url="https://herald.example/a?x=<b>"),
        report("r1", date(2020, 1, 8), text=f"{text} 1", title="T", url="javascript:alert(1)", source_id="northwire"),
        report("r2", date(2020, 1, 9), text=f"{text} 2"),
    ]
    claims = [
        claim(reports[0], "control", "south", chars=(0, len(HOSTILE)), claimed_by=HOSTILE),
        claim(reports[1], "capture", "north", opponent_side="south"),
        claim(reports[2], "siege", "south", opponent_side="north"),
        claim(reports[2], "control", "south", place_id="p:ford"),
    ]
    found = [{"place_id": "p:ford", "report_id": "r2", "name": HOSTILE, "kind": "unknown", "geo_prec": 6}]
    return refresh(fill(tmp_path_factory.mktemp("report"), reports, claims, found), THEATRE, CONFIG).path


@pytest.fixture(scope="module")
def page(published: Path) -> str:
    return write_page(published, published.parent / "page.html", HOSTILE).read_text(encoding="utf-8")


def carried(page: str, name: str) -> dict[str, Any]:
    packed = re.findall(f'<script type="text/plain" id="data-{name}">([^<]*)</script>', page)
    assert len(packed) == 1
    return dict(json.loads(gzip.decompress(base64.b64decode(packed[0]))))


def elements(page: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """Every element with its attributes, as a browser would find them."""
    found: list[tuple[str, list[tuple[str, str | None]]]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, attrs))  # type: ignore[method-assign]
    parser.feed(page)
    return found


def test_the_page_carries_every_control_row_and_every_claim_that_bears_on_one(published: Path, page: str) -> None:
    tables, evidence = carried(page, "first")["tables"], carried(page, "evidence")
    with ask.connect(published) as con:
        (rows,) = con.execute("select count(*) from control").fetchall()[0]
        (bearing,) = con.execute("select count(distinct claim_id) from control_evidence").fetchall()[0]
        ids = [row[0] for row in con.execute("select place_id from control group by all order by 1").fetchall()]
    assert rows == len(tables["holds"]["place"]) == len(evidence["holds"]["reason"]) > 3
    assert bearing == len(evidence["claims"]["quote"]) > 0
    assert tables["places"]["id"] == ids
    assert HOSTILE in evidence["claims"]["quote"]
    assert HOSTILE in tables["places"]["name"]


def test_nothing_that_a_report_says_is_markup(page: str) -> None:
    assert HOSTILE not in page
    assert {tag for tag, _ in elements(page)} & {"img", "link", "iframe", "object", "base"} == set()
    assert html.unescape(re.findall("<title>(.*?)</title>", page)[0]) == HOSTILE


def test_only_addresses_of_the_web_become_links(page: str) -> None:
    assert sorted(carried(page, "evidence")["reports"]["url"]) == ["", "", "https://herald.example/a?x=<b>"]


def test_the_page_may_run_its_own_script_and_nothing_else(page: str) -> None:
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0])
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    assert re.findall(r"script-src ([^;]*)", policy)[0].split() == [f"'sha256-{one}'" for one in hashes]
    assert len(hashes) == 9
    assert policy.startswith("default-src 'none'")
    named = {name for _, attributes in elements(page) for name, _ in attributes}
    assert not [name for name in named if name in ("src", "style") or name.startswith("on")]


def test_the_same_warehouse_makes_the_same_page(published: Path, page: str, tmp_path: Path) -> None:
    again = write_page(published, tmp_path / "deeper" / "again.html", HOSTILE)
    assert again.read_text(encoding="utf-8") == page
    assert [path.name for path in again.parent.iterdir()] == ["again.html"]


def test_without_a_warehouse_or_without_holds_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="there is no warehouse"):
        write_page(tmp_path / "none.duckdb", tmp_path / "page.html")
    empty = refresh(fill(tmp_path / "lake", [report("r0", "2020-01-05")], []), THEATRE, CONFIG).path
    with pytest.raises(WhoheldError, match="no report tells who held any place"):
        write_page(empty, tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()


def test_letters_tell_sides_apart() -> None:
    names = ["Syrian government", "Syrian Democratic Forces", "Islamic State", "Iran", "Iraq", "S", "S", "", "قسد"]
    found = letters(names)
    assert found[:3] == ["S", "D", "I"]
    assert len(set(found)) == len(names)
    assert "X" not in found  # which stands for contested places
