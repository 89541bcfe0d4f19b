"""Payments that name no charge are tied to it by day of service and procedure, or left alone."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner
from xlsxwriter import Workbook

from requite.cli.main import main
from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.draft import draft
from requite.engine.mapping.guessing.written import written
from requite.engine.mapping.plan import parse_mapping

# account, day of service, posted, code, kind, amount, check
Row = tuple[str, ...]
Write = Callable[[list[Row], Path], Path]
LARK = "Larkspur Health"
CHARGE, PAID, CUT, COPAY = "Charge", "Ins Payment", "Contractual W/O", "Pt Payment"
TWICE: list[Row] = [  # one visit was paid twice, another is owed as much and more
    ("T1", "01/05/2026", "01/06/2026", "99213", CHARGE, "120.00", ""),
    ("T1", "01/05/2026", "02/04/2026", "99213", PAID, "-80.00", "A1"),
    ("T1", "01/05/2026", "02/04/2026", "99213", CUT, "-40.00", "A1"),
    ("T1", "01/05/2026", "03/04/2026", "99213", PAID, "-80.00", "A9"),
    ("T1", "02/10/2026", "02/11/2026", "99214", CHARGE, "180.00", ""),
    ("T1", "02/10/2026", "03/20/2026", "99214", CUT, "-50.00", "A8"),
]
THIRTY: list[Row] = [  # $30 too much on one visit, $30 owed on another
    ("T2", "01/07/2026", "01/08/2026", "99213", CHARGE, "120.00", ""),
    ("T2", "01/07/2026", "02/09/2026", "99213", PAID, "-110.00", "A2"),
    ("T2", "01/07/2026", "02/09/2026", "99213", CUT, "-40.00", "A2"),
    ("T2", "03/02/2026", "03/03/2026", "99214", CHARGE, "180.00", ""),
    ("T2", "03/02/2026", "04/01/2026", "99214", PAID, "-100.00", "A3"),
    ("T2", "03/02/2026", "04/01/2026", "99214", CUT, "-50.00", "A3"),
]
ALIKE: list[Row] = [  # two charges of one day and code: nothing says which of them was paid
    ("T3", "01/09/2026", "01/10/2026", "97110", CHARGE, "60.00", ""),
    ("T3", "01/09/2026", "01/10/2026", "97110", CHARGE, "60.00", ""),
    ("T3", "01/09/2026", "02/11/2026", "97110", PAID, "-90.00", "A4"),
    ("T3", "01/09/2026", "02/11/2026", "97110", CUT, "-30.00", "A4"),
]
SETTLED: list[Row] = [
    ("T4", "01/12/2026", "01/13/2026", "99213", CHARGE, "120.00", ""),
    ("T4", "01/12/2026", "01/12/2026", "99213", COPAY, "-25.00", ""),
    ("T4", "01/12/2026", "02/14/2026", "99213", PAID, "-55.00", "A5"),
    ("T4", "01/12/2026", "02/14/2026", "99213", CUT, "-40.00", "A5"),
    ("T4", "02/20/2026", "02/21/2026", "99214", CHARGE, "180.00", ""),
    ("T4", "02/20/2026", "02/20/2026", "99214", COPAY, "-25.00", ""),
    ("T4", "02/20/2026", "03/25/2026", "99214", PAID, "-105.00", "A6"),
    ("T4", "02/20/2026", "03/25/2026", "99214", CUT, "-50.00", "A6"),
]
ALL = [*TWICE, *THIRTY, *ALIKE, *SETTLED]
HEAD = ("Entry No", "Acct", "Svc Dt", "Posted", "CPT", "What", "Amt", "Ins Name", "Ck")


def lines(name: str, head: Row, rows: Iterable[Iterable[str]], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with (folder / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


def one_file(rows: list[Row], folder: Path, more: tuple[str, ...] = ()) -> Path:
    listed = [
        [str(number), *row[:6], LARK if row[4] in {PAID, CUT} else "", *row[6:]]
        for number, row in enumerate(rows, 1)
    ]
    lines("Detail.csv", (*HEAD, *more), listed, folder)
    return folder


def day_alone(rows: list[Row], folder: Path) -> Path:
    """Payments and write-offs name the day and no procedure."""
    return one_file([r if r[4] == CHARGE else (*r[:3], "", *r[4:]) for r in rows], folder)


def codes_of_entries(rows: list[Row], folder: Path) -> Path:
    """The column of procedures says of payments and write-offs what they are, once more."""
    words = {PAID: "INSPMT", CUT: "CTRADJ", COPAY: "PTPMT"}
    return one_file([(*r[:3], words.get(r[4], r[3]), *r[4:]) for r in rows], folder)


def several_files(rows: list[Row], folder: Path) -> Path:
    """Each kind in a file of its own, under other headings; days are written otherwise."""

    def of(kind: str) -> list[list[str]]:
        return [
            [r[0], f"{r[1][6:]}-{r[1][:2]}-{r[1][3:5]}", r[2], r[3], r[5].lstrip("-"), LARK, r[6]]
            for r in rows
            if r[4] == kind
        ]

    lines("Charges.csv", ("Acct No", "Entered", "DOS", "Proc", "Fee"),
          [[r[0], r[2], r[1], r[3], r[5]] for r in rows if r[4] == CHARGE], folder)  # fmt: skip
    head = ("Acct No", "Service Date", "Paid On", "Proc", "Paid", "Carrier", "Check #")
    lines("Insurance Payments.csv", head, of(PAID), folder)
    lines("Patient Payments.csv", head[:5], [r[:5] for r in of(COPAY)], folder)
    lines("Adjustments.csv", (*head[:2], "Date", "Proc", "Amount", "Reason"),
          [[*r[:5], "Contractual"] for r in of(CUT)], folder)  # fmt: skip
    return folder


def mapped(extract: Path, feed: Path, answers: Answers | None = None) -> Mapped:
    found = draft(extract, answers)
    assert found.questions == []
    return map_extract(extract, parse_mapping(written(found)), feed)


def findings(feed: Path, out: Path) -> list[tuple[str, ...]]:
    call = ["detect", str(feed), "--out", str(out), "--as-of", "2026-11-30", "--processes", "1"]
    assert CliRunner().invoke(main, call).exit_code == 0
    with (out / "findings.csv").open(encoding="utf-8") as file:
        return [
            (row["account_id"], row["party_id"], row["cause"], row["amount"], row["certainty"])
            for row in csv.DictReader(file)
        ]


def several_sheets(rows: list[Row], folder: Path) -> Path:
    """Each kind on a sheet of its own of one workbook: their rows have the same numbers."""
    folder.mkdir()
    with Workbook(folder / "Our Book.xlsx") as book:
        for path in sorted(several_files(rows, folder.parent / "sheets").iterdir()):
            sheet = book.add_worksheet(path.stem)
            with path.open(encoding="utf-8") as file:
                for number, line in enumerate(csv.reader(file)):
                    sheet.write_row(number, 0, line)
    return folder


@pytest.mark.parametrize(
    "write", [one_file, day_alone, codes_of_entries, several_files, several_sheets]
)
def test_what_is_too_much_on_one_visit_is_seen_though_another_is_owed(
    write: Write, tmp_path: Path
) -> None:
    made = mapped(write(ALL, tmp_path / "extract"), tmp_path / "feed")
    assert made.rows["allocations"] == 14
    (told,) = made.told
    assert "14 of 16; 2 fit no charge, or several" in told
    assert findings(tmp_path / "feed", tmp_path / "out") == [
        ("T1", LARK, "duplicate_payment", "80.00", "likely"),
        ("T2", "", "remit_missing", "30.00", "person"),
    ]


@pytest.mark.parametrize("rows", [ALIKE, SETTLED])
def test_what_is_settled_or_cannot_be_told_yields_nothing(rows: list[Row], tmp_path: Path) -> None:
    made = mapped(one_file(rows, tmp_path / "extract"), tmp_path / "feed")
    assert made.rows.get("allocations", 0) == (6 if rows is SETTLED else 0)
    assert findings(tmp_path / "feed", tmp_path / "out") == []


def test_the_draft_says_how_many_are_tied(tmp_path: Path) -> None:
    (told,) = [each for each in draft(one_file(ALL, tmp_path / "x")).remarks if "tied" in each]
    assert told.startswith("Detail.csv: 14 of 16 payments and adjustments are tied to their charge")
    assert "2 fit no charge, or several" in told


def posted_days(row: Row) -> Row:
    """Its day of service is that of its posting."""
    return row if row[4] == CHARGE else (row[0], row[2], row[2], "", *row[4:])


def first_days(row: Row) -> Row:
    """Its day of service is the first of its account."""
    first = min(each[1] for each in ALL if each[0] == row[0])
    return row if row[4] == CHARGE else (row[0], first, row[2], "", *row[4:])


@pytest.mark.parametrize("turned", [posted_days, first_days])
def test_days_that_are_not_those_of_charges_tie_nothing(
    turned: Callable[[Row], Row], tmp_path: Path
) -> None:
    extract = one_file([turned(row) for row in ALL], tmp_path / "extract")
    (told,) = [each for each in draft(extract).remarks if "tied" in each]
    assert "0 of 16" in told
    assert "are not those of charges: they were not used" in told
    assert "allocations" not in mapped(extract, tmp_path / "feed").rows


def test_charges_that_ties_would_overfill_are_not_what_was_paid(tmp_path: Path) -> None:
    """A payment of a whole claim names its first procedure: the sum is not that charge's."""
    rows: list[Row] = []
    for number in range(6):
        account = f"W{number}"
        rows += [
            (account, "01/05/2026", "01/06/2026", "99213", CHARGE, "100.00", ""),
            (account, "01/05/2026", "01/06/2026", "36415", CHARGE, "60.00", ""),
            (account, "01/05/2026", "02/06/2026", "99213", PAID, "-130.00", f"C{number}"),
            (account, "01/05/2026", "02/06/2026", "99213", CUT, "-30.00", f"C{number}"),
        ]
    made = mapped(one_file(rows, tmp_path / "extract"), tmp_path / "feed")
    assert "allocations" not in made.rows
    assert findings(tmp_path / "feed", tmp_path / "out") == []


