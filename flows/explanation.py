"""What a person sees of an explanation: the row in words, what it rests on, and for a claim why each slot is so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from io import StringIO
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Column, Table
from rich.text import Text

from flows.terminal import day_words, out, printable
from transforms.claims.explanation import ClaimExplained, Mention
from warehouse.explain import Explanation

_STYLES = {"actor": "cyan", "place": "green", "date": "magenta"}
_FOREVER = date(9999, 12, 31)


def show_explanation(explanation: Explanation, reading: ClaimExplained | str | None = None) -> None:
    """The row and what it rests on; ``reading`` tells of a claim why it says what it says, or why that is unknown."""
    console = out()
    if console.is_terminal:
        console.print(_whole(explanation, reading))
        return
    # For files and pipes: of one width, without the blanks with which a table fills its lines.
    paper = Console(highlight=False, width=console.width, file=StringIO())
    paper.print(_whole(explanation, reading))
    print("\n".join(line.rstrip() for line in paper.file.getvalue().splitlines()))  # type: ignore[attr-defined]


def _whole(explanation: Explanation, reading: ClaimExplained | str | None) -> Group:
    row = explanation.row
    match explanation.kind:
        case "report":
            return Group(_title("report", row["report_id"], ""), _report(row))
        case "claim":
            [report] = explanation.rests_on
            parts: list[RenderableType] = [_title("claim", row["claim_id"], _claim_words(row)), _quote(row["quote"])]
            parts.append(_indented(_report(report.row)))
            if isinstance(reading, ClaimExplained):
                parts += _reading(reading)
            elif reading is not None:
                parts += ["", Text(printable(reading))]
            return Group(*parts)
    title = _title(explanation.kind, row["control_id" if explanation.kind == "control" else "event_id"], "")
    below = [_claim_below(claim) for claim in explanation.rests_on]
    hint = Text("why a claim says what it says: whoheld explain CLAIM", "dim")
    return Group(title, _facts(_control(row) if explanation.kind == "control" else _event(row)), *below, hint)


def _title(kind: str, row_id: str, words: str) -> Text:
    return Text.assemble((printable(f"{kind} {row_id}"), "bold"), (f"  {printable(words)}" if words else "", "bold"))


def _claim_words(row: Mapping[str, Any]) -> str:
    against = f" against {row['opponent_side']}" if row["opponent_side"] else ""
    sides = f", {row['actor_side']}{against}" if row["actor_side"] != "unknown" or against else ""
    return f"{row['claim_type'].replace('_', ' ')} at {row['place']}{sides}, {row['status']}, {_days(row)}"


def _days(row: Mapping[str, Any]) -> str:
    first, last = row["date_start"], row["date_end"]
    if first is None:
        return "on an unknown day"
    return day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"


def _quote(text: str) -> Padding:
    return _indented(Text(f"“{' '.join(printable(text).split())}”", "italic"))


def _indented(what: RenderableType, by: int = 2) -> Padding:
    return Padding(what, (0, 0, 0, by))


def _facts(facts: Iterable[tuple[str, object]]) -> Padding:
    """Names and values, a line each; what has no value is left out."""
    table = Table.grid(Column(style="dim", no_wrap=True), Column(overflow="fold"), padding=(0, 2, 0, 0))
    for name, value in facts:
        if value is not None and value != "":
            table.add_row(name, Text(printable(value)))
    return _indented(table)


def _control(row: Mapping[str, Any]) -> list[tuple[str, object]]:
    until = "on" if row["valid_to"] in (None, _FOREVER) else f"to {day_words(row['valid_to'])} (not included)"
    known = "" if row["known_to"] in (None, _FOREVER) else f" to {day_words(row['known_to'])}"
    confidence = f"{row['confidence']:.2f}" if row["confidence"] is not None else None
    return [
        ("place", f"{row['place']} ({row['place_id']})"),
        ("held by", row["holder_side"] or "nobody that we know of"),
        ("status", row["status"]),
        ("from", f"{day_words(row['valid_from'])} {until}"),
        ("known from", f"{day_words(row['known_from'])}{known}"),
        ("rule", row["rule_id"]),
        ("why", row["reason"]),
        ("basis", row["basis"]),
        ("confidence", confidence),
    ]


def _event(row: Mapping[str, Any]) -> list[tuple[str, object]]:
    sides = " from ".join(str(s) for s in (row["to_side"], row["from_side"]) if s)
    counts = f"{row['n_claims']} claims in {row['n_reports']} reports, {row['n_independent_sources']} independent"
    return [
        ("what", f"{row['claim_type'].replace('_', ' ')} at {row['place']} ({row['place_id']})"),
        ("sides", sides),
        ("when", _days(row)),
        ("told in", f"{counts}, {row['n_contradicting']} contradicting"),
        ("confidence", f"{row['confidence']:.2f}"),
    ]


def _report(row: Mapping[str, Any]) -> Padding:
    published = (
        f"{day_words(row['published_at'])} ({row['published_basis']})" if row["published_at"] else "an unknown day"
    )
    return _facts(
        [
            ("report", f"“{row['title']}”" if row["title"] else row["report_id"]),
            ("source", row["source_id"]),
            ("published", published),
            ("address", row["url"]),
            ("file", row["raw_path"]),
            ("near copy of", row["near_duplicate_of"]),
        ]
    )


def _claim_below(claim: Explanation) -> Group:
    row, [report] = claim.row, claim.rests_on
    said = f"{row['claimed_by']}, in " if row["claimed_by"] else ""
    where = f"{said}{report.row['source_id']}, {day_words(report.row['published_at'])}: {report.row['raw_path']}"
    return Group(
        "",
        Text.assemble((printable(row["relation"] or "tells"), "bold"), f"  {printable(_claim_words(row))}"),
        _quote(row["quote"]),
        _indented(Text(f"rule {row['rule_id']}  [{row['claim_id']}]", "dim")),
        _indented(Text(printable(where), "dim")),
    )


def _reading(read: ClaimExplained) -> list[RenderableType]:
    """The sentence with its mentions, and a line or more for every slot."""
    mentions, slots = _columns(), _columns()
    for mention in read.mentions:
        outside = "" if read.start <= mention.start < read.end else " (in another sentence)"
        words = Text(printable(" ".join(mention.text.split())), _STYLES[mention.kind])
        mentions.add_row(mention.kind, words, _means(mention, outside))
    for slot in read.slots:
        why = Text(printable(slot.why))
        if slot.by:
            why.append(f"  [{' › '.join(slot.by)}]", "dim")
        slots.add_row(slot.name, Text(printable(slot.value), "bold"), why)
    heading = f"sentence {read.sentence_no + 1}, characters {read.start} to {read.end}"
    return [
        "", Text(heading, "bold"), _indented(_marked(read)),
        "", Text("what is named in it", "bold"), _indented(mentions),
        "", Text(f"why each slot is as it is (rule {read.rule_id})", "bold"), _indented(slots),
    ]  # fmt: skip


def _columns() -> Table:
    return Table.grid(
        Column(style="dim", no_wrap=True), Column(ratio=3, overflow="fold"), Column(ratio=7, overflow="fold"),
        padding=(0, 2, 0, 0), expand=True,
    )  # fmt: skip


def _means(mention: Mention, outside: str) -> Text:
    return Text.assemble(printable(mention.meaning), (f"  {printable(mention.how)}{outside}", "dim"))


def _marked(read: ClaimExplained) -> Text:
    """The sentence with its mentions in colours and its trigger in bold, where colours can be seen."""
    text = Text(printable(read.sentence.replace("\n", " ")))
    for mention in read.mentions:
        if read.start <= mention.start < read.end:
            text.stylize(_STYLES[mention.kind], mention.start - read.start, mention.end - read.start)
    at = read.trigger_start - read.start
    text.stylize("bold underline", at, at + len(read.trigger))
    return text


def explanation_dict(explanation: Explanation, reading: ClaimExplained | str | None = None) -> dict[str, Any]:
    """The explanation as plain values for JSON; ``reading`` where it was read again, else ``unread`` in words."""
    below = [explanation_dict(e) for e in explanation.rests_on]
    told: dict[str, Any] = {}
    if isinstance(reading, ClaimExplained):
        told = {"reading": asdict(reading)}
    elif reading is not None:
        told = {"unread": reading}
    return {"kind": explanation.kind, **explanation.row, **told, "rests_on": below}
