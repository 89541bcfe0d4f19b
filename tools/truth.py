"""Compare findings with the truth about a sample, and say how right and how complete they are.

    python tools/truth.py TRUTH_DIR FINDINGS_DIR     one comparison
    python tools/truth.py --run 1000000              samples, determinations, docs/truth.md

`--run` makes three samples (whole, 10 % of payer postings unlinked, 10 % of remittance claims
missing) and a fifth of their accounts in each grade of ledger, determines each, and writes the
tables to docs/truth.md.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

import grades
import practice

ROOT = Path(__file__).resolve().parent.parent
REQUITE = (sys.executable, "-c", "from requite.cli.main import main; main()")
VARIANTS = (
    ("Whole feed", ()),
    ("10 % of payer postings unlinked", ("--unlinked", "0.10")),
    ("10 % of remittance claims missing", ("--missing-remits", "0.10")),
)
GRADED = 5  # of how many accounts one is determined in every grade
DEFINITIONS = """\
A finding is *right* where the truth holds the same account, line, party, payer or guarantor and
cause; the cents that both hold count as right. *Precision* is right cents by found cents, without
findings that leave the decision to a person; the last row leaves out holds as well, which name no
party either. *Recall* is taken over what the feed can still prove: cents found right, or handed to
a person on the same account and line. *Alone* is the part of the provable cents found right
without a person. Accounts whose reported balance is wrong are held out of the determination, and
of the truth.
"""

PRACTICE = """\
200 invented accounts that Requite did not make: 80 hold a true credit, 120 are settled or in
ordinary debt. The same accounts in each grade; what differs is what the ledger says. *Right*: party
and cents named, and nothing else. *Person*: handed to somebody. *Flagged*: a settled account with
any finding. Printed alone by `python tools/practice.py`.\
"""

VIEWS = """
CREATE MACRO cents(dollars) AS CAST(round(CAST(dollars AS DECIMAL(18, 2)) * 100) AS BIGINT);
CREATE TABLE truth AS
SELECT account_id, coalesce(CAST(line_no AS INTEGER), 0) AS line_no, party,
       coalesce(party_id, '') AS party_id, cause, disposition, {truth_cents} AS cents,
       certainty, CAST(provable AS BOOL) AS provable
FROM {truth} WHERE NOT CAST(held_out AS BOOL);
CREATE TABLE found AS
SELECT account_id, coalesce(CAST(line_no AS INTEGER), 0) AS line_no, party,
       coalesce(party_id, '') AS party_id, cause, disposition, {found_cents} AS cents, certainty
FROM {found};
CREATE TABLE matched AS
SELECT account_id, line_no, party, party_id, cause,
       coalesce(true_rows, 0) AS true_rows, coalesce(true_cents, 0) AS true_cents,
       coalesce(provable, 0) AS provable, coalesce(found_rows, 0) AS found_rows,
       coalesce(found, 0) AS found, coalesce(asserted, 0) AS asserted,
       least(coalesce(asserted, 0), coalesce(true_cents, 0)) AS asserted_right,
       least(coalesce(found, 0), coalesce(provable, 0)) AS recalled,
       least(coalesce(asserted, 0), coalesce(provable, 0)) AS alone
FROM (
    SELECT account_id, line_no, party, party_id, cause, sum(cents) AS true_cents,
           count(*) AS true_rows, coalesce(sum(cents) FILTER (provable), 0) AS provable
    FROM truth GROUP BY ALL
)
FULL JOIN (
    SELECT account_id, line_no, party, party_id, cause, sum(cents) AS found,
           count(*) AS found_rows,
           coalesce(sum(cents) FILTER (certainty <> 'person'), 0) AS asserted
    FROM found GROUP BY ALL
) USING (account_id, line_no, party, party_id, cause);
-- What a person was asked about, on the account and line of a provable part not found itself:
-- shared among such parts by what each of them lacks.
CREATE TABLE handed AS
SELECT account_id, line_no, m.cause,
       least(asked, missed) * (m.provable - m.recalled) / missed AS cents
FROM matched m
JOIN (
    SELECT account_id, line_no, sum(provable - recalled) AS missed
    FROM matched WHERE provable > recalled GROUP BY ALL
) USING (account_id, line_no)
JOIN (
    SELECT account_id, line_no, sum(found - asserted - (recalled - alone)) AS asked
    FROM matched WHERE found > asserted GROUP BY ALL
) USING (account_id, line_no)
WHERE m.provable > m.recalled AND asked > 0;
"""

BY_CAUSE = """
SELECT coalesce(cause, '**all**') AS cause, sum(true_rows), sum(true_cents), sum(provable),
       sum(found_rows), sum(found), sum(asserted), sum(asserted_right), sum(recalled),
       sum(handed), sum(alone)
