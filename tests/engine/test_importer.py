"""A feed is brought into the store whole, or refused with file, row, column and remedy."""

import errno
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from requite.cli.main import main
from requite.engine.importer import import_feed
from requite.engine.refusal import RefusedFeed
from requite.engine.store import Store, StoreBusy
from requite.engine.unreadable import NotWritten

TABLES = {
    "payers": "payer_id,name,payer_class\nLARK,Larkspur Health Plan,commercial\n",
    "accounts": "account_id,state,reported_balance\n0001,TX,200.00\n0002,TX,\n",
    "coverages": "account_id,cob_order,payer_id\n0001,1,LARK\n",
    "charges": (
        "charge_id,account_id,line_no,amount,service_date\n"
        "C1,0001,1,200.00,2026-01-12\nC2,0002,1,90,2026-01-12\n"
    ),
    "transactions": (
        "transaction_id,account_id,type,amount,posted_on\nT1,0002,payment,-15.5,2026-01-12\n"
    ),
}
ERA = (
    "ISA*00*          *00*          *ZZ*A              *ZZ*B              *260203*0805*^*00501"
    "*000000001*0*P*:~GS*HP*A*B*20260203*0805*1*X*005010X221A1~ST*835*0001~"
    "BPR*I*120*C*ACH*CCP*01*1*DA*1*1741234500**01*1*DA*1*20260203~TRN*1*LK1*1741234500~"
    "N1*PR*LARKSPUR HEALTH PLAN~N1*PE*ALDER CREEK*XX*1993999998~LX*1~"
    "CLP*0001*1*200*120*30*12*26L1*11*1~SVC*HC:99214*200*120~DTM*472*20260112~CAS*CO*45*50~"
    "CAS*PR*2*30~REF*6R*1~SE*14*0001~GE*1*1~IEA*1*000000001~"
)
Make = Callable[..., Path]


@pytest.fixture
def feed_with(tmp_path: Path) -> Make:
    """A feed with some tables replaced (None: left out) and remittances beside them."""

    def make(remits: dict[str, bytes] | None = None, **changed: str | bytes | None) -> Path:
        folder = tmp_path / "feed"
        folder.mkdir(exist_ok=True)
        for name, text in {**TABLES, **changed}.items():
            if isinstance(text, str):
                (folder / f"{name}.csv").write_text(text, "utf-8")
            elif text is not None:
                (folder / f"{name}.csv").write_bytes(text)
        for name, content in (remits or {}).items():
            (folder / "remits").mkdir(exist_ok=True)
            (folder / "remits" / name).write_bytes(content)
        return folder

    return make


def test_the_same_feed_twice_is_the_same_snapshot(feed_with: Make, tmp_path: Path) -> None:
    feed = feed_with(remits={"a.835": ERA.encode()})
    first = import_feed(feed, tmp_path / "store", processes=1)
    again = import_feed(feed, tmp_path / "store", processes=2)
    assert first.manifest.snapshot == again.manifest.snapshot
    assert first.manifest.report["rows_read"]["remit_claims"] == 1


