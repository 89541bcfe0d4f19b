"""Visits that a monthly capitation covers."""

import numpy as np

from requite.sample import aim, payers
from requite.sample.answers import Adjustment, Terms, answer
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.donors import later_payment
from requite.sample.findings import find_on_lines
from requite.sample.postings import pay

PAID_AS_WELL = ("payer", "capitated_service_paid", "refund_payer", "proved")


def prepare_visit(chunk: Chunk, who: Ints) -> None:
    """Nothing is paid for the visit itself; half of the visits have a copay."""
    _capitate(chunk, who, chunk.accounts.pattern[who] % 2 * 2000)


def prepare_paid(chunk: Chunk, who: Ints) -> None:
    """Nothing is due for the visit at all."""
    _capitate(chunk, who, np.zeros(len(who), np.int64))


def _capitate(chunk: Chunk, who: Ints, copay: Ints) -> None:
    accounts, of = chunk.accounts, chunk.lines
    aim.set_payer(chunk, who, 0, np.where(accounts.pattern[who] % 3 == 0, *_PLANS))
    accounts.capitated[who] = True
    accounts.contract[who] = NO_CONTRACT
    lines, first = chunk.lines_of(who), chunk.first_line(who)
    of.denied_carc[lines] = 24
    of.responsibility[lines] = 0
    of.responsibility_carc[lines] = 3
    of.responsibility[first] = np.minimum(copay, of.charge[first])
    of.contractual[lines] = of.charge[lines] - of.responsibility[lines]
    aim.resettle(chunk, lines)


_PLANS = (payers.PLACE["DUNM"], payers.PLACE["HARB"])


def tell_paid(chunk: Chunk, who: Ints) -> None:
    """The payer pays the visit by the piece on another claim; the payment is posted."""
    lines, of = chunk.lines_of(who), chunk.lines
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = later_payment(chunk, who, day[who], 14, 35)
    paid = of.charge[lines] * (40 + lines % 20) // 100
    told = answer(
        chunk, lines, paid, Terms(0, day), Adjustment("CO", "45", of.charge[lines] - paid)
    )
    pay(chunk, told, paid)
    find_on_lines(
        chunk, lines, paid, PAID_AS_WELL, payer=chunk.accounts.payer[of.of[lines], 0],
        need_b=told.of_line,
    )  # fmt: skip
