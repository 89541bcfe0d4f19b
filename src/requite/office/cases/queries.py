"""All reading of cases: queues with their counts, searches, and what a case page shows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from requite.office.cases.approval import limit_of
from requite.office.cases.identity import name_words
from requite.office.cases.models import Case, Correction, Note, Question, Reference
from requite.office.cases.status import QUEUES
from requite.office.people.models import Provider, User
from requite.office.people.permission import allows
from requite.office.people.queries import role_at

# A case by its number: with its letters, or as a bare number that no account is written like.
NUMBER: Final = re.compile(r"(?:RQ-?0*(?=\d)|(?=[1-9]\d{0,5}$))(\d{1,9})", re.IGNORECASE)
AMOUNT: Final = re.compile(r"\$?(\d{1,3}(?:,?\d{3})*)(?:\.(\d{1,2}))?")
PAGE: Final = 50
NEAR: Final = 500  # cases among which the next one is looked for
# What no list shows: not read for it.
NOT_LISTED: Final = (
    "digest", "patient_name", "snooze_reason", "resolution", "decided_at", "approved_at",
    "payer_class", "identified_on", "determined_on", "opened_at", "resolved_at", "due_key",
    "details", "closed_from", "closed_by", "is_gone",
)  # fmt: skip
OPEN_QUEUES: Final = "open"  # all that is not done, whatever the queue
AHEAD: Final = {"week": 7, "soon": 30}
AGES: Final = ((30, "up to 30 days"), (60, "31 to 60"), (90, "61 to 90"), (10**6, "over 90"))
AGED_ON: Final = Coalesce("credit_on", "identified_on")  # since when at the latest it is there
PROPOSED: Final = Coalesce("refund_cents", "amount_cents")  # as `approval.proposed` has it
MOST_ACCOUNTS: Final = 1_000  # that one number may name


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of cases is narrowed to; all of it lives in the address."""

    queue: str = "work"
    party: str = ""
    cause: str = ""
    mine: bool = False
    unassigned: bool = False
    due: str = ""  # past, week, soon (30 days), or a day as 2026-11-30
    snoozed: bool = False
    search: str = ""
    payer_class: str = ""
    state: str = ""
    age: str = ""  # days that the credit is old, as the dashboard has them
    pile: str = ""  # right: refunds on nothing but proofs; needs: a person has to think
    ended: str = ""  # how what is done ended


class OrderedCases:
    """Cases in the order of work, past due before all other: cut without sorting or counting them.

    Each part is read along an index, so that a page costs the same in a long list.
    """

    def __init__(self, late: QuerySet[Case], rest: QuerySet[Case]) -> None:
        self.late, self.rest = late, rest

    def whole(self) -> "OrderedCases":
        """The same with all that a case says, also what no list shows."""
        parts = (part.defer(None).select_related("assigned_to") for part in (self.late, self.rest))
        return OrderedCases(*parts)

    def sums(self) -> tuple[int, int]:
        """How many they are, and how many cents they sum to; the one thing that reads them all."""
        parts = _sums(self.late), _sums(self.rest)
        return sum(count for count, _ in parts), sum(cents for _, cents in parts)

    def __len__(self) -> int:
        return self.sums()[0]

    def __getitem__(self, part: slice) -> list[Case]:
        """Some of them, in order."""
        return _cut(self.late, self.rest, part.start or 0, part.stop)

    def __iter__(self) -> Iterator[Case]:
        yield from self.late.iterator(chunk_size=2000)
        yield from self.rest.iterator(chunk_size=2000)

    def as_seen(self, most: int) -> list[tuple[int, int, int]]:
        """Number, version and cents of the first of them, in order: what a list stands for."""
        seen = ("number", "version", "amount_cents")
        return _cut(self.late.values_list(*seen), self.rest.values_list(*seen), 0, most)

    def number_after(self, number: int) -> int | None:
        """The case that follows one that was just here, else the first; None where none is left."""
        numbers = _cut(
            self.late.values_list("number", flat=True),
            self.rest.values_list("number", flat=True), 0, NEAR,
        )  # fmt: skip
        if number in numbers:
            place = numbers.index(number)
            numbers = [*numbers[place + 1 :], *numbers[:place]]
        return numbers[0] if numbers else None


def _cut(late: QuerySet[Any, Any], rest: QuerySet[Any, Any], start: int, stop: int) -> list[Any]:
    """Rows from `start` to before `stop` of two parts, one behind the other."""
    found = list(late[start:stop])
    if len(found) == stop - start:
        return found
    ahead = start + len(found) if found or not start else late.count()
    skipped = max(start - ahead, 0)
    return found + list(rest[skipped : skipped + stop - start - len(found)])


def _sums(cases: QuerySet[Case]) -> tuple[int, int]:
    sums = cases.order_by().aggregate(count=Count("*"), cents=Sum("amount_cents"))
    return sums["count"], sums["cents"] or 0


def queue_cases(provider: Provider, filters: Filters, *, user: User, on: date) -> OrderedCases:
    """The cases of a queue in the order of work: past due, government, patients, others."""
    cases = _narrowed(_of_queue(provider, filters), provider, filters, user=user, on=on)
    cases = cases.defer(*NOT_LISTED)
    if filters.queue == "done":
        return OrderedCases(cases.none(), cases.order_by("-resolved_at", "-number"))
    cases = cases.order_by("rank", "due_key", "-amount_cents", "number")
    return OrderedCases(cases.filter(due_key__lt=on), cases.filter(due_key__gte=on))


