"""Whatever a feed's files hold: all of it is read, or the feed is refused by file and remedy."""

import csv
import io
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requite.domain.days import FIRST_DAY, LAST_DAY, MOST_DAYS
from requite.domain.errors import RequiteError
from requite.domain.money import LARGEST_CENTS
from requite.engine import check, csv_rows, folder, source, within
from requite.engine.importer import Scope, import_feed
from requite.engine.refusal import RefusedFeed
from requite.engine.store import Snapshot
from requite.formats.x12.pieces import LARGEST_CLAIM_BYTES

TABLES = {
    "payers": "payer_id,name,payer_class\nLARK,Larkspur Health Plan,commercial\n",
    "patients": "patient_id,first_name,last_name\nP1,Anneke,Dray\nP2,,Lund\n",
    "accounts": "account_id,state,patient_id\n0001,TX,P1\n0002,TX,P2\n",
    "coverages": "account_id,cob_order,payer_id,effective_to\n0001,1,LARK,2027-12-31\n",
    "charges": "charge_id,account_id,line_no,amount\nC1,0001,1,200.00\nC2,0002,1,90\n",
    "transactions": (
        "transaction_id,account_id,type,amount,posted_on,description\n"
        'T1,0002,payment,-15.5,2026-01-12,"by card, in person"\n'
        'T2,0001,payment,-20,2026-01-13,"two\nlines"\n'
    ),
}
ERA = (
    b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260203*0805*^*00501"
    b"*000000001*0*P*:~GS*HP*A*B*20260203*0805*1*X*005010X221A1~ST*835*0001~"
    b"BPR*I*120*C*ACH*CCP*01*1*DA*1*1741234500**01*1*DA*1*20260203~TRN*1*LK1*1741234500~"
    b"N1*PR*LARKSPUR HEALTH PLAN~N1*PE*ALDER CREEK*XX*1993999998~LX*1~"
    b"CLP*0001*1*200*120*30*12*26L1*11*1~SVC*HC:99214*200*120~DTM*472*20260112~CAS*CO*45*50~"
    b"CAS*PR*2*30~REF*6R*1~SE*14*0001~GE*1*1~IEA*1*000000001~"
)
Prepare = Callable[[Path], object]


