"""The payer takes its second payment back, and the ledger does not know."""

import numpy as np

from requite.sample import aim, donors, reversals
from requite.sample.answers import Answer
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.donors import later_payment
from requite.sample.findings import find_on_lines
from requite.sample.payers import PLACE
from requite.sample.reversals import CLAIM_NUMBER, NO_REFERENCE, Adjusted
from requite.sample.scenario_duplicate import (
    AGAIN,
    find_paid_twice,
    paid_again,
    repeated_lines,
)

TAKEN = ("none", "takeback_unposted", "post_recoupment", "proved")
PERHAPS_TAKEN = ("undetermined", "takeback_unposted", "review", "person")
TAKEN_ON = "taken back on"
RESERVED = "JUNI"  # the payer of the take-backs without a name; nobody else is covered by it


def note_days(chunk: Chunk, who: Ints) -> None:
    """Decide when these accounts are paid again, and when that is taken back."""
    for name in (AGAIN, TAKEN_ON):
        chunk.notes.setdefault(name, np.zeros(chunk.size, np.int64))
    again = later_payment(chunk, who, chunk.accounts.answer[who, 0], 14, 35)
    chunk.notes[AGAIN][who] = again
    chunk.notes[TAKEN_ON][who] = later_payment(chunk, who, again, 14, 28)


def prepare(chunk: Chunk, who: Ints) -> None:
    """Let the payer pay, and find who pays for the take-back."""
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))
    note_days(chunk, who)
    amount = chunk.per_account(*_repeated(chunk, who))[who]
    donors.provide(chunk, who, chunk.accounts.payer[who, 0], chunk.notes[TAKEN_ON][who], amount)


def _repeated(chunk: Chunk, who: Ints) -> tuple[Ints, Ints]:
    lines = repeated_lines(chunk, who)
    return lines, chunk.lines.paid[lines]


