"""Figures that are kept for a moment: who waits, who does not, what is always exact."""

import threading
import time

import pytest
from django.core.cache import cache

from requite.web.keeping import kept


class Figure:
    """Counts how often it was taken."""

    def __init__(self) -> None:
        self.taken = 0
        self.again = threading.Event()

    def __call__(self) -> int:
        self.taken += 1
        if self.taken > 1:
            self.again.set()
        return self.taken


@pytest.fixture(autouse=True)
def _empty() -> None:
    cache.clear()


def test_a_figure_is_taken_once_and_kept() -> None:
    figure = Figure()
    assert [kept("x", 60, figure) for _ in range(3)] == [1, 1, 1]
    assert [kept("y", 0, figure) for _ in range(2)] == [2, 3]


def test_an_older_one_is_shown_while_a_new_one_is_taken() -> None:
    figure = Figure()
    kept("x", 0.2, figure)
    time.sleep(0.3)
    assert kept("x", 0.2, figure) == 1
    assert figure.again.wait(5)
    while cache.get("x/renewal"):
        time.sleep(0.01)
    assert kept("x", 60, figure) == 2


def test_one_that_is_too_old_is_waited_for() -> None:
    figure = Figure()
    kept("x", 0.01, figure)
    time.sleep(0.2)
    assert kept("x", 0.01, figure) == 2


def test_what_is_quickly_taken_is_exact() -> None:
    figure = Figure()
    assert [kept("x", 60, figure, is_large=lambda value: value > 2) for _ in range(5)] == [
        1, 2, 3, 3, 3,
    ]  # fmt: skip
