"""Samples of extracts, mapped by a preset: the tables that come of them, and what they hold."""

import csv
import shutil
from collections import defaultdict
from collections.abc import Mapping as Read
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from requite.engine.determine import determine
from requite.engine.importer import Scope, import_feed
from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.plan import preset

SAMPLES = Path(__file__).resolve().parent / "engine" / "mapping" / "samples"
AS_OF = date(2026, 11, 1)
Row = dict[str, str]


@dataclass(frozen=True)
class Feed:
    """What a preset made of a sample."""

    made: Mapped
    folder: Path

    def rows(self, table: str) -> list[Row]:
        """The rows of a table; none where it is absent."""
        path = self.folder / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))

    def by_id(self, table: str) -> dict[str, Row]:
        """The rows of a table by their key."""
        key = {"charges": "charge_id", "transactions": "transaction_id"}.get(table, "account_id")
        return {row[key]: row for row in self.rows(table)}

    def holds(self, account: str) -> dict[str, str]:
        """What an account holds: its charges, and by party and type what was posted to it."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in self.rows("charges"):
            if row["account_id"] == account and not row.get("voided_on"):
                sums["charges"] += Decimal(row["amount"])
        for row in self.rows("transactions"):
            if row["account_id"] == account and not row.get("voided_on"):
                party = row.get("payer_id") or row.get("paid_by") or ""
                sums[f"{row['type']} {party}".strip()] += Decimal(row["amount"])
        return {what: str(amount) for what, amount in sums.items()}

    def balance(self, account: str) -> Decimal:
        """What an account's rows sum to."""
        return sum((Decimal(amount) for amount in self.holds(account).values()), Decimal())

    def balances(self) -> dict[str, Decimal]:
        """The balance of every account."""
        sums = {row["account_id"]: Decimal() for row in self.rows("accounts")}
        for row in (*self.rows("charges"), *self.rows("transactions")):
            if not row.get("voided_on"):
                sums[row["account_id"]] += Decimal(row["amount"])
        return sums

    def held_out(self, folder: Path) -> list[object]:
        """The accounts that an import holds out."""
        snapshot = import_feed(self.folder, folder / "store", scope=Scope.ONCE, processes=1)
        held: list[object] = snapshot.manifest.report["held_out"]
        return held

    def findings(self, folder: Path) -> dict[str, list[Row]]:
        """What a determination finds, by account."""
        determine(self.folder, folder / "out", as_of=AS_OF)
        found: dict[str, list[Row]] = defaultdict(list)
        with (folder / "out" / "findings.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found[row["account_id"]].append(row)
        return found


def laid_out(sample: str, folder: Path, more: Read[str, str] | None = None) -> Path:
    """A sample as an extract, with more rows at the end of some of its files."""
    extract = folder / "extract"
    shutil.copytree(SAMPLES / sample, extract)
    for name, rows in (more or {}).items():
        with (extract / name).open("a", encoding="utf-8") as file:
            file.write(rows)
    return extract


def mapped(
    name: str, folder: Path, more: Read[str, str] | None = None, *, sample: str = ""
) -> Feed:  # fmt: skip
    """What a preset makes of a sample, with more rows in some of its files."""
    extract = laid_out(sample or name, folder, more)
    return Feed(map_extract(extract, preset(name), folder / "feed"), folder / "feed")
