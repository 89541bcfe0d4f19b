"""A payer that has not answered yet; and patient money that waits for the answer."""

import numpy as np

from requite.sample import aim
from requite.sample.answers import DENIED, Adjustment, Terms, answer, bill
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import CARCS, Ints, code
from requite.sample.days import TODAY
from requite.sample.findings import find, find_on_lines
from requite.sample.patient_money import last_answer
from requite.sample.payers import pays_on
from requite.sample.postings import PRIMARY_BUCKET, contractual, patient_pays, small_balance

HELD = ("undetermined", "adjudication_pending", "hold", "likely")
ASKING = np.array([code(CARCS, word) for word in ("16", "252", "226", "22")])


def prepare(chunk: Chunk, who: Ints) -> None:
    """Recent accounts."""
    aim.redate(chunk, who, TODAY - 40 + chunk.accounts.pattern[who] % 34)


def tell_pending(chunk: Chunk, who: Ints) -> None:
    """Billed, not answered; a third of the offices write off what they expect at once."""
    _bill(chunk, who, 0)
    eager = chunk.lines_of(who[chunk.accounts.pattern[who] % 3 == 0])
    of, lines = chunk.lines.of[eager], chunk.lines
    amount = lines.contractual[eager]
    contractual(
        chunk, of, amount, "45", bucket=PRIMARY_BUCKET, posted_on=lines.service[eager] + 2,
        line_no=lines.no[eager],
    )  # fmt: skip
    chunk.accounts.owed -= chunk.per_account(eager, amount)


def _bill(chunk: Chunk, who: Ints, place: int) -> None:
    lines = chunk.lines_of(who)
    billed = chunk.per_account(lines, chunk.lines.charge[lines])[who]
    terms = Terms(place, chunk.accounts.answer[:, place])
    bill(chunk, who, terms, np.full(len(who), -1), billed)


def tell_copay(chunk: Chunk, who: Ints) -> None:
    """A copay was taken at the desk: it is held until the payer answers."""
    tell_pending(chunk, who)
    take_copay(chunk, who)


def take_copay(chunk: Chunk, who: Ints) -> None:
    """Take a copay, on line 1 or without a line: no more than the payer may leave."""
    lines = chunk.lines_of(who)
    allowed = chunk.lines.charge[lines] - chunk.lines.contractual[lines]
    expected = chunk.per_account(lines, allowed)[who]
    amount = np.minimum(chunk.rng.integers(3, 11, len(who)) * 500, expected)
    line_no = chunk.accounts.pattern[who] % 2
    patient_pays(chunk, who, line_no, amount, chunk.accounts.service[who])
    find(chunk, who, amount, HELD, line_no=line_no)


def prepare_secondary(chunk: Chunk, who: Ints) -> None:
    """The first payer left something on one line at least."""
    aim.make_due(chunk, aim.one_line(chunk, who))


def tell_secondary(chunk: Chunk, who: Ints) -> None:
    """The second payer has not answered; some offices write off the small balance already."""
    _bill(chunk, who, 1)
    lines = chunk.lines_of(who[chunk.accounts.pattern[who] % 8 == 0])
    amount = chunk.lines.responsibility[lines]
    day = chunk.accounts.answer[chunk.lines.of[lines], 0] + 9
    small_balance(chunk, lines, amount, day, "Small balance write-off")
    chunk.accounts.owed -= chunk.per_account(lines, amount)


def tell_secondary_copay(chunk: Chunk, who: Ints) -> None:
    """The patient paid what the second payer may still pay."""
    _bill(chunk, who, 1)
    line = aim.one_line(chunk, who)
    amount = chunk.lines.responsibility[line]
    patient_pays(chunk, who, chunk.lines.no[line], amount, last_answer(chunk, who) + 12)
    find_on_lines(chunk, line, amount, HELD)


def prepare_asks(chunk: Chunk, who: Ints) -> None:
    """Nothing is known of the contract."""
    chunk.accounts.contract[who] = NO_CONTRACT


def tell_asks(chunk: Chunk, who: Ints) -> None:
    """A denial that only asks for something is no answer."""
    _ask(chunk, who, chunk.accounts.answer[:, 0])


def tell_asks_copay(chunk: Chunk, who: Ints) -> None:
    """The same, and a copay was taken at the desk."""
    _ask(chunk, who, chunk.accounts.answer[:, 0])
    take_copay(chunk, who)


def tell_asked_first(chunk: Chunk, who: Ints) -> None:
    """A denial that only asked came before the answer: nothing is wrong."""
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = pays_on(chunk.accounts.payer[who, 0], chunk.accounts.service[who] + 6)
    _ask(chunk, who, day)


def _ask(chunk: Chunk, who: Ints, day: Ints) -> None:
    lines = chunk.lines_of(who)
    charge = chunk.lines.charge[lines]
    reason = ASKING[chunk.accounts.pattern[chunk.lines.of[lines]] % len(ASKING)]
    answer(
        chunk, lines, np.zeros_like(charge), Terms(0, day, DENIED), Adjustment("CO", reason, charge)
    )
