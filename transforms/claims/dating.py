"""When a claim's happening was: the date expression that goes with its frame, or the day of publication, or nothing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from transforms.claims.arguments import clause_end, clause_start
from transforms.claims.claim import CHANGES, STATES
from transforms.claims.frame import Frame
from transforms.claims.grammar import Grammar
from transforms.claims.mode import Mode
from transforms.claims.offsets import CLOSE, counted_back, is_offset, offset_of
from transforms.claims.own_dates import RELATIVE, fits, nearest, right_behind
from transforms.claims.past_states import past_dates, past_span, span_with
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.dates.reader import Timex
from transforms.text import Sentence

_PAST_PERFECT = frozenset({"had", "having"})
_PERFECT = _PAST_PERFECT | {"has", "have"}
_LEAD = 3
"""Sentences at the head of a report: "has retaken" is news there, and background further down."""


class Day(NamedTuple):
    """First and last day, inclusive; ``timex`` is the expression they rest on, if any."""

    first: date | None
    last: date | None
    prec: int
    basis: str
    timex: Timex | None = None


def day_of(seen: Scene, sentence: Sentence, frame: Frame, mode: Mode, lex: Grammar, triggers: Sequence[Trigger]) -> Day:
    """When it happened: the date expression that goes with its trigger, else the day of publication.

    ``triggers`` are all of the sentence: an expression goes with the one that it stands next to. A state dated by its
    beginning reaches to the day of publication.
    """
    published, planned = seen.published, mode in (Mode.INTENTION, Mode.PURPOSE)
    if frame.type in STATES and seen.words.norms[frame.trigger.first - 1] in lex.presupposing:
        return Day(None, None, 5, "unknown")  # "entered X after encircling it"
    clause = clause_start(seen, sentence, frame.trigger.first, lex)
    end = clause_end(seen, sentence, frame.trigger.last, lex)
    spoken = [t for t in seen.timexes_in(sentence) if t.first is not None]
    offset = next((t for t in spoken if offset_of(seen, t, frame, clause)), None)
    within = [t for t in spoken if t is not offset and clause <= seen.words.at(t.start) < end]
    if offset is not None and not within and not planned:
        back = counted_back(offset, [t for t in spoken if t is not offset], published)
        return Day(*back, offset.prec, "relative", offset) if back else Day(None, None, 5, "unknown")
    if frame.type in STATES and not planned:
        over = past_span(seen, frame, spoken, (clause, end), lex)
        then = past_dates(seen, frame, spoken, (clause, end), lex)
        past = over.timex if over else nearest(seen, sentence, frame, then, (clause, end), triggers, lex)
        if past is not None:
            return Day(past.first, over.last if over else past.last, past.prec, past.basis, past)
    if _vaguely(
        seen, max(sentence.first, frame.trigger.first - 2), frame.trigger.first, lex
    ):  # "recently seized" takes no date from before it
        spoken = [t for t in spoken if seen.words.at(t.start) > frame.trigger.first]
    usable = [t for t in spoken if fits(seen, t, frame, planned, lex) and not is_offset(seen, t)]
    if frame.type == "control":  # "had tried to take X for two years, as the road leads to districts they control"
        usable = [t for t in usable if t.direction != "lasting" or clause <= seen.words.at(t.start) < end]
    if published is not None and _going_on(seen, frame):
        usable = [t for t in usable if t.last is not None and t.last + timedelta(days=_FRESH) >= published]
    own = right_behind(seen, frame, usable, lex) if frame.type not in STATES else None
    chosen = own or nearest(seen, sentence, frame, usable, (clause, end), triggers, lex)
    if chosen is not None:
        span = span_with(seen, chosen, spoken) if frame.type not in STATES and not planned else None
        if span is not None and (published is None or span.last <= published):
            return Day(span.first, span.last, chosen.prec, chosen.basis, chosen)
        return _told_by(seen, frame, chosen, clause, planned)
    if planned or published is None or _background(seen, sentence, frame, lex) or _once(seen, frame, clause):
        return Day(None, None, 5, "unknown")
    told = _day_spoken_of(seen, sentence, lex)
    if told is not None and told.first is not None and told.first <= published and frame.type not in STATES:
        return Day(told.first, told.last, told.prec, told.basis, told)
    news = news_day(seen, published) if frame.type in CHANGES else None
    return news or Day(published, published, 1, "published")


def _told_by(seen: Scene, frame: Frame, chosen: Timex, clause: int, planned: bool) -> Day:
    """The days of the expression that goes with it: the one with the fewest other triggers between, in the own clause
    first, then the closest; a state lasts on from there."""
    assert chosen.first is not None
    assert chosen.last is not None
    published = seen.published
    last = chosen.last if published is None or planned else min(chosen.last, published)
    if chosen.direction == "since" and seen.words.norms[clause - 1] == "when":
        last = min(last, _end_of(chosen.first, chosen.value))
    if frame.type in STATES and _over(seen, frame):
        return Day(chosen.first, _end_of(chosen.first, chosen.value), chosen.prec, chosen.basis, chosen)
    if published is not None and (frame.type in STATES or _since_then(seen, frame)):
        return Day(chosen.first, published, 5, chosen.basis, chosen)
    return Day(chosen.first, last, chosen.prec, chosen.basis, chosen)


def dated_ahead(seen: Scene, sentence: Sentence) -> Timex | None:
    """The first calendar date of the sentence that lies after publication: what is told there as having happened then
    is misread, or its report carries a wrong day."""
    after = None if seen.published is None else seen.published + timedelta(days=1)
    ahead = (t for t in seen.timexes_in(sentence) if after and t.first and t.first > after)
    return next((t for t in ahead if t.basis == "explicit" and t.direction != "future"), None)


def _once(seen: Scene, frame: Frame, clause: int) -> bool:
    """Whether a hold is told as what was then: "when it controlled X", not "when rebel-held X was shelled"."""
    norms, first, last = seen.words.norms, frame.trigger.first, frame.trigger.last
    told = norms[clause - 1] == "when" and clause < first <= clause + _SUBJECT and "by" not in norms[first : last + 1]
    return frame.type == "control" and told and not seen.hyphenated(first - 1)


_SUBJECT = 3
"""Tokens of a short subject: "the Islamic State"."""


def _day_spoken_of(seen: Scene, sentence: Sentence, lex: Grammar) -> Timex | None:
    """The day with which the sentence before opens, where this one goes on telling what was said there: "On Friday,
    residents said ... According to the residents, ..."."""
    norms, first = seen.words.norms, sentence.first
    goes_on = norms[first : first + 2] == ("according", "to") and norms[first + 2] in lex.definite
    if not goes_on or sentence.number == 0:
        return None
    before = seen.sentences[sentence.number - 1]
    opening = (t for t in seen.timexes_in(before) if seen.words.at(t.start) - before.first <= 1)
    return next((t for t in opening if t.first is not None and t.first == t.last), None)


