"""A problem that touches certain accounts holds them out; the rest of the feed goes on."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from requite.cli.main import main
from requite.engine import partition
from requite.engine.explanation import explain_account
from requite.engine.importer import Scope, Tolerance, import_feed
from requite.engine.refusal import RefusedFeed
from requite.engine.store import Snapshot

ACCOUNTS = 200
Rows = list[dict[str, str]]


def ledger(accounts: int = ACCOUNTS) -> dict[str, Rows]:
    """A feed of ordinary accounts, each charged, paid in part and paid twice by one of them."""
    names = [f"{number:05}" for number in range(accounts)]
    return {
        "payers": [{"payer_id": "LARK", "name": "Larkspur", "payer_class": "commercial"}],
        "patients": [{"patient_id": f"P{name}", "birth_date": ""} for name in names],
        "accounts": [
            {"account_id": name, "patient_id": f"P{name}", "state": "TX", "reported_balance": ""}
            for name in names
        ],
        "coverages": [
            {"account_id": name, "cob_order": "1", "payer_id": "LARK"} for name in names
        ],
        "charges": [
            {"charge_id": f"C{name}", "account_id": name, "line_no": "1", "amount": "100.00"}
            for name in names
        ],
        "transactions": [
            {"transaction_id": f"T{name}-{number}", "account_id": name, "type": "payment",
             "amount": "-80.00", "posted_on": "2026-01-12", "payer_id": "LARK", "line_no": "1",
             "deposit_id": "", "transfer_id": "", "voided_on": "", "trace_number": f"E{number}"}
            for name in names for number in range(2)
        ],
    }  # fmt: skip


def written(place: Path, tables: dict[str, Rows]) -> Path:
    feed = place / "feed"
    feed.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (feed / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, dict.fromkeys(key for row in rows for key in row))
            writer.writeheader()
            writer.writerows(rows)
    return feed


def read(path: Path) -> Rows:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def brought(feed: Path, **more: Any) -> Snapshot:
    return import_feed(feed, feed.parent / "store", processes=1, **more)


def held(snapshot: Snapshot) -> list[str]:
    return [row["account_id"] for row in snapshot.manifest.report["held_out"]]


def first(tables: dict[str, Rows], table: str, **values: str) -> None:
    tables[table][0] |= values


def twice(tables: dict[str, Rows], table: str, key: str) -> None:
    tables[table].append({**tables[table][7], key: tables[table][0][key]})


TRANSFER = {"type": "transfer", "transfer_id": "X1"}
# What is done to the feed; the accounts held out for it; what the report says.
TOUCHES: dict[str, tuple[Any, list[str], tuple[str, ...]]] = {
    "a day that is none": (
        lambda t: first(t, "transactions", posted_on="2026-02-31"), ["00000"],
        ("transactions.csv, row 1, column posted_on: the value is no date.", "YYYY-MM-DD")),
    "a word that no list has": (
        lambda t: first(t, "transactions", type="gift"), ["00000"],
        ("transactions.csv, row 1, column type: the value is none of those allowed",)),
    "an amount that is none": (
        lambda t: first(t, "transactions", amount="1.005"), ["00000"],
        ("transactions.csv, row 1, column amount: the value is no money.",)),
    "a required value left empty": (
        lambda t: first(t, "charges", charge_id=""), ["00000"],
        ("charges.csv, row 1, column charge_id: the value is missing.",)),
    "a key given twice": (
        lambda t: twice(t, "charges", "charge_id"), ["00000", "00007"],
        ("charges.csv, row 201, column charge_id: the key is that of an earlier row.",)),
    "an account given twice": (
        lambda t: twice(t, "accounts", "account_id"), ["00000"],
        ("accounts.csv, row 201, column account_id: the key is",)),
    "a patient given twice": (
        lambda t: t["patients"].append({**t["patients"][0], "birth_date": "1950-01-01"}),
        ["00000"], ("patients.csv, row 201, column patient_id: the key is",)),
    "a patient whose birthday is none": (
        lambda t: first(t, "patients", birth_date="soon"), ["00000"],
        ("patients.csv, row 1, column birth_date",)),
    "an account's own day": (
        lambda t: first(t, "accounts", next_visit_on="soon"), ["00000"],
        ("accounts.csv, row 1, column next_visit_on",)),
    "a payer that is not there": (
        lambda t: first(t, "coverages", payer_id="WREN"), ["00000"],
        ("coverages.csv, row 1, column payer_id: the row it names is not in payers. Add it",)),
    "a line that was never charged": (
        lambda t: first(t, "transactions", line_no="2"), ["00000"],
        ("transactions.csv, row 1, column line_no: the account has no charge with this line",)),
    "an account that is not there": (
        lambda t: first(t, "transactions", account_id="99999"), ["99999"],
        ("transactions.csv, row 1, column account_id: the row it names is not in accounts",)),
    "a leg of a transfer lost": (
        lambda t: first(t, "transactions", **TRANSFER), ["00000"],
        ("transactions.csv, row 1, column transfer_id: the legs",)),
    "the other leg unreadable": (
        lambda t: (first(t, "transactions", **TRANSFER),
                   t["transactions"][20].update(TRANSFER, amount="8O.00"),
                   t["accounts"][0].update(reported_balance="-60.00")),
        ["00000", "00010"], ("transactions.csv, row 21, column amount",)),
    "a balance that its rows do not sum to": (
        lambda t: first(t, "accounts", reported_balance="1.00"), ["00000"],
        ("accounts.csv, row 1, column reported_balance: the rows of the account do not sum",)),
    "an allocation to a charge that is not there": (
        lambda t: t.update(allocations=[
            {"transaction_id": "T00003-0", "charge_id": "C9", "amount": "-80.00"}]),
        ["00003"], ("allocations.csv, row 1, column charge_id: the row it names is not in",)),
    "a deposit whose amount is none": (
        lambda t: (first(t, "transactions", deposit_id="D0"), t.update(bank_deposits=[
            {"deposit_id": f"D{n}", "amount": "x" if not n else "5", "deposited_on": "2026-01-02"}
            for n in range(101)])),
        ["00000"], ("bank_deposits.csv, row 1, column amount",)),
    "a remittance that has no day": (
        lambda t: t.update(
            remits=[{"remit_id": "R1", "trace_number": "E9", "payment_amount": "5",
                     "payment_date": "soon"}],
            remit_claims=[{"remit_claim_id": "K1", "remit_id": "R1", "claim_status": "1",
                           "patient_control_number": "00042", "charge": "5", "paid": "5"}]),
        ["00042"], ("remits.csv, row 1, column payment_date",)),
    "a take-back of no amount": (
        lambda t: t.update(
            remits=[{"remit_id": "R1", "trace_number": "E9", "payment_amount": "5",
                     "payment_date": "2026-01-12"}],
            provider_adjustments=[
                {"remit_id": "R1", "reason_code": "WO" if n else "", "amount": "5",
                 "reference": f"{n:05} x"} for n in range(200)]),
        ["00000"], ("provider_adjustments.csv, row 1, column reason_code",)),
}  # fmt: skip


@pytest.mark.parametrize("partitions", [False, True])
@pytest.mark.parametrize("name", TOUCHES)
def test_a_problem_holds_its_accounts_out_and_the_rest_goes_on(
    name: str, partitions: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if partitions:
        monkeypatch.setattr(partition, "ACCOUNTS_A_PARTITION", 60)
    act, out, told = TOUCHES[name]
    tables = ledger()
    act(tables)
    snapshot = brought(written(tmp_path, tables))
    report = snapshot.manifest.report
    assert held(snapshot) == out
    assert all(words in " ".join(k["told"] for k in report["problems"]) for words in told)
    (kind,) = report["problems"]
    assert kind["count"] == 1
    assert report["rows_read"]["accounts"] == len(tables["accounts"])
    rows = sum(len(pq.read_table(file)) for file in snapshot.files("accounts"))
    assert rows == ACCOUNTS  # each account stays, once
    if out[0] in {row["account_id"] for row in ledger()["accounts"]}:
        statement = explain_account(snapshot, out[0], as_of=date(2026, 11, 23))
        assert not statement.findings


def test_evidence_that_leads_nowhere_counts_as_empty_and_is_told(tmp_path: Path) -> None:
    tables = ledger()
    first(tables, "transactions", deposit_id="D9")
    tables["bank_deposits"] = [{"deposit_id": "D1", "amount": "5", "deposited_on": "2026-01-02"}]
    snapshot = brought(written(tmp_path, tables))
    assert held(snapshot) == []
    (kind,) = snapshot.manifest.report["problems"]
    assert (kind["column"], kind["outcome"]) == ("deposit_id", "counts as empty")
    stored = pq.read_table(snapshot.files("transactions")[0], columns=["deposit_id"])
    assert stored["deposit_id"].null_count == 2 * ACCOUNTS


REFUSES: dict[str, tuple[Any, str]] = {
    "a payer twice": (
        lambda t: t["payers"].append(t["payers"][0]), r"payers\.csv, row 2, column payer_id"),
    "a payer of no class": (
        lambda t: first(t, "payers", payer_class="shop"), "row 1, column payer_class"),
    "a plan of no payer": (
        lambda t: t.update(plans=[{"plan_id": "PL", "payer_id": "WREN"}]),
        r"plans\.csv, row 1, column payer_id"),
    "numbers that are none in more than a hundredth": (
        lambda t: [row.update(amount="n/a") for row in t["transactions"][:5]],
        r"transactions\.csv, rows 1, 2, 3 and 2 more, column amount: the value is no money"),
    "more accounts than the limit": (
        lambda t: [row.update(type="gift") for row in t["transactions"][:12]],
        r"6 of 200 .* would be held out, more than 1 %\.\ntransactions\.csv, rows 1, 2, 3 and 9 "),
    "more than the limit, once all is put together": (
        lambda t: [row.update(line_no="9") for row in t["transactions"][:12]],
        r"6 of 200 accounts would be held out, more than 1 %: 6 since an entry names"),
    "rows of nobody": (
        lambda t: [row.update(account_id="") for row in t["charges"][:3]],
        "3 of 200 rows of charges name no account"),
    "letters that nobody can read": (
        lambda t: t.update(refund_requests=[
            {"request_id": f"L{n}", "payer_id": "LARK", "received_on": "soon", "amount": "5"}
            for n in range(6)]),
        r"6 of 6 rows of refund_requests cannot be used"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSES)
def test_what_is_wrong_with_the_whole_refuses_it(name: str, tmp_path: Path) -> None:
    act, told = REFUSES[name]
    tables = ledger()
    act(tables)
    with pytest.raises(RefusedFeed, match=told):
        brought(written(tmp_path, tables))


def test_a_row_that_names_no_account_is_left_out_and_told(tmp_path: Path) -> None:
    tables = ledger()
    first(tables, "transactions", account_id="")
    snapshot = brought(written(tmp_path, tables))
    report = snapshot.manifest.report
    assert (held(snapshot), report["rows_left_out"]) == ([], {"transactions": 1})
    assert "transactions.csv, row 1, column account_id" in report["problems"][0]["told"]


def test_up_to_five_accounts_are_held_out_of_a_feed_of_any_size(tmp_path: Path) -> None:
    tables = ledger(12)
    for row in tables["transactions"][:10]:
        row["type"] = "gift"
    assert held(brought(written(tmp_path, tables))) == [f"{number:05}" for number in range(5)]


def test_the_limit_can_be_raised(tmp_path: Path) -> None:
    tables = ledger()
    for row in tables["transactions"][:12]:
        row["type"] = "gift"
    feed = written(tmp_path, tables)
    assert len(held(brought(feed, tolerance=Tolerance(hold_out_limit=0.03)))) == 6


def test_accounts_that_do_not_add_up_do_not_count_into_the_limit(tmp_path: Path) -> None:
    tables = ledger()
    for row in tables["accounts"][:50]:
        row["reported_balance"] = "1.00"
    assert len(held(brought(written(tmp_path, tables)))) == 50


def detected(feed: Path, out: Path, *more: str) -> Result:
    call = ["detect", str(feed), "--out", str(out), "--as-of", "2026-11-23", "--processes", "1"]
    return CliRunner().invoke(main, [*call, *more])


def test_detect_tells_problems_by_kind_and_lists_every_row(tmp_path: Path) -> None:
    tables = ledger()
    for row in tables["transactions"][:8]:
        row["type"] = "gift"
    first(tables, "coverages", payer_id="=WREN")
    result = detected(written(tmp_path, tables), tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "4 accounts are held out" in result.stderr
    assert "transactions.csv, rows 1, 2, 3 and 5 more, column type" in result.stderr
    listed = read(tmp_path / "out" / "import_problems.csv")
    assert [row["row"] for row in listed if row["column"] == "type"] == [*map(str, range(1, 9))]
    assert {row["outcome"] for row in listed} == {"its account is held out"}
    report = json.loads((tmp_path / "out" / "import_report.json").read_text())
    assert report["held_out"][0]["account_id"] == "00000"
    assert {row["file"] for row in report["held_out"]} == {"transactions.csv"}


def test_a_refusal_lists_every_row_too_and_leaves_nothing_else(tmp_path: Path) -> None:
    tables = ledger()
    for row in tables["transactions"]:
        row["type"] = "gift"
    result = detected(written(tmp_path, tables), tmp_path / "out")
    assert result.exit_code == 1
    assert "200 of 200 accounts would be held out, more than 1 %" in result.stderr
    assert "--hold-out-limit" in result.stderr
    assert "Every row of them is in import_problems.csv." in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["import_problems.csv"]
    assert len(read(tmp_path / "out" / "import_problems.csv")) == 400
    allowed = detected(written(tmp_path, tables), tmp_path / "out", "--hold-out-limit", "100")
    assert allowed.exit_code == 0, allowed.output


def test_findings_of_the_others_are_what_they_are_without_the_held_out(tmp_path: Path) -> None:
    tables, whole = ledger(), ledger()
    first(tables, "transactions", type="gift")
    (tmp_path / "whole").mkdir()
    detected(written(tmp_path, tables), tmp_path / "some")
    detected(written(tmp_path / "whole", whole), tmp_path / "all")
    some = read(tmp_path / "some" / "proof.csv")
    every = read(tmp_path / "all" / "proof.csv")
    assert some == [row for row in every if row["account_id"] != "00000"]


def changes_of(place: Path, tables: dict[str, Rows], *accounts: str, **more: Rows) -> Path:
    mine = {
        name: [row for row in rows if row.get("account_id") in accounts]
        for name, rows in tables.items()
        if "account_id" in rows[0]
    }
    return written(place, {**{name: rows for name, rows in mine.items() if rows}, **more})


def test_later_changes_keep_out_what_they_do_not_give_anew(tmp_path: Path) -> None:
    tables = ledger()
    first(tables, "transactions", voided_on="soon")
    tables["transactions"][20]["payer_id"] = "WREN"  # of account 00010
    first(tables, "patients", birth_date="")
    tables["patients"][5]["birth_date"] = "soon"
    store = tmp_path / "store"

    def bring(feed: Path) -> list[str]:
        return held(import_feed(feed, store, scope=Scope.CHANGES, processes=1))

    assert held(import_feed(written(tmp_path, tables), store, processes=1)) == [
        "00000", "00005", "00010",
    ]  # fmt: skip
    clean = ledger()
    assert bring(changes_of(tmp_path / "a", clean, "00030")) == ["00000", "00005", "00010"]
    wren = {"payer_id": "WREN", "name": "Wren", "payer_class": "commercial"}
    assert bring(written(tmp_path / "b", {"payers": [wren]})) == ["00000", "00005"]
    assert bring(written(tmp_path / "c", {"patients": [clean["patients"][5]]})) == ["00000"]
    assert bring(changes_of(tmp_path / "d", clean, "00000")) == []


def test_the_only_row_of_a_table_was_given_though_it_is_left_out(tmp_path: Path) -> None:
    tables = ledger()
    tables["patients"] = [{"patient_id": "P00003", "birth_date": "soon"}]
    for row in tables["accounts"]:
        row["patient_id"] = "P00003" if row["account_id"] == "00003" else ""
    store = tmp_path / "store"
    assert held(import_feed(written(tmp_path, tables), store, processes=1)) == ["00003"]
    changes = changes_of(tmp_path / "a", ledger(), "00030")
    (changes / "accounts.csv").write_text("account_id\n00030\n")
    after = import_feed(changes, store, scope=Scope.CHANGES, processes=1)
    assert held(after) == ["00003"]
