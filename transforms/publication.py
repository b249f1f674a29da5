"""The day a report was published: by its header, dateline, metadata, file name or file time, in this order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from configs.model import DateOrder
from transforms.issues import Issue

ZONE = 300
"""Characters from the beginning (behind the title) in which a header may stand."""
HEAD_LINE, HEAD_LINES = 60, 6
"""Characters before a date that ends a line of a header, and the lines in which one is looked for."""
AGREE_WITHIN = timedelta(days=2)
CLOCKS_DIFFER = timedelta(days=31)
"""How long after its file was written a report may seem to be published."""
LATEST = date(2100, 1, 1)

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?(?![a-z])"
)
_DAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_DATE = re.compile(
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
    rf"(?P<place>{_PLACE})?[,:]?\s*(?:\(?(?:(?P<m1>(?i:{_MON}))\s+(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?\s+(?P<m2>(?i:{_MON})))"
    rf"(?:,?\s*(?P<y>\d{{4}}))?\)?)?(?:[,\s]*\((?P<paren>[^()\n]{{2,40}})\))*[,.:\s]*(?:--|[–—]|-(?=\s)|(?<=\s)-)"
)
_BEHIND_PLACE = re.compile(rf"(?!(?:In|On|At|By|From|Near|Since|Until)\b){_PLACE},\s*$")
_FULL_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
_CLOCK = re.compile(r"\(\s*(?P<h>\d{1,2})[:.](?P<m>\d{2})\s*(?P<p>[ap]\.?\s?m\.?)?\s*(?:[A-Z]{2,4})?\)", re.IGNORECASE)
_IN_NAME = re.compile(
    r"(?<!\d)(?:(?P<y1>(?:19|20)\d{2})[-_.]?(?P<m1>[01]\d)[-_.]?(?P<d1>[0-3]\d)|(?P<a>\d{1,2})[-_.](?P<b>\d{1,2})[-_.](?P<y2>(?:19|20)\d{2}))(?!\d)"
)
_IN_URL = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?![\d])")


@dataclass(frozen=True, slots=True)
class Clues:
    """What is known of a report besides its text; ``starts`` is the first day that can be true."""

    starts: date
    order: DateOrder = "dmy"
    order_known: bool = False
    marker: str | None = None
    metadata: str | None = None
    url: str | None = None
    title: str | None = None
    name: str = ""
    file_day: date | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """``day`` with its ``basis`` (None where nothing tells it), ``time`` as HH:MM; ``in_metadata`` beside it."""

    day: date | None
    time: str | None
    basis: str | None
    in_metadata: date | None
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A date as read: ``day`` is None where no calendar has it; ``other`` has day and month swapped."""

    day: date | None
    words: str
    basis: str
    other: date | None = None
    weekday: str | None = None
    time: str | None = None


def publication(text: str, clues: Clues) -> Publication:
    """When ``text`` was published. Issues (without path and line): impossible_date, dates_disagree, wrong_weekday."""
    issues: list[Issue] = []
    metadata = _metadata(clues)
    usable = metadata.day if metadata and _possible(metadata.day, clues) else None
    found = [_settled(f, clues, usable) for f in _candidates(text, clues, usable, metadata)]
    issues += [_impossible(f, clues) for f in found if not _possible(f.day, clues)]
    best = next((f for f in found if _possible(f.day, clues)), None)
    time = next((f.time for f in found if f.time and best and f.day == best.day), None) or _clock(text)
    if best is None:
        return Publication(None, time, None, usable, tuple(issues))
    told = [f for f in found if f.basis in ("header", "dateline", "metadata") and _possible(f.day, clues)]
    far = next((f for f in told if f.day and best.day and abs(f.day - best.day) > AGREE_WITHIN), None)
    if far:
        issues.append(_disagree(best, far))
    if best.weekday and best.day and _WEEKDAYS.index(best.weekday[:3].lower()) != best.day.weekday():
        issues.append(_wrong_weekday(best))
    return Publication(best.day, time, best.basis, usable, tuple(issues))


