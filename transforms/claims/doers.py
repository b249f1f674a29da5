"""Whose doing it is: the subject of an active verb, and whom a pronoun, a relative clause or a quotation leads to."""

from __future__ import annotations

from transforms.claims.actors import ActorMention
from transforms.claims.arguments import (
    actor_from,
    clause_start,
    first_subject,
    in_compound,
    main_subject,
    previous_subject,
    subject,
)
from transforms.claims.grammar import Grammar
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.text import Sentence


def doer_of(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> ActorMention | None:
    """The subject of an active verb; a pronoun or nothing at all stands for whom the sentence before speaks of."""
    relative = clause_start(scene, sentence, t.first, lex) - 1
    near = 6 if scene.words.norms[relative] == "whose" else 5  # "a group whose members tried to slip in"
    if relative > sentence.first and scene.words.norms[relative] in _RELATIVE and t.first - relative < near:
        head = scene.actor_at.get(relative - 1 - (scene.words.norms[relative - 1] == ","))
        if head is not None and head.kind != "adjective":
            return head
        if scene.words.norms[relative] == "who":
            return None  # "those who left X"
    beside = _beside(scene, t.first, lex) if t.form == "gerund" else _trying(scene, t.first, lex)
    if beside is not None and beside.kind != "adjective":
        return beside
    start = clause_start(scene, sentence, t.first, lex)
    lead = scene.words.norms[start : t.first]
    if lead and lead[0] in lex.persons:
        speaking = _speaking(scene, sentence, start, lex)
        if speaking is not None:
            return speaking
    beyond = _before_main_clause(scene, sentence, t, lex) or _of_main_clause(scene, sentence, t, lex)
    if beyond is not None:
        return beyond
    if lead[:1] == ("it",) and _of_unlisted(scene, sentence, start, lex):
        return None
    pronoun = not lex.persons.isdisjoint(lead) and not scene.actors_in(start, t.first)
    if pronoun and _others_spoken_of(scene, sentence, start, lex):
        return None
    gerund = t.form == "gerund" or "having" in scene.words.norms[t.first - 1 : t.first]
    found = main_subject(scene, sentence, start, lex) if pronoun else subject(scene, sentence, t.first, lex, gerund)
    if found is not None and found.kind == "epithet" and scene.words.norms[found.first - 1] == "our":
        return _speaking(scene, sentence, found.first - 1, lex)
    if found is not None:
        return found
    return previous_subject(scene, sentence, lex) if not lead or not lex.pronouns.isdisjoint(lead) else None


_RELATIVE = frozenset({"which", "who", "that", "whose"})


def _others_spoken_of(scene: Scene, sentence: Sentence, start: int, lex: Grammar) -> bool:
    """Whether "they" of the clause at token ``start`` are others than fighters: "aid convoys before they entered"."""
    said = scene.words.norms[sentence.first : start]
    return not lex.civilians.isdisjoint(said) and not scene.actors_in(sentence.first, start)


def _of_unlisted(scene: Scene, sentence: Sentence, start: int, lex: Grammar) -> bool:
    """Whether "it" at token ``start`` is a group in no list, which says so itself: "the NLF said it had left X"."""
    if start - 2 < sentence.first or scene.words.norms[start - 1] not in lex.saying:
        return False
    who = scene.words.texts[start - 2]
    return len(who) > 1 and who.isupper() and start - 2 not in scene.actor_at


def _before_main_clause(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> ActorMention | None:
    """Who does what a clause without a subject tells before the main one: "after losing X, A", "having taken X, A"."""
    norms = scene.words.norms
    begun = (
        t.form == "gerund" and (norms[t.first - 1] in lex.boundaries or norms[t.first - 1] in lex.oblique)
    ) or norms[t.first - 1] == "having"
    if not begun or scene.actors_in(sentence.first, t.first):
        return None
    comma = next((j for j in range(t.last, min(sentence.last, t.last + _OPENING)) if norms[j] == ","), None)
    if comma is None:
        return None
    main = comma + 1
    while main < sentence.last and norms[main] in lex.determiners:
        main += 1
    found = scene.actor_at.get(main)
    return found if found is not None and found.kind != "adjective" else None


def _of_main_clause(scene: Scene, sentence: Sentence, t: Trigger, lex: Grammar) -> ActorMention | None:
    """Who does what a gerund behind the main clause tells: "A killed soldiers before capturing X"."""
    if t.form != "gerund" or scene.words.norms[t.first - 1] not in lex.boundaries:
        return None
    return first_subject(scene, sentence, t.first, lex)


_OPENING = 25
"""Tokens of a clause that opens a sentence, before the comma behind it."""


def _speaking(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> ActorMention | None:
    """Who speaks of himself at token i: "the army said it had", "we have left X, the rebels said"."""
    norms = scene.words.norms
    if i > sentence.first and norms[i - 1] in lex.saying:
        return scene.actor_at.get(i - 2)
    if norms[i - 2 : i] == ("and", "that"):  # "the army said that rebels had come and that it was leaving"
        said = next((j for j in range(i - 3, sentence.first, -1) if norms[j] in lex.saying), None)
        return None if said is None else subject(scene, sentence, said, lex)
    return said_by(scene, sentence, i, lex) if norms[i] in ("we", "our") else None


def said_by(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> ActorMention | None:
    """Whose words end behind token i: ' "X is liberated," said an A spokesman', "X is secure, a rebel brigade said"."""
    norms = scene.words.norms
    for j in range(i, sentence.last):
        if norms[j] in lex.saying:
            before = scene.actors_in(max(i, j - _SPEAKER), j)
            speaker = before[-1] if before else actor_from(scene, j + 1, min(sentence.last, j + _SPEAKER))
            return speaker if speaker is not None and not in_compound(scene, speaker) else None
    return None


_SPEAKER = 7
"""Tokens between a verb of saying and who speaks ("SDF spokesman Mostefa Bali said")."""


def _trying(scene: Scene, i: int, lex: Grammar) -> ActorMention | None:
    """The actor right before "trying to" at whose end token i stands."""
    j, norms = i, scene.words.norms
    while j > 0 and (norms[j - 1] == "to" or norms[j - 1] in lex.fillers):
        j -= 1
    if j == i or j < 1:
        return None
    tried_by = scene.actor_at.get(j - 1)
    lead = () if tried_by is None else scene.words.norms[max(0, tried_by.first - 3) : tried_by.first]
    if "by" in lead[1:] or "for" in lead[1:] or ("of" in lead[1:] and not lex.operations.isdisjoint(lead)):
        return (
            tried_by  # "an attempt by A to seize X", "the operations of the army to take X", "a deal for A to leave X"
        )
    return scene.actor_at.get(j - 2) if scene.words.norms[j - 1].endswith("ing") else None


def _beside(scene: Scene, i: int, lex: Grammar) -> ActorMention | None:
    """The actor right before token i, also past "and its allies"."""
    while i > 0 and i - 1 not in scene.actor_at and scene.words.norms[i - 1] in lex.following:
        i -= 1
    return scene.actor_at.get(i - 1)
