"""The decisions about accounts and lines, before any scenario changes them."""

from collections.abc import Sequence

import numpy as np

from requite.sample import payers
from requite.sample.chunk import (
    BY_LINE,
    INSTALMENTS,
    LINE_CONTRACT,
    NO_CONTRACT,
    NOBODY,
    NOTHING,
    PARTLY,
    SILENT,
    TRUE_BALANCE,
    UNSTATED,
    WHOLE,
    WHOLE_CONTRACT,
    WHOLE_IN_PARTS,
    WRONG_BALANCE,
    Accounts,
    Lines,
)
from requite.sample.codes import Ints
from requite.sample.days import FIRST_SERVICE, LAST_SERVICE
from requite.sample.payers import pays_on
from requite.sample.procedures import PRICES, SIZE
from requite.sample.scenario import OPEN_LINE, OPEN_SECONDARY, PATIENT_DEBT, UNPOSTED_LINE, Scenario

LINE_SHARES = (0.28, 0.29, 0.20, 0.12, 0.07, 0.04)  # one to six lines: about 2.5
MASKED = 0.6  # of the accounts that may be: about 0.4 of all whose money is somebody's


def accounts(
    rng: np.random.Generator, number: Ints, scenario: Ints, table: Sequence[Scenario]
) -> Accounts:
    """Decide who the accounts are and how they are paid."""
    n = len(number)

    def wanted(values: list[int]) -> Ints:
        return np.array(values, dtype=np.int64)[scenario]

    lines = 1 + rng.choice(6, n, p=LINE_SHARES)
    lines = np.clip(
        lines, wanted([s.least_lines for s in table]), wanted([s.most_lines for s in table])
    )
    places = wanted([s.places for s in table])
    mask = _mask(rng, scenario, table)
    lines = np.where(mask == OPEN_LINE, np.minimum(lines + 1, 6), lines)
    lines = np.where(mask == UNPOSTED_LINE, np.maximum(lines, 2), lines)
    places = np.where(mask == OPEN_SECONDARY, 2, places)
    payer = _payers(rng, places)
    service = rng.integers(FIRST_SERVICE, LAST_SERVICE + 1, n)
    return Accounts(
        number=number, scenario=scenario, lines=lines,
        patient_class=rng.choice(3, n, p=(0.56, 0.33, 0.11)),
        service=service, payer=payer, answer=_answers(rng, service, payer), places=places,
        covered=np.ones((n, 3), dtype=bool), ended=np.zeros((n, 3), np.int64),
        answered=wanted([s.places_answered for s in table]),
        plain=np.ones(n, dtype=bool), paper=np.zeros(n, dtype=bool),
        capitated=np.zeros(n, dtype=bool), forbids=np.full(n, NOBODY), pays=_pays(
            rng, scenario, table, mask
        ),
        with_claims=rng.random(n) < 0.6, no_groups=np.zeros(n, dtype=bool),
        contract=np.where(places > 0, rng.choice(
            [NO_CONTRACT, LINE_CONTRACT, WHOLE_CONTRACT], n, p=(0.65, 0.25, 0.10)
        ), NO_CONTRACT),
        reported=rng.choice([SILENT, TRUE_BALANCE, WRONG_BALANCE], n, p=(0.1, 0.8995, 0.0005)),
        next_visit=np.zeros(n, np.int64), twin_payer=np.full(n, NOBODY),
        due_paid=np.zeros(n, np.int64), pattern=rng.integers(0, 1000, n), mask=mask,
        owed=np.zeros(n, np.int64), lazy=np.zeros(n, dtype=bool), kin=np.full(n, NOBODY),
    )  # fmt: skip


def _mask(rng: np.random.Generator, scenario: Ints, table: Sequence[Scenario]) -> Ints:
    mask = np.zeros(len(scenario), dtype=np.int64)
    draw = rng.random(len(scenario))
    pick = rng.integers(0, 12, len(scenario))
    for place, one in enumerate(table):
        if one.masks:
            who = np.flatnonzero((scenario == place) & (draw < MASKED))
            mask[who] = np.array(one.masks)[pick[who] % len(one.masks)]
    return mask


def _payers(rng: np.random.Generator, places: Ints) -> Ints:
    n = len(places)
    payer = np.full((n, 3), NOBODY, dtype=np.int64)
    first = rng.choice(payers.COUNT, n, p=payers.FIRST_SHARE)
    second = rng.choice(payers.COUNT, n, p=payers.SECOND_SHARE)
    third = rng.choice(payers.COUNT, n, p=payers.COMMERCIAL_SHARE)
    shared = places >= 2
    # Medicaid pays last; three payers start with Medicare or a commercial plan.
    last = shared & (payers.IS_MEDICAID[first] | payers.SENDS_PAPER[first])
    first[last] = payers.PLACE["MCRB"]
    second = np.where(second == first, (first + 1) % 6, second)
    third = np.where((third == first) | (third == second), payers.PLACE["FEDE"], third)
    third = np.where((third == first) | (third == second), payers.PLACE["TRIC"], third)
    for place, drawn in enumerate((first, second, third)):
        payer[:, place] = np.where(places > place, drawn, NOBODY)
    return payer


