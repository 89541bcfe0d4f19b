"""An account in the making: the tables of one patient, filled by drawing what happens.

Amounts come from a small range, so that equal amounts meet by accident, as they do in life.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from hypothesis import strategies as st

from requite.domain.determination.account import (
    Allocation,
    BankDeposit,
    Book,
    Charge,
    Claim,
    ContractAmount,
    Coverage,
    LedgerEntry,
    PatientAccount,
    Payer,
    ProviderAdjustment,
    Refund,
    RemitAdjustment,
    RemitClaim,
    RemitLine,
)

T = TypeVar("T")
NEW_YEAR = date(2026, 1, 1)
PAYERS = {
    payer.payer_id: payer
    for payer in (
        Payer("P1", "Larkspur", "commercial"),
        Payer("P2", "Tamarack East", "commercial", "TAMARACK", frozenset({"E2"})),
        Payer("P3", "Medicare", "medicare_ffs"),
        Payer("P4", "Medicaid", "medicaid"),
        Payer("P5", "Tamarack West", "commercial", "TAMARACK", frozenset({"E5"})),
    )
}
HOW_REFERRED = ("number", "trace", "both", "deposit", "check", "claim", "none")


@cache
def below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


class Draft:
    """The tables of one account; each method draws or adds one thing."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.charges: list[Charge] = []
        self.entries: list[LedgerEntry] = []
        self.coverages: list[Coverage] = []
        self.claims: list[Claim] = []
        self.allocations: list[Allocation] = []
        self.refunds: list[Refund] = []
        self.contracts: list[ContractAmount] = []
        self.deposits: list[BankDeposit] = []
        self.remit_claims: list[RemitClaim] = []
        self.remit_lines: list[RemitLine] = []
        self.remit_adjustments: list[RemitAdjustment] = []
        self.provider_adjustments: list[ProviderAdjustment] = []
        self.unnamed: dict[tuple[str, int], list[ProviderAdjustment]] = {}
        self.gaps: dict[str, int] = {}
        self.next_visit_on: date | None = None
        self.taken_back: set[str] = set()
        self.serial = 0
        self.tidy = not self.one_in(2)

    def one_in(self, count: int) -> bool:
        """Happens once in `count` times; not at all in the simplest account."""
        return bool(self.draw(below(count)) == count - 1)

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.draw(below(len(choices)))]

    def number(self, low: int, high: int) -> int:
        return low + int(self.draw(below(high - low + 1)))

    def amount(self) -> int:
        """From 1 cent to 300 dollars, mostly round."""
        return self.number(1, 30) * 1000 - (self.number(0, 999) if self.one_in(3) else 0)

    def day(self, low: int = 0, high: int = 150) -> date:
        return NEW_YEAR + timedelta(days=self.number(low, high))

    def name(self, letter: str) -> str:
        """A new identifier; in no order, so that nothing can lean on it."""
        self.serial += 1
        return f"{letter}{self.serial * 37 % 100:02}-{self.serial}"

    def line_no(self) -> int | None:
        """A line of the account, now and then one that does not exist, or none."""
        numbers = [charge.line_no for charge in self.charges]
        return self.pick([*numbers, None] if self.tidy else [*numbers, *numbers, None, 9])

    def payer_id(self) -> str:
        """A payer on file, now and then a relative of one, or a stranger."""
        known = [coverage.payer_id for coverage in self.coverages]
        return self.pick([*known, "P1"] if self.tidy else [*known, *known, "P5", "stranger"])

    def post(self, kind: str, cents: int, **columns: Any) -> LedgerEntry:
        """Add a ledger entry with the sign of the feed."""
        columns.setdefault("posted_on", self.day())
        row = LedgerEntry(self.name("T"), kind, cents, **columns)
        self.entries.append(row)
        return row

    def refer(self, claim: RemitClaim) -> dict[str, Any]:
        """How a posting names the payment it comes from, if it does."""
        how = "both" if self.tidy else self.pick(HOW_REFERRED)
        if how == "deposit":
            deposit = BankDeposit(self.name("D"), 1, claim.payment_date, claim.trace_number)
            self.deposits.append(deposit)
            return {"deposit_id": deposit.deposit_id}
        if how == "claim":
            number = claim.payer_claim_number
            found = [row.claim_id for row in self.claims if row.payer_claim_number == number]
            return {"claim_id": found[0]} if found else {}
        return {
            "trace_number": claim.trace_number if how in ("trace", "both") else None,
            "payer_claim_number": claim.payer_claim_number if how in ("number", "both") else None,
            "check_number": claim.trace_number if how == "check" else None,
        }

    def lines_of(self, claim: RemitClaim) -> list[RemitLine]:
        return [row for row in self.remit_lines if row.remit_claim_id == claim.remit_claim_id]

    def finish(self) -> tuple[PatientAccount, Book]:
        """The account and the book it is looked up in, from a day that may cut through it."""
        account = PatientAccount(
            account_id="A1",
            facility_id=None,
            patient_id="patient",
            guarantor_id=self.pick(("guarantor", None)),
            patient_class=None,
            state=None,
            status=None,
            service_from=self.pick((None, NEW_YEAR)),
            service_to=None,
            next_visit_on=self.next_visit_on,
            reported_balance_cents=None,
            charges=self.charges,
            entries=self.entries,
            coverages=self.coverages,
            claims=self.claims,
            allocations=self.allocations,
            refunds=self.refunds,
            contracts=self.contracts,
            deposits=self.deposits,
            remit_claims=self.remit_claims,
            remit_lines=self.remit_lines,
            remit_adjustments=self.remit_adjustments,
            provider_adjustments=self.provider_adjustments,
            transfer_gap_cents=self.gaps,
        )
        as_of = NEW_YEAR + timedelta(days=200)
        if self.one_in(4):
            as_of = self.day(30, 160)
        return account, Book(as_of, PAYERS, {}, self.unnamed)
