"""What a payer overpaid and is still to get back, or may be: the findings, as pots of cents.

Each cent supports one request. What a person must decide supports none.
"""

from datetime import date
from typing import Final

from requite.domain.determination.answer import Answer
from requite.domain.determination.finding import Determination, Finding
from requite.domain.determination.worksheet import Worksheet
from requite.domain.parties import Certainty, Party
from requite.domain.requests.scope import Scope, payer_postings

# Of these the earlier payment is the one in excess; of every other repeat it is the later.
EARLIER_IS_OVER: Final = frozenset({"corrected_claim_unreversed", "reversal_pending"})
AS_REASON: Final = {
    "duplicate_payment": "duplicate",
    "dual_primary": "cob",
    "medicare_secondary_payer": "cob",
    "secondary_over_responsibility": "cob",
}


class Pot:
    """The cents of one finding that lie in a payer's column.

    `takers` are the requests that have taken of it, in order; `reason` says in a request's words
    what the determination bears out.
    """

    __slots__ = ("finding", "is_owed", "left", "paid_on", "reason", "takers")

    def __init__(self, finding: Finding, *, is_owed: bool, paid_on: date | None) -> None:
        self.finding = finding
        self.is_owed = is_owed
        self.left = finding.amount_cents
        self.paid_on = paid_on
        self.reason = AS_REASON.get(finding.cause, "other")
        self.takers: list[str] = []

    @property
    def cents(self) -> int:
        """All that the finding holds, whoever has taken of it."""
        return self.finding.amount_cents


def pots_of(sheet: Worksheet, answer: Determination) -> list[Pot]:
    """The pots of an account: what is some payer's, and what may be."""
    pots = []
    for finding in answer.findings:
        if finding.payer_id is None or finding.party not in (Party.PAYER, Party.UNDETERMINED):
            continue
        is_owed = finding.party == Party.PAYER and finding.certainty != Certainty.PERSON
        pots.append(Pot(finding, is_owed=is_owed, paid_on=paid_on(sheet, finding)))
    return pots


def paid_on(sheet: Worksheet, finding: Finding) -> date | None:
    """The payment date of the remittance that is in excess."""
    days = [answer.claim.payment_date for answer in evidenced(sheet, finding)]
    if finding.cause in EARLIER_IS_OVER and days:
        return min(days)
    if finding.received_on is None:
        return max(days, default=None)
    return date.fromisoformat(finding.received_on)


def evidenced(sheet: Worksheet, finding: Finding) -> list[Answer]:
    """The payer's own answers that a finding rests on."""
    ids = set(finding.evidence)
    return [
        answer
        for answer in sheet.answers
        if answer.own
        and answer.claim.remit_claim_id in ids
        and answer.claim.paid_cents > 0
        and sheet.places[answer.place].payer_id == finding.payer_id
    ]


def pots_in(sheet: Worksheet, scope: Scope, pots: list[Pot]) -> list[Pot]:
    """The pots that lie in a scope: the payer's, on its lines, or tied to its claim."""
    payer_ids = {place.payer_id for place in scope.places}
    return [
        pot
        for pot in pots
        if pot.finding.payer_id in payer_ids and _lies_in(sheet, scope, pot.finding)
    ]


def _lies_in(sheet: Worksheet, scope: Scope, finding: Finding) -> bool:
    if finding.line_no is not None or scope.lines is None:
        return scope.holds(finding.line_no)
    answers = posted_from(sheet, finding) or evidenced(sheet, finding)
    return not answers or any(scope.touches(answer) for answer in answers)


def posted_from(sheet: Worksheet, finding: Finding) -> list[Answer]:
    """The answers that the postings of a finding come from."""
    ids = set(finding.evidence)
    return [
        posting.answer
        for posting in payer_postings(sheet)
        if posting.answer is not None and posting.entry.transaction_id in ids
    ]
