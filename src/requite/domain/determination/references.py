"""What a posting may name: remittance claims by trace and number, adjustments, deposits.

All is indexed once an account, so that linking a posting costs the claims that fit it, not all
claims of the account.
"""

from bisect import insort
from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import chain
from typing import Final

from requite.domain.determination.account import LedgerEntry, ProviderAdjustment
from requite.domain.determination.answer import Answer
from requite.domain.determination.pool import add_to
from requite.domain.determination.reversal import order_of
from requite.domain.determination.worksheet import Posting, Worksheet

INTEREST_REASON: Final = "L6"
NONE: Final[list[Answer]] = []


class Claims:
    """Remittance claims in their order, found by line or by what is unposted of the whole."""

    __slots__ = ("answers", "by_left", "by_line", "by_sign", "lineless")

    def __init__(self, answers: Iterable[Answer]) -> None:
        self.answers = list(answers)
        self.by_sign: dict[bool, Claims] = {}
        self.by_line: dict[int, list[Answer]] | None = None
        self.by_left: dict[int, list[Answer]] | None = None
        self.lineless: Claims | None = None

    def of_sign(self, *, reversals: bool) -> "Claims":
        """The reversals among them, or the others."""
        found = self.by_sign.get(reversals)
        if found is None:
            found = Claims(answer for answer in self.answers if answer.is_reversal == reversals)
            self.by_sign[reversals] = found
        return found

    def on_line(self, line_no: int) -> list[Answer]:
        """Those that say something of a line; claims without lines stand apart."""
        if self.by_line is None:
            self.by_line = {}
            self.lineless = Claims(a for a in self.answers if a.claim_level or not a.own)
            for answer in self.answers:
                if not answer.claim_level and answer.own:
                    for number in answer.adjudications:
                        self.by_line.setdefault(number, []).append(answer)
        return self.by_line.get(line_no, NONE)

    def first_with(self, line_no: int | None, cents: int) -> Answer | None:
        """The first of which just that amount is unposted: of the line, or (None) as a whole."""
        if line_no is None:
            return self.first_with_left(cents)
        if not cents:
            return next((a for a in self.answers if not a.left_on(line_no)), None)
        found = [a for a in self.on_line(line_no) if a.left_on(line_no) == cents][:1]
        whole = self.lineless.first_with_left(cents) if self.lineless is not None else None
        return min([*found, whole] if whole is not None else found, key=order_of, default=None)

    def first_with_left(self, cents: int) -> Answer | None:
        """The first of which, as a whole, just that amount is unposted."""
        if self.by_left is None:
            self.by_left = {}
            for answer in self.answers:
                self.by_left.setdefault(answer.left, []).append(answer)
        known = self.by_left.get(cents, NONE)
        for index, answer in enumerate(known):
            if answer.left == cents:
                del known[:index]
                return answer
        known.clear()
        return None

    def first_above(self, line_no: int | None, cents: int) -> Answer | None:
        """The first of which at least that amount is unposted, whatever the sign."""
        if line_no is None or not cents:
            fits = self.answers
        else:
            fits = list(merge(self.on_line(line_no), self.without_lines(), key=order_of))
        return next((a for a in fits if abs(a.left_on(line_no)) >= abs(cents)), None)

    def without_lines(self) -> list[Answer]:
        """Those that are paid as a whole, and those of other accounts."""
        return NONE if self.lineless is None else self.lineless.answers

    def note(self, answer: Answer) -> None:
        """Another amount of one of these claims is left, since something was posted from it."""
        if self.by_left is not None:
            insort(self.by_left.setdefault(answer.left, []), answer, key=order_of)
        if self.lineless is not None and (answer.claim_level or not answer.own):
            self.lineless.note(answer)
        if answer.is_reversal in self.by_sign:
            self.by_sign[answer.is_reversal].note(answer)


