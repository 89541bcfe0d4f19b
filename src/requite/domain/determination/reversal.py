"""Pair each reversal of a payer with the claim that it takes back."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from requite.domain.determination.worksheet import Answer

Amounts = tuple[int, int, int]


class Unreversed:
    """The claims of an account that nothing has taken back, by place, amounts and number."""

    __slots__ = ("by_amounts", "by_number")

    def __init__(self, answers: list[Answer]) -> None:
        self.by_amounts: dict[Amounts, list[Answer]] = {}
        self.by_number: dict[tuple[Amounts, str], list[Answer]] = {}
        for answer in answers:
            if answer.own and not answer.is_reversal:
                for known in self.lists_of(answer):
                    known.append(answer)

    def lists_of(self, answer: Answer) -> Iterator[list[Answer]]:
        """Where a claim is kept: with all of its amounts, and with those of its number, too."""
        claim = answer.claim
        amounts = (answer.place, claim.charge_cents, claim.paid_cents)
        yield self.by_amounts.setdefault(amounts, [])
        yield self.by_number.setdefault((amounts, claim.payer_claim_number or ""), [])

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


def order_of(answer: Answer) -> tuple[date, str, int]:
    """By payment date, remittance and place in the file."""
    return answer.sort_key


def mark_reversals(answers: list[Answer]) -> None:
    """A claim below zero that equals an earlier one of its number reverses it, whatever it says."""
    earlier: set[tuple[str, int, int]] = set()
    for answer in answers:
        claim = answer.claim
        number = claim.payer_claim_number
        if not number:
            continue
        below_zero = claim.charge_cents < 0 and claim.paid_cents <= 0
        if below_zero and (number, -claim.charge_cents, -claim.paid_cents) in earlier:
            answer.is_reversal = True
        earlier.add((number, claim.charge_cents, claim.paid_cents))


def pair_reversals(answers: list[Answer]) -> None:
    """Pair each reversal with the claim that it takes back: same number, opposite amounts."""
    reversals = [answer for answer in answers if answer.is_reversal and answer.own]
    if not reversals:
        return
    unreversed = Unreversed(answers)
    for reversal in reversals:
        original = unreversed.taken_back_by(reversal)
        if original is not None:
            unreversed.drop(original)
            original.is_reversed = True
            original.reversed_by = reversal
            reversal.reversed_by = original
