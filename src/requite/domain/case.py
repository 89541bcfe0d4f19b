"""The life of a case: its states, what may be done in each, and by whom.

A case is what somebody must resolve: the findings of one account that concern one party.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from requite.domain.errors import RequiteError
from requite.domain.parties import Disposition, Party


class State(StrEnum):
    """Where a case stands."""

    NEW = "new"  # found; nobody has looked at it
    TO_WORK = "to_work"  # somebody has taken it up
    WAITING_PAYER = "waiting_payer"  # for the payer's offset, answer or remittance
    WAITING_PROVIDER = "waiting_provider"  # for an answer to a question
    WAITING_POSTING = "waiting_posting"  # for a correction in the source system
    WAITING_APPROVAL = "waiting_approval"  # for a second person
    TO_PAY = "to_pay"  # approved: money may go out
    TO_RECONCILE = "to_reconcile"  # paid: the account must come out even
    RESOLVED = "resolved"
    REOPENED = "reopened"  # it came back after it was resolved


class Action(StrEnum):
    """What may be done with a case."""

    TAKE_UP = "take_up"
    PROPOSE_REFUND = "propose_refund"
    APPROVE = "approve"
    AGREE = "agree"  # that nothing goes back of what is, or may be, somebody's
    REJECT = "reject"
    WITHDRAW = "withdraw"  # one's own proposal, before anybody decided on it
    PAY = "pay"
    RECONCILE = "reconcile"
    TAKE_BACK = "take_back"  # what was paid came back: a check that was returned or voided
    CORRECT = "correct"
    WAIT_FOR_PAYER = "wait_for_payer"
    ASK_PROVIDER = "ask_provider"
    ANSWER = "answer"
    DISMISS = "dismiss"
    REOPEN = "reopen"
    CLOSE = "close"  # by a later determination: the credit is gone


# What is put right in the source system; the rest is money that goes back, or a wait.
ENTRIES: Final = (
    Disposition.REVERSE_POSTING, Disposition.TRANSFER_POSTING, Disposition.POST_RECOUPMENT,
    Disposition.POST_REFUND, Disposition.POST_RETURNED_PAYMENT, Disposition.RECLASSIFY,
)  # fmt: skip
OPEN_HANDS: Final = (State.NEW, State.TO_WORK, State.REOPENED)
WAITING: Final = (State.WAITING_PAYER, State.WAITING_PROVIDER, State.WAITING_POSTING)
UNDECIDED: Final = (*OPEN_HANDS, *WAITING)
REFUNDS: Final = (Disposition.REFUND_PAYER, Disposition.REFUND_PATIENT)
OPEN: Final = tuple(state for state in State if state != State.RESOLVED)


Table = dict[tuple[State, Action], State]


def _each(
    states: tuple[State, ...], action: Action, to: State
) -> dict[tuple[State, Action], State]:
    return {(state, action): to for state in states}


NEXT: Final[Table] = {
    **_each((State.NEW, State.REOPENED, *WAITING), Action.TAKE_UP, State.TO_WORK),
    **_each(UNDECIDED, Action.PROPOSE_REFUND, State.WAITING_APPROVAL),
    **_each(UNDECIDED, Action.CORRECT, State.WAITING_POSTING),
    **_each(UNDECIDED, Action.WAIT_FOR_PAYER, State.WAITING_PAYER),
    **_each(UNDECIDED, Action.ASK_PROVIDER, State.WAITING_PROVIDER),
    # Where it may be somebody's money it takes two: `after`.
    **_each(UNDECIDED, Action.DISMISS, State.RESOLVED),
    (State.WAITING_PROVIDER, Action.ANSWER): State.TO_WORK,
    (State.WAITING_APPROVAL, Action.APPROVE): State.TO_PAY,
    (State.WAITING_APPROVAL, Action.AGREE): State.RESOLVED,
    (State.WAITING_APPROVAL, Action.REJECT): State.TO_WORK,
    (State.WAITING_APPROVAL, Action.WITHDRAW): State.TO_WORK,
    (State.TO_PAY, Action.PAY): State.TO_RECONCILE,
    (State.TO_PAY, Action.REJECT): State.TO_WORK,  # before it goes out, it may still be stopped
    (State.TO_RECONCILE, Action.RECONCILE): State.RESOLVED,
    (State.TO_RECONCILE, Action.TAKE_BACK): State.TO_WORK,
    (State.RESOLVED, Action.REOPEN): State.REOPENED,
    **_each(OPEN, Action.CLOSE, State.RESOLVED),
}

# What a decision is; the rest moves a case along after it.
VERDICTS: Final = (
    Action.PROPOSE_REFUND, Action.CORRECT, Action.WAIT_FOR_PAYER, Action.ASK_PROVIDER,
    Action.DISMISS,
)  # fmt: skip
# Actions that need a reason in words.
NEEDS_REASON: Final = (
    Action.DISMISS, Action.REJECT, Action.REOPEN, Action.ASK_PROVIDER, Action.ANSWER,
    Action.RECONCILE, Action.TAKE_BACK,
)  # fmt: skip
# The permission that an action needs; the system alone closes.
PERMISSION: Final[dict[Action, str]] = {
    Action.TAKE_UP: "cases.work",
    Action.PROPOSE_REFUND: "cases.work",
    Action.CORRECT: "cases.work",
    Action.WAIT_FOR_PAYER: "cases.work",
    Action.ASK_PROVIDER: "cases.work",
    Action.DISMISS: "cases.work",
    Action.REOPEN: "cases.work",
    Action.ANSWER: "cases.answer",
    Action.WITHDRAW: "cases.work",
    Action.APPROVE: "cases.approve",
    Action.AGREE: "cases.approve",
    Action.REJECT: "cases.approve",
    Action.PAY: "cases.pay",
    Action.RECONCILE: "cases.pay",
    Action.TAKE_BACK: "cases.pay",
}

# What a disposition asks for, of the one who decides.
ADVISED: Final = {
    Disposition.REFUND_PAYER: Action.PROPOSE_REFUND,
    Disposition.REFUND_PATIENT: Action.PROPOSE_REFUND,
    Disposition.CORRECTED_CLAIM: Action.WAIT_FOR_PAYER,
    Disposition.HOLD: Action.WAIT_FOR_PAYER,
    Disposition.REVIEW: Action.ASK_PROVIDER,
    **dict.fromkeys(ENTRIES, Action.CORRECT),
}

STATE_WORDS: Final = {
    State.NEW: "New",
    State.TO_WORK: "To work",
    State.WAITING_PAYER: "Waiting for the payer",
    State.WAITING_PROVIDER: "Waiting for the provider",
    State.WAITING_POSTING: "Waiting for the posting",
    State.WAITING_APPROVAL: "Waiting for approval",
    State.TO_PAY: "To pay",
    State.TO_RECONCILE: "To reconcile",
    State.RESOLVED: "Resolved",
    State.REOPENED: "Reopened",
}
ACTION_WORDS: Final = {
    Action.TAKE_UP: "Take up",
    Action.PROPOSE_REFUND: "Propose refund",
    Action.APPROVE: "Approve",
    Action.AGREE: "Agree: no action needed",
    Action.REJECT: "Send back",
    Action.WITHDRAW: "Take the proposal back",
    Action.PAY: "Mark as paid",
    Action.RECONCILE: "Account comes out even",
    Action.TAKE_BACK: "The payment came back",
    Action.CORRECT: "Correct the posting",
    Action.WAIT_FOR_PAYER: "Wait for the payer",
    Action.ASK_PROVIDER: "Ask the provider",
    Action.ANSWER: "Answer",
    Action.DISMISS: "No action needed",
    Action.REOPEN: "Reopen",
    Action.CLOSE: "Close",
}


def label_of(number: int) -> str:
    """The number of a case as people write it.

    >>> label_of(7)
    'RQ-000007'
    """
    return f"RQ-{number:06}"


def why_no_refund(party: str, dispositions: Sequence[str]) -> str:
    """Why no refund may be proposed for a case; nothing where one may be.

    >>> why_no_refund("payer", ["refund_payer"])
    ''
    >>> why_no_refund("none", ["reverse_posting"])
    'Nobody is owed: a posting is to be corrected'
    """
    if party == Party.NONE:
        return "Nobody is owed: a posting is to be corrected"
    if party == Party.UNDETERMINED:
        return "It is not known yet whose money it is"
    if Disposition.HOLD in dispositions:
        return "Nothing goes back yet: an answer is still to come"
    if not any(each in REFUNDS for each in dispositions):
        return "Its findings ask for something else than a refund"
    return ""


def is_owed(party: str) -> bool:
    """Whether a credit is, or may be, somebody's: it takes two people to let it rest.

    >>> is_owed("payer"), is_owed("undetermined"), is_owed("none")
    (True, True, False)
    """
    return party != Party.NONE


def why_not_proposed(decision: str, action: Action) -> str:
    """Why a second person cannot decide so on what was proposed; nothing where that is possible.

    >>> why_not_proposed("dismiss", Action.APPROVE)
    'It is proposed that nothing goes back: agree to that, or send it back'
    >>> why_not_proposed("propose_refund", Action.APPROVE)
    ''
    """
    if action == Action.APPROVE and decision == Action.DISMISS:
        return "It is proposed that nothing goes back: agree to that, or send it back"
    if action == Action.AGREE and decision != Action.DISMISS:
        return "A refund is proposed: approve it, or send it back"
    return ""


class NotAllowedNow(RequiteError):
    """A case is not where the action could be taken."""

    def __init__(self, state: State, action: Action) -> None:
        super().__init__(
            f"{ACTION_WORDS[action]!r} is not possible: the case is "
            f"{STATE_WORDS[state].lower()!r}.",
            remedy="Open the case again and choose from what it offers.",
        )


def after(state: State, action: Action, *, owed: bool = False) -> State:
    """The state that an action leads to: what people may do is all in the table above.

    What is `owed`, or may be, waits for a second person before it is let rest.

    A later determination, besides, lets a resolved case go on where it was closed from if an
    import is undone, and be reconciled if money went out for what it shows.

    >>> after(State.NEW, Action.PROPOSE_REFUND)
    <State.WAITING_APPROVAL: 'waiting_approval'>
    >>> after(State.NEW, Action.DISMISS), after(State.NEW, Action.DISMISS, owed=True)
    (<State.RESOLVED: 'resolved'>, <State.WAITING_APPROVAL: 'waiting_approval'>)
    """
    try:
        to = NEXT[state, action]
    except KeyError:
        raise NotAllowedNow(state, action) from None
    return State.WAITING_APPROVAL if owed and action == Action.DISMISS else to


def actions_in(state: State) -> tuple[Action, ...]:
    """What people may do with a case in that state.

    >>> [str(action) for action in actions_in(State.TO_PAY)]
    ['reject', 'pay']
    """
    return tuple(a for a in Action if (state, a) in NEXT and a != Action.CLOSE)
