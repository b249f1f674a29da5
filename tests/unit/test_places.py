"""Places are found whatever their spelling, read with the words around them, and told from what only looks like one."""

from __future__ import annotations

import pytest

from tests.unit.place_fixtures import FINDER, ids, mentions
from transforms.places.geometry import distance, offset
from transforms.places.names import loose
from transforms.text import words


@pytest.mark.parametrize(
    ("place_id", "spellings"),
    [
        ("deir_ez_zor", "Deir Ezzor|Deir ez-Zor|Deir al-Zor|Dayr az Zawr|Deir el-Zour|Deir Ezzour|DeZ"),
        ("hasakah", "Hasakah|Hasakeh|al-Hasakah|Hassakeh|Al-Hasaka|Hassake"),
        ("bab", "al-Bab|Al Bab|el-Bab|AL-BAB"),
        ("jisr_al_shughur", "Jisr al-Shughur|Jisr ash-Shughour|Jisr Al Shughour"),
        ("khan_shaykhun", "Khan Sheikhoun|Khan Shaykhun|Khan Sheikhun"),
        ("maarrat_al_numan", "Maarat al-Numan|Ma'arrat an-Nu'man|Maaret al Numan"),
        ("qaryatayn", "al-Qaryatayn|Qaryatain|al-Qaryatein"),
        ("homs.waer", "al-Waer|Alwaer|al-Wa'er"),
        ("tiyas_air_base", "T4 air base|Tiyas Air Base|T-4 airbase|T4 military airport"),
        ("omar_oil_field", "Omar oil field|al-Omar oil field|al-Omar oilfield|Omar field"),
        ("aleppo.castello_road", "Castello Road|Castello road|Castello highway"),
        ("tabqa_air_base", "Tabqa airbase|Tabaqa airport|Tabqa military airport"),
    ],
)
def test_spellings_of_one_place_find_it(place_id: str, spellings: str) -> None:
    for spelling in spellings.split("|"):
        assert ids(f"The convoy stopped at {spelling} before dawn.") == [place_id], spelling


def test_a_province_is_not_the_city_of_that_name() -> None:
    city, province, countryside = mentions(
        "Shells fell on Idlib. Later all Idlib province and the Hama countryside were calm."
    )
    assert (city.place_id, city.area) == ("idlib", False)
    assert (province.place_id, province.kind, province.area, province.text) == (
        "idlib_governorate",
        "governorate",
        True,
        "Idlib",
    )
    assert (countryside.place_id, countryside.area) == ("hama_governorate", True)
    assert ids("a farm in rural Damascus") == ["rif_dimashq_governorate"]
    assert ids("the northern countryside of Aleppo") == ["aleppo_governorate"]


def test_feature_words_are_part_of_a_name_or_of_its_kind() -> None:
    assert [m.text for m in mentions("They left the Omar oil field and the town of Manbij")] == [
        "Omar oil field",
        "Manbij",
    ]
    (silos,) = mentions("Fighting reached the Raqqa silos at noon")
    assert silos.provisional
    assert silos.text == "Raqqa silos"
    assert silos.near == "raqqa"
    assert silos.admin1 == "Raqqa"


def test_a_road_between_two_places_is_one_place() -> None:
    (road,) = mentions("They cut the Hasakah-Qamishli road at night")
    assert road.provisional
    assert (road.text, road.kind, road.admin1) == ("Hasakah-Qamishli road", "road", "Hasakah")
    assert ids("They cut the Salamiyah-Ithriya axis") == ["salamiyah_ithriya_road"]


def test_parts_and_surroundings_are_kept_beside_the_place() -> None:
    (east,) = mentions("They hold eastern Aleppo")
    assert (east.place_id, east.part, east.area) == ("aleppo", "eastern", False)
    (near,) = mentions("A post near Palmyra was hit")
    assert near.area
    assert near.part == "near"
    (ghouta,) = mentions("A truce in Eastern Ghouta held")
    assert (ghouta.place_id, ghouta.text) == ("eastern_ghouta", "Eastern Ghouta")


