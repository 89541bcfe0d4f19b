"""All reading of cases: queues with their counts, searches, and what a case page shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Case as When_
from django.db.models import Count, Q, QuerySet, Sum, Value, When

from requite.office.cases.models import Case, Correction, Note, Question, Reference
from requite.office.cases.status import QUEUES
from requite.office.people.models import Provider, User

NUMBER: Final = re.compile(r"(?:RQ-?)?0*(\d{1,9})", re.IGNORECASE)
AMOUNT: Final = re.compile(r"\$?(\d{1,3}(?:,?\d{3})*)(?:\.(\d{1,2}))?")
PAGE: Final = 50
NEAR: Final = 500  # cases among which the next one is looked for
MOST_ACCOUNTS: Final = 1_000  # that one number may name


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


class OrderedCases:
    """Cases in the order of work, past due before all other: counted and cut without sorting them.

    Each part is read along an index, so that a page costs the same in a long list.
    """

    def __init__(self, late: QuerySet[Case], rest: QuerySet[Case]) -> None:
        self.late, self.rest = late, rest

    @cached_property
    def sums(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Count and cents of the part past due, and of the rest."""
        return _sums(self.late), _sums(self.rest)

    @property
    def cents(self) -> int:
        """What all of them sum to."""
        return sum(cents for _, cents in self.sums)

    def count(self) -> int:
        """How many they are."""
        return sum(count for count, _ in self.sums)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Case]:
        """Some of them, in order."""
        start, stop = part.start or 0, self.count() if part.stop is None else part.stop
        late = self.sums[0][0]
        found = list(self.late[start : min(stop, late)]) if start < late else []
        if stop > late:
            found += self.rest[max(start - late, 0) : stop - late]
        return found

    def __iter__(self) -> Iterator[Case]:
        yield from self.late.iterator(chunk_size=2000)
        yield from self.rest.iterator(chunk_size=2000)

    def number_after(self, number: int) -> int | None:
        """The case that follows one that was just here, else the first; None where none is left."""
        numbers = [case.number for case in self[:NEAR]]
        if number in numbers:
            place = numbers.index(number)
            numbers = [*numbers[place + 1 :], *numbers[:place]]
        return numbers[0] if numbers else None


def _sums(cases: QuerySet[Case]) -> tuple[int, int]:
    sums = cases.order_by().aggregate(count=Count("*"), cents=Sum("amount_cents"))
    return sums["count"], sums["cents"] or 0


def queue_cases(provider: Provider, filters: Filters, *, user: User, on: date) -> OrderedCases:
    """The cases of a queue in the order of work: past due, government, patients, others."""
    cases = _narrowed(_of_queue(provider, filters), filters, user=user, on=on)
    if filters.queue == "done":
        return OrderedCases(cases.none(), cases.order_by("-resolved_at", "-number"))
    cases = cases.order_by("rank", "due_key", "-amount_cents", "number")
    return OrderedCases(cases.filter(due_key__lt=on), cases.filter(due_key__gte=on))


def _of_queue(provider: Provider, filters: Filters) -> QuerySet[Case]:
    cases = Case.objects.filter(provider=provider)
    if filters.search:
        return cases.filter(found_by(provider, filters.search))
    return cases.filter(queue=filters.queue)


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
    """Cases by number, account, claim, check, trace or amount; by patient where no digit is in it.

    Numbers are looked up along indexes; only a name is searched for within others.
    """
    search = search.strip()
    named = Reference.objects.filter(provider=provider, value=search)
    accounts = list(named.values_list("account_id", flat=True)[:MOST_ACCOUNTS])
    found = Q(account_id__in=[search, search.upper(), *accounts])
    if number := NUMBER.fullmatch(search):
        found |= Q(number=int(number[1]))
    if amount := AMOUNT.fullmatch(search):
        cents = (amount[2] or "").ljust(2, "0")
        found |= Q(amount_cents=int(amount[1].replace(",", "")) * 100 + int(cents))
    if not any(letter.isdigit() for letter in search):
        found |= Q(patient_name__icontains=search)
    return found


def queue_counts(provider: Provider, *, on: date) -> dict[str, int]:
    """How many cases lie in each queue; one query."""
    rows = (
        Case.objects.filter(provider=provider)
        .exclude(Q(snoozed_until__gt=on) & ~Q(queue="done"))
        .values_list("queue")
        .annotate(count=Count("*"))
    )
    return dict.fromkeys(QUEUES, 0) | dict(rows)


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
        .annotate(count=Count("*"), cents=Sum("amount_cents"))
    )
    return {row["status"]: (row["count"], row["cents"]) for row in rows}


AGES: Final = ((30, "up to 30 days"), (60, "31 to 60"), (90, "61 to 90"), (10**6, "over 90"))
Sums = dict[str, list[int]]


def figures(provider: Provider, *, on: date) -> dict[str, Any]:
    """What the dashboard shows, rolled up from one pass over the cases."""
    soon = date.fromordinal(on.toordinal() + 7)
    late = When_(When(due_key__lt=on, then=Value("past_due")),
                 When(due_key__lte=soon, then=Value("due_week")), default=Value(""))  # fmt: skip
    rows = (
        Case.objects.filter(provider=provider)
        .annotate(clock=late)
        .values_list("queue", "state", "party", "payer_class", "cause", "identified_on", "clock")
        .annotate(count=Count("*"), cents=Sum("amount_cents"))
        .order_by()
    )
    kinds = ("all", "by_party", "by_class", "by_cause", "by_state", "by_age")
    found: dict[str, Sums] = {kind: {} for kind in kinds}
    for queue, state, party, payer_class, cause, identified_on, clock, count, cents in rows:
        is_open = queue != "done"
        _add(found["all"], "open" if is_open else "resolved", count, cents)
        if not is_open:
            continue
        _add(found["all"], clock, count, cents)
        days = (on - identified_on).days
        age = next(words for most, words in AGES if days <= most)
        values = {"by_party": party, "by_cause": cause, "by_state": state, "by_age": age}
        for kind, value in values.items():
            _add(found[kind], value, count, cents)
        if party == "payer":
            _add(found["by_class"], payer_class, count, cents)
    sums = found.pop("all")
    tiles = {name: tuple(sums.get(name, (0, 0))) for name in TILES}
    ages = [(words, *found["by_age"].get(words, (0, 0))) for _, words in AGES]
    return {**tiles, **{kind: _largest_first(each) for kind, each in found.items()}, "by_age": ages}


TILES: Final = ("open", "past_due", "due_week", "resolved")


def _add(sums: Sums, value: str, count: int, cents: int) -> None:
    both = sums.setdefault(value, [0, 0])
    both[0] += count
    both[1] += cents


def _largest_first(sums: Sums) -> list[tuple[str, int, int]]:
    """Value, count and cents, the largest sum first."""
    rows = [(value, count, cents) for value, (count, cents) in sums.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))
