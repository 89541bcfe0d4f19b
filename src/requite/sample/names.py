"""The identifiers of a chunk as text, made once and referred to by place."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from requite.sample import payers
from requite.sample.chunk import NOBODY, Accounts, Chunk
from requite.sample.codes import Ints
from requite.sample.identifier import chosen, joined, numbered
from requite.sample.remittances import Remittances, gathered

MOST_NUMBERS = 1_000_000  # payer claim numbers in a chunk
MOST_ROWS = 10_000_000  # ledger rows in a chunk
PAYER_IDS = pa.array([payer.payer_id for payer in payers.PAYERS])


@dataclass(frozen=True)
class Names:
    """Texts by place in the chunk."""

    account: pa.Array
    guarantor_of: Ints  # by account: the number of the guarantor
    patient_of: Ints
    billing: pa.Array  # claim_id
    control_number: pa.Array  # by remittance claim
    payer_claim_number: pa.Array  # by remittance claim
    remit: Remittances
    order: Ints  # ledger rows in the order of the table
    transaction: pa.Array  # in the order of `order`
    rank: Ints  # by ledger row: its place in that order


def named(chunk: Chunk) -> Names:
    """Name everything in a chunk."""
    accounts = chunk.accounts
    account = numbered("", accounts.number, 9)
    claims = chunk.tables["remit_claims"]
    rows = chunk.tables["transactions"]
    order = np.argsort(
        rows["account"].astype(np.int64) * 100_000 + rows["posted_on"], kind="stable"
    )
    rank = np.empty(rows.count, np.int64)
    rank[order] = np.arange(rows.count)
    return Names(
        account=account,
        guarantor_of=_with_kin(accounts, _shared(accounts.number, accounts.pattern % 4 == 0)),
        patient_of=_with_kin(accounts, _shared(accounts.number, accounts.pattern % 8 == 0)),
        billing=numbered(
            "CL", chunk.ordinal * MOST_NUMBERS + np.arange(chunk.tables["billings"].count), 9
        ),
        control_number=control_number(chunk, account, claims["account"], claims["serial"]),
        payer_claim_number=payer_claim_number(chunk, claims["payer"], claims["number"]),
        remit=gathered(chunk),
        order=order,
        transaction=numbered("T", chunk.ordinal * MOST_ROWS + np.arange(rows.count), 11),
        rank=rank,
    )


def _shared(number: Ints, same: np.ndarray) -> Ints:
    """The number of the first account of each run whose later members are the `same`."""
    first = np.where(same, 0, number)
    first[:1] = number[:1]
    return np.maximum.accumulate(first)


def _with_kin(of: Accounts, own: Ints) -> Ints:
    return np.where(of.kin == NOBODY, own, own[of.kin])


def control_number(chunk: Chunk, account: pa.Array, of: Ints, serial: Ints) -> pa.Array:
    """CLP01: the account, with a serial where the feed holds the account's claims."""
    base = account.take(pa.array(of))
    suffix = np.where(chunk.accounts.with_claims[of], serial, 0)
    words = ("", *(f"-{number}" for number in range(1, 10)))
    return joined(base, chosen(words, suffix).cast(pa.string()))


def payer_claim_number(chunk: Chunk, payer: Ints, number: Ints) -> pa.Array:
    """CLP07: the payer's own number of the claim; null where it has none (-1)."""
    prefix = chosen(tuple(f"26{one.payer_id[:2]}" for one in payers.PAYERS), payer)
    digits = numbered("", chunk.ordinal * MOST_NUMBERS + np.maximum(number, 0), 9)
    text = joined(prefix.cast(pa.string()), digits)
    return pa.compute.if_else(pa.array(number >= 0), text, pa.scalar(None, pa.string()))


def payer_ids(payer: Ints) -> pa.Array:
    """payer_id by place among the payers; null for nobody."""
    return chosen(PAYER_IDS, payer, none=NOBODY)
