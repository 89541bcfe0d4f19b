"""What is wrong with an 835, where, and what to do: told beside the records, never instead."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

# A broken file repeats one fault thousands of times: so many of a kind are placed, others counted.
PLACED_OF_A_KIND = 100
LONGEST_SHOWN = 24
SHOWN = frozenset("0123456789.,+-$ ")


class Kind(StrEnum):
    """The kinds of problems; each has its remedy in `REMEDY`."""

    NOT_X12 = "not_x12"
    ENCODING = "encoding"
    BYTES_AROUND = "bytes_around"
    LINE_BREAKS = "line_breaks"
    OVERLONG_SEGMENT = "overlong_segment"
    UNKNOWN_SEGMENT = "unknown_segment"
    TRUNCATED = "truncated"
    ENVELOPE = "envelope"
    SEGMENT_COUNT = "segment_count"
    NOT_A_REMITTANCE = "not_a_remittance"
    NO_HEADER = "no_header"
    NO_CLAIM = "no_claim"
    OVERSIZED_CLAIM = "oversized_claim"
    UNREADABLE_AMOUNT = "unreadable_amount"
    UNREADABLE_DATE = "unreadable_date"
    MISSING_VALUE = "missing_value"
    UNBALANCED_REMITTANCE = "unbalanced_remittance"
    UNBALANCED_CLAIM = "unbalanced_claim"
    UNBALANCED_LINE = "unbalanced_line"
    REPEATED_REMITTANCE = "repeated_remittance"
    CONFLICTING_REMITTANCE = "conflicting_remittance"


RESEND = "Ask the payer or clearinghouse to send the file again."
ASK = "Compare with the payer's paper or portal remittance, and ask the payer to correct it."

REMEDY = {
    Kind.NOT_X12: "Put the 835 itself here, unpacked; remove files of other kinds.",
    Kind.ENCODING: "Ask for the file in ASCII or UTF-8; check the names in it.",
    Kind.BYTES_AROUND: "Nothing is lost if these are no segments; " + RESEND.lower(),
    Kind.LINE_BREAKS: "They were taken out; ask the sender not to wrap its lines.",
    Kind.OVERLONG_SEGMENT: "The segment was skipped. " + RESEND,
    Kind.UNKNOWN_SEGMENT: "The segment was skipped; look at it, and " + RESEND.lower(),
    Kind.TRUNCATED: "What was whole was read. " + RESEND,
    Kind.ENVELOPE: "All that was found was read; make sure that no part of the file is missing.",
    Kind.SEGMENT_COUNT: "All that was found was read; make sure that no segment is missing.",
    Kind.NOT_A_REMITTANCE: "It was left out: only transaction sets 835 belong here.",
    Kind.NO_HEADER: "Its claims were read without payer or payment. " + RESEND,
    Kind.NO_CLAIM: "The lines were kept under a claim without number. " + RESEND,
    Kind.OVERSIZED_CLAIM: "Its lines were read; check its amounts by hand.",
    Kind.UNREADABLE_AMOUNT: "The amount was left empty. " + ASK,
    Kind.UNREADABLE_DATE: "The date was left empty. " + ASK,
    Kind.MISSING_VALUE: "The value was left empty. " + ASK,
    Kind.UNBALANCED_REMITTANCE: "Every claim was kept. " + ASK,
    Kind.UNBALANCED_CLAIM: "The claim was kept. " + ASK,
    Kind.UNBALANCED_LINE: "The line was kept. " + ASK,
    Kind.REPEATED_REMITTANCE: "It was counted once; nothing needs to be done.",
    Kind.CONFLICTING_REMITTANCE: "Both were kept, the later one under a number of its own. " + ASK,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file; `segment` counts from 1, `byte_offset` from 0.

    >>> print(Problem("may.835", Kind.UNREADABLE_AMOUNT, "CLP04 '1.505' is no amount.", 7, 412))
    may.835, segment 7, byte 412: CLP04 '1.505' is no amount. The amount was left empty. \
Compare with the payer's paper or portal remittance, and ask the payer to correct it.
    """

    source_file: str
    kind: Kind
    detail: str
    segment: int | None = None
    byte_offset: int | None = None
    count: int = 1

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return REMEDY[self.kind]

    def __str__(self) -> str:
        place = "" if self.segment is None else f", segment {self.segment}"
        place += "" if self.byte_offset is None else f", byte {self.byte_offset}"
        return f"{self.source_file}{place}: {self.detail} {self.remedy}"


@dataclass(slots=True)
class Problems:
    """The problems of one file as they are found, at most `PLACED_OF_A_KIND` of each placed."""

    source_file: str
    placed: list[Problem] = field(default_factory=list)
    counts: Counter[Kind] = field(default_factory=Counter)

    def add(
        self, kind: Kind, detail: str, segment: int | None = None, byte_offset: int | None = None
    ) -> None:
        """Note a problem; past the limit of its kind it is only counted."""
        self.counts[kind] += 1
        if self.counts[kind] <= PLACED_OF_A_KIND:
            self.placed.append(Problem(self.source_file, kind, detail, segment, byte_offset))

    def room(self, kind: Kind) -> int:
        """How many more of this kind would be placed."""
        return max(0, PLACED_OF_A_KIND - self.counts[kind])

    def add_unplaced(self, kind: Kind, number: int) -> None:
        """Count `number` further problems of a kind."""
        self.counts[kind] += number

    def all(self) -> list[Problem]:
        """The placed problems, then one for the rest of each kind that has too many."""
        rests = [
            Problem(self.source_file, kind, f"{count - PLACED_OF_A_KIND:,} more of this kind.",
                    count=count - PLACED_OF_A_KIND)
            for kind, count in sorted(self.counts.items())
            if count > PLACED_OF_A_KIND
        ]  # fmt: skip
        return [*self.placed, *rests]


def shown(datum: bytes) -> str:
    """A value as a message may show it: figures only, for any other text may name a patient.

    >>> shown(b"1.505"), shown(b"SMITH")
    ("'1.505'", 'a text')
    """
    text = datum[:LONGEST_SHOWN].decode("latin-1")
    return repr(text) if SHOWN.issuperset(text) else "a text"
