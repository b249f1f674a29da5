"""Shapes of taking and losing: who took what from whom, gave it to whom, or broke its siege."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.claims.actors import UNKNOWN, ActorMention
from transforms.claims.arguments import (
    actor_from,
    agent,
    clause_end,
    clause_start,
    previous_subject,
    speaker,
    subject,
)
from transforms.claims.doers import doer_of, said_by
from transforms.claims.frame import (
    Frame,
    frames_for,
    in_passive,
    objects_or_antecedent,
    on_ground,
    where,
)
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.objects import Objects, objects, spoken_of
from transforms.claims.rebuffs import thrown_out
from transforms.claims.scene import Scene
from transforms.claims.sieges import parted, ringed, trapped
from transforms.claims.subject_places import subject_places
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


def takes(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A captured X [from B]", "X was captured by A", "X, seized by A"."""
    end = clause_end(scene, sentence, t.last, lex)
    if in_passive(scene, sentence, t, lex):
        yield from _taken(scene, sentence, t, end, lex)
        return
    found, loser = objects_or_antecedent(scene, sentence, t, lex), None
    if not found.places and scene.words.norms[t.last : t.last + 1] == ("from",):  # "seized from B the villages of"
        loser = actor_from(scene, t.last + 1, min(end, t.last + 4))
        found = objects(scene, sentence, loser.last, lex) if loser is not None else found
    if not found.places and t.rule.type == "siege":
        found = ringed(scene, sentence, t, lex)
        there = None if found.places else where(scene, sentence, t, lex)  # "X, where A has besieged a garrison"
        found = there._replace(part=False) if there is not None else found
    beside = _declared(scene, sentence, t, lex)
    if not found.places and beside is not None and t.form == "ed" and t.rule.own_voice:
        by = None if beside.described else speaker(scene, sentence, t.first, lex)  # "X, a town freed from B"
        yield from frames_for(t, Objects((beside,)), by, agent(scene, t.last, end, _ridding(t), 3))
    if not found.places:
        return
    if t.rule.type == "siege" and scene.words.norms[found.end : found.end + 2] in _IN_TWO:
        yield from frames_for(t, found._replace(part=True), doer_of(scene, sentence, t, lex), None, "advance")
        return
    if not lex.litter.isdisjoint(scene.words.norms[found.end + 1 : found.end + 4]) and t.rule.id == "capture.clear":
        return  # "cleared X of mines"
    doer = doer_of(scene, sentence, t, lex)
    if (t.rule.type == "advance" and (doer is None or doer.side == UNKNOWN)) or (t.rule.type == "siege" and not doer):
        return
    loser = loser or agent(scene, found.end, end, _ridding(t), 4)
    loser = loser or agent(scene, t.last, found.places[0].first, ("from",), 12)
    yield from frames_for(t, found, doer, loser if loser is not doer else None)


_DENYING = (("denied",), ("denies",), ("dismissed",), ("rejected",))
_IN_TWO = (("in", "two"), ("in", "half"), ("into", "two"), ("in", "three"))
"""Behind what is cut but not cut off: "cut the enclave in two"."""


def _ridding(t: Trigger) -> tuple[str, ...]:
    """The prepositions behind which the loser stands: "cleared X of B", but "took X with the support of C"."""
    return t.rule.preps or ("from",)


def _taken(scene: Scene, sentence: Sentence, t: Trigger, end: int, lex: Grammar) -> Iterator[Frame]:
    """ "X was captured by A", "X, seized by A", in a clause that ends before token ``end``."""
    by = agent(scene, t.last, end) or _attacker(scene, t.last, end, lex)
    shut_in = trapped(scene, sentence, t, lex) if t.rule.type == "siege" else None
    if shut_in is not None:
        yield from frames_for(t, shut_in, by, None)
        return
    if by is None and t.rule.type == "capture" and "by" not in scene.words.norms[t.last : min(end, t.last + 6)]:
        by = speaker(scene, sentence, t.first, lex)
    loser = agent(scene, t.last, end, _ridding(t))
    if by is not None and scene.words.norms[by.last : by.last + 1] in _DENYING:
        by, loser = None, loser or by  # "A denied that X had been captured"
    if by is None and (t.rule.own_voice or loser is not None):
        voice = said_by(scene, sentence, t.last, lex)
        voice = None if voice is not None and loser is not None and voice.side == loser.side else voice
        apart = voice is not None and scene.words.norms[voice.last] in lex.officials
        by = None if apart else voice  # "X is free, US officials said"
    if by is None and t.rule.type == "advance":
        return
    if by is not None or t.form == "ed" or t.rule.type == "capture":
        found = subject_places(scene, sentence, t.first, lex)
        if t.rule.type == "siege" and found.places and parted(scene, found, t):
            return  # "with X in rebel hands, the route is cut"
        if found.places and t.rule.type == "capture" and _people(scene, sentence, found.places[0], lex):
            return  # "rebels in X were captured"
        if found.places and t.rule.own_voice and found.part and not _ground_before(scene, sentence, found, lex):
            return  # "victories in X were secured"
        yield from frames_for(t, found, by, loser)


