"""Claims in the form in which reports are annotated: one JSON record a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from transforms.claims.claim import Claim


def gold_record(
    doc_id: str, published: date | None, claims: Sequence[Claim], places: Mapping[str, tuple[str, str | None]]
) -> dict[str, Any]:
    """The claims of a report as annotators write them.

    ``places`` maps place_id to the place's name and its governorate, or its country where it lies in another one.
    """
    day = str(published) if published else None
    return {"doc_id": doc_id, "published": day, "events": [_event(c, places) for c in claims]}


def _event(claim: Claim, places: Mapping[str, tuple[str, str | None]]) -> dict[str, Any]:
    row = claim._asdict()
    name, admin1 = places.get(claim.place_id, (claim.place_text, None))
    return {
        "type": claim.claim_type,
        "status": claim.status,
        "place": claim.place_text,
        "place_canonical": name,
        "admin1": admin1,
        "actor": claim.actor_side,
        "actor_text": claim.actor_text,
        "opponent": claim.opponent_side,
        "opponent_text": claim.opponent_text,
        "date_start": str(claim.date_start) if claim.date_start else None,
        "date_end": str(claim.date_end) if claim.date_end else None,
        **{key: row[key] for key in ("date_basis", "claimed_by", "quote", "claim_id", "rule_id")},
    }
