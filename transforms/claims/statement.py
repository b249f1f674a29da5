"""A frame as the claim of a report: its quote, who says so, whether against their interest, and how sure it is."""

from __future__ import annotations

from hashlib import sha256

from configs.model import Source
from transforms.claims.actors import UNKNOWN, ActorMention
from transforms.claims.attribution import Claimant
from transforms.claims.claim import CHANGES, STATES, Claim
from transforms.claims.dating import Day
from transforms.claims.frame import Frame
from transforms.claims.mode import Mode
from transforms.claims.scene import Scene
from transforms.reports.documents import Report
from transforms.text import Sentence


def claim_of(
    report: Report,
    seen: Scene,
    sentence: Sentence,
    told: tuple[Frame, str],
    day: Day,
    mode: Mode,
    claimant: Claimant | None,
    source: Source | None,
) -> Claim:
    """The claim that a frame makes, ``told`` with its status, on its day, by whom the report names or its outlet."""
    frame, status = told
    first, last = _quote_tokens(seen, sentence, frame)
    start, end = seen.words.starts[first], seen.words.ends[last - 1]
    if frame.type in STATES and frame.trigger.rule.shape == "held":
        claimant = None
    side = frame.actor.side if frame.actor else UNKNOWN
    by_side = claimant.side if claimant else (source.leaning if source else None)
    key = (report.report_id, start, end, frame.type, frame.place.place_id, side, status)
    return Claim(
        claim_id=sha256("\x1f".join(map(str, key)).encode()).hexdigest()[:16],
        report_id=report.report_id,
        sentence_no=sentence.number,
        char_start=start,
        char_end=end,
        quote=report.text[start:end],
        claim_type=frame.type,
        status=status,
        place_id=frame.place.place_id,
        place_text=frame.place.text,
        geo_prec=frame.place.geo_prec,
        actor_id=frame.actor.actor_id if frame.actor else None,
        actor_side=side,
        actor_text=_words(seen, frame.actor),
        opponent_id=frame.opponent.actor_id if frame.opponent else None,
        opponent_side=frame.opponent.side if frame.opponent else None,
        opponent_text=_words(seen, frame.opponent),
        date_start=day.first,
        date_end=day.last,
        date_prec=day.prec,
        date_basis=day.basis,
        date_text=seen.text[day.timex.start : day.timex.end] if day.timex else None,
        claimed_by=_named(seen, claimant),
        claimed_by_side=by_side,
        attribution=_attribution(claimant, side),
        against_interest=_against_interest(frame, by_side),
        extent="part" if frame.part else "all",
        rule_id=frame.rule.id,
        confidence=_confidence(frame, mode, day),
    )


def _quote_tokens(seen: Scene, sentence: Sentence, frame: Frame) -> tuple[int, int]:
    """The shortest run of whole words within the sentence that holds trigger, place, actor and opponent."""
    spans = [(frame.trigger.first, frame.trigger.last), (frame.place.first, frame.place.last)]
    spans += [(a.first, a.last) for a in (frame.actor, frame.opponent) if a is not None]
    inside = [(a, b) for a, b in spans if sentence.first <= a and b <= sentence.last]
    first, last = min(a for a, _ in inside), max(*(b for _, b in inside), min(frame.end, sentence.last))
    norms = seen.words.norms
    while norms[first:last].count(")") > norms[first:last].count("(") and first > sentence.first:
        first -= 1
    if norms[first] == "(" and first > sentence.first:
        first -= 1
    while norms[first:last].count("(") > norms[first:last].count(")") and last < sentence.last:
        last += 1
    return (first - 1 if first > sentence.first and norms[first - 1] == "the" else first), last


def _named(seen: Scene, claimant: Claimant | None) -> str | None:
    """The claimant's words, with their article."""
    if claimant is None:
        return None
    article = claimant.first > 0 and seen.words.norms[claimant.first - 1] in ("the", "a", "an")
    return seen.span(claimant.first - article, claimant.last)


def _words(seen: Scene, actor: ActorMention | None) -> str | None:
    return seen.span(actor.first, actor.last) if actor is not None else None


def _attribution(claimant: Claimant | None, actor_side: str) -> str:
    if claimant is None:
        return "own_voice"
    if claimant.kind == "belligerent" and claimant.side != actor_side:
        return "opposing_belligerent"
    return claimant.kind


def _against_interest(frame: Frame, claimant_side: str | None) -> bool:
    """Whether whoever says it loses by it: the loser concedes a capture, the one who leaves a withdrawal."""
    if claimant_side is None:
        return False
    loser = frame.actor if frame.type == "withdrawal" else frame.opponent
    return frame.type in CHANGES and loser is not None and loser.side == claimant_side


def _confidence(frame: Frame, mode: Mode, day: Day) -> float:
    """A plain tally of what is known of the claim; 0.9 for an active frame with actor, whole place and date."""
    tenths = 9
    tenths -= 2 * (frame.actor is None)
    tenths -= frame.actor is not None and frame.actor.kind == "epithet"
    tenths -= frame.place.provisional
    tenths -= day.basis == "unknown"
    tenths -= mode is not Mode.DONE
    return tenths / 10
