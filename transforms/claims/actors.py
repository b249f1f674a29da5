"""Who is named: actors by name, alias, acronym and adjective; epithets resolved to whoever was named before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from itertools import islice, takewhile
from typing import Literal, NamedTuple

from configs.model import Epithet, Theatre
from transforms.claims.actor_names import entries, spelt
from transforms.claims.grammar import Grammar
from transforms.lexicon import PhraseTable
from transforms.text import Remembered, Words, fold_phrase

UNKNOWN = "unknown"
OTHER = "other"
_NOT_THEM = frozenset({"anti", "ex", "former", "non"})


class ActorMention(NamedTuple):
    """Tokens ``first:last`` name an actor; an ``adjective`` ("rebel" in "rebel-held") does so only in a compound."""

    first: int
    last: int
    actor_id: str | None
    side: str
    kind: Literal["name", "state", "adjective", "epithet"]


_Spoken = tuple[ActorMention, int | None]
"""A mention, and the number of its epithet where that is still open."""


class ActorFinder:
    """The actors and epithets of a theatre, compiled for search in running words."""

    def __init__(self, theatre: Theatre, lex: Grammar) -> None:
        self._links, self._oblique, self._backing = lex.links, lex.oblique, lex.backing
        self._actors = {a.actor_id: a for a in theatre.actors}
        self._epithets = theatre.epithets
        self._table = PhraseTable(entries(theatre))
        self._common = frozenset(map(fold_phrase, theatre.common_names))
        self._own = {a.home: a for a in reversed(theatre.actors) if a.home is not None}
        self._backed = {(s.side_id, backer): side for s in theatre.sides for backer, side in s.backed_as.items()}
        self._together = {s.side_id: s.together_as for s in theatre.sides if s.together_as is not None}
        self._states = frozenset(a.actor_id for a in theatre.actors if a.states)
        self._homes = {a.actor_id: a.home for a in theatre.actors}
        self._group_words = frozenset(v for word in theatre.group_words for (v,) in spelt((fold_phrase(word)), theatre))

    def find(self, tokens: Words, day: date | None, epithets: dict[str, str] | None = None) -> list[ActorMention]:
        """Mentions in order. ``day`` settles memberships; ``epithets``: what the outlet's own words mean."""
        own = {fold_phrase(word): actor for word, actor in (epithets or {}).items()}
        sides = Remembered(lambda actor_id: self._actors[actor_id].side_on(day))
        spoken: list[_Spoken] = []
        norms, texts = tokens.norms, tokens.texts
        for first, last, entry in self._table.find(norms):
            if entry.capitals and not texts[first][:2].isupper():
                continue
            if first and norms[first - 1] in _NOT_THEM:
                continue
            if entry.kind == "adjective" and last < len(norms) and norms[last] in ("of", "between"):
                continue  # "a coalition of rebels" names no coalition
            actor_id = entry.actor_id
            if entry.kind == "epithet":
                actor_id = own.get(norms[first:last], actor_id)
            begin = first
            if entry.kind != "epithet" and spoken and self._joined(norms, spoken[-1], first):
                begin = spoken.pop()[0].first
            side = sides[actor_id] if actor_id else UNKNOWN
            open_ = entry.epithet if actor_id is None else None
            spoken.append((ActorMention(begin, last, actor_id, side, entry.kind), open_))
        spoken = self._with_unlisted(spoken, tokens)
        resolved = _resolve(spoken, self._epithets, tokens, self._oblique, self._states)
        return _backed(_counted_together(resolved, tokens, self._together), tokens, self._backing, self._backed)

    def _with_unlisted(self, spoken: list[_Spoken], tokens: Words) -> list[_Spoken]:
        """The mentions with those of groups in no list: "Liwa al-X", and "the X Army" that is not the country's."""
        found = [_foreign_to_all(s, tokens) if s[1] is None else s for s in spoken]
        if self._group_words.isdisjoint(tokens.norms):
            return found
        taken = {i for mention, _ in found for i in range(mention.first, mention.last)}
        opened = (i for i, norm in enumerate(tokens.norms) if norm in self._group_words and i not in taken)
        groups = [
            (ActorMention(i, last, None, UNKNOWN, "name"), None)
            for i in opened
            if (last := _name_end(tokens, i, taken))
        ]
        return sorted([*found, *groups], key=lambda s: s[0].first) if groups else found

    def _joined(self, norms: tuple[str, ...], before: _Spoken, first: int) -> bool:
        """Whether an epithet and who is named at token ``first`` are one: "fighters from the SDF", "members of IS"."""
        last = before[0].last
        return before[1] is not None and 0 < first - last <= _LINKS and self._links.issuperset(norms[last:first])

    def of_country(self, mention: ActorMention, tokens: Words, country: str | None, day: date | None) -> ActorMention:
        """``mention``, or, where it is but "the army" and the place lies in another country, the army of that one."""
        own = self._own.get(country) if country is not None else None
        if own is None:
            return mention
        taken_for = (a.home for a in self._own.values() if mention.side == a.side_on(day))
        home = next(taken_for, None) if mention.actor_id is None else self._homes[mention.actor_id]
        if home in (None, country):
            return mention
        if tuple(tokens.norms[mention.first : mention.last]) not in self._common:
            return mention
        return mention._replace(actor_id=own.actor_id, side=own.side_on(day))


