"""How a determination closes cases whose credit is gone, and takes a closing back that was undone.

A case that is closed keeps its decision and the state that it was closed from: where the import is
undone, it goes on from there, as do its corrections, its open question and the money paid for it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from requite.domain.case import Action, State, after
from requite.office.audit.services import Happening
from requite.office.cases.models import Case, Correction, PaidRefund, Question
from requite.office.cases.paid import settle
from requite.office.cases.status import CorrectionStatus
from requite.office.intake.services import NeedsConfirmation

if TYPE_CHECKING:
    from requite.office.cases.determination import Run

# How a case ends whose credit is gone, where people had done what removes it.
PROVED = {State.WAITING_POSTING: "corrected", State.TO_RECONCILE: "reconciled"}
UNEXPLAINED = "the account's rows were given anew, and no excess is left"
WITHDRAWN = "Withdrawn: the credit is gone."
FEW = 20  # cases: so many may go without a word on their accounts
CLOSED = [
    "resolution", "state", "resolved_at", "determined_on", "version", "closed_from", "closed_by",
    "is_gone",
]  # fmt: skip


class ClosesMost(NeedsConfirmation):
    """A feed would close most of a provider's cases, and shows nothing that removed them."""

    allows = "may_close"

    def __init__(self, unexplained: int, still_open: int) -> None:
        super().__init__(
            f"{unexplained:,} of {still_open:,} open cases would be closed although nothing came "
            "onto their accounts: the feed looks as if a part of it is missing.",
            remedy="Check the feed. If it is whole, allow this import to close most open cases: in "
            "the browser, or bring it in again with --may-close.",
        )


def close(
    run: "Run", gone: list[Case], removed_by: Callable[[Case], str], most_of: int | None
) -> None:
    """Close cases whose credit is no longer there.

    Parameters
    ----------
    run : Run
    gone : list of Case
    removed_by : callable
        What came onto the account of a case; nothing where nothing did.
    most_of : int or None
        How many cases are open: refused where most of them would go unexplained. None to allow it.

    Raises
    ------
    ClosesMost
    """
    removed = {case.pk: removed_by(case) for case in gone}
    unexplained = sum(1 for what in removed.values() if not what)
    if most_of is not None and unexplained > FEW and unexplained * 2 > most_of:
        raise ClosesMost(unexplained, most_of)
    for case in gone:
        _close_one(run, case, removed[case.pk])
    Case.objects.bulk_update(gone, CLOSED, batch_size=200)
    Correction.objects.filter(
        case__in=gone, status__in=[CorrectionStatus.SENT, CorrectionStatus.READY]
    ).update(status=CorrectionStatus.DONE, proved_by=run.ledger)
    Question.objects.filter(case__in=gone, answered_at__isnull=True).update(
        answered_at=run.at, answer=WITHDRAWN
    )
    run.counts["closed"] += len(gone)


def _close_one(run: "Run", case: Case, removed: str) -> None:
    state, what = State(case.state), removed or UNEXPLAINED
    how = PROVED.get(state, "gone")
    if state == State.TO_RECONCILE:
        if removed:
            settle(case, ledger=run.ledger, at=run.at)
        else:  # what was paid is not seen: it stays under way
            how = "gone"
    case.version += 1
    run.events.append(
        Happening(
            "case.closed", case.label,
            before={"state": case.state, "amount_cents": case.amount_cents, "cause": case.cause,
                    "disposition": case.disposition},
            facts={"removed_by": what, "version": case.version},
        )
    )  # fmt: skip
    case.resolution = f"{how}: {what}"[:300]
    case.state, case.closed_from = after(state, Action.CLOSE), str(state)
    case.closed_by, case.is_gone = run.ledger, True
    case.resolved_at, case.determined_on = run.at, run.as_of


def take_back_proofs(run: "Run") -> None:
    """What the undone ledger proved is not proved any more: payments and corrections."""
    PaidRefund.objects.filter(case__provider=run.provider, settled_by=run.undone).update(
        settled_at=None, settled_by=""
    )
    proved = Correction.objects.filter(
        case__provider=run.provider, proved_by=run.undone, status=CorrectionStatus.DONE
    )
    proved.filter(sent_at__isnull=False).update(status=CorrectionStatus.SENT, proved_by="")
    proved.filter(sent_at__isnull=True).update(status=CorrectionStatus.READY, proved_by="")


def restore(run: "Run", case: Case) -> None:
    """Let a case go on from where the undone ledger closed it."""
    run.counts["reopened"] += 1
    case.version += 1
    facts = {"resolution": case.resolution, "version": case.version}
    happened = Happening(
        "case.restored", case.label, after={"state": case.closed_from}, facts=facts
    )
    run.events.append(happened)
    if case.closed_from == State.WAITING_PROVIDER:
        asked = Question.objects.filter(
            case=case, answered_by__isnull=True, answered_at=case.resolved_at, answer=WITHDRAWN
        )
        asked.update(answered_at=None, answer="")
    case.state, case.closed_from, case.closed_by = case.closed_from, "", ""
    case.resolution, case.resolved_at, case.is_gone = "", None, False
