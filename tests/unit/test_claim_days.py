"""When the happening of a claim was: which date expression is its own, and what stands where none is."""

from __future__ import annotations

from datetime import date

import pytest

from configs.load import load_language, load_theatre
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report

DAY = date(2017, 9, 9)  # a Saturday


@pytest.fixture(scope="module")
def reader() -> ClaimReader:
    return ClaimReader(load_theatre("syria"), load_language("en"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # Counted from what is told beside it.
        ("This comes just days after the Syrian army (SAA) took Tabqa.", {"Tabqa": "2017-09-03 2017-09-09"}),
        ("The attack came two days after the army captured the town of Tabqa.", {"Tabqa": "2017-09-07"}),
        ("The army took Manbij a day after rebels fled Tabqa.", {"Manbij": "2017-09-09", "Tabqa": "2017-09-08"}),
        ("The raid came hours after the army took Palmyra.", {"Palmyra": "2017-09-09"}),
        ("Weeks after losing Palmyra, IS militants entered Tabqa.",
         {"Palmyra": "2017-08-13 2017-09-09", "Tabqa": "2017-09-09"}),
        ("In July 2014, a month after taking Mosul, IS seized Tabqa.",
         {"Mosul": "2014-06-01 2014-06-30", "Tabqa": "2014-07-01 2014-07-31"}),
        ("On Friday the army captured Manbij, a day after seizing Tabqa.",
         {"Manbij": "2017-09-08", "Tabqa": "2017-09-07"}),
        ("The army captured Manbij on July 6, two days after rebels left Tabqa.",
         {"Manbij": "2017-07-06", "Tabqa": "2017-07-04"}),
        # Another's.
        ("Ahrar al-Sham, formed in 2011, captured Azaz.", {"Azaz": "2017-09-09"}),
        ("The army captured Tabqa, founded in 1920.", {"Tabqa": "2017-09-09"}),
        ("ISIS seized Tabqa on Sunday, having captured Manbij in July.",
         {"Tabqa": "2017-09-03", "Manbij": "2017-07-01 2017-07-31"}),
        # Its own, of two.
        ("Rebels who seized Azaz in July 2012 entered Manbij on Friday.",
         {"Azaz": "2012-07-01 2012-07-31", "Manbij": "2017-09-08"}),
        ("On Thursday the army took Tabqa, and on Friday rebels withdrew from Manbij.",
         {"Tabqa": "2017-09-07", "Manbij": "2017-09-08"}),
        ("The army took Tabqa, which rebels had captured in 2014.", {"Tabqa": "2014-01-01 2014-12-31; 2017-09-09"}),
        ("Tabqa, held by the rebels since 2013, was captured by the army on Friday.",
         {"Tabqa": "2013-01-01 2017-09-09; 2017-09-08"}),
        ("The city of Deraa, cradle of the 2011 uprising, was retaken by the army in July 2017.",
         {"Deraa": "2017-07-01 2017-07-31"}),
        ("On Friday, the army, which lost it in 2014, retook Tabqa.", {"Tabqa": "2017-09-08"}),
        ("Rebels, on Friday, took Tabqa.", {"Tabqa": "2017-09-08"}),
        ("Tabqa was captured by Turkish-backed rebels on Friday.", {"Tabqa": "2017-09-08"}),
        ("The handover of Tabqa to the Syrian army took place on Friday.", {"Tabqa": "2017-09-08"}),
        ("The SDF broke into Manbij on June 6 after encircling it.", {"Manbij": "2017-06-06; none"}),
        ("Rebels took Deraa, the cradle of the 2011 uprising, on Friday after a siege, sources said.",
         {"Deraa": "2017-09-08"}),
        ("Tabqa fell to rebels in May 2015 and was retaken by the army in December.",
         {"Tabqa": "2015-05-01 2015-05-31; 2016-12-01 2016-12-31"}),
        # What is over.
        ("Rebels captured Helfaya on Friday. The town had been held by the army since 2013.",
         {"Helfaya": "2013-01-01 2013-12-31; 2017-09-08"}),
        # Of whoever spoke before.
        ("On Friday, sources claimed that the army entered Tabqa. According to the sources, it captured Manbij.",
         {"Tabqa": "2017-09-08", "Manbij": "2017-09-08"}),
        ("On Friday, sources claimed that the army entered Tabqa. The army captured Manbij.",
         {"Tabqa": "2017-09-08", "Manbij": "2017-09-08"}),
        # No day of its own.
        ("Talks began. Nobody spoke. All were silent. Rebels rested after the army captured Tabqa.", {"Tabqa": "none"}),
        ("The army had captured Tabqa.", {"Tabqa": "none"}),
        ("The army announced it had captured Tabqa.", {"Tabqa": "2017-09-09"}),
        ("The army recently captured Tabqa.", {"Tabqa": "none"}),
        ("When Daesh controlled Palmyra it held parades there.", {"Palmyra": "none"}),
        ("The army will capture Tabqa.", {"Tabqa": "none"}),
        # A plan lies ahead, a state goes on.
        ("The army will attack Tabqa on Monday.", {"Tabqa": "2017-09-11"}),
        ("IS has held Tabqa since August 2014.", {"Tabqa": "2014-08-01 2017-09-09"}),
        ("The two-year siege of Tabqa by the army goes on.", {"Tabqa": "2015-09-09 2017-09-09"}),
    ],
)  # fmt: skip
def test_a_claim_has_the_days_of_its_own_happening(text: str, days: dict[str, str], reader: ClaimReader) -> None:
    claims = reader.read(Report("r", "r", "unknown", None, None, DAY, None, "metadata", None, "en", text, "", "r.txt"))
    told: dict[str, list[str]] = {}
    for claim in claims.claims:
        found = " ".join(dict.fromkeys(str(d) for d in (claim.date_start, claim.date_end) if d)) or "none"
        told.setdefault(claim.place_text, []).append(found)
    assert {place: "; ".join(sorted(set(found))) for place, found in told.items()} == days
