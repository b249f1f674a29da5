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
from transforms.claims.modality import Mode
from transforms.claims.offsets import CLOSE, counted_back, is_offset, offset_of
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.dates.reader import Timex
from transforms.text import Sentence

_LASTING = STATES | {"clash", "air_strike", "shelling", "offensive", "advance"}
_MODIFIERS = frozenset({"held", "stronghold"})
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
    clause = clause_start(seen, sentence, frame.trigger.first, lex)
    end = clause_end(seen, sentence, frame.trigger.last, lex)
    spoken = [t for t in seen.timexes_in(sentence) if t.first is not None]
    offset = next((t for t in spoken if offset_of(seen, t, frame, clause)), None)
    within = [t for t in spoken if t is not offset and clause <= seen.words.at(t.start) < end]
    if offset is not None and not within and not planned:
        back = counted_back(offset, [t for t in spoken if t is not offset], published)
        return Day(*back, offset.prec, "relative", offset) if back else Day(None, None, 5, "unknown")
    vague = not lex.vague.isdisjoint(
        seen.words.norms[max(sentence.first, frame.trigger.first - 2) : frame.trigger.first]
    )
    if vague:  # "recently seized" takes no date from before it
        spoken = [t for t in spoken if seen.words.at(t.start) > frame.trigger.first]
    usable = [t for t in spoken if _fits(seen, t, frame, planned, lex) and not is_offset(seen, t)]
    if published is not None and _going_on(seen, frame):
        usable = [t for t in usable if t.last is not None and t.last + timedelta(days=_FRESH) >= published]
    chosen = _nearest(seen, sentence, frame, usable, (clause, end), triggers, lex)
    if chosen is not None and chosen.first is not None and chosen.last is not None:
        last = chosen.last if published is None or planned else min(chosen.last, published)
        if chosen.direction == "since" and seen.words.norms[clause - 1] == "when":
            last = min(last, _end_of(chosen.first, chosen.value))
        if published is not None and (frame.type in STATES or _since_then(seen, frame)):
            return Day(chosen.first, published, 5, chosen.basis, chosen)
        return Day(chosen.first, last, chosen.prec, chosen.basis, chosen)
    if planned or published is None or _background(seen, sentence, frame, lex) or _once(seen, frame, clause):
        return Day(None, None, 5, "unknown")
    told = _day_spoken_of(seen, sentence, lex)
    if told is not None and told.first is not None and told.first <= published and frame.type not in STATES:
        return Day(told.first, told.last, told.prec, told.basis, told)
    if frame.type in CHANGES:
        day = news_day(seen, published)
        if day is not None:
            return day
    return Day(published, published, 1, "published")


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


def _fits(seen: Scene, timex: Timex, frame: Frame, planned: bool, lex: Grammar) -> bool:
    """Whether the expression can date the frame: a plan lies ahead, a deed behind, a state has its beginning."""
    published = seen.published
    if timex.first is None or timex.last is None or timex.type == "SET":
        return False
    if planned:
        return published is not None and timex.last > published
    if published is not None and timex.first > published:
        return False
    if timex.direction == "lasting" and frame.type not in _LASTING:
        return False  # "broke the three-year-old siege"
    if frame.type in STATES:
        return frame.trigger.rule.shape not in _MODIFIERS and (
            _begins(seen, timex, frame, lex) or frame.type == "siege"
        )
    return True


def _begins(seen: Scene, timex: Timex, frame: Frame, lex: Grammar) -> bool:
    """Whether it tells since when: "since July", "since fighting began in mid-2012", "over the past year"."""
    if timex.direction == "since" or (timex.last == seen.published and timex.first != timex.last):
        return True
    between = seen.words.norms[frame.trigger.last : seen.words.at(timex.start)]
    return "since" in between or (frame.trigger.form == "noun" and not lex.openers.isdisjoint(between[:3]))


def _nearest(
    seen: Scene,
    sentence: Sentence,
    frame: Frame,
    timexes: Sequence[Timex],
    clause: tuple[int, int],
    triggers: Sequence[Trigger],
    lex: Grammar,
) -> Timex | None:
    """The expression with the fewest other triggers between, in the own clause first, then the closest."""
    timexes = [t for t in timexes if not _anothers(seen, t, frame, clause[0], triggers, lex)]
    if not timexes:
        return None
    here, norms, end_of_frame = frame.trigger.first, seen.words.norms, max(frame.trigger.last, frame.end)
    others = {t.first for t in triggers if not here <= t.first < end_of_frame and t.first not in seen.actor_at}
    others -= {t.first for t in triggers if t.last < len(norms) and norms[t.last] in t.rule.unless}  # "took place"
    others -= {t.first for t in triggers if t.rule.type == "control" and norms[t.first - 1] in lex.articles}
    state = frame.type in STATES
    others -= {t.first for t in triggers if t.rule.type in _BESIDE and _goes_along(seen, t, lex)}
    if len(timexes) == 1:
        verbs = {t.first for t in triggers if t.form != "noun" and norms[t.first - 1] == "and"}
        others -= verbs.intersection(range(*clause))  # "was evacuated and handed over in May"
    reach, others = _own_reach(seen, sentence, clause[1], others, triggers, lex)

    def rank(timex: Timex) -> tuple[int, int]:
        at, end = seen.words.at(timex.start), seen.words.at(timex.end)
        own = clause[0] <= at < reach or (norms[clause[0] - 1] == "when" and end == clause[0] - 1)
        between = (
            0 if state or (own and end <= clause[0]) else sum(1 for i in others if min(at, here) < i < max(at, here))
        )
        return between + (not own and not state), abs(at - here)

    def belongs(timex: Timex) -> bool:
        at = seen.words.at(timex.start)
        if rank(timex)[0] == 0 or at == sentence.first:
            return True
        return at < here and (timex.direction != "since" or state)

    ranked = sorted(filter(belongs, timexes), key=rank)
    return ranked[0] if ranked else None


