"""The words of headers: short forms written out, and what a column of that name may be."""

import re
from typing import Final

from rapidfuzz import fuzz

# Short forms as exports write them, and the words they stand for.
SHORT: Final = {
    "acct": "account", "acc": "account", "acctno": "account number", "pat": "patient",
    "pt": "patient", "pts": "patient", "trans": "transaction", "txn": "transaction",
    "tx": "transaction", "tran": "transaction", "trx": "transaction", "dt": "date",
    "svc": "service", "srv": "service", "serv": "service", "amt": "amount", "chg": "charge",
    "chgs": "charge", "charges": "charge", "ins": "insurance", "insur": "insurance",
    "insurer": "insurance", "pd": "paid", "pmt": "payment", "pmts": "payment", "pymt": "payment",
    "pay": "payment", "payments": "payment", "adj": "adjustment", "adjs": "adjustment",
    "adjustments": "adjustment", "adjust": "adjustment", "wo": "writeoff", "bal": "balance",
    "desc": "description", "descr": "description", "num": "number", "no": "number",
    "nbr": "number", "nr": "number", "dos": "service date", "cpt": "procedure code",
    "hcpcs": "procedure code", "proc": "procedure", "px": "procedure", "cd": "code",
    "ck": "check", "chk": "check", "cheque": "check", "ref": "reference", "refd": "refund",
    "rfnd": "refund", "dob": "birth date", "birthdate": "birth date", "fname": "first name",
    "lname": "last name", "fst": "first", "lst": "last", "pri": "primary", "prim": "primary",
    "sec": "secondary", "mod": "modifier", "mods": "modifier", "dr": "debit", "cr": "credit",
    "payor": "payer", "carrier": "payer", "pol": "policy", "mbr": "member",
    "subscriber": "member", "grp": "group", "enc": "encounter", "vst": "visit", "inv": "invoice",
    "qty": "units", "unit": "units", "xfer": "transfer", "xfr": "transfer", "typ": "type",
    "ty": "type", "resp": "responsible", "guar": "guarantor", "st": "state", "id": "number",
    "dated": "date", "posted": "post", "posting": "post", "entered": "entry", "rmt": "remit",
    "medical": "medical", "rec": "record", "mrn": "patient number", "seq": "sequence",
    "contr": "contractual", "recvd": "received", "rcvd": "received", "eft": "trace",
    "vd": "void", "voids": "void", "del": "deleted", "dlt": "deleted", "delete": "deleted",
    "flg": "flag", "ind": "flag", "yn": "flag",
}  # fmt: skip
# What a column may be, in an extract: the headers by which it goes, written out.
ROLES: Final[dict[str, tuple[str, ...]]] = {
    "account": (
        "account", "account number", "patient account", "patient account number", "visit number",
        "visit", "encounter", "encounter number", "claim number", "claim", "invoice number",
        "invoice", "ticket number", "ticket", "hsp account number", "chart number", "chart",
        "case number", "statement number",
    ),
    "row": (
        "transaction number", "transaction", "entry number", "row number", "record number",
        "number", "line number", "charge number", "payment number", "ledger number",
        "posting number",
        "adjustment number", "item number",
    ),
    "patient": ("patient number", "person number", "patient chart number", "member chart"),
    "patient_name": ("patient name", "patient", "name", "patient full name", "guarantor name"),
    "first_name": ("first name", "patient first name", "patient first", "given name", "first"),
    "last_name": ("last name", "patient last name", "patient last", "surname", "last"),
    "birth_date": ("birth date", "patient birth date", "date of birth"),
    "posted_on": (
        "post date", "post", "date post", "entry date", "date entry", "entry",
        "transaction date", "date", "payment date", "deposit date", "paid date", "date paid",
        "check date", "received date",
        "ledger date", "created date", "activity date", "remit date",
    ),
    "service_date": (
        "service date", "date of service", "service from", "from date", "service date from",
        "visit date", "procedure date", "encounter date", "begin service date",
    ),
    "code": (
        "procedure code", "code", "procedure", "service code", "charge code", "procedure number",
        "billing code", "transaction code",
    ),
    "modifier": ("modifier", "modifier 1", "procedure modifier", "modifiers"),
    "units": ("units", "quantity", "service units", "units billed"),
    "type": (
        "type", "transaction type", "kind", "entry type", "transaction description",
        "transaction code", "ledger type", "activity", "activity type", "category", "class",
        "description", "entry", "item type", "posting type", "line type", "action",
    ),
    "amount": (
        "amount", "transaction amount", "value", "total", "dollars", "line amount", "net amount",
        "entry amount", "amount posted", "extended amount",
    ),
    "debit": ("debit", "debit amount", "debits"),
    "credit": ("credit", "credit amount", "credits"),
    "flag": ("debit credit", "debit credit flag", "sign", "plus minus", "credit debit"),
    "who": (
        "insurance patient", "patient insurance", "payer type", "payment source", "source",
        "responsible party", "responsible", "paid by", "party", "bucket", "from", "payer class",
        "financial class", "payment from", "payment type",
    ),
    "payer": (
        "payer", "insurance", "insurance name", "payer name", "insurance company", "plan",
        "payer number", "insurance number", "insurance plan", "insurance code", "payer code",
        "plan name", "primary insurance", "primary payer", "insurance company name", "company",
        "company name", "primary plan", "received from", "insurance payer",
    ),
    "payer_name": ("payer name", "insurance name", "insurance company name", "plan name", "name"),
    "second_payer": ("secondary insurance", "secondary payer", "insurance 2", "payer 2",
                     "secondary plan", "insurance secondary"),
    "order": ("order", "sequence", "cob order", "rank", "insurance order", "priority", "level",
              "primary secondary", "insurance sequence", "coverage order", "position"),
    "member": ("member number", "policy number", "policy", "insurance policy number",
               "insured number"),
    "check": (
        "check number", "check", "reference number", "reference", "check reference",
        "payment reference", "receipt number", "trace number", "check trace", "era number",
    ),
    "void": ("void date", "voided date", "deleted date", "reversal date", "void",
             "voided", "deleted", "void flag", "void mark", "is void",
             "deleted flag", "is deleted"),
    "balance": (
        "balance", "running balance", "account balance", "total balance", "current balance",
        "balance due", "ending balance", "outstanding", "amount due", "open balance",
        "patient balance", "outstanding balance",
    ),
    "of_charge": ("charge number", "applied to", "applied to charge", "charge reference",
                  "parent charge number", "apply to", "service number"),
    "group_code": ("group code", "adjustment group", "adjustment group code", "cas group"),
    "carc": ("reason code", "adjustment reason", "adjustment reason code", "adjustment code",
             "carc", "cas code"),
    "state": ("state", "patient state", "provider state"),
}  # fmt: skip
# An amount column that says of itself what it holds: the kind, by the words of its header.
AMOUNTS: Final[tuple[tuple[str, str], ...]] = (
    (r"(?=.*\brefund)(?=.*\bpatient).*", "patient_refund"),
    (r"(?=.*\brefund)(?=.*\b(insurance|payer)).*", "insurer_refund"),
    (r".*\brefund.*", "refund"),
    (r"(?=.*\b(contractual|allowance|disallowed|discount)\b).*", "contractual"),
    (r".*\b(writeoff|write off|adjustment|adjusted)\b.*", "adjustment"),
    (r"(?=.*\b(patient|self|guarantor|copay|person|cash)\b)(?=.*\b(paid|payment|receipts?)\b).*",
     "patient_payment"),
    (r"(?=.*\b(copay|coinsurance|deductible) (paid|collected)).*", "patient_payment"),
    (r"copay", "patient_payment"),
    ((r"(?=.*\b(insurance|payer|primary|secondary|tertiary|medicare|plan|third party)\b)"
     r"(?=.*\b(paid|payment|receipts?)\b).*"), "insurer_payment"),
    (r"(amount )?(paid|payment|receipts?)( amount)?|total (paid|payment)", "payment"),
    (r"(.*\b)?(charge|charged|billed|fee|gross|price)( (amount|total|billed|fee))?",
     "charge"),
)  # fmt: skip
NO_AMOUNT: Final = r".*\b(balance|due|allowed|expected|number|units|rate|percent|age|zip)\b.*"


