"""Who has a case open: told to others, so that two people do not work it at once.

It is no part of a case's record: kept for a moment, and not audited (that a case was read is).
"""

from datetime import datetime, timedelta

from requite.office.cases.models import Case, Viewing
from requite.office.people.models import User

LASTS = timedelta(seconds=75)  # a page that is open says so every half minute


def note_viewing(case: Case, user: User, *, at: datetime) -> None:
    """Note that somebody has a case open."""
    Viewing.objects.bulk_create(
        [Viewing(case=case, user=user, at=at)],
        update_conflicts=True, unique_fields=["case", "user"], update_fields=["at"],
    )  # fmt: skip


def others_at(case: Case, user: User, *, at: datetime) -> list[str]:
    """The names of the others who have it open."""
    here = Viewing.objects.filter(case=case, at__gt=at - LASTS).exclude(user=user)
    return list(here.order_by("user__username").values_list("user__username", flat=True))
