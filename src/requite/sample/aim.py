"""Choosing the line that a trouble is about, and giving it what the trouble needs."""

import numpy as np

from requite.sample import draw
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints


def one_line(chunk: Chunk, who: Ints, turn: int = 0) -> Ints:
    """One line of each account, never the last where that is left open or unposted.

    Another `turn` gives another line where there are two to choose from.
    """
    accounts = chunk.accounts
    usable = chunk.per_account(
        np.arange(len(chunk.lines.of)),
        (chunk.lines.billed & chunk.lines.payment_posted).astype(np.int64),
    )[who]
    return chunk.first[who] + (accounts.pattern[who] + turn) % np.maximum(usable, 1)


def make_paid(chunk: Chunk, lines: Ints, responsibility: int = 10) -> None:
    """Let the first payer pay a good part of these lines, and leave some percent to others."""
    of = chunk.lines
    charge = of.charge[lines]
    percent = 28 + (charge % 30)
    of.denied_carc[lines] = 0
    of.contractual[lines] = charge * percent // 100
    of.responsibility[lines] = charge * responsibility // 100
    of.responsibility_carc[lines] = 2
    resettle(chunk, lines)


def make_paid_if_not(chunk: Chunk, lines: Ints) -> None:
    """The same where the first payer pays nothing yet."""
    make_paid(chunk, lines[chunk.lines.paid[lines] <= 0])


def resettle(chunk: Chunk, lines: Ints) -> None:
    """Work out again what each payer pays, after contractual or responsibility was changed."""
    of = chunk.lines
    draw.settle(of, chunk.accounts)
    left = of.responsibility[lines]
    of.paid_2[lines] = left
    for name in ("written_off_2", "left_2", "paid_3", "left_3"):
        getattr(of, name)[lines] = 0


def undeny(chunk: Chunk, lines: Ints) -> None:
    """Leave no line denied."""
    make_paid(chunk, lines[chunk.lines.denied_carc[lines] > 0])
