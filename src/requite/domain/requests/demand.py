"""One request laid beside what its account holds: the figures that the verdict rests on."""

from datetime import date
from typing import NamedTuple

from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.determine import determine_account, work
from requite.domain.determination.worksheet import Worksheet
from requite.domain.lookback import Lookback
from requite.domain.regulations.book import RuleBook
from requite.domain.request import RefundRequest
from requite.domain.requests.clock import Asked, lookback_of
from requite.domain.requests.overpaid import Pot, pots_in, pots_of
from requite.domain.requests.repeat import earlier_of
from requite.domain.requests.returned import Returned, returned_in, returned_on
from requite.domain.requests.scope import Scope, scope_of
from requite.domain.requests.unposted import Unposted, is_paid_twice, unposted_of


class Grounds:
    """What one account offers to judge payers' requests by; pots run dry as they support."""

    __slots__ = ("heard", "pots", "returned", "rules", "sheet")

    def __init__(self, account: PatientAccount, book: Book, rules: RuleBook | None) -> None:
        self.sheet: Worksheet = work(account, book)
        self.pots = pots_of(self.sheet, determine_account(account, book))
        self.returned = returned_on(self.sheet)
        self.rules = rules
        self.heard: list[tuple[RefundRequest, Scope]] = []


class Late(NamedTuple):
    """The last day on which a payment could be asked back, and the look-back that says so."""

    limit: Lookback
    ends_on: date | None

    def is_past(self, received_on: date) -> bool:
        """Whether a request of that day came too late."""
        return self.ends_on is not None and received_on > self.ends_on


class Demand:
    """A request with all that its account says of it; amounts in cents.

    `owed` and `waiting` are the pots that are the payer's and those that a person must decide;
    `in_time` and `late` what of the owed is left for this request, within the look-back and not.
    """

    __slots__ = (
        "earlier",
        "grounds",
        "in_time",
        "late",
        "named_unposted",
        "note",
        "owed",
        "request",
        "returned",
        "scope",
        "unposted",
        "waiting",
    )

    def __init__(self, grounds: Grounds, request: RefundRequest, note: str) -> None:
        sheet = grounds.sheet
        self.grounds = grounds
        self.request = request
        self.note = note
        self.scope = scope_of(sheet, request)
        self.earlier = earlier_of(request, self.scope, grounds.heard)
        pots = pots_in(sheet, self.scope, grounds.pots)
        self.owed = [pot for pot in pots if pot.is_owed]
        self.waiting = [pot for pot in pots if not pot.is_owed]
        self.returned = returned_in(self.scope, grounds.returned)
        self.unposted = unposted_of(sheet, self.scope, self.scope.answers)
        self.named_unposted = unposted_of(sheet, self.scope, self.scope.named)
        self.in_time = [pot for pot in self.owed if not self.is_late(pot)]
        self.late = [pot for pot in self.owed if self.is_late(pot)]

    @property
    def asked(self) -> int:
        """What the payer asks for."""
        return self.request.amount_cents

    @property
    def overpaid(self) -> int:
        """All that the payer is owed in the scope, whoever asked for it."""
        return sum(pot.cents for pot in self.owed)

    @property
    def came_back(self) -> int:
        """What went back already and was not paid again."""
        return sum(item.net for item in self.returned)

    def is_late(self, pot: Pot) -> bool:
        """Whether the request came after the look-back of a pot's payment."""
        return self.limit_of(pot.paid_on, pot.reason).is_past(self.request.received_on)

    def limit_of(self, paid_on: date | None, reason: str) -> Late:
        """The look-back of a payment: the one that the claim number names, else of `paid_on`."""
        named = self.scope.last_paid_on if self.scope.named else None
        day = named or paid_on or self.scope.last_paid_on
        start = day or self.request.received_on
        sheet = self.grounds.sheet
        request = self.request
        asked = Asked(request.payer_id, request.received_on, reason, self.grounds.rules)
        limit = lookback_of(sheet, self.scope.place, start, asked)
        if day is None:
            return Late(limit, None)
        service_to = sheet.account.service_to or sheet.account.service_from
        return Late(limit, limit.lookback_ends_on(day, service_to))

    def limit(self) -> Late:
        """The look-back of the payment at issue: the first pot's, else of what is not posted."""
        for pot in (*self.late, *self.owed, *self.waiting):
            return self.limit_of(pot.paid_on, pot.reason)
        missing = self.named_unposted if self.named_unposted.cents else self.unposted
        if missing.cents:
            return self.limit_of_unposted(missing)
        return self.limit_of(None, "other")

    def limit_of_unposted(self, missing: Unposted) -> Late:
        """The look-back of a payment that is not in the ledger."""
        reason = "duplicate" if is_paid_twice(self.grounds.sheet, missing) else "other"
        return self.limit_of(max(a.claim.payment_date for a in missing.answers), reason)


def left_in(pots: list[Pot]) -> int:
    """What pots still hold for further requests."""
    return sum(pot.left for pot in pots)


def nets_of(items: list[Returned]) -> list[Returned]:
    """Those that gave back more than a correction paid again."""
    return [item for item in items if item.net > 0]
