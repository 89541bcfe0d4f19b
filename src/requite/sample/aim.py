"""Choosing the line that a trouble is about, and giving it what the trouble needs."""

import numpy as np

from requite.sample import draw, payers
from requite.sample.chunk import Chunk
from requite.sample.codes import Ints


def one_line(chunk: Chunk, who: Ints, turn: int = 0) -> Ints:
    """One line of each account, never the last where that is left open or unposted.

    Another `turn` gives another line where there are two to choose from.
    """
    accounts = chunk.accounts
    usable = chunk.per_account(
        np.arange(len(chunk.lines.of)),
        (chunk.lines.billed & chunk.lines.payment_posted).astype(np.int64),
    )[who]
    return chunk.first[who] + (accounts.pattern[who] + turn) % np.maximum(usable, 1)


def make_paid(chunk: Chunk, lines: Ints, responsibility: int = 10) -> None:
    """Let the first payer pay a good part of these lines, and leave some percent to others."""
    of = chunk.lines
    charge = of.charge[lines]
    percent = 28 + (charge % 30)
    of.denied_carc[lines] = 0
    of.contractual[lines] = charge * percent // 100
    of.responsibility[lines] = charge * responsibility // 100
    of.responsibility_carc[lines] = 2
    resettle(chunk, lines)


def make_paid_if_not(chunk: Chunk, lines: Ints) -> None:
    """The same where the first payer pays nothing yet."""
    make_paid(chunk, lines[chunk.lines.paid[lines] <= 0])


def resettle(chunk: Chunk, lines: Ints) -> None:
    """Work out again what each payer pays, after contractual or responsibility was changed."""
    of = chunk.lines
    draw.settle(of, chunk.accounts, lines)
    left = of.responsibility[lines]
    of.paid_2[lines] = left
    for name in ("written_off_2", "left_2", "paid_3", "left_3"):
        getattr(of, name)[lines] = 0


def all_paid(chunk: Chunk, who: Ints) -> None:
    """Let the first payer pay something on every line of the accounts."""
    make_paid_if_not(chunk, chunk.lines_of(who))


def make_due(chunk: Chunk, lines: Ints) -> None:
    """Leave something to the patient on these lines, and let the first payer pay the rest."""
    short = chunk.lines.responsibility[lines] <= 0
    make_paid(chunk, lines[short | (chunk.lines.paid[lines] <= 0)])


def commercial(chunk: Chunk, who: Ints) -> None:
    """Let a commercial plan be the first payer of the accounts that have another one."""
    accounts = chunk.accounts
    others = who[~payers.IS_COMMERCIAL[accounts.payer[who, 0]]]
    choice = (accounts.payer[others, 0] + accounts.pattern[others]) % 6
    choice = np.where(choice == accounts.payer[others, 1], (choice + 1) % 6, choice)
    set_payer(chunk, others, 0, choice)


def set_payer(chunk: Chunk, who: Ints, place: int, payer: Ints | int) -> None:
    """Give a place another payer, with its days of payment."""
    accounts = chunk.accounts
    accounts.payer[who, place] = payer
    _realign(chunk, who)
    resettle_amounts(chunk, chunk.lines_of(who))


def redate(chunk: Chunk, who: Ints, service: Ints) -> None:
    """Move accounts to another day of service, with all that follows from it."""
    accounts = chunk.accounts
    shift = np.zeros(chunk.size, np.int64)
    shift[who] = service - accounts.service[who]
    accounts.service += shift
    chunk.lines.service += shift[chunk.lines.of]
    accounts.answer += shift[:, None]
    _realign(chunk, who)


def _realign(chunk: Chunk, who: Ints) -> None:
    accounts = chunk.accounts
    for place in range(3):
        accounts.answer[who, place] = payers.pays_on(
            accounts.payer[who, place], accounts.answer[who, place]
        )


def resettle_amounts(chunk: Chunk, lines: Ints) -> None:
    """Work out again what the first payer pays; what later payers pay of the rest stays."""
    draw.settle(chunk.lines, chunk.accounts, lines)
