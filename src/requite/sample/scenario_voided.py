"""A charge is voided after it was paid for: each gives back what it got, the write-off falls."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import BY_LINE, NOTHING, Chunk
from requite.sample.codes import Flags, Ints
from requite.sample.days import TODAY
from requite.sample.findings import find_on_lines
from requite.sample.patient_money import due, last_answer

NOBODY_OWED = ("none", "voided_charge", "reverse_posting", "proved")
TO_PAYER = ("payer", "voided_charge", "corrected_claim", "proved")
TO_PATIENT = ("patient", "voided_charge", "refund_patient", "proved")


def prepare(chunk: Chunk, who: Ints) -> None:
    """The line is paid; the patient has paid everything line by line, or nothing at all."""
    accounts = chunk.accounts
    accounts.pays[who] = np.where(accounts.pattern[who] % 3 == 0, NOTHING, BY_LINE)
    line = aim.one_line(chunk, who)
    aim.make_due(chunk, line)
    void = np.minimum(last_answer(chunk, who) + 50, TODAY - 3)
    chunk.lines.voided_on[line[_by_date(chunk, who)]] = void[_by_date(chunk, who)]


def _by_date(chunk: Chunk, who: Ints) -> Flags:
    """Whether the void is a date on the charge (else a charge that takes it back)."""
    by_date: Flags = chunk.accounts.pattern[who] % 4 != 1
    return by_date


def tell(chunk: Chunk, who: Ints) -> None:
    """Write the charge that takes it back, where there is one, and the truth."""
    line, of, accounts = aim.one_line(chunk, who), chunk.lines, chunk.accounts
    offset = line[~_by_date(chunk, who)]
    chunk.tables["charges"].add(
        len(offset), line=offset, amount=-of.charge[offset], offset=1,
        posted_on=np.minimum(last_answer(chunk, of.of[offset]) + 50, TODAY - 3),
    )  # fmt: skip
    left = due(chunk)[0][line]
    paid = accounts.pays[who] == BY_LINE
    accounts.owed[who] -= np.where(paid, 0, left)
    shared = accounts.answered[who] >= 2
    second = np.where(shared, of.paid_2[line], 0)
    off = of.contractual[line] + of.sequestered[line] + np.where(shared, of.written_off_2[line], 0)
    need = {"need_a": chunk.claim[who, 0], "need_b": chunk.claim[who, 1]}
    find_on_lines(chunk, line, off, NOBODY_OWED, **need)
    find_on_lines(chunk, line, of.paid[line], TO_PAYER, payer=accounts.payer[who, 0], **need)
    find_on_lines(chunk, line, second, TO_PAYER, payer=accounts.payer[who, 1], **need)
    find_on_lines(chunk, line, np.where(paid, left, 0), TO_PATIENT, **need)
