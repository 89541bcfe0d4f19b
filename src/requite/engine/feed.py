"""The schema of every table of a feed, in one place: the contract with every source system."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from requite.domain.days import MOST_DAYS


class Kind(StrEnum):
    """What a column holds, and so how a file may write it down."""

    TEXT = "text"  # identifiers and words; leading zeros stay
    MONEY = (
        "money"  # dollars in CSV; decimal(p,2), or int64 `..._cents`, in Parquet; whole cents here
    )
    DATE = "date"  # ISO 8601
    BOOL = "true or false"
    INT = "whole number"  # zero or more
    QUANTITY = "quantity"  # shown, never computed with: units of service


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its kind, whether a row may do without it, what it may say and point at."""

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str = ""  # the table whose key it holds
    positive: bool = False  # money whose direction its noun carries
    most: int | None = None  # the largest whole number
    has_open_end: bool = False  # a date past the last is none: 9999-12-31 says that nothing ends

    @property
    def stored(self) -> str:
        """The name in the store, where money says that it is cents."""
        return f"{self.name}_cents" if self.kind is Kind.MONEY else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns and the columns that tell its rows apart (none: rows may repeat)."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False

    def column(self, name: str) -> Column:
        """The column called `name`."""
        return next(column for column in self.columns if column.name == name)

    @property
    def references(self) -> tuple[Column, ...]:
        """The columns that hold the key of another table."""
        return tuple(column for column in self.columns if column.refers_to)


STATES = ("open", "closed", "bad_debt")
PATIENT_CLASSES = ("inpatient", "outpatient", "professional")
PAYER_CLASSES = (
    "medicare_ffs", "medicare_advantage", "medicaid", "medicaid_managed", "chip", "tricare", "va",
    "fehb", "commercial", "workers_comp", "auto", "liability", "other",
)  # fmt: skip
ENTRY_TYPES = (
    "payment", "adjustment", "transfer", "refund", "recoupment", "interest", "returned_payment",
    "bad_debt",
)  # fmt: skip
BUCKETS = ("self", "primary", "secondary", "tertiary", "undistributed", "bad_debt")
REFUND_STATUSES = ("requested", "approved", "issued", "cleared", "voided", "returned")
REQUEST_REASONS = (
    "duplicate", "cob", "contract", "eligibility", "billing", "medical_necessity", "other",
)  # fmt: skip


def _texts(names: str) -> tuple[Column, ...]:
    """Optional columns of words."""
    return tuple(Column(name) for name in names.split())


def _dates(names: str) -> tuple[Column, ...]:
    """Optional dates."""
    return tuple(Column(name, Kind.DATE) for name in names.split())


def _id(name: str, refers_to: str = "") -> Column:
    """An identifier that every row must have."""
    return Column(name, required=True, refers_to=refers_to)


def _ref(name: str, table: str) -> Column:
    """An identifier of another table's row, where there is one."""
    return Column(name, refers_to=table)


def _money(name: str, *, required: bool = True, positive: bool = False) -> Column:
    return Column(name, Kind.MONEY, required=required, positive=positive)


def _choice(name: str, choices: Iterable[str], *, required: bool = False) -> Column:
    return Column(name, required=required, choices=tuple(choices))


def _int(name: str, *, required: bool = False, most: int | None = None) -> Column:
    return Column(name, Kind.INT, required=required, most=most)


ACCOUNT = _id("account_id", "accounts")

