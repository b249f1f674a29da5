"""One report to its claims: frames of all sentences, dated, attributed, and told once each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from configs.language import Language
from configs.model import Source, Theatre
from transforms.claims.actors import UNKNOWN, ActorFinder, ActorMention
from transforms.claims.attribution import Claimant, ClaimantReader
from transforms.claims.claim import Claim
from transforms.claims.consolidation import consolidate
from transforms.claims.coreference import DescriptionReader
from transforms.claims.dating import STATES, Day, day_of
from transforms.claims.frame import Frame
from transforms.claims.frames import read_frames
from transforms.claims.grammar import Grammar, grammar
from transforms.claims.modality import Mode, ModeReader
from transforms.claims.scene import Scene, scene, with_descriptions
from transforms.claims.taken_names import taken_names
from transforms.claims.triggers import Trigger, TriggerFinder
from transforms.dates.reader import DateReader
from transforms.issues import Issue
from transforms.places.finder import PlaceFinder, PlaceMention
from transforms.reports.documents import Report
from transforms.text import Sentence, Words, sentences, words

_GRANTED = frozenset({"held", "stronghold"})
"""Shapes that take for granted what they say, whatever is planned or doubted of it ("will attack rebel-held X")."""
_SLIPPING = frozenset({"advance.infiltrate", "advance.infiltrated"})
CHANGES = frozenset({"capture", "handover", "withdrawal"})


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
        self._actors = ActorFinder(theatre, self._lex.links, self._lex.oblique)
        self._places = PlaceFinder(theatre.places, language.places, theatre.admin1)
        self._place_words = language.places
        self._descriptions = DescriptionReader(self._lex, language.places, theatre.places)
        self._dates = DateReader(language.dates)
        self._triggers = TriggerFinder(language.frames)
        self._modes = ModeReader(language.governors, self._lex)
        self._claimants = ClaimantReader(language.claimants)
        self._sources = {s.source_id: s for s in theatre.sources}
        self._allies = {s.side_id: frozenset(s.allies) for s in theatre.sides}

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
        )
        cut = sentences(report.text, tokens)
        seen = scene(report.text, report.published_at, tokens, cut, triggers, actors, places, dates.timexes)
        seen = with_descriptions(seen, self._descriptions.read(tokens, cut, triggers, seen.places))
        return seen, tuple(replace(i, path=report.raw_path, report_id=report.report_id) for i in dates.issues)

    def read(self, report: Report) -> Extraction:
        """The claims of ``report``; never raises on any text."""
        seen, open_dates = self.scene(report)
        source = self._sources.get(report.source_id)
        claimants = self._claimants.read(seen)
        found: list[Claim] = []
        for sentence, triggers in _by_sentence(seen, _tail(seen, self._lex)):
            found += self._sentence(report, seen, sentence, triggers, claimants[sentence.number], source)
        claims = consolidate(found, seen, self._allies)
        used = {c.place_id for c in claims}
        provisional = {p.place_id: p for p in seen.places if p.provisional and not p.described and p.place_id in used}
        unknown = (_unknown_place(report, p) for p in provisional.values())
        return Extraction(tuple(claims), tuple(provisional.values()), (*open_dates, *unknown))

    def _sentence(
        self,
        report: Report,
        seen: Scene,
        sentence: Sentence,
        triggers: list[Trigger],
        claimant: Claimant | None,
        source: Source | None,
    ) -> Iterator[Claim]:
        for found in read_frames(seen, sentence, triggers, self._lex):
            frame = self._of_country(found, seen)
            granted = frame.rule.shape in _GRANTED
            mode = (
                Mode.DONE
                if granted
                else self._modes.read(seen, sentence, frame.trigger, max(frame.end, frame.trigger.last))
            )
            told = _as_told(_by_agreement(seen, sentence, frame, self._lex), mode)
            if told is not None:
                day = day_of(seen, sentence, told[0], mode, self._lex, triggers)
                yield self._claim(report, seen, sentence, told, day, mode, claimant, source)

    def _of_country(self, frame: Frame, seen: Scene) -> Frame:
        """The frame with "the army" and "the government" as those of the country in which its place lies."""
        actor, opponent = (
            mention and self._actors.of_country(mention, seen.words, frame.place.country, seen.published)
            for mention in (frame.actor, frame.opponent)
        )
        return replace(frame, actor=actor, opponent=opponent)

    def _place_mentions(
        self, text: str, tokens: Words, actors: Sequence[ActorMention], triggers: Sequence[Trigger]
    ) -> Sequence[PlaceMention]:
        """Places by name, by the feature words around a name, and by being taken."""
        known = self._places.find(text, tokens)
        known += self._places.unknown_names(text, tokens, known)
        taken = taken_names(tokens, triggers, known, actors, self._place_words)
        known += [self._places.provisional(text, tokens, first, last) for first, last in taken]
        known = [p for p in known if not (p.provisional and p.text.lower() in self._lex.attributes)]
        return self._places.settle(sorted(known, key=lambda p: p.first))

    def _claim(
        self,
        report: Report,
        seen: Scene,
        sentence: Sentence,
        told: tuple[Frame, str],
        day: Day,
        mode: Mode,
        claimant: Claimant | None,
        source: Source | None,
    ) -> Claim:
        frame, status = told
        first, last = _quote_tokens(seen, sentence, frame)
        start, end = seen.words.starts[first], seen.words.ends[last - 1]
        if frame.type in STATES and frame.trigger.rule.shape == "held":
            claimant = None
        side = frame.actor.side if frame.actor else UNKNOWN
        by_side = claimant.side if claimant else (source.leaning if source else None)
        key = (report.report_id, start, end, frame.type, frame.place.place_id, side, status)
        return Claim(
            claim_id=sha256("\x1f".join(map(str, key)).encode()).hexdigest()[:16],
            report_id=report.report_id,
            sentence_no=sentence.number,
            char_start=start,
            char_end=end,
            quote=report.text[start:end],
            claim_type=frame.type,
            status=status,
            place_id=frame.place.place_id,
            place_text=frame.place.text,
            geo_prec=frame.place.geo_prec,
            actor_id=frame.actor.actor_id if frame.actor else None,
            actor_side=side,
            actor_text=_words(seen, frame.actor),
            opponent_id=frame.opponent.actor_id if frame.opponent else None,
            opponent_side=frame.opponent.side if frame.opponent else None,
            opponent_text=_words(seen, frame.opponent),
            date_start=day.first,
            date_end=day.last,
            date_prec=day.prec,
            date_basis=day.basis,
            date_text=seen.text[day.timex.start : day.timex.end] if day.timex else None,
            claimed_by=_named(seen, claimant),
            claimed_by_side=by_side,
            attribution=_attribution(claimant, side),
            against_interest=_against_interest(frame, by_side),
            extent="part" if frame.part else "all",
            rule_id=frame.rule.id,
            confidence=_confidence(frame, mode, day),
        )


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


def _by_agreement(seen: Scene, sentence: Sentence, frame: Frame, lex: Grammar) -> Frame:
    """A place that is entered or taken over "under a deal" is handed over."""
    if frame.type != "capture" and frame.rule.id not in ("advance.enter", "advance.move"):
        return frame
    norms = seen.words.norms
    for j in range(frame.end, min(sentence.last, frame.end + _DEAL)):
        if norms[j] in lex.terms and not lex.deals.isdisjoint(norms[j + 1 : j + 6]):
            return replace(frame, type="handover", part=False)
    return frame


_DEAL = 8
"""Tokens behind a place within which "under an agreement" belongs to its taking."""


def _as_told(frame: Frame, mode: Mode) -> tuple[Frame, str] | None:
    """The frame as its mode makes it, with its status; None where nothing is told."""
    takes = frame.type in ("capture", "siege", "siege_lifted")
    match mode:
        case Mode.DONE:
            return frame, "happened"
        case Mode.EFFORT if frame.rule.id in _SLIPPING:  # who only tried to slip in was kept out
            return replace(frame, type="repelled", actor=frame.opponent, opponent=frame.actor), "happened"
        case Mode.EFFORT if takes or frame.type in ("offensive", "advance"):
            return replace(frame, type="offensive"), "happened"
        case Mode.INTENTION if takes or frame.type == "offensive" or frame.rule.id == "advance.enter":
            return replace(frame, type="offensive"), "planned"
        case Mode.INTENTION if frame.type in ("withdrawal", "handover", "advance"):
            return frame, "planned"
        case Mode.FAILURE if frame.type in ("capture", "advance", "offensive", "siege"):
            return replace(frame, type="repelled", actor=frame.opponent, opponent=frame.actor), "happened"
        case Mode.PURPOSE if frame.type == "capture":
            return replace(frame, type="offensive"), "planned"
        case Mode.DENIED if frame.type in CHANGES or takes:
            return frame, "denied"
    return None


def _quote_tokens(seen: Scene, sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """The shortest run of whole words within the sentence that holds trigger, place, actor and opponent."""
    spans = [(frame.trigger.first, frame.trigger.last), (frame.place.first, frame.place.last)]
    spans += [(a.first, a.last) for a in (frame.actor, frame.opponent) if a is not None]
    inside = [(a, b) for a, b in spans if sentence.first <= a and b <= sentence.last]
    first, last = min(a for a, _ in inside), max(*(b for _, b in inside), min(frame.end, sentence.last))
    norms = seen.words.norms
    while norms[first:last].count(")") > norms[first:last].count("(") and first > sentence.first:
        first -= 1
    if norms[first] == "(" and first > sentence.first:
        first -= 1
    while norms[first:last].count("(") > norms[first:last].count(")") and last < sentence.last:
        last += 1
    return (first - 1 if first > sentence.first and norms[first - 1] == "the" else first), last


def _named(seen: Scene, claimant: Claimant | None) -> str | None:
    """The claimant's words, with their article."""
    if claimant is None:
        return None
    article = claimant.first > 0 and seen.words.norms[claimant.first - 1] in ("the", "a", "an")
    return seen.span(claimant.first - article, claimant.last)


def _words(seen: Scene, actor: ActorMention | None) -> str | None:
    return seen.span(actor.first, actor.last) if actor is not None else None


def _attribution(claimant: Claimant | None, actor_side: str) -> str:
    if claimant is None:
        return "own_voice"
    if claimant.kind == "belligerent" and claimant.side != actor_side:
        return "opposing_belligerent"
    return claimant.kind


def _against_interest(frame: Frame, claimant_side: str | None) -> bool:
    """Whether whoever says it loses by it: the loser concedes a capture, the one who leaves a withdrawal."""
    if claimant_side is None:
        return False
    loser = frame.actor if frame.type == "withdrawal" else frame.opponent
    return frame.type in CHANGES and loser is not None and loser.side == claimant_side


def _confidence(frame: Frame, mode: Mode, day: Day) -> float:
    """A plain tally of what is known of the claim; 0.9 for an active frame with actor, whole place and date."""
    score = 0.9
    score -= 0.2 * (frame.actor is None)
    score -= 0.1 * (frame.actor is not None and frame.actor.kind == "epithet")
    score -= 0.1 * frame.place.provisional
    score -= 0.1 * (day.basis == "unknown")
    score -= 0.1 * (mode is not Mode.DONE)
    return round(score, 2)


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
