"""What goes in and out of the interface, as programs see it."""

from datetime import date, datetime
from typing import Literal

from ninja import Field, Schema

MOST_TEXT, MOST_NUMBER = 4_000, 2_000_000_000


class FindingOut(Schema):
    """One finding of a case; amounts are whole cents."""

    line_no: int | None
    cause: str
    disposition: str
    amount_cents: int
    certainty: str
    due_on: date | None
    rule_id: str
    evidence: list[str]
    explanation: str

    @staticmethod
    def resolve_evidence(row: object) -> list[str]:
        """The ids, one by one."""
        text: str = getattr(row, "evidence", "")
        return text.split("|") if text else []


class CaseOut(Schema):
    """A case as a list shows it."""

    number: int
    label: str
    version: int
    account_id: str
    party: str
    party_id: str
    party_name: str
    state: str
    cause: str
    disposition: str
    certainty: str
    amount_cents: int
    due_on: date | None
    rule_id: str
    verdict: str
    decision: str
    changed_since_decided: bool
    resolution: str
    opened_at: datetime


class WholeCaseOut(CaseOut):
    """A case with its findings."""

    findings: list[FindingOut]

    @staticmethod
    def resolve_findings(row: object) -> list[object]:
        """Its findings, as the last determination has them."""
        return list(row.findings.all())  # type: ignore[attr-defined]


class PageOut(Schema):
    """Some cases of a list, and how many there are."""

    count: int
    amount_cents: int
    cases: list[CaseOut]


class ListIn(Schema):
    """Which cases, and how many of them."""

    queue: Literal["work", "waiting", "approval", "pay", "reconcile", "done"] = "work"
    search: str = Field("", max_length=100)
    offset: int = Field(0, ge=0, le=MOST_NUMBER)
    limit: int = Field(100, ge=1, le=500)


class MoveIn(Schema):
    """A step, and the version of the case that it was decided on."""

    action: Literal[
        "take_up", "propose_refund", "approve", "reject", "pay", "reconcile", "correct",
        "wait_for_payer", "ask_provider", "answer", "dismiss", "reopen",
    ]  # fmt: skip
    version: int = Field(ge=1, le=MOST_NUMBER)
    reason: str = Field("", max_length=MOST_TEXT)


class NoteIn(Schema):
    """Words to write on a case."""

    text: str = Field(min_length=1, max_length=MOST_TEXT)


class ProblemOut(Schema):
    """What was refused, and the remedy."""

    detail: str
