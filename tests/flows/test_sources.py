"""Sources fetched and landed: every article once, with outlet and day; what fails costs nothing else."""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from configs.errors import NotFound
from configs.fetching import Fetch, Politeness
from configs.settings import Settings
from flows.sources import inbox
from flows.sources.health import Health
from flows.sources.rounds import fetch_round, put_away, url_fetch
from flows.sources.state import State, read_state, state_file, write_state
from tests.landing_stubs import ARTICLE, theatre
from tests.web_server import Site, gives, in_turn, serving, validated
from tests.web_stubs import page, response, rss
from transforms.reports.volume import falls_short
from warehouse.intake import Landed, take_in
from warehouse.lake import Lake, open_lake
from warehouse.landing import InputFile, raw_file

THEATRE = theatre()
MANNERS = Politeness(pause=0, timeout=0.5, tries=2, retry_pause=0.01, max_bytes=1_000_000)
SETTINGS = Settings(allow_hosts="127.0.0.1")
NOW = datetime(2017, 9, 10, 12, tzinfo=UTC)
RSS = "application/rss+xml"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return open_lake(tmp_path / "home")


async def no_secret(name: str) -> str | None:
    return None


def feed(site: Site, name: str = "zenobia", **given: Any) -> Fetch:
    return Fetch(**({"fetch_id": name, "kind": "feed", "address": f"{site.address}/{name}.xml", "outlet": "zna",
                     "politeness": MANNERS} | given))  # fmt: skip


def run(lake: Lake, *fetches: Fetch, now: datetime = NOW) -> tuple[dict[str, Health], Landed]:
    """A round, landed."""
    brought = fetch_round(lake, fetches, SETTINGS, f"r{now:%d%H%M}", now, secret=no_secret)
    files = [InputFile(name, Path(path), outlet=outlet) for name, path, outlet in brought.inputs]
    landed = take_in(lake, THEATRE, files, f"r{now:%d%H%M}", now)
    put_away(lake, fetches, brought.inputs)
    return {health.name: health for health in brought.health}, landed


def rows(lake: Lake, table: str = "reports") -> list[dict[str, Any]]:
    return [row for path in lake.files(table) for row in pq.ParquetFile(path).read().to_pylist()]


def articles(site: Site, name: str, *numbers: int) -> str:
    for n in numbers:
        site.pages[f"/{name}/{n}"] = gives(page(f"Title {n}", f"{ARTICLE} {name} {n}."))
    items = [
        (f"Title {n}", f"/{name}/{n}?utm_source=rss", f"{n:02d} Sep 2017 01:30:00 +0300", "In short.") for n in numbers
    ]
    return rss(*items)


def test_a_feed_lands_the_articles_that_it_links_to_and_asks_for_each_once(site: Site, lake: Lake) -> None:
    site.pages["/zenobia.xml"] = in_turn(
        validated(articles(site, "zenobia", 5, 6), '"one"'), validated("", '"one"'),
        validated(articles(site, "zenobia", 5, 6, 7), '"two"'),
    )  # fmt: skip
    health, landed = run(lake, feed(site))
    assert (health["zenobia"].status, health["zenobia"].n_new, landed.n_reports) == ("news", 2, 2)
    first = next(row for row in rows(lake) if row["title"] == "Title 5")
    assert (first["source_id"], first["published_at"], first["published_basis"]) == (
        "zna",
        date(2017, 9, 5),
        "metadata",
    )
    assert first["url"] == f"{site.address}/zenobia/5"
    assert ARTICLE in first["text"]
    assert raw_file(lake.raw, first["raw_hash"]).read_bytes()[:2] == b"\x1f\x8b"
    assert list((lake.root / "fetched").glob("*/*")) == []

    health, landed = run(lake, feed(site))
    assert (health["zenobia"].status, landed.n_reports) == ("unchanged", 0)
    assert site.asked[-1][1]["If-None-Match"] == '"one"'
    health, landed = run(lake, feed(site))
    assert (health["zenobia"].n_new, landed.n_reports) == (1, 1)
    assert {n for path, n in site.times_asked.items() if path.startswith("/zenobia/")} == {1}


