"""A draft from headers and first rows: usable where the names are plain, honest where not."""

from pathlib import Path

import pytest

from requite.engine.importer import import_feed
from requite.engine.mapping.apply import map_extract
from requite.engine.mapping.guess import guess, look_at
from requite.engine.mapping.guessing import facts
from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.draft import draft
from requite.engine.mapping.guessing.facts import MONEY, surveyed
from requite.engine.mapping.guessing.shown import shown
from requite.engine.mapping.guessing.written import written as toml
from requite.engine.mapping.plan import parse_mapping
from requite.engine.refusal import RefusedExtract

PLAIN = {
    "accounts.csv": "Account Number,Total Balance\n007,40.00\n",
    "ledger.csv": (
        "Transaction ID,Account Number,Transaction Type,Amount,Post Date,Payer ID,CPT Code\n"
        "1,007,Charge,100.00,01/05/2026,,99213\n2,007,Insurance Payment,60.00,02/05/2026,L,\n"
    ),
}


def written(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_plain_extract_is_mapped_by_its_draft(tmp_path: Path) -> None:
    extract = written(tmp_path / "extract", PLAIN)
    made = map_extract(extract, parse_mapping(guess(extract)), tmp_path / "feed")
    assert made.rows == {
        "payers": 1, "accounts": 1, "coverages": 1, "charges": 1, "transactions": 1,
    }  # fmt: skip
    assert (made.balances.charges_cents, made.balances.entries_cents) == (10_000, -6_000)
    assert made.balances.disagreeing == ()
    (entry,) = made.first["transactions"]
    assert (entry["type"], entry["posted_on"], entry["account_id"]) == (
        "payment", "2026-02-05", "007",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "row", "rule"),
    [
        ("Debit,Credit,Type", ",5.00,Insurance payment", 'rule = "two_columns"'),
        ("Amount,Dr Cr", "5.00,C", 'rule = "flag"'),
        ("Ins Paid,X", "-5.00,", 'rule = "signed"'),
        ("Ins Paid,X", "5.00,", 'rule = "turned"'),
    ],
)
def test_the_rule_of_the_sign_is_guessed_by_the_values(
    head: str, row: str, rule: str, tmp_path: Path
) -> None:
    text = f"Transaction ID,Account Number,Post Date,{head}\n1,A,2026-01-05,{row}\n"
    assert rule in guess(written(tmp_path / "x", {"ins_payments.csv": text}))


def test_what_fits_nothing_is_said(tmp_path: Path) -> None:
    draft = guess(written(tmp_path / "x", {"weather.csv": "Rain,Wind\n1,2\n"}))
    assert "# weather.csv: nothing in it names an account." in draft


def test_a_draft_says_which_sign_was_found(tmp_path: Path) -> None:
    told = guess(written(tmp_path / "x", PLAIN))
    assert (
        "# Insurer's payment: 1 amounts above zero, 0 below; turned, so that they lower what is "
        "owed." in told
    )


REV = "1,A,Charge,9.00,1/5/26\n2,A,REV,5.00,1/6/26\n3,A,Ins Pmt,9.00,1/7/26\n"


def test_what_is_open_is_said_and_nothing_is_imported_by_it(tmp_path: Path) -> None:
    extract = written(tmp_path / "x", {"l.csv": f"Id,Account,Type,Amount,Post Date\n{REV}"})
    text = guess(extract)
    assert "# CHOOSE what 'REV' in Type stands for." in text
    with pytest.raises(RefusedExtract, match=r"stand for: REV \(1\)"):
        map_extract(extract, parse_mapping(text), tmp_path / "feed")


def test_amounts_of_both_signs_are_asked_about_and_never_turned_unasked(tmp_path: Path) -> None:
    rows = "1,A,Charge,9.00,1/5/26\n2,A,Ins Pmt,5.00,1/6/26\n3,A,Ins Pmt,-4.00,1/7/26\n"
    extract = written(tmp_path / "x", {"l.csv": f"Id,Account,Type,Amount,Post Date\n{rows}"})
    (asked,) = draft(extract).questions
    assert (asked.about, asked.key) == ("sign", "Ins Pmt")
    with pytest.raises(RefusedExtract, match="nothing fills this column"):
        map_extract(extract, parse_mapping(guess(extract)), tmp_path / "feed")
    said = Answers(turned={"l.csv": {"Ins Pmt": "turned"}})
    text = toml(draft(extract, said))
    made = map_extract(extract, parse_mapping(text), tmp_path / "feed")
    assert (made.balances.charges_cents, made.balances.entries_cents) == (900, -100)