def _name_end(tokens: Words, i: int, taken: Set[int]) -> int:
    """The token behind a group's name that is opened at token i: an article in it, and one or two words; 0 if none."""
    texts, j = tokens.texts, i + 1
    if not texts[i][0].isupper():
        return 0
    if j < len(texts) - 1 and len(texts[j]) < _WORD and tokens.ends[j] + 1 == tokens.starts[j + 1]:
        j += 1  # "al-"
    if j >= len(texts) or j in taken or not texts[j][0].isupper():
        return 0
    return j + 1


_WORD = 4
"""Letters of a word that is more than an article."""


def _foreign_to_all(spoken: _Spoken, tokens: Words) -> _Spoken:
    """The mention, or, of "the X Army" and "the Army of X" in capitals, one of a group that stands in no list."""
    mention = spoken[0]
    first, last, texts = mention.first, mention.last, tokens.texts
    if last - first > 1 or mention.kind != "name" or not texts[first][0].isupper() or not first > 1:
        return spoken
    styled = tokens.norms[first - 2] == "the" and texts[first - 1][0].isupper() and texts[first - 1][0].isalpha()
    if styled and tokens.norms[first] in _ARMIES:
        return mention._replace(first=first - 1, actor_id=None, side=UNKNOWN), None
    return spoken


_ARMIES = frozenset({"army"})


_LINKS = 3
"""Tokens that may lie between the two."""


def _resolve(
    raw: Sequence[_Spoken],
    epithets: Sequence[Epithet],
    tokens: Words,
    oblique: frozenset[str],
    states: frozenset[str],
) -> list[ActorMention]:
    """Give each epithet whom it stands for: the nearest fitting actor named before it, its default where there is none.

    An actor that a preposition governs ("clashes with Daesh") gives way to one that does something.
    """
    found: list[ActorMention] = []
    named: list[ActorMention] = []
    latest: dict[str, ActorMention] = {}
    """By side."""
    for n, (mention, number) in enumerate(raw):
        if number is None:
            found.append(mention)
            if mention.kind not in ("epithet", "state") and not _of_state(mention, states):
                named.append(mention)
                latest[mention.side] = mention
            continue
        own = _name_of(found, mention.first, tokens)
        if own is not None:
            found.append(mention._replace(actor_id=own.actor_id, side=own.side))
            continue
        owner = named[-1] if named and _in_quotes_of_owner(mention, tokens) else None
        if owner is not None and mention.first - owner.last < _OWNER:
            found.append(mention._replace(actor_id=owner.actor_id, side=owner.side))
            continue
        if _loyal_to_another(mention, tokens):
            found.append(mention._replace(side=UNKNOWN))
            continue
        antecedent = _antecedent(mention.first, named, latest, epithets[number].may_be, tokens, oblique)
        if antecedent is not None:
            found.append(mention._replace(actor_id=antecedent.actor_id, side=antecedent.side))
            continue
        ahead = _ahead(raw, n, epithets[number].may_be)  # "a jihadist alliance took X", and only then its name
        found.append(
            mention._replace(side=epithets[number].default)
            if ahead is None
            else mention._replace(actor_id=ahead.actor_id, side=ahead.side)
        )
    return found


