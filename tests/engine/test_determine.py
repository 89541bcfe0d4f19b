"""From a feed to its findings: nothing lost by the screen, the same bytes however it is run."""

import csv
import json
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from requite import __version__
from requite.cli.main import main
from requite.domain.determination.determine import determine_account
from requite.engine import partition
from requite.engine.cases import open_worklist, read_legend
from requite.engine.database import connect
from requite.engine.determine import Run, determine
from requite.engine.gather import accounts_of, book_of
from requite.engine.importer import import_feed
from requite.engine.screen import screen
from requite.engine.store import Snapshot

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
FINDINGS = [
    "account_id", "line_no", "party", "party_id", "cause", "disposition", "amount", "certainty",
    "rests_on",
    "due_on", "rule_id", "priority", "evidence", "explanation",
]  # fmt: skip


def make_sample(out: Path, *options: str, accounts: int = 1200) -> Path:
    call = ["sample", "--accounts", str(accounts), "--seed", "11", "--out", str(out), *options]
    result = CliRunner().invoke(main, call, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return out / "feed"


def day_of(feed: Path) -> date:
    return date.fromisoformat((feed.parent / "as_of.txt").read_text("utf-8").strip())


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("clean") / "sample")


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    losses = ("--unlinked", "0.1", "--missing-remits", "0.1")
    return make_sample(tmp_path_factory.mktemp("damaged") / "sample", *losses)


def lost(snapshot: Snapshot, as_of: date) -> Iterator[str]:
    """Accounts that hold a credit and that the screen does not pass."""
    book = book_of(snapshot, as_of)
    for part in snapshot.parts:
        with connect() as connection:
            numbers = screen(snapshot, part, as_of, connection)
        passed = {
            account.account_id
            for account in accounts_of(snapshot, part, numbers=numbers, as_of=as_of)
        }
        for account in accounts_of(snapshot, part, as_of=as_of):
            answer = determine_account(account, book, table=False)
            if answer.credit_cents > 0 and account.account_id not in passed:
                yield account.account_id


