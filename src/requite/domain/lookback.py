"""How far back a payer may ask for money, and by when its request is answered.

The contract's own days go before state law, state law reaches insured plans alone (self-funded
and unknown funding have no state limit), and the state is the account's. Federal programmes
follow their own rules. A span counts from the payment date of the overpaid remittance unless the
law says otherwise (Georgia: from the service); a request received on its last day is in time.
Where a law in force on that day has figures that nobody here has read, a person must look.
"""

from datetime import date, timedelta
from typing import NamedTuple

from requite.domain.deadlines import Due
from requite.domain.regulations.book import Clock, RuleBook, clocks_of, rule_book
from requite.domain.regulations.rule import Confidence, Duration, Rule, Trigger, Use

CONTRACT = "contract"  # stands for a rule id where the plan's contract sets the date
LETTER = "letter"  # the same, where the payer's letter names the day
ANSWERS = (Use.LETTER, Use.APPEAL, Use.RECOVERY)

# A request's reason in the feed's words: the exception of the law that lifts the limit for it.
EXCEPTIONS = {"duplicate": "duplicate_payment", "cob": "cob"}


class PlanTerms(NamedTuple):
    """The plan that a payer's request is about; the days are those of its contract."""

    payer_class: str
    funding: str = "unknown"
    state: str = ""  # the account's
    lookback_days: int | None = None
    response_days: int | None = None
    patient_class: str = ""  # some limits protect professionals alone


class Lookback(NamedTuple):
    """The limit and the answer's deadlines for one request.

    `limit` None means that no fixed span limits the payer; `rule_id` then still names the rule
    that says so, where one does, and `exception` what lifts an otherwise fixed span. `unknown`
    names what a person must find out first, where the law's figures are not known.
    """

    limit: Duration | None
    from_date: str
    rule_id: str | None
    answers: tuple[Clock, ...] = ()
    response_days: int | None = None
    exception: str | None = None
    unknown: str | None = None
    last_day_excluded: bool = False

    def lookback_ends_on(self, payment_date: date, service_to: date | None = None) -> date | None:
        """Last day on which the payer's request is in time; None where no span limits it.

        >>> texas = lookback(PlanTerms("commercial", "insured", "TX"), date(2026, 1, 28))
        >>> texas.lookback_ends_on(date(2026, 1, 28)), texas.rule_id
        (datetime.date(2026, 7, 27), 'recoup.TX')
        """
        if self.limit is None:
            return None
        from_service = self.from_date == Trigger.SERVICE_DATE and service_to is not None
        end = self.limit.after(service_to if from_service and service_to else payment_date)
        return end - timedelta(days=1) if self.last_day_excluded else end

    def respond_by(
        self,
        received_on: date,
        reply_by: date | None = None,
        letter_date: date | None = None,
        *,
        is_paid: bool = False,
    ) -> Due | None:
        """Last day to answer: the earliest of law, contract and the letter itself.

        Parameters
        ----------
        received_on : date
            The day the request came.
        reply_by : date, optional
            The day that the letter names.
        letter_date : date, optional
            The date on the letter, from which demand letters count; `received_on` without it.
        is_paid : bool
            Whether all that is asked will be paid: days to contest count only where nothing
            else sets one.

        Returns
        -------
        Due or None
            The day and the rule that sets it ("contract" or "letter" where no law does); None
            where nothing sets one.

        Examples
        --------
        >>> texas = lookback(PlanTerms("commercial", "insured", "TX"), date(2026, 1, 28))
        >>> texas.respond_by(date(2026, 5, 20))
        Due(due_on=datetime.date(2026, 7, 4), rule_id='recoup.TX')
        """
        paying = [clock for clock in self.answers if clock.rule.use is not Use.APPEAL]
        contesting = [clock for clock in self.answers if clock.rule.use is Use.APPEAL]
        days = self._days(paying, received_on, letter_date)
        agreed = []
        if self.response_days is not None:
            agreed.append(Due(Duration(self.response_days).after(received_on), CONTRACT))
        if reply_by is not None:
            agreed.append(Due(reply_by, LETTER))
        if not is_paid or not (days or agreed):
            days += self._days(contesting, received_on, letter_date)
        return min([*days, *agreed], key=lambda due: due.due_on, default=None)

    def _days(self, clocks: list[Clock], received_on: date, letter_date: date | None) -> list[Due]:
        """The days that rules in force set for a letter."""
        found = []
        for clock in clocks:
            lettered = clock.starts is Trigger.DEMAND_LETTER and letter_date is not None
            start = letter_date if lettered and letter_date else received_on
            if clock.rule.in_force(start):
                found.append(Due(clock.duration.after(start), clock.rule.id))
        return found


