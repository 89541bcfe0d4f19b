"""835s become records: five tables, a bounded batch at a time, and a list of what was wrong.

>>> import io
>>> stream = io.BytesIO(b"ST*835*1~BPR*I*80*C*CHK************20260105~TRN*1*778*1999999999~"
...                     b"CLP*A7*1*100*80~CAS*CO*45*20~SE*6*1~")
>>> remittances = read_remittances(stream, "january.835")
>>> remittances.tables.remit_claims["paid_cents"].to_pylist(), remittances.problems
([8000], [])
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from requite.formats.x12 import claims as claim
from requite.formats.x12.balance import check_transaction
from requite.formats.x12.columns import cents_or_zero, sums
from requite.formats.x12.findings import report, report_findings, report_missing
from requite.formats.x12.part import Part
from requite.formats.x12.pieces import Piece, pieces
from requite.formats.x12.problem import Kind, Problem, Problems
from requite.formats.x12.records import Records, records_of
from requite.formats.x12.segments import parse
from requite.formats.x12.tables import EMPTY, REMITS, Tables
from requite.formats.x12.transactions import Span, Transactions

CLAIM_DIFFERS = "The claim's charge, CLP03, less its CAS is not what it paid, CLP04."
LINE_DIFFERS = "The line's charge, SVC02, less its CAS is not what it paid, SVC03."


@dataclass(slots=True)
class Counts:
    """What was found in one file or many; amounts are cents."""

    interchanges: int = 0
    transaction_sets: int = 0
    other_transaction_sets: int = 0
    claims: int = 0
    lines: int = 0
    adjustments: int = 0
    provider_adjustments: int = 0
    payment_cents: int = 0
    paid_cents: int = 0
    provider_adjustment_cents: int = 0

    def add(self, other: "Counts") -> None:
        """Add those of another file."""
        for each in fields(Counts):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


@dataclass(frozen=True, slots=True)
class Remittances:
    """All that a file holds."""

    tables: Tables
    counts: Counts
    problems: list[Problem]


def read_remittances(stream: BinaryIO, source_file: str) -> Remittances:
    """Read a file of modest size at once; `Reading` reads one of any size.

    Parameters
    ----------
    stream : BinaryIO
        The bytes of the file, seekable, at their start.
    source_file : str
        The name under which remittances and problems mention the file.
    """
    reading = Reading(source_file)
    batches = list(reading.tables(stream))
    tables = Tables(*(pa.concat_tables(parts) for parts in zip(EMPTY, *batches, strict=True)))
    return Remittances(tables, reading.counts, reading.problems.all())


@dataclass(slots=True)
class Reading:
    """One file as it is read, in memory that does not grow with it.

    `given` counts the remittances of each identity so far, here or in files read before: the
    second of one identity is numbered anew, for a number may stand for one remittance only.
    """

    source_file: str
    given: Counter[str] = field(default_factory=Counter)
    counts: Counts = field(default_factory=Counts)
    problems: Problems = field(init=False)
    transactions: Transactions = field(init=False)
    torn: claim.Torn | None = None
    segments_before: int = 0

    def __post_init__(self) -> None:
        self.problems = Problems(self.source_file)
        self.transactions = Transactions(self.problems, self.given)

    def tables(self, stream: BinaryIO) -> Iterator[Tables]:
        """The records in the order of the file; a remittance follows the last of its claims."""
        for piece in pieces(stream, self.problems):
            yield self._piece(piece)
        self.transactions.end()
        if self.transactions.ended:
            yield EMPTY._replace(remits=self._ended())
        self.counts.interchanges = self.transactions.envelopes.interchanges
        self.counts.transaction_sets = self.transactions.remittances
        self.counts.other_transaction_sets = self.transactions.others

    def _piece(self, piece: Piece) -> Tables:
        """The records of a piece, and the remittances that end in it."""
        part = Part(piece, parse(piece.data, piece.delimiters), self.segments_before)
        self.segments_before += part.segments.count
        spans = self.transactions.follow(part)
        if not spans:
            report_findings(part, spans, self.problems)
            return EMPTY
        records = records_of(part, spans, self.torn)
        is_continued = records.rows.first_is_continued
        report_findings(part, spans, self.problems, is_continued=is_continued)
        self._count(records, spans)
        self._report(part, records)
        self.torn = records.last
        return records.tables._replace(remits=self._ended())

    def _count(self, records: Records, spans: list[Span]) -> None:
        """Add a piece to what its transaction sets, and the file, come to."""
        tables, first = records.tables, int(records.rows.first_is_continued)
        owner = records.rows.owner[first:]
        claims = np.bincount(owner, minlength=len(spans))
        paid = sums(owner, cents_or_zero(tables.remit_claims["paid_cents"]), len(spans))
        faulty = {*records.rows.owner[records.unbalanced_claims].tolist()}
        faulty |= {
            *records.rows.owner[records.rows.claim_of_line[records.unbalanced_lines]].tolist()
        }
        for at, (_, transaction) in enumerate(spans):
            transaction.claims += int(claims[at])
            transaction.paid_cents += int(paid[at])
            transaction.provider_adjustments += records.provider_adjustments.number.get(at, 0)
            transaction.adjusted_cents += records.provider_adjustments.sum_cents.get(at, 0)
            transaction.is_balanced &= at not in faulty
        self.counts.claims += len(tables.remit_claims)
        self.counts.lines += len(tables.remit_lines)
        self.counts.adjustments += len(tables.remit_adjustments)
        self.counts.provider_adjustments += len(tables.provider_adjustments)

    def _report(self, part: Part, records: Records) -> None:
        """Tell what of a piece is missing or does not balance."""
        rows, problems = records.rows, self.problems
        report_missing(part, records, problems)
        for kind, detail, table, unbalanced in (
            (Kind.UNBALANCED_CLAIM, CLAIM_DIFFERS, rows.claims, records.unbalanced_claims),
            (Kind.UNBALANCED_LINE, LINE_DIFFERS, rows.lines, records.unbalanced_lines),
        ):
            segments = table["segment"].take(pa.array(unbalanced)).to_pylist()
            report(kind, detail, segments, part, problems)
        if part.piece.tears_claim and len(rows.claims):
            last = rows.claims["segment"][-1].as_py()
            problems.add(
                Kind.OVERSIZED_CLAIM, "The claim is too large to be balanced.", *part.where(last)
            )

    def _ended(self) -> pa.Table:
        """The table remits of the transaction sets that have ended since it was last asked for."""
        ended, self.transactions.ended = self.transactions.ended, []
        for transaction in ended:
            check_transaction(transaction, self.problems)
            self.counts.payment_cents += transaction.payment_cents or 0
            self.counts.paid_cents += transaction.paid_cents
            self.counts.provider_adjustment_cents += transaction.adjusted_cents
        rows = [each.row(self.source_file) for each in ended if not each.is_empty]
        return pa.Table.from_pylist(rows, schema=REMITS)
