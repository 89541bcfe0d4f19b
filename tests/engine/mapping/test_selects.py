"""SELECTs of a mapping: what they can say, and that they reach nothing but the extract."""

import time
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from requite.engine.mapping import statement
from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.ask import Ask, NotAnswered, ask
from requite.engine.mapping.asked import answer
from requite.engine.mapping.plan import BadMapping, Mapping, parse_mapping
from requite.engine.mapping.statement import (
    RefusedSelect,
    Statement,
    look_at_all,
    look_at_select,
)
from requite.engine.refusal import RefusedExtract

LEDGER = "ID,ACCT,KIND,AMT,DAY\n1,A,PMT,$5.00,1/5/2026 1:00:00 PM\n2,A,WO,(2.50),01/06/2026\n"
KINDS = "KIND,MEANS\nPMT,payment\nWO,adjustment\n"
SELECT = """
WITH told AS (SELECT l.*, k.MEANS FROM ledger l JOIN kinds k USING (KIND))
SELECT ID AS transaction_id, ACCT AS account_id, MEANS AS type, day_of(DAY) AS posted_on,
       CASE WHEN MEANS = 'payment' THEN -dollars(AMT) ELSE dollars(AMT) END AS amount
FROM told
"""


def asking(select: str, table: str = "transactions", **more: object) -> Mapping:
    dates = "%m/%d/%Y | %m/%d/%Y %I:%M:%S %p"
    tables = [{"table": table, "select": select}]
    return Mapping.model_validate({"name": "t", "dates": dates, "tables": tables, **more})


