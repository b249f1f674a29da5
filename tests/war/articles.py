"""News grouped into articles and written down: headline, dateline, news, attribution, background, and much else."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tests.war.country import Country
from tests.war.english import (
    Clause,
    Noun,
    When,
    background,
    clause,
    day_of,
    fill,
    headline,
    noun,
    phrases,
    pick,
    sentence,
    slots,
    worded,
)
from tests.war.outlets import Outlet, Statement


@dataclass(frozen=True, slots=True)
class Article:
    """What an outlet prints together on one day: news, what went before it, and who holds a place near by."""

    doc_id: str
    outlet: Outlet
    published: int
    news: tuple[Statement, ...]
    background: tuple[Statement, ...] = ()
    passing: tuple[Statement, ...] = ()
    words_of: str = ""
    """The doc_id of the article whose words it prints once more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence of a report says of one place, as a perfect reader would have it. Spans count characters."""

    statement: Statement
    sort: str
    """Where the sentence comes from, with its template: what a score is broken down by."""
    start: int
    end: int
    first: int
    last: int
    basis: str
    side: str
    opponent: str | None
    speaker: str | None
    """The words that name who says so."""


@dataclass(frozen=True, slots=True)
class Written:
    """An article as input to the pipeline, and what it tells. ``idle`` are spans of sentences that tell nothing."""

    doc_id: str
    day: int
    source: str
    title: str
    text: str
    told: tuple[Told, ...]
    idle: tuple[tuple[int, int, str], ...]

    def record(self) -> dict[str, str]:
        """The JSON record that the pipeline reads."""
        on, url = day_of(self.day).isoformat(), f"https://{self.doc_id.split('-')[0]}.example/{self.doc_id}"
        return {
            "doc_id": self.doc_id,
            "date": on,
            "source": self.source,
            "title": self.title,
            "url": url,
            "text": self.text,
        }


class _Page:
    """Sentences put one after another, with their spans."""

    def __init__(self) -> None:
        self.text = ""
        self.told: list[Told] = []
        self.idle: list[tuple[int, int, str]] = []

    def gap(self, mark: str) -> None:
        self.text += mark if self.text else ""

    def say(self, words: str, sort: str, *told: Told) -> None:
        start = len(self.text)
        self.text += words
        self.told += [replace(t, start=start, end=len(self.text)) for t in told]
        if not told:
            self.idle.append((start, len(self.text), sort))


def write(article: Article, country: Country, seed: int) -> Written:
    """``article`` in words; the seed and its id decide which."""
    rng = random.Random(f"{seed}/{article.words_of or article.doc_id}")
    outlet, main = article.outlet, article.news[0]
    page = _Page()
    title = headline(main, country, rng)
    if rng.random() < 0.3:
        page.say(title, "title")
        page.gap("\n\n")
    _dateline(page, outlet, article.published, rng)
    if len(article.news) > 4 and all(s.kind == "control" for s in article.news):
        _overview(page, article, country, rng)
    else:
        for number, statement in enumerate(article.news):
            if number:
                page.gap(rng.choice(("\n\n", " ")))
            _tell(page, statement, outlet, country, rng)
            _besides(page, statement, country, rng)
    for old in article.background:
        page.gap("\n\n")
        said = background(old, outlet, country, rng)
        page.say(sentence(said.text), said.template, _told(old, said, "background: " + said.template, None))
    for statement in article.passing:
        page.gap("\n\n")
        _tell(page, statement, outlet, country, rng)
    for words in rng.sample(phrases()["nothing"]["far"], rng.randint(1, 4)):
        page.gap(rng.choice(("\n\n", " ")))
        page.say(words, "nothing: far")
    return Written(article.doc_id, article.published, outlet.name, title, page.text, tuple(page.told), tuple(page.idle))


def _dateline(page: _Page, outlet: Outlet, published: int, rng: random.Random) -> None:
    on = day_of(published)
    day = f"{on:%B} {on.day}" if outlet.american else f"{on.day} {on:%B}"
    styles = (f"{outlet.city}, {day} ({outlet.name}) - ", f"{outlet.city} ({outlet.name}) - ", f"{outlet.city} – ", "")
    page.text += rng.choice(styles)


def _tell(page: _Page, statement: Statement, outlet: Outlet, country: Country, rng: random.Random) -> None:
    """The sentence that brings the news, with who says so."""
    if statement.claimant is None:
        said = clause(statement, outlet, country, rng)
        page.say(sentence(said.text), said.template, _told(statement, said, _sort(statement, said, ""), None))
        return
    frames = phrases()["speech"]
    own = statement.claimant == statement.side
    frame = rng.choice([*frames["before"], *frames["after"], *(frames["claims"] if own else ())])
    speaker, subject = _speaker(statement, country, rng)
    if frame.startswith("{c}"):
        subject = None
    reported = not frame.startswith("according to") and not frame.startswith("{c}")
    said = clause(statement, outlet, country, rng, subject, reported)
    today = f"{day_of(statement.published):%A}"
    words = fill(frame, {"S": speaker, "c": said.text, "O": outlet.name, "today": today})
    page.say(sentence(words), said.template, _told(statement, said, _sort(statement, said, frame), speaker))


def _speaker(statement: Statement, country: Country, rng: random.Random) -> tuple[str, Noun | None]:
    """Who says it, and what that one calls the actor where it is its own side."""
    speech = phrases()["speech"]
    if statement.claimant in ("monitor", "residents"):
        return rng.choice(speech[statement.claimant]), None
    side = country.side(str(statement.claimant))
    speaker = rng.choice(side.speakers)
    whole = speaker.startswith("the ") and "ministry" not in speaker and "command" not in speaker
    if side.side_id == statement.side and whole and rng.random() < 0.5:
        its = "their" if speaker.endswith("rebels") else "its"
        it = Noun("they", True) if its == "their" else Noun("it", False)
        return speaker, rng.choice((it, Noun(f"{its} forces", True), Noun(f"{its} fighters", True)))
    return speaker, None


def _besides(page: _Page, statement: Statement, country: Country, rng: random.Random) -> None:
    """What follows a piece of news: the same once more, or something about the place that tells nothing."""
    known = phrases().get(statement.kind, {})
    if known.get("echo") and rng.random() < 0.4:
        page.gap(" ")
        template = rng.choice(known["echo"])
        page.say(sentence(fill(template, slots(statement, country, rng))), "echo: " + template)
    if rng.random() < 0.4:
        page.gap(rng.choice(("\n\n", " ")))
        template = pick(phrases()["nothing"], "about", rng)
        page.say(sentence(fill(template, slots(statement, country, rng))), "nothing: " + template)


def _overview(page: _Page, article: Article, country: Country, rng: random.Random) -> None:
    """Who holds what: the places of one holder together in one sentence, three at a time."""
    by_side: dict[str, list[Statement]] = {}
    for statement in article.news:
        by_side.setdefault(statement.side, []).append(statement)
    first = True
    for side_id, members in by_side.items():
        for begin in range(0, len(members), 3):
            some = members[begin : begin + 3]
            page.gap("" if first else "\n\n")
            first = False
            if len(some) == 1:
                _tell(page, some[0], article.outlet, country, rng)
                continue
            template = rng.choice(phrases()["control"]["lists"])
            names = [country.sites[s.site].name for s in some]
            listed = f"{', '.join(names[:-1])} and {names[-1]}"
            words = slots(some[0], country, rng, noun(country.side(side_id), rng)) | {"L": listed}
            said = worded(template, words, When("", article.published, article.published, "published"), some[0])
            page.say(sentence(said.text), template, *(_told(s, said, "list: " + template, None) for s in some))


def _sort(statement: Statement, said: Clause, frame: str) -> str:
    return f"{statement.kind}: {said.template}" + (f" | {frame}" if frame else "")


def _told(statement: Statement, said: Clause, sort: str, speaker: str | None) -> Told:
    when = said.when
    return Told(statement, sort, 0, 0, when.first, when.last, when.basis, said.side, said.opponent, speaker)


def grouped(
    statements: Sequence[Statement], outlets: Sequence[Outlet], country: Country, most: int = 4
) -> Iterator[tuple[Outlet, tuple[Statement, ...]]]:
    """One day's statements as articles: those of one outlet about one province, ``most`` at a time."""
    by_page: dict[tuple[str, str], list[Statement]] = {}
    for statement in statements:
        by_page.setdefault((statement.outlet, country.sites[statement.site].province), []).append(statement)
    known = {o.source_id: o for o in outlets}
    for (source_id, _), members in by_page.items():
        for begin in range(0, len(members), most):
            yield known[source_id], tuple(members[begin : begin + most])
