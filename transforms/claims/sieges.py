"""Sieges: who is shut in where, and how a siege ends."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.claims.actors import ActorMention
from transforms.claims.arguments import (
    actor_from,
    agent,
    subject,
)
from transforms.claims.doers import doer_of
from transforms.claims.frame import (
    Frame,
    frames_for,
    in_passive,
)
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.objects import Objects, objects, spoken_of
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.text import Sentence


def lifts(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "A lifted the long siege of X", "the siege of X by B was broken [by A]"; the besieger where it stands there."""
    norms = scene.words.norms
    passive = in_passive(scene, sentence, t, lex)
    window = range(t.first - 1, max(sentence.first, t.first - 12) - 1, -1) if passive else range(t.last, t.last + 8)
    if passive and norms[t.first - 2] == ",":  # "the siege of X, imposed in 2015, was broken"
        opening = next(
            (j for j in range(t.first - 3, max(sentence.first, t.first - 12), -1) if norms[j] == ","), t.first
        )
        window = range(opening - 1, max(sentence.first, opening - 12) - 1, -1)
    siege = next((j for j in window if j < sentence.last and (norms[j] in lex.sieges or norms[j] in STOPS)), None)
    if siege is None or norms[siege] in STOPS:
        return
    found = objects(scene, sentence, siege + 1, lex, direct=False)
    if found.places and "," in norms[siege : found.places[0].first]:
        found = Objects()  # "ending a siege of a year, and moved up to X"
    besieger = scene.actor_at.get(siege - 1) or agent(scene, siege, min(sentence.last, siege + 8))
    if not found.places and not passive:
        found = spoken_of(scene, sentence, _means(scene, sentence, t), lex)._replace(end=siege + 1)
    if not found.places:
        return
    doer = agent(scene, t.last, sentence.last) if passive else doer_of(scene, sentence, t, lex)
    yield from frames_for(t, found._replace(part=False, holder=None), doer, besieger if besieger is not doer else None)


def _means(scene: Scene, sentence: Sentence, t: Trigger) -> int:
    """The token at which begins by what a siege was broken, so that its places are not the besieged: "the capture of X
    broke the siege"; the trigger's own where nothing of the kind stands before it."""
    nouns = (n.first for n in scene.triggers if sentence.first <= n.first < t.first and n.form == "noun")
    return min((i for i in nouns if scene.words.norms[i + 1 : i + 2] == ("of",)), default=t.first)


def trapped(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects | None:
    """ "B has been encircled in X": the place where those are of whom the clause speaks."""
    besieged = subject(scene, sentence, t.first, lex)
    return _where_shut_in(scene, sentence, besieged, t.last, lex) if besieged is not None else None


def ringed(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects:
    """ "A encircled B in X": the place where those are who are shut in."""
    besieged = actor_from(scene, t.last, min(sentence.last, t.last + _SHUT_IN))
    found = _where_shut_in(scene, sentence, besieged, besieged.last, lex) if besieged is not None else None
    return found or Objects()


_SHUT_IN = 4
"""Tokens from "encircled" to whom."""


def _where_shut_in(scene: Scene, sentence: Sentence, besieged: ActorMention, i: int, lex: Grammar) -> Objects | None:
    """The places behind an "in" at token i in which ``besieged`` are."""
    if scene.words.norms[i : i + 1] not in (("in",), ("inside",), ("at",)):
        return None
    found = objects(scene, sentence, i + 1, lex, direct=False)
    return found._replace(part=False, holder=besieged) if found.places else None


def parted(scene: Scene, found: Objects, t: Trigger) -> bool:
    """Whether a single comma parts the place from the verb: it belongs to what opens the sentence."""
    return scene.words.norms[found.places[-1].last : t.first].count(",") == 1
