"""Shapes of holding: "rebel-held X", "X, a stronghold of Y", "X is divided between Y and Z"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from transforms.claims.actors import ActorMention
from transforms.claims.arguments import (
    actor_from,
    agent,
    clause_end,
    clause_start,
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
    passive_frames,
)
from transforms.claims.grammar import Grammar
from transforms.claims.lists import listed_with
from transforms.claims.objects import Objects, objects
from transforms.claims.page import NEVER_MEANT
from transforms.claims.scene import Scene
from transforms.claims.subject_places import subject_places
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence


def held_by(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X, held by A", "X is under the control of A"."""
    holder = actor_from(scene, t.last, min(sentence.last, t.last + 4))
    lead = scene.words.norms[max(sentence.first, t.first - 3) : t.first]
    if holder is None or not lex.negating.isdisjoint(lead) or not lex.bygone.isdisjoint(lead):
        return
    norms = scene.words.norms
    start = clause_start(scene, sentence, t.first, lex)
    which = start > sentence.first and scene.words.norms[start - 1] in ("which", "that")
    beside = next((scene.place_at[j] for j in (start - 2, start - 3) if which and j in scene.place_at), None)
    if beside is not None and beside.area and beside.kind != "governorate":
        beside = next((p for p in reversed(scene.places_in(start - 10, beside.first)) if not p.area), beside)
    before = scene.places_in(start, t.first)
    if beside is not None:
        named = scene.places_in(clause_start(scene, sentence, start - 1, lex), start)
        found = Objects(tuple(listed_with(scene, beside, named, lex)))
    elif norms[t.first - 1] in lex.ground and t.first - 1 not in scene.place_at and not _of_place(scene, t, before):
        if norms[holder.last : holder.last + 1] not in _IN:
            return  # "left for areas controlled by the army"
        found = objects(scene, sentence, holder.last + 1, lex, direct=False)._replace(part=True)
    else:
        found = subject_places(scene, sentence, t.first, lex)
    ground = tuple(
        p for p in found.places if p.kind not in NEVER_MEANT
    )  # "crossed the river and took villages held by"
    yield from frames_for(t, found._replace(places=ground), holder, None)


def _of_place(scene: Scene, t: Trigger, before: Sequence[PlaceMention]) -> bool:
    """Whether the ground is a named place's: "X and villages around it held by", "Aleppo districts held by"."""
    return bool(before) and before[-1].last >= t.first - _CLOSE


_CLOSE = 7
_IN = (("in",), ("inside",), ("within",))


_OF_WHOM = (("of",), ("for",))


