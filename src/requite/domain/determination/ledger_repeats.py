"""Postings alike of one party in one scope: set aside where it holds more than its charges.

The set that comes nearest to closing the scope, the latest first; where two different sets come
equally near, a person decides. Set aside, a posting fills nobody's target.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from requite.domain.determination.account import LedgerEntry
from requite.domain.determination.worksheet import Posting

DAYS_OF_A_BATCH: Final = 14
MOST_SUMS: Final = 4096  # beyond it more than one set is taken to come as near

Name = tuple[str, str]  # what it is the number of, and the number
Who = tuple[str, int | str | None]  # a column, with the place, or the bucket of write-offs


class Alike(NamedTuple):
    """Postings of one party alike, in their order: all but the first are repeats."""

    who: Who
    postings: Sequence[Posting]

    @property
    def cents(self) -> int:
        """The amount of each."""
        return self.postings[0].cash

    @property
    def times(self) -> int:
        """How many of them are repeats."""
        return len(self.postings) - 1


class Choice(NamedTuple):
    """Repeats to set aside, and whether another set comes as near."""

    postings: tuple[Posting, ...]
    is_doubtful: bool = False

    @property
    def cents(self) -> int:
        """What is set aside."""
        return sum(posting.cash for posting in self.postings)


NOTHING: Final = Choice(())


def alike(postings: Iterable[tuple[Who, Posting]]) -> list[Alike]:
    """The postings by party, type and amount, those that come more than once."""
    groups: dict[tuple[Who, str, int], list[Posting]] = {}
    for who, posting in postings:
        if posting.cash > 0:
            groups.setdefault((who, posting.role, posting.cash), []).append(posting)
    return [
        Alike(who, tuple(sorted(group, key=order_of)))
        for (who, _, _), group in groups.items()
        if len(group) > 1
    ]


def order_of(posting: Posting) -> tuple[date, str]:
    """By day, then id."""
    return (posting.entry.posted_on, posting.entry.transaction_id)


def nearest(groups: Sequence[Alike], over: int) -> Choice:
    """The repeats whose sum comes nearest to `over` cents; none where nothing comes nearer.

    Examples
    --------
    >>> nearest((), 100)
    Choice(postings=(), is_doubtful=False)
    """
    if over <= 0 or not groups:
        return NOTHING
    # By sum: how many sets have it (two stand for any more), and one of them.
    sums: dict[int, tuple[int, tuple[int, ...]]] = {0: (1, ())}
    for group in groups:
        grown: dict[int, tuple[int, tuple[int, ...]]] = {}
        for total, (sets, counts) in sums.items():
            for times in range(group.times + 1):
                reached = total + times * group.cents
                if times and reached - group.cents >= over:
                    break  # one less has reached it already
                known = grown.get(reached)
                grown[reached] = (sets, (*counts, times)) if known is None else (2, known[1])
        sums = grown
        if len(sums) > MOST_SUMS:
            return Choice((), is_doubtful=True)
    least = min(abs(over - total) for total in sums)
    if least >= over:
        return NOTHING
    near = [total for total in sums if abs(over - total) == least]
    sets, counts = sums[near[0]]
    chosen = [
        posting
        for group, times in zip(groups, counts, strict=True)
        if times
        for posting in group.postings[-times:]
    ]
    return Choice(tuple(chosen), is_doubtful=len(near) > 1 or sets > 1)


def whole_batch(groups: Sequence[Alike], over: int) -> Choice:
    """All repeats of one kind and day, where they close the account together.

    Where the repeats of two batches would, a person decides.
    """
    batches: dict[tuple[Who, str, date], list[Posting]] = {}
    for group in groups:
        for posting in group.postings[1:]:
            batch = (group.who, posting.role, posting.entry.posted_on)
            batches.setdefault(batch, []).append(posting)
    closing = [found for found in batches.values() if sum(p.cash for p in found) == over]
    if not closing or len({p.line_no for p in closing[0]}) < 2:
        return NOTHING
    return Choice(tuple(closing[0]), is_doubtful=len(closing) > 1)


def is_same_payment(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Whether two entries bear the same check, trace or deposit."""
    return bool(payment_names(one) & payment_names(other))


def is_another_payment(one: LedgerEntry, other: LedgerEntry) -> bool:
    """Whether two entries cannot be one payment: other checks, or none and too far apart."""
    names, others = payment_names(one), payment_names(other)
    if names and others:
        return names.isdisjoint(others)
    return not names and not others and abs(other.posted_on - one.posted_on).days > DAYS_OF_A_BATCH


def payment_names(entry: LedgerEntry) -> frozenset[Name]:
    """The check, trace and deposit that an entry bears; a word such as EFT or VISA names none."""
    named = (
        ("payment", number_of(entry.check_number)), ("payment", entry.trace_number),
        ("deposit", entry.deposit_id),
    )  # fmt: skip
    return frozenset((what, name) for what, name in named if name)


def number_of(check: str | None) -> str | None:
    """What stands for the check, if it tells one payment from another: it has a digit.

    >>> number_of("881027"), number_of("VISA")
    ('881027', None)
    """
    return check if check and any(sign.isdigit() for sign in check) else None
