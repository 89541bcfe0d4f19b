"""Causes that the ledger alone shows: repeats that were set aside, and money beyond what was left.

The codes are those of the other causes; what proves them is the ledger, so none is proved.
"""

from typing import Final

from requite.domain.determination.excess import has_wrong_sign
from requite.domain.determination.ledger_repeats import (
    is_another_payment,
    is_same_payment,
    number_of,
)
from requite.domain.determination.part import Part
from requite.domain.determination.proof import (
    corrects,
    dollars,
    false_credit,
    patient_part,
    payer_part,
    person_part,
    postings_of,
    states_of,
)
from requite.domain.determination.repeat import use_up
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    PATIENT,
    PAYER,
    Cell,
    Posting,
    Worksheet,
)
from requite.domain.parties import Disposition

POSTED_TWICE: Final = "duplicate_posting"
PAID_TWICE: Final = "duplicate_payment"
WRITTEN_OFF_TWICE: Final = "contractual_overposted"
COLLECTED_TWICE: Final = "patient_overcollection"
UNTOLD: Final = ""
ANSWERED_ANEW: Final = "answered_anew"
CANDIDATES: Final = (
    "either it was keyed twice or it was paid twice (duplicate_payment); the bank statement of "
    "the day settles it"
)


def posted_twice_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A payer's posting that bears the check, trace or deposit of another of its amount.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "170.00"),
    ...     covered("LARK"),
    ...     written_off(1, "50.00"),
    ...     paid(1, "120.00", check_number="111"),
    ...     paid(1, "120.00", check_number="111"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $120.00 duplicate_posting, none, reverse_posting, likely
    """
    found = false_credit(
        POSTED_TWICE, cell, aside(cell, sheet, POSTED_TWICE), Disposition.REVERSE_POSTING
    )
    if found is not None:
        found.why = "one payment is posted twice: it bears the same check, trace or deposit"
    return found


def paid_twice_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A payer's second payment of one amount, by another check or too late to be keyed again.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "170.00"),
    ...     covered("LARK"),
    ...     written_off(1, "50.00"),
    ...     paid(1, "120.00", check_number="111"),
    ...     paid(1, "120.00", check_number="222"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $120.00 duplicate_payment, payer LARK, refund_payer, likely
    """
    found = payer_part(PAID_TWICE, cell, aside(cell, sheet, PAID_TWICE))
    if found is not None:
        found.why = f"{dollars(found.cents)} was paid a second time; the EOB settles it"
        use_up(cell, sheet, found.cents)
    return found


def other_repeat_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A write-off or a patient's payment that came twice."""
    if cell.kind == CONTRACTUAL:
        cents = aside(cell, sheet, WRITTEN_OFF_TWICE)
        found = false_credit(WRITTEN_OFF_TWICE, cell, cents, Disposition.REVERSE_POSTING)
        why = "the same write-off is posted twice"
    else:
        found = patient_part(COLLECTED_TWICE, cell, aside(cell, sheet, COLLECTED_TWICE))
        why = "the patient paid the same amount a second time"
    if found is not None:
        found.why = why
    return found


def untold_repeat_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A repeat of which nothing tells whether it was keyed twice, paid twice or will be taken back.

    Examples
    --------
    Both checks paid line 1 alike, and line 2 otherwise: the claim was answered a second time.

    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "60.00"),
    ...     charge(2, "90.00"),
    ...     covered("LARK"),
    ...     paid(1, "60.00", check_number="111"),
    ...     paid(2, "80.00", check_number="111"),
    ...     paid(1, "60.00", check_number="222"),
    ...     paid(2, "90.00", check_number="222"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $60.00 duplicate_payment, undetermined, review, person
    line 2: $80.00 remit_missing, undetermined, review, person
    """
    found = person_part(PAID_TWICE, cell, aside(cell, sheet, ANSWERED_ANEW))
    if found is not None:
        found.why = (
            "the later check paid another line of the claim another amount than the first did: the "
            "claim was answered anew, and the payer may take the first answer back; its EOB tells"
        )
        return found
    found = person_part(POSTED_TWICE, cell, aside(cell, sheet, UNTOLD))
    if found is not None:
        found.why = CANDIDATES
    return found


def aside(cell: Cell, sheet: Worksheet, kind: str) -> int:
    """The cents of a cell that were set aside as repeats of one kind."""
    ledger = sheet.ledger
    if ledger is None or not ledger.set_aside or cell.kind not in (PAYER, PATIENT, CONTRACTUAL):
        return 0
    postings = [p for p in postings_of(sheet, cell) if p.is_aside and p.cash > 0]
    return sum(posting.cash for posting in postings if kind_on(cell, sheet, posting) == kind)


def kind_on(cell: Cell, sheet: Worksheet, posting: Posting) -> str:
    """What a repeat in a cell is; one of a claim that corrects another is for a person."""
    others = [] if sheet.ledger is None else sheet.ledger.alike_to(posting)
    found = kind_of_repeat(cell.kind, posting, others)
    if found != PAID_TWICE:
        return found
    if any(corrects(sheet, each) for each in (posting, *others)):
        return UNTOLD
    anew = any(is_answered_anew(sheet, posting, other) for other in others)
    return ANSWERED_ANEW if anew else found


def is_answered_anew(sheet: Worksheet, posting: Posting, other: Posting) -> bool:
    """Whether the checks of two payments alike paid another line of the account unlike."""
    if sheet.ledger is None:
        return False
    unlike = sheet.ledger.lines_paid_unlike(posting, other)
    return any(number != posting.line_no for number in unlike)


def kind_of_repeat(kind: str, posting: Posting, others: list[Posting]) -> str:
    """What a repeat beside others of its amount is; UNTOLD where a person must say."""
    if kind == CONTRACTUAL:
        return WRITTEN_OFF_TWICE
    entry = posting.entry
    if kind == PATIENT:
        return (
            UNTOLD
            if any(is_one_collection(posting, other) for other in others)
            else COLLECTED_TWICE
        )
    if any(is_same_payment(entry, other.entry) for other in others):
        return POSTED_TWICE
    another = all(is_another_payment(entry, other.entry) for other in others)
    return PAID_TWICE if another else UNTOLD


def is_one_collection(one: Posting, other: Posting) -> bool:
    """Whether two payments of a patient may be one: same check, or same day and tender.

    What stands for the check without a digit (CASH, VISA) tells the tender.
    """
    ours, theirs = one.entry, other.entry
    if number_of(ours.check_number) or number_of(theirs.check_number):
        return ours.check_number == theirs.check_number
    is_one_tender = (ours.check_number, ours.tender) == (theirs.check_number, theirs.tender)
    return is_one_tender and ours.posted_on == theirs.posted_on


def beyond_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the last of two or more payers, or a sole one against its contract, paid too much.

    Said only of payers of whom the feed holds no remittance at all: where a payer does send
    them, one that is missing was lost.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "100.00"),
    ...     covered("LARK", 1),
    ...     covered("TAM", 2),
    ...     written_off(1, "20.00"),
    ...     paid(1, "80.00"),
    ...     paid(1, "80.00", payer_id="TAM"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $80.00 secondary_over_responsibility, payer TAM, refund_payer, likely
    """
    ledger = sheet.ledger
    if ledger is None or not is_on_paper(cell, sheet):
        return None
    if ledger.asked.is_unmet_after(cell.place, cell.line_no):
        return None
    if any(other < cell.place for other in ledger.places_with_money()):
        return later_payer_part(cell, sheet)
    if not ledger.keeps_contract(cell.line_no) or len(own_payments(cell, sheet)) != 1:
        return None
    found = payer_part("paid_above_contract", cell, cell.left)
    if found is not None:
        found.why = "the write-off follows the contract, under which it should have paid less"
    return found


def is_on_paper(cell: Cell, sheet: Worksheet) -> bool:
    """Whether a payer on file never sends remittances, and none speaks of its cell."""
    if cell.kind != PAYER or cell.loose:
        return False
    place = sheet.places[cell.place]
    if not place.on_file or place.payer_id in sheet.book.heard:
        return False
    return all(state.in_force[cell.place] is None for state in states_of(sheet, cell))


def later_payer_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What a later payer paid above what those before it left."""
    cause = "secondary_over_responsibility"
    if any(
        part is not None and part.answer.as_primary
        for state in states_of(sheet, cell)
        for part in state.in_force
    ):
        is_medicare = sheet.places[cell.place].payer_class == "medicare_ffs"
        cause = "medicare_secondary_payer" if is_medicare else "dual_primary"
    found = payer_part(cause, cell, cell.left)
    if found is not None:
        found.why = "the payers before it left less than it paid; its EOB settles it"
    return found


def own_payments(cell: Cell, sheet: Worksheet) -> list[Posting]:
    """The money in a cell that came in."""
    return [posting for posting in postings_of(sheet, cell) if posting.cash > 0]


def wrong_sign_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """A refund, take-back or returned payment that is posted as money received."""
    if cell.kind not in (PAYER, PATIENT) or not cell.loose:
        return None
    cents = sum(posting.cash for posting in postings_of(sheet, cell) if has_wrong_sign(posting))
    found = person_part("unexplained", cell, cents)
    if found is not None:
        found.why = (
            "it is posted as money that came in, though it is a refund or a take-back: either the "
            "sign is wrong, or it was a payment"
        )
    return found
