"""How often somebody may be wrong when signing in, and what one is told who was it too often."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from requite.domain.errors import RequiteError


class Kind(StrEnum):
    """What attempts are counted by; they are locked in this order."""

    NAME = "name"  # a user name, however it is spelled
    FACTOR = "factor"  # the second factor of one user: codes, recovery codes, keys
    PENDING = "pending"  # one sign-in that waits for its second factor
    ADDRESS = "address"  # where they come from, whatever the names
    CODE = "code"  # one code of an app: it is good for once
    TOLD = "told"  # events of locked addresses: written up to a limit, never locked
    STRANGERS = "strangers"  # names that nobody has, all together: told, never locked


@dataclass(frozen=True, slots=True)
class Limit:
    """How many attempts may be wrong within a time, and for how long it is locked then."""

    most: int
    within: timedelta
    doubles: bool = False  # each further lock-out lasts twice as long, up to a day
    is_exact: bool = True  # what is being judged counts too, as if it were wrong

    def lasts(self, lockouts: int) -> timedelta:
        """How long the lock-out of that number lasts.

        >>> str(LIMITS[Kind.FACTOR].lasts(3)), str(LIMITS[Kind.NAME].lasts(3))
        ('1:00:00', '0:15:00')
        """
        doublings = min(lockouts - 1, 10) if self.doubles else 0
        return min(self.within * (1 << doublings), LONGEST)


LONGEST: Final = timedelta(days=1)
QUARTER: Final = timedelta(minutes=15)
LIMITS: Final = {
    Kind.NAME: Limit(5, QUARTER),
    Kind.FACTOR: Limit(10, QUARTER, doubles=True),
    Kind.PENDING: Limit(5, QUARTER),
    Kind.ADDRESS: Limit(30, QUARTER, is_exact=False),  # a whole house may sign in at once
    Kind.CODE: Limit(1, timedelta(minutes=2)),
    Kind.STRANGERS: Limit(0, QUARTER),
    Kind.TOLD: Limit(20, timedelta(hours=1)),
}
WORDS: Final = {
    Kind.NAME: "Signing in under this name is locked after {most} wrong tries.",
    Kind.FACTOR: "The second factor is locked after {most} wrong codes.",
    Kind.PENDING: "This sign-in has ended after {most} wrong codes.",
    Kind.ADDRESS: "Signing in from where you are is locked after {most} wrong tries.",
    Kind.CODE: "This code has been used.",
}


class TooManyAttempts(RequiteError):
    """Somebody was wrong too often, and has to wait."""

    def __init__(self, kind: Kind, *, wait: timedelta) -> None:
        self.kind, self.seconds = kind, max(1, int(wait.total_seconds()))
        remedy = f"Try again in {_in_words(self.seconds)}, or ask who runs this office."
        if kind is Kind.PENDING:
            remedy = "Sign in again with your password."
        super().__init__(WORDS[kind].format(most=LIMITS[kind].most), remedy=remedy)


def _in_words(seconds: int) -> str:
    """A wait as people say it, rounded up.

    >>> _in_words(61), _in_words(30), _in_words(7200)
    ('2 minutes', '1 minute', '2 hours')
    """
    minutes = -(-seconds // 60)
    count, unit = (minutes, "minute") if minutes < 120 else (-(-minutes // 60), "hour")
    return f"{count} {unit}{'' if count == 1 else 's'}"
