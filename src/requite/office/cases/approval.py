"""How far a second person may go, and which proposals a rule lets through without one.

Every refund is approved by somebody else than its proposer. A supervisor approves up to a limit
that the controller sets. Where a supervisor turns it on, proposals of one cause that rest on
nothing but proofs are approved by that rule, in the supervisor's name, within caps.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.timezone import localdate

from requite.domain.case import REFUNDS, Action, State, after
from requite.domain.errors import RequiteError
from requite.domain.money import Money
from requite.domain.parties import Certainty
from requite.domain.words import CAUSES
from requite.office.audit.services import hold_trail, record
from requite.office.cases.holding import NotYours, keep
from requite.office.cases.models import ApprovalLimit, AutomaticApproval, AutomaticUse, Case
from requite.office.cases.stands import stands_now
from requite.office.people.models import Provider, User
from requite.office.people.permission import allows
from requite.office.people.queries import role_at
from requite.office.people.role import Role

# What a role may approve until the controller says otherwise; a role that is not here has no limit.
LIMITS: Final = {Role.SUPERVISOR: 500_000}


class AboveLimit(RequiteError):
    """A refund is larger than the role may approve."""

    def __init__(self, case: Case, most_cents: int) -> None:
        super().__init__(
            f"{case.label} is above the {Money(most_cents)} that your role may approve.",
            remedy="A controller has to approve it.",
        )


class BadCaps(RequiteError):
    """Caps that do not hold one another."""

    def __init__(self) -> None:
        super().__init__(
            "The caps do not fit: a case, a day and a month must each be an amount, and not less "
            "than the one before.",
            remedy="Correct them and try again.",
        )


def limit_of(provider: Provider, role: str) -> int | None:
    """The most that a role may approve, in cents; None for no limit."""
    set_to = ApprovalLimit.objects.filter(provider=provider, role=role).first()
    return set_to.most_cents if set_to else LIMITS.get(Role(role)) if role in LIMITS else None


def limits_of(provider: Provider) -> dict[str, int]:
    """The limits of the roles that have one."""
    set_to = ApprovalLimit.objects.filter(provider=provider).values_list("role", "most_cents")
    return {str(role): cents for role, cents in LIMITS.items()} | dict(set_to)


@transaction.atomic
def set_limit(
    provider: Provider, role: Role, most_cents: int, *, actor: User, at: datetime
) -> ApprovalLimit:
    """Say how much a role may approve from now on."""
    if role not in LIMITS or most_cents < 0:
        raise BadCaps
    before = {"most_cents": limit_of(provider, role)}
    made, _ = ApprovalLimit.objects.update_or_create(
        provider=provider, role=role, defaults={"most_cents": most_cents}
    )
    record(
        "limit.set", str(role), provider=provider, actor=actor, at=at, before=before,
        after={"most_cents": most_cents},
    )  # fmt: skip
    return made


def proposed(case: Case) -> int:
    """What a proposal is about, in cents: what goes back, or all of a case that is to rest."""
    return case.refund_cents or case.amount_cents


def check_limit(case: Case, actor: User) -> None:
    """Refuse an approval above what the actor's role may approve."""
    most = limit_of(case.provider, role_at(actor, case.provider))
    if most is not None and proposed(case) > most:
        raise AboveLimit(case, most)


@dataclass(frozen=True, slots=True)
class Caps:
    """What a rule lets through at most, in cents: of one case, in a day, in a month."""

    most_cents: int
    day_cents: int
    month_cents: int


def rules_on(provider: Provider) -> QuerySet[AutomaticApproval]:
    """The rules that are on, by cause."""
    rules = AutomaticApproval.objects.select_related("turned_on_by")
    return rules.filter(provider=provider).order_by("cause")


@transaction.atomic
def turn_on(
    provider: Provider, cause: str, caps: Caps, *, actor: User, at: datetime
) -> AutomaticApproval:
    """Let proposals of a cause through by rule, in the actor's name."""
    if cause not in CAUSES or not 0 < caps.most_cents <= caps.day_cents <= caps.month_cents:
        raise BadCaps
    if not allows(role_at(actor, provider), "cases.approve"):
        raise NotYours(Action.APPROVE)
    values = {"most_cents": caps.most_cents, "day_cents": caps.day_cents,
              "month_cents": caps.month_cents}  # fmt: skip
    hold_trail(provider)  # a proposal that a rule lets through holds the trail before the rule
    made, _ = AutomaticApproval.objects.update_or_create(
        provider=provider, cause=cause,
        defaults={**values, "turned_on_by": actor, "turned_on_at": at},
    )  # fmt: skip
    record("automatic.on", cause, provider=provider, actor=actor, at=at, after=values)
    return made


@transaction.atomic
def turn_off(provider: Provider, cause: str, *, actor: User, at: datetime) -> bool:
    """Let no more of a cause through by rule; whether it was on."""
    hold_trail(provider)
    gone, _ = AutomaticApproval.objects.filter(provider=provider, cause=cause).delete()
    if gone:
        record("automatic.off", cause, provider=provider, actor=actor, at=at)
    return bool(gone)


def used(provider: Provider, cause: str, on: date) -> tuple[int, int]:
    """What a rule let through on a day and in its month so far, in cents."""
    uses = AutomaticUse.objects.filter(provider=provider, cause=cause)
    day = uses.filter(on=on).aggregate(sum=Sum("cents"))["sum"] or 0
    month = uses.filter(on__range=(on.replace(day=1), on)).aggregate(sum=Sum("cents"))["sum"] or 0
    return day, month


def let_through(case: Case, *, at: datetime) -> bool:
    """Approve a proposal by its rule, where one is on and all of it fits; whether it was.

    Belongs into the transaction of the proposal, after it.
    """
    rule = (
        AutomaticApproval.objects.select_for_update(of=("self",))
        .select_related("turned_on_by")
        .filter(provider=case.provider, cause=case.cause)
        .first()
    )
    if rule is None or not _fits(rule, case, localdate(at)):
        return False
    before = {"state": case.state}
    case.state = after(State(case.state), Action.APPROVE)
    case.approved_by, case.approved_at = rule.turned_on_by, at
    keep(case, "state", "approved_by", "approved_at")
    AutomaticUse.objects.create(
        provider=case.provider,
        cause=rule.cause,
        case=case,
        on=localdate(at),
        cents=proposed(case),
    )
    record(
        "case.approve", case.label, provider=case.provider, actor=None, at=at, before=before,
        after={"state": case.state}, amount_cents=proposed(case), version=case.version,
        by_rule=rule.cause, turned_on_by=rule.turned_on_by.username,
        counted_on=localdate(at).isoformat(), stands=stands_now(case),
    )  # fmt: skip
    return True


def _fits(rule: AutomaticApproval, case: Case, on: date) -> bool:
    """Whether a rule lets a proposal through: proved, of its cause alone, within every cap."""
    owner = role_at(rule.turned_on_by, case.provider)
    limit = limit_of(case.provider, owner) if owner else 0
    day, month = used(case.provider, rule.cause, on)
    cents = proposed(case)
    of_this_kind = all(
        row.cause == rule.cause and row.certainty == Certainty.PROVED and row.disposition in REFUNDS
        for row in case.findings.all()
    )
    return (
        of_this_kind
        and bool(owner)
        and allows(owner, "cases.approve")
        and case.decided_by_id != rule.turned_on_by_id
        and cents <= rule.most_cents
        and (limit is None or cents <= limit)
        and day + cents <= rule.day_cents
        and month + cents <= rule.month_cents
    )
