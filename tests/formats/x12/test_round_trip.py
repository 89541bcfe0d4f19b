"""Remittances are drawn, written as an 835 in many hands, read, and must be what was drawn."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from requite.formats.x12 import pieces
from requite.formats.x12.problem import Kind
from requite.formats.x12.remittance import Remittances, read_remittances

TEXT = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)
CENTS = st.integers(-10_000_000, 10_000_000)
DAYS = st.integers(0, 9000).map(lambda days: date(2005, 1, 1) + timedelta(days))
GROUPS = st.sampled_from(["CO", "PR", "OA", "PI"])
ADJUSTMENTS = st.lists(st.tuples(GROUPS, TEXT.map(lambda text: text[:4]), CENTS), max_size=8)


@dataclass
class Line:
    charge: int
    adjustments: list[tuple[str, str, int]]
    code: str
    modifiers: list[str]
    day: date
    control_number: str

    @property
    def paid(self) -> int:
        return self.charge - sum(cents for _, _, cents in self.adjustments)


@dataclass
class Claim:
    number: str
    status: str
    adjustments: list[tuple[str, str, int]]
    lines: list[Line]
    member: str
    charge_without_lines: int

    @property
    def charge(self) -> int:
        return sum(line.charge for line in self.lines) or self.charge_without_lines

    @property
    def paid(self) -> int:
        of_lines = sum(cents for line in self.lines for _, _, cents in line.adjustments)
        return self.charge - of_lines - sum(cents for _, _, cents in self.adjustments)


@dataclass
class Payment:
    trace: str
    day: date
    claims: list[Claim]
    provider_adjustments: list[tuple[str, str, int]]

    @property
    def amount(self) -> int:
        taken = sum(cents for _, _, cents in self.provider_adjustments)
        return sum(claim.paid for claim in self.claims) - taken


LINES = st.builds(
    Line,
    CENTS,
    ADJUSTMENTS,
    TEXT,
    st.lists(TEXT.map(lambda text: text[:2]), max_size=4),
    DAYS,
    TEXT,
)
CLAIMS = st.builds(
    Claim, TEXT, st.sampled_from(["1", "2", "3", "4", "22"]), ADJUSTMENTS,
    st.lists(LINES, max_size=4), TEXT, CENTS,
)  # fmt: skip
PAYMENTS = st.builds(
    Payment, TEXT, DAYS, st.lists(CLAIMS, max_size=4),
    st.lists(st.tuples(st.sampled_from(["WO", "FB", "L6", "72"]), TEXT, CENTS), max_size=9),
)  # fmt: skip


@dataclass
class Hand:
    """How a sender writes: delimiters, line ends, how much of the envelope."""

    element: str = "*"
    component: str = ":"
    segment: str = "~"
    line_end: str = ""
    has_interchange: bool = True
    has_transaction: bool = True
    is_padded: bool = True
    written: list[str] = field(default_factory=list)

    def add(self, *elements: str) -> None:
        self.written.append(self.element.join(elements).rstrip(self.element))

    def text(self) -> str:
        return "".join(each + self.segment + self.line_end for each in self.written)


HANDS = st.builds(
    Hand,
    element=st.sampled_from("*|+"),
    component=st.sampled_from(":>^"),
    segment=st.sampled_from("~!\x1c"),
    line_end=st.sampled_from(["", "\n", "\r\n"]),
    has_interchange=st.booleans(),
    has_transaction=st.booleans(),
    is_padded=st.booleans(),
) | st.builds(Hand, segment=st.sampled_from("\n\r"), line_end=st.just(""))


def dollars(cents: int) -> str:
    sign, whole = ("-" if cents < 0 else ""), abs(cents)
    text = f"{whole // 100}.{whole % 100:02}"
    return sign + (text if whole % 10 else text.rstrip("0").rstrip("."))


def write(hand: Hand, payments: list[Payment]) -> bytes:
    if hand.has_interchange:
        pad = (lambda text, width: text.ljust(width)) if hand.is_padded else (lambda text, _: text)
        hand.written.append(
            hand.element.join([
                "ISA", "00", pad("", 10), "00", pad("", 10), "ZZ", pad("SENDER", 15), "ZZ",
                pad("RECEIVER", 15), "260311", "0805", "^" if hand.component != "^" else "U",
                "00501", "000000001", "0", "P", hand.component,
            ])
        )  # fmt: skip
        hand.add("GS", "HP", "SENDER", "RECEIVER", "20260311", "0805", "1", "X", "005010X221A1")
    for number, payment in enumerate(payments, start=1):
        _write_payment(hand, payment, str(number))
    if hand.has_interchange:
        hand.add("GE", str(len(payments)) if hand.has_transaction else "0", "1")
        hand.add("IEA", "1", "000000001")
    return hand.text().encode()


def _write_payment(hand: Hand, payment: Payment, number: str) -> None:
    before = len(hand.written)
    if hand.has_transaction:
        hand.add("ST", "835", number)
    day = f"{payment.day:%Y%m%d}"
    hand.add("BPR", "I", dollars(payment.amount), "C", "CHK", *[""] * 11, day)
    hand.add("TRN", "1", payment.trace, "1999999999")
    hand.add("N1", "PR", "TAMARACK MUTUAL", "XV", "88001")
    hand.add("REF", "2U", "60141")
    hand.add("N1", "PE", "ALDER CREEK", "XX", "1993999998")
    hand.add("LX", "1")
    for claim in payment.claims:
        _write_claim(hand, claim)
    for reason, reference, cents in payment.provider_adjustments:
        pair = f"{reason}{hand.component}{reference}"
        hand.add("PLB", "1993999998", "20261231", pair, dollars(cents))
    if hand.has_transaction:
        hand.add("SE", str(len(hand.written) - before + 1), number)


def _write_claim(hand: Hand, claim: Claim) -> None:
    hand.add("CLP", claim.number, claim.status, dollars(claim.charge), dollars(claim.paid))
    _write_adjustments(hand, claim.adjustments)
    hand.add("NM1", "QC", "1", "DRAY", "ANNEKE", "", "", "", "MI", claim.member)
    for line in claim.lines:
        code = hand.component.join(["HC", line.code, *line.modifiers])
        hand.add("SVC", code, dollars(line.charge), dollars(line.paid), "", "1")
        hand.add("DTM", "472", f"{line.day:%Y%m%d}")
        _write_adjustments(hand, line.adjustments)
        hand.add("REF", "6R", line.control_number)


def _write_adjustments(hand: Hand, adjustments: list[tuple[str, str, int]]) -> None:
    for group in ("CO", "PR", "OA", "PI"):
        triples = [(carc, cents) for each, carc, cents in adjustments if each == group]
        for first in range(0, len(triples), 6):
            parts = [(carc, dollars(cents), "") for carc, cents in triples[first : first + 6]]
            hand.add("CAS", group, *(text for part in parts for text in part))


def in_file_order(adjustments: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    groups = ("CO", "PR", "OA", "PI")
    return [each for group in groups for each in adjustments if each[0] == group]


def rows(found: Remittances, table: str, *names: str) -> list[tuple[Any, ...]]:
    columns = getattr(found.tables, table).select(list(names)).to_pydict()
    return list(zip(*columns.values(), strict=True)) if columns else []


def read(data: bytes) -> Remittances:
    return read_remittances(io.BytesIO(data), "drawn.835")


@settings(max_examples=30)
@given(HANDS, st.lists(PAYMENTS, min_size=1, max_size=3))
def test_what_was_written_is_what_is_read(hand: Hand, payments: list[Payment]) -> None:
    # Between the segments of an envelope a payment head without anything is no payment.
    filled = all(payment.claims or payment.provider_adjustments for payment in payments)
    assume(hand.has_transaction or filled)
    found = read(write(hand, payments))
    claims = [claim for payment in payments for claim in payment.claims]
    lines = [line for claim in claims for line in claim.lines]
    lacking = 0 if hand.has_transaction else len(payments)
    assert [problem.kind for problem in found.problems] == [Kind.ENVELOPE] * lacking
    assert rows(found, "remits", "trace_number", "payment_amount_cents", "payment_date") == [
        (payment.trace, payment.amount, payment.day) for payment in payments
    ]
    assert rows(found, "remit_claims", "patient_control_number", "charge_cents", "paid_cents") == [
        (claim.number, claim.charge, claim.paid) for claim in claims
    ]
    assert rows(found, "remit_claims", "claim_status", "member_id") == [
        (claim.status, claim.member) for claim in claims
    ]
    assert rows(found, "remit_lines", "charge_cents", "paid_cents", "service_date") == [
        (line.charge, line.paid, line.day) for line in lines
    ]
    assert rows(found, "remit_lines", "procedure_code", "modifiers", "line_control_number") == [
        (line.code, "|".join(line.modifiers) or None, line.control_number) for line in lines
    ]


@settings(max_examples=30)
@given(HANDS, st.lists(PAYMENTS, min_size=1, max_size=2))
def test_adjustments_keep_their_place(hand: Hand, payments: list[Payment]) -> None:
    found = read(write(hand, payments))
    claims = [claim for payment in payments for claim in payment.claims]
    wanted = [
        (line_no, *adjustment)
        for claim in claims
        for line_no, adjustments in [
            (None, claim.adjustments),
            *((number, line.adjustments) for number, line in enumerate(claim.lines, start=1)),
        ]
        for adjustment in in_file_order(adjustments)
    ]
    assert (
        rows(found, "remit_adjustments", "line_no", "group_code", "carc", "amount_cents") == wanted
    )
    assert rows(found, "provider_adjustments", "reason_code", "reference", "amount_cents") == [
        each for payment in payments for each in payment.provider_adjustments
    ]


@settings(max_examples=30)
@given(HANDS, st.lists(PAYMENTS, min_size=1, max_size=3))
def test_a_remittance_that_was_written_to_balance_is_found_to_balance(
    hand: Hand, payments: list[Payment]
) -> None:
    found = read(write(hand, payments))
    assert found.tables.remits["is_balanced"].to_pylist() == [True] * len(payments)


@settings(max_examples=30)
@given(HANDS, st.lists(PAYMENTS, min_size=1, max_size=2), st.integers(1, 400))
def test_where_a_file_is_cut_changes_nothing(
    hand: Hand, payments: list[Payment], piece_bytes: int
) -> None:
    data = write(hand, payments)
    whole = read(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE_BYTES", piece_bytes + 512)
        patch.setattr(pieces, "PIECE_SEGMENTS", 40)
        cut = read(data)
    assert len(cut.tables.remit_lines) == len(whole.tables.remit_lines)
    torn = {Kind.OVERSIZED_CLAIM, Kind.UNBALANCED_CLAIM, Kind.UNBALANCED_REMITTANCE}
    if not {problem.kind for problem in cut.problems} & torn:
        assert [table.to_pylist() for table in cut.tables] == [
            table.to_pylist() for table in whole.tables
        ]
        assert cut.problems == whole.problems
