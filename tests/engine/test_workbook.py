"""An Excel file is measured before it is read: cells far apart, parts that swell, lies of size."""

import io
import resource
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from requite.engine import workbook
from requite.engine.workbook import BadWorkbook, sheet_of

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def made(folder: Path, *cells: tuple[str, object]) -> Path:
    path = folder / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("TX")
        for place, value in cells:
            sheet.write(place, value)
    return path


def with_sheet(path: Path, xml: str, **more: bytes) -> Path:
    """The file with another sheet, and more or other parts."""
    held = {}
    with zipfile.ZipFile(path) as old:
        held = {name: old.read(name) for name in old.namelist()}
    held |= {SHEET: xml.encode(), **more}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name, piece in held.items():
            new.writestr(name, piece)
    path.write_bytes(content.getvalue())
    return path


def rows(path: Path, sheet: str = "") -> list[list[object]]:
    work = path.parent / "work"
    work.mkdir(exist_ok=True)
    with sheet_of(path, sheet, work) as found:
        read = list(found)
    assert not list(work.iterdir())
    return read


def test_two_cells_far_apart_are_refused_before_they_take_memory(tmp_path: Path) -> None:
    path = made(tmp_path, ("A1", 1), ("SF400000", 2))
    assert path.stat().st_size < 10_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(BadWorkbook, match="400,000 rows and 500 columns") as refused:
        rows(path)
    assert "CSV" in refused.value.remedy
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="SF400000"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row><row r="400000"><c r="sf400000"><v>1</v></c></row>',
        '<row><c><v>1</v></c></row><row r="1000000"><c r="XFD1000000"><v>2</v></c></row>',
        '<row r="1"><c><v>1</v></c></row><row r="1000000">' + "<c><v>1</v></c>" * 12 + "</row>",
        '<x:row xmlns:x="x"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="SF400000"><x:is/></x:c></x:row>',
        '<row r="1"><c r="&#65;1"><v>1</v></c><c r="SF&#52;00000"><v>1</v></c></row>',
    ],
    ids=["one row", "small letters", "no places", "counted", "prefixed", "escaped"],
)
def test_however_a_far_cell_is_written_it_is_seen(tmp_path: Path, cells: str) -> None:
    xml = f'<worksheet xmlns="{NAMESPACE}"><sheetData>{cells}</sheetData></worksheet>'
    with pytest.raises(BadWorkbook, match="at most 10,000,000 cells"):
        rows(with_sheet(made(tmp_path, ("A1", 1)), xml))


def test_formats_that_reach_far_beyond_a_table_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("TX")
        sheet.write_row(2, 1, ["ID", "ACCT"])
        sheet.write_row(3, 1, [17, "007"])
        sheet.write_blank("XFD1048576", None, book.add_format({"bold": True}))
    assert rows(path, "TX") == [["ID", "ACCT"], [17.0, "007"]]


@pytest.mark.parametrize(
    "xml",
    [
        "<!DOCTYPE w [<!ENTITY a 'x'>]><worksheet><sheetData/></worksheet>",
        "<worksheet><sheetData><row r='0'/></sheetData></worksheet>",
        "<worksheet><sheetData><row r='99999999999'/></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r='AAAA1'/></row></sheetData></worksheet>",
        "<worksheet><sheetData><row><c r='1A'/></row></sheetData></worksheet>",
        "<worksheet><sheetData><row>",
        "no xml",
        "",
    ],
    ids=["entities", "row 0", "row too far", "column too far", "no place", "cut", "text", "empty"],
)
def test_what_no_excel_writes_is_refused(tmp_path: Path, xml: str) -> None:
    with pytest.raises(BadWorkbook, match="no Excel file"):
        rows(with_sheet(made(tmp_path, ("A1", 1)), xml))


def test_other_sheets_are_neither_measured_nor_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("TX").write_row(0, 0, ["ID"])
        far = book.add_worksheet("Far")
        far.write("A1", 1)
        far.write("SF400000", 2)
    assert rows(path) == rows(path, "TX") == [["ID"]]
    with pytest.raises(BadWorkbook, match="400,000 rows"):
        rows(path, "Far")


@pytest.mark.parametrize("limit", ["MOST_SHEET_BYTES", "MOST_PART_BYTES"])
def test_a_part_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    path = made(tmp_path, *((f"A{row}", f"text {row}") for row in range(1, 100)))
    assert len(rows(path)) == 99
    monkeypatch.setattr(workbook, limit, 1_000)
    with pytest.raises(BadWorkbook, match="more than 1,000 bytes"):
        rows(path)


def test_a_part_is_packed_no_tighter_than_anything_real(tmp_path: Path) -> None:
    path = with_sheet(made(tmp_path, ("A1", 1)), f"<worksheet>{' ' * 40_000_000}</worksheet>")
    assert path.stat().st_size < 100_000
    with pytest.raises(BadWorkbook, match="250 times"):
        rows(path)


def test_a_sheet_that_is_not_there_is_told_beside_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(BadWorkbook, match="no sheet Other") as refused:
        rows(made(tmp_path, ("A1", 1)), "Other")
    assert refused.value.remedy == "It has TX."


@pytest.mark.parametrize("content", [b"", b"PK", b"ID,ACCT\n1,2\n"])
def test_what_is_no_zip_is_no_excel_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadWorkbook, match="no Excel file"):
        rows(path)
