"""Interest for late payment: the provider's income, keyed into the claim by mistake."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.findings import find_on_lines
from requite.sample.postings import PRIMARY_BUCKET, post
from requite.sample.reversals import CLAIM_NUMBER, Adjusted, adjust
from requite.sample.scenario_duplicate import posting_of

KEYED = ("none", "interest_as_payment", "reclassify", "proved")


def prepare(chunk: Chunk, who: Ints) -> None:
    """A line that is paid."""
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))


def _interest(chunk: Chunk, line: Ints) -> Ints:
    interest: Ints = np.maximum(chunk.lines.paid[line] * (5 + line % 13) // 1000, 11)
    return interest


def prepare_inside(chunk: Chunk, who: Ints) -> None:
    """Interest comes inside the claim, as CARC 225, and the office keys the whole payment."""
    prepare(chunk, who)
    line = aim.one_line(chunk, who)
    chunk.lines.interest[line] = _interest(chunk, line)
    chunk.lines.interest_posted[line] = chunk.lines.interest[line]


def prepare_kept_apart(chunk: Chunk, who: Ints) -> None:
    """The same, but the office posts the claim without it: nothing is wrong."""
    prepare_inside(chunk, who)
    chunk.lines.interest_posted[aim.one_line(chunk, who)] = 0


def tell_inside(chunk: Chunk, who: Ints) -> None:
    """Nobody is owed the interest."""
    line = aim.one_line(chunk, who)
    find_on_lines(chunk, line, chunk.lines.interest_posted[line], KEYED, need_a=chunk.claim[who, 0])


def _from_provider_level(chunk: Chunk, who: Ints) -> tuple[Ints, Ints, Ints]:
    """Interest as a provider adjustment L6 beside the claim: line, amount, adjustment."""
    line, claim = aim.one_line(chunk, who), chunk.claim[who, 0]
    amount = _interest(chunk, line)
    day = chunk.tables["remit_claims"]["day"][claim].astype(np.int64)
    return line, amount, adjust(chunk, Adjusted("L6", claim, -amount, day, CLAIM_NUMBER))


def tell_keyed(chunk: Chunk, who: Ints) -> None:
    """The office keys claim payment and interest as one amount."""
    line, amount, _ = _from_provider_level(chunk, who)
    chunk.tables["transactions"]["amount"][posting_of(chunk, line)] -= amount
    find_on_lines(chunk, line, amount, KEYED, need_a=chunk.claim[who, 0])


def tell_posted(chunk: Chunk, who: Ints) -> None:
    """The office posts interest as interest, but on the patient's account."""
    line, amount, plb = _from_provider_level(chunk, who)
    post(
        chunk, "interest", who, -amount, payer=chunk.accounts.payer[who, 0], plb=plb,
        posted_on=chunk.accounts.answer[who, 0] + 1, bucket=PRIMARY_BUCKET,
        line_no=chunk.lines.no[line],
    )  # fmt: skip
    find_on_lines(chunk, line, amount, KEYED, need_a=chunk.claim[who, 0])


def tell_booked_elsewhere(chunk: Chunk, who: Ints) -> None:
    """The office books the interest as income: nothing is wrong with the account."""
    _from_provider_level(chunk, who)
