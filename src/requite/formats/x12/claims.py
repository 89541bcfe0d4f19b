"""Claims, service lines and adjustments of a piece, column by column."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from requite.formats.x12.columns import Rows, joined, null_if_empty
from requite.formats.x12.part import Part
from requite.formats.x12.reasons import NO_REASON
from requite.formats.x12.tables import REMIT_ADJUSTMENTS, REMIT_CLAIMS, REMIT_LINES
from requite.formats.x12.transactions import Span

REVENUE = "NU"
QUALIFIER_LENGTH = 2
CODES = tuple(f"code_{at}" for at in range(1, 7))
# How NM108 calls a member number: MI everywhere, HN and MR at Medicare and Medicaid before 5010.
MEMBER, OLD_MEMBER = ("MI",), ("HN", "MR")
NO_DAY = np.iinfo(np.int32).max


@dataclass(slots=True)
class Torn:
    """The claim that the piece before ended in: its number, and its lines so far."""

    remit_claim_id: str
    lines: int


@dataclass(slots=True)
class ClaimRows:
    """The claims of remittances in a piece, and what belongs to them, as they stand in the piece.

    `owner` is the span of each claim; `claim_of_line` and `claim_of_adjustment` ascend;
    `first_is_continued` where the first claim began in the piece before.
    """

    claims: pa.RecordBatch
    lines: pa.RecordBatch
    adjustments: pa.RecordBatch
    owner: Rows
    claim_of_line: Rows
    claim_of_adjustment: Rows
    first_is_continued: bool

    @property
    def line_of_adjustment(self) -> Rows:
        """The row of each adjustment's line, -1 where it belongs to the claim."""
        rows: Rows = self.adjustments["line"].fill_null(-1).to_numpy()
        return rows


def claim_rows(part: Part, spans: list[Span], torn: Torn | None) -> ClaimRows:
    """Pick the claims of remittances, and leave out what other transaction sets hold."""
    segments = part.segments
    claims, lines, adjustments = segments.claims, segments.lines, segments.adjustments
    owner = owners(claims["segment"].to_numpy(), spans)
    is_kept = np.array([span.transaction.is_remittance for span in spans], np.bool_)[owner]
    is_continued = _is_continued(part, spans, torn)
    claim_of_line, claim_of_adjustment = lines["claim"].to_numpy(), adjustments["claim"].to_numpy()
    if not is_kept.all():
        # Lines keep their rows: the adjustments that name them go with their claims all the same.
        renumbered = np.cumsum(is_kept) - 1
        keeps_line, keeps_adjustment = is_kept[claim_of_line], is_kept[claim_of_adjustment]
        line_rows = np.cumsum(keeps_line) - 1
        claims, owner = claims.filter(pa.array(is_kept)), owner[is_kept]
        lines = lines.filter(pa.array(keeps_line))
        adjustments = adjustments.filter(pa.array(keeps_adjustment))
        claim_of_line = renumbered[claim_of_line[keeps_line]]
        claim_of_adjustment = renumbered[claim_of_adjustment[keeps_adjustment]]
        moved = pa.array(line_rows, pa.int64()).take(adjustments["line"])
        adjustments = adjustments.set_column(
            adjustments.schema.get_field_index("line"), "line", moved
        )
    return ClaimRows(
        claims, lines, adjustments, owner, claim_of_line, claim_of_adjustment, is_continued
    )


def owners(segments: Rows, spans: list[Span]) -> Rows:
    """The span that each segment lies in."""
    starts = np.array([span.start for span in spans], np.int64)
    return np.searchsorted(starts, segments, side="right") - 1


def _is_continued(part: Part, spans: list[Span], torn: Torn | None) -> bool:
    """Whether the piece starts with a line of a torn claim, for which one of nulls was opened."""
    lines, remit_id = part.segments.lines, spans[0].transaction.remit_id
    return (
        part.piece.continues_claim
        and torn is not None
        and torn.remit_claim_id.rpartition("-")[0] == remit_id
        and len(lines) > 0
        and lines["segment"][0].as_py() == part.segments.claims["segment"][0].as_py() == 0
    )


def places(rows: ClaimRows, spans: list[Span]) -> Rows:
    """The place of each claim within its remittance, from 1; a continued claim has none."""
    before = np.array([span.transaction.claims for span in spans], np.int64)
    first = np.searchsorted(rows.owner, np.arange(len(spans)))
    place = np.arange(len(rows.owner)) - first[rows.owner] + before[rows.owner] + 1
    if rows.first_is_continued:
        place[rows.owner == rows.owner[0]] -= 1
    return place


