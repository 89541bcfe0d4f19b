"""All reading of cases: queues with their counts, searches, and what a case page shows."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Case as When_
from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from requite.domain.case import OPEN_HANDS, WAITING, State
from requite.office.cases.models import Case, Correction, Note, Question, Reference
from requite.office.people.models import Provider, User

# Queue: its words, and the states whose cases lie in it.
QUEUES: Final[dict[str, tuple[str, tuple[State, ...]]]] = {
    "work": ("To work", OPEN_HANDS),
    "waiting": ("Waiting", WAITING),
    "approval": ("For approval", (State.WAITING_APPROVAL,)),
    "pay": ("To pay", (State.TO_PAY,)),
    "reconcile": ("To reconcile", (State.TO_RECONCILE,)),
    "done": ("Done", (State.RESOLVED,)),
}
NUMBER: Final = re.compile(r"(?:RQ-?)?0*(\d{1,9})", re.IGNORECASE)
AMOUNT: Final = re.compile(r"\$?(\d{1,3}(?:,?\d{3})*)(?:\.(\d{1,2}))?")
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of cases is narrowed to; all of it lives in the address."""

    queue: str = "work"
    party: str = ""
    cause: str = ""
    mine: bool = False
    unassigned: bool = False
    due: str = ""  # past, soon
    snoozed: bool = False
    search: str = ""


def queue_cases(provider: Provider, filters: Filters, *, user: User, on: date) -> QuerySet[Case]:
    """The cases of a queue in the order of work: past due, government, patients, others."""
    cases = _narrowed(_of_queue(provider, filters), filters, user=user, on=on)
    if filters.queue == "done":
        return cases.order_by("-resolved_at", "-number")
    late = When_(When(due_key__lt=on, then=Value(0)), default=Value(1), output_field=IntegerField())
    return cases.annotate(late=late).order_by("late", "rank", "due_key", "-amount_cents", "number")


def _of_queue(provider: Provider, filters: Filters) -> QuerySet[Case]:
    cases = Case.objects.filter(provider=provider)
    if filters.search:
        return cases.filter(found_by(provider, filters.search))
    states = QUEUES[filters.queue][1]
    return cases.filter(state__in=states)


def _narrowed(cases: QuerySet[Case], filters: Filters, *, user: User, on: date) -> QuerySet[Case]:
    if filters.party:
        cases = cases.filter(party=filters.party)
    if filters.cause:
        cases = cases.filter(cause=filters.cause)
    if filters.mine:
        cases = cases.filter(assigned_to=user)
    if filters.unassigned:
        cases = cases.filter(assigned_to__isnull=True)
    if filters.due == "past":
        cases = cases.filter(due_key__lt=on)
    elif filters.due == "soon":
        cases = cases.filter(due_key__range=(on, date.fromordinal(on.toordinal() + 30)))
    if filters.search or filters.queue == "done":
        return cases
    asleep = Q(snoozed_until__gt=on)
    return cases.filter(asleep) if filters.snoozed else cases.exclude(asleep)


def found_by(provider: Provider, search: str) -> Q:
    """Cases by number, account, patient, claim, check, trace or amount."""
    search = search.strip()
    found = Q(account_id__iexact=search) | Q(patient_name__icontains=search)
    if number := NUMBER.fullmatch(search):
        found |= Q(number=int(number[1]))
    if amount := AMOUNT.fullmatch(search):
        cents = (amount[2] or "").ljust(2, "0")
        found |= Q(amount_cents=int(amount[1].replace(",", "")) * 100 + int(cents))
    named = Reference.objects.filter(provider=provider, value=search).values("account_id")
    return found | Q(account_id__in=named)


def queue_counts(provider: Provider, *, on: date) -> dict[str, int]:
    """How many cases lie in each queue; one query."""
    rows = (
        Case.objects.filter(provider=provider)
        .exclude(Q(snoozed_until__gt=on) & ~Q(state=State.RESOLVED))
        .values("state")
        .annotate(count=Count("pk"))
        .values_list("state", "count")
    )
    by_state = dict(rows)
    return {
        queue: sum(by_state.get(str(state), 0) for state in states)
        for queue, (_, states) in QUEUES.items()
    }


