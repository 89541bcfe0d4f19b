"""What the determination of one account says."""

from typing import NamedTuple


class Finding(NamedTuple):
    """One part of a credit: whose money, why, how much, on what evidence.

    `amount_cents` is positive; `line_no` None means the account as a whole. `payer_id` names
    the payer whose cell holds the money even where the party is undetermined, `facts` carry
    the dates that a legal clock may run from (ISO, by name). `rests_on` is the weakest thing that
    it rests on: records, order, inferred or ledger.
    """

    account_id: str
    line_no: int | None
    party: str
    party_id: str | None
    cause: str
    disposition: str
    amount_cents: int
    certainty: str
    evidence: tuple[str, ...]
    explanation: str
    payer_id: str | None = None
    received_on: str | None = None
    other_received_on: str | None = None
    adjudicated_on: str | None = None
    rests_on: str = "records"


class CellRow(NamedTuple):
    """Should have paid, did pay, difference: one line of the table that explains an account."""

    line_no: int | None
    kind: str
    party_id: str | None
    target_cents: int
    actual_cents: int

    @property
    def difference_cents(self) -> int:
        """Positive: paid too much; negative: still owed."""
        return self.actual_cents - self.target_cents


class Determination(NamedTuple):
    """The whole answer for one account; its findings sum to `credit_cents`.

    `variances` are contract differences that raise no finding: (line_no, payer_id, cents).
    `held_by_payer_cents` is what payers got back twice, by our refund and by taking it.
    """

    account_id: str
    balance_cents: int
    credit_cents: int
    owed_cents: int
    findings: tuple[Finding, ...]
    cells: tuple[CellRow, ...]
    variances: tuple[tuple[int | None, str, int], ...] = ()
    held_by_payer_cents: int = 0

    @property
    def masked_cents(self) -> int:
        """The credit that the net balance does not show."""
        return self.credit_cents - max(-self.balance_cents, 0)
