"""How fast claims are read, by stage, and how that grows with length: ``python -m tests.bench.bench_claims``.

The named peer is ``dateparser.search.search_dates`` on the same texts: it finds their dates and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from configs.load import load_language, load_theatre
from transforms.claims.reader import ClaimReader
from transforms.reports.documents import Report, read_reports
from transforms.text import sentences, words

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "deir_ez_zor"
REPEATS = 5


def reports() -> list[Report]:
    """The shipped sample."""
    theatre = load_theatre("syria")
    files = sorted(p for p in SAMPLE.iterdir() if p.is_file())
    return [r for f in files for r in read_reports(f.read_bytes(), f.name, theatre).reports]


def seconds(work: Callable[[], object]) -> float:
    """The fastest of some repeats, after one to warm up."""
    work()
    times = []
    for _ in range(REPEATS):
        begun = perf_counter()
        work()
        times.append(perf_counter() - begun)
    return min(times)


def peer(texts: Sequence[str]) -> float | None:
    """Seconds that dateparser takes for the texts; None where it is not installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None
    begun = perf_counter()
    for text in texts:
        search_dates(text, languages=["en"])
    return perf_counter() - begun


def main() -> None:
    """Print reports of 2 kB a second and core, the shares of the stages, growth with length, the ratio to the peer."""
    reader = ClaimReader(load_theatre("syria"), load_language("en"))
    sample = reports()
    kilobytes = sum(len(r.text) for r in sample) / 1024
    whole = seconds(lambda: [reader.read(r) for r in sample])
    scene = seconds(lambda: [reader.scene(r) for r in sample])
    cut = seconds(lambda: [sentences(r.text, words(r.text)) for r in sample])
    print(f"claims        {kilobytes / 2 / whole:8,.0f} reports of 2 kB a second and core ({len(sample)} reports)")
    shares = {"words and sentences": cut, "names and dates": scene - cut, "frames": whole - scene}
    print("  " + ", ".join(f"{stage} {taken / whole:.0%}" for stage, taken in shares.items()))
    text = "\n".join(r.text for r in sample)
    for times in (1, 4, 16):
        long = replace(sample[0], text=(text * times)[: 16_384 * times])
        taken = seconds(lambda long=long: reader.read(long))  # type: ignore[misc]
        print(
            f"  one report of {len(long.text) // 1024:4d} kB: {taken / len(long.text) * 2048 * 1000:6.2f} ms for 2 kB"
        )
    other = peer([r.text for r in sample[:10]])
    if other is not None:
        own = seconds(lambda: [reader.read(r) for r in sample[:10]])
        print(f"  dateparser.search_dates alone takes {other / own:,.0f} times as long on the same texts")


if __name__ == "__main__":
    main()
