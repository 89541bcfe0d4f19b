"""Which findings rest on a record, by number: the first finding is 1."""

from collections.abc import Mapping, Sequence

from requite.domain.determination.finding import Finding

Marks = Mapping[str, tuple[int, ...]]


def marks_of(findings: Sequence[Finding]) -> Marks:
    """For each record that is evidence the numbers of its findings."""
    marks: dict[str, list[int]] = {}
    for number, finding in enumerate(findings, start=1):
        for record_id in finding.evidence:
            marks.setdefault(record_id, []).append(number)
    return {record_id: tuple(numbers) for record_id, numbers in marks.items()}


class MarksByLine:
    """The marks of one record, by the lines of which their findings speak."""

    __slots__ = ("by_line",)

    def __init__(self, marks: tuple[int, ...], findings: Sequence[Finding]) -> None:
        self.by_line: dict[int | None, list[int]] = {}
        for number in marks:
            self.by_line.setdefault(findings[number - 1].line_no, []).append(number)

    def on(self, line_no: int | None) -> tuple[int, ...]:
        """Those whose finding speaks of that line, or of the account as a whole."""
        lines = (None,) if line_no is None else (None, line_no)
        return tuple(sorted(number for line in lines for number in self.by_line.get(line, ())))
