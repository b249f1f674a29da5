"""Which of the date expressions of a sentence goes with a frame."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.claims.arguments import clause_end
from transforms.claims.claim import STATES
from transforms.claims.frame import Frame
from transforms.claims.grammar import Grammar
from transforms.claims.offsets import CLOSE
from transforms.claims.scene import Scene
from transforms.claims.triggers import Trigger
from transforms.dates.reader import Timex
from transforms.text import Sentence

_LASTING = STATES | {"clash", "air_strike", "shelling", "offensive", "advance"}
_MODIFIERS = frozenset({"held", "stronghold"})


def fits(seen: Scene, timex: Timex, frame: Frame, planned: bool, lex: Grammar) -> bool:
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
    at = seen.words.at(timex.start)
    lead = pairwise(seen.words.norms[max(0, at - 3) : at])
    if any(a in lex.ranked and b in lex.occasions for a, b in lead):
        return False  # "for the first time since 2012"
    ahead = timex.end <= seen.words.starts[frame.trigger.first] and timex.direction != "since"
    if frame.type == "control" and frame.trigger.form == "noun" and ahead:
        return False  # "besieged for two years, as they try to loosen the rebels' hold on X"
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


def right_behind(seen: Scene, frame: Frame, timexes: Sequence[Timex], lex: Grammar) -> Timex | None:
    """The expression right behind the object: each its own in "captured X on 9 June and Y (11 June)"."""
    last = frame.place.last
    if frame.place.first < frame.trigger.last:
        return None
    begins = {seen.words.at(t.start): t for t in timexes}
    behind = seen.words.norms[last : last + 2]
    if frame.trigger.form == "noun" and len(behind) > 1 and behind[0] in _WHICH and behind[1] in lex.openers:
        return begins.get(last + 2) or begins.get(last + 3)  # "an offensive on X that began on Friday"
    if seen.words.norms[last : last + 1] in _DATING:
        return begins.get(last + 1)
    return begins.get(last)


_WHICH = frozenset({"which", "that"})
_DATING = (("on",), ("in",), ("(",))


def nearest(
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
    others -= {t.first for t in triggers if t.form in t.rule.without}  # "X and ten surrounding villages"
    state = frame.type in STATES
    others -= {t.first for t in triggers if t.rule.type in _BESIDE and _goes_along(seen, t, lex)}
    if len(timexes) == 1:
        verbs = {t.first for t in triggers if t.form != "noun" and norms[t.first - 1] == "and"}
        others -= verbs.intersection(range(*clause))  # "was evacuated and handed over in May"
    reach, others = _own_reach(seen, sentence, clause[1], others, triggers, lex)

    def rank(timex: Timex) -> tuple[int, int]:
        at, end = seen.words.at(timex.start), seen.words.at(timex.end)
        skipped = _put_between(norms, here, at)
        own = clause[0] <= at < reach or (norms[clause[0] - 1] == "when" and end == clause[0] - 1)
        between = (
            0
            if state or (own and end <= clause[0])
            else sum(1 for i in others if min(at, here) < i < max(at, here) and i not in skipped)
        )
        earlier = any(i < at for i in others) and "and" in norms[end:here]  # "fell in May and was retaken in June"
        return between + (not own and not state) + earlier, abs(at - here)

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
    while begun > 0 and norms[begun] in lex.dating:
        begun -= 1
    if norms[begun] in lex.forming:
        return True  # "the group, formed in 2011, took X"
    if begun > here and norms[begun] in lex.openers and not lex.operations.isdisjoint(norms[begun - 2 : begun]):
        return frame.trigger.form != "noun"
    if _aside(seen, at, here, lex):
        return True
    if frame.type in STATES and not RELATIVE.isdisjoint(norms[max(frame.trigger.last, frame.end) : at]):
        return True  # "held by A, which changed its name in 2016"
    if norms[here - 1] == "having" and "," in norms[at:here]:
        return True  # "took Y on Sunday, having captured X in July"
    if norms[clause - 1] not in RELATIVE or not clause <= at < here:
        return False
    return any(clause <= t.first < at for t in triggers if t.form != "noun") and "," not in norms[at:here]


def _put_between(norms: Sequence[str], here: int, at: int) -> range:
    """What stands between commas before the date at token ``at``: "took X, the last town under siege, on Friday"."""
    closing = next((j for j in (at - 1, at - 2) if j > here and norms[j] == ","), None)
    if closing is None:
        return range(0)
    opening = next((j for j in range(closing - 1, max(here, closing - _PUT_BETWEEN), -1) if norms[j] == ","), closing)
    return range(opening, closing)


def _aside(seen: Scene, at: int, here: int, lex: Grammar) -> bool:
    """Whether the date at token ``at`` stands in what is put between commas beside the verb at token ``here``: "X, held
    by B since 2016, was taken"; in "rebels, on Friday, took X" nothing but the date is."""
    norms = seen.words.norms
    opening = next((j for j in range(at - 1, max(0, at - _PUT_BETWEEN), -1) if norms[j] in _MARKS), None)
    end = here if at < here else min(len(norms), at + _PUT_BETWEEN)
    closing = next((j for j in range(at, end) if norms[j] in _MARKS), None)
    if opening is None or closing is None or norms[opening] != "," or norms[closing] != ",":
        return False
    if closing + 1 == here and norms[here].endswith("ing"):
        return False  # "After a long siege, A reached X on Tuesday, breaking"
    if opening < here < at or norms[opening + 1] in lex.dating or opening + 1 in seen.dated:
        return False
    said = [j for j in range(opening + 1, closing) if j not in seen.dated and norms[j] not in lex.dating]
    return len(said) > 1 and lex.saying.isdisjoint(norms[opening:closing])


_MARKS = frozenset({",", ".", ";", ":", ")", "-", "–", "—"})
_PUT_BETWEEN = 14
"""Tokens of what is put between a subject and its verb."""
RELATIVE = frozenset({"who", "which"})


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
