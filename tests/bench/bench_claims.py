"""How fast claims are read, by stage; how that grows with a report's length and with the gazetteer.

``python -m tests.bench claims``. The named peer is ``dateparser.search.search_dates`` on the same texts: it finds their
dates and nothing else.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from configs.load import load_language, load_theatre
from configs.model import Theatre
from tests.bench.bench_dates import SENTENCES
from tests.bench.bench_places import synthetic
from transforms.claims import reader as reading
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report, ReportReader

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "deir_ez_zor"
CORPUS = Path(os.environ.get("WHOHELD_SHARED") or ROOT.parent / "shared") / "corpora" / "fakes.jsonl"
REPEATS = 5
FRAMES = (
    "Government forces captured the village of {0} from Islamic State on Tuesday, a monitoring group said.",
    "Rebels in {0} and {1} repelled an attack, and the road to {2} was cut.",
    "Warplanes struck {0} overnight.",
    "The alliance controls {0}, while {1} has been held by the opposition since July 2012.",
    "Fighters withdrew from {0} towards {1} after clashes near {2}.",
)


def sample(theatre: Theatre) -> list[Report]:
    """The shipped sample."""
    files = sorted(p for p in SAMPLE.iterdir() if p.is_file())
    reader = ReportReader(theatre, load_language(theatre.language))
    return [r for f in files for r in reader.read(f.read_bytes(), f.name).reports]


def written(names: Sequence[str], size: int, dice: random.Random) -> str:
    """A report of ``size`` characters about places of these names; two sentences in five claim something."""
    parts: list[str] = []
    length = 0
    for n in cycle(range(5)):
        if length >= size:
            return " ".join(parts)[:size]
        parts.append(dice.choice(FRAMES).format(*dice.choices(names, k=3)) if n < 2 else dice.choice(SENTENCES))
        length += len(parts[-1]) + 1
    raise AssertionError("cycle ends")


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """CPU seconds of the fastest of some repeats, after one to warm up."""
    work()
    times = []
    for _ in range(repeats):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return min(times)


@contextmanager
def stages(reader: ClaimReader) -> Iterator[dict[str, float]]:
    """Seconds by stage of what ``reader`` reads meanwhile; each stage without those that it calls."""
    spent: dict[str, float] = {}
    under: list[float] = []
    parts: list[tuple[Any, str, str]] = [
        (reading, "words", "words"), (reading, "sentences", "sentences"), (reader._actors, "find", "actors"),
        (reader._triggers, "find", "triggers"), (reader, "_place_mentions", "places"),
        (reader._dates, "read_with_issues", "dates"), (reader, "scene", "scene"), (reading, "read_frames", "frames"),
        (reader._modes, "read", "status"), (reading, "day_of", "days"), (reading, "claim_of", "claims"),
        (reading, "consolidate", "consolidation"),
    ]  # fmt: skip

    def timed(work: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            under.append(0.0)
            begun = perf_counter()
            try:
                found = work(*given, **named)
                return iter(list(found)) if isinstance(found, Iterator) else found
            finally:
                took = perf_counter() - begun
                spent[stage] = spent.get(stage, 0.0) + took - under.pop()
                if under:
                    under[-1] += took

        return run

    before = [(where, name, where.__dict__.get(name)) for where, name, _ in parts]
    for where, name, stage in parts:
        setattr(where, name, timed(getattr(where, name), stage))
    try:
        yield spent
    finally:
        for where, name, was in before:
            if was is None:
                delattr(where, name)
            else:
                setattr(where, name, was)


def by_stage(reader: ClaimReader, reports: Sequence[Report]) -> None:
    """Print the share of each stage."""
    begun = perf_counter()
    with stages(reader) as spent:
        for report in reports:
            reader.read(report)
    whole = perf_counter() - begun
    spent["the rest"] = whole - sum(spent.values())
    print("  " + ", ".join(f"{stage} {took / whole:.0%}" for stage, took in spent.items()))


def peer(texts: Sequence[str]) -> float | None:
    """CPU seconds that dateparser takes for the texts once it has loaded; None where it is not installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None
    search_dates("on Friday", languages=["en"])  # its first call loads them
    begun = process_time()
    for text in texts:
        search_dates(text, languages=["en"])
    return process_time() - begun


def rate(reader: ClaimReader, reports: Sequence[Report]) -> float:
    """Reports of 2 kB a second and core."""
    return sum(len(r.text) for r in reports) / 2048 / seconds(lambda: [reader.read(r) for r in reports])


def main() -> None:
    """Print reports of 2 kB a second and core with the stages' shares, then growth, then the ratio to the peer."""
    theatre, language = load_theatre("syria"), load_language("en")
    reader, reports = ClaimReader(theatre, language), sample(theatre)
    sets = {"the sample": reports}
    if CORPUS.exists():
        sets["real reports"] = list(ReportReader(theatre, language).read(CORPUS.read_bytes(), CORPUS.name).reports)
    for label, those in sets.items():
        print(f"{label:>14}: {rate(reader, those):6,.0f} reports of 2 kB a second and core ({len(those)} reports)")
        by_stage(reader, those)

    dice = random.Random(3)
    names = [p.name for p in theatre.places if p.kind in ("town", "village")][:300]
    print("one report of a length:")
    for kilobytes in (2, 20, 200, 500):
        long = replace(reports[0], text=written(names, kilobytes * 1024, dice))
        took = seconds(lambda long=long: reader.read(long), 3)  # type: ignore[misc]
        print(f"  {kilobytes:6,d} kB: {took / kilobytes * 2000:6.2f} ms for 2 kB, {took * 1000:7.1f} ms in all")

    print("a gazetteer of a size, with its names in the reports:")
    for size in (500, 5_000, 50_000):
        places = tuple(synthetic(size))
        large = ClaimReader(
            replace(theatre, places=places, admin1=tuple({p.admin1 for p in places if p.admin1})), language
        )
        known = [p.name for p in dice.sample(places, 300)]
        texts = [replace(reports[0], text=written(known, 2048, dice)) for _ in range(100)]
        found = sum(len(large.read(r).claims) for r in texts)
        print(f"  {size:6,d} places: {1000 / rate(large, texts):6.2f} ms for 2 kB, {found / 100:.1f} claims each")

    own = seconds(lambda: [reader.read(r) for r in reports[:10]])
    other = peer([r.text for r in reports[:10]])
    if other is not None:
        print(f"dateparser.search_dates alone takes {other / own:,.0f} times as long on the same texts")


if __name__ == "__main__":
    main()
