"""Columns of segments become columns of records: exact cents, valid text, days within reason."""

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from requite.domain.days import FIRST_DAY, LAST_DAY
from requite.domain.money import LARGEST_CENTS

MONEY = pa.decimal128(38, 2)
CONVERTED = {pa.binary(): pa.string(), MONEY: pa.int64()}
Rows = NDArray[np.int64]


def converted(array: pa.Array, *, is_utf8: bool) -> pa.Array:
    """Text for bytes, cents for amounts with two decimals; null where there is none within reason.

    `is_utf8` says that all bytes are known to be UTF-8; others are then read as Latin-1.
    """
    if not len(array):
        return pa.array([], CONVERTED.get(array.type, array.type))
    if pa.types.is_binary(array.type):
        if not is_utf8:
            array = pa.array([text_of(value) for value in array.to_pylist()], pa.string())
        return null_if_empty(array)
    if array.type == MONEY:
        return _cents(array)
    return _days(array) if pa.types.is_date32(array.type) else array


def _cents(array: pa.Array) -> pa.Array:
    """The lower halves of 128-bit decimals, where they are the whole value and within reason."""
    halves = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)[: len(array)]
    low, high = halves[:, 0], halves[:, 1]
    is_known = (high == low >> 63) & (low <= LARGEST_CENTS) & (low >= -LARGEST_CENTS)
    if array.null_count:
        is_known &= array.is_valid().to_numpy(zero_copy_only=False)
    return pa.array(np.ascontiguousarray(low), mask=None if is_known.all() else ~is_known)


def _days(array: pa.Array) -> pa.Array:
    extremes = pc.min_max(array).as_py()
    if extremes["min"] is None or (extremes["min"] >= FIRST_DAY and extremes["max"] <= LAST_DAY):
        return array
    is_within = pc.and_(
        pc.greater_equal(array, pa.scalar(FIRST_DAY)), pc.less_equal(array, pa.scalar(LAST_DAY))
    )
    return pc.if_else(is_within, array, pa.scalar(None, pa.date32()))


def plain(value: bytes | Decimal | date | int | None) -> str | date | int | None:
    """The same as `converted` for one value."""
    if isinstance(value, bytes):
        return text_of(value) or None
    if isinstance(value, Decimal):
        cents = int(value.scaleb(2))
        return cents if abs(cents) <= LARGEST_CENTS else None
    if isinstance(value, date):
        return value if FIRST_DAY <= value <= LAST_DAY else None
    return value


def text_of(value: bytes | None) -> str | None:
    """Bytes as text, UTF-8 or else Latin-1."""
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def null_if_empty(array: pa.Array) -> pa.Array:
    """Bytes or text as text, with null for every empty one; the bytes are not copied."""
    _, offsets, values = array.buffers()
    ends = np.frombuffer(offsets, np.int32)[array.offset : array.offset + len(array) + 1]
    is_full = ends[1:] != ends[:-1]
    bits = None
    if not is_full.all():
        bits = pa.py_buffer(np.packbits(is_full, bitorder="little").tobytes())
    if array.offset:
        offsets = pa.py_buffer(ends.tobytes())
    return pa.StringArray.from_buffers(len(array), offsets, values or pa.py_buffer(b""), bits)


def joined(columns: list[pa.Array], separator: str) -> pa.Array:
    """Texts side by side, nothing standing for null; null where all are.

    Arrow can also skip nulls, but then leaves out rows in which every text is null.
    """
    texts = pc.binary_join_element_wise(
        *columns, separator, null_handling="replace", null_replacement=""
    )
    return null_if_empty(texts) if len(texts) else texts


def cents_or_zero(column: pa.Array | pa.ChunkedArray) -> Rows:
    """A column of cents for sums: what is not known counts as nothing."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    values: Rows = array.fill_null(0).to_numpy(zero_copy_only=False)
    return values


def sums(parents: Rows, values: Rows, number: int) -> Rows:
    """The sum of the values of each of `number` parents; `parents` ascend."""
    running = np.concatenate(([0], np.cumsum(values)))
    bounds = np.searchsorted(parents, np.arange(number + 1))
    total: Rows = running[bounds[1:]] - running[bounds[:-1]]
    return total
