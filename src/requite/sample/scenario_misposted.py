"""Money on the wrong account, or lost between two buckets."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import BY_LINE, NOTHING, TRUE_BALANCE, Chunk
from requite.sample.codes import TYPES, Ints, code
from requite.sample.findings import find_on_lines
from requite.sample.patient_money import due, last_answer
from requite.sample.postings import ACH, PRIMARY_BUCKET, SELF, patient_pays, post

ELSEWHERE = ("none", "wrong_account", "transfer_posting", "proved")
SHORT = ("none", "transfer_unbalanced", "transfer_posting", "proved")


def _pairs(who: Ints) -> tuple[Ints, Ints]:
    return who[0::2], who[1::2]


def prepare_neighbour(chunk: Chunk, who: Ints) -> None:
    """Two accounts of one payer; the second one's payment is not posted to it."""
    accounts = chunk.accounts
    here, there = _pairs(who)
    accounts.payer[there, 0] = accounts.payer[here, 0]
    aim.redate(chunk, there, accounts.service[here])
    accounts.answer[there, 0] = accounts.answer[here, 0]
    aim.resettle_amounts(chunk, chunk.lines_of(there))
    line = aim.one_line(chunk, there)
    aim.make_paid_if_not(chunk, line)
    chunk.notes.setdefault("posted elsewhere", np.full(chunk.size, -1))[there] = line
    chunk.lines.payment_posted[line] = False


def tell_neighbour(chunk: Chunk, who: Ints) -> None:
    """It was keyed to the first one, with the claim number of the second."""
    here, there = _pairs(who)
    line = chunk.notes["posted elsewhere"][there]
    amount = chunk.lines.paid[line]
    onto = aim.one_line(chunk, here)
    posted = _post(chunk, here, onto, amount, chunk.claim[there, 0])
    find_on_lines(
        chunk, onto, amount, ELSEWHERE, need_a=chunk.claim[there, 0],
        need_b=chunk.claim[here, 0], link_a=posted,
    )  # fmt: skip


def _post(chunk: Chunk, who: Ints, onto: Ints, amount: Ints, claim: Ints) -> Ints:
    return post(
        chunk, "payment", who, -amount, claim=claim, payer=chunk.accounts.payer[who, 0],
        posted_on=chunk.tables["remit_claims"]["day"][claim] + 1, bucket=PRIMARY_BUCKET,
        line_no=chunk.lines.no[onto], tender=ACH,
    )  # fmt: skip


def prepare_swapped(chunk: Chunk, who: Ints) -> None:
    """Two accounts of one line and one payer; neither payment is posted to its own."""
    prepare_neighbour(chunk, who)
    line = chunk.first_line(who)
    aim.make_paid_if_not(chunk, line)
    chunk.lines.payment_posted[line] = False


def tell_swapped(chunk: Chunk, who: Ints) -> None:
    """Their payments were swapped: one holds too much, the other too little."""
    here, there = _pairs(who)
    for mine, other in ((here, there), (there, here)):
        line, source = chunk.first_line(mine), chunk.first_line(other)
        own, came = chunk.lines.paid[line], chunk.lines.paid[source]
        posted = _post(chunk, mine, line, came, chunk.claim[other, 0])
        chunk.accounts.owed[mine] -= np.minimum(own, came)
        find_on_lines(
            chunk, line, came - own, ELSEWHERE, need_a=chunk.claim[other, 0],
            need_b=chunk.claim[mine, 0], link_a=posted,
        )  # fmt: skip


def prepare_short(chunk: Chunk, who: Ints) -> None:
    """The source's own balance agrees with its ledger."""
    aim.make_due(chunk, aim.one_line(chunk, who))
    chunk.accounts.reported[who] = TRUE_BALANCE


def tell_short(chunk: Chunk, who: Ints) -> None:
    """A transfer to the patient's bucket arrived short of what left the payer's."""
    line = aim.one_line(chunk, who)
    gap = np.maximum(chunk.lines.responsibility[line] * 3 // 5, 1)
    rows = chunk.tables["transactions"]
    arrived = np.flatnonzero((rows["type"] == code(TYPES, "transfer")) & (rows["amount"] > 0))
    leg = np.zeros(chunk.size * 8, np.int64)
    leg[rows["account"][arrived].astype(np.int64) * 8 + rows["line_no"][arrived]] = arrived
    rows["amount"][leg[who * 8 + chunk.lines.no[line]]] -= gap
    find_on_lines(chunk, line, gap, SHORT)


def prepare_moved(chunk: Chunk, who: Ints) -> None:
    """The first patient paid too much by just what is due on the second account."""
    here, there = _pairs(who)
    chunk.accounts.pays[here] = BY_LINE
    chunk.accounts.pays[there] = NOTHING
    chunk.accounts.kin[there] = here
    aim.make_due(chunk, aim.one_line(chunk, there))


def tell_moved(chunk: Chunk, who: Ints) -> None:
    """A balanced transfer moved the patient's money to the other account."""
    here, there = _pairs(who)
    lines = chunk.lines_of(there)
    amount = chunk.per_account(lines, due(chunk)[0][lines])[there]
    day = last_answer(chunk, here) + 20
    patient_pays(chunk, here, 0, amount, day)
    pair = chunk.next_transfers(len(here))
    for account, leg in ((here, amount), (there, -amount)):
        post(chunk, "transfer", account, leg, bucket=SELF, posted_on=day + 25, transfer=pair)
    chunk.accounts.owed[there] -= amount
