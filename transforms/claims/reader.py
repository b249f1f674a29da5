"""One report to its claims: frames of all sentences, dated, attributed, and told once each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from configs.language import Language
from configs.model import Source, Theatre
from transforms.claims.actors import ActorFinder, ActorMention
from transforms.claims.attribution import ClaimantReader, Speakers
from transforms.claims.claim import CHANGES, STATES, Claim
from transforms.claims.consolidation import consolidate
from transforms.claims.coreference import DescriptionReader
from transforms.claims.dating import dated_ahead, day_of
from transforms.claims.frame import Frame
from transforms.claims.frames import read_frames
from transforms.claims.grammar import Grammar, grammar
from transforms.claims.modality import ModeReader
from transforms.claims.mode import Mode
from transforms.claims.opponents import relations_of
from transforms.claims.parts import lies_beyond, within_limits
from transforms.claims.scene import Scene, scene, told_apart
from transforms.claims.statement import claim_of
from transforms.claims.taken_names import taken_names
from transforms.claims.telling import GRANTED, as_told, by_agreement
from transforms.claims.triggers import Trigger, TriggerFinder
from transforms.dates.reader import DateReader
from transforms.issues import Issue
from transforms.places.finder import PlaceFinder, PlaceMention
from transforms.reports.documents import Report
from transforms.text import Sentence, Words, sentences, words


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one report gives: claims in order of their quotes, places that no gazetteer has, and issues."""

    claims: tuple[Claim, ...]
    places_found: tuple[PlaceMention, ...]
    issues: tuple[Issue, ...]


class ClaimReader:
    """Everything that reading needs of a theatre and a language, compiled once."""

    def __init__(self, theatre: Theatre, language: Language) -> None:
        self._lex = grammar(language)
        self._actors = ActorFinder(theatre, self._lex)
        self._places = PlaceFinder(theatre.places, language.places, theatre.admin1)
        self._articles = frozenset(language.places.articles)
        self._openers = self._articles | {opener.lower() for opener in language.places.name_openers}
        self._not_names = frozenset(language.places.not_names)
        self._descriptions = DescriptionReader(self._lex, language.places, theatre.places)
        self._dates = DateReader(language.dates)
        self._triggers = TriggerFinder(language.frames)
        self._modes = ModeReader(language.governors, self._lex)
        self._claimants = ClaimantReader(language.claimants, language.syntax.be)
        self._sources = {s.source_id: s for s in theatre.sources}
        self._relations = relations_of(theatre.sides)

    def scene(self, report: Report) -> tuple[Scene, tuple[Issue, ...]]:
        """The report's words, sentences and mentions, and the dates that stay open."""
        source = self._sources.get(report.source_id)
        tokens = words(report.text)
        actors = self._actors.find(tokens, report.published_at, source.epithets if source else None)
        triggers = self._triggers.find(tokens)
        places = self._place_mentions(report.text, tokens, actors, triggers)
        dates = self._dates.read_with_issues(
            report.text,
            report.published_at,
            mode=source.date_mode if source else "news",
            order=source.date_order if source else "dmy",
            tokens=tokens,
        )
        cut = sentences(report.text, tokens)
        spoken, named = told_apart(tokens, cut, actors, places)
        described = self._descriptions.read(tokens, cut, triggers, named)
        seen = scene(report.text, report.published_at, tokens, cut, triggers, spoken, named, dates.timexes, described)
        return seen, tuple(replace(i, path=report.raw_path, report_id=report.report_id) for i in dates.issues)

    def read(self, report: Report) -> Extraction:
        """The claims of ``report``; never raises on any text."""
        seen, open_dates = self.scene(report)
        source = self._sources.get(report.source_id)
        claimants = self._claimants.read(seen)
        found: list[Claim] = []
        for sentence, triggers in _by_sentence(seen, _tail(seen, self._lex)):
            found += self._sentence(report, seen, sentence, triggers, claimants, source)
        claims = consolidate(found, seen, self._relations)
        used = {c.place_id for c in claims}
        provisional = {p.place_id: p for p in seen.places if p.provisional and not p.described and p.place_id in used}
        unknown = (_unknown_place(report, p) for p in provisional.values())
        ahead = _dated_after_report(report, seen, claims)
        return Extraction(tuple(claims), tuple(provisional.values()), (*open_dates, *unknown, *ahead))

    def _sentence(
        self,
        report: Report,
        seen: Scene,
        sentence: Sentence,
        triggers: list[Trigger],
        claimants: Speakers,
        source: Source | None,
    ) -> Iterator[Claim]:
        frames = read_frames(seen, sentence, triggers, self._lex)
        first = next(frames, None)
        if first is None:
            return
        for found in chain((first,), frames):
            frame = self._of_country(found, seen)
            mode = Mode.DONE
            if frame.rule.shape not in GRANTED:
                mode = self._modes.read(seen, sentence, frame.trigger, max(frame.end, frame.trigger.last))
            told = as_told(by_agreement(seen, sentence, frame, self._lex), mode)
            if told is not None and not (told[0].type in STATES and lies_beyond(seen, frame.place, self._lex)):
                told = self._limited(told, seen, sentence)
                day = day_of(seen, sentence, told[0], mode, self._lex, triggers)
                claimant = claimants.at(sentence.number, frame.trigger.first)
                yield claim_of(report, seen, sentence, told, day, mode, claimant, source)

    def _limited(self, told: tuple[Frame, str], seen: Scene, sentence: Sentence) -> tuple[Frame, str]:
        """What is told, of a part only where the words before the place or beside the verb say so."""
        frame, status = told
        beside = seen.words.norms[max(sentence.first, frame.trigger.first - 2) : frame.trigger.last]
        part = not self._lex.partly.isdisjoint(beside) or within_limits(seen, sentence, frame.place, self._lex)
        return (frame._replace(part=True), status) if part and not frame.part else told

    def _of_country(self, frame: Frame, seen: Scene) -> Frame:
        """The frame with "the army" and "the government" as those of the country in which its place lies."""
        actor, opponent = (
            mention and self._actors.of_country(mention, seen.words, frame.place.country, seen.published)
            for mention in (frame.actor, frame.opponent)
        )
        if actor is frame.actor and opponent is frame.opponent:
            return frame
        return frame._replace(actor=actor, opponent=opponent)

    def _place_mentions(
        self, text: str, tokens: Words, actors: Sequence[ActorMention], triggers: Sequence[Trigger]
    ) -> Sequence[PlaceMention]:
        """Places by name, by the feature words around a name, and by being taken."""
        known = self._places.find(text, tokens)
        known += self._places.unknown_names(text, tokens, known)
        taken = taken_names(tokens, triggers, known, actors, self._articles, self._openers, self._not_names)
        known += [self._places.provisional(text, tokens, first, last) for first, last in taken]
        known = [p for p in known if not (p.provisional and p.text.lower() in self._lex.attributes)]
        return self._places.settle(sorted(known, key=lambda p: p.first), tokens)