def stronghold(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "the A stronghold of X", "X, a stronghold of A", "A's de facto capital X"."""
    norms = scene.words.norms
    if norms[t.first] == "capital" and lex.styled.isdisjoint(norms[max(0, t.first - 4) : t.first]):
        return
    holder = scene.actor_at.get(t.first - 1)
    if holder is None or (holder.kind == "adjective" and norms[holder.first] in lex.attributes):
        holder = scene.actor_at.get((holder.first if holder else t.first) - 1) or scene.actor_at.get(t.first - 2)
    behind = (
        actor_from(scene, t.last, min(sentence.last, t.last + 3)) if norms[t.last : t.last + 1] in _OF_WHOM else None
    )
    holder = behind or holder
    if holder is not None and _just_taken(scene, holder.first):
        return
    if holder is None or not lex.formerly.isdisjoint(norms[max(0, min(holder.first, t.first) - 3) : t.first + 1]):
        return
    after = t.last + 1 if norms[t.last : t.last + 1] in (("of",), ("in",)) and behind is None else t.last
    while (
        after < sentence.last
        and (norms[after] in lex.determiners or norms[after] in lex.anaphors)
        and (after not in scene.place_at)
    ):
        after += 1
    several = norms[t.last - 1].endswith("s")
    place = None if several else scene.place_at.get(after)  # "strongholds in X" are not X
    if place is not None and place.kind == "country":
        place = None  # "X, the last rebel stronghold in Syria"
    if place is None and not several and norms[t.last : t.last + 1] == (",",):
        place = scene.place_at.get(t.last + 1)  # "the last rebel stronghold, X"
    if place is None:
        begin = min(holder.first, t.first)
        lead = range(begin - 1, max(begin - 6, sentence.first) - 1, -1)
        among = not several or "one" in norms[max(sentence.first, begin - 6) : begin]
        named = (scene.place_at[j] for j in lead if j in scene.place_at)
        place = next((p for p in named if p.kind != "country"), None) if among else None
        verb = next((j for j in lead if norms[j] in lex.be), None)
        past = verb is not None and "had" in norms[max(sentence.first, verb - 2) : verb]  # "had been a stronghold"
        if place is None and verb is not None and among and not past:
            yield from frames_for(t, subject_places(scene, sentence, verb, lex), holder, None)
    if place is not None:
        yield from frames_for(t, Objects((place,)), holder, None)


def _just_taken(scene: Scene, i: int) -> bool:
    """Whether what is named at token i is the object of a capture: "taking the last rebel stronghold in X"."""
    begin = bisect_left(scene.triggers, i - _CLOSE, key=lambda t: t.first)
    near = takewhile(lambda t: t.first < i, islice(scene.triggers, begin, None))
    return any(t.rule.type == "capture" and t.form != "noun" and i - 3 <= t.last <= i for t in near)


def under(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X under A control", "X in A's hands", "X under siege"."""
    norms = scene.words.norms
    holder = scene.actor_at.get(t.first - 1)
    begin = holder.first if holder is not None else t.first
    if holder is None and t.rule.type == "control" and norms[t.first - 1] == "our":
        holder = said_by(scene, sentence, t.last, lex)  # ' "X is in our hands," a rebel commander said'
        begin = t.first - 1
    elif holder is None and t.rule.type == "control" and norms[t.first - 1] in _THEIRS:
        told = norms[t.first - 3] not in lex.anaphors  # "X, the largest city under its control"
        holder, begin = speaker(scene, sentence, t.first, lex) if told else None, t.first - 1
    if holder is not None and t.rule.type == "control" and (slips := _slips(scene, sentence, begin, lex)) is not None:
        yield from frames_for(t, subject_places(scene, sentence, slips, lex), holder, None, "withdrawal")
        return
    window = range(max(sentence.first, begin - 4), begin)
    lead = [j for j in window if norms[j] in ("under", "in", "into") and j + 1 not in scene.dated]
    if not lead or (holder is None and t.rule.type == "control"):
        return
    if not lex.negating.isdisjoint(norms[max(sentence.first, lead[-1] - 3) : lead[-1]]):
        return
    found = _declared(scene, lead[-1], lex) or subject_places(scene, sentence, lead[-1], lex)
    if not found.places and t.rule.type == "siege":
        found = _left_by_the_besieged(scene, sentence, t, lex)
    if found.places and not lex.unnamed.isdisjoint(norms[found.places[-1].last : lead[-1]]):
        return  # "X took in people from areas that fell under IS control"
    by = agent(scene, t.last, sentence.last, ("by",), 3)
    if t.rule.type == "siege" and holder is None and found.places:
        by = by or _who_put(scene, sentence, found.places[0].first, lex)
    changes = t.rule.type == "control" and not lex.becoming.isdisjoint(
        norms[max(sentence.first, lead[-1] - 3) : lead[-1]]
    )
    yield from frames_for(t, found._replace(part=False), holder or by, None, "capture" if changes else "")


_THEIRS = frozenset({"its", "their"})
"""Before the control of whoever speaks: "rebels said X was in their hands"."""


def _declared(scene: Scene, i: int, lex: Grammar) -> Objects | None:
    """The place of which somebody says that it is "under" at token i: "declaring X fully under state control"."""
    j = i - 1
    while j > 0 and scene.words.norms[j] in lex.adverbs:
        j -= 1
    place = scene.place_at.get(j)
    said = place is not None and scene.words.norms[place.first - 1] in lex.declaring
    return Objects((place,)) if place is not None and said else None


def _slips(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> int | None:
    """The verb of "fell out of A control", "slipped from A's hands", whose holder begins at token i; None if none."""
    norms, j = scene.words.norms, i - 1
    while j > sentence.first and norms[j] in lex.definite:
        j -= 1
    j -= norms[j] == "of" and norms[j - 1] == "out"
    return j - 1 if norms[j] in ("out", "from") and norms[j - 1] in lex.slipping else None


def _who_put(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> ActorMention | None:
    """Who put under siege the place at token i: "A has put X under siege"."""
    j = i - 1
    while j > sentence.first and (scene.words.norms[j] in lex.determiners or scene.words.norms[j] in lex.anaphors):
        j -= 1
    return subject(scene, sentence, j, lex) if scene.words.norms[j] in lex.placing else None


def _left_by_the_besieged(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects:
    """The place behind the clause that tells of people: "those who had lived under siege for two years left X"."""
    start = clause_start(scene, sentence, t.first, lex)
    if start == sentence.first or scene.words.norms[start - 1] not in ("who", "that"):
        return Objects()
    behind = [p for p in scene.places_in(t.last, min(sentence.last, t.last + _BEHIND)) if p.kind != "country"]
    return Objects(tuple(behind[:1]))


_BEHIND = 12
"""Tokens behind "under siege" within which the place follows that the besieged left."""


def divided(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "X is divided between A and B": a holder each."""
    norms, end = scene.words.norms, clause_end(scene, sentence, t.last, lex)
    behind = next((j for j in range(t.last, min(end, t.last + 5)) if norms[j] in t.rule.preps), None)
    if behind is None:
        return
    found = subject_places(scene, sentence, t.first, lex)
    holders = {a.side: a for a in reversed(scene.actors_in(behind, min(end, behind + 14)))}
    if len(holders) < 2:
        return
    for holder in holders.values():
        yield from frames_for(t, found._replace(part=True), holder, None)


def state(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A controls X"."""
    if in_passive(scene, sentence, t, lex):
        yield from passive_frames(scene, sentence, t, lex)
        return
    if t.form in ("past", "ed") and on_ground(scene, t, lex):
        return  # "was driven from the last districts it held in X"
    found = objects_or_antecedent(scene, sentence, t, lex)
    doer = doer_of(scene, sentence, t, lex) if found.places else None
    if doer is not None:
        yield from frames_for(t, found, doer, None)
