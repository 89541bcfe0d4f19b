from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from requite.formats.x12.columns import converted, joined, null_if_empty, plain, sums


@pytest.mark.parametrize("start", [0, 1, 3])
def test_empty_texts_become_null_also_in_part_of_a_column(start: int) -> None:
    column = pa.array(["a", "", None, "bc", ""]).slice(start)
    assert null_if_empty(column).to_pylist() == ["a", None, None, "bc", None][start:]


def test_bytes_become_text() -> None:
    column = pa.array([b"A", b"", None, "Ñ".encode(), b"\xd1"])
    assert converted(column, is_utf8=False).to_pylist() == ["A", None, None, "Ñ", "Ñ"]


def test_amounts_become_cents_within_reason() -> None:
    amounts = [Decimal("-0.01"), None, Decimal(10) ** 11, Decimal(10) ** 11 + 1, Decimal(2) ** 64]
    column = pa.array(amounts, pa.decimal128(38, 2))
    assert converted(column, is_utf8=True).to_pylist() == [-1, None, 10**13, None, None]
    assert [plain(amount) for amount in amounts] == [-1, None, 10**13, None, None]


def test_days_stay_within_reason() -> None:
    days = [date(1899, 12, 31), date(1900, 1, 1), None, date(2099, 12, 31), date(2100, 1, 1)]
    found = [None, date(1900, 1, 1), None, date(2099, 12, 31), None]
    assert converted(pa.array(days), is_utf8=True).to_pylist() == found
    assert [plain(day) for day in days] == found


def test_texts_are_joined_whatever_is_null() -> None:
    columns = [pa.array(["a", None, None, ""]), pa.array(["b", "b", None, None])]
    assert joined(columns, "").to_pylist() == ["ab", "b", None, None]


def test_sums_by_parent_include_parents_without_children() -> None:
    parents, values = pa.array([0, 0, 2]).to_numpy(), pa.array([1, 2, 5]).to_numpy()
    assert sums(parents, values, 4).tolist() == [3, 0, 5, 0]
