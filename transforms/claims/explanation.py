"""Why a claim says what it says: its sentence read again, with the mentions in it and the reason for every slot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from configs.model import Theatre
from transforms.claims.actors import ActorMention
from transforms.claims.attribution import Claimant
from transforms.claims.claim import Claim
from transforms.claims.dating import Day
from transforms.claims.decisions import Decision, given, recorded, trail
from transforms.claims.frame import Frame
from transforms.claims.mode import Mode
from transforms.claims.reader import ClaimReader
from transforms.claims.scene import Scene
from transforms.dates.reader import Timex
from transforms.places.finder import PlaceMention
from transforms.reports.documents import Report
from transforms.text import Sentence

_HOW = {
    "name": "by name",
    "state": "a state, which fights by its forces",
    "adjective": "an adjective, which names it in compounds only",
    "epithet": "an epithet, for whoever fits among those named before",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters ``start:end`` of the report speak of an actor, a place or a date; ``meaning`` is what that was
    resolved to, ``how`` in which way."""

    kind: str
    start: int
    end: int
    text: str
    meaning: str
    how: str


@dataclass(frozen=True, slots=True)
class Slot:
    """``why`` the claim has this ``value``; ``by`` names the reader's functions that decided, the first in front."""

    name: str
    value: str
    why: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimExplained:
    """A claim with the sentence that it was read from, characters ``start:end`` of the report's text."""

    claim_id: str
    sentence_no: int
    start: int
    end: int
    sentence: str
    rule_id: str
    shape: str
    trigger: str
    trigger_start: int
    form: str
    mentions: tuple[Mention, ...]
    slots: tuple[Slot, ...]


