"""What a language knows of the heads of reports: what stands around the day of publication."""

from __future__ import annotations

from pydantic.dataclasses import dataclass

from configs.model import STRICT


@dataclass(config=STRICT, frozen=True)
class HeaderWords:
    """The lexicon ``headers.toml`` of a language, in lower case but for ``glued`` and ``openers``."""

    labels: tuple[str, ...]
    """Before the day of publication: "published", "date of publication"."""
    label_joints: tuple[str, ...]
    """Between a label and the day: "on"."""
    prose_before: tuple[str, ...]
    """Before a date that belongs to running prose, so that it is not the day of publication."""
    beside: tuple[str, ...]
    """Behind the day of publication: what begins a byline, a clock or the furniture of a page."""
    glued: tuple[str, ...]
    """The same, grown together with what is before it."""
    ordinal_endings: tuple[str, ...]
    articles: tuple[str, ...]
    of: tuple[str, ...]
    at: tuple[str, ...]
    zones: tuple[str, ...]
    place_joints: tuple[str, ...]
    """Words within the names of a dateline."""
    place_parts: tuple[str, ...]
    """Lower-case beginnings of names in a dateline, with a hyphen: "al-Bab"."""
    openers: tuple[str, ...]
    """First words of sentences, with which no dateline begins."""
