"""Pair each reversal of a payer with the claim that it takes back."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from requite.domain.determination.answer import Answer
from requite.domain.determination.pool import add_to

Amounts = tuple[int, int, int]


class Unreversed:
    """The claims of an account that nothing has taken back, by place, amounts and number."""

    __slots__ = ("by_amounts", "by_number", "numbered")

    def __init__(self, answers: list[Answer], *, numbered: bool) -> None:
        self.numbered = numbered  # whether all reversals bear numbers
        self.by_amounts: dict[Amounts, list[Answer]] = {}
        self.by_number: dict[tuple[Amounts, str], list[Answer]] = {}
        for answer in answers:
            if answer.own and not answer.is_reversal:
                amounts, number = amounts_of(answer), answer.claim.payer_claim_number or ""
                add_to(self.by_number, (amounts, number), answer)
                if not numbered:
                    add_to(self.by_amounts, amounts, answer)

    def lists_of(self, answer: Answer) -> Iterator[list[Answer]]:
        """Where a claim is kept: with those of its number, and with all of its amounts."""
        amounts = amounts_of(answer)
        yield self.by_number[amounts, answer.claim.payer_claim_number or ""]
        if not self.numbered:
            yield self.by_amounts[amounts]

    def taken_back_by(self, reversal: Answer) -> Answer | None:
        """The claim of opposite amounts and no other number: the last before, else the first."""
        claim = reversal.claim
        amounts = (reversal.place, -claim.charge_cents, -claim.paid_cents)
        if claim.payer_claim_number:
            numbers = (claim.payer_claim_number, "")
            fits = [self.by_number.get((amounts, number), []) for number in numbers]
        else:
            fits = [self.by_amounts.get(amounts, [])]
        ends = [(known, bisect_right(known, reversal.sort_key, key=order_of)) for known in fits]
        earlier = [known[end - 1] for known, end in ends if end]
        if earlier:
            return max(earlier, key=order_of)
        return min((known[0] for known in fits if known), key=order_of, default=None)

    def drop(self, answer: Answer) -> None:
        """A claim has been taken back."""
        for known in self.lists_of(answer):
            place = bisect_left(known, answer.sort_key, key=order_of)
            while known[place] is not answer:
                place += 1
            del known[place]


def amounts_of(answer: Answer) -> Amounts:
    """The place of a claim, and what it charged and paid."""
    return (answer.place, answer.claim.charge_cents, answer.claim.paid_cents)


def order_of(answer: Answer) -> tuple[date, str, int]:
    """By payment date, remittance and place in the file."""
    return answer.sort_key


def mark_reversals(answers: list[Answer]) -> None:
    """A claim below zero that equals an earlier one of its number reverses it, whatever it says."""
    if not any(is_below_zero(answer) for answer in answers):
        return
    earlier: set[tuple[str, int, int]] = set()
    for answer in answers:
        claim = answer.claim
        number = claim.payer_claim_number
        if not number:
            continue
        if not is_below_zero(answer):
            earlier.add((number, claim.charge_cents, claim.paid_cents))
        elif (number, -claim.charge_cents, -claim.paid_cents) in earlier:
            answer.is_reversal = True


def is_below_zero(answer: Answer) -> bool:
    """Whether a claim bears charges below zero, and pays nothing."""
    return answer.claim.charge_cents < 0 and answer.claim.paid_cents <= 0


def pair_reversals(answers: list[Answer]) -> None:
    """Pair each reversal with the claim that it takes back: same number, opposite amounts."""
    reversals = [answer for answer in answers if answer.is_reversal and answer.own]
    if not reversals:
        return
    numbered = all(answer.claim.payer_claim_number for answer in reversals)
    unreversed = Unreversed(answers, numbered=numbered)
    for reversal in reversals:
        original = unreversed.taken_back_by(reversal)
        if original is not None:
            unreversed.drop(original)
            original.is_reversed = True
            original.reversed_by = reversal
            reversal.reversed_by = original
