"""A CSV file is counted byte by byte: all its rows, or a refusal that names file and row."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from requite.engine import csv_rows
from requite.engine.csv_rows import LONGEST_ROW, count_rows
from requite.engine.database import connect
from requite.engine.feed import TABLES
from requite.engine.refusal import Problem, RefusedFeed
from requite.engine.source import Sources
from requite.engine.unreadable import reading

HEAD = b"patient_id,first_name,last_name\n"
WHOLE = (
    b"\xef\xbb\xbf"
    + HEAD
    + 'P1,"Anneke, ""Ann""",Dray\nP2,"two\nlines",\n\nP3,Jos\u00e9,5" Lark\nP4,"",""\n'.encode()
)

READ = {
    "one row": (b"P1,A,B\n", 1),
    "no end to the last line": (b"P1,A,B\nP2,A,B", 2),
    "blank lines": (b"\nP1,A,B\n\n\nP2,A,B\n\n", 2),
    "line ends within quotation marks": (b'P1,"A\n\r\nB\r",C\nP2,A,B\n', 2),
    "commas within quotation marks": (b'P1,"A,B",C\n', 1),
    "a quotation mark within a plain value": (b'P1,3" screw,"B"\nP2,a""b,c"\n', 2),
    "doubled quotation marks": (b'P1,"""A""","B"""\nP2,"",""""\n', 2),
    "no row": (b"", 0),
    "the longest row": (b"P1," + b"x" * (LONGEST_ROW - 5) + b",C\nP2,A,B\n", 2),
}


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_every_row_is_counted(name: str, end: bytes, tmp_path: Path) -> None:
    body, rows = READ[name]
    if b"\r" in body:
        end = b"\n"
    path = written(tmp_path, (HEAD + body).replace(b"\n", end))
    assert count_rows(path, "patients.csv").rows == rows


