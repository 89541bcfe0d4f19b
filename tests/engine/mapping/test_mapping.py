"""A mapping: its rules of sign, what it refuses and how it says so, Excel as well as CSV."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from mapped_samples import laid_out
from requite.cli.main import main
from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.plan import BadMapping, Mapping, read_mapping
from requite.engine.refusal import RefusedExtract, RefusedFeed


def mapping(**changed: object) -> Mapping:
    """Transactions of one file; any key of the table may be given."""
    table = {
        "table": "transactions", "file": "tx.csv",
        "columns": {"transaction_id": "ID", "account_id": "ACCT", "posted_on": "DAY"},
        "constants": {"type": "payment"},
        "amounts": {"amount": {"rule": "signed", "column": "AMT"}},
        **changed,
    }  # fmt: skip
    return Mapping.model_validate({"name": "test", "dates": "%m/%d/%Y", "tables": [table]})


def amounts(folder: Path, text: str, rule: dict[str, object]) -> list[str]:
    made = run(folder, f"ID,ACCT,DAY,{text}", mapping(amounts={"amount": rule}))
    return [row["amount"] for row in made.first["transactions"]]


def run(folder: Path, text: str, wanted: Mapping) -> Mapped:
    (folder / "tx.csv").write_text(text, encoding="utf-8")
    return map_extract(folder, wanted, folder / "feed")


@pytest.mark.parametrize(
    ("text", "rule", "found"),
    [
        ("AMT\n1,A,01/05/2026,-12.5\n", {"rule": "signed", "column": "AMT"}, ["-12.50"]),
        ('AMT\n1,A,01/05/2026,"$1,234.50"\n', {"rule": "turned", "column": "AMT"}, ["-1234.50"]),
        ("AMT\n1,A,01/05/2026,(12.00)\n", {"rule": "signed", "column": "AMT"}, ["-12.00"]),
        ("AMT\n1,A,01/05/2026,12.00-\n", {"rule": "plus", "column": "AMT"}, ["12.00"]),
        ("AMT\n1,A,01/05/2026,-7\n", {"rule": "minus", "column": "AMT"}, ["-7.00"]),
        ("AMT,F\n1,A,01/05/2026,5,D\n2,A,01/05/2026,5,C\n",
         {"rule": "flag", "column": "AMT", "of": "F", "plus": ["D"], "minus": ["C"]},
         ["5.00", "-5.00"]),
        ("DR,CR\n1,A,01/05/2026,5.00,\n2,A,01/05/2026,,6.00\n",
         {"rule": "two_columns", "debit": "DR", "credit": "CR"}, ["5.00", "-6.00"]),
        ("AMT,T\n1,A,01/05/2026,5,CHG\n2,A,01/05/2026,5,PMT\n3,A,01/05/2026,-5,PMT\n",
         {"rule": "by_value", "column": "AMT", "of": "T", "plus": ["CHG"], "minus": ["PMT"]},
         ["5.00", "-5.00", "5.00"]),
    ],
)  # fmt: skip
def test_an_amount_gets_its_sign_by_the_rule(
    text: str, rule: dict[str, object], found: list[str], tmp_path: Path
) -> None:
    assert amounts(tmp_path, text, rule) == found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ID,ACCT,DAY,AMT\n1,A,01/05/2026,5\n2,A,01/05/2026,ten\n", "tx.csv, row 2, column AMT"),
        ("ID,ACCT,DAY,AMT\n1,A,01/05/2026,1.505\n", "tx.csv, row 1, column AMT"),
        ("ID,ACCT,DAY,AMT\n1,A,31/31/2026,5\n", "tx.csv, row 1, column DAY: the value is no day"),
        ("ID,ACCT,DAY\n1,A,01/05/2026\n", "tx.csv, column AMT: the column is missing"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_nothing_is_written(
    text: str, problem: str, tmp_path: Path
) -> None:
    with pytest.raises(RefusedFeed, match=problem):
        run(tmp_path, text, mapping())
    assert not (tmp_path / "feed").exists()


def test_a_value_that_no_table_explains_is_refused_unless_the_mapping_says_otherwise(
    tmp_path: Path,
) -> None:
    text = "ID,ACCT,DAY,AMT,K\n1,A,01/05/2026,5,PMT\n2,A,01/05/2026,5,???\n"
    columns = {"transaction_id": "ID", "account_id": "ACCT", "posted_on": "DAY", "type": "K"}
    named = {"columns": columns, "constants": {}, "values": {"type": {"PMT": "payment"}}}
    with pytest.raises(RefusedFeed, match="row 2, column K: the mapping does not say"):
        run(tmp_path, text, mapping(**named))
    made = run(tmp_path, text, mapping(**named, otherwise={"type": "adjustment"}))
    assert [row["type"] for row in made.first["transactions"]] == ["payment", "adjustment"]


def test_a_flag_that_says_neither_is_refused(tmp_path: Path) -> None:
    rule = {"rule": "flag", "column": "AMT", "of": "F", "plus": ["D"], "minus": ["C"]}
    with pytest.raises(RefusedFeed, match="nothing says whether it raises or lowers"):
        amounts(tmp_path, "AMT,F\n1,A,01/05/2026,5,X\n", rule)


def test_sheets_of_excel_are_read_as_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        sheet = book.add_worksheet("TX")
        sheet.write_row(0, 0, ["ID", "ACCT", "DAY", "AMT"])
        sheet.write_row(1, 0, [17, "007", "", -12.5])
        sheet.write_datetime(1, 2, dt.date(2026, 1, 5), book.add_format({"num_format": 14}))
    made = map_extract(tmp_path, mapping(file="book.xlsx#TX"), tmp_path / "feed")
    (row,) = made.first["transactions"]
    assert (row["transaction_id"], row["account_id"], row["posted_on"], row["amount"]) == (
        "17", "007", "2026-01-05", "-12.50",
    )  # fmt: skip
    with pytest.raises(RefusedFeed, match="it has no sheet"):
        map_extract(tmp_path, mapping(file="book.xlsx#Other"), tmp_path / "feed2")


LINE = "1,A,01/05/2026,5\n"
CUT = {
    "a last line without measure": ("2,A,01/05/2026," + "9" * 2_100_000, "row 2: the row is long"),
    "a row cut off and padded": ("2,A,01" + "\0" * 4_096, "row 2: the file holds NUL bytes"),
    "a quotation mark left open": ('2,A,01/05/2026,"5\n', "row 2: a quotation mark is not closed"),
    "a value too many": ("2,A,01/05/2026,5,6\n", "row 2: the row has 5 values, the header 4"),
    "a value too few": ("2,A,5,\n3,A,5\n", "row 3: the row has 3 values, the header 4"),
}


@pytest.mark.parametrize("name", CUT)
def test_an_extract_that_would_lose_rows_is_refused_with_the_row(name: str, tmp_path: Path) -> None:
    rest, told = CUT[name]
    with pytest.raises(RefusedExtract, match=rf"tx\.csv, {told}"):
        run(tmp_path, f"ID,ACCT,DAY,AMT\n{LINE}{rest}", mapping())
    assert not (tmp_path / "feed").exists()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('name = "x"\ntables = []\n', "tables"),
        ('name = "x"\ncolour = 1\n[[tables]]\ntable="accounts"\nfile="a"\ncolumns={}\n', "colour"),
        ('name = "x"\n[[tables]]\ntable="acounts"\nfile="a"\ncolumns={}\n', "no table acounts"),
        ('name = "x"\n[[tables]]\ntable="accounts"\nfile="a"\ncolumns={balance="B"}\n',
         "no column balance"),
        (('name = "x"\n[[tables]]\ntable="charges"\nfile="a"\ncolumns={}\n'
         '[tables.amounts.amount]\nrule="flag"\ncolumn="A"\n'), "needs of"),
        ("name = ", "mapping.toml"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_refused_by_its_key(text: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(text)
    with pytest.raises(BadMapping, match=key):
        read_mapping(tmp_path / "mapping.toml")


def test_the_command_says_what_the_feed_sums_to(tmp_path: Path) -> None:
    (tmp_path / "tx.csv").write_text("ID,ACCT,DAY,AMT\n1,A,2026-01-05,-5\n")
    toml = (
        'name = "x"\n[[tables]]\ntable = "transactions"\nfile = "tx.csv"\n'
        'columns = { transaction_id = "ID", account_id = "ACCT", posted_on = "DAY" }\n'
        'constants = { type = "payment" }\n'
        '[tables.amounts.amount]\nrule = "signed"\ncolumn = "AMT"\n'
    )
    (tmp_path / "m.toml").write_text(toml)
    call = ["map", str(tmp_path), "--out", str(tmp_path / "feed")]
    done = CliRunner().invoke(main, [*call, "--mapping", str(tmp_path / "m.toml")])
    assert done.exit_code == 0, done.output
    assert "Charges $0.00 and entries -$5.00 leave -$5.00." in done.output
    assert CliRunner().invoke(main, call).exit_code == 2
    assert CliRunner().invoke(main, [*call, "--preset", "nothing"]).exit_code == 2


def test_blanks_around_a_value_count_nowhere(tmp_path: Path) -> None:
    text = "ID,ACCT,DAY,AMT,T\n1,A,01/05/2026,5,PMT  \n2,A,01/05/2026,6,CHG \n"
    made = run(tmp_path, text, mapping(rows={"T": ["PMT"]}))
    assert [row["transaction_id"] for row in made.first["transactions"]] == ["1"]
    assert made.left_out == {"tx.csv": 1}


def test_the_command_tells_what_a_preset_found_and_what_came_along(tmp_path: Path) -> None:
    extract = laid_out("epic-professional", tmp_path)
    (extract / "remits").mkdir()
    (extract / "remits" / "a.835").write_text("ISA*")
    call = ["map", str(extract), "--preset", "epic-professional", "--out", str(tmp_path / "feed")]
    told = CliRunner().invoke(main, call)
    assert told.exit_code == 0, told.output
    assert "The source reports $0.00." in told.output
    assert "payers.payer_class is other in 1 rows only because" in told.output
    assert "Larkspur Health (1)" in told.output
    assert "Files of remittances that came along: 1." in told.output
    assert (tmp_path / "feed" / "remits" / "a.835").exists()
