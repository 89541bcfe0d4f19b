"""How right the determination is on less: one sample as offices keep it that have less on record.

Called by tools/truth.py. Alone, for so many accounts:

    python tools/grades.py 30000 [WORDS OF A GRADE]
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from requite.engine.database import connect
from requite.engine.screen import screen
from requite.engine.store import Store

REQUITE = (sys.executable, "-c", "from requite.cli.main import main; main()")
GRADES = {
    "no 835s; lines, codes, traces, transfers": ("remits",),
    "no 835s; lines, codes, traces": ("remits", "transfers"),
    "no 835s; lines, traces, transfers": ("remits", "codes"),
    "no 835s; lines, codes, transfers": ("remits", "traces"),
    "no 835s; codes, traces, transfers": ("remits", "lines"),
    "no 835s; transfers": ("remits", "lines", "codes", "traces"),
    "no 835s; nothing": ("remits", "lines", "codes", "traces", "transfers"),
    "835s of half the payers; all else": ("half-the-remits",),
    "835s of half the payers; transfers": ("half-the-remits", "lines", "codes", "traces"),
    "all 835s; transfers": ("lines", "codes", "traces"),
}
HEADINGS = (
    "grade", "passed", "settled", "flagged", "held", "provable $", "named", "person",
    "payable $", "wrong, patient", "wrong, payer", "wrong, proved",
)  # fmt: skip
DEFINITIONS = """\
What each feed lacks is left out of one and the same sample: its remittances, or those of half its
payers; line numbers; group codes; traces, claim, check and deposit numbers; transfers. A party
and its cents count, not the cause: without remittances one cause passes for another. *Passed*: the
part of all accounts that the screen gives to the determination. *Settled* accounts have nothing in
the truth; *flagged* are those of them with a finding, *held* those with nothing but a patient's
money that waits for a payer, on an account whose balance is not negative. *Provable*: what the
grade can still show, by its remittances or by the ledger alone; *named* of it: party and cents
found; *person*: accounts with a provable part of which a person was asked. *Payable*: what is
proposed to payers and patients without a person; *wrong* of it: above what the truth gives that
party. A payer's money that rests on the ledger is not paid out before it has said that it did not
take it back: take-backs stand in remittances alone, and are most of what is wrong.
"""

TABLES = """
CREATE TABLE truth AS
SELECT account_id, party, coalesce(party_id, '') AS party_id, sum(amount_cents) AS cents,
       coalesce(sum(amount_cents) FILTER (provable), 0) AS provable
FROM read_parquet({truth}) WHERE NOT held_out GROUP BY ALL;
CREATE TABLE accounts AS
SELECT a.account_id, a.balance_cents, t.account_id IS NULL AS is_settled
FROM read_parquet({accounts}) a
LEFT JOIN (SELECT DISTINCT account_id FROM truth) t USING (account_id) WHERE NOT a.held_out;
CREATE TABLE found AS
SELECT account_id, party, coalesce(party_id, '') AS party_id, certainty, disposition,
       CAST(amount * 100 AS BIGINT) AS cents
FROM read_parquet({found});
CREATE TABLE named AS
SELECT account_id, party, party_id, sum(cents) AS cents,
       bool_and(certainty = 'proved') AS is_proved,
       bool_or(disposition IN ('refund_payer', 'refund_patient', 'corrected_claim'))
       AND any_value(party) IN ('payer', 'patient') AS is_payable
FROM found WHERE certainty <> 'person' GROUP BY account_id, party, party_id;
CREATE TABLE paid AS
SELECT n.party, n.is_proved, n.cents, greatest(n.cents - coalesce(t.cents, 0), 0) AS wrong
FROM named n LEFT JOIN truth t USING (account_id, party, party_id) WHERE n.is_payable;
"""
SETTLED = """
SELECT count(*) AS settled,
       count(*) FILTER (f.account_id IS NOT NULL) AS flagged,
       count(*) FILTER (f.only_holds AND balance_cents >= 0) AS held
