"""From sentences to claims: who, whether, when, who says so, and one claim for one happening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from configs.load import load_language, load_theatre
from configs.model import Membership
from transforms.claims.claim import Claim
from transforms.claims.reader import ClaimReader
from transforms.claims.records import gold_record
from transforms.reports.documents import Report

DAY = date(2017, 9, 9)  # a Saturday


@pytest.fixture(scope="module")
def reader() -> ClaimReader:
    return ClaimReader(load_theatre("syria"), load_language("en"))


def report(text: str, source: str = "unknown") -> Report:
    return Report("r", "r", source, None, None, DAY, None, "metadata", None, "en", text, "", "r.txt")


def read(reader: ClaimReader, text: str, source: str = "unknown") -> tuple[Claim, ...]:
    return reader.read(report(text, source)).claims


def only(reader: ClaimReader, text: str, source: str = "unknown") -> Claim:
    claims = read(reader, text, source)
    assert len(claims) == 1, [(c.claim_type, c.place_text, c.rule_id) for c in claims]
    return claims[0]


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Rebels managed to capture Azaz.", "capture", "happened"),
        ("Rebels are battling to capture Azaz.", "offensive", "happened"),
        ("Rebels launched an assault to capture Azaz.", "offensive", "happened"),
        ("Rebels vowed to capture Azaz.", "offensive", "planned"),
        ("Rebels will capture Azaz.", "offensive", "planned"),
        ("Rebels failed to capture Azaz.", "repelled", "happened"),
        ("Rebels did not capture Azaz.", "capture", "denied"),
        ("Reports that rebels had captured Azaz were untrue.", "capture", "denied"),
        ("Rebels are said to have withdrawn from Azaz.", "withdrawal", "happened"),
    ],
)
def test_what_governs_a_verb_decides_whether_it_happened(
    reader: ClaimReader, text: str, kind: str, status: str
) -> None:
    claim = only(reader, text)
    assert (claim.claim_type, claim.status, claim.place_text) == (kind, status, "Azaz")


@pytest.mark.parametrize(
    "text",
    [
        "Rebels could capture Azaz.",
        "If rebels capture Azaz, the road is open.",
        "Fighters were accused of fleeing Azaz.",
        "The army captured 20 militants in Azaz.",
        "The road to Azaz was captured on film.",
        "Civilians left Azaz on Friday.",
        "Capturing Azaz has been one of the goals of the rebels.",
        "The rebels said that retaking it would open the road to Azaz.",
        "Talks about Azaz were held by the rebels.",
    ],
)
def test_what_may_be_or_is_no_taking_is_no_capture(reader: ClaimReader, text: str) -> None:
    assert [c for c in read(reader, text) if c.claim_type in ("capture", "withdrawal", "handover")] == []


def test_an_acronym_that_is_a_word_names_nobody_in_lower_case(reader: ClaimReader) -> None:
    assert only(reader, "IS captured Azaz.").actor_side == "isis"
    assert [c.actor_side for c in read(reader, "The town is captured. Azaz is calm.")] == []


def test_an_epithet_means_whoever_was_named_before_and_otherwise_its_default(reader: ClaimReader) -> None:
    assert only(reader, "The militants captured Azaz.").actor_side == "rebels"
    named = read(reader, "Islamic State shelled the border. The militants captured Azaz.")
    assert [c.actor_side for c in named if c.claim_type == "capture"] == ["isis"]


def test_an_outlets_own_epithets_mean_what_its_entry_says(reader: ClaimReader) -> None:
    theatre = load_theatre("syria")
    sana = next(s for s in theatre.sources if s.source_id == "sana")
    own = replace(theatre, sources=(replace(sana, epithets={"terrorists": "isis"}),))
    claim = only(ClaimReader(own, load_language("en")), "The terrorists captured Azaz.", "sana")
    assert claim.actor_side == "isis"


def test_an_actor_counts_to_the_side_that_it_was_on_at_the_time(reader: ClaimReader) -> None:
    theatre = load_theatre("syria")
    dated = (Membership("rebels"), Membership("turkey", date(2017, 1, 1)))
    actors = tuple(replace(a, sides=dated) if a.actor_id == "ahrar_al_sham" else a for a in theatre.actors)
    moved = ClaimReader(replace(theatre, actors=actors), load_language("en"))
    early = replace(report("Ahrar al-Sham captured Azaz."), published_at=date(2015, 1, 1))
    assert [c.actor_side for c in moved.read(early).claims] == ["rebels"]
    assert only(moved, "Ahrar al-Sham captured Azaz.").actor_side == "turkey"


def test_a_list_gives_a_claim_for_each_place_also_without_its_commas(reader: ClaimReader) -> None:
    for text in ("Rebels seized Azaz, Marea and Tel Rifaat.", "Rebels seized Azaz Marea and Tel Rifaat."):
        assert {c.place_text for c in read(reader, text)} == {"Azaz", "Marea", "Tel Rifaat"}


def test_ground_in_a_place_is_an_advance_there_and_no_capture(reader: ClaimReader) -> None:
    claim = only(reader, "Rebels captured several villages in Idlib province.")
    assert (claim.claim_type, claim.extent) == ("advance", "part")


def test_dates_are_those_beside_the_verb_or_else_the_day_of_publication(reader: ClaimReader) -> None:
    friday = only(reader, "Rebels captured Azaz on Friday.")
    assert (friday.date_start, friday.date_end, friday.date_basis) == (date(2017, 9, 8), date(2017, 9, 8), "relative")
    news = only(reader, "Rebels captured Azaz.")
    assert (news.date_start, news.date_basis) == (DAY, "published")
    plan = only(reader, "Rebels vowed to capture Azaz.")
    assert (plan.date_start, plan.date_basis) == (None, "unknown")


def test_a_state_dated_by_its_beginning_reaches_to_the_day_of_publication(reader: ClaimReader) -> None:
    claim = only(reader, "Azaz has been under rebel control since July 2012.")
    assert (claim.claim_type, claim.date_start, claim.date_end) == ("control", date(2012, 7, 1), DAY)


def test_the_claimant_is_kept_with_its_kind(reader: ClaimReader) -> None:
    monitor = only(reader, "Rebels captured Azaz, the Syrian Observatory for Human Rights said.")
    assert (monitor.claimed_by, monitor.attribution) == ("the Syrian Observatory for Human Rights", "monitor")
    assert only(reader, "Rebels captured Azaz.").attribution == "own_voice"


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("A source embedded with the SDF said rebels took Azaz.", {"Azaz": "A source embedded with the SDF"}),
        ("Rebels took Azaz, according to a spokesman for the group.", {"Azaz": "a spokesman"}),
        ("Rebels took Azaz, said an officer in the Syrian army.", {"Azaz": "an officer in the Syrian army"}),
        ("The regime claims to have recaptured Azaz, but rebels say fighting continues.", {"Azaz": "The regime"}),
        ("The Observatory said rebels had taken Morek, while state media reported that the army had entered Suran.",
         {"Morek": "The Observatory", "Suran": "state media"}),
        ("Rebels captured Morek, activists said, but the army said it still held Suran.",
         {"Morek": "activists", "Suran": "the army"}),
        ("The army has taken Morek, a military source told AFP, adding that troops had entered Suran.",
         {"Morek": "a military source", "Suran": "a military source"}),
        ("Rebels captured Morek, but the army said troops had entered Suran.", {"Morek": None, "Suran": "the army"}),
        ("Rebels denied that Saraqib had been captured by the army.", {"Saraqib": "Rebels"}),
    ],
)  # fmt: skip
def test_each_claim_of_a_sentence_has_its_own_claimant(
    reader: ClaimReader, text: str, claimants: dict[str, str | None]
) -> None:
    assert {c.place_text: c.claimed_by for c in read(reader, text, "unknown")} == claimants


def test_a_claim_against_the_claimants_own_side_is_marked(reader: ClaimReader) -> None:
    conceded = only(reader, "The army has withdrawn from Azaz.", "sana")
    assert conceded.against_interest
    assert not only(reader, "Rebels captured Azaz.").against_interest


def test_one_happening_told_twice_is_one_claim_with_the_clearest_quote(reader: ClaimReader) -> None:
    claim = only(reader, "Rebels have captured Azaz. Rebels captured the town of Azaz from IS on Friday.")
    assert (claim.date_start, claim.opponent_side) == (date(2017, 9, 8), "isis")


def test_background_with_its_own_date_stays_apart_from_the_news(reader: ClaimReader) -> None:
    claims = read(reader, "Rebels captured Azaz on Friday. IS captured Azaz in May 2015.")
    assert {(c.actor_side, c.date_start) for c in claims} == {("rebels", date(2017, 9, 8)), ("isis", date(2015, 5, 1))}


def test_a_failed_attack_is_one_claim(reader: ClaimReader) -> None:
    claims = read(reader, "IS launched an assault on Azaz. The rebels repelled an attack by IS on Azaz.")
    assert [c.claim_type for c in claims] == ["repelled"]


def test_a_place_that_no_gazetteer_has_is_kept_and_told(reader: ClaimReader) -> None:
    found = reader.read(report("Rebels captured the village of Umm Qulayb."))
    assert [c.place_text for c in found.claims] == ["Umm Qulayb"]
    assert [p.place_id for p in found.places_found] == [found.claims[0].place_id]
    assert [i.kind for i in found.issues] == ["unknown_place"]


def test_the_record_for_annotators_names_place_and_governorate(reader: ClaimReader) -> None:
    claims = read(reader, "Rebels captured Azaz on Friday.")
    record = gold_record("d", DAY, claims, {claims[0].place_id: ("Azaz", "Aleppo")})
    assert record["doc_id"] == "d"
    assert record["published"] == "2017-09-09"
    event = record["events"][0]
    assert (event["type"], event["place_canonical"], event["admin1"], event["date_start"]) == (
        "capture", "Azaz", "Aleppo", "2017-09-08",
    )  # fmt: skip


def test_a_date_that_stays_open_is_an_issue_of_the_report(reader: ClaimReader) -> None:
    open_ = replace(report("Rebels captured Azaz on 05/06/2016."), published_at=date(2016, 12, 1), source_id="nowhere")
    kinds = {(i.kind, i.report_id) for i in reader.read(open_).issues}
    assert ("ambiguous_date", "r") in kinds
    wrong = reader.read(report("Rebels captured Azaz on Monday 8 September 2017.")).issues
    assert ("weekday_disagrees", "r") in {(i.kind, i.report_id) for i in wrong}


def test_what_happened_beside_a_date_after_its_report_is_an_issue_and_does_not_take_that_date(
    reader: ClaimReader,
) -> None:
    found = reader.read(report("Rebels captured Azaz on 14 October 2018. Rebels plan to capture Afrin on 20 May 2019."))
    assert [c.date_start for c in found.claims if c.status == "happened"] == [DAY]
    (issue,) = found.issues
    assert (issue.kind, issue.report_id, issue.char_start) == (
        "dated_after_report",
        "r",
        len("Rebels captured Azaz on "),
    )
    assert "'14 October 2018' beside 'Rebels captured Azaz" in issue.found


def test_an_outlet_of_histories_is_read_against_its_own_running_date() -> None:
    theatre = load_theatre("syria")
    history = replace(theatre.sources[0], source_id="history", match=("history",), date_mode="narrative")
    told = ClaimReader(replace(theatre, sources=(history,)), load_language("en"))
    text = "In May 2013 the army besieged Qusayr. Rebels abandoned Qusayr in June of the same year."
    days = {c.claim_type: c.date_start for c in told.read(report(text, "history")).claims}
    assert days["withdrawal"] == date(2013, 6, 1)
