"""Nothing is owed: money that was too much has gone back, and the ledger shows it."""

import numpy as np

from requite.sample import aim, reversals
from requite.sample.answers import CORRECTED, Answer, Terms
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.donors import later_payment
from requite.sample.ordinary import first_answer
from requite.sample.postings import PRIMARY_BUCKET, pay, post, write_off
from requite.sample.reversals import Adjusted
from requite.sample.scenario_duplicate import paid_again, repeated_lines
from requite.sample.scenario_takeback import TAKEN_ON

CLEARED = 3  # place among the states of a refund


def prepare_repaid(chunk: Chunk, who: Ints) -> None:
    """Nothing about the contract, and something to correct on the line in question."""
    chunk.accounts.contract[who] = NO_CONTRACT
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))


def tell_repaid(chunk: Chunk, who: Ints) -> None:
    """Reversal and correction in one remittance, both posted; the correction pays more."""
    lines, of = chunk.lines_of(who), chunk.lines
    lines = lines[of.billed[lines]]
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = later_payment(chunk, who, day[who], 14, 35)
    told = Answer(lines, chunk.claim[of.of[lines], 0], chunk.claim[:, 0])
    back = reversals.reverse(chunk, told, lines, day)
    reversals.post_reversal(chunk, back, of.paid[lines])
    write_off(chunk, back, -of.contractual[lines], "45")
    line = aim.one_line(chunk, who)
    more = of.contractual[line] // 4
    of.contractual[line] -= more
    of.paid[line] += more
    number = chunk.tables["remit_claims"]["number"][chunk.claim[:, 0]]
    corrected = first_answer(chunk, lines, Terms(0, day, frequency=CORRECTED, original=number))
    pay(chunk, corrected, of.paid[lines])
    write_off(chunk, corrected, of.contractual[lines], "45")


def tell_recouped(chunk: Chunk, who: Ints) -> None:
    """Paid twice; a provider adjustment took the second payment, and it is posted."""
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    paid = chunk.lines.paid[lines]
    plb = np.zeros(chunk.size, np.int64)
    whole, day = chunk.per_account(lines, paid)[who], chunk.notes[TAKEN_ON][who]
    style = 1 + chunk.accounts.pattern[who] % 3
    taken = Adjusted("WO", again.of_account[who], whole, day, style)
    plb[who] = reversals.adjust(chunk, taken)
    reversals.post_recoupment(chunk, lines, paid, plb[chunk.lines.of[lines]])


def tell_reversed(chunk: Chunk, who: Ints) -> None:
    """Paid twice; the second payment was reversed, and the reversal is posted."""
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    back = reversals.reverse(chunk, again, lines, chunk.notes[TAKEN_ON])
    reversals.post_reversal(chunk, back, chunk.lines.paid[lines])


def tell_refunded(chunk: Chunk, who: Ints) -> None:
    """Paid twice; the second payment was refunded by check, and the refund is posted."""
    lines = aim.one_line(chunk, who)
    again = paid_again(chunk, who, lines)
    amount = chunk.lines.paid[lines]
    day = chunk.tables["remit_claims"]["day"][again.of_line] + 25
    check = chunk.next_checks(len(who))
    sent = post(
        chunk, "refund", who, amount, payer=chunk.accounts.payer[who, 0], posted_on=day,
        bucket=PRIMARY_BUCKET, line_no=chunk.lines.no[lines], check=check,
    )  # fmt: skip
    chunk.tables["refunds"].add(
        len(who), account=who, payer=chunk.accounts.payer[who, 0], amount=amount, status=CLEARED,
        issued_on=day, check=check, transaction=sent,
    )  # fmt: skip
