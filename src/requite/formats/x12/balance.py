"""Whether a remittance adds up: lines, claims and the whole; what does not is told, and kept.

An amount that is missing or unreadable counts as nothing here; it is a problem of its own.
"""

import numpy as np
import pyarrow as pa

from requite.domain.money import Money
from requite.formats.x12.claims import ClaimRows
from requite.formats.x12.columns import Rows, cents_or_zero, sums
from requite.formats.x12.problem import Kind, Problems
from requite.formats.x12.tables import Tables
from requite.formats.x12.transaction import Transaction


def unbalanced(rows: ClaimRows, tables: Tables, is_last_torn: bool) -> tuple[Rows, Rows]:
    """Rows of the claims, and of the lines, whose charge less adjustments is not what was paid."""
    amounts = cents_or_zero(tables.remit_adjustments["amount_cents"])
    of_line = rows.line_of_adjustment
    line_amounts = amounts[of_line >= 0]
    lines = _unbalanced(tables.remit_lines, of_line[of_line >= 0], line_amounts)
    first = int(rows.first_is_continued)
    claims = _unbalanced(
        tables.remit_claims,
        rows.claim_of_adjustment[rows.claim_of_adjustment >= first] - first,
        amounts[rows.claim_of_adjustment >= first],
    )
    if is_last_torn and len(rows.owner):
        claims = claims[claims != len(rows.owner) - 1 - first]
    return claims + first, lines


def _unbalanced(table: pa.Table, parents: Rows, adjusted: Rows) -> Rows:
    charge, paid = (cents_or_zero(table[name]) for name in ("charge_cents", "paid_cents"))
    return np.flatnonzero(charge - sums(parents, adjusted, len(table)) != paid)


def check_transaction(transaction: Transaction, problems: Problems) -> None:
    """BPR02 is the sum of CLP04 less the sum of PLB; the head has what a deposit is found by."""
    come_to = transaction.paid_cents - transaction.adjusted_cents
    if (transaction.payment_cents or 0) != come_to:
        transaction.is_balanced = False
        problems.add(
            Kind.UNBALANCED_REMITTANCE,
            f"BPR02 states {Money(transaction.payment_cents or 0)}, but claims less provider "
            f"adjustments come to {Money(come_to)}.",
            *transaction.opened_at,
        )
    if not transaction.has_payment:
        problems.add(Kind.NO_HEADER, "BPR is missing.", *transaction.opened_at)
    elif transaction.payment_cents is None:
        problems.add(Kind.MISSING_VALUE, "BPR02 states no amount.", *transaction.opened_at)
    elif transaction.payment_date is None:
        problems.add(Kind.MISSING_VALUE, "BPR16 states no date.", *transaction.opened_at)
    if transaction.trace_number is None:
        problems.add(Kind.MISSING_VALUE, "TRN02 states no number.", *transaction.opened_at)
