"""One stretch of accounts: who they are, what was done, and the tables that tell of it.

The arrays of `Accounts` have one element an account, those of `Lines` one element a charge line,
sorted by account. Scenarios change them before anything is written; then the tables are filled.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from requite.sample import tables
from requite.sample.codes import Flags, Ints
from requite.sample.grade import COMPLETE, Grade
from requite.sample.rows import Rows

NOBODY = -1
UNSTATED = -1
MOST_CHECKS = 60_000  # in a chunk
SEVEN_DIGITS = 9_900_000

# How the patient pays what the payers leave.
NOTHING, BY_LINE, INSTALMENTS, WHOLE, WHOLE_IN_PARTS, PARTLY, FIRST_LINE = range(7)
# What reported_balance says.
SILENT, TRUE_BALANCE, WRONG_BALANCE = range(3)
# Which contract amounts are on file.
NO_CONTRACT, LINE_CONTRACT, WHOLE_CONTRACT = range(3)


@dataclass
class Accounts:
    """What is decided about each account."""

    number: Ints  # over the whole sample, from 1
    scenario: Ints
    lines: Ints  # how many
    patient_class: Ints
    service: Ints  # day
    payer: npt.NDArray[np.int64]  # (accounts, 3): by place, NOBODY where there is none
    answer: npt.NDArray[np.int64]  # (accounts, 3): payment day of the place's remittance
    places: Ints  # coverages that count
    covered: Flags  # (accounts, 3): the coverage is in the feed
    ended: npt.NDArray[np.int64]  # (accounts, 3): the day on which the coverage ended, 0 = not
    answered: Ints  # how many of them have answered, the first ones first
    plain: Flags  # billed and answered line by line, the ordinary way
    paper: Flags  # the answers came on paper: no remittance in the feed
    capitated: Flags
    forbids: Ints  # the place that forbids to collect from the patient, else NOBODY
    pays: Ints
    with_claims: Flags  # its claims are in the feed
    no_groups: Flags  # the ledger writes no group code on this account
    contract: Ints
    reported: Ints
    next_visit: Ints  # day, 0 = none
    twin_payer: Ints  # the payer whose remittance answers for place 0 (a sister company)
    due_paid: Ints  # cents: what the patient has paid of what is due
    pattern: Ints  # a free random number below 1,000, for the habits of the account
    mask: Ints
    kin: Ints  # the account (by place) whose patient this one shares, else NOBODY
    owed: Ints  # cents still owed to the provider, as the story has it
    lazy: Flags  # the write-off that a later payer requires is not posted yet


@dataclass
class Lines:
    """What is decided about each charge line; amounts in cents."""

    of: Ints  # its account, by place in the chunk
    no: Ints
    procedure: Ints
    modifier: Ints  # 0 none, 1 LT, 2 RT, 3 25, 4 59
    service: Ints
    charge: Ints
    contractual: Ints  # without the sequestration
    sequestered: Ints
    paid: Ints
    responsibility: Ints
    responsibility_carc: Ints  # 1 deductible, 2 coinsurance, 3 copay
    denied_carc: Ints  # 0, else the CARC that stands in the place of 45
    paid_2: Ints
    written_off_2: Ints
    left_2: Ints
    paid_3: Ints
    left_3: Ints
    billed: Flags  # in the claim that was answered
    voided_on: Ints  # day, 0 = not
    payment_posted: Flags
    interest: Ints  # CARC 225 inside what the first payer paid
    interest_posted: Ints  # keyed into the claim payment
    expected: Ints  # allowed by the contract; UNSTATED = as the remittance allows


class Chunk:
    """The accounts, their lines, and the tables filled so far."""

    def __init__(
        self,
        ordinal: int,
        rng: np.random.Generator,
        accounts: Accounts,
        lines: Lines,
        grade: Grade = COMPLETE,
    ) -> None:
        self.ordinal = ordinal  # of the chunk within the sample, from 0
        self.rng = rng
        self.accounts = accounts
        self.lines = lines
        self.grade = grade
        self.tables: dict[str, Rows] = tables.empty()
        self.first = np.zeros(len(accounts.number) + 1, dtype=np.int64)
        np.cumsum(accounts.lines, out=self.first[1:])
        self.claim = np.full((len(accounts.number), 3), NOBODY, dtype=np.int64)
        self.notes: dict[str, Ints] = {}  # what a scenario decided before its story is told
        self.is_donor = np.zeros(len(accounts.number), dtype=bool)
        self._transfers = 0
        self._checks = ordinal * MOST_CHECKS % SEVEN_DIGITS  # other numbers in each chunk
        self._numbers = 0

    @property
    def size(self) -> int:
        """How many accounts."""
        return len(self.accounts.number)

    def numbers(self, count: int) -> Ints:
        """New payer claim numbers."""
        self._numbers += count
        return np.arange(self._numbers - count, self._numbers)

    def next_transfers(self, count: int) -> Ints:
        """New transfers, each with two legs."""
        self._transfers += count
        return np.arange(self._transfers - count, self._transfers)

    def next_checks(self, count: int) -> Ints:
        """New check numbers, from 1."""
        self._checks += count
        return np.arange(self._checks - count + 1, self._checks + 1)

    def lines_of(self, who: Ints) -> Ints:
        """All lines of the accounts `who`, in the order of the table."""
        chosen = np.zeros(self.size, dtype=bool)
        chosen[who] = True
        return np.flatnonzero(chosen[self.lines.of])

    def first_line(self, who: Ints) -> Ints:
        """Line 1 of each of the accounts."""
        return self.first[who]

    def per_account(self, lines: Ints, amounts: Ints) -> Ints:
        """The sum of the amounts of some lines, for every account of the chunk."""
        total = np.zeros(self.size, dtype=np.int64)
        np.add.at(total, self.lines.of[lines], amounts)
        return total

    def later(self, day: Ints, least: int, most: int) -> Ints:
        """A day between `least` and `most` days after each day."""
        return day + self.rng.integers(least, most + 1, len(day))
