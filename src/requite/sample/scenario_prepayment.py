"""Deposits before any charge."""

import numpy as np

from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.days import TODAY
from requite.sample.findings import find
from requite.sample.postings import patient_pays

REFUND = ("patient", "prepayment_without_charges", "refund_patient", "proved")
HOLD = ("patient", "prepayment_without_charges", "hold", "proved")


def prepare(chunk: Chunk, who: Ints) -> None:
    """No charges, no claims."""
    chunk.accounts.plain[who] = False
    chunk.accounts.contract[who] = NO_CONTRACT


def tell(chunk: Chunk, who: Ints) -> None:
    """A visit is booked: hold the deposit for it; none is: give it back."""
    accounts = chunk.accounts
    amount = chunk.rng.integers(4, 61, len(who)) * 500
    booked = accounts.pattern[who] % 10 < 3
    day = TODAY - 20 - accounts.pattern[who] % 90
    accounts.next_visit[who] = np.where(
        booked, TODAY + 5 + accounts.pattern[who] % 60,
        np.where(accounts.pattern[who] % 10 == 9, TODAY - 10, 0),
    )  # fmt: skip
    patient_pays(chunk, who, 0, amount, day)
    find(chunk, who, np.where(booked, amount, 0), HOLD)
    find(chunk, who, np.where(booked, 0, amount), REFUND)
