"""What is wrong with single segments, told with their places; never a text that names a patient."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from requite.formats.x12.claims import owners
from requite.formats.x12.part import Part
from requite.formats.x12.problem import Kind, Problems, shown
from requite.formats.x12.records import Records
from requite.formats.x12.segments import Fault, Finding
from requite.formats.x12.transactions import Span

KINDS = {
    Fault.UNKNOWN: Kind.UNKNOWN_SEGMENT,
    Fault.NO_CLAIM: Kind.NO_CLAIM,
    Fault.AMOUNT: Kind.UNREADABLE_AMOUNT,
    Fault.DATE: Kind.UNREADABLE_DATE,
}
REQUIRED = {
    "claims": {"patient_control_number": "CLP01", "claim_status": "CLP02", "charge": "CLP03",
               "paid": "CLP04"},
    "lines": {"charge": "SVC02", "paid": "SVC03"},
}  # fmt: skip


def report_findings(part: Part, spans: list[Span], problems: Problems) -> None:
    """Tell the faults of a piece, save those within transaction sets of another kind."""
    findings = part.segments.findings
    if spans and findings:
        owner = owners(np.array([found.segment for found in findings]), spans)
        findings = [
            found
            for found, span in zip(findings, owner, strict=True)
            if span < 0 or spans[span].transaction.is_remittance
        ]
    for found in findings:
        kind = KINDS[found.fault]
        is_continued = found.fault is Fault.NO_CLAIM and part.piece.continues_claim
        if problems.room(kind) and not (is_continued and found.segment == 0):
            problems.add(kind, _sentence(found), *part.where(found.segment))
        elif not is_continued:
            problems.add_unplaced(kind, 1)
    report_encoding(part, problems)


def _sentence(found: Finding) -> str:
    if found.fault is Fault.UNKNOWN:
        return _unknown(found)
    if found.fault is Fault.NO_CLAIM:
        return "A service line stands without a claim."
    noun = "date" if found.fault is Fault.DATE else "amount"
    return f"{found.where}, {shown(found.datum)}, is no {noun}."


def _unknown(found: Finding) -> str:
    """A segment is named only if its name may be one: any other text may be a patient's."""
    if found.where:
        return f"Segment {found.where} has no place here."
    first = found.datum[:1].decode("latin-1")
    if first.isalnum():
        return "This is no segment."
    return f"This segment starts with {first!r} instead of a name: is that the true terminator?"


def report_encoding(part: Part, problems: Problems) -> None:
    """Tell where text first is no UTF-8."""
    if part.piece.data.isascii():
        return
    try:
        part.piece.data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = part.piece.offset_of(error.start)
        problems.add(Kind.ENCODING, "Text is not UTF-8; it was read as Latin-1.", None, place)


def report_missing(part: Part, records: Records, problems: Problems) -> None:
    """Tell which claims and lines lack what every one of them must have."""
    unreadable = [found.segment for found in part.segments.findings if found.fault is Fault.AMOUNT]
    first = int(records.rows.first_is_continued)
    for table, wanted in (
        (records.rows.claims.slice(first), "claims"),
        (records.rows.lines, "lines"),
    ):
        for name, where in REQUIRED[wanted].items():
            for segment in _missing(table, name, unreadable):
                problems.add(Kind.MISSING_VALUE, f"{where} is missing.", *part.where(segment))


def _missing(table: pa.Table, name: str, unreadable: list[int]) -> list[int]:
    """The segments in which a value is null or empty, save those where it is only unreadable."""
    column = table[name]
    if pa.types.is_binary(column.type):
        is_missing = pc.fill_null(pc.equal(pc.binary_length(column), 0), fill_value=True)
    elif column.null_count:
        is_readable = pc.invert(pc.is_in(table["segment"], pa.array(unreadable, pa.int64())))
        is_missing = pc.and_(column.is_null(), is_readable)
    else:
        return []
    segments: list[int] = table["segment"].filter(is_missing).to_pylist()
    return segments
