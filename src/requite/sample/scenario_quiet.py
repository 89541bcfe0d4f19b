"""Nothing is wrong here, though it looks like trouble."""

import numpy as np

from requite.sample import aim, payers
from requite.sample.answers import (
    DENIED,
    LATE_CHARGE,
    PREDETERMINATION,
    Adjustment,
    Terms,
    answer,
)
from requite.sample.chunk import NO_CONTRACT, Chunk
from requite.sample.codes import Ints
from requite.sample.days import TODAY
from requite.sample.donors import later_payment
from requite.sample.ordinary import first_answer
from requite.sample.patient_money import last_answer
from requite.sample.postings import (
    ACH,
    PRIMARY_BUCKET,
    patient_pays,
    pay,
    post,
    small_balance,
    write_off,
)
from requite.sample.scenario_duplicate import posting_of


def prepare_paper(chunk: Chunk, who: Ints) -> None:
    """A payer that sends no remittance at all."""
    chunk.accounts.paper[who] = True
    chunk.accounts.contract[who] = NO_CONTRACT
    aim.all_paid(chunk, who)


def prepare_ungrouped(chunk: Chunk, who: Ints) -> None:
    """A ledger that writes no group code."""
    chunk.accounts.no_groups[who] = True


def prepare_bilateral(chunk: Chunk, who: Ints) -> None:
    """Left and right: lines 1 and 2 are twins in everything but the modifier."""
    of = chunk.lines
    left = chunk.first_line(who)
    aim.make_paid_if_not(chunk, left)
    _copy(chunk, left, left + 1)
    of.modifier[left], of.modifier[left + 1] = 1, 2


def _copy(chunk: Chunk, source: Ints, onto: Ints) -> None:
    for name in (
        "procedure", "charge", "contractual", "sequestered", "paid", "responsibility",
        "responsibility_carc", "denied_carc", "paid_2", "written_off_2", "left_2", "paid_3",
        "left_3", "service",
    ):  # fmt: skip
        values = getattr(chunk.lines, name)
        values[onto] = values[source]


def prepare_alike(chunk: Chunk, who: Ints) -> None:
    """Two visits of one patient on one day, alike in everything but the account."""
    accounts = chunk.accounts
    here, there = who[0::2], who[1::2]
    aim.commercial(chunk, here)
    accounts.kin[there] = here
    accounts.payer[there, 0] = accounts.payer[here, 0]
    aim.redate(chunk, there, accounts.service[here])
    accounts.answer[there, 0] = accounts.answer[here, 0]
    accounts.contract[who] = NO_CONTRACT
    aim.make_paid_if_not(chunk, chunk.first_line(here))
    _copy(chunk, chunk.first_line(here), chunk.first_line(there))


def prepare_denied(chunk: Chunk, who: Ints) -> None:
    """The whole claim is denied, and written off."""
    _deny(chunk, who, to_patient=False)


def prepare_denied_to_patient(chunk: Chunk, who: Ints) -> None:
    """The whole claim is denied to the patient, who pays it or not."""
    _deny(chunk, who, to_patient=True)


def _deny(chunk: Chunk, who: Ints, *, to_patient: bool) -> None:
    lines, of = chunk.lines_of(who), chunk.lines
    chunk.accounts.contract[who] = NO_CONTRACT
    of.denied_carc[lines] = 0 if to_patient else 197
    of.contractual[lines] = 0 if to_patient else of.charge[lines]
    of.responsibility[lines] = of.charge[lines] if to_patient else 0
    of.responsibility_carc[lines] = 96
    aim.resettle(chunk, lines)


def tell_sent_twice(chunk: Chunk, who: Ints) -> None:
    """The claim was sent a second time and denied as a duplicate: nothing changes."""
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = later_payment(chunk, who, day[who], 14, 28)
    _nothing(chunk, who, day, DENIED, "18")


def tell_predetermined(chunk: Chunk, who: Ints) -> None:
    """A predetermination came before the answer: it pays nothing and decides nothing."""
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = payers.pays_on(chunk.accounts.payer[who, 0], chunk.accounts.service[who] + 5)
    _nothing(chunk, who, day, PREDETERMINATION, "45")


def _nothing(chunk: Chunk, who: Ints, day: Ints, status: int, carc: str) -> None:
    lines = chunk.lines_of(who)
    charge = chunk.lines.charge[lines]
    billing = np.full(chunk.size, -1)
    answer(
        chunk, lines, np.zeros_like(charge), Terms(0, day, status, billing=billing),
        Adjustment("CO", carc, charge),
    )  # fmt: skip