def _candidates(text: str, clues: Clues, usable: date | None, metadata: _Found | None) -> Iterator[_Found]:
    if clues.marker:
        year, month, day = map(int, clues.marker.split("-"))
        yield _Found(_day(year, month, day), f"date {clues.marker}", "header")
    start = _behind_title(text, clues.title)
    named = _in_name(clues)
    line = _dateline(text, start, usable or named)
    header = _header(text, start, line[1] if line else None, clues.order)
    if header:
        yield header
    if line and line[0]:
        yield line[0]
    if metadata:
        yield metadata
    if named:
        yield _Found(named, clues.name, "filename")
    if clues.file_day:
        # A dateline whose year only the file's time can tell is trusted no more than that.
        late = _dateline(text, start, clues.file_day)
        told = late[0] if late and late[0] and late[0].day and late[0].day <= clues.file_day else None
        yield replace(told, basis="file_time") if told else _Found(clues.file_day, "the file's time", "file_time")


def _behind_title(text: str, title: str | None) -> int:
    start = len(text) - len(text.lstrip())
    if title and text.startswith(title, start):
        start += len(title)
    return start


def _header(text: str, start: int, dateline: tuple[int, int] | None, order: DateOrder) -> _Found | None:
    zone = text[: start + ZONE]
    for match in _DATE.finditer(zone):
        if dateline and dateline[0] <= match.start() < dateline[1]:
            continue
        if _is_header(zone, start, match):
            time = _TIME.match(zone, match.end()) or _AT_TIME.match(zone, match.end())
            return _found(match, "header", order, _hhmm(time) if time else None)
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


def _dateline(text: str, start: int, near: date | None) -> tuple[_Found | None, tuple[int, int]] | None:
    """A dateline at the beginning, or behind the first line or sentence; its year may have to come from ``near``."""
    begins = [start, *(m.end() for m in re.finditer(r"\n\s*|[.!?] (?=[A-Z])", text[: start + ZONE]))]
    for begin in begins[:6]:
        match = _DATELINE.match(text, begin, begin + 160)
        if not match or not (match["m1"] or match["m2"] or (match["place"] and match["paren"])):
            continue
        month, day = match["m1"] or match["m2"], match["d1"] or match["d2"]
        if not month:
            return None, match.span()
        number = _MONTHS.index(month[:3].lower()) + 1
        found = _day(int(match["y"]), number, int(day)) if match["y"] else _nearest(number, int(day), near)
        if match["y"] or found:
            weekday = _FULL_WEEKDAY.search(match.group())
            return _Found(found, match.group().strip(), "dateline", None, weekday and weekday.group()), match.span()
    return None


def _nearest(month: int, day: int, near: date | None) -> date | None:
    if near is None:
        return None
    days = [found for year in (near.year - 1, near.year, near.year + 1) if (found := _day(year, month, day))]
    return min(days, key=lambda found: abs(found - near), default=None)


def _metadata(clues: Clues) -> _Found | None:
    if clues.metadata:
        stamp = re.fullmatch(r"(\d{10})(?:\d{3})?(?:\.\d*)?", clues.metadata)
        if stamp:
            return _Found(datetime.fromtimestamp(int(stamp[1]), UTC).date(), clues.metadata, "metadata")
        compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T.*|\d{4,6})?", clues.metadata)
        if compact:
            return _Found(_day(*map(int, compact.groups())), clues.metadata, "metadata")
        match = _DATE.search(clues.metadata)
        if not match:
            return _Found(None, clues.metadata[:60], "metadata")
        time = re.match(r"[T ]+(?P<h>\d{1,2}):(?P<m>\d{2})(?P<p>)", clues.metadata[match.end() :])
        clock = _hhmm(time) if time else None
        return _found(match, "metadata", clues.order, None if clock == "00:00" else clock)
    in_url = _IN_URL.search(clues.url or "")
    return _Found(_day(*map(int, in_url.groups())), clues.url or "", "metadata") if in_url else None


