"""How fast places are found, and how that grows with the gazetteer: ``python -m tests.bench.bench_places``."""

from __future__ import annotations

import random
from time import perf_counter

from configs.model import Place
from tests.unit.place_fixtures import ADMIN1, FINDER, WORDS
from transforms.places.finder import PlaceFinder
from transforms.text import words

SYLLABLES = [
    "ba",
    "da",
    "fa",
    "ga",
    "ha",
    "ja",
    "ka",
    "la",
    "ma",
    "na",
    "qa",
    "ra",
    "sa",
    "ta",
    "wa",
    "za",
    "bi",
    "di",
    "ri",
    "mi",
    "su",
    "nu",
    "hu",
    "kur",
    "tal",
    "min",
    "dar",
    "sal",
    "mar",
    "bar",
    "hun",
    "zib",
]


def synthetic(count: int, seed: int = 1) -> list[Place]:
    """Places with names of two to four syllables, a third of them of two words."""
    rng = random.Random(seed)
    places = []
    for number in range(count):
        parts = [
            "".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).capitalize() for _ in range(1 + (rng.random() < 0.33))
        ]
        places.append(
            Place(place_id=f"x:{number}", name=" ".join(parts), kind="village", admin1=rng.choice(ADMIN1), country="SY")
        )
    return places


def report(rng: random.Random, names: list[str], size: int = 2000) -> str:
    """About ``size`` characters of plain words with a place name in every tenth."""
    plain = [
        "the",
        "forces",
        "said",
        "on",
        "that",
        "day",
        "fighters",
        "took",
        "positions",
        "near",
        "and",
        "after",
        "heavy",
        "clashes",
        "in",
    ]
    out: list[str] = []
    while sum(map(len, out)) + len(out) < size:
        out.append(rng.choice(names) if rng.random() < 0.1 else rng.choice(plain))
    return " ".join(out)


def main() -> None:
    """Print MB/s and ms a report for 500, 5,000 and 50,000 synthetic places and for the shipped gazetteer."""
    rng = random.Random(2)
    finders = {f"{n:,} places": PlaceFinder(synthetic(n), WORDS, ADMIN1) for n in (500, 5_000, 50_000)}
    for label, finder in {**finders, "shipped gazetteer": FINDER}.items():
        names = [place.name for place in finder.places[:500]]
        texts = [(text, words(text)) for text in (report(rng, names) for _ in range(200))]
        for text, tokens in texts[:20]:
            finder.find(text, tokens)
        start = perf_counter()
        found = sum(len(finder.find(text, tokens)) for text, tokens in texts)
        took = perf_counter() - start
        size = sum(len(text) for text, _ in texts)
        print(f"{label:>20}: {size / took / 1e6:6.2f} MB/s  {took / len(texts) * 1e3:.3f} ms a report  {found} found")


if __name__ == "__main__":
    main()
