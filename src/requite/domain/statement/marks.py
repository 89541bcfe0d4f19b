"""Which findings rest on a record, by number: the first finding is 1."""

from collections.abc import Mapping, Sequence

from requite.domain.determination.finding import Finding

Marks = Mapping[str, tuple[int, ...]]


def marks_of(findings: Sequence[Finding]) -> Marks:
    """For each record that is evidence the numbers of its findings."""
    marks: dict[str, tuple[int, ...]] = {}
    for number, finding in enumerate(findings, start=1):
        for record_id in finding.evidence:
            marks[record_id] = (*marks.get(record_id, ()), number)
    return marks


def on_line(
    marks: tuple[int, ...], line_no: int | None, findings: Sequence[Finding]
) -> tuple[int, ...]:
    """Those of `marks` whose finding speaks of that line, or of the account as a whole."""
    return tuple(number for number in marks if findings[number - 1].line_no in (None, line_no))
