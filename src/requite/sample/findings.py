"""The truth: whose money a credit is, written down while its story is told."""

import numpy as np

from requite.sample.chunk import Chunk
from requite.sample.codes import CAUSES, CERTAINTIES, DISPOSITIONS, PARTIES, Column, Ints, code


def find(
    chunk: Chunk, accounts: Ints, amount: Ints, verdict: tuple[str, str, str, str],
    **columns: Column,
) -> None:  # fmt: skip
    """Write truth rows (cents); nothing where the amount is not positive.

    `verdict` is party, cause, disposition and certainty, in the words of the feed. `need_a` and
    `need_b` are the remittance claims without which the cause cannot be proved, `link_a` and
    `link_b` the ledger rows whose reference it needs; -1 needs none.
    """
    party, cause, disposition, certainty = verdict
    some = np.flatnonzero(amount > 0)
    chosen = {
        name: value[some] if isinstance(value, np.ndarray) else value
        for name, value in columns.items()
    }
    chunk.tables["truth"].add(
        len(some), account=accounts[some], amount=amount[some], party=code(PARTIES, party),
        cause=code(CAUSES, cause), disposition=code(DISPOSITIONS, disposition),
        certainty=code(CERTAINTIES, certainty), **chosen,
    )  # fmt: skip


def find_on_lines(
    chunk: Chunk, lines: Ints, amount: Ints, verdict: tuple[str, str, str, str], **columns: Column
) -> None:
    """The same for lines of the chunk, each on its own account and line."""
    find(chunk, chunk.lines.of[lines], amount, verdict, line_no=chunk.lines.no[lines], **columns)
