"""Days and times as the heads of reports write them: header lines, datelines, clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from configs.model import DateOrder
from transforms.reports.header_patterns import HeaderPatterns

ZONE = 300
"""Characters from the beginning (behind the title) in which a header may stand."""
HEAD_LINE, HEAD_LINES = 60, 6
"""Characters before a date that ends a line of a header, and the lines in which one is looked for."""


@dataclass(frozen=True, slots=True)
class DayTold:
    """A date as read: ``day`` is None where no calendar has it; ``other`` has day and month swapped."""

    day: date | None
    words: str
    basis: str
    other: date | None = None
    weekday: str | None = None
    time: str | None = None


def header_day(
    text: str,
    start: int,
    skipped: tuple[int, int] | None,
    order: DateOrder,
    patterns: HeaderPatterns,
    dated: bool = False,
) -> DayTold | None:
    """The first date in the beginning of ``text`` (from ``start``) that is a header's, outside the span ``skipped``.

    ``dated``: the dateline there tells the day itself, so that what follows it is prose unless it has a label.
    """
    zone = text[: start + ZONE]
    for match in patterns.date.finditer(zone):
        if skipped and skipped[0] <= match.start() < skipped[1]:
            continue
        if skipped and dated and match.start() >= skipped[1] and not patterns.label.search(zone[: match.start()]):
            continue
        if _is_header(zone, start, match, patterns):
            time = patterns.time.match(zone, match.end()) or patterns.time_at.match(zone, match.end())
            return _day_told(match, "header", order, hhmm(time) if time else None, patterns)
    return None


def _is_header(zone: str, start: int, match: re.Match[str], patterns: HeaderPatterns) -> bool:
    """A header's date stands at the beginning, behind a label or between capitalised words, not in running prose."""
    before, after = zone[: match.start()], zone[match.end() :]
    if patterns.label.search(before):
        return True
    line_start = before.rfind("\n") + 1
    if patterns.prose_before.search(before):
        return False
    short = len(before) - line_start <= HEAD_LINE and before.count("\n") < HEAD_LINES
    line_rest = patterns.time.sub("", after.split("\n", 1)[0], count=1)
    if short and "\n" in after and not line_rest.strip(" ,|"):
        return True
    named = match["weekday"] and before.split() and before.split()[-1][0].isupper()
    if not named and not patterns.header_behind.match(after) and not after.startswith(patterns.glued):
        return False
    if (
        not before[start:].strip(" .:|-–—([")
        or not before[line_start:].strip()
        or patterns.place_before.fullmatch(before, start)
    ):
        return True
    previous = before.split()[-1]
    return previous[-1] in ".!?|)" or (not previous[0].islower() and previous[-1] not in ",;")


def dateline(
    text: str, start: int, near: date | None, patterns: HeaderPatterns
) -> tuple[DayTold | None, tuple[int, int]] | None:
    """A dateline at the beginning, or behind the first line or sentence; its year may have to come from ``near``."""
    begins = [start, *(m.end() for m in re.finditer(r"\n\s*|[.!?] (?=[A-Z])", text[: start + ZONE]))]
    for begin in begins[:6]:
        match = patterns.dateline.match(text, begin, begin + 160)
        if not match or not (match["m1"] or match["m2"] or (match["place"] and match["paren"])):
            continue
        month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        if not month:
            return None, match.span()
        number = _month(month, patterns)
        found = calendar_day(int(match["y"]), number, int(day)) if match["y"] else _nearest(number, int(day), near)
        if match["y"] or found:
            weekday = patterns.whole_weekday.search(match.group())
            return DayTold(found, match.group().strip(), "dateline", None, weekday and weekday.group()), match.span()
    return None


def _nearest(month: int, day: int, near: date | None) -> date | None:
    if near is None:
        return None
    days = [found for year in (near.year - 1, near.year, near.year + 1) if (found := calendar_day(year, month, day))]
    return min(days, key=lambda found: abs(found - near), default=None)


def day_in_metadata(words: str, order: DateOrder, patterns: HeaderPatterns) -> DayTold:
    """The first date in ``words``, with its clock unless that is midnight, which stands for none."""
    match = patterns.date.search(words)
    if not match:
        return DayTold(None, words[:60], "metadata")
    time = re.match(r"[T ]+(?P<h>\d{1,2}):(?P<m>\d{2})(?P<p>)", words[match.end() :])
    at = hhmm(time) if time else None
    return _day_told(match, "metadata", order, None if at == "00:00" else at, patterns)


def _day_told(
    match: re.Match[str], basis: str, order: DateOrder, time: str | None, patterns: HeaderPatterns
) -> DayTold:
    """What a date says, day and month read in ``order`` where the calendar allows it."""
    words, weekday, other = match.group(), match["weekday"], None
    if match["a4"]:
        first, second, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
        dmy, mdy = calendar_day(year, second, first), calendar_day(year, first, second)
        day, other = (mdy, dmy) if order == "mdy" else (dmy, mdy)
        return DayTold(day or other, words, basis, other if day else None, weekday, time)
    if match["y3"]:
        day = calendar_day(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    else:
        month = _month(match["m1"] or match["m2"] or match["m5"], patterns)
        day = calendar_day(
            int(match["y1"] or match["y2"] or match["y5"]), month, int(match["d1"] or match["d2"] or match["d5"])
        )
    return DayTold(day, words, basis, None, weekday, time)


def _month(name: str, patterns: HeaderPatterns) -> int:
    return patterns.months[name.rstrip(".").lower()]


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock(text: str, patterns: HeaderPatterns) -> str | None:
    """A time of day in parentheses in the beginning of ``text``, as "(7:45 A.M.)" in a dateline."""
    found = patterns.clock.search(text[:ZONE])
    return hhmm(found) if found else None


def hhmm(match: re.Match[str]) -> str | None:
    """The time of day that the groups h, m and p (or hh, mm, pp) of ``match`` give."""
    groups = match.groupdict()
    hour, minute = int(groups["h"] or groups["hh"]), int(groups["m"] or groups["mm"])
    half = (groups.get("p") or groups.get("pp") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
