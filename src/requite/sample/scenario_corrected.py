"""A corrected claim is paid, and the payment of the first one is not taken back."""

import numpy as np

from requite.sample import aim
from requite.sample.answers import CORRECTED, FIRST_TIME, Terms
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.days import TODAY
from requite.sample.donors import later_payment
from requite.sample.findings import find_on_lines
from requite.sample.ordinary import first_answer
from requite.sample.payers import pays_on
from requite.sample.postings import pay, write_off

UNREVERSED = ("payer", "corrected_claim_unreversed", "refund_payer", "proved")
PENDING = ("undetermined", "reversal_pending", "hold", "likely")


def prepare(chunk: Chunk, who: Ints) -> None:
    """Every line paid, and no contract on file that could speak for either claim."""
    chunk.accounts.contract[who] = NO_CONTRACT
    aim.all_paid(chunk, who)


def prepare_recent(chunk: Chunk, who: Ints) -> None:
    """The same, shortly before today."""
    prepare(chunk, who)
    aim.redate(chunk, who, TODAY - 80 + chunk.accounts.pattern[who] % 20)


def tell_unreversed(chunk: Chunk, who: Ints) -> None:
    """No reversal came in time: the payer is owed its first payment."""
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = later_payment(chunk, who, day[who], 21, 35)
    renumbered = chunk.accounts.pattern[who] % 4 == 0
    for some, frequency in ((who[renumbered], FIRST_TIME), (who[~renumbered], CORRECTED)):
        _correct(chunk, some, day, frequency, UNREVERSED)


def tell_pending(chunk: Chunk, who: Ints) -> None:
    """The correction came days ago, its reversal is still expected: wait."""
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = pays_on(chunk.accounts.payer[who, 0], TODAY - 26 + chunk.accounts.pattern[who] % 18)
    _correct(chunk, who, day, CORRECTED, PENDING)


def _correct(
    chunk: Chunk, who: Ints, day: Ints, frequency: int, verdict: tuple[str, str, str, str]
) -> None:  # fmt: skip
    """Answer the corrected claim, adjust the write-off, post the payment, tell the truth."""
    lines, of = chunk.lines_of(who), chunk.lines
    account = of.of[lines]
    first_paid = of.paid[lines].copy()
    line = aim.one_line(chunk, who)
    change = np.minimum(of.charge[line] * (4 + line % 9) // 100, of.paid[line] - 1)
    change = np.where(chunk.accounts.pattern[who] % 3 == 0, -of.contractual[line] // 5, change)
    before = of.contractual[lines].copy()
    of.contractual[line] += change
    of.paid[line] -= change
    number = chunk.tables["remit_claims"]["number"][chunk.claim[:, 0]]
    told = first_answer(chunk, lines, Terms(0, day, frequency=frequency, original=number))
    pay(chunk, told, of.paid[lines])
    write_off(chunk, told, of.contractual[lines] - before)
    find_on_lines(
        chunk, lines, first_paid, verdict, need_a=chunk.claim[account, 0], need_b=told.of_line,
        payer=np.where(verdict[0] == "payer", chunk.accounts.payer[account, 0], -1),
    )  # fmt: skip
