"""What a scenario is: a share of the accounts, what it needs of them, and a story in two steps."""

from collections.abc import Callable
from dataclasses import dataclass

from requite.sample.chunk import Chunk
from requite.sample.codes import Ints

Step = Callable[[Chunk, Ints], None]

# What hides a credit from the net balance.
UNMASKED, PATIENT_DEBT, OPEN_LINE, OPEN_SECONDARY, UNPOSTED_LINE = range(5)


def leave(chunk: Chunk, who: Ints) -> None:
    """Add nothing."""


@dataclass(frozen=True)
class Scenario:
    """One kind of account.

    Parameters
    ----------
    name : str
        For people.
    share : int
        Of 100,000 accounts.
    prepare, tell : Step
        Before the ordinary story is written: change the decisions. After it: add to the tables.
    places, answered : int
        Coverages, and how many of them have answered.
    least_lines, most_lines : int
        Bounds of the number of charge lines.
    settled : bool
        Whether the patient has paid line by line all that is due (False: as it comes).
    quiet_patient : bool
        Whether the patient has paid nothing.
    masks : tuple of int
        What may hide the credit of such an account from its net balance.
    pairs : bool
        Whether the accounts come in pairs (first and second, third and fourth, ...).
    second : bool
        Whether another line may have a trouble of its own.
    """

    name: str
    share: int
    prepare: Step = leave
    tell: Step = leave
    places: int = 1
    answered: int | None = None
    least_lines: int = 1
    most_lines: int = 6
    settled: bool = False
    quiet_patient: bool = False
    masks: tuple[int, ...] = ()
    pairs: bool = False
    second: bool = False

    @property
    def places_answered(self) -> int:
        """How many places have answered."""
        return self.places if self.answered is None else self.answered
