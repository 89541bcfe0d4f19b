"""The files of a feed: which of them hold which table, in which form, with which columns."""

import csv
import os
from collections import Counter
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path

import duckdb

from requite.engine.database import literal
from requite.engine.feed import TABLES, Kind, Table
from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.within import RefusedFile, opened, plain_file, plain_files, plain_folder

LONGEST_LINE = 2_000_000  # bytes; the CSV reader keeps whole lines in memory
REMITS_FOLDER = "remits"
CLAIMS_FOLDER = "claims_837"
FORMS = {".csv", ".parquet"}


class Form(IntEnum):
    """How a remittance reached the feed; of two copies the 835 is the better witness."""

    ERA = 0
    TABLE = 1


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a table: the columns it has, by name, with the types its form gives them."""

    path: Path
    name: str  # as errors and reports call it: relative to the feed
    columns: dict[str, str]
    form: Form = Form.TABLE
    where: str = ""  # SQL: the rows of it that count, all by default

    @property
    def is_csv(self) -> bool:
        """Whether the file is CSV (else Parquet)."""
        return self.path.suffix == ".csv"

    def relation(self) -> str:
        """The SQL that reads the file as it stands; CSV as text only."""
        if not self.is_csv:
            read = f"read_parquet({literal(self.path)}, hive_partitioning = false)"
            return f"(SELECT * FROM {read} WHERE {self.where})" if self.where else read
        columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in self.columns)
        return (
            f"read_csv({literal(self.path)}, columns = {{{columns}}}, auto_detect = false, "
            "header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', "
            f"strict_mode = true, max_line_size = {LONGEST_LINE})"
        )


@dataclass(slots=True)
class Sources:
    """All files of a feed, by table, with the remarks that the import report repeats."""

    tables: dict[str, list[Source]] = field(default_factory=dict)
    ignored_columns: list[dict[str, str]] = field(default_factory=list)
    ignored_files: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: RefusedFile | None = None  # the first that is no plain file of the feed

    def refuse(self, refused: RefusedFile, name: str) -> None:
        """Note a file that is not opened: a link, a pipe, a device."""
        self.refused = self.refused or refused
        self.problems.append(Problem(name, None, None, refused.why, refused.remedy))

    def add(self, table: Table, path: Path, name: str, form: Form = Form.TABLE) -> None:
        """Take up one file of `table`, noting what is wrong with its header."""
        source = _opened(path, name, form, self.problems)
        if source is None:
            return
        known = _known_columns(table)
        for column in source.columns:
            if column not in known and form is Form.TABLE:
                self.ignored_columns.append({"file": name, "column": column})
        for column_ in table.columns:
            if (
                form is Form.TABLE
                and column_.required
                and not {column_.name, column_.stored} & set(source.columns)
            ):
                self.problems.append(
                    Problem(
                        name,
                        None,
                        column_.name,
                        "the column is missing.",
                        f"Every {table.name} file needs it; separate columns by commas.",
                    )
                )
        self.tables.setdefault(table.name, []).append(source)

    def put_first(self, table: Table, path: Path, name: str, where: str) -> None:
        """Take up rows of `table` that were checked before, ahead of those of the files."""
        source = _opened(path, name, Form.TABLE, self.problems)
        if source is not None:
            self.tables.setdefault(table.name, []).insert(0, replace(source, where=where))


def find_sources(feed: Path, *, partial: bool = False) -> Sources:
    """List the files of the folder `feed` by table; a `partial` feed may lack any of them.

    Raises
    ------
    RefusedFeed
        Where a required table is absent, a table is given in two forms, or a header is broken.
    """
    sources = Sources()
    for table in TABLES.values():
        _add_table(sources, feed, table, required=table.required and not partial)
    _note_strangers(sources, feed)
    if sources.problems:
        raise RefusedFeed(sources.problems) from sources.refused
    return sources


def _add_table(sources: Sources, feed: Path, table: Table, *, required: bool) -> None:
    """Find the one file or folder of `table`."""
    candidates = [feed / f"{table.name}.csv", feed / f"{table.name}.parquet"]
    given = [path for path in candidates if os.path.lexists(path)]
    files = [path for path in given if _is_plain(sources, feed, path)]
    parts = _parts(sources, feed, table.name)
    forms = len(given) + bool(parts and table.name != REMITS_FOLDER)
    if forms > 1:
        sources.problems.append(
            Problem(
                table.name,
                None,
                None,
                "the table is given more than once, as a file and in another form.",
                "Leave one of them.",
            )
        )
        return
    for path in (*files, *parts):
        sources.add(table, path, path.relative_to(feed).as_posix())
    if required and not given and not parts:
        sources.problems.append(
            Problem(
                f"{table.name}.csv",
                None,
                None,
                "the table is missing.",
                f"Add {table.name}.csv or {table.name}.parquet to the feed.",
            )
        )


def _is_plain(sources: Sources, feed: Path, path: Path) -> bool:
    """Whether a file of a table is to be opened; one that is not is refused, not left out."""
    try:
        plain_file(feed, path.name)
    except RefusedFile as refused:
        sources.refuse(refused, path.name)
        return False
    return True


def _parts(sources: Sources, feed: Path, table: str) -> list[Path]:
    """The CSV and Parquet files of a table's folder, in the order of their names."""
    folder = feed / table
    if not os.path.lexists(folder):
        return []
    try:
        plain_folder(feed, table)
    except RefusedFile as refused:
        sources.refuse(refused, table)
        return []
    try:
        names = [name for name, _ in plain_files(folder) if Path(name).suffix in FORMS]
    except RefusedFile as refused:
        sources.refuse(refused, f"{table}/{refused.name}")
        return []
    return sorted(folder / name for name in names)


