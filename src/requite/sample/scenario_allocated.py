"""Payments without a line in the ledger, laid upon charges in a table of their own."""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.findings import find_on_lines
from requite.sample.patient_money import due, last_answer
from requite.sample.postings import patient_pays
from requite.sample.scenario_patient import TOO_MUCH, needs


def prepare(chunk: Chunk, who: Ints) -> None:
    """Something is due on one line at least."""
    aim.make_due(chunk, aim.one_line(chunk, who))


def tell(chunk: Chunk, who: Ints) -> None:
    """The patient pays all that is due in one sum, allocated charge by charge."""
    _pay(chunk, who, np.zeros(len(who), np.int64))


def tell_too_much(chunk: Chunk, who: Ints) -> None:
    """The same sum and more, and what is too much is allocated to one charge."""
    extra = chunk.rng.integers(4, 31, len(who)) * 250
    line = _pay(chunk, who, extra)
    find_on_lines(chunk, line, extra, TOO_MUCH, **needs(chunk, who))


def _pay(chunk: Chunk, who: Ints, extra: Ints) -> Ints:
    line, lines = aim.one_line(chunk, who), chunk.lines_of(who)
    part = due(chunk)[0]
    whole = chunk.per_account(lines, part[lines])
    chunk.accounts.owed -= whole
    part[line] += extra
    paid = np.zeros(chunk.size, np.int64)
    paid[who] = patient_pays(chunk, who, 0, whole[who] + extra, last_answer(chunk, who) + 12)
    some = lines[part[lines] > 0]
    chunk.tables["allocations"].add(
        len(some), transaction=paid[chunk.lines.of[some]], line=some, amount=-part[some]
    )
    return line
