"""Rules 9 to 12: what a ledger without remittances may say, and what less evidence may not."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.domain.determination.generated import accounts

from requite.domain.determination.account import (
    Book,
    Charge,
    Coverage,
    LedgerEntry,
    PatientAccount,
    Payer,
)
from requite.domain.determination.determine import determine_account, work
from requite.domain.determination.waterfall import explain
from requite.domain.determination.worksheet import PATIENT
from requite.domain.parties import Certainty, Party

often = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much]
)
TODAY = date(2026, 6, 30)
PAYERS = {name: Payer(name, name, "commercial") for name in ("LARK", "WREN", "TAM")}
BUCKETS = ("primary", "secondary", "tertiary")
PAYABLE = ("payer", "patient")


def empty_account(**rows: Any) -> PatientAccount:
    fields = dict.fromkeys(PatientAccount._fields[: PatientAccount._fields.index("charges")])
    return PatientAccount(**{**fields, "account_id": "A1", "guarantor_id": "G1", **rows})


class Office:
    """How one office keeps its ledger: what it posts with a line, a code, a name, a check."""

    def __init__(self, draw: Any, *, settled: bool) -> None:
        self.draw = draw
        self.settled = settled
        self.by_line, self.coded, self.named = (draw(st.booleans()) for _ in range(3))
        self.moves, self.has_checks = draw(st.booleans()), draw(st.booleans())
        orders = (("LARK",), ("LARK", "WREN"), ("LARK", "WREN", "TAM"))
        self.payers = draw(st.sampled_from(orders))
        self.entries: list[LedgerEntry] = []

    def post(self, kind: str, cents: int, number: int, day: int, **columns: Any) -> None:
        key, posted_on = f"T{len(self.entries):03}", TODAY - timedelta(90 - day)
        line_no = number if self.by_line else None
        self.entries.append(LedgerEntry(key, kind, -cents, posted_on, line_no=line_no, **columns))

    def write_off(self, cents: int, number: int) -> None:
        code = {"group_code": "CO", "carc": "45"} if self.coded else {}
        if cents:
            self.post("adjustment", cents, number, 10, bucket="primary", **code)

    def pay(self, place: int, left: int, number: int) -> int:
        """What a payer pays of what is left, and posts unless it is still open."""
        cents = self.draw(st.integers(0, left))
        if not cents or not (self.settled or self.draw(st.integers(0, 3))):
            return 0
        payer = {"payer_id": self.payers[place]} if self.named else {}
        digits = self.draw(st.integers(100, 999))
        check = f"{place}{number}{digits}" if self.has_checks else None
        self.post("payment", cents, number, 10 + 9 * place, bucket=BUCKETS[place],
                  check_number=check, **payer)  # fmt: skip
        return cents

    def collect(self, left: int, number: int) -> None:
        """The patient pays the rest, or owes it."""
        if not left or not (self.settled or self.draw(st.booleans())):
            return
        self.post("payment", left, number, 60, bucket="self", tender="card")
        if self.moves:
            for cents, bucket in ((left, "primary"), (-left, "self")):
                self.post("transfer", cents, number, 40, bucket=bucket, transfer_id=f"X{number}")


@st.composite
def ledgers(draw: Any, *, settled: bool) -> tuple[PatientAccount, Book]:
    """An account on paper: each line's charge is shared among payers, write-off and patient.

    Unless it is settled some shares are not posted, so that debts are open. Offices differ: lines,
    group codes, references and buckets are posted or not, balances moved on or not.
    """
    office = Office(draw, settled=settled)
    charges = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        charge = draw(st.integers(2_000, 50_000))
        charges.append(Charge(f"C{number}", number, charge, TODAY - timedelta(100)))
        left = charge - draw(st.integers(0, charge // 2))
        office.write_off(charge - left, number)
        for place in range(len(office.payers)):
            left -= office.pay(place, left, number)
        office.collect(left, number)
    gaps = {row.transfer_id: 0 for row in office.entries if row.transfer_id}
    coverages = [Coverage(place, payer) for place, payer in enumerate(office.payers, 1)]
    rows = {"charges": charges, "entries": office.entries, "coverages": coverages}
    return empty_account(**rows, transfer_gap_cents=gaps), Book(TODAY, PAYERS)


def on_lines(account: PatientAccount) -> dict[int | None, int]:
    """What is charged less what is posted, by line and (None) on the account as a whole."""
    balance: dict[int | None, int] = defaultdict(int)
    for row in account.charges:
        balance[row.line_no] += row.amount_cents
    for entry in account.entries:
        if entry.type != "transfer":
            balance[entry.line_no] += entry.amount_cents
    return balance


@often
@given(ledgers(settled=False))
def test_rule_9_absence_of_evidence_is_not_a_finding(case: tuple[PatientAccount, Book]) -> None:
    account, book = case
    balance = on_lines(account)
    assume(sum(balance.values()) >= 0)
    # While a payer is still to answer, money of the patient is held, and that of later payers is
    # for a person.
    assume(not work(account, book).any_pending)
    assert determine_account(account, book).findings == ()


@often
@given(ledgers(settled=True))
def test_rule_12_what_is_settled_yields_nothing(case: tuple[PatientAccount, Book]) -> None:
    found = determine_account(*case)
    assert found.balance_cents == 0
    assert found.findings == ()


@often
@given(accounts())
def test_rule_12_where_each_cell_is_at_its_target_nothing_is_found(case: Any) -> None:
    found = determine_account(*case)
    if all(cell.difference_cents == 0 for cell in found.cells):
        assert found.findings == ()


def proved_by_party(account: PatientAccount, book: Book) -> dict[tuple[str, str | None], int]:
    """The cents proved to each party."""
    proved: dict[tuple[str, str | None], int] = defaultdict(int)
    for row in determine_account(account, book).findings:
        if row.certainty == Certainty.PROVED and row.party in PAYABLE:
            proved[row.party, row.party_id] += row.amount_cents
    return proved


def stands(entry: LedgerEntry, account: PatientAccount) -> bool:
    """Whether an entry is neither reversed by another nor the reversal of one."""
    reversals = {row.reverses_transaction_id for row in account.entries}
    return entry.reverses_transaction_id is None and entry.transaction_id not in reversals


@often
@given(accounts(), st.data())
def test_rule_10_less_evidence_never_proves_more(case: Any, data: st.DataObject) -> None:
    account, book = case
    named = {row.remit_claim_id for row in account.provider_adjustments}
    posted = {entry.trace_number for entry in account.entries if stands(entry, account)}
    # A payment that the ledger names: what paid nothing leaves no gap that could be seen.
    known = [
        row.remit_claim_id
        for row in account.remit_claims
        if row.claim_status != "22"
        and row.paid_cents > 0
        and row.remit_claim_id not in named
        and row.trace_number in posted
    ]
    lost = set(data.draw(st.lists(st.sampled_from(known), unique=True))) if known else set()
    assume(lost)
    less = account._replace(
        **{
            name: [row for row in getattr(account, name) if row.remit_claim_id not in lost]
            for name in ("remit_claims", "remit_lines", "remit_adjustments")
        }
    )
    before, after = proved_by_party(account, book), proved_by_party(less, book)
    assert all(cents <= before[party] for party, cents in after.items())


@often
@given(accounts())
def test_rule_11_the_patient_gets_back_only_what_the_patient_paid(case: Any) -> None:
    sheet = work(*case)
    for part in explain(sheet):
        if part.party == Party.PATIENT:
            assert part.cell.kind == PATIENT
