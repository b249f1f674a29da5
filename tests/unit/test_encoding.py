from __future__ import annotations

import pytest

from configs.load import load_language
from tests.landing_stubs import ARTICLE, theatre
from transforms.reports.documents import ReportReader
from transforms.reports.encoding import clean
from transforms.reports.tongue import language_of

THEATRE = theatre()
READER = ReportReader(THEATRE, load_language(THEATRE.language))
QUOTED = ARTICLE + " “We’re staying – for now,” said the owner of the café Müller."
ARABIC = (
    "دخلت القوات الحكومية القرية يوم الثلاثاء بعد أن غادرها المسلحون كما قال السكان، وبقي الطريق إلى النهر مغلقا. " * 2
)
FRENCH = (
    "Les troupes gouvernementales sont entrées dans le village mardi après le départ des combattants, selon des gens. "
    "La route du fleuve est restée fermée et les familles qui avaient fui dans la nuit attendaient près du pont."
)
TURKISH = (
    "Hükümet birlikleri salı günü köye girdi ve silahlı gruplar geceleyin bölgeden çekildi, dedi köyün sakinleri. "
    "Nehre giden yol kapalı kaldı ve gece kaçan aileler köprünün başında evlerinden haber bekledi."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "utf-16-le", "utf-16-be"])
def test_english_is_read_in_every_encoding_without_loss(encoding: str) -> None:
    [report], issues = _read(QUOTED.encode(encoding))
    assert report.text == QUOTED
    assert issues == ["no_date"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "iso8859-6", "utf-16"])
def test_arabic_is_read_in_its_encodings_and_called_foreign(encoding: str) -> None:
    [report], issues = _read(ARABIC.replace("،", "").encode(encoding))
    assert report.text == ARABIC.replace("،", "").strip()
    assert (report.lang, issues) == ("ar", ["foreign_language", "no_date"])


def test_one_legacy_line_in_a_file_of_utf8_lines_is_read_in_its_own_encoding() -> None:
    lines = [f'{{"text": "{ARTICLE} café {n}"}}'.encode("cp1252" if n == 2 else "utf-8") for n in range(4)]
    reports, issues = _read(b"\n".join(lines))
    assert [r.text for r in reports] == [f"{ARTICLE} café {n}" for n in range(4)]
    assert "characters_lost" not in issues


def test_bytes_that_no_encoding_reads_are_counted() -> None:
    broken = f"{ARTICLE} “so” – “so”".encode().replace("–".encode(), b"\xff\xfe")
    [report], issues = _read(broken)
    assert "\ufffd" in report.text
    assert "characters_lost" in issues


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\n"])
def test_every_line_end_becomes_a_newline(end: str) -> None:
    [report], _ = _read(f"{ARTICLE}{end}{end}{ARTICLE[::-1]}".encode())
    assert report.text == f"{ARTICLE}\n\n{ARTICLE[::-1]}"


def test_cleaning_takes_out_what_cannot_be_seen_and_repeats_without_change() -> None:
    text, removed = clean("Tal\x00 Ni\xadmr\u200b\x07 e\u0301 \ud800 end\ttab")
    assert (text, removed) == ("Tal Nimr é \ufffd end\ttab", 4)
    assert clean(text) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "SDF took Shaddadi.",
        "Rebels seize hill near Latakia",
        "Al-Tabqah, Ayn Issa, Suluk, Tal Abyad taken by YPG/YPJ & FSA brigades Liwa Thuwar ar-Raqqah, Jaysh al-Thuwar",
        "ZNA: Army retakes al-Mayadin, Abu Kamal, Khan al-Asal and Jisr al-Shughur.",
        ARTICLE,
    ],
)
def test_short_english_full_of_names_is_not_foreign(text: str) -> None:
    assert language_of(text, "en") == "en"


def test_other_languages_are_told() -> None:
    assert [language_of(t, "en") for t in (FRENCH, TURKISH, ARABIC, FRENCH * 5)] == ["fr", "tr", "ar", "fr"]
    assert language_of(FRENCH, "fr") == "fr"
    assert language_of("12 + 34 …", "en") == "und"
    assert language_of("The army captured Azaz on Friday. " * 200, "en") == "en"


def _read(data: bytes) -> tuple[list, list[str]]:  # type: ignore[type-arg]
    reading = READER.read(data, "a.txt")
    return list(reading.reports), sorted({issue.kind for issue in reading.issues})
