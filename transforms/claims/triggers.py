"""Trigger words: the phrases of the frame rules, inflected, found in running words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, product
from operator import not_
from typing import Literal

from configs.language import FrameRule, Frames
from transforms.lexicon import PhraseTable
from transforms.text import Words, fold_phrase

Form = Literal["base", "s", "past", "participle", "gerund", "ed", "noun"]
_QUOTES = frozenset({'"', "“", "”"})
_NOT_VERBS = {"noun", "held", "held_by", "stronghold", "under"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Tokens ``first:last`` may evoke ``rule``; ``form`` "ed" is a past or a participle."""

    first: int
    last: int
    rule: FrameRule
    form: Form


class TriggerFinder:
    """All phrases of all rules in one table; a phrase may evoke several rules."""

    def __init__(self, frames: Frames) -> None:
        table: dict[tuple[str, ...], list[tuple[FrameRule, Form]]] = {}
        for rule in frames.rules:
            for phrase in rule.phrases:
                for key, form in _inflected(phrase, rule, frames):
                    table.setdefault(key, []).append((rule, form))
        self._table = PhraseTable(
            (key, tuple(dict.fromkeys(_Same(r, f) for r, f in value))) for key, value in table.items()
        )

    def find(self, tokens: Words) -> list[Trigger]:
        """Triggers in order, the longest phrase at each position."""
        norms = tokens.norms
        if '"' not in norms:
            hits = self._table.find(norms)
        else:  # 'was able to "restore security" to'
            plain = list(map(not_, map(_QUOTES.__contains__, norms)))
            kept = list(compress(range(len(norms)), plain))
            bare = self._table.find(tuple(compress(norms, plain)))
            hits = [(kept[first], kept[last - 1] + 1, found) for first, last, found in bare]
        return [Trigger(first, last, same.rule, same.form) for first, last, found in hits for same in found]


@dataclass(frozen=True, eq=False)
class _Same:
    """A rule and form compared by the rule's id, so that a phrase listed twice evokes its rule once."""

    rule: FrameRule
    form: Form

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and (self.rule.id, self.form) == (other.rule.id, other.form)

    def __hash__(self) -> int:
        return hash((self.rule.id, self.form))


def _inflected(phrase: str, rule: FrameRule, frames: Frames) -> Iterator[tuple[tuple[str, ...], Form]]:
    for variant in expand(phrase):
        verb, rest = variant[0], tuple(w for part in variant[1:] for w in fold_phrase(part))
        if rule.shape in _NOT_VERBS:
            yield (*fold_phrase(verb), *rest), "noun"
            continue
        for form, word in inflect(verb, frames):
            yield (word, *rest), form


def expand(phrase: str) -> Iterator[Sequence[str]]:
    """The ways to read a phrase: ``?word`` may be missing, ``a|b`` are alternatives.

    >>> [" ".join(v) for v in expand("take ?full control of|over")]
    ['take full control of', 'take full control over', 'take control of', 'take control over']
    """
    slots = [(*w.lstrip("?").split("|"), *([""] if w.startswith("?") else [])) for w in phrase.split()]
    for choice in product(*slots):
        yield [w for w in choice if w]


def inflect(verb: str, frames: Frames) -> Iterator[tuple[Form, str]]:
    """The forms of ``verb``; where past and participle are one word it is "ed" once."""
    yield "base", verb
    if verb == "be":
        yield from (
            ("s", "is"),
            ("s", "are"),
            ("past", "were"),
            ("past", "was"),
            ("participle", "been"),
            ("gerund", "being"),
        )
        return
    yield "s", "has" if verb == "have" else _third_person(verb)
    past, participle, gerund = frames.irregular.get(verb) or _regular(verb, verb in frames.doubling)
    if past == participle:
        yield "ed", past
    else:
        yield from (("past", past), ("participle", participle))
    yield "gerund", gerund


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def _regular(verb: str, doubles: bool) -> tuple[str, str, str]:
    if verb.endswith("e"):
        past, gerund = verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        past, gerund = verb[:-1] + "ied", verb + "ing"
    else:
        stem = verb + verb[-1] if doubles else verb
        past, gerund = stem + "ed", stem + "ing"
    return past, past, gerund
