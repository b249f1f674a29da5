"""Frames: from a trigger and what stands around it to who did what where. One function for each shape of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from configs.language import FrameRule
from transforms.claims.actors import UNKNOWN, ActorMention
from transforms.claims.arguments import (
    Objects,
    actor_from,
    agent,
    anaphors,
    antecedent,
    clause_end,
    clause_start,
    is_passive,
    objects,
    previous_subject,
    speaker,
    subject,
    subject_places,
)
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of a trigger: a claim type, who, against whom, and one place."""

    trigger: Trigger
    type: str
    place: PlaceMention
    actor: ActorMention | None
    opponent: ActorMention | None
    part: bool
    passive: bool = False
    end: int = 0
    """The token after its object ("it", "the city" included)."""

    @property
    def rule(self) -> FrameRule:
        """The rule that made it."""
        return self.trigger.rule


_LOOSE_NOUNS = frozenset({"clash", "air_strike", "shelling"})
"""Nouns that a verb may part from their place ("clashes broke out near X")."""

Shape = Callable[[Scene, Sentence, Trigger, Grammar], Iterator[Frame]]


def read_frames(scene: Scene, sentence: Sentence, triggers: list[Trigger], lex: Grammar) -> Iterator[Frame]:
    """All frames of a sentence, in order of their triggers."""
    for trigger in triggers:
        if trigger.form in trigger.rule.without or (trigger.first and _is_other_word(scene, trigger, lex)):
            continue
        yield from SHAPES[trigger.rule.shape](scene, sentence, trigger, lex)


def _is_other_word(scene: Scene, t: Trigger, lex: Grammar) -> bool:
    """Whether a verb's form is part of a compound ("rebel-held") or a noun here ("the rebel hold on X")."""
    if t.rule.shape in ("held", "under", "stronghold"):
        return False
    if t.first in scene.actor_at:
        return True
    before = scene.actor_at.get(t.first - 1)
    noun = scene.words.norms[t.first - 1] in lex.articles or (before is not None and before.kind == "adjective")
    article = scene.words.norms[t.first - 1] in ("the", "a", "an")
    if article and (t.form == "gerund" or (t.form == "ed" and t.last in scene.place_at)):
        return True
    named = (
        t.form == "base" and scene.words.texts[t.first][:1].isupper() and scene.words.texts[t.first - 1] not in STOPS
    )
    return scene.hyphenated(t.first - 1) or (t.form == "base" and noun) or (named and t.rule.shape != "noun")


def _frames(
    t: Trigger,
    found: Objects,
    actor: ActorMention | None,
    opponent: ActorMention | None,
    type_: str = "",
    passive: bool = False,
) -> Iterator[Frame]:
    for place in found.places:
        if place.kind == "country":
            continue
        name = type_ or t.rule.type
        if name == "capture" and found.part:
            name = "advance"
        yield Frame(t, name, place, actor, opponent or found.holder, found.part, passive, found.end)


