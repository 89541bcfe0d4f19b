"""What happened to a case, in words that follow the name of who did it."""

from typing import TYPE_CHECKING, Any, Final

from requite.domain.case import ACTION_WORDS, STATE_WORDS
from requite.domain.money import Money
from requite.domain.words import CAUSES, DISPOSITIONS

if TYPE_CHECKING:
    from requite.office.audit.models import Event

# What stands in an event under these names is a code, and has words.
CODES: Final[dict[str, dict[str, str]]] = {
    "state": {str(state): words for state, words in STATE_WORDS.items()},
    "decision": {str(action): words for action, words in ACTION_WORDS.items()},
    "cause": {str(cause): words for cause, words in CAUSES.items()},
    "disposition": {str(what): words for what, words in DISPOSITIONS.items()},
}
TOLD_ELSEWHERE: Final = ("state", "decision")  # of a case's timeline

EVENT_WORDS: Final = {
    "case.opened": "opened the case",
    "case.changed": "brought new evidence",
    "case.closed": "closed the case",
    "case.reopened": "reopened the case: the credit is back",
    "case.returned": "returned the case to work",
    "case.updated": "brought what it says up to date",
    "case.restored": "took the closing back",
    "case.read": "read the case",
    "case.sealed": "took the case into the sealed trail as it stood",
    "evidence.read": "read the evidence",
    "case.noted": "wrote a note",
    "case.attached": "attached a document",
    "attachment.read": "took a document along",
    "case.assigned": "assigned the case",
    "case.snoozed": "put the case aside",
    "case.take_up": "took the case up",
    "case.propose_refund": "proposed a refund",
    "case.approve": "approved the refund",
    "case.reject": "sent the case back",
    "case.pay": "marked the refund as paid",
    "case.reconcile": "found the account even",
    "case.take_back": "noted that the payment came back",
    "case.correct": "asked for a correction of the posting",
    "case.wait_for_payer": "set the case to wait for the payer",
    "case.ask_provider": "asked the provider",
    "case.answer": "answered",
    "case.dismiss": "found that no action is needed",
    "case.agree": "agreed that no action is needed",
    "case.withdraw": "took the own proposal back",
    "case.reopen": "reopened the case",
}


def event_words(name: str) -> str:
    """The words of an event; its name where it has none.

    >>> event_words("case.propose_refund")
    'proposed a refund'
    """
    return EVENT_WORDS.get(name, name)


def in_plain(name: str, value: Any) -> str:  # noqa: ANN401 - whatever an event holds
    """A value as a reader sees it: cents as money, codes in their words.

    >>> in_plain("amount_cents", 7000), in_plain("decision", ""), in_plain("until", None)
    ('$70.00', 'none', 'none')
    """
    if value is None or value == "":
        return "none"
    if name.endswith("_cents") and isinstance(value, int):
        return str(Money(value))
    return CODES.get(name, {}).get(str(value), str(value))


def event_details(event: "Event") -> str:
    """What an event changed, before and after, with its amount and its rule."""
    before, after = event.before or {}, event.after or {}
    told = []
    for name, value in after.items():
        if name in TOLD_ELSEWHERE or before.get(name) == value:
            continue
        words = f"{name.removesuffix('_cents').replace('_', ' ')} "
        if before.get(name):
            words += f"{in_plain(name, before[name])} → "
        told.append(words + in_plain(name, value))
    if "amount_cents" in event.facts:
        told.append(in_plain("amount_cents", event.facts["amount_cents"]))
    if event.facts.get("rule"):
        version = event.facts.get("rule_version")
        told.append(f"rule {event.facts['rule']}" + (f", {version}" if version else ""))
    return ", ".join(told)