def run(folder: Path, mapping: Mapping, *, seconds: int = 60) -> Mapped:
    (folder / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    (folder / "kinds.csv").write_text(KINDS, encoding="utf-8")
    return map_extract(folder, mapping, folder / "feed", seconds=seconds)


def test_a_select_joins_files_and_gives_rows_of_the_feed(tmp_path: Path) -> None:
    made = run(tmp_path, asking(SELECT))
    assert made.first["transactions"] == [
        {"transaction_id": "1", "account_id": "A", "type": "payment", "amount": "-5.00",
         "posted_on": "2026-01-05"},
        {"transaction_id": "2", "account_id": "A", "type": "adjustment", "amount": "-2.50",
         "posted_on": "2026-01-06"},
    ]  # fmt: skip


def test_what_a_select_gives_is_read_on_by_the_other_keys(tmp_path: Path) -> None:
    part = {
        "table": "transactions",
        "select": "SELECT ID AS transaction_id, ACCT AS account_id, KIND AS type, DAY AS posted_on,"
        " AMT AS money FROM ledger",
        "values": {"type": {"PMT": "payment"}},
        "otherwise": {"type": "adjustment"},
        "amounts": {"amount": {"rule": "minus", "column": "money"}},
    }
    mapping = asking(SELECT).model_dump()
    made = run(tmp_path, Mapping.model_validate({**mapping, "tables": [part]}))
    assert [(row["type"], row["amount"]) for row in made.first["transactions"]] == [
        ("payment", "-5.00"), ("adjustment", "-2.50"),
    ]  # fmt: skip
    (taken,) = made.swallowed
    assert (taken.codes, taken.rows, taken.meaning) == ((("WO", 1),), 1, "adjustment")


ABOUT = r"the SELECT of accounts \(table 1 of the mapping\)"
REFUSED = {
    "a file by its path": ("SELECT * FROM '/etc/passwd'", "no file that is called /etc/passwd"),
    "a file by its name": ("FROM 'ledger.csv'", "no file that is called ledger.csv"),
    "another table": ("FROM told", "no file that is called told"),
    "read_csv": ("FROM read_csv('/etc/passwd')", r"it reads read_csv\(\)"),
    "read_text": ("FROM read_text('/etc/passwd')", r"it reads read_text\(\)"),
    "read_blob": ("FROM read_blob('/etc/passwd')", r"it reads read_blob\(\)"),
    "glob": ("FROM glob('/*')", r"it reads glob\(\)"),
    "sniff_csv": ("FROM sniff_csv('ledger.csv')", r"it reads sniff_csv\(\)"),
    "query": ("FROM query('SELECT 1')", r"it reads query\(\)"),
    "query_table": ("FROM query_table('ledger')", r"it reads query_table\(\)"),
    "settings": ("FROM duckdb_settings()", r"it reads duckdb_settings\(\)"),
    "a catalogue": ("FROM information_schema.tables", "it reads information_schema.tables"),
    "a schema": ("FROM main.ledger", "it reads main.ledger"),
    "range": ("FROM range(1000000000000) a, range(1000000000000) b", r"it reads range\(\)"),
    "rows of nothing": ("SELECT unnest(generate_series(1, 9)) FROM ledger", "generate_series"),
    "getenv": ("SELECT getenv('HOME')", r"it calls getenv\(\)"),
    "a setting": ("SELECT current_setting('threads')", r"it calls current_setting\(\)"),
    "a clock": ("SELECT now()", r"it calls now\(\)"),
    "a clock as a column": ("SELECT current_date FROM ledger", "current_date is no column"),
    "chance": ("SELECT random()", r"it calls random\(\)"),
    "text of nothing": ("SELECT repeat('x', 1000000000)", r"it calls repeat\(\)"),
    "an error of its own": ("SELECT error(ACCT) FROM ledger", r"it calls error\(\)"),
    "a qualified function": ("SELECT system.main.lower('A')", r"it calls lower\(\)"),
    "a hidden subquery": ("SELECT (SELECT content FROM read_text('/x'))", "it reads read_text"),
    "a hidden common table": ("WITH a AS (FROM glob('*')) FROM a", "it reads glob"),
    "a view of the database behind another statement's common table": (
        "SELECT path AS account_id FROM (WITH duckdb_logs AS (SELECT 1) SELECT 1), duckdb_logs",
        "no file that is called duckdb_logs",
    ),
    "the same in the common table of that name": (
        "WITH duckdb_logs AS (FROM duckdb_logs) SELECT path AS account_id FROM duckdb_logs",
        "no file that is called duckdb_logs",
    ),
    "recursion": (
        "WITH RECURSIVE r AS (SELECT 1 x UNION ALL SELECT x + 1 FROM r) SELECT * FROM r",
        "a recursion",
    ),
    "a sample": ("SELECT * FROM ledger USING SAMPLE 1", "a sample"),
    "two statements": ("SELECT 1; SELECT 2", "it is not one SELECT"),
    "COPY": ("COPY ledger TO '/tmp/out.csv'", "it is not one SELECT"),
    "ATTACH": ("ATTACH '/tmp/x.db'", "it is not one SELECT"),
    "INSTALL": ("INSTALL httpfs", "it is not one SELECT"),
    "LOAD": ("LOAD httpfs", "it is not one SELECT"),
    "PRAGMA": ("PRAGMA database_list", "it is not one SELECT"),
    "SET": ("SET threads = 9", "it is not one SELECT"),
    "SHOW": ("SHOW TABLES", "it holds what is not taken"),
    "SHOW within": ("FROM (SHOW TABLES)", "it holds what is not taken"),
    "CREATE": ("CREATE TABLE x AS SELECT 1", "it is not one SELECT"),
    "DELETE within": ("WITH x AS (DELETE FROM ledger RETURNING *) FROM x", "what is not taken"),
    "a parameter": ("SELECT $1 FROM ledger", "it holds a parameter"),
    "nothing": (" ", "it is not one SELECT"),
    "nonsense": ("SELEC x", "syntax error"),
    "depth": ("SELECT " + "(" * 3_000 + "1" + ")" * 3_000, "depth"),
    "depth that a parser crashes at": ("WITH a AS (" * 4_500, "cannot be read|is not one SELECT"),
    "length": ("SELECT 1 -- " + "x" * 60_000, "longer than"),
    "a column that is none": ("SELECT NOPE AS account_id FROM ledger", '"NOPE" not found'),
    "no column": ("SELECT row__number FROM ledger", "no column besides row__number"),
    "a column of no table": ("SELECT ACCT AS account_id, ID AS nope FROM ledger", "column nope"),
    "an amount that is none": ("SELECT dollars(KIND) AS account_id FROM ledger", "no amount"),
    "a day that is none": ("SELECT day_of(KIND) AS account_id FROM ledger", "no day"),
    "a cast": ("SELECT CAST(KIND AS INT) AS account_id FROM ledger", "a CAST met a value"),
}  # fmt: skip


def test_answers_that_are_too_large_to_be_read_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_large(*_: object) -> None:
        raise duckdb.OutOfMemoryException("full")

    monkeypatch.setattr("requite.engine.mapping.apply._lay_out", too_large)
    with pytest.raises(RefusedExtract, match="more memory or disk than it may take"):
        run(tmp_path, asking(SELECT))


@pytest.mark.parametrize("name", REFUSED)
def test_a_select_that_reaches_elsewhere_is_refused_with_its_table(
    name: str, tmp_path: Path
) -> None:
    select, why = REFUSED[name]
    with pytest.raises(RefusedExtract, match=ABOUT) as refused:
        run(tmp_path, asking(select, "accounts"))
    (problem,) = refused.value.problems[:1]
    with pytest.raises(RefusedExtract, match=why):
        raise refused.value
    assert problem.remedy.endswith(".")
    assert "PMT" not in str(refused.value)  # a value may be a patient's name
    assert not (tmp_path / "feed").exists()


def test_a_select_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    rows = "".join(f"{number},{number}\n" for number in range(20_000))
    (tmp_path / "many.csv").write_text(f"A,B\n{rows}")
    select = "SELECT count(*) AS account_id FROM many a, many b, many c WHERE a.A || b.A <> c.B"
    begun = time.monotonic()
    with pytest.raises(RefusedExtract, match="it takes longer than 2 seconds"):
        map_extract(tmp_path, asking(select, "accounts"), tmp_path / "feed", seconds=2)
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "select",
    [
        "SELECT length(printf('%2000000000d', 1)) AS account_id",  # no limit of the database's
        "SELECT length(string_agg(a.A || b.A)) AS account_id FROM many a, many b",
    ],
)
def test_a_select_that_takes_too_much_memory_is_ended(select: str, tmp_path: Path) -> None:
    rows = "".join(f"{number:040},{number}\n" for number in range(20_000))
    (tmp_path / "many.csv").write_text(f"A,B\n{rows}")
    with pytest.raises(RefusedExtract, match="more memory or disk than it may take"):
        map_extract(tmp_path, asking(select, "accounts"), tmp_path / "feed", seconds=60)


