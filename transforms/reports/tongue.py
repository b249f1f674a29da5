"""The language a report is written in. A report counts as foreign only where the evidence is strong."""

from __future__ import annotations

from resiliparse.parse.lang import detect_fast

UNDETERMINED = "und"
LOOKED_AT = 4_000
"""Characters from the beginning that are looked at."""
FEW = 40
"""Letters below which nothing is told from a language's profile."""
NO_LIMIT = 1_000_000
FITS = 1_000
"""Rank above which no language fits: too little variety to tell, as where one sentence is repeated."""
BEYOND_LATIN = "\u036f"
LONG = 300
MARGINS = ((100, 100), (LONG, 60))
MARGIN = 45
"""By how many ranks another language must fit better: (characters below which, ranks), and for longer texts. Of 15,489
pieces of English reports full of Arabic names, 60 to 400 characters long, one is taken for another language with these;
a French or German paragraph is beaten by far more."""


def language_of(text: str, expected: str) -> str:
    """ISO 639-1 code: ``expected`` unless another language fits clearly better, 'und' for a text without letters."""
    sample = text[:LOOKED_AT]
    if not any(map(str.isalpha, sample)):
        return UNDETERMINED
    if len(sample) < LONG:
        letters = [c for c in sample if c.isalpha()]
        if len(letters) < FEW and sum(c > BEYOND_LATIN for c in letters) <= len(letters) // 2:
            return expected
    best, rank = detect_fast(sample, cutoff=NO_LIMIT)
    _, own = detect_fast(sample, cutoff=NO_LIMIT, langs=[expected])
    margin = next((ranks for below, ranks in MARGINS if len(sample) < below), MARGIN)
    foreign = best != "unknown" and rank < FITS and own - rank > margin
    return best if foreign else expected
