"""While BI tools read, the pipeline publishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bi.drivers import KINDS, NEEDED
from tests.bi.publishing import judge, trial


@pytest.mark.slow
def test_publications_fail_no_reader_and_show_none_a_half_state(tmp_path: Path) -> None:
    for module in NEEDED:
        pytest.importorskip(module)
    found = trial(tmp_path, 6, 4)
    assert judge(found) == []
    assert {one.kind for one in found.seen} == set(KINDS)
    assert len({one.reads[0]["fingerprint"] for one in found.seen}) > 3
    # Each reader holds at most one old file, and none once its connection is closed (else trial tells a fault).
    assert found.most_held <= 4
