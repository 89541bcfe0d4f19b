"""The gate of an import: accounts that a problem touches are held out, the rest goes on.

A problem of the feed's form, or of what all accounts share, refuses the feed. Any other touches
certain accounts: its row's, and those that its row bears on. They are never determined; the rows
that cannot be used are left out of the store, and stand in the import report. Where more than the
limit of the accounts would be held out, and more than a few, the feed is refused after all: then
something is wrong with it as a whole.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from requite.engine.check import SHARED, check_rows, dangling, faulty, places_of
from requite.engine.database import identifier, literal, parquet, query
from requite.engine.feed import TABLES
from requite.engine.problems import LISTED, Problems, Weight
from requite.engine.refusal import RefusedFeed
from requite.engine.source import Form, Sources
from requite.engine.staging import Staging

LIMIT = 0.01  # of the accounts
FEW = 5  # accounts that may be held out of a feed of any size
HELD = {
    "problem": "a row of it, or one that bears on it, cannot be used",
    "line": "an entry names a service line that no charge of the account has",
    "balance": "the rows do not sum to the balance that the source reports",
    "transfer": "the legs of a transfer do not cancel, and no reported balance agrees with them",
}
NOT_THERE = "rows name it, and it is not in accounts"
# What is said of rows that only the accounts put together show: table, column, problem, remedy.
NAMED = {
    "line": (
        "transactions", "line_no", "the account has no charge with this line number.",
        "Add the charge, or leave line_no empty: the entry is then for the whole account.",
    ),
    "balance": (
        "accounts", "reported_balance",
        "the rows of the account do not sum to the balance that the source reports.",
        "Send the account again with all its rows.",
    ),
    "transfer": (
        "transactions", "transfer_id",
        "the legs of the transfer do not cancel, and no reported balance agrees with them.",
        "Send both legs, or the balance that the source reports.",
    ),
}  # fmt: skip
BY_ACCOUNT = (
    "accounts", "coverages", "claims", "charges", "transactions", "refunds", "contract_amounts",
)  # fmt: skip
# Of these the accounts that they touch are found again from the rows that are left.
FOUND_AGAIN = {"patients", "guarantors"}


@dataclass(slots=True)
class Gate:
    """What the gate found: problems by kind, and accounts by why they are held out."""

    staging: Staging
    problems: Problems
    limit: float = LIMIT
    listed_in: Path | None = None  # where all rows with a problem are listed, if there are any
    left_out: dict[str, int] = field(default_factory=dict)  # rows by table

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database that shows every table of the feed."""
        return self.staging.connection


def check_feed(gate: Gate, sources: Sources, kept: list[Path]) -> None:
    """Check all rows; leave out what cannot be used, and note whom that touches.

    `held_accounts` then names the accounts that are held out for it, `missing_accounts` those that
    rows name and that are not there.

    Parameters
    ----------
    gate : Gate
        Where what is found goes.
    sources : Sources
        The files of the feed.
    kept : list of Path
        Problems that the store keeps of earlier feeds.

    Raises
    ------
    RefusedFeed
        Where the feed's form, or what all accounts share, is wrong.
    """
    connection, problems = gate.connection, gate.problems
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE touched (account_id VARCHAR, table_name VARCHAR, "
        "found_again BOOLEAN)"
    )
    _take_kept(gate, kept)
    check_rows(connection, sources, problems, _known(gate, kept))
    if problems.refuses:
        refuse(gate, "")
    _touch(gate)
    _leave_out(gate)
    for name in ("held_accounts", "missing_accounts"):
        gate.staging.stage(name, query(name), by="account_id")
    refuse_if_too_many(gate, {})


def _take_kept(gate: Gate, kept: list[Path]) -> None:
    """Take over the problems of earlier feeds: of accounts that this one does not give anew."""
    if kept:
        gate.connection.execute(
            f"INSERT INTO touched SELECT account_id, table_name, false FROM {parquet(kept)} "
            "WHERE account_id NOT IN "
            "(SELECT account_id FROM changed_accounts WHERE account_id IS NOT NULL)"
        )