def claim_ids(rows: ClaimRows, place: Rows, spans: list[Span], torn: Torn | None) -> pa.Array:
    """The number of each claim: that of its remittance, and its place in it."""
    remit_ids = pa.array([span.transaction.remit_id for span in spans], pa.string())
    ids = pc.binary_join_element_wise(
        remit_ids.take(pa.array(rows.owner)), pc.cast(pa.array(place), pa.string()), "-"
    )
    if rows.first_is_continued and torn is not None:
        ids = pa.concat_arrays([pa.array([torn.remit_claim_id]), ids[1:]])
    return ids


def line_numbers(rows: ClaimRows, torn: Torn | None) -> NDArray[np.int32]:
    """The place of each line within its claim, from 1."""
    first = np.searchsorted(rows.claim_of_line, np.arange(len(rows.owner)))
    number = np.arange(len(rows.claim_of_line)) - first[rows.claim_of_line] + 1
    if rows.first_is_continued and torn is not None:
        number[rows.claim_of_line == 0] += torn.lines
    return number.astype(np.int32)


def claims_table(rows: ClaimRows, ids: pa.Array, place: Rows, spans: list[Span]) -> pa.Table:
    """The table remit_claims."""
    claims = rows.claims
    frequency = claims["frequency_code"]
    bill = joined([claims["facility_type"], frequency], "")
    service_from, service_to = _service_dates(rows)
    remit_ids = pa.array([span.transaction.remit_id for span in spans], pa.string())
    columns = {
        "remit_claim_id": ids,
        "remit_id": remit_ids.take(pa.array(rows.owner)),
        "place": pa.array(place.astype(np.int32)),
        "charge_cents": claims["charge"],
        "paid_cents": claims["paid"],
        "patient_responsibility_cents": claims["patient_responsibility"],
        "type_of_bill": bill,
        "frequency_code": frequency,
        "member_id": _member_id(rows),
        "service_from": service_from,
        "service_to": service_to,
        "received_on": claims["received_on"],
        "account_id": pa.nulls(len(ids), pa.string()),
    }
    arrays = [columns[name] if name in columns else claims[name] for name in REMIT_CLAIMS.names]
    table = pa.Table.from_arrays(arrays, schema=REMIT_CLAIMS)
    return table.slice(1) if rows.first_is_continued else table


def _member_id(rows: ClaimRows) -> pa.Array:
    """The patient's member number, else the insured's, else a Medicare or Medicaid number."""
    number, kind = rows.claims["patient_id"], rows.claims["patient_id_kind"]
    insured = rows.claims["insured_id"]
    member = _where_in(number, kind, MEMBER)
    if not member.null_count:
        return member
    return pc.coalesce(member, insured, _where_in(number, kind, OLD_MEMBER))


def _where_in(values: pa.Array, kinds: pa.Array, wanted: tuple[str, ...]) -> pa.Array:
    """The values whose kind is one of those wanted, null elsewhere."""
    is_wanted = pc.is_in(kinds, pa.array(wanted))
    if is_wanted.true_count == len(values):
        return values
    return pc.if_else(is_wanted, values, pa.scalar(None, pa.string()))


def _service_dates(rows: ClaimRows) -> tuple[pa.Array, pa.Array]:
    """First and last day of each claim: as stated, else of its lines, else the one stated."""
    stated_from, stated_to = rows.claims["service_from"], rows.claims["service_to"]
    if not stated_from.null_count and not stated_to.null_count:
        return stated_from, stated_to
    on, start, end = (rows.lines[name] for name in ("service_date", "service_from", "service_to"))
    starts, ends = pc.coalesce(on, start), pc.coalesce(on, end, start)
    first_of_lines = _extreme(rows, starts, np.minimum, NO_DAY)
    last_of_lines = _extreme(rows, ends, np.maximum, -NO_DAY)
    return (
        pc.coalesce(stated_from, first_of_lines, stated_to),
        pc.coalesce(stated_to, last_of_lines, stated_from),
    )


