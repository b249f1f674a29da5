"""Reading on a Dask cluster: of this machine, or one that is there already and shares the home folder."""

from __future__ import annotations

from typing import Any, cast

from prefect.futures import PrefectFuture
from prefect.task_runners import TaskRunner

from configs.errors import ConfigError

LOCAL = "local"


def dask(cluster: str, workers: int) -> TaskRunner[PrefectFuture[Any]]:
    """``cluster`` is the address of a scheduler (tcp://...), or ``local`` for as many processes as ``workers``.

    Raises ConfigError where prefect-dask is not installed or the address is none.
    """
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError:
        problem = "prefect-dask is not installed"
        raise ConfigError("environment", "WHOHELD_DASK", problem, "pip install 'whoheld[dask]', or unset it") from None
    if cluster == LOCAL:
        local = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
        return cast("TaskRunner[PrefectFuture[Any]]", DaskTaskRunner(cluster_kwargs=local))
    if "://" not in cluster:
        problem = f"{cluster!r} is no address"
        raise ConfigError("environment", "WHOHELD_DASK", problem, "write tcp://HOST:PORT, or local")
    return cast("TaskRunner[PrefectFuture[Any]]", DaskTaskRunner(address=cluster))
