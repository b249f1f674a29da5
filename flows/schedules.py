"""What runs when: the live run, the nightly check and rebuild, the weekly maintenance; one process serves them.

``prefect.yaml`` says the same for a work pool; a test holds both together. Times are of a time zone, so that the
nightly run stays at its hour when clocks change; it lies outside the hours that are skipped or come twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from configs.errors import WhoheldError


@dataclass(frozen=True, slots=True)
class Plan:
    """A deployment: ``entrypoint`` is the flow as MODULE.NAME; home and theatre are added to ``parameters``.

    One that is due every so often counts in UTC and has no ``hour_of_day``: in a zone whose clocks change, Prefect
    leaves out the hour that comes twice.
    """

    name: str
    entrypoint: str
    cron: str
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)
    hour_of_day: bool = True


PLANS = (
    Plan(
        "live", "flows.pipeline.pipeline", "*/30 * * * *",
        "Fetch the sources, land what is new, read it, and publish the warehouse where it changed.", {"sources": True},
        hour_of_day=False,
    ),
    Plan(
        "nightly", "flows.upkeep.nightly", "15 4 * * *",
        "Look at every file of the lake, then build, check and publish anew.",
    ),
    Plan(
        "weekly", "flows.upkeep.maintenance", "45 5 * * 0",
        "Merge small files, and remove readings with knowledge that is no longer used.",
    ),
)  # fmt: skip


def check_timezone(name: str) -> str:
    """``name``, where it is a time zone. Raises WhoheldError."""
    if name not in available_timezones():
        raise WhoheldError(f"there is no time zone {name!r}\n  to mend it: name one as Europe/Berlin, or UTC")
    return name


def deployments(home: Path, theatre: str, timezone: str) -> list[Any]:
    """The plans as Prefect's deployments for ``prefect.serve``."""
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.types.entrypoint import EntrypointType

    made = []
    for plan in PLANS:
        module, _, name = plan.entrypoint.rpartition(".")
        made.append(
            getattr(import_module(module), name).to_deployment(
                plan.name,
                schedule=CronSchedule(cron=plan.cron, timezone=timezone if plan.hour_of_day else "UTC"),
                parameters={"home": str(home.resolve()), "theatre": theatre, **plan.parameters},
                description=plan.description,
                tags=[plan.name],
                entrypoint_type=EntrypointType.MODULE_PATH,
            )
        )
    return made


def serve(home: Path, theatre: str, timezone: str) -> None:
    """Serve the plans in this process, one run at a time, until it is told to stop. Needs a server."""
    import os
    import signal

    import prefect

    from flows.notices import keep_automations

    keep_automations()
    # Prefect may wait for ever when it is interrupted while a run begins; what it does when it is terminated ends.
    signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    prefect.serve(*deployments(home, theatre, timezone), limit=1, print_starting_message=False)