def feed_in(place: Path, **changed: str | bytes) -> Path:
    made = place / "feed"
    made.mkdir()
    for name, text in {**TABLES, **changed}.items():
        (made / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return made


def brought(feed: Path) -> Snapshot:
    return import_feed(feed, feed.parent / "store", scope=Scope.WHOLE, processes=1)


def stored(snapshot: Snapshot, table: str, column: str) -> list[Any]:
    (file,) = snapshot.files(f"given_{table}")
    return list(pq.read_table(file)[column].to_pylist())


@st.composite
def damaged_table(draw: st.DrawFn) -> tuple[str, bytes]:
    """A table of the feed, cut, padded, pieced together or drawn out."""
    name = draw(st.sampled_from(sorted(TABLES)))
    data = TABLES[name].encode()
    at = draw(st.integers(0, len(data)))
    gap = draw(st.integers(0, 12))
    return name, draw(
        st.sampled_from([
            data[:at],
            data[:at] + bytes(4096),
            data[:at] + bytes(gap) + data[at + gap :],
            data.replace(b"\n", draw(st.sampled_from([b"\r", b"\r\n", b"\n\n"]))),
            data[:at] + b"7" * draw(st.sampled_from([30, 3_000_000])) + data[at:],
            data[:at] + data[at + gap :],
        ])
    )  # fmt: skip


@settings(max_examples=10)
@given(damaged_table())
def test_a_damaged_feed_is_read_whole_or_told_by_file(
    tmp_path_factory: pytest.TempPathFactory, damage: tuple[str, bytes]
) -> None:
    name, data = damage
    feed = feed_in(tmp_path_factory.mktemp("damaged"), **{name: data})
    try:
        snapshot = brought(feed)
    except RefusedFeed as refusal:
        files = {problem.file.split(",")[0] for problem in refusal.problems}
        told = [problem.remedy for problem in refusal.problems if not problem.remedy.endswith(".")]
    else:
        rows = csv.DictReader(io.StringIO(data.decode().removeprefix("\ufeff"), newline=""))
        key = TABLES[name].split(",")[0]
        whole, kept = [row[key] for row in rows], stored(snapshot, name, key)
        report = snapshot.manifest.report
        left_out = report["rows_left_out"].get(name, 0)
        assert report["rows_read"][name] == len(whole) == len(kept) + left_out
        assert kept == whole if not left_out else report["problems"]
        files, told = {f"{name}.csv"}, []
    assert files <= {f"{table}.csv" for table in TABLES}
    assert not told


def test_rows_that_come_in_while_it_is_read_are_noticed(tmp_path: Path) -> None:
    feed = feed_in(tmp_path)

    def write_on(step: str) -> None:
        if step == "Read the tables":
            with (feed / "payers.csv").open("a") as file:
                file.write("WREN,Wren Mutual,commercial\n")

    with pytest.raises(RefusedFeed, match=r"payers\.csv: 2 rows were read, 1 are in the files"):
        import_feed(feed, tmp_path / "store", processes=1, progress=write_on)


CHARGES = {"charge_id": ["C1", "C2"], "account_id": ["0001", "0002"], "line_no": [1, 1]}
EDGE = 2**63 - 1
AMOUNTS = {
    "the largest int64": pa.array([1, EDGE]),
    "the smallest int64": pa.array([1, -EDGE - 1]),
    "a hundred billion dollars": pa.array([1, 10**13]),
    "an unsigned one": pa.array([1, 2**64 - 1], pa.uint64()),
}


@pytest.mark.parametrize("name", AMOUNTS)
def test_an_amount_too_large_for_a_sum_is_refused_with_its_row(name: str, tmp_path: Path) -> None:
    feed = with_charges(tmp_path, {**CHARGES, "amount_cents": AMOUNTS[name]})
    with pytest.raises(RefusedFeed, match=r"charges\.parquet, row \d, column amount: .*99,999,9"):
        brought(feed)


def test_a_large_decimal_is_refused_with_its_row(tmp_path: Path) -> None:
    amounts = pa.array([Decimal(1), Decimal(10) ** 35], pa.decimal128(38, 2))
    with pytest.raises(RefusedFeed, match=r"charges\.parquet, row 2, column amount"):
        brought(with_charges(tmp_path, {**CHARGES, "amount": amounts}))


def test_the_largest_amounts_are_read_to_the_cent(tmp_path: Path) -> None:
    feed = with_charges(tmp_path, {**CHARGES, "amount_cents": [10**13 - 1, 1 - 10**13]})
    assert stored(brought(feed), "charges", "amount_cents") == [10**13 - 1, 1 - 10**13]


def test_amounts_whose_sum_nothing_holds_are_refused_by_column(tmp_path: Path) -> None:
    many = {
        "charge_id": [f"C{number}" for number in range(200)],
        "account_id": ["0001"] * 200,
        "line_no": list(range(200)),
        "amount_cents": [10**13 - 1] * 200,
    }
    with pytest.raises(RefusedFeed, match=r"charges\.parquet, column amount: the amounts sum to"):
        brought(with_charges(tmp_path, many))


def with_charges(place: Path, charges: dict[str, Any]) -> Path:
    feed = feed_in(place)
    (feed / "charges.csv").unlink()
    pq.write_table(pa.table(charges), feed / "charges.parquet", compression="none")
    return feed


def overwritten(feed: Path, start: float, length: int) -> None:
    """Put zeros into the middle of the charges."""
    rows = {
        "charge_id": [f"C{number:06}" for number in range(9_000)],
        "account_id": ["0001"] * 9_000,
        "line_no": list(range(9_000)),
        "amount_cents": [100] * 9_000,
    }
    (feed / "charges.csv").unlink()
    pq.write_table(pa.table(rows), feed / "charges.parquet", compression="zstd")
    data = bytearray((feed / "charges.parquet").read_bytes())
    at = int(len(data) * start)
    data[at : at + length] = bytes(length)
    (feed / "charges.parquet").write_bytes(data)


def written_on(feed: Path, rest: bytes) -> None:
    with (feed / "patients.csv").open("ab") as file:
        file.write(rest)


def nested(feed: Path) -> None:
    kind, value = pa.int64(), 1
    for _ in range(40):
        kind, value = pa.struct([("a", kind)]), {"a": value}  # type: ignore[dict-item]
    (feed / "charges.csv").unlink()
    rows = {**CHARGES, "amount_cents": [1, 2], "x": pa.array([value, value], kind)}
    pq.write_table(pa.table(rows), feed / "charges.parquet")


def twice(feed: Path) -> None:
    (feed / "charges.csv").unlink()
    arrays = [pa.array(["C1"]), pa.array(["0001"]), pa.array([1]), pa.array([1]), pa.array([2])]
    names = ["charge_id", "account_id", "line_no", "amount_cents", "Amount_Cents"]
    pq.write_table(pa.table(arrays, names=names), feed / "charges.parquet")


BROKEN: dict[str, tuple[Prepare, str]] = {
    "remits that is no folder": (
        lambda feed: (feed / "remits").write_bytes(ERA), "remits: it is no folder"),
    "a last row of sixty megabytes": (
        lambda feed: written_on(feed, b"P3," + b"x" * 60_000_000 + b",Dray\n"),
        r"patients\.csv, row 3: the row is longer than 2,000,000 bytes"),
    "such a row with others behind it": (
        lambda feed: written_on(feed, b"P3," + b"x" * 60_000_000 + b",Dray\nP4,,\n"),
        r"patients\.csv, row 3: the row is longer than 2,000,000 bytes"),
    "a row cut off and padded": (
        lambda feed: written_on(feed, b"P3,Ann,Dr" + bytes(4_096)),
        r"patients\.csv, row 3: the file holds NUL bytes: it was cut off"),
    "a quotation mark open in the header": (
        lambda feed: (feed / "patients.csv").write_bytes(b'patient_id,"first_name\nP1,A\n'),
        r"patients\.csv: a quotation mark is not closed"),
    "lines that end in CR": (
        lambda feed: (feed / "patients.csv").write_bytes(b"patient_id,last_name\rP1,Dray\r"),
        r"patients\.csv: its lines end in CR alone"),
    "a name without measure": (
        lambda feed: (feed / "patients.csv").write_bytes(b"patient_id," + b"x" * 70_000 + b"\n"),
        r"patients\.csv: the name of column 2 is longer than 200 characters"),
    "folders without end": (
        lambda feed: (feed / "remits" / "/".join("d" * 17)).mkdir(parents=True),
        r"remits/d/d/.*: folders nest deeper than 16"),
    "a link to nowhere": (
        lambda feed: ((feed / "remits").mkdir(), (feed / "remits/a.835").symlink_to("gone")),
        r"remits/a\.835: it (cannot be opened|is a)"),
    "a pipe": (
        lambda feed: ((feed / "remits").mkdir(), os.mkfifo(feed / "remits/a.835")),
        r"remits/a\.835: it (cannot be opened|is a)"),
    "zeros in a Parquet file": (
        lambda feed: overwritten(feed, 0.2, 200), r"charges\.parquet: the file cannot be read to"),
    "zeros at the end of a Parquet file": (
        lambda feed: overwritten(feed, 0.9, 4_000), r"charges\.parquet: the file is no whole"),
    "values within values": (nested, r"charges\.parquet: values nest deeper than 32"),
    "a Parquet column twice": (twice, r"charges\.parquet: columns 4 and 5 have the same name"),
    "an amount in two units": (
        lambda feed: (feed / "charges.csv").write_text(
            "charge_id,account_id,line_no,amount,amount_cents\nC1,0001,1,2,200\n"),
        r"charges\.csv, column amount: amount_cents stands beside it"),
    "a look-back of millennia": (
        lambda feed: (feed / "plans.csv").write_text(
            "plan_id,payer_id,lookback_days\nPL1,LARK,2147483647\n"),
        r"plans\.csv, row 1, column lookback_days: the number is too large\. .* 36500"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_refused_by_name(name: str, tmp_path: Path) -> None:
    prepare, told = BROKEN[name]
    feed = feed_in(tmp_path)
    prepare(feed)
    with pytest.raises(RefusedFeed, match=told):
        brought(feed)


NO_DAYS = {
    "a day that is none as an open end": (
        "coverages", "account_id,cob_order,payer_id,effective_to\n0001,1,LARK,9999-12-32\n",
        "coverages.csv, row 1, column effective_to"),
    "an open end of what does not end": (
        "transactions",
        "transaction_id,account_id,type,amount,posted_on\nT1,0001,payment,-1,9999-12-31\n",
        "transactions.csv, row 1, column posted_on"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_DAYS)
def test_a_day_past_all_days_holds_its_account_out(name: str, tmp_path: Path) -> None:
    table, text, told = NO_DAYS[name]
    report = brought(feed_in(tmp_path, **{table: text})).manifest.report
    assert [row["account_id"] for row in report["held_out"]] == ["0001"]
    assert told in report["problems"][0]["told"]
    assert "between 1900-01-01 and 2099-12-31" in report["problems"][0]["told"]


@pytest.mark.parametrize("last", ["9999-12-31", "2999-12-31", "2100-01-01", "2099-12-31", ""])
def test_an_end_past_all_days_is_no_end(last: str, tmp_path: Path) -> None:
    columns = "account_id,cob_order,payer_id,effective_to"
    feed = feed_in(tmp_path, coverages=f"{columns}\n0001,1,LARK,{last}\n")
    assert stored(brought(feed), "coverages", "effective_to") == [None]


def test_more_files_than_names_are_kept_of_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "MOST_FILES", 2)
    feed = feed_in(tmp_path)
    (feed / "remits").mkdir()
    for number in range(3):
        (feed / "remits" / f"{number}.835").write_bytes(ERA)
    with pytest.raises(RefusedFeed, match=r"remits: it has more than .* files"):
        brought(feed)


def test_files_that_nobody_reads_are_told(tmp_path: Path) -> None:
    feed = feed_in(tmp_path)
    for name in ("bank_deposits/part.CSV", "remits/.a.835.part", "plans"):
        (feed / name).parent.mkdir(exist_ok=True)
        (feed / name).write_bytes(b"deposit_id\n")
    report = brought(feed).manifest.report
    assert sorted(entry["file"] for entry in report["ignored_files"]) == [
        "bank_deposits/part.CSV", "plans", "remits/.a.835.part",
    ]  # fmt: skip


def test_a_damaged_835_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    feed = feed_in(tmp_path)
    (feed / "remits").mkdir()
    (feed / "remits/bad.835").write_bytes(ERA[: ERA.index(b"SVC")] + bytes(5_000))
    (feed / "remits/good.835").write_bytes(ERA.replace(b"LK1", b"LK2").replace(b"26L1", b"26L2"))
    report = brought(feed).manifest.report
    problems = report["remittances"]["problems"]
    assert [problem for problem in problems if problem.startswith("bad.835")]
    assert report["rows_read"]["remit_claims"] == 2


@pytest.mark.parametrize(
    "limit",
    [
        f"{csv_rows.LONGEST_ROW:,} bytes", f"{csv_rows.LONGEST_HEADER:,} bytes",
        f"{csv_rows.LONGEST_NAME} characters", f"| {csv_rows.MOST_COLUMNS:,}, each name once",
        f"{csv_rows.LARGEST_FILE:,} bytes", f"{source.DEEPEST_VALUE} levels",
        f"{folder.MOST_FILES:,}, within {within.DEEPEST_FOLDER} levels",
        f"less than {LARGEST_CENTS // 100:,}.00 dollars", f"{check.MOST // 100:,} dollars",
        f"{FIRST_DAY} to {LAST_DAY}", f"| {MOST_DAYS:,} |", f"{LARGEST_CLAIM_BYTES:,} bytes",
    ],
)  # fmt: skip
def test_every_limit_is_stated(limit: str, root: Path) -> None:
    assert limit in (root / "docs" / "feed.md").read_text("utf-8")


def test_a_changed_feed_is_counted_as_well(tmp_path: Path) -> None:
    store = tmp_path / "store"
    import_feed(feed_in(tmp_path), store, processes=1)
    changes = tmp_path / "changes"
    changes.mkdir()
    (changes / "patients.csv").write_bytes(b"patient_id\nP3\nP4" + bytes(3_000))
    with pytest.raises(RequiteError, match=r"patients\.csv, row 2: the file holds NUL bytes"):
        import_feed(changes, store, scope=Scope.CHANGES, processes=1)
    (changes / "patients.csv").write_bytes(b"patient_id\nP1\nP4\n")
    after = import_feed(changes, store, scope=Scope.CHANGES, processes=1)
    assert sorted(stored(after, "patients", "patient_id")) == ["P1", "P2", "P4"]
