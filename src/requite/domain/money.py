"""Money as whole cents, and the two ways in which files write it down."""

import re
from dataclasses import dataclass
from typing import Self

from requite.domain.errors import RequiteError

# Sixteen digits of dollars still fit an int64 of cents; X12's data type R allows eighteen in all.
X12_AMOUNT = re.compile(
    r"(?P<minus>-)?(?=\.?[0-9])(?P<dollars>[0-9]{0,16})(?:\.(?P<cents>[0-9]{0,2}))?"
)
DOLLARS = re.compile(r"(?P<minus>-)?(?P<dollars>[0-9]{1,16})(?:\.(?P<cents>[0-9]{1,2}))?")
LONGEST_SHOWN = 24
# A hundred billion dollars, in cents: nothing larger is a posting or a payment, and what can stand
# together in memory sums to less than an int64 holds.
LARGEST_CENTS = 10**13


class UnreadableAmount(RequiteError):
    """A text that should be an amount of money is none."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
        super().__init__(
            f"{shown!r} is not an amount of money.",
            remedy="Write dollars with at most two decimals and no separators, such as -1234.50.",
        )


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """US dollars as a whole number of cents, so that no sum ever rounds.

    >>> Money.from_x12("-150.5")
    Money(cents=-15050)
    >>> str(Money(123456) + Money(44))
    '$1,235.00'
    """

    cents: int

    @classmethod
    def from_x12(cls, text: str) -> Self:
        """Read an X12 amount (data type R): optional minus, at most two decimals.

        >>> Money.from_x12(".07")
        Money(cents=7)
        """
        match = X12_AMOUNT.fullmatch(text)
        if match is None:
            raise UnreadableAmount(text)
        return cls(_cents(match))

    @classmethod
    def from_dollars(cls, text: str) -> Self:
        """Read decimal dollars as a feed's CSV writes them: digits on both sides of a point.

        >>> Money.from_dollars("-1234.5")
        Money(cents=-123450)
        """
        match = DOLLARS.fullmatch(text)
        if match is None:
            raise UnreadableAmount(text)
        return cls(_cents(match))

    def __add__(self, other: Self) -> Self:
        return type(self)(self.cents + other.cents)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.cents - other.cents)

    def __neg__(self) -> Self:
        return type(self)(-self.cents)

    def __str__(self) -> str:
        dollars, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}${dollars:,}.{cents:02}"


def _cents(match: re.Match[str]) -> int:
    """Signed cents of a matched amount."""
    cents = int(match["dollars"] or 0) * 100 + int((match["cents"] or "").ljust(2, "0"))
    return -cents if match["minus"] else cents
