"""What a frame tells, given how it is told: a deed, an attack, its failure, a plan, or nothing."""

from __future__ import annotations

from transforms.claims.claim import CHANGES
from transforms.claims.frame import Frame
from transforms.claims.grammar import Grammar
from transforms.claims.mode import Mode
from transforms.claims.scene import Scene
from transforms.text import Sentence

GRANTED = frozenset({"held", "stronghold"})
"""Shapes that take for granted what they say, whatever is planned or doubted of it ("will attack rebel-held X")."""
_SLIPPING = frozenset({"advance.infiltrate", "advance.infiltrated"})
_ENTERING = frozenset({"advance.enter", "advance.move"})


def by_agreement(seen: Scene, sentence: Sentence, frame: Frame, lex: Grammar) -> Frame:
    """A place that is entered or taken over "under a deal" is handed over."""
    if frame.type != "capture" and frame.rule.id not in _ENTERING:
        return frame
    norms = seen.words.norms
    for j in range(frame.end, min(sentence.last, frame.end + _DEAL)):
        if norms[j] in lex.terms and not lex.deals.isdisjoint(norms[j + 1 : j + 6]):
            return frame._replace(type="handover", part=False)
    return frame


_DEAL = 8
"""Tokens behind a place within which "under an agreement" belongs to its taking."""


def as_told(frame: Frame, mode: Mode) -> tuple[Frame, str] | None:
    """The frame as its mode makes it, with its status; None where nothing is told."""
    takes = frame.type in ("capture", "siege", "siege_lifted")
    match mode:
        case Mode.DONE:
            return frame, "happened"
        case Mode.EFFORT if frame.rule.id in _SLIPPING:  # who only tried to slip in was kept out
            return frame._replace(type="repelled", actor=frame.opponent, opponent=frame.actor), "happened"
        case Mode.EFFORT if takes or frame.type in ("offensive", "advance"):
            return frame._replace(type="offensive"), "happened"
        case Mode.INTENTION if takes or frame.type == "offensive" or frame.rule.id == "advance.enter":
            return frame._replace(type="offensive"), "planned"
        case Mode.INTENTION if frame.type in ("withdrawal", "handover", "advance"):
            return frame, "planned"
        case Mode.FAILURE if frame.type in ("capture", "advance", "offensive", "siege"):
            return frame._replace(type="repelled", actor=frame.opponent, opponent=frame.actor), "happened"
        case Mode.PURPOSE if frame.type == "capture":
            return frame._replace(type="offensive"), "planned"
        case Mode.DENIED if frame.type in CHANGES or takes or frame.type == "control":
            return frame, "denied"
    return None
