"""Cases with their findings, notes and questions, and the corrections that false credits need."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from requite.domain.case import STATE_WORDS, State, label_of
from requite.domain.parties import Certainty, Disposition, Party
from requite.office.cases.approval_models import ApprovalLimit, AutomaticApproval, AutomaticUse
from requite.office.cases.status import QUEUES, CorrectionStatus

__all__ = (
    "ApprovalLimit", "AssignmentRule", "Attachment", "AutomaticApproval", "AutomaticUse", "Case",
    "CaseFinding", "Correction", "Note", "PaidRefund", "Question", "Reference", "SavedView",
    "Viewing",
)  # fmt: skip

STATES = [(str(state), words) for state, words in STATE_WORDS.items()]
NEVER = "9999-12-31"  # what has no date sorts after what has one


def _one_of(field: str, values: list[str]) -> Q:
    return Q(**{f"{field}__in": values})


class Case(models.Model):
    """What somebody must resolve: the findings of one account that concern one party.

    A case is the same from one determination to the next: `identity` is what makes it so.
    """

    provider = models.ForeignKey("people.Provider", on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField()
    account_id = models.CharField(max_length=80)
    party = models.CharField(max_length=20)
    party_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=STATES, default=str(State.NEW))
    queue = models.GeneratedField(  # by the state, so that the order of a queue is one index
        expression=models.Case(
            *(
                models.When(state__in=[str(state) for state in states], then=models.Value(name))
                for name, (_, states) in QUEUES.items()
            )
        ),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )
    version = models.PositiveIntegerField(default=1)

    party_name = models.CharField(max_length=200, blank=True)
    payer_class = models.CharField(max_length=30, blank=True)
    patient_name = models.CharField(max_length=200, blank=True)
    cause = models.CharField(max_length=40)  # of its largest finding
    disposition = models.CharField(max_length=30)
    certainty = models.CharField(max_length=10)  # the weakest of its findings
    amount_cents = models.BigIntegerField()
    verdict = models.TextField()  # of its largest finding, one sentence
    rank = models.PositiveSmallIntegerField()  # 0 government, 1 patient, 2 other
    due_on = models.DateField(null=True)
    due_key = models.DateField(default=NEVER)
    rule_id = models.CharField(max_length=80, blank=True)
    digest = models.CharField(max_length=64)  # of what its findings say
    details = models.CharField(max_length=64, blank=True)  # the same of their clocks and words

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases"
    )
    snoozed_until = models.DateField(null=True)
    snooze_reason = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=30, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    decided_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="approvals"
    )
    approved_at = models.DateTimeField(null=True)
    decision_reason = models.CharField(max_length=300, blank=True)
    refund_cents = models.BigIntegerField(null=True)  # what is proposed to go back
    changed_since_decided = models.BooleanField(default=False)
    resolution = models.CharField(max_length=300, blank=True)
    closed_from = models.CharField(max_length=20, blank=True)  # its state when the credit was gone
    closed_by = models.CharField(max_length=16, blank=True)  # the ledger that showed it gone
    is_gone = models.BooleanField(default=False)  # the last determination does not show it
    credit_on = models.DateField(null=True)  # of the last posting that lowered the account
    identified_on = models.DateField()  # the day of the determination that first found it
    determined_on = models.DateField()  # the day of the last one
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "number"], name="case_number_once"),
            models.UniqueConstraint(
                fields=["provider", "account_id", "party", "party_id"], name="one_case_for_a_party"
            ),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="case_has_an_amount"),
            models.CheckConstraint(
                condition=_one_of("state", [str(state) for state in State]), name="state_is_known"
            ),
            models.CheckConstraint(
                condition=_one_of("party", [str(party) for party in Party]), name="party_is_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("decided_by")),
                name="nobody_approves_an_own_proposal",
            ),
            models.CheckConstraint(
                condition=Q(refund_cents__isnull=True) | Q(refund_cents__gt=0),
                name="a_proposal_has_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved") | Q(resolved_at__isnull=False),
                name="a_resolved_case_says_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["provider", "queue", "rank", "due_key", "-amount_cents", "number"],
                name="queue_order",
            ),
            models.Index(
                fields=["provider", "queue", "due_key"],
                include=["amount_cents", "snoozed_until", "party", "cause"],
                name="queue_sums",
            ),
            models.Index(
                fields=["provider", "queue", "cause", "rank", "due_key", "-amount_cents", "number"],
                include=["snoozed_until"],
                name="queue_order_of_a_cause",
            ),
            models.Index(fields=["provider", "account_id"], name="cases_of_an_account"),
            models.Index(fields=["provider", "assigned_to", "state"], name="cases_of_a_person"),
            models.Index(fields=["provider", "amount_cents"], name="cases_of_an_amount"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number as people write it."""
        return label_of(self.number)


