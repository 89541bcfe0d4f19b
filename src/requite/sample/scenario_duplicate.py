"""A payer pays one claim twice, on two remittances; and the office posts one payment twice."""

import numpy as np

from requite.sample import aim
from requite.sample.answers import SECONDARY, Adjustment, Answer, Terms, answer
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.donors import later_payment
from requite.sample.findings import find_on_lines
from requite.sample.ordinary import first_answer
from requite.sample.payers import pays_on
from requite.sample.postings import pay, post

PAID_TWICE = ("payer", "duplicate_payment", "refund_payer", "proved")
AGAIN = "paid again on"
POSTED_TWICE = ("none", "duplicate_posting", "reverse_posting", "proved")


def make_paid(chunk: Chunk, who: Ints) -> None:
    """Let the payer pay at least the line in question."""
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))


def paid_again(chunk: Chunk, who: Ints, lines: Ints) -> Answer:
    """Answer and pay these lines of the accounts a second time, some weeks later."""
    again = answered_again(chunk, who, lines)
    pay(chunk, again, chunk.lines.paid[lines])
    return again


def answered_again(chunk: Chunk, who: Ints, lines: Ints) -> Answer:
    """Answer these lines a second time: on the day decided before, else some weeks later."""
    day = chunk.accounts.answer[:, 0].copy()
    if AGAIN in chunk.notes:
        day[who] = chunk.notes[AGAIN][who]
    new = who[day[who] <= chunk.accounts.answer[who, 0]]
    day[new] = later_payment(chunk, new, chunk.accounts.answer[new, 0], 14, 35)
    rows = chunk.tables["remit_claims"]
    billing = np.full(chunk.size, -1)
    billing[who] = rows["billing"][chunk.claim[who, 0]]
    return first_answer(chunk, lines, Terms(0, day, billing=billing))


def repeated_lines(chunk: Chunk, who: Ints) -> Ints:
    """What is paid again: the whole claim, or for a third of the accounts one line."""
    single = chunk.accounts.pattern[who] % 3 == 0
    whole = chunk.lines_of(who[~single])
    whole = whole[chunk.lines.billed[whole] & chunk.lines.payment_posted[whole]]
    return np.sort(np.concatenate([whole, aim.one_line(chunk, who[single])]))


def tell_duplicate_payment(chunk: Chunk, who: Ints) -> None:
    """The payer is owed the second payment."""
    lines = repeated_lines(chunk, who)
    find_paid_twice(chunk, paid_again(chunk, who, lines), chunk.lines.paid[lines])


def tell_not_posted(chunk: Chunk, who: Ints) -> None:
    """The second payment came, and nobody posted it: the ledger holds nothing in excess."""
    answered_again(chunk, who, repeated_lines(chunk, who))


def find_paid_twice(chunk: Chunk, again: Answer, amount: Ints) -> None:
    """The truth of a claim paid twice: the payer is owed the amount of each line."""
    of = chunk.lines.of[again.lines]
    find_on_lines(
        chunk, again.lines, amount, PAID_TWICE, payer=chunk.accounts.payer[of, 0],
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
    find_on_lines(chunk, lines, amount, POSTED_TWICE, need_a=claim, link_a=first, link_b=second)


def posting_of(chunk: Chunk, lines: Ints) -> Ints:
    """The ledger row of the first payer's payment of each line."""
    rows = chunk.tables["transactions"]
    key = rows["account"].astype(np.int64) * 8 + rows["line_no"]
    claimed = (rows["type"] == 0) & (rows["amount"] < 0) & (rows["claim"] >= 0)
    row_of = np.full(chunk.size * 8, -1, dtype=np.int64)
    payments = np.flatnonzero(claimed)[::-1]  # the first one of a line stays
    row_of[key[payments]] = payments
    rows_of: Ints = row_of[chunk.lines.of[lines] * 8 + chunk.lines.no[lines]]
    return rows_of


def tell_twin_twice(chunk: Chunk, who: Ints) -> None:
    """Of two equal lines, left and right, the right one is paid a second time."""
    again = paid_again(chunk, who, chunk.first_line(who) + 1)
    find_paid_twice(chunk, again, chunk.lines.paid[again.lines])


def prepare_secondary(chunk: Chunk, who: Ints) -> None:
    """The second payer pays something of one line."""
    line = aim.one_line(chunk, who)
    aim.make_due(chunk, line)
    of = chunk.lines
    of.paid_2[line] = of.responsibility[line]
    of.written_off_2[line] = 0
    of.left_2[line] = 0


def tell_secondary_twice(chunk: Chunk, who: Ints) -> None:
    """The second payer pays one line a second time."""
    lines, of = aim.one_line(chunk, who), chunk.lines
    day = chunk.accounts.answer[:, 1].copy()
    day[who] = pays_on(chunk.accounts.payer[who, 1], chunk.later(day[who], 14, 28))
    rows = chunk.tables["remit_claims"]
    billing = np.full(chunk.size, -1)
    billing[who] = rows["billing"][chunk.claim[who, 1]]
    paid = of.paid_2[lines]
    again = answer(
        chunk,
        lines,
        paid,
        Terms(1, day, SECONDARY, billing=billing),
        Adjustment("OA", "23", of.charge[lines] - paid),
    )
    pay(chunk, again, paid)
    find_on_lines(
        chunk, lines, paid, PAID_TWICE, payer=chunk.accounts.payer[who, 1],
        need_a=chunk.claim[who, 1], need_b=again.of_line,
    )  # fmt: skip
