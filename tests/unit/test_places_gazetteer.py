"""The shipped gazetteer: every spelling leads to its place, and none to two places of one governorate."""

from __future__ import annotations

from pathlib import Path

import pytest

from configs.errors import ConfigError
from configs.gazetteer import COLUMNS, read_places
from configs.gazetteer_cut import Country, Cut, cut_rows, latin_names
from configs.model import Place
from tests.unit.place_fixtures import FINDER, PLACES
from transforms.text import words

KEPT = [place for place in PLACES if not place.place_id.startswith("gn:")]
HEADER = ",".join(COLUMNS)


def found(place: Place, name: str) -> bool:
    beside = {"governorate": ("{} province",), "district": ("the {} district",)}.get(
        place.kind, ("{}", "the town of {}", "the {} camp")
    )
    for form in (*beside, "{}", "the village of {}"):
        text = f"They entered {form.format(name)} yesterday."
        if any(place.place_id in (m.candidates or (m.place_id,)) for m in FINDER.find(text, words(text))):
            return True
    return False


def test_every_spelling_of_the_hand_kept_layer_finds_its_own_place() -> None:
    missed = [
        (place.place_id, name)
        for place in KEPT
        for name in (place.name.removesuffix(" Governorate"), *place.aliases)
        if not found(place, name)
    ]
    own = {(row.place_id, name) for row in read_kept_rows() for name in (row.name, *row.aliases)}
    assert not [pair for pair in missed if pair in own]


def read_kept_rows() -> list[Place]:
    """The hand-kept rows as they are written, without what they take over from GeoNames."""
    from configs.gazetteer import _rows

    return [place for _, place in _rows(Path("configs/theatres/syria/places.csv"))]


def test_no_loose_key_joins_two_places_of_one_governorate() -> None:
    by_id = FINDER.by_id
    for key, entry in FINDER.index.loose.items():
        for feature, numbers in entry.items():
            places = [FINDER.places[n] for n in numbers]
            for a in places:
                for b in places:
                    if a is not b and a.admin1 == b.admin1:
                        shared = {n.casefold() for n in (a.name, *a.aliases)} & {
                            n.casefold() for n in (b.name, *b.aliases)
                        }
                        cores = [set(e.get(feature, ())) for e in FINDER.index.exact.values()]
                        assert shared or any({FINDER.places.index(a), FINDER.places.index(b)} <= c for c in cores), key
    assert len(FINDER.index.refused) < 15
    assert all(place_id in by_id for _, ids in FINDER.index.refused for place_id in ids)


def test_the_theatre_is_covered() -> None:
    assert len(KEPT) >= 600
    assert sum(place.kind == "governorate" for place in KEPT) == 14
    assert {place.country for place in PLACES} >= {"SY", "IQ", "LB", "TR"}
    assert all(place.admin1 for place in PLACES if place.kind not in ("country", "river", "region", "road"))


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    (folder / "places.csv").write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("a,A,town,,,,,,,,,", "a,B,town,,,,,,,,,"), "place_id"),
        (("a,A,town,,,,,,nowhere,,,",), "parent"),
        (("a,A,town,,,,,,a,,,",), "parent"),
        (("a,A,town,,,,,,b,,,", "b,B,town,,,,,,c,,,", "c,C,town,,,,,,b,,,"), "parent"),
        (("a,A,castle,,,,,,,,,",), "kind"),
        (("a,A,town,,,99,,,,,,",), "lat"),
        (("a,A,town,Homs,SY,,,,,,,X", "b,B,town,Homs,SY,,,,,,,X"), "aliases"),
        (("a,A,town,Homs,SY,,,,,,,A",), "aliases"),
        (("a,A,town",), "line 2"),
    ],
)
def test_a_malformed_row_stops_with_file_line_and_key(tmp_path: Path, rows: tuple[str, ...], said: str) -> None:
    with pytest.raises(ConfigError, match=r"places\.csv") as raised:
        read_places(write(tmp_path, *rows))
    assert said in raised.value.key
    assert "line" in raised.value.key


def test_a_wrong_header_or_a_missing_file_stops(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="missing"):
        read_places(tmp_path)
    with pytest.raises(ConfigError, match="header"):
        read_places(write(tmp_path, header="id,name"))


def test_namesakes_in_two_governorates_are_allowed(tmp_path: Path) -> None:
    places = read_places(write(tmp_path, "a,Safa,village,Homs,SY,,,,,,,", "b,Safa,village,Hama,SY,,,,,,,"))
    assert [place.place_id for place in places] == ["a", "b"]


def test_a_hand_kept_row_takes_over_its_geonames_row(tmp_path: Path) -> None:
    write(tmp_path, "safa,Safa,town,Homs,SY,,,,,7,,As-Safa")
    (tmp_path / "geonames.csv").write_text(
        f"{HEADER}\ngn:7,As Safah,town,Homs,SY,34.5,36.5,1,,7,900,Safeh\n", encoding="utf-8"
    )
    (place,) = read_places(tmp_path)
    assert place.place_id == "safa"
    assert (place.lat, place.population) == (34.5, 900)
    assert set(place.aliases) == {"As-Safa", "As Safah", "Safeh"}


def test_the_cut_keeps_what_lies_in_the_theatre_under_its_names() -> None:
    city = {
        "geonameid": 1,
        "name": "Şafā",
        "latitude": 1.0,
        "longitude": 2.0,
        "countrycode": "SY",
        "population": 0,
        "alternatenames": ["Safa", "صفا", "XYZ", "Sapha"],
        "admin1code": "11",
    }
    cut = Cut(countries={"SY": Country(name="Syria", admin1={"11": "Homs"})})
    assert cut_rows(cut, [city, {**city, "countrycode": "FR"}, {**city, "admin1code": "99"}]) == [
        ["gn:1", "Safa", "town", "Homs", "SY", 1.0, 2.0, 1, "", 1, "", "Sapha"]
    ]
    assert latin_names("Dayr", ["دير"]) == ("Dayr", [])
