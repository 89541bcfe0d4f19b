"""Where each transaction set of a file starts and ends, even without the segments for it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from requite.formats.x12.columns import Rows
from requite.formats.x12.envelope import Envelopes, stated_count
from requite.formats.x12.part import Part
from requite.formats.x12.problem import Kind, Problems
from requite.formats.x12.segments import Head
from requite.formats.x12.transaction import Transaction

REMITTANCE = "835"


class Span(NamedTuple):
    """From this segment of the piece on, everything belongs to this transaction set."""

    start: int
    transaction: Transaction


@dataclass(slots=True)
class Transactions:
    """Follows the heads of a file. `given` counts the remittances of each identity so far.

    `started` is where the current one starts in the piece, of whose records `records` tells.
    """

    problems: Problems
    given: Counter[str] = field(default_factory=Counter)
    remittances: int = 0
    others: int = 0
    envelopes: Envelopes = field(init=False)
    current: Transaction | None = None
    ended: list[Transaction] = field(default_factory=list)
    closed_since: int = 0
    started: int = 0
    records: Rows = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        self.envelopes = Envelopes(self.problems)

    def follow(self, part: Part) -> list[Span]:
        """The spans of a piece; transaction sets that ended in it are added to `ended`."""
        spans = [] if self.current is None else [Span(0, self.current)]
        self.records = records = _records(part)
        self.closed_since = self.started = 0
        for head in part.segments.heads:
            self._open_for_records(records, head.segment, part, spans)
            self._take(head, part, spans)
        self._open_for_records(records, part.segments.count, part, spans)
        for _, transaction in spans:
            self._name(transaction)
        return spans

    def end(self) -> None:
        """The file ends here."""
        if self.current is not None and not self.current.is_implied:
            self.problems.add(
                Kind.TRUNCATED,
                "The file ends within this transaction set.",
                *self.current.opened_at,
            )
        self.records = self.records[:0]
        if self._is_stray(0):
            self._leave_out()
        self._close()
        self.envelopes.end((None, None))

    def _take(self, head: Head, part: Part, spans: list[Span]) -> None:
        """Let one segment open, describe or close a transaction set."""
        if self._ends_without_se(head) and self._is_stray(head.segment):
            self._leave_out()
        self.envelopes.take(head, part)
        if head.name == "ST":
            self._start(head, part, spans)
        elif head.name in ("SE", "GE", "IEA", "GS", "ISA"):
            self._stop(head, part)
        elif self._is_lone_start(head):
            self._open(head.segment, part, spans)
        if self.current is not None and self.current.is_remittance:
            _describe(self.current, head)

    def _is_lone_start(self, head: Head) -> bool:
        """Whether a segment shows that a transaction set started for which ST is missing."""
        if self.current is None:
            return head.name in ("BPR", "TRN")
        return head.name == "BPR" and self.current.has_payment

    def _ends_without_se(self, head: Head) -> bool:
        """Whether a segment ends what is open, and is none that ends a transaction set."""
        if head.name == "BPR":
            return self.current is not None and self.current.has_payment
        return head.name in ("ST", "GE", "IEA", "GS", "ISA")

    def _is_stray(self, until: int) -> bool:
        """Whether what is open is a lone payment head between the segments of an envelope."""
        current = self.current
        if current is None or not current.is_implied or self.envelopes.interchange is None:
            return False
        if not current.is_remittance or current.claims or current.provider_adjustments:
            return False
        held = np.searchsorted(self.records, [self.started, until])
        return bool(held[0] == held[1])

    def _leave_out(self) -> None:
        """A payment head outside of any transaction set is told, and is no payment."""
        if self.current is None:
            return
        self.current.is_remittance = False
        self.remittances -= 1
        if self.current.remit_id:
            self.given[self.current.identity] -= 1
        self.problems.add(
            Kind.NOT_A_REMITTANCE, "BPR or TRN outside of a transaction set is no payment.",
            *self.current.opened_at,
        )  # fmt: skip

    def _start(self, head: Head, part: Part, spans: list[Span]) -> None:
        """ST opens a transaction set of the kind that it names."""
        self._open(head.segment, part, spans)
        opened = spans[-1].transaction
        opened.control_number = head.values.get("2") or ""
        kind = head.values.get("1")
        if kind != REMITTANCE:
            opened.is_remittance = False
            self.remittances, self.others = self.remittances - 1, self.others + 1
            self.problems.add(
                Kind.NOT_A_REMITTANCE, "ST01 names a transaction set of another kind.",
                *opened.opened_at,
            )  # fmt: skip

    def _open(self, segment: int, part: Part, spans: list[Span]) -> None:
        """A transaction set starts here; one that is still open ends."""
        if self.current is not None and not self.current.is_implied:
            self.problems.add(
                Kind.SEGMENT_COUNT, "A transaction set ends without SE.", *part.where(segment)
            )
        self._close()
        self.current, self.started = Transaction(opened_at=part.where(segment)), segment
        self.remittances += 1
        spans.append(Span(segment, self.current))

    def _stop(self, head: Head, part: Part) -> None:
        """SE closes the transaction set, and so does the end of an envelope around it."""
        current, self.closed_since = self.current, head.segment
        if current is None:
            return
        where = part.where(head.segment)
        if head.name != "SE":
            if not current.is_implied:
                self.problems.add(Kind.SEGMENT_COUNT, "A transaction set ends without SE.", *where)
        elif not current.is_implied and current.is_remittance:
            self._check(current, head, where)
        self._close()

    def _check(self, current: Transaction, head: Head, where: tuple[int, int]) -> None:
        """SE repeats the number of segments and the control number."""
        found = where[0] - current.opened_at[0] + 1
        if stated_count(head) != found:
            self.problems.add(
                Kind.SEGMENT_COUNT, f"SE01 is not the number of segments, {found}.", *where
            )
        if (head.values.get("2") or "") != current.control_number:
            self.problems.add(Kind.ENVELOPE, "SE02 is not the control number of ST02.", *where)

    def _open_for_records(self, records: Rows, until: int, part: Part, spans: list[Span]) -> None:
        """Claims and provider adjustments outside of any transaction set get one of their own."""
        if self.current is None:
            first = int(np.searchsorted(records, self.closed_since))
            if first < len(records) and records[first] < until:
                self._open(int(records[first]), part, spans)

    def _close(self) -> None:
        if self.current is not None and self.current.is_remittance:
            self.ended.append(self.current)
            if self.current.is_implied:
                self.problems.add(
                    Kind.ENVELOPE,
                    "A transaction set without ST: nothing tells whether it is whole.",
                    *self.current.opened_at,
                )
        self.current = None

    def _name(self, transaction: Transaction) -> None:
        """Give a remittance its number once its head is read."""
        if transaction.is_remittance and not transaction.remit_id:
            identity = transaction.identity
            self.given[identity] += 1
            times = self.given[identity]
            transaction.remit_id = identity if times == 1 else f"{identity}.{times}"


def _describe(transaction: Transaction, head: Head) -> None:
    """Let a segment of the head tell of payment, trace number and parties."""
    if head.name == "BPR":
        transaction.take_payment(head.values)
    elif head.name == "TRN":
        transaction.take_trace(head.values)
    elif head.name == "N1":
        transaction.take_party(head.values)
    elif head.name == "REF":
        transaction.take_reference(head.values)


def _records(part: Part) -> Rows:
    """The segments of claims and provider adjustments, in order."""
    tables = (part.segments.claims, part.segments.provider_adjustments)
    return np.sort(np.concatenate([table["segment"].to_numpy() for table in tables]))
