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
        ("Idlib is controlled by rebels, among them a group which changed its name earlier this year.",
         {"Idlib": "2017-09-09"}),
        ("The Nusra Front changed its name in July and is taking part in an offensive on Morek that began on Friday.",
         {"Morek": "2017-09-08"}),
        ("After years of siege, the army reached the garrison on Tuesday, breaking the blockade of Palmyra.",
         {"Palmyra": "2017-09-05"}),
        ("Weeks after losing Palmyra, IS militants entered Tabqa.",
         {"Palmyra": "2017-08-13 2017-09-09", "Tabqa": "2017-09-09"}),
        ("In July 2014, a month after taking Mosul, IS seized Tabqa.",
         {"Mosul": "2014-06-01 2014-06-30", "Tabqa": "2014-07-01 2014-07-31"}),
        ("On Friday the army captured Manbij, a day after seizing Tabqa.",
         {"Manbij": "2017-09-08", "Tabqa": "2017-09-07"}),
        ("The army captured Manbij on July 6, two days after rebels left Tabqa.",
         {"Manbij": "2017-07-06", "Tabqa": "2017-07-04"}),
        # States that are over.
        ("ISIS controlled Raqqa from 2014 to 2016.", {"Raqqa": "2014-01-01 2016-12-31"}),
        ("Rebels held eastern Aleppo from 2012 until 2016.", {"Aleppo": "2012-01-01 2016-12-31"}),
        ("Madaya was under siege between July 2015 and April 2017.", {"Madaya": "2015-07-01 2017-04-30"}),
        ("Rebels held Daraya until August 2016.", {"Daraya": "2016-08-01 2016-08-31"}),
        ("By mid-January 2013 rebels controlled Raqqa.", {"Raqqa": "2013-01-11 2013-01-20"}),
        ("In 2014, ISIS controlled Raqqa.", {"Raqqa": "2014-01-01 2014-12-31"}),
        ("Rebel-held Douma was hit by a chemical attack in August 2013.", {"Douma": "2013-08-01 2013-08-31"}),
        ("Rebel-held Douma was hit by an air strike in August.", {"Douma": "2017-09-09"}),
        ("ISIS, which attacked Hajin in 2014, controls Raqqa.",
         {"Hajin": "2014-01-01 2014-12-31", "Raqqa": "2017-09-09"}),
        ("The army controls Palmyra for the first time since 2015.", {"Palmyra": "2017-09-09"}),
        # The year of which the text tells.
        ("Rebels captured Nawa on 9 June 2015. On 11 June they entered Inkhil.",
         {"Inkhil": "2015-06-11", "Nawa": "2015-06-09"}),
        ("The army recaptured Rastan on 6 November 2014, having lost it on 30 October.",
         {"Rastan": "2014-10-30; 2014-11-06"}),
        ("Rebels, who took Nawa on 9 June 2015, captured Inkhil on 7 September.",
         {"Inkhil": "2017-09-07", "Nawa": "2015-06-09"}),
        ("Rebels took Morek on 1 May 2015. Three days later they captured Inkhil.",
         {"Inkhil": "2015-05-04", "Morek": "2015-05-01"}),
        ("Rebels seized Morek and ten surrounding villages on September 2.", {"Morek": "2017-09-02"}),
        # Right behind its place.
        ("ISIS overran Tabqa on 25 January 2014, Manbij on 7 May and Hajin on 24 May.",
         {"Hajin": "2014-05-24", "Manbij": "2014-05-07", "Tabqa": "2014-01-25"}),
        ("In 2014 ISIS captured Tabqa (24 August), Manbij (23 January) and Hajin.",
         {"Hajin": "2014-01-01 2014-12-31", "Manbij": "2017-01-23", "Tabqa": "2017-08-24"}),
        ("The army besieged Aleppo in July. Rebels briefly broke the siege in August.",
         {"Aleppo": "2017-07-01 2017-09-09; 2017-08-01 2017-08-31"}),
        ("Rebels captured Azaz, the last town under Islamic State control, on Friday.", {"Azaz": "2017-09-08"}),
        ("The army captured Tabqa between 16 and 20 August.", {"Tabqa": "2017-08-16 2017-08-20"}),
        ("The army captured Tabqa on August 16-20.", {"Tabqa": "2017-08-16 2017-08-20"}),
        ("The army captured Tabqa on August 16 and Manbij on August 20.",
         {"Manbij": "2017-08-20", "Tabqa": "2017-08-16"}),
        ("The siege of Tabqa ended on 6 August.", {"Tabqa": "2017-08-06"}),
        ("The SDF declared the liberation of Tabqa.", {"Tabqa": "2017-09-09"}),
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
         {"Tabqa": "2015-05-01 2015-05-31; 2015-12-01 2015-12-31"}),
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
