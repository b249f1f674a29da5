"""Who is named: actors by name, alias, acronym and adjective; epithets resolved to whoever was named before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from configs.model import Actor, Epithet, Theatre
from transforms.lexicon import PhraseTable
from transforms.text import Words, fold_phrase

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """Tokens ``first:last`` name an actor; an ``adjective`` ("rebel" in "rebel-held") does so only in a compound."""

    first: int
    last: int
    actor_id: str | None
    side: str
    kind: Literal["name", "state", "adjective", "epithet"]


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Literal["name", "state", "adjective", "epithet"]
    actor_id: str | None
    epithet: int | None = None
    capitals: bool = False
    """An acronym that is also a word ("IS") counts only in capitals."""


class ActorFinder:
    """The actors and epithets of a theatre, compiled for search in running words."""

    def __init__(self, theatre: Theatre, links: frozenset[str], oblique: frozenset[str]) -> None:
        self._links, self._oblique = links, oblique
        self._actors = {a.actor_id: a for a in theatre.actors}
        self._epithets = theatre.epithets
        self._table = PhraseTable(_entries(theatre))
        self._common = frozenset(map(fold_phrase, theatre.common_names))
        self._own = {a.home: a for a in reversed(theatre.actors) if a.home is not None}
        self._homes = {a.actor_id: a.home for a in theatre.actors}

    def find(self, tokens: Words, day: date | None, epithets: dict[str, str] | None = None) -> list[ActorMention]:
        """Mentions in order. ``day`` settles memberships; ``epithets``: what the outlet's own words mean."""
        own = {fold_phrase(word): actor for word, actor in (epithets or {}).items()}
        raw: list[tuple[ActorMention, int | None]] = []
        for first, last, entry in self._table.find(tokens.norms):
            if entry.capitals and not _in_capitals(tokens.texts[first:last]):
                continue
            if first and tokens.norms[first - 1] in ("anti", "ex", "former", "non"):
                continue
            if entry.kind == "adjective" and last < len(tokens) and tokens.norms[last] == "of":
                continue  # "a coalition of rebels" names no coalition
            actor_id = (
                own.get(tuple(tokens.norms[first:last]), entry.actor_id) if entry.kind == "epithet" else entry.actor_id
            )
            side = self._actors[actor_id].side_on(day) if actor_id else UNKNOWN
            settled = entry.epithet if actor_id is None else None
            raw.append((ActorMention(first, last, actor_id, side, entry.kind), settled))
        return _resolve(_chained(raw, tokens, self._links), self._epithets, tokens, self._oblique)

    def of_country(self, mention: ActorMention, tokens: Words, country: str | None, day: date | None) -> ActorMention:
        """``mention``, or, where it is but "the army" and the place lies in another country, the army of that one."""
        own = self._own.get(country) if country is not None else None
        if own is None or self._homes.get(mention.actor_id or "") in (None, country):
            return mention
        if tuple(tokens.norms[mention.first : mention.last]) not in self._common:
            return mention
        return replace(mention, actor_id=own.actor_id, side=own.side_on(day))


def _entries(theatre: Theatre) -> Iterable[tuple[tuple[str, ...], _Entry]]:
    """Phrases by trust: aliases, adjectives with a noun, bare adjectives, epithets; the first of two stands."""
    table: dict[tuple[str, ...], _Entry] = {}

    def add(phrase: str, entry: _Entry) -> None:
        key = fold_phrase(phrase)
        for variant in (key, (*key[:-1], f"{key[-1]}s")):
            table.setdefault(variant, entry)

    for actor in theatre.actors:
        for alias in (actor.name, *actor.aliases):
            add(alias, _Entry("name", actor.actor_id, capitals=_acronym(alias)))
        for state in actor.states:
            add(state, _Entry("state", actor.actor_id))
    for actor in theatre.actors:
        for adjective, noun in _compounds(actor, theatre):
            add(f"{adjective} {noun}", _Entry("name", actor.actor_id, capitals=_acronym(adjective)))
    for actor in theatre.actors:
        for adjective in actor.adjectives:
            table.setdefault(fold_phrase(adjective), _Entry("adjective", actor.actor_id, capitals=_acronym(adjective)))
    for number, epithet in enumerate(theatre.epithets):
        for word in epithet.words:
            add(word, _Entry("epithet", None, number))
    return table.items()


def _compounds(actor: Actor, theatre: Theatre) -> Iterable[tuple[str, str]]:
    nouns = theatre.armed_nouns if actor.regular else (*theatre.armed_nouns, *theatre.irregular_nouns)
    return ((adjective, noun) for adjective in actor.adjectives for noun in nouns)


def _acronym(alias: str) -> bool:
    first = alias.split(maxsplit=1)[0]
    return len(first) <= 3 and first.isupper()


def _in_capitals(texts: Sequence[str]) -> bool:
    return texts[0][:2].isupper()


def _chained(
    raw: list[tuple[ActorMention, int | None]], tokens: Words, links: frozenset[str]
) -> list[tuple[ActorMention, int | None]]:
    """Join "fighters from the SDF", "members of IS" into one mention of the actor named last."""
    joined: list[tuple[ActorMention, int | None]] = []
    for mention, epithet in raw:
        if joined and mention.kind != "epithet":
            before, number = joined[-1]
            between = tokens.norms[before.last : mention.first]
            if number is not None and 0 < len(between) <= 3 and all(w in links for w in between):
                joined[-1] = (replace(mention, first=before.first), None)
                continue
        joined.append((mention, epithet))
    return joined


def _resolve(
    raw: Sequence[tuple[ActorMention, int | None]],
    epithets: Sequence[Epithet],
    tokens: Words,
    oblique: frozenset[str],
) -> list[ActorMention]:
    """Give each epithet whom it stands for: the nearest fitting actor named before it, its default where there is none.

    An actor that a preposition governs ("clashes with Daesh") gives way to one that does something.
    """
    found: list[ActorMention] = []
    named: list[ActorMention] = []
    for mention, number in raw:
        if number is None:
            found.append(mention)
            named += [mention] if mention.kind != "epithet" else []
            continue
        fitting = [m for m in named if m.side in epithets[number].may_be]
        near = [m for m in fitting if mention.first - m.first < _NEAR and tokens.norms[m.first - 1] not in oblique]
        if near or fitting:
            antecedent = (near or fitting)[-1]
            found.append(replace(mention, actor_id=antecedent.actor_id, side=antecedent.side))
        else:
            found.append(replace(mention, side=epithets[number].default))
    return found


_NEAR = 60
"""Tokens within which an actor that does something is preferred to a later one that is only spoken of."""
