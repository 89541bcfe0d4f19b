"""Whose money a posting is: its party, place and role, told once for all that follows.

Who paid is told by the refund that names the posting, by `paid_by`, by the payer's id, by the
trace of a remittance; else by bucket and tender; else nobody knows, and it is no patient's. A
positive adjustment without a group code takes back an earlier write-off, or lowers the money of
the party that it names.
"""

from typing import Final, NamedTuple

from requite.domain.determination.account import LedgerEntry, Refund
from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.places import UNKNOWN, place_of_bucket, places_of
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    INTEREST,
    PATIENT,
    PAYER,
    TRANSFER,
    UNGROUPED,
    WRITE_OFF,
    Worksheet,
)

INTEREST_CARC: Final = "225"
PATIENT_RESPONSIBILITY: Final = "PR"
MONEY: Final = frozenset({"payment", "refund", "recoupment", "returned_payment"})
PATIENT_BUCKETS: Final = frozenset({"self", "bad_debt"})
PAYER_BUCKETS: Final = frozenset({"primary", "secondary", "tertiary"})
PATIENT_TENDERS: Final = frozenset({"cash", "card", "hsa_card"})
REFUND: Final = "refund"
NOBODYS: Final = "adjustment of nobody"  # positive, without any sign of a party

Slot = tuple[str | None, int | None, int]


class Whose(NamedTuple):
    """What a posting is: the column it belongs to, the place, what it does, and how that is known.

    `place` is NO_PLACE where the posting's payer is told later, or nobody's; `is_inferred` tells
    that no record names the payer; `other` is a second reading that fits as well.
    """

    kind: str
    role: str
    place: int = NO_PLACE
    is_inferred: bool = False
    other: "Whose | None" = None


BY_PAYER: Final = {role: Whose(PAYER, role) for role in MONEY}
BY_PATIENT: Final = {role: Whose(PATIENT, role) for role in MONEY}
ADJUSTMENT: Final = "adjustment"
ADJUSTING: Final = {
    kind: Whose(kind, ADJUSTMENT) for kind in (CONTRACTUAL, PAYER, UNGROUPED, WRITE_OFF)
}


