"""Shares of an amount: to the cent, and no share further than a cent from exact."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from requite.domain.determination.prorate import prorate

cents = st.integers(-10_000_000, 10_000_000)
weights = st.lists(st.integers(0, 10_000_000), min_size=1, max_size=30)


@given(cents, weights)
def test_prorated_shares_add_up_to_the_total(total: int, by: list[int]) -> None:
    assert sum(prorate(total, by)) == total


@given(cents, weights.filter(any))
def test_every_share_is_within_a_cent_of_exact(total: int, by: list[int]) -> None:
    for share, weight in zip(prorate(total, by), by, strict=True):
        assert abs(share * sum(by) - total * weight) < sum(by)


@given(cents, weights.filter(any))
def test_a_larger_weight_never_gets_the_smaller_share(total: int, by: list[int]) -> None:
    shares = sorted(zip(by, map(abs, prorate(total, by)), strict=True))
    for (weight, share), (next_weight, next_share) in pairwise(shares):
        assert weight == next_weight or share <= next_share


def test_without_weights_the_first_takes_everything() -> None:
    assert prorate(500, [0, 0, 0]) == [500, 0, 0]
