"""Claims that are priced as a whole, and posted without a line."""

import numpy as np

from requite.sample import aim
from requite.sample.answers import Adjustment, Terms, answer, answer_whole
from requite.sample.chunk import BY_LINE, NO_CONTRACT, Chunk
from requite.sample.codes import CARCS, GROUPS, Column, Ints, code
from requite.sample.donors import later_payment
from requite.sample.findings import find
from requite.sample.postings import ACH, PRIMARY_BUCKET, contractual, patient_pays, post, write_off
from requite.sample.scenario_duplicate import PAID_TWICE, POSTED_TWICE

INPATIENT = 2


def prepare(chunk: Chunk, who: Ints) -> None:
    """A case rate: the whole claim has one contractual, one payment, one deductible."""
    accounts, of = chunk.accounts, chunk.lines
    aim.commercial(chunk, who)
    accounts.plain[who] = False
    accounts.contract[who] = NO_CONTRACT
    lines = chunk.lines_of(who)
    of.denied_carc[lines] = 0
    of.contractual[lines] = of.charge[lines] * 40 // 100
    of.responsibility[lines] = of.charge[lines] * 5 // 100
    aim.resettle(chunk, lines)


def prepare_above_charges(chunk: Chunk, who: Ints) -> None:
    """The case rate lies above the charges: the contractual is negative."""
    prepare(chunk, who)
    lines, of = chunk.lines_of(who), chunk.lines
    of.contractual[lines] = -of.charge[lines] * 8 // 100
    of.responsibility[lines] = 0
    aim.resettle(chunk, lines)


def _sums(chunk: Chunk, lines: Ints, who: Ints) -> dict[str, Ints]:
    of = chunk.lines
    start, end = np.full(chunk.size, 1 << 40), np.zeros(chunk.size, np.int64)
    np.minimum.at(start, of.of[lines], of.service[lines])
    np.maximum.at(end, of.of[lines], of.service[lines])
    sums = {
        name: chunk.per_account(lines, values[lines])[who]
        for name, values in (
            ("charge", of.charge), ("paid", of.paid), ("responsibility", of.responsibility),
            ("contractual", of.contractual),
        )
    }  # fmt: skip
    return {**sums, "service_from": start[who], "service_to": end[who]}


def answer_sum(chunk: Chunk, who: Ints, lines: Ints, day: Ints, carc: str = "45") -> Ints:
    """Answer the sum of these lines at claim level; the new claims of the accounts `who`."""
    sums = _sums(chunk, lines, who)
    off = sums.pop("contractual")
    return answer_whole(
        chunk, who, sums, Terms(0, day), Adjustment("CO", carc, off),
        Adjustment("PR", "1", sums["responsibility"]),
    )  # fmt: skip


def _post(chunk: Chunk, who: Ints, claim: Ints, paid: Ints, off: Ints) -> Ints:
    rows = chunk.tables["remit_claims"]
    common: dict[str, Column] = {
        "claim": claim, "bucket": PRIMARY_BUCKET,
        "posted_on": rows["day"][claim] + chunk.accounts.pattern[who] % 3,
    }  # fmt: skip
    contractual(chunk, who, off, "45", **common)
    return post(
        chunk, "payment", who, -paid, payer=chunk.accounts.payer[who, 0], tender=ACH, **common
    )


def _tell(chunk: Chunk, who: Ints, carc: str = "45") -> tuple[Ints, Ints, Ints]:
    """The ordinary story; the claims, the postings of the payments, and what was paid."""
    accounts = chunk.accounts
    lines = chunk.lines_of(who)
    sums = _sums(chunk, lines, who)
    claim = answer_sum(chunk, who, lines, accounts.answer[:, 0], carc)
    chunk.claim[who, 0] = claim
    posted = _post(chunk, who, claim, sums["paid"], sums["contractual"])
    due = sums["responsibility"]
    paid = np.where(accounts.pays[who] >= BY_LINE, due, 0)
    patient_pays(chunk, who, 0, paid, accounts.answer[who, 0] + 15)
    accounts.owed[who] += due - paid
    return claim, posted, sums["paid"]