def again_and_taken(chunk: Chunk, who: Ints) -> tuple[Answer, Ints, Ints]:
    """Pay the accounts twice and take some of it back by a provider adjustment.

    The second answer; what is taken of each of its lines (cents); the adjustment of each line.
    """
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    paid = chunk.lines.paid[lines]
    whole = chunk.per_account(lines, paid)[who]
    part = np.where(chunk.accounts.pattern[who] % 5 == 0, whole * 3 // 5, whole)
    plb = np.zeros(chunk.size, np.int64)
    style = 1 + chunk.accounts.pattern[who] // 7 % 3
    taken = Adjusted("WO", again.of_account[who], part, chunk.notes[TAKEN_ON][who], style)
    plb[who] = reversals.adjust(chunk, taken)
    return again, _spent(chunk, again, paid, who, part), plb[chunk.lines.of[lines]]


def _spent(chunk: Chunk, again: Answer, paid: Ints, who: Ints, whole: Ints) -> Ints:
    """The whole laid upon the lines of each account, first line first."""
    of = chunk.lines.of[again.lines]
    purse = np.zeros(chunk.size, np.int64)
    purse[who] = whole
    running = np.cumsum(paid)
    before = np.zeros(chunk.size, np.int64)
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    before[of[starts]] = running[starts] - paid[starts]
    earlier = running - paid - before[of]
    return np.clip(purse[of] - earlier, 0, paid)


def tell_adjustment(chunk: Chunk, who: Ints) -> None:
    """A provider adjustment that names the claim took it, or most of it."""
    again, taken, _ = again_and_taken(chunk, who)
    _find_taken(chunk, again, taken)
    find_paid_twice(chunk, again, chunk.lines.paid[again.lines] - taken)


def _find_taken(
    chunk: Chunk, again: Answer, amount: Ints, verdict: tuple[str, str, str, str] = TAKEN
) -> None:  # fmt: skip
    of = chunk.lines.of[again.lines]
    find_on_lines(
        chunk, again.lines, amount, verdict, need_a=chunk.claim[of, 0], need_b=again.of_line
    )


def tell_reversal(chunk: Chunk, who: Ints) -> None:
    """A reversal lowered the remittance it came in."""
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    back = reversals.reverse(chunk, again, lines, chunk.notes[TAKEN_ON])
    find_on_lines(
        chunk, lines, chunk.lines.paid[lines], TAKEN, need_a=again.of_line, need_b=back.of_line
    )


def tell_carried(chunk: Chunk, who: Ints) -> None:
    """A reversal alone in its remittance is carried forward (FB) and then taken."""
    again, back, amount = _carried(chunk, who)
    day = chunk.notes[TAKEN_ON][who]
    reversals.adjust(chunk, Adjusted("FB", again.of_account[who], amount, day, CLAIM_NUMBER))
    find_on_lines(
        chunk, again.lines, chunk.lines.paid[again.lines], TAKEN, need_a=again.of_line,
        need_b=back.of_line,
    )  # fmt: skip


def tell_still_carried(chunk: Chunk, who: Ints) -> None:
    """A reversal that is only carried forward so far: a person must ask if the money went back."""
    again, back, _ = _carried(chunk, who)
    find_on_lines(
        chunk, again.lines, chunk.lines.paid[again.lines], PERHAPS_TAKEN, need_a=again.of_line,
        need_b=back.of_line,
    )  # fmt: skip


def _carried(chunk: Chunk, who: Ints) -> tuple[Answer, Answer, Ints]:
    """Pay twice, reverse the second payment in a remittance of its own that pays nothing."""
    lines = repeated_lines(chunk, who)
    again = paid_again(chunk, who, lines)
    day = chunk.notes[TAKEN_ON] - 7
    tag = np.arange(chunk.size)
    back = reversals.reverse(chunk, again, lines, day, tag)
    amount = chunk.per_account(lines, chunk.lines.paid[lines])[who]
    forward = Adjusted("FB", again.of_account[who], -amount, day[who], CLAIM_NUMBER, tag=tag[who])
    reversals.adjust(chunk, forward)
    return again, back, amount


def prepare_nameless(chunk: Chunk, who: Ints) -> None:
    """One line, and an amount that no other account of the payer has."""
    accounts, lines = chunk.accounts, chunk.lines
    aim.set_payer(chunk, who, 0, PLACE[RESERVED])
    line = chunk.first_line(who)
    unique = 10000 + 37 * (chunk.ordinal * 400 + np.arange(len(who)))
    accounts.contract[who] = NO_CONTRACT
    lines.denied_carc[line] = 0
    lines.responsibility[line] = 2000
    lines.responsibility_carc[line] = 3
    lines.charge[line] = unique * 2 + 3100
    lines.contractual[line] = unique + 1100
    aim.resettle(chunk, line)
    note_days(chunk, who)
    donors.provide(chunk, who, accounts.payer[who, 0], chunk.notes[TAKEN_ON][who], lines.paid[line])


def tell_nameless(chunk: Chunk, who: Ints) -> None:
    """A provider adjustment of the right amount that names no claim: a person must ask."""
    lines = chunk.first_line(who)
    again = paid_again(chunk, who, lines)
    payer = chunk.accounts.payer[who, 0]
    nobody, day = np.full(len(who), -1), chunk.notes[TAKEN_ON][who]
    amount = chunk.lines.paid[lines]
    reversals.adjust(chunk, Adjusted("WO", nobody, amount, day, NO_REFERENCE, payer=payer))
    _find_taken(chunk, again, chunk.lines.paid[lines], PERHAPS_TAKEN)


def prepare_reversed_only(chunk: Chunk, who: Ints) -> None:
    """The only payment is taken back; find who pays for it."""
    aim.all_paid(chunk, who)
    note_days(chunk, who)
    lines = chunk.lines_of(who)
    amount = chunk.per_account(lines, chunk.lines.paid[lines])[who]
    donors.provide(chunk, who, chunk.accounts.payer[who, 0], chunk.notes[TAKEN_ON][who], amount)


def tell_reversed_only(chunk: Chunk, who: Ints) -> None:
    """The claim is reversed and not corrected: taken, and all of it pending again."""
    lines = chunk.lines_of(who)
    of = chunk.lines.of[lines]
    told = Answer(lines, chunk.claim[of, 0], chunk.claim[:, 0])
    back = reversals.reverse(chunk, told, lines, chunk.notes[TAKEN_ON])
    paid = chunk.lines.paid[lines]
    chunk.accounts.owed += chunk.per_account(lines, paid)
    find_on_lines(
        chunk, lines, paid, TAKEN, need_a=told.of_line, need_b=back.of_line
    )  # fmt: skip
