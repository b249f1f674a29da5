"""The war as a stream: each day's happenings, and the articles that come out on it, until enough are written."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.war.articles import Article, Written, grouped, write
from tests.war.country import Country, invent_country
from tests.war.history import Day, Tenure, War
from tests.war.outlets import OVERVIEW_EVERY, Outlet, Statement, doubted, in_passing, overview, relayed, told

BACKGROUND_AGE = 8
"""Days after which a capture may be told once more as background."""
BACKGROUND, PASSING = 0.4, 0.35
"""How often a report looks back, and how often it says in passing who holds a place near by."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A press and how long the war lasts: until ``reports`` are written, or ``days`` are over if that is earlier."""

    name: str
    outlets: tuple[Outlet, ...]
    places: int
    reports: int = 1_000_000_000
    days: int = 100_000
    calm_days: float = 24.0
    """Mean number of days between two operations for one place."""


@dataclass(frozen=True, slots=True)
class Today:
    """One day: its number, the tenures that ended on it, and what was printed. ``left`` on the last day: what lasts."""

    day: int
    ended: tuple[Tenure, ...]
    printed: tuple[Written, ...]
    left: tuple[Tenure, ...] = ()


def invent_war(scenario: Scenario, seed: int) -> tuple[Country, Iterator[Today]]:
    """The country and its war, day by day; memory holds what is not yet published, however long it lasts."""
    country = invent_country(seed, scenario.places)
    return country, _days(scenario, country, seed)


def _days(scenario: Scenario, country: Country, seed: int) -> Iterator[Today]:
    war = War(country, seed, scenario.calm_days)
    press = _Press(scenario.outlets, country, seed)
    written = 0
    for day in war.days():
        articles = press.publish(day, war.now)
        printed = tuple(write(a, country, seed) for a in articles)
        written += len(printed)
        if written >= scenario.reports or day.day + 1 >= scenario.days:
            yield Today(day.day, day.ended, printed, tuple(war.now))
            break
        yield Today(day.day, day.ended, printed)
    for late in press.rest():
        yield Today(late[0].published, (), tuple(write(a, country, seed) for a in late))


class _Press:
    """What the outlets have written and not yet printed."""

    def __init__(self, outlets: Sequence[Outlet], country: Country, seed: int) -> None:
        self._outlets, self._country = outlets, country
        self._rng = {o.source_id: random.Random(f"{seed}/{o.source_id}") for o in outlets}
        self._waiting: dict[int, list[Statement]] = defaultdict(list)
        self._number = 0
        self._past: dict[int, Statement] = {}
        self._by_province: dict[str, list[int]] = defaultdict(list)
        for n, site in enumerate(country.sites):
            self._by_province[site.province].append(n)

    def publish(self, day: Day, now: Sequence[Tenure]) -> list[Article]:
        """Take in what happened on ``day``; what comes out on it."""
        for outlet in self._outlets:
            for statement in told(outlet, day.happenings, self._country, now, self._rng[outlet.source_id]):
                self._waiting[statement.published].append(statement)
        statements = self._waiting.pop(day.day, [])
        for lie in [s for s in statements if s.truth == "lie"]:
            for outlet in self._outlets:
                if outlet.source_id != lie.outlet:
                    rng = self._rng[outlet.source_id]
                    statements += [*relayed(outlet, lie, rng), *doubted(outlet, lie, now[lie.site].side, rng)]
        articles = [self._article(*page, day.day, now) for page in grouped(statements, self._outlets, self._country)]
        articles += self._overviews(day.day, now)
        articles += [copy for article in articles for copy in self._reprinted(article)]
        for h in day.happenings:
            if h.kind in ("capture", "handover"):
                self._past[h.site] = Statement("capture", h.site, h.side, h.opponent, h.day, h.day, "")
        return articles

    def rest(self) -> Iterator[list[Article]]:
        """What is still unprinted when the war is over, day by day."""
        for day in sorted(self._waiting):
            pages = grouped(self._waiting[day], self._outlets, self._country)
            yield [self._article(*page, day) for page in pages]

    def _overviews(self, day: int, now: Sequence[Tenure]) -> Iterator[Article]:
        for number, outlet in enumerate(o for o in self._outlets if o.leaning is None and o.reprints is None):
            for turn, sites in enumerate(self._by_province.values()):
                if day == 0 or (day + 7 * number + turn) % OVERVIEW_EVERY == 0:
                    news = tuple(overview(outlet, sites, now, day))
                    if news:
                        yield self._article(outlet, news, day)

    def _reprinted(self, article: Article) -> Iterator[Article]:
        for outlet in self._outlets:
            if outlet.reprints == article.outlet.source_id:
                self._number += 1
                doc_id = f"{outlet.source_id}-{self._number:07}"
                yield replace(article, doc_id=doc_id, outlet=outlet, words_of=article.doc_id)

    def _article(
        self, outlet: Outlet, news: tuple[Statement, ...], day: int, now: Sequence[Tenure] | None = None
    ) -> Article:
        rng = self._rng[outlet.source_id]
        self._number += 1
        neighbours = self._country.sites[news[0].site].neighbours
        old: list[Statement] = []
        passing: list[Statement] = []
        if rng.random() < BACKGROUND:
            past = [
                p for n in (news[0].site, *neighbours) if (p := self._past.get(n)) and p.day <= day - BACKGROUND_AGE
            ]
            past = [p for p in past if outlet.leaning in (None, p.side)]
            old = [replace(p, published=day, outlet=outlet.source_id) for p in past[:1]]
        if now is not None and neighbours and rng.random() < PASSING:
            passing = list(in_passing(outlet, rng.choice(neighbours), now, day))
        return Article(f"{outlet.source_id}-{self._number:07}", outlet, day, news, tuple(old), tuple(passing))
