"""One report as the frames see it: words, sentences, and what is named in them, by token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from transforms.claims.actors import ActorMention
from transforms.claims.triggers import Trigger
from transforms.dates.reader import Timex
from transforms.places.finder import PlaceMention
from transforms.text import Sentence, Words


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
    dated: frozenset[int]
    """Tokens within date expressions."""
    verb_starts: frozenset[int]
    """The tokens at which a verb that triggers a frame begins."""
    verb_ends: frozenset[int]
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
        begin, end = bisect_left(self.actors, first, key=_first), bisect_left(self.actors, last, key=_first)
        return [a for a in self.actors[begin:end] if a.last <= last]

    def places_in(self, first: int, last: int) -> Sequence[PlaceMention]:
        """Places whose mentions lie within tokens ``first:last``, in order."""
        begin, end = bisect_left(self.places, first, key=_first), bisect_left(self.places, last, key=_first)
        return [p for p in self.places[begin:end] if p.last <= last]

    def timexes_in(self, sentence: Sentence) -> Iterator[Timex]:
        """Date expressions that begin within the sentence."""
        begin = bisect_left(self.timexes, sentence.start, key=lambda t: t.start)
        end = bisect_left(self.timexes, sentence.end, key=lambda t: t.start)
        return iter(self.timexes[begin:end])


def _first(mention: ActorMention | PlaceMention) -> int:
    return mention.first


def scene(
    text: str,
    published: date | None,
    tokens: Words,
    sentences: Sequence[Sentence],
    triggers: Sequence[Trigger],
    actors: Sequence[ActorMention],
    places: Sequence[PlaceMention],
    timexes: Sequence[Timex],
) -> Scene:
    """Lay the mentions out by token; a place whose words also name an actor ("Damascus regime") gives way to it."""
    actor_at = {i: a for a in actors for i in range(a.first, a.last)}
    openings = {s.first for s in sentences}
    named = (p for p in places if not _is_dateline(tokens, p, p.first in openings))
    kept = tuple([p for p in named if actor_at.keys().isdisjoint(range(p.first, p.last)) or not _covered(actor_at, p)])
    place_at = {i: p for p in kept for i in range(p.first, p.last)}
    spoken = tuple([a for a in actors if place_at.keys().isdisjoint(range(a.first, a.last))])
    actor_at = {i: a for a in spoken for i in range(a.first, a.last)}
    dated = frozenset(i for t in timexes for i in range(tokens.at(t.start), tokens.at(t.end)))
    verbs = (t for t in triggers if t.form in ("past", "gerund") or (t.form == "base" and _after(tokens, t, "to")))
    verb_ends = frozenset(t.last for t in verbs if t.first not in actor_at and not _after(tokens, t, "of"))
    begun = frozenset(t.first for t in triggers if t.form != "noun")
    return Scene(
        text, published, tokens, sentences, triggers, spoken, kept, timexes, actor_at, place_at, dated, begun, verb_ends
    )


def _after(tokens: Words, trigger: Trigger, word: str) -> bool:
    return trigger.first > 0 and tokens.norms[trigger.first - 1] == word


def with_descriptions(seen: Scene, described: Iterable[PlaceMention]) -> Scene:
    """The scene with further mentions of its places ("the city"), which stand where no other mention does."""
    free = [p for p in described if p.first not in seen.actor_at and p.first not in seen.place_at]
    at = seen.place_at | {p.first: p for p in free}
    return replace(seen, places=tuple(sorted((*seen.places, *free), key=_first)), place_at=at)


def _is_dateline(tokens: Words, place: PlaceMention, opens: bool) -> bool:
    """Whether a name only tells where it was written: "BEIRUT", or "Damascus (SANA)", "Homs, 3 Aug -" at the head."""
    if tokens.texts[place.first].isupper() and len(tokens.texts[place.first]) > _ACRONYM:
        return True
    after = tokens.norms[place.last : place.last + 5]
    return opens and (after[:1] == ("(",) or any(w in ("-", "–", "—") for w in after))


_ACRONYM = 3
"""Letters up to which capitals may be an acronym."""


def _covered(actor_at: Mapping[int, ActorMention], place: PlaceMention) -> bool:
    """Whether a longer or equal mention of an actor stands where the place does."""
    actors = (actor_at[i] for i in range(place.first, place.last) if i in actor_at)
    return any(a.last - a.first >= place.last - place.first for a in actors)
