"""What is wrong with single segments, told with their places; never a text that names a patient."""

import numpy as np

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


def report_findings(
    part: Part, spans: list[Span], problems: Problems, *, is_continued: bool = False
) -> None:
    """Tell the faults of a piece, save those within transaction sets of another kind.

    Where the piece continues a claim its first line stands rightly without one.
    """
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
        if is_continued and kind is Kind.NO_CLAIM and found.segment == 0:
            continue
        if problems.room(kind):
            problems.add(kind, _sentence(found), *part.where(found.segment))
        else:
            problems.add_unplaced(kind, 1)
    report_encoding(part, problems)


def _sentence(found: Finding) -> str:
    if found.fault is Fault.UNKNOWN:
        return _unknown(found)
    if found.fault is Fault.NO_CLAIM:
        return "A service line stands without a claim."
    noun = "date" if found.fault is Fault.DATE else "amount"
    if found.datum is None:
        return f"{found.where} is no {noun} within reason."
    return f"{found.where}, {shown(found.datum)}, is no {noun}."


def _unknown(found: Finding) -> str:
    """A segment is named only if its name may be one: any other text may be a patient's."""
    if found.where:
        return f"Segment {found.where} has no place here."
    first = (found.datum or b"")[:1].decode("latin-1")
    if first.isalnum():
        return "This is no segment."
    return f"This segment starts with {first!r} instead of a name: is that the true terminator?"


def report_encoding(part: Part, problems: Problems) -> None:
    """Tell where text first is no UTF-8, or holds what no text holds."""
    at = part.piece.data.find(0)
    if at >= 0:
        place = part.piece.offset_of(at)
        problems.add(Kind.ENCODING, "Text holds NUL bytes: is the file whole?", None, place)
    if part.piece.data.isascii():
        return
    try:
        part.piece.data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = part.piece.offset_of(error.start)
        problems.add(Kind.ENCODING, "Text is not UTF-8; it was read as Latin-1.", None, place)


def report_missing(part: Part, records: Records, problems: Problems) -> None:
    """Tell which claims and lines lack what all of them must have."""
    unreadable = [found.segment for found in part.segments.findings if found.fault is Fault.AMOUNT]
    claims = records.rows.claims.slice(int(records.rows.first_is_continued))
    for batch, wanted in ((claims, "claims"), (records.rows.lines, "lines")):
        for name, where in REQUIRED[wanted].items():
            if batch[name].null_count:
                segments = batch["segment"].filter(batch[name].is_null()).to_pylist()
                missing = sorted({*segments}.difference(unreadable))
                report(Kind.MISSING_VALUE, f"{where} is missing.", missing, part, problems)


def report(kind: Kind, detail: str, segments: list[int], part: Part, problems: Problems) -> None:
    """Place the first segments that have a problem, and count the others."""
    room = problems.room(kind)
    for segment in segments[:room]:
        problems.add(kind, detail, *part.where(segment))
    problems.add_unplaced(kind, len(segments[room:]))
