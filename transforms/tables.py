"""The table contracts of the lake: for each table its key and, per column, type, nullability, values and meaning.

One contract serves everything: rows are checked against it at the write, the Parquet schema and the comments in DuckDB are
made from it. Days are DATE, instants are UTC TIMESTAMP, spans are character offsets into ``reports.text``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from configs.errors import ContractError

TEXT, INT, DAY, FLAG, REAL = pa.string(), pa.int32(), pa.date32(), pa.bool_(), pa.float64()
INSTANT, TEXTS, HASHES = pa.timestamp("us", tz="UTC"), pa.list_(pa.string()), pa.list_(pa.uint32())

CLAIM_TYPES = (
    "capture", "withdrawal", "handover", "siege", "siege_lifted", "repelled", "advance", "offensive", "control",
    "clash", "air_strike", "shelling",
)  # fmt: skip
STATUSES = ("happened", "planned", "denied")
DATE_BASES = ("explicit", "relative", "published", "unknown")
ATTRIBUTIONS = (
    "own_voice", "belligerent", "opposing_belligerent", "monitor", "official", "anonymous", "other_outlet",
)  # fmt: skip
RUN_STATES = ("completed", "interrupted")
PUBLISHED_BASES = ("header", "dateline", "metadata", "filename", "file_time")


@dataclass(frozen=True, slots=True)
class Column:
    """``values`` closes the set where it is not empty; ``comment`` is what users read in DuckDB and in the dictionary."""

    type: pa.DataType
    comment: str
    nullable: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A lake table: ``key`` columns identify a row."""

    name: str
    comment: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow and Parquet schema, comments carried as field metadata."""
        return pa.schema(
            [pa.field(n, c.type, c.nullable, {"comment": c.comment}) for n, c in self.columns.items()],
            {"table": self.name, "comment": self.comment},
        )

    def arrow(self, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        """``rows`` as an Arrow table that keeps the contract. Raises ContractError naming the column and a bad row."""
        rows = list(rows)
        unknown = {name for row in rows for name in row} - self.columns.keys()
        if unknown:
            raise ContractError(f"{self.name}: columns not in the contract: {', '.join(sorted(unknown))}")
        try:
            table = pa.Table.from_pylist(rows, schema=self.schema)
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise ContractError(f"{self.name}: a value does not fit its column: {error}") from error
        self.check(table)
        return table

    def check(self, table: pa.Table) -> None:
        """Raise ContractError unless ``table`` has this schema, no forbidden nulls or values, and a unique key."""
        if not table.schema.equals(self.schema):
            raise ContractError(f"{self.name}: schema is {table.schema}, expected {self.schema}")
        for name, column in self.columns.items():
            values = table[name]
            if not column.nullable and values.null_count:
                raise ContractError(f"{self.name}.{name}: {values.null_count} of {len(values)} rows have no value")
            if column.values:
                bad = pc.filter(values, pc.invert(pc.is_in(values, pa.array([*column.values, None], TEXT))))
                if len(bad):
                    raise ContractError(f"{self.name}.{name}: {bad[0].as_py()!r} is none of {', '.join(column.values)}")
        if self.key and table.group_by(list(self.key)).aggregate([]).num_rows != table.num_rows:
            raise ContractError(f"{self.name}: rows share a key ({', '.join(self.key)})")


def _table(name: str, comment: str, key: str, /, **columns: Column) -> Table:
    return Table(name, comment, tuple(key.split()), columns)


REPORTS = _table(
    "reports", "One article as published.", "report_id",
    report_id=Column(TEXT, "Hash of the normalised text: the same article has the same id wherever it came from."),
    doc_id=Column(TEXT, "The id that the input gave it, otherwise its file's stem (with a number where a file holds several)."),
    source_id=Column(TEXT, "The outlet, see sources; 'unknown' where nothing names it."),
    url=Column(TEXT, "Address of the article, where the input has it.", nullable=True),
    title=Column(TEXT, "Headline, where the input has it.", nullable=True),
    published_at=Column(DAY, "Day of publication; NULL where nothing tells it.", nullable=True),
    published_time=Column(TEXT, "Time of day of publication as HH:MM, where known.", nullable=True),
    published_basis=Column(TEXT, "What the day of publication rests on.", nullable=True, values=PUBLISHED_BASES),
    published_in_metadata=Column(DAY, "The day that the metadata gives, kept beside published_at.", nullable=True),
    lang=Column(TEXT, "Language as detected, ISO 639-1; 'und' where it cannot be told."),
    n_chars=Column(INT, "Length of text in characters."),
    text=Column(TEXT, "Full text; every span in the warehouse counts its characters."),
    signature=Column(HASHES, "MinHash of the text, for finding near-duplicates."),
    raw_hash=Column(TEXT, "SHA-256 of the raw bytes as landed (lake folder raw/)."),
    raw_path=Column(TEXT, "The input as it was named, with line or record number after '#' where a file holds several."),
    landed_at=Column(INSTANT, "When the run that first landed it began (UTC)."),
    run_id=Column(TEXT, "The run that landed it."),
)  # fmt: skip

CLAIMS = _table(
    "claims", "What one report says of one happening or state at one place.", "claim_id",
    claim_id=Column(TEXT, "Hash of report, span, type, place and actor."),
    report_id=Column(TEXT, "The report that says it."),
    sentence_no=Column(INT, "Number of the sentence in the report, from 0."),
    char_start=Column(INT, "First character of the quote in the report's text."),
    char_end=Column(INT, "Character after the quote."),
    quote=Column(TEXT, "The passage that shows it, letter for letter."),
    claim_type=Column(TEXT, "What is said to have happened.", values=CLAIM_TYPES),
    status=Column(TEXT, "Whether it is told as done, as a plan, or as denied.", values=STATUSES),
    place_id=Column(TEXT, "The place, see places; provisional ids begin with 'p:'."),
    place_text=Column(TEXT, "The place as the text names it."),
    geo_prec=Column(INT, "UCDP precision of the location, 1 (exact) to 7 (unknown)."),
    actor_id=Column(TEXT, "Who did it or holds it, see actors.", nullable=True),
    actor_side=Column(TEXT, "The side that the actor counted to at the time; 'unknown' where it cannot be told."),
    actor_text=Column(TEXT, "The words that name the actor.", nullable=True),
    opponent_id=Column(TEXT, "Who lost, was attacked, besieged or repelled.", nullable=True),
    opponent_side=Column(TEXT, "The opponent's side.", nullable=True),
    opponent_text=Column(TEXT, "The words that name the opponent.", nullable=True),
    date_start=Column(DAY, "First day on which it happened, inclusive.", nullable=True),
    date_end=Column(DAY, "Last day, inclusive.", nullable=True),
    date_prec=Column(INT, "UCDP date precision: 1 a day, 2 two to six days, 3 a week, 4 a month, 5 longer or unknown."),
    date_basis=Column(TEXT, "What the dates rest on.", values=DATE_BASES),
    date_text=Column(TEXT, "The words that give the date.", nullable=True),
    claimed_by=Column(TEXT, "Whom the report names as the source of this statement; NULL for its own voice.", nullable=True),
    claimed_by_side=Column(TEXT, "The side of whoever claims it: the named claimant's, else the outlet's leaning.", nullable=True),
    attribution=Column(TEXT, "What kind of source speaks.", values=ATTRIBUTIONS),
    against_interest=Column(FLAG, "True where the claimant's own side loses by it."),
    extent=Column(TEXT, "How much of the place: all, or part.", values=("all", "part")),
    rule_id=Column(TEXT, "The extraction rule that made the row."),
    confidence=Column(REAL, "0 to 1."),
    config_hash=Column(TEXT, "Hash of the knowledge that it was read with."),
    run_id=Column(TEXT, "The run that extracted it."),
)  # fmt: skip

PLACES_FOUND = _table(
    "places_found", "Places that reports name and no gazetteer has: provisional rows.", "place_id report_id",
    place_id=Column(TEXT, "'p:' and the folded name with its governorate: the same name in another report is the same place."),
    report_id=Column(TEXT, "A report that names it."),
    name=Column(TEXT, "As the text has it."),
    kind=Column(TEXT, "Kind, as far as the text tells ('unknown' otherwise)."),
    admin1=Column(TEXT, "Governorate, where the text tells.", nullable=True),
    country=Column(TEXT, "ISO 3166-1 alpha-2, where known.", nullable=True),
    lat=Column(REAL, "Degrees north, where the text locates it ('25 km north of X').", nullable=True),
    lon=Column(REAL, "Degrees east, likewise.", nullable=True),
    geo_prec=Column(INT, "UCDP precision 1 to 7."),
    near=Column(TEXT, "The place_id that it was located from.", nullable=True),
)  # fmt: skip

ISSUES = _table(
    "issues", "What was seen and not resolved, with how to mend it.", "issue_id",
    issue_id=Column(TEXT, "Hash of kind, place and finding: seen again it is the same row."),
    kind=Column(TEXT, "A stable word to group by, such as unreadable_file or unknown_place."),
    found=Column(TEXT, "What was found."),
    expected=Column(TEXT, "What was expected."),
    mend=Column(TEXT, "How to mend it."),
    path=Column(TEXT, "The input as it was named.", nullable=True),
    line=Column(INT, "1-based line or record in it.", nullable=True),
    report_id=Column(TEXT, "The report it lies in.", nullable=True),
    char_start=Column(INT, "First character in the report's text.", nullable=True),
    char_end=Column(INT, "Character after it.", nullable=True),
    run_id=Column(TEXT, "The run that saw it first."),
)  # fmt: skip

RUNS = _table(
    "runs", "One execution of the pipeline.", "run_id",
    run_id=Column(TEXT, "Name of the run."),
    started_at=Column(INSTANT, "Begin (UTC)."),
    finished_at=Column(INSTANT, "End (UTC)."),
    code_version=Column(TEXT, "Version of whoheld."),
    config_hash=Column(TEXT, "Hash of the knowledge that it ran with."),
    theatre=Column(TEXT, "The theatre."),
    inputs=Column(TEXTS, "Paths as they were named."),
    n_files=Column(INT, "Files read."),
    n_reports=Column(INT, "Reports landed anew."),
    n_repeats=Column(INT, "Reports that were there already."),
    n_claims=Column(INT, "Claims extracted."),
    n_issues=Column(INT, "Issues seen."),
    state=Column(TEXT, "completed, or interrupted: begun and never ended, while another run came after it.", values=RUN_STATES),
)  # fmt: skip

LANDED = _table(
    "landed", "How far input files were read: rows of a file add up.", "raw_hash reading_key n_items",
    raw_hash=Column(TEXT, "SHA-256 of the file's bytes."),
    reading_key=Column(TEXT, "Hash of how files are read (theatre, columns, reader): with another one they are read again."),
    n_items=Column(INT, "Reports and issues met in it so far, from its beginning."),
    finished=Column(FLAG, "Whether it was read to its end."),
    n_reports=Column(INT, "Reports that it gave to this batch."),
    n_repeats=Column(INT, "Reports left out of this batch because their text was there already."),
    run_id=Column(TEXT, "The run that read it."),
)  # fmt: skip

LAKE_TABLES = {t.name: t for t in (REPORTS, CLAIMS, PLACES_FOUND, ISSUES, RUNS, LANDED)}