def _answers(rng: np.random.Generator, service: Ints, payer: Ints) -> Ints:
    answer = np.zeros((len(service), 3), dtype=np.int64)
    day = service
    for place, wait in enumerate((14, 12, 12)):
        day = pays_on(payer[:, place], day + wait + rng.integers(0, 12, len(service)))
        answer[:, place] = day
    return answer


def _pays(rng: np.random.Generator, scenario: Ints, table: Sequence[Scenario], mask: Ints) -> Ints:
    n = len(scenario)
    ways = [NOTHING, BY_LINE, INSTALMENTS, WHOLE, WHOLE_IN_PARTS, PARTLY]
    pays = rng.choice(ways, n, p=(0.24, 0.36, 0.05, 0.22, 0.05, 0.08))
    settled = np.array([one.settled for one in table])[scenario]
    quiet = np.array([one.quiet_patient for one in table])[scenario]
    pays = np.where(settled, BY_LINE, pays)
    hidden = np.isin(mask, (PATIENT_DEBT, OPEN_LINE, OPEN_SECONDARY))
    return np.where(quiet | hidden, NOTHING, pays)


def lines(rng: np.random.Generator, of: Accounts) -> Lines:
    """Decide what was done, charged and allowed, and what each payer leaves."""
    count = int(of.lines.sum())
    account = np.repeat(np.arange(len(of.number)), of.lines)
    first = np.cumsum(of.lines) - of.lines
    no = np.arange(count) - first[account] + 1
    start = rng.integers(0, SIZE, len(of.number))[account]
    procedure = of.patient_class[account] * SIZE + (start + 5 * no) % SIZE
    charge = PRICES[procedure] * rng.integers(7000, 14001, count) // 10000
    allowed = charge * rng.integers(35, 86, count) // 100
    zero = np.zeros(count, np.int64)
    drawn = Lines(
        of=account, no=no, procedure=procedure, modifier=zero.copy(),
        service=of.service[account] + np.where(
            of.patient_class[account] == 2, np.minimum(no - 1, 4), 0
        ),
        charge=charge, contractual=charge - allowed, sequestered=zero.copy(), paid=zero.copy(),
        responsibility=zero.copy(), responsibility_carc=zero.copy(), denied_carc=zero.copy(),
        paid_2=zero.copy(), written_off_2=zero.copy(), left_2=zero.copy(), paid_3=zero.copy(),
        left_3=zero.copy(), billed=np.ones(count, dtype=bool), voided_on=zero.copy(),
        payment_posted=np.ones(count, dtype=bool), interest=zero.copy(),
        interest_posted=zero.copy(), expected=np.full(count, UNSTATED),
    )  # fmt: skip
    _responsibility(rng, drawn, allowed)
    _deny_some(rng, drawn)
    settle(drawn, of, np.arange(count))
    _share_on(rng, drawn, of)
    return drawn


def _responsibility(rng: np.random.Generator, drawn: Lines, allowed: Ints) -> None:
    count = len(allowed)
    kind = rng.choice(4, count, p=(0.30, 0.14, 0.31, 0.25))  # none, deductible, coinsurance, copay
    deductible = allowed * rng.integers(30, 101, count) // 100
    coinsurance = allowed * rng.choice([10, 20, 30], count) // 100
    copay = np.minimum(rng.integers(3, 11, count) * 500, allowed)
    drawn.responsibility = np.choose(kind, [0, deductible, coinsurance, copay]).astype(np.int64)
    drawn.responsibility_carc = kind


def _deny_some(rng: np.random.Generator, drawn: Lines) -> None:
    fate = rng.random(len(drawn.of))
    written_off, to_patient = fate < 0.02, fate > 0.99
    drawn.denied_carc = np.where(written_off, 97, 0)
    drawn.contractual = np.where(
        written_off, drawn.charge, np.where(to_patient, 0, drawn.contractual)
    )
    drawn.responsibility = np.where(
        written_off, 0, np.where(to_patient, drawn.charge, drawn.responsibility)
    )
    drawn.responsibility_carc = np.where(to_patient, 96, drawn.responsibility_carc)


def settle(drawn: Lines, of: Accounts, lines: Ints) -> None:
    """Let the first payer pay what contract, sequestration and patient leave of these lines."""
    account = drawn.of[lines]
    rest = drawn.charge[lines] - drawn.contractual[lines] - drawn.responsibility[lines]
    medicare = payers.IS_MEDICARE[of.payer[account, 0]] & (of.places[account] > 0)
    drawn.sequestered[lines] = np.where(medicare, rest * 2 // 100, 0)
    drawn.paid[lines] = rest - drawn.sequestered[lines]


def _share_on(rng: np.random.Generator, drawn: Lines, of: Accounts) -> None:
    """Let the second and the third payer take their parts of what is left."""
    left = drawn.responsibility
    percent = rng.choice([100, 80, 50, 0], len(left), p=(0.66, 0.2, 0.1, 0.04))
    drawn.paid_2 = left * percent // 100
    rest = left - drawn.paid_2
    medicaid = payers.IS_MEDICAID[of.payer[drawn.of, 1]] & (of.places[drawn.of] > 1)
    drawn.written_off_2 = np.where(medicaid, rest, 0)
    drawn.left_2 = rest - drawn.written_off_2
    drawn.paid_3 = drawn.left_2 * rng.choice([100, 60], len(left)) // 100
    drawn.left_3 = drawn.left_2 - drawn.paid_3
