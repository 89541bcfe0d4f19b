"""How much a ledger says: the same stories as an office keeps them that has less on record."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from requite.sample import payers
from requite.sample.codes import CAUSES, Flags, code

REMITS, HALF = "remits", "half-the-remits"
WITHOUT = (REMITS, HALF, "lines", "codes", "traces", "transfers")
# What of a posting each word takes away.
COLUMNS = {
    "lines": ("line_no",),
    "codes": ("group_code", "carc"),
    "traces": ("claim_id", "trace_number", "payer_claim_number", "check_number", "deposit_id"),
}
# What a ledger can show of money that no remittance explains, and what only with check numbers.
BY_LEDGER = (
    "duplicate_payment", "dual_primary", "medicare_secondary_payer",
    "secondary_over_responsibility", "refund_unposted", "contractual_overposted",
    "paid_above_contract", "patient_overcollection", "prepayment_without_charges",
    "uncollectable_responsibility", "adjudication_pending", "writeoff_then_payment",
    "transfer_unbalanced", "capitated_service_paid", "unexplained",
)  # fmt: skip
BY_CHECK = ("duplicate_posting", "returned_payment_unposted")


@dataclass(frozen=True)
class Grade:
    """What the feed is without: words of `WITHOUT`."""

    without: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        unknown = self.without - set(WITHOUT)
        if unknown:
            raise ValueError(f"no such part of a feed: {sorted(unknown)}")

    @property
    def silent(self) -> Flags:
        """For each payer whether the feed holds none of its remittances."""
        place = np.arange(payers.COUNT)
        if REMITS in self.without:
            return place >= 0
        return place % 2 == 1 if HALF in self.without else place < 0

    def keeps(self, part: str) -> bool:
        """Whether the feed has this part."""
        return part not in self.without

    def tells_by_ledger(self) -> Flags:
        """For each cause whether a ledger of this grade can show it without a remittance."""
        words = (*BY_LEDGER, *(BY_CHECK if self.keeps("traces") else ()))
        told = np.zeros(len(CAUSES), dtype=bool)
        told[[code(CAUSES, word) for word in words]] = True
        return told

    def ledger(self, rows: pa.Table) -> pa.Table:
        """The postings as an office of this grade has them: columns emptied, transfers left out.

        A transfer between two accounts, or one whose legs do not cancel, is money and stays.
        """
        for part, columns in COLUMNS.items():
            if not self.keeps(part):
                for column in columns:
                    place = rows.schema.get_field_index(column)
                    empty = pa.nulls(rows.num_rows, rows.schema.field(column).type)
                    rows = rows.set_column(place, column, empty)
        return rows if self.keeps("transfers") else _without_transfers(rows)


def _without_transfers(rows: pa.Table) -> pa.Table:
    legs = rows.select(["transfer_id", "account_id", "amount_cents"])
    sums = legs.group_by(["transfer_id", "account_id"]).aggregate([("amount_cents", "sum")])
    cancel = sums.filter(pc.equal(sums["amount_cents_sum"], 0))["transfer_id"]
    cancel = cancel.filter(cancel.is_valid())
    return rows.filter(pc.invert(pc.is_in(rows["transfer_id"], cancel)))


COMPLETE = Grade()
