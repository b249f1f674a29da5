"""What a person sees: summaries, answers, explanations and tables. Text from reports is shown, never obeyed."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

from rich.cells import cell_len
from rich.console import Console, Group
from rich.markup import escape
from rich.table import Column, Table
from rich.text import Text

from flows.progress import told_to
from warehouse.ask import Answer, Result, Voice

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
STEPS = {
    "first start": "starting; this once, Prefect makes its database",
    "fetch": "fetching",
    "land": "landing",
    "extract": "reading",
    "build": "building",
    "check": "checking",
    "publish": "publishing",
}
SHOWN = 200


def out(at_least: int = 0) -> Console:
    """Standard output; where that is no terminal as wide as it takes, so that nothing is cut off in a file."""
    if sys.stdout.isatty():
        return Console(highlight=False)
    return Console(highlight=False, soft_wrap=True, width=max(120, at_least))


def printable(value: object) -> str:
    """``value`` as text without what could move a cursor, change colours or turn the reading direction."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", "" if value is None else str(value))


def as_json(value: Any) -> str:
    """One line of JSON; days as YYYY-MM-DD."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else str(value)


@contextmanager
def progress_bar(first: str) -> Iterator[None]:
    """Shows how far the run is while the block lasts, on standard error, only where that is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        bar.add_task(first, total=None)

        def show(step: str, done: int, total: int) -> None:
            (current,) = bar.tasks
            name = STEPS.get(step, step)
            if current.description != name:
                # Another task, since a total that is unknown cannot take the place of one that is known.
                bar.remove_task(current.id)
                bar.add_task(name, completed=done, total=total or None)
            else:
                bar.update(current.id, completed=done, total=total or None)

        with told_to(show):
            yield


def show_run(summary: Any) -> None:
    """What a run found, how long it took, and where the warehouse lies. ``summary`` is a flows.summary.RunSummary."""
    console = out()
    if not summary.changed:
        console.print("Nothing new: the published warehouse is up to date and was left as it is.")
    took = ", ".join(f"{step} {seconds:.1f}" for step, seconds in summary.seconds.items())
    for label, value in (*summary.lines(), ("seconds", took), ("warehouse", printable(summary.warehouse))):
        console.print(Text.assemble((f"{label:<14}", "dim"), value))
    show_issue_kinds(summary.issues)
    for health in summary.sources:
        if health.warning:
            console.print(Text(printable(f"source {health.name}: {health.warning}"), "yellow"))
    for warning in summary.warnings:
        console.print(Text(printable(f"warning: {_first_lines(warning)}"), "yellow"))


def _first_lines(warning: str) -> str:
    promise, *broken = warning.partition(": ")[2].splitlines()
    return f"{promise} ({broken[0].strip().removesuffix(', such as')})" if broken else promise


def show_checks(checks: Sequence[Any]) -> None:
    """What the doctor found, a line each, with what to do. ``checks`` are warehouse.health.Check."""
    colours = {"ok": "green", "warning": "yellow", "fault": "red"}
    console = out()
    for one in checks:
        line = Text.assemble((f"{one.state:<8}", colours[one.state]), f"{one.area}, {one.name}: ")
        console.print(line.append(" ".join(printable(one.found).split())))
        if one.state != "ok" and one.mend:
            console.print(Text(f"{'':8}to mend it: {printable(one.mend)}"))
    counts = Counter(one.state for one in checks)
    console.print(f"{counts['fault']} at fault, {counts['warning']} to look at, {counts['ok']} in order")


def show_issue_kinds(issues: Sequence[Any]) -> None:
    """Issues by kind, with an example and how to mend it. ``issues`` are flows.summary.IssueKind."""
    if not issues:
        return
    counts = (Column("all", justify="right"), Column("new", justify="right"))
    table = Table("issue", *counts, Column("such as", overflow="fold"), "to mend it", box=None)
    for one in issues:
        cells = (one.kind, f"{one.n:,}", f"{one.n_new:,}", one.example, one.mend)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    out().print(Group("", table))


def show_answer(answer: Answer) -> None:
    """Who held it, in words, with the quotes."""
    console = out()
    where = ", ".join(str(v) for v in (answer.place_kind, answer.admin1) if v)
    as_known = f", as known on {day_words(answer.known)}" if answer.known else ""
    console.print(Text(printable(f"{answer.place} ({where}) on {day_words(answer.on)}{as_known}"), "bold"))
    console.print(Text(printable(_holding(answer))))
    for voice in _first_of_each_role(answer.claims):
        console.print(_voice(voice))
    left = len(answer.claims) - len(_first_of_each_role(answer.claims))
    if left:
        console.print(Text(f"  and {left} more claims", "dim"))
    if answer.control_id:
        console.print(Text(f"the whole chain: whoheld explain {answer.control_id}", "dim"))
    if answer.others:
        others = "; ".join(f"{words} ({place_id})" for place_id, words in answer.others[:5])
        console.print(Text(printable(f"other places of that name: {others}"), "dim"))


