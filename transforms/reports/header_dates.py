"""Days and times as the heads of reports write them: header lines, datelines, clocks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from configs.model import DateOrder

ZONE = 300
"""Characters from the beginning (behind the title) in which a header may stand."""
HEAD_LINE, HEAD_LINES = 60, 6
"""Characters before a date that ends a line of a header, and the lines in which one is looked for."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])"
)
_DAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
DATE = re.compile(
    rf"(?<![\w-])(?:(?P<weekday>{_DAY})\b[.,]?\s+(?:the\s+)?)?(?:"
    rf"(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<m1>{_MON})[\s,-]+(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MON})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y2>\d{{4}})"
    rf"|(?P<m5>{_MON})\s+(?P<d5>\d{{2}})(?P<y5>\d{{4}})"
    r"|(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})"
    r"|(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4})"
    r")(?!\d)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:published|posted|updated|modified|issued|released|publication(?: date)?|date(?:line)?|date of publication"
    r"|print this page)"
    r"(?: (?:on|at|by))?\s*[:|-]?\s*$",
    re.IGNORECASE,
)
_BEFORE_PROSE = re.compile(
    r"\b(?:on|since|until|till|of|from|by|before|after|between|and|to|in|for|the|late|early|dated?|taken)\s*$",
    re.IGNORECASE,
)
_AFTER_HEADER = re.compile(
    r"\s*(?:[)\]|,.:–—-]+\s*)?(?:\n|$|[^a-z\s]|(?:by|at|updated|title|video|photos?|text|utc|gmt)\b)", re.DOTALL
)
_TIME = re.compile(
    r"[\s,(|-]*(?:at\s+)?(?:(?P<h>\d{1,2})[:.](?P<m>\d{2})(?::\d{2})?\s*(?P<p>[ap]\.?m\b)?"
    r"|(?P<hh>\d{2})(?P<mm>\d{2})(?=\s*(?:(?P<pp>[ap]\.?m\b)|utc|gmt)))",
    re.IGNORECASE,
)
_AT_TIME = re.compile(r"\s+at\s+(?P<h>\d{2})(?P<m>\d{2})\b(?P<p>)", re.IGNORECASE)
_PLACE = r"[A-Z][\w'’.-]*(?:[ ,/]+(?:[A-Z][\w'’.-]*|al-\w+|ez-\w+|and|of)){0,6}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})?[,:]?\s*(?:\(?(?:(?P<m1>(?i:{_MON}))\s+(?P<d1>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m2>(?i:{_MON})))"
    rf"(?:,?\s*(?P<y>\d{{4}}))?\)?)?(?:[,\s]*\((?P<paren>[^()\n]{{2,40}})\))*[,.:\s]*(?:--|[–—]|-(?=\s)|(?<=\s)-)"
)
_BEHIND_PLACE = re.compile(rf"(?!(?:In|On|At|By|From|Near|Since|Until)\b){_PLACE},\s*$")
_FULL_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
_CLOCK = re.compile(r"\(\s*(?P<h>\d{1,2})[:.](?P<m>\d{2})\s*(?P<p>[ap]\.?\s?m\.?)?\s*(?:[A-Z]{2,4})?\)", re.IGNORECASE)


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
    text: str, start: int, skipped: tuple[int, int] | None, order: DateOrder, dated: bool = False
) -> DayTold | None:
    """The first date in the beginning of ``text`` (from ``start``) that is a header's, outside the span ``skipped``.

    ``dated``: the dateline there tells the day itself, so that what follows it is prose unless it has a label.
    """
    zone = text[: start + ZONE]
    for match in DATE.finditer(zone):
        if skipped and skipped[0] <= match.start() < skipped[1]:
            continue
        if skipped and dated and match.start() >= skipped[1] and not _LABEL.search(zone[: match.start()]):
            continue
        if _is_header(zone, start, match):
            time = _TIME.match(zone, match.end()) or _AT_TIME.match(zone, match.end())
            return day_told(match, "header", order, hhmm(time) if time else None)
    return None


