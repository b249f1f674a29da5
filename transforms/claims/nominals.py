"""Shapes of nouns: "the capture of X by Y", "a rebel offensive on X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transforms.claims.actors import ActorMention
from transforms.claims.arguments import (
    actor_from,
    agent,
    harmed,
    subject,
)
from transforms.claims.frame import (
    Frame,
    after_preposition,
    frames_for,
    past_preposition,
)
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.objects import Objects, objects
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.text import Sentence

_LOOSE_NOUNS = frozenset({"clash", "air_strike", "shelling"})
"""Nouns that a verb may part from their place ("clashes broke out near X")."""


def noun(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Iterator[Frame]:
    """ "the capture of X by A", "an A offensive on X", "the X offensive"."""
    norms = scene.words.norms
    begin = sentence.first if "attack" in norms[t.first] else max(sentence.first, t.first - 2)
    if not lex.weapons.isdisjoint(norms[begin : sentence.last if "attack" in norms[t.first] else t.first]):
        return
    if not lex.defending.isdisjoint(norms[t.last : t.last + 3]):
        return
    lead = norms[max(sentence.first, t.first - 4) : t.first]
    halted = t.rule.type == "advance" and "to" in lead and not lex.halting.isdisjoint(lead)
    if halted or not lex.reversing.isdisjoint(lead):
        return
    if _circumstance(scene, sentence, t, lex):
        return
    found = _noun_places(scene, sentence, t, lex)
    if not found.places:
        return
    after = agent(scene, t.last, found.places[0].first, ("by",), 3) or agent(
        scene, found.end, sentence.last, ("by",), 2
    )
    before = scene.actor_at.get(t.first - 1) or (
        scene.actor_at.get(t.first - 2) if norms[t.first - 1] not in ("the", "of") else None
    )
    doer = _leaver(scene, sentence, t) or after or before
    if doer is None and t.rule.type not in _LOOSE_NOUNS:
        opening = any(w in lex.openers for w in norms[max(sentence.first, t.first - 8) : t.first])
        bare = t.rule.type in ("capture", "withdrawal")
        own = norms[t.first - 1] in ("its", "their")
        near = any(w in lex.openers for w in norms[max(sentence.first, t.first - 3) : t.first])
        bare = bare or t.rule.id == "offensive.attack_noun"
        wages = own or (near if t.rule.type == "siege" else opening or not bare)
        doer = subject(scene, sentence, t.first, lex) if wages else None
        if doer is not None and doer.last < t.first and harmed(scene.words.norms[doer.last : t.first], lex):
            return  # "IS was targeted in operations in X"
    if doer is None and t.rule.type == "capture":
        doer = agent(scene, found.end, sentence.last, ("to",), 1) if norms[t.first] in lex.falling else None
    if doer is None and t.rule.type == "capture":
        told = (
            agent(scene, found.end, sentence.last, ("by",), 5)
            if not lex.claiming.isdisjoint(norms[found.end : found.end + 3])
            else None
        )
        doer = agent(scene, found.end, sentence.last, tuple(lex.enabling), 3) or told
    presupposed = t.rule.type == "capture" and norms[t.first - 2] in lex.presupposing
    if doer is None and t.rule.type in ("advance", "withdrawal", "capture") and not presupposed:
        return
    loser = agent(scene, found.end, sentence.last, ("from", "against"), 3)
    yield from frames_for(t, found, doer, loser if loser is not doer else None)


def _circumstance(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> bool:
    """Whether the fighting only tells how people came to harm: "killed in operations against IS in X"."""
    norms, j = scene.words.norms, t.first - 1
    while j > sentence.first and (norms[j] in lex.indefinite or norms[j] in lex.definite or j in scene.actor_at):
        j -= 1
    harmed = not lex.harming.isdisjoint(norms[max(sentence.first, j - _HARM) : j])
    return t.rule.type == "offensive" and norms[j] in lex.circumstances and harmed


_HARM = 8
"""Tokens between "killed" and "in an attack"."""


def _leaver(scene: Scene, sentence: Sentence, t: Trigger) -> ActorMention | None:
    """Who leaves in "the withdrawal of A from X"."""
    if t.rule.type != "withdrawal" or scene.words.norms[t.last : t.last + 1] != ("of",):
        return None
    return actor_from(scene, t.last + 1, min(sentence.last, t.last + 5))


def _noun_places(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects:
    """The places behind the noun's preposition, also past whom it is against ("offensive against IS in X")."""
    norms = scene.words.norms
    gap = 4 if t.rule.type in _LOOSE_NOUNS else 1
    leaver = _leaver(scene, sentence, t)
    if leaver is not None:
        return after_preposition(scene, sentence, replace(t, last=leaver.last), lex, 2) or Objects()
    begin = t.last
    if norms[begin : begin + 1] == ("by",):  # "an assault by A on X"
        by = actor_from(scene, begin + 1, min(sentence.last, begin + 5))
        begin = by.last if by is not None else begin
    for j in range(begin, min(sentence.last, begin + gap)):
        start = past_preposition(norms, j, t)
        if start:
            enemy = actor_from(scene, start, min(sentence.last, start + 3))
            named = enemy is not None and any(i in scene.place_at for i in range(start, enemy.first))
            if enemy is None or named or enemy.last >= sentence.last or norms[enemy.last] not in lex.within:
                return objects(scene, sentence, start, lex, direct=False, reach=7)
            found = objects(scene, sentence, enemy.last + 1, lex, direct=False, reach=7)
            return found._replace(holder=enemy)
        if norms[j] in STOPS:
            break
    before = scene.place_at.get(t.first - 1)
    named = before is not None and before.kind != "country"
    return Objects((before,), False, None, t.last) if before is not None and named else Objects()
