"""Calendar expressions of a text, normalised: TIMEX3 value, first and last day, precision, basis, span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import compress
from typing import Any, Literal, NamedTuple

from configs.date_language import DateLexicon, Mode
from configs.model import DateOrder
from transforms.dates.anchor import Anchor
from transforms.dates.patterns import CompiledRule, Patterns, RuleBook, lowered, trie
from transforms.dates.productions import PRODUCTIONS
from transforms.dates.values import Direction, Kind, Value, precision
from transforms.dates.words import Words
from transforms.issues import Issue
from transforms.text import Words as Tokens
from transforms.text import words

_LOOK_BACK = 24


class Timex(NamedTuple):
    """Characters ``start:end`` say ``value`` (TIMEX3); ``first``, ``last`` are inclusive days, None where none follow.

    ``prec`` is UCDP's: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer or unknown. ``basis`` tells whether
    the words carry their own calendar (explicit) or lean on a reference day (relative). ``direction``: "since" runs up
    to the day of publication; "until", "by", "after" and "before" keep the days of the expression itself; "future" lies
    ahead; "lasting" is a length up to the day of publication ("for two years"), which dates only what still holds.
    """

    start: int
    end: int
    type: Kind
    value: str
    first: date | None
    last: date | None
    prec: int
    basis: Literal["explicit", "relative"]
    direction: Direction = "at"
    rule_id: str = ""


class Dates(NamedTuple):
    """The expressions of a text, by start and not overlapping, and what could not be settled."""

    timexes: tuple[Timex, ...]
    issues: tuple[Issue, ...]


class DateReader:
    """Reads the dates of texts with the rules of one language. Holds no state between texts."""

    def __init__(self, lexicon: DateLexicon) -> None:
        self._lexicon = lexicon
        self._rules = RuleBook(lexicon)
        self._patterns = {mode: Patterns(lexicon, mode, self._rules) for mode in ("news", "narrative")}
        self._words = Words(lexicon)
        future, past = lexicon.future_cues, lexicon.past_cues
        self._cues: tuple[re.Pattern[str], ...] = (
            re.compile(f"[^a-z](?:{future})"),
            re.compile(f"[^a-z](?:(?P<future>{future})|(?P<past>{past}))"),
            self._words.contexts.past_before,
        )
        turns, hedges = (trie(words).replace(" ", r"\s+") for words in (lexicon.directions, lexicon.hedges))
        self._directed = re.compile(rf"\b({turns})(?:\s+(?:{hedges}))*\s+\Z").search
        self._capital_only = frozenset(lexicon.capital_only)
        self._make = {rule.id: PRODUCTIONS[rule.make] for rule in lexicon.rules}

    def read(
        self, text: str, published: date | None, *, mode: Mode = "news", order: DateOrder = "dmy"
    ) -> tuple[Timex, ...]:
        """Every date expression of ``text``, by start and not overlapping.

        News is read against ``published``, narrative against the running date of the text; a text without a day of
        publication is read as narrative. ``order`` is how the source writes 05/09/2017. Never raises on any text.
        """
        return self.read_with_issues(text, published, mode=mode, order=order).timexes

    def read_with_issues(
        self,
        text: str,
        published: date | None,
        *,
        mode: Mode = "news",
        order: DateOrder = "dmy",
        tokens: Tokens | None = None,
    ) -> Dates:
        """As :meth:`read`, with an Issue for each date that stays open (05/09/17, a weekday that disagrees).

        ``tokens`` are the words of ``text`` where they are known already.
        """
        mode = mode if published is not None else "narrative"
        low = lowered(text)
        at = Anchor(low, published, mode == "narrative", self._cues)
        if mode == "narrative" and (first := self._words.contexts.first_year.search(low)):
            at.start_at(int(first[1]))
        reading = _Reading(self, text, low, at, order, self._patterns[mode])
        return reading.run(words(text) if tokens is None else tokens)


class _Reading:
    """One text being read: a cursor over its anchors."""

    __slots__ = ("at", "issues", "low", "order", "patterns", "reader", "text", "timexes")

    def __init__(
        self, reader: DateReader, text: str, low: str, at: Anchor, order: DateOrder, patterns: Patterns
    ) -> None:
        self.reader, self.text, self.low, self.at, self.order, self.patterns = reader, text, low, at, order, patterns
        self.timexes: list[Timex] = []
        self.issues: list[Issue] = []

    def run(self, tokens: Tokens) -> Dates:
        low, patterns = self.low, self.patterns
        reverse, size, done = low[::-1], len(low), 0
        anchor_class, walk, classes = patterns.anchor_class, patterns.walk, patterns.classes
        for hit in self._anchors(tokens):
            anchor = hit.start()
            if anchor < done:
                continue
            word = hit.group()[1:]
            rules = classes.get(anchor_class.get(word, "digits"))
            if rules is None:
                continue
            lead = walk(reverse, size - anchor, size - done)
            if lead is not None and lead.end() > lead.start():
                for start, word in patterns.starts(low, anchor - lead.end() + lead.start(), hit.end() - 1):
                    if done <= start <= anchor:
                        done = self._tried(rules.begun_by(word), start) or done
            else:
                done = self._tried(rules.begun_by(word), anchor) or done
        return Dates(tuple(self.timexes), tuple(self.issues))

    def _anchors(self, tokens: Tokens) -> Iterator[re.Match[str]]:
        """The words that can carry a date, each with the mark before it; the text's own first word has none, hence the
        line break in front."""
        marked, behind = "\n" + self.low, 0
        starts, texts, marks_in, anchor = tokens.starts, tokens.texts, self.patterns.marks_in, self.patterns.anchor
        for i in compress(range(len(texts)), map(marks_in.__getitem__, texts)):
            for mark in marks_in[texts[i]]:
                hit = anchor(marked, starts[i] + mark) if starts[i] + mark >= behind else None
                if hit is not None:
                    behind = hit.end()
                    yield hit

    def _tried(self, rules: Sequence[CompiledRule], start: int) -> int:
        """The end of the expression that the first matching rule finds at ``start``, 0 where there is none."""
        low = self.low
        for rule in rules:
            found = rule.match(low, start)
            if found is not None:
                return self._accept(found, rule, {})
        return 0

    def _accept(self, found: re.Match[str], rule: CompiledRule, inherited: dict[str, str]) -> int:
        """Take a match as an expression if its production agrees; the end of it and what continues it, else 0."""
        for group in rule.cased:
            word = found[group]
            if word is not None and word in self.reader._capital_only and self.text[found.start(group)].islower():
                return 0
        said = found.group(0, 0, *rule.indices)[2:]  # the zeros make it a tuple always
        parts = {
            name: part if part.isalnum() else " ".join(part.split())
            for name, part in zip(rule.names, said, strict=True)
            if part is not None
        }
        start, end = found.span(rule.span)
        if start < 0:
            start, end = found.span()
        low = self.low
        while end > start and (low[end - 1] in " \n\t,(" or (low[end - 1] == "." and low[end - 3 : end - 2] != ".")):
            end -= 1
        merged = {**inherited, **rule.fixed, **parts}
        value = self.reader._make[rule.id](merged, self.at, self.reader._words, start, end, self)
        if value is None or end <= start:
            return 0
        self.at.note(value, start)
        self._add(start, end, value, rule.id)
        return (self._continued(found.end(), rule, merged) if rule.then else 0) or end

    def _continued(self, end: int, rule: CompiledRule, merged: Mapping[str, str]) -> int:
        """Where what continues an expression ends ("-9, 2014" of "September 5-9, 2014"), 0 where nothing does."""
        carried = {k: v for k, v in merged.items() if k in ("month", "year")}
        if rule.carries_year:
            carried = {"base": merged.get("year", "")}
        for follower in (self.reader._rules.rules[name] for name in rule.then):
            found = follower.match(self.low, end)
            after = self._accept(found, follower, carried) if found else 0
            if after:
                return after
        return 0

    def _add(self, start: int, end: int, value: Value, rule_id: str) -> None:
        first, last, direction = value.first, value.last, value.direction
        if direction == "at" and value.kind in ("DATE", "TIME"):
            direction = self._direction(start)
            first, last = self._by_publication(start, end, value, direction)
        prec = precision(first, last)
        self.timexes.append(
            Timex(start, end, value.kind, value.value, first, last, prec, value.basis, direction, rule_id)
        )

    def _by_publication(
        self, start: int, end: int, value: Value, direction: Direction
    ) -> tuple[date | None, date | None]:
        """The days of an expression of news: "since" runs up to publication, and what has happened ends by it.

        "Two days later" that would lie after publication, with no word of the future, leaned on the wrong day: no days.
        """
        first, last, published = value.first, value.last, None if self.at.narrative else self.at.published
        if published is None or first is None or last is None or last <= published:
            return first, published if direction == "since" and published and last else last
        if direction == "since" and first <= published:
            return first, published
        if self.at.is_future(start, end):
            return first, last
        if first <= published:
            return first, published
        return (None, None) if value.basis == "relative" and direction in ("at", "after") else (first, last)

    def _direction(self, start: int) -> Direction:
        """The direction that the words before the expression give it, hedges between."""
        found = self.reader._directed(self.low, max(0, start - _LOOK_BACK), start)
        return "at" if found is None else self.reader._lexicon.directions[" ".join(found[1].split())]

    def disagree(self, kind: str, start: int, end: int, found: str, expected: str, mend: str) -> None:
        """Note what stays open about the expression ``start:end``."""
        self.issues.append(Issue(kind, found, expected, mend, char_start=start, char_end=end))


def timex_record(doc_id: str, timexes: tuple[Timex, ...]) -> dict[str, Any]:
    """The record that ``whoheld dates`` prints for one document: ``{doc_id, timexes: [{start, end, type, value}]}``."""
    rows = [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in timexes]
    return {"doc_id": doc_id, "timexes": rows}
