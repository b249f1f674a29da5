"""The flow on real Prefect: what is published, what a second run does, and what a failure leaves behind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from configs.errors import ChecksFailed, ConfigError
from flows import pipeline as flow_module
from flows.pipeline import pipeline, run_pipeline
from flows.progress import told_to
from flows.summary import RunSummary
from tests.web_server import gives, serving
from tests.web_stubs import page, rss
from warehouse.ask import query, who

pytestmark = [pytest.mark.timeout(180), pytest.mark.usefixtures("prefect")]


def run(inbox: Path, home: Path, workers: int = 1) -> RunSummary:
    return run_pipeline([str(inbox)], home, "syria", workers)


def content(warehouse: Path) -> dict[str, Any]:
    """What a warehouse says, without what belongs to the run that made it."""
    left_out = {"reports": "exclude (landed_at, run_id)", "claims": "exclude (run_id)", "issues": "exclude (run_id)"}
    names = ("reports", "claims", "events", "control", "issues", "places")
    return {n: query(warehouse, f"select * {left_out.get(n, '')} from {n} order by all").rows for n in names}


def test_a_run_lands_reads_and_publishes_and_a_second_one_changes_nothing(inbox: Path, tmp_path: Path) -> None:
    home, told = tmp_path / "home", []
    with told_to(lambda step, done, total: told.append((step, done, total))):
        first = run(inbox, home)
    assert (first.landed.n_files, first.landed.n_reports, first.changed) == (2, 2, True)
    assert first.n_claims >= 2
    assert set(first.seconds) == {"land", "extract", "build", "check", "publish"}
    assert ("land", 2, 2) in told
    assert ("extract", 1, 1) in told
    assert who(first.warehouse, "Raqqa").holder_side == "sdf"
    before = first.warehouse.read_bytes()

    second = run(inbox, home)
    assert not second.changed
    assert (second.landed.n_known_files, second.landed.n_reports) == (2, 0)
    assert second.counts == {name: first.counts[name] for name in second.counts}
    assert first.warehouse.read_bytes() == before


@pytest.mark.slow
def test_batches_read_in_other_processes_give_the_same(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = run(inbox, tmp_path / "alone")
    monkeypatch.setattr(flow_module, "PARALLEL_FROM", 1)
    together = run(inbox, tmp_path / "together", workers=2)
    assert content(together.warehouse) == content(alone.warehouse)


def lake_bytes(home: Path) -> dict[str, bytes]:
    """What was read, file by file, without what belongs to the run."""
    files = [p for name in ("claims", "places_found") for p in (home / "lake" / name).rglob("*.parquet")]
    tables = {str(p.relative_to(home)): pq.ParquetFile(p).read() for p in files}
    return {
        name: table.drop_columns(["run_id"] if "run_id" in table.column_names else []).to_pandas().to_csv().encode()
        for name, table in tables.items()
    }


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_a_dask_cluster_of_two_workers_gives_the_same(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("prefect_dask")
    monkeypatch.setattr("warehouse.landing.REPORTS_PER_BATCH", 1)
    alone = run(inbox, tmp_path / "alone")
    monkeypatch.setenv("WHOHELD_DASK", "local")
    together = run(inbox, tmp_path / "together", workers=2)
    assert content(together.warehouse) == content(alone.warehouse)
    assert lake_bytes(tmp_path / "together") == lake_bytes(tmp_path / "alone")
    assert len(lake_bytes(tmp_path / "alone")) == 4


def test_a_cluster_that_cannot_be_meant_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHELD_DASK", "cluster")
    with pytest.raises(ConfigError, match=r"WHOHELD_DASK(.|\n)*tcp://HOST:PORT|prefect-dask is not installed"):
        flow_module.readers(2)


def test_bad_input_becomes_issues_and_the_rest_is_published(inbox: Path, tmp_path: Path) -> None:
    (inbox / "empty.txt").touch()
    (inbox / "torn.txt.gz").write_bytes(b"\x1f\x8b\x08\x00torn")
    summary = run(inbox, tmp_path / "home")
    assert summary.landed.n_reports == 2
    assert summary.n_issues >= 2
    assert all(issue.mend for issue in summary.issues)
    again = run(inbox, tmp_path / "home")
    assert not again.changed
    assert [(i.kind, i.n, i.n_new) for i in again.issues] == [(i.kind, i.n, 0) for i in summary.issues]


@pytest.mark.slow
def test_a_report_in_another_language_is_landed_and_not_read(tmp_path: Path) -> None:
    text = (
        "Les forces gouvernementales ont repris la ville mardi, ont déclaré des habitants, qui attendaient depuis "
        "des mois la réouverture de la route vers la capitale et le retour de leurs familles. "
    )
    (tmp_path / "2017-09-05_depeche.txt").write_text(text * 3, encoding="utf-8")
    summary = run(tmp_path / "2017-09-05_depeche.txt", tmp_path / "home")
    assert (summary.landed.n_reports, summary.n_read, summary.n_claims) == (1, 0, 0)
    assert [issue.kind for issue in summary.issues] == ["foreign_language"]


@pytest.mark.slow
def test_a_failed_check_publishes_nothing(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    published = run(inbox, home).warehouse
    before = published.read_bytes()
    (inbox / "2017-09-10_more.txt").write_text("Rebels captured the village of Kafr Nabl on Saturday, residents said.")

    def broken(*_: object) -> None:
        raise ChecksFailed("a promise is broken")

    monkeypatch.setattr("flows.tasks.check_built", broken)
    with pytest.raises(ChecksFailed, match="a promise is broken"):
        run(inbox, home)
    assert published.read_bytes() == before
    assert sorted(p.name for p in published.parent.iterdir()) == ["warehouse.duckdb"]
    monkeypatch.undo()
    assert run(inbox, home).changed


@pytest.mark.slow
def test_a_disk_that_recovers_is_tried_again(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows import tasks

    real, calls = tasks.put_live, []

    def full_once(*given: Any) -> Path:
        calls.append(given)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")
        return real(*given)

    monkeypatch.setattr(tasks, "put_live", full_once)
    monkeypatch.setattr(tasks.publish, "retry_delay_seconds", [0.0, 0.0])
    assert run(inbox, tmp_path / "home").warehouse.exists()
    assert len(calls) == 2


def test_a_configuration_error_writes_nothing(inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        pipeline([str(inbox)], home=str(tmp_path / "home"), theatre=str(tmp_path))
    assert not (tmp_path / "home").exists()


@pytest.mark.slow
def test_prefect_shows_readable_names_and_a_summary(inbox: Path, tmp_path: Path) -> None:
    from prefect.client.orchestration import get_client

    summary = run(inbox, tmp_path / "home")
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs()
        artifacts = client.read_artifacts()
    assert {(r.name, *r.tags) for r in runs} >= {("syria: inbox", "theatre:syria")}
    assert any(summary.run_id in str(a.data) for a in artifacts if a.key == "run-summary")


def test_sources_are_fetched_landed_and_shown_in_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect.client.orchestration import get_client

    home, text = (
        tmp_path / "home",
        "Rebels captured the village of Kafr Nabl on Monday, residents said. It is quiet now.",
    )
    home.mkdir()
    monkeypatch.setenv("WHOHELD_ALLOW_HOSTS", "127.0.0.1")
    with serving() as site:
        site.pages |= {
            "/rss": gives(rss(("Kafr Nabl", "/a", "05 Sep 2017", "")), "application/rss+xml"),
            "/a": gives(page("Kafr Nabl", text)),
        }
        quick = "politeness = { pause = 0, timeout = 1, tries = 1 }"
        (home / "sources.toml").write_text(
            f'[fetch.wire]\nkind = "feed"\noutlet = "reuters"\naddress = "{site.address}/rss"\n{quick}\n'
            f'[fetch.gone]\nkind = "feed"\naddress = "{site.address}/gone"\n{quick}\n'
        )
        summary = run_pipeline([], home, "syria", 1)
    assert [(h.name, h.status, h.n_new) for h in summary.sources] == [("gone", "failed", 0), ("wire", "news", 1)]
    assert (summary.landed.n_reports, summary.changed) == (1, True)
    assert ("sources", "2 (1 failed, 1 news)") in summary.lines()
    assert "source gone: the server answers 404" in summary.markdown()
    assert {issue.kind for issue in summary.issues} >= {"http_error"}
    rows = query(summary.warehouse, "select source_id, published_at::varchar, url from reports").rows
    assert rows == (("reuters", "2017-09-05", f"{site.address}/a"),)
    with get_client(sync_client=True) as client:
        tables = [a.data for a in client.read_artifacts() if a.key == "sources"]
    assert any("wire" in str(data) and "404" in str(data) for data in tables)


def test_a_run_over_paths_fetches_nothing_unless_asked(inbox: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "sources.toml").write_text('[fetch.wire]\nkind = "feed"\naddress = "http://10.0.0.1/rss"\n')
    assert run(inbox, home).sources == ()
    (health,) = run_pipeline([str(inbox)], home, "syria", 1, sources=True).sources
    assert (health.status, health.warning) == ("failed", "the host leads to the private address 10.0.0.1")
