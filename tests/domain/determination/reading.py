"""How the tables of cases read a determination: targets, money and findings, in dollars."""

from collections.abc import Callable

from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.determine import determine_account
from requite.domain.determination.example import book
from requite.domain.determination.finding import CellRow


def dollars(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def targets(account: PatientAccount, seen: Book | None = None) -> dict[str, str]:
    """What each party should have paid: `{"1 contractual": "80.00", "1 LARK": "120.00"}`."""
    return cells(account, seen, lambda row: row.target_cents)


def excesses(account: PatientAccount, seen: Book | None = None) -> dict[str, str]:
    """What each party paid above (or, negative, below) what it should have."""
    return cells(account, seen, lambda row: row.difference_cents)


def cells(
    account: PatientAccount, seen: Book | None, cents: Callable[[CellRow], int]
) -> dict[str, str]:
    found: dict[str, int] = {}
    for row in determine_account(account, seen or book()).cells:
        party = "patient" if row.kind == "patient" else row.party_id or row.kind
        key = f"{row.line_no or 'account'} {party}"
        found[key] = found.get(key, 0) + cents(row)
    return {key: dollars(value) for key, value in found.items() if value}
