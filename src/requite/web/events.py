"""What happened to a case, in words that follow the name of who did it."""

from typing import Final

EVENT_WORDS: Final = {
    "case.opened": "opened the case",
    "case.changed": "brought new evidence",
    "case.closed": "closed the case",
    "case.reopened": "reopened the case: the credit is back",
    "case.returned": "returned the case to work",
    "case.updated": "brought its clock and names up to date",
    "case.restored": "took the closing back",
    "case.read": "read the case",
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
    "case.dismiss": "closed the case: no action needed",
    "case.reopen": "reopened the case",
}


def event_words(name: str) -> str:
    """The words of an event; its name where it has none.

    >>> event_words("case.propose_refund")
    'proposed a refund'
    """
    return EVENT_WORDS.get(name, name)