def test_headers_that_say_nothing_are_read_by_their_values(tmp_path: Path) -> None:
    rows = (
        "A1,x,125.00,1/5/26,99213,\nA1,y,65.00,2/4/26,,Larkspur\nA2,x,80.00,1/5/26,99212,\n"
        "A2,y,90.00,2/4/26,,Unity\nA1,w,25.00,2/9/26,,\n"
    )
    extract = written(tmp_path / "x", {"foo.csv": f"Foo,Bar,Baz,Qux,Quux,Corge\n{rows}"})
    found = draft(extract)
    assert {each.key for each in found.questions} == {"x", "y", "w"}
    (reading,) = found.readings
    assert {part: reading.role(part) for part in ("account", "type", "amount", "posted_on")} == {
        "account": "Foo", "type": "Bar", "amount": "Baz", "posted_on": "Qux",
    }  # fmt: skip
    kinds = {"foo.csv": {"x": "charge", "y": "insurer_payment", "w": "patient_payment"}}
    said = Answers(kinds=kinds, roles={"foo.csv": {"payer": "Corge"}})
    made = map_extract(extract, parse_mapping(toml(draft(extract, said))), tmp_path / "feed")
    assert (made.balances.charges_cents, made.balances.entries_cents) == (20_500, -18_000)
    assert made.rows["payers"] == 2


def test_a_patient_named_among_the_insurers_is_none_of_them(tmp_path: Path) -> None:
    rows = (
        "7,Charge,99.00,1/5/26,\n7,Insurance Payment,-60.00,2/5/26,Larkspur\n"
        "7,Patient Payment,-39.00,2/9/26,Mira Quist\n"
    )
    extract = written(tmp_path / "x", {"l.csv": f"Visit,Type,Amount,Post Date,Payer\n{rows}"})
    made = map_extract(extract, parse_mapping(guess(extract)), tmp_path / "feed")
    assert [row["payer_id"] for row in made.first["payers"]] == ["Larkspur"]
    assert made.rows["coverages"] == 1


def test_to_whom_a_refund_went_is_asked_where_nothing_says_it(tmp_path: Path) -> None:
    text = "Claim,Date,Billed,Ins Paid,Refund,Payer\n1,1/5/26,90.00,99.00,9.00,Larkspur\n"
    (asked,) = draft(written(tmp_path / "x", {"claims.csv": text})).questions
    assert (asked.about, asked.key) == ("kind", "Refund")


def test_a_list_by_other_numbers_than_the_ledger_s_stands_not_in_the_way(tmp_path: Path) -> None:
    rows = "1,V1,P1,Charge,9.00,1/5/26\n2,V1,P1,Ins Pmt,-9.00,1/7/26\n"
    files = {
        "l.csv": f"Id,Visit,Patient ID,Type,Amount,Post Date\n{rows}",
        "patients.csv": "Patient ID,Last Name,Primary Insurance\nP1,Quist,Larkspur\n",
        "cover.csv": "Account,Insurance,Policy\nZ9,Larkspur,L1\n",
    }
    found = draft(written(tmp_path / "x", files))
    assert {each.name: each.what for each in found.readings} == {
        "l.csv": "typed", "patients.csv": "patients", "cover.csv": "coverages",
    }  # fmt: skip
    assert "cover.csv: Account holds no account of the ledger; it is not used." in found.remarks
    feed = tmp_path / "feed"
    made = map_extract(tmp_path / "x", parse_mapping(toml(found)), feed)
    assert (made.rows["patients"], made.rows["accounts"]) == (1, 1)
    import_feed(feed, tmp_path / "store", processes=1)


@pytest.mark.parametrize(
    ("day", "told"), [("03.04.2026", True), ("03.14.2026", False), ("3/4/2026", False)]
)
def test_days_that_could_be_months_are_told(day: str, told: bool, tmp_path: Path) -> None:
    text = f"Account,Type,Amount,Date\n1,Charge,90.00,{day}\n1,Patient Payment,-90.00,{day}\n"
    found = draft(written(tmp_path / "x", {"ledger.csv": text}))
    assert any("day, month, year fits as well" in each for each in found.remarks) == told


LONG = {
    "blanks within an amount": "-" + " " * 3_000 + "x",
    "a word over and over": "void" * 25_000,
}


