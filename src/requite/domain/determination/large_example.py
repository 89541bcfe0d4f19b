"""One account with as many lines as asked, for telling how the work grows with its size.

A practice that keeps all visits of a patient on one account, for decades: each line is charged,
answered, paid and written off, every third is paid twice, and what is unusual has a name.
"""

from collections.abc import Iterator
from typing import Final

from requite.domain.determination.account import (
    BankDeposit,
    ContractAmount,
    PatientAccount,
    Refund,
)
from requite.domain.determination.example import (
    SERVED_ON,
    Remittance,
    Row,
    Service,
    account,
    answer,
    charge,
    covered,
    entry,
    paid,
    patient_paid,
    service,
    withheld,
    written_off,
)

KINDS: Final = (
    "a claim a line",
    "one claim",
    "one payment",
    "no references",
    "no control numbers",
    "no lines",
    "no remittances",
    "taken back",
    "reversed",
    "refunded",
    "returned",
    "bad debt",
    "no group code",
    "transfers",
    "contracts",
)
PAID_TWICE: Final = 3  # every third line
SECOND_PAYMENT: Final = "2026-03-01"


def large_account(kind: str, lines: int) -> PatientAccount:
    """An account of so many lines, with three to five postings each.

    >>> len(large_account("one claim", 30).entries)
    100
    """
    rows: list[Row] = [covered("LARK")]
    if kind == "one claim":
        services = (said(kind, number) for number in range(1, lines + 1))
        rows.append(answer("T", *services, payer_claim_number="N"))
    for number in range(1, lines + 1):
        rows.append(charge(number, "100.00", charge_id=f"C{number}", procedure_code="99213"))
        rows += answers(kind, number)
        rows += postings(kind, number)
        rows += happenings(kind, number)
    return account(*rows)


def said(kind: str, number: int) -> Service:
    """What the payer says of a line."""
    columns = {"procedure_code": "99213"}
    if kind == "no control numbers":
        columns["line_control_number"] = ""
    return service(number, "100.00", "60.00", CO45="30.00", PR2="10.00", **columns)


def answers(kind: str, number: int) -> Iterator[Remittance]:
    """The claims of a line; the payer pays some twice, or takes them back."""
    if kind in ("no remittances", "one claim"):
        return
    trace = "T" if kind == "one payment" else f"T{number}"
    named = {"payer_claim_number": f"N{number}", "remit_claim_id": f"R{number}", "place": number}
    yield answer(trace, said(kind, number), **named)
    if kind in ("taken back", "reversed") and number % PAID_TWICE == 0:
        named = {**named, "remit_claim_id": f"S{number}", "payment_date": SECOND_PAYMENT}
        yield answer(f"X{number}", said(kind, number), **named)
    if kind == "reversed":
        named = {**named, "remit_claim_id": f"V{number}", "claim_status": "22"}
        back = service(number, "-100.00", "-60.00", CO45="-30.00", PR2="-10.00")
        yield answer(f"V{number}", back, **named)


def postings(kind: str, number: int) -> Iterator[Row]:
    """What the ledger holds of a line; every third payment stands there twice."""
    line_no = None if kind == "no lines" else number
    trace: str | None = f"T{number}"
    if kind in ("one claim", "one payment"):
        trace = "T"
    elif kind in ("no references", "no remittances", "no lines"):
        trace = None
    yield paid(line_no, "60.00", trace, transaction_id=f"P{number:06}", check_number=None)
    group = None if kind == "no group code" and number % 2 else "CO"
    yield written_off(line_no, "30.00", group, transaction_id=f"W{number:06}")
    yield patient_paid(line_no, "10.00", transaction_id=f"Q{number:06}")
    if number % PAID_TWICE == 0:
        second = f"X{number}" if kind in ("taken back", "reversed") else trace
        check = f"B{number}" if kind == "returned" else None
        named = {"transaction_id": f"X{number:06}", "check_number": check}
        yield paid(line_no, "60.00", second, posted_on=SECOND_PAYMENT, **named)


def happenings(kind: str, number: int) -> Iterator[Row]:
    """What is unusual about a line."""
    twice = number % PAID_TWICE == 0
    if kind == "taken back" and twice:
        yield withheld(f"K{number}", "60.00", f"S{number}", reference=f"N{number}")
    elif kind == "refunded" and twice:
        yield Refund(f"F{number}", "payer", "LARK", 60_00, "cleared", None, f"K{number}")
        if number % 2:
            named = {"payer_id": "LARK", "check_number": f"K{number}"}
            yield entry("refund", number, "60.00", transaction_id=f"Y{number:06}", **named)
    elif kind == "returned" and twice:
        yield BankDeposit(f"D{number}", -60_00, SERVED_ON, f"B{number}")
    elif kind == "bad debt":
        yield entry("bad_debt", number, "-15.00", transaction_id=f"B{number:06}")
    elif kind == "transfers":
        legs = {"bucket": "primary", "transfer_id": f"M{number}"}
        yield entry("transfer", number, "-10.00", transaction_id=f"M{number:06}", **legs)
        amount = "8.00" if twice else "10.00"
        legs["bucket"] = "self"
        yield entry("transfer", number, amount, transaction_id=f"N{number:06}", **legs)
    elif kind == "contracts":
        yield ContractAmount("LARK", 65_00, number)