class CaseFinding(models.Model):
    """One finding of a case, as the last determination has it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    line_no = models.IntegerField(null=True)
    cause = models.CharField(max_length=40)
    disposition = models.CharField(max_length=30)
    amount_cents = models.BigIntegerField()
    certainty = models.CharField(max_length=10)
    due_on = models.DateField(null=True)
    rule_id = models.CharField(max_length=80, blank=True)
    evidence = models.TextField(blank=True)
    explanation = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="finding_has_an_amount"),
            models.CheckConstraint(
                condition=_one_of("disposition", [str(item) for item in Disposition]),
                name="disposition_is_known",
            ),
            models.CheckConstraint(
                condition=_one_of("certainty", [str(item) for item in Certainty]),
                name="certainty_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, line {self.line_no}: {self.cause}"


class Reference(models.Model):
    """What an account with a case is found by: number of a claim, check, trace; word of a name."""

    provider = models.ForeignKey("people.Provider", on_delete=models.PROTECT, related_name="+")
    account_id = models.CharField(max_length=80)
    value = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "value", "account_id"], name="reference_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["provider", "value"],
                opclasses=["int8_ops", "varchar_pattern_ops"],  # so that beginnings are found
                name="reference_beginnings",
            )
        ]

    def __str__(self) -> str:
        return self.value


class Note(models.Model):
    """What somebody wrote on a case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in")

    def __str__(self) -> str:
        return f"{self.case}, note {self.pk}"


class Question(models.Model):
    """What the provider is asked about a case, and its answer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    text = models.TextField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at__isnull=True), name="one_open_question"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}, question {self.pk}"


class Correction(models.Model):
    """An entry to make in the source system, so that a false credit goes away."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="corrections")
    line_no = models.IntegerField(null=True)
    entry = models.CharField(max_length=30)  # the disposition that it carries out
    amount_cents = models.BigIntegerField()  # by which it raises what is owed
    refers_to = models.TextField(blank=True)  # the postings concerned, |-separated
    reason = models.TextField()
    status = models.CharField(
        max_length=10, choices=CorrectionStatus, default=CorrectionStatus.READY
    )
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    proved_by = models.CharField(max_length=16, blank=True)  # the ledger that shows it

    class Meta:
        indexes: ClassVar = [models.Index(fields=["status", "case"], name="corrections_by_status")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="correction_has_an_amount")
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.entry}"


class PaidRefund(models.Model):
    """Money that went out for a case: kept whatever becomes of the case, so that it goes out once.

    It is settled when a later ledger, or somebody who looked, says that the account shows it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="paid_refunds")
    cents = models.BigIntegerField()
    digest = models.CharField(max_length=64)  # of the findings that it was paid for
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=16, blank=True)  # the ledger that shows it; else none
    came_back_at = models.DateTimeField(null=True)  # a check that was returned or voided

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_paid_refund_has_an_amount"),
            models.UniqueConstraint(
                fields=["case", "digest"], condition=Q(came_back_at__isnull=True),
                name="the_same_findings_are_paid_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.case}, paid {self.cents}"


class Attachment(models.Model):
    """A document of a case; its content lies outside of what the web serves."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attachments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=120)  # as a reader sees it; no path is made of it
    kind = models.CharField(max_length=60)  # by its content
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.case}, {self.name}"


class SavedView(models.Model):
    """Filters under a name: somebody's own, or shared with all who work for the provider."""

    provider = models.ForeignKey("people.Provider", on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)  # of the address
    is_shared = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "owner", "name"], name="one_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class AssignmentRule(models.Model):
    """Whose new cases of a kind are; the first that fits counts."""

    provider = models.ForeignKey("people.Provider", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=20, blank=True)
    cause = models.CharField(max_length=40, blank=True)
    at_least_cents = models.BigIntegerField(default=0)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "position"], name="one_rule_of_a_position")
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.to}"


class Viewing(models.Model):
    """Somebody has a case open, or had it a moment ago."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="viewings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "user"], name="one_viewing_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.case}"
