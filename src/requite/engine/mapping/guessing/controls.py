"""Each account's balance as the source says it and as the feed has it, side by side."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from requite.engine.database import connect, identifier, literal
from requite.engine.mapping.columns import expressions
from requite.engine.mapping.extract import ROW
from requite.engine.mapping.guessing.facts import Survey, text_of
from requite.engine.mapping.guessing.reading import Reading
from requite.engine.mapping.plan import Amount, TableMap

WAYS: Final = (f"arg_max({{cents}}, {ROW})", f"arg_min({{cents}}, {ROW})", "sum({cents})")
MOST_ACCOUNTS: Final = 20_000  # that are set side by side


@dataclass(frozen=True, slots=True)
class Control:
    """An account's balance in cents: of the source, where it says one, and of the feed."""

    account_id: str
    reported_cents: int | None
    computed_cents: int

    @property
    def agrees(self) -> bool:
        """Whether nothing speaks against it."""
        return self.reported_cents in {None, self.computed_cents}


def reported(survey: Survey, readings: list[Reading]) -> list[dict[str, int]]:
    """What the source says that each account's balance is, in cents by account.

    A running balance is that of an account's last row; or of its first, where a ledger has the
    newest first; or each row has a balance of its own, and they are summed up. Three readings, of
    which the one that agrees more is right.
    """
    for each in sorted(readings, key=lambda each: each.is_entries):
        balance, account = each.role("balance"), each.role("account")
        if not balance or not account or each.what not in {"accounts", "typed", "wide"}:
            continue
        return [_balances(survey, each, sql) for sql in WAYS]
    return []


def _balances(survey: Survey, found: Reading, way: str) -> dict[str, int]:
    balance, account = found.role("balance"), text_of(found.role("account"))
    part = TableMap(
        table="charges", file=found.name, columns={},
        amounts={"amount": Amount(rule="signed", column=balance)},
    )  # fmt: skip
    (made,) = expressions(part, "")
    cents = f"CAST(CAST({made.sql} AS DECIMAL(15,2)) * 100 AS BIGINT)"
    totals = ", ".join(map(literal, found.without.get(found.role("account"), [""])))
    rows = survey.ask(
        f"SELECT {account}, {way.format(cents=cents)} FROM {identifier(found.name)} "
        f"WHERE {made.sql} IS NOT NULL AND {account} NOT IN ({totals}) "
        f"GROUP BY 1 ORDER BY min({ROW}) LIMIT {MOST_ACCOUNTS}"
    )
    return {str(row[0]): int(row[1]) for row in rows}


def controls(feed: Path, said: list[dict[str, int]]) -> list[Control]:
    """The accounts of a feed: those that disagree first, then credits, then debits; zeros last.

    Of each the largest first: a person knows those again, and a zero tells nothing.
    """
    computed = _computed(feed)
    best = max(said, key=lambda each: _agreeing(each, computed), default={})
    made = [Control(account, best.get(account), cents) for account, cents in computed.items()]
    return sorted(made, key=_place)


def _place(control: Control) -> tuple[bool, bool, int, str]:
    money = max(abs(control.computed_cents), abs(control.reported_cents or 0))
    return control.agrees, control.computed_cents >= 0, -money, control.account_id


def _agreeing(said: dict[str, int], computed: dict[str, int]) -> int:
    return sum(computed.get(account) == cents for account, cents in said.items())


def _computed(feed: Path) -> dict[str, int]:
    """Each account's balance in cents, of the tables as they were written."""
    with TemporaryDirectory() as folder, connect(spill=Path(folder)) as connection:
        sums = ["SELECT account_id, 0 AS cents FROM accounts"]
        for table in ("accounts", "charges", "transactions"):
            path = feed / f"{table}.csv"
            if not path.is_file():
                return {}
            connection.execute(
                f"CREATE TABLE {table} AS FROM read_csv({literal(path)}, all_varchar = true, "
                "header = true, delim = ',', quote = '\"', escape = '\"')"
            )
            if table != "accounts":
                described = connection.execute(f"DESCRIBE {table}").fetchall()
                has_void = "voided_on" in {row[0] for row in described}
                sums.append(
                    "SELECT account_id, CAST(CAST(amount AS DECIMAL(15,2)) * 100 AS BIGINT) "
                    f"FROM {table}{' WHERE voided_on IS NULL' if has_void else ''}"
                )
        rows = connection.execute(
            f"SELECT account_id, sum(cents) FROM ({' UNION ALL '.join(sums)}) "
            f"GROUP BY 1 ORDER BY 1 LIMIT {MOST_ACCOUNTS}"
        ).fetchall()
        return {str(row[0]): int(row[1]) for row in rows}