def _of_queue(provider: Provider, filters: Filters) -> QuerySet[Case]:
    cases = Case.objects.filter(provider=provider)
    if filters.search:
        return cases.filter(found_by(provider, filters.search))
    if filters.queue == OPEN_QUEUES:
        return cases.filter(queue__in=[name for name in QUEUES if name != "done"])
    return cases.filter(queue=filters.queue)


def _narrowed(
    cases: QuerySet[Case], provider: Provider, filters: Filters, *, user: User, on: date
) -> QuerySet[Case]:
    exact = {name: getattr(filters, name) for name in ("party", "cause", "payer_class", "state")}
    cases = cases.filter(**{name: value for name, value in exact.items() if value})
    if filters.mine and filters.queue == "approval":
        cases = waiting_for(cases, provider, user)
    elif filters.mine:
        cases = cases.filter(assigned_to=user)
    if filters.unassigned:
        cases = cases.filter(assigned_to__isnull=True)
    cases = _of_kind(cases, filters, on)
    if filters.search or filters.queue == "done":
        return cases
    asleep = Q(snoozed_until__gt=on, due_key__gt=on)  # what is due never sleeps
    return cases.filter(asleep) if filters.snoozed else cases.exclude(asleep)


def _of_kind(cases: QuerySet[Case], filters: Filters, on: date) -> QuerySet[Case]:
    """Cases by their dates, by what speaks for them, by how they ended."""
    if filters.due:
        cases = cases.filter(due_key__range=_due_range(filters.due, on))
    if filters.age:
        aged = cases.annotate(aged_on=AGED_ON)
        cases = aged.filter(aged_on__range=_age_range(filters.age, on))
    if filters.pile:
        right = Q(certainty="proved", changed_since_decided=False) & ~Q(decision="dismiss")
        cases = cases.filter(right if filters.pile == "right" else ~right)
    if filters.ended:
        cases = cases.filter(resolution__startswith=filters.ended)
    return cases


def _due_range(due: str, on: date) -> tuple[date, date]:
    """The first and the last day that a filter by due date means."""
    if due == "past":
        return date.min, on - timedelta(days=1)
    if due in AHEAD:
        return on, on + timedelta(days=AHEAD[due])
    day = date.fromisoformat(due)
    return day, day


def _age_range(age: str, on: date) -> tuple[date, date]:
    """The first and the last day from which credits of an age are."""
    least = 0
    for most, words in AGES:
        if words == age:
            break
        least = most + 1
    return on - timedelta(days=min(most, on.toordinal() - 1)), on - timedelta(days=least)


def waiting_for(cases: QuerySet[Case], provider: Provider, user: User) -> QuerySet[Case]:
    """Of cases for approval, those that this user may decide: not the own, nor above the limit."""
    role = role_at(user, provider)
    if not role or not allows(role, "cases.approve"):
        return cases.none()
    most = limit_of(provider, role)
    cases = cases.exclude(decided_by=user)
    if most is None:
        return cases
    return cases.annotate(proposed=PROPOSED).filter(proposed__lte=most)


def found_by(provider: Provider, search: str) -> Q:
    """Cases by number, account, claim, check, trace or amount; by words of the patient's name.

    All of it is looked up along indexes: numbers as they stand, names by how their words begin.
    """
    search = search.strip()
    found = Q(account_id__in=[search, search.upper(), *accounts_found(provider, search)])
    if number := NUMBER.fullmatch(search):
        found |= Q(number=int(number[1]))
    if amount := AMOUNT.fullmatch(search):
        cents = (amount[2] or "").ljust(2, "0")
        found |= Q(amount_cents=int(amount[1].replace(",", "")) * 100 + int(cents))
    return found


def accounts_found(provider: Provider, search: str) -> list[str]:
    """The accounts that a number or a name means; of very many, only some."""
    references = Reference.objects.filter(provider=provider)
    named = references.filter(value__in=[search, search.upper(), search.lstrip("0") or search])
    accounts = list(named.values_list("account_id", flat=True)[:MOST_ACCOUNTS])
    words = {word for word in name_words(search) if not word.isdecimal()}
    if accounts or not words:
        return accounts
    longest, *others = sorted(words, key=len, reverse=True)
    like = references.filter(value__startswith=longest)
    for word in others:
        also = references.filter(value__startswith=word).values("account_id")
        like = like.filter(account_id__in=also)
    return list(like.values_list("account_id", flat=True).distinct()[:MOST_ACCOUNTS])


class Waiting(NamedTuple):
    """How many cases lie in a queue, and how many of them are past due."""

    cases: int
    late: int


def queue_counts(provider: Provider, *, on: date) -> dict[str, Waiting]:
    """How many cases lie in each queue, and past due there; one query."""
    rows = (
        Case.objects.filter(provider=provider)
        .exclude(Q(snoozed_until__gt=on, due_key__gt=on) & ~Q(queue="done"))
        .values_list("queue")
        .annotate(count=Count("*"), late=Count("pk", filter=Q(due_key__lt=on) & ~Q(queue="done")))
    )
    found = {str(queue): Waiting(count, late) for queue, count, late in rows}
    return dict.fromkeys(QUEUES, Waiting(0, 0)) | found


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
