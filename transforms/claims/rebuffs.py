"""What came of an attack, told in a clause of its own: "B attacked X, but A beat them back", "A drove it out"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from transforms.claims.actors import ActorMention
from transforms.claims.arguments import subject
from transforms.claims.doers import doer_of
from transforms.claims.frame import Frame, frames_for
from transforms.claims.grammar import Grammar
from transforms.claims.objects import Objects
from transforms.claims.parts import located
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Sentence

THEM = frozenset({"them", "it"})
_ATTACKS = frozenset({"offensive", "advance"})
_ENTERING = frozenset({"advance.enter"})
_STRUGGLES = _ATTACKS | {"capture"}


class Struggle(NamedTuple):
    """What the clause before tells: who came for which place, and whether they got in."""

    trigger: Trigger
    comer: ActorMention
    place: PlaceMention

    @property
    def got_in(self) -> bool:
        """Whether the comers were in the place."""
        return self.trigger.rule.type == "capture" or self.trigger.rule.id in _ENTERING


def attacked(scene: Scene, first: int, last: int) -> PlaceMention | None:
    """The place behind the last word of an attack among tokens ``first:last``."""
    begun = [t for t in scene.triggers if first <= t.first < last and t.rule.type in _STRUGGLES]
    behind = scene.places_in(begun[-1].last, last) if begun else ()
    return next((p for p in behind if p.kind != "country"), None)


def struggle_before(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> Struggle | None:
    """The attack or capture told last before token ``i``, in the sentence or in the one before."""
    for told in (sentence, scene.sentences[max(0, sentence.number - 1)]):
        last = min(i, told.last)
        for t in reversed([t for t in scene.triggers if told.first <= t.first < last and t.rule.type in _STRUGGLES]):
            comer = subject(scene, told, t.first, lex)
            place = next((p for p in scene.places_in(t.last, last) if p.kind != "country"), None)
            if comer is not None and place is not None and not located(scene, place, t.last + 1, lex):
                return Struggle(t, comer, place)
        if scene.places_in(sentence.first, i):
            return None
    return None


def beaten_back(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "B attacked X, but A beat them back"."""
    before, defender = struggle_before(scene, sentence, t.first, lex), doer_of(scene, sentence, t, lex)
    if (
        before is None
        or defender is None
        or defender.side == before.comer.side
        or before.trigger.rule.type == "capture"
    ):
        return
    yield from frames_for(t, Objects((before.place,), end=t.last), defender, before.comer)


def thrown_out(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "B entered X; A drove it out": the place is taken back where they had been in it, else the attack has failed."""
    before, winner = struggle_before(scene, sentence, t.first, lex), doer_of(scene, sentence, t, lex)
    if before is None or winner is None or winner.side == before.comer.side:
        return
    told = "capture" if before.got_in else "repelled"
    yield from frames_for(t, Objects((before.place,), end=t.last), winner, before.comer, told)
