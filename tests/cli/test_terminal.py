import io
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from requite.cli.terminal import indented, plain, row, say, summary_tables, table

SUMMARY: dict[str, Any] = {
    "as_of": "2026-06-01",
    "credits": {
        "accounts": 3, "masked_accounts": 1, "credit_cents": 6000, "masked_cents": 250,
        "owed_cents": 1850, "disagreeing_accounts": 0,
    },
    "by_party": {
        "payer": {"findings": 2, "amount_cents": 4750},
        "none": {"findings": 1, "amount_cents": 1250},
    },
    "by_party_and_cause": {
        "none/duplicate_posting": {"findings": 1, "amount_cents": 1250},
        "payer/dual_primary": {"findings": 1, "amount_cents": 750},
        "payer/duplicate_payment": {"findings": 1, "amount_cents": 4000},
    },
    "due": {"past_due": {"findings": 1, "amount_cents": 4000}},
}  # fmt: skip


def written(parts: Any, width: int = 80, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    screen = Console(file=stream, width=width, markup=False, highlight=False, emoji=False)
    say(parts, screen)
    stream.seek(0)
    return stream.read()


@pytest.mark.parametrize("width", [80, 120])
def test_the_summary_tells_credits_parties_causes_and_what_is_due(width: int) -> None:
    lines = [
        " ".join(line.split()) for line in written(summary_tables(SUMMARY), width).splitlines()
    ]
    for line in (
        "Credit balances as of 2026-06-01",
        "Credit 3 accounts $60.00",
        "owed to payers 2 findings $47.50",
        "owed to patients 0 findings $0.00",
        "false: owed to nobody 1 finding $12.50",
        "Masked by other debits 1 account $2.50",
        "Past due 1 finding $40.00",
        "Due within 30 days 0 findings $0.00",
        "Owed to payers 2 $47.50",
        "All findings 3 $60.00",
    ):
        assert line in lines
    first, second = (
        lines.index(line)
        for line in (
            "Payer paid the same service twice 1 $40.00",
            "Two payers both paid as primary 1 $7.50",
        )
    )
    assert first < second


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (1, "1 account is held out: see import_report.json."),
        (1234, "1,234 accounts are held out: see import_report.json."),
    ],
)
def test_accounts_held_out_are_told(held: int, told: str) -> None:
    assert told in written(summary_tables({**SUMMARY, "accounts_held_out": held}))


def test_the_time_of_each_step_is_told_where_it_is_known() -> None:
    text = written(summary_tables({**SUMMARY, "seconds": {"import": 2.04, "determine": 1300}}))
    assert text.endswith("Time: import 2.0 s, determine 1,300.0 s.\n")
    assert "Time" not in written(summary_tables(SUMMARY))


def test_a_pipe_that_knows_only_ascii_gets_ascii() -> None:
    made = table("Name", "Amount", money=("Amount",))
    row(made, "Acme", "$1.00")
    assert written([made], encoding="ascii").isascii()


def test_a_feed_s_text_gives_the_terminal_no_commands() -> None:
    assert plain("Acme\x1b]0;x\x07 [bold]") == "Acme?]0;x? [bold]"
    assert plain("two\nlines") == "two\nlines"
    made = table("Name")
    row(made, "[red]A[/red]\x1b[31m")
    assert "[red]A[/red]?[31m" in written([made])


def test_a_paragraph_stands_four_columns_in() -> None:
    screen = Console(width=30)
    lines = indented("several words that do not fit one line", screen).plain.splitlines()
    assert len(lines) == 2
    assert all(line.startswith("    ") and len(line) <= 30 for line in lines)


def test_lines_end_without_blanks() -> None:
    assert written([Text("a   "), Text("")]) == "a\n\n"