@pytest.mark.parametrize("name", LONG)
def test_a_value_without_measure_is_not_looked_at_letter_by_letter(
    name: str, tmp_path: Path
) -> None:
    rows = [f"A{row},{LONG[name]},2026-01-0{row},{LONG[name]}" for row in (1, 2, 3)]
    table = "\n".join(["Account,Amount,Date,Type", *rows]) + "\n"
    (tmp_path / "Transactions.csv").write_text(table, encoding="utf-8")
    with surveyed(tmp_path) as survey:
        columns = survey.files["Transactions.csv"].columns
        assert columns["Amount"].filled == 3
        assert not columns["Amount"].values
        assert not columns["Amount"].is_money
    draft(tmp_path)  # before: many minutes, in which no page was answered


def test_blanks_within_an_amount_are_looked_at_once() -> None:
    assert MONEY.fullmatch("-  $ -12.50 )")
    # Before, each blank was given to each of four places in turn: hours for so many, not a moment.
    assert not MONEY.fullmatch("-" + " " * 30_000 + "x")


def test_files_of_more_columns_than_anybody_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "MOST_COLUMNS", 7)
    header = "Account,Amount,Date,Type,Payer\n1,9.00,2026-01-05,Charge,\n"
    extract = written(tmp_path / "x", {"a.csv": header, "b.csv": header})
    with pytest.raises(RefusedExtract, match=r"b\.csv: with it .* more than 4,000") as refused:
        draft(extract)
    assert "Bring only the files" in str(refused.value)
    (look,) = look_at(extract)  # a mapping may name those that it needs: the rest is passed over
    assert look.file == "a.csv"


def test_of_wide_files_fewer_values_are_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "MOST_HELD", 8)
    rows = "".join(f"{row},{row},{row}.00,x\n" for row in range(1, 6))
    with surveyed(written(tmp_path / "x", {"a.csv": f"A,B,C,D\n{rows}"})) as survey:
        columns = survey.files["a.csv"].columns
        assert [len(each.values) for each in columns.values()] == [2, 2, 2, 1]
        assert [each.filled for each in columns.values()] == [5, 5, 5, 5]


def test_a_look_that_takes_too_long_is_ended_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = written(tmp_path / "x", {"a.csv": "Account,Amount\n1,9.00\n"})
    late = "takes longer than 5 minutes"
    with surveyed(extract) as survey:
        survey.is_late.set()
        with pytest.raises(RefusedExtract, match=late):
            survey.ask("SELECT 1")
    with surveyed(extract) as survey:
        monkeypatch.setattr(facts, "MOST_SECONDS", 0.05)
        with facts.in_time(survey), pytest.raises(RefusedExtract, match=late):
            survey.ask("SELECT count(*) FROM range(9000000000) a, range(9000000) b WHERE a = b * b")


@pytest.mark.parametrize(
    ("header", "mark", "others"),
    [("Vd", "Y", ""), ("Void?", "X", ""), ("Del Flag", "1", "0"), ("Status", "VOID", "D")],
)
def test_rows_that_are_marked_as_void_count_for_nothing(
    header: str, mark: str, others: str, tmp_path: Path
) -> None:
    text = (
        f"Acct #,Trans Dt,CPT,What,Amt,{header}\n"
        f"7,01/05/2026,99213,CHARGE,$90.00,{others}\n7,02/01/2026,99213,INS PMT,($80.00),{mark}\n"
        f"7,02/03/2026,99213,INS PMT,($90.00),{others}\n8,01/05/2026,99213,CHARGE,$9.00,{others}\n"
    )
    extract = written(tmp_path / "extract", {"ledger.csv": text})
    found = draft(extract)
    made = map_extract(extract, parse_mapping(toml(found)), tmp_path / "feed")
    assert [entry["amount"] for entry in made.first["transactions"] if not entry["voided_on"]] == [
        "-90.00"
    ]
    (file,) = shown(found)["files"]
    (void,) = [field for field in file["fields"] if field["role"] == "void"]
    assert (void["column"], void["note"]) == (header, f"{mark}: 1 row is left out as void")


def test_a_column_that_is_not_used_is_shown_with_values(tmp_path: Path) -> None:
    text = PLAIN["ledger.csv"].replace("\n", ",ZZ\n", 1).replace("99213\n", "99213,K\n")
    extract = written(tmp_path / "extract", {"ledger.csv": text.replace("L,\n", "L,,\n")})
    (file,) = shown(draft(extract))["files"]
    assert file["unused"] == ["ZZ (K)"]