def _anothers(seen: Scene, timex: Timex, frame: Frame, clause: int, triggers: Sequence[Trigger], lex: Grammar) -> bool:
    """Whether it dates something else: "rebels who took X in July entered Y", "in an operation begun in August"."""
    at, here, norms = seen.words.at(timex.start), frame.trigger.first, seen.words.norms
    begun = at - 1
    while begun > here and norms[begun] in lex.dating:
        begun -= 1
    if begun > here and norms[begun] in lex.openers and not lex.operations.isdisjoint(norms[begun - 2 : begun]):
        return frame.trigger.form != "noun"
    if _aside(seen, at, here, lex):
        return True
    if norms[clause - 1] not in _RELATIVE or not clause <= at < here:
        return False
    return any(clause <= t.first < at for t in triggers if t.form != "noun") and "," not in norms[at:here]


def _aside(seen: Scene, at: int, here: int, lex: Grammar) -> bool:
    """Whether the date at token ``at`` stands in what is put between the subject and the verb at token ``here``: "X,
    held by B since 2016, was taken"; in "rebels, on Friday, took X" nothing but the date is."""
    norms = seen.words.norms
    opening = next((j for j in range(at - 1, max(0, at - _PUT_BETWEEN), -1) if norms[j] in _MARKS), None)
    closing = next((j for j in range(at, here) if norms[j] == ","), None)
    if opening is None or closing is None or norms[opening] != ",":
        return False
    said = [j for j in range(opening + 1, closing) if j not in seen.dated and norms[j] not in lex.dating]
    return len(said) > 1


_MARKS = frozenset({",", ".", ";", ":", ")", "-", "–", "—"})
_PUT_BETWEEN = 14
"""Tokens of what is put between a subject and its verb."""
_RELATIVE = frozenset({"who", "which"})


def _reported(seen: Scene, sentence: Sentence, frame: Frame, lex: Grammar) -> bool:
    """Whether "had" only follows from a verb of saying: "residents said that rebels had taken X" is today's news."""
    norms, clause = seen.words.norms, clause_start(seen, sentence, frame.trigger.first, lex)
    if norms[frame.trigger.first - 3] in lex.saying and norms[frame.trigger.first - 2] in lex.persons:
        return True  # "the army announced it had left"
    opened = norms[max(sentence.first, clause - 8) : clause] if clause > sentence.first else ()
    return bool(opened) and (opened[-1] == "that" or opened[-1] in lex.saying) and not lex.saying.isdisjoint(opened)


def _goes_along(seen: Scene, trigger: Trigger, lex: Grammar) -> bool:
    """Whether the fighting only goes along with a deed: "without a fight", "amid heavy clashes"."""
    before = seen.words.norms[max(0, trigger.first - 3) : trigger.first]
    within = any(a == "in" and b in lex.indefinite for a, b in pairwise(before))  # "in a surprise attack"
    return trigger.form == "noun" and (within or not lex.during.isdisjoint(before))


def _own_reach(
    seen: Scene, sentence: Sentence, end: int, others: set[int], triggers: Sequence[Trigger], lex: Grammar
) -> tuple[int, set[int]]:
    """The end of the clause, past an "after heavy fighting" whose noun takes no date for itself, and what may."""
    norms = seen.words.norms
    if end >= sentence.last or (norms[end] not in lex.presupposing and norms[end] not in lex.during):
        return end, others
    loose = {t.first for t in triggers if t.rule.type in _LOOSE and end < t.first < end + CLOSE}
    past = clause_end(seen, sentence, end + 1, lex)
    return (past, others - loose) if loose and (others - loose).isdisjoint(range(end, past)) else (end, others)


_LOOSE = frozenset({"clash", "air_strike", "shelling", "offensive"})
_BESIDE = _LOOSE | {"advance"}


def _background(seen: Scene, sentence: Sentence, frame: Frame, lex: Grammar) -> bool:
    """Told as something that lies further back: a perfect tense, a bare noun ("the capture of X"), "recently"."""
    if not lex.vague.isdisjoint(seen.words.norms[max(sentence.first, frame.trigger.first - 3) : frame.trigger.last]):
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
    if seen.words.norms[opened - 1] in _RELATIVE and not _PERFECT.isdisjoint(before):
        return True  # "the group, which has lost X, is making a last stand"
    perfect = _PAST_PERFECT if sentence.number < _LEAD else _PERFECT
    if frame.trigger.form == "noun":
        behind = seen.words.norms[frame.end : frame.end + 3]
        return lex.openers.isdisjoint(before) and lex.claiming.isdisjoint(behind)
    return not perfect.isdisjoint(before)
