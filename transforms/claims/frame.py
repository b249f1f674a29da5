"""A frame as a value, and what the shapes share: whose doing it is, and which places a verb or preposition governs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from configs.language import FrameRule
from transforms.claims.actors import OTHER, UNKNOWN, ActorMention
from transforms.claims.arguments import (
    agent,
    clause_start,
    is_passive,
    subject,
)
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.lists import opens_clause
from transforms.claims.objects import Objects, antecedent, objects
from transforms.claims.parts import in_part
from transforms.claims.scene import Scene
from transforms.claims.subject_places import subject_places
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


class Frame(NamedTuple):
    """One reading of a trigger: a claim type, who, against whom, and one place."""

    trigger: Trigger
    type: str
    place: PlaceMention
    actor: ActorMention | None
    opponent: ActorMention | None
    part: bool
    end: int = 0
    """The token after its object ("it", "the city" included)."""

    @property
    def rule(self) -> FrameRule:
        """The rule that made it."""
        return self.trigger.rule


Shape = Callable[[Scene, Sentence, Trigger, Grammar], Iterator[Frame]]


def frames_for(
    t: Trigger,
    found: Objects,
    actor: ActorMention | None,
    opponent: ActorMention | None,
    type_: str = "",
) -> Iterator[Frame]:
    """A frame for each place; ground taken within a place is an advance there, and countries are no places."""
    loser = opponent or found.holder
    if actor is not None and loser is not None and _of_one_side(actor, loser):
        if loser.kind != "epithet":
            return
        loser = None
    for place in (p for named in found.places for p in (named, *named.also)):
        if place.kind == "country":
            continue
        name = type_ or t.rule.type
        if name == "capture" and found.part:
            name = "advance"
        yield Frame(t, name, place, actor, loser, found.part, found.end)


def _of_one_side(a: ActorMention, b: ActorMention) -> bool:
    """Whether two actors fight for one side; groups that count to none may well fight each other."""
    return a.side == b.side != UNKNOWN and (a.side != OTHER or a.actor_id == b.actor_id)


def in_passive(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> bool:
    """Whether the trigger is a participle in the passive."""
    return t.form in ("ed", "participle") and is_passive(scene, sentence, t.first, t.last, lex)


def passive_frames(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X was attacked by A", "X is controlled by A": nothing where no agent is named."""
    by = agent(scene, t.last, sentence.last)
    if by is not None:
        yield from frames_for(t, subject_places(scene, sentence, t.first, lex), by, None)


