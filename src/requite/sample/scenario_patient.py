"""The patient paid more than the payers left."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import FIRST_LINE, Chunk
from requite.sample.codes import Column, Ints
from requite.sample.findings import find, find_on_lines
from requite.sample.patient_money import last_answer
from requite.sample.postings import patient_pays

TOO_MUCH = ("patient", "patient_overcollection", "refund_patient", "proved")


def tell_overcollection(chunk: Chunk, who: Ints) -> None:
    """A copay or instalment too many, on a line or on the account as a whole."""
    apart = chunk.accounts.pattern[who] % 3 == 0
    over_lines(chunk, aim.one_line(chunk, who[~apart]))
    over_account(chunk, who[apart])


def _too_much(chunk: Chunk, who: Ints) -> Ints:
    usual = chunk.rng.integers(4, 31, len(who)) * 250
    return np.where(chunk.accounts.pattern[who] % 20 == 7, 1, usual)  # a cent is a credit too


def over_lines(chunk: Chunk, lines: Ints) -> None:
    """Take too much on each of these lines, of accounts whose patient has paid all that is due."""
    who = chunk.lines.of[lines]
    amount = _too_much(chunk, who)
    patient_pays(chunk, who, chunk.lines.no[lines], amount, chunk.accounts.service[who])
    find_on_lines(chunk, lines, amount, TOO_MUCH, **needs(chunk, who))


def over_account(chunk: Chunk, who: Ints) -> None:
    """Take too much without naming a line."""
    amount = _too_much(chunk, who)
    patient_pays(chunk, who, 0, amount, last_answer(chunk, who) + 30)
    find(chunk, who, amount, TOO_MUCH, **needs(chunk, who))


def needs(chunk: Chunk, who: Ints) -> dict[str, Column]:
    """The answers that settle what the patient owes: the first one and the last one."""
    last = np.maximum(chunk.accounts.answered[who] - 1, 0)
    return {"need_a": chunk.claim[who, 0], "need_b": chunk.claim[who, last]}


def prepare_first_line(chunk: Chunk, who: Ints) -> None:
    """All patient money is keyed on the first line, wherever it is due."""
    chunk.accounts.pays[who] = FIRST_LINE


def tell_first_line(chunk: Chunk, who: Ints) -> None:
    """Too much, all on the first line: what the other lines do not need stays there."""
    over_lines(chunk, chunk.first_line(who))
