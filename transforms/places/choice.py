"""Which of the places that share a spelling the feature words beside the name mean."""

from __future__ import annotations

from collections.abc import Sequence

from configs.model import Place
from transforms.places.index import Entry
from transforms.places.names import FeatureTable

_SETTLEMENTS = ("city", "town", "village")
_LENDING = (*_SETTLEMENTS, "district", "region", "camp", "unknown")
"""Kinds of places after which others are called ("Raqqa silos")."""
_KINDRED_KINDS = (("airport", "base"), ("hill", "region"), ("region", "hill"), ("base", "airport"))


class Choice:
    """Chooses among the numbers of ``places``, which come in order of preference."""

    def __init__(self, places: Sequence[Place], features: FeatureTable, kindred: Sequence[Sequence[str]]) -> None:
        self.places, self.features, self.groups = places, features, kindred

    def kindred(self, entry: Entry, feature: str) -> tuple[int, ...] | None:
        """Places under another feature word for the same kind of thing: "Omar field" for "Omar oil field"."""
        for group in self.groups:
            if feature in group and (other := next((f for f in group if f in entry), None)):
                return entry[other]
        if None not in entry:
            return None
        kind = "region" if feature == "heights" else self.features.word(feature).kind
        alike = (n for n in entry[None] if self.places[n].kind == kind or (kind, self.places[n].kind) in _KINDRED_KINDS)
        return tuple(alike) or None

    def may_extend(self, entry: Entry) -> bool:
        """Whether another place may be called after the one that the bare name means."""
        return self.places[entry[None][0]].kind in _LENDING

    def preferred(self, numbers: tuple[int, ...], cue: tuple[int, str] | None) -> tuple[int, ...]:
        """``numbers``, those of the kind that the feature word beside the name tells first."""
        if cue is None or len(numbers) == 1:
            return numbers
        word = self.features.word(cue[1])
        kinds = _SETTLEMENTS if word.role == "settlement" else (word.kind,)
        return tuple(sorted(numbers, key=lambda n: self.places[n].kind not in kinds))