def explain_claim(reader: ClaimReader, theatre: Theatre, report: Report, claim_id: str) -> ClaimExplained | None:
    """The reasons for a claim of ``report``, from reading it again; None where it is not read out of it this time."""
    extraction, log = recorded(lambda: reader.read(report))
    claim = next((c for c in extraction.claims if c.claim_id == claim_id), None)
    if claim is None:
        return None
    told_at, raw = next((i, c) for i, c in given(log, Claim) if c.claim_id == claim_id)
    framed_at, frame = [found for found in given(log[:told_at], Frame) if log[found[0]].function == "read_frames"][-1]
    begun_at = max((i for i, f in given(log[:framed_at], Frame) if f.trigger is not frame.trigger), default=0)
    seen = [s for _, s in given(log[:told_at], Scene)][-1]
    sentence = seen.sentences[claim.sentence_no]
    account = _Account(
        theatre,
        seen,
        log[:told_at],
        log[begun_at:framed_at],
        log[begun_at:told_at],
        log[framed_at:told_at],
        log[told_at:],
        frame,
        raw,
        claim,
    )
    used = (frame.actor, frame.opponent, frame.place)
    return ClaimExplained(
        claim_id, claim.sentence_no, sentence.start, sentence.end, report.text[sentence.start : sentence.end],
        claim.rule_id, frame.rule.shape, seen.span(frame.trigger.first, frame.trigger.last),
        seen.words.starts[frame.trigger.first], frame.trigger.form,
        tuple(_mentions(theatre, seen, sentence, used)), tuple(account.slots()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Account:
    """One claim's way. ``asking`` is all before it, among that who says it; ``finding`` leads to its frame, ``reading``
    to the claim, ``telling`` from the frame to the claim; ``merging`` comes after. ``raw`` is the claim before those of
    the report were held against each other."""

    theatre: Theatre
    seen: Scene
    asking: Sequence[Decision]
    finding: Sequence[Decision]
    reading: Sequence[Decision]
    telling: Sequence[Decision]
    merging: Sequence[Decision]
    frame: Frame
    raw: Claim
    claim: Claim

    def slots(self) -> Iterator[Slot]:
        """Every slot of the claim, in the order in which a reader asks."""
        claim, mode = self.claim, self._mode()
        yield self._type(mode)
        yield self._who("actor", claim.actor_id, claim.actor_side, claim.actor_text)
        yield self._who("opponent", claim.opponent_id, claim.opponent_side, claim.opponent_text)
        yield self._place()
        yield self._date()
        yield self._status(mode)
        yield self._claimed_by()
        if claim.against_interest:
            yield self._told_by("_against_interest", "against interest", "yes")
        if self.frame.part:
            yield Slot("extent", claim.extent, "the words before the place take only a part of it")
        yield self._told_by("_confidence", "confidence", f"{claim.confidence:.2f}")

    def _mode(self) -> Mode | None:
        """None where the shape of the rule grants that it is so, and nothing around it is asked."""
        return next((d.value for d in reversed(self.telling) if isinstance(d.value, Mode)), None)

    def _type(self, mode: Mode | None) -> Slot:
        frame, rule, type_ = self.frame, self.frame.rule, self.claim.claim_type
        trigger = self.seen.span(frame.trigger.first, frame.trigger.last)
        why = f"“{trigger}” evokes rule {rule.id}, of the shape “{rule.shape}”"
        if frame.type != rule.type:
            why += f"; read with its object, the {rule.type} is one of {frame.type}"
        if type_ != frame.type:
            why += f"; told as {mode.value if mode else 'done'}, a {frame.type} becomes {type_}"
        return Slot("type", type_, why, (rule.shape,))

    def _who(self, name: str, actor_id: str | None, side: str | None, text: str | None) -> Slot:
        value = f"{_actor(self.theatre, actor_id)} ({side})" if actor_id else side or "nobody"
        if getattr(self.raw, f"{name}_side") != side or getattr(self.raw, f"{name}_id") != actor_id:
            merged = next((d for d in self.merging if _has(d.value, self.claim, f"{name}_side", side)), None)
            elsewhere = "from another telling of it in the same report"
            if merged is None:
                return Slot(name, value, elsewhere)
            return Slot(name, value, merged.says or elsewhere, (merged.function,))
        told = next((d.value[0] for d in reversed(self.telling) if _is_told(d.value)), self.frame)
        actor = getattr(told, name)
        if actor is None:
            return Slot(name, value, "the sentence names none that the rule's shape reads as such")
        return self._slot(name, value, f"“{text}”: ", lambda v: v is actor)

    def _place(self) -> Slot:
        place = self.frame.place
        value = f"{place.name} ({place.place_id})"
        return self._slot("place", value, f"“{self.claim.place_text}”: ", lambda v: place in getattr(v, "places", ()))

    def _slot(self, name: str, value: str, opening: str, matters: Callable[[Any], bool]) -> Slot:
        way = [d for d in trail(self.finding, matters) or trail(self.reading, matters) if d.says]
        if not way:
            shape = next((d for d in self.reading if d.function == self.frame.rule.shape), None)
            how = f": {shape.says}" if shape and shape.says else ""
            return Slot(name, value, f"{opening}as the shape “{self.frame.rule.shape}” reads it{how}")
        says = list(dict.fromkeys(d.says for d in way if d.function != self.frame.rule.shape))[:2]
        return Slot(name, value, opening + " ".join(says or [way[0].says]), tuple(d.function for d in way))

    def _date(self) -> Slot:
        day = [d for _, d in given(self.telling, Day)][-1]
        first, last = self.claim.date_start, self.claim.date_end
        value = "unknown" if first is None else f"{first}" if first == last else f"{first} to {last}"
        way = [d for d in trail(self.telling, lambda v: v is day) if d.function != "day_of"]
        if day.timex is not None and not way:
            way = list(trail(self.telling, lambda v: v is day.timex))
        if day.timex is not None:
            text = self.seen.text[day.timex.start : day.timex.end]
            return Slot("date", value, f"“{text}”: {_says(way)}".rstrip(": "), tuple(d.function for d in way))
        if day.basis == "published":
            return Slot("date", value, "no date expression in the sentence goes with it: the day of publication")
        back = next((d for d in self.telling if d.function == "_background" and d.value is True), None)
        why = back.says if back else "no date expression goes with it, and the day of publication cannot stand for it"
        return Slot("date", value, why, (back.function,) if back else ())

    def _status(self, mode: Mode | None) -> Slot:
        if mode is None:
            return Slot("status", self.claim.status, f"what the shape “{self.frame.rule.shape}” tells is granted")
        end = max(i for i, _ in given(self.telling, Mode)) + 1
        way = [d for d in trail(self.telling[:end], lambda v: v is mode or v is True) if d.says]
        inner = [d for d in way if d.function != "read"] or way
        why = f"told as {mode.value}"
        if mode is Mode.DONE and not any(d.function == "_governed" for d in way):
            why += ": nothing governs it that makes it less than a deed"
        elif inner:
            why += f": {inner[0].says}"
        return Slot("status", self.claim.status, why, tuple(d.function for d in way))

    def _claimed_by(self) -> Slot:
        claim = self.claim
        side = claim.claimed_by_side
        leaning = f", which leans to {side}" if claim.claimed_by is None else f", of {side}"
        value = f"{claim.claimed_by or 'the report'} ({claim.attribution.replace('_', ' ')}{leaning if side else ''})"
        chosen = next((v for _, v in reversed(list(given(self.asking, Claimant)))), None)
        way = [d for d in self.asking if d.says and chosen is not None and d.value == chosen]
        if claim.claimed_by is not None:
            return Slot("claimed by", value, _says(way) or "named in the sentence", tuple(d.function for d in way))
        return Slot("claimed by", value, "the sentence names nobody who says it: the report's own voice")

    def _told_by(self, function: str, name: str, value: str) -> Slot:
        way = [d for d in self.telling if d.function == function]
        return Slot(name, value, _says(way), tuple(d.function for d in way))


def _is_told(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], Frame)


def _has(value: object, claim: Claim, name: str, wanted: object) -> bool:
    return isinstance(value, Claim) and value.claim_id == claim.claim_id and getattr(value, name) == wanted


def _says(way: Sequence[Decision]) -> str:
    return next((d.says for d in way if d.says), "")


def _actor(theatre: Theatre, actor_id: str | None) -> str:
    return next((a.name for a in theatre.actors if a.actor_id == actor_id), actor_id or "")


def _mentions(
    theatre: Theatre, seen: Scene, sentence: Sentence, used: Sequence[ActorMention | PlaceMention | None]
) -> Iterator[Mention]:
    """What the sentence names, in order, and what the claim takes from outside it in front."""
    actors, places = seen.actors_in(sentence.first, sentence.last), seen.places_in(sentence.first, sentence.last)
    found: list[ActorMention | PlaceMention] = [*actors, *places]
    found += [m for m in used if m is not None and m not in found]
    dates = [_date_mention(seen, t) for t in seen.timexes_in(sentence)]
    yield from sorted((*(_mention(theatre, seen, m) for m in found), *dates), key=lambda m: (m.start, m.kind))


def _mention(theatre: Theatre, seen: Scene, named: ActorMention | PlaceMention) -> Mention:
    start, end = seen.words.starts[named.first], seen.words.ends[named.last - 1]
    if isinstance(named, ActorMention):
        who = _actor(theatre, named.actor_id) or "nobody in particular"
        return Mention("actor", start, end, seen.text[start:end], f"{who} ({named.side})", _HOW[named.kind])
    where = ", ".join(x for x in (named.kind, named.admin1) if x and x != named.name)
    return Mention("place", start, end, seen.text[start:end], f"{named.name} ({where})", "; ".join(_way(named)))


def _way(place: PlaceMention) -> Iterator[str]:
    if place.described:
        yield "a description, for a place that the report names"
    elif place.provisional:
        yield "in no gazetteer: a provisional place"
    else:
        yield "by name"
    if len(place.candidates) > 1:
        yield f"chosen among {len(place.candidates)} namesakes by what else the report names"
    if place.area:
        yield "what lies around it"
    if place.part:
        yield f"a part of it (“{place.part}”)"


def _date_mention(seen: Scene, timex: Timex) -> Mention:
    days = (
        "no day"
        if timex.first is None
        else f"{timex.first}"
        if timex.first == timex.last
        else (f"{timex.first} to {timex.last}")
    )
    words = "its words carry the day" if timex.basis == "explicit" else "counted from a day of reference"
    how = f"{timex.type} {timex.value} by rule {timex.rule_id}: {words}"
    return Mention("date", timex.start, timex.end, seen.text[timex.start : timex.end], days, how)
