"""A contract as witness: what it allows to be written off where only the ledger answers.

It is no rule there. It is heard only where it explains to the cent what is held too much.
"""

from requite.domain.determination.ledger import Ledger
from requite.domain.determination.ledger_asked import WHOLE


def contract_limits(ledger: Ledger) -> dict[int | None, int]:
    """What the contract allows to be written off, where what is beyond it is just too much.

    Notes in `contract_kept` where the write-offs are the contract's, and something else is too
    much. By line, and by None for the account as a whole.
    """
    limits: dict[int | None, int] = {}
    expected = expected_by_line(ledger)
    if not expected:
        return limits
    over = ledger.overs()
    scopes: list[int | None] = [n for n in ledger.lines if n in expected]
    for number in [WHOLE] if ledger.is_one_scope or not scopes else scopes:
        allowed = allowed_on(ledger, expected, number)
        here = over.get(number, 0) - ledger.aside_on(number)
        if allowed is None or here <= 0:
            continue
        rest = charged_on(ledger, number) - allowed
        written_off = discounts_on(ledger, number)
        if written_off - rest == here:
            limits[number] = rest
        elif written_off == rest:
            ledger.contract_kept.add(number)
    return limits


def expected_by_line(ledger: Ledger) -> dict[int | None, int]:
    """What the contract of the first payer allows, by line or (None) for the account."""
    first = next((place.payer_id for place in ledger.sheet.places if place.on_file), None)
    return {
        row.line_no: row.expected_allowed_cents
        for row in ledger.sheet.account.contracts
        if row.payer_id == first
    }


def allowed_on(ledger: Ledger, expected: dict[int | None, int], number: int | None) -> int | None:
    """What the contract allows of a line, or of all; None where it does not say."""
    if number is WHOLE and WHOLE not in expected and set(expected) >= set(ledger.lines):
        return sum(expected[line] for line in ledger.lines)
    return expected.get(number)


def charged_on(ledger: Ledger, number: int | None) -> int:
    """What is charged on a line, or on all that the ledger answers."""
    lines = ledger.lines if number is None else [number]
    return sum(ledger.by_line[line].line.net for line in lines)


def discounts_on(ledger: Ledger, number: int | None) -> int:
    """What payers' discounts write off on a line, or on all."""
    slots = ledger.money.discounts.values()
    if number is WHOLE:
        return sum(ledger.cash(found) for known in slots for found in known.values())
    return sum(ledger.cash(known.get(number, ())) for known in slots)