def _in_name(clues: Clues) -> date | None:
    for match in _IN_NAME.finditer(clues.name.rsplit("/", 1)[-1]):
        if match["y1"]:
            day = _day(int(match["y1"]), int(match["m1"]), int(match["d1"]))
        else:
            first, second = int(match["a"]), int(match["b"])
            days = [_day(int(match["y2"]), second, first), _day(int(match["y2"]), first, second)]
            day = next(filter(None, days if clues.order != "mdy" else days[::-1]), None)
        if day:
            return day
    return None


def _found(match: re.Match[str], basis: str, order: DateOrder, time: str | None) -> _Found:
    words, weekday, other = match.group(), match["weekday"], None
    if match["a4"]:
        first, second, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
        dmy, mdy = _day(year, second, first), _day(year, first, second)
        day, other = (mdy, dmy) if order == "mdy" else (dmy, mdy)
        return _Found(day or other, words, basis, other if day else None, weekday, time)
    if match["y3"]:
        day = _day(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    else:
        month = _MONTHS.index((match["m1"] or match["m2"] or match["m5"])[:3].lower()) + 1
        day = _day(
            int(match["y1"] or match["y2"] or match["y5"]), month, int(match["d1"] or match["d2"] or match["d5"])
        )
    return _Found(day, words, basis, None, weekday, time)


def _settled(found: _Found, clues: Clues, metadata: date | None) -> _Found:
    """An ambiguous day of an outlet whose order is not known is read so that weekday, calendar or metadata allow it."""
    if found.other is None or found.day is None or clues.order_known:
        return found

    def fits(day: date) -> tuple[bool, bool, bool]:
        weekday = found.weekday is not None and _WEEKDAYS.index(found.weekday[:3].lower()) == day.weekday()
        near = metadata is not None and abs(day - metadata) <= AGREE_WITHIN and found.basis != "metadata"
        return weekday, near, _possible(day, clues)

    swap = fits(found.other) > fits(found.day)
    return _Found(found.other, found.words, found.basis, None, found.weekday, found.time) if swap else found


def _possible(day: date | None, clues: Clues) -> bool:
    latest = LATEST
    if clues.file_day and clues.file_day >= clues.starts:
        latest = min(latest, clues.file_day + CLOCKS_DIFFER)
    return day is not None and clues.starts <= day <= latest


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> str | None:
    found = _CLOCK.search(text[:ZONE])
    return _hhmm(found) if found else None


def _hhmm(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    hour, minute = int(groups["h"] or groups["hh"]), int(groups["m"] or groups["mm"])
    half = (groups.get("p") or groups.get("pp") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _impossible(found: _Found, clues: Clues) -> Issue:
    what = "which is no day of the calendar" if found.day is None else f"which would be {found.day.isoformat()}"
    return Issue(
        "impossible_date",
        f"'{found.words}' ({found.basis.replace('_', ' ')}) as the day of publication, {what}",
        f"a day from {clues.starts.isoformat()} on, and not later than its file",
        "correct the date in the input; the next best clue has been used",
    )


def _disagree(best: _Found, far: _Found) -> Issue:
    return Issue(
        "dates_disagree",
        f"'{best.words}' ({best.basis}) gives {best.day}, '{far.words}' ({far.basis}) gives {far.day}",
        f"days of publication that lie at most {AGREE_WITHIN.days} days apart",
        f"{best.day} is used; correct the other if it is wrong, or correct the text",
    )


def _wrong_weekday(best: _Found) -> Issue:
    right = f"{best.day:%A}" if best.day else ""
    return Issue(
        "wrong_weekday",
        f"'{best.words}', but {best.day} was a {right}",
        "a weekday that fits its date",
        "the date is used; correct it if the weekday is the one that is right",
    )
