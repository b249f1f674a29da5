"""Near-duplicates: MinHash signatures of texts, and the groups that they fall into.

Broder, A. (1997), On the resemblance and containment of documents; banding after Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, ch. 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from rensa import RMinHash

PERMUTATIONS, SEED, SHINGLE = 64, 20170905, 3
SIMILAR = 0.8
"""Estimated Jaccard similarity of word shingles from which two reports are near-duplicates (standard error 0.05)."""
BANDS = 16
"""Of four values each: a pair at 0.8 is looked at with probability 0.9998, one at 0.5 with 0.64."""
NEIGHBOURS = 8
"""Within a bucket each row is compared with its next ones and the first: time stays linear in large buckets."""
PIECE = 100_000
"""Pairs compared at a time, which bounds the memory."""
EDITION_DAYS = 2
"""An outlet's text that is nearly the same so many days after its first one is no update of it but a new edition, such
as a bulletin that is written from day to day on one pattern."""

_WORD = re.compile(r"\w+")


def signature(text: str) -> list[int]:
    """The 64 unsigned 32-bit MinHash values of ``text``, over its word triples; blind to case and punctuation."""
    return signatures([text])[0]


def signatures(texts: Iterable[str]) -> list[list[int]]:
    """``signature`` of each text, faster than one by one."""
    return RMinHash.digests_from_token_sets([_shingles(text) for text in texts], PERMUTATIONS, SEED)  # type: ignore[no-any-return]


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text.lower().replace("'", "").replace("\u2019", ""))
    if len(words) < SHINGLE:
        return [" ".join(words)]
    return [f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]


def near_duplicates(
    ids: Sequence[str],
    days: Sequence[date | None],
    outlets: Sequence[str],
    values: Sequence[Sequence[int]] | np.ndarray,
) -> Mapping[str, str]:
    """report_id → report_id of the first report of its group, for every report that is not itself the first.

    ``values`` are the signatures, one row a report (n × 64). The order of the rows changes nothing: the first is that
    with the earliest day (unknown days last), then the smallest id. What is near a member is in the group, except that
    a later edition by the outlet of the first opens a group of its own, to which the copies of its days belong.
    """
    if len(ids) < 2:
        return {}
    order = sorted(range(len(ids)), key=lambda i: (days[i] is None, days[i] or date.min, ids[i]))
    rows = np.ascontiguousarray(np.asarray(values, dtype=np.uint32)[order])
    parent = np.arange(len(order))
    for one, other in _near(rows):
        a, b = _root(parent, one), _root(parent, other)
        if a != b:
            parent[max(a, b)] = min(a, b)
    first_of: dict[int, int] = {}
    found = {}
    for position in np.flatnonzero(parent != np.arange(len(order))).tolist():
        root = _root(parent, position)
        first, this = first_of.setdefault(root, order[root]), order[position]
        if outlets[this] == outlets[first] and _later_edition(days[first], days[this]):
            first_of[root] = this
        else:
            found[ids[this]] = ids[first]
    return found


def _later_edition(first: date | None, this: date | None) -> bool:
    return first is not None and this is not None and (this - first).days > EDITION_DAYS


def _near(rows: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of row numbers whose estimated similarity reaches SIMILAR, among those that share a band."""
    width = rows.shape[1] // BANDS
    found: list[np.ndarray] = []
    for band in range(BANDS):
        part = np.ascontiguousarray(rows[:, band * width : (band + 1) * width])
        bands = part.view(np.dtype((np.void, part.dtype.itemsize * width))).ravel()
        _, keys = np.unique(bands, return_inverse=True)
        by_key = np.argsort(keys, kind="stable")
        keys = keys[by_key]
        begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        first = np.repeat(begins, np.diff(np.r_[begins, len(keys)]))
        places = np.arange(len(keys))
        for before in (first, *(places - step for step in range(1, NEIGHBOURS + 1))):
            pair = (before >= first) & (before < places)
            found.append(_similar(rows, by_key[before[pair]], by_key[places[pair]]))
    pairs = np.unique(np.concatenate(found), axis=0)
    return [(int(a), int(b)) for a, b in pairs]


def _similar(rows: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    pieces = ((left[at : at + PIECE], right[at : at + PIECE]) for at in range(0, len(left), PIECE))
    keep = [(rows[a] == rows[b]).mean(axis=1) >= SIMILAR for a, b in pieces]
    mask = np.concatenate([np.empty(0, dtype=bool), *keep])
    return np.stack([left[mask], right[mask]], axis=1)


def _root(parent: np.ndarray, position: int) -> int:
    while parent[position] != position:
        parent[position] = parent[parent[position]]
        position = parent[position]
    return int(position)