def test_sources_fail_apart(site: Site, lake: Lake) -> None:
    site.pages |= {
        "/good.xml": gives(articles(site, "good", 5), RSS), "/down.xml": gives(b"", status=500),
        "/changed.xml": gives("<!doctype html><html><body>Our feed has moved</body></html>"),
        "/private.xml": gives(b"", status=302, Location="http://10.0.0.1/feed"),
    }  # fmt: skip
    names = ("good", "down", "changed", "private")
    health, landed = run(lake, *(feed(site, name) for name in names))
    assert [health[name].status for name in names] == ["news", "failed", "changed", "failed"]
    assert landed.n_reports == 1
    issues = {row["path"]: row["kind"] for row in rows(lake, "issues")}
    assert issues == {"down": "http_error", "changed": "not_a_feed", "private": "refused_address"}
    assert all(health[name].warning for name in names[1:])
    run(lake, *(feed(site, name) for name in names), now=NOW + timedelta(hours=1))
    assert len(rows(lake, "issues")) == 3, "the same issue seen again is the same issue"


def test_a_page_that_fails_in_passing_is_asked_again_and_at_last_the_feeds_own_text_serves(
    site: Site, lake: Lake
) -> None:
    own = f"The feed's own words. {ARTICLE}"
    site.pages["/zenobia.xml"] = validated(
        rss(("Down", "/down", "05 Sep 2017", own), ("Soon", "/soon", None, own)), '"x"'
    )
    site.pages["/down"] = gives(b"", status=500)
    site.pages["/soon"] = in_turn(*[gives(b"", status=502)] * 3, gives(page("Soon", f"At last. {ARTICLE}")))
    health, landed = run(lake, feed(site))
    assert (landed.n_reports, health["zenobia"].note) == (0, "2 pages are left for the next run")
    assert rows(lake, "issues") == []
    for _ in range(4):
        health, landed = run(lake, feed(site))
    assert sorted(row["text"].removeprefix("Soon\n\n")[:8] for row in rows(lake)) == ["At last.", "The feed"]
    assert [(i["kind"], i["path"]) for i in rows(lake, "issues") if i["kind"] != "no_date"] == [
        ("http_error", f"{site.address}/down")
    ]
    assert run(lake, feed(site))[0]["zenobia"].status == "unchanged"


def test_pages_that_are_gone_or_forbidden_or_no_pages_are_told_and_the_feeds_text_serves(
    site: Site, lake: Lake
) -> None:
    site.pages |= {
        "/robots.txt": gives("User-agent: *\nDisallow: /closed\n", "text/plain"),
        "/pdf": gives(b"%PDF-1.7", "application/pdf"),
        "/zenobia.xml": gives(rss(("A", "/gone", "05 Sep 2017", f"{ARTICLE} A"), ("B", "/closed", None, f"{ARTICLE} B"),
                                  ("C", "/pdf", None, ""), ("D", None, None, f"{ARTICLE} D"),
                                  ("E", "file:/etc/passwd", None, f"{ARTICLE} E")), RSS),
    }  # fmt: skip
    _, landed = run(lake, feed(site))
    assert {row["text"][-1] for row in rows(lake)} == {"A", "B", "D", "E"}
    assert landed.n_reports == 4
    kinds = {
        (row["kind"], row["path"].rpartition("/")[2]) for row in rows(lake, "issues") if row["path"].startswith("http")
    }
    assert kinds == {("http_error", "gone"), ("robots_forbid", "closed"), ("not_a_page", "pdf"), ("no_text", "pdf")}
    assert not any("passwd" in str(row["url"]) for row in rows(lake))


def test_a_changed_layout_is_seen_at_once(site: Site, lake: Lake) -> None:
    items = [(f"T{n}", f"/{n}", None, f"{ARTICLE} Feed {n}.") for n in range(4)]
    site.pages["/zenobia.xml"] = gives(rss(*items), RSS)
    site.pages |= {
        f"/{n}": gives("<html><body><div id=app></div><script src=/app.js></script></body></html>") for n in range(4)
    }
    health, landed = run(lake, feed(site))
    assert (health["zenobia"].status, landed.n_reports) == ("changed", 4)
    assert "layout may have changed" in health["zenobia"].warning


def test_a_story_in_five_copies_is_one_report(site: Site, lake: Lake) -> None:
    site.pages["/zenobia.xml"] = gives(rss(*((f"T{n}", f"/{n}", None, "") for n in range(5))), RSS)
    site.pages |= {f"/{n}": gives(page("The story", ARTICLE)) for n in range(5)}
    _, landed = run(lake, feed(site))
    assert (landed.n_reports, landed.n_repeats) == (1, 4)


