"""What a user's e-mail of the day says: numbers and case numbers, never a patient's data."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from requite.office.cases.models import Case, Note
from requite.office.cases.queries import waiting_for
from requite.office.people.models import Membership, Provider, User
from requite.office.people.permission import allows
from requite.office.people.queries import providers_of

WEEK, MOST_MENTIONS = timedelta(days=7), 50


@dataclass(frozen=True, slots=True)
class ProviderDigest:
    """What waits for a user at one provider."""

    provider: Provider
    mine: int = 0
    past_due: int = 0
    due_week: int = 0
    for_approval: int = 0
    questions: int = 0
    to_pay: int = 0
    mentions: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (
            self.mine or self.past_due or self.due_week or self.for_approval or self.questions
            or self.to_pay or self.mentions
        )  # fmt: skip


def digest_of(user: User, *, on: date) -> list[ProviderDigest]:
    """What waits for a user, provider by provider; those with nothing are left out."""
    found = [_at_provider(user, membership, on) for membership in providers_of(user)]
    return [each for each in found if not each.is_empty]


def _at_provider(user: User, membership: Membership, on: date) -> ProviderDigest:
    provider, role = membership.provider, membership.role
    if not allows(role, "cases.view"):
        return ProviderDigest(provider)
    cases = Case.objects.filter(provider=provider).exclude(queue="done")
    watched = cases if allows(role, "cases.assign") else cases.filter(assigned_to=user)
    sums = watched.aggregate(
        mine=Count("pk", filter=Q(assigned_to=user)),
        past_due=Count("pk", filter=Q(due_key__lt=on)),
        due_week=Count("pk", filter=Q(due_key__range=(on, on + WEEK))),
    )
    return ProviderDigest(
        provider, **sums,
        for_approval=_for_approval(user, membership, cases),
        questions=cases.filter(state="waiting_provider").count()
        if allows(role, "cases.answer") else 0,
        to_pay=cases.filter(state="to_pay").count() if allows(role, "cases.pay") else 0,
        mentions=tuple(
            note.case.label for note in mentions_of(user, provider, since=user.digest_on)
        ),
    )  # fmt: skip


def _for_approval(user: User, membership: Membership, cases: QuerySet[Case]) -> int:
    """How many proposals the user may decide."""
    waiting = cases.filter(state="waiting_approval")
    return waiting_for(waiting, membership.provider, user).count()


def mentions_of(user: User, provider: Provider, *, since: date | None = None) -> QuerySet[Note]:
    """The notes that name a user, the latest first."""
    notes = Note.objects.select_related("case", "by").filter(mentions=user, case__provider=provider)
    if since is not None:
        notes = notes.filter(at__date__gte=since)
    return notes.order_by("-at")[:MOST_MENTIONS]