def test_lost_apostrophes_and_articles_leave_the_span_right() -> None:
    text = "It lies on Aleppos outskirts; Syria's Idlib and al-Bab were calm."
    found = mentions(text)
    assert [m.text for m in found] == ["Aleppo", "Syria", "Idlib", "al-Bab"]
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    "text",
    [
        "President Bashar al-Assad met Mr Hassan in March.",
        "Jaish al-Islam and Ahrar al-Sham fought the Syrian Democratic Forces.",
        "The Aleppo Media Centre and the Manbij Military Council said so.",
        "Is it true? As for the rest, Salt and Bar are words.",
        "Abu Omar al-Halabi spoke to the Russian envoy on Friday.",
        "Korean and Indian officials met a Roman bishop; casualties mount.",
        "the hama of the homs in lower case",
    ],
)
def test_people_groups_and_plain_words_are_no_places(text: str) -> None:
    assert ids(text) == []


def test_unknown_names_are_recognised_from_the_words_around() -> None:
    found = mentions(
        "Near Salamiyah they took the village of Umm Khashqa and Dorfan hill and villages of Zabta Mirsal and Kafr Lub."
    )
    unknown = {m.text: m for m in found if m.provisional}
    assert set(unknown) == {"Umm Khashqa", "Dorfan hill", "Zabta", "Mirsal", "Kafr Lub"}
    assert unknown["Dorfan hill"].kind == "hill"
    assert unknown["Umm Khashqa"].kind == "village"
    assert unknown["Dorfan hill"].place_id == "p:dorfan_hill@hama"
    assert {m.admin1 for m in unknown.values()} == {"Hama"}


def test_names_of_two_words_stay_whole_in_a_list_unless_the_text_has_lost_its_commas() -> None:
    found = mentions("On Sunday, they took the villages of Tam Hawa, Abu Lefeh and Umm Zahra.")
    assert [m.text for m in found if m.provisional] == ["Tam Hawa", "Abu Lefeh", "Umm Zahra"]


def test_a_small_namesake_abroad_needs_company_of_its_country() -> None:
    assert mentions("They took Tel al-Khadar.")[0].place_id == "p:tel_al_khadar@"
    assert ids("They marched into Ankara.") == ["ankara"]


def test_a_distance_and_direction_locate_an_unknown_place() -> None:
    text = "They took Dorfan hill 25km north of Deir Ezzor city."
    tokens = words(text)
    hill = FINDER.provisional(text, tokens, tokens.at(text.index("Dorfan")), tokens.at(text.index("hill")))
    centre = FINDER.by_id["deir_ez_zor"]
    assert hill.near == "deir_ez_zor"
    assert hill.admin1 == "Deir ez-Zor"
    assert hill.geo_prec == 2
    assert hill.lat is not None
    assert hill.lon is not None
    assert centre.lat is not None
    assert centre.lon is not None
    assert hill.lat > centre.lat
    assert abs(distance(hill.lat, hill.lon, centre.lat, centre.lon) - 25) < 0.1


def test_a_span_that_the_gazetteer_knows_does_not_become_provisional() -> None:
    text = "They entered Manbij."
    assert FINDER.provisional(text, words(text), 2, 3).place_id == "manbij"


def test_namesakes_are_told_apart_by_the_places_around() -> None:
    assert ids("In Homs, shells hit the Khalidiya district and Bab Hud.")[1] == "homs.khalidiya"
    assert ids("In Aleppo, shells hit the Khalidiya district and Bustan al-Basha.")[1] == "aleppo.khalidiya"


def test_transliterations_fold_alike_and_different_names_do_not() -> None:
    for alike in (
        "idlib idleb",
        "hasakah hassakeh hasaka",
        "sheikhoun shaykhun",
        "qaryatain qaryatayn",
        "zor zour zawr",
        "salamiyah salamieh salamiya",
    ):
        assert len({loose(name) for name in alike.split()}) == 1, alike
    for a, b in (
        ("daraa", "daraya"),
        ("hama", "homs"),
        ("salama", "salamiyah"),
        ("rastan", "rasatin"),
        ("kafr", "kafriya"),
    ):
        assert loose(a) != loose(b), (a, b)


def test_offsets_follow_the_sphere() -> None:
    assert offset(35.0, 40.0, 111.19, 0) == (36.0, 40.0)
    lat, lon = offset(35.0, 179.9, 50, 90)
    assert -180 <= lon < -179
    assert abs(lat - 35) < 0.01


def test_a_village_spelled_like_one_of_another_governorate_than_the_text_says_is_a_place_of_its_own() -> None:
    there = mentions("Fighters entered Qassiab in Hasakah province.")[0]
    assert (there.provisional, there.admin1) == (True, "Hasakah")
    assert ids("Fighters entered Kasab in Latakia province.")[0] == "kessab"
