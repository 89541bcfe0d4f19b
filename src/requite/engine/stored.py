"""The tables of the store: what one partition holds of each account, and in which order.

The first columns of a table are the fields of its record in `requite.domain`, in order; those
after them are kept for people and other readers. Rows are sorted by account, so that the rows of
one account lie together in every file.
"""

from dataclasses import dataclass
from typing import Any

from requite.domain.determination import account as record


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table of the store: its record, its further columns, its order within an account."""

    name: str
    record: Any  # the NamedTuple that its rows become
    order: tuple[str, ...]
    source: str = ""  # the staged relation it is made of, where that has another name
    more: tuple[str, ...] = ()
    made: tuple[tuple[str, str], ...] = ()  # (field of the record, SQL over the source `s`)

    @property
    def relation(self) -> str:
        """The staged relation that holds its rows."""
        return self.source or self.name

    @property
    def columns(self) -> tuple[str, ...]:
        """All its columns besides the account's number in the partition."""
        return (*self.record._fields, *self.more)


STORED = (
    StoredTable(
        "charges",
        record.Charge,
        ("charge_id",),
        more=("revenue_code", "units", "replaces_charge_id"),
    ),
    StoredTable(
        "transactions", record.LedgerEntry, ("transaction_id",), more=("description",)
    ),
    StoredTable(
        "allocations",
        record.Allocation,
        ("transaction_id", "line_no", "charge_id", "amount_cents", "undone_on"),
        source="resolved_allocations",
        more=("charge_id",),
    ),
    StoredTable(
        "coverages",
        record.Coverage,
        ("cob_order", "effective_from", "payer_id"),
        made=(
            ("capitated", "coalesce(s.capitated, false)"),
            ("responsibility_collectable", "coalesce(s.responsibility_collectable, true)"),
        ),
    ),
    StoredTable(
        "claims",
        record.Claim,
        ("claim_id",),
        more=("original_payer_claim_number", "type_of_bill", "billed_cents"),
    ),
    StoredTable("refunds", record.Refund, ("refund_id",)),
    StoredTable(
        "contract_amounts",
        record.ContractAmount,
        ("payer_id", "line_no", "contract_version", "expected_allowed_cents"),
    ),
    StoredTable("deposits", record.BankDeposit, ("deposit_id",), source="account_deposits"),
    StoredTable(
        "remit_claims",
        record.RemitClaim,
        ("payment_date", "remit_id", "place", "remit_claim_id"),
        source="account_claims",
        more=(
            "patient_control_number", "patient_responsibility_cents", "filing_indicator",
            "type_of_bill", "patient_last_name", "patient_first_name", "received_on",
        ),
        made=(("account_id", "s.claim_account_id"),),
    ),
    StoredTable(
        "remit_lines",
        record.RemitLine,
        ("remit_claim_id", "line_no"),
        source="account_lines",
        more=("revenue_code", "units", "allowed_cents"),
    ),
    StoredTable(
        "remit_adjustments",
        record.RemitAdjustment,
        ("remit_claim_id", "line_no", "group_code", "carc", "amount_cents", "quantity"),
        source="account_adjustments",
        more=("quantity",),
    ),
    StoredTable(
        "provider_adjustments",
        record.ProviderAdjustment,
        ("payment_date", "remit_id", "key"),
        source="account_provider_adjustments",
        more=("provider_identifier",),
    ),
    StoredTable("shared_checks", record.SharedCheck, ("transaction_id",)),
)  # fmt: skip
