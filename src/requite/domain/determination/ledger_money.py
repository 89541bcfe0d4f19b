"""What the ledger holds for each party: on lines, and on the account as a whole.

Write-offs are told apart by the place whose discount they are; money that belongs to a claim of a
remittance stands apart, and what posts interest, an adjustment or a wrong sign fills nothing.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from requite.domain.determination.account import LedgerEntry
from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.link import TO_ADJUSTMENT
from requite.domain.determination.places import place_of_bucket, places_of
from requite.domain.determination.whose import MONEY, NOBODYS, PAYER_BUCKETS
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    PATIENT,
    PAYER,
    UNGROUPED,
    WRITE_OFF,
    Posting,
    Worksheet,
)

GOING_BACK: Final = frozenset({"refund", "recoupment", "returned_payment"})
ON_THE_ACCOUNT: Final = None

Slots = dict[int | None, list[Posting]]


class LedgerMoney:
    """The postings that may answer, by party and line (None: the account as a whole).

    `payers` and `discounts` are by place, `others` the write-offs that are no payer's; `cash_on`
    sums all that stands on a line, whosever; `foreign` are the lines and places with money of a
    reversed claim or of another account.
    """

    __slots__ = (
        "cash_on", "discounts", "foreign", "others", "patient", "payers", "references", "sheet",
    )  # fmt: skip

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.payers: dict[int, Slots] = {}
        self.discounts: dict[int, Slots] = {}
        self.patient: Slots = {}
        self.others: Slots = {}
        self.cash_on: dict[int | None, int] = {}
        self.foreign: set[tuple[int | None, int]] = set()
        self.references = references_of_payers(sheet)
        self.add_payers()
        self.add_discounts()
        for posting in sheet.of_kind(PATIENT):
            self.count(posting)
            if not (posting.role in GOING_BACK and posting.cash > 0):
                put(self.patient, posting)
        for posting in sheet.of_kind(WRITE_OFF):
            self.count(posting)
            put(self.others, posting)

    def add_payers(self) -> None:
        """Keep the money of payers that may answer, and note what is of other claims."""
        for posting in self.sheet.of_kind(PAYER):
            self.count(posting)
            if is_foreign(posting):
                self.foreign.add((posting.line_no, posting.place))
            if stands_alone(posting):
                put(self.payers.setdefault(posting.place, {}), posting)

    def add_discounts(self) -> None:
        """Keep write-offs by the place whose discount they are."""
        for kind in (CONTRACTUAL, UNGROUPED):
            for posting in self.sheet.of_kind(kind):
                self.count(posting)
                place = self.place_of_discount(posting, is_coded=kind == CONTRACTUAL)
                if posting.line_no is None and posting.answer is not None:
                    continue  # it fills the lines of the claim that it names
                slots = self.others if place == NO_PLACE else self.discounts.setdefault(place, {})
                put(slots, posting)

    def count(self, posting: Posting) -> None:
        """Add a posting to what stands on its line."""
        number = posting.line_no
        self.cash_on[number] = self.cash_on.get(number, 0) + posting.cash

    def place_of_discount(self, posting: Posting, *, is_coded: bool) -> int:
        """The place whose discount a write-off is: by id, by reference, by bucket, else the first.

        NO_PLACE where it is no payer's.
        """
        entry, sheet = posting.entry, self.sheet
        if not sheet.places or posting.role in (NOBODYS, "bad_debt"):
            return NO_PLACE
        if entry.payer_id:
            return places_of(sheet, entry.payer_id)[0].index
        for name in names_of(entry):
            if name in self.references:
                return self.references[name]
        if entry.bucket in PAYER_BUCKETS:
            place = place_of_bucket(sheet, entry.bucket)
            return 0 if place == NO_PLACE else place
        if is_coded or (not entry.bucket and sheet.of_kind(PAYER)):
            return 0
        return NO_PLACE

    def has_reference(self, place: int, number: int) -> bool:
        """Whether a write-off on a line, or on the account, bears a place's trace or number."""
        slots = self.discounts.get(place, {})
        return any(
            names_of(posting.entry) for line in (number, None) for posting in slots.get(line, ())
        )

    def of_payer(self, place: int, number: int | None) -> list[Posting]:
        """The money of a place that may answer: on a line, or on the account as a whole."""
        return self.payers.get(place, {}).get(number, [])

    def of_payers_on(self, number: int | None) -> Iterator[tuple[str, list[Posting]]]:
        """What each payer paid, and wrote off, on a line or (None) anywhere, with the column."""
        for kind, by_place in ((PAYER, self.payers), (CONTRACTUAL, self.discounts)):
            for slots in by_place.values():
                scopes = slots.values() if number is None else (slots.get(number, []),)
                yield kind, [posting for postings in scopes for posting in postings]

    def of_patient_on(self, number: int | None) -> list[Posting]:
        """What the patient paid on a line, or (None) anywhere."""
        if number is not None:
            return self.patient.get(number, [])
        return [posting for postings in self.patient.values() for posting in postings]

    def answer_days(self, number: int | None) -> list[date]:
        """The days of payers' payments, of 0.00 too, on a line or (None) anywhere.

        Where none paid, those of write-offs: beside payments these may have been expected.
        """
        days: dict[str, list[date]] = {PAYER: [], CONTRACTUAL: []}
        for kind, postings in self.of_payers_on(number):
            days[kind] += (posting.entry.posted_on for posting in postings)
        return days[PAYER] or days[CONTRACTUAL]

    def has_elsewhere(self, place: int) -> bool:
        """Whether a place has money that no remittance explains, anywhere on the account."""
        slots = self.payers.get(place, {})
        return any(p.answer is None and p.cash >= 0 for found in slots.values() for p in found)


def put(slots: Slots, posting: Posting) -> None:
    """Keep a posting under its line."""
    slots.setdefault(posting.line_no, []).append(posting)


def stands_alone(posting: Posting) -> bool:
    """Whether payer money may stand for an answer of its own.

    Not what is linked to a claim of this account in force elsewhere, to a reversed claim, or to
    another account; not interest, nor a take-back of the wrong sign.
    """
    if posting.is_interest or (posting.role in GOING_BACK and posting.cash > 0):
        return False
    answer = posting.answer
    if posting.role not in MONEY and (posting.cash >= 0 or answer is not None):
        return False
    if answer is None:
        return posting.link == "" or posting.cash < 0
    return posting.line_no is not None and answer.own and answer.reversed_by is None


def is_foreign(posting: Posting) -> bool:
    """Whether a posting is linked to a reversed claim, its reversal, or another account's."""
    answer = posting.answer
    if answer is None or posting.link == TO_ADJUSTMENT:
        return False
    return not answer.own or answer.is_reversal or answer.reversed_by is not None


def names_of(entry: LedgerEntry) -> list[str]:
    """The trace, check and payer claim number that an entry bears."""
    names = (entry.trace_number, entry.check_number, entry.payer_claim_number)
    return [name for name in names if name]


def references_of_payers(sheet: Worksheet) -> dict[str, int]:
    """The place whose payment bears a trace, check or claim number; remittances first."""
    found: dict[str, int] = {}
    for answer in sheet.answers:
        if answer.own:
            found.setdefault(answer.claim.trace_number, answer.place)
            if answer.claim.payer_claim_number:
                found.setdefault(answer.claim.payer_claim_number, answer.place)
    for posting in sheet.of_kind(PAYER):
        for name in names_of(posting.entry):
            found.setdefault(name, posting.place)
    return found
