"""A feed on its way into the store: typed rows in Parquet, spread over the partitions."""

import shutil
from pathlib import Path

import duckdb

from requite.engine.database import identifier, literal, parquet
from requite.engine.partition import partition_sql

PART = "part"


class Staging:
    """A folder of staged relations, each visible in the database as a view of its own name."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self.connection = connection
        self.folder = folder
        self.bits = 0

    def stage(self, name: str, select: str, *, by: str = "") -> None:
        """Write the rows of `select`; over the partitions, where `by` names the account's column.

        Rows without an account are kept apart, in no partition.
        """
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        if by and self.bits:
            part = partition_sql(by, self.bits)
            self.connection.execute(
                f"COPY (SELECT *, coalesce({part}, -1) AS {PART} FROM ({select})) "
                f"TO {literal(target)} (FORMAT parquet, PARTITION_BY ({PART}), "
                "COMPRESSION lz4_raw, OVERWRITE_OR_IGNORE)"
            )
        else:
            self.connection.execute(
                f"COPY ({select}) TO {literal(target / 'all.parquet')} "
                "(FORMAT parquet, COMPRESSION lz4_raw)"
            )
        self._keep_shape(name, select)
        self.show(self.connection, name)

    def show(
        self, connection: duckdb.DuckDBPyConnection, name: str, part: int | None = None
    ) -> None:
        """Make the relation visible in `connection`, whole or one partition of it."""
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {identifier(name)} AS "
            f"SELECT * FROM {parquet(self.files(name, part))}"
        )

    def files(self, name: str, part: int | None = None) -> list[Path]:
        """The files of a relation, whole or of one partition; the last one has no rows."""
        target = self.folder / name
        where = "**" if part is None else f"{PART}={part}"
        found = sorted(target.glob(f"{where}/*.parquet"))
        whole = target / "all.parquet"
        if part is not None and whole.exists():
            found = [whole]
        return [path for path in found if path.parent.name != "shape"] + [self._shape(name)]

    def _shape(self, name: str) -> Path:
        return self.folder / name / "shape" / "none.parquet"

    def _keep_shape(self, name: str, select: str) -> None:
        """Keep the columns of the relation where no file would show them."""
        self._shape(name).parent.mkdir()
        self.connection.execute(
            f"COPY (SELECT * FROM ({select}) LIMIT 0) TO {literal(self._shape(name))} "
            "(FORMAT parquet)"
        )