def _note_strangers(sources: Sources, feed: Path) -> None:
    """List the files that belong to no table."""
    for path in sorted(feed.iterdir()):
        known = path.stem in TABLES and (path.is_dir() or path.suffix in {".csv", ".parquet"})
        if known or path.name in {REMITS_FOLDER, *TABLES}:
            continue
        reason = "837 claims are not read" if path.name == CLAIMS_FOLDER else "no table of a feed"
        sources.ignored_files.append({"file": path.name, "reason": reason})


def _known_columns(table: Table) -> set[str]:
    return {column.name for column in table.columns} | {
        column.stored for column in table.columns if column.kind is Kind.MONEY
    }


def _opened(path: Path, name: str, form: Form, problems: list[Problem]) -> Source | None:
    """Read the header of one file."""
    if path.suffix == ".csv":
        columns = _csv_header(path, name, problems)
    else:
        columns = _parquet_columns(path, name, problems)
    return None if columns is None else Source(path, name, columns, form)


def _csv_header(path: Path, name: str, problems: list[Problem]) -> dict[str, str] | None:
    """The column names of the first line."""
    with opened(path) as file:
        line = file.readline(LONGEST_LINE)
    complaint = _header_complaint(line)
    if complaint:
        problems.append(Problem(name, None, None, *complaint))
        return None
    (names, *_) = csv.reader([line.decode("utf-8-sig").rstrip("\r\n")])
    repeated = [column for column, count in Counter(names).items() if count > 1]
    if repeated:
        problems.append(
            Problem(
                name,
                None,
                repeated[0],
                "the header names the column twice.",
                "Leave one of the two.",
            )
        )
        return None
    return dict.fromkeys(names, "VARCHAR")


def _header_complaint(line: bytes) -> tuple[str, str] | None:
    """What is wrong with a header line, and the remedy."""
    if not line.strip():
        return "the file has no header.", "Write the column names in its first line."
    if b"\0" in line or line[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "the file is not UTF-8 text.", "Save it as CSV in UTF-8."
    if len(line) >= LONGEST_LINE:
        return f"the first line is longer than {LONGEST_LINE} bytes.", "Save it as CSV."
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return "the header is not UTF-8 text.", "Save it as CSV in UTF-8."
    return None


def _parquet_columns(path: Path, name: str, problems: list[Problem]) -> dict[str, str] | None:
    """The columns of a Parquet file with their DuckDB types."""
    relation = f"read_parquet({literal(path)}, hive_partitioning = false)"
    with duckdb.connect() as connection:
        try:
            rows = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
        except duckdb.Error:
            problems.append(
                Problem(
                    name,
                    None,
                    None,
                    "the file is no whole Parquet file.",
                    "Write it again: it may have been cut off.",
                )
            )
            return None
    return {row[0]: row[1] for row in rows}
