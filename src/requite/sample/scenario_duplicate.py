"""A payer pays one claim twice, on two remittances; and the office posts one payment twice."""

import numpy as np

from requite.sample import aim
from requite.sample.answers import Answer, Terms
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.findings import find_on_lines
from requite.sample.ordinary import first_answer
from requite.sample.payers import pays_on
from requite.sample.postings import pay, post

PAID_TWICE = ("payer", "duplicate_payment", "refund_payer", "proved")
POSTED_TWICE = ("none", "duplicate_posting", "reverse_posting", "proved")


def make_paid(chunk: Chunk, who: Ints) -> None:
    """Let the payer pay at least the line in question."""
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))


def paid_again(chunk: Chunk, who: Ints, lines: Ints) -> Answer:
    """Answer and pay these lines of the accounts a second time, some weeks later."""
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = pays_on(chunk.accounts.payer[who, 0], chunk.later(day[who], 14, 35))
    rows = chunk.tables["remit_claims"]
    billing = np.full(chunk.size, -1)
    billing[who] = rows["billing"][chunk.claim[who, 0]]
    again = first_answer(chunk, lines, Terms(0, day, billing=billing))
    pay(chunk, again, chunk.lines.paid[lines])
    return again


def repeated_lines(chunk: Chunk, who: Ints) -> Ints:
    """What is paid again: the whole claim, or for a third of the accounts one line."""
    single = chunk.accounts.pattern[who] % 3 == 0
    whole = chunk.lines_of(who[~single])
    whole = whole[chunk.lines.billed[whole] & chunk.lines.payment_posted[whole]]
    return np.sort(np.concatenate([whole, aim.one_line(chunk, who[single])]))


def tell_duplicate_payment(chunk: Chunk, who: Ints) -> None:
    """The payer is owed the second payment."""
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    of = chunk.lines.of[lines]
    find_on_lines(
        chunk, lines, chunk.lines.paid[lines], PAID_TWICE, payer=chunk.accounts.payer[of, 0],
        need_a=chunk.claim[of, 0], need_b=again.of_line,
    )  # fmt: skip


def tell_duplicate_posting(chunk: Chunk, who: Ints) -> None:
    """One payment is keyed a second time a few days later; nobody is owed."""
    post_twice(chunk, aim.one_line(chunk, who))


def post_twice(chunk: Chunk, lines: Ints) -> None:
    """Post the first payer's payment of these lines a second time."""
    of = chunk.lines.of[lines]
    amount = chunk.lines.paid[lines]
    claim = chunk.claim[of, 0]
    transactions = chunk.tables["transactions"]
    first = posting_of(chunk, lines)
    second = post(
        chunk, "payment", of, -amount, claim=claim, payer=chunk.accounts.payer[of, 0],
        posted_on=transactions["posted_on"][first] + 1 + chunk.accounts.pattern[of] % 9,
        bucket=transactions["bucket"][first], line_no=chunk.lines.no[lines], tender=2,
    )  # fmt: skip
    find_on_lines(
        chunk, lines, amount, POSTED_TWICE, need_a=claim, link_a=first, link_b=second
    )


def posting_of(chunk: Chunk, lines: Ints) -> Ints:
    """The ledger row of the first payer's payment of each line."""
    rows = chunk.tables["transactions"]
    key = rows["account"].astype(np.int64) * 8 + rows["line_no"]
    claimed = (rows["type"] == 0) & (rows["amount"] < 0) & (rows["claim"] >= 0)
    row_of = np.full(chunk.size * 8, -1, dtype=np.int64)
    payments = np.flatnonzero(claimed)[::-1]  # the first one of a line stays
    row_of[key[payments]] = payments
    return row_of[chunk.lines.of[lines] * 8 + chunk.lines.no[lines]]
