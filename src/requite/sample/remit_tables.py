"""The remittances as tables: what reading their 835s would give."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from requite.sample import payers
from requite.sample.chunk import Chunk
from requite.sample.codes import CARCS, GROUPS, REASONS, Ints
from requite.sample.feed_tables import charge_ids, dates, member_ids, some_numbers, words
from requite.sample.identifier import chosen, joined, numbered
from requite.sample.names import Names, payer_ids
from requite.sample.people import FIRST_NAMES, LAST_NAMES
from requite.sample.procedures import CODES, REVENUES
from requite.sample.world import NPI, TIN

MODIFIERS = ("", "LT", "RT", "25", "59")
FISCAL_PERIOD = "20261231"


@dataclass(frozen=True)
class Kept:
    """The rows that the feed holds: remittance claims that are not missing, and what is theirs.

    Claims are sorted by remittance, lines by claim, adjustments by claim and line.
    """

    claims: Ints
    place_of: Ints  # by claim row: its place among the kept ones, -1
    lines: Ints
    adjustments: Ints


def kept(chunk: Chunk, names: Names) -> Kept:
    """What is left of the remittances, in the order of the files."""
    rows = chunk.tables["remit_claims"]
    order = np.argsort(names.remit.of_claim, kind="stable")
    claims = order[rows["missing"][order] == 0]
    place_of = np.full(rows.count, -1, np.int64)
    place_of[claims] = np.arange(len(claims))
    lines, adjustments = chunk.tables["remit_lines"], chunk.tables["remit_adjustments"]
    place = place_of[lines["claim"]] * 16 + lines["no"]
    sorted_lines = np.argsort(place, kind="stable")
    sorted_lines = sorted_lines[place[sorted_lines] >= 0]
    place = place_of[adjustments["claim"]] * 16 + adjustments["no"]
    sorted_adjustments = np.argsort(place, kind="stable")
    sorted_adjustments = sorted_adjustments[place[sorted_adjustments] >= 0]
    return Kept(claims, place_of, sorted_lines, sorted_adjustments)


def remit_tables(chunk: Chunk, names: Names, rows: Kept) -> dict[str, pa.Table]:
    """The five tables of remittances."""
    claim_id = numbered(
        "RC", chunk.ordinal * 1_000_000 + np.arange(chunk.tables["remit_claims"].count), 10
    )
    return {
        "remits": _remits(chunk, names),
        "remit_claims": _remit_claims(chunk, names, rows, claim_id),
        "remit_lines": _remit_lines(chunk, rows, claim_id),
        "remit_adjustments": _remit_adjustments(chunk, rows, claim_id),
        "provider_adjustments": _provider_adjustments(chunk, names),
    }


def _remits(chunk: Chunk, names: Names) -> pa.Table:
    remit = names.remit
    same = np.zeros(remit.count, np.int64)
    return pa.table({
        "remit_id": remit.trace,
        "payer_id": payer_ids(remit.payer),
        "payer_name": chosen(tuple(one.name for one in payers.PAYERS), remit.payer),
        "payer_identifier": chosen(
            tuple(payers.identifier(place) for place in range(payers.COUNT)), remit.payer
        ),
        "payee_npi": chosen((NPI,), same),
        "payee_tin": chosen((TIN,), same),
        "trace_number": remit.trace,
        "payment_method": chosen(("NON", "ACH"), (remit.amount > 0).astype(np.int64)),
        "payment_amount_cents": pa.array(remit.amount),
        "payment_date": dates(remit.day),
        "is_balanced": pa.array(remit.is_balanced),
    }).filter(pa.array(~chunk.grade.silent[remit.payer]))  # fmt: skip


def facility_type(chunk: Chunk, account: Ints) -> Ints:
    """CLP08 by place in FACILITY_TYPES."""
    return chunk.accounts.patient_class[account]


FACILITY_TYPES = ("11", "13", "11")


def _remit_claims(chunk: Chunk, names: Names, rows: Kept, claim_id: pa.Array) -> pa.Table:
    claim = chunk.tables["remit_claims"]
    row = {name: claim[name][rows.claims] for name in (
        "account", "place", "payer", "status", "frequency", "charge", "paid", "responsibility",
        "service_from", "service_to", "day",
    )}  # fmt: skip
    patient = names.patient_of[row["account"]]
    guarantor = names.guarantor_of[row["account"]]
    return pa.table({
        "remit_claim_id": claim_id.take(pa.array(rows.claims)),
        "remit_id": chosen(names.remit.trace, names.remit.of_claim[rows.claims]),
        "patient_control_number": names.control_number.take(pa.array(rows.claims)),
        "claim_status": chosen(tuple(str(n) for n in range(26)), row["status"]),
        "charge_cents": pa.array(row["charge"]),
        "paid_cents": pa.array(row["paid"]),
        "patient_responsibility_cents": pa.array(row["responsibility"]),
        "filing_indicator": chosen(tuple(one.filing for one in payers.PAYERS), row["payer"]),
        "payer_claim_number": names.payer_claim_number.take(pa.array(rows.claims)),
        "type_of_bill": chosen(FACILITY_TYPES, facility_type(chunk, row["account"])),
        "frequency_code": chosen(tuple(str(n) for n in range(9)), row["frequency"]),
        "member_id": member_ids(chunk, names, row["account"], row["place"]),
        "patient_last_name": chosen(LAST_NAMES, guarantor * 7919 % len(LAST_NAMES)),
        "patient_first_name": chosen(FIRST_NAMES, patient * 104729 // 60 % len(FIRST_NAMES)),
        "service_from": dates(row["service_from"]),
        "service_to": dates(row["service_to"]),
        "received_on": dates(np.maximum(row["day"] - 9, row["service_from"])),
    })  # fmt: skip


def line_control(chunk: Chunk, payer: Ints, line: Ints) -> pa.Array:
    """REF 6R as each payer echoes it: the charge id, the line number, or nothing."""
    echo = payers.ECHO[payer]
    number = chosen(tuple(str(n) for n in range(10)), chunk.lines.no[line]).cast(pa.string())
    either = pa.compute.if_else(pa.array(echo <= 2), charge_ids(chunk, line), number)
    twins = chunk.lines.modifier[line] > 0
    return pa.compute.if_else(pa.array((echo == 7) & ~twins), pa.scalar(None, pa.string()), either)


def _remit_lines(chunk: Chunk, rows: Kept, claim_id: pa.Array) -> pa.Table:
    table, lines = chunk.tables["remit_lines"], chunk.lines
    row = {name: table[name][rows.lines] for name in (
        "claim", "line", "no", "charge", "paid", "allowed",
    )}  # fmt: skip
    line = row["line"]
    payer = chunk.tables["remit_claims"]["payer"][row["claim"]].astype(np.int64)
    return pa.table({
        "remit_claim_id": chosen(claim_id, row["claim"]),
        "line_no": pa.array(row["no"], pa.int32()),
        "charge_cents": pa.array(row["charge"]),
        "paid_cents": pa.array(row["paid"]),
        "procedure_code": words(CODES, lines.procedure[line]),
        "modifiers": words(MODIFIERS, lines.modifier[line]),
        "revenue_code": words(REVENUES, lines.procedure[line]),
        "units": pa.array(np.ones(len(line)), pa.int32()),
        "service_date": dates(lines.service[line]),
        "line_control_number": line_control(chunk, payer, line),
        "allowed_cents": pa.array(row["allowed"]),
    })  # fmt: skip


def _remit_adjustments(chunk: Chunk, rows: Kept, claim_id: pa.Array) -> pa.Table:
    table = chunk.tables["remit_adjustments"]
    row = {name: table[name][rows.adjustments] for name in (
        "claim", "no", "group", "carc", "amount",
    )}  # fmt: skip
    return pa.table({
        "remit_claim_id": chosen(claim_id, row["claim"]),
        "line_no": some_numbers(row["no"], row["no"] > 0, pa.int32()),
        "group_code": words(GROUPS, row["group"]),
        "carc": words(CARCS, row["carc"]),
        "amount_cents": pa.array(row["amount"]),
    })  # fmt: skip


def references(chunk: Chunk, names: Names) -> pa.Array:
    """PLB03-2: nothing, the control number, the payer claim number, or both."""
    rows = chunk.tables["provider_adjustments"]
    claim = pa.array(np.maximum(rows["claim"], 0))
    if not len(claim):
        return pa.nulls(0, pa.string())
    control = names.control_number.take(claim)
    number = names.payer_claim_number.take(claim)
    style = np.where(rows["claim"] >= 0, rows["style"], 0)
    return pa.compute.choose(
        pa.array(style, pa.int64()), pa.nulls(len(style), pa.string()), control, number,
        joined(control, pa.scalar(" "), number),
    )  # fmt: skip


def _provider_adjustments(chunk: Chunk, names: Names) -> pa.Table:
    rows = chunk.tables["provider_adjustments"]
    same = np.zeros(rows.count, np.int64)
    return pa.table({
        "remit_id": chosen(names.remit.trace, names.remit.of_provider_adjustment),
        "provider_identifier": chosen((NPI,), same),
        "fiscal_period": chosen((FISCAL_PERIOD,), same),
        "reason_code": chosen(REASONS, rows["reason"]),
        "reference": references(chunk, names),
        "amount_cents": pa.array(rows["amount"]),
    }).filter(pa.array(~chunk.grade.silent[rows["payer"]]))  # fmt: skip
