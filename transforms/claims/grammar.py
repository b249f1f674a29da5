"""Frames and small words of a language, compiled: tuples become sets, rules stay as they are."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from configs.language import Language

QUOTES = frozenset({'"', "“", "”"})
STOPS = frozenset({".", ";", ":", "(", ")", '"', "“", "”", "!", "?", "–", "—"})
"""Marks at which a clause ends."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """See :class:`configs.language.Frames` and :class:`configs.language.Syntax` for what each set holds."""

    held: frozenset[str]
    ground: frozenset[str]
    attack_nouns: frozenset[str]
    boundaries: frozenset[str]
    anaphors: dict[str, tuple[str, ...]]
    part_of: tuple[str, ...]
    most_of: tuple[str, ...]
    it: frozenset[str]
    referring: frozenset[str]
    """ "It" and "its"."""
    definite: frozenset[str]
    vague: frozenset[str]
    presupposing: frozenset[str]
    dating: frozenset[str]
    provinces: frozenset[str]
    forming: frozenset[str]
    adding: frozenset[str]
    placing: frozenset[str]
    ending: frozenset[str]
    declaring: frozenset[str]
    slipping: frozenset[str]
    feared: frozenset[str]
    lasting: frozenset[str]
    waging: frozenset[str]
    occasions: frozenset[str]
    boroughs: frozenset[str]
    left_as: frozenset[str]
    nearly: frozenset[str]
    litter: frozenset[str]
    irregular_verbs: frozenset[str]
    participles: frozenset[str]
    departing: frozenset[str]
    provincial: frozenset[str]
    styled: frozenset[str]
    saying: frozenset[str]
    during: frozenset[str]
    collapsing: frozenset[str]
    timing: frozenset[str]
    edges: frozenset[str]
    terms: frozenset[str]
    deals: frozenset[str]
    defending: frozenset[str]
    roles: frozenset[str]
    circumstances: frozenset[str]
    unnamed: frozenset[str]
    claiming: frozenset[str]
    failing: frozenset[str]
    aside: frozenset[str]
    groups: frozenset[str]
    persons: frozenset[str]
    indefinite: frozenset[str]
    excluding: frozenset[str]
    following: frozenset[str]
    outlying: frozenset[str]
    counts: dict[str, int]
    strongholds: frozenset[str]
    within: frozenset[str]
    away: frozenset[str]
    apart: frozenset[str]
    sieges: frozenset[str]
    tails: frozenset[str]
    harming: frozenset[str]
    halting: frozenset[str]
    wholes: frozenset[str]
    negating: frozenset[str]
    enabling: frozenset[str]
    adjective_endings: tuple[str, ...]
    becoming: frozenset[str]
    attributes: frozenset[str]
    among: frozenset[str]
    articles: frozenset[str]
    civilians: frozenset[str]
    formerly: frozenset[str]
    determiners: frozenset[str]
    oblique: frozenset[str]
    quantities: frozenset[str]
    locating: frozenset[str]
    be: frozenset[str]
    adverbs: frozenset[str]
    auxiliaries: frozenset[str]
    weapons: frozenset[str]
    openers: frozenset[str]
    officials: frozenset[str]
    partly: frozenset[str]
    pronouns: frozenset[str]
    fillers: frozenset[str]
    operations: frozenset[str]
    planned: frozenset[str]
    carrying: frozenset[str]
    reversing: frozenset[str]
    bygone: frozenset[str]
    spots: frozenset[str]
    heads: frozenset[str]
    notable: frozenset[str]
    final: frozenset[str]
    remnants: frozenset[str]
    falling: frozenset[str]
    backing: frozenset[str]
    links: frozenset[str]
    ceasing: frozenset[str]
    joints: frozenset[str]
    naming: frozenset[str]
    rebuffed: frozenset[str]
    ranked: frozenset[str]
    trying: frozenset[str]
    part_heads: frozenset[str]
    """The first words of ``part_of``."""
    clause_marks: frozenset[str]
    """Before a clause: boundaries and stops."""
    clause_ends: frozenset[str]
    """Behind a clause: the same without brackets."""
    plain_adverbs: frozenset[str]
    """Adverbs that are no form of "be"."""
    governing: frozenset[str]
    """Prepositions other than "of"."""
    outside: frozenset[str]
    """Locating words that put nothing into a place."""
    leading: frozenset[str]
    """Determiners that only lead up to a noun: all but "of"."""


def grammar(language: Language) -> Grammar:
    """Compile what ``language`` knows."""
    frames, syntax = language.frames, language.syntax
    sets: dict[str, Any] = {f.name: frozenset(getattr(syntax, f.name)) for f in fields(syntax)}
    sets |= {name: frozenset(getattr(frames, name)) for name in ("held", "ground", "attack_nouns", "boundaries")}
    sets |= {"saying": frozenset(language.claimants.saying)}
    sets |= {"it": frozenset(frames.pronouns), "strongholds": frozenset(frames.strongholds)}
    sets |= {"referring": sets["it"] | {"its"}}
    sets |= {"anaphors": dict(frames.anaphors), "part_of": frames.part_of, "most_of": frames.most_of}
    sets |= {"part_heads": frozenset(phrase.split()[0] for phrase in frames.part_of)}
    sets |= {"leading": sets["determiners"] - {"of"}, "governing": sets["oblique"] - {"of"}}
    sets |= {"plain_adverbs": sets["adverbs"] - sets["be"], "outside": sets["locating"] - sets["within"]}
    sets |= {"clause_marks": STOPS | sets["boundaries"], "clause_ends": STOPS - {"(", ")"} | sets["boundaries"]}
    return Grammar(**sets | {"adjective_endings": syntax.adjective_endings, "counts": dict(syntax.counts)})
