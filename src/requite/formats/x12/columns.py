"""Columns of segments turned into columns of records: exact cents, valid text, missing as null."""

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

# Ten trillion dollars: nothing larger is a payment, and sums of a piece stay within an int64.
LARGEST_CENTS = 10**15
Rows = NDArray[np.int64]


def whole(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """A column of one chunk as an array."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def cents(column: pa.ChunkedArray) -> pa.Array:
    """Amounts with two decimals as cents; null where missing or larger than any payment."""
    array = whole(column)
    values, is_known = _cents_and_known(array)
    return pa.array(values, mask=None if is_known is None else ~is_known)


def cents_or_zero(array: pa.Array) -> Rows:
    """A column of cents for sums: what is not known counts as nothing."""
    values: Rows = array.fill_null(0).to_numpy(zero_copy_only=False)
    return values


def _cents_and_known(array: pa.Array) -> tuple[Rows, NDArray[np.bool_] | None]:
    """The lower halves of 128-bit decimals, and which of them are the whole value."""
    buffer = array.buffers()[1]
    if len(array) == 0 or buffer is None:
        return np.zeros(len(array), np.int64), np.zeros(len(array), np.bool_)
    halves = np.frombuffer(buffer, np.int64).reshape(-1, 2)[
        array.offset : array.offset + len(array)
    ]
    low, high = halves[:, 0], halves[:, 1]
    is_known = (high == low >> 63) & (low <= LARGEST_CENTS) & (low >= -LARGEST_CENTS)
    if array.null_count:
        is_known &= array.is_valid().to_numpy(zero_copy_only=False)
    return np.ascontiguousarray(low), None if is_known.all() else is_known


def text(column: pa.ChunkedArray) -> pa.Array:
    """Bytes as text, null where empty; what is no UTF-8 is read as Latin-1."""
    array = whole(column)
    try:
        strings = array.cast(pa.string())
    except pa.ArrowInvalid:
        strings = pa.array([text_of(value) for value in array.to_pylist()], pa.string())
    return null_if_empty(strings)


def joined(columns: list[pa.Array], separator: str) -> pa.Array:
    """Texts side by side, nothing standing for null; null where all are.

    Arrow can also skip nulls, but then leaves out rows in which every text is null.
    """
    return null_if_empty(
        pc.binary_join_element_wise(
            *columns, separator, null_handling="replace", null_replacement=""
        )
    )


def text_of(value: bytes | None) -> str | None:
    """Bytes as text, UTF-8 or else Latin-1."""
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def cents_of(amount: Decimal | None) -> int | None:
    """An amount with two decimals as cents; null where missing or larger than any payment."""
    if amount is None:
        return None
    value = int(amount.scaleb(2))
    return value if abs(value) <= LARGEST_CENTS else None


def null_if_empty(strings: pa.Array) -> pa.Array:
    """The same column with null for every empty text; the bytes are not copied."""
    _, offsets, values = strings.buffers()
    if len(strings) == 0 or offsets is None:
        return strings
    ends = np.frombuffer(offsets, np.int32)[strings.offset : strings.offset + len(strings) + 1]
    is_full = ends[1:] != ends[:-1]
    if is_full.all():
        return strings
    bits = pa.py_buffer(np.packbits(is_full, bitorder="little").tobytes())
    if strings.offset:
        offsets = pa.py_buffer(ends.tobytes())
    return pa.StringArray.from_buffers(len(strings), offsets, values or pa.py_buffer(b""), bits)


def sums(parents: Rows, values: Rows, number: int) -> Rows:
    """The sum of the values of each of `number` parents; `parents` ascend."""
    running = np.concatenate(([0], np.cumsum(values)))
    bounds = np.searchsorted(parents, np.arange(number + 1))
    total: Rows = running[bounds[1:]] - running[bounds[:-1]]
    return total
