"""Who does it and to whom: subjects to the left, agents after "by", where a clause begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.claims.actors import ActorMention
from transforms.claims.grammar import QUOTES, STOPS, Grammar
from transforms.claims.scene import Scene
from transforms.text import Sentence


def clause_start(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> int:
    """The first token of the clause that token i stands in."""
    norms, marks = scene.words.norms, lex.clause_marks
    for j in range(i - 1, sentence.first - 1, -1):
        if norms[j] in marks and (norms[j] in STOPS or not _no_clause(scene, j, lex)):
            quoting = norms[j] in QUOTES and j > sentence.first and norms[j - 1].isalpha() and norms[j - 1] not in marks
            if not quoting and not _around_short_name(norms, j):  # 'they would "cleanse X"'
                return j + 1
    return sentence.first


def _around_short_name(norms: Sequence[str], j: int) -> bool:
    """Whether token j is a parenthesis around a single word: "the army (SAA) took X"."""
    return (norms[j] == ")" and norms[j - 2] == "(") or (norms[j] == "(" and ")" in norms[j + 2 : j + 3])


def _no_clause(scene: Scene, j: int, lex: Grammar) -> bool:
    """Whether token j opens a noun phrase and no clause: "most of that province", "once a stronghold"; or stands in a
    compound: "Turkish-backed"."""
    norms = scene.words.norms
    if j > 0 and scene.hyphenated(j - 1):
        return True
    if norms[j] in lex.formerly:
        behind = norms[j + 1]
        return behind in lex.indefinite or (behind in lex.attributes and behind.endswith("s"))
    if norms[j] == "as" and j + 1 < len(norms):
        return norms[j + 1] in lex.indefinite or norms[j + 1] in lex.roles
    return norms[j] in lex.definite and j > 0 and norms[j - 1] in lex.oblique


def clause_end(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> int:
    """The token after the clause that token i stands in."""
    norms, ends = scene.words.norms, lex.clause_ends
    for j in range(i, sentence.last):
        if norms[j] in ends and (norms[j] in STOPS or not _no_clause(scene, j, lex)):
            if norms[j] in QUOTES and not QUOTES.isdisjoint(norms[max(sentence.first, j - _QUOTED) : j]):
                continue  # "liberated" in quotation marks
            return j
    return sentence.last


_QUOTED = 4
"""Tokens within which an opening quotation mark belongs to a closing one, with words of others between."""


def subject(scene: Scene, sentence: Sentence, i: int, lex: Grammar, gerund: bool = False) -> ActorMention | None:
    """The actor that does what the verb at token i says: the nearest one before it that no preposition governs."""
    before = scene.actors_in(sentence.first, i)
    named = [
        a for a in before if a.kind != "adjective" and not in_compound(scene, a) and not _qualifies(scene, a, i, lex)
    ]
    for a in reversed(named):
        if not _governed(scene, sentence, a, lex) or (gerund and _absolute(scene, a, i)):
            return _first_of_pair(scene, a)
    of = next((a for a in named if scene.words.norms[a.first - 1] in lex.among or _of(scene, a, lex)), None)
    return of or next((a for a in reversed(before) if _operates(scene, a, i, lex)), None)


def _operates(scene: Scene, a: ActorMention, i: int, lex: Grammar) -> bool:
    """Whether the verb at token i tells what the actor's operation did: "the regime offensive has captured X"."""
    behind = scene.words.norms[a.last : i]
    operation = bool(behind) and len(behind) < _OPERATION and behind[0] in lex.attack_nouns
    return operation and "," not in behind and lex.boundaries.isdisjoint(behind)


_OPERATION = 6
"""Tokens from an actor past "offensive on X" to its verb."""


def _of(scene: Scene, a: ActorMention, lex: Grammar) -> bool:
    """ "the heroes of the army": where nobody else is named, who is spoken of after "of" does it."""
    j = a.first - 1
    while j > 0 and _modifier(scene, j, lex):
        j -= 1
    return scene.words.norms[j] == "of"


def speaker(scene: Scene, sentence: Sentence, i: int, lex: Grammar) -> ActorMention | None:
    """Who did what a passive verb without agent at token i tells: the one side that the sentence names before it, or,
    where it names none, whom the sentence before speaks of."""
    told = [a for a in scene.actors_in(sentence.first, i) if a.kind != "adjective" and not in_compound(scene, a)]
    named = [a for a in told if scene.words.norms[a.first - 1] not in _RECEIVING]
    if not named:
        before = {scene.words.norms[a.first - 1] for a in told}
        return None if "to" in before else previous_subject(scene, sentence, lex)
    return named[0] if len({a.side for a in named}) == 1 else None


