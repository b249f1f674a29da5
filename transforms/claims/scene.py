"""One report as the frames see it: words, sentences, and what is named in them, by token."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from transforms.claims.actors import ActorMention
from transforms.claims.triggers import Trigger
from transforms.dates.reader import Timex
from transforms.places.finder import PlaceMention
from transforms.text import Sentence, Words

M = TypeVar("M", ActorMention, PlaceMention)


@dataclass(frozen=True, slots=True)
class Scene:
    """Mentions are sorted by position; ``actor_at`` and ``place_at`` map each token of a mention to it."""

    text: str
    published: date | None
    words: Words
    sentences: Sequence[Sentence]
    triggers: Sequence[Trigger]
    actors: Sequence[ActorMention]
    places: Sequence[PlaceMention]
    timexes: Sequence[Timex]
    actor_at: dict[int, ActorMention]
    place_at: dict[int, PlaceMention]
    actor_firsts: Sequence[int]
    place_firsts: Sequence[int]
    """The first tokens of actors and of places."""
    dated: Set[int]
    """Tokens within date expressions."""
    verb_starts: Set[int]
    """The tokens at which a verb that triggers a frame begins."""
    verb_ends: Set[int]
    """The tokens behind active verbs that trigger a frame: what stands there is their object."""

    def span(self, first: int, last: int) -> str:
        """The characters of tokens ``first:last``."""
        return self.text[self.words.starts[first] : self.words.ends[last - 1]]

    def hyphenated(self, i: int) -> bool:
        """Whether token i is joined to the next one by a hyphen ("rebel" in "rebel-held")."""
        end = self.words.ends[i]
        return end < len(self.text) and self.text[end] in "-‐‑"

    def actors_in(self, first: int, last: int) -> Sequence[ActorMention]:
        """Actors whose mentions lie within tokens ``first:last``, in order."""
        begin, end = bisect_left(self.actor_firsts, first), bisect_left(self.actor_firsts, last)
        return [a for a in self.actors[begin:end] if a.last <= last]

    def places_in(self, first: int, last: int) -> Sequence[PlaceMention]:
        """Places whose mentions lie within tokens ``first:last``, in order."""
        begin, end = bisect_left(self.place_firsts, first), bisect_left(self.place_firsts, last)
        return [p for p in self.places[begin:end] if p.last <= last]

    def timexes_in(self, sentence: Sentence) -> Iterator[Timex]:
        """Date expressions that begin within the sentence."""
        begin = bisect_left(self.timexes, sentence.start, key=lambda t: t.start)
        end = bisect_left(self.timexes, sentence.end, key=lambda t: t.start)
        return iter(self.timexes[begin:end])


def told_apart(
    tokens: Words, sentences: Sequence[Sentence], actors: Sequence[ActorMention], places: Sequence[PlaceMention]
) -> tuple[Sequence[ActorMention], Sequence[PlaceMention]]:
    """One mention for each token: a place whose words also name an actor ("Damascus regime") gives way to it, any other
    place keeps them; names that only tell where a report was written are left out."""
    actor_at = _by_token(actors)
    begins = [s.first for s in sentences]
    kept = []
    for place in places:
        sentence = sentences[bisect_right(begins, place.first) - 1]
        if not _is_dateline(tokens, place, sentence) and not _covered(actor_at, place):
            kept.append(place)
    taken = {i for p in kept for i in range(p.first, p.last)}
    return [a for a in actors if taken.isdisjoint(range(a.first, a.last))], kept


def scene(
    text: str,
    published: date | None,
    tokens: Words,
    sentences: Sequence[Sentence],
    triggers: Sequence[Trigger],
    actors: Sequence[ActorMention],
    places: Sequence[PlaceMention],
    timexes: Sequence[Timex],
    described: Iterable[PlaceMention],
) -> Scene:
    """Lay the mentions out by token; ``described`` places ("the city") stand where no other mention does."""
    actor_at, place_at = _by_token(actors), _by_token(places)
    free = [p for p in described if p.first not in actor_at and p.first not in place_at]
    if free:
        place_at.update({p.first: p for p in free})
        places = sorted((*places, *free), key=lambda p: p.first)
    starts = tokens.starts
    dated = {i for t in timexes for i in range(bisect_left(starts, t.start), bisect_left(starts, t.end))}
    verbs = [t for t in triggers if t.form != "noun"]
    begun = {t.first for t in verbs}
    ended = {
        t.last for t in verbs if t.form in _WITH_OBJECT and t.first not in actor_at and _has_object(tokens, t, actor_at)
    }
    firsts = [a.first for a in actors], [p.first for p in places]
    mentions = actors, places, timexes, actor_at, place_at, *firsts
    return Scene(text, published, tokens, sentences, triggers, *mentions, dated, begun, ended)


_WITH_OBJECT = frozenset({"past", "gerund", "base", "ed"})
_PERFECT = frozenset({"has", "have", "had"})


def _has_object(tokens: Words, trigger: Trigger, actor_at: Mapping[int, ActorMention]) -> bool:
    """Whether what stands behind the verb is its object: an infinitive needs its "to", "of taking" is a noun, and a
    form in -ed is sure to be active after "had", and where it has somebody driven out ("expelled IS from X", but not
    "forced IS to leave X", whose second verb is theirs)."""
    before = tokens.norms[trigger.first - 1] if trigger.first > 0 else ""
    if trigger.form == "ed":
        driven = actor_at.get(trigger.last) or actor_at.get(trigger.last + 1)
        compelled = driven is None or "to" in tokens.norms[driven.last : driven.last + 1]
        return before in _PERFECT or (trigger.rule.shape == "removes" and not compelled)
    return before != "of" and (trigger.form != "base" or before == "to")


def _by_token(mentions: Sequence[M]) -> dict[int, M]:
    return {i: m for m in mentions for i in range(m.first, m.last)}


def _in_capitals(texts: Sequence[str]) -> bool:
    """Whether a whole sentence is written in capitals, as flashes and old headlines are."""
    spelt = [word for word in texts if word[0].isalpha()]
    return len(spelt) > _FLASH and sum(map(str.isupper, spelt)) > 0.8 * len(spelt)


def _is_dateline(tokens: Words, place: PlaceMention, sentence: Sentence) -> bool:
    """Whether a name only tells where it was written: "BEIRUT", or "Damascus (SANA)", "Homs, 3 Aug -" at the head;
    in a sentence that is all in capitals they mean nothing."""
    name = tokens.texts[place.first]
    if len(name) > _ACRONYM and name.isupper() and not _in_capitals(tokens.texts[sentence.first : sentence.last]):
        return True
    after = tokens.norms[place.last : place.last + 5] if place.first == sentence.first else ()
    return after[:1] == ("(",) or not _DASHES.isdisjoint(after)


_DASHES = frozenset({"-", "–", "—"})
_FLASH = 3
"""Words that a dateline may have: "BEIRUT/AMMAN", "DEIR EZ ZOR"."""
_ACRONYM = 3
"""Letters up to which capitals may be an acronym."""


def _covered(actor_at: Mapping[int, ActorMention], place: PlaceMention) -> bool:
    """Whether a longer or equal mention of an actor stands where the place does."""
    length = place.last - place.first
    if length == 1:
        return place.first in actor_at
    actors = (actor_at[i] for i in range(place.first, place.last) if i in actor_at)
    return any(a.last - a.first >= length for a in actors)