FROM (
    SELECT cause, true_rows, true_cents, provable, found_rows, found, asserted, asserted_right,
           recalled, 0 AS handed, alone FROM matched
    UNION ALL SELECT cause, 0, 0, 0, 0, 0, 0, 0, 0, cents, 0 FROM handed
)
GROUP BY ROLLUP (cause) ORDER BY cause IS NULL, cause
"""

NAMED = """
SELECT '**all that name a party**', sum(true_rows), sum(true_cents), sum(provable), sum(found_rows),
       sum(found), sum(asserted), sum(asserted_right), sum(recalled),
       (SELECT sum(cents) FROM handed JOIN (
            SELECT DISTINCT account_id, line_no, cause FROM matched
            WHERE party <> 'undetermined' AND provable > 0
        ) USING (account_id, line_no, cause)),
       sum(alone)
FROM matched WHERE party <> 'undetermined'
"""

DIFFERS = "SELECT count(*) FROM {proof} WHERE NOT CAST(agrees AS BOOL)"
HELD = """
SELECT count(DISTINCT account_id) FROM found JOIN {accounts} a USING (account_id)
WHERE CAST(a.held_out AS BOOL)
"""
JUDGED = """
SELECT count(*), count(*) FILTER (
    t.verdict = g.verdict AND coalesce(t.reasons, '') = coalesce(g.reasons, '')
    AND {money} = cents(g.supported_amount)
)
FROM {true} t LEFT JOIN {given} g USING (request_id) WHERE CAST(t.provable AS BOOL)
"""

# What names a party and is not in the truth, by the story of its account.
ERRORS = """
SELECT a.story, m.cause, m.party, count(*), sum(asserted - asserted_right)
FROM matched m JOIN {accounts} a USING (account_id)
WHERE m.party <> 'undetermined' AND asserted > asserted_right
GROUP BY ALL ORDER BY 5 DESC LIMIT 12
"""

WRONG_PARTY = """
SELECT certainty, coalesce(sum(greatest(found - coalesce(truth, 0), 0)), 0) AS wrong, sum(found)
FROM (
    SELECT account_id, party, party_id, sum(cents) AS found,
           CASE WHEN bool_or(certainty = 'likely') THEN 'likely' ELSE 'proved' END AS certainty
    FROM found
    WHERE party IN ('payer', 'patient') AND certainty <> 'person'
      AND disposition IN ('refund_payer', 'refund_patient', 'corrected_claim')
    GROUP BY ALL
)
LEFT JOIN (
    SELECT account_id, party, party_id, sum(cents) AS truth FROM truth GROUP BY ALL
) USING (account_id, party, party_id)
GROUP BY certainty
"""


@dataclass(frozen=True)
class Row:
    """One cause, or all of them: cents, and how many rows."""

    cause: str
    true_rows: int
    true: int
    provable: int
    found_rows: int
    found: int
    asserted: int
    asserted_right: int
    recalled: int
    handed: float
    alone: int

    @property
    def cells(self) -> list[str]:
        """The row of the Markdown table."""
        return [
            self.cause,
            f"{self.true_rows:,}",
            f"{self.true / 100:,.2f}",
            f"{self.found_rows:,}",
            f"{self.found / 100:,.2f}",
            share(self.asserted_right, self.asserted),
            share(self.recalled + self.handed, self.provable),
            share(self.alone, self.provable),
        ]


HEADINGS = ["cause", "true rows", "true $", "found rows", "found $", "precision", "recall", "alone"]


def share(part: float, whole: float) -> str:
    """A ratio to four places; a dash where there is nothing to divide by."""
    return f"{part / whole:.4f}" if whole else "-"


def table_of(folder: Path, name: str) -> str:
    """How DuckDB reads a table: one file, or a folder of parts."""
    if (folder / f"{name}.parquet").exists():
        return f"read_parquet('{folder / name}.parquet')"
    if (folder / name).is_dir():
        return f"read_parquet('{folder / name}/*.parquet')"
    return f"read_csv('{folder / name}.csv', all_varchar = true)"


def load(truth: Path, findings: Path) -> duckdb.DuckDBPyConnection:
    """Put truth and findings side by side."""
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    sources = {"truth": table_of(truth, "findings"), "found": table_of(findings, "findings")}
    columns = {
        name: [row[0] for row in connection.execute(f"DESCRIBE FROM {source}").fetchall()]
        for name, source in sources.items()
    }
    money = {
        f"{name}_cents": "CAST(amount_cents AS BIGINT)"
        if "amount_cents" in has
        else "cents(amount)"
        for name, has in columns.items()
    }
    connection.execute(VIEWS.format(**sources, **money))
    return connection


def by_cause(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """The figures of every cause, and of all."""
    return [
        Row(row[0], *(value or 0 for value in row[1:]))
        for statement in (BY_CAUSE, NAMED)
        for row in connection.execute(statement).fetchall()
    ]


def one_number(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    """The only value of a query's only row."""
    row = connection.execute(statement).fetchone()
    return int(row[0] or 0) if row else 0


