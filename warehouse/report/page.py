"""``whoheld report``: one page that carries its data, its script and its style, and asks nothing of the network."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from datetime import date, timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from configs.errors import WhoheldError
from warehouse.lake import put_in_place, unfinished_name
from warehouse.report.content import Content, letters, read_content
from warehouse.report.outlines import Outlines, read_outlines

HERE = Path(__file__).parent
SCRIPTS = (
    "vendor/echarts.min.js",
    "data.js",
    "words.js",
    "symbols.js",
    "map.js",
    "charts.js",
    "places.js",
    "changes.js",
    "page.js",
)
EPOCH = date(1970, 1, 1)


def write_page(warehouse: Path, to: Path, title: str | None = None) -> Path:
    """Write the page to the file ``to``, whole or not at all; the same warehouse makes the same bytes.

    Raises NothingPublished, OSError, and WhoheldError where there is nothing to show.
    """
    content = read_content(warehouse)
    html = page(content, read_outlines(content.meta["theatre"]), title)
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unfinished_name(to)
    try:
        unfinished.write_text(html, encoding="utf-8", newline="\n")
        put_in_place(unfinished, to)
    finally:
        unfinished.unlink(missing_ok=True)
    return to


def page(content: Content, outlines: Outlines, title: str | None = None) -> str:
    """The page as HTML. Nothing that a report says is markup in it: data are packed as base64 and put in as text."""
    scripts = [_asset(name) for name in SCRIPTS]
    style = _asset("page.css")
    meta = content.meta | {"letters": letters(json.loads(content.first)["sides"]["name"])}
    first = f'{{"meta": {json.dumps(meta)}, "outlines": {json.dumps(outlines.features)}, "tables": {content.first}}}'
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.j2").render(
        title=title or f"Who held what: {outlines.name}",
        told=_told(content),
        policy=f"default-src 'none'; script-src {' '.join(map(_allowed, scripts))}; style-src {_allowed(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'",
        style=style,
        scripts=scripts,
        first=_packed(first),
        evidence=_packed(content.evidence),
        has_outlines=bool(outlines.features),
        **{key: meta[key] for key in ("made_on", "run_id", "rights", "carried_after")},
    )


def _told(content: Content) -> str:
    meta = content.meta
    text = f"{_counted(meta['reports'], 'report')} by {_counted(meta['outlets'], 'outlet')}"
    if meta["last_day"] is None:
        return text
    first, last = (EPOCH + timedelta(days=meta[key]) for key in ("first_published", "last_day"))
    return f"{text}, published from {first.day} {first:%B %Y} to {last.day} {last:%B %Y}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _asset(name: str) -> str:
    text = (HERE / name).read_text(encoding="utf-8")
    if "</script" in text.lower() or "</style" in text.lower():
        raise WhoheldError(f"{HERE / name} would end the element that it stands in\n  to mend it: install whoheld anew")
    return text


def _allowed(text: str) -> str:
    """The source expression by which a Content-Security-Policy allows exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _packed(text: str) -> str:
    return base64.b64encode(gzip.compress(text.encode(), compresslevel=6, mtime=0)).decode()
