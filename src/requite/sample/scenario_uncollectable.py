"""Patients who may not be billed: Medicare first, Medicaid second, which forbids it."""

import numpy as np

from requite.sample import aim, payers
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.findings import find_on_lines
from requite.sample.postings import patient_pays

FORBIDDEN = ("patient", "uncollectable_responsibility", "refund_patient", "proved")


def prepare(chunk: Chunk, who: Ints) -> None:
    """Medicaid pays a part of what Medicare leaves and has the rest written off."""
    accounts, of = chunk.accounts, chunk.lines
    aim.set_payer(chunk, who, 0, payers.PLACE["MCRB"])
    aim.set_payer(chunk, who, 1, payers.PLACE["MCAD"])
    accounts.forbids[who] = 1
    aim.make_due(chunk, aim.one_line(chunk, who))
    lines = chunk.lines_of(who)
    left = of.responsibility[lines]
    of.paid_2[lines] = left * np.array([0, 40, 100])[accounts.pattern[of.of[lines]] % 3] // 100
    of.written_off_2[lines] = left - of.paid_2[lines]
    of.left_2[lines] = 0


def prepare_ungrouped(chunk: Chunk, who: Ints) -> None:
    """The same on a ledger that writes no group code."""
    prepare(chunk, who)
    chunk.accounts.no_groups[who] = True


def prepare_charged(chunk: Chunk, who: Ints) -> None:
    """The same, and half of the offices have not posted Medicaid's write-off."""
    prepare(chunk, who)
    chunk.accounts.lazy[who] = chunk.accounts.pattern[who] % 2 == 0


def tell_charged(chunk: Chunk, who: Ints) -> None:
    """The patient was charged coinsurance at the desk and gets all of it back."""
    line = aim.one_line(chunk, who)
    amount = chunk.lines.responsibility[line]
    patient_pays(chunk, who, chunk.lines.no[line], amount, chunk.accounts.service[who])
    find_on_lines(chunk, line, amount, FORBIDDEN, need_a=chunk.claim[who, 0],
                  need_b=chunk.claim[who, 1])  # fmt: skip
