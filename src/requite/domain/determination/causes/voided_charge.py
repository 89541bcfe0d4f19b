"""A charge was voided or reversed after its adjudication: what was paid for it goes back.

The write-off falls away, each payer gets back what it paid through a corrected claim, the
patient up to the responsibility last adjudicated. Where the charge was only credited in part
after the answer, every excess of the line is for a person: the claim must be corrected first.
"""

from typing import Final

from requite.domain.determination.answer import NO_PLACE, Adjudication
from requite.domain.determination.causes.dual_primary import over
from requite.domain.determination.part import Part
from requite.domain.determination.proof import (
    dollars,
    false_credit,
    holder,
    patient_part,
    payer_part,
    person_part,
    state_of,
    states_of,
)
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    PATIENT,
    PAYER,
    WRITE_OFF,
    Cell,
    LineState,
    Worksheet,
)
from requite.domain.parties import Disposition

CAUSE: Final = "voided_charge"
PARTIES: Final = frozenset({CONTRACTUAL, WRITE_OFF, PAYER, PATIENT})


def changed_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """Any excess of a line whose charge differs from the one adjudicated.

    Of money without a line it is what such lines let go of.
    """
    if cell.kind not in PARTIES:
        return None
    states = [state for state in states_of(sheet, cell) if state.differs]
    cents = cell.left if states and cell.line_no is not None else 0
    if cell.line_no is None:
        for state in states:
            cents += let_go(state, cell, cell.left - cents)
    found = person_part(CAUSE, cell, cents)
    if found is not None:
        found.why = (
            "the charge was changed after the payer answered; the corrected claim must be answered "
            "first"
        )
    return found


def let_go(state: LineState, cell: Cell, most: int) -> int:
    """What the answers gave a party of a line, above what its changed charge leaves it."""
    if cell.kind == PAYER:
        return over(state, cell, most)
    if cell.kind == PATIENT:
        last = last_answer(state)
        return 0 if last is None else max(min(last.pr - state.t_patient, most), 0)
    first = state.in_force[state.primary] if state.primary != NO_PLACE else None
    return 0 if first is None else max(min(first.co - state.t_co, most), 0)


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What stands on a line that nothing is charged for any more.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "400.00", voided_on="2026-04-02"),
    ...     covered("LARK"),
    ...     answer("A", service(1, "400.00", "240.00", CO45="100.00", PR2="60.00")),
    ...     written_off(1, "100.00"),
    ...     paid(1, "240.00", trace="A"),
    ...     patient_paid(1, "60.00"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $100.00 voided_charge, none, reverse_posting, proved
    line 1: $60.00 voided_charge, patient G1, refund_patient, proved
    line 1: $240.00 voided_charge, payer LARK, corrected_claim, proved
    """
    if cell.line_no is None:
        return whole_part(cell, sheet)
    state = state_of(sheet, cell)
    if state is None or not state.voided or cell.line_no not in sheet.lines:
        return None
    if sheet.places and cell.kind in PARTIES and not any(state.in_force):
        found = person_part(CAUSE, cell, cell.left)
    elif cell.kind in (CONTRACTUAL, WRITE_OFF):
        found = false_credit(CAUSE, cell, cell.left, Disposition.REVERSE_POSTING)
    elif cell.kind == PAYER:
        found = of_payer(cell, state)
    else:
        found = of_patient(cell, sheet, state)
    if found is not None:
        found.why = (
            f"the charge was voided after {dollars(found.cents)} stood for {holder(cell, sheet)}"
        )
    return found


def of_payer(cell: Cell, state: LineState) -> Part | None:
    """All that a payer who answered paid for the line."""
    if cell.loose or state.in_force[cell.place] is None:
        return None
    found = payer_part(CAUSE, cell, cell.left, Disposition.CORRECTED_CLAIM)
    part = state.in_force[cell.place]
    if found is not None and part is not None:
        found.evidence = (part.answer.claim.remit_claim_id,)
    return found


def of_patient(cell: Cell, sheet: Worksheet, state: LineState) -> Part | None:
    """What the patient paid, up to the responsibility last adjudicated."""
    last = last_answer(state)
    if cell.kind != PATIENT or last is None or sheet.any_pending:
        return None
    cents = min(cell.left, last.pr - state.released)
    state.released += cents
    return patient_part(CAUSE, cell, cents)


def whole_part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the patient paid on the account as a whole, up to his share of voided lines."""
    if cell.kind != PATIENT or sheet.any_pending:
        return None
    total = 0
    for state in states_of(sheet, cell):
        last = last_answer(state) if state.voided else None
        if last is not None:
            cents = max(min(cell.left - total, last.pr - state.released), 0)
            state.released += cents
            total += cents
    found = patient_part(CAUSE, cell, total)
    if found is not None:
        found.why = f"the patient's share of what was voided is {dollars(total)}"
    return found


def last_answer(state: LineState) -> Adjudication | None:
    """The adjudication in force of the last place that answered."""
    found = None
    for part in state.in_force:
        if part is not None:
            found = part
    return found
