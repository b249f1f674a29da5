from __future__ import annotations

import json
from datetime import date

import pytest

from configs.load import load_language
from configs.model import Columns
from tests.landing_stubs import ARTICLE, theatre
from transforms.reports.documents import Reading, ReportReader, report_id, report_row
from transforms.reports.nearness import signature
from transforms.tables import REPORTS

THEATRE = theatre()
READER = ReportReader(THEATRE, load_language(THEATRE.language))
OTHER = "Rebels shelled the bridge at Ain Rumman twice before dawn, the mayor told reporters, and nobody was hurt."


def _read(text: str, name: str = "in/a.txt") -> Reading:
    return READER.read(text.encode(), name)


def test_a_plain_file_is_one_report_named_by_its_stem() -> None:
    [report] = _read(f"  {ARTICLE}\n\n{OTHER}\n", "in/2017-09-05.txt").reports
    assert report.text == f"{ARTICLE}\n\n{OTHER}"
    assert (report.doc_id, report.raw_path, report.lang) == ("2017-09-05", "in/2017-09-05.txt", "en")


def test_one_date_line_makes_one_report_and_its_text_follows_on_the_line() -> None:
    [report] = _read(f" date 2017-09-05 {ARTICLE}\n\n{OTHER}").reports
    assert (report.doc_id, report.published_at, report.published_basis) == ("a", date(2017, 9, 5), "header")
    assert report.text.startswith(ARTICLE[:30])


def test_many_date_lines_make_many_reports() -> None:
    reading = _read(f"date 2017-09-05\n{ARTICLE}\n\ndate 2017-09-06 {OTHER}\n")
    assert [(r.doc_id, r.published_at, r.raw_path) for r in reading.reports] == [
        ("a#1", date(2017, 9, 5), "in/a.txt#1"),
        ("a#2", date(2017, 9, 6), "in/a.txt#4"),
    ]
    assert [r.text for r in reading.reports] == [ARTICLE, OTHER]


def test_text_before_the_first_date_line_is_a_report_too() -> None:
    assert len(_read(f"{OTHER}\ndate 2017-09-05 {ARTICLE}").reports) == 2


JSONL = "\n".join(
    [
        json.dumps({"id": 7, "Date": "2017-09-05", "Headline": "Tal Nimr", "Body": ARTICLE, "Outlet": "ZNA"}),
        "",
        json.dumps({"doc_id": "x", "dct": "2017-09-06", "text": OTHER, "url": "https://www.gulfledger.example/x"}),
    ]
)


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "-"])
def test_json_lines_are_known_by_content_and_columns_by_usual_names(name: str) -> None:
    first, second = _read(JSONL, name).reports
    assert (first.doc_id, first.title, first.source_id, first.published_at) == (
        "7",
        "Tal Nimr",
        "zna",
        date(2017, 9, 5),
    )
    assert (second.doc_id, second.source_id, second.raw_path) == ("x", "gulf", f"{name}#3")
    assert (first.text, second.text) == (ARTICLE, OTHER)


def test_a_json_array_and_a_single_object_over_several_lines_are_read() -> None:
    entries = [{"text": ARTICLE, "date": "2017-09-05"}, {"text": OTHER}]
    assert len(_read(json.dumps(entries, indent=2), "a.json").reports) == 2
    assert len(_read(json.dumps(entries), "a.txt").reports) == 2
    [report] = _read(json.dumps(entries[0], indent=2), "a.txt").reports
    assert (report.doc_id, report.text) == ("a", ARTICLE)


@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), ("\t", "a.tsv"), (";", "a.csv"), ("|", "a.txt")])
def test_tables_are_read_whatever_divides_their_cells(delimiter: str, name: str) -> None:
    rows = [
        ["doc_id", "TEXT", "Source"],
        ["1", f'"{ARTICLE}\n\n{OTHER} ""so"""', "ZNA"],
        ["2", f'"{OTHER}"', "Desert Voice"],
    ]
    reading = _read("\r\n".join(delimiter.join(row) for row in rows) + "\r\n", name)
    assert [r.text for r in reading.reports] == [f'{ARTICLE}\n\n{OTHER} "so"', OTHER]
    assert [r.source_id for r in reading.reports] == ["zna", "desert-voice"]
    assert [r.raw_path for r in reading.reports] == [f"{name}#2", f"{name}#5"]
    assert not [i for i in reading.issues if i.kind != "no_date"]


def test_a_cell_may_hold_a_million_characters() -> None:
    text = "word " * 200_000
    [report] = _read(f'doc_id,text\n1,"{text}"\n', "a.csv").reports
    assert report.text == text


def test_a_theatre_may_name_its_own_columns() -> None:
    named = theatre(columns=Columns(text=("Inhalt",), published=("Tag",)))
    [report] = (
        ReportReader(named, load_language("en"))
        .read(f"Tag,Inhalt\n2017-09-05,{OTHER.replace(',', '')}\n".encode(), "a.csv")
        .reports
    )
    assert report.published_at == date(2017, 9, 5)


def test_prose_with_brackets_or_commas_is_no_table_and_no_json() -> None:
    for text in (f"[Tal Nimr] {ARTICLE}", f"{{sic}} {ARTICLE}", f"text, so he said, was lost. {ARTICLE}"):
        assert _read(text).reports[0].text == text


def test_exact_repeats_within_an_input_are_read_once() -> None:
    reading = _read(
        "\n".join(json.dumps({"id": n, "text": t}) for n, t in enumerate([ARTICLE, OTHER, ARTICLE.upper()]))
    )
    assert [r.doc_id for r in reading.reports] == ["0", "1"]
    assert reading.n_repeats == 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (f"HOMS, Sept 5 (ZNA) – {ARTICLE}", "zna"),
        (f"Homs ZNA-{ARTICLE}", "zna"),
        (f"Deir Ezzor, ZNA: {ARTICLE}", "zna"),
        (f"The Gulf Ledger\n5 September 2017\n{ARTICLE}", "gulf"),
        (f"{ARTICLE} {OTHER} {OTHER} {OTHER} (Gulf Ledger)", "gulf"),
        (f"{ARTICLE}\n--ZNA", "zna"),
        (f"A commander told Gulf Ledger that the hill was taken. {ARTICLE}", "gulf"),
        (f"HOMS, Sept 5 (Desert Voice) – {ARTICLE}", "desert-voice"),
        (ARTICLE, "unknown"),
    ],
)
def test_the_outlet_is_found_in_by_line_dateline_and_masthead(text: str, source: str) -> None:
    assert _read(text).reports[0].source_id == source


def test_report_ids_are_blind_to_white_space_case_quotes_and_line_ends() -> None:
    assert report_id("“It’s ours,” he said.\r\nTal  Nimr") == report_id('"It\'s ours" he said -\nTAL NIMR')
    assert report_id("Tal Nimr") != report_id("Tal Nimer")


def test_a_reports_row_keeps_the_contract_of_its_table() -> None:
    from datetime import UTC, datetime

    report = _read(ARTICLE).reports[0]
    row = report_row(report, signature(report.text), datetime(2020, 1, 1, tzinfo=UTC), "run")
    assert REPORTS.arrow([row]).num_rows == 1


def test_the_short_cut_for_ascii_gives_the_id_of_the_long_way() -> None:
    plain = "".join(map(chr, range(128)))
    assert report_id(plain) == report_id(plain + "–")