ROW, LONG = b"P1,A,B\n", b"x" * (LONGEST_ROW + 1)
ONE = HEAD + ROW
REFUSED = {
    "a last line without measure": (ONE + b"P2," + LONG * 30 + b",C\n", "row 2: the row is long"),
    "a line without measure": (ONE + b"P2," + LONG + b",C\nP3,A,B\n", "row 2: the row is long"),
    "a header without measure": (LONG, "patients.csv: the first line is longer"),
    "a header too long": (b"x" * 100_001 + b"\nP1\n", "the first line is longer"),
    "a long name": (b"patient_id," + b"x" * 201 + b"\n", "the name of column 2 is longer"),
    "too many columns": (b"a" + b",a" * 1_000 + b"\n", "more than 1,000 columns"),
    "a row cut off and padded": (ONE + b"P2,A" + bytes(9_000), "row 2: the file holds NUL"),
    "padding behind the last row": (ONE + bytes(9_000), "row 2: the file holds NUL bytes"),
    "a NUL within a value": (HEAD + b"P1,A\0,B\nP2,A,B\n", "row 1: the file holds NUL bytes"),
    "UTF-16": (HEAD.decode().encode("utf-16"), "the file holds NUL bytes"),
    "Latin-1": (HEAD + b"P1,A,B\nP2,Jos\xe9,B\n", "row 2: the text is not UTF-8"),
    "lines that end in CR": (ONE.replace(b"\n", b"\r"), "its lines end in CR alone"),
    "long lines that end in CR": ((HEAD + ROW * 300_000).replace(b"\n", b"\r"), "in CR alone"),
    "a CR within a line": (HEAD + b"P1,A,B\nP2,A,B\rP3,A,B\n", "row 2: the line holds a CR alone"),
    "two kinds of line ends": (HEAD + b"P1,A,B\nP2,A,B\r\nP3,A,B\n", "row 2: the line ends unlike"),
    "a quotation mark left open": (ONE + b'P2,"A,B\nP3,A,B\n', "row 2: a quotation mark is not"),
    "one left open in the header": (b'patient_id,"a\nP1,A\n', "csv: a quotation mark is not"),
    "one that closes too early": (HEAD + b'P1,"A"x,B\n', "row 1: a quotation mark is"),
    "too few values": (ONE + b"P2,A\nP3,A,B\n", "row 2: the row has 2 values, the header 3"),
    "too many values": (HEAD + b"P1,A,B\nP2,A,B,C\n", "row 2: the row has 4 values, the header 3"),
    "an empty value too many": (HEAD + b"P1,A,B\nP2,Smith, Jr,\n", "row 2: the row has 4 values"),
    "no bytes": (b"", "the file has no header"),
    "a mark of order alone": (b"\xef\xbb\xbf", "the file has no header"),
    "a blank first line": (b"\n" + HEAD, "the file has no header"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_lost_is_refused_with_its_row(name: str, tmp_path: Path) -> None:
    data, told = REFUSED[name]
    with pytest.raises(RefusedFeed) as refusal:
        count_rows(written(tmp_path, data), "patients.csv")
    (problem,) = refusal.value.problems
    assert told in str(problem)
    assert str(problem).startswith("patients.csv")
    assert problem.remedy.endswith(".")


def test_a_column_without_a_name_is_called_by_its_number(tmp_path: Path) -> None:
    path = written(tmp_path, b"patient_id,,last_name,\nP1,,Dray,\n")
    assert count_rows(path, "x").columns == ["patient_id", "(column 2)", "last_name", "(column 4)"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A small file, damaged in some of the ways in which files are."""
    data = draw(st.sampled_from([WHOLE, WHOLE.replace(b"\n", b"\r\n"), HEAD * 2]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        until = draw(st.integers(at, min(at + 20, len(data))))
        data = draw(
            st.sampled_from([
                data[:at],
                data[:at] + bytes(until - at) + data[until:],
                data[:at] + bytes(7) + data[at:],
                data[:at] + data[until:],
                data[:at] + b"x" * 900 + data[at:],
                data[:at] + draw(st.text(',"\n\r', max_size=3)).encode() + data[at:],
                data[:at] + draw(st.binary(max_size=2)) + data[at:],
                data.replace(b"\r", b"").replace(b"\n", draw(st.sampled_from([b"\r", b"\r\n"]))),
                data + data,
            ])
        )  # fmt: skip
    return data


@settings(max_examples=150)
@given(damaged(), st.integers(3, 70))
def test_a_damaged_file_is_read_as_another_reader_reads_it_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, chunk: int
) -> None:
    path = written(tmp_path_factory.getbasetemp(), data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_rows, "CHUNK", chunk)
        patch.setattr(csv_rows, "LONGEST_ROW", 800)
        found = rows_of(path)
    assert found is None or found == rows_by_csv(data)


def rows_of(path: Path) -> list[list[str]] | None:
    """What the database reads, where the file is not refused."""
    sources = Sources()
    sources.add(TABLES["patients"], path, "patients.csv")
    if sources.problems:
        return named(sources.problems)
    (source,) = sources.tables["patients"]
    with connect() as connection:
        try:
            with reading([source]):
                found = connection.execute("FROM " + source.relation()).fetchall()
        except RefusedFeed as refusal:
            return named(refusal.problems)
    assert len(found) == source.rows
    return [[value or "" for value in row] for row in found]


def named(problems: list[Problem]) -> None:
    """A refusal names the file, and a remedy."""
    assert all(problem.file.startswith("patients.csv") for problem in problems)
    assert all(problem.remedy.endswith(".") for problem in problems)


def rows_by_csv(data: bytes) -> list[list[str]]:
    """What Python's own reader finds below the header."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [row or [""] for row in rows if row or len(header) == 1]


def written(folder: Path, data: bytes) -> Path:
    path = folder / "patients.csv"
    path.write_bytes(data)
    return path
