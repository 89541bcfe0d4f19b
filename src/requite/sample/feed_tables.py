"""The tables of the feed, as Arrow tables: money in `..._cents`, days as dates."""

import numpy as np
import pyarrow as pa

from requite.sample import payers
from requite.sample.chunk import (
    LINE_CONTRACT,
    NOBODY,
    SILENT,
    UNSTATED,
    WHOLE_CONTRACT,
    WRONG_BALANCE,
    Chunk,
)
from requite.sample.codes import (
    BUCKETS,
    CARCS,
    CLASSES,
    DESCRIPTIONS,
    GROUPS,
    TENDERS,
    TYPES,
    Flags,
    Ints,
)
from requite.sample.identifier import chosen, joined, numbered
from requite.sample.names import Names, payer_claim_number, payer_ids
from requite.sample.people import FIRST_NAMES, LAST_NAMES
from requite.sample.procedures import CODES, REVENUES
from requite.sample.world import plan_of, state_of

STATUSES = ("open", "closed", "bad_debt")
MODIFIERS = ("", "LT", "RT", "25", "59")


def dates(days: Ints) -> pa.Array:
    """Days since 1970 as dates; 0 is none."""
    return pa.array(days.astype(np.int32), mask=days == 0).cast(pa.date32())


def words(table: tuple[str, ...], places: Ints) -> pa.Array:
    """The word at each place; the empty word is null."""
    empty = [place for place, word in enumerate(table) if not word]
    return chosen(table, np.where(np.isin(places, empty), -1, places))


def some_numbers(values: Ints, known: Flags, kind: pa.DataType) -> pa.Array:
    """Whole numbers, null where not known."""
    return pa.array(values, kind, mask=~known)


def feed_tables(chunk: Chunk, names: Names) -> dict[str, pa.Table]:
    """Every table of the feed but the remittances and what is the same for all chunks."""
    return {
        "patients": _patients(names),
        "guarantors": _guarantors(names),
        "accounts": _accounts(chunk, names),
        "coverages": _coverages(chunk, names),
        "claims": _claims(chunk, names),
        "charges": _charges(chunk, names),
        "transactions": chunk.grade.ledger(_transactions(chunk, names)),
        "allocations": _allocations(chunk, names),
        "refunds": _refunds(chunk, names),
        "contract_amounts": _contract_amounts(chunk, names),
        "bank_deposits": _bank_deposits(chunk, names),
    }


def balances(chunk: Chunk) -> Ints:
    """The sum of charges and transactions of every account, cents; voided rows count as zero."""
    charges, rows = chunk.tables["charges"], chunk.tables["transactions"]
    total = np.zeros(chunk.size, np.int64)
    np.add.at(
        total, chunk.lines.of[charges["line"]],
        np.where(charges["voided_on"] > 0, 0, charges["amount"]),
    )  # fmt: skip
    np.add.at(total, rows["account"], np.where(rows["voided_on"] > 0, 0, rows["amount"]))
    return total


def _last_name(guarantor: Ints) -> pa.Array:
    return chosen(LAST_NAMES, guarantor * 7919 % len(LAST_NAMES))


