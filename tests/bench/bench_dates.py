"""Throughput of the date stage: MB of news text per second and core, beside dateparser's search on the same texts."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from configs.date_language import read_date_lexicon
from transforms.dates.reader import DateReader

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = date(2017, 9, 9)
SENTENCES = (
    "Government forces pushed into the eastern outskirts on Thursday after heavy shelling, a monitoring group said.",
    "The town has been held by the opposition since July 2012 and was besieged in early 2014.",
    "At least 14 people were killed and dozens wounded, according to medics in the area.",
    "The commander told reporters that the road was cut and supplies no longer reached the garrison.",
    "Two days later the brigade withdrew towards the river, leaving vehicles and 122 mm shells behind.",
    "Residents described a night of strikes, and said the hospital had been hit twice.",
    "On August 6 the fighters took the artillery base, breaking a siege that had lasted three weeks.",
    "A spokesman denied the report and said that talks would resume next week in the capital.",
    "The village lies 25 km north of the city, on the M5 highway between two checkpoints.",
    "Aid convoys have not entered the district in recent months, the agency said in a statement.",
    "The alliance controls most of the province, including the dam and the air base near the lake.",
    "The brigade commander, who asked not to be named, said his men had been waiting for orders and ammunition.",
    "Aid workers described long queues outside the only bakery that still has flour and fuel for its ovens.",
    "State media denied that any aircraft had been lost and blamed armed groups for the fire in the depot.",
    "The road through the valley is the last one by which food and medicine can reach the besieged quarter.",
    "Several buildings near the central square collapsed, and rescuers dug through the rubble with their hands.",
    "Neither claim could be confirmed, and telephone lines to the quarter remained down because of the fighting.",
    "The defenders dug in along the ring road and covered the streets behind them with tarpaulins against snipers.",
    "Families who fled to the camp near the border said that shells had fallen on the only well of their village.",
    "An officer of the air defence was quoted as saying that the base would be held at any price.",
    "The group, which is allied with smaller factions, has lost ground in the desert and along the pipeline.",
    "Farmers have been unable to reach their fields, and prices of bread and diesel have risen sharply.",
    "Negotiators from both sides met at the crossing but left without an agreement on the wounded.",
    "Activists posted footage of tanks moving along the canal, which could not be verified independently.",
    "The alliance, backed by air power and artillery, has been closing in on the militants from three sides.",
    "Last year the army regained the suburb under an agreement, and the fighters left on buses.",
)


def texts(count: int, seed: int = 7) -> list[str]:
    """Reports of about 2 kB, made of own sentences with a header line."""
    dice = random.Random(seed)
    return [
        f"Saturday {dice.randint(1, 28)} Aug 2017\n" + " ".join(dice.choice(SENTENCES) for _ in range(20))
        for _ in range(count)
    ]


def best_rate(read: Callable[[str], object], reports: Sequence[str], rounds: int) -> float:
    """MB a second of CPU time, the best of ``rounds``."""
    size = sum(len(text.encode()) for text in reports) / 1e6
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for text in reports:
            read(text)
        best = min(best, time.process_time() - start)
    return size / best


def main() -> None:
    """Print the rates and the ratio; the peer is left out where it is not installed."""
    reader = DateReader(read_date_lexicon(ROOT / "configs" / "languages" / "en" / "dates.toml"))

    def read(text: str) -> object:
        return reader.read(text, PUBLISHED)

    reports = texts(400)
    ours = best_rate(read, reports, 5)
    found = sum(len(reader.read(text, PUBLISHED)) for text in reports)
    size = sum(map(len, reports))
    print(
        f"own texts:        {ours:7.2f} MB/s, {ours * 500:7.0f} reports of 2 kB/s, {found / size * 1000:.1f} dates a kB"
    )
    print(f"as narrative:     {best_rate(lambda text: reader.read(text, None), reports, 3):7.2f} MB/s")
    corpus = Path(os.environ.get("WHOHELD_SHARED") or ROOT.parent / "shared") / "corpora" / "fakes.jsonl"
    if corpus.exists():
        with corpus.open(encoding="utf-8") as lines:
            real = [json.loads(line)["text"] for line in lines]
        print(f"real reports:     {best_rate(read, real, 5):7.2f} MB/s")
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed: no ratio (pip install dateparser)")
        return
    settings = {"RELATIVE_BASE": datetime(2017, 9, 9), "PREFER_DATES_FROM": "past"}  # noqa: DTZ001
    search_dates("on Friday", languages=["en"], settings=settings)  # its first call loads the language
    peer = best_rate(lambda text: search_dates(text, languages=["en"], settings=settings), reports[:20], 1)
    print(f"dateparser search:{peer:7.4f} MB/s, {peer * 500:7.1f} reports of 2 kB/s")
    print(f"ratio:            {ours / peer:7.0f}")


if __name__ == "__main__":
    main()
