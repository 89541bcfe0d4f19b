"""The rows of one patient account, as the engine gathers them.

Every class is one row of a table of the feed, in the order in which the engine selects its
columns, so that a row becomes a record without a copy (`Charge._make(row)`). Amounts are whole
cents with the sign of the feed: + raises what is owed to the provider, - lowers it; amounts of
a remittance stand as the 835 states them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple


class Charge(NamedTuple):
    """A posted charge; several may share one service line."""

    charge_id: str
    line_no: int
    amount_cents: int
    service_date: date | None = None
    procedure_code: str | None = None
    modifiers: str | None = None
    posted_on: date | None = None
    voided_on: date | None = None


class LedgerEntry(NamedTuple):
    """A posted payment, adjustment, transfer, refund, recoupment, interest or write-off."""

    transaction_id: str
    type: str
    amount_cents: int
    posted_on: date
    bucket: str | None = None
    payer_id: str | None = None
    line_no: int | None = None
    claim_id: str | None = None
    group_code: str | None = None
    carc: str | None = None
    trace_number: str | None = None
    payer_claim_number: str | None = None
    check_number: str | None = None
    tender: str | None = None
    deposit_id: str | None = None
    reverses_transaction_id: str | None = None
    voided_on: date | None = None
    transfer_id: str | None = None
    paid_by: str | None = None


class Allocation(NamedTuple):
    """The part of a ledger entry that the source puts on one service line."""

    transaction_id: str
    line_no: int
    amount_cents: int
    undone_on: date | None = None


class Coverage(NamedTuple):
    """A place in the coordination-of-benefits order (1 = primary)."""

    cob_order: int
    payer_id: str
    plan_id: str | None = None
    member_id: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    capitated: bool = False
    responsibility_collectable: bool = True


class Claim(NamedTuple):
    """A claim as the provider billed it."""

    claim_id: str
    payer_id: str
    cob_order: int | None = None
    patient_control_number: str | None = None
    payer_claim_number: str | None = None
    frequency_code: str | None = None
    submitted_on: date | None = None


class RemitClaim(NamedTuple):
    """A claim of a remittance, with what its remittance says of the payment.

    `account_id` is the account that the engine resolved the claim to: this one's, or another's
    where a posting of this account names it.
    """

    remit_claim_id: str
    remit_id: str
    account_id: str | None
    payer_id: str | None
    trace_number: str
    payment_date: date
    place: int
    claim_status: str
    charge_cents: int
    paid_cents: int
    payer_claim_number: str | None = None
    frequency_code: str | None = None
    member_id: str | None = None
    service_from: date | None = None
    service_to: date | None = None


class RemitLine(NamedTuple):
    """A service line of a remittance claim; `line_no` is its place within the claim."""

    remit_claim_id: str
    line_no: int
    charge_cents: int
    paid_cents: int
    procedure_code: str | None = None
    modifiers: str | None = None
    service_date: date | None = None
    line_control_number: str | None = None


class RemitAdjustment(NamedTuple):
    """A CAS adjustment of a remittance line, or of the claim where `line_no` is None."""

    remit_claim_id: str
    line_no: int | None
    group_code: str
    carc: str
    amount_cents: int


class ProviderAdjustment(NamedTuple):
    """A PLB adjustment; a positive amount lowers the payment.

    `remit_claim_id` is the claim that its reference names (the earliest of those with that
    number), None where it names none of this account; `names_account` tells that its reference
    names the account all the same; `key` tells equal rows apart.
    """

    key: str
    remit_id: str
    payer_id: str | None
    trace_number: str
    payment_date: date
    reason_code: str
    reference: str | None
    amount_cents: int
    remit_claim_id: str | None = None
    names_account: bool = False


class Refund(NamedTuple):
    """A refund as the provider's own disbursement system knows it; the amount is positive."""

    refund_id: str
    payee: str
    payee_id: str | None
    amount_cents: int
    status: str
    issued_on: date | None = None
    check_number: str | None = None
    transaction_id: str | None = None


class ContractAmount(NamedTuple):
    """What the contract with a payer allows, for a line or (None) the whole account."""

    payer_id: str
    expected_allowed_cents: int
    line_no: int | None = None
    contract_version: str | None = None


class BankDeposit(NamedTuple):
    """A deposit; a negative amount is a payment that the bank returned."""

    deposit_id: str
    amount_cents: int
    deposited_on: date
    trace_number: str | None = None


class SharedCheck(NamedTuple):
    """A patient payment by a check that was posted to accounts of other guarantors too.

    `guarantors` are all whom it was posted for, `|`-separated.
    """

    transaction_id: str
    guarantors: str


class PatientAccount(NamedTuple):
    """One patient's ledger and all the evidence that bears on it.

    `deposits` holds the deposits that a posting here names and the returned ones (negative)
    that bear the trace or check number of a posting here. `transfer_gap_cents` gives, for each
    transfer with a leg here, the sum of its legs over the whole feed: 0 where it balances.
    """

    account_id: str
    facility_id: str | None
    patient_id: str | None
    guarantor_id: str | None
    patient_class: str | None
    state: str | None
    status: str | None
    service_from: date | None
    service_to: date | None
    next_visit_on: date | None
    reported_balance_cents: int | None
    charges: Sequence[Charge]
    entries: Sequence[LedgerEntry]
    coverages: Sequence[Coverage] = ()
    claims: Sequence[Claim] = ()
    allocations: Sequence[Allocation] = ()
    refunds: Sequence[Refund] = ()
    contracts: Sequence[ContractAmount] = ()
    deposits: Sequence[BankDeposit] = ()
    remit_claims: Sequence[RemitClaim] = ()
    remit_lines: Sequence[RemitLine] = ()
    remit_adjustments: Sequence[RemitAdjustment] = ()
    provider_adjustments: Sequence[ProviderAdjustment] = ()
    shared_checks: Sequence[SharedCheck] = ()
    transfer_gap_cents: Mapping[str, int] = {}


class Payer(NamedTuple):
    """A payer on file."""

    payer_id: str
    name: str
    payer_class: str
    parent_id: str | None = None
    era_ids: frozenset[str] = frozenset()


class Plan(NamedTuple):
    """A plan on file; `funding` decides whether state law reaches it."""

    plan_id: str
    payer_id: str
    name: str | None = None
    funding: str = "unknown"
    state: str | None = None
    lookback_days: int | None = None
    response_days: int | None = None


class Book(NamedTuple):
    """What every account of a feed shares.

    `unnamed` holds the take-backs that name no claim, by payer and amount (summed where one
    remittance both raises and lowers by the same reference); also what a remittance lowered its
    payment by beyond all that it states (reason code "gap"). `unnamed_by_day` has the take-backs
    among them by payer, in the order of their days. `incomplete` gives, by payer, the day of its
    last remittance that does not add up: a claim of it is missing. `heard` are the payers of whom
    the feed has any remittance; `payers_are_named` tells that payers' payments bear a payer, a
    bucket or `paid_by` there, so that one which bears none is a patient's.
    """

    as_of: date
    payers: Mapping[str, Payer]
    plans: Mapping[str, Plan] = {}
    unnamed: Mapping[tuple[str, int], Sequence[ProviderAdjustment]] = {}
    incomplete: Mapping[str, date] = {}
    unnamed_by_day: Mapping[str, Sequence[ProviderAdjustment]] = {}
    heard: frozenset[str] = frozenset()
    payers_are_named: bool = True