REFUSED = {
    "a missing required table": ({"transactions": None}, ("transactions.csv", "missing")),
    "a missing required column": (
        {"charges": "charge_id,account_id,line_no\nC1,0001,1\n"},
        ("charges.csv", "amount"),
    ),
    "an amount with three decimals": (
        {"charges": "charge_id,account_id,line_no,amount\nC1,0001,1,9\nC2,0001,2,1.505\n"},
        ("charges.csv", "row 2", "column amount"),
    ),
    "an amount that is a word": (
        {"charges": "charge_id,account_id,line_no,amount\nC1,0001,1,ten\n"},
        ("charges.csv", "row 1", "column amount"),
    ),
    "a quotation that never ends": (
        {"charges": 'charge_id,account_id,line_no,amount\nC1,"0001,1,9\n'},
        ("charges.csv",),
    ),
    "bytes that are no text": ({"charges": bytes(range(128, 256)) * 40}, ("charges.csv",)),
    "another encoding": (
        {"payers": "payer_id,name,payer_class\nLARK,Lärk,commercial\n".encode("latin-1")},
        ("payers.csv",),
    ),
    "an empty file": ({"charges": ""}, ("charges.csv", "no header")),
    "a line without an end": (
        {"charges": "charge_id,account_id,line_no,amount\nC1,0001,1,9" + "9" * 2_100_000},
        ("charges.csv", "longer than 2,000,000 bytes"),
    ),
    "a header without an end": ({"charges": "charge_id" * 300_000}, ("charges.csv", "first line")),
    "a header in another encoding": (
        {"payers": "payer_id,name,payer_class,größe\n".encode("latin-1")},
        ("payers.csv", "UTF-8"),
    ),
    "a spreadsheet's own encoding": (
        {"payers": "payer_id,name,payer_class\n".encode("utf-16")},
        ("payers.csv", "UTF-8"),
    ),
    "a header that repeats itself": (
        {"payers": "payer_id,name,name,payer_class\n"},
        ("payers.csv", "columns 2 and 3 have the same name"),
    ),
    "a line with too many values": (
        {"payers": "payer_id,name,payer_class\nLARK,Larkspur,commercial,x,y\n"},
        ("payers.csv, row 1", "5 values", "3 columns"),
    ),
    "a line with too few values": (
        {"payers": "payer_id,name,payer_class\nLARK,Larkspur\n"},
        ("payers.csv, row 1", "2 values", "3 columns"),
    ),
    "an amount with a separator": (
        {"charges": 'charge_id,account_id,line_no,amount\nC1,0001,1,"1,200.00"\n'},
        ("charges.csv", "row 1", "column amount"),
    ),
    "a line number below zero": (
        {"charges": "charge_id,account_id,line_no,amount\nC1,0001,-1,9\n"},
        ("charges.csv", "row 1", "column line_no"),
    ),
}
REMEDY = re.compile(r"(?m)^\S+\.csv.*: .+\. [A-Z].+\.$")


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_is_named_and_nothing_is_left(
    name: str, feed_with: Make, tmp_path: Path
) -> None:
    changed, told = REFUSED[name]
    feed, out, store = feed_with(**changed), tmp_path / "out", tmp_path / "store"
    call = ["detect", str(feed), "--out", str(out), "--store", str(store), "--processes", "1"]
    result = CliRunner().invoke(main, [*call, "--as-of", "2026-11-23"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert not [words for words in told if words not in result.stderr]
    assert REMEDY.search(result.stderr)
    assert [path.name for path in out.iterdir()] in ([], ["import_problems.csv"])
    assert [path.name for path in store.iterdir()] in ([], ["lock"])


def test_many_bad_rows_are_counted_and_the_first_are_shown(feed_with: Make, tmp_path: Path) -> None:
    rows = "".join(f"C{n},0001,{n},1.005\n" for n in range(1, 201))
    feed = feed_with(charges=f"charge_id,account_id,line_no,amount\n{rows}")
    with pytest.raises(RefusedFeed) as refusal:
        import_feed(feed, tmp_path / "store", processes=1)
    text = str(refusal.value)
    assert not any(line.startswith(" ") for line in text.splitlines())
    assert text.splitlines()[-1] == "Correct the files named and import the feed again."
    assert "Problems: 200." in text
    assert "charges.csv, rows 1, 2, 3 and 197 more, column amount" in text
    assert text.count("column amount") == 1


def test_no_problem_shows_a_value_that_could_name_a_patient(
    feed_with: Make, tmp_path: Path
) -> None:
    feed = feed_with(accounts="account_id,patient_id,service_from\n0001,,Ephraim Yule\n0002,,\n")
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    told = json.dumps(report)
    assert "accounts.csv, row 1, column service_from" in told
    assert "Yule" not in told


def test_a_table_in_two_forms_is_refused(feed_with: Make, tmp_path: Path) -> None:
    feed = feed_with()
    (feed / "payers.parquet").write_bytes(b"PAR1")
    with pytest.raises(RefusedFeed, match="payers: the table is given more than once"):
        import_feed(feed, tmp_path / "store", processes=1)


def test_a_parquet_file_cut_off_is_refused(feed_with: Make, tmp_path: Path) -> None:
    feed = feed_with(payers=None)
    (feed / "payers.csv").unlink(missing_ok=True)
    (feed / "payers.parquet").write_bytes(b"PAR1" + bytes(200))
    with pytest.raises(RefusedFeed, match=r"payers\.parquet: the file is no whole Parquet file"):
        import_feed(feed, tmp_path / "store", processes=1)


CHARGES = {"charge_id": ["C1"], "account_id": ["0001"], "line_no": [1]}
AMOUNTS = {
    "a float": ("amount", pa.array([200.0])),
    "half a cent": ("amount", pa.array([Decimal("200.005")], pa.decimal128(9, 3))),
    "cents as text": ("amount_cents", pa.array(["20000"])),
}


@pytest.mark.parametrize("name", AMOUNTS)
def test_money_in_parquet_is_whole_cents_or_it_is_refused(
    name: str, feed_with: Make, tmp_path: Path
) -> None:
    feed = feed_with(charges=None)
    column, values = AMOUNTS[name]
    pq.write_table(pa.table({**CHARGES, column: values}), feed / "charges.parquet")
    with pytest.raises(RefusedFeed, match=r"charges\.parquet, row 1, column amount: .*decimal"):
        import_feed(feed, tmp_path / "store", processes=1)


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("amount", pa.array([Decimal("200.00")], pa.decimal128(9, 2))),
        ("amount", pa.array([Decimal(200)], pa.decimal128(9, 0))),
        ("amount_cents", pa.array([20_000])),
    ],
)
def test_every_form_of_money_in_parquet_is_the_same_money(
    column: str, values: pa.Array, feed_with: Make, tmp_path: Path
) -> None:
    feed = feed_with(charges=None, accounts="account_id,reported_balance\n0001,200.00\n0002,\n")
    pq.write_table(pa.table({**CHARGES, column: values}), feed / "charges.parquet")
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    assert (report["rows_read"]["charges"], report["held_out"]) == (1, [])


