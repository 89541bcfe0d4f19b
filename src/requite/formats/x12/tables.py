"""The five tables that an 835 becomes; money columns are whole cents and end in `_cents`."""

from typing import NamedTuple

import pyarrow as pa

CENTS, COUNT, DAY, TEXT, YES_NO = pa.int64(), pa.int32(), pa.date32(), pa.string(), pa.bool_()
QUANTITY = pa.decimal128(38, 4)

REMITS = pa.schema({
    "remit_id": TEXT,
    "source_file": TEXT,
    "payer_id": TEXT,
    "payer_name": TEXT,
    "payer_identifier": TEXT,
    "payee_npi": TEXT,
    "payee_tin": TEXT,
    "trace_number": TEXT,
    "payment_method": TEXT,
    "payment_amount_cents": CENTS,
    "payment_date": DAY,
    "is_balanced": YES_NO,
    "production_date": DAY,
})  # fmt: skip
REMIT_CLAIMS = pa.schema({
    "remit_claim_id": TEXT,
    "remit_id": TEXT,
    "place": COUNT,
    "patient_control_number": TEXT,
    "claim_status": TEXT,
    "charge_cents": CENTS,
    "paid_cents": CENTS,
    "patient_responsibility_cents": CENTS,
    "filing_indicator": TEXT,
    "payer_claim_number": TEXT,
    "type_of_bill": TEXT,
    "frequency_code": TEXT,
    "member_id": TEXT,
    "patient_last_name": TEXT,
    "patient_first_name": TEXT,
    "service_from": DAY,
    "service_to": DAY,
    "received_on": DAY,
    "account_id": TEXT,
})  # fmt: skip
REMIT_LINES = pa.schema({
    "remit_claim_id": TEXT,
    "line_no": COUNT,
    "charge_cents": CENTS,
    "paid_cents": CENTS,
    "procedure_code": TEXT,
    "modifiers": TEXT,
    "revenue_code": TEXT,
    "units": QUANTITY,
    "service_date": DAY,
    "line_control_number": TEXT,
    "allowed_cents": CENTS,
})  # fmt: skip
REMIT_ADJUSTMENTS = pa.schema({
    "remit_claim_id": TEXT,
    "line_no": COUNT,
    "group_code": TEXT,
    "carc": TEXT,
    "amount_cents": CENTS,
    "quantity": QUANTITY,
})  # fmt: skip
PROVIDER_ADJUSTMENTS = pa.schema({
    "remit_id": TEXT,
    "provider_identifier": TEXT,
    "fiscal_period": DAY,
    "reason_code": TEXT,
    "reference": TEXT,
    "amount_cents": CENTS,
})  # fmt: skip


class Tables(NamedTuple):
    """Some rows of each table; the rows of a claim are never parted."""

    remits: pa.Table
    remit_claims: pa.Table
    remit_lines: pa.Table
    remit_adjustments: pa.Table
    provider_adjustments: pa.Table


SCHEMAS = Tables(REMITS, REMIT_CLAIMS, REMIT_LINES, REMIT_ADJUSTMENTS, PROVIDER_ADJUSTMENTS)
EMPTY = Tables(*(schema.empty_table() for schema in SCHEMAS))
