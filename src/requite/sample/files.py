"""Writing tables into a folder, as CSV or as Parquet, chunk after chunk."""

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv

CENTS = "_cents"
# The folder remits/ holds 835 files, so the table remits is one file beside it.
NEVER_A_FOLDER = ("remits",)


def dollars(cents: pa.Array) -> pa.Array:
    """Whole cents as decimals with two places, exactly."""
    plain = cents.fill_null(0).to_numpy(zero_copy_only=False)
    words = np.empty((len(plain), 2), dtype=np.int64)  # the halves of a 128-bit number
    words[:, 0] = plain
    words[:, 1] = plain >> 63
    buffers = [None, pa.py_buffer(words.tobytes())]
    exact = pa.Array.from_buffers(pa.decimal128(18, 2), len(plain), buffers)
    return pa.compute.if_else(cents.is_valid(), exact, pa.scalar(None, pa.decimal128(18, 2)))


class Folder:
    """A folder of tables; each is begun by its first rows and grows with every chunk.

    Parameters
    ----------
    path : Path
        Made where it is missing.
    form : str
        `csv` or `parquet`.
    in_parts : bool
        Whether a Parquet table is a folder of one file a chunk (else it is one file).
    """

    def __init__(self, path: Path, form: str, *, in_parts: bool) -> None:
        self._path, self._form, self._in_parts = path, form, in_parts
        self._open: dict[str, pq.ParquetWriter | csv.CSVWriter] = {}
        self._parts: dict[str, int] = {}
        path.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for writer in self._open.values():
            writer.close()

    def add(self, tables: dict[str, pa.Table]) -> None:
        """Append rows to each of the tables."""
        for name, table in tables.items():
            if self._form == "csv":
                self._add_csv(name, table)
            elif self._in_parts and name not in NEVER_A_FOLDER:
                self._add_part(name, table)
            else:
                self._add_parquet(name, table)

    def _add_part(self, name: str, table: pa.Table) -> None:
        part = self._parts.get(name, 0)
        self._parts[name] = part + 1
        folder = self._path / name
        folder.mkdir(exist_ok=True)
        pq.write_table(
            table, folder / f"part-{part:05}.parquet", compression="zstd", store_schema=False
        )

    def _add_parquet(self, name: str, table: pa.Table) -> None:
        if name not in self._open:
            self._open[name] = pq.ParquetWriter(
                self._path / f"{name}.parquet", table.schema, compression="zstd",
                store_schema=False,
            )  # fmt: skip
        self._open[name].write_table(table)

    def _add_csv(self, name: str, table: pa.Table) -> None:
        readable = pa.table({
            column.removesuffix(CENTS): _readable(column, table[column].combine_chunks())
            for column in table.column_names
        })  # fmt: skip
        if name not in self._open:
            self._open[name] = csv.CSVWriter(
                self._path / f"{name}.csv", readable.schema,
                write_options=csv.WriteOptions(quoting_style="needed"),
            )  # fmt: skip
        self._open[name].write_table(readable)


def _readable(name: str, column: pa.Array) -> pa.Array:
    if name.endswith(CENTS):
        return dollars(column)
    if pa.types.is_dictionary(column.type):
        return column.cast(column.type.value_type)
    return column