FROM accounts a
LEFT JOIN (
    SELECT account_id, bool_and(disposition = 'hold') AS only_holds FROM found GROUP BY ALL
) f USING (account_id)
WHERE is_settled
"""
NAMED = """
SELECT coalesce(sum(provable), 0), coalesce(sum(least(t.provable, coalesce(n.cents, 0))), 0)
FROM truth t LEFT JOIN named n USING (account_id, party, party_id)
"""
PERSON = """
SELECT count(DISTINCT account_id) FROM truth JOIN found USING (account_id)
WHERE provable > 0 AND certainty = 'person'
"""
PAID = """
SELECT coalesce(sum(cents), 0), coalesce(sum(wrong) FILTER (party = 'patient'), 0),
       coalesce(sum(wrong) FILTER (party = 'payer'), 0), coalesce(sum(wrong) FILTER (is_proved), 0)
FROM paid
"""


@dataclass(frozen=True)
class Graded:
    """What came of one grade: counts of accounts, sums in cents."""

    accounts: int
    passed: int
    settled: int
    flagged: int
    held: int
    provable: int
    named: int
    person: int
    payable: int
    wrong_patient: int
    wrong_payer: int
    wrong_proved: int

    @property
    def cells(self) -> list[str]:
        """The row of the Markdown table, without its name."""
        flagged = self.flagged - self.held
        return [
            f"{self.passed / self.accounts:.1%}",
            f"{self.settled:,}",
            f"1 in {self.settled / flagged:,.0f}" if flagged else "none",
            f"{self.held:,}",
            f"{self.provable / 100:,.0f}",
            f"{self.named / self.provable:.3f}" if self.provable else "-",
            f"{self.person:,}",
            f"{self.payable / 100:,.0f}",
            *(
                f"{wrong / self.payable:.3%}" if self.payable else "-"
                for wrong in (self.wrong_patient, self.wrong_payer, self.wrong_proved)
            ),
        ]


def files_of(folder: Path, name: str) -> str:
    """A table of a sample or of findings, as DuckDB lists its files."""
    whole = folder / f"{name}.parquet"
    return f"'{whole if whole.exists() else folder / name / '*.parquet'}'"


def compare(truth: Path, findings: Path, passed: tuple[int, int]) -> Graded:
    """Count what was found of a sample in one grade."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            TABLES.format(
                truth=files_of(truth, "findings"),
                accounts=files_of(truth, "accounts"),
                found=files_of(findings, "findings"),
            )
        )
        figures: list[int] = []
        for statement in (SETTLED, NAMED, PERSON, PAID):
            figures += map(int, connection.execute(statement).fetchone() or ())
    return Graded(*passed, *figures)


def screened(store: Path, as_of: date) -> tuple[int, int]:
    """How many accounts a store holds, and how many of them the screen passes."""
    snapshot = Store(store).current()
    with connect() as connection:
        passed = sum(len(screen(snapshot, part, as_of, connection)) for part in snapshot.parts)
    return snapshot.manifest.accounts, passed


def graded(accounts: int, seed: int, without: tuple[str, ...], run: Callable[..., None]) -> Graded:
    """Make a sample in one grade, determine it, count."""
    with tempfile.TemporaryDirectory() as folder:
        sample, findings = Path(folder) / "sample", Path(folder) / "findings"
        lacks = [word for part in without for word in ("--without", part)]
        tables = ("--remits", "parquet", "--format", "parquet")
        size = ("--accounts", str(accounts), "--seed", str(seed), "--out", str(sample))
        run("sample", *size, *tables, *lacks)
        as_of = (sample / "as_of.txt").read_text("utf-8").strip()
        store = Path(folder) / "store"
        ledger = ("--store", str(store), "--out", str(findings), "--as-of", as_of)
        run("detect", str(sample / "feed"), *ledger)
        passed = screened(store, date.fromisoformat(as_of))
        return compare(sample / "truth", findings, passed)


def table(accounts: int, seed: int, run: Callable[..., None]) -> str:
    """The table of all grades, as docs/truth.md has it."""
    rows = [list(HEADINGS), ["---", *("---:" for _ in HEADINGS[1:])]]
    for name, without in GRADES.items():
        print(name, file=sys.stderr)
        rows.append([name, *graded(accounts, seed, without, run).cells])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    title = f"## The same accounts with less on record ({accounts:,} of them)"
    return "\n".join([title, "", DEFINITIONS, *lines])


def main() -> None:
    """Print the table, or one grade."""

    def run(*arguments: str) -> None:
        subprocess.run([*REQUITE, *arguments], check=True, capture_output=True)

    accounts, *without = sys.argv[1:] or ["30000"]
    if without:
        print(graded(int(accounts), 7, tuple(without), run))
    else:
        print(table(int(accounts), 7, run))


if __name__ == "__main__":
    main()
