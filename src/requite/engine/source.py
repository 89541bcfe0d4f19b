"""The files of a feed: which of them hold which table, in which form, with which columns."""

import os
import stat
from dataclasses import dataclass, field, replace
from enum import IntEnum
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from requite.engine.csv_rows import LARGEST_FILE, LONGEST_ROW, count_rows, names_complaint
from requite.engine.database import literal
from requite.engine.feed import TABLES, Kind, Table
from requite.engine.folder import NOT_OPENED, files_below
from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.within import RefusedFile, opened, plain_file, plain_folder

DEEPEST_VALUE = 32  # values within values of a Parquet file
REMITS_FOLDER = "remits"
NOT_PARQUET = (
    "the file is no whole Parquet file.",
    "Write it again: it may have been cut off.",
)
TABLE_SUFFIXES = {".parquet", ".csv"}
CLAIMS_FOLDER = "claims_837"


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
    rows: int  # by a count of our own (CSV) or its metadata (Parquet), never by its reader
    form: Form = Form.TABLE
    where: str = ""  # SQL: the rows of it that count, all by default
    stamp: tuple[int, ...] = ()  # of a Parquet file: what its place, size and time of change were

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
            f"strict_mode = true, max_line_size = {LONGEST_ROW + 2})"
        )


@dataclass(slots=True)
class Sources:
    """All files of a feed, by table, with the remarks that the import report repeats."""

    tables: dict[str, list[Source]] = field(default_factory=dict)
    ignored_columns: list[dict[str, str]] = field(default_factory=list)
    ignored_files: list[dict[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    refused: RefusedFile | None = None  # the first that is no plain file of the feed
    database: duckdb.DuckDBPyConnection | None = None  # that reads the headers of Parquet files

    def refuse(self, refused: RefusedFile, name: str) -> None:
        """Note a file that is not opened: a link, a pipe, a device."""
        self.refused = self.refused or refused
        self.problems.append(Problem(name, None, None, refused.why, refused.remedy))

    def add(self, table: Table, path: Path, name: str, form: Form = Form.TABLE) -> None:
        """Take up one file of `table`, noting what is wrong with its header."""
        source = self._opened(path, name, form)
        if source is None:
            return
        known = _known_columns(table)
        for column in source.columns:
            if column not in known and form is Form.TABLE:
                self.ignored_columns.append({"file": name, "column": column})
        for wanted in table.columns if form is Form.TABLE else ():
            given = {wanted.name, wanted.stored} & set(source.columns)
            if wanted.required and not given:
                told = "the column is missing."
                remedy = f"Every {table.name} file needs it; separate columns by commas."
                self.problems.append(Problem(name, None, wanted.name, told, remedy))
            elif len(given) > 1:
                told = f"{wanted.stored} stands beside it: which of the two is meant?"
                self.problems.append(Problem(name, None, wanted.name, told, "Leave one of them."))
        self.tables.setdefault(table.name, []).append(source)

    def put_first(self, table: Table, path: Path, name: str, where: str) -> None:
        """Take up rows of `table` that were checked before, ahead of those of the files."""
        source = self._opened(path, name, Form.TABLE)
        if source is not None:
            self.tables.setdefault(table.name, []).insert(0, replace(source, where=where))

    def _opened(self, path: Path, name: str, form: Form) -> Source | None:
        """One file, looked at from first byte to last; None, and a problem, if it is broken."""
        try:
            if path.suffix == ".csv":
                count = count_rows(path, name)
                _refuse_names(count.columns, name)
                columns = dict.fromkeys(count.columns, "VARCHAR")
                return Source(path, name, columns, count.rows, form)
            self.database = self.database or duckdb.connect()  # one for all: each is costly
            return _opened_parquet(path, name, form, self.database)
        except RefusedFeed as refusal:
            self.problems += refusal.problems
        except (duckdb.Error, pa.ArrowException):
            self.problems.append(Problem(name, None, None, *NOT_PARQUET))
        except OSError:
            self.problems.append(Problem(name, None, None, *NOT_OPENED))
        return None


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
    parts = _parts(sources, feed, table)
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


def _parts(sources: Sources, feed: Path, table: Table) -> list[Path]:
    """The CSV and Parquet files of a table's folder, in the order of their names.

    What else lies there is an 835 (in `remits/`, unless it is hidden), or is reported.
    """
    folder, parts = feed / table.name, list[Path]()
    if not os.path.lexists(folder) or stat.S_ISREG(folder.lstat().st_mode):
        return parts
    try:
        plain_folder(feed, table.name)
        for path in files_below(folder, table.name):
            if path.suffix in TABLE_SUFFIXES:
                parts.append(path)
            elif table.name != REMITS_FOLDER or path.name.startswith("."):
                name = path.relative_to(feed).as_posix()
                sources.ignored_files.append({"file": name, "reason": "no part of a table"})
    except RefusedFile as refused:
        name = refused.name if refused.name == table.name else f"{table.name}/{refused.name}"
        sources.refuse(refused, name)
        return []
    return parts


def _note_strangers(sources: Sources, feed: Path) -> None:
    """List the files that belong to no table."""
    for path in sorted(feed.iterdir()):
        folder = path.is_dir() and path.name in TABLES
        if folder or (path.is_file() and path.stem in TABLES and path.suffix in TABLE_SUFFIXES):
            continue
        if path.name == REMITS_FOLDER:
            told = "it is no folder, and holds no 835 that is read."
            remedy = "Lay the 835 files into a folder of that name."
            sources.problems.append(Problem(path.name, None, None, told, remedy))
            continue
        reason = "837 claims are not read" if path.name == CLAIMS_FOLDER else "no table of a feed"
        sources.ignored_files.append({"file": path.name, "reason": reason})


def _known_columns(table: Table) -> set[str]:
    return {column.name for column in table.columns} | {
        column.stored for column in table.columns if column.kind is Kind.MONEY
    }


def _opened_parquet(
    path: Path, name: str, form: Form, database: duckdb.DuckDBPyConnection
) -> Source:
    """A Parquet file: its columns with their DuckDB types, its rows as its metadata has them."""
    # What was made of the 835s lies in our own store, where links keep what is there already.
    with path.open("rb") if form is Form.ERA else opened(path) as stream:
        stamp = stamp_of(stream)
        metadata = _metadata(stream)
    schema = metadata.schema
    levels = (schema.column(no).max_definition_level for no in range(metadata.num_columns))
    if max(levels, default=0) > DEEPEST_VALUE or path.stat().st_size > LARGEST_FILE:
        told = f"values nest deeper than {DEEPEST_VALUE}, or it has over {LARGEST_FILE:,} bytes."
        raise RefusedFeed([Problem(name, None, None, told, "Write only the columns of the feed.")])
    _refuse_names(schema.to_arrow_schema().names, name)
    relation = f"read_parquet({literal(path)}, hive_partitioning = false)"
    described = database.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    columns = {row[0]: row[1] for row in described}
    return Source(path, name, columns, metadata.num_rows, form, stamp=stamp)


def stamp_of(stream: BinaryIO) -> tuple[int, ...]:
    """What tells an open file from one that was written, or laid in its place, since."""
    found = os.fstat(stream.fileno())
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _refuse_names(names: list[str], file: str) -> None:
    """Refuse a column given twice: the database does not tell capitals from small letters.

    The names are told by their place: of a file without a header they may be a patient's.
    """
    complaint = names_complaint(names)
    places = {name.lower(): number for number, name in reversed([*enumerate(names, 1)])}
    twice = [number for number, name in enumerate(names, 1) if places[name.lower()] < number]
    if twice and not complaint:
        first = places[names[twice[0] - 1].lower()]
        told = f"columns {first} and {twice[0]} have the same name."
        complaint = (told, "Leave one of the two.")
    if complaint:
        raise RefusedFeed([Problem(file, None, None, *complaint)])


def _metadata(stream: BinaryIO) -> pq.FileMetaData:
    """The metadata of an open Parquet file; whatever is wrong with it is one kind of error."""
    try:
        return pq.read_metadata(stream)
    except OSError as error:
        raise pa.ArrowInvalid(str(error)) from None