class References:
    """The claims, adjustments and deposits that the postings of one account may name."""

    __slots__ = (
        "adjustments", "by_both", "by_id", "by_number", "by_trace", "claims", "deposits",
        "numbers_known", "numbers_of_claims", "payers", "sheet",
    )  # fmt: skip

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.by_trace: dict[str, list[Answer]] = {}
        self.by_number: dict[str, list[Answer]] = {}
        self.by_both: dict[tuple[str, str], list[Answer]] = {}
        self.numbers_known = False
        for answer in sheet.answers:
            add_to(self.by_trace, answer.claim.trace_number, answer)
        account = sheet.account
        own = [answer for answer in sheet.answers if answer.own and account.provider_adjustments]
        self.by_id = {answer.claim.remit_claim_id: answer for answer in own}
        self.claims: dict[str, dict[str | None, Claims]] = {}
        self.payers: dict[str, Claims] = {}
        self.deposits = {
            row.deposit_id: row.trace_number for row in account.deposits if row.amount_cents > 0
        }
        self.numbers_of_claims = {row.claim_id: row.payer_claim_number for row in account.claims}
        self.adjustments: dict[tuple[str, int], list[ProviderAdjustment]] = {}
        for row in sorted(account.provider_adjustments, key=key_of):
            self.adjustments.setdefault((row.trace_number, row.amount_cents), []).append(row)

    def know_numbers(self) -> None:
        """Make the claims known by their numbers, on first use."""
        self.numbers_known = True
        for answer in self.sheet.answers:
            trace, number = answer.claim.trace_number, answer.claim.payer_claim_number
            if number:
                add_to(self.by_number, number, answer)
                add_to(self.by_both, (trace, number), answer)

    def of(self, entry: LedgerEntry) -> tuple[str | None, str | None]:
        """The trace (its own, its deposit's, or the check number) and claim number of an entry."""
        trace = entry.trace_number
        if trace is None and entry.deposit_id is not None:
            trace = self.deposits.get(entry.deposit_id)
        if trace is None:
            trace = entry.check_number
        number = entry.payer_claim_number
        if number is None and entry.claim_id is not None:
            number = self.numbers_of_claims.get(entry.claim_id)
        return trace, number

    def named(self, trace: str | None, number: str | None) -> list[Answer]:
        """The claims of a trace that bear the number; without a trace, all that bear it."""
        if not number:
            return NONE
        if not self.numbers_known:
            self.know_numbers()
        if not trace:
            return self.by_number.get(number, NONE)
        return self.by_both.get((trace, number), NONE)

    def of_write_off(self, trace: str | None, number: str | None) -> Answer | None:
        """The account's claim of a trace, else of a number; one that bears both goes first."""
        fits = self.by_trace.get(trace or "", NONE)
        both = self.named(trace if fits else None, number)
        return next((answer for answer in chain(both, fits) if answer.own), None)

    def only_of_trace(self, trace: str) -> Answer | None:
        """The claim of a payment that holds just one."""
        fits = self.by_trace.get(trace, NONE)
        return fits[0] if len(fits) == 1 else None

    def of_trace(self, trace: str, payer_id: str | None) -> Claims:
        """The claims of a trace that may be a payer's: this account's, else other accounts'."""
        known = self.claims.setdefault(trace, {})
        found = known.get(payer_id)
        if found is None:
            fits = self.by_trace.get(trace, NONE)
            own = [answer for answer in fits if answer.own] or fits
            found = Claims(answer for answer in own if self.may_be_of(answer, payer_id))
            known[payer_id] = found
        return found

    def of_payer(self, payer_id: str) -> Claims:
        """The account's own claims of a payer."""
        found = self.payers.get(payer_id)
        if found is None:
            own = (answer for answer in self.sheet.answers if answer.own)
            found = Claims(answer for answer in own if self.may_be_of(answer, payer_id))
            self.payers[payer_id] = found
        return found

    def may_be_of(self, answer: Answer, payer_id: str | None) -> bool:
        """Whether a claim is that payer's, by the place that answered, or another account's."""
        if payer_id is None or not answer.own:
            return True
        return self.sheet.places[answer.place].payer_id == payer_id

    def note(self, answer: Answer) -> None:
        """Something was posted from a claim: it is found by another amount."""
        known = self.claims.get(answer.claim.trace_number)
        if known is not None:
            for claims in known.values():
                claims.note(answer)
        for claims in self.payers.values():
            claims.note(answer)

    def interest_posted(
        self, trace: str | None, named: Sequence[Answer], posting: Posting
    ) -> ProviderAdjustment | None:
        """The interest of a claim that a posting names, where it is posted apart.

        Not where a line of the claim paid just that amount.
        """
        if not trace or not named or posting.cash <= 0:
            return None
        ids = {answer.claim.remit_claim_id for answer in named}
        for row in self.adjustments.get((trace, -posting.cash), ()):
            fits = row.reason_code == INTEREST_REASON and row.key not in self.sheet.used_adjustments
            if fits and (row.remit_claim_id in ids or not row.reference):
                parts = (part for answer in named for part in answer.adjudications.values())
                if not any(posting.cash in (part.gross, part.paid) for part in parts):
                    return row
        return None

    def adjustment(self, trace: str, cents: int) -> ProviderAdjustment | None:
        """The first provider adjustment of a payment with just that amount, not used yet."""
        for row in self.adjustments.get((trace, cents), ()):
            free = row.key not in self.sheet.used_adjustments
            if free and row.payment_date <= self.sheet.book.as_of:
                return row
        return None


def key_of(row: ProviderAdjustment) -> str:
    """What tells provider adjustments apart."""
    return row.key
