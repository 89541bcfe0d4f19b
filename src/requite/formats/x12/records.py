"""The records of one piece, and which of them do not balance: computed, nothing noted yet."""

from dataclasses import dataclass

from requite.formats.x12 import claims as claim
from requite.formats.x12.balance import unbalanced
from requite.formats.x12.columns import Rows
from requite.formats.x12.part import Part
from requite.formats.x12.provider_adjustments import ProviderAdjustments, provider_adjustments
from requite.formats.x12.segments import parse
from requite.formats.x12.tables import EMPTY, Tables
from requite.formats.x12.transactions import Span


@dataclass(frozen=True, slots=True)
class Records:
    """What a piece holds of remittances. `unbalanced_…` are rows of `rows.claims`, `rows.lines`."""

    rows: claim.ClaimRows
    tables: Tables
    provider_adjustments: ProviderAdjustments
    unbalanced_claims: Rows
    unbalanced_lines: Rows
    last: claim.Torn | None


def records_of(part: Part, spans: list[Span], torn: claim.Torn | None) -> Records:
    """The records of a piece; `torn` is the claim that the piece before ended in.

    Where something does not balance, an adjustment may have been passed over for want of a reason
    code: then the piece is read a second time, thoroughly.
    """
    records = _records(part, spans, torn)
    if not len(records.unbalanced_claims) and not len(records.unbalanced_lines):
        return records
    piece = part.piece
    thorough = parse(piece.data, piece.delimiters, with_missing_reasons=True)
    if not thorough.inserted_at:
        return records
    return _records(Part(piece, thorough, part.before), spans, torn)


def _records(part: Part, spans: list[Span], torn: claim.Torn | None) -> Records:
    rows = claim.claim_rows(part, spans, torn)
    place, numbers = claim.places(rows, spans), claim.line_numbers(rows, torn)
    ids = claim.claim_ids(rows, place, spans, torn)
    from_provider = provider_adjustments(part, spans)
    tables = EMPTY._replace(
        remit_claims=claim.claims_table(rows, ids, place, spans),
        remit_lines=claim.lines_table(rows, ids, numbers),
        remit_adjustments=claim.adjustments_table(rows, ids, numbers),
        provider_adjustments=from_provider.table,
    )
    claims, lines = unbalanced(rows, tables, part.piece.tears_claim)
    last = claim.Torn(ids[-1].as_py(), claim.lines_of_last(rows, numbers)) if len(ids) else torn
    return Records(rows, tables, from_provider, claims, lines, last)