def _in_quotes_of_owner(mention: ActorMention, tokens: Words) -> bool:
    """Whether an epithet is only quoted from those whose it is: 'it said that its "soldiers" had left'."""
    return tokens.norms[mention.first - 1] == '"' and tokens.norms[max(0, mention.first - 2)] in ("its", "their")


_OWNER = 25
"""Tokens from a name to what is called its own."""


def _loyal_to_another(mention: ActorMention, tokens: Words) -> bool:
    """Whether an epithet goes on with the name of somebody in no list: "forces loyal to General Salim"."""
    last, texts = mention.last, tokens.texts
    return (
        tokens.norms[last : last + 2] == ("loyal", "to")
        and texts[last + 2 : last + 3] != ()
        and texts[last + 2][0].isupper()
    )


def _name_of(found: Sequence[ActorMention], first: int, tokens: Words) -> ActorMention | None:
    """Whose name stands right before an epithet: "PKK terrorists", "Nusra Front (an al-Qaeda branch) terrorists"."""
    end = first
    if first and tokens.norms[first - 1] == ")":
        within = range(first - 2, max(0, first - _BRACKETED), -1)
        end = next((j for j in within if tokens.norms[j] == "("), first)
    return next((m for m in reversed(found[-_RECENT:]) if m.last == end and m.kind == "name"), None)


_BRACKETED, _RECENT = 9, 3
"""Tokens of what stands in brackets behind a name, and mentions back to that name."""


def _ahead(raw: Sequence[_Spoken], n: int, may_be: Sequence[str]) -> ActorMention | None:
    """The first fitting actor named soon behind mention n."""
    near = takewhile(lambda spoken: spoken[0].first < raw[n][0].first + _NEAR, islice(raw, n + 1, None))
    return next((m for m, _ in near if m.kind == "name" and m.side in may_be), None)


def _of_state(mention: ActorMention, states: frozenset[str]) -> bool:
    """Whether it only says of which country something is: "the Turkish border"."""
    return mention.kind == "adjective" and mention.actor_id in states


def _counted_together(found: list[ActorMention], tokens: Words, together: Mapping[str, str]) -> list[ActorMention]:
    """Count "Nusra and other rebels" to the side of the others, where the theatre says so."""
    for n, mention in enumerate(found[:-1]):
        side = together.get(mention.side)
        if side is None:
            continue
        other = found[n + 1]
        between = tokens.norms[mention.last : other.first]
        if between[:1] != ("and",) or len(between) > _BESIDE or other.kind == "adjective":
            continue
        if other.side == side or (between[1:2] == ("other",) and other.kind == "epithet"):
            found[n] = mention._replace(side=side)
            found[n + 1] = other._replace(side=side)
    return found


def _backed(
    found: list[ActorMention], tokens: Words, backing: frozenset[str], backed: Mapping[tuple[str, str], str]
) -> list[ActorMention]:
    """Count "rebels backed by the Turkish army" to the side as which they then fight, where the theatre says so."""
    for n, mention in enumerate(found[:-1]):
        side = backed.get((mention.side, found[n + 1].side))
        if side is None:
            continue
        between = [w for w in tokens.norms[mention.last : found[n + 1].first] if w not in (",", "the")]
        if len(between) == len(("backed", "by")) and between[0] in backing and between[1] == "by":
            found[n] = mention._replace(side=side)
    return found


_BESIDE = 4
"""Tokens between two names that are named together."""


def _antecedent(
    i: int,
    named: Sequence[ActorMention],
    latest: Mapping[str, ActorMention],
    may_be: Sequence[str],
    tokens: Words,
    oblique: frozenset[str],
) -> ActorMention | None:
    """The last of ``named`` that fits and does something near token i, else the latest that fits."""
    for mention in reversed(named):
        if i - mention.first >= _NEAR:
            break
        if mention.side in may_be and tokens.norms[mention.first - 1] not in oblique:
            return mention
    return max((latest[side] for side in may_be if side in latest), key=lambda m: m.first, default=None)


_NEAR = 60
"""Tokens within which an actor that does something is preferred to a later one that is only spoken of."""