def _first_name(number: Ints) -> pa.Array:
    return chosen(FIRST_NAMES, number * 104729 // 60 % len(FIRST_NAMES))


def _patients(names: Names) -> pa.Table:
    number, first = np.unique(names.patient_of, return_index=True)
    return pa.table({
        "patient_id": numbered("P", number, 9),
        "first_name": _first_name(number),
        "last_name": _last_name(names.guarantor_of[first]),
        "birth_date": dates(-7000 + number * 37 % 22000),
    })  # fmt: skip


def _guarantors(names: Names) -> pa.Table:
    number = np.unique(names.guarantor_of)
    return pa.table({
        "guarantor_id": numbered("G", number, 9),
        "name": joined(
            _first_name(number).cast(pa.string()), pa.scalar(" "),
            _last_name(number).cast(pa.string()),
        ),
        "address_1": joined(numbered("", 100 + number * 31 % 900, 3), pa.scalar(" Alder Lane")),
        "city": chosen(("Riverton",), np.zeros(len(number), np.int64)),
        "state": chosen(("TX",), np.zeros(len(number), np.int64)),
        "zip": numbered("75", number % 1000, 3),
    })  # fmt: skip


def _accounts(chunk: Chunk, names: Names) -> pa.Table:
    of = chunk.accounts
    to = of.service.copy()
    has_lines = of.lines > 0
    last = chunk.first[1:] - 1
    to[has_lines] = chunk.lines.service[last[has_lines]]
    reported = balances(chunk) + np.where(of.reported == WRONG_BALANCE, 1250, 0)
    return pa.table({
        "account_id": names.account,
        "facility_id": chosen(("F1", "F2", "F3"), of.pattern % 3),
        "patient_id": numbered("P", names.patient_of, 9),
        "guarantor_id": numbered("G", names.guarantor_of, 9),
        "patient_class": chosen(CLASSES, of.patient_class),
        "state": state_of(of),
        "service_from": dates(np.where(has_lines, of.service, 0)),
        "service_to": dates(np.where(has_lines, to, 0)),
        "status": chosen(STATUSES, np.where(of.pattern % 50 == 3, 1, 0)),
        "reported_balance_cents": some_numbers(reported, of.reported != SILENT, pa.int64()),
        "next_visit_on": dates(of.next_visit),
    })  # fmt: skip


def _coverages(chunk: Chunk, names: Names) -> pa.Table:
    of = chunk.accounts
    who, place = np.nonzero(of.covered & (of.payer != NOBODY))
    payer = of.payer[who, place]
    dated = of.pattern[who] % 2 == 0
    ended = of.ended[who, place]
    return pa.table({
        "account_id": chosen(names.account, who),
        "cob_order": pa.array(place + 1, pa.int32()),
        "payer_id": payer_ids(payer),
        "plan_id": plan_of(of, who, payer),
        "member_id": member_ids(chunk, names, who, place),
        "effective_from": dates(np.where(dated, of.service[who] - 400, 0)),
        "effective_to": dates(np.where(ended > 0, ended, np.where(
            dated & (of.pattern[who] % 5 == 0), of.service[who] + 300, 0
        ))),
        "capitated": pa.array(of.capitated[who] & (place == 0)),
        "responsibility_collectable": pa.array(of.forbids[who] != place),
    })  # fmt: skip


def member_ids(chunk: Chunk, names: Names, who: Ints, place: Ints) -> pa.Array:
    """The member id of a place of an account."""
    payer = chosen(payers_prefixes(), chunk.accounts.payer[who, place]).cast(pa.string())
    number = numbered("", names.patient_of[who] * 10 + place, 10)
    return joined(payer, number)


def payers_prefixes() -> tuple[str, ...]:
    """What a payer's member ids begin with."""
    return tuple(f"M{payer.payer_id}" for payer in payers.PAYERS)


def _claims(chunk: Chunk, names: Names) -> pa.Table:
    rows, of = chunk.tables["billings"], chunk.accounts
    account = rows["account"]
    bill_type = np.where(of.patient_class[account] == 2, 0, 1)
    return pa.table({
        "claim_id": names.billing,
        "account_id": chosen(names.account, account),
        "payer_id": payer_ids(rows["payer"]),
        "cob_order": pa.array(rows["place"] + 1, pa.int32()),
        "patient_control_number": joined(
            names.account.take(pa.array(account)),
            chosen(("", *(f"-{n}" for n in range(1, 10))), rows["serial"]).cast(pa.string()),
        ),
        "payer_claim_number": payer_claim_number(chunk, rows["payer"], rows["number"]),
        "original_payer_claim_number": payer_claim_number(
            chunk, rows["payer"], rows["original"]
        ),
        "frequency_code": chosen(tuple(str(n) for n in range(9)), rows["frequency"]),
        "type_of_bill": chosen(("11", "13"), bill_type),
        "billed_cents": pa.array(rows["billed"]),
        "submitted_on": dates(rows["submitted_on"]),
    })  # fmt: skip


def charge_ids(chunk: Chunk, line: Ints) -> pa.Array:
    """The charge of a line."""
    return numbered(
        "C", chunk.accounts.number[chunk.lines.of[line]] * 10 + chunk.lines.no[line], 11
    )


def _charges(chunk: Chunk, names: Names) -> pa.Table:
    rows, lines = chunk.tables["charges"], chunk.lines
    line = rows["line"]
    offset = rows["offset"] > 0
    own = charge_ids(chunk, line)
    corrects = numbered("K", chunk.accounts.number[lines.of[line]] * 10 + lines.no[line], 11)
    return pa.table({
        "charge_id": pa.compute.if_else(pa.array(offset), corrects, own),
        "account_id": chosen(names.account, lines.of[line]),
        "line_no": pa.array(lines.no[line], pa.int32()),
        "amount_cents": pa.array(rows["amount"]),
        "service_date": dates(lines.service[line]),
        "procedure_code": words(CODES, lines.procedure[line]),
        "modifiers": words(MODIFIERS, lines.modifier[line]),
        "revenue_code": words(REVENUES, lines.procedure[line]),
        "units": pa.array(np.where(offset, -1, 1), pa.int32()),
        "posted_on": dates(rows["posted_on"]),
        "voided_on": dates(rows["voided_on"]),
    })  # fmt: skip


def _transactions(chunk: Chunk, names: Names) -> pa.Table:
    rows, order = chunk.tables["transactions"], names.order
    row = {name: rows[name][order] for name in (
        "account", "type", "amount", "posted_on", "bucket", "payer", "line_no", "claim", "plb",
        "group", "carc", "check", "tender", "reverses", "voided_on", "transfer", "deposit",
        "description", "unlinked",
    )}  # fmt: skip
    linked = row["unlinked"] == 0
    claim = np.where(linked, row["claim"], -1)
    remit = np.where(claim >= 0, np.append(names.remit.of_claim, -1)[claim], -1)
    plb = np.where(linked, row["plb"], -1)
    remit = np.where(plb >= 0, np.append(names.remit.of_provider_adjustment, -1)[plb], remit)
    billing = np.append(chunk.tables["remit_claims"]["billing"], -1)[claim]
    reverses = np.append(names.rank, -1)[row["reverses"]]
    return pa.table({
        "transaction_id": names.transaction,
        "account_id": chosen(names.account, row["account"]),
        "type": chosen(TYPES, row["type"]),
        "amount_cents": pa.array(row["amount"]),
        "posted_on": dates(row["posted_on"]),
        "bucket": words(BUCKETS, row["bucket"]),
        "payer_id": payer_ids(row["payer"]),
        "line_no": some_numbers(row["line_no"], row["line_no"] > 0, pa.int32()),
        "claim_id": chosen(names.billing, np.where(row["type"] == 0, billing, -1)),
        "group_code": words(GROUPS, row["group"]),
        "carc": words(CARCS, row["carc"]),
        "trace_number": chosen(names.remit.trace, remit),
        "payer_claim_number": chosen(names.payer_claim_number, claim),
        "check_number": check_numbers(row["check"]),
        "tender": words(TENDERS, row["tender"]),
        "deposit_id": _deposit_of(chunk, names, row["deposit"], remit),
        "reverses_transaction_id": _others(names, reverses),
        "voided_on": dates(row["voided_on"]),
        "transfer_id": _transfer_ids(chunk, row["transfer"]),
        "description": words(DESCRIPTIONS, row["description"]),
    })  # fmt: skip


def check_numbers(check: Ints) -> pa.Array:
    """Check numbers of seven digits; 0 is none."""
    text = numbered("", check, 7)
    return pa.compute.if_else(pa.array(check > 0), text, pa.scalar(None, pa.string()))


def _transfer_ids(chunk: Chunk, transfer: Ints) -> pa.Array:
    text = numbered("X", chunk.ordinal * 10_000_000 + np.maximum(transfer, 0), 10)
    return pa.compute.if_else(pa.array(transfer >= 0), text, pa.scalar(None, pa.string()))


def _others(names: Names, rank: Ints) -> pa.Array:
    if not (rank >= 0).any():
        return pa.nulls(len(rank), pa.string())
    return names.transaction.take(pa.array(rank, mask=rank < 0))


def _deposit_of(chunk: Chunk, names: Names, own: Ints, remit: Ints) -> pa.Array:
    """The deposit of a posting: its own, else that of its remittance where the bank names it."""
    has_deposit = payers.HAS_BANK[names.remit.payer] & (names.remit.amount > 0)
    banked = np.append(has_deposit, False)[remit]
    count = chunk.tables["deposits"].count
    place = np.where(own >= 0, own, np.where(banked, remit + count, -1))
    return chosen(_deposit_ids(chunk, names), place)


def _deposit_ids(chunk: Chunk, names: Names) -> pa.Array:
    count = chunk.tables["deposits"].count + names.remit.count
    return numbered("D", chunk.ordinal * 1_000_000 + np.arange(count), 9)


def _bank_deposits(chunk: Chunk, names: Names) -> pa.Table:
    own, remit = chunk.tables["deposits"], names.remit
    banked = np.flatnonzero(payers.HAS_BANK[remit.payer] & (remit.amount > 0))
    place = np.concatenate([np.arange(own.count), banked + own.count])
    return pa.table({
        "deposit_id": _deposit_ids(chunk, names).take(pa.array(place)),
        "amount_cents": pa.array(np.concatenate([own["amount"], remit.amount[banked]])),
        "deposited_on": dates(np.concatenate([own["day"], remit.day[banked]])),
        "trace_number": pa.concat_arrays([
            check_numbers(own["check"]), remit.trace.take(pa.array(banked))
        ]),
    })  # fmt: skip


def _allocations(chunk: Chunk, names: Names) -> pa.Table:
    rows = chunk.tables["allocations"]
    table = pa.table(
        {
            "transaction_id": _others(names, names.rank[rows["transaction"]]),
            "charge_id": charge_ids(chunk, rows["line"]),
            "amount_cents": pa.array(rows["amount"]),
        }
    )
    return table if chunk.grade.keeps("lines") else table.slice(0, 0)


def _refunds(chunk: Chunk, names: Names) -> pa.Table:
    rows = chunk.tables["refunds"]
    to_payer = rows["payer"] >= 0
    guarantor = numbered("G", names.guarantor_of[rows["account"]], 9)
    payee = payer_ids(rows["payer"]).cast(pa.string())
    return pa.table({
        "refund_id": numbered("RF", chunk.ordinal * 100_000 + np.arange(rows.count), 9),
        "account_id": chosen(names.account, rows["account"]),
        "payee": chosen(("patient", "payer"), to_payer.astype(np.int64)),
        "payee_id": pa.compute.if_else(pa.array(to_payer), payee, guarantor),
        "amount_cents": pa.array(rows["amount"]),
        "status": chosen(
            ("requested", "approved", "issued", "cleared", "voided", "returned"), rows["status"]
        ),
        "issued_on": dates(rows["issued_on"]),
        "check_number": check_numbers(rows["check"]),
        "transaction_id": _others(names, np.append(names.rank, -1)[rows["transaction"]]),
    })  # fmt: skip


def _contract_amounts(chunk: Chunk, names: Names) -> pa.Table:
    of, lines = chunk.accounts, chunk.lines
    allowed = np.where(lines.expected == UNSTATED, lines.charge - lines.contractual, lines.expected)
    whole = np.flatnonzero(of.contract == WHOLE_CONTRACT)
    single = np.flatnonzero(of.contract[lines.of] == LINE_CONTRACT)
    account = np.concatenate([whole, lines.of[single]])
    expected = chunk.per_account(np.arange(len(lines.of)), allowed)[whole]
    no = np.concatenate([np.zeros(len(whole), np.int64), lines.no[single]])
    return pa.table({
        "account_id": chosen(names.account, account),
        "payer_id": payer_ids(of.payer[account, 0]),
        "expected_allowed_cents": pa.array(np.concatenate([expected, allowed[single]])),
        "line_no": some_numbers(no, no > 0, pa.int32()),
        "contract_version": chosen(("2026-1",), np.zeros(len(account), np.int64)),
    })  # fmt: skip
