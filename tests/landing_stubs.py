"""A theatre with two outlets and nothing else, for tests of reading."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from configs.model import Source, Theatre

SOURCES = (
    Source(source_id="zna", name="Zenobia News Agency", match=("ZNA", "zenobia.example")),
    Source(source_id="gulf", name="Gulf Ledger", date_order="mdy", match=("gulfledger.example",)),
)
ARTICLE = (
    "Government troops entered the village of Tal Nimr on Tuesday after the militants had left it, residents said. "
    "The road to the river was closed, and families who had fled in the night waited at the bridge for news of home."
)


def theatre(**changes: Any) -> Theatre:
    """The stub, with fields changed."""
    given: dict[str, Any] = {f.name: () for f in fields(Theatre)}
    given |= {"slug": "stub", "name": "Stub", "language": "en", "starts": date(2011, 1, 1), "sources": SOURCES}
    for name in ("columns", "rules"):
        given.pop(name)
    return Theatre(**(given | changes))