def test_only_so_many_pages_are_fetched_in_one_run_and_the_rest_in_the_next(site: Site, lake: Lake) -> None:
    site.pages["/zenobia.xml"] = validated(articles(site, "zenobia", *range(1, 8)), '"x"')
    few = feed(site, politeness=Politeness(pause=0, pages_per_run=3))
    assert [run(lake, few)[1].n_reports for _ in range(4)] == [3, 3, 1, 0]


def test_a_feed_may_be_taken_at_its_own_word(site: Site, lake: Lake) -> None:
    site.pages["/zenobia.xml"] = gives(articles(site, "zenobia", 5).replace("In short.", ARTICLE), RSS)
    run(lake, feed(site, linked=False))
    assert [row["text"] for row in rows(lake)] == [ARTICLE]
    assert "/zenobia/5" not in site.times_asked


def test_a_page_and_a_file_of_the_web(site: Site, lake: Lake) -> None:
    archive = b"".join(
        response(f"https://gulfledger.example/{n}", page("T", f"{ARTICLE} {n}").encode()) for n in range(3)
    )
    line = json.dumps({"text": f"{ARTICLE} In a line.", "date": "2017-09-05"})
    site.pages |= {"/live": gives(page("Live", f"{ARTICLE} Live.")), "/2017.warc": gives(archive, "application/warc"),
                   "/day.jsonl": gives(line, "text/plain")}  # fmt: skip
    fetches = [Fetch("live", "page", f"{site.address}/live", outlet="gulf", politeness=MANNERS),
               Fetch("crawl", "file", f"{site.address}/2017.warc", politeness=MANNERS),
               Fetch("lines", "file", f"{site.address}/day.jsonl", outlet="zna", politeness=MANNERS)]  # fmt: skip
    _, landed = run(lake, *fetches)
    assert landed.n_reports == 5
    assert Counter(row["source_id"] for row in rows(lake)) == {"gulf": 4, "zna": 1}
    health, landed = run(lake, *fetches)
    assert {h.status for h in health.values()} == {"unchanged"}


def test_an_address_in_place_of_a_path_is_told_by_what_comes(site: Site, lake: Lake) -> None:
    site.pages |= {"/f": gives(articles(site, "z", 5), RSS), "/p": gives(page("P", f"{ARTICLE} P."))}
    run(lake, *(replace(url_fetch(f"{site.address}/{name}"), politeness=MANNERS) for name in "fp"))
    assert sorted(row["title"] for row in rows(lake)) == ["P", "Title 5"]


@pytest.mark.parametrize(
    "address", ["https://me:pa55@zenobia.example/f", "https://zenobia.example/f?api_key=abc", "ftp://h/x"]
)
def test_an_address_with_a_secret_is_not_taken_where_it_would_stand_in_logs(address: str) -> None:
    with pytest.raises(NotFound) as refused:
        url_fetch(address)
    assert "pa55" not in str(refused.value)
    assert "abc" not in str(refused.value)


def test_a_secret_is_filled_in_and_kept_nowhere(site: Site, lake: Lake) -> None:
    site.pages["/zenobia.xml"] = gives(articles(site, "zenobia", 5), RSS)
    site.pages["/down.xml"] = gives(b"", status=500)

    async def secret(name: str) -> str | None:
        return {"KEY": "s3cr3tvalue"}.get(name)

    fetches = [feed(site, n, address=f"{site.address}/{n}.xml?key=${{{k}}}") for n, k in
               (("zenobia", "KEY"), ("down", "KEY"), ("none", "OTHER"))]  # fmt: skip
    brought = fetch_round(lake, fetches, SETTINGS, "r", NOW, secret=secret)
    files = [InputFile(name, Path(path), outlet=outlet) for name, path, outlet in brought.inputs]
    take_in(lake, THEATRE, files, "r", NOW)
    assert "/zenobia.xml?key=s3cr3tvalue" in site.times_asked
    assert {row["kind"] for row in rows(lake, "issues")} == {"http_error", "missing_secret"}
    assert "s3cr3tvalue" not in str(brought)
    kept = [path for path in lake.root.rglob("*") if path.is_file()]
    assert len(kept) > 5
    for path in kept:
        data = path.read_bytes()
        assert b"s3cr3tvalue" not in data
        if data.startswith(b"\x1f\x8b"):
            assert b"s3cr3tvalue" not in gzip.decompress(data)


