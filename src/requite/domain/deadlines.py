"""By when a part of a credit must go back, and which rule of law says so.

Every rule that applies is computed from its own trigger; the earliest date rules. A false credit
has no clock, for nobody is owed; neither has patient money that is held, for it is not yet known
to be too much. Money whose owner a person must still decide, but which lies in a payer's cell,
runs that payer's clock: the duty does not wait for our certainty.
"""

from datetime import date, timedelta
from typing import NamedTuple

from requite.domain.regulations.book import Clock, RuleBook, rule_book
from requite.domain.regulations.rule import PauseTerms, Rule, Trigger


class Suspension(NamedTuple):
    """A span of days in which an event stopped a clock; `ended_on` None: it still lasts."""

    condition: str
    started_on: date
    ended_on: date | None = None


class ClockFacts(NamedTuple):
    """What a clock must know of a part of a credit. Dates are days in the provider's time zone.

    `payer_class` and `funding` are those of the payer whose money the part holds, even where
    the party is undetermined; "" where the money is the patient's. `payment_received_on` is the
    payment date of the later overpayment, `other_payment_received_on` that of another payer's
    payment for the same service. `identified_on`: see the function of that name.
    """

    party: str  # payer, patient, none, undetermined
    identified_on: date
    payer_class: str = ""
    funding: str = "unknown"
    state: str = ""  # the account's
    cause: str = ""
    disposition: str = ""
    patient_class: str = ""  # inpatient, outpatient, professional
    quantified_on: date | None = None  # `identified_on`, where the amount took no further work
    payment_received_on: date | None = None
    other_payment_received_on: date | None = None
    service_to: date | None = None
    demand_letter_on: date | None = None  # the date on a payer's letter about this money
    request_received_on: date | None = None  # the day that letter came
    suspensions: tuple[Suspension, ...] = ()


class Due(NamedTuple):
    """The last day, and the rule that sets it."""

    due_on: date
    rule_id: str


def identified_on(as_of: date, *known_on: date | None) -> date:
    """The day on which a batch run takes an overpayment to be identified.

    A run over a feed identifies what it finds on the day whose facts it knows, `as_of`: it names
    party, cause and amount at once. Whoever knew earlier was bound earlier, so the earliest of
    the dates that the records tell goes before it: the day an earlier run first reported the
    part, the day a payer's letter about this money came, the day a refund of it was first
    requested. The day of payment is no such date: that money was received, not yet that it was
    too much (the Medicare secondary payer rule counts from a payment, and says so itself). Dates
    after `as_of` are not there yet.

    >>> identified_on(date(2026, 6, 1), date(2026, 5, 20), None)
    datetime.date(2026, 5, 20)
    """
    return min([day for day in known_on if day is not None and day <= as_of], default=as_of)


def due_on(part: ClockFacts, rules: RuleBook | None = None) -> Due | None:
    """The day by which a part must go back, and the rule that sets it.

    Parameters
    ----------
    part : ClockFacts
        What is known of the part.
    rules : RuleBook, optional
        The rules as shipped, unless a compliance officer has switched recalled ones on.

    Returns
    -------
    Due or None
        The earliest of the dates that acting rules set; of equal dates the state's rule goes
        before the federal one, then the later law. None where no acting rule sets a date.

    Examples
    --------
    >>> medicare = ClockFacts("payer", date(2026, 6, 1), "medicare_ffs")
    >>> due_on(medicare)
    Due(due_on=datetime.date(2026, 7, 31), rule_id='mcr.60day.v2025')
    >>> due_on(medicare._replace(
    ...     cause="medicare_secondary_payer",
    ...     payment_received_on=date(2026, 1, 20), other_payment_received_on=date(2026, 2, 25)))
    Due(due_on=datetime.date(2026, 4, 26), rule_id='msp.provider.60day')
    """
    earliest: Due | None = None
    for due in every_due(part, rules):
        if earliest is None or due.due_on < earliest.due_on:
            earliest = due
    return earliest


