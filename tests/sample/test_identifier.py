"""Identifiers and amounts as text."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from requite.sample.files import dollars
from requite.sample.identifier import chosen, joined, numbered
from requite.sample.x12 import amount

whole_cents = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=20)


@given(st.lists(st.integers(0, 10**9 - 1), max_size=30))
def test_numbers_keep_their_leading_zeros(numbers: list[int]) -> None:
    made = numbered("T", np.array(numbers, dtype=np.int64), 9).to_pylist()
    assert made == [f"T{number:09}" for number in numbers]


@given(whole_cents)
def test_dollars_are_exact(cents: list[int]) -> None:
    made = dollars(pa.array(cents, pa.int64())).to_pylist()
    assert [int(one * 100) for one in made] == cents


@given(whole_cents)
def test_x12_amounts_say_the_same_cents_without_trailing_zeros(cents: list[int]) -> None:
    for text, value in zip(amount(np.array(cents)).to_pylist(), cents, strict=True):
        sign, plain = (-1, text[1:]) if text.startswith("-") else (1, text)
        dollars_part, _, cents_part = plain.partition(".")
        assert sign * (int(dollars_part) * 100 + int(cents_part.ljust(2, "0"))) == value
        assert not cents_part.endswith("0") or not cents_part


def test_a_place_of_none_is_null_and_null_joins_to_null() -> None:
    words = chosen(("a", "b"), np.array([1, -1])).cast(pa.string())
    assert joined(words, pa.scalar("!")).to_pylist() == ["b!", None]