def lookback(
    plan: PlanTerms,
    on: date,
    *,
    reason: str = "other",
    received_on: date | None = None,
    rules: RuleBook | None = None,
) -> Lookback:
    """The look-back and the answer's deadlines for a request about `plan`.

    Parameters
    ----------
    plan : PlanTerms
        Class, funding and state, with the contract's own days where it has some.
    on : date
        The payment date of the overpaid remittance: the version then in force counts.
    reason : str
        The request's reason as the determination bears it out (`duplicate`, `cob`, ...): some
        states give a payer longer, or any time, for these. The payer's bare word is no proof.
    received_on : date, optional
        The day the request came: a law whose figures are not known counts from then on.
    rules : RuleBook, optional
        The rules as shipped, unless recalled ones have been switched on.
    """
    book = rule_book() if rules is None else rules
    acting = [
        rule
        for rule in book.acting(plan.payer_class, plan.funding, plan.state)
        if not rule.patient_classes or plan.patient_class in rule.patient_classes
    ]
    there = {rule.id for rule in acting}
    acting = [rule for rule in acting if there.isdisjoint(rule.yields_to)]
    came_on = received_on or on
    law = next((r for r in acting if _governs(r, on, came_on)), None)
    answering = (rule for rule in acting if rule.use is not Use.RECOVERY or rule is law)
    return _limit(plan, law, reason)._replace(
        answers=tuple(clock for rule in answering for clock in clocks_of(rule, *ANSWERS)),
        response_days=plan.response_days,
    )


def _governs(rule: Rule, paid_on: date, came_on: date) -> bool:
    """Whether `rule` limits a request: by the law of the payment, but a law without figures."""
    if rule.use is not Use.RECOVERY:
        return False
    return rule.in_force(paid_on if rule.needs is None else came_on)


def _limit(plan: PlanTerms, law: Rule | None, reason: str) -> Lookback:
    if plan.lookback_days is not None:
        return Lookback(Duration(plan.lookback_days), Trigger.PAYMENT_DATE, CONTRACT)
    if law is None:
        return Lookback(None, Trigger.PAYMENT_DATE, None)
    if law.needs is not None:
        return Lookback(None, Trigger.PAYMENT_DATE, law.id, unknown=law.needs)
    terms = law.lookback
    if terms is None:
        return Lookback(law.duration, law.trigger, law.id)
    lifted = _lifted(law, reason)
    if lifted is not None or terms.value is None:
        return Lookback(None, terms.from_date, law.id, exception=lifted)
    value = terms.cob if reason == "cob" and terms.cob is not None else terms.value
    span = Duration(value, terms.unit)
    excluded = terms.last_day_excluded
    return Lookback(span, terms.from_date, law.id, last_day_excluded=excluded)


def _lifted(law: Rule, reason: str) -> str | None:
    """The exception that lifts the limit of `law` for such a request, if one does.

    A longer span for coordination of benefits goes before the bare exception; one that counts
    from another payer's decision has an end that no remittance tells, so it lifts the limit.
    """
    terms = law.lookback
    exception = EXCEPTIONS.get(reason)
    if terms is None or exception is None:
        return None
    if reason == "cob" and terms.cob is not None:
        return exception if terms.cob_from_date is not None else None
    proved = terms.exceptions_confidence in (law.confidence, Confidence.VERIFIED)
    return exception if proved and exception in terms.exceptions else None
