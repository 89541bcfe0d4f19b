"""Fill an office with invented cases: `python web_load.py CASES FINDINGS`.

Runs over the database and data folder that the environment names, which must be empty.
"""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

sys.path.append(str(Path(__file__).resolve().parent.parent / "src"))
django.setup()

from django.db import connection  # noqa: E402 - after Django is set up

from requite.engine.case_feed import CaseAccount, PartyFindings  # noqa: E402
from requite.engine.cases import Case as Row  # noqa: E402
from requite.office.cases.approval import set_limit  # noqa: E402
from requite.office.cases.determination import Determined, apply_determination  # noqa: E402
from requite.office.people.models import Provider  # noqa: E402
from requite.office.people.role import Role  # noqa: E402
from requite.office.people.services import NewMember, add_member, add_provider  # noqa: E402

DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
USERS = 20
PASSWORD = "a long enough sentence"  # noqa: S105 - of invented people
PAYERS = (
    ("LARK", "Larkspur Health", "commercial"), ("MCR", "Medicare Part B", "medicare_ffs"),
    ("TAM", "Tamarack Mutual", "commercial"), ("MCD", "State Medicaid", "medicaid"),
)  # fmt: skip
CAUSES = ("duplicate_payment", "dual_primary", "paid_above_contract", "voided_charge")


def row(number: int, line: int) -> Row:
    """One invented finding."""
    payer_id, name, payer_class = PAYERS[number % len(PAYERS)]
    cents = 500 + (number * 7919 + line * 104_729) % 900_000
    return Row(
        priority=number, queue="payers", due_on=DAY + timedelta(days=number % 400 - 20),
        days_left=None, account_id=f"A{number:07}", line_no=line, party="payer",
        party_id=payer_id, payer_name=name, payer_class=payer_class,
        cause=CAUSES[number % len(CAUSES)], disposition="refund_payer", amount_cents=cents,
        certainty="proved", rule_id="x.60day", evidence=f"C{number}{line}|T{number}{line}",
        explanation=f"{name} paid twice on line {line}.",
    )  # fmt: skip


def groups(cases: int, findings: int) -> Iterator[PartyFindings]:
    """Invented findings by account and party."""
    for number in range(cases):
        rows = tuple(row(number, line) for line in range(1, findings + 1))
        yield PartyFindings(rows[0].account_id, "payer", rows[0].party_id or "", rows)


def accounts(cases: int) -> Iterator[CaseAccount]:
    """Names and numbers of the invented accounts."""
    for number in range(cases):
        name = f"{('Mira', 'Noor', 'Otto')[number % 3]} Patient{number}"
        yield CaseAccount(f"A{number:07}", name, (f"PCN{number}", f"26L{number}"))


def people(provider: Provider) -> None:
    """The users who work at the same time."""
    for number in range(USERS):
        role = Role.SUPERVISOR if number % 4 < 2 else Role.SPECIALIST
        new = NewMember(f"user{number}", PASSWORD, role)
        add_member(provider, new, actor=None, at=NOW)


def main(cases: int, findings: int) -> None:
    """Fill the office."""
    provider = add_provider("alder", "Alder Creek", state="TX", actor=None, at=NOW)
    people(provider)
    boss = add_member(provider, NewMember("boss", PASSWORD, Role.CONTROLLER), actor=None, at=NOW)
    set_limit(provider, Role.SUPERVISOR, 100_000_000, actor=boss, at=NOW)
    started = time.perf_counter()
    found = Determined(DAY, groups(cases, findings), accounts(cases))
    apply_determination(provider, found, actor=None, at=NOW)
    print(f"{time.perf_counter() - started:.1f}")
    with connection.cursor() as cursor:
        # What the server does by itself in time, where it runs for more than a measurement.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
