"""Shapes of nouns: "the capture of X by Y", "a rebel offensive on X"."""

from __future__ import annotations

from collections.abc import Iterator

from transforms.claims.arguments import (
    actor_from,
    agent,
    subject,
)
from transforms.claims.frame import (
    Frame,
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
        wages = t.rule.type != "siege" and (opening or not bare)
        doer = subject(scene, sentence, t.first, lex) if wages else None
    if doer is None and t.rule.type == "capture":
        doer = agent(scene, found.end, sentence.last, tuple(lex.enabling), 3)
    if doer is None and t.rule.type in ("advance", "withdrawal", "capture"):
        return
    loser = agent(scene, found.end, sentence.last, ("from", "against"), 3)
    yield from frames_for(t, found, doer, loser if loser is not doer else None)


def _noun_places(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> Objects:
    """The places behind the noun's preposition, also past whom it is against ("offensive against IS in X")."""
    norms = scene.words.norms
    gap = 4 if t.rule.type in _LOOSE_NOUNS else 1
    for j in range(t.last, min(sentence.last, t.last + gap)):
        start = past_preposition(norms, j, t)
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
