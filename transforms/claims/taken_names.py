"""Names in no gazetteer and beside no feature word, known by what is done to them ("took control of al-Mazare")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from transforms.claims.actors import ActorMention
from transforms.claims.triggers import Trigger
from transforms.places.finder import PlaceMention
from transforms.text import Words

_JOINTS = frozenset({",", "and", "&", "the"})
_LEADING = frozenset({"the", "areas", "of"})
_SURE_ENDS = frozenset({"of", "over"})


def taken_names(
    tokens: Words,
    triggers: Sequence[Trigger],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
    articles: frozenset[str],
    openers: frozenset[str],
    not_names: frozenset[str],
) -> Iterator[tuple[int, int]]:
    """Token spans of capitalised names right behind a capture verb, which no place or actor covers yet.

    After "control of" any name will do, and so does any within a list of places; after a bare verb only one that begins
    as place names do ("al-", "Tal"), since people and weapons are captured, too.
    """
    taking = [t for t in triggers if t.rule.type == "capture" and t.rule.shape == "takes"]
    if not taking:
        return
    taken = {i for mentions in (places, actors) for m in mentions for i in range(m.first, m.last)}
    behind = {p.first: p.last for p in places}
    end = len(tokens)
    for trigger in taking:
        first = trigger.last
        while first < end and tokens.norms[first] in _LEADING:
            first += 1
        listed = _among_places(tokens, first, behind, taken, articles, not_names) if first < end else []
        if first in behind or _followed_by_place(listed, first, tokens, behind):
            yield from listed
            if first not in behind:
                continue
        last = first
        while last < end and last not in taken and _in_name(tokens, last, last > first, articles):
            last += 1
        if last == first or last in taken or tokens.norms[first] in not_names or tokens.norms[last - 1] in openers:
            continue
        if tokens.norms[trigger.last - 1] in _SURE_ENDS or tokens.norms[first] in openers:
            yield first, last
            yield from _listed(tokens, last, taken, articles, not_names)


def _listed(
    tokens: Words, i: int, taken: set[int], articles: frozenset[str], not_names: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """The unknown names of a list that goes on at token ``i``: ", B, C and the D airport"."""
    end = len(tokens)
    while i < end and (tokens.norms[i] in _JOINTS or i in taken):
        i += 1
        first = last = i
        while last < end and last not in taken and _in_name(tokens, last, last > first, articles):
            last += 1
        if last > first and last not in taken and tokens.norms[first] not in not_names:
            yield first, last
            i = last


def _among_places(
    tokens: Words,
    i: int,
    behind: Mapping[int, int],
    taken: set[int],
    articles: frozenset[str],
    not_names: frozenset[str],
) -> list[tuple[int, int]]:
    """The unknown names of a list that begins with a known place at token ``i``; none where it is no list: it has to
    have an "and" before its last name, and to end where an object ends."""
    end, found, joint = len(tokens), [], ""
    while i < end:
        last = behind.get(i, i)
        if last == i:
            while last < end and last not in taken and _in_name(tokens, last, last > i, articles):
                last += 1
            if last == i or last - i > _LONGEST or tokens.norms[i] in not_names:
                return []
            found.append((i, last))
        i = last
        following = joint
        joint = ""
        while i < end and tokens.norms[i] in _JOINTS:
            joint, i = tokens.norms[i] if tokens.norms[i] != "the" else joint, i + 1
        if not joint:
            return found if following in ("and", "&") and (i == end or tokens.norms[i] in _CLOSING) else []
    return []


def _followed_by_place(listed: Sequence[tuple[int, int]], first: int, tokens: Words, behind: Mapping[int, int]) -> bool:
    """Whether a list that begins with an unknown name goes on with a known place: "took Duwaydiyan, Marea and X"."""
    if not listed or listed[0][0] != first:
        return False
    i = listed[0][1]
    while i < len(tokens) and tokens.norms[i] in _JOINTS:
        i += 1
    return i in behind


_LONGEST = 3
"""Tokens of an unknown name within a list."""
_CLOSING = frozenset({
    ".", ";", "in", "near", "on", "from", "after", "as", "at", "north", "south", "east", "west", "around", "during",
    "following", "this", "last", "without",
})  # fmt: skip


def _in_name(tokens: Words, i: int, inner: bool, articles: frozenset[str]) -> bool:
    word = tokens.texts[i]
    joined = inner and tokens.starts[i] == tokens.ends[i - 1] + 1
    article = word in articles and i + 1 < len(tokens) and tokens.ends[i] + 1 == tokens.starts[i + 1]
    return word[0].isupper() or (article and tokens.texts[i + 1][0].isupper() and (joined or not inner))
