"""How fast the report page is in a browser: 10,000 places and 100,000 changes of hands.

The content is made up here and not read from a warehouse: what is measured is the page. Needs the extra ``browser``
and a chromium on PATH.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from warehouse.report.content import Content
from warehouse.report.outlines import read_outlines
from warehouse.report.page import page

N_PLACES, CHANGES_EACH, DAYS = 10_000, 10, 2_500
FIRST, FOREVER = 15_000, 2_932_896
SECONDS = 4.0
SIDES = ("Northern army", "Southern front", "Eastern guard", "Western league", "River council")
COLOURS = ("#c0392b", "#2980b9", "#27ae60", "#f1c40f", "#8e44ad")

# The day moves each frame by the slider, as a hand would move it; the frames that come in time are counted.
SLIDE = """(seconds) => new Promise((done) => {
  const slider = document.getElementById("day"), frames = [], low = +slider.min, high = +slider.max;
  const began = performance.now();
  let last = began;
  requestAnimationFrame(function step(now) {
    frames.push(now - last), (last = now);
    if (now - began > seconds * 1000) return done(frames.slice(1));
    slider.value = low + Math.round((high - low) * (0.5 - 0.5 * Math.cos((now - began) / 700)));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(step);
  });
})"""
WATCH = """window.readyAt = {};
new MutationObserver(() => (readyAt[document.documentElement?.dataset.ready] ??= performance.now()))
  .observe(document, { attributes: true, subtree: true, attributeFilter: ["data-ready"] });"""


def made_up(seed: int = 1) -> Content:
    """A war in which each place changes hands ten times; a third of the holds rest on the winner's word only."""
    chance = random.Random(seed)
    places, holds = _places(chance), _holds(chance)
    n = len(holds["place"])
    evidence: dict[str, list[Any]] = {"hold": [], "claim": [], "role": [], "told": [], "published": []}
    for hold in range(n):
        for role in (0, 1)[: 1 + hold % 2]:
            for name, value in (("hold", hold), ("claim", len(evidence["claim"])), ("role", role)):
                evidence[name].append(value)
            evidence["told"].append(holds["valid_from"][hold])
            evidence["published"].append(holds["known_from"][hold])
    n_claims, n_reports = len(evidence["claim"]), 20_000
    claims = {
        "id": [f"{chance.getrandbits(64):016x}" for _ in range(n_claims)],
        "report": [chance.randrange(n_reports) for _ in range(n_claims)],
        "quote": [f"forces took the place numbered {chance.random()} after days of fighting" for _ in range(n_claims)],
        "type": ["capture"] * n_claims, "denied": [0] * n_claims, "actor": [0] * n_claims, "by": [""] * n_claims,
        "attribution": ["own_voice"] * n_claims, "against_interest": [0] * n_claims, "is_repeat": [0] * n_claims,
    }  # fmt: skip
    reports = {"id": list(map(str, range(n_reports))), "source": [0] * n_reports, "title": [""] * n_reports}
    reports["url"] = [f"https://wire.example/{n}" for n in range(n_reports)]
    later = {"reason": ["taken"] * n, "control_id": [f"{chance.getrandbits(64):016x}" for _ in range(n)]}
    days = list(range(FIRST, FIRST + DAYS))
    first = {
        "holds": holds, "places": places, "evidence": evidence,
        "coverage": {"day": days, "reports": [8] * DAYS, "outlets": [3] * DAYS, "claims": [40] * DAYS},
        "sides": {"id": [f"side_{i}" for i in range(5)], "name": SIDES, "colour": COLOURS},
        "sources": {"id": ["wire"], "name": ["Wire"], "kind": ["agency"], "leaning": [None], "reports": [n_reports]},
    }  # fmt: skip
    meta = {
        "theatre": "syria", "run_id": "", "made_on": "", "rights": "", "first_day": FIRST, "first_published": FIRST,
        "last_day": FIRST + DAYS - 1, "reports": n_reports, "repeats": 0, "undated_reports": 0, "claims": n_claims,
        "outlets": 1, "carried_after": 30, "unresolved": 0,
    }  # fmt: skip
    return Content(meta, json.dumps(first), json.dumps({"holds": later, "claims": claims, "reports": reports}))


def _places(chance: random.Random) -> dict[str, list[Any]]:
    every = range(N_PLACES)
    return {
        "id": [f"place_{n}" for n in every], "name": [f"Place {n}" for n in every], "aliases": [""] * N_PLACES,
        "kind": [chance.choice(("city", "town", "village", "village", "village")) for _ in every],
        "admin1": [f"Province {n % 14}" for n in every], "vague": [0] * N_PLACES,
        "lat": [round(chance.uniform(32.5, 37), 4) for _ in every],
        "lon": [round(chance.uniform(36, 42), 4) for _ in every],
        "population": [int(chance.paretovariate(1) * 500) for _ in every],
    }  # fmt: skip


def _holds(chance: random.Random) -> dict[str, list[Any]]:
    names = ["place", "side", "status", "sides", "besiegers", "claimed", "confidence"]
    names += ["valid_from", "valid_to", "known_from", "known_to"]
    holds: dict[str, list[Any]] = {name: [] for name in names}
    for place in range(N_PLACES):
        days = sorted(chance.sample(range(FIRST, FIRST + DAYS), CHANGES_EACH + 1))
        side = chance.randrange(5)
        for day, end in zip(days, [*days[1:], FOREVER], strict=True):
            side = (side + chance.randrange(1, 5)) % 5
            status = 2 if chance.random() < 0.03 else 0
            besiegers = [(side + 1) % 5] if status else None
            row = (place, side, status, None, besiegers, int(chance.random() < 0.3), 90, day, end, day, FOREVER)
            for name, value in zip(names, row, strict=True):
                holds[name].append(value)
    return holds


def main() -> None:
    """Prints size, seconds to the first picture and frames a second."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no chromium on PATH, so nothing was measured")
        return
    from playwright.sync_api import sync_playwright

    content = made_up()
    began = time.perf_counter()
    html = page(content, read_outlines("syria"))
    written = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        print(f"{N_PLACES:,} places, {N_PLACES * CHANGES_EACH:,} changes: {len(html) / 1e6:.1f} MB")
        print(f"packed in {written:.1f} s")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1440, "height": 900}, offline=True)
        view.add_init_script(WATCH)
        view.goto(file.as_uri(), wait_until="commit")
        view.wait_for_selector("html[data-ready=whole]", timeout=60_000)
        ready = view.evaluate("window.readyAt")
        paint = view.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
        print(f"first paint {paint / 1000:.2f} s, map and charts drawn {ready['drawn'] / 1000:.2f} s, "
              f"quotes there {ready['whole'] / 1000:.2f} s")  # fmt: skip
        view.wait_for_timeout(1000)
        for name, start in (("all reports", "all"), ("as known then", "then")):
            view.select_option("#known-mode", start)
            view.wait_for_timeout(1500)
            frames = sorted(view.evaluate(SLIDE, SECONDS))
            slow = frames[int(0.95 * len(frames))]
            print(f"slider, {name}: {1000 / statistics.mean(frames):.0f} frames a second, 95 % within {slow:.0f} ms")
        browser.close()