def frees(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A declared X free of B", "X was declared free of B"."""
    norms = scene.words.norms
    free = next((j for j in range(t.last, min(sentence.last, t.last + _FREE)) if norms[j] == "free"), None)
    loser = actor_from(scene, free + 2, min(sentence.last, free + _OF_WHOM)) if free is not None else None
    if free is None or loser is None or norms[free + 1] not in ("of", "from"):
        return
    passive = in_passive(scene, sentence, t, lex)
    found = subject_places(scene, sentence, t.first, lex) if passive else objects(scene, sentence, t.last, lex)
    doer = agent(scene, loser.last, sentence.last) if passive else doer_of(scene, sentence, t, lex)
    yield from frames_for(t, found, doer if doer is not loser else None, loser)


_FREE = 9
"""Tokens from "declared" to "free"."""
_OF_WHOM = 5
"""Tokens from "free of" to whom."""


def _people(scene: Scene, sentence: Sentence, place: PlaceMention, lex: Grammar) -> bool:
    """Whether the place is but where those are of whom a passive verb speaks."""
    norms, j = scene.words.norms, place.first - 1
    while j > sentence.first and norms[j] in lex.leading:
        j -= 1
    who = scene.actor_at.get(j - 1) if norms[j] in lex.within else None
    return who is not None and who.kind != "adjective"


def _ground_before(scene: Scene, sentence: Sentence, found: Objects, lex: Grammar) -> bool:
    """Whether ground is spoken of before the place in which it lies: "several districts in X"."""
    before = scene.words.norms[max(sentence.first, found.places[0].first - 8) : found.places[0].first]
    return any(w in lex.ground or w in lex.anaphors or w in lex.part_heads or w.isdigit() for w in before)


def _declared(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> PlaceMention | None:
    """The place before a bare participle: "Palmyra liberated", "declared the city of Palmyra fully liberated"."""
    norms, j = scene.words.norms, t.first - 1
    if lex.claiming.isdisjoint(norms[sentence.first : t.first]):
        return scene.place_at.get(j)
    while (
        j > sentence.first and j not in scene.place_at and (norms[j] in lex.plain_adverbs or norms[j] in lex.anaphors)
    ):
        j -= 1
    return scene.place_at.get(j)


def _attacker(scene: Scene, first: int, end: int, lex: Grammar) -> ActorMention | None:
    """Whose attack it was: "X was wrested from B in an offensive by A"."""
    norms = scene.words.norms
    by = next((j for j in range(first + 1, end) if norms[j] == "by" and norms[j - 1] in lex.attack_nouns), None)
    return None if by is None else actor_from(scene, by + 1, min(end, by + 6))


def removes(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A drove B out of X"; without a winner the loser has left."""
    norms, end = scene.words.norms, sentence.last
    if in_passive(scene, sentence, t, lex):
        loser, winner = doer_of(scene, sentence, t, lex), agent(scene, t.last, end)
        if winner is not None and winner is loser:
            return
    else:
        if norms[t.last : t.last + 1] in _THEM and _out(norms, t.last + 1):
            yield from thrown_out(scene, sentence, t, lex)
            return
        loser, winner = actor_from(scene, t.last, min(end, t.last + 6)), doer_of(scene, sentence, t, lex)
    if loser is None:
        return
    start = max(t.last, loser.last if loser.first >= t.first else t.last)
    if winner is not None and _out(norms, start):
        yield from frames_for(t, spoken_of(scene, sentence, t.first, lex), winner, loser)
        return
    for j in range(start, min(end, start + 7)):
        if norms[j] in STOPS:
            return
        out = norms[j] == "out" and j + 1 < end and norms[j + 1] in ("of", "from")
        if out or norms[j] == "from" or (norms[j] == "of" and norms[j - 1] == "out"):
            found = objects(scene, sentence, j + (2 if out else 1), lex, direct=False)
            back = "back" in norms[t.last : j]
            if winner is None:
                yield from frames_for(t, found, loser, None, "withdrawal")
            else:
                yield from frames_for(t, found, winner, loser, "advance" if back else "")
            return


_THEM = (("them",), ("it",))


def _out(norms: Sequence[str], i: int) -> bool:
    """Whether "out" at token i names no place: "drove it out", not "drove it out of X"."""
    return norms[i : i + 1] == ("out",) and norms[i + 1 : i + 2] not in (("of",), ("from",))


def falls(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X fell to A", "X fell on Friday to A", "X passed from B to A"."""
    parted = scene.words.norms[t.last - 1] in _BEFORE_DATE
    begin = _past_date(scene, t.last, sentence.last) if parted else t.last if t.last - t.first > 1 else None
    if begin is None:
        return
    loser, winner = None, actor_from(scene, begin, min(sentence.last, begin + 5))
    if scene.words.norms[begin : begin + 1] == ("them",):
        winner = previous_subject(scene, sentence, lex)  # "X had fallen to them last week"
    if scene.words.norms[begin - 1] == "from":
        loser, winner = winner, winner and agent(scene, winner.last, sentence.last, ("to",), 2)
    people = t.rule.type == "handover" and subject(scene, sentence, t.first, lex) is not None
    if winner is None or people:  # "rebels in X surrendered to A"
        return
    found = subject_places(scene, sentence, t.first, lex)
    beyond = winner.last + (scene.words.norms[winner.last : winner.last + 1] in _HOLDING)
    found = found._replace(end=max(found.end, beyond))  # "returned to government control in May"
    if not found.places and t.form == "gerund":
        opening = scene.places_in(sentence.first, min(t.first, sentence.first + _OPENING))
        found = Objects(tuple(opening[:1]))  # "X was retaken by B before falling to A"
    yield from frames_for(t, found, winner, loser)


_OPENING = 5
"""Tokens at the head of a sentence in which its subject is named."""
_HOLDING = (("control",), ("hands",), ("rule",))
_BEFORE_DATE = frozenset({"on", "in"})


def _past_date(scene: Scene, i: int, end: int) -> int | None:
    """The token behind the "to" that a date at token i parts from its verb; None where none does."""
    j = i
    while j < end and j in scene.dated:
        j += 1
    return j + 1 if j > i and scene.words.norms[j : j + 1] == ("to",) else None


def loses(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "B lost X [to A]"."""
    if in_passive(scene, sentence, t, lex):
        winner = agent(scene, t.last, sentence.last, ("to",), 3)
        if winner is not None:  # "X was lost to A"
            found = subject_places(scene, sentence, t.first, lex)
            yield from frames_for(t, found, winner, agent(scene, t.last, sentence.last), "capture")
        return
    found = objects(scene, sentence, t.last, lex)
    if not found.places and scene.words.norms[clause_start(scene, sentence, t.first, lex) - 1] in ("which", "that"):
        found = objects_or_antecedent(scene, sentence, t, lex)  # "X, which they had lost to A"
    if found.places and "into" in scene.words.norms[t.last : found.places[0].first]:
        return  # "lost their last supply line into X"
    loser = doer_of(scene, sentence, t, lex) if found.places else None
    if loser is None or on_ground(scene, t, lex):
        return
    winner = agent(scene, max(t.last, found.end), clause_end(scene, sentence, max(t.last, found.end), lex), ("to",), 9)
    if winner is not None:
        yield from frames_for(t, found, winner, loser, "capture")
    elif not found.part:
        yield from frames_for(t, found, loser, None)


def gives(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "B handed X over to A": the receiver is the actor."""
    if in_passive(scene, sentence, t, lex):
        found, giver = subject_places(scene, sentence, t.first, lex), agent(scene, t.last, sentence.last)
        receiver = agent(scene, t.last, sentence.last, ("to",), 4)
    else:
        found, giver = objects(scene, sentence, t.last, lex), doer_of(scene, sentence, t, lex)
        receiver = agent(scene, found.end, sentence.last, ("to",), 6)
    if receiver is not None:
        yield from frames_for(t, found, receiver, giver)
    elif giver is not None and not found.part:
        yield from frames_for(t, found, giver, None, "withdrawal")  # "agreed to hand over X"
