"""The names by which a theatre's actors go: aliases, adjectives with a noun, epithets, and spellings of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from configs.model import Actor, Theatre
from transforms.text import fold_phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name in the table stands for: an actor, or an epithet by its number."""

    kind: Literal["name", "state", "adjective", "epithet"]
    actor_id: str | None
    epithet: int | None = None
    capitals: bool = False
    """An acronym that is also a word ("IS") counts only in capitals."""


def entries(theatre: Theatre) -> Iterable[tuple[tuple[str, ...], Entry]]:
    """Phrases by trust: aliases, adjectives with a noun, bare adjectives, epithets; the first of two stands."""
    table: dict[tuple[str, ...], Entry] = {}
    for keys, entry in _by_trust(theatre):
        for key in keys:
            table.setdefault(key, entry)
    opened = {key[1] for key in table if len(key) == 2 and key[0] == "the"}
    longer = {("the", *key): entry for key, entry in table.items() if len(key) > 1 and key[0] in opened}
    return {**longer, **table}.items()  # "the military", but "the Military Operations Command"


def _by_trust(theatre: Theatre) -> Iterator[tuple[Iterable[tuple[str, ...]], Entry]]:
    for actor in theatre.actors:
        for alias in (actor.name, *actor.aliases):
            yield _numbers(alias, theatre), Entry("name", actor.actor_id, capitals=_acronym(alias))
        for state in actor.states:
            yield _numbers(state, theatre), Entry("state", actor.actor_id)
    for actor in theatre.actors:
        for adjective, noun in _compounds(actor, theatre):
            name = _numbers(f"{adjective} {noun}", theatre)
            yield name, Entry("name", actor.actor_id, capitals=_acronym(adjective))
    for actor in theatre.actors:
        for adjective in actor.adjectives:
            yield (fold_phrase(adjective),), Entry("adjective", actor.actor_id, capitals=_acronym(adjective))
    words = [(word, Entry("epithet", None, n)) for n, epithet in enumerate(theatre.epithets) for word in epithet.words]
    yield from (((fold_phrase(word),), entry) for word, entry in words)
    yield from ((_numbers(word, theatre), entry) for word, entry in words)  # one epithet's plural may be another's word


def _numbers(phrase: str, theatre: Theatre) -> Iterable[tuple[str, ...]]:
    """The phrase in every spelling, and with an "s" behind it."""
    return (form for key in spelt(fold_phrase(phrase), theatre) for form in (key, (*key[:-1], f"{key[-1]}s")))


def spelt(name: tuple[str, ...], theatre: Theatre) -> Iterable[tuple[str, ...]]:
    """The name in every spelling of its words."""
    alike = [tuple(words.split("|")) for words in theatre.spellings]
    ways = {word: words for words in alike for word in words}
    within = {**ways, **{word: (*words, *theatre.articles_within) for words in alike[:1] for word in words}}
    return product(*((within if i else ways).get(word, (word,)) for i, word in enumerate(name)))


def _compounds(actor: Actor, theatre: Theatre) -> Iterable[tuple[str, str]]:
    nouns = theatre.armed_nouns if actor.regular else (*theatre.armed_nouns, *theatre.irregular_nouns)
    led = (f"{adjective}-led" for adjective in actor.adjectives if "-" not in adjective)
    own = (f"{state}'s" for state in actor.states)
    return product((*actor.adjectives, *led, *own), nouns)


def _acronym(alias: str) -> bool:
    first = alias.split(maxsplit=1)[0]
    return len(first) <= 3 and first.isupper()
