"""What has gone back already: take-backs by payers, refunds sent, payments returned by the bank.

Each is a pool of cents that explains an excess once. What the ledger already shows is taken out
first, so that only the unposted part is left as evidence.
"""

from collections import deque
from collections.abc import Mapping
from datetime import date
from typing import Final

from requite.domain.determination.account import ProviderAdjustment, Refund
from requite.domain.determination.normalise import MONEY, places_of
from requite.domain.determination.worksheet import (
    NO_PLACE,
    PATIENT,
    PAYER,
    Adjudication,
    Answer,
    Evidence,
    Pool,
    Posting,
    Worksheet,
)

TAKING: Final = frozenset({"WO", "FB", "72", "CS"})
INTEREST_REASON: Final = "L6"
CARRIED: Final = "carried"
RETURNED: Final = frozenset({"issued", "cleared"})


class Chain:
    """All provider adjustments of one reference: one signed sum, with the claim they name."""

    __slots__ = ("answer", "cents", "has_reversal", "ids", "keys", "on", "place", "taken")

    def __init__(self, place: int, answer: Answer | None) -> None:
        self.place = place
        self.answer = answer
        self.cents = 0
        self.taken = 0
        self.has_reversal = False
        self.ids: list[str] = []
        self.keys: set[str] = set()
        self.on: date | None = None


def gather_evidence(sheet: Worksheet) -> None:
    """Fill the worksheet's pools of evidence, net of what the ledger shows."""
    rows = sheet.account.provider_adjustments
    sheet.interest_keys = {row.key for row in rows if row.reason_code == INTEREST_REASON}
    chains = chains_by_reference(sheet)
    takebacks = [*reversal_evidence(sheet, chains), *chain_evidence(sheet, chains)]
    if takebacks:
        take_out_posted(sheet, takebacks, chains)
    sheet.takebacks = Pool(item for item in takebacks if item.cents > 0)
    if sheet.account.refunds:
        sheet.refund_evidence = Pool(refund_evidence(sheet))
    if sheet.account.deposits:
        sheet.return_evidence = Pool(return_evidence(sheet))


def chains_by_reference(sheet: Worksheet) -> dict[tuple[int, str], Chain]:
    """Sum the take-backs by the place and claim that they name; note interest on its claim."""
    rows = sheet.account.provider_adjustments
    chains: dict[tuple[int, str], Chain] = {}
    if not rows:
        return chains
    own = [answer for answer in sheet.answers if answer.own]
    by_id = {answer.claim.remit_claim_id: answer for answer in own}
    carried = reversals_by_payment(own)
    names = names_of(sheet, own)
    for row in sorted(rows, key=adjustment_key):
        if row.payment_date > sheet.book.as_of:
            continue
        answer = by_id.get(row.remit_claim_id or "")
        if row.reason_code == INTEREST_REASON:
            note_interest(sheet, row, answer)
            continue
        known = answer is not None or not names.isdisjoint((row.reference or "").split())
        if carries(row):  # a reversal of the same payment and amount came without its cash
            answer = carried.get((row.trace_number, row.amount_cents))
            known = answer is not None
        if known and row.reason_code in TAKING:
            add_to_chain(sheet, chains, row, answer)
    return chains


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


def add_to_chain(
    sheet: Worksheet,
    chains: dict[tuple[int, str], Chain],
    row: ProviderAdjustment,
    answer: Answer | None,
) -> None:
    """Add one adjustment to the chain of its reference."""
    if answer is not None:
        place, name = answer.place, answer.claim.payer_claim_number or row.reference or ""
    else:
        place, name = places_of(sheet, row.payer_id or "?")[0].index, row.reference or ""
    chain = chains.setdefault((place, name), Chain(place, answer))
    chain.cents += row.amount_cents
    chain.ids.append(row.key)
    chain.keys.add(row.key)
    if row.amount_cents > 0:
        chain.on = row.payment_date
        chain.taken += row.amount_cents


def reversal_evidence(sheet: Worksheet, chains: dict[tuple[int, str], Chain]) -> list[Evidence]:
    """What each reversal took, by line; what its chain still carries forward is for a person."""
    items: list[Evidence] = []
    for answer in sheet.answers:
        if not (answer.own and answer.is_reversal):
            continue
        chain = chains.get((answer.place, answer.claim.payer_claim_number or ""))
        carried = max(-chain.cents, 0) if chain is not None else 0
        if chain is not None:
            chain.has_reversal = True
        for part, taken in taken_by_line(answer):
            waiting = min(carried, taken)
            carried -= waiting
            for cents, why in ((taken - waiting, ""), (waiting, CARRIED)):
                if cents > 0:
                    items.append(reversal_item(part, cents, why))
        if chain is not None and chain.cents < 0:
            chain.cents = -carried
    return items


