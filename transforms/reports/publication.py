"""The day a report was published: by its header, dateline, metadata, file name or file time, in this order of trust."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from configs.model import DateOrder
from transforms.issues import Issue
from transforms.reports.header_dates import DayTold, calendar_day, clock, dateline, day_in_metadata, header_day
from transforms.reports.header_patterns import HeaderPatterns

AGREE_WITHIN = timedelta(days=2)
CLOCKS_DIFFER = timedelta(days=31)
"""How long after its file was written a report may seem to be published."""
LATEST = date(2100, 1, 1)

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


def publication(text: str, clues: Clues, patterns: HeaderPatterns) -> Publication:
    """When ``text`` was published. Issues (without path and line): impossible_date, dates_disagree, wrong_weekday."""
    issues: list[Issue] = []
    metadata = _metadata(clues, patterns)
    usable = metadata.day if metadata and _possible(metadata.day, clues) else None
    found = [_settled(f, clues, usable, patterns) for f in _candidates(text, clues, usable, metadata, patterns)]
    wrong = [f for f in found if not _possible(f.day, clues)]
    best = next((f for f in found if _possible(f.day, clues)), None)
    # A file that was written long before or after its war says nothing, as long as something else gives the day.
    issues += [_impossible(f, clues) for f in wrong if f.basis != "file_time" or best is None]
    time = next((f.time for f in found if f.time and best and f.day == best.day), None) or clock(text, patterns)
    if best is None:
        return Publication(None, time, None, usable, tuple(issues))
    told = [f for f in found if f.basis in ("header", "dateline", "metadata") and _possible(f.day, clues)]
    far = next((f for f in told if f.day and best.day and abs(f.day - best.day) > AGREE_WITHIN), None)
    if far:
        issues.append(_disagree(best, far))
    if best.weekday and best.day and patterns.weekdays[best.weekday.lower()] != best.day.isoweekday():
        issues.append(_wrong_weekday(best))
    return Publication(best.day, time, best.basis, usable, tuple(issues))


def _candidates(
    text: str, clues: Clues, usable: date | None, metadata: DayTold | None, patterns: HeaderPatterns
) -> Iterator[DayTold]:
    if clues.marker:
        year, month, day = map(int, clues.marker.split("-"))
        yield DayTold(calendar_day(year, month, day), f"date {clues.marker}", "header")
    start = _behind_title(text, clues.title)
    named = _in_name(clues)
    line = dateline(text, start, usable or named, patterns)
    header = header_day(text, start, line[1] if line else None, clues.order, patterns, bool(line and line[0]))
    if header:
        yield header
    if line and line[0]:
        yield line[0]
    if metadata:
        yield metadata
    if named:
        yield DayTold(named, clues.name, "filename")
    if clues.file_day:
        # A dateline whose year only the file's time can tell is trusted no more than that.
        late = dateline(text, start, clues.file_day, patterns)
        told = late[0] if late and late[0] and late[0].day and late[0].day <= clues.file_day else None
        yield replace(told, basis="file_time") if told else DayTold(clues.file_day, "the file's time", "file_time")


def _behind_title(text: str, title: str | None) -> int:
    start = len(text) - len(text.lstrip())
    if title and text.startswith(title, start):
        start += len(title)
    return start


def _metadata(clues: Clues, patterns: HeaderPatterns) -> DayTold | None:
    if clues.metadata:
        stamp = re.fullmatch(r"(\d{10})(?:\d{3})?(?:\.\d*)?", clues.metadata)
        if stamp:
            return DayTold(datetime.fromtimestamp(int(stamp[1]), UTC).date(), clues.metadata, "metadata")
        compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T.*|\d{4,6})?", clues.metadata)
        if compact:
            return DayTold(calendar_day(*map(int, compact.groups())), clues.metadata, "metadata")
        return day_in_metadata(clues.metadata, clues.order, patterns)
    in_url = _IN_URL.search(clues.url or "")
    return DayTold(calendar_day(*map(int, in_url.groups())), clues.url or "", "metadata") if in_url else None


def _in_name(clues: Clues) -> date | None:
    for match in _IN_NAME.finditer(clues.name.rsplit("/", 1)[-1]):
        if match["y1"]:
            day = calendar_day(int(match["y1"]), int(match["m1"]), int(match["d1"]))
        else:
            first, second = int(match["a"]), int(match["b"])
            days = [calendar_day(int(match["y2"]), second, first), calendar_day(int(match["y2"]), first, second)]
            day = next(filter(None, days if clues.order != "mdy" else days[::-1]), None)
        if day:
            return day
    return None


def _settled(found: DayTold, clues: Clues, metadata: date | None, patterns: HeaderPatterns) -> DayTold:
    """An ambiguous day of an outlet whose order is not known is read so that weekday, calendar or metadata allow it."""
    if found.other is None or found.day is None or clues.order_known:
        return found

    def fits(day: date) -> tuple[bool, bool, bool]:
        weekday = found.weekday is not None and patterns.weekdays[found.weekday.lower()] == day.isoweekday()
        near = metadata is not None and abs(day - metadata) <= AGREE_WITHIN and found.basis != "metadata"
        return weekday, near, _possible(day, clues)

    swap = fits(found.other) > fits(found.day)
    return DayTold(found.other, found.words, found.basis, None, found.weekday, found.time) if swap else found


def _possible(day: date | None, clues: Clues) -> bool:
    latest = LATEST
    if clues.file_day and clues.starts <= clues.file_day < LATEST:
        latest = min(latest, clues.file_day + CLOCKS_DIFFER)
    return day is not None and clues.starts <= day <= latest


def _impossible(found: DayTold, clues: Clues) -> Issue:
    what = "which is no day of the calendar" if found.day is None else f"which would be {found.day.isoformat()}"
    return Issue(
        "impossible_date",
        f"'{found.words}' ({found.basis.replace('_', ' ')}) as the day of publication, {what}",
        f"a day from {clues.starts.isoformat()} on, and not later than its file",
        "correct the date in the input; the next best clue has been used",
    )


def _disagree(best: DayTold, far: DayTold) -> Issue:
    return Issue(
        "dates_disagree",
        f"'{best.words}' ({best.basis}) gives {best.day}, '{far.words}' ({far.basis}) gives {far.day}",
        f"days of publication that lie at most {AGREE_WITHIN.days} days apart",
        f"{best.day} is used; correct the other if it is wrong, or correct the text",
    )


def _wrong_weekday(best: DayTold) -> Issue:
    right = f"{best.day:%A}" if best.day else ""
    return Issue(
        "wrong_weekday",
        f"'{best.words}', but {best.day} was a {right}",
        "a weekday that fits its date",
        "the date is used; correct it if the weekday is the one that is right",
    )