def plain(header: str) -> str:
    """A header in small words, its short forms written out.

    >>> plain("Chg Amt"), plain("W/O"), plain("Trans #"), plain("InsPd"), plain("DOS")
    ('charge amount', 'writeoff', 'transaction number', 'insurance paid', 'service date')
    """
    text = re.sub(
        r"\bw\s*/\s*o(ff)?\b|write[\s-]?offs?\b", " writeoff ", header, flags=re.IGNORECASE
    )
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text.replace("#", " number "))
    words = re.findall(r"[a-z]+|\d+", text.lower())
    written = " ".join(SHORT.get(word, word) for word in words)
    kept: list[str] = []
    for word in written.split():
        if not kept or kept[-1] != word:
            kept.append(word)
    return " ".join(kept)


def fit(header: str, role: str) -> int:
    """How well a header fits a role, of 100.

    >>> fit("Svc Dt", "service_date"), fit("Rain", "service_date") < 60
    (100, True)
    """
    return placed_fit(header, role)[0]


def placed_fit(header: str, role: str) -> tuple[int, int]:
    """How well a header fits a role, and the place of the name that it fits: the first is best."""
    text = plain(header)
    scores = [int(fuzz.token_sort_ratio(text, name)) for name in ROLES[role]]
    best = max(scores)
    return best, scores.index(best)


def amount_kind(header: str) -> str:
    """The kind of the amounts in a column by its header alone; empty where it does not say.

    >>> amount_kind("Ins Pd"), amount_kind("Pt Pd"), amount_kind("W/O"), amount_kind("Chg Amt")
    ('insurer_payment', 'patient_payment', 'adjustment', 'charge')
    >>> amount_kind("Balance"), amount_kind("Amount")
    ('', '')
    """
    text = plain(header)
    if re.fullmatch(NO_AMOUNT, text):
        return ""
    return next((kind for pattern, kind in AMOUNTS if re.fullmatch(pattern, text)), "")
