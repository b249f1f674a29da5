"""Who is told how far a run is. A flow's parameters are data, so a listener reaches it through the context."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and how much there is (0 where that is not known)."""

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Within this block progress is told to ``listener``."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def tell(step: str, done: int, total: int) -> None:
    """Tell whoever listens, if anyone does."""
    listener = _listener.get()
    if listener is not None:
        listener(step, done, total)
