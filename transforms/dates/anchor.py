"""What an unfinished date leans on: the day of publication in news, the running date of the text in narrative."""

from __future__ import annotations

import re
from datetime import date

from transforms.dates.values import Value, plus_days

_NEAR_AHEAD = 45
"""Days ahead within which a day and month that no verb places is taken to lie ahead rather than most of a year ago."""
_FAR_AHEAD = 290
"""Days ahead beyond which a bare month or day has just passed, whatever the verbs say: one would add "next"."""
_MONTHS = 12
"""Months back beyond which no date without a year reaches."""
_RECENT = 1
"""Months back to which a day without a year belongs to the news whatever was told before it."""
_BEFORE, _AFTER = 140, 80
"""Characters before and after an expression in which a verb may give it a direction."""


class Anchor:
    """The dates that a text has set so far, for one reading of one text.

    ``published`` is None where no day of publication is known; ``narrative`` says that the text tells of the past by
    its own running date. ``year``, ``month``, ``day`` are those of the last date said, as far as it said them.
    """

    __slots__ = (
        "_cue", "_future", "_past", "_said_at", "day", "low", "month", "narrative", "published", "quarter", "week",
        "year",
    )  # fmt: skip

    def __init__(self, low: str, published: date | None, narrative: bool, cues: tuple[re.Pattern[str], ...]) -> None:
        self.published = published
        self.narrative = narrative
        self.low = low
        self.year: int | None = None
        self.month: int | None = None
        self.day: int | None = None
        self.week: date | None = None
        self.quarter: tuple[int, int] | None = None
        self._future, self._cue, self._past = cues
        self._said_at = -1

    def note(self, value: Value, start: int) -> None:
        """Let the text's running date move to ``value``, said at ``start``."""
        grain, text = value.granularity, value.value
        if not grain or grain in ("DE", "CE") or text[0] == "X":
            return
        back = text[0] == "B"
        year = -int(text[2:6]) if back else int(text[:4])
        if grain == "Y":
            if self.narrative and not self._leads(start, year):
                return
            if year == self.year:
                self.day = self.week = None
                return
        self.year = year
        rest = text[7:] if back else text[5:]
        self.day = self.week = None
        self._said_at = start
        if grain == "M":
            self.month = int(rest[:2]) if rest[0] != "Q" else int(rest[1]) * 3 - 1
            self.quarter = (year, int(rest[1])) if rest[0] == "Q" else self.quarter
        elif grain == "D":
            self.month, self.day = int(rest[:2]), int(rest[3:5]) if rest[3:5].isdigit() else None
        elif grain == "W" and value.first is not None:
            self.month, self.week = value.first.month, value.first
        elif grain == "S":
            self.month = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}[rest[:2]]
        else:
            self.month = None

    def _leads(self, start: int, year: int) -> bool:
        """Whether a bare year moves the story: it opens a sentence or follows on; a glance far off does not."""
        if self.year is None or 0 <= year - self.year <= 1:
            return True
        low = self.low
        opening = max(low.rfind(". ", 0, start) + 2, low.rfind("\n", 0, start) + 1)
        return start - opening < 40

    def in_sentence(self, start: int) -> bool:
        """Whether the running day was said in the sentence that ``start`` lies in (or the one before)."""
        left = self.low.rfind(". ", 0, start)
        return self._said_at >= max(self.low.rfind(". ", 0, max(left, 0)), self.low.rfind("\n", 0, start))

    def start_at(self, year: int) -> None:
        """Begin a narrative in ``year``."""
        self.year = year

    @property
    def base(self) -> date | None:
        """The day that "today", "last week" and "ago" count from."""
        return self.running if self.narrative else self.published

    @property
    def running(self) -> date | None:
        """The last day said in the text; None where the last date was coarser than a day."""
        if self.year is None or self.month is None or self.day is None or self.year < 1:
            return None
        return date(self.year, self.month, self.day)

    @property
    def mentioned(self) -> date | None:
        """The last day said in the text, else the day of publication (news only)."""
        day = self.running
        return self.published if day is None and not self.narrative else day

    @property
    def reference_year(self) -> int | None:
        """The year that "that year" means in narrative, "this year" in news."""
        return self.year if self.narrative or self.published is None else self.published.year

    def is_future(self, start: int, end: int) -> bool:
        """Whether the words around tell of what is still to come."""
        if self._future.search(self.low, self._sentence(start), end + _AFTER) is None:
            return False  # by far the most common case, and much the cheaper question
        return self.tense(start, end) == "future"

    def _sentence(self, start: int) -> int:
        """Where the search for a verb before ``start`` begins: the sentence, within reason."""
        low = self.low
        return max(low.rfind(". ", 0, start), low.rfind("\n", 0, start), start - _BEFORE, 1) - 1

    def tense(self, start: int, end: int) -> str:
        """What the words around tell of, "future", "past" or "" (last verb cue before, else first after)."""
        low = self.low
        if self._past.search(low, max(0, start - 30), start):
            return "past"
        last = None
        for last in self._cue.finditer(low, self._sentence(start), start):  # noqa: B007
            pass
        if last is not None:
            return last.lastgroup or ""
        right = low.find(". ", end, end + _AFTER)
        after = self._cue.search(low, end, right if right >= 0 else end + _AFTER)
        return "" if after is None else after.lastgroup or ""

    def before(self, start: int) -> str:
        """The last characters before ``start``, enough for a word or two."""
        return self.low[max(0, start - 16) : start]

    def lead(self, start: int) -> str:
        """The word before ``start``."""
        before = self.before(start).split()
        return before[-1] if before else ""

    def year_for(self, month: int, day: int, start: int, end: int) -> tuple[int | None, bool]:
        """The year of a month (and day, 0 where none is said) without one, and whether it lies ahead."""
        if self.narrative or self.published is None:
            return self._running_year(month, day), False
        now = self.published
        tense = self.tense(start, end)
        if tense == "" and day and 0 < self._days_ahead(month, day) <= _NEAR_AHEAD:
            tense = "future"  # "the April 5 meeting" in a report of late March
        if tense == "future" and self._days_ahead(month, day or 15) <= _FAR_AHEAD:
            ahead = (month, day or 31) >= (now.month, now.day)
            return (now.year if ahead else now.year + 1), True
        passed = (month, day) <= (now.month, now.day)
        year = now.year if passed else now.year - 1
        return (self._told_year(month, day, start, year) or year), False

    def _told_year(self, month: int, day: int, start: int, year: int) -> int | None:
        """The year of which the text was telling when it left the news: "took X on 9 June 2013 and Y on 11 June".

        Only a date with a year can be more than one back; what is only weeks old, counted from publication, is news.
        """
        now, told = self.published, self.year
        if now is None or told is None or self.month is None or not self.in_sentence(start):
            return None
        ago = 12 * (now.year - told) + now.month - self.month
        if ago <= _MONTHS or 12 * (now.year - year) + now.month - month <= (_RECENT if day else _RECENT + 1):
            return None
        return self._running_year(month, day)

    def _days_ahead(self, month: int, day: int) -> int:
        """Days, by months of 31, from publication to the next such day."""
        now = self.published
        return 0 if now is None else ((month - now.month) * 31 + day - now.day) % (12 * 31)

    def _running_year(self, month: int, day: int) -> int | None:
        """The narrative's year: time runs on, so a month far behind the running one belongs to the next year."""
        if self.year is None:
            return None
        if self.month is not None and self.month >= 10 and month <= self.month - 9:
            return self.year + 1
        return self.year

    def weekday(self, number: int, step: int, this: bool, start: int, end: int) -> tuple[date | None, bool]:
        """The day of a weekday (1 is Monday) and whether it lies ahead.

        ``step`` is -1 for "last", 1 for "next", else 0; ``this`` says that it is of the week of the reference day.
        """
        base = self.base
        if base is None:
            return None, False
        back = (base.isoweekday() - number) % 7
        if step < 0:
            return plus_days(base, -(back or 7)), False
        if self.narrative:
            return plus_days(base, (-back) % 7), False
        if step > 0:
            return plus_days(base, (-back) % 7 or 7), True
        if self.is_future(start, end):
            return plus_days(base, (-back) % 7), True
        if this:
            day = plus_days(base, number - base.isoweekday())
            return day, day > base
        return plus_days(base, -back), False
