"""Two payers, and one of them paid what the other was to pay."""

import numpy as np

from requite.sample import aim, payers
from requite.sample.answers import PRIMARY, Adjustment, Answer, Terms, answer
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import BUCKETS, Ints, code
from requite.sample.findings import find_on_lines
from requite.sample.postings import contractual, pay, write_off

DUAL = ("payer", "dual_primary", "refund_payer", "proved")
DUAL_UNKNOWN = ("undetermined", "dual_primary", "review", "person")
MEDICARE_SECOND = ("payer", "medicare_secondary_payer", "refund_payer", "proved")
OVER_RESPONSIBILITY = ("payer", "secondary_over_responsibility", "refund_payer", "proved")
SECONDARY_BUCKET = code(BUCKETS, "secondary")


def prepare_dual(chunk: Chunk, who: Ints) -> None:
    """Two commercial plans; the first one has paid every line."""
    aim.commercial(chunk, who)
    accounts = chunk.accounts
    second = (accounts.payer[who, 0] + 1) % 6
    aim.set_payer(chunk, who, 1, second)
    accounts.contract[who] = NO_CONTRACT
    aim.all_paid(chunk, who)


def prepare_unknown(chunk: Chunk, who: Ints) -> None:
    """The same, but nothing is on file about the second plan."""
    prepare_dual(chunk, who)
    chunk.accounts.covered[who, 1] = False


def prepare_medicare(chunk: Chunk, who: Ints) -> None:
    """A working patient: the group plan is first, Medicare second, and Medicare paid sooner."""
    prepare_dual(chunk, who)
    accounts = chunk.accounts
    aim.set_payer(chunk, who, 1, payers.PLACE["MCRB"])
    medicare_day = payers.pays_on(accounts.payer[who, 1], accounts.service[who] + 14)
    accounts.answer[who, 0] = payers.pays_on(accounts.payer[who, 0], accounts.answer[who, 0] + 21)
    accounts.answer[who, 1] = medicare_day


def _as_primary(chunk: Chunk, who: Ints, number_known: bool) -> tuple[Answer, Ints, Ints]:
    """The second payer answers as if it were the first; its payments and write-offs."""
    lines, of = chunk.lines_of(who), chunk.lines
    lines = lines[of.billed[lines]]
    charge = of.charge[lines]
    off = charge * (25 + charge % 20) // 100
    paid = (charge - off) * 4 // 5
    billing = None if number_known else np.full(chunk.size, -1)
    told = answer(
        chunk,
        lines,
        paid,
        Terms(1, chunk.accounts.answer[:, 1], PRIMARY, billing=billing),
        Adjustment("CO", "45", off),
        Adjustment("PR", "2", charge - off - paid),
    )
    return told, paid, off


def _find(chunk: Chunk, told: Answer, paid: Ints, verdict: tuple[str, str, str, str]) -> None:
    lines, of = told.lines, chunk.lines
    rightly = np.minimum(paid, of.responsibility[lines])
    chunk.accounts.owed -= chunk.per_account(lines, rightly)
    account = of.of[lines]
    find_on_lines(
        chunk, lines, paid - rightly, verdict, payer=chunk.accounts.payer[account, 1],
        need_a=chunk.claim[account, 0], need_b=told.of_line,
    )  # fmt: skip


def tell_dual(chunk: Chunk, who: Ints) -> None:
    """Both answered as primary; the order on file says which one was."""
    told, paid, _ = _as_primary(chunk, who, number_known=True)
    pay(chunk, told, paid)
    _find(chunk, told, paid, DUAL)


def tell_unknown(chunk: Chunk, who: Ints) -> None:
    """Both answered as primary, and only one of them is on file: a person must ask."""
    told, paid, _ = _as_primary(chunk, who, number_known=False)
    pay(chunk, told, paid)
    _find(chunk, told, paid, DUAL_UNKNOWN)


def tell_medicare(chunk: Chunk, who: Ints) -> None:
    """Medicare paid first; half of the offices took its write-off, and reversed that later."""
    told, paid, off = _as_primary(chunk, who, number_known=True)
    pay(chunk, told, paid)
    taken = np.where(chunk.accounts.pattern[chunk.lines.of[told.lines]] % 2 == 0, off, 0)
    first = write_off(chunk, told, taken)
    undone = np.flatnonzero(first >= 0)
    account = chunk.lines.of[told.lines[undone]]
    contractual(
        chunk, account, -taken[undone], "45", reverses=first[undone], bucket=SECONDARY_BUCKET,
        posted_on=chunk.accounts.answer[account, 0] + 1, line_no=chunk.lines.no[told.lines[undone]],
    )  # fmt: skip
    _find(chunk, told, paid, MEDICARE_SECOND)


def prepare_over(chunk: Chunk, who: Ints) -> None:
    """The secondary pays more of one line than the primary left."""
    line = aim.one_line(chunk, who)
    aim.make_due(chunk, line)
    of = chunk.lines
    extra = np.maximum((of.charge[line] - of.responsibility[line]) * (5 + line % 25) // 100, 1)
    of.paid_2[line] = of.responsibility[line] + extra
    of.written_off_2[line] = 0
    of.left_2[line] = 0


def tell_over(chunk: Chunk, who: Ints) -> None:
    """The secondary is owed what it paid above that."""
    line, of = aim.one_line(chunk, who), chunk.lines
    find_on_lines(
        chunk, line, of.paid_2[line] - of.responsibility[line], OVER_RESPONSIBILITY,
        payer=chunk.accounts.payer[who, 1], need_a=chunk.claim[who, 0],
        need_b=chunk.claim[who, 1],
    )  # fmt: skip
