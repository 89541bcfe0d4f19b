"""What goes in and out of the interface, as programs see it."""

from datetime import date, datetime
from typing import Any, Literal

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
    refund_cents: int | None  # what was proposed to go back
    due_on: date | None
    credit_on: date | None  # of the last posting that lowered the account
    rule_id: str
    verdict: str
    decision: str
    changed_since_decided: bool
    decision_reason: str
    resolution: str
    assigned_to: str  # a user; nobody where it is empty
    snoozed_until: date | None
    snooze_reason: str
    opened_at: datetime

    @staticmethod
    def resolve_assigned_to(row: object) -> str:
        """The name of the user who has it."""
        user = row.assigned_to  # type: ignore[attr-defined]
        return user.username if user else ""


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

    queue: Literal[
        "work", "payer", "provider", "posting", "approval", "pay", "reconcile", "done", "open"
    ] = "work"
    search: str = Field("", max_length=100)
    offset: int = Field(0, ge=0, le=MOST_NUMBER)
    limit: int = Field(100, ge=1, le=500)


class MoveIn(Schema):
    """A step, and the version of the case that it was decided on."""

    action: Literal[
        "take_up", "propose_refund", "approve", "reject", "pay", "reconcile", "take_back",
        "correct", "wait_for_payer", "ask_provider", "answer", "dismiss", "agree", "withdraw",
        "reopen",
    ]  # fmt: skip
    version: int = Field(ge=1, le=MOST_NUMBER)
    reason: str = Field("", max_length=MOST_TEXT)


class NoteIn(Schema):
    """Words to write on a case."""

    text: str = Field(min_length=1, max_length=MOST_TEXT)


class AssignIn(Schema):
    """Who gets a case; nobody where no name is given."""

    to: str = Field("", max_length=150)
    version: int = Field(ge=1, le=MOST_NUMBER)


class SnoozeIn(Schema):
    """Until when a case is put aside, and why."""

    until: date
    reason: str = Field(min_length=1, max_length=300)
    version: int = Field(ge=1, le=MOST_NUMBER)


class AnswerIn(Schema):
    """The answer to a question."""

    text: str = Field(min_length=1, max_length=MOST_TEXT)
    version: int = Field(ge=1, le=MOST_NUMBER)


class CorrectionOut(Schema):
    """An entry to make in the source system; its amount raises what is owed."""

    id: int
    case: str
    account_id: str
    line_no: int | None
    entry: str
    amount_cents: int
    refers_to: list[str]
    reason: str
    status: str

    @staticmethod
    def resolve_case(row: object) -> str:
        """The number of its case."""
        return str(row.case.label)  # type: ignore[attr-defined]

    @staticmethod
    def resolve_account_id(row: object) -> str:
        """The account of its case."""
        return str(row.case.account_id)  # type: ignore[attr-defined]

    @staticmethod
    def resolve_refers_to(row: object) -> list[str]:
        """The ids of the postings, one by one."""
        text: str = getattr(row, "refers_to", "")
        return text.split("|") if text else []


class CorrectionsIn(Schema):
    """Which corrections."""

    status: Literal["ready", "sent", "done", "withdrawn"] = "ready"
    offset: int = Field(0, ge=0, le=MOST_NUMBER)
    limit: int = Field(100, ge=1, le=500)


class SentIn(Schema):
    """The corrections that were handed to the source system."""

    ids: list[int] = Field(max_length=5_000)


class SentOut(Schema):
    """How many were marked: those that were ready."""

    count: int


class ImportIn(Schema):
    """What an upload is said to be."""

    as_of: date
    kind: Literal["whole", "changes"] = "whole"
    may_close: bool = False  # most cases, although nothing came onto their accounts
    may_flag_many: bool = False  # more than a fifth of the accounts
    hold_out_limit: float = Field(1, ge=0, le=100)  # per cent of the accounts, for problems
    source: str = Field("", max_length=40)  # a preset, or `own`; empty: a feed


class ImportsIn(Schema):
    """Which imports."""

    offset: int = Field(0, ge=0, le=MOST_NUMBER)
    limit: int = Field(100, ge=1, le=500)


class ImportOut(Schema):
    """An import: how far it is, what it read and held out, what it did to the cases."""

    number: int
    kind: str
    as_of: date
    status: str
    step: str
    attempts: int
    asked_at: datetime
    ended_at: datetime | None
    asks: str  # what it waits to be allowed: may_close, may_flag_many
    problem: str
    report: dict[str, Any]
    summary: dict[str, Any]  # what was found, and what it rests on
    outcome: dict[str, int]


class ProblemOut(Schema):
    """What was refused, and the remedy."""

    detail: str