def test_a_void_charge_takes_no_tie_and_a_void_payment_gives_none(tmp_path: Path) -> None:
    """Two charges of one day and code, one of them void: the other is meant."""
    marked = [(*row, "N") for row in TWICE]
    marked += [(*TWICE[0], "Y"), (*TWICE[1][:5], "-75.00", "A0", "Y")]
    extract = one_file(marked, tmp_path / "extract", more=("Void",))
    made = mapped(extract, tmp_path / "feed")
    assert made.rows["allocations"] == 4
    with (tmp_path / "feed" / "allocations.csv").open(encoding="utf-8") as file:
        assert {row["charge_id"] for row in csv.DictReader(file)} == {"1", "5"}
    (found,) = findings(tmp_path / "feed", tmp_path / "out")
    assert found[2:4] == ("duplicate_payment", "80.00")


def test_nothing_is_tied_beside_a_row_of_which_nobody_has_said_what_it_is(tmp_path: Path) -> None:
    strange: Row = ("T1", "01/05/2026", "01/06/2026", "99213", "XQ7", "120.00", "")
    (told,) = [
        each
        for each in draft(one_file([*ALL, strange], tmp_path / "extract")).remarks
        if "tied" in each
    ]
    assert "11 of 16" in told


def test_rows_that_come_into_no_table_are_counted_all_the_same(tmp_path: Path) -> None:
    total: Row = ("", "", "", "", "", "50.00", "")
    made = mapped(one_file([*ALL, total], tmp_path / "extract"), tmp_path / "feed")
    assert made.rows["allocations"] == 14
    assert made.left_out == {"Detail.csv": 1}
    assert made.unread == {}


def test_a_row_that_names_its_charge_is_tied_in_a_file_with_marks_of_void_too(
    tmp_path: Path,
) -> None:
    head = ("Chg ID", "Account", "Svc Date", "Posted", "Proc Cd", "Fee", "Ins Paid", "Void")
    rows = [["1", "A", "01/05/2026", "01/06/2026", "99213", "100.00", "70.00", "N"],
            ["2", "A", "01/05/2026", "01/06/2026", "99214", "150.00", "90.00", "Y"]]  # fmt: skip
    lines("visits.csv", head, rows, tmp_path / "extract")
    made = mapped(tmp_path / "extract", tmp_path / "feed")
    assert [row["charge_id"] for row in made.first["allocations"]] == ["1"]
