"""What the dashboard shows, rolled up from one pass over a provider's cases."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import Case as When_
from django.db.models import CharField, Count, F, Sum, Value, When
from django.db.models.functions import TruncDate

from requite.domain.case import OPEN_HANDS, Action, State
from requite.domain.parties import Party
from requite.office.cases.models import Case
from requite.office.cases.queries import AGED_ON, AGES
from requite.office.people.models import Provider

WEEKS: Final = 12  # of the trend
DAYS: Final = 35  # of the calendar
WEEK: Final = timedelta(days=7)
# How a resolved case ended; and what is proposed to rest although it may be somebody's.
RETURNED, SETTLED, DISMISSED, RESTING = "returned", "settled", "dismissed", "resting"
ENDED: Final = frozenset({RETURNED, SETTLED, DISMISSED})
REAL: Final = frozenset({Party.PAYER, Party.PATIENT})
# The way of money that is somebody's: stage, and the states that have reached it.
FUNNEL: Final = (
    ("Found", None),
    ("Proposed", {State.WAITING_APPROVAL, State.TO_PAY, State.TO_RECONCILE, RETURNED}),
    ("Approved", {State.TO_PAY, State.TO_RECONCILE, RETURNED}),
    ("Paid", {State.TO_RECONCILE, RETURNED}),
    ("Returned, account even", {RETURNED}),
)


class Sums(NamedTuple):
    """How many, and how many cents."""

    cases: int = 0
    cents: int = 0

    def plus(self, cases: int, cents: int) -> "Sums":
        """Both together."""
        return Sums(self.cases + cases, self.cents + cents)


NOTHING: Final = Sums()


@dataclass(slots=True)
class Figures:
    """The figures of a provider on a day; tables as value and sums."""

    open: Sums = NOTHING
    past_due: Sums = NOTHING
    due_week: Sums = NOTHING
    worked: Sums = NOTHING  # decided, and on its way
    resolved: Sums = NOTHING
    dismissed: Sums = NOTHING  # of the resolved ones: people found that nothing is to be done
    real: Sums = NOTHING  # of the open ones: somebody's money
    false: Sums = NOTHING  # nobody's: a posting is wrong
    by_party: dict[str, Sums] = field(default_factory=dict)
    by_class: dict[str, Sums] = field(default_factory=dict)
    by_cause: dict[str, Sums] = field(default_factory=dict)
    by_state: dict[str, Sums] = field(default_factory=dict)
    by_age: dict[str, Sums] = field(default_factory=dict)
    funnel: dict[str, Sums] = field(default_factory=dict)
    found_in_week: dict[date, Sums] = field(default_factory=dict)
    resolved_in_week: dict[date, Sums] = field(default_factory=dict)
    due_on: dict[date, Sums] = field(default_factory=dict)


def figures(provider: Provider, *, on: date) -> Figures:
    """The figures of a provider."""
    found = Figures()
    found.by_age = {words: Sums() for _, words in AGES}
    found.funnel = {stage: Sums() for stage, _ in FUNNEL}
    weeks = [_monday(on) - WEEK * back for back in reversed(range(WEEKS))]
    found.found_in_week = dict.fromkeys(weeks, Sums())
    found.resolved_in_week = dict.fromkeys(weeks, Sums())
    clock = When_(
        When(due_key__lt=on, then=Value("past_due")),
        When(due_key__lte=on + WEEK, then=Value("due_week")),
        default=Value(""),
    )
    end = When_(
        When(resolution__startswith="reconciled", then=Value(RETURNED)),
        When(resolution__startswith="dismissed", then=Value(DISMISSED)),
        When(state=State.RESOLVED, then=Value(SETTLED)),
        When(state=State.WAITING_APPROVAL, decision=str(Action.DISMISS), then=Value(RESTING)),
        default=F("state"), output_field=CharField(),
    )  # fmt: skip
    rows = (
        Case.objects.filter(provider=provider)
        .annotate(aged_on=AGED_ON)
        .annotate(clock=clock, end=end, age=_age(on))
        .values_list("end", "party", "payer_class", "cause", "identified_on", "clock", "age")
        .annotate(count=Count("*"), cents=Sum("amount_cents"))
        .order_by()
    )
    for row in rows:
        _add(found, Row(*row))
    _resolved(found, provider, weeks[0])
    _due(found, provider, on)
    return found


class Row(NamedTuple):
    """Cases that are alike, together."""

    end: str
    party: str
    payer_class: str
    cause: str
    identified_on: date
    clock: str
    age: str
    cases: int
    cents: int


def _add(found: Figures, row: Row) -> None:
    both = row.cases, row.cents
    week = _monday(row.identified_on)
    if week in found.found_in_week:
        found.found_in_week[week] = found.found_in_week[week].plus(*both)
    if row.party in REAL and row.end not in {SETTLED, DISMISSED}:
        for stage, ends in FUNNEL:
            if ends is None or row.end in ends:
                found.funnel[stage] = found.funnel[stage].plus(*both)
    if row.end in ENDED:
        found.resolved = found.resolved.plus(*both)
        if row.end == DISMISSED:
            found.dismissed = found.dismissed.plus(*both)
    else:
        _add_open(found, row)


def _age(on: date) -> When_:
    """How old a credit is, in the words of its age."""
    aged = [When(aged_on__gte=on - timedelta(days=most), then=Value(words))
            for most, words in AGES[:-1]]  # fmt: skip
    return When_(*aged, default=Value(AGES[-1][1]), output_field=CharField())


def _add_open(found: Figures, row: Row) -> None:
    """What is open: into each tile that it belongs to, and into each table."""
    tiles = {
        "open": True,
        "past_due": row.clock == "past_due",
        "due_week": row.clock == "due_week",
        "worked": row.end not in OPEN_HANDS,
        "real": row.party in REAL,
        "false": row.party == Party.NONE,
    }
    for name, belongs in tiles.items():
        if belongs:
            setattr(found, name, getattr(found, name).plus(row.cases, row.cents))
    _into(found.by_party, row.party, row)
    _into(found.by_cause, row.cause, row)
    state = State.WAITING_APPROVAL if row.end == RESTING else row.end
    _into(found.by_state, str(state), row)
    _into(found.by_age, row.age, row)
    if row.party == Party.PAYER:
        _into(found.by_class, row.payer_class, row)


def _into(sums: dict[str, Sums], value: str, row: Row) -> None:
    sums[value] = sums.get(value, Sums()).plus(row.cases, row.cents)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _resolved(found: Figures, provider: Provider, since: date) -> None:
    """What was resolved week by week."""
    rows = (
        Case.objects.filter(provider=provider, queue="done", resolved_at__date__gte=since)
        .annotate(day=TruncDate("resolved_at"))
        .values_list("day")
        .annotate(count=Count("*"), cents=Sum("amount_cents"))
        .order_by()
    )
    for day, count, cents in rows:
        week = _monday(day)
        if week in found.resolved_in_week:
            found.resolved_in_week[week] = found.resolved_in_week[week].plus(count, cents)


def _due(found: Figures, provider: Provider, on: date) -> None:
    """What falls due on each day of the weeks to come, from the Monday of this one."""
    first = _monday(on)
    found.due_on = {first + timedelta(days=ahead): Sums() for ahead in range(DAYS)}
    rows = (
        Case.objects.filter(
            provider=provider, due_key__range=(first, first + timedelta(days=DAYS - 1))
        )
        .exclude(queue="done")
        .values_list("due_key")
        .annotate(count=Count("*"), cents=Sum("amount_cents"))
        .order_by()
    )
    for day, count, cents in rows:
        found.due_on[day] = Sums(count, cents)
