"""The payer paid above the contract's allowed amount, and the ledger's write-off follows it.

Reversing write-off instead would keep money that the contract denies. Where coinsurance depends
on the allowed amount, a person decides how much of the difference is the patient's.
"""

from typing import Final

from requite.domain.determination.causes.dual_primary import over
from requite.domain.determination.part import Part
from requite.domain.determination.proof import dollars, payer_part, person_part, states_of
from requite.domain.determination.worksheet import PAYER, Cell, Worksheet

CAUSE: Final = "paid_above_contract"


def part(cell: Cell, sheet: Worksheet) -> Part | None:
    """What the first payer paid above its target under the contract.

    Examples
    --------
    >>> from requite.domain.determination.example import *
    >>> case = account(
    ...     charge(1, "1000.00"),
    ...     covered("LARK"),
    ...     ContractAmount("LARK", 640_00, line_no=1),
    ...     answer("A", service(1, "1000.00", "700.00", CO45="300.00")),
    ...     written_off(1, "360.00"),
    ...     paid(1, "700.00", trace="A"),
    ... )
    >>> for finding in findings(case):
    ...     print(finding)
    line 1: $60.00 paid_above_contract, payer LARK, refund_payer, proved
    """
    if cell.kind != PAYER:
        return None
    cents, target, coinsurance, ids = 0, 0, 0, []
    for state in states_of(sheet, cell):
        answer = state.in_force[cell.place]
        if state.contract_governs and state.primary == cell.place and answer is not None:
            cents += over(state, cell, cell.left - cents)
            target += state.t_place[cell.place]
            coinsurance += answer.coinsurance
            ids.append(answer.answer.claim.remit_claim_id)
    found = (person_part if coinsurance else payer_part)(CAUSE, cell, cents)
    if found is not None:
        found.evidence = tuple(ids)
        found.why = f"under the contract it should have paid {dollars(target)}"
        if coinsurance:
            found.why += "; the coinsurance would change too, which a new remittance settles"
    return found