def _is_header(zone: str, start: int, match: re.Match[str]) -> bool:
    """A header's date stands at the beginning, behind a label or between capitalised words, not in running prose."""
    before, after = zone[: match.start()], zone[match.end() :]
    if _LABEL.search(before):
        return True
    line_start = before.rfind("\n") + 1
    if _BEFORE_PROSE.search(before):
        return False
    short = len(before) - line_start <= HEAD_LINE and before.count("\n") < HEAD_LINES
    line_rest = _TIME.sub("", after.split("\n", 1)[0], count=1)
    if short and "\n" in after and not line_rest.strip(" ,|"):
        return True
    named = match["weekday"] and before.split() and before.split()[-1][0].isupper()
    if not named and not _AFTER_HEADER.match(after) and after[:3] != "Get":
        return False
    if (
        not before[start:].strip(" .:|-–—([")
        or not before[line_start:].strip()
        or _BEHIND_PLACE.fullmatch(before, start)
    ):
        return True
    previous = before.split()[-1]
    return previous[-1] in ".!?|)" or (not previous[0].islower() and previous[-1] not in ",;")


def dateline(text: str, start: int, near: date | None) -> tuple[DayTold | None, tuple[int, int]] | None:
    """A dateline at the beginning, or behind the first line or sentence; its year may have to come from ``near``."""
    begins = [start, *(m.end() for m in re.finditer(r"\n\s*|[.!?] (?=[A-Z])", text[: start + ZONE]))]
    for begin in begins[:6]:
        match = _DATELINE.match(text, begin, begin + 160)
        if not match or not (match["m1"] or match["m2"] or (match["place"] and match["paren"])):
            continue
        month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        if not month:
            return None, match.span()
        number = MONTHS.index(month[:3].lower()) + 1
        found = calendar_day(int(match["y"]), number, int(day)) if match["y"] else _nearest(number, int(day), near)
        if match["y"] or found:
            weekday = _FULL_WEEKDAY.search(match.group())
            return DayTold(found, match.group().strip(), "dateline", None, weekday and weekday.group()), match.span()
    return None


def _nearest(month: int, day: int, near: date | None) -> date | None:
    if near is None:
        return None
    days = [found for year in (near.year - 1, near.year, near.year + 1) if (found := calendar_day(year, month, day))]
    return min(days, key=lambda found: abs(found - near), default=None)


def day_told(match: re.Match[str], basis: str, order: DateOrder, time: str | None) -> DayTold:
    """What a match of DATE says, day and month read in ``order`` where the calendar allows it."""
    words, weekday, other = match.group(), match["weekday"], None
    if match["a4"]:
        first, second, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
        dmy, mdy = calendar_day(year, second, first), calendar_day(year, first, second)
        day, other = (mdy, dmy) if order == "mdy" else (dmy, mdy)
        return DayTold(day or other, words, basis, other if day else None, weekday, time)
    if match["y3"]:
        day = calendar_day(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    else:
        month = MONTHS.index((match["m1"] or match["m2"] or match["m5"])[:3].lower()) + 1
        day = calendar_day(
            int(match["y1"] or match["y2"] or match["y5"]), month, int(match["d1"] or match["d2"] or match["d5"])
        )
    return DayTold(day, words, basis, None, weekday, time)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def clock(text: str) -> str | None:
    """A time of day in parentheses in the beginning of ``text``, as "(7:45 A.M.)" in a dateline."""
    found = _CLOCK.search(text[:ZONE])
    return hhmm(found) if found else None


def hhmm(match: re.Match[str]) -> str | None:
    """The time of day that the groups h, m and p (or hh, mm, pp) of ``match`` give."""
    groups = match.groupdict()
    hour, minute = int(groups["h"] or groups["hh"]), int(groups["m"] or groups["mm"])
    half = (groups.get("p") or groups.get("pp") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None