def _known(gate: Gate, kept: list[Path]) -> set[str]:
    """Tables of which no row is left, but which were given."""
    if not kept:
        return set()
    found = gate.connection.execute(f"SELECT DISTINCT table_name FROM {parquet(kept)}").fetchall()
    return {row[0] for row in found}


def _touch(gate: Gate) -> None:
    """Find the accounts that rows with problems bear on."""
    connection = gate.connection
    for table in TABLES.values():
        shape = f"SELECT * FROM {identifier(table.name)} WHERE false"
        connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {faulty(table)} AS {shape}")
    for table, column, weight in gate.problems.dangling:
        if weight is Weight.EMPTY:
            continue
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE loose AS SELECT c.* FROM {identifier(table.name)} c "
            f"SEMI JOIN {dangling(table, column)} d ON c.{identifier(column.name)} = d.k0 "
            f"WHERE NOT c.is_bad AND c.form = {int(Form.TABLE)}"
        )
        if column.refers_to == "accounts" or table.name not in BY_ACCOUNT:
            connection.execute(f"INSERT INTO {faulty(table)} FROM loose")
        else:  # they stay, and are found again by the next import
            connection.execute(
                f"INSERT INTO touched SELECT DISTINCT account_id, {literal(table.name)}, true "
                "FROM loose"
            )
    connection.execute(query("suspect_claims"))
    connection.execute(query("touched"))


def _leave_out(gate: Gate) -> None:
    """Take what cannot be used out of the tables; references of evidence become empty."""
    for table in TABLES.values():
        empty = {
            column.name
            for of, column, weight in gate.problems.dangling
            if of is table and weight is Weight.EMPTY
        }
        if not _count(gate, f"faulty_{table.name}") and not empty:
            continue
        columns = [identifier(column.stored) for column in table.columns]
        same = " AND ".join(f"f.{name} IS NOT DISTINCT FROM t.{name}" for name in columns)
        selected = "".join(
            f", CASE WHEN {identifier(name)} NOT IN (SELECT k0 FROM "
            f"{dangling(table, table.column(name))}) THEN {identifier(name)} END "
            f"AS {identifier(name)}"
            for name in sorted(empty)
        )
        replaced = f"REPLACE ({selected[2:]})" if empty else ""
        rest = (
            # of an account given twice one row stays, to be held out
            "FROM accounts t WHERE account_id IS NOT NULL "
            "QUALIFY row_number() OVER (PARTITION BY account_id) = 1"
            if table.name == "accounts"
            else f"FROM {identifier(table.name)} t ANTI JOIN {faulty(table)} f "
            f"ON {same} AND f.is_bad = t.is_bad AND f.form = t.form"
        )
        by = "account_id" if table.name in BY_ACCOUNT else ""
        before = _count(gate, table.name)
        gate.staging.amend(table.name, f"SELECT t.* {replaced} {rest}", by=by)
        gate.left_out[table.name] = before - _count(gate, table.name)


def refuse_if_too_many(gate: Gate, held: dict[str, int]) -> None:
    """Refuse a feed of which more would be held out than the limit allows.

    Parameters
    ----------
    gate : Gate
    held : dict of str to int
        Accounts that are held out, by why, where all of them are known; else those known so far.
        Those that do not add up to the balance of their source do not count: they are its own.

    Raises
    ------
    RefusedFeed
    """
    count = gate.connection.execute("SELECT count(*) FROM missing_accounts").fetchone()
    missing = int(count[0]) if count else 0
    there = _count(gate, "accounts")
    counted = {why: n for why, n in held.items() if why != "balance"}
    out = missing + (sum(counted.values()) if held else _count(gate, "held_accounts"))
    if out > FEW and out > gate.limit * (there + missing):
        reasons = "; ".join(f"{n:,} since {HELD[why]}" for why, n in counted.items())
        told = f"{out:,} of {there + missing:,} accounts would be held out"
        allowed = f"more than {100 * gate.limit:g} %"
        refuse(gate, f"{told}, {allowed}{': ' + reasons if reasons else ''}.")
    for name, left_out in gate.left_out.items():
        whole = _count(gate, name) + left_out
        if name in BY_ACCOUNT:  # whose row it is nobody can tell: it may be of any account
            rows, least = _count(gate, f"faulty_{name}", "WHERE account_id IS NULL"), 0
            told = "name no account"
        else:
            rows, least, told = left_out, FEW, "cannot be used"
        if rows > max(least, gate.limit * whole):
            refuse(gate, f"{rows:,} of {whole:,} rows of {name} {told}.")


