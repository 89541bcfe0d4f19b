"""Patient debt paid twice over: a check that bounced, a write-off that was paid after all."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import Chunk
from requite.sample.codes import BUCKETS, DESCRIPTIONS, Ints, code
from requite.sample.days import TODAY
from requite.sample.findings import find_on_lines
from requite.sample.patient_money import due, last_answer
from requite.sample.postings import CHECK, SELF, patient_pays, post, small_balance
from requite.sample.scenario_patient import needs

BOUNCED = ("none", "returned_payment_unposted", "post_returned_payment", "proved")
PAID_AFTER_ALL = ("none", "writeoff_then_payment", "reverse_posting", "proved")
RETURNED = code(DESCRIPTIONS, "Returned check")


def prepare(chunk: Chunk, who: Ints) -> None:
    """Something is due on the line in question."""
    aim.make_due(chunk, aim.one_line(chunk, who))


def _bounce(chunk: Chunk, who: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """A check for what is due, which the bank returns: line, amount, check, day."""
    line = aim.one_line(chunk, who)
    amount = chunk.lines.responsibility[line]
    day = last_answer(chunk, who) + 1
    check = chunk.next_checks(len(who))
    deposits = chunk.tables["deposits"]
    came = deposits.add(len(who), amount=amount, day=day, check=check)
    deposits.add(len(who), amount=-amount, day=day + 5, check=check)
    post(
        chunk, "payment", who, -amount, bucket=SELF, line_no=chunk.lines.no[line], tender=CHECK,
        check=check, posted_on=day, deposit=came,
    )  # fmt: skip
    return line, amount, check, day + 5


def tell_bounced(chunk: Chunk, who: Ints) -> None:
    """The patient paid again; nobody posted the return."""
    line, amount, _, _ = _bounce(chunk, who)
    find_on_lines(chunk, line, amount, BOUNCED, **needs(chunk, who))


def tell_bounced_and_posted(chunk: Chunk, who: Ints) -> None:
    """The patient paid again; the return is posted: nothing is wrong."""
    line, amount, check, day = _bounce(chunk, who)
    post(
        chunk, "returned_payment", who, amount, bucket=SELF, line_no=chunk.lines.no[line],
        check=check, posted_on=day, description=RETURNED,
    )  # fmt: skip


def tell_paid_after_all(chunk: Chunk, who: Ints) -> None:
    """Written off, as bad debt or as a small balance, then paid in full or in part."""
    line, accounts = aim.one_line(chunk, who), chunk.accounts
    lines = chunk.lines_of(who)
    left = due(chunk)[0]
    amount = left[line]
    day = np.minimum(last_answer(chunk, who) + 60, TODAY - 30)
    small = accounts.pattern[who] % 4 == 1
    post(
        chunk, "bad_debt", who, np.where(small, 0, -amount), bucket=code(BUCKETS, "bad_debt"),
        line_no=chunk.lines.no[line], posted_on=day,
    )  # fmt: skip
    small_balance(chunk, line, np.where(small, amount, 0), day, "Small balance write-off")
    paid = left[lines].copy()
    written = np.isin(lines, line) & (accounts.pattern[chunk.lines.of[lines]] % 5 == 0)
    paid[written] = paid[written] * 2 // 5
    of = chunk.lines.of[lines]
    patient_pays(chunk, of, chunk.lines.no[lines], paid, (last_answer(chunk, of) + 85))
    accounts.owed[who] -= chunk.per_account(lines, left[lines])[who]
    settled = np.where(accounts.pattern[who] % 5 == 0, amount * 2 // 5, amount)
    find_on_lines(chunk, line, settled, PAID_AFTER_ALL, **needs(chunk, who))
