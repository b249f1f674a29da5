"""How a list of places goes on and where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claims.grammar import Grammar
from transforms.claims.parts import names_another
from transforms.claims.scene import Scene
from transforms.places.finder import PlaceMention


def opens_clause(scene: Scene, place: PlaceMention, lex: Grammar) -> bool:
    """Whether "and" or a comma leads to a place of which the next clause tells: "took X and Y fell to B", "since the
    fall of X, Y has been"."""
    norms, j = scene.words.norms, place.last
    if norms[place.first - 1] == "," and norms[j : j + 1] and norms[j] in _FINITE:
        return True
    if norms[place.first - 1] != "and" or j + 1 >= len(norms):
        return False
    if norms[j] in _FINITE or norms[j] in lex.irregular_verbs:
        return True
    if norms[j].endswith("ed") and norms[j] not in lex.participles and "by" not in norms[j + 1 : j + 3]:
        return True
    told = j in scene.verb_starts and "by" not in norms[j + 1 : j + 3]
    return told and any(t.first == j and t.form in _TOLD for t in scene.triggers)


_FINITE = frozenset({"was", "were", "is", "are", "has", "have", "had", "will"})


_TOLD = frozenset({"past", "s"})


def going_further(norms: Sequence[str], i: int, lex: Grammar) -> int:
    """The token behind "as well as" or "along with" at token i; 0 where the list does not go on like that."""
    return next((i + n for n in (3, 2) if " ".join(norms[i : i + n]) in lex.adding), 0)


def goes_on(before: PlaceMention, after: PlaceMention, joined: bool, word: str) -> bool:
    """Whether the list goes on: not with where it lies, as in "X, Homs province"."""
    if word == "," and after.kind == "governorate" != before.kind:
        return False
    return joined or _same_list(before, after)


def _same_list(before: PlaceMention, after: PlaceMention) -> bool:
    """Whether two names without a comma between them are a list (lost commas), not a place and where it lies."""
    alike = before.kind == after.kind or after.kind not in ("governorate", "region", "country", "city")
    return before.last == after.first and alike and before.parent != after.place_id


def listed_with(scene: Scene, head: PlaceMention, places: Sequence[PlaceMention], lex: Grammar) -> list[PlaceMention]:
    """``head`` with the others of ``places`` before it that stand in one list with it ("A in P, B and C")."""
    norms = scene.words.norms

    def joins(j: int) -> bool:
        word = norms[j]
        small = word in lex.joints or word in lex.determiners or word in lex.ground or word in ("in", ",")
        named = scene.words.texts[j][:1].isupper()  # one that no gazetteer has
        return small or named or j in scene.place_at or word in lex.anaphors

    others = (p for p in places if p.last <= head.first and not names_another(scene, p, lex))

    def listed(p: PlaceMention) -> bool:
        between = norms[p.last : head.first]
        return all(map(joins, range(p.last, head.first))) and (not between or not _JOINTS.isdisjoint(between))

    return [*filter(listed, others), head]


_JOINTS = frozenset({"and", ",", "as", "plus"})