_RECEIVING = frozenset({"by", "to", "which"})
"""Before who has a place already: "X fell to A in 2014 and was retaken in 2017", "X, which A took, was retaken"."""

_APOSTROPHES = (("'",), ("’",))
"""What stands behind a plural owner: "the militants' last road"."""


def _qualifies(scene: Scene, a: ActorMention, i: int, lex: Grammar) -> bool:
    """Whether the actor only qualifies a noun: "the SAA advance", "Islamic State's last town"."""
    if scene.words.texts[a.last - 1].endswith(("'s", "’s")) or scene.words.texts[a.last : a.last + 1] in _APOSTROPHES:
        return True
    behind = scene.words.norms[a.last]
    return a.last < i and (behind in lex.attack_nouns or (behind in lex.ground and a.last not in scene.verb_starts))


def previous_subject(scene: Scene, sentence: Sentence, lex: Grammar) -> ActorMention | None:
    """Who the sentence before speaks of: what "they" or a missing subject stands for. Where that sentence, too, begins
    with a pronoun and names nobody, it is who the one before it speaks of."""
    for number in range(sentence.number - 1, max(-1, sentence.number - 1 - _CHAIN), -1):
        before = scene.sentences[number]
        spoken = [
            a for a in scene.actors_in(before.first, before.last) if a.kind != "adjective" and not in_compound(scene, a)
        ]
        free = [a for a in spoken if not _governed(scene, before, a, lex)]
        if free:
            return free[0]
        if spoken or not _begins_with_pronoun(scene, before, lex):
            return None
    return None


def _begins_with_pronoun(scene: Scene, sentence: Sentence, lex: Grammar) -> bool:
    """Whether a pronoun is the subject: "They ...", "Three days later they ...", but not "What they found"."""
    norms = scene.words.norms
    opening = range(sentence.first, min(sentence.last, sentence.first + _OPENING))
    j = next((j for j in opening if norms[j] in lex.persons), None)
    if j is None or j == sentence.first or j - 1 in scene.dated:
        return j is not None
    return norms[j - 1] == "," or norms[j - 1] in lex.vague or norms[j - 1] in lex.plain_adverbs


_OPENING = 8
"""Tokens at the head of a sentence in which its subject is looked for."""


_CHAIN = 3
"""Sentences through which a pronoun is followed back to whom it stands for."""


def main_subject(scene: Scene, sentence: Sentence, before: int, lex: Grammar) -> ActorMention | None:
    """Whom "they" in a later clause of the sentence stands for: who was harmed "as they" did it, else the first actor
    before it that does something, or the only side named."""
    if scene.words.norms[before - 1] in _MEANWHILE:
        there = [a for a in scene.actors_in(sentence.first, before) if not in_compound(scene, a)]
        harmed_last = next((a for a in reversed(there) if _comes_to_harm(scene, sentence, a, lex)), None)
        if harmed_last is not None:
            return harmed_last
    free = first_subject(scene, sentence, before, lex)
    named = [a for a in scene.actors_in(sentence.first, before) if a.kind != "adjective" and not in_compound(scene, a)]
    if free is None and scene.words.norms[before] == "they" and len({a.side for a in named}) == 1:
        return named[0]  # "held by the rebels since they took it"
    return free


def first_subject(scene: Scene, sentence: Sentence, before: int, lex: Grammar) -> ActorMention | None:
    """The first actor before token ``before`` that does something, who only says it last."""
    named = [a for a in scene.actors_in(sentence.first, before) if a.kind != "adjective" and not in_compound(scene, a)]
    spoken = [a for a in named if scene.words.norms[a.last] not in lex.saying]  # "the group said IS lost men as it"
    return next((a for a in (*spoken, *named) if not _governed(scene, sentence, a, lex)), None)


def _comes_to_harm(scene: Scene, sentence: Sentence, a: ActorMention, lex: Grammar) -> bool:
    """Whether the actor is whom a verb before it harms: "killed 20 militants", not "killed in rebel fire"."""
    norms = scene.words.norms
    for j in range(a.first - 1, max(sentence.first, a.first - _HARMED) - 1, -1):
        if norms[j] in lex.harming:
            return True
        if norms[j] in lex.governing:
            return False
    return False


_MEANWHILE = frozenset({"as", "while", "when"})
_HARMED = 5
"""Tokens between "killed" and whom."""


def in_compound(scene: Scene, a: ActorMention) -> bool:
    """Whether the mention is the first part of a compound: "rebel-held", "IS-controlled", "US-backed"."""
    return scene.hyphenated(a.last - 1)