def _tail(seen: Scene, lex: Grammar) -> int:
    """The token at which headlines of other stories begin, in the last third of a page; else the end."""
    texts, norms = seen.words.texts, seen.words.norms
    for i in range(2 * len(texts) // 3, len(texts) - _HEADLINE):
        if norms[i] in lex.tails and texts[i][0].isupper():
            following = [w for w in texts[i + 1 : i + 1 + _HEADLINE] if w[0].isalpha()]
            if sum(w[0].isupper() for w in following) > 0.7 * _HEADLINE:
                return i
    return len(texts)


_HEADLINE = 8
"""Words by whose capitals a headline is known."""


def _by_sentence(seen: Scene, tail: int) -> Iterator[tuple[Sentence, list[Trigger]]]:
    """The sentences that hold triggers before token ``tail``, with them."""
    waiting = list(reversed(seen.triggers))
    for sentence in seen.sentences:
        if sentence.first >= tail or not waiting:
            return
        triggers = []
        while waiting and waiting[-1].first < sentence.last:
            trigger = waiting.pop()
            if trigger.last <= min(sentence.last, tail):
                triggers.append(trigger)
        if triggers:
            yield sentence, triggers


def _unknown_place(report: Report, place: PlaceMention) -> Issue:
    return Issue(
        "unknown_place",
        found=f"{place.text!r} is in no gazetteer; it is kept as the provisional place {place.place_id}",
        expected="a place of the theatre's places.csv or geonames.csv",
        mend="add it to places.csv, or as an alias of the place that is meant",
        path=report.raw_path,
        report_id=report.report_id,
        char_start=place.start,
        char_end=place.end,
    )


def _dated_after_report(report: Report, seen: Scene, claims: Sequence[Claim]) -> Iterator[Issue]:
    """What is told as having happened beside a calendar date that lies after the report."""
    changes = {c.sentence_no: c for c in claims if c.status == "happened" and c.claim_type in CHANGES}
    for number, claim in changes.items():
        timex = dated_ahead(seen, seen.sentences[number])
        if timex is not None:
            yield Issue(
                "dated_after_report",
                found=f"{report.text[timex.start : timex.end]!r} beside {claim.quote!r}, told as having happened, "
                f"in a report of {report.published_at}; the claim does not take that date",
                expected="what has happened by the day of its report",
                mend="look at the day of publication of the report: a wrong one makes its claims too early",
                path=report.raw_path,
                report_id=report.report_id,
                char_start=timex.start,
                char_end=timex.end,
            )