def _first_of_each_role(voices: Sequence[Voice]) -> list[Voice]:
    """The first few voices of each role; the rest are a matter for ``explain``."""
    seen: Counter[str] = Counter()
    shown = []
    for voice in voices:
        seen[voice.role] += 1
        if seen[voice.role] <= _SHOWN:
            shown.append(voice)
    return shown


_SHOWN = 4


def _holding(answer: Answer) -> str:
    holder = answer.holder or answer.holder_side or "nobody that we know of"
    if answer.control_id is None:
        return f"Not known: {answer.reason}."
    sides = " and ".join(answer.sides)
    words = {
        "held": f"Held by {holder}",
        "besieged": f"Held by {holder}, under siege",
        "contested": f"Contested{': ' + sides if sides else ''}",
    }.get(answer.status, "Holder not known")
    span = f" from {day_words(answer.since)}" if answer.since else ""
    span += f" until {day_words(answer.until)} (not included)" if answer.until else " on"
    facts = [answer.basis, f"confidence {answer.confidence:.2f}" if answer.confidence is not None else None]
    facts.append(f"{answer.n_confirming} confirming, {answer.n_contradicting} contradicting")
    return f"{words}{span}; {', '.join(f for f in facts if f)}.\nWhy: {answer.reason} ({answer.rule_id})."


def _voice(voice: Voice) -> Group:
    said = f"{voice.claimed_by}, in {voice.source}" if voice.claimed_by else voice.source
    head = f"  {voice.role}: {voice.claim_type} by {voice.actor_side}, {voice.status}"
    head += f", {day_words(voice.evidence_on)}" if voice.evidence_on else ""
    tail = f"    {said}, published {day_words(voice.published_at)}  [{voice.claim_id}]"
    quote = " ".join(printable(voice.quote).split())
    return Group(Text(printable(head)), Text(f"    “{quote}”", "italic"), Text(printable(tail), "dim"))


def day_words(day: date | None) -> str:
    """17 October 2017."""
    return f"{day.day} {day:%B} {day.year:04d}" if day else "an unknown day"


def worth(value: object) -> bool:
    """Whether there is anything to show."""
    return value is not None and value != "" and not (isinstance(value, list | tuple) and len(value) == 0)


def answer_dict(answer: Answer) -> dict[str, Any]:
    """The answer as plain values for JSON."""
    return asdict(answer)


def show_result(result: Result, form: str) -> None:
    """Rows of a query as ``table`` (the first of them), ``csv`` or ``json`` (lines; all of them)."""
    # Programs get each value as it is; a terminal would obey it.
    plain = printable if sys.stdout.isatty() else str
    if form == "json":
        for row in result.dicts():
            print(plain(as_json(row)))
        return
    if form == "csv":
        import csv

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow([plain(name) for name in result.columns])
        writer.writerows([plain(_cell(v)) for v in row] for row in result.rows)
        return
    shown = [[printable(_cell(v)) for v in row] for row in result.rows[:SHOWN]]
    names = [printable(name) for name in result.columns]
    width = sum(max(map(cell_len, column)) + 3 for column in zip(names, *shown, strict=True)) + 1
    console = out(width)
    if width <= console.width:
        console.print(_table(names, shown), crop=False)
    else:
        # Too wide for this terminal: a row a block reads better than columns of three letters.
        for row in result.dicts()[:SHOWN]:
            show_row(row)
    more = (
        f"the first {SHOWN} of {len(result.rows):,} rows; --csv and --json give all" if len(result.rows) > SHOWN else ""
    )
    print(more or f"{len(result.rows):,} {'row' if len(result.rows) == 1 else 'rows'}", file=sys.stderr)


def _cell(value: Any) -> Any:
    return "" if value is None else as_json(value) if isinstance(value, list | dict) else value


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(*(Column(escape(name), no_wrap=True) for name in names))
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def show_row(row: Mapping[str, Any]) -> None:
    """One row, a line a column."""
    out().print(Group(*(Text(printable(f"{key}: {value}")) for key, value in row.items() if worth(value)), ""))


def printable_lines(text: str) -> str:
    """As :func:`printable`, with the line breaks kept."""
    return "\n".join(printable(line) for line in text.split("\n"))
