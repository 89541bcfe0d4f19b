"""What the office posts to the ledger: signs as in the feed (a payment lowers what is owed)."""

import numpy as np

from requite.sample.answers import Answer
from requite.sample.chunk import Chunk
from requite.sample.codes import (
    BUCKETS,
    CARCS,
    DESCRIPTIONS,
    GROUPS,
    TENDERS,
    TYPES,
    Column,
    Ints,
    code,
)
from requite.sample.days import TODAY

SELF = code(BUCKETS, "self")
PRIMARY_BUCKET = code(BUCKETS, "primary")
ACH, CHECK, CARD, HSA_CARD, CASH = (
    code(TENDERS, word) for word in ("ach", "check", "card", "hsa_card", "cash")
)


def post(chunk: Chunk, kind: str, accounts: Ints, amount: Ints, **columns: Column) -> Ints:
    """Write ledger rows of one type, `amount` with the sign of the ledger; their numbers.

    A row of nothing is not written; its number is -1.
    """
    some = np.flatnonzero(amount)
    numbers = np.full(len(amount), -1, dtype=np.int64)
    chosen = {
        name: value[some] if isinstance(value, np.ndarray) else value
        for name, value in columns.items()
    }
    numbers[some] = chunk.tables["transactions"].add(
        len(some), account=accounts[some], type=code(TYPES, kind), amount=amount[some], **chosen
    )
    return numbers


def posting_day(chunk: Chunk, claims: Ints, accounts: Ints) -> Ints:
    """The day on which the office posts a remittance: up to two days later."""
    return chunk.tables["remit_claims"]["day"][claims] + chunk.accounts.pattern[accounts] % 3


def pay(chunk: Chunk, answer: Answer, amount: Ints) -> Ints:
    """Post what a payer paid (cents, one element a line of the answer), line by line."""
    of = chunk.lines.of[answer.lines]
    claims = chunk.tables["remit_claims"]
    return post(
        chunk, "payment", of, -amount, claim=answer.of_line,
        posted_on=posting_day(chunk, answer.of_line, of),
        payer=claims["payer"][answer.of_line].astype(np.int64),
        bucket=PRIMARY_BUCKET + claims["place"][answer.of_line].astype(np.int64),
        line_no=chunk.lines.no[answer.lines], tender=ACH,
    )  # fmt: skip


def write_off(chunk: Chunk, answer: Answer, amount: Ints, carc: str | Ints = "45") -> Ints:
    """Post contractual write-offs (cents, + writes off) beside an answer, line by line."""
    of = chunk.lines.of[answer.lines]
    claims = chunk.tables["remit_claims"]
    return contractual(
        chunk, of, amount, carc, claim=answer.of_line,
        posted_on=posting_day(chunk, answer.of_line, of),
        bucket=PRIMARY_BUCKET + claims["place"][answer.of_line].astype(np.int64),
        line_no=chunk.lines.no[answer.lines],
    )  # fmt: skip


def contractual(
    chunk: Chunk, accounts: Ints, amount: Ints, carc: str | Ints = "45", **columns: Column
) -> Ints:
    """Post contractual write-offs; without a group code where the ledger writes none."""
    grouped = ~chunk.accounts.no_groups[accounts]
    reason = code(CARCS, carc) if isinstance(carc, str) else carc
    return post(
        chunk, "adjustment", accounts, -amount,
        group=np.where(grouped, code(GROUPS, "CO"), 0), carc=np.where(grouped, reason, 0),
        **columns,
    )  # fmt: skip


def transfer(chunk: Chunk, lines: Ints, amount: Ints, day: Ints, buckets: tuple[int, Ints]) -> None:
    """Move what is open on each line from one bucket to another; the legs cancel."""
    some = np.flatnonzero(amount)
    of, no = chunk.lines.of[lines[some]], chunk.lines.no[lines[some]]
    pair = chunk.next_transfers(len(some))
    leaves, arrives = buckets
    post(
        chunk, "transfer", of, -amount[some], bucket=leaves, line_no=no, posted_on=day[some],
        transfer=pair,
    )  # fmt: skip
    post(
        chunk, "transfer", of, amount[some], bucket=arrives[some], line_no=no,
        posted_on=day[some], transfer=pair,
    )  # fmt: skip


def patient_pays(
    chunk: Chunk, accounts: Ints, line_no: Ints | int, amount: Ints, day: Ints
) -> Ints:
    """Post patient payments (cents); a third by check, the rest by card or in cash."""
    way = chunk.accounts.pattern[accounts] % 6
    tender = np.choose(way, [CARD, CHECK, CARD, CASH, HSA_CARD, CHECK])
    check = np.where(tender == CHECK, chunk.next_checks(len(accounts)), 0)
    return post(
        chunk, "payment", accounts, -amount, bucket=SELF, line_no=line_no, tender=tender,
        check=check, posted_on=np.minimum(day, TODAY - 1),
    )  # fmt: skip


def small_balance(chunk: Chunk, lines: Ints, amount: Ints, day: Ints, word: str) -> Ints:
    """Write off patient debt without a group code, for the named reason."""
    return post(
        chunk, "adjustment", chunk.lines.of[lines], -amount, bucket=SELF,
        line_no=chunk.lines.no[lines], posted_on=day, description=code(DESCRIPTIONS, word),
    )  # fmt: skip
