"""Prefect's record of past runs: it grows with each, and a run that was killed stays in it as if it were running."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    ArtifactFilter,
    ArtifactFilterFlowRunId,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

OURS = FlowFilter(name=FlowFilterName(any_=["pipeline", "nightly", "maintenance", "backfill"]))
UNDER_WAY = (StateType.RUNNING, StateType.PENDING, StateType.SCHEDULED, StateType.CANCELLING)
ABANDONED = timedelta(days=1)
"""Beyond the age asked for: what did not end by then never will."""
PAGE = 100


def forget(before: datetime) -> int:
    """Remove the runs of our flows that ended ``before``, with their task runs, logs and artifacts, from the server in
    use; returns how many. Other flows' runs are left alone. Events Prefect removes by itself, after seven days."""
    ended = FlowRunFilter(end_time=FlowRunFilterEndTime(before_=before))
    never = FlowRunFilter(
        expected_start_time=FlowRunFilterExpectedStartTime(before_=before - ABANDONED),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(UNDER_WAY))),
    )
    with get_client(sync_client=True) as client:
        return _remove(client, ended) + _remove(client, never)


def _remove(client: SyncPrefectClient, old: FlowRunFilter) -> int:
    n = 0
    while runs := client.read_flow_runs(flow_filter=OURS, flow_run_filter=old, limit=PAGE):
        ids = [run.id for run in runs]
        of_runs = ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=ids))
        # Artifacts first: without their run nobody would find them again.
        while artifacts := client.read_artifacts(artifact_filter=of_runs, limit=PAGE):
            for artifact in artifacts:
                with suppress(ObjectNotFound):
                    client.delete_artifact(artifact.id)
        for flow_run_id in ids:
            with suppress(ObjectNotFound):
                client.delete_flow_run(flow_run_id)
        n += len(ids)
    return n


def mark_dead(flow_run_id: str | None) -> None:
    """Say of a run whose process died, as its lock tells, that it crashed; one that came to its end stays as it is."""
    if not flow_run_id:
        return
    with get_client(sync_client=True) as client, suppress(ObjectNotFound):
        state = client.read_flow_run(UUID(flow_run_id)).state
        if state is not None and state.type in UNDER_WAY:
            said = "its process died; the next run goes on with its work"
            client.set_flow_run_state(UUID(flow_run_id), Crashed(message=said), force=True)
