"""What has gone back already: take-backs by payers, refunds sent, payments returned by the bank.

Each is a pool of cents that explains an excess once. What the ledger already shows is taken out
first, so that only the unposted part is left as evidence.
"""

from collections import Counter, deque
from typing import Final

from requite.domain.determination.account import LedgerEntry, Refund
from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.places import places_of
from requite.domain.determination.pool import Evidence, Pool
from requite.domain.determination.references import INTEREST_REASON
from requite.domain.determination.taken import take_backs
from requite.domain.determination.whose import MONEY
from requite.domain.determination.worksheet import PATIENT, PAYER, Posting, Worksheet

RETURNED: Final = frozenset({"issued", "cleared"})
DAYS_OF_A_RETURN: Final = 60
UNKNOWN_CHECK: Final = "unknown check"


def gather_evidence(sheet: Worksheet) -> None:
    """Fill the worksheet's pools of evidence, net of what the ledger shows."""
    rows = sheet.account.provider_adjustments
    sheet.interest_keys = {row.key for row in rows if row.reason_code == INTEREST_REASON}
    taken, checks = take_backs(sheet)
    sheet.takebacks = Pool(taken)
    if sheet.account.refunds or checks:
        sheet.refund_evidence = Pool([*refund_evidence(sheet), *unknown_checks(sheet, checks)])
    if sheet.account.deposits:
        sheet.return_evidence = Pool(return_evidence(sheet))
        sheet.unnamed_returns = Pool(unnamed_returns(sheet))


class Unclaimed:
    """Postings of money that went back, each to be found once by what is known of it."""

    __slots__ = ("found", "known")

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], deque[Posting]] = {}
        self.found: set[int] = set()

    def add(self, posting: Posting, *keys: tuple[object, ...]) -> None:
        """Make a posting known by several keys."""
        for key in keys:
            self.known.setdefault(key, deque()).append(posting)

    def take(self, *keys: tuple[object, ...]) -> Posting | None:
        """The first posting of the first key that has one left; nobody else finds it again."""
        for key in keys:
            postings = self.known.get(key)
            while postings:
                posting = postings.popleft()
                if id(posting) not in self.found:
                    self.found.add(id(posting))
                    return posting
        return None


def refund_evidence(sheet: Worksheet) -> list[Evidence]:
    """Refunds that went out and that the ledger does not show."""
    posted = [
        posting
        for kind in (PAYER, PATIENT)
        for posting in sheet.of_kind(kind)
        if posting.role == "refund" and posting.cash <= 0
    ]
    known = {posting.entry.transaction_id for posting in posted}
    named = {row.transaction_id for row in sheet.account.refunds if row.transaction_id}
    unclaimed = Unclaimed()
    for posting in posted:
        if posting.entry.transaction_id not in named:
            add_refund_posting(unclaimed, posting)
    items: list[Evidence] = []
    for row in sorted(sheet.account.refunds):
        sent = row.status in RETURNED and (
            row.issued_on is None or row.issued_on <= sheet.book.as_of
        )
        if not sent or row.transaction_id in known or posted_otherwise(row, unclaimed):
            continue
        place = NO_PLACE
        if row.payee == "payer":
            place = place_of_payee(sheet, row)
        item = Evidence(row.amount_cents, place, None, (row.refund_id,))
        item.on = row.issued_on
        items.append(item)
    return items


def unknown_checks(sheet: Worksheet, checks: list[Evidence]) -> list[Evidence]:
    """Checks of ours that a payer says it has, and of which no refund is on file."""
    sent = [
        row.amount_cents
        for row in sheet.account.refunds
        if row.payee == "payer" and row.status in RETURNED
    ]
    found = []
    for item in checks:
        if item.cents in sent:
            sent.remove(item.cents)
        else:
            item.why = UNKNOWN_CHECK
            found.append(item)
    return found


def add_refund_posting(unclaimed: Unclaimed, posting: Posting) -> None:
    """Make a posted refund known by amount with its check, its payee, or its payee alone."""
    entry, amount = posting.entry, -posting.cash
    to_payer = entry.payer_id is not None
    keys: list[tuple[object, ...]] = [(amount, to_payer)]
    if entry.check_number:
        keys.append((amount, "check", entry.check_number))
    else:
        keys.append((amount, to_payer, "no check"))
    unclaimed.add(posting, *keys)