def _count(gate: Gate, name: str, where: str = "") -> int:
    row = gate.connection.execute(f"SELECT count(*) FROM {identifier(name)} {where}").fetchone()
    return int(row[0]) if row else 0


def refuse(gate: Gate, why: str) -> None:
    """Refuse the feed for the problems found."""
    write_list(gate)
    told = gate.problems.refuses if not why else gate.problems.told
    then = RefusedFeed.then
    if why:
        then = (
            "Correct the files named and import the feed again; or allow that more is held out "
            "(on the command line: --hold-out-limit)."
        )
    if gate.listed_in is not None and gate.listed_in.name == LISTED:
        then = f"Every row of them is in {LISTED}. {then}"
    raise RefusedFeed(told, why=why, then=then)


def write_list(gate: Gate) -> None:
    """List all rows with a problem in the report's own file, where there are any."""
    if gate.listed_in is not None and gate.problems.kinds:
        gate.listed_in.parent.mkdir(parents=True, exist_ok=True)
        gate.problems.write(gate.listed_in)


def name_rows(gate: Gate, sources: Sources, accounts: str, held: Collection[str]) -> None:
    """Name the rows for which accounts are held out once all of them are put together.

    `accounts` is a relation with the accounts as they stand, `held` why some of them are held out.
    """
    gate.connection.execute(f"CREATE OR REPLACE TEMP VIEW standing AS SELECT * FROM {accounts}")
    for why in held:
        if why not in NAMED:
            continue
        name, column, *told = NAMED[why]
        key = TABLES[name].column(TABLES[name].key[0])
        gate.connection.execute(f"CREATE OR REPLACE TEMP TABLE named AS {query('named_' + why)}")
        count = _count(gate, "named")
        if count:
            places = places_of(TABLES[name], key, sources, "named")
            gate.problems.take((name, column), (told[0], told[1]), Weight.HOLDS, count, places)


def held_rows(gate: Gate) -> list[dict[str, Any]]:
    """The accounts held out, with why, and what the source says and the rows sum to, in cents."""
    gate.problems.show_holding()
    rows = gate.connection.execute(query("held_out")).fetchall()
    firsts = {no: kind.told for no, kind in enumerate(gate.problems.kinds)}
    found = []
    for account_id, held, reported, computed, kind, file, row in rows:
        entry: dict[str, Any] = {
            "account_id": account_id,
            "reason": NOT_THERE if held is None else HELD[held],
            "reported_balance_cents": reported,
            "computed_balance_cents": computed,
        }
        if kind is not None:
            told = firsts[kind]
            entry |= {
                "file": file, "row": row, "column": told.column, "problem": told.problem,
                "remedy": told.remedy,
            }  # fmt: skip
        found.append(entry)
    return found


def keep_touched(gate: Gate, target: Path) -> int:
    """Write what later changes have to know: accounts held out for rows that are left out.

    A row without an account says that rows of a table were given, be any left of them or not.
    """
    again = ", ".join(literal(name) for name in sorted(FOUND_AGAIN | SHARED))
    given = ", ".join(literal(name) for name in sorted(gate.left_out))
    row = gate.connection.execute(
        "COPY (SELECT DISTINCT account_id, table_name FROM touched WHERE NOT found_again "
        f"AND table_name NOT IN ({again}) AND account_id IS NOT NULL "
        f"UNION ALL SELECT NULL, unnest([{given}]::VARCHAR[]) ORDER BY ALL) "
        f"TO {literal(target)} (FORMAT parquet)"
    ).fetchone()
    return int(row[0]) if row else 0
