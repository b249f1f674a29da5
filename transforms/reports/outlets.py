"""Which outlet a report comes from: metadata, address, by-line or dateline, against the sources of the theatre."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from configs.model import Source
from transforms.text import fold_phrase

UNKNOWN = "unknown"
BEGIN, END = 300, 200
"""Characters at the beginning and the end of a text in which a by-line may stand."""
MASTHEAD = 6
"""Words in the longest name at the head of a text."""

_BY_LINE = re.compile(
    r"\((?P<paren>[^()\n]{2,40})\)"
    r"|(?:^|\n|[ ,/])(?P<dash>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3}) ?(?:--|[–—:]|-(?=\s|[A-Z]))"
    r"|(?:--|[–—-] ?)(?P<after>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})(?=[\s.]*$)"
    r"|(?:source|via|by):? (?P<label>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})"
    r"|\btold (?:the )?(?P<told>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})",
    re.MULTILINE,
)
_AGENCY = re.compile(r"^[^()\n]{2,80}\((?P<name>[A-Z][\w .&'’-]{1,38})\)\s*(?:--|[–—-])")
_KINDS = ("paren", "dash", "after", "label", "told")


class Outlets:
    """The sources of a theatre by what reports and metadata call them."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources: Mapping[str, Source] = {source.source_id: source for source in sources}
        named = [(n, s) for s in sources for n in (s.source_id, s.name, *s.match)]
        self._by_name = {slug(n): s.source_id for n, s in reversed(named)}
        self._hosts = {n.lower().removeprefix("www."): s.source_id for n, s in named if "." in n and " " not in n}

    def get(self, source_id: str) -> Source | None:
        """The listed source, None for an unlisted one."""
        return self._sources.get(source_id)

    def of(self, metadata: str | None, url: str | None, text: str) -> str:
        """The source_id: an outlet that is named and not listed keeps a slug of its name; 'unknown' where none is."""
        host = (_host(url) if url else "") or (_host(metadata) if metadata and "." in metadata else "")
        listed = (metadata and self._by_name.get(slug(metadata))) or self._by_host(host) or None
        if listed:
            return listed
        if metadata and slug(metadata):
            return slug(host or metadata)
        if host:
            return slug(host)
        return self._by_line(text)

    def _by_host(self, host: str) -> str | None:
        while "." in host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.split(".", 1)[1]
        return None

    def _by_line(self, text: str) -> str:
        masthead = self._masthead(text)
        if masthead:
            return masthead
        best: tuple[int, int, str] | None = None
        for offset, zone in ((0, text[:BEGIN]), (max(BEGIN, len(text) - END), text[max(BEGIN, len(text) - END) :])):
            for match in _BY_LINE.finditer(zone):
                kind = match.lastgroup or "told"
                known = self._named(match[kind])
                if known:
                    rank = (_KINDS.index(kind) == 4, offset + match.start(), known)
                    best = min(best, rank) if best else rank
        if best:
            return best[2]
        agency = _AGENCY.match(text)
        return slug(agency["name"]) if agency and not re.search(r"\d", agency["name"]) else UNKNOWN

    def _masthead(self, text: str) -> str | None:
        """The listed source with whose name the text begins, set off from what follows."""
        words = list(re.finditer(r"[^\s,:;()–—|]+", text[:80].split("\n", 1)[0]))[:MASTHEAD]
        for last in reversed(words):
            name = text[: last.end()].strip().removeprefix("The ")
            if re.match(r"\s*(?:$|\n|[:|(–—-])", text[last.end() :]) and slug(name) in self._by_name:
                return self._by_name[slug(name)]
        return None

    def _named(self, words: str) -> str | None:
        """The listed source that ``words`` name, whatever stands before or behind in them ("Aleppo SANA")."""
        parts = words.split()
        spans = [(a, b) for a in range(len(parts)) for b in range(len(parts), a, -1)]
        for a, b in sorted(spans, key=lambda span: span[0] - span[1]):
            found = self._by_name.get(slug(" ".join(parts[a:b])))
            if found:
                return found
        return None


@lru_cache(maxsize=20_000)
def slug(name: str) -> str:
    """``name`` folded to lower-case ASCII words joined by hyphens ("Al-Masdar News" gives ``al-masdar-news``)."""
    return "-".join(fold_phrase(name))[:60]


def _host(address: str) -> str:
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host) else ""
