"""What a rule of law says, as the files beside this one state it.

The rule's own words and figures are carried as they were read; `use`, `binds`, `needs` and the
keys that follow `use` in the table below are Requite's reading of them, so that a reader can see
why a rule sets a date or does not. A rule that is `recalled` was written down from memory: it is
shown, but sets no date until a compliance officer switches it on.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from requite.domain.business_days import add_business_days

MONTHS = {"months": 1, "years": 12}


class Use(StrEnum):
    """What a rule is for."""

    RETURN = "return"  # by when money is returned, from what the provider itself knows
    LETTER = "letter"  # by when a payer's letter is paid or answered
    APPEAL = "appeal"  # by when a payer's letter is contested
    RECOVERY = "recovery"  # how far back a payer may reach, and by when it is answered
    REPORT = "report"  # by when something is reported
    DORMANCY = "dormancy"  # when uncashed money goes to a state
    PENALTY = "penalty"  # what lateness costs
    FACT = "fact"  # sets no date for the provider


class Trigger(StrEnum):
    """The event from which a rule counts."""

    CHECK_ISSUE = "check_issue"
    DEMAND_LETTER = "demand_letter"
    IDENTIFIED = "identified"
    LAST_CONTACT = "last_contact"
    PAYMENT_DATE = "payment_date"
    QUANTIFIED = "quantified"
    QUARTER_END = "quarter_end"
    REQUEST_RECEIVED = "request_received"
    SERVICE_DATE = "service_date"
    SECOND_PAYMENT = "second_payment"  # the later of two payers' payments for one service


class Confidence(StrEnum):
    """Whether a page that supports the main figure was read."""

    VERIFIED = "verified"
    RECALLED = "recalled"


def add_months(start: date, months: int) -> date:
    """The same day of the month `months` later; the month's last day where it has no such day.

    >>> add_months(date(2024, 8, 31), 18)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    _, last_day = monthrange(year, month + 1)
    return date(year, month + 1, min(start.day, last_day))


@dataclass(frozen=True, slots=True)
class Duration:
    """A span of calendar days, business days, months or years.

    A date that falls on a weekend stays there: some laws move it on, none moves it back.
    """

    value: int
    unit: str = "days"
    day_type: str = "calendar"

    def after(self, start: date) -> date:
        """Last day of the span that begins the day after `start`.

        >>> Duration(60).after(date(2026, 1, 15))
        datetime.date(2026, 3, 16)
        >>> Duration(30, "days", "business").after(date(2026, 5, 1))
        datetime.date(2026, 6, 15)
        """
        if self.unit in MONTHS:
            return add_months(start, self.value * MONTHS[self.unit])
        if self.day_type == "business":
            return add_business_days(start, self.value)
        return start + timedelta(days=self.value)

    def __str__(self) -> str:
        kind = "business " if self.day_type == "business" else ""
        unit = self.unit[:-1] if self.value == 1 else self.unit
        return f"{self.value} {kind}{unit}"


@dataclass(frozen=True, slots=True)
class Penalty:
    """What it costs to be late."""

    amount: str
    source: str


@dataclass(frozen=True, slots=True)
class PauseTerms:
    """An event that stops a clock, and for how long at most (counted from `counted_from`)."""

    condition: str
    max_days: int | None = None
    counted_from: str | None = None


@dataclass(frozen=True, slots=True)
class CompletionLimit:
    """By when a recovery must be finished."""

    value: int
    unit: str
    from_date: str


@dataclass(frozen=True, slots=True)
class RecoveryLimit:
    """How far back a payer may reach; no `value`: no limit, or none that is a fixed span.

    `cob` is the longer span (in the same unit) where another payer should have paid,
    `government` the one where a government programme recovered from the payer, which no feed
    tells. `last_day_excluded`: the law bars what is asked on the day on which the span ends.
    """

    unit: str
    from_date: str
    exceptions: tuple[str, ...]
    exceptions_confidence: Confidence
    value: int | None = None
    cob: int | None = None
    government: int | None = None
    last_day_excluded: bool = False
    cob_from_date: str | None = None
    completion_limit: CompletionLimit | None = None


@dataclass(frozen=True, slots=True)
class ProviderResponse:
    """By when a provider answers a recovery, from the request's receipt or the letter's date."""

    value: int
    unit: str
    day_type: str
    action: str
    confidence: Confidence
    from_date: Trigger = Trigger.REQUEST_RECEIVED

    @property
    def duration(self) -> Duration:
        """The span in which to answer."""
        return Duration(self.value, self.unit, self.day_type)


@dataclass(frozen=True, slots=True)
class ReportDue:
    """When unclaimed money is reported: a month and day."""

    month_day: str
    confidence: Confidence
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class DueDiligence:
    """When the owner of unclaimed money gets a last letter, and from what amount."""

    confidence: Confidence
    min_amount_usd: int | None = None
    min_days_before_report: int | None = None
    max_days_before_report: int | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule of law."""

    id: str
    title: str
    payer_class: str
    jurisdiction: str  # US, or a state
    trigger: Trigger
    owed: str
    citation: str
    confidence: Confidence
    enabled: bool
    checked_on: date  # when the source was last read; of a recalled rule, when it was written down
    notes: str
    duration: Duration | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    source: str | None = None
    secondary_url: str | None = None
    third_url: str | None = None
    related_url: str | None = None
    source_quality: str | None = None
    policy_default: bool = False  # a design choice, not law
    recalled_parts: tuple[str, ...] = ()
    pause_conditions: tuple[str, ...] = ()
    penalty: Penalty | None = None
    min_usd: int | None = None
    max_usd: int | None = None
    methods: tuple[str, ...] = ()
    due_month_day: str | None = None
    amount_cents: int | None = None  # the least amount that the rule speaks of
    other_years: int | None = None  # dormancy of what is no uncashed check, where it differs
    amount_in_controversy: str | None = None
    lookback: RecoveryLimit | None = None
    provider_response: ProviderResponse | None = None
    alt_trigger: Trigger | None = None
    report_due: ReportDue | None = None
    due_diligence: DueDiligence | None = None
    b2b_exemption: str | None = None
    healthcare_exemption: str | None = None
    use: Use  # Requite's reading, from here on
    binds: str  # provider, payer, plan or state
    feed_classes: tuple[str, ...] = ()  # payer classes of the feed, where not `payer_class`
    patient_classes: tuple[str, ...] = ()  # only these; empty: all
    causes: tuple[str, ...] = ()  # only these; empty: all
    starts: Trigger | None = None  # the event counted from, where `trigger` is too coarse
    needs: str | None = None  # a fact that no feed holds: a person applies the rule
    yields_to: tuple[str, ...] = ()  # acts only where none of these does
    within: str | None = None  # binds only for money this look-back rule reaches
    pauses: tuple[PauseTerms, ...] = ()  # those of `pause_conditions` that act

    @property
    def edition(self) -> str:
        """Which version this is, in words: since when it is the law, and when it was read."""
        since = f"in force from {self.in_force_from}, " if self.in_force_from else ""
        return f"{since}read {self.checked_on}"

    def in_force(self, on: date) -> bool:
        """Whether this version is the law on `on`."""
        if self.in_force_from is not None and on < self.in_force_from:
            return False
        return self.in_force_to is None or on <= self.in_force_to
