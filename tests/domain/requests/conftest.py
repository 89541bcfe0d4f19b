"""A small account that payers write letters about, built step by step."""

from datetime import date
from typing import Any

import pytest

from requite.domain.determination.account import (
    BankDeposit,
    Book,
    Charge,
    Claim,
    ContractAmount,
    Coverage,
    LedgerEntry,
    PatientAccount,
    Payer,
    Plan,
    ProviderAdjustment,
    Refund,
    RemitAdjustment,
    RemitClaim,
    RemitLine,
)
from requite.domain.request import RefundRequest, Verdict
from requite.domain.requests.judge import Terms, judge_account

PAYERS = {
    "LARK": Payer("LARK", "Larkspur Health Plan", "commercial", None, frozenset({"60041"})),
    "TAMA": Payer("TAMA", "Tamarack Mutual", "commercial"),
    "LARK-HQ": Payer("LARK-HQ", "Larkspur Group", "commercial", None, frozenset({"60041"})),
}
PLANS = {
    "INSURED": Plan("INSURED", "LARK", funding="insured"),
    "ASO": Plan("ASO", "LARK", funding="self_funded"),
    "SHORT": Plan("SHORT", "LARK", funding="insured", lookback_days=90, response_days=10),
    "LONG": Plan("LONG", "LARK", funding="self_funded", lookback_days=365),
}
FIRST, SECOND = date(2026, 1, 10), date(2026, 1, 28)


class Visit:
    """One account of $180.00 = $55.00 contractual + $125.00, unless told otherwise."""

    def __init__(self, plan_id: str | None = "INSURED", state: str | None = "TX") -> None:
        self.as_of = date(2026, 11, 10)
        self.state = state
        self.plan_id = plan_id
        self.coverages = [Coverage(1, "LARK", plan_id, "MLARK1")]
        self.charges: list[Charge] = []
        self.entries: list[LedgerEntry] = []
        self.claims: list[Claim] = []
        self.remit_claims: list[RemitClaim] = []
        self.remit_lines: list[RemitLine] = []
        self.adjustments: list[RemitAdjustment] = []
        self.taken: list[ProviderAdjustment] = []
        self.refunds: list[Refund] = []
        self.contracts: list[ContractAmount] = []
        self.deposits: list[BankDeposit] = []
        self.unnamed: dict[tuple[str, int], list[ProviderAdjustment]] = {}
        self.terms = Terms()

    def told(self, story: str) -> "Visit":
        """One of the stories below."""
        STORIES[story](self)
        return self

    def charge(self, cents: int, line: int = 1, day: date = date(2025, 12, 8)) -> None:
        self.charges.append(Charge(f"C{line}", line, cents, day, "99214"))

    def post(
        self, kind: str, cents: int, day: date, payer: str | None = "LARK", **more: Any
    ) -> str:
        name = f"T{len(self.entries) + 1:03}"
        fields = {"bucket": "primary", "line_no": 1, **more}
        self.entries.append(LedgerEntry(name, kind, cents, day, payer_id=payer, **fields))
        return name

    def paid(
        self, number: str, day: date, cents: int, *, co: int = 0, payer: str = "LARK", **how: Any
    ) -> None:
        """A remittance claim of one line, posted in the ledger unless `posted` is False."""
        line = how.get("line", 1)
        charge = next(row.amount_cents for row in self.charges if row.line_no == line)
        sign = -1 if how.get("status") == "22" else 1
        name, trace = f"R{len(self.remit_claims) + 1}", how.get("trace", f"E{number}{day:%m%d}")
        self.remit_claims.append(
            RemitClaim(
                name, f"X{trace}", "A1", payer, trace, day, 1, how.get("status", "1"),
                sign * charge, sign * cents, number, how.get("frequency"),
            )
        )  # fmt: skip
        self.remit_lines.append(
            RemitLine(name, 1, sign * charge, sign * cents, "99214", None, None, str(line))
        )
        write_off = charge - cents
        if write_off:
            self.adjustments.append(RemitAdjustment(name, 1, "CO", "45", sign * write_off))
        if how.get("posted", True):
            linked = {"line_no": line, "trace_number": trace, "payer_claim_number": number}
            if cents:
                self.post("payment", -sign * cents, day, payer, **linked)
            if co:
                self.post("adjustment", -co, day, None, group_code="CO", carc="45", **linked)

    def paid_twice(self, **second: Any) -> "Visit":
        """Paid on 10 and 28 January by claims 26A and 26B."""
        self.charge(18000)
        self.paid("26A", FIRST, 12500, co=5500)
        self.paid("26B", SECOND, 12500, **second)
        return self

    def reverse(self, number: str, day: date, cents: int, *, posted: bool = True) -> None:
        self.paid(number, day, cents, status="22", posted=posted)

    def take(self, reference: str, day: date, cents: int, *, posted: bool = False) -> None:
        """A provider adjustment WO that names a claim number."""
        by_number = {row.payer_claim_number: row.remit_claim_id for row in self.remit_claims}
        named = by_number.get(reference)
        key = f"P{len(self.taken) + 1}"
        row = ProviderAdjustment(
            key, f"X{key}", "LARK", f"E{key}", day, "WO", reference, cents, named
        )
        self.taken.append(row)
        if posted:
            self.post("recoupment", cents, day, payer_claim_number=reference)

    def refund(
        self, cents: int, day: date, *, status: str = "cleared", posted: bool = True
    ) -> None:
        number = f"RF{len(self.refunds) + 1}"
        entry = self.post("refund", cents, day, check_number="50444") if posted else None
        row = Refund(number, "payer", "LARK", cents, status, day, "50444", entry)
        self.refunds.append(row)

    def account(self) -> PatientAccount:
        return PatientAccount(
            "A1", None, "P1", "G1", "outpatient", self.state, "open", date(2025, 12, 8),
            date(2025, 12, 8), None, None, self.charges, self.entries, self.coverages,
            self.claims, (), self.refunds, self.contracts, self.deposits, self.remit_claims,
            self.remit_lines, self.adjustments, self.taken,
        )  # fmt: skip

    def book(self) -> Book:
        return Book(self.as_of, PAYERS, PLANS, self.unnamed)

    def judge(self, *requests: RefundRequest, note: str = "") -> list[Verdict]:
        asked = [(request, note) for request in requests]
        return judge_account(self.account(), self.book(), asked, self.terms)

    def verdict(self, request: RefundRequest) -> Verdict:
        return self.judge(request)[0]


