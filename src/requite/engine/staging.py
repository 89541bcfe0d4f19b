"""A feed on its way into the store: typed rows, spread over the partitions."""

import contextlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb

from requite.engine.database import connect, identifier, literal, parquet
from requite.engine.partition import partition_sql

PART = "part"
MEMORY = "1GB"  # of the connection that sees everything; beyond it DuckDB goes to the disk
PART_MEMORY = "400MB"  # of a connection that works on one partition


class Staging:
    """Staged relations, each visible in the database under its own name.

    One partition's rows stay in the database; more of them go to Parquet in `folder`.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self.connection = connect(threads=threads, memory=MEMORY, spill=folder / "spill")
        self.folder = folder
        self.bits = 0
        self._places: dict[str, str] = {}  # of relations that were amended
        self._defined: dict[str, tuple[str, tuple[str, ...]]] = {}

    def stage(self, name: str, select: str, *, by: str = "") -> int:
        """Keep the rows of `select`, by partition where `by` names the account's column.

        Returns the number of rows. Rows without an account are kept apart, in no partition.
        """
        if not self.bits:
            made = self.connection.execute(
                f"CREATE OR REPLACE TABLE {identifier(name)} AS {select}"
            )
            return _rows(made)
        target = self._folder(name)
        (target / "shape").mkdir(parents=True)
        rows_of, options = select, ""
        if by:
            part = partition_sql(by, self.bits)
            rows_of = f"SELECT *, coalesce({part}, -1) AS {PART} FROM ({select})"
            options = f", PARTITION_BY ({PART}), OVERWRITE_OR_IGNORE"
        made = self.connection.execute(
            f"COPY ({rows_of}) TO {literal(target if by else target / 'all.parquet')} "
            f"(FORMAT parquet, COMPRESSION lz4_raw{options})"
        )
        rows = _rows(made)
        self._keep_shape(name, select)  # without the part: a relation of no rows shows this alone
        self._show(self.connection, name, self._files(name, "**"))
        self._count_again(name, rows, f"{PART}=*" if by else "**")
        return rows

    def _count_again(self, name: str, rows: int, where: str) -> None:
        """Refuse to go on where rows went to a place that nobody reads."""
        files = parquet(self._files(name, where))
        found = self.connection.execute(f"SELECT count(*) FROM {files}").fetchone()
        if found != (rows,):
            raise RuntimeError(f"{name}: {rows} rows were staged, and {found} are there.")

    def define(self, name: str, select: str, over: tuple[str, ...]) -> None:
        """Keep no rows, only what they are: a view of relations staged by the account's column."""
        self.connection.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS {select}")
        self._defined[name] = select, over

    def amend(self, name: str, select: str, *, by: str = "") -> None:
        """Put the rows of `select`, which may read the relation itself, into its place."""
        before = self._folder(name)
        self._places[name] = f"{name}.{len(self._places)}"
        self.stage(name, select, by=by)
        if self.bits:
            shutil.rmtree(before)

    @contextlib.contextmanager
    def partition(self, part: int, names: Iterable[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """A database in which `names` are the rows of one partition only."""
        if not self.bits:
            yield self.connection
            return
        with connect(memory=PART_MEMORY, spill=self.folder / f"spill-{part}") as connection:
            wanted = dict.fromkeys(names)
            views = [name for name in wanted if name in self._defined]
            staged = [name for name in wanted if name not in self._defined]
            for name in dict.fromkeys((*staged, *(o for v in views for o in self._defined[v][1]))):
                self._show(connection, name, self._files(name, f"{PART}={part}"))
            for name in views:
                select, _ = self._defined[name]
                connection.execute(f"CREATE OR REPLACE VIEW {identifier(name)} AS {select}")
            yield connection

    @staticmethod
    def _show(connection: duckdb.DuckDBPyConnection, name: str, files: list[Path]) -> None:
        connection.execute(
            f"CREATE OR REPLACE VIEW {identifier(name)} AS SELECT * FROM {parquet(files)}"
        )

    def _files(self, name: str, where: str) -> list[Path]:
        """The files with the relation's rows; the last has none and shows the columns."""
        shape = self._shape(name)
        found = sorted(path for path in self._folder(name).glob(f"{where}/*.parquet"))
        return [path for path in found if path != shape] + [shape]

    def _shape(self, name: str) -> Path:
        return self._folder(name) / "shape" / "none.parquet"

    def _folder(self, name: str) -> Path:
        return self.folder / self._places.get(name, name)

    def _keep_shape(self, name: str, select: str) -> None:
        self.connection.execute(
            f"COPY (SELECT * FROM ({select}) LIMIT 0) TO {literal(self._shape(name))} "
            "(FORMAT parquet)"
        )


def _rows(made: duckdb.DuckDBPyConnection) -> int:
    row = made.fetchone()
    return int(row[0]) if row else 0