def prepare_late_charge(chunk: Chunk, who: Ints) -> None:
    """The last line is billed on its own, later."""
    aim.all_paid(chunk, who)
    chunk.accounts.with_claims[who] = False
    chunk.lines.billed[_last(chunk, who)] = False


def _last(chunk: Chunk, who: Ints) -> Ints:
    return chunk.first[who + 1] - 1


def tell_late_charge(chunk: Chunk, who: Ints) -> None:
    """Its claim (frequency 5) is paid beside the first one and replaces nothing."""
    lines, of = _last(chunk, who), chunk.lines
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = later_payment(chunk, who, day[who], 14, 28)
    told = first_answer(chunk, lines, Terms(0, day, frequency=LATE_CHARGE, serial=5))
    pay(chunk, told, of.paid[lines])
    write_off(chunk, told, of.contractual[lines])
    write_off(chunk, told, of.sequestered[lines], "253")
    chunk.accounts.owed[who] += of.responsibility[lines] - of.charge[lines]


def prepare_voided_early(chunk: Chunk, who: Ints) -> None:
    """The last line was entered by mistake and voided before anything was billed."""
    last = _last(chunk, who)
    chunk.lines.billed[last] = False
    chunk.lines.voided_on[last] = chunk.lines.service[last] + 2


def tell_voided_early(chunk: Chunk, who: Ints) -> None:
    """Nothing is owed for it."""
    chunk.accounts.owed[who] -= chunk.lines.charge[_last(chunk, who)]


def tell_voided_posting(chunk: Chunk, who: Ints) -> None:
    """A payment was keyed twice, and the second posting voided the next day."""
    line = aim.one_line(chunk, who)
    first = posting_of(chunk, line)
    rows = chunk.tables["transactions"]
    day = rows["posted_on"][first].astype(np.int64)
    post(
        chunk, "payment", who, -chunk.lines.paid[line], claim=chunk.claim[who, 0],
        payer=chunk.accounts.payer[who, 0], posted_on=day, voided_on=day + 1,
        bucket=PRIMARY_BUCKET, line_no=chunk.lines.no[line], tender=ACH,
    )  # fmt: skip


def make_line_paid(chunk: Chunk, who: Ints) -> None:
    """Let the payer pay the line in question."""
    aim.make_paid_if_not(chunk, aim.one_line(chunk, who))


def prepare_same_insurer(chunk: Chunk, who: Ints) -> None:
    """Both parents have the same insurer: it stands first and second."""
    aim.commercial(chunk, who)
    aim.set_payer(chunk, who, 1, chunk.accounts.payer[who, 0])
    line = aim.one_line(chunk, who)
    aim.make_due(chunk, line)


def prepare_sister(chunk: Chunk, who: Ints) -> None:
    """The remittance comes from a sister company of the insurer on file."""
    aim.set_payer(chunk, who, 0, payers.PLACE["GARH"])
    chunk.accounts.twin_payer[who] = payers.PLACE["GARS"]


def prepare_expired(chunk: Chunk, who: Ints) -> None:
    """A second coverage on file had ended before the service."""
    accounts = chunk.accounts
    accounts.payer[who, 1] = np.where(
        accounts.payer[who, 0] == payers.PLACE["ALDW"], payers.PLACE["BRKN"], payers.PLACE["ALDW"]
    )
    accounts.ended[who, 1] = accounts.service[who] - 60


def tell_bad_debt(chunk: Chunk, who: Ints) -> None:
    """What the patient never paid was written off to bad debt."""
    lines = chunk.lines_of(who)
    left = chunk.lines.responsibility[lines]
    of = chunk.lines.of[lines]
    post(
        chunk, "bad_debt", of, -left, bucket=6, line_no=chunk.lines.no[lines],
        posted_on=np.minimum(last_answer(chunk, of) + 110, TODAY - 1),
    )  # fmt: skip
    chunk.accounts.owed -= chunk.per_account(lines, left)


def prepare_discount(chunk: Chunk, who: Ints) -> None:
    """The patient without insurance pays what a discount leaves, in one sum a line."""
    chunk.accounts.plain[who] = False


def tell_discount(chunk: Chunk, who: Ints) -> None:
    """A discount of a fifth or more, and the rest paid."""
    lines = chunk.lines_of(who)
    of, charge = chunk.lines.of[lines], chunk.lines.charge[lines]
    off = charge * (20 + chunk.accounts.pattern[of] % 30) // 100
    small_balance(chunk, lines, off, chunk.lines.service[lines] + 6, "Prompt pay discount")
    day = chunk.lines.service[lines] + 7
    patient_pays(chunk, of, chunk.lines.no[lines], charge - off, day)