def _governed(scene: Scene, sentence: Sentence, a: ActorMention, lex: Grammar) -> bool:
    norms, j = scene.words.norms, a.first - 1
    while j >= sentence.first and _modifier(scene, j, lex):
        j -= 1
    if j < sentence.first:
        return False
    word = norms[j]
    if word in ("and", "or", ",") and j > sentence.first and not (word == "," and _begins_verb(scene, a.last, lex)):
        other = scene.actor_at.get(j - 1)
        if other is None and word == "and" and norms[j - 1] in lex.attributes:
            return norms[j - 2] in lex.oblique  # "backed by Syrian and Iranian forces"
        return other is not None and other is not a and _governed(scene, sentence, other, lex)
    if word == "of":
        return norms[j - 1] not in lex.quantities
    if word in lex.harming or j + 1 in scene.verb_ends:
        return True
    if word in lex.carrying:
        return False  # "buses carrying rebels left X"
    if word in lex.boundaries and word in lex.presupposing:
        return False  # "before Kurdish forces ousted": a clause begins
    noun = norms[j - 1] in lex.oblique or norms[j - 1] in lex.determiners
    return word in lex.oblique or (word.endswith("ing") and len(word) > 5 and not noun)


def _begins_verb(scene: Scene, i: int, lex: Grammar) -> bool:
    """Whether a verb stands at token i: one that tells something, an auxiliary, or a past form ("managed to")."""
    norms = scene.words.norms
    if i in scene.verb_starts:
        return True
    past = norms[i].endswith("ed") and norms[i + 1 : i + 2] != ("by",)
    return past or norms[i] in lex.auxiliaries


def _modifier(scene: Scene, j: int, lex: Grammar) -> bool:
    """Whether token j only modifies the noun behind it: an article, a number, an adjective by its ending or capital."""
    word = scene.words.norms[j]
    if j + 1 in scene.verb_ends:
        return False  # "expelled" is no "-led"
    small = (word in lex.determiners and word != "of") or word in lex.groups
    if small or word.isdigit() or word.endswith(lex.adjective_endings):
        return True
    place = scene.place_at.get(j)
    return (
        scene.words.texts[j][:1].isupper()
        and word not in lex.harming
        and (place is None or place.kind == "country")
        and j not in scene.actor_at
        and j not in scene.dated
    )


def _absolute(scene: Scene, a: ActorMention, i: int) -> bool:
    """ "with Iraqi forces having retaken X": after "with" the actor is the gerund's subject all the same."""
    return scene.words.norms[a.first - 1] == "with" and i - a.last < 8


def _first_of_pair(scene: Scene, a: ActorMention) -> ActorMention:
    j = a.first - 1
    while j > 0 and scene.words.norms[j] in ("and", "the", "its", "allied", ","):
        other = scene.actor_at.get(j - 1)
        if scene.words.norms[j] == "and" and other is not None and other.kind != "adjective":
            return other
        j -= 1
    return a


def agent(scene: Scene, i: int, end: int, words: Sequence[str] = ("by",), reach: int = 7) -> ActorMention | None:
    """The actor after one of ``words`` ("by", "from", "against"), within ``reach`` tokens of token i."""
    norms = scene.words.norms
    for j in range(i, min(end, i + reach)):
        if norms[j] in words:
            return actor_from(scene, j + 1, min(end, j + 8))
    return None


def harmed(between: Sequence[str], lex: Grammar) -> bool:
    """Whether the words behind an actor say what was done to them: "IS was targeted in operations", "were killed"."""
    return any(a in lex.be and b in lex.harming for a, b in pairwise(w for w in between if w not in lex.plain_adverbs))


def actor_from(scene: Scene, i: int, end: int) -> ActorMention | None:
    """The first actor that begins within tokens ``i:end``, before any stop."""
    for j in range(i, end):
        found = scene.actor_at.get(j)
        if found is not None:
            return found
        if scene.words.norms[j] in STOPS:
            return None
    return None


def is_passive(scene: Scene, sentence: Sentence, first: int, last: int, lex: Grammar) -> bool:
    """Whether the participle at ``first:last`` is passive: after a form of "be", or before "by"."""
    norms = scene.words.norms
    behind = last
    while behind < min(sentence.last, last + 5) and (behind in scene.dated or norms[behind] in lex.dating):
        behind += 1
    if behind < sentence.last and norms[behind] == "by":
        return True
    j = first - 1
    while j >= sentence.first and norms[j] in lex.adverbs and norms[j] not in lex.be:
        j -= 1
    if norms[j] == "," and j - 1 in scene.place_at and norms[last : last + 1] == ("from",):
        return True  # "X, recaptured from B"
    return j >= sentence.first and norms[j] in lex.be and j not in scene.actor_at
