"""Text in a file of ours runs in no spreadsheet, can be had back, and numbers stay numbers."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.domain.spreadsheet import csv_text, harmless

SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def as_given(text: str) -> str:
    """What a program does to have a text back, as docs/feed.md tells it."""
    rest = text.lstrip("'")
    return text[1:] if rest != text and rest[:1] and rest[0] in SIGNS else text


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "=HYPERLINK(1)", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1",
        "\n=1", "-", "+", "=", "-12.00.1", "-1,23", "-$12.00", "+1-555-0100", "\uff1d1+1", "-1e5",
        "- 12", "-12 ", "'=1+1",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "A-17", "0017", "-12.00", "+5", "-1,234,567.89", "-0017", "2026-01-05", "$5.00", "O'Neil",
     "'tis", "a=b", " =1"],
)  # fmt: skip
def test_what_it_would_not_run_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


texts = st.text(st.sampled_from("'=+-@\t\r\n\uff1d1,.aZ "), max_size=8)


@given(texts)
def test_a_program_gets_every_text_back(text: str) -> None:
    assert as_given(harmless(text)) == text


@given(texts)
def test_no_text_begins_as_a_formula_but_a_number(text: str) -> None:
    told = harmless(text)
    if told[:1] and told[0] in SIGNS:
        float(told.replace(",", ""))


@given(st.lists(st.lists(texts, min_size=2, max_size=2), max_size=5))
def test_a_table_is_one_in_any_reader_of_csv(rows: list[list[str]]) -> None:
    text = csv_text(["a", "b"], rows, ends="\r\n")
    _, *read = csv.reader(io.StringIO(text, newline=""))
    assert [[as_given(cell) for cell in row] for row in read] == rows