def tell(chunk: Chunk, who: Ints) -> None:
    """Paid, posted without a line, settled or not: nothing is wrong."""
    _tell(chunk, who)


def tell_above_charges(chunk: Chunk, who: Ints) -> None:
    """A negative contractual is posted as it came."""
    _tell(chunk, who, "94")


def tell_paid_twice(chunk: Chunk, who: Ints) -> None:
    """The whole claim is paid a second time: the excess belongs to no line."""
    claim, _, paid = _tell(chunk, who)
    day = chunk.accounts.answer[:, 0].copy()
    day[who] = later_payment(chunk, who, day[who], 14, 35)
    again = answer_sum(chunk, who, chunk.lines_of(who), day)
    _post(chunk, who, again, paid, np.zeros_like(paid))
    find(
        chunk, who, paid, PAID_TWICE, payer=chunk.accounts.payer[who, 0], need_a=claim,
        need_b=again,
    )  # fmt: skip


def tell_posted_twice(chunk: Chunk, who: Ints) -> None:
    """The payment of the whole claim is keyed a second time."""
    claim, first, paid = _tell(chunk, who)
    second = _post(chunk, who, claim, paid, np.zeros_like(paid))
    find(chunk, who, paid, POSTED_TWICE, need_a=claim, link_a=first, link_b=second)


def prepare_claim_deductible(chunk: Chunk, who: Ints) -> None:
    """Lines with a contractual each, and a deductible that stands on the claim alone."""
    prepare(chunk, who)
    chunk.accounts.patient_class[who] = INPATIENT


def tell_claim_deductible(chunk: Chunk, who: Ints) -> None:
    """Contractuals are posted by line, the payment as a whole: nothing is wrong."""
    lines, of, accounts = chunk.lines_of(who), chunk.lines, chunk.accounts
    off = of.contractual[lines]
    told = answer(
        chunk,
        lines,
        of.charge[lines] - off,
        Terms(0, accounts.answer[:, 0]),
        Adjustment("CO", "45", off),
    )
    claim = told.of_account[who]
    deductible = chunk.per_account(lines, of.responsibility[lines])[who]
    rows = chunk.tables["remit_claims"]
    rows["paid"][claim] -= deductible
    rows["responsibility"][claim] += deductible
    chunk.tables["remit_adjustments"].add(
        len(who), claim=claim, group=code(GROUPS, "PR"), carc=code(CARCS, "1"), amount=deductible
    )
    chunk.claim[who, 0] = claim
    write_off(chunk, told, off)
    _post(chunk, who, claim, rows["paid"][claim], np.zeros(len(who), np.int64))
    accounts.owed[who] += deductible


def prepare_interim(chunk: Chunk, who: Ints) -> None:
    """A long stay: the second half of the lines is a month later."""
    prepare(chunk, who)
    chunk.accounts.patient_class[who] = INPATIENT
    chunk.accounts.with_claims[who] = False
    chunk.lines.service[_second_half(chunk, who)] += 30


def _second_half(chunk: Chunk, who: Ints) -> Ints:
    lines = chunk.lines_of(who)
    half = chunk.accounts.lines[chunk.lines.of[lines]] // 2
    return lines[chunk.lines.no[lines] > half]


def tell_interim(chunk: Chunk, who: Ints) -> None:
    """Two interim claims, each for its part of the stay."""
    late = _second_half(chunk, who)
    early = np.setdiff1d(chunk.lines_of(who), late)
    for lines, wait in ((early, 0), (late, 35)):
        day = chunk.accounts.answer[:, 0] + wait
        claim = answer_sum(chunk, who, lines, day)
        sums = _sums(chunk, lines, who)
        _post(chunk, who, claim, sums["paid"], sums["contractual"])
        chunk.accounts.owed[who] += sums["responsibility"]