def totals(cases: QuerySet[Case]) -> tuple[int, int]:
    """How many cases, and what they sum to in cents."""
    sums = cases.order_by().aggregate(count=Count("pk"), cents=Sum("amount_cents"))
    return sums["count"], sums["cents"] or 0


def case_of(provider: Provider, number: int) -> Case | None:
    """One case with the people on it."""
    return (
        Case.objects.select_related("assigned_to", "decided_by", "approved_by", "provider")
        .prefetch_related("findings")
        .filter(provider=provider, number=number)
        .first()
    )


def notes_of(case: Case) -> QuerySet[Note]:
    """What was written on a case, in order."""
    return Note.objects.select_related("by").filter(case=case).order_by("at", "pk")


def questions_of(case: Case) -> QuerySet[Question]:
    """What the provider was asked about a case, in order."""
    return (
        Question.objects.select_related("asked_by", "answered_by")
        .filter(case=case)
        .order_by("asked_at")
    )


def siblings_of(case: Case) -> QuerySet[Case]:
    """The other cases of the same account."""
    return Case.objects.filter(provider=case.provider_id, account_id=case.account_id).exclude(
        pk=case.pk
    )


def next_number(cases: QuerySet[Case], after_number: int) -> int | None:
    """The case that follows in a list, else the first of it; None where the list is empty."""
    numbers = list(cases.values_list("number", flat=True)[:2000])
    if after_number in numbers:
        place = numbers.index(after_number)
        rest = [*numbers[place + 1 :], *numbers[:place]]
        return rest[0] if rest else None
    return numbers[0] if numbers else None


def corrections(provider: Provider, status: str) -> QuerySet[Correction]:
    """The corrections of one status, by account."""
    return (
        Correction.objects.select_related("case")
        .filter(case__provider=provider, status=status)
        .order_by("case__account_id", "line_no", "pk")
    )


def correction_counts(provider: Provider) -> dict[str, tuple[int, int]]:
    """Count and cents of the corrections by status; one query."""
    rows = (
        Correction.objects.filter(case__provider=provider)
        .values("status")
        .annotate(count=Count("pk"), cents=Sum("amount_cents"))
    )
    return {row["status"]: (row["count"], row["cents"]) for row in rows}


def figures(provider: Provider, *, on: date) -> dict[str, Any]:
    """What the dashboard shows, from a bounded number of queries."""
    open_cases = Case.objects.filter(provider=provider).exclude(state=State.RESOLVED)
    soon = date.fromordinal(on.toordinal() + 7)
    return {
        "open": totals(open_cases),
        "past_due": totals(open_cases.filter(due_key__lt=on)),
        "due_week": totals(open_cases.filter(due_key__range=(on, soon))),
        "resolved": totals(Case.objects.filter(provider=provider, state=State.RESOLVED)),
        "by_party": _grouped(open_cases, "party"),
        "by_class": _grouped(open_cases.filter(party="payer"), "payer_class"),
        "by_cause": _grouped(open_cases, "cause"),
        "by_state": _grouped(open_cases, "state"),
        "by_age": _by_age(open_cases, on),
    }


AGES: Final = ((30, "up to 30 days"), (60, "31 to 60"), (90, "61 to 90"), (10**6, "over 90"))


def _by_age(cases: QuerySet[Case], on: date) -> list[tuple[str, int, int]]:
    """Cases by the days since they were identified."""
    found = {words: [0, 0] for _, words in AGES}
    rows = (
        cases.order_by()
        .values("identified_on")
        .annotate(count=Count("pk"), cents=Sum("amount_cents"))
    )
    for row in rows:
        days = (on - row["identified_on"]).days
        words = next(words for most, words in AGES if days <= most)
        found[words][0] += row["count"]
        found[words][1] += row["cents"]
    return [(words, count, cents) for words, (count, cents) in found.items()]


def _grouped(cases: QuerySet[Case], field: str) -> list[tuple[str, int, int]]:
    """Value, count and cents, the largest sum first."""
    rows = (
        cases.order_by()
        .values(value=F(field))
        .annotate(count=Count("pk"), cents=Sum("amount_cents"))
        .order_by("-cents", "value")
    )
    return [(row["value"], row["count"], row["cents"]) for row in rows]
