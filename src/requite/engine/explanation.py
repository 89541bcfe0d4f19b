"""One account out of a snapshot, laid out with its findings and their clocks."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.determine import determine_account
from requite.domain.errors import RequiteError
from requite.domain.money import Money
from requite.domain.statement.build import held_statement, statement_of
from requite.domain.statement.layout import Statement
from requite.engine.database import connect, parquet, query
from requite.engine.due import dues_of
from requite.engine.gate import HELD
from requite.engine.gather import accounts_of, book_of
from requite.engine.identified import identified_in
from requite.engine.letters import Letters, letters_of
from requite.engine.store import Snapshot

MOST_BOOKS = 8
_BOOKS: dict[tuple[Path, str, date], Book] = {}
_LETTERS: dict[tuple[Path, str, date], Letters] = {}


class UnknownAccount(RequiteError):
    """An account was asked for that the ledger does not hold."""

    def __init__(self, account_id: str, near: list[str]) -> None:
        remedy = "Account numbers are text: give it as accounts.csv has it, with leading zeros."
        if near:
            remedy = f"Did you mean {' or '.join(near)}? {remedy}"
        super().__init__(f"There is no account {account_id!r} in the feed.", remedy=remedy)


def explain_account(snapshot: Snapshot, account_id: str, *, as_of: date) -> Statement:
    """Lay out one account as it stands on a day, with what is whose, and why.

    Parameters
    ----------
    snapshot : Snapshot
        The imported ledger.
    account_id : str
        The account's number, as the feed writes it.
    as_of : date
        What is dated later is not there yet.

    Raises
    ------
    UnknownAccount
        Where the ledger holds no such account; it names those that look like it.
    """
    part = snapshot.part_of(account_id)
    account = next(iter(accounts_of(snapshot, part, [account_id], as_of=as_of)), None)
    if account is None:
        raise UnknownAccount(account_id, _near(snapshot, account_id))
    book = _book(snapshot, as_of)
    held, balance_cents = _at_the_gate(snapshot, part, account_id)
    if held is not None:
        why = _problem_of(snapshot, account_id) or _why_held(held, account, balance_cents)
        return held_statement(account, book, why)
    answer = determine_account(account, book)
    letters = _letters(snapshot, as_of).get(account_id, ())
    identified = identified_in(snapshot.root, snapshot, part)
    dues = dues_of(answer, account, book, letters, identified)
    return statement_of(account, book, answer, dues)


def _book(snapshot: Snapshot, as_of: date) -> Book:
    """What all accounts share; kept for the snapshots last asked for, which never change."""
    key = snapshot.root, snapshot.manifest.snapshot, as_of
    found = _BOOKS.get(key)
    if found is None:
        found = book_of(snapshot, as_of)
        while len(_BOOKS) >= MOST_BOOKS:
            _BOOKS.pop(next(iter(_BOOKS)), None)
        _BOOKS[key] = found
    return found


def _letters(snapshot: Snapshot, as_of: date) -> Letters:
    """Payers' letters by account; kept like the books."""
    key = snapshot.root, snapshot.manifest.snapshot, as_of
    found = _LETTERS.get(key)
    if found is None:
        with tempfile.TemporaryDirectory(prefix="requite-") as folder:
            found = letters_of(snapshot, as_of, Path(folder))
        while len(_LETTERS) >= MOST_BOOKS:
            _LETTERS.pop(next(iter(_LETTERS)), None)
        _LETTERS[key] = found
    return found


def _near(snapshot: Snapshot, account_id: str) -> list[str]:
    """The account numbers most like one that is not there."""
    with connect() as connection:
        accounts = parquet(snapshot.files("accounts"))
        connection.execute(f"CREATE TEMP VIEW accounts AS SELECT account_id FROM {accounts}")
        rows = connection.execute(query("near_accounts"), {"wanted": account_id}).fetchall()
    return [str(row[0]) for row in rows]


def _at_the_gate(snapshot: Snapshot, part: int, account_id: str) -> tuple[str | None, int]:
    """Why the import's gate holds the account out (None: it does not), and its balance."""
    row = pq.read_table(
        snapshot.file("accounts", part),
        columns=["held", "balance_cents"],
        filters=[("account_id", "=", account_id)],
    ).to_pylist()[0]
    return row["held"], row["balance_cents"]


def _problem_of(snapshot: Snapshot, account_id: str) -> str:
    """What was wrong with a row of an account, as the import told it; empty where nothing was."""
    rows: list[dict[str, Any]] = snapshot.manifest.report.get("held_out", [])
    found = next((row for row in rows if row["account_id"] == account_id), None)
    if found and "file" in found and found["reason"] in {HELD["problem"], HELD["line"]}:
        where = f"{found['file']}, row {found['row']}, column {found['column']}"
        return f"{where}: {found['problem']} {found['remedy']}"
    return ""


def _why_held(held: str, account: PatientAccount, balance_cents: int) -> str:
    """Why an account is held out, with the figures and the remedy."""
    if held in {"problem", "line"}:
        return f"It is held out, since {HELD[held]}: the import report has the rows."
    if held == "balance":
        reported = account.reported_balance_cents or 0
        return (
            f"The source reports a balance of {Money(reported)}, but the charges and entries "
            f"given sum to {Money(balance_cents)}: they differ by "
            f"{Money(abs(reported - balance_cents))}. Send the account again with all its rows."
        )
    legs = [
        f"{transfer_id} by {Money(cents)}"
        for transfer_id, cents in sorted(account.transfer_gap_cents.items())
        if cents
    ]
    named = f" ({', '.join(legs)})" if legs else ""
    return (
        f"The legs of a transfer do not sum to zero{named}, and no reported balance tells "
        "whether the ledger or the feed is wrong. Send both legs, or the reported balance."
    )
