"""A refund was sent and not posted; or written and never sent."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.days import TODAY
from requite.sample.findings import find_on_lines
from requite.sample.patient_money import last_answer
from requite.sample.postings import patient_pays
from requite.sample.scenario_duplicate import find_paid_twice, paid_again, repeated_lines
from requite.sample.scenario_patient import needs

UNPOSTED = ("none", "refund_unposted", "post_refund", "proved")
REQUESTED, APPROVED, ISSUED, CLEARED, VOIDED, RETURNED = range(6)


def _refund(chunk: Chunk, who: Ints, payer: Ints | int, amount: Ints, status: Ints) -> None:
    day = np.minimum(last_answer(chunk, who) + 60, TODAY - 2)
    chunk.tables["refunds"].add(
        len(who), account=who, payer=payer, amount=amount, status=status,
        issued_on=np.where(status >= ISSUED, day, 0), check=chunk.next_checks(len(who)),
    )  # fmt: skip


def tell_sent(chunk: Chunk, who: Ints) -> None:
    """The second payment was refunded; the ledger does not know."""
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    amount, of = chunk.lines.paid[lines], chunk.lines.of[lines]
    status = ISSUED + chunk.accounts.pattern[who] % 2
    _refund(chunk, who, chunk.accounts.payer[who, 0], chunk.per_account(lines, amount)[who], status)
    find_on_lines(chunk, lines, amount, UNPOSTED, need_a=chunk.claim[of, 0], need_b=again.of_line)


def tell_not_sent(chunk: Chunk, who: Ints) -> None:
    """The refund was asked for, approved, voided or returned: the payer is still owed."""
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    amount = chunk.lines.paid[lines]
    status = np.array([REQUESTED, APPROVED, VOIDED, RETURNED])[chunk.accounts.pattern[who] % 4]
    _refund(chunk, who, chunk.accounts.payer[who, 0], chunk.per_account(lines, amount)[who], status)
    find_paid_twice(chunk, again, amount)


def tell_patient_sent(chunk: Chunk, who: Ints) -> None:
    """The patient paid too much and was refunded; the ledger does not know."""
    lines = aim.one_line(chunk, who)
    amount = chunk.rng.integers(4, 31, len(who)) * 250
    patient_pays(chunk, who, chunk.lines.no[lines], amount, chunk.accounts.service[who])
    _refund(chunk, who, -1, amount, np.full(len(who), CLEARED))
    find_on_lines(chunk, lines, amount, UNPOSTED, **needs(chunk, who))
