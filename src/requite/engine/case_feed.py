"""From a determination to the cases of an office: findings by account and party, with names."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from requite.engine.cases import Case, Legend, open_worklist
from requite.engine.database import connect, parquet, query
from requite.engine.store import Snapshot

AT_ONCE = 10_000
MOST_NAMED = 5  # accounts to look at


class PartyFindings(NamedTuple):
    """The findings of one account that concern one party, the largest first."""

    account_id: str
    party: str
    party_id: str
    findings: tuple[Case, ...]

    @property
    def amount_cents(self) -> int:
        """What they sum to."""
        return sum(finding.amount_cents for finding in self.findings)


class CaseAccount(NamedTuple):
    """What people look for an account by, and the day of the last posting that lowered it."""

    account_id: str
    patient_name: str
    numbers: tuple[str, ...]
    credit_on: date | None = None


def party_findings(folder: Path, legend: Legend) -> Iterator[PartyFindings]:
    """The findings that `detect` wrote to `folder`, by account and party, in that order."""
    with open_worklist(folder, legend) as worklist:
        found = worklist.connection.execute(
            "SELECT * FROM worklist ORDER BY account_id, party, coalesce(party_id, ''), priority"
        )

        def rows() -> Iterator[Case]:
            while some := found.fetchmany(AT_ONCE):
                yield from map(Case._make, some)

        for key, group in groupby(rows(), key=_party):
            largest_first = sorted(group, key=lambda row: (-row.amount_cents, row.priority))
            yield PartyFindings(*key, tuple(largest_first))


def _party(row: Case) -> tuple[str, str, str]:
    return row.account_id, row.party, row.party_id or ""


def case_accounts(snapshot: Snapshot, folder: Path) -> Iterator[CaseAccount]:
    """Names and numbers of the accounts that have findings in `folder`."""
    with connect(spill=folder / "spill") as connection:
        findings = parquet([folder / "findings.parquet"])
        connection.execute(f"CREATE VIEW findings AS SELECT account_id FROM {findings}")
        connection.execute(f"CREATE VIEW patients AS FROM {parquet(snapshot.files('patients'))}")
        for table in ("accounts", "claims", "remit_claims", "transactions", "refunds"):
            parts = " UNION ALL BY NAME ".join(
                f"SELECT {part} AS part, * FROM {parquet([snapshot.file(table, part)])}"
                for part in snapshot.parts
            )
            connection.execute(f"CREATE VIEW {table} AS {parts}")
        found = connection.execute(query("case_accounts"))
        while some := found.fetchmany(AT_ONCE):
            for account_id, name, numbers, credit_on in some:
                yield CaseAccount(account_id, name, tuple(numbers or ()), credit_on)


def accounts_flagged(folder: Path) -> tuple[int, list[str]]:
    """How many accounts have findings in `folder`, and those of the largest, first."""
    findings = parquet([folder / "findings.parquet"])
    with connect() as connection:
        counted = connection.execute(f"SELECT count(DISTINCT account_id) FROM {findings}")
        (count,) = counted.fetchone() or (0,)
        largest = connection.execute(
            f"SELECT account_id FROM {findings} GROUP BY 1 ORDER BY sum(amount) DESC, 1 "
            f"LIMIT {MOST_NAMED}"
        ).fetchall()
    return int(count), [row[0] for row in largest]


def entries_since(snapshot: Snapshot, account_id: str, day: date) -> list[tuple[str, str, int]]:
    """What was posted or voided on an account after a day: id, what it is, signed cents."""
    part = snapshot.part_of(account_id)
    with connect() as connection:
        accounts = parquet([snapshot.file("accounts", part)])
        transactions = parquet([snapshot.file("transactions", part)])
        return connection.execute(
            "SELECT t.transaction_id, "
            "CASE WHEN t.voided_on > $day THEN 'voided ' || t.type ELSE t.type END, "
            f"t.amount_cents FROM {transactions} t JOIN {accounts} a USING (account_no) "
            "WHERE a.account_id = $account AND (t.posted_on > $day OR t.voided_on > $day) "
            "ORDER BY t.posted_on, t.transaction_id",
            {"day": day, "account": account_id},
        ).fetchall()


class Posting(NamedTuple):
    """A ledger entry that a correction refers to; the amount as it is posted, signed cents."""

    transaction_id: str
    type: str
    amount_cents: int
    posted_on: date
    payer_id: str | None
    line_no: int | None
    trace_number: str | None


def postings(
    snapshot: Snapshot, wanted: Mapping[str, Collection[str]]
) -> dict[tuple[str, str], Posting]:
    """The entries of these accounts with these ids, by account and id; other ids are left out."""
    found: dict[tuple[str, str], Posting] = {}
    by_part: dict[int, list[str]] = {}
    for account_id in wanted:
        by_part.setdefault(snapshot.part_of(account_id), []).append(account_id)
    with connect() as connection:
        for part, accounts in by_part.items():
            rows = connection.execute(
                "SELECT a.account_id, t.transaction_id, t.type, t.amount_cents, t.posted_on, "
                "t.payer_id, t.line_no, t.trace_number "
                f"FROM {parquet([snapshot.file('transactions', part)])} t "
                f"JOIN {parquet([snapshot.file('accounts', part)])} a USING (account_no) "
                "WHERE list_contains($accounts, a.account_id) "
                "AND list_contains($ids, t.transaction_id)",
                {"accounts": accounts, "ids": [i for a in accounts for i in wanted[a]]},
            ).fetchall()
            found |= {(row[0], row[1]): Posting(*row[1:]) for row in rows}
    return found


def debits(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Account, balance, credit and what is still owed, in dollars, where both stand on it."""
    with connect() as connection:
        for name in ("findings", "proof"):
            file = parquet([folder / f"{name}.parquet"])
            connection.execute(f"CREATE VIEW {name} AS FROM {file}")
        found = connection.execute(query("debits"))
        while some := found.fetchmany(AT_ONCE):
            for account_id, *amounts in some:
                yield account_id, *(str(amount) for amount in amounts)
