"""PLB: adjustments of a payment that belong to no single claim. They are few, so row by row."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from requite.formats.x12.claims import QUALIFIER_LENGTH, owners
from requite.formats.x12.part import Part
from requite.formats.x12.structure import PLB_PAIRS
from requite.formats.x12.tables import PROVIDER_ADJUSTMENTS
from requite.formats.x12.transactions import Span

MORE = ":"


@dataclass(frozen=True, slots=True)
class ProviderAdjustments:
    """The table, and for every span with any: how many, and their sum in cents."""

    table: pa.Table
    number: dict[int, int]
    sum_cents: dict[int, int]


def provider_adjustments(part: Part, spans: list[Span]) -> ProviderAdjustments:
    """The provider adjustments of a piece, up to six in each PLB."""
    source = part.segments.provider_adjustments
    rows: list[dict[str, Any]] = []
    number: dict[int, int] = {}
    sum_cents: dict[int, int] = {}
    for owner, row in zip(
        owners(source["segment"].to_numpy(), spans), source.to_pylist(), strict=True
    ):
        transaction = spans[owner].transaction
        if transaction.is_remittance:
            found = _of_segment(row, transaction.remit_id)
            rows += found
            number[owner] = number.get(owner, 0) + len(found)
            sum_cents[owner] = sum_cents.get(owner, 0) + sum(
                each["amount_cents"] or 0 for each in found
            )
    table = pa.Table.from_pylist(rows, schema=PROVIDER_ADJUSTMENTS)
    return ProviderAdjustments(table, number, sum_cents)


def _of_segment(row: dict[str, Any], remit_id: str) -> list[dict[str, Any]]:
    """The pairs of one PLB; a pair without reason and amount is none."""
    found = []
    for pair in range(1, PLB_PAIRS + 1):
        reason, reference = _reason(row, pair)
        amount_cents = row[f"amount_{pair}"]
        if reason or reference or amount_cents is not None:
            found.append({
                "remit_id": remit_id,
                "provider_identifier": row["provider_identifier"],
                "fiscal_period": row["fiscal_period"],
                "reason_code": reason,
                "reference": reference,
                "amount_cents": amount_cents,
            })  # fmt: skip
    return found


def _reason(row: dict[str, Any], pair: int) -> tuple[str | None, str | None]:
    """Reason code and reference, also where a sender parts them by another separator."""
    reason, reference, more = (
        row[f"{name}_{pair}"] for name in ("reason", "reference", "reference_more")
    )
    if reference and more:
        reference += MORE + more
    if reason and not reference and len(reason) > QUALIFIER_LENGTH:
        separator = reason[QUALIFIER_LENGTH]
        if not separator.isalnum():
            reason, _, reference = reason.partition(separator)
    return reason, reference or None
