"""Claims taken back: a reversal in a remittance, a provider adjustment, and their postings."""

from dataclasses import dataclass

import numpy as np

from requite.sample.answers import REVERSAL, Adjustment, Answer, Terms, answer
from requite.sample.chunk import NOBODY, Chunk
from requite.sample.codes import REASONS, Ints, code
from requite.sample.ordinary import CARC_PLACE
from requite.sample.postings import ACH, PRIMARY_BUCKET, post, posting_day

NO_REFERENCE, CONTROL_NUMBER, CLAIM_NUMBER, BOTH_NUMBERS = range(4)


def reverse(
    chunk: Chunk, told: Answer, lines: Ints, day: Ints, tag: Ints | None = None
) -> Answer:  # fmt: skip
    """Take back the answer `told` to these lines (all of its lines) on the given days.

    `day` has one element an account of the chunk. Amounts are those of the chunk's lines now.
    """
    of, rows = chunk.lines, chunk.tables["remit_claims"]
    claim = told.of_account
    payer = np.where(claim >= 0, rows["payer"][claim], NOBODY).astype(np.int64)
    denied = of.denied_carc[lines]
    return answer(
        chunk,
        lines,
        -of.paid[lines],
        Terms(
            0, day, REVERSAL, payer=payer, number=rows["number"][claim],
            billing=rows["billing"][claim].astype(np.int64), tag=tag,
        ),
        Adjustment("CO", CARC_PLACE[np.where(denied > 0, denied, 45)], -of.contractual[lines]),
        Adjustment("CO", "253", -of.sequestered[lines]),
        Adjustment("PR", CARC_PLACE[of.responsibility_carc[lines]], -of.responsibility[lines]),
    )  # fmt: skip


@dataclass(frozen=True)
class Adjusted:
    """Provider adjustments (PLB) of one reason, one element each.

    `amount` in cents, + lowers the payment; `claims` that they are about; `style` of the reference
    (NO_REFERENCE to BOTH_NUMBERS); a `tag` where the remittance is one of its own.
    """

    reason: str
    claims: Ints
    amount: Ints
    days: Ints
    style: Ints | int
    payer: Ints | None = None  # else that of the claims
    tag: Ints | int = -1


def adjust(chunk: Chunk, given: Adjusted) -> Ints:
    """Write provider adjustments; their rows."""
    payer = given.payer
    if payer is None:
        payer = chunk.tables["remit_claims"]["payer"][given.claims].astype(np.int64)
    return chunk.tables["provider_adjustments"].add(
        len(given.amount), payer=payer, day=given.days, tag=given.tag,
        reason=code(REASONS, given.reason), claim=given.claims, style=given.style,
        amount=given.amount,
    )  # fmt: skip


def post_recoupment(chunk: Chunk, lines: Ints, amount: Ints, plb: Ints) -> None:
    """Post what a provider adjustment took, line by line."""
    of = chunk.lines.of[lines]
    taken = chunk.tables["provider_adjustments"]
    post(
        chunk, "recoupment", of, amount, plb=plb, payer=taken["payer"][plb].astype(np.int64),
        posted_on=taken["day"][plb] + chunk.accounts.pattern[of] % 3, bucket=PRIMARY_BUCKET,
        line_no=chunk.lines.no[lines], tender=ACH,
    )  # fmt: skip


def post_reversal(chunk: Chunk, back: Answer, amount: Ints) -> None:
    """Post that a payment was taken back (cents, + raises what is owed), line by line."""
    of = chunk.lines.of[back.lines]
    rows = chunk.tables["remit_claims"]
    post(
        chunk, "payment", of, amount, claim=back.of_line,
        posted_on=posting_day(chunk, back.of_line, of),
        payer=rows["payer"][back.of_line].astype(np.int64),
        bucket=PRIMARY_BUCKET + rows["place"][back.of_line].astype(np.int64),
        line_no=chunk.lines.no[back.lines], tender=ACH,
    )  # fmt: skip
