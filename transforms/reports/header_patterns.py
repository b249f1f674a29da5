"""The shapes of dates at the heads of reports, out of a language's words for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from configs.date_language import DateLexicon
from configs.header_language import HeaderWords

_DIGITS = (
    r"|(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})(?P=s3)(?P<d3>\d{1,2})"
    r"|(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4})"
)
_HALF = r"[ap]\.?m\b"


@dataclass(frozen=True, slots=True)
class HeaderPatterns:
    """Compiled once a language. ``months`` and ``weekdays`` are numbers by lower-case name, Monday is 1."""

    date: re.Pattern[str]
    label: re.Pattern[str]
    prose_before: re.Pattern[str]
    header_behind: re.Pattern[str]
    time: re.Pattern[str]
    time_at: re.Pattern[str]
    dateline: re.Pattern[str]
    place_before: re.Pattern[str]
    whole_weekday: re.Pattern[str]
    clock: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    glued: tuple[str, ...]


def header_patterns(words: HeaderWords, dates: DateLexicon) -> HeaderPatterns:
    """The patterns of the language that ``words`` and ``dates`` are of."""
    month = rf"{_any(dates.months)}\.?(?![^\W\d_])"
    ordinal, of, at = f"{_any(words.ordinal_endings)}?", _any(words.of), _any(words.at)
    parts = "".join(rf"|{re.escape(part)}-\w+" for part in words.place_parts)
    place = rf"[A-Z][\w'’.-]*(?:[ ,/]+(?:[A-Z][\w'’.-]*{parts}|{_any(words.place_joints)})){{0,6}}"
    whole = {number: max((n for n, k in dates.weekdays.items() if k == number), key=len) for number in range(1, 8)}
    date = (
        rf"(?<![\w-])(?:(?P<weekday>{_any(dates.weekdays)})\b[.,]?\s+(?:{_any(words.articles)}\s+)?)?(?:"
        rf"(?P<d1>\d{{1,2}}){ordinal}[\s-]+(?:{of}\s+)?(?P<m1>{month})[\s,-]+(?P<y1>\d{{4}})"
        rf"|(?P<m2>{month})\s+(?P<d2>\d{{1,2}}){ordinal}(?:,\s*|\s+)(?P<y2>\d{{4}})"
        rf"|(?P<m5>{month})\s+(?P<d5>\d{{2}})(?P<y5>\d{{4}}){_DIGITS})(?!\d)"
    )
    time = (
        rf"[\s,(|-]*(?:{at}\s+)?(?:(?P<h>\d{{1,2}})[:.](?P<m>\d{{2}})(?::\d{{2}})?\s*(?P<p>{_HALF})?"
        rf"|(?P<hh>\d{{2}})(?P<mm>\d{{2}})(?=\s*(?:(?P<pp>{_HALF})|{_any(words.zones)})))"
    )
    dateline = (
        rf"(?P<place>{place})?[,:]?\s*(?:\(?(?:(?P<m1>(?i:{month}))\s+(?P<d1>\d{{1,2}})"
        rf"|(?P<d2>\d{{1,2}}){ordinal}(?: {of})?\s+(?P<m2>(?i:{month})))"
        r"(?:,?\s*(?P<y>\d{4}))?\)?)?(?:[,\s]*\((?P<paren>[^()\n]{2,40})\))*[,.:\s]*(?:--|[–—]|-(?=\s)|(?<=\s)-)"
    )
    return HeaderPatterns(
        date=_folded(date),
        label=_folded(rf"{_any(words.labels)}(?: {_any(words.label_joints)})?\s*[:|-]?\s*$"),
        prose_before=_folded(rf"\b{_any(words.prose_before)}\s*$"),
        # What begins with a capital is a title or a name.
        header_behind=re.compile(rf"\s*(?:[)\]|,.:–—-]+\s*)?(?:\n|$|[^a-z\s]|{_any(words.beside)}\b)"),
        time=_folded(time),
        time_at=_folded(rf"\s+{at}\s+(?P<h>\d{{2}})(?P<m>\d{{2}})\b(?P<p>)"),
        dateline=re.compile(dateline),
        place_before=re.compile(rf"(?!{_any(words.openers)}\b){place},\s*$"),
        whole_weekday=_folded(rf"\b{_any(whole.values())}\b"),
        clock=_folded(r"\(\s*(?P<h>\d{1,2})[:.](?P<m>\d{2})\s*(?P<p>[ap]\.?\s?m\.?)?\s*(?:[A-Z]{2,4})?\)"),
        months=dates.months,
        weekdays=dates.weekdays,
        glued=words.glued,
    )


def _any(words: Iterable[str]) -> str:
    """One of ``words``, the longest that fits."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


def _folded(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
