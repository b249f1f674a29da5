"""The report page in a browser, opened from a file with the network cut off: what people do with it works."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse.publish import refresh
from warehouse.report.page import write_page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = '</script><script>document.title="taken"</script><img src=x onerror="document.title=\'taken\'">'

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH to look at the page with"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """North takes the port on 10 January, and south takes it back on the 20th; the ford is named with malice."""
    days = [date(2020, 1, day) for day in (5, 10, 20, 21)]
    reports = [report(f"r{n}", day, text=f"{HOSTILE} {n}", title=HOSTILE) for n, day in enumerate(days)]
    claims = [
        claim(reports[0], "control", "south", chars=(0, len(HOSTILE))),
        claim(reports[1], "capture", "north", opponent_side="south"),
        claim(reports[2], "capture", "south", opponent_side="north"),
        claim(reports[3], "control", "north", place_id="p:ford", chars=(0, len(HOSTILE)), claimed_by=HOSTILE),
    ]
    found = [{"place_id": "p:ford", "report_id": "r3", "name": HOSTILE, "kind": "unknown", "geo_prec": 6}]
    published = refresh(fill(tmp_path_factory.mktemp("page"), reports, claims, found), THEATRE, CONFIG).path
    return write_page(published, published.parent / "page.html").as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def opened(browser: Any, address: str) -> Iterator[Any]:
    """Opens the page with the given end of its address; no error may be thrown in it, and nothing may be asked for."""
    contexts, faults = [], []

    def open_page(state: str = "", **how: Any) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, **how)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith(("file:", "data:")) or faults.append(asked.url))
        page.goto(address + state)
        page.wait_for_selector("html[data-ready=whole]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []


def eventually(page: Any, script: str) -> None:
    """Until the script is true in the page (whose policy forbids what Playwright itself would wait with)."""
    until = time.monotonic() + 5
    while not page.evaluate(script):
        assert time.monotonic() < until, (script, page.evaluate("location.hash"))
        page.wait_for_timeout(30)


def summary(page: Any, text: str) -> None:
    page.locator("#summary", has_text=text).wait_for()


def test_the_slider_moves_the_day_of_map_words_and_address(opened: Any) -> None:
    page = opened("#day=2020-01-12")
    summary(page, "On 12 January 2020, of 1 place of which anything is told: North 1")
    page.locator("#day").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    summary(page, "On 9 January 2020, of 1 place of which anything is told: South 1")
    assert page.locator("#day").get_attribute("aria-valuetext") == page.locator("#map-title").inner_text()
    eventually(page, "location.hash.includes('day=2020-01-09')")
    page.get_by_role("button", name="One day on").click()
    summary(page, "On 10 January 2020")


def test_play_runs_to_the_last_day_and_stops(opened: Any) -> None:
    page = opened("#day=2020-01-19")
    page.get_by_role("button", name="Play").click()
    summary(page, "On 21 January 2020")
    page.get_by_role("button", name="Play").wait_for()


def test_as_known_then_leaves_out_what_was_published_later(opened: Any) -> None:
    page = opened("#day=2020-01-20&known=2020-01-19")
    summary(page, "as known on 19 January 2020, of 1 place of which anything is told: North 1")
    page.select_option("#known-mode", "all")
    summary(page, "On 20 January 2020, of 1 place of which anything is told: South 1")
    page.select_option("#known-mode", "then")
    eventually(page, "location.hash.includes('known=then')")
    summary(page, "as could be known on that day")


def test_a_place_tells_its_history_with_quotes_and_outlets(opened: Any) -> None:
    page = opened("#day=2020-01-12")
    page.fill("#search", "bort")
    page.get_by_role("button", name="Port Élan", exact=True).first.click()
    answer = page.locator("#panel .answer")
    assert answer.inner_text().startswith("On 12 January 2020 Port Élan was held by North, so far as is told since 10")
    assert page.locator("#panel ol.history > li").count() == 3
    assert page.locator("#panel ol.history > li[aria-current] h4").inner_text().endswith("Held by North")
    assert page.locator("#panel blockquote").count() >= 3
    page.get_by_role("button", name="All places").click()
    page.locator("#panel ul.places").wait_for()


def test_the_table_is_filtered_and_sorted_and_a_link_restores_it(opened: Any) -> None:
    page = opened()
    rows = page.locator("#changes tbody tr")
    assert rows.count() == 2
    assert "20 January 2020" in rows.nth(0).inner_text()
    page.get_by_role("columnheader", name="Day").get_by_role("button").click()
    page.locator("#changes thead th[aria-sort=ascending]").wait_for()
    page.select_option("#filters [name=winner]", label="North")
    page.locator("#table-words", has_text="1 change of hands of 2.").wait_for()
    eventually(page, "location.hash.includes('winner=north') && location.hash.includes('sort=day')")
    again = opened(page.evaluate("location.hash"))
    again.locator("#table-words", has_text="1 change of hands of 2.").wait_for()
    assert again.locator("#filters [name=winner]").input_value() == "north"
    assert again.locator("#changes thead th[aria-sort=ascending]").inner_text().startswith("Day")
    again.get_by_role("button", name="Clear").click()
    again.locator("#table-words", has_text="2 changes of hands.").wait_for()


def test_an_address_of_nonsense_still_shows_the_page(opened: Any) -> None:
    page = opened("#day=x&known=y&place=z&side=z&sort=z&page=-1&since=never")
    summary(page, "On 21 January 2020")


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(opened: Any) -> None:
    page, reached = opened(), []
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return [e.id || e.name || e.textContent, s.outlineStyle] })()"
        )
        reached.append(at[0])
        assert at[1] != "none", at
        if at[0] == "Clear":
            break
    for name in ("theme", "play", "day", "known-mode", "search", "weigh", "loser", "since"):
        assert name in reached
    page.locator("#changes tbody button").first.focus()
    page.keyboard.press("Enter")
    eventually(page, "document.activeElement.id === 'place'")


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("state", ["", "#place=port&known=2020-01-12"])
def test_axe_finds_nothing_serious(opened: Any, colours: str, state: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = opened(state, color_scheme=colours, bypass_csp=True)
    assert page.evaluate("document.documentElement.dataset.theme") == colours
    response = Axe().run(page).response
    assert len(response["passes"]) > 15
    serious = [
        (one["id"], one["nodes"][0]["html"])
        for one in response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_hostile_text_stays_text(opened: Any) -> None:
    page = opened("#place=p%3Aford")
    page.locator("#panel blockquote").first.wait_for()
    assert page.locator("#place").inner_text() == HOSTILE
    assert HOSTILE in page.locator("#panel blockquote").first.inner_text()
    assert page.locator("img").count() == 0
    assert page.title() == "Who held what: Isles"


def test_a_phone_shows_all_without_scrolling_sideways(opened: Any) -> None:
    page = opened("#place=port")
    page.set_viewport_size({"width": 390, "height": 800})
    eventually(page, "document.documentElement.scrollWidth <= 390")
    assert page.locator("#changes tbody tr").first.is_visible()
