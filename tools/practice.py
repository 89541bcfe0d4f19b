"""How right the determination is on one invented practice, kept in eight grades of ledger.

    python tools/practice.py           the table, as docs/truth.md has it

The same 200 accounts in each grade (tests/practice): 80 hold a true credit, 120 are settled or in
ordinary debt. What differs is what the ledger says: remittances or none, lines or none, group
codes, check numbers, contracts.
"""

import csv
import tempfile
import zipfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from requite.domain.money import Money
from requite.engine.determine import determine

GRADES = Path(__file__).resolve().parent.parent / "tests" / "practice"
WORDS = {
    "bare": "no 835s; nothing but lines",
    "checks": "no 835s; lines, check numbers",
    "group-checks": "no 835s; lines, group codes, check numbers",
    "nolines-bare": "no 835s; nothing at all",
    "nolines-group-contract-checks": "no 835s, no lines; group codes, contracts, check numbers",
    "two-payers-835": "835s of two of five payers; lines",
    "with-835": "835s of all payers; lines",
    "with-835-nolines": "835s of all payers; no lines",
}
OUTCOMES = ("right", "person", "part", "wrong", "missed", "flagged", "quiet")
PARTIES_PAID = ("payer", "patient")

Party = tuple[str, str]


@dataclass
class Score:
    """How the accounts of one grade came out; money that would go to a wrong party, in cents.

    `right`: party and cents named and nothing else. `person`: undetermined only. `part`: some of
    it named. `wrong`: named for a party that is not owed it. `missed`: nothing said. Of accounts
    without a credit: `flagged` with any finding, else `quiet`.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong_cents: int = 0

    def count(self, want: dict[Party, int], found: dict[Party, int]) -> None:
        """Count one account: what is true of it by party, and what was found, in cents."""
        named = {party: cents for party, cents in found.items() if party[0] != "undetermined"}
        over = {who: cents - want.get(who, 0) for who, cents in named.items()}
        too_much = {who: cents for who, cents in over.items() if cents > 0}
        self.wrong_cents += sum(c for who, c in too_much.items() if who[0] in PARTIES_PAID)
        if not want:
            outcome = "flagged" if found else "quiet"
        elif named == want and len(named) == len(found):
            outcome = "right"
        elif not found:
            outcome = "missed"
        elif too_much:
            outcome = "wrong"
        else:
            outcome = "part" if named else "person"
        self.outcomes[outcome] += 1


def score(grade: str) -> Score:
    """Determine the practice in one grade of ledger, and compare it with the truth."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        with zipfile.ZipFile(GRADES / f"{grade}.zip") as archive:
            archive.extractall(work)
        as_of = date.fromisoformat((work / "as_of.txt").read_text("utf-8").strip())
        determine(work / "feed", work / "out", as_of=as_of)
        found: dict[str, dict[Party, int]] = defaultdict(lambda: defaultdict(int))
        for row in rows_of(work / "out" / "findings.csv"):
            party = (row["party"], row["party_id"])
            found[row["account_id"]][party] += Money.from_dollars(row["amount"]).cents
        result = Score()
        for row in rows_of(work / "truth.csv"):
            want = {}
            if row["party"]:
                want[row["party"], row["party_id"]] = Money.from_dollars(row["amount"]).cents
            result.count(want, found.get(row["account_id"], {}))
        return result


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table() -> str:
    """All grades, as Markdown."""
    lines = [
        "| ledger | " + " | ".join(OUTCOMES) + " | to a wrong party |",
        "|---" + "|---:" * (len(OUTCOMES) + 1) + "|",
    ]
    for grade, words in WORDS.items():
        found = score(grade)
        counts = " | ".join(str(found.outcomes[outcome]) for outcome in OUTCOMES)
        lines.append(f"| {words} | {counts} | {Money(found.wrong_cents)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
