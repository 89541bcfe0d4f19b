"""The columns in which a chunk is written down, as numbers; text comes at the very end.

`claim` is the row of `remit_claims` that a row refers to, `plb` the row of
`provider_adjustments`; -1 refers to nothing. Days are counted from 1970, 0 = none. Cents.
"""

from requite.sample.rows import Rows

_NONE = ("i4", -1)
_DAY = ("i4", 0)
_CENTS = ("i8", 0)
_CODE = ("i1", 0)

COLUMNS: dict[str, dict[str, tuple[str, int]]] = {
    "charges": {
        "line": _NONE, "amount": _CENTS, "voided_on": _DAY, "posted_on": _DAY, "offset": _CODE,
    },
    "transactions": {
        "account": _NONE, "type": _CODE, "amount": _CENTS, "posted_on": _DAY, "bucket": _CODE,
        "payer": ("i2", -1), "line_no": _CODE, "claim": _NONE, "plb": _NONE, "group": _CODE,
        "carc": _CODE, "check": ("i8", 0), "tender": _CODE, "reverses": _NONE, "voided_on": _DAY,
        "transfer": _NONE, "deposit": _NONE, "description": _CODE, "unlinked": _CODE,
    },
    "billings": {
        "account": _NONE, "place": _CODE, "payer": ("i2", -1), "number": ("i8", -1),
        "original": ("i8", -1), "frequency": ("i1", 1), "billed": _CENTS, "submitted_on": _DAY,
        "serial": _CODE,
    },
    "remit_claims": {
        "account": _NONE, "place": _CODE, "payer": ("i2", -1), "day": _DAY, "tag": _NONE,
        "status": ("i1", 1), "frequency": ("i1", 1), "number": ("i8", -1), "billing": _NONE,
        "serial": _CODE, "charge": _CENTS, "paid": _CENTS, "responsibility": _CENTS,
        "service_from": _DAY, "service_to": _DAY, "missing": _CODE,
    },
    "remit_lines": {
        "claim": _NONE, "line": _NONE, "no": _CODE, "charge": _CENTS, "paid": _CENTS,
        "allowed": _CENTS,
    },
    "remit_adjustments": {
        "claim": _NONE, "no": _CODE, "group": _CODE, "carc": _CODE, "amount": _CENTS,
    },
    "provider_adjustments": {
        "payer": ("i2", -1), "day": _DAY, "tag": _NONE, "reason": _CODE, "claim": _NONE,
        "style": _CODE, "amount": _CENTS,
    },
    "refunds": {
        "account": _NONE, "payer": ("i2", -1), "amount": _CENTS, "status": _CODE,
        "issued_on": _DAY, "check": ("i8", 0), "transaction": _NONE,
    },
    "allocations": {
        "transaction": _NONE, "line": _NONE, "amount": _CENTS,
    },
    "deposits": {
        "amount": _CENTS, "day": _DAY, "check": ("i8", 0),
    },
    "requests": {
        "account": _NONE, "claim": _NONE, "payer": ("i2", -1), "received_on": _DAY,
        "amount": _CENTS, "names": _CODE, "reason": _CODE, "notice": _CODE, "of": _NONE,
        "verdict": _CODE, "supported": _CENTS, "why": _CODE, "need_a": _NONE, "need_b": _NONE,
        "need_c": _NONE,
    },
    "truth": {
        "account": _NONE, "line_no": _CODE, "party": _CODE, "payer": ("i2", -1), "cause": _CODE,
        "disposition": _CODE, "certainty": _CODE, "amount": _CENTS, "need_a": _NONE,
        "need_b": _NONE, "link_a": _NONE, "link_b": _NONE,
    },
}  # fmt: skip


def empty() -> dict[str, Rows]:
    """Every table without rows."""
    return {name: Rows(**columns) for name, columns in COLUMNS.items()}