def taken_by_line(reversal: Answer) -> list[tuple[Adjudication, int]]:
    """What a reversal took on each line and the ledger does not show.

    No more than is posted of the claim that it takes back: a payment that was never posted
    leaves nothing to take out.
    """
    original = reversal.reversed_by
    parts = [reversal.adjudications[number] for number in sorted(reversal.adjudications)]
    taken = [max(part.posted - part.gross, 0) for part in parts]
    if original is None:
        return list(zip(parts, taken, strict=True))
    held = max(original.posted + sum(part.posted for part in parts), 0)
    found: list[tuple[Adjudication, int]] = []
    for part, most in zip(parts, taken, strict=True):
        known = original.adjudications.get(part.line_no)
        cents = min(most, held)
        if known is not None and not original.posted_whole:
            cents = max(min(cents, known.posted + part.posted), 0)
        held -= cents
        found.append((part, cents))
    return found


def reversal_item(part: Adjudication, cents: int, why: str) -> Evidence:
    """The evidence of one reversed line."""
    claim = part.answer.claim
    item = Evidence(cents, part.answer.place, part.line_no, (claim.remit_claim_id,))
    item.on = claim.payment_date
    item.why = why
    item.answer = part.answer.reversed_by
    return item


def taken_by_chain(chain: Chain, claims_of: Mapping[tuple[int, str], list[Answer]]) -> int:
    """What a chain took, as far as the claims of the number that it names were posted."""
    named, taken = chain.answer, max(chain.cents, 0)
    if named is None or not taken:
        return taken
    claims = claims_of.get((chain.place, named.claim.payer_claim_number or ""), [])
    if not claims and not named.is_reversal and named.place == chain.place:
        claims = [named]
    posted = sum(max(answer.posted, 0) for answer in claims)
    return min(taken, posted) if claims else taken


def chain_evidence(sheet: Worksheet, chains: dict[tuple[int, str], Chain]) -> list[Evidence]:
    """What provider adjustments took for a claim that they name."""
    items = []
    claims_of: dict[tuple[int, str], list[Answer]] = {}
    for answer in sheet.answers:
        number = answer.claim.payer_claim_number
        if chains and number and answer.own and not answer.is_reversal:
            claims_of.setdefault((answer.place, number), []).append(answer)
    for key in sorted(chains):
        chain = chains[key]
        net = taken_by_chain(chain, claims_of)
        # Carried and then taken, though no reversal is in the feed: its remittance is missing.
        unseen = 0 if chain.has_reversal else chain.taken - max(chain.cents, 0)
        for cents, why in ((net, ""), (unseen, CARRIED)):
            if cents > 0:
                item = Evidence(cents, chain.place, None, tuple(chain.ids))
                item.on = chain.on
                item.why = why
                if chain.answer is not None:
                    item.lines = tuple(sorted(chain.answer.adjudications))
                    reversed_claim = chain.answer.is_reversal
                    item.answer = chain.answer.reversed_by if reversed_claim else chain.answer
                items.append(item)
    return items


def take_out_posted(
    sheet: Worksheet, items: list[Evidence], chains: dict[tuple[int, str], Chain]
) -> None:
    """Lower the evidence by the recoupments that the ledger already shows."""
    pool = Pool(items)
    by_id: dict[str, list[Evidence]] = {}
    for item in items:
        for key in item.ids:
            by_id.setdefault(key, []).append(item)
    for posting in sheet.of_kind(PAYER):
        if posting.cash >= 0 or posting.entry.type not in ("payment", "recoupment"):
            continue
        if posting.answer is not None and posting.answer.is_reversal:
            take_out_whole(posting, by_id)
            continue
        chain = chains.get((posting.place, posting.entry.payer_claim_number or ""))
        keys = {posting.adjustment_key} if chain is None else {posting.adjustment_key, *chain.keys}
        named = {item.position: item for key in keys for item in by_id.get(key, ())}
        rest = lower([item for item in named.values() if serves(item, posting)], -posting.cash)
        if rest:
            others = pool.serving(posting.place, posting.line_no)
            unnamed = [item for item in others if item.position not in named]
            lower(unnamed, rest, amount=-posting.cash)


def serves(item: Evidence, posting: Posting) -> bool:
    """Whether evidence is of a posting's place and line."""
    if item.place != posting.place:
        return False
    return posting.line_no is None or item.scope == (None,) or posting.line_no in item.scope


def lower(items: list[Evidence], cents: int, amount: int | None = None) -> int:
    """Lower evidence by `cents`, what is just the amount first; returns what is left of them."""
    first = cents if amount is None else amount
    for item in sorted(items, key=lambda item: (item.cents != first, item.position)):
        used = min(item.cents, cents)
        item.cents -= used
        cents -= used
    return cents


def take_out_whole(posting: Posting, by_id: dict[str, list[Evidence]]) -> None:
    """A reversal posted without a line lowers the evidence of all its lines."""
    answer = posting.answer
    if answer is None or (posting.line_no is not None and posting.line_no in answer.adjudications):
        return
    cents = -posting.cash
    for item in by_id.get(answer.claim.remit_claim_id, ()):
        used = min(item.cents, cents)
        item.cents -= used
        cents -= used


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
        if posting.entry.type == "refund"
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
        if posting.entry.type in MONEY
    ]
    shown, received = Unclaimed(), Unclaimed()
    for posting in postings:
        if posting.entry.type == "returned_payment":
            shown.add(posting, (posting.place, -posting.cash))
        elif posting.entry.type == "payment" and posting.cash > 0:
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
