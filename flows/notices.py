"""Events of silent sources, and automations that notice them and failed runs, and notify by a block of Prefect's.

The block holds whatever secret the notification needs: make one in Prefect (Slack, e-mail, ...), and name it as
WHOHELD_NOTIFY, such as ``slack-webhook/newsroom``. Without it the automations still show what happened.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from typing import cast

from prefect.automations import Automation
from prefect.events import emit_event
from prefect.events.actions import DoNothing, SendNotification
from prefect.events.schemas.automations import EventTrigger, Posture

from configs.errors import WhoheldError
from flows.sources.health import Health

SILENT = "whoheld.source.warning"
FAILED = ("prefect.flow-run.Failed", "prefect.flow-run.Crashed", "prefect.flow-run.TimedOut")


def tell_of_sources(health: Iterable[Health]) -> None:
    """An event for each source that failed, changed, or gives less than it used to."""
    for one in health:
        if one.warning:
            emit_event(
                SILENT,
                resource={"prefect.resource.id": f"whoheld.source.{one.name}", "prefect.resource.name": one.name},
                payload={"status": one.status, "warning": one.warning},
            )


def keep_automations() -> None:
    """Make the two automations on the server, or bring them up to date. Raises WhoheldError for an unknown block."""
    named = os.environ.get("WHOHELD_NOTIFY")
    for wanted in _automations(named):
        try:
            found = cast("Automation", Automation.read(name=wanted.name))
        except ValueError:
            wanted.create()
            continue
        found.trigger, found.actions, found.description = wanted.trigger, wanted.actions, wanted.description
        found.update()


def _automations(block: str | None) -> list[Automation]:
    runs = EventTrigger(expect=set(FAILED), posture=Posture.Reactive, threshold=1, within=timedelta(0))
    silent = EventTrigger(expect={SILENT}, posture=Posture.Reactive, threshold=1, within=timedelta(0))
    return [
        Automation(
            name="whoheld: a run failed", trigger=runs,
            description="A run failed or crashed; what was published before stays.",
            actions=[_notify(block, "A run of whoheld failed: {{ flow_run.name }}", "{{ flow_run.state.message }}")],
        ),
        Automation(
            name="whoheld: a source fell silent", trigger=silent,
            description="A source failed, changed, or gives less than it used to; the others go on.",
            actions=[
                _notify(block, "whoheld: {{ event.resource['prefect.resource.name'] }}", "{{ event.payload.warning }}")
            ],
        ),
    ]  # fmt: skip


def _notify(block: str | None, subject: str, body: str) -> DoNothing | SendNotification:
    if not block:
        return DoNothing()
    from prefect.blocks.core import Block

    try:
        document = cast("Block", Block.load(block))._block_document_id
    except ValueError as error:
        raise WhoheldError(
            f"WHOHELD_NOTIFY: there is no block {block!r}\n  to mend it: make it in Prefect's UI, or unset the variable"
        ) from error
    assert document is not None
    return SendNotification(block_document_id=document, subject=subject, body=body)