def test_an_unknown_column_is_reported_and_ignored(feed_with: Make, tmp_path: Path) -> None:
    feed = feed_with(payers="payer_id,name,payer_class,mood\nLARK,Larkspur,commercial,good\n")
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    assert "mood" in json.dumps(report["ignored_columns"])


def test_an_account_that_does_not_add_up_is_listed_with_both_figures(
    feed_with: Make, tmp_path: Path
) -> None:
    feed = feed_with(accounts="account_id,state,reported_balance\n0001,TX,199.99\n0002,TX,74.5\n")
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    assert report["held_out"] == [
        {
            "account_id": "0001",
            "reason": "the rows do not sum to the balance that the source reports",
            "reported_balance_cents": 19999,
            "computed_balance_cents": 20000,
            "file": "accounts.csv",
            "row": 1,
            "column": "reported_balance",
            "problem": "the rows of the account do not sum to the balance that the source reports.",
            "remedy": "Send the account again with all its rows.",
        }
    ]


BROKEN_ERAS = {
    "truncated.835": ERA[:-120].encode(),
    "no-envelope.835": ERA[ERA.index("ST*") : ERA.index("GE*")].encode(),
    "binary.835": bytes(range(256)) * 30,
}


@pytest.mark.parametrize("name", BROKEN_ERAS)
def test_a_broken_remittance_does_not_stop_the_rest(
    name: str, feed_with: Make, tmp_path: Path
) -> None:
    good = ERA.replace("LK1", "LK2").replace("26L1", "26L2")
    feed = feed_with(remits={name: BROKEN_ERAS[name], "good.835": good.encode()})
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    assert report["rows_read"]["remit_claims"] == (1 if name == "binary.835" else 2)
    if name != "no-envelope.835":
        assert any(name in problem for problem in report["remittances"]["problems"])


def test_files_of_no_table_are_listed_and_leave_the_rest_alone(
    feed_with: Make, tmp_path: Path
) -> None:
    feed = feed_with(remits={"good.835": ERA.encode(), "notes.bin": bytes(range(256)) * 9})
    (feed / "claims_837").mkdir()
    (feed / "readme.txt").write_text("from the billing office", "utf-8")
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    assert [entry["file"] for entry in report["ignored_files"]] == ["claims_837", "readme.txt"]
    assert report["rows_read"]["remit_claims"] == 1
    assert any("notes.bin" in problem for problem in report["remittances"]["problems"])


def test_a_transfer_that_does_not_cancel_holds_its_account_out(
    feed_with: Make, tmp_path: Path
) -> None:
    feed = feed_with(
        transactions="transaction_id,account_id,type,amount,posted_on,bucket,transfer_id\n"
        "T1,0002,transfer,-30,2026-02-01,primary,X1\nT2,0002,transfer,20,2026-02-01,self,X1\n"
    )
    report = import_feed(feed, tmp_path / "store", processes=1).manifest.report
    assert [(row["account_id"], "transfer" in row["reason"]) for row in report["held_out"]] == [
        ("0002", True)
    ]


def test_two_imports_at_once_are_one_too_many(feed_with: Make, tmp_path: Path) -> None:
    with Store(tmp_path / "store").incoming(), pytest.raises(StoreBusy, match="Wait"):
        import_feed(feed_with(), tmp_path / "store", processes=1)


def test_a_full_disk_leaves_the_last_snapshot(
    feed_with: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = import_feed(feed_with(), tmp_path / "store", processes=1)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Store, "publish", full)
    with pytest.raises(NotWritten, match="Free space"):
        import_feed(feed_with(), tmp_path / "store", processes=1)
    assert Store(tmp_path / "store").current().manifest == before.manifest
    assert not list((tmp_path / "store").glob("incoming-*"))


def test_a_kill_leaves_the_last_whole_snapshot(feed_with: Make, tmp_path: Path) -> None:
    store = tmp_path / "store"
    feed = feed_with()
    before = import_feed(feed, store, processes=1).manifest.snapshot
    rows = "".join(f"X{n},0002,payment,-0.01,2026-02-01\n" for n in range(20_000))
    feed_with(transactions=TABLES["transactions"] + rows)
    code = (
        "import sys; from pathlib import Path; from requite.engine.importer import import_feed;"
        "print('go', flush=True); import_feed(Path(sys.argv[1]), Path(sys.argv[2]), processes=1)"
    )
    chance = random.Random(5)  # noqa: S311 - when to kill needs no secret
    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", code, str(feed), str(store)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.8))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        current = Store(store).current()
        assert all(file.exists() for file in current.files("transactions"))
        if current.manifest.snapshot != before:
            break  # it was quicker than the kill: then the new one is whole
    after = import_feed(feed, store, processes=1)
    assert after.manifest.report["rows_read"]["transactions"] == 20_001