LEDGER = (
    Table("facilities", (_id("facility_id"), *_texts("name npi tin ptan state")), ("facility_id",)),
    Table(
        "patients",
        (_id("patient_id"), *_texts("first_name last_name"), *_dates("birth_date deceased_on")),
        ("patient_id",),
    ),
    Table(
        "guarantors",
        (_id("guarantor_id"), *_texts("name address_1 address_2 city state zip phone email")),
        ("guarantor_id",),
    ),
    Table(
        "payers",
        (
            _id("payer_id"),
            _id("name"),
            _choice("payer_class", PAYER_CLASSES, required=True),
            *_texts("parent_id era_ids"),
            _choice("refund_method", ("check", "ach", "offset")),
            *_texts("address_1 address_2 city state zip"),
        ),
        ("payer_id",),
    ),
    Table(
        "plans",
        (
            _id("plan_id"),
            _id("payer_id", "payers"),
            Column("name"),
            _choice("funding", ("insured", "self_funded", "government", "unknown")),
            Column("state"),
            _int("lookback_days", most=MOST_DAYS),
            _int("response_days", most=MOST_DAYS),
        ),
        ("plan_id",),
    ),
    Table(
        "accounts",
        (
            _id("account_id"),
            _ref("facility_id", "facilities"),
            _ref("patient_id", "patients"),
            _ref("guarantor_id", "guarantors"),
            _choice("patient_class", PATIENT_CLASSES),
            Column("state"),
            *_dates("service_from service_to"),
            _choice("status", STATES),
            _money("reported_balance", required=False),
            *_dates("next_visit_on"),
        ),
        ("account_id",),
        required=True,
    ),
    Table(
        "coverages",
        (
            ACCOUNT,
            _int("cob_order", required=True),
            _id("payer_id", "payers"),
            _ref("plan_id", "plans"),
            Column("member_id"),
            *_dates("effective_from"),
            Column("effective_to", Kind.DATE, has_open_end=True),
            Column("capitated", Kind.BOOL),
            Column("responsibility_collectable", Kind.BOOL),
        ),
        ("account_id", "cob_order", "effective_from"),
    ),
    Table(
        "claims",
        (
            _id("claim_id"),
            ACCOUNT,
            _id("payer_id", "payers"),
            _int("cob_order"),
            *_texts("patient_control_number payer_claim_number original_payer_claim_number"),
            *_texts("frequency_code type_of_bill"),
            _money("billed", required=False),
            *_dates("submitted_on"),
        ),
        ("claim_id",),
    ),
    Table(
        "charges",
        (
            _id("charge_id"),
            ACCOUNT,
            _int("line_no", required=True),
            _money("amount"),
            *_dates("service_date"),
            *_texts("procedure_code modifiers revenue_code"),
            Column("units", Kind.QUANTITY),
            *_dates("posted_on voided_on"),
            _ref("replaces_charge_id", "charges"),
        ),
        ("charge_id",),
        required=True,
    ),
    Table(
        "transactions",
        (
            _id("transaction_id"),
            ACCOUNT,
            _choice("type", ENTRY_TYPES, required=True),
            _money("amount"),
            Column("posted_on", Kind.DATE, required=True),
            _choice("bucket", BUCKETS),
            _ref("payer_id", "payers"),
            _choice("paid_by", ("payer", "patient")),
            _int("line_no"),
            _ref("claim_id", "claims"),
            *_texts("group_code carc trace_number payer_claim_number check_number"),
            _choice("tender", ("check", "ach", "card", "hsa_card", "cash")),
            _ref("deposit_id", "bank_deposits"),
            _ref("reverses_transaction_id", "transactions"),
            *_dates("voided_on"),
            *_texts("transfer_id description"),
        ),
        ("transaction_id",),
        required=True,
    ),
    Table(
        "allocations",
        (
            _id("transaction_id", "transactions"),
            _id("charge_id", "charges"),
            _money("amount"),
            *_dates("undone_on"),
        ),
    ),
    Table(
        "refunds",
        (
            _id("refund_id"),
            ACCOUNT,
            _choice("payee", ("payer", "patient"), required=True),
            Column("payee_id"),
            _money("amount", positive=True),
            _choice("status", REFUND_STATUSES, required=True),
            *_dates("issued_on"),
            Column("check_number"),
            _ref("transaction_id", "transactions"),
        ),
        ("refund_id",),
    ),
    Table(
        "refund_requests",
        (
            _id("request_id"),
            _id("payer_id", "payers"),
            Column("received_on", Kind.DATE, required=True),
            _money("amount", positive=True),
            *_dates("letter_date"),
            _ref("account_id", "accounts"),
            *_texts("patient_control_number payer_claim_number member_id patient_name"),
            *_dates("service_from service_to"),
            _choice("reason", REQUEST_REASONS),
            Column("reason_text"),
            _int("notice_no"),
            *_dates("reply_by offset_on"),
            Column("document"),
            *_texts("provider_npi provider_tin"),
        ),
        ("request_id",),
    ),
    Table(
        "contract_amounts",
        (
            ACCOUNT,
            _id("payer_id", "payers"),
            _money("expected_allowed"),
            _int("line_no"),
            Column("contract_version"),
        ),
        ("account_id", "payer_id", "line_no", "contract_version"),
    ),
    Table(
        "bank_deposits",
        (
            _id("deposit_id"),
            _money("amount"),
            Column("deposited_on", Kind.DATE, required=True),
            Column("trace_number"),
        ),
        ("deposit_id",),
    ),
)

REMITTANCE = (
    Table(
        "remits",
        (
            _id("remit_id"),
            Column("source_file"),
            _ref("payer_id", "payers"),
            *_texts("payer_name payer_identifier payee_npi payee_tin"),
            _id("trace_number"),
            Column("payment_method"),
            _money("payment_amount"),
            Column("payment_date", Kind.DATE, required=True),
            Column("is_balanced", Kind.BOOL),
            *_dates("production_date"),  # of the 835; stands in for a payment date it lacks
        ),
        ("remit_id",),
    ),
    Table(
        "remit_claims",
        (
            _id("remit_claim_id"),
            _id("remit_id", "remits"),
            _id("patient_control_number"),
            _id("claim_status"),
            _money("charge"),
            _money("paid"),
            _money("patient_responsibility", required=False),
            *_texts("filing_indicator payer_claim_number type_of_bill frequency_code member_id"),
            *_texts("patient_last_name patient_first_name"),
            *_dates("service_from service_to received_on"),
            _ref("account_id", "accounts"),
            _int("place"),  # within its remittance, where the order of the ids does not tell it
        ),
        ("remit_claim_id",),
    ),
    Table(
        "remit_lines",
        (
            _id("remit_claim_id", "remit_claims"),
            _int("line_no", required=True),
            _money("charge"),
            _money("paid"),
            *_texts("procedure_code modifiers revenue_code"),
            Column("units", Kind.QUANTITY),
            *_dates("service_date"),
            Column("line_control_number"),
            _money("allowed", required=False),
        ),
        ("remit_claim_id", "line_no"),
    ),
    Table(
        "remit_adjustments",
        (
            _id("remit_claim_id", "remit_claims"),
            _int("line_no"),
            _id("group_code"),
            _id("carc"),
            _money("amount"),
            Column("quantity", Kind.QUANTITY),
        ),
    ),
    Table(
        "provider_adjustments",
        (
            _id("remit_id", "remits"),
            *_texts("provider_identifier fiscal_period"),
            _id("reason_code"),
            Column("reference"),
            _money("amount"),
        ),
    ),
)

TABLES = {table.name: table for table in (*LEDGER, *REMITTANCE)}
