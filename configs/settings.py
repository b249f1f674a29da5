"""What a user may set without touching a theatre: where the data lies, which theatre, how many processes."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from configs.errors import ConfigError

WAIT = 600.0
"""Seconds that a run waits for another one that writes under the same home."""


def usable_cores() -> int:
    """The cores that this process may use, which in a container are fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _version() -> str:
    try:
        return version("whoheld")
    except PackageNotFoundError:
        return "0"


class Settings(BaseSettings):
    """Read from the environment: ``WHOHELD_HOME``, ``WHOHELD_THEATRE``, ``WHOHELD_WORKERS``, ``WHOHELD_WAIT``,
    ``WHOHELD_DASK``, ``WHOHELD_ALLOW_HOSTS``, ``WHOHELD_USER_AGENT``."""

    model_config = SettingsConfigDict(env_prefix="WHOHELD_", frozen=True, extra="ignore", env_ignore_empty=True)

    home: Path = Path("whoheld-data")
    theatre: str = "syria"
    wait: float = Field(default=WAIT, ge=0)
    workers: int = Field(default_factory=usable_cores, ge=1, le=1024)
    dask: str = ""
    """A Dask cluster to read on: the address of its scheduler, or ``local``; it shares the home folder."""
    allow_hosts: str = ""
    """Hosts, addresses and networks that may be fetched from although they are not public."""
    user_agent: str = Field(default=f"whoheld/{_version()}", pattern=r"^[!-~][ -~]{0,199}$")
    """What whoheld calls itself when it fetches; an address to write to is a courtesy."""


def load_settings() -> Settings:
    """The settings of this environment. Raises ConfigError naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "WHOHELD_" + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigError("environment", name, f"{first['input']!r}: {first['msg']}", f"set or unset {name}") from None
