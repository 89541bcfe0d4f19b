"""Claims and provider adjustments put together into remittances: one payer, one day, one trace."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from requite.sample import payers
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.identifier import chosen, joined, numbered

MOST = 100_000  # remittances in a chunk


@dataclass(frozen=True)
class Remittances:
    """The remittances of a chunk, sorted by payer and day, and where each row belongs."""

    payer: Ints
    day: Ints
    amount: Ints  # cents: what the payer paid, whether or not the feed holds every claim
    is_balanced: np.ndarray
    trace: pa.Array
    of_claim: Ints
    of_provider_adjustment: Ints

    @property
    def count(self) -> int:
        """How many."""
        return len(self.payer)


def gathered(chunk: Chunk) -> Remittances:
    """Put the rows of a chunk into remittances."""
    claims, plbs = chunk.tables["remit_claims"], chunk.tables["provider_adjustments"]

    def both(name: str) -> Ints:
        return np.concatenate([claims[name], plbs[name]]).astype(np.int64)

    key = (both("payer") << 48) | (both("day") << 24) | (both("tag") + 1)
    distinct, of = np.unique(key, return_inverse=True)
    amount = np.zeros(len(distinct), np.int64)
    np.add.at(amount, of, np.concatenate([claims["paid"], -plbs["amount"]]))
    listed = np.zeros(len(distinct), np.int64)
    present = np.where(claims["missing"] == 0, claims["paid"], 0)
    np.add.at(listed, of, np.concatenate([present, -plbs["amount"]]))
    payer = distinct >> 48
    prefix = chosen(tuple(one.payer_id[:2] for one in payers.PAYERS), payer).cast(pa.string())
    serial = numbered("", chunk.ordinal * MOST + np.arange(len(distinct)), 9)
    return Remittances(
        payer=payer, day=(distinct >> 24) & 0xFFFFFF, amount=amount,
        is_balanced=amount == listed, trace=joined(prefix, serial),
        of_claim=of[: claims.count], of_provider_adjustment=of[claims.count :],
    )  # fmt: skip
