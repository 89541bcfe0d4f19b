"""Ordinary accounts whose payment pays for a take-back.

A payer takes money back out of what it pays for others: a remittance is never negative. Each
take-back is therefore given an ordinary account of the same payer, paid on the same day, with at
least the same amount.
"""

import numpy as np

from requite.sample import aim
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints
from requite.sample.payers import pays_on

ORDINARY = 0


def provide(chunk: Chunk, who: Ints, payer: Ints, day: Ints, amount: Ints) -> None:
    """Find a donor for each take-back (cents) on its day; who gets none becomes ordinary."""
    accounts, lines = chunk.accounts, chunk.lines
    everything = chunk.per_account(np.arange(len(lines.of)), lines.paid)
    free = np.flatnonzero(
        (accounts.scenario == ORDINARY) & ~chunk.is_donor & (accounts.pattern >= 30)
    )
    free = free[np.argsort(-everything[free], kind="stable")]
    needy = np.argsort(-amount, kind="stable")
    # Sequestration may yet lower what the donor is paid, if its new payer is Medicare.
    pairs = min(len(free), len(needy))
    enough = everything[free[:pairs]] * 97 // 100 >= amount[needy[:pairs]]
    served, donors = needy[:pairs][enough], free[:pairs][enough]
    chunk.is_donor[donors] = True
    accounts.payer[donors, 0] = payer[served]
    aim.redate(chunk, donors, day[served] - 21)
    accounts.answer[donors, 0] = day[served]
    aim.resettle_amounts(chunk, chunk.lines_of(donors))
    without = np.ones(len(who), dtype=bool)
    without[served] = False
    accounts.scenario[who[without]] = ORDINARY


def later_payment(chunk: Chunk, who: Ints, after: Ints, least: int, most: int) -> Ints:
    """A payment day of each account's first payer, some days after another day."""
    return pays_on(chunk.accounts.payer[who, 0], chunk.later(after, least, most))