def errors(connection: duckdb.DuckDBPyConnection, truth: Path) -> list[str]:
    """Where it errs: the largest sums named wrongly, by the story of the account."""
    statement = ERRORS.format(accounts=table_of(truth, "accounts"))
    return [
        f"{story}: {cause}, {party}, {rows:,} rows, ${int(cents) / 100:,.2f}"
        for story, cause, party, rows, cents in connection.execute(statement).fetchall()
    ]


def facts(connection: duckdb.DuckDBPyConnection, truth: Path, findings: Path) -> list[str]:
    """The sentences below the table."""
    wrong = {row[0]: row for row in connection.execute(WRONG_PARTY).fetchall()}
    lines = []
    for certainty in ("proved", "likely"):
        _, cents, whole = wrong.get(certainty, (certainty, 0, 0))
        lines.append(
            f"Payable to a wrong party among `{certainty}`: ${int(cents) / 100:,.2f} "
            f"of ${int(whole or 0) / 100:,.2f}."
        )
    proof, accounts = table_of(findings, "proof"), table_of(truth, "accounts")
    differs = one_number(connection, DIFFERS.format(proof=proof))
    lines.append(f"Accounts whose findings do not sum to their credit: {differs:,}.")
    held = one_number(connection, HELD.format(accounts=accounts))
    lines.append(f"Accounts held out that have a finding all the same: {held:,}.")
    return lines


def compare(truth: Path, findings: Path) -> str:
    """The comparison as Markdown."""
    connection = load(truth, findings)
    rows = [HEADINGS, *(row.cells for row in by_cause(connection))]
    ruler = ["---", *("---:" for _ in HEADINGS[1:])]
    lines = [f"| {' | '.join(row)} |" for row in (rows[0], ruler, *rows[1:])]
    lines += ["", *(f"- {fact}" for fact in facts(connection, truth, findings))]
    wrong = errors(connection, truth)
    if wrong:
        lines += ["", "Named wrongly, by the story of the account:", ""]
        lines += [f"- {one}" for one in wrong]
    return "\n".join(lines)


def verdicts(truth: Path, found: Path) -> str:
    """How many refund requests were judged as the truth judges them."""
    true, given = table_of(truth, "verdicts"), table_of(found, "verdicts")
    money = "supported_amount_cents" if "parquet" in true else "cents(t.supported_amount)"
    connection = duckdb.connect()
    connection.execute(VIEWS.split(";", maxsplit=1)[0])
    statement = JUDGED.format(true=true, given=given, money=money)
    row = connection.execute(statement).fetchone()
    counts = row or (0, 0)
    return (
        "Refund requests that the feed can decide, judged as the truth judges them: "
        f"{counts[1]:,} of {counts[0]:,}."
    )


def requite(*arguments: str) -> None:
    """Run a command of Requite; what it says is said again only where it fails."""
    done = subprocess.run([*REQUITE, *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)


def run(accounts: int, seed: int) -> str:
    """Make the samples, determine them, compare."""
    parts = [f"# How right the determination is\n\n`python tools/truth.py --run {accounts}`\n"]
    parts.append(DEFINITIONS)
    for title, losses in VARIANTS:
        with tempfile.TemporaryDirectory() as folder:
            sample, findings = Path(folder) / "sample", Path(folder) / "findings"
            size = ("--accounts", str(accounts), "--seed", str(seed), "--out", str(sample))
            requite("sample", *size, *losses)
            as_of = (sample / "as_of.txt").read_text().strip()
            begun = time.monotonic()
            feed = (str(sample / "feed"), "--out", str(findings), "--as-of", as_of)
            requite("detect", *feed)
            print(f"{title}: determined in {time.monotonic() - begun:,.0f} s", file=sys.stderr)
            parts.append(f"## {title}\n\n{compare(sample / 'truth', findings)}")
            requite("requests", *feed)
            parts[-1] += "\n\n" + verdicts(sample / "truth", findings)
            print(parts[-1], flush=True)
    parts.append(grades.table(max(accounts // GRADED, 1), seed, requite))
    print(parts[-1], flush=True)
    parts.append(f"## One practice, eight grades of ledger\n\n{PRACTICE}\n\n{practice.table()}")
    print(parts[-1], flush=True)
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def main() -> None:
    """Compare two folders, or run the whole."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="TRUTH_DIR FINDINGS_DIR")
    parser.add_argument("--run", type=int, metavar="ACCOUNTS")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, help="where to write the table as well")
    asked = parser.parse_args()
    if asked.run:
        text = run(asked.run, asked.seed)
        out = asked.out or ROOT / "docs" / "truth.md"
    elif len(asked.folders) == 2:
        text, out = compare(*asked.folders) + "\n", asked.out
        print(text)
    else:
        parser.error("Name the folder of the truth and the folder of the findings, or use --run.")
    if out:
        out.write_text(text)


if __name__ == "__main__":
    main()
