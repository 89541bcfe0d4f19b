"""Which kinds of accounts there are, and how many of each."""

import numpy as np

from requite.sample import scenario_duplicate as duplicate
from requite.sample import scenario_patient as patient
from requite.sample.codes import Ints
from requite.sample.scenario import (
    OPEN_LINE,
    OPEN_SECONDARY,
    PATIENT_DEBT,
    UNPOSTED_LINE,
    Scenario,
)

WHOLE = 100_000
HIDDEN = (PATIENT_DEBT, OPEN_LINE, OPEN_SECONDARY, PATIENT_DEBT)

TOLD = (
    Scenario("coordinated", 22_000, places=2),
    Scenario("three payers", 2_500, places=3),
    Scenario("self-pay", 3_000, places=0),
    Scenario(
        "duplicate payment", 760, duplicate.make_paid, duplicate.tell_duplicate_payment,
        masks=HIDDEN, second=True,
    ),
    Scenario(
        "duplicate posting", 420, duplicate.make_paid, duplicate.tell_duplicate_posting,
        second=True,
    ),
    Scenario(
        "patient overcollection", 460, tell=patient.tell_overcollection, settled=True,
        masks=(UNPOSTED_LINE,),
    ),
)  # fmt: skip
TABLE = (
    Scenario("ordinary", WHOLE - sum(one.share for one in TOLD)),
    *TOLD,
)
ORDINARY = 0


def drawn(rng: np.random.Generator, count: int) -> Ints:
    """The kind of each of `count` accounts, by place in the table."""
    shares = np.array([one.share for one in TABLE]) / WHOLE
    kinds = rng.choice(len(TABLE), count, p=shares)
    for place, one in enumerate(TABLE):
        if one.pairs:
            who = np.flatnonzero(kinds == place)
            kinds[who[len(who) & ~1 :]] = ORDINARY
    return kinds
