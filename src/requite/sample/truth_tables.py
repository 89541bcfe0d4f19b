"""The truth as tables: findings, and the accounts with their sums."""

import numpy as np
import pyarrow as pa

from requite.sample.chunk import WRONG_BALANCE, Chunk
from requite.sample.codes import CAUSES, CERTAINTIES, DISPOSITIONS, PARTIES, code
from requite.sample.feed_tables import balances, some_numbers
from requite.sample.identifier import chosen, numbered
from requite.sample.losses import provable
from requite.sample.mixture import TABLE
from requite.sample.names import Names, payer_ids


def truth_tables(chunk: Chunk, names: Names) -> dict[str, pa.Table]:
    """What is true of a chunk, beside its feed."""
    return {"findings": _findings(chunk, names), "accounts": _accounts(chunk, names)}


def credit_sums(chunk: Chunk) -> np.ndarray:
    """The sum of the findings of every account, cents."""
    rows = chunk.tables["truth"]
    total = np.zeros(chunk.size, np.int64)
    np.add.at(total, rows["account"], rows["amount"])
    return total


def _findings(chunk: Chunk, names: Names) -> pa.Table:
    rows = chunk.tables["truth"]
    account = rows["account"]
    to_patient = rows["party"] == code(PARTIES, "patient")
    patient = numbered("G", names.guarantor_of[account], 9)
    party_id = pa.compute.if_else(
        pa.array(to_patient), patient,
        payer_ids(np.where(rows["party"] == 0, rows["payer"], -1)).cast(pa.string()),
    )  # fmt: skip
    return pa.table({
        "account_id": chosen(names.account, account),
        "line_no": some_numbers(rows["line_no"], rows["line_no"] > 0, pa.int32()),
        "party": chosen(PARTIES, rows["party"]),
        "party_id": party_id,
        "cause": chosen(CAUSES, rows["cause"]),
        "disposition": chosen(DISPOSITIONS, rows["disposition"]),
        "amount_cents": pa.array(rows["amount"]),
        "certainty": chosen(CERTAINTIES, rows["certainty"]),
        "provable": pa.array(provable(chunk)),
        "held_out": pa.array(chunk.accounts.reported[account] == WRONG_BALANCE),
    })  # fmt: skip


def _accounts(chunk: Chunk, names: Names) -> pa.Table:
    balance, credit = balances(chunk), credit_sums(chunk)
    return pa.table({
        "account_id": names.account,
        "story": chosen(tuple(one.name for one in TABLE), chunk.accounts.scenario),
        "balance_cents": pa.array(balance),
        "credit_cents": pa.array(credit),
        "owed_cents": pa.array(chunk.accounts.owed),
        "held_out": pa.array(chunk.accounts.reported == WRONG_BALANCE),
    })  # fmt: skip