def database(folder: Path) -> Path:
    """A database with one table, as the SELECTs of a mapping meet it."""
    with duckdb.connect(str(folder / "x.duckdb")) as connection:
        connection.execute("CREATE TABLE ledger AS SELECT 1 AS a")
    return folder / "x.duckdb"


BROKEN_OUT = {
    "a file": "SELECT * FROM read_csv('{file}')",
    "text": "SELECT * FROM read_text('{file}')",
    "names": "SELECT * FROM glob('{folder}/*')",
    "a path": "SELECT * FROM '{file}'",
    "a second statement": "SELECT 1; ATTACH '{folder}/new.db'",
    "an extension": "SELECT 1; LOAD httpfs",
    "a copy": "SELECT 1; COPY ledger TO '{folder}/copy.csv'",
    "its settings": "SELECT 1; SET enable_external_access = true",
    "a variable of Python": "SELECT * FROM question",
}


@pytest.mark.parametrize("name", BROKEN_OUT)
def test_what_slipped_through_the_look_would_meet_a_closed_door(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    select = BROKEN_OUT[name].format(folder=tmp_path, file=tmp_path / "secret.csv")
    with pytest.raises(NotAnswered):
        ask(database(tmp_path), [Ask("answer", select)], spill=tmp_path / "spill", seconds=20)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["secret.csv", "x.duckdb"]


def test_the_process_that_answers_says_which_select_failed(tmp_path: Path) -> None:
    asked = {
        "database": str(database(tmp_path)), "spill": str(tmp_path / "spill"),
        "memory_bytes": 1 << 28, "disk_bytes": 1 << 28,
        "selects": [["one", "SELECT a FROM ledger"], ["two", "SELECT b FROM ledger"],
                    ["three", "SELECT 1"]],
    }  # fmt: skip
    answers = list(answer(asked))
    assert [each.get("kind") for each in answers] == [None, "BinderException"]


def test_a_file_that_two_names_share_is_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "ledger.tsv").write_text("ID\tACCT\n1\tA\n")
    with pytest.raises(RefusedExtract, match="several files are called so"):
        run(tmp_path, asking("SELECT ACCT AS account_id FROM ledger", "accounts"))


