"""Mailboxes, saved messages and channels: a report a message, with its day and whose it is."""

from __future__ import annotations

import json
from datetime import date
from email.message import EmailMessage

from configs.load import load_language
from tests.landing_stubs import ARTICLE, theatre
from tests.web_stubs import page
from transforms.reports.documents import Reading, ReportReader

THEATRE = theatre()
READER = ReportReader(THEATRE, load_language(THEATRE.language))
OTHER = "Rebels shelled the bridge at Ain Rumman twice before dawn, the mayor told reporters, and nobody was hurt."


def _read(data: bytes, name: str) -> Reading:
    return READER.read(data, name)


def _message(subject: str, text: str, html: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "The Desk <desk@zenobia.example>"
    message["Date"] = "Wed, 06 Sep 2017 01:30:00 +0300"
    message["Subject"] = subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text, charset="utf-8")
    if html:
        message.add_alternative(html, subtype="html")
    return message


def test_a_message_is_a_report_of_its_sender_on_its_own_day() -> None:
    [report] = _read(_message("Tal Nimr – entered", f"{ARTICLE} Café.").as_bytes(), "in/a.eml").reports
    assert report.text == f"{ARTICLE} Café."
    assert (report.title, report.source_id) == ("Tal Nimr – entered", "zna")
    assert (report.published_at, report.published_basis) == (date(2017, 9, 6), "metadata")


def test_a_mailbox_is_a_report_a_message_and_one_without_text_is_an_issue() -> None:
    picture = _message("Picture", "")
    picture.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    parts = [
        _message("One", ARTICLE),
        _message("Two", "", f"<p>{OTHER}</p>"),
        picture,
        _message("Four", "From here on it is quiet, it seems."),
    ]
    mailbox = b"".join(
        b"From desk@zenobia.example Tue Sep  5 10:00:00 2017\n"
        + m.as_bytes().replace(b"\nFrom here", b"\n>From here")
        + b"\n"
        for m in parts
    )
    reading = _read(mailbox, "in/list.mbox")
    assert [(r.title, r.text) for r in reading.reports] == [
        ("One", ARTICLE),
        ("Two", OTHER),
        ("Four", "From here on it is quiet, it seems."),
    ]
    assert [(i.kind, i.line) for i in reading.issues] == [("no_text", 3)]


def test_a_page_that_a_browser_saved_as_one_file_is_its_article() -> None:
    saved = _message(
        "Tal Nimr",
        "",
        page("Tal Nimr", ARTICLE, "2017-09-04"),
        Snapshot_Content_Location="https://www.gulfledger.example/x",
    )
    [report] = _read(saved.as_bytes(), "in/a.mhtml").reports
    assert (report.url, report.source_id, report.published_at) == (
        "https://www.gulfledger.example/x",
        "gulf",
        date(2017, 9, 4),
    )
    assert "Sections" not in report.text


def test_the_posts_of_a_channel_are_reports() -> None:
    posts = [
        {"id": 7, "type": "message", "date": "2017-09-05T10:00:00", "text": [ARTICLE, {"text": " So."}, 7]},
        {"id": 8, "type": "service", "date": "2017-09-05T10:00:00", "action": "join", "text": "joined"},
        {"id": 9, "type": "message", "date": "2017-09-06T10:00:00", "text": "", "photo": "x.jpg"},
        {"id": 10, "type": "message", "date": "2017-09-06T10:00:00", "text": OTHER}, "x",
    ]  # fmt: skip
    export = json.dumps({"name": "ZNA", "type": "public_channel", "messages": posts}, indent=1).encode()
    first, second = _read(export, "result.json").reports
    assert (first.text, first.source_id, first.doc_id, first.published_at) == (
        f"{ARTICLE} So.",
        "zna",
        "7",
        date(2017, 9, 5),
    )
    assert (second.text, second.published_time) == (OTHER, "10:00")
