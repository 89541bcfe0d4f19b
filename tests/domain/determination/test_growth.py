"""The work on one account grows with its size, not with the square of it; so does its memory."""

import gc
import sys
import tracemalloc
from types import FrameType
from typing import Any

import pytest

from requite.domain.determination.determine import determine_account
from requite.domain.determination.example import book
from requite.domain.determination.large_example import KINDS, large_account
from requite.domain.statement.build import statement_of

LINES = 24
TIMES = 8
# What no processor cache holds is slow, so memory is what large accounts cost: three postings, a
# claim and its answer take about 2,900 bytes a line while they are determined.
MOST_BYTES = 3_700


def lines_run(work: Any) -> int:
    """How many lines of code a piece of work runs: counted, not timed."""
    count = 0

    def trace(_frame: FrameType, event: str, _arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def work_on(kind: str, lines: int) -> int:
    account, seen = large_account(kind, lines), book()

    def work() -> None:
        answer = determine_account(account, seen)
        statement_of(account, seen, answer, [None] * len(answer.findings))

    return lines_run(work)


@pytest.mark.parametrize("kind", KINDS)
def test_eight_times_the_lines_cost_about_eight_times_the_work(
    kind: str, pytestconfig: pytest.Config
) -> None:
    if pytestconfig.getoption("--compiled"):
        pytest.skip("Lines of compiled code cannot be counted; the pure code is the same.")
    few, many = work_on(kind, LINES), work_on(kind, TIMES * LINES)
    assert few > 1000
    assert many < 1.15 * TIMES * few


@pytest.mark.parametrize("kind", ["a claim a line", "one payment", "no references", "contracts"])
def test_a_line_takes_no_more_memory_than_it_needs(kind: str, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--compiled"):
        pytest.skip("Memory is measured of the pure code.")
    lines = TIMES * LINES
    account, seen = large_account(kind, lines), book()
    determine_account(account, seen, table=False)  # what is made once stands before
    gc.disable()
    tracemalloc.start()
    try:
        determine_account(account, seen, table=False)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
    assert peak < MOST_BYTES * lines
