"""Frames: from a trigger and what stands around it to who did what where, by the shape of its rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transforms.claims.compounds import held
from transforms.claims.frame import (
    Frame,
    Shape,
)
from transforms.claims.grammar import STOPS, Grammar
from transforms.claims.holdings import divided, held_by, state, stronghold, under
from transforms.claims.movements import attacks, leaves, moves, repels
from transforms.claims.nominals import noun
from transforms.claims.scene import Scene
from transforms.claims.sieges import lifts
from transforms.claims.takings import falls, frees, gives, loses, removes, takes
from transforms.claims.triggers import Trigger
from transforms.text import Sentence


def read_frames(scene: Scene, sentence: Sentence, triggers: list[Trigger], lex: Grammar) -> Iterator[Frame]:
    """All frames of a sentence, in order of their triggers; where it speaks of no place, most can make none."""
    if not _speaks_of_place(scene, sentence, lex):
        triggers = [t for t in triggers if t.rule.shape in _LOOKING_BACK]
    for trigger in triggers:
        without = trigger.form in trigger.rule.without and not _under_way(scene, trigger, lex)
        if trigger.form == "base" and trigger.first == sentence.first:
            continue  # "Control of X is split"
        if without or (trigger.first and _is_other_word(scene, trigger, lex)):
            continue
        yield from SHAPES[trigger.rule.shape](scene, sentence, trigger, lex)


_LOOKING_BACK = frozenset({"lifts", "repels", "removes"})
"""Shapes that may tell of a place named before their sentence ("broke the siege", "pushed them back")."""


def _speaks_of_place(scene: Scene, sentence: Sentence, lex: Grammar) -> bool:
    """Whether the sentence names or describes a place that a frame may be about, or means one by "it"."""
    named = any(p.kind != "country" for p in scene.places_in(sentence.first, sentence.last))
    return named or not lex.referring.isdisjoint(scene.words.norms[sentence.first : sentence.last])


def _under_way(scene: Scene, t: Trigger, lex: Grammar) -> bool:
    """Whether the gerund is what somebody is about: "began evacuating X", "were surrounding X"."""
    norms, j = scene.words.norms, t.first - 1
    while j > 0 and norms[j] in lex.plain_adverbs:
        j -= 1
    return norms[j] in lex.openers or norms[j] in lex.be


def _is_other_word(scene: Scene, t: Trigger, lex: Grammar) -> bool:
    """Whether a verb's form is part of a compound ("rebel-held") or a noun here ("the rebel hold on X")."""
    if t.rule.shape in ("held", "under", "stronghold"):
        return False
    if t.first in scene.actor_at:
        return True
    if t.rule.shape == "noun" and scene.words.norms[t.first - 1] == "to":
        return True  # "forced to retreat"
    before, before_word = scene.actor_at.get(t.first - 1), scene.words.norms[t.first - 1]
    either = t.form == "base" and scene.words.norms[t.first] in lex.attack_nouns
    if either and before is not None and _is_singular(scene.words.texts[before.last - 1]):
        return t.rule.shape != "noun"  # "tried to stop an army advance on X"
    if t.form == "base" and before is None and scene.words.norms[max(0, t.first - 2)] in ("a", "an"):
        return t.rule.shape != "noun"  # "launched a surprise attack"
    noun = scene.words.norms[t.first - 1] in lex.articles or (before is not None and before.kind == "adjective")
    article = scene.words.norms[t.first - 1] in ("the", "a", "an")
    if t.last < len(scene.words) and scene.words.norms[t.last] in t.rule.unless:
        return True
    attributive = before is not None and before.kind == "adjective" and t.rule.shape == "state"
    if (article or attributive or scene.words.norms[t.first - 1] in lex.held) and t.form in ("gerund", "ed"):
        return True
    if t.form == "ed" and t.last in scene.place_at and before_word in lex.within:
        return True  # "in occupied X"
    if t.form in ("ed", "base") and scene.words.texts[t.first - 1].endswith(("'s", "’s")):
        return t.rule.shape != "noun"  # "the group's besieged stronghold", "the group's capture of X"
    named = (
        t.form == "base" and scene.words.texts[t.first][:1].isupper() and scene.words.texts[t.first - 1] not in STOPS
    )
    compound = scene.hyphenated(t.first - 1) and scene.words.norms[t.first - 1] != "re"
    if t.form == "s" and (article or before_word in lex.circumstances):
        return True  # "killed in the attacks"
    noun = noun or (before_word in lex.oblique and before_word != "to")
    return compound or (t.form == "base" and noun) or (named and t.rule.shape != "noun")


def _is_singular(word: str) -> bool:
    """Whether a verb in the base form cannot have the word as its subject: "army", but not "rebels" nor "SDF"."""
    return not word.endswith("s") and not word.isupper()


SHAPES: Mapping[str, Shape] = {
    "takes": takes, "removes": removes, "moves": moves, "leaves": leaves, "falls": falls, "loses": loses,
    "repels": repels, "gives": gives, "attacks": attacks, "noun": noun, "held": held,
    "held_by": held_by, "stronghold": stronghold, "under": under, "lifts": lifts, "divided": divided,
    "state": state, "frees": frees,
}  # fmt: skip