class Parties:
    """Tells the postings of one account apart, in the order of their days."""

    __slots__ = ("is_billable", "payers_by_trace", "refunds", "remitted", "sheet", "written_off")

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.refunds = {row.transaction_id: row for row in sheet.account.refunds}
        self.written_off: dict[Slot, list[str]] = {}
        self.payers_by_trace: dict[str, str] = {}
        self.remitted = {
            claim.trace_number
            for claim in sheet.account.remit_claims
            if claim.trace_number and claim.payment_date <= sheet.book.as_of
        }
        # Else what is written off as a debt of the patient's fills what the contract takes first.
        self.is_billable = sheet.collectable and not any(p.capitated for p in sheet.places)

    def of(self, entry: LedgerEntry) -> Whose:
        """Whose money an entry is: where two readings fit, as the worksheet asks."""
        if not self.refunds and entry.type in MONEY:
            return self.of_money(entry)  # of which there is one reading
        found = self.first_reading(entry)
        if found.other is None:
            return found
        self.sheet.is_ambiguous = True
        return found.other if self.sheet.takes_second else found

    def first_reading(self, entry: LedgerEntry) -> Whose:
        """Whose money an entry is, with the other reading where one fits as well."""
        refund = self.refunds.get(entry.transaction_id) if self.refunds else None
        if refund is not None:
            return self.of_refund(entry, refund)
        role = entry.type
        if role in MONEY:
            return self.of_money(entry)
        if role == ADJUSTMENT:
            return self.of_adjustment(entry)
        if role == "bad_debt":
            return Whose(WRITE_OFF if self.is_billable else UNGROUPED, role)
        return Whose(TRANSFER if role == "transfer" else INTEREST, role)

    def of_refund(self, entry: LedgerEntry, refund: Refund) -> Whose:
        """The party to whom a refund went that names the entry, whatever the entry's type."""
        if refund.payee != "payer":
            return BY_PATIENT[REFUND]
        payer_id = entry.payer_id or refund.payee_id
        if payer_id:
            return Whose(PAYER, REFUND, places_of(self.sheet, payer_id)[0].index)
        return self.payer_without_id(entry, REFUND)

    def of_money(self, entry: LedgerEntry) -> Whose:
        """Who paid, or was paid back."""
        role = entry.type
        if entry.paid_by == "patient":
            return BY_PATIENT[role]
        if entry.payer_id:
            if entry.trace_number:
                self.payers_by_trace[entry.trace_number] = entry.payer_id
            return BY_PAYER[role]
        is_remitted = entry.trace_number in self.remitted and entry.tender not in PATIENT_TENDERS
        if entry.paid_by == "payer" or role == "recoupment" or is_remitted:
            return self.payer_without_id(entry, role)
        if self.is_patients(entry):
            return BY_PATIENT[role]
        place = place_of_bucket(self.sheet, entry.bucket)
        return Whose(PAYER, role, self.known_or_not(place), is_inferred=True)

    def is_patients(self, entry: LedgerEntry) -> bool:
        """Whether money that names no payer is a patient's: by bucket, tender, or lack of both."""
        if entry.bucket in PATIENT_BUCKETS or entry.tender in PATIENT_TENDERS:
            return True
        if entry.bucket in PAYER_BUCKETS:
            return False
        return not self.sheet.places or (not entry.bucket and self.sheet.book.payers_are_named)

    def payer_without_id(self, entry: LedgerEntry, role: str) -> Whose:
        """A payer whom the entry does not name: that of its bucket, else the account's only one."""
        place = place_of_bucket(self.sheet, entry.bucket)
        on_file = [each.index for each in self.sheet.places if each.on_file]
        if place == NO_PLACE and len(on_file) == 1:
            place = on_file[0]
        return Whose(PAYER, role, self.known_or_not(place), is_inferred=True)

    def known_or_not(self, place: int) -> int:
        """A place, or the one where payers stand whom nobody names."""
        return places_of(self.sheet, UNKNOWN)[0].index if place == NO_PLACE else place

    def of_adjustment(self, entry: LedgerEntry) -> Whose:
        """Contractual by its group code; interest taken off a payment is its payer's money."""
        if entry.group_code:
            if entry.carc == INTEREST_CARC:
                return ADJUSTING[PAYER]
            kind = WRITE_OFF if entry.group_code == PATIENT_RESPONSIBILITY else CONTRACTUAL
        elif entry.amount_cents > 0:
            return self.of_positive(entry)
        else:
            kind = UNGROUPED
        if entry.amount_cents < 0:
            slot = (entry.bucket, entry.line_no, -entry.amount_cents)
            known = self.written_off.get(slot)
            if known is None:
                self.written_off[slot] = [kind]
            else:
                known.append(kind)
        return ADJUSTING[kind]

    def of_positive(self, entry: LedgerEntry) -> Whose:
        """Takes back an earlier write-off, else lowers the money of a party that it names."""
        known = self.written_off.get((entry.bucket, entry.line_no, entry.amount_cents))
        party = self.party_named(entry)
        if known:
            other = None if party is None else party._replace(other=None)
            return Whose(known.pop(), entry.type, other=other)
        return party or Whose(UNGROUPED, NOBODYS)

    def party_named(self, entry: LedgerEntry) -> Whose | None:
        """The party whose bucket, id or trace a positive adjustment bears."""
        payer_id = self.payers_by_trace.get(entry.trace_number or "")
        if payer_id and not entry.payer_id:
            return Whose(PAYER, entry.type, places_of(self.sheet, payer_id)[0].index)
        if entry.payer_id or entry.trace_number:
            place = NO_PLACE if entry.payer_id else place_of_bucket(self.sheet, entry.bucket)
            if entry.payer_id or place != NO_PLACE:
                return Whose(PAYER, entry.type, place)
            return self.payer_without_id(entry, entry.type)
        if entry.bucket in PATIENT_BUCKETS:
            return Whose(PATIENT, entry.type)
        place = place_of_bucket(self.sheet, entry.bucket)
        if place == NO_PLACE:
            return None
        taken_back = Whose(UNGROUPED, entry.type)  # a part of write-offs, or several of them
        return Whose(PAYER, entry.type, place, is_inferred=True, other=taken_back)
