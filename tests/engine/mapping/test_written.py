"""How files are written: delimiters, headers, encodings, escapes, packing, empty values, days."""

import gzip
from pathlib import Path
from typing import Any

import pytest

from requite.engine.mapping.apply import Mapped, map_extract
from requite.engine.mapping.plan import BadMapping, Mapping, parse_mapping
from requite.engine.refusal import RefusedExtract

PART = {
    "table": "accounts", "select": "SELECT ACCT AS account_id, STATE AS state, DAY AS service_from "
    "FROM told",
}  # fmt: skip
ROWS = [("ACCT", "STATE", "DAY"), ("007", "TX", "2026-01-05"), ("8", "", "")]


def mapping(dates: str = "%m/%d/%Y", nulls: list[str] | None = None, **form: Any) -> Mapping:
    said = {
        "name": "t", "dates": dates, "nulls": nulls or [], "files": [{"file": "told", **form}],
        "tables": [PART],
    }  # fmt: skip
    return Mapping.model_validate(said)


def text(delimiter: str = ",", end: str = "\n") -> str:
    return "".join(delimiter.join(row) + end for row in ROWS)


def run(folder: Path, name: str, content: bytes, said: Mapping) -> Mapped:
    (folder / name).write_bytes(content)
    return map_extract(folder, said, folder / "feed")


def accounts(made: Mapped) -> list[tuple[str, str, str]]:
    return [
        (row["account_id"], row["state"], row["service_from"]) for row in made.first["accounts"]
    ]


FOUND = [("007", "TX", "2026-01-05"), ("8", "", "")]


@pytest.mark.parametrize(
    ("name", "delimiter"),
    [("told.csv", ","), ("told.tsv", "\t"), ("told.psv", "|"), ("told.csv", ";"),
     ("told.txt", "\t")],
)  # fmt: skip
def test_the_sign_between_values_is_that_of_the_first_line(
    name: str, delimiter: str, tmp_path: Path
) -> None:
    made = run(tmp_path, name, text(delimiter, "\r\n").encode(), mapping())
    assert accounts(made) == FOUND


def test_a_sign_that_is_said_holds(tmp_path: Path) -> None:
    content = b'ACCT|STATE|"A,B,C"|DAY\n007|TX|x,y|2026-01-05\n8|||\n'
    assert accounts(run(tmp_path, "told.txt", content, mapping(delimiter="bar"))) == FOUND


def test_a_file_without_a_header_has_the_names_that_are_given(tmp_path: Path) -> None:
    content = "".join(text().splitlines(keepends=True)[1:]).encode()
    assert accounts(run(tmp_path, "told.csv", content, mapping(header=list(ROWS[0])))) == FOUND
    with pytest.raises(RefusedExtract, match="the row has 3 values, the header 2"):
        run(tmp_path, "told.csv", content, mapping(header=["ACCT", "STATE"]))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
def test_an_encoding_that_is_said_is_read(encoding: str, tmp_path: Path) -> None:
    content = text().replace("007", "Müñ").encode(encoding)
    made = run(tmp_path, "told.csv", content, mapping(encoding=encoding))
    assert accounts(made)[0][0] == "Müñ"


def test_another_encoding_is_told(tmp_path: Path) -> None:
    content = text().replace("007", "Mü").encode("latin-1")
    with pytest.raises(RefusedExtract, match=r"told.csv, row 1: the text is not UTF-8"):
        run(tmp_path, "told.csv", content, mapping())
    with pytest.raises(RefusedExtract, match="the text is not cp1252, as the mapping says"):
        run(tmp_path, "told.csv", b"ACCT,STATE,DAY\n\x81,,\n", mapping(encoding="cp1252"))


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    made = run(tmp_path, "told.csv.gz", gzip.compress(text().encode()), mapping())
    assert accounts(made) == FOUND


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (gzip.compress(text().encode(), mtime=0)[:-9], "no whole file of gzip"),
        (b"no gzip", "no whole file of gzip"),
        (gzip.compress(b"A,B,C\n" + b"0" * (20 << 20), mtime=0), "unpacks to more than 250 times"),
    ],
)
def test_a_packed_file_that_is_cut_off_or_swells_is_refused(
    content: bytes, why: str, tmp_path: Path
) -> None:
    with pytest.raises(RefusedExtract, match=why):
        run(tmp_path, "told.csv.gz", content, mapping())


def test_empty_values_behind_the_last_column_do_not_count(tmp_path: Path) -> None:
    content = b"ACCT,STATE,DAY\n007,TX,2026-01-05,,\n8,,,\n"
    assert accounts(run(tmp_path, "told.csv", content, mapping())) == FOUND


@pytest.mark.parametrize(
    "rows", ["007,TX,2026-01-05,,\n8,\n", "8,\n007,TX,2026-01-05,\n", "8,\n" + "9,,,\n" * 90_000]
)
def test_a_row_that_is_too_short_is_refused_beside_those(rows: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match="the row has 2 values, the header 3 columns"):
        run(tmp_path, "told.csv", f"ACCT,STATE,DAY\n{rows}".encode(), mapping())


def test_a_value_behind_the_last_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match="row 1: the row has 5 values, the header 3"):
        run(tmp_path, "told.csv", b"ACCT,STATE,DAY\n007,TX,2026-01-05,,x\n", mapping())


