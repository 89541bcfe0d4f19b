"""The balances that are shown before an import: what is worth a look stands first."""

from pathlib import Path

from requite.engine.mapping.guessing.controls import controls

BALANCES = {"A": 0, "B": 40, "C": -15, "D": 0, "E": 220, "F": -90}


def feed(folder: Path) -> Path:
    folder.mkdir()
    accounts = "".join(f"{account}\n" for account in BALANCES)
    (folder / "accounts.csv").write_text(f"account_id\n{accounts}")
    charges = "".join(f"{account},300.00\n" for account in BALANCES)
    (folder / "charges.csv").write_text(f"account_id,amount\n{charges}")
    paid = "".join(f"{account},{cents - 300}.00\n" for account, cents in BALANCES.items())
    (folder / "transactions.csv").write_text(f"account_id,amount\n{paid}")
    return folder


def test_credits_come_first_then_debits_and_zeros_last(tmp_path: Path) -> None:
    shown = controls(feed(tmp_path / "feed"), [])
    assert [each.account_id for each in shown] == ["F", "C", "E", "B", "A", "D"]


def test_what_differs_comes_before_all_the_most_money_first(tmp_path: Path) -> None:
    said = {"A": 70_000, "B": 4_000, "C": -1_500, "D": 100, "E": 22_000, "F": -9_000}
    shown = controls(feed(tmp_path / "feed"), [said])
    assert [each.account_id for each in shown] == ["A", "D", "F", "C", "E", "B"]
