"""The entries that make a false credit go away: made from its findings, sent, proved done."""

from datetime import datetime

from django.db import transaction

from requite.domain.case import ENTRIES, State
from requite.domain.errors import RequiteError
from requite.domain.words import DISPOSITIONS
from requite.office.audit.services import record
from requite.office.cases.models import Case, Correction
from requite.office.cases.status import CorrectionStatus
from requite.office.people.models import Provider, User


class NothingToCorrect(RequiteError):
    """A case was to be corrected that no posting would put right."""

    def __init__(self, case: Case) -> None:
        said = DISPOSITIONS[case.disposition].lower()
        super().__init__(
            f"No posting puts {case.label} right: its findings say {said!r}.",
            remedy="Choose another way to resolve it.",
        )


def corrections_for(case: Case, *, at: datetime) -> list[Correction]:
    """The entries that carry out the findings of a case; part of the move that asks for them."""
    findings = case.findings.filter(disposition__in=ENTRIES).order_by("line_no", "pk")
    made = [
        Correction(
            case=case,
            line_no=finding.line_no,
            entry=finding.disposition,
            amount_cents=finding.amount_cents,
            refers_to=finding.evidence,
            reason=finding.explanation,
            made_at=at,
        )
        for finding in findings
    ]
    if not made:
        raise NothingToCorrect(case)
    withdraw(case)
    return Correction.objects.bulk_create(made)


def withdraw(case: Case) -> None:
    """Take back what is not proved done; part of the move that makes it void.

    What was sent is void too: the case is decided anew, on what the ledger then shows.
    """
    open_ = Correction.objects.filter(
        case=case, status__in=[CorrectionStatus.READY, CorrectionStatus.SENT]
    )
    open_.update(status=CorrectionStatus.WITHDRAWN)


@transaction.atomic
def mark_sent(provider: Provider, ids: list[int], *, actor: User, at: datetime) -> int:
    """Note that the entries were handed to the source system; the next feed proves them done."""
    cases = Case.objects.select_for_update().filter(provider=provider, corrections__in=ids)
    list(cases.order_by("pk").values_list("pk"))  # before their entries, as all steps do
    ready = Correction.objects.select_for_update(of=("self",)).filter(
        case__provider=provider, pk__in=ids, status=CorrectionStatus.READY,
        case__state=State.WAITING_POSTING,
    )  # fmt: skip
    sent = [row.pk for row in ready.order_by("pk")]
    if not sent:
        return 0
    Correction.objects.filter(pk__in=sent).update(status=CorrectionStatus.SENT, sent_at=at)
    record(
        "corrections.sent", f"{len(sent)} entries", provider=provider, actor=actor, at=at, ids=sent
    )
    return len(sent)
