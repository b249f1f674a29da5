"""Frames and small words of a language, compiled: tuples become sets, rules stay as they are."""

from __future__ import annotations

from dataclasses import dataclass

from configs.language import Language

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
    weapons: frozenset[str]
    openers: frozenset[str]
    pronouns: frozenset[str]
    fillers: frozenset[str]
    operations: frozenset[str]
    planned: frozenset[str]
    links: frozenset[str]
    joints: frozenset[str]


def grammar(language: Language) -> Grammar:
    """Compile what ``language`` knows."""
    frames, syntax = language.frames, language.syntax
    return Grammar(
        held=frozenset(frames.held),
        ground=frozenset(frames.ground),
        attack_nouns=frozenset(frames.attack_nouns),
        boundaries=frozenset(frames.boundaries),
        anaphors=dict(frames.anaphors),
        part_of=frames.part_of,
        most_of=frames.most_of,
        it=frozenset(frames.pronouns),
        strongholds=frozenset(frames.strongholds),
        within=frozenset(syntax.within),
        away=frozenset(syntax.away),
        apart=frozenset(syntax.apart),
        sieges=frozenset(syntax.sieges),
        tails=frozenset(syntax.tails),
        harming=frozenset(syntax.harming),
        halting=frozenset(syntax.halting),
        wholes=frozenset(syntax.wholes),
        negating=frozenset(syntax.negating),
        enabling=frozenset(syntax.enabling),
        adjective_endings=syntax.adjective_endings,
        becoming=frozenset(syntax.becoming),
        attributes=frozenset(syntax.attributes),
        among=frozenset(syntax.among),
        articles=frozenset(syntax.articles),
        civilians=frozenset(syntax.civilians),
        formerly=frozenset(syntax.formerly),
        determiners=frozenset(syntax.determiners),
        oblique=frozenset(syntax.oblique),
        quantities=frozenset(syntax.quantities),
        locating=frozenset(syntax.locating),
        be=frozenset(syntax.be),
        adverbs=frozenset(syntax.adverbs),
        weapons=frozenset(syntax.weapons),
        openers=frozenset(syntax.openers),
        pronouns=frozenset(syntax.pronouns),
        fillers=frozenset(syntax.fillers),
        operations=frozenset(syntax.operations),
        planned=frozenset(syntax.planned),
        links=frozenset(syntax.links),
        joints=frozenset(syntax.joints),
    )
