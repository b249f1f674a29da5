"""Shapes of nouns: "the capture of X by Y", "a rebel offensive on X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    unnamed,
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
    if _tells_nothing(scene, sentence, t, lex):
        return
    found = _noun_places(scene, sentence, t, lex)
    if not found.places:
        return
    if t.rule.type == "offensive" and norms[found.end : found.end + 1] == ("to",) and _measured(norms, t.last, found):
        return  # "an attack 160 km southwest of X to retake Y"
    if norms[found.end : found.end + 3] == _FOR_CONTROL:  # "locked in battle in X for control of Y"
        fought_for = objects(scene, sentence, found.end + len(_FOR_CONTROL), lex, direct=False)
        found = fought_for._replace(holder=None) if fought_for.places else found
    if t.rule.type == "siege" and not lex.ending.isdisjoint(norms[found.end : found.end + 2]):
        ended = found._replace(end=found.end + 2)
        yield from frames_for(t, ended, None, _doer(scene, sentence, t, found, lex), "siege_lifted")
        return  # "the siege of X ended"
    receiver = agent(scene, found.end, sentence.last, ("to",), 1)
    if t.rule.type == "handover":
        if receiver is not None:
            yield from frames_for(t, found, receiver, None)
        return
    doer = _doer(scene, sentence, t, found, lex)
    if doer is not None and doer.last < t.first and harmed(norms[doer.last : t.first], lex):
        return  # "IS was targeted in operations in X"
    if t.rule.id == "withdrawal.loss" and receiver is not None:
        yield from frames_for(t, found, receiver, doer, "capture")  # "the loss of X to A"
        return
    if (
        doer is not None
        and t.rule.type == "control"
        and not lex.ceasing.isdisjoint(norms[max(sentence.first, doer.first - 5) : t.first])
    ):
        return  # "ended IS control of X"
    presupposed = t.rule.type == "capture" and norms[t.first - 2] in lex.presupposing
    if doer is None and t.rule.type in _OF_SOMEBODY and not presupposed:
        return
    loser = agent(scene, found.end, sentence.last, ("from", "against"), 3)
    yield from frames_for(t, found, doer, loser if loser is not doer else None)


_FOR_CONTROL = ("for", "control", "of")


def _measured(norms: Sequence[str], i: int, found: Objects) -> bool:
    """Whether the place only says how far away it is."""
    return any(map(str.isdigit, norms[i : found.places[0].first]))


def _tells_nothing(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> bool:
    """Whether the noun speaks of weapons or of defending, is halted or undone, or only tells how people were harmed."""
    norms = scene.words.norms
    begin = sentence.first if "attack" in norms[t.first] else max(sentence.first, t.first - 2)
    if not lex.weapons.isdisjoint(unnamed(scene, begin, sentence.last if "attack" in norms[t.first] else t.first)):
        return True
    if not lex.defending.isdisjoint(norms[t.last : t.last + 3]):
        return True
    lead = norms[max(sentence.first, t.first - 4) : t.first]
    halted = t.rule.type == "advance" and "to" in lead and not lex.halting.isdisjoint(lead)
    halted = halted or (
        t.rule.type == "advance" and norms[t.last : t.last + 1] == ("to",) and _to_do(scene, t.last + 1)
    )
    return halted or not lex.reversing.isdisjoint(lead) or _circumstance(scene, sentence, t, lex)


def _to_do(scene: Scene, i: int) -> bool:
    """Whether what somebody does begins at token i or right behind it: "a push to fully retake X"."""
    return any(i <= verb.first <= i + 1 and verb.form == "base" for verb in scene.triggers)


_OF_SOMEBODY = frozenset({"advance", "withdrawal", "capture", "control"})
"""Types of which nothing is told where nobody is named who does it."""


def _doer(scene: Scene, sentence: Sentence, t: Trigger, found: Objects, lex: Grammar) -> ActorMention | None:
    """Whose doing the noun names: who leaves, who stands behind "by", whose it is, or the subject of its verb."""
    norms = scene.words.norms
    if norms[t.last - 1] == "to":
        return actor_from(scene, t.last, min(sentence.last, t.last + _ANNOUNCED))  # "X's fall to A"
    doer = _leaver(scene, sentence, t) or agent(scene, t.last, found.places[0].first, ("by",), 3)
    doer = doer or agent(scene, found.end, sentence.last, ("by",), 2) or _owner(scene, sentence, t, lex)
    if doer is not None or t.rule.type in _LOOSE_NOUNS or t.rule.type == "control":
        return doer
    own = norms[t.first - 1] in ("its", "their")
    near = 3 if t.rule.type == "siege" else 8
    opening = any(w in lex.openers for w in norms[max(sentence.first, t.first - near) : t.first])
    bare = t.rule.type in _BARE or t.rule.id == "offensive.attack_noun"
    if own or opening or not bare:
        doer = subject(scene, sentence, t.first, lex)
    if doer is not None and doer.kind == "state" and t.rule.type == "capture":
        return None if not lex.claiming.isdisjoint(norms[doer.last : t.first]) else doer  # "Russia announced the fall"
    if doer is None and t.rule.type == "capture":
        doer = _named_behind(scene, sentence, t, found, lex) or _announcing(scene, sentence, t, lex)
        doer = doer or _going_on(scene, sentence, t, found, lex)
    return doer


_BARE = frozenset({"capture", "withdrawal", "siege", "siege_lifted"})
"""Types whose nouns belong to a subject only with a verb of doing ("began the siege of X")."""


def _owner(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> ActorMention | None:
    """Whose it is: "the rebel takeover", "the militants' swift seizure"."""
    beside = scene.actor_at.get(t.first - 1)
    if beside is not None or scene.words.norms[t.first - 1] in ("the", "of"):
        return beside
    for j in range(t.first - 2, max(sentence.first, t.first - _OWNED) - 1, -1):
        owner = scene.actor_at.get(j)
        if owner is not None and (j == t.first - 2 or _possessive(scene, j + 1)):
            return owner
        if scene.words.norms[j] in lex.clause_marks and scene.words.texts[j] not in _APOSTROPHES:
            return None
    return None


_APOSTROPHES = ("'", "’")
_OWNED = 4
"""Tokens before the noun in which its owner ends: "the rebels' second, larger offensive"."""


def _possessive(scene: Scene, i: int) -> bool:
    """Whether the word before token i is in the possessive."""
    return scene.words.texts[i] in _APOSTROPHES or scene.words.texts[i - 1].endswith(("'s", "’s"))


def _named_behind(scene: Scene, sentence: Sentence, t: Trigger, found: Objects, lex: Grammar) -> ActorMention | None:
    """Who took what "fell to" him, whom it helped, or who announced it."""
    norms, end = scene.words.norms, found.end
    fallen = agent(scene, end, sentence.last, ("to",), 1) if norms[t.first] in lex.falling else None
    helped = agent(scene, end, sentence.last, tuple(lex.enabling), 3)
    claimed = not lex.claiming.isdisjoint(norms[end : end + 3])
    return fallen or helped or (agent(scene, end, sentence.last, ("by",), 5) if claimed else None)


def _announcing(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> ActorMention | None:
    """Who announces what was taken, where it is a side in the fighting: "the SDF declared the liberation of X"."""
    near = range(max(sentence.first, t.first - _ANNOUNCED), t.first)
    verb = next((j for j in near if scene.words.norms[j] in lex.claiming), None)
    if verb is None or scene.words.norms[t.first] in lex.falling:
        return None
    found = subject(scene, sentence, verb, lex)
    return found if found is not None and found.kind != "state" and found.last == verb else None


_ANNOUNCED = 4
"""Tokens from "announced" to what was taken."""


def _going_on(scene: Scene, sentence: Sentence, t: Trigger, found: Objects, lex: Grammar) -> ActorMention | None:
    """Who goes on from what was taken: "after the capture of X, the SDF advanced along the river"."""
    norms = scene.words.norms
    comma = next((j for j in range(found.end, min(sentence.last, found.end + _ANNOUNCED)) if norms[j] == ","), None)
    opened = norms[sentence.first] in lex.presupposing or norms[sentence.first] == "with"
    if comma is None or not opened or norms[t.first] in lex.falling:
        return None
    doer = actor_from(scene, comma + 1, min(sentence.last, comma + 3))
    if norms[sentence.first] == "with":
        return doer  # "With the capture of X, the army is 5 km from Y"
    verb = next((v for v in scene.triggers if doer is not None and doer.last <= v.first <= doer.last + 1), None)
    return doer if verb is not None and verb.rule.type in _GAINS else None


_GAINS = frozenset({"advance", "capture", "offensive"})


def _circumstance(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> bool:
    """Whether the fighting only tells how people came to harm: "killed in operations against IS in X"."""
    norms, j = scene.words.norms, t.first - 1
    while j > sentence.first and (_attributive(scene, j) or norms[j] in lex.indefinite or norms[j] in lex.definite):
        j -= 1
    harmed = not lex.harming.isdisjoint(norms[max(sentence.first, j - _HARM) : j])
    return t.rule.type == "offensive" and norms[j] in lex.circumstances and harmed


def _attributive(scene: Scene, j: int) -> bool:
    """Whether token j may stand before a noun in a headline: "Killed in Syrian Army Anti-Terrorism Operations"."""
    return j in scene.actor_at or scene.words.texts[j][0].isupper()


_HARM = 8
"""Tokens between "killed" and "in an attack"."""


def _past_ground(norms: Sequence[str], i: int, lex: Grammar) -> int:
    """The token behind the ground that somebody named before token i holds: "against B's positions in X"."""
    return i + (i < len(norms) and (norms[i] in lex.remnants or norms[i].removesuffix("s") in lex.strongholds))


def _leaver(scene: Scene, sentence: Sentence, t: Trigger) -> ActorMention | None:
    """Who leaves in "the withdrawal of A from X"."""
    if t.rule.type != "withdrawal" or scene.words.norms[t.last : t.last + 1] != ("of",):
        return None
    leaver = actor_from(scene, t.last + 1, min(sentence.last, t.last + 5))
    named = leaver is not None and any(j in scene.place_at for j in range(t.last + 1, leaver.first))
    return None if named else leaver  # "the loss of X to A"


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
            behind = 0 if enemy is None or named else _past_ground(norms, enemy.last, lex)
            if enemy is None or not behind or behind >= sentence.last or norms[behind] not in lex.within:
                return objects(scene, sentence, start, lex, direct=False, reach=7)
            found = objects(scene, sentence, behind + 1, lex, direct=False, reach=7)
            return found._replace(holder=enemy)
        if norms[j] in STOPS:
            break
    before = scene.place_at.get(t.first - 1)
    named = before is not None and before.kind != "country"
    return Objects((before,), False, None, t.last) if before is not None and named else Objects()
