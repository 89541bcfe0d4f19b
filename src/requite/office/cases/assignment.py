"""Who gets the cases that are nobody's: by the first rule that fits, else in turn."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from requite.domain.errors import RequiteError
from requite.office.audit.services import Happening, record, record_all
from requite.office.cases.holding import NotYours, Seen, allows_actor, current, keep
from requite.office.cases.models import AssignmentRule, Case
from requite.office.cases.stands import paid_by_case, stands, stands_now
from requite.office.people.models import Provider, User
from requite.office.people.permission import PERMISSIONS
from requite.office.people.queries import holding
from requite.office.people.role import Role

BATCH = 500


class NobodyWorks(RequiteError):
    """Cases were to be handed out, and nobody may work them."""

    def __init__(self) -> None:
        super().__init__(
            "Nobody works cases for this provider.", remedy="Add a specialist under People."
        )


class NotToAssign(RequiteError):
    """Somebody who may not assign gives a case to another, or takes one from another."""

    def __init__(self, case: Case) -> None:
        super().__init__(
            f"{case.label} is not yours to give: a supervisor gives cases to others.",
            remedy="Take what is nobody's, give back what is yours, or ask a supervisor.",
        )


@transaction.atomic
def assign_case(seen: Seen, to: User | None, *, actor: User, at: datetime) -> Case:
    """Give a case to somebody who works for the provider, or (None) to nobody.

    Who may not assign takes what is nobody's, and gives back what is the own.
    """
    case = current(seen)
    if not allows_actor(actor, seen.provider, "cases.work"):
        raise NotYours("assign")
    if to is not None and not allows_actor(to, seen.provider, "cases.work"):
        raise NotYours("be assigned to")
    others = {to, case.assigned_to} - {None, actor}
    if others and not allows_actor(actor, seen.provider, "cases.assign"):
        raise NotToAssign(case)
    before = {"assigned_to": case.assigned_to.username if case.assigned_to else ""}
    case.assigned_to = to
    keep(case, "assigned_to")
    record(
        "case.assigned", case.label, provider=seen.provider, actor=actor, at=at, before=before,
        after={"assigned_to": to.username if to else ""}, version=case.version,
        stands=stands_now(case),
    )  # fmt: skip
    return case


def rules_of(provider: Provider) -> QuerySet[AssignmentRule]:
    """The rules of a provider, in the order in which they are tried."""
    rules = AssignmentRule.objects.select_related("to").filter(provider=provider)
    return rules.order_by("position")


@transaction.atomic
def add_rule(
    provider: Provider, wanted: dict[str, object], to: User, *, actor: User, at: datetime
) -> AssignmentRule:
    """Put a rule behind the others; `wanted` holds party, cause and at_least_cents."""
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)  # one adds at a time
    last = rules_of(provider).aggregate(last=Max("position"))["last"] or 0
    made = AssignmentRule.objects.create(provider=provider, position=last + 1, to=to, **wanted)
    after = {"to": to.username, **wanted}
    record("rule.added", str(made.position), provider=provider, actor=actor, at=at, after=after)
    return made


@transaction.atomic
def remove_rule(provider: Provider, position: int, *, actor: User, at: datetime) -> bool:
    """Take a rule away; whether there was one."""
    gone, _ = AssignmentRule.objects.filter(provider=provider, position=position).delete()
    if gone:
        record("rule.removed", str(position), provider=provider, actor=actor, at=at)
    return bool(gone)


@transaction.atomic
def hand_out(provider: Provider, *, actor: User | None, at: datetime) -> int:
    """Give every case to work that is nobody's to somebody; how many were given.

    The first rule that fits decides; the rest goes in turn to the specialist with the fewest.
    """
    workers = _specialists(provider)
    if not workers:
        raise NobodyWorks
    mine = Case.objects.filter(provider=provider, queue="work")
    held = Counter[int]()
    for worker in workers:
        held[worker.pk] = mine.filter(assigned_to=worker).count()
    rules = [rule for rule in rules_of(provider) if _works(rule.to, provider)]
    free = mine.select_for_update().filter(assigned_to__isnull=True)
    given = sorted(free.order_by("pk"), key=_turn)  # held as all hold them: nobody waits in a ring
    events, paid = [], paid_by_case(case__in=given)
    for case in given:
        to = _by_rule(case, rules) or min(workers, key=lambda who: (held[who.pk], who.pk))
        held[to.pk] += 1
        case.assigned_to, case.version = to, case.version + 1
        told = {"version": case.version, "stands": stands(case, paid.get(case.pk, ()))}
        who = {"assigned_to": to.username}
        events.append(Happening("case.assigned", case.label, after=who, facts=told))
    Case.objects.bulk_update(given, ["assigned_to", "version"], batch_size=BATCH)
    record_all(events, provider=provider, actor=actor, at=at)
    return len(given)


def _turn(case: Case) -> tuple[int, date, int, int]:
    """The order of the queue."""
    return case.rank, case.due_key, -case.amount_cents, case.number


def _by_rule(case: Case, rules: Sequence[AssignmentRule]) -> User | None:
    for rule in rules:
        fits = rule.party in {"", case.party} and rule.cause in {"", case.cause}
        if fits and case.amount_cents >= rule.at_least_cents:
            return rule.to
    return None


def _specialists(provider: Provider) -> list[User]:
    return list(
        User.objects.filter(
            memberships__in=holding().filter(provider=provider, role=Role.SPECIALIST),
            is_active=True,
        ).order_by("pk")
    )


def _works(user: User, provider: Provider) -> bool:
    roles = PERMISSIONS["cases.work"]
    return holding().filter(user=user, provider=provider, role__in=roles).exists()