def _extreme(rows: ClaimRows, dates: pa.Array, choose: np.ufunc, none: int) -> pa.Array:
    """The earliest or latest day of each claim's lines; null where they have none."""
    known = dates.cast(pa.int32()).fill_null(none).to_numpy(zero_copy_only=False)
    found = np.full(len(rows.owner), none, np.int32)
    first = np.searchsorted(rows.claim_of_line, np.arange(len(rows.owner) + 1))
    has_lines = first[1:] > first[:-1]
    if has_lines.any():
        found[has_lines] = choose.reduceat(known, first[:-1][has_lines])
    return pa.array(found, mask=found == none).cast(pa.date32())


def lines_table(rows: ClaimRows, ids: pa.Array, numbers: NDArray[np.int32]) -> pa.Table:
    """The table remit_lines."""
    lines = rows.lines
    qualifier, *codes = _codes(rows)
    is_revenue = pc.fill_null(pc.equal(qualifier, REVENUE), fill_value=False)
    stated, nothing = lines["revenue_code"], pa.scalar(None, pa.string())
    modifiers = [code for code in codes[1:] if code.null_count < len(code)]
    columns = {
        "remit_claim_id": ids.take(pa.array(rows.claim_of_line)),
        "line_no": pa.array(numbers),
        "charge_cents": lines["charge"],
        "paid_cents": lines["paid"],
        "procedure_code": pc.if_else(is_revenue, nothing, codes[0]),
        "modifiers": _joined(modifiers, len(numbers)),
        "revenue_code": pc.if_else(is_revenue, codes[0], stated),
        "units": lines["units"],
        "service_date": pc.coalesce(lines["service_date"], lines["service_from"]),
        "line_control_number": lines["line_control_number"],
        "allowed_cents": lines["allowed"],
    }
    return pa.Table.from_arrays([columns[name] for name in REMIT_LINES.names], schema=REMIT_LINES)


def _joined(modifiers: list[pa.Array], number: int) -> pa.Array:
    """Modifiers with `|` between; null where there are none."""
    if not modifiers:
        return pa.nulls(number, pa.string())
    if len(modifiers) == 1:
        return modifiers[0]
    marks = pc.utf8_trim(joined(modifiers, "|"), "|")
    return null_if_empty(pc.replace_substring_regex(marks, r"\|+", "|"))


def _codes(rows: ClaimRows) -> list[pa.Array]:
    """Qualifier, code and four modifiers of SVC01.

    Some senders write another component separator than ISA16 states (HC>99213>25): what follows
    the two letters of the qualifier then tells which.
    """
    codes = [rows.lines[name] for name in CODES]
    lengths = pc.binary_length(codes[0])
    if len(lengths) == 0 or (pc.max(lengths).as_py() or 0) <= QUALIFIER_LENGTH:
        return codes
    parted = [
        (_parted(first) if first and len(first) > QUALIFIER_LENGTH else [first, *rest])
        for first, *rest in zip(*(code.to_pylist() for code in codes), strict=True)
    ]
    return [pa.array(column, pa.string()) for column in zip(*parted, strict=True)]


def _parted(composite: str) -> list[str | None]:
    """The components of a composite element that was not taken apart.

    >>> _parted("HC>99213>25")
    ['HC', '99213', '25', None, None, None]
    >>> _parted("99213")
    [None, '99213', None, None, None, None]
    """
    separator = composite[QUALIFIER_LENGTH]
    parts: list[str | None] = [None, composite]
    if not separator.isalnum():
        parts = [part or None for part in composite.split(separator)]
    return [*parts, *[None] * len(CODES)][: len(CODES)]


def adjustments_table(rows: ClaimRows, ids: pa.Array, numbers: NDArray[np.int32]) -> pa.Table:
    """The table remit_adjustments."""
    adjustments = rows.adjustments
    line_no = pa.array(numbers).take(adjustments["line"])
    reason = adjustments["carc"]
    columns = {
        "remit_claim_id": ids.take(pa.array(rows.claim_of_adjustment)),
        "line_no": line_no,
        "group_code": adjustments["group_code"],
        "carc": pc.if_else(pc.equal(reason, NO_REASON), pa.scalar(None, pa.string()), reason),
        "amount_cents": adjustments["amount"],
        "quantity": adjustments["quantity"],
    }
    return pa.Table.from_arrays(
        [columns[name] for name in REMIT_ADJUSTMENTS.names], schema=REMIT_ADJUSTMENTS
    )


def lines_of_last(rows: ClaimRows, numbers: NDArray[np.int32]) -> int:
    """How many lines the last claim has so far."""
    is_of_last = bool(len(numbers)) and rows.claim_of_line[-1] == len(rows.owner) - 1
    return int(numbers[-1]) if is_of_last else 0
