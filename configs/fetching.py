"""What is fetched, and how politely: the ``[fetch.NAME]`` tables of a theatre's or a user's ``sources.toml``.

A ``[sources.NAME]`` table says who an outlet is; a ``[fetch.NAME]`` table says where something of it can be had. The
shipped theatre has none: nothing is fetched that nobody asked for. ``sources.toml`` in the home folder adds one's own.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from configs.errors import ConfigError
from configs.load import theatre_folder
from configs.model import STRICT, Theatre

FETCH_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
FILE = "sources.toml"


@dataclass(config=STRICT, frozen=True)
class Politeness:
    """How a source is asked. Times in seconds, sizes in bytes."""

    pause: float = Field(default=1.0, ge=0, le=3600)
    """Between two requests to one host, which is asked one thing at a time; its own robots.txt may ask for more."""
    timeout: float = Field(default=20.0, gt=0, le=600)
    """For connecting and for each piece of an answer; three times as long for the whole of it."""
    tries: int = Field(default=3, ge=1, le=10)
    retry_pause: float = Field(default=2.0, ge=0, le=600)
    """Before the second try; each further pause is twice as long."""
    max_bytes: int = Field(default=20_000_000, ge=1_000)
    """Of one answer, unpacked."""
    pages_per_run: int = Field(default=100, ge=1, le=10_000)


@dataclass(config=STRICT, frozen=True)
class Fetch:
    """One place where reports come from. ``outlet`` is the source_id whose leaning and order of dates they take."""

    fetch_id: str
    kind: Literal["feed", "page", "file", "folder", "any"]
    """RSS or Atom with the pages that it links to; one page; one file (an archive, JSON lines, CSV ...); a watched
    folder; ``any`` tells by what comes."""
    address: str | None = None
    """http(s); ``${NAME}`` in it is replaced from the environment or a Prefect secret block, and never kept."""
    path: Path | None = None
    """Of a watched folder, from the home folder on."""
    outlet: str | None = None
    language: str = "en"
    """What the server is asked for; what comes in another language is kept and not read."""
    linked: bool = True
    """Whether a feed's linked pages are fetched; its own text serves otherwise."""
    then: Literal["keep", "remove"] = "keep"
    """What becomes of a watched folder's files once they are landed: moved to its ``.landed``, or removed."""
    politeness: Politeness = Politeness()


def load_fetches(slug: str, theatre: Theatre, home: Path) -> tuple[Fetch, ...]:
    """All that is to be fetched for a theatre, by name. Raises ConfigError with file, key and mend."""
    found: dict[str, Fetch] = {}
    outlets = {source.source_id for source in theatre.sources}
    for path in (theatre_folder(slug) / FILE, home / FILE):
        for fetch_id, table in _tables(path, path.parent == home).items():
            key = f"fetch.{fetch_id}"
            fetch = _fetch(fetch_id, table, path, key)
            if fetch_id in found:
                raise ConfigError(path, key, "there is another of this name", "give it a name of its own")
            if fetch.outlet is not None and fetch.outlet not in outlets:
                raise ConfigError(path, f"{key}.outlet", f"unknown outlet {fetch.outlet!r}", _outlet_mend(slug))
            found[fetch_id] = fetch
    return tuple(found[name] for name in sorted(found))


def _tables(path: Path, own: bool) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, "syntax", str(error), "mend the line named") from error
    other = set(table) - {"fetch"}
    if own and other:
        mend = "keep only [fetch.NAME] tables here; outlets belong into the theatre's sources.toml"
        raise ConfigError(path, min(other), "not known here", mend)
    fetches = table.get("fetch", {})
    if not isinstance(fetches, dict) or not all(isinstance(value, dict) for value in fetches.values()):
        raise ConfigError(path, "fetch", "no tables", "write [fetch.NAME] and its keys below it")
    return fetches


def _fetch(fetch_id: str, table: dict[str, Any], path: Path, key: str) -> Fetch:
    if not FETCH_ID.fullmatch(fetch_id):
        raise ConfigError(path, key, "not a name for a source", "use small letters, digits, _ and -, at most 60")
    try:
        fetch = TypeAdapter(Fetch).validate_python({"fetch_id": fetch_id, **table})
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join([key, *(str(part) for part in first["loc"])])
        raise ConfigError(path, where, first["msg"], "correct the value or remove the key") from None
    needed, other = ("path", "address") if fetch.kind == "folder" else ("address", "path")
    if getattr(fetch, needed) is None or getattr(fetch, other) is not None:
        raise ConfigError(path, key, f"kind {fetch.kind!r} needs {needed} and no {other}", f"write {needed} = ...")
    return fetch


def _outlet_mend(slug: str) -> str:
    return f"add [sources.NAME] to {theatre_folder(slug) / FILE}, or leave it out: the host then says whose it is"