def test_a_check_refuses_or_tells(tmp_path: Path) -> None:
    check = {
        "select": "SELECT 'ledger.csv' AS file, row__number AS \"row\", 'KIND' AS \"column\" "
        "FROM ledger WHERE KIND = 'WO'",
        "problem": "a write-off is not expected.", "remedy": "Ask.",
    }  # fmt: skip
    with pytest.raises(RefusedExtract, match=r"ledger.csv, row 2, column KIND: a write-off.* Ask"):
        run(tmp_path, asking(SELECT, checks=[check]))
    tells = {"select": "SELECT count(*) || ' rows' AS told FROM ledger"}
    assert run(tmp_path, asking(SELECT, checks=[tells])).told == ["2 rows"]


def test_a_table_has_a_file_or_a_select() -> None:
    for keys in ("", 'file = "a"\nselect = "SELECT 1"\n'):
        with pytest.raises(BadMapping, match="a file or of a SELECT"):
            parse_mapping(f'name = "x"\n[[tables]]\ntable = "accounts"\n{keys}')


def test_the_look_names_files_but_no_common_tables() -> None:
    seen = look_at_select("WITH a AS (SELECT x FROM b JOIN c USING (k)) SELECT y FROM A")
    assert seen.tables == {"b", "c"}
    assert seen.columns == {"x", "k", "y"}
    with pytest.raises(RefusedSelect):
        look_at_select("SELECT 1 FROM b; DROP TABLE b")


def test_a_column_of_a_file_may_be_called_as_a_word_of_sql(tmp_path: Path) -> None:
    (tmp_path / "told.csv").write_text("user,ACCT\nA,1\n")
    select = "SELECT t.user || t.ACCT AS account_id FROM told t"
    made = map_extract(tmp_path, asking(select, "accounts"), tmp_path / "feed")
    assert made.first["accounts"] == [{"account_id": "A1"}]


def test_values_of_a_column_that_a_select_does_not_give_are_told(tmp_path: Path) -> None:
    part = {"table": "accounts", "select": "SELECT ACCT AS account_id FROM ledger",
            "values": {"status": {"O": "open"}}}  # fmt: skip
    said = Mapping.model_validate({"name": "t", "tables": [part]})
    with pytest.raises(RefusedExtract, match="column status: the mapping says what its values"):
        run(tmp_path, said)


def test_columns_that_no_select_reads_are_told(tmp_path: Path) -> None:
    made = run(
        tmp_path, asking("SELECT ACCT AS account_id FROM ledger WHERE KIND = 'WO'", "accounts")
    )
    assert made.unread == {"ledger.csv": ["ID", "AMT", "DAY"]}
    made = run(tmp_path, asking("SELECT count(*) AS account_id FROM ledger", "accounts"))
    assert made.unread == {"ledger.csv": ["ID", "ACCT", "KIND", "AMT", "DAY"]}


def test_a_sheet_of_excel_is_called_by_its_book_and_name(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        for name in ("One", "Two"):
            book.add_worksheet(name).write_row(0, 0, ["ACCT"])
            book.worksheets()[-1].write_row(1, 0, [name])
    select = 'SELECT ACCT AS account_id FROM book UNION ALL SELECT ACCT FROM "book#Two"'
    made = map_extract(tmp_path, asking(select, "accounts"), tmp_path / "feed")
    assert [row["account_id"] for row in made.first["accounts"]] == ["One", "Two"]


def test_a_select_at_which_the_parser_ends_takes_no_other_along() -> None:
    slow = "WITH a AS (" * 4_500  # takes seconds, and all memory there is
    looked = look_at_all(["SELECT 1 FROM a", slow, "SELECT 1 FROM b"], seconds=1)
    assert isinstance(looked[1], RefusedSelect)
    assert [each.tables for each in looked if isinstance(each, Statement)] == [{"a"}, {"b"}]


def test_a_machine_that_has_no_process_to_give_refuses_the_select(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def none_left(question: dict[str, object], seconds: int) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(statement, "run_alone", none_left)
    (refused,) = statement.look_at_all(["SELECT 1"])
    assert isinstance(refused, statement.RefusedSelect)
