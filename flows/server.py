"""Prefect's own server for the length of a run, where the user has not configured one.

Prefect would start one by itself, but talks about it on the terminal and prints tracebacks when it stops. Here it is a
child process that talks to a log file, starts while this process imports, and is stopped after everything has been
sent to it. Its database lies in the home folder: ``PREFECT_HOME=.../prefect prefect server start`` shows past runs.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from configs.errors import WhoheldError
from flows.progress import tell

START_SECONDS = 120.0
STOP_SECONDS = 10.0
LOOPBACK = "bring the loopback interface up (ip link set lo up), or let the sandbox or firewall pass 127.0.0.1"
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
}
SERVER_ONLY = {
    # Blocks are for a server that people configure; registering them costs seconds.
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",
    "PREFECT_SERVER_UI_ENABLED": "false",
    # The server lives for one run: nothing is late, scheduled or to be swept in that time.
    "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_FOREMAN_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
}


class ServerFailed(WhoheldError):
    """Prefect's own server did not start; the text says where its log lies."""


def configured_api() -> bool:
    """Whether the user has told Prefect which server to use, by environment, profile or ``prefect.toml``."""
    if os.environ.get("PREFECT_API_URL"):
        return True
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    profiles = _toml(home / "profiles.toml")
    active = os.environ.get("PREFECT_PROFILE") or profiles.get("active")
    profile = profiles.get("profiles", {}).get(active, {})
    return bool(profile.get("PREFECT_API_URL") or _toml(Path("prefect.toml")).get("api", {}).get("url"))


@contextmanager
def prefect_for(home: Path, port: int | None = None) -> Iterator[None]:
    """Within this block Prefect has a server, the user's or one that lives as long as the block, and keeps quiet.

    With a ``port`` it is a whole server, with pages to look at, schedules and automations: for ``whoheld serve``.
    The environment is set before Prefect is imported, so enter it first. Logs go to ``home/logs/prefect.log``.
    Raises ServerFailed.
    """
    logs = home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    environment = {**QUIET, "PREFECT_LOGGING_SETTINGS_PATH": str(_logging_config(logs))}
    if configured_api():
        with _environment(environment):
            yield
        return
    with (
        _environment({"PREFECT_HOME": str((home / "prefect").resolve()), **environment}),
        _server(logs, port) as address,
        _environment({"PREFECT_API_URL": address}),
        _no_heartbeats(),
        _everything_sent(),
    ):
        yield


@contextmanager
def _server(logs: Path, port: int | None) -> Iterator[str]:
    """Start the server and wait for it only once this process has imported Prefect; yields the address of its API."""
    database = Path(os.environ["PREFECT_HOME"]) / "prefect.db"
    template = _template()
    fresh = not database.exists()
    if fresh and not template.exists():
        tell("first start", 0, 0)
    _begin_with(template, database)
    with socket.socket() as listener, (logs / "prefect-server.log").open("ab") as log:
        _listen(listener, port or 0)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        child = subprocess.Popen(
            [sys.executable, "-m", "flows.server_child", str(listener.fileno()), "whole" if port else "short"],
            stdin=subprocess.PIPE, stdout=log, stderr=log, pass_fds=[listener.fileno()], start_new_session=True,
            env=os.environ | (_whole(address) if port else SERVER_ONLY) | {"PYTHONPATH": _packages()},
        )  # fmt: skip
    try:
        _await(child, address, logs)
    except BaseException:
        child.kill()
        child.wait()
        for part in database.parent.glob(f"{database.name}*") if fresh else ():
            part.unlink()  # half made
        raise
    try:
        _keep_template(database, template)
        yield address
    finally:
        _stop(child)


def _whole(address: str) -> dict[str, str]:
    """Settings of a server that people look at; its pages are unpacked beside its database."""
    pages = str(Path(os.environ["PREFECT_HOME"]) / "ui")
    return {
        "PREFECT_UI_API_URL": address,
        "PREFECT_UI_STATIC_DIRECTORY": pages,
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    }


def _listen(listener: socket.socket, port: int) -> None:
    """On loopback, tried out at once: what cannot be reached there would otherwise be waited for in vain."""
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        listener.listen(128)
        with socket.create_connection(listener.getsockname(), timeout=5):
            listener.accept()[0].close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ServerFailed(f"port {port} is taken\n  to mend it: choose another by --port") from error
        raise ServerFailed(
            f"127.0.0.1 cannot be reached ({error.strerror or error}), and Prefect's own server listens there.\n"
            f"  to mend it: {LOOPBACK}; `whoheld doctor` looks at all that a run needs"
        ) from error


