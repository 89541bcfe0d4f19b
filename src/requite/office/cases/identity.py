"""From findings to what a case says: its figures, its place in the queue, its digest."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from requite.domain.errors import RequiteError
from requite.domain.words import PARTIES
from requite.engine.case_feed import CaseAccount, PartyFindings
from requite.office.cases.models import Case, CaseFinding

NOT_IN_NAMES = re.compile(r"[^\w'-]+")
LONGEST_WORD = LONGEST_ID = 80
LONGEST_NAME = 200
DIGESTED = ("line_no", "cause", "disposition", "amount_cents", "certainty", "evidence")
FAR = date(9999, 12, 31)
WEAKEST = {"proved": 0, "likely": 1, "person": 2}

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What the findings of one account and party say, ready to be kept."""

    key: Key
    digest: str
    details: str
    columns: dict[str, Any]
    findings: tuple[dict[str, Any], ...]


def said(group: PartyFindings, account: CaseAccount | None) -> Said:
    """What a case is to hold of these findings, and of their account."""
    patient_name = account.patient_name if account else ""
    largest = group.findings[0]
    dues = [finding.due_on for finding in group.findings if finding.due_on is not None]
    due_on = min(dues, default=None)
    rule = next((f.rule_id for f in group.findings if due_on and f.due_on == due_on), None)
    findings = tuple(_finding(row) for row in group.findings)
    named = largest.payer_name or (patient_name if group.party == "patient" else "")
    columns = {
        "party_name": clean(named, LONGEST_NAME),
        "payer_class": largest.payer_class or "",
        "patient_name": clean(patient_name, LONGEST_NAME),
        "cause": largest.cause,
        "disposition": largest.disposition,
        "certainty": max((f.certainty for f in group.findings), key=WEAKEST.__getitem__),
        "amount_cents": group.amount_cents,
        "verdict": _verdict(group),
        "rank": min(finding.rank for finding in group.findings),
        "due_on": due_on,
        "due_key": due_on or FAR,
        "rule_id": rule or "",
        "credit_on": account.credit_on if account else None,
    }
    key = group.account_id, group.party, group.party_id
    for value in key:
        check_fits(value)
    return Said(key, digest_of(findings), _details(columns, findings), columns, findings)


def _verdict(group: PartyFindings) -> str:
    """One sentence; of several findings that of the largest, and how many there are."""
    told = clean(group.findings[0].explanation)
    count = len(group.findings)
    return f"Of {count} findings the largest: {told}" if count > 1 else told


class BadIdentifier(RequiteError):
    """A feed names an account or a payer in a way that the office cannot keep."""

    def __init__(self, value: str) -> None:
        told = value.replace("\0", "?")[:40]
        super().__init__(
            f"The number {told!r} of an account or payer is longer than {LONGEST_ID} characters, "
            "or holds a character that is none.",
            remedy="Correct it in accounts or payers, and bring the feed in again.",
        )


def check_fits(value: str) -> None:
    """Refuse a number that the office cannot keep."""
    if len(value) > LONGEST_ID or "\0" in value:
        raise BadIdentifier(value)


def clean(text: str, most: int | None = None) -> str:
    """Text as every database keeps it: without the one character that is none, and not too long.

    >>> clean("a\\0b", 2)
    'a?'
    """
    return text.replace("\0", "?")[:most]


def _finding(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the engine's worklist
    return {
        "line_no": row.line_no,
        "cause": row.cause,
        "disposition": row.disposition,
        "amount_cents": row.amount_cents,
        "certainty": row.certainty,
        "due_on": row.due_on,
        "rule_id": row.rule_id or "",
        "evidence": clean(row.evidence or ""),
        "explanation": clean(row.explanation),
    }


def digest_of(findings: Iterable[Mapping[str, Any]]) -> str:
    """Equal where nothing that a decision rests on differs; clocks may move on."""
    rows = sorted(json.dumps([finding[name] for name in DIGESTED]) for finding in findings)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _details(columns: dict[str, Any], findings: tuple[dict[str, Any], ...]) -> str:
    """Equal where nothing at all differs."""
    told = json.dumps([columns, *findings], default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def earlier_clock(case: Case, new: Said) -> dict[str, Any]:
    """The clock of a case that goes on: a later determination never gives it more time."""
    due_on, rule_id = new.columns["due_on"], new.columns["rule_id"]
    if case.due_on is not None and (due_on is None or case.due_on < due_on):
        due_on, rule_id = case.due_on, case.rule_id
    return {"due_on": due_on, "due_key": due_on or FAR, "rule_id": rule_id}


def rows_of(case: Case, findings: tuple[dict[str, Any], ...]) -> list[CaseFinding]:
    """The findings as rows of a case."""
    return [CaseFinding(case=case, **finding) for finding in findings]


def whose(case: Case) -> str:
    """Whose money it is, as people say it."""
    return case.party_name or case.party_id or PARTIES[case.party]


def numbers_of(account_id: str, numbers: Iterable[str]) -> set[str]:
    """What an account is found by: its numbers, and without their leading zeros as people say them.

    >>> sorted(numbers_of("000123", ["PCN7", "0088"]))
    ['0088', '123', '88', 'PCN7']
    """
    told = {clean(number, LONGEST_WORD) for number in numbers}
    return told | {
        bare for each in {*told, account_id} if (bare := each.lstrip("0")) and bare != each
    }


def name_words(name: str) -> set[str]:
    """The words by which a patient is looked for.

    >>> sorted(name_words("Quist, Mira A."))
    ['MIRA', 'QUIST']
    """
    return {
        word[:LONGEST_WORD] for word in NOT_IN_NAMES.sub(" ", name).upper().split() if len(word) > 1
    }
