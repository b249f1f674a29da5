"""Days of publication read again with other knowledge: what that changes is told, and it may be interrupted."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from configs.load import load_theatre, theatre_folder
from flows.pipeline import run_pipeline
from flows.upkeep import run_backfill
from warehouse.ask import query, who
from warehouse.extraction import knowledge_hash
from warehouse.lake import Lake

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240), pytest.mark.usefixtures("prefect")]


@pytest.fixture
def wiser(tmp_path: Path) -> str:
    """The shipped theatre with a town in it that nobody knew."""
    folder = tmp_path / "wiser"
    shutil.copytree(theatre_folder("syria"), folder)
    places = folder / "places.csv"
    text = places.read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if not line.startswith("#"))
    row = {"place_id": "qalbarin", "name": "Qalbarin", "kind": "town", "admin1": "Raqqa", "country": "SY",
           "lat": "35.9", "lon": "39.0"}  # fmt: skip
    places.write_text(text.rstrip("\n") + "\n" + ",".join(row.get(name, "") for name in first.split(",")) + "\n")
    return str(folder)


def test_what_a_backfill_changes_is_told_and_published_once_everything_is_read(
    tmp_path: Path, wiser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.landing.REPORTS_PER_BATCH", 1)
    inbox, home = tmp_path / "inbox", tmp_path / "home"
    inbox.mkdir()
    (inbox / "2017-09-08_ford.txt").write_text(
        "The Syrian Democratic Forces captured the town of Qalbarin on Thursday."
    )
    (inbox / "2016-12-20_citadel.txt").write_text("The army captured the city of Aleppo from rebels on Monday.")
    run_pipeline([str(inbox)], home, "syria", 1)
    lake, before = Lake(home), Lake(home).published.read_bytes()
    provisional = query(lake.published, "select place_id from claims where place_text like '%Qalbarin%'").rows
    assert provisional[0][0].startswith("p:")

    changes, unread = run_backfill(date(2017, 1, 1), date(2017, 12, 31), None, home, wiser, 1, 0.0)
    assert (changes.n_batches, changes.gained, changes.lost, unread) == (1, 1, 1, 1)
    assert changes.control_rows is None
    assert lake.published.read_bytes() == before

    read = {p: p.stat().st_mtime_ns for p in lake.files("claims", {"config": knowledge_hash(load_theatre(wiser))})}
    changes, unread = run_backfill(None, None, None, home, wiser, 1, 0.0)
    assert (changes.n_batches, changes.gained, changes.lost, changes.kept, unread) == (2, 1, 1, 1, 0)
    assert changes.control_rows == (1, 1)
    assert {p: p.stat().st_mtime_ns for p in read} == read
    assert who(lake.published, "Qalbarin", date(2017, 9, 9)).holder_side == "sdf"
