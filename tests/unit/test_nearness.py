from __future__ import annotations

import random
from datetime import date, timedelta

from transforms.reports.nearness import PERMUTATIONS, near_duplicates, signature, signatures

WORDS = [f"word{n}" for n in range(2_000)]
DRAW = random.Random(7)


def _text(length: int = 200) -> str:
    return " ".join(DRAW.choices(WORDS, k=length))


def _edited(text: str, changes: int) -> str:
    words = text.split()
    for at in DRAW.sample(range(len(words)), changes):
        words[at] = "changed"
    return " ".join(words)


def test_a_signature_is_sixty_four_values_and_the_same_each_time() -> None:
    text = _text()
    assert signature(text) == signature(text)
    assert len(signature(text)) == PERMUTATIONS
    assert all(0 <= value < 2**32 for value in signature(text))
    assert signature("TAL NIMR: it’s quiet, now") == signature("tal nimr its quiet now")


def test_short_and_empty_texts_have_signatures_of_their_own() -> None:
    assert len({tuple(s) for s in signatures(["", "a", "a b", "b a", "a b c"])}) == 5


def test_edited_copies_are_grouped_under_the_earliest_and_others_stay_alone() -> None:
    first = _text()
    texts = [first, f"Agency copy. {first}", _edited(first, 4), _text(), _edited(first, 100)]
    days = [date(2017, 9, 6), date(2017, 9, 5), None, date(2017, 9, 5), date(2017, 9, 7)]
    ids = list("abcde")
    assert near_duplicates(ids, days, ids, signatures(texts)) == {"a": "b", "c": "b"}


def test_the_order_of_the_rows_changes_no_group() -> None:
    base = [_text(500) for _ in range(30)]
    texts = [_edited(base[n % 30], n % 3) for n in range(150)]
    rows = [(f"{n:03}", date(2017, 9, 1 + n % 20), f"outlet {n}", s) for n, s in enumerate(signatures(texts))]
    expected = near_duplicates(*map(list, zip(*rows, strict=True)))
    assert len(expected) == 120
    for _ in range(3):
        DRAW.shuffle(rows)
        assert near_duplicates(*map(list, zip(*rows, strict=True))) == expected


def test_many_copies_of_one_text_are_one_group() -> None:
    values = signatures([_text()]) * 3_000
    ids = [f"{n:05}" for n in range(3_000)]
    assert set(near_duplicates(ids, [None] * 3_000, ids, values).values()) == {"00000"}


def test_nothing_and_one_report_have_no_duplicates() -> None:
    assert near_duplicates([], [], [], []) == {}
    assert near_duplicates(["a"], [None], ["x"], [signature("a b c d")]) == {}


def test_a_daily_bulletin_on_one_pattern_is_not_one_report_of_many_weeks() -> None:
    pattern = _text()
    days = [date(2017, 9, 1) + timedelta(days=n) for n in range(40)]
    ids = [f"{day:%m%d}" for day in days]
    found = near_duplicates(ids, days, ["bulletin"] * 40, signatures(_edited(pattern, 2) for _ in days))
    assert found == {ids[n]: ids[n - n % 3] for n in range(40) if n % 3}


def test_what_others_copy_belongs_to_the_edition_of_its_day_however_late_it_comes() -> None:
    pattern = _text()
    rows = [("a", 1, "bulletin"), ("b", 2, "bulletin"), ("c", 3, "copier"), ("d", 9, "bulletin"), ("e", 25, "copier")]
    ids, days, outlets = zip(*rows, strict=True)
    found = near_duplicates(ids, [date(2017, 9, day) for day in days], outlets, signatures([pattern] * 5))
    assert found == {"b": "a", "c": "a", "e": "d"}