@pytest.mark.parametrize("name", ["clean", "damaged"])
def test_the_screen_loses_no_account_of_a_provider(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    feed = request.getfixturevalue(name)
    snapshot = import_feed(feed, tmp_path / "store", processes=1)
    for days in (0, 45):
        assert list(lost(snapshot, day_of(feed) - timedelta(days))) == []


@pytest.mark.parametrize("story", sorted(path.parent for path in GOLDEN.glob("*/story.md"))[::4])
def test_the_screen_loses_no_account_of_a_story(story: Path, tmp_path: Path) -> None:
    snapshot = import_feed(story / "feed", tmp_path, processes=1)
    as_of = date.fromisoformat((story / "as_of.txt").read_text("utf-8").strip())
    assert list(lost(snapshot, as_of)) == []


def pending_second(feed: Path) -> None:
    """A patient pays while the second payer has only called a claim a duplicate (CARC 18)."""
    tables = {
        "payers": "payer_id,name,payer_class\nLARK,Larkspur,commercial\nWREN,Wren,commercial\n",
        "accounts": "account_id,state\n0001,TX\n",
        "coverages": "account_id,cob_order,payer_id\n0001,1,LARK\n0001,2,WREN\n",
        "charges": "charge_id,account_id,line_no,amount,service_date\nC1,0001,1,200,2026-01-12\n",
        "transactions": "transaction_id,account_id,type,amount,posted_on,payer_id,line_no,"
        "group_code,carc,trace_number\n"
        "T1,0001,payment,-120,2026-02-03,LARK,1,,,LK1\n"
        "T2,0001,adjustment,-50,2026-02-03,LARK,1,CO,45,LK1\n"
        "T3,0001,payment,-25,2026-02-20,,1,,,\n",
        "remits": "remit_id,payer_id,trace_number,payment_amount,payment_date\n"
        "R1,LARK,LK1,120,2026-02-03\nR2,WREN,WR1,0,2026-02-10\n",
        "remit_claims": "remit_claim_id,remit_id,patient_control_number,claim_status,charge,paid\n"
        "K1,R1,0001,1,200,120\nK2,R2,0001,4,200,0\n",
        "remit_lines": "remit_claim_id,line_no,charge,paid,line_control_number\n"
        "K1,1,200,120,1\nK2,1,200,0,1\n",
        "remit_adjustments": "remit_claim_id,line_no,group_code,carc,amount\n"
        "K1,1,CO,45,50\nK1,1,PR,2,30\nK2,1,CO,18,200\n",
    }
    feed.mkdir()
    for name, text in tables.items():
        (feed / f"{name}.csv").write_text(text, "utf-8")


def test_a_duplicate_denial_is_no_answer_to_the_screen_either(tmp_path: Path) -> None:
    pending_second(tmp_path / "feed")
    as_of = date(2026, 3, 31)
    determine(tmp_path / "feed", tmp_path / "out", as_of=as_of, run=Run(processes=1))
    with (tmp_path / "out" / "findings.csv").open(encoding="utf-8") as file:
        found = [(row["cause"], row["amount"]) for row in csv.DictReader(file)]
    assert found == [("adjudication_pending", "25.00")]


def test_the_proof_shows_a_contract_that_neither_side_follows(tmp_path: Path) -> None:
    feed = GOLDEN / "contract-differs-ledger-follows-remittance" / "feed"
    determine(feed, tmp_path, as_of=date(2026, 4, 30), run=Run(processes=1))
    proof = pq.read_table(tmp_path / "proof.parquet").to_pylist()
    assert [(row["account_id"], row["credit"], row["variances"]) for row in proof] == [
        ("CD1", 0, "1:LARK:5000"),
        ("CD2", 0, "1:LARK:-3000"),
    ]


def test_an_account_held_out_is_reported_and_has_no_finding(tmp_path: Path) -> None:
    feed = GOLDEN / "account-that-does-not-add-up" / "feed"
    determine(feed, tmp_path, as_of=day_of(feed), run=Run(processes=1))
    report = json.loads((tmp_path / "import_report.json").read_text("utf-8"))
    held = {row["account_id"] for row in report["held_out"]}
    assert held
    for name in ("findings", "proof"):
        rows = pq.read_table(tmp_path / f"{name}.parquet").to_pylist()
        assert not held & {row["account_id"] for row in rows}


def test_the_screen_leaves_most_of_an_ordinary_ledger_alone(clean: Path, tmp_path: Path) -> None:
    snapshot = import_feed(clean, tmp_path, processes=1)
    with connect() as connection:
        passed = screen(snapshot, 0, day_of(clean), connection)
    assert len(passed) < snapshot.manifest.accounts / 4


def files_of(out: Path) -> dict[str, bytes]:
    names = ("findings.csv", "findings.parquet", "proof.csv", "proof.parquet", "worklist.xlsx")
    return {name: (out / name).read_bytes() for name in names}


def test_the_files_are_the_same_for_any_number_of_processes(
    clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partition, "ACCOUNTS_A_PARTITION", 400)
    for processes in (1, 2):
        out = tmp_path / str(processes)
        determine(clean, out, as_of=day_of(clean), run=Run(processes=processes))
    assert files_of(tmp_path / "1") == files_of(tmp_path / "2")


def test_the_order_of_the_rows_changes_nothing(clean: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned"
    (turned / "remits").mkdir(parents=True)
    for path in (clean / "remits").iterdir():
        (turned / "remits" / f"z{path.name[::-1]}").write_bytes(path.read_bytes())
    for path in clean.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = list(csv.reader(file))
        with (turned / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *reversed(rows)])
    for name, feed in (("straight", clean), ("backwards", turned)):
        determine(feed, tmp_path / name, as_of=day_of(clean), run=Run(processes=1))
    assert files_of(tmp_path / "straight") == files_of(tmp_path / "backwards")


def test_a_run_leaves_what_the_contract_names(clean: Path, tmp_path: Path) -> None:
    call = ["detect", str(clean), "--out", str(tmp_path), "--as-of", day_of(clean).isoformat()]
    result = CliRunner().invoke(main, call, catch_exceptions=False)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "By party and cause" in result.stderr
    found = pq.read_table(tmp_path / "findings.parquet")
    assert found.column_names == FINDINGS
    proof = pq.read_table(tmp_path / "proof.parquet").to_pylist()
    assert all(row["agrees"] for row in proof)
    assert sum(row["sum_of_findings"] for row in proof) == sum(found["amount"].to_pylist())
    report = json.loads((tmp_path / "import_report.json").read_text("utf-8"))
    summary = json.loads((tmp_path / "summary.json").read_text("utf-8"))
    assert set(summary["seconds"]) == {"import", "determine"}
    assert summary["accounts_held_out"] == len(report["held_out"])
    assert summary["rows_read"]["accounts"] == 1200
    assert (summary["version"], len(summary["snapshot"]) > 0) == (__version__, True)
    assert not list(tmp_path.glob("work-*"))


def test_a_refused_feed_ends_with_status_1_and_leaves_no_findings(
    clean: Path, tmp_path: Path
) -> None:
    feed = tmp_path / "feed"
    feed.mkdir()
    for path in clean.glob("*.csv"):
        (feed / path.name).write_bytes(path.read_bytes())
    (feed / "charges.csv").write_text("charge_id,account_id,line_no\nC1,1,1\n", "utf-8")
    call = ["detect", str(feed), "--out", str(tmp_path / "out"), "--as-of", "2026-11-23"]
    result = CliRunner().invoke(main, call)
    assert result.exit_code == 1
    assert "charges.csv" in result.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_public_money_under_a_commercial_payer_goes_first_everywhere(tmp_path: Path) -> None:
    story = GOLDEN / "duplicate-payment-two-traces"
    feed = tmp_path / "feed"
    shutil.copytree(story / "feed", feed)
    (feed / "plans.csv").write_text("plan_id,payer_id,funding\nCOUNTY,LARK,government\n", "utf-8")
    head, *rows = (feed / "coverages.csv").read_text("utf-8").splitlines()
    planned = [f"{head},plan_id", *(f"{row},COUNTY" for row in rows)]
    (feed / "coverages.csv").write_text("\n".join(planned) + "\n", "utf-8")
    day = date.fromisoformat((story / "as_of.txt").read_text("utf-8").strip())
    determine(feed, tmp_path / "out", as_of=day, run=Run(processes=1))
    with open_worklist(tmp_path / "out", read_legend(tmp_path / "out", otherwise=day)) as worklist:
        found = {(case.queue, case.rank) for case in worklist.cases() if case.party == "payer"}
    assert found == {("first", 0)}