def every_due(part: ClockFacts, rules: RuleBook | None = None) -> list[Due]:
    """The date of each acting rule that binds the part, the most specific rule first."""
    feed_class = _whose_clock(part)
    if not feed_class:
        return []
    book = rule_book() if rules is None else rules
    found: list[Due] = []
    yielding: list[tuple[Due, tuple[str, ...]]] = []
    for clock in book.clocks(feed_class, part.funding, part.state, part.cause, part.patient_class):
        day = _day(clock, part, book)
        if day is None:
            continue
        due = Due(day, clock.rule.id)
        if clock.rule.yields_to:
            yielding.append((due, clock.rule.yields_to))
        else:
            found.append(due)
    for due, better in yielding:
        if not any(other.rule_id in better for other in found):
            found.append(due)
    return found


def _whose_clock(part: ClockFacts) -> str:
    if part.party == "none":
        return ""
    if part.party == "patient":
        return "" if part.disposition == "hold" else "patient"
    return part.payer_class


def _day(clock: Clock, part: ClockFacts, book: RuleBook) -> date | None:
    """The day that `clock` sets; None where its event did not happen or it is not in force."""
    rule = clock.rule
    start = _started_on(clock.starts, part)
    if start is None or not rule.in_force(start) or not _within_reach(rule, part, book):
        return None
    day: date | None = clock.duration.after(start)
    for terms in rule.pauses if part.suspensions else ():
        if day is not None:
            day = _suspended(day, start, part, terms)
    return day


def _started_on(trigger: Trigger, part: ClockFacts) -> date | None:
    """The day of the event; None where the part knows of none."""
    if trigger is Trigger.IDENTIFIED:
        return part.identified_on
    if trigger is Trigger.QUANTIFIED:
        return part.quantified_on or part.identified_on
    if trigger is Trigger.DEMAND_LETTER:
        return part.demand_letter_on or part.request_received_on
    if trigger is Trigger.REQUEST_RECEIVED:
        return part.request_received_on
    return _came_on(trigger, part)


def _came_on(trigger: Trigger, part: ClockFacts) -> date | None:
    """The day of a service or of money for it; other events a part does not know."""
    if trigger is Trigger.SERVICE_DATE:
        return part.service_to
    if trigger is Trigger.PAYMENT_DATE:
        return part.payment_received_on
    other = part.other_payment_received_on
    if trigger is Trigger.SECOND_PAYMENT and other is not None:
        return max(other, part.payment_received_on or other)
    return None


def _within_reach(rule: Rule, part: ClockFacts, book: RuleBook) -> bool:
    """Whether the money is young enough for the duty, where the duty has a look-back."""
    if rule.within is None or part.payment_received_on is None:
        return True
    reach = book.rule(rule.within)
    if reach.duration is None or not book.acts(reach) or not reach.in_force(part.identified_on):
        return True
    return part.identified_on <= reach.duration.after(part.payment_received_on)


def _suspended(day: date, start: date, part: ClockFacts, terms: PauseTerms) -> date | None:
    """`day`, moved on by the days on which an event of `terms` stopped the clock.

    Days before the clock starts or after its last day stop nothing, days told twice count once.
    None while an event without a longest span still lasts: the law then sets no day yet.
    """
    stopped_until = start
    for suspension in sorted(part.suspensions, key=lambda s: s.started_on):
        if suspension.condition != terms.condition or suspension.started_on > day:
            continue
        ended_on = suspension.ended_on
        if terms.max_days is not None:
            last = part.identified_on + timedelta(days=terms.max_days)
            ended_on = last if ended_on is None else min(ended_on, last)
        if ended_on is None:
            return None
        stopped_from = max(suspension.started_on, stopped_until)
        if ended_on > stopped_from:
            day += ended_on - stopped_from
            stopped_until = ended_on
    return day