def place_of_payee(sheet: Worksheet, row: Refund) -> int:
    """The place of the payer that a refund was paid to; the first where it names none."""
    if row.payee_id:
        return places_of(sheet, row.payee_id)[0].index
    return 0


def posted_otherwise(row: Refund, unclaimed: Unclaimed) -> bool:
    """Whether a posting without a refund number is this refund: by check, else by amount."""
    amount, to_payer = row.amount_cents, row.payee == "payer"
    if not row.check_number:
        return unclaimed.take((amount, to_payer)) is not None
    by_check = (amount, "check", row.check_number)
    return unclaimed.take(by_check, (amount, to_payer, "no check")) is not None


def return_evidence(sheet: Worksheet) -> list[Evidence]:
    """Payments that the bank took back and that are still posted as received."""
    deposits = [d for d in sheet.account.deposits if d.amount_cents < 0]
    if not deposits:
        return []
    postings = [
        posting
        for kind in (PATIENT, PAYER)
        for posting in sheet.of_kind(kind)
        if posting.role in MONEY
    ]
    shown, received = Unclaimed(), Unclaimed()
    for posting in postings:
        if posting.role == "returned_payment":
            shown.add(posting, (posting.place, -posting.cash))
        elif posting.role == "payment" and posting.cash > 0:
            numbers = {posting.entry.check_number, posting.entry.trace_number} - {None}
            received.add(posting, *((number, posting.cash) for number in numbers))
    items: list[Evidence] = []
    for deposit in sorted(deposits):
        if deposit.deposited_on <= sheet.book.as_of:
            payment = received.take((deposit.trace_number, -deposit.amount_cents))
            if payment is not None and shown.take((payment.place, payment.cash)) is None:
                ids = (payment.entry.transaction_id, deposit.deposit_id)
                item = Evidence(payment.cash, payment.place, payment.line_no, ids)
                item.on = deposit.deposited_on
                items.append(item)
    return items


def unnamed_returns(sheet: Worksheet) -> list[Evidence]:
    """Payments of the patient without a number that a return of their amount may be of.

    The bank's row bears a number that no posting bears. It is not earlier than the payment, nor
    more than `DAYS_OF_A_RETURN` later; cards and cash do not come back so. `why` is "again" where
    the patient paid that amount more than once.
    """
    postings = sheet.of_kind(PATIENT)
    if any(posting.role == "returned_payment" for posting in postings):
        return []
    numbers = {n for p in postings for n in (p.entry.check_number, p.entry.trace_number)}
    paid = Counter(posting.cash for posting in postings)
    coming: dict[int, deque[Posting]] = {}
    for posting in sorted(postings, key=lambda p: (p.entry.posted_on, p.entry.transaction_id)):
        if posting.role == "payment" and posting.cash > 0 and may_come_back(posting.entry):
            coming.setdefault(posting.cash, deque()).append(posting)
    received: dict[int, list[Posting]] = {}
    items: list[Evidence] = []
    for deposit in sorted(sheet.account.deposits, key=lambda d: d.deposited_on):
        on, cents = deposit.deposited_on, -deposit.amount_cents
        if cents not in coming or on > sheet.book.as_of or deposit.trace_number in numbers:
            continue
        before = received.setdefault(cents, [])
        while coming[cents] and coming[cents][0].entry.posted_on <= on:
            before.append(coming[cents].popleft())
        if before and (on - before[-1].entry.posted_on).days <= DAYS_OF_A_RETURN:
            payment = before.pop()
            ids = (payment.entry.transaction_id, deposit.deposit_id)
            item = Evidence(payment.cash, payment.place, payment.line_no, ids)
            item.on = on
            item.why = "again" if paid[payment.cash] > 1 else ""
            items.append(item)
    return items


def may_come_back(entry: LedgerEntry) -> bool:
    """Whether a payment may be a check, and bears no number that says which."""
    is_named = entry.check_number or entry.trace_number
    return not is_named and entry.tender in (None, "", "check", "ach")
