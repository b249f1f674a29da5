"""Pictures of map and timeline: they say in words what they show, and the same warehouse draws the same."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from configs.errors import WhoheldError
from tests.lake_rows import CONFIG, THEATRE, claim, fill, report
from warehouse.publish import refresh
from warehouse.report.moment import Moment, read_moment
from warehouse.report.picture import footnote, in_words, write_picture
from warehouse.report.picture_map import box, free_spot, lines_of

COSTLY = "$x_1^{2}$ <b>&"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """South holds the port until north takes it on the 8th, by its own word; of the ford nobody knows where it lies."""
    reports = [report(f"r{n}", date(2020, 1, day)) for n, day in enumerate((5, 8, 9))]
    claims = [
        claim(reports[0], "control", "south"),
        claim(reports[1], "capture", "north", opponent_side="south"),
        claim(reports[2], "control", "south", place_id="p:ford"),
    ]
    found = [{"place_id": "p:ford", "report_id": "r2", "name": COSTLY, "kind": "unknown", "geo_prec": 6}]
    return refresh(fill(tmp_path_factory.mktemp("picture"), reports, claims, found), THEATRE, CONFIG).path


def holders(moment: Moment) -> dict[str, str | None]:
    names = {side.number: side.name for side in moment.sides}
    return {mark.name: names.get(-1 if mark.side is None else mark.side) for mark in moment.marks}


def test_a_moment_is_what_was_believed_of_its_day(published: Path) -> None:
    assert holders(read_moment(published)) == {"Port Élan": "North", COSTLY: "South"}
    assert holders(read_moment(published, date(2020, 1, 7))) == {"Port Élan": "South", COSTLY: None}
    then = read_moment(published, date(2020, 1, 9), date(2020, 1, 7))
    assert holders(then) == {"Port Élan": "South", COSTLY: None}
    assert in_words(then).startswith("Of 1 place of which anything is told: South 1")


def test_the_timeline_counts_places_from_each_day_on_which_that_changes(published: Path) -> None:
    moment = read_moment(published)
    number = {side.name: side.number for side in moment.sides}
    north, south = number["North"], number["South"]
    seen = [(day.day, row.get(north, 0), row.get(south, 0)) for day, row in moment.held if day.month == 1]
    assert seen == [(5, 0, 1), (8, 1, 0), (9, 1, 1)]
    assert moment.reports == {date(2020, 1, day): 1 for day in (5, 8, 9)}


def test_what_is_uncertain_is_said_in_words(published: Path) -> None:
    words = " ".join(in_words(read_moment(published)).split())
    assert words.startswith("Of 2 places of which anything is told: ")
    assert "1 not on the map, since nobody knows where" in words
    assert "3 reports by 1 outlets say, not what happened" in " ".join(footnote(read_moment(published), True).split())


@pytest.mark.slow
def test_pictures_are_drawn_and_are_the_same_again(published: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    png = write_picture(published, tmp_path / "a" / "map.png", date(2020, 1, 9), title=COSTLY)
    assert png.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    svg = write_picture(published, tmp_path / "map.svg", title=COSTLY)
    text = re.sub(r"<!--.*?-->", "", svg.read_text(encoding="utf-8"))
    assert "Of 2 places of which anything is told" in text
    assert "$x_1^{2}$ &lt;b&gt;&amp;" in text
    assert write_picture(published, tmp_path / "again.svg", title=COSTLY).read_bytes() == svg.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "again.svg", "map.svg"]


def test_a_day_of_which_nothing_is_told_is_refused_in_words(published: Path) -> None:
    with pytest.raises(
        WhoheldError, match=r"nothing is told of 2031-01-01\n  to mend it: choose a day from 2020-01-05"
    ):
        read_moment(published, date(2031, 1, 1))


def test_names_stay_inside_and_hide_nothing() -> None:
    frame = (0.0, 0.0, 100.0, 100.0)
    assert free_spot((50, 50), (20, 10), [], frame, 1) == (58, 45)
    assert free_spot((90, 50), (20, 10), [], frame, 1) == (62, 45)
    assert free_spot((50, 50), (20, 10), [(0, 0, 100, 100)], frame, 1) is None


def test_outer_rings_of_every_geometry_are_drawn() -> None:
    ring, hole = [[0, 0], [4, 0], [4, 4], [0, 0]], [[1, 1], [2, 1], [2, 2], [1, 1]]
    assert lines_of({"type": "Polygon", "coordinates": [ring, hole]}) == [ring]
    assert lines_of({"type": "MultiPolygon", "coordinates": [[ring, hole], [hole]]}) == [ring, hole]
    assert lines_of({"type": "LineString", "coordinates": ring}) == [ring]
    assert lines_of({"type": "MultiLineString", "coordinates": [ring, hole]}) == [ring, hole]
    assert box([(10, 20)]) == (9.75, 10.25, 19.75, 20.25)