def _doer(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> ActorMention | None:
    """The subject of an active verb; a pronoun or nothing at all stands for whom the sentence before speaks of."""
    relative = clause_start(scene, sentence, t.first, lex) - 1
    if relative > sentence.first and scene.words.norms[relative] in ("which", "who", "that") and t.first - relative < 4:
        head = scene.actor_at.get(relative - 1)
        if head is not None:
            return head
    beside = scene.actor_at.get(t.first - 1)
    if t.form == "gerund" and beside is not None and beside.kind != "adjective":
        return beside
    gerund = t.form == "gerund" or "having" in scene.words.norms[t.first - 1 : t.first]
    found = subject(scene, sentence, t.first, lex, gerund)
    if found is not None:
        return found
    start = clause_start(scene, sentence, t.first, lex)
    lead = scene.words.norms[start : t.first]
    return previous_subject(scene, sentence, lex) if not lead or lex.pronouns & set(lead) else None


def _passive(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> bool:
    return t.form in ("ed", "participle") and is_passive(scene, sentence, t.first, t.last, lex)


def _takes(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    end = clause_end(scene, sentence, t.last, lex)
    if _passive(scene, sentence, t, lex):
        by = agent(scene, t.last, end)
        if by is None and t.rule.type == "capture":
            by = speaker(scene, sentence, t.first, lex)
        if by is None and t.rule.type == "advance":
            return
        if by is not None or t.form == "ed" or t.rule.type == "capture":
            found = subject_places(scene, sentence, t.first, lex)
            yield from _frames(t, found, by, agent(scene, t.last, end, ("from", "of")), passive=True)
        return
    found = _objects_or_antecedent(scene, sentence, t, lex)
    beside = scene.place_at.get(t.first - 1)
    if not found.places and beside is not None and t.form == "ed" and t.rule.own_voice:
        by = speaker(scene, sentence, t.first, lex)
        yield from _frames(t, Objects((beside,)), by, agent(scene, t.last, end, ("from", "of"), 3), passive=True)
    if not found.places:
        return
    doer = _doer(scene, sentence, t, lex)
    if t.rule.type == "advance" and (doer is None or doer.side == UNKNOWN):
        return
    loser = agent(scene, found.end, end, ("from", "of"), 4)
    yield from _frames(t, found, doer, loser if loser is not doer else None)


def _objects_or_antecedent(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects:
    """The verb's object; in a relative clause ("X, which the rebels hold") what the clause hangs on."""
    start = clause_start(scene, sentence, t.first, lex)
    relative = start > sentence.first and scene.words.norms[start - 1] in ("which", "that", "where")
    doer = relative and subject(scene, sentence, t.first, lex)
    if doer and doer.first >= start and scene.words.norms[start - 1] != "where":
        reach = 2 if scene.words.norms[start - 1] == "that" else start - clause_start(scene, sentence, start - 1, lex)
        found = antecedent(scene, start - 1, max(sentence.first, start - 1 - reach), lex)
        if found.places:
            return found
    return objects(scene, sentence, t.last, lex)


def _removes(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    norms, end = scene.words.norms, sentence.last
    if _passive(scene, sentence, t, lex):
        loser, winner = _doer(scene, sentence, t, lex), agent(scene, t.last, end)
        if winner is not None and winner is loser:
            return
    else:
        loser, winner = actor_from(scene, t.last, min(end, t.last + 6)), _doer(scene, sentence, t, lex)
    if loser is None:
        return
    start = max(t.last, loser.last if loser.first >= t.first else t.last)
    for j in range(start, min(end, start + 7)):
        if norms[j] in STOPS:
            return
        if norms[j] == "from" or (norms[j] == "out" and j + 1 < end and norms[j + 1] in ("of", "from")):
            found = objects(scene, sentence, j + (1 if norms[j] == "from" else 2), lex, direct=False)
            back = "back" in norms[t.last : j]
            if winner is None:
                yield from _frames(t, found, loser, None, "withdrawal", True)
            else:
                yield from _frames(t, found, winner, loser, "advance" if back else "")
            return


def _moves(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    if _passive(scene, sentence, t, lex):
        return
    found = _after_preposition(scene, sentence, t, lex, 4)
    doer = _doer(scene, sentence, t, lex)
    if found is not None and doer is not None and doer.side != UNKNOWN:
        yield from _frames(t, found, doer, None)


def _leaves(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    passive = _passive(scene, sentence, t, lex)
    if t.rule.preps:
        found = _after_preposition(scene, sentence, t, lex, 6)
        doer = subject(scene, sentence, t.first, lex) or (_doer(scene, sentence, t, lex) if not passive else None)
    elif passive:
        found, doer = subject_places(scene, sentence, t.first, lex), agent(scene, t.last, sentence.last)
    else:
        found, doer = objects(scene, sentence, t.last, lex), _doer(scene, sentence, t, lex)
    if found is None or not found.places or doer is None:
        return
    if _only_civilians(scene.words.norms[doer.last : t.first], lex):
        return
    if found.part:
        found = Objects(anaphors(scene, sentence, t.last, found.end, lex))
    yield from _frames(t, replace(found, holder=None), doer, None)


def _only_civilians(norms: Sequence[str], lex: Grammar) -> bool:
    """Whether civilians stand before the verb, and not beside fighters ("fighters and their families left")."""
    first = next((i for i, word in enumerate(norms) if word in lex.civilians), None)
    return first is not None and "and" not in norms[:first]


def _after_preposition(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar, reach: int) -> Objects | None:
    norms = scene.words.norms
    for j in range(t.last, min(sentence.last, t.last + reach)):
        start = _past_preposition(norms, j, t)
        if start:
            found = objects(scene, sentence, start, lex, direct=False)
            if found.places:
                return found
        elif norms[j] in STOPS or j in scene.place_at:
            return None
    return None


def _past_preposition(norms: Sequence[str], j: int, t: Trigger) -> int:
    """The token after the longest of the rule's prepositions that begins at token j; 0 where none does."""
    return next((j + len(p) for p in _prepositions(t.rule.preps) if tuple(norms[j : j + len(p)]) == p), 0)


@lru_cache(maxsize=256)
def _prepositions(preps: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(p.split()) for p in preps), key=len, reverse=True))


def _falls(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    if t.last - t.first == 1:
        return
    winner = actor_from(scene, t.last, min(sentence.last, t.last + 5))
    if winner is not None:
        yield from _frames(t, subject_places(scene, sentence, t.first, lex), winner, None)


def _loses(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    if _passive(scene, sentence, t, lex):
        return
    found, loser = objects(scene, sentence, t.last, lex), _doer(scene, sentence, t, lex)
    if not found.places or loser is None:
        return
    winner = agent(scene, found.end, sentence.last, ("to",), 3)
    if winner is not None:
        yield from _frames(t, found, winner, loser, "capture")
    elif not found.part:
        yield from _frames(t, found, loser, None)


def _repels(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    norms, end = scene.words.norms, sentence.last
    passive = _passive(scene, sentence, t, lex)
    window = range(max(sentence.first, t.first - 12), t.first) if passive else range(t.last, min(end, t.last + 9))
    nouns = [j for j in window if norms[j] in lex.attack_nouns]
    if not nouns:
        return
    noun = nouns[0]
    if passive:
        defender, attacker = agent(scene, t.last, end), subject(scene, sentence, noun + 1, lex)
    else:
        defender = _doer(scene, sentence, t, lex)
        attacker = actor_from(scene, t.last, noun) or agent(scene, noun, end, ("by", "from", "of"), 8)
    if defender is not None and attacker is not None and attacker is not defender and attacker.side == defender.side:
        return
    near = _first_places(scene, noun + 1, end) or _first_places(scene, sentence.first, t.first)[-1:]
    found = objects(scene, sentence, near[0].first, lex, direct=False) if near else Objects()
    yield from _frames(t, replace(found, part=False), defender, attacker if attacker is not defender else None)


def _first_places(scene: Scene, first: int, last: int) -> list[PlaceMention]:
    found = dict.fromkeys(scene.place_at[i] for i in range(first, last) if i in scene.place_at)
    return [p for p in found if p.kind != "country"]


def _gives(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    if _passive(scene, sentence, t, lex):
        found, giver = subject_places(scene, sentence, t.first, lex), agent(scene, t.last, sentence.last)
        receiver = agent(scene, t.last, sentence.last, ("to",), 4)
    else:
        found, giver = objects(scene, sentence, t.last, lex), _doer(scene, sentence, t, lex)
        receiver = agent(scene, found.end, sentence.last, ("to",), 6)
    if found.places and receiver is not None:
        yield from _frames(t, found, receiver, giver)


def _attacks(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    if _passive(scene, sentence, t, lex):
        by = agent(scene, t.last, sentence.last)
        if by is not None:
            yield from _frames(t, subject_places(scene, sentence, t.first, lex), by, None, passive=True)
        return
    found, doer = objects(scene, sentence, t.last, lex), _doer(scene, sentence, t, lex)
    from_afar = not lex.weapons.isdisjoint(scene.words.norms[found.end : min(sentence.last, found.end + 5)])
    if doer is not None and not from_afar:
        yield from _frames(t, found, doer, None)


def _noun(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    norms = scene.words.norms
    if not lex.weapons.isdisjoint(norms[max(sentence.first, t.first - 2) : t.first]):
        return
    found = _noun_places(scene, sentence, t, lex)
    if not found.places:
        return
    after = agent(scene, found.end, sentence.last, ("by",), 2) or agent(
        scene, t.last, found.places[0].first, ("by",), 3
    )
    before = scene.actor_at.get(t.first - 1) or (
        scene.actor_at.get(t.first - 2) if norms[t.first - 1] not in ("the", "of") else None
    )
    doer = after or before
    if doer is None and t.rule.type not in _LOOSE_NOUNS:
        opening = any(w in lex.openers for w in norms[max(sentence.first, t.first - 8) : t.first])
        bare = t.rule.type in ("capture", "withdrawal")
        doer = subject(scene, sentence, t.first, lex) if opening or not bare else None
    if doer is None and t.rule.type == "capture":
        doer = agent(scene, found.end, sentence.last, tuple(lex.enabling), 3)
    if doer is None and t.rule.type in ("advance", "withdrawal", "capture"):
        return
    loser = agent(scene, found.end, sentence.last, ("from", "against"), 3)
    yield from _frames(t, found, doer, loser if loser is not doer else None)


def _noun_places(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects:
    """The places behind the noun's preposition, also past whom it is against ("offensive against IS in X")."""
    norms = scene.words.norms
    gap = 4 if t.rule.type in _LOOSE_NOUNS else 1
    for j in range(t.last, min(sentence.last, t.last + gap)):
        start = _past_preposition(norms, j, t)
        if start:
            enemy = actor_from(scene, start, min(sentence.last, start + 3))
            if enemy is not None and enemy.last < sentence.last and norms[enemy.last] in lex.within:
                start = enemy.last + 1
            return objects(scene, sentence, start, lex, direct=False, reach=7)
        if norms[j] in STOPS:
            break
    before = scene.place_at.get(t.first - 1)
    named = before is not None and before.kind != "country"
    return Objects((before,), False, None, t.last) if before is not None and named else Objects()


def _held(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """A compound before its place: "rebel-held X", "the IS controlled town of X", "besieged X"."""
    holder = scene.actor_at.get(t.first - 1)
    if holder is None and t.rule.type == "control":
        return
    if holder is not None and t.rule.type == "siege" and not scene.hyphenated(t.first - 1):
        holder = None
    found = objects(scene, sentence, t.last, lex, direct=False, reach=8)
    if not found.places and holder is not None and scene.words.norms[holder.first - 1] in lex.be:
        found = subject_places(scene, sentence, holder.first - 1, lex)
    if not found.places:
        return
    head = holder.first if holder is not None else t.first
    if found.places[0].last <= t.first and _indefinite(scene, sentence, head):
        return
    between = scene.words.norms[t.last : max(t.last, found.places[0].first)]
    if any(w in lex.apart for w in between) or (t.rule.type != "control" and any(w in lex.within for w in between)):
        return
    yield from _frames(t, replace(found, places=found.places, holder=None), holder, None)


def _indefinite(scene: Scene, sentence: Sentence, i: int) -> bool:
    """Whether "a" or "an" opens the noun phrase at token i: it speaks of no place named before."""
    return any(w in ("a", "an", "another") for w in scene.words.norms[max(sentence.first, i - 3) : i])


def _held_by(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X, held by A", "X is under the control of A"."""
    holder = actor_from(scene, t.last, min(sentence.last, t.last + 4))
    if holder is None or not lex.negating.isdisjoint(scene.words.norms[max(sentence.first, t.first - 3) : t.first]):
        return
    start = clause_start(scene, sentence, t.first, lex)
    which = start > sentence.first and scene.words.norms[start - 1] in ("which", "that")
    beside = next((scene.place_at[j] for j in (start - 2, start - 3) if which and j in scene.place_at), None)
    found = Objects((beside,)) if beside is not None else subject_places(scene, sentence, t.first, lex)
    yield from _frames(t, found, holder, None)


def _stronghold(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "the A stronghold of X", "X, a stronghold of A", "A's de facto capital X"."""
    norms = scene.words.norms
    holder = scene.actor_at.get(t.first - 1)
    if holder is None or (holder.kind == "adjective" and norms[holder.first] in lex.attributes):
        holder = scene.actor_at.get((holder.first if holder else t.first) - 1) or scene.actor_at.get(t.first - 2)
    behind = (
        actor_from(scene, t.last, min(sentence.last, t.last + 3)) if norms[t.last : t.last + 1] == ("of",) else None
    )
    holder = behind or holder
    if holder is None or lex.formerly & set(norms[max(0, min(holder.first, t.first) - 3) : t.first + 1]):
        return
    after = t.last + 1 if norms[t.last : t.last + 1] in (("of",), ("in",)) and behind is None else t.last
    skip = scene.words.norms[after : after + 1] in (("the",), ("town",), ("city",))
    place = scene.place_at.get(after + 1 if skip else after)
    if place is None:
        begin = min(holder.first, t.first)
        place = next(
            (
                scene.place_at[j]
                for j in range(begin - 1, max(begin - 5, sentence.first) - 1, -1)
                if j in scene.place_at
            ),
            None,
        )
    if place is not None:
        yield from _frames(t, Objects((place,)), holder, None)


def _under(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X under A control", "X in A's hands", "X under siege"."""
    norms = scene.words.norms
    holder = scene.actor_at.get(t.first - 1)
    begin = holder.first if holder is not None else t.first
    lead = [j for j in range(max(sentence.first, begin - 4), begin) if norms[j] in ("under", "in", "into")]
    if not lead or (holder is None and t.rule.type == "control"):
        return
    if not lex.negating.isdisjoint(norms[max(sentence.first, lead[-1] - 3) : lead[-1]]):
        return
    found = subject_places(scene, sentence, lead[-1], lex)
    by = agent(scene, t.last, sentence.last, ("by",), 3)
    changes = t.rule.type == "control" and not lex.becoming.isdisjoint(
        norms[max(sentence.first, lead[-1] - 3) : lead[-1]]
    )
    yield from _frames(t, replace(found, part=False), holder or by, None, "capture" if changes else "")


def _lifts(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A lifted the long siege of X"; the besieger where it stands before "siege"."""
    norms = scene.words.norms
    for j in range(t.last, min(sentence.last, t.last + 8)):
        if norms[j] in lex.sieges:
            found = objects(scene, sentence, j + 1, lex, direct=False)
            besieger = scene.actor_at.get(j - 1)
            doer = _doer(scene, sentence, t, lex)
            yield from _frames(t, replace(found, part=False), doer, besieger)
            return
        if norms[j] in STOPS:
            return


def _divided(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X is divided between A and B": a holder each."""
    found = subject_places(scene, sentence, t.first, lex)
    end = clause_end(scene, sentence, t.last, lex)
    holders = {a.side: a for a in reversed(scene.actors_in(t.last, min(end, t.last + 14)))}
    for holder in holders.values():
        yield from _frames(t, replace(found, part=True), holder, None)


def _state(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    if _passive(scene, sentence, t, lex):
        by = agent(scene, t.last, sentence.last)
        if by is not None:
            yield from _frames(t, subject_places(scene, sentence, t.first, lex), by, None, passive=True)
        return
    found, doer = _objects_or_antecedent(scene, sentence, t, lex), _doer(scene, sentence, t, lex)
    if doer is not None and found.places:
        yield from _frames(t, found, doer, None)


SHAPES: Mapping[str, Shape] = {
    "takes": _takes, "removes": _removes, "moves": _moves, "leaves": _leaves, "falls": _falls, "loses": _loses,
    "repels": _repels, "gives": _gives, "attacks": _attacks, "noun": _noun, "held": _held,
    "held_by": _held_by, "stronghold": _stronghold, "under": _under, "lifts": _lifts, "divided": _divided,
    "state": _state,
}  # fmt: skip