def test_a_watched_folder_is_claimed_landed_and_put_away(lake: Lake, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "deep").mkdir(parents=True)
    for name in ("deep/2017-09-05_a.txt", "b.txt.part", ".hidden.txt"):
        (folder / name).write_text(f"{ARTICLE} {name}")
        os.utime(folder / name, (NOW.timestamp(),) * 2)
    (folder / "link.txt").symlink_to("/etc/hostname")
    watched = Fetch("inbox", "folder", path=folder, outlet="gulf")
    health, landed = run(lake, watched)
    assert (health["inbox"].status, landed.n_reports) == ("news", 1)
    [row] = rows(lake)
    assert (row["raw_path"], row["source_id"]) == (str(folder / "deep/2017-09-05_a.txt"), "gulf")
    left = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if not p.is_dir())
    assert left == [".hidden.txt", ".landed/r101200/deep/2017-09-05_a.txt", "b.txt.part", "link.txt"]
    assert [i["kind"] for i in rows(lake, "issues")] == ["not_a_file"]
    assert run(lake, watched)[1].n_reports == 0


def test_what_a_run_claimed_that_died_is_landed_by_the_next(lake: Lake, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "2017-09-05_a.txt").write_text(ARTICLE)
    os.utime(folder / "2017-09-05_a.txt", (NOW.timestamp(),) * 2)
    watched = Fetch("inbox", "folder", path=folder, then="remove")
    assert len(inbox.claim(watched, folder, "dead").files) == 1
    assert not (folder / "2017-09-05_a.txt").exists()
    assert run(lake, watched)[1].n_reports == 1
    assert list(folder.iterdir()) == []


def test_a_file_that_is_still_being_written_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("Half of")
    monkeypatch.setattr(inbox.time, "sleep", lambda _: (tmp_path / "a.txt").write_text("Half of it."))
    found = inbox.claim(Fetch("inbox", "folder", path=tmp_path), tmp_path, "r")
    assert (found.files, found.n_left, (tmp_path / "a.txt").exists()) == ((), 1, True)


def test_a_folder_that_is_not_there_is_an_issue(lake: Lake) -> None:
    health, _ = run(lake, Fetch("inbox", "folder", path=Path("no-such")))
    assert health["inbox"].status == "failed"
    assert "mkdir" in rows(lake, "issues")[0]["mend"]


def test_a_source_that_falls_silent_is_warned_of(site: Site, lake: Lake) -> None:
    site.pages["/zenobia.xml"] = gives(rss(), RSS)
    days = {(NOW - timedelta(n)).date().isoformat(): 0 if n < 3 else 4 for n in range(20)}
    write_state(lake, "zenobia", State(days=days))
    health, _ = run(lake, feed(site))
    assert health["zenobia"].warning == "0 new reports in three days, where 12 are usual"


def test_silence_is_told_from_a_quiet_source_and_from_days_without_runs() -> None:
    today = date(2017, 9, 10)
    days = {today - timedelta(n): 5 for n in range(3, 20)}
    assert falls_short(days, today) is None, "nobody asked in these days"
    assert falls_short(days | {today - timedelta(n): 0 for n in range(3)}, today) == (0, 15)
    assert falls_short(days | {today - timedelta(n): 2 for n in range(3)}, today) is None
    assert falls_short({today - timedelta(n): 0 for n in range(20)}, today) is None
    assert falls_short({today - timedelta(n): 5 if n > 2 else 0 for n in range(6)}, today) is None, "too short a past"


def test_a_state_that_cannot_be_read_only_costs_asking_again(site: Site, lake: Lake) -> None:
    site.pages["/zenobia.xml"] = gives(articles(site, "zenobia", 5), RSS)
    run(lake, feed(site))
    for torn in ("", "[1]", '{"seen": 7}', '{"days": {"x": 1}}', "null"):
        state_file(lake, "zenobia").write_text(torn)
        assert read_state(lake, "zenobia") == State()
        _, landed = run(lake, feed(site))
        assert (landed.n_reports, landed.n_repeats) == (0, 1)
