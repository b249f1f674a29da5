"""Raw bytes to reports: forms, encodings, days of publication. Reading never raises; what fails becomes an issue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Report:
    """One article as published. ``report_id`` is the hash of its normalised text; spans count characters of ``text``."""

    report_id: str
    doc_id: str
    source_id: str
    url: str | None
    title: str | None
    published_at: date | None
    published_time: str | None
    published_basis: str | None
    published_in_metadata: date | None
    lang: str
    text: str
    raw_hash: str
    raw_path: str
