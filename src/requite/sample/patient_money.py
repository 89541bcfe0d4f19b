"""What is due from the patient in the end, and how the patient pays it."""

import numpy as np

from requite.sample.chunk import (
    BY_LINE,
    FIRST_LINE,
    INSTALMENTS,
    NOBODY,
    PARTLY,
    WHOLE,
    WHOLE_IN_PARTS,
    Chunk,
)
from requite.sample.codes import Ints
from requite.sample.postings import patient_pays


def due(chunk: Chunk) -> tuple[Ints, Ints]:
    """What each line leaves to the patient, and what waits for a payer (cents)."""
    lines, accounts = chunk.lines, chunk.accounts
    places, answered = accounts.places[lines.of], accounts.answered[lines.of]
    left = np.choose(
        np.minimum(answered, 3), [lines.charge, lines.responsibility, lines.left_2, lines.left_3]
    )
    left = np.where((places > 0) & ~lines.billed, lines.charge, left)
    # A place without anything left to it has nothing to answer, and owes nothing.
    waits = (places > 0) & ((answered < places) | ~lines.billed)
    forbidden = accounts.forbids[lines.of] != NOBODY
    pending = np.where(waits, left, 0)
    return np.where(waits | forbidden, 0, left), pending


def last_answer(chunk: Chunk, who: Ints) -> Ints:
    """The day of the last answer, or of the service where nobody is to answer."""
    accounts = chunk.accounts
    last = np.maximum(accounts.answered[who] - 1, 0)
    return np.where(accounts.answered[who] > 0, accounts.answer[who, last], accounts.service[who])


def write(chunk: Chunk) -> None:
    """Post the patient's money, and note what stays owed."""
    lines, accounts = chunk.lines, chunk.accounts
    owed, pending = due(chunk)
    plain = accounts.plain[lines.of]
    owed, pending = np.where(plain, owed, 0), np.where(plain, pending, 0)
    every = np.arange(len(lines.of))
    whole = chunk.per_account(every, owed)
    day = chunk.later(last_answer(chunk, np.arange(chunk.size)), 8, 38)
    _by_line(chunk, owed, day)
    _in_instalments(chunk, owed, day)
    _whole(chunk, whole, day)
    _on_first_line(chunk, owed, whole, day)
    accounts.owed += whole + chunk.per_account(every, pending) - accounts.due_paid


def _pays(chunk: Chunk, lines: Ints, amount: Ints, day: Ints) -> None:
    of = chunk.lines.of[lines]
    patient_pays(chunk, of, chunk.lines.no[lines], amount, day[of])
    chunk.accounts.due_paid += chunk.per_account(lines, amount)


def _by_line(chunk: Chunk, owed: Ints, day: Ints) -> None:
    pays = chunk.accounts.pays[chunk.lines.of]
    lines = np.flatnonzero((owed > 0) & ((pays == BY_LINE) | (pays == PARTLY)))
    part = np.where(pays[lines] == PARTLY, owed[lines] // 2, owed[lines])
    _pays(chunk, lines, part, day)


def _in_instalments(chunk: Chunk, owed: Ints, day: Ints) -> None:
    lines = np.flatnonzero((owed > 0) & (chunk.accounts.pays[chunk.lines.of] == INSTALMENTS))
    third = owed[lines] // 3
    for month, part in enumerate((third, third, owed[lines] - 2 * third)):
        _pays(chunk, lines, part, day + 20 * month)


def _whole(chunk: Chunk, whole: Ints, day: Ints) -> None:
    pays = chunk.accounts.pays
    who = np.flatnonzero((whole > 0) & ((pays == WHOLE) | (pays == WHOLE_IN_PARTS)))
    part = np.where(pays[who] == WHOLE_IN_PARTS, whole[who] // 3, 0)
    patient_pays(chunk, who, 0, whole[who] - part, day[who])
    patient_pays(chunk, who, 0, part, day[who] + 15)
    chunk.accounts.due_paid[who] += whole[who]


def _on_first_line(chunk: Chunk, owed: Ints, whole: Ints, day: Ints) -> None:
    who = np.flatnonzero((whole > 0) & (chunk.accounts.pays == FIRST_LINE))
    patient_pays(chunk, who, 1, whole[who], day[who])
    chunk.accounts.due_paid[who] += whole[who]