def news_day(seen: Scene, published: date) -> Day | None:
    """The one day of which the opening sentences speak, a day or two before publication: what follows tells of it."""
    days = {
        t.first: t
        for sentence in seen.sentences[:_LEAD]
        for t in seen.timexes_in(sentence)
        if t.first is not None and t.first == t.last and t.basis == "relative" and not is_offset(seen, t)
    }
    if len(days) != 1:
        return None
    day, timex = next(iter(days.items()))
    return Day(day, day, 1, "published", timex) if 0 < (published - day).days <= _FRESH else None


_FRESH = 2
"""Days before publication that are still news."""


def _going_on(seen: Scene, frame: Frame) -> bool:
    """Whether it is told as going on: "they broke the siege last month and are fighting to take X"."""
    before = seen.words.norms[max(0, frame.trigger.first - CLOSE) : frame.trigger.first + 1]
    return any(a in ("is", "are") and b.endswith("ing") for a, b in pairwise(before))


def _over(seen: Scene, frame: Frame) -> bool:
    """Whether a state is told as over: "had been held by the army since 2013" vouches for its beginning only."""
    before = seen.words.norms[max(0, frame.trigger.first - 3) : frame.trigger.first]
    return "had" in before


def _since_then(seen: Scene, frame: Frame) -> bool:
    """Whether it happened at some time after the date: "began in November and has since captured X"."""
    return seen.words.norms[frame.trigger.first - 2 : frame.trigger.first] in (("has", "since"), ("have", "since"))


def _end_of(first: date, value: str) -> date:
    """The last day of the month or year that ``value`` names: "since July 2015, when X fell" dates the fall."""
    if len(value) == len("2015"):
        return date(first.year, 12, 31)
    if len(value) == len("2015-07"):
        return date(first.year, first.month, monthrange(first.year, first.month)[1])
    return first


def _reported(seen: Scene, sentence: Sentence, frame: Frame, lex: Grammar) -> bool:
    """Whether "had" only follows from a verb of saying: "residents said that rebels had taken X" is today's news."""
    norms, clause = seen.words.norms, clause_start(seen, sentence, frame.trigger.first, lex)
    if norms[frame.trigger.first - 3] in lex.saying and norms[frame.trigger.first - 2] in lex.persons:
        return True  # "the army announced it had left"
    opened = norms[max(sentence.first, clause - 8) : clause] if clause > sentence.first else ()
    return bool(opened) and (opened[-1] == "that" or opened[-1] in lex.saying) and not lex.saying.isdisjoint(opened)


def _vaguely(seen: Scene, first: int, last: int, lex: Grammar) -> bool:
    """Whether a word among tokens ``first:last`` tells of a vague time: "later", but not "three days later"."""
    dated = seen.dated
    return any(seen.words.norms[j] in lex.vague and not (j in dated and j - 1 in dated) for j in range(first, last))


def _background(seen: Scene, sentence: Sentence, frame: Frame, lex: Grammar) -> bool:
    """Told as something that lies further back: a perfect tense, a bare noun ("the capture of X"), "recently"."""
    if _vaguely(seen, max(sentence.first, frame.trigger.first - 3), frame.trigger.last, lex):
        return True
    if frame.type not in CHANGES:
        return False
    opening = next(iter(seen.timexes_in(sentence)), None) if sentence.number >= _LEAD else None
    if opening is not None and is_offset(seen, opening) and seen.words.at(opening.start) == sentence.first:
        return True  # "hours after the offensive began"
    before = seen.words.norms[max(0, frame.trigger.first - 3) : frame.trigger.first]
    if "had" in before and _reported(seen, sentence, frame, lex):
        return False
    opened = clause_start(seen, sentence, frame.trigger.first, lex)
    if sentence.number >= _LEAD and opened > sentence.first and seen.words.norms[opened - 1] in lex.presupposing:
        return True  # "after the town fell to"
    if seen.words.norms[opened - 1] in RELATIVE and not _PERFECT.isdisjoint(before):
        return True  # "the group, which has lost X, is making a last stand"
    perfect = _PAST_PERFECT if sentence.number < _LEAD else _PERFECT
    if frame.trigger.form == "noun":
        behind = seen.words.norms[frame.end : frame.end + 3]
        return (lex.openers | lex.claiming).isdisjoint(before) and lex.claiming.isdisjoint(behind)
    return not perfect.isdisjoint(before)