def valid(v: Visit) -> None:
    v.paid_twice()


def paid_once(v: Visit) -> None:
    v.charge(18000)
    v.paid("26B", SECOND, 12500, co=5500)


def denied(v: Visit) -> None:
    v.charge(18000)
    v.paid("26B", SECOND, 0, co=18000)


def unposted(v: Visit) -> None:
    v.paid_twice(posted=False)


def never_posted(v: Visit) -> None:
    v.charge(18000)
    v.paid("26B", SECOND, 12500, posted=False)


def taken(v: Visit) -> None:
    v.paid_twice()
    v.take("26B", date(2026, 3, 1), 12500)


def taken_and_posted(v: Visit) -> None:
    v.paid_twice()
    v.take("26B", date(2026, 3, 1), 12500, posted=True)


def taken_by_the_first_number(v: Visit) -> None:
    v.paid_twice()
    v.take("26A", date(2026, 3, 1), 12500, posted=True)


def refunded(v: Visit) -> None:
    v.paid_twice()
    v.refund(12500, date(2026, 3, 1))


def refunded_unposted(v: Visit) -> None:
    v.paid_twice()
    v.refund(12500, date(2026, 3, 1), posted=False)


def refunded_in_the_ledger_alone(v: Visit) -> None:
    v.paid_twice()
    v.post("refund", 12500, date(2026, 3, 1))


def refund_approved(v: Visit) -> None:
    v.paid_twice()
    v.refund(12500, date(2026, 3, 1), status="approved", posted=False)


def reversed_and_posted(v: Visit) -> None:
    v.paid_twice()
    v.reverse("26B", date(2026, 3, 1), 12500)


def reversed_unposted(v: Visit) -> None:
    v.paid_twice()
    v.reverse("26B", date(2026, 3, 1), 12500, posted=False)


STORIES = {
    story.__name__.replace("_", " "): story
    for story in (
        valid,
        paid_once,
        denied,
        unposted,
        never_posted,
        taken,
        taken_and_posted,
        taken_by_the_first_number,
        refunded,
        refunded_unposted,
        refunded_in_the_ledger_alone,
        refund_approved,
        reversed_and_posted,
        reversed_unposted,
    )
}


def a_letter(
    amount_cents: int = 12500, received_on: date = date(2026, 4, 1), **more: Any
) -> RefundRequest:
    fields = {"request_id": "Q-1", "payer_id": "LARK", "payer_claim_number": "26B", **more}
    return RefundRequest(received_on=received_on, amount_cents=amount_cents, **fields)


@pytest.fixture
def visit() -> type[Visit]:
    return Visit


@pytest.fixture
def letter() -> Any:
    return a_letter
