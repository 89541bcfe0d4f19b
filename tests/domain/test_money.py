import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.domain.money import Money, UnreadableAmount

cents = st.integers(-(10**15), 10**15)


def written(amount: int) -> str:
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02}"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("80", 8000),
        ("80.", 8000),
        (".5", 50),
        ("-.05", -5),
        ("-150.5", -15050),
        ("007.10", 710),
    ],
)
def test_an_x12_amount_is_read_to_the_cent(text: str, amount: int) -> None:
    assert Money.from_x12(text) == Money(amount)


@pytest.mark.parametrize(
    "text", ["", "-", ".", "-.", "1.234", "1,000", "+5", "1e3", " 1", "1 ", "--1", "٣", "1" * 17]
)
def test_what_is_no_x12_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAmount, match="is not an amount of money"):
        Money.from_x12(text)


@pytest.mark.parametrize(("text", "amount"), [("-1234.5", -123450), ("80.00", 8000), ("7", 700)])
def test_a_feed_s_dollars_are_read_to_the_cent(text: str, amount: int) -> None:
    assert Money.from_dollars(text) == Money(amount)


@pytest.mark.parametrize(
    "text", ["", ".5", "80.", "12.345", "$5", "(5.00)", "1,000.00", "NaN", "1e5"]
)
def test_what_is_no_dollar_amount_is_refused(text: str) -> None:
    with pytest.raises(UnreadableAmount):
        Money.from_dollars(text)


def test_a_refusal_shows_only_the_head_of_a_long_text() -> None:
    with pytest.raises(UnreadableAmount) as refusal:
        Money.from_x12("9" * 5000)
    assert len(str(refusal.value)) < 200


@given(cents)
def test_an_amount_survives_being_written_and_read(amount: int) -> None:
    assert Money.from_x12(written(amount)) == Money.from_dollars(written(amount)) == Money(amount)


@given(cents, cents)
def test_sums_and_differences_are_exact(one: int, other: int) -> None:
    assert (Money(one) + Money(other) - Money(other)).cents == one
    assert -Money(one) == Money(0) - Money(one)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "$0.00"), (5, "$0.05"), (-15050, "-$150.50"), (123456789, "$1,234,567.89")],
)
def test_money_is_shown_with_separators_and_two_decimals(amount: int, shown: str) -> None:
    assert str(Money(amount)) == shown
