"""What payers took back: one signed book for each claim that their adjustments name.

A take-back lowers the payment and names a claim (WO, FB, WU, OB). Another code that does so may
be anything: a person asks. Where take-backs of one remittance and 72, B2 or CS cancel each other
nothing is taken: the payer has our check (72, B2), or lets the money go (CS). What the ledger
shows already is taken out.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

from requite.domain.determination.account import ProviderAdjustment
from requite.domain.determination.answer import NO_PLACE, Answer
from requite.domain.determination.places import places_of
from requite.domain.determination.pool import Evidence
from requite.domain.determination.references import INTEREST_REASON
from requite.domain.determination.worksheet import Worksheet

TAKING: Final = frozenset({"WO", "FB", "WU", "OB"})
HAS_CHECK: Final = frozenset({"72", "B2"})
ANSWERING: Final = HAS_CHECK | {"CS"}
CARRIED: Final = "carried"
OTHER_CODE: Final = "other code"
LET_GO: Final = "let go"

Key = tuple[int, str]


class Chain:
    """All provider adjustments of one reference: one signed sum, with the claim they name.

    `taken` is what was taken at any time; `checks` and `let_go` are cents that the payer answered
    for: by our check that it has, and by leaving the money; `settled` of them a reversal took.
    """

    __slots__ = (
        "answer", "cents", "checks", "has_reversal", "ids", "keys", "let_go", "on", "place",
        "settled", "taken",
    )  # fmt: skip

    def __init__(self, place: int, answer: Answer | None) -> None:
        self.place = place
        self.answer = answer
        self.cents = 0
        self.taken = 0
        self.checks = 0
        self.let_go = 0
        self.settled = 0
        self.has_reversal = False
        self.ids: list[str] = []
        self.keys: set[str] = set()
        self.on: date | None = None


class Payment:
    """What one remittance says of the claims of this account beyond paying them.

    `taken` are its take-backs by claim; `answers` its 72, B2 and CS, those that name no claim
    under None.
    """

    __slots__ = ("answers", "reversed", "taken")

    def __init__(self) -> None:
        self.taken: dict[Key, list[ProviderAdjustment]] = {}
        self.reversed: dict[Key, int] = {}
        self.answers: dict[Key | None, list[ProviderAdjustment]] = {}

    def cancelled(self) -> dict[Key, list[ProviderAdjustment]]:
        """The answers by claim whose sum cancels what the payment took of it."""
        keys = [key for key in {**self.taken, **self.reversed} if self.took(key) > 0]
        found: dict[Key, list[ProviderAdjustment]] = {}
        for key in keys:
            answers = [*self.answers.get(key, ())]
            if len(keys) == 1:
                answers += self.answers.get(None, [])
            if answers and self.took(key) == -sum(row.amount_cents for row in answers):
                found[key] = answers
        return found

    def took(self, key: Key) -> int:
        """What the payment took of a claim, by adjustments and by its reversal."""
        rows = self.taken.get(key, ())
        return sum(row.amount_cents for row in rows) + self.reversed.get(key, 0)


class TakebackBook:
    """The adjustments of an account by the claims that they name."""

    __slots__ = ("by_id", "carried", "chains", "doubtful", "names", "payments", "sheet")

    def __init__(self, sheet: Worksheet) -> None:
        rows = sheet.account.provider_adjustments
        own = [answer for answer in sheet.answers if answer.own] if rows else []
        self.sheet = sheet
        self.by_id = {answer.claim.remit_claim_id: answer for answer in own}
        self.carried = reversals_by_payment(own)
        self.names = names_of(sheet, own)
        self.chains: dict[Key, Chain] = {}
        self.doubtful: list[Evidence] = []
        self.payments: dict[str, Payment] = {}
        answered = any(row.reason_code in ANSWERING for row in rows)
        for answer in own if answered else ():
            if answer.is_reversal and answer.claim.payer_claim_number:
                key = (answer.place, answer.claim.payer_claim_number)
                taken = self.payment(answer.claim.remit_id).reversed
                taken[key] = taken.get(key, 0) - answer.claim.paid_cents

    def payment(self, remit_id: str) -> Payment:
        """What is known of one remittance."""
        return self.payments.setdefault(remit_id, Payment())

    def claim_of(self, row: ProviderAdjustment) -> tuple[bool, Answer | None]:
        """Whether an adjustment concerns this account, and the claim that it names."""
        if carries(row):  # a reversal of the same payment and amount came without its cash
            answer = self.carried.get((row.trace_number, row.amount_cents))
            return answer is not None, answer
        answer = self.by_id.get(row.remit_claim_id or "")
        words = (row.reference or "").split()
        named = row.names_account or answer is not None or not self.names.isdisjoint(words)
        return named, answer

    def take(self, row: ProviderAdjustment) -> None:
        """Put one adjustment where it belongs."""
        named, answer = self.claim_of(row)
        key = key_of_claim(self.sheet, row, answer) if named else None
        if row.reason_code in ANSWERING and row.amount_cents < 0:
            of_claim = key if answer is not None or key in self.chains else None
            self.payment(row.remit_id).answers.setdefault(of_claim, []).append(row)
        elif key is not None and row.reason_code in TAKING:
            self.payment(row.remit_id).taken.setdefault(key, []).append(row)
            chain = self.chain(key, answer)
            if not (row.amount_cents < 0 and row.key in self.sheet.used_adjustments):
                add_to_chain(chain, row)
        elif key is not None and row.amount_cents > 0:
            self.doubtful.append(doubtful_item(key, answer, row))

    def chain(self, key: Key, answer: Answer | None) -> Chain:
        """The chain of a claim."""
        return self.chains.setdefault(key, Chain(key[0], answer))

    def settle(self) -> None:
        """Leave out what answers cancel, and note what they say instead."""
        for payment in self.payments.values():
            if not payment.answers:
                continue
            cancelled = payment.cancelled()
            for key, answers in cancelled.items():
                self.cancel(key, payment, answers)
            for known, rows in payment.answers.items():
                if known is not None and known not in cancelled:
                    for row in rows:
                        add_to_chain(self.chain(known, None), row)

    def cancel(self, key: Key, payment: Payment, answers: list[ProviderAdjustment]) -> None:
        """What a payment took of a claim, and gave back for a check or let go, was never taken."""
        chain = self.chain(key, None)
        taken = sum(row.amount_cents for row in payment.taken.get(key, ()))
        chain.cents -= taken
        chain.taken -= max(taken, 0)
        if chain.cents < 0:  # it had been carried since a reversal
            carried = min(taken, -chain.cents)
            chain.cents += carried
            chain.settled += carried
        chain.settled += payment.reversed.get(key, 0)
        for row in answers:
            chain.ids.append(row.key)
            if row.reason_code in HAS_CHECK:
                chain.checks -= row.amount_cents
            else:
                chain.let_go -= row.amount_cents


def book_of(sheet: Worksheet) -> TakebackBook:
    """Read the adjustments of an account; note interest on its claim."""
    book = TakebackBook(sheet)
    for row in sorted(sheet.account.provider_adjustments, key=adjustment_key):
        if row.payment_date > sheet.book.as_of:
            continue
        if row.reason_code == INTEREST_REASON:
            note_interest(sheet, row, book.by_id.get(row.remit_claim_id or ""))
        else:
            book.take(row)
    book.settle()
    return book


def chains_by_reference(sheet: Worksheet) -> dict[Key, Chain]:
    """The take-backs by the place and claim that they name, each a signed sum."""
    return book_of(sheet).chains


def by_payer(rows: Iterable[ProviderAdjustment]) -> dict[str, list[ProviderAdjustment]]:
    """Take-backs by payer, in the order of their days."""
    found: dict[str, list[ProviderAdjustment]] = {}
    for row in sorted(rows, key=adjustment_key):
        if row.reason_code in TAKING:
            found.setdefault(row.payer_id or "", []).append(row)
    return found


def key_of_claim(sheet: Worksheet, row: ProviderAdjustment, answer: Answer | None) -> Key:
    """The place and number under which an adjustment is summed."""
    if answer is not None:
        return answer.place, answer.claim.payer_claim_number or row.reference or ""
    return places_of(sheet, row.payer_id or "?")[0].index, row.reference or ""


def doubtful_item(key: Key, answer: Answer | None, row: ProviderAdjustment) -> Evidence:
    """What an adjustment of another code took, naming the claim: it may be just this money."""
    item = Evidence(row.amount_cents, key[0], None, (row.key,))
    item.on = row.payment_date
    item.why = OTHER_CODE
    if answer is not None:
        item.lines = tuple(sorted(answer.adjudications))
        item.answer = answer.reversed_by if answer.is_reversal else answer
    return item


def reversals_by_payment(own: list[Answer]) -> dict[tuple[str, int], Answer]:
    """The first reversal of each payment and amount."""
    found: dict[tuple[str, int], Answer] = {}
    for answer in own:
        if answer.is_reversal:
            found.setdefault((answer.claim.trace_number, answer.claim.paid_cents), answer)
    return found


def adjustment_key(row: ProviderAdjustment) -> tuple[object, str, str]:
    """By payment date, remittance and key."""
    return (row.payment_date, row.remit_id, row.key)


def note_interest(sheet: Worksheet, row: ProviderAdjustment, answer: Answer | None) -> None:
    """Interest of a claim, or of a payment that a posting here names; not what is posted apart."""
    if row.key in sheet.used_adjustments:
        return
    if answer is not None:
        answer.interest_at_provider_level -= row.amount_cents
    elif not row.reference and row.amount_cents < 0:
        item = Evidence(-row.amount_cents, NO_PLACE, None, (row.key,))
        item.why = row.trace_number
        sheet.interest_evidence.setdefault(item.cents, []).append(item)


def carries(row: ProviderAdjustment) -> bool:
    """Whether an adjustment that names no claim gives back what its payment took."""
    return row.reason_code in TAKING and not row.reference and row.amount_cents < 0


def names_of(sheet: Worksheet, own: list[Answer]) -> set[str]:
    """What a reference may call this account and its claims."""
    names = {sheet.account.account_id}
    for claim in sheet.account.claims:
        names.update(n for n in (claim.patient_control_number, claim.payer_claim_number) if n)
    names.update(a.claim.payer_claim_number for a in own if a.claim.payer_claim_number)
    return names


def add_to_chain(chain: Chain, row: ProviderAdjustment) -> None:
    """Add one adjustment to the sum of its claim."""
    chain.cents += row.amount_cents
    chain.ids.append(row.key)
    chain.keys.add(row.key)
    if row.amount_cents > 0:
        chain.on = row.payment_date
        chain.taken += row.amount_cents
