"""Read theatres and languages strictly: what is missing, unknown or contradictory stops with file, key and mend."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError

from configs.errors import ConfigError
from configs.language import Language
from configs.model import MAIN, Actor, Columns, Epithet, Membership, Place, Rules, Side, Source, Theatre

CONFIGS = Path(__file__).parent
T = TypeVar("T")


def theatre_folder(slug_or_folder: str | Path) -> Path:
    """The folder of a shipped theatre, or the folder given. Raises ConfigError where there is none."""
    for folder in (CONFIGS / "theatres" / str(slug_or_folder), Path(slug_or_folder)):
        if (folder / "theatre.toml").is_file():
            return folder
    shipped = sorted(p.parent.name for p in (CONFIGS / "theatres").glob("*/theatre.toml"))
    raise ConfigError(
        str(slug_or_folder),
        "theatre",
        "no such theatre",
        f"name one of {', '.join(shipped)}, or a folder with a theatre.toml",
    )


@lru_cache(maxsize=4)
def load_theatre(slug_or_folder: str | Path) -> Theatre:
    """The theatre, cross-checked: every side, actor, parent and governorate that is named exists."""
    from configs.gazetteer import read_places

    folder = theatre_folder(slug_or_folder)
    head = _toml(folder / "theatre.toml")
    actors_file = folder / "actors.toml"
    table = _toml(actors_file)
    sides = tuple(
        _as(Side, {"side_id": k, **v}, actors_file, f"sides.{k}")
        for k, v in _table(table, "sides", actors_file).items()
    )
    actors = tuple(_actor(k, v, actors_file) for k, v in _table(table, "actors", actors_file).items())
    epithets = _as(tuple[Epithet, ...], table.get("epithets", []), actors_file, "epithets")
    heads = _as(dict[str, tuple[str, ...]], _table(table, "heads", actors_file), actors_file, "heads")
    _check_sides(sides, actors, epithets, actors_file)
    sources = _sources(folder / "sources.toml", {s.side_id for s in sides}, {a.actor_id for a in actors})
    places: tuple[Place, ...] = read_places(folder)
    given = {
        **head,
        "sides": sides,
        "actors": actors,
        "epithets": epithets,
        "armed_nouns": heads["regular"],
        "irregular_nouns": heads["irregular"],
        "common_names": heads.get("common", ()),
        "spellings": heads.get("spellings", ()),
        "articles_within": heads.get("within_names", ()),
        "group_words": heads.get("groups", ()),
        "sources": sources,
        "places": places,
    }
    given["columns"] = _as(Columns, head.get("columns", {}), folder / "theatre.toml", "columns")
    given["rules"], given["rule_sets"] = _rules(head.get("rules", {}), folder / "theatre.toml")
    return _as(Theatre, given, folder / "theatre.toml", "theatre")


@lru_cache(maxsize=4)
def load_language(slug: str) -> Language:
    """What the language ``slug`` knows: one lexicon per file of ``configs/languages/<slug>``."""
    folder = CONFIGS / "languages" / slug
    if not folder.is_dir():
        raise ConfigError(folder, "language", "no such language", "add the folder, or name another in theatre.toml")
    names = [name for name in Language.__dataclass_fields__ if name != "slug"]
    missing = [name for name in names if not (folder / f"{name}.toml").is_file()]
    if missing:
        raise ConfigError(
            folder, f"{missing[0]}.toml", "file is missing", "copy it from another language and translate it"
        )
    types = get_type_hints(Language)
    read = {name: _as(types[name], _toml(folder / f"{name}.toml"), folder / f"{name}.toml", name) for name in names}
    return Language(slug=slug, **read)


def config_hash(theatre: Theatre, language: Language) -> str:
    """16 hex digits that change whenever a fact or rule of the theatre or language does."""
    return sha256(f"{theatre!r}\x1f{language!r}".encode()).hexdigest()[:16]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(path, "file", "it is missing", "create it, or restore it from version control") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(path, "syntax", str(error), "mend the line named") from error


def _table(table: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    found = table.get(key)
    if not isinstance(found, dict) or not found:
        raise ConfigError(path, key, "the table is missing or empty", f"add a [{key}] table")
    return found


def _as(kind: type[T], value: Any, path: Path, key: str) -> T:
    return _validated(TypeAdapter(kind), value, path, key)


def _validated(adapter: TypeAdapter[T], value: Any, path: Path, key: str) -> T:
    try:
        return adapter.validate_python(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join([key, *(str(part) for part in first["loc"])])
        raise ConfigError(
            path, where, f"{first['msg']} (found {first['input']!r:.80})", "correct the value or remove the key"
        ) from error


def _actor(actor_id: str, table: Mapping[str, Any], path: Path) -> Actor:
    table = dict(table)
    if "side" in table:
        table["sides"] = [Membership(side=table.pop("side"))]
    return _as(Actor, {"actor_id": actor_id, **table}, path, f"actors.{actor_id}")


def _check_sides(sides: Sequence[Side], actors: Iterable[Actor], epithets: Iterable[Epithet], path: Path) -> None:
    known = {s.side_id for s in sides}
    for own in sides:
        together = () if own.together_as is None else (own.together_as,)
        for side in (*own.allies, *own.wary, *together, *own.backed_as, *own.backed_as.values()):
            _known(side, known, path, f"sides.{own.side_id}", "side")
    named: dict[str, str] = {}
    for actor in actors:
        for membership in actor.sides:
            _known(membership.side, known, path, f"actors.{actor.actor_id}.side", "side")
        days = [m.since for m in actor.sides]
        if not days or len(set(days)) != len(days):
            raise ConfigError(
                path,
                f"actors.{actor.actor_id}.sides",
                "on two sides on one day, or on none",
                "give each membership its own since",
            )
        for alias in actor.aliases:
            other = named.setdefault(alias.casefold(), actor.actor_id)
            if other != actor.actor_id:
                raise ConfigError(
                    path,
                    f"actors.{actor.actor_id}.aliases",
                    f"{alias!r} also names {other}",
                    "keep it with one of them",
                )
    for i, epithet in enumerate(epithets):
        for side in (*epithet.may_be, epithet.default):
            _known(side, known, path, f"epithets.{i}", "side")


def _sources(path: Path, sides: set[str], actors: set[str]) -> tuple[Source, ...]:
    table = _table(_toml(path), "sources", path)
    sources = tuple(_as(Source, {"source_id": k, **v}, path, f"sources.{k}") for k, v in table.items())
    for source in sources:
        if source.leaning is not None:
            _known(source.leaning, sides, path, f"sources.{source.source_id}.leaning", "side")
        for word, actor in source.epithets.items():
            _known(actor, actors, path, f"sources.{source.source_id}.epithets.{word}", "actor")
    return sources


def _rules(table: Mapping[str, Any], path: Path) -> tuple[Rules, tuple[tuple[str, Rules], ...]]:
    """The main rule set, and the further ones ``[rules.<name>]``, which have its values where they give none."""
    own = {key: value for key, value in table.items() if not isinstance(value, dict)}
    further = {key: value for key, value in table.items() if isinstance(value, dict)}
    if MAIN in further:
        raise ConfigError(path, f"rules.{MAIN}", "this is the name of the rules in [rules]", "give it another name")
    sets = tuple((name, _as(Rules, {**own, **more}, path, f"rules.{name}")) for name, more in sorted(further.items()))
    return _as(Rules, own, path, "rules"), sets


def _known(value: str, known: set[str], path: Path, key: str, kind: str) -> None:
    if value not in known:
        raise ConfigError(
            path, key, f"unknown {kind} {value!r}", f"use one of {', '.join(sorted(known))}, or define it first"
        )
