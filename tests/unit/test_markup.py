"""Pages, feeds and archives as they are saved: the article and what is known of it, nothing else."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from configs.load import load_language
from tests.landing_stubs import ARTICLE, theatre
from tests.web_stubs import entry, page, response, rss
from transforms.reports.documents import Reading, ReportReader
from transforms.reports.feeds import read_feed
from warehouse.landing import discover, land

THEATRE = theatre()
READER = ReportReader(THEATRE, load_language(THEATRE.language))
OTHER = "Rebels shelled the bridge at Ain Rumman twice before dawn, the mayor told reporters, and nobody was hurt."


def _read(data: bytes | str, name: str = "in/a") -> Reading:
    return READER.read(data.encode() if isinstance(data, str) else data, name)


def test_a_saved_page_is_its_article_with_title_day_address_and_outlet() -> None:
    [report] = _read(
        page("Tal Nimr entered", ARTICLE, "2017-09-06T01:30:00+03:00", "https://zenobia.example/a")
    ).reports
    assert ARTICLE in report.text
    assert not {"Sections", "Copyright", "alert"} & set(report.text.split())
    assert (report.title, report.url, report.source_id) == ("Tal Nimr entered", "https://zenobia.example/a", "zna")
    assert (report.published_at, report.published_basis) == (date(2017, 9, 6), "metadata")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
@pytest.mark.parametrize("says", ["utf-8", "windows-1252", "x-unknown"])
def test_a_page_is_read_in_its_encoding_whatever_it_says(encoding: str, says: str) -> None:
    text = f"The café at Tal Nimr – “quiet”, he said – is open. {ARTICLE}"
    data = page("Tal Nimr", text, charset=says).encode(encoding)
    if encoding == "windows-1252" and says == "utf-8":
        data = gzip.compress(data)  # packed or not
    assert text in _read(data).reports[0].text


def test_the_address_that_a_browser_notes_in_a_saved_page_is_used() -> None:
    saved = page("Tal Nimr", ARTICLE).replace(
        "<html", "<!-- saved from url=(0031)https://www.gulfledger.example/x -->\n<html", 1
    )
    [report] = _read(saved).reports
    assert (report.url, report.source_id) == ("https://www.gulfledger.example/x", "gulf")


def test_a_saved_feed_is_a_report_an_entry() -> None:
    feed = rss(("One", "https://zenobia.example/1", "Wed, 06 Sep 2017 01:30:00 +0300", f"<p>{ARTICLE}</p><p>So.</p>"),
               ("Two", "/2", "2017-09-07T10:00:00Z", OTHER))  # fmt: skip
    first, second = _read(feed).reports
    assert (first.text, first.title, first.published_at) == (f"{ARTICLE}\n\nSo.", "One", date(2017, 9, 6))
    assert (second.text, second.published_at) == (OTHER, date(2017, 9, 7))


def test_the_day_of_an_entry_is_that_of_the_outlets_own_clock() -> None:
    [found] = read_feed(rss(("One", "https://z.example/1", "Wed, 06 Sep 2017 01:30:00 +0300", "x")).encode())
    assert found.published == "2017-09-06T01:30:00+03:00"


def test_a_feed_in_another_encoding_than_it_says_is_read() -> None:
    feed = rss(("Café “Nimr”", "https://z.example/1", None, OTHER)).encode("windows-1252")
    [found] = read_feed(feed)
    assert found.title == "Café “Nimr”"


@pytest.mark.parametrize(
    "link", ["file:/etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://h/x", "http://", "//"]
)
def test_an_entry_links_to_the_web_or_nowhere(link: str) -> None:
    [found] = read_feed(rss(("One", link, None, OTHER)).encode())
    assert found.link is None


def test_entities_of_a_feeds_own_making_are_not_filled_in() -> None:
    entities = "<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY f SYSTEM 'file:/etc/passwd'>"
    bomb = f"<!DOCTYPE rss [{entities}]>"
    feed = rss(("&b;&f;", "https://z.example/1", None, OTHER)).replace("<rss", f"{bomb}<rss", 1)
    [found] = read_feed(feed.encode())
    assert "xxxx" not in (found.title or "")
    assert "root:" not in (found.title or "")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_archive_gives_each_page_with_what_stands_beside_it(pack) -> None:  # type: ignore[no-untyped-def]
    archive = (
        response("https://zenobia.example/robots.txt", b"User-agent: *", kind="text/plain")
        + entry("https://zenobia.example/a", source="gulf", title="Feed's", published="2017-09-05", text="Short.")
        + response("https://zenobia.example/a", page("Tal Nimr", ARTICLE, "2017-09-06").encode())
        + response("https://zenobia.example/gone", page("Tal Nimr", OTHER).encode(), status=404)
        + entry("https://zenobia.example/b", title="Only in the feed", published="2017-09-07", text=OTHER)
        + response("https://www.gulfledger.example/c", gzip.compress(page("C", OTHER * 2).encode()), encoding="gzip")
    )
    first, second, third = _read(pack(archive), "in/a.warc").reports
    assert (first.source_id, first.title, first.published_at, first.raw_path) == (
        "gulf",
        "Tal Nimr",
        date(2017, 9, 5),
        "in/a.warc#3",
    )
    assert (second.text, second.source_id, second.title, second.published_at) == (
        OTHER,
        "zna",
        "Only in the feed",
        date(2017, 9, 7),
    )
    assert third.source_id == "gulf"


def test_a_wall_in_place_of_an_article_gives_way_to_the_feeds_own_text() -> None:
    wall = "<html><body><div>Please log in to read this article.</div></body></html>"
    archive = entry("https://zenobia.example/a", text=OTHER) + response("https://zenobia.example/a", wall.encode())
    assert [r.text for r in _read(archive).reports] == [OTHER]


def test_a_torn_archive_gives_its_whole_records_and_an_issue() -> None:
    archive = b"".join(response(f"https://zenobia.example/{n}", page("T", f"{n} {ARTICLE}").encode()) for n in range(4))
    for cut in (10, 300, 700):
        reading = _read(archive[:-cut])
        assert len(reading.reports) == 3
        assert [i.kind for i in reading.issues if i.kind != "no_date"] == ["broken_warc"]


def test_secrets_in_addresses_do_not_reach_a_report() -> None:
    line = json.dumps({"text": ARTICLE, "url": "https://me:pw@zenobia.example/a?id=7&token=abc"})
    assert _read(line, "a.jsonl").reports[0].url == "https://zenobia.example/a?id=7&token=REDACTED"
    assert _read(json.dumps({"text": ARTICLE, "url": " JavaScript:alert(1)"}), "a.jsonl").reports[0].url is None


def test_what_a_browser_saves_beside_a_page_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "in" / "a_files").mkdir(parents=True)
    (tmp_path / "in" / "a.html").write_text(page("Tal Nimr", ARTICLE))
    for name in ("a_files/tracker.html", "a_files/x.png", "site.css", "app.js"):
        (tmp_path / "in" / name).write_text("Rebels captured the town.")
    found = discover([tmp_path / "in"])
    assert ([f.name for f in found.files], found.n_hidden) == ([str(tmp_path / "in" / "a.html")], 4)
    [batch] = land(found, THEATRE, tmp_path / "raw")
    assert len(batch.reports) == 1
