"""How much payer money an 835 backs, and which payers are known too little, is told at the top."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from requite.cli.main import main
from requite.engine.backing import gaps_told, told
from requite.engine.importer import import_feed

HEAD = "transaction_id,account_id,type,amount,posted_on,payer_id,line_no,trace_number,check_number,"
COLUMNS = 13
MORE = "payer_claim_number,claim_id,voided_on,paid_by,bucket,tender"
TABLES = {
    "payers": (
        "payer_id,name,payer_class,era_ids\nLARK,Larkspur,commercial,1741234500\n"
        "WREN,Wren,other,\nIDLE,Idle,other,\n"
    ),
    "accounts": "account_id\n0001\n0002\n0003\n",
    "coverages": "account_id,cob_order,payer_id\n0001,1,LARK\n0002,1,LARK\n",
    "claims": "claim_id,account_id,payer_id,payer_claim_number\nK1,0002,LARK,26L9\n",
    "charges": (
        "charge_id,account_id,line_no,amount\nC1,0001,1,200\nC2,0002,1,300\nC3,0003,1,300\n"
    ),
}
REMITS = {
    "remits": (
        "remit_id,payer_id,trace_number,payment_amount,payment_date\n"
        "R1,LARK,LK1,150,2026-02-03\n"
    ),
    "remit_claims": (
        "remit_claim_id,remit_id,patient_control_number,claim_status,charge,paid,payer_claim_number\n"
        "R1/1,R1,0001,1,200,120,26L1\nR1/2,R1,0002,1,300,30,26L9\n"
    ),
}  # fmt: skip


def feed(place: Path, *entries: str, **more: str) -> Path:
    made = place / "feed"
    made.mkdir()
    rows = "".join(
        f"T{no},{entry}{',' * (13 - entry.count(','))}\n" for no, entry in enumerate(entries)
    )
    text = f"{HEAD}{MORE}\n{rows}"
    for name, content in {**TABLES, "transactions": text, **more}.items():
        (made / f"{name}.csv").write_text(content)
    return made


def backing(given_feed: Path) -> dict[str, int]:
    store = given_feed.parent / "store"
    found: dict[str, int] = import_feed(given_feed, store, processes=1).manifest.report["backing"]
    return found


# account, type, amount, day, payer, line, trace, check, claim number, claim, voided on, paid by,
# bucket, tender; what is empty at the end is left out
NAMED = "0003,payment,-1,2026-02-05,WREN,1"
PAID = "0001,payment,-120,2026-02-05,LARK,1"
CASES = {
    "linked by its trace": ([f"{PAID},LK1,,,,"], 12_000, 12_000),
    "linked by its check": ([f"{PAID},,LK1,,,"], 12_000, 12_000),
    "linked by a claim number": ([f"{PAID},,,26L9,,"], 12_000, 12_000),
    "linked by the claim that it names": (
        ["0002,payment,-30,2026-02-05,LARK,1,,,,K1,"], 3_000, 3_000),
    "the account has lines for it": ([f"{PAID},,,,,"], 12_000, 12_000),
    "the account has lines for a part": (
        ["0001,payment,-150,2026-02-05,LARK,1,,,,,"], 15_000, 12_000),
    "paid twice, remitted once": ([f"{PAID},LK1,,,,", f"{PAID},,,,,"], 24_000, 12_000),
    "another payer's": (["0001,payment,-50,2026-02-05,WREN,1,,,,,"], 5_000, 0),
    "reversed": ([f"{PAID},LK1,,,,", "0001,payment,120,2026-02-06,LARK,1,LK1,,,,"], 0, 0),
    "voided": ([f"{PAID},LK1,,,,2026-02-06"], 0, 0),
    "a patient's": (["0001,payment,-20,2026-02-05,,1,,,,,,,self"], 0, 0),
    "kept as the patient's, with the trace of a remittance": (
        ["0001,payment,-20,2026-02-05,,1,LK1,,,,,,self"], 2_000, 2_000),
    "its payer named by the bucket alone": (
        ["0002,payment,-30,2026-02-05,,1,,,26L9,,,,primary"], 3_000, 3_000),
    "said to be the payer's": (["0002,payment,-30,2026-02-05,,1,,,,,,payer"], 3_000, 3_000),
    "said to be the patient's": (["0002,payment,-30,2026-02-05,LARK,1,,,,,,patient"], 0, 0),
    "without a sign where others have one": (
        ["0002,payment,-30,2026-02-05,,1", f"{NAMED},,"], 100, 0),
    "without a sign where none has one": (["0002,payment,-30,2026-02-05,,1,LK1"], 3_000, 3_000),
    "paid by card": (["0002,payment,-30,2026-02-05,,1,LK1,,,,,,,card"], 0, 0),
    "of an account without coverage": (["0003,payment,-30,2026-02-05,,1"], 0, 0),
    "no payment": (["0001,adjustment,-20,2026-02-05,LARK,1,LK1,,,,"], 0, 0),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_payer_money_is_backed_as_far_as_a_remittance_speaks_of_it(
    name: str, tmp_path: Path
) -> None:
    entries, money, backed = CASES[name]
    found = backing(feed(tmp_path, *entries, **REMITS))
    assert (found["payer_money_cents"], found["backed_cents"]) == (money, backed)


def test_without_remittances_nothing_is_backed_and_the_remedy_is_told(tmp_path: Path) -> None:
    made = feed(tmp_path, f"{PAID},LK1,,,,", "0003,payment,-350,2026-02-05,WREN,1,,,,,")
    out = tmp_path / "out"
    call = ["detect", str(made), "--out", str(out), "--as-of", "2026-11-23", "--processes", "1"]
    result = CliRunner().invoke(main, call, env={"COLUMNS": "400"})
    first, second, *rest = result.stderr.splitlines()
    assert first == "Credit balances as of 2026-11-23"
    assert second == (
        "No remittances in this feed: $0.00 of $470.00 of payer money is backed by an 835; "
        "findings rest on the ledger alone. Put 835 files into remits/."
    )
    assert rest[0].startswith(
        "1 payer with no payer class: $350.00 of payer money, 1 finding of $50"
    )
    assert rest[1].startswith("1 payer with no 835 identifiers: $350.00 of payer money")
    assert rest[2].startswith("1 payer with no coverage: $350.00 of payer money")
    summary = json.loads((out / "summary.json").read_text())["backing"]
    assert (summary["payer_money_cents"], summary["payers_with_gaps"]) == (47_000, 2)


def test_claims_of_no_account_are_told_with_one_of_their_numbers(tmp_path: Path) -> None:
    """A billing system's number often is the account's with a suffix: nothing says whose it is."""
    suffixed = REMITS["remit_claims"].replace(",0001,", ",0001-1,")
    made = feed(tmp_path, f"{PAID},LK1,,,,", **{**REMITS, "remit_claims": suffixed})
    found = backing(made)
    assert (found["claims"], found["claims_without_account"]) == (2, 1)
    (line,) = [line for line in gaps_told(found) if "claims in the 835s" in line]
    assert line == (
        "1 of 2 claims in the 835s are of no account of this ledger (one: 0001-1): what they took "
        "back is not seen, and a refund could pay it twice. Say whose they are in "
        "claims.patient_control_number (CLP01), unless they are of another ledger."
    )


def test_all_claims_of_known_accounts_are_no_matter(tmp_path: Path) -> None:
    found = backing(feed(tmp_path, f"{PAID},LK1,,,,", **REMITS))
    assert (found["claims"], found["claims_without_account"]) == (2, 0)
    assert not any("claims in the 835s" in line for line in gaps_told(found))


def test_payers_without_money_and_findings_are_not_told() -> None:
    payer = {"payer_id": "A", "gaps": ["no payer class"], "money_cents": 0, "findings": 0}
    assert gaps_told({"payers": [payer]}) == []


def test_payments_that_name_no_payer_are_not_told_as_a_payer_to_be_completed() -> None:
    gaps = ["no payer class", "no 835 identifiers", "no coverage"]
    (line,) = gaps_told({"payers": [{"payer_id": "", "gaps": gaps, "money_cents": 176_400}]})
    assert line.startswith("$1,764.00 of payer money is of payers that nothing names: say in ")


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 3))
def test_no_figure_says_more_than_there_is(money: int, backed: int, remits: int) -> None:
    words = told(
        {"remittances": remits, "payer_money_cents": money, "backed_cents": min(backed, money)}
    )
    assert ("100 %" in words) <= (money > 0 and backed >= money)