def _packages() -> str:
    """The path on which the child finds this package, also where it is run out of a folder and not installed."""
    return os.pathsep.join(p for p in (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")) if p)


def _await(child: subprocess.Popen[bytes], address: str, logs: Path) -> None:
    """Wait until the server answers. The socket already listens, so one request waits for as long as it takes."""
    import httpx
    import prefect  # noqa: F401  (imported while the server starts: both take seconds)

    with suppress(httpx.HTTPError):
        if httpx.get(f"{address}/health", timeout=START_SECONDS, trust_env=False).status_code == 200:
            return
    state = "still starting" if child.poll() is None else f"ended with code {child.returncode}"
    raise ServerFailed(
        f"Prefect's own server did not start ({state}).\n  to mend it: look at {logs / 'prefect-server.log'}, "
        "or start one with `prefect server start` and set PREFECT_API_URL"
    )


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.stdin is not None:
        child.stdin.close()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


@contextmanager
def _everything_sent() -> Iterator[None]:
    """Events and logs are sent in the background: what is not sent before the server ends becomes noise at exit."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    try:
        yield
    finally:
        for worker in (EventsWorker, APILogWorker):
            worker.drain_all(timeout=STOP_SECONDS)


def _template() -> Path:
    """An empty database of this version of Prefect: making one takes ten seconds, copying it none."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return cache / "whoheld" / f"prefect-{version('prefect')}.db"


def _begin_with(template: Path, database: Path) -> None:
    database.parent.mkdir(parents=True, exist_ok=True)
    for half in database.parent.glob("*.part"):
        half.unlink(missing_ok=True)  # of a process that was killed while it copied
    if template.is_file() and not database.exists():
        part = database.with_suffix(f".{os.getpid()}.part")
        shutil.copyfile(template, part)
        part.replace(database)


def _keep_template(database: Path, template: Path) -> None:
    """Copy the fresh database before the first run is written to it; a cache that cannot be written is done without."""
    if template.exists():
        return
    part = template.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError, sqlite3.Error):
        template.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(part)) as target:
            if source.execute("SELECT count(*) FROM flow_run").fetchone() == (0,):
                source.backup(target)
        if part.stat().st_size:
            part.replace(template)
    part.unlink(missing_ok=True)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    _tell_prefect()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        _tell_prefect()


def _tell_prefect() -> None:
    """Prefect reads the environment when it is imported; where that has happened, it and its threads must look again.

    A thread that does not know the address starts a server of its own.
    """
    context = sys.modules.get("prefect.context")
    if context is not None:
        context.refresh_global_settings_context()


@contextmanager
def _no_heartbeats() -> Iterator[None]:
    """Nobody watches for missing heartbeats here, and their thread keeps a finished flow waiting for up to a second."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def _logging_config(logs: Path) -> Path:
    """Prefect's logging, as a file of its own form: to ``prefect.log`` and the API, nothing to the terminal."""
    file = {"class": "logging.handlers.RotatingFileHandler", "maxBytes": 5_000_000, "backupCount": 4,
            "filename": str((logs / "prefect.log").resolve()), "formatter": "line", "encoding": "utf-8",
            "delay": True}  # fmt: skip
    api = {"class": "prefect.logging.handlers.APILogHandler"}
    line = {"format": "%(asctime)s | %(levelname)-7s | %(name)s - %(message)s"}
    config = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"file": file, "api": api},
        "loggers": {
            "prefect": {"level": "INFO", "handlers": ["file"], "propagate": False},
            "prefect.extra": {"level": "INFO", "handlers": ["api", "file"], "propagate": False},
            "prefect.flow_runs": {"level": "NOTSET", "handlers": ["api"]},
            "prefect.task_runs": {"level": "NOTSET", "handlers": ["api"]},
            "prefect._internal": {"level": "ERROR", "handlers": ["file"], "propagate": False},
            "whoheld": {"level": "INFO", "handlers": ["file"], "propagate": False},
        },
        "root": {"level": "WARNING", "handlers": ["file"]},
    }
    path = logs / "logging.yml"  # JSON is YAML, too; Prefect fills in $NAMES, so a dollar sign is doubled
    path.write_text(json.dumps(config, indent=1).replace("$", "$$"), encoding="utf-8")
    return path.resolve()


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
