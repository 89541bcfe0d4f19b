"""Invented providers, people and cases, as a test would say them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import count

from django.utils import timezone

from requite.engine.case_feed import CaseAccount, PartyFindings
from requite.engine.cases import Case as FindingRow
from requite.office.cases.determination import Determined, apply_determination
from requite.office.cases.models import Case
from requite.office.people.models import Provider, User
from requite.office.people.role import Role
from requite.office.people.services import NewMember, add_member, add_provider
from requite.office.people.tokens import NewToken, make_token

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DAY = date(2026, 11, 26)
PASSWORD = "a long enough sentence"  # noqa: S105 - of invented people
_numbers = count(1)


def a_provider(slug: str = "alder") -> Provider:
    return add_provider(slug, f"{slug.title()} Medical Center", state="TX", actor=None, at=NOW)


def a_member(provider: Provider, role: Role = Role.SPECIALIST, name: str = "") -> User:
    username = name or f"{role}-{next(_numbers)}"
    return add_member(provider, NewMember(username, PASSWORD, role), actor=None, at=NOW)


def a_token(user: User, provider: Provider, *, writes: bool = True) -> str:
    """What a program shows; it holds on the day of the test, whenever that is."""
    return make_token(user, provider, NewToken("test", writes), at=timezone.now())[1]


def a_finding(account_id: str = "A1", cents: int = 7000, **columns: object) -> FindingRow:
    """A payment of Larkspur that came twice, unless said otherwise."""
    row = FindingRow(
        priority=1, queue="payers", due_on=date(2027, 1, 25), days_left=60, account_id=account_id,
        line_no=1, party="payer", party_id="LARK", payer_name="Larkspur Health",
        payer_class="commercial", cause="duplicate_payment", disposition="refund_payer",
        amount_cents=cents, certainty="proved", rule_id="x.60day", evidence="C1|T1|T2",
        explanation=f"Larkspur Health paid twice; ${cents / 100:.2f} is too much.",
    )  # fmt: skip
    return row._replace(**columns)


def a_false_credit(account_id: str = "A1", cents: int = 4000, **columns: object) -> FindingRow:
    """One payment that was posted twice: nobody is owed."""
    named = {
        "party": "none", "party_id": None, "payer_name": None, "payer_class": None, "due_on": None,
        "rule_id": None, "cause": "duplicate_posting", "disposition": "reverse_posting", **columns,
    }  # fmt: skip
    return a_finding(account_id, cents, **named)


def determined(
    provider: Provider, *rows: FindingRow, on: date = DAY, at: datetime = NOW,
    held: frozenset[str] = frozenset(), credit_on: Mapping[str, date] | None = None, **more: object,
) -> dict[str, int]:  # fmt: skip
    """Apply a determination that found just these rows."""
    groups: dict[tuple[str, str, str], list[FindingRow]] = {}
    for row in rows:
        groups.setdefault((row.account_id, row.party, row.party_id or ""), []).append(row)
    found = [
        PartyFindings(*key, tuple(sorted(group, key=lambda row: -row.amount_cents)))
        for key, group in sorted(groups.items())
    ]
    accounts = [
        CaseAccount(
            row.account_id,
            "Mira Quist",
            (f"PCN{row.account_id}", "88123"),
            (credit_on or {}).get(row.account_id),
        )
        for row in {row.account_id: row for row in rows}.values()
    ]
    told = Determined(on, found, accounts, held, **more)  # type: ignore[arg-type]
    return apply_determination(provider, told, actor=None, at=at)


def a_case(provider: Provider, row: FindingRow | None = None) -> Case:
    """A case that was just found."""
    row = row or a_finding()
    determined(provider, row)
    return Case.objects.get(provider=provider, account_id=row.account_id, party=row.party)
