"""The parts of a statement, ready to be shown as text, as JSON or on a page.

Amounts are whole cents. `marks` are the numbers of the findings that rest on a row: the rows to
light up. A statement names records and payers, never a patient.
"""

from datetime import date
from typing import NamedTuple


class CoverageRow(NamedTuple):
    """A payer in its place (1 = primary)."""

    cob_order: int
    payer_id: str
    name: str
    payer_class: str
    note: str


class LedgerRow(NamedTuple):
    """A charge or a ledger entry; `amount_cents` is 0 where it is voided, and the note says so.

    `lines` are the service lines it sits on; none means the account as a whole.
    """

    marks: tuple[int, ...]
    record_id: str
    on: date | None
    lines: tuple[int, ...]
    what: str
    reference: str
    note: str
    amount_cents: int
    balance_cents: int


class AdjustmentRow(NamedTuple):
    """Why a remittance paid less or more than was billed."""

    group_code: str
    carc: str
    words: str
    amount_cents: int


class ClaimLineRow(NamedTuple):
    """A line of a remittance claim; `ledger_line` is the account's line that it answers.

    `service` is empty for what the remittance says of the claim as a whole.
    """

    marks: tuple[int, ...]
    ledger_line: int | None
    service: str
    charge_cents: int
    adjustments: tuple[AdjustmentRow, ...]
    paid_cents: int


class ClaimBlock(NamedTuple):
    """A claim of a remittance; `standing` tells what became of it."""

    marks: tuple[int, ...]
    remit_claim_id: str
    payer: str
    paid_on: date
    trace_number: str
    payer_claim_number: str
    status: str
    standing: str
    charge_cents: int
    paid_cents: int
    lines: tuple[ClaimLineRow, ...]


class OtherRecord(NamedTuple):
    """A provider adjustment, refund, returned deposit or contract amount."""

    marks: tuple[int, ...]
    record_id: str
    on: date | None
    what: str
    reference: str
    amount_cents: int


class ArithmeticRow(NamedTuple):
    """What one party should have paid on one line, and did."""

    marks: tuple[int, ...]
    line_no: int | None
    party: str
    target_cents: int
    actual_cents: int

    @property
    def difference_cents(self) -> int:
        """Positive: paid too much; negative: still owed."""
        return self.actual_cents - self.target_cents


class FindingRow(NamedTuple):
    """A finding with its words, its clock and the rule of law behind that."""

    number: int
    line_no: int | None
    party: str
    party_id: str | None
    whose: str
    cause: str
    cause_words: str
    disposition: str
    disposition_words: str
    amount_cents: int
    certainty: str
    certainty_words: str
    due_on: date | None
    days_left: int | None
    rule_id: str | None
    rule_title: str
    citation: str
    source: str
    evidence: tuple[str, ...]
    explanation: str


class Variance(NamedTuple):
    """A difference between contract and remittance that the ledger follows: no finding."""

    line_no: int | None
    payer: str
    amount_cents: int


class Statement(NamedTuple):
    """An account with its answer. `held` says why it has none: it does not add up."""

    account_id: str
    as_of: date
    facts: tuple[str, ...]
    coverages: tuple[CoverageRow, ...]
    held: str | None
    verdict: str
    balance_cents: int
    credit_cents: int
    masked_cents: int
    owed_cents: int
    ledger: tuple[LedgerRow, ...]
    entries_after: int
    claims: tuple[ClaimBlock, ...]
    other_records: tuple[OtherRecord, ...]
    arithmetic: tuple[ArithmeticRow, ...]
    findings: tuple[FindingRow, ...]
    variances: tuple[Variance, ...]