def objects_or_antecedent(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects:
    """The verb's object; in a relative clause ("X, which the rebels hold") what the clause hangs on."""
    start = clause_start(scene, sentence, t.first, lex)
    relative = start > sentence.first and scene.words.norms[start - 1] in ("which", "that", "where")
    doer = relative and subject(scene, sentence, t.first, lex)
    they = relative and scene.words.norms[start] in lex.persons
    if ((doer and doer.first >= start) or they) and scene.words.norms[start - 1] != "where":
        told = scene.words.norms[start - 2] in lex.anaphors or scene.words.norms[start - 2] in lex.provinces
        reach = (
            1 + told
            if scene.words.norms[start - 1] == "that"
            else start - clause_start(scene, sentence, start - 1, lex)
        )
        found = antecedent(scene, start - 1, max(sentence.first, start - 1 - reach), lex)
        if found.places:
            of_part = in_part(scene, sentence, found.places[0], scene.words.norms[start - 1], lex)
            return found._replace(part=t.rule.type == "capture" and of_part)
    found = objects(scene, sentence, t.last, lex)
    if not found.places and t.form in ("past", "ed", "s"):
        found = _contact_clause(scene, t, subject(scene, sentence, t.first, lex), lex) or found
    ground = not found.places and scene.words.norms[t.last : t.last + 3]
    if ground and not lex.ground.isdisjoint(ground):
        return where(scene, sentence, t, lex) or found
    if ground and ground[0] in lex.within and on_ground(scene, t, lex):
        return objects(scene, sentence, t.last + 1, lex, direct=False)._replace(part=True)
    return found


def _contact_clause(scene: Scene, t: Trigger, doer: ActorMention | None, lex: Grammar) -> Objects | None:
    """What a relative clause without a pronoun hangs on: "X, a town the army took on Monday and rebels regained"."""
    if doer is None or doer.first >= t.first:
        return None
    norms, j = scene.words.norms, doer.first - 1
    if norms[j] == "and":
        told = (k for k in range(j - 1, max(0, j - _CLAUSE), -1) if k in scene.actor_at)
        first = next(told, None)
        j = scene.actor_at[first].first - 1 if first is not None else j
    while j > 0 and norms[j] in lex.leading:
        j -= 1
    called = scene.place_at.get(j)
    return Objects((called,), end=t.last) if called is not None and called.described else None


_CLAUSE = 9
"""Tokens between "and" and the subject of the clause before it."""


def unnamed(scene: Scene, first: int, last: int) -> list[str]:
    """The words among tokens ``first:last`` that are in no place's name: "the Taftanaz air base" is no "air"."""
    return [scene.words.norms[i] for i in range(first, last) if i not in scene.place_at]


def on_ground(scene: Scene, t: Trigger, lex: Grammar) -> bool:
    """Whether the clause hangs on a noun for ground without a word between: "territory they hold in X"."""
    norms, j = scene.words.norms, t.first - 1
    while j > 1 and norms[j] in lex.adverbs:
        j -= 1
    return norms[j] in lex.persons and norms[j - 1] in lex.ground


def where(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects | None:
    """The place of which a clause tells what happens there: "X, where rebels seized ground"."""
    norms, start = scene.words.norms, clause_start(scene, sentence, t.first, lex)
    stranded = past_preposition(norms, t.last, t) and norms[start - 1] == "which"  # "X, which rebels advance towards"
    if start == sentence.first or (norms[start - 1] != "where" and not stranded):
        return None
    found = antecedent(scene, start - 1, max(sentence.first, start - 8), lex)
    return found._replace(part=True) if found.places else None


def after_preposition(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar, reach: int) -> Objects | None:
    """The places behind one of the rule's prepositions, within ``reach`` tokens of the trigger, if any."""
    norms, begin = scene.words.norms, t.last
    while norms[begin : begin + 1] == ('"',):
        begin += 1  # 'a "tactical retreat" from X'
    for j in range(begin, min(sentence.last, begin + reach)):
        start = past_preposition(norms, j, t)
        if start in scene.dated or start in scene.verb_starts:
            continue  # "counterattacked on Monday, retaking X", "pressed ahead with an offensive to take X"
        if start:
            enemy = scene.actor_at.get(start) or scene.actor_at.get(start + 1)
            if enemy is not None and enemy.last < sentence.last and norms[enemy.last] in lex.within:
                start = enemy.last + 1  # "advanced against IS near X"
            found = objects(scene, sentence, start, lex, direct=False)
            if len(found.places) > 1 and opens_clause(scene, found.places[-1], lex):
                return found._replace(places=found.places[:-1])  # "withdrew from X and Y was shelled"
            if found.places:
                return found
        elif j in scene.place_at and (scene.place_at[j].kind == "river" or _comes_from(norms, j, t)):
            continue  # "pulled back over the Euphrates from X", "advanced from X to Y"
        elif norms[j] in STOPS or j in scene.place_at or (norms[j] in lex.boundaries and j > t.last):
            return None
    return None


def _comes_from(norms: Sequence[str], j: int, t: Trigger) -> bool:
    """Whether the place at token j is only where a movement begins."""
    return t.rule.type == "advance" and "from" in norms[max(t.last, j - 2) : j]


def past_preposition(norms: Sequence[str], j: int, t: Trigger) -> int:
    """The token after the longest of the rule's prepositions that begins at token j; 0 where none does."""
    if j >= len(norms):
        return 0
    if j == t.last and norms[j] == "of" and norms[j - 1] == "out" and "out of" in t.rule.preps:
        return j + 1  # "pulled out" is the verb
    for words in _prepositions(t.rule.preps).get(norms[j], ()):
        if norms[j : j + len(words)] == words:
            return j + len(words)
    return 0


@lru_cache(maxsize=256)
def _prepositions(preps: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """By their first word, the longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted((tuple(p.split()) for p in preps), key=len, reverse=True):
        table.setdefault(words[0], []).append(words)
    return table