@pytest.mark.parametrize(
    "null", ["NULL", "\\N", "0001-01-01", "0000-00-00", "1970-01-01", "1970-01-01T00:00:00Z"]
)
def test_what_stands_for_nothing_is_nothing_where_the_mapping_says_so(
    null: str, tmp_path: Path
) -> None:
    content = f"ACCT,STATE,DAY\n007,TX,2026-01-05\n8,,{null} \n".encode()
    assert accounts(run(tmp_path, "told.csv", content, mapping(nulls=[null]))) == FOUND
    (tmp_path / "feed" / "accounts.csv").unlink()
    if null in {"1970-01-01", "1970-01-01T00:00:00Z", "0001-01-01"}:
        made = run(tmp_path, "told.csv", content, mapping())
        assert accounts(made)[1][2] == null[:10]
    else:
        with pytest.raises(RefusedExtract, match="the value is no day"):
            run(tmp_path, "told.csv", content, mapping())


@pytest.mark.parametrize(
    "day",
    ["2026-01-05", "2026-01-05 10:00:00", "2026-01-05T10:00:00Z", "2026-01-05 10:00:00.000",
     "1/5/2026", "1/5/2026 11:59:00 PM", "01/05/26"],
)  # fmt: skip
def test_a_day_is_read_as_iso_and_as_the_mapping_says(day: str, tmp_path: Path) -> None:
    dates = "%m/%d/%Y %I:%M:%S %p | %m/%d/%y | %m/%d/%Y"
    content = text().replace("2026-01-05", day).encode()
    assert accounts(run(tmp_path, "told.csv", content, mapping(dates=dates))) == FOUND


def test_columns_and_files_that_may_lack_are_empty_others_are_named(tmp_path: Path) -> None:
    content = b"ACCT,DAY\n007,2026-01-05\n8,\n"
    made = run(tmp_path, "told.csv", content, mapping(may_lack=["STATE"]))
    assert accounts(made) == [("007", "", "2026-01-05"), ("8", "", "")]
    with pytest.raises(RefusedExtract, match=r"told.csv, column STATE: the column is missing"):
        run(tmp_path, "told.csv", content, mapping(columns=["STATE"]))
    with pytest.raises(RefusedExtract, match=r'the SELECT of accounts .*: Column "STATE"'):
        run(tmp_path, "told.csv", content, mapping())
    (tmp_path / "told.csv").unlink()
    absent = mapping(optional=True, columns=["ACCT"], may_lack=["STATE", "DAY"])
    assert map_extract(tmp_path, absent, tmp_path / "feed").rows == {"accounts": 0}
    with pytest.raises(RefusedExtract, match="no file that is called told"):
        map_extract(tmp_path, mapping(), tmp_path / "feed")


SCHEMA = (
    "CREATE TABLE `told` (\n  `ACCT` int,\n  `STATE` text,\n  `DAY` date,\n  KEY `x` (`ACCT`)\n);"
)


def dump(folder: Path, rows: bytes, schema: str = SCHEMA) -> Mapped:
    (folder / "told.sql").write_text(schema)
    return run(folder, "told.txt", rows, mapping())


def test_a_dump_of_mysql_is_read_by_its_schema(tmp_path: Path) -> None:
    rows = b"007\tT\\\tX\t2026-01-05\n8\ta\\\nb\\\\\t\\N\n9\t\\N\t\\N\n"
    assert accounts(dump(tmp_path, rows)) == [
        ("007", "T\tX", "2026-01-05"), ("8", "a\nb\\", ""), ("9", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (b"007\tTX\t2026-01-05\n8\tx\n", "row 2: the row has 2 values, its header 3 columns"),
        (b"007\tTX\t2026-01-05\n8\tx\t\\N", "2 rows were read, 1 are in the file"),
        (b"007\tTX\t2026-01-05\n8\tx\\\n", "it ends within a row"),
        (b"007\t\xff\t2026-01-05\n", "row 1: the text is not UTF-8"),
        (b"007\ta\\0\t2026-01-05\n", "NUL"),
    ],
)
def test_a_dump_that_is_not_whole_is_refused(rows: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match=why):
        dump(tmp_path, rows)


def test_a_schema_that_names_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(RefusedExtract, match=r"told.sql beside it names no columns"):
        dump(tmp_path, b"1\t2\t3\n", "nothing")


def test_the_remittances_of_an_extract_come_along(tmp_path: Path) -> None:
    extract = tmp_path / "extract"
    (extract / "remits" / "march").mkdir(parents=True)
    (extract / "remits" / "march" / "a.835").write_text("ISA*")
    made = run(extract, "told.csv", text().encode(), mapping())
    assert made.remits == 1
    assert (extract / "feed" / "remits" / "march" / "a.835").read_text() == "ISA*"
    (extract / "remits" / "b.835").symlink_to(extract / "told.csv")
    with pytest.raises(RefusedExtract, match=r"remits/b.835: it is a link"):
        map_extract(extract, mapping(), tmp_path / "other")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('[[files]]\nfile = "a"\nescapes = "backslash"', "need the header's names"),
        ('[[files]]\nfile = "a"\nencoding = "ebcdic"', "files.0.encoding"),
        ('[[files]]\nfile = "a"\ndelimiter = "dot"', "files.0.delimiter"),
        ('[[checks]]\nproblem = "a"', "checks.0.select"),
    ],
)
def test_what_a_mapping_says_of_files_is_checked(said: str, why: str) -> None:
    part = '[[tables]]\ntable = "accounts"\nselect = "SELECT 1"\n'
    with pytest.raises(BadMapping, match=why):
        parse_mapping(f'name = "x"\n{said}\n{part}')


@pytest.mark.parametrize("is_there", [True, False])
def test_names_that_capitals_alone_tell_apart_are_one_column(
    tmp_path: Path, *, is_there: bool
) -> None:
    said = mapping(optional=True, columns=["ACCT"], may_lack=["STATE", "State", "DAY", "day"])
    if is_there:
        (tmp_path / "told.csv").write_bytes(b"ACCT\n007\n")
    made = map_extract(tmp_path, said, tmp_path / "feed")
    assert made.rows["accounts"] == is_there
