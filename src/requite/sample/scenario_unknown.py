"""Money and charges that no record explains: a person must look."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.days import TODAY
from requite.sample.findings import find_on_lines
from requite.sample.postings import CHECK, PRIMARY_BUCKET, post

NO_REMITTANCE = ("undetermined", "remit_missing", "review", "person")
NO_REASON = ("undetermined", "unexplained", "review", "person")


def tell_check(chunk: Chunk, who: Ints) -> None:
    """A payer's check arrived with nothing to say what it is for."""
    line = aim.one_line(chunk, who)
    paid = chunk.lines.paid[line]
    amount = chunk.rng.integers(8, 61, len(who)) * 125
    amount = amount + np.where(amount == paid, 1, 0)  # else it could be that payment, keyed twice
    post(
        chunk, "payment", who, -amount, payer=chunk.accounts.payer[who, 0], tender=CHECK,
        check=chunk.next_checks(len(who)), bucket=PRIMARY_BUCKET, line_no=chunk.lines.no[line],
        posted_on=np.minimum(chunk.accounts.answer[who, 0] + 33, TODAY - 1),
    )  # fmt: skip
    find_on_lines(chunk, line, amount, NO_REMITTANCE)


def prepare_below_zero(chunk: Chunk, who: Ints) -> None:
    """The last line is never billed."""
    chunk.accounts.contract[who] = NO_CONTRACT
    chunk.lines.billed[chunk.first[who + 1] - 1] = False


def tell_below_zero(chunk: Chunk, who: Ints) -> None:
    """A credit charge larger than the charge it corrects."""
    line, of = chunk.first[who + 1] - 1, chunk.lines
    more = 500 + chunk.accounts.pattern[who] * 10
    chunk.tables["charges"].add(
        len(who),
        line=line,
        amount=-of.charge[line] - more,
        offset=1,
        posted_on=of.service[line] + 9,
    )
    chunk.accounts.owed[who] -= of.charge[line]
    find_on_lines(chunk, line, more, NO_REASON)
