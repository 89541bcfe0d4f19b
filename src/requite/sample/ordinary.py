"""The ordinary story: charged, billed, answered line by line, posted, paid by the patient."""

from dataclasses import replace

import numpy as np

from requite.sample import patient_money, payers
from requite.sample.answers import (
    DENIED,
    PRIMARY,
    PRIMARY_FORWARDED,
    SECONDARY,
    TERTIARY,
    Adjustment,
    Answer,
    Terms,
    answer,
)
from requite.sample.chunk import NOBODY, Chunk
from requite.sample.codes import BUCKETS, CARCS, Ints, code
from requite.sample.postings import (
    PRIMARY_BUCKET,
    SELF,
    contractual,
    pay,
    post,
    posting_day,
    transfer,
    write_off,
)

SECONDARY_BUCKET, TERTIARY_BUCKET = code(BUCKETS, "secondary"), code(BUCKETS, "tertiary")
# Where the word of a CARC stands in the list, for a CARC that is itself a number.
CARC_PLACE = np.zeros(300, dtype=np.int64)
for _place, _word in enumerate(CARCS):
    CARC_PLACE[int(_word or 0)] = _place


def write(chunk: Chunk) -> None:
    """Fill the tables with the ordinary story of every account that has one."""
    lines, accounts = chunk.lines, chunk.accounts
    every = np.arange(len(lines.of))
    chunk.tables["charges"].add(
        len(every), line=every, amount=lines.charge, posted_on=lines.service + 1,
        voided_on=lines.voided_on,
    )  # fmt: skip
    plain = accounts.plain[lines.of] & lines.billed
    answered = accounts.answered[lines.of]
    _first(chunk, np.flatnonzero(plain & ~accounts.paper[lines.of] & (answered >= 1)))
    _on_paper(chunk, np.flatnonzero(plain & accounts.paper[lines.of] & (answered >= 1)))
    for place, left in ((1, lines.responsibility), (2, lines.left_2)):
        anything = chunk.per_account(every, np.where(plain, left, 0)) > 0
        _later(chunk, np.flatnonzero(plain & (answered > place) & anything[lines.of]), place)
    patient_money.write(chunk)


def first_answer(chunk: Chunk, lines: Ints, terms: Terms) -> Answer:
    """The first payer's answer to these lines, as decided, under the given terms."""
    of = chunk.lines
    refused = chunk.per_account(lines, (of.paid + of.responsibility)[lines]) == 0
    payer = np.where(
        chunk.accounts.twin_payer == NOBODY, chunk.accounts.payer[:, 0], chunk.accounts.twin_payer
    )
    forwarded = payers.IS_MEDICARE[payer] & (chunk.accounts.places > 1)
    answered_as = np.where(forwarded, PRIMARY_FORWARDED, PRIMARY)
    denied = of.denied_carc[lines]
    return answer(
        chunk,
        lines,
        of.paid[lines] + of.interest[lines],
        replace(terms, status=np.where(refused, DENIED, answered_as), payer=payer),
        Adjustment("CO", CARC_PLACE[np.where(denied > 0, denied, 45)], of.contractual[lines]),
        Adjustment("CO", "253", of.sequestered[lines]),
        Adjustment("CO", "225", -of.interest[lines]),
        Adjustment("PR", CARC_PLACE[of.responsibility_carc[lines]], of.responsibility[lines]),
    )


def _first(chunk: Chunk, lines: Ints) -> None:
    of, accounts = chunk.lines, chunk.accounts
    told = first_answer(chunk, lines, Terms(0, accounts.answer[:, 0]))
    chunk.claim[:, 0] = np.maximum(chunk.claim[:, 0], told.of_account)
    paid = np.where(of.payment_posted[lines], of.paid[lines], 0)
    in_parts = (accounts.pattern[of.of[lines]] < 30) & (accounts.scenario[of.of[lines]] == 0)
    half = np.where(in_parts, paid // 2, 0)
    pay(chunk, told, paid - half + of.interest_posted[lines])
    pay(chunk, told, half)
    accounts.owed += chunk.per_account(lines, of.paid[lines] - paid)
    split = accounts.pattern[of.of[lines]] % 10 == 3
    part = np.where(split, of.contractual[lines] * 3 // 5, 0)
    denied = of.denied_carc[lines]
    carc = CARC_PLACE[np.where(denied > 0, denied, 45)]
    write_off(chunk, told, of.contractual[lines] - part, carc)
    write_off(chunk, told, part, carc)
    write_off(chunk, told, of.sequestered[lines], "253")
    _pass_on(chunk, told, of.responsibility[lines], 0)


def _pass_on(chunk: Chunk, told: Answer, left: Ints, place: int) -> None:
    """Transfer what a payer left to the next place, or to the patient."""
    of = chunk.lines.of[told.lines]
    after = np.where(chunk.accounts.places[of] > place + 1, PRIMARY_BUCKET + place + 1, SELF)
    day = posting_day(chunk, told.of_line, of)
    transfer(chunk, told.lines, left, day, (PRIMARY_BUCKET + place, after))


def _later(chunk: Chunk, lines: Ints, place: int) -> None:
    of = chunk.lines
    given = (
        (of.paid_2, of.written_off_2, of.left_2)
        if place == 1
        else (of.paid_3, np.zeros_like(of.paid_3), of.left_3)
    )
    paid, written_off, left = (one[lines] for one in given)
    told = answer(
        chunk,
        lines,
        paid,
        Terms(place, chunk.accounts.answer[:, place], (SECONDARY, TERTIARY)[place - 1]),
        Adjustment("OA", "23", of.charge[lines] - paid - written_off - left),
        Adjustment("CO", "45", written_off),
        Adjustment("PR", "2", left),
    )
    chunk.claim[:, place] = np.maximum(chunk.claim[:, place], told.of_account)
    pay(chunk, told, paid)
    posted = np.where(chunk.accounts.lazy[of.of[lines]], 0, written_off)
    chunk.accounts.owed += chunk.per_account(lines, written_off - posted)
    write_off(chunk, told, posted)
    _pass_on(chunk, told, left, place)


def _on_paper(chunk: Chunk, lines: Ints) -> None:
    of, accounts = chunk.lines, chunk.accounts
    who = of.of[lines]
    day = accounts.answer[who, 0] + 1
    check = 600000 + accounts.number[who] % 300000
    common = {"posted_on": day, "bucket": PRIMARY_BUCKET, "line_no": of.no[lines]}
    post(
        chunk, "payment", who, -of.paid[lines], payer=accounts.payer[who, 0], tender=1,
        check=check, **common,
    )  # fmt: skip
    contractual(chunk, who, of.contractual[lines] + of.sequestered[lines], **common)
    transfer(chunk, lines, of.responsibility[lines], day, (PRIMARY_BUCKET, np.full(len(who), SELF)))
