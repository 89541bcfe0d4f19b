"""What a reader may do with a case: the advised step first; what does not fit says why."""

from typing import TYPE_CHECKING, Any

from requite.domain.case import (
    ADVISED,
    ENTRIES,
    NEEDS_REASON,
    VERDICTS,
    Action,
    State,
    is_owed,
    why_no_refund,
    why_not_proposed,
)
from requite.domain.money import Money
from requite.domain.parties import Disposition
from requite.office.cases.approval import limit_of, proposed
from requite.office.cases.paid import why_not_now, why_paid_elsewhere
from requite.office.people.permission import allows
from requite.web.access import ProviderRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from requite.office.cases.models import Case, PaidRefund

KEYS = {
    "take_up": "t", "propose_refund": "r", "correct": "c", "wait_for_payer": "w",
    "ask_provider": "q", "dismiss": "x", "approve": "a", "agree": "a", "reject": "b", "pay": "p",
    "reconcile": "e", "reopen": "o", "answer": "y", "take_back": "u",
    "withdraw": "u",
}  # fmt: skip
ASIDE = (Action.TAKE_UP, Action.REJECT, Action.TAKE_BACK, Action.WITHDRAW, Action.REOPEN)
BY_TWO = "It is, or may be, somebody's money: a second person has to agree."


def limit(request: ProviderRequest, found: "Case") -> int | None:
    """What the reader's role may approve at most, where that is what the case waits for."""
    if found.state != State.WAITING_APPROVAL or not allows(request.role, "cases.approve"):
        return None
    return limit_of(request.provider, request.role)


def choices(
    request: ProviderRequest, may: list[Action], found: "Case", paid: "list[PaidRefund]"
) -> list[dict[str, Any]]:
    """The steps that the state and the role allow, in the order in which they are offered."""
    advised = ADVISED[Disposition(found.disposition)]
    settled = why_not_now(found, paid) or why_paid_elsewhere(found)
    offered = [
        {
            "name": str(action),
            "key": KEYS[action],
            "needs_reason": action in NEEDS_REASON,
            "is_advised": action == advised or action not in {*VERDICTS, *ASIDE},
            "hint": BY_TWO if action == Action.DISMISS and is_owed(found.party) else "",
            "why_not": _of_evidence(found, action, settled) or _of_reader(request, found, action),
        }
        for action in may
        if _is_asked(request, found, action)
    ]
    return sorted(offered, key=lambda choice: not choice["is_advised"])


def _is_asked(request: ProviderRequest, found: "Case", action: Action) -> bool:
    """Whether a step belongs to what is proposed: one agrees, approves, or takes one's own back."""
    if action == Action.WITHDRAW:
        return found.decided_by_id == request.user.pk
    if action == Action.WAIT_FOR_PAYER and found.state == State.WAITING_PAYER:
        return found.changed_since_decided  # it does already, unless it is to be decided anew
    return not why_not_proposed(found.decision, action)


def _of_evidence(found: "Case", action: Action, settled: str) -> str:
    """Why the case itself does not bear a step; nothing where it does.

    `settled` is why nothing more is to go out for it, if so.
    """
    why, findings = "", found.findings.all()
    if action == Action.CORRECT and not any(row.disposition in ENTRIES for row in findings):
        why = "No posting puts this right"
    elif action == Action.PROPOSE_REFUND:
        why = why_no_refund(found.party, [row.disposition for row in findings])
    elif action in {Action.APPROVE, Action.AGREE, Action.PAY} and found.changed_since_decided:
        why = "Its evidence has changed: send it back"
    if action in {Action.PROPOSE_REFUND, Action.CORRECT, Action.PAY}:
        return why or settled
    return why


def why_not_mine(request: ProviderRequest, queue: str) -> "Callable[[Case], str]":
    """Why the reader cannot decide a case of a queue: the limit is asked once for a whole list."""
    if queue != "approval" or not allows(request.role, "cases.approve"):
        return lambda _: ""
    most = limit_of(request.provider, request.role)
    return lambda case: _own(request, case) or _above(case, most)


def _of_reader(request: ProviderRequest, found: "Case", action: Action) -> str:
    """Why the reader may not take a step that others may; nothing where it is the reader's."""
    if action == Action.REJECT:
        return _own(request, found)
    if action in {Action.APPROVE, Action.AGREE}:
        return _own(request, found) or _above(found, limit(request, found))
    return ""


def _own(request: ProviderRequest, case: "Case") -> str:
    return "You proposed it: somebody else decides" if case.decided_by_id == request.user.pk else ""


def _above(case: "Case", most: int | None) -> str:
    if most is None or proposed(case) <= most:
        return ""
    return f"Above the {Money(most)} that your role may approve: a controller decides"
