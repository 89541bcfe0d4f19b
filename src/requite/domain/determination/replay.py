"""Replay each line in COB order, to say what each party should have paid.

Per place the adjudication in force; then N = contractual + what each place owes + the patient's
part, line by line, so that targets always sum to the charge.
"""

from typing import Final

from requite.domain.determination.adjudicate import BEYOND_CHARGES
from requite.domain.determination.answer import NO_PLACE, Adjudication
from requite.domain.determination.contract import ContractView, contract_of_account
from requite.domain.determination.in_force import (
    ADVANTAGE,
    adjudications_in_force,
    denials_as_later,
    displaced_by_advantage,
    passed_over,
    strangers,
    take_out_uninsured,
)
from requite.domain.determination.ledger import Ledger
from requite.domain.determination.ledger_fill import LedgerFill
from requite.domain.determination.ledger_money import stands_alone
from requite.domain.determination.line import Line, Place
from requite.domain.determination.worksheet import CONTRACTUAL, PAYER, LineState, Posting, Worksheet

MEDICAID: Final = frozenset({"medicaid", "medicaid_managed"})
DENIED: Final = "4"


class LineMoney:
    """What the ledger holds on one line, before any target: of payers, and contractual."""

    __slots__ = ("contractual", "payers")

    def __init__(self) -> None:
        self.contractual: list[Posting] = []
        self.payers: list[Posting] = []

    @property
    def contractual_cents(self) -> int:
        """Contractual write-offs posted on the line."""
        return sum(posting.cash for posting in self.contractual)

    def has_paper(self, place: Place) -> bool:
        """Whether a place has postings that may stand for an answer."""
        index = place.index
        return any(p.place == index and stands_alone(p) for p in self.payers)


def replay(sheet: Worksheet) -> None:
    """Fill `sheet.states`: for every line its targets, and who has not answered."""
    in_force = adjudications_in_force(sheet)
    money = money_by_line(sheet)
    contract = contract_of_account(sheet, in_force)
    walks: list[Walk] = []
    denied_as_later = denials_as_later(sheet)
    take_out_uninsured(in_force, denied_as_later)
    sheet.strangers = strangers(sheet)
    any_advantage = any(place.payer_class == ADVANTAGE for place in sheet.places)
    for number in sheet.line_order:
        state = LineState(len(sheet.places))
        sheet.states[number] = state
        for place, part in in_force.get(number, {}).items():
            state.in_force[place] = part
        state.passed_over = passed_over(denied_as_later.get(number, ()), state)
        if any_advantage:
            state.displaced = displaced_by_advantage(sheet, state)
        line = sheet.lines[number]
        if line.net <= 0:
            state.voided = True
            continue
        walks.append(Walk(sheet, line, money.get(number) or LineMoney(), contract))
    settle(sheet, walks)
    for walk in walks:
        state = walk.state
        sheet.any_pending = sheet.any_pending or state.waits
        sheet.any_dual = sheet.any_dual or state.dual
        sheet.patient_owes_cents += state.t_patient


def settle(sheet: Worksheet, walks: "list[Walk]") -> None:
    """Settle the places in COB order, each on all lines; what nobody else owes is the patient's."""
    fill = fill_from_ledger(sheet, walks)
    for place in sheet.places:
        if fill is not None:
            fill.begin()
        for walk in walks:
            if place in walk.counted:
                walk.visit(place, fill)
        if fill is not None:
            fill.settle_place(place)
    for walk in walks:
        walk.finish()


def fill_from_ledger(sheet: Worksheet, walks: "list[Walk]") -> LedgerFill | None:
    """The ledger's own answers, the first discounts taken; None where it has none to give."""
    if not any(walk.is_open for walk in walks):
        return None
    ledger = Ledger(sheet, walks)
    if not ledger.lines:
        return None
    sheet.ledger = ledger
    fill = LedgerFill(ledger)
    fill.begin()
    fill.take_first_discounts()
    return fill


def stated_payment(part: Adjudication) -> int:
    """What an answer paid; it may be less than nothing for a service that was charged."""
    return part.paid if part.charge > 0 else max(part.paid, 0)


def money_by_line(sheet: Worksheet) -> dict[int, LineMoney]:
    """Line-level payer money and contractual write-offs."""
    money: dict[int, LineMoney] = {}
    for kind in (PAYER, CONTRACTUAL):
        for posting in sheet.of_kind(kind):
            number = posting.line_no
            if number is None:
                continue
            row = money.get(number)
            if row is None:
                row = money[number] = LineMoney()
            if kind == PAYER:
                row.payers.append(posting)
            else:
                row.contractual.append(posting)
    return money


class Walk:
    """One line on its way through the places; `left` is what no earlier place has settled."""

    __slots__ = (
        "contract", "counted", "deferred", "first", "left", "line", "money", "sheet",
        "state",
    )  # fmt: skip

    def __init__(
        self, sheet: Worksheet, line: Line, money: LineMoney, contract: ContractView
    ) -> None:
        self.sheet = sheet
        self.line = line
        self.money = money
        self.contract = contract
        self.state = sheet.states[line.line_no]
        self.left = line.net
        self.first = True
        self.deferred: Place | None = None
        self.counted = self.places()

    @property
    def is_open(self) -> bool:
        """Whether a place that counts has no adjudication in force."""
        in_force = self.state.in_force
        return any(in_force[place.index] is None for place in self.counted)

    def places(self) -> tuple[Place, ...]:
        """The places that count for this line: on file and covering it, or with money or answer.

        One that denied because another comes first is passed over where another did answer so.
        """
        in_force, money = self.state.in_force, self.money
        service_date = self.line.service_date or self.sheet.account.service_from
        passed = self.state.passed_over | self.state.displaced
        counted = []
        for place in self.sheet.places:
            index = place.index
            if index not in passed and (
                in_force[index] is not None
                or (place.on_file and place.covers(service_date))
                or money.has_paper(place)
                or index in self.sheet.strangers
            ):
                counted.append(place)
        found = tuple(counted)
        return self.sheet.counted.setdefault(found, found)

    def visit(self, place: Place, fill: LedgerFill | None) -> None:
        """Settle one place: by its answer, by what the ledger says, or not yet."""
        part = self.state.in_force[place.index]
        if self.first:
            self.state.primary = place.index
        by_ledger = fill is not None and fill.answers(self.line.line_no, place.index)
        if place.capitated and not (by_ledger and part is None):
            self.settle_capitated(part)
        elif part is not None:
            self.settle_answer(place, part)
        elif fill is not None and by_ledger:
            self.state.paper = True
            if not place.capitated:
                fill.pay(self, place)
        elif place.on_file and self.left > 0:
            self.wait_for(place, fill)
        self.first = False

    def finish(self) -> None:
        """What no place owes is the patient's, where the patient may be billed."""
        state = self.state
        if self.deferred is not None:
            self.wait_for(self.deferred, None)
        if state.pending_place != NO_PLACE:  # a later place may have given back since
            state.t_place[state.pending_place] += self.left
            self.left = 0
        else:
            if not self.sheet.collectable:
                billable = max(min(self.left, state.billable), 0)
                state.t_co += self.left - billable
                self.left = billable
            state.t_patient = self.left

    def write_off(self, cents: int) -> None:
        """Let the contractual part take what it may of what is left; it may be negative."""
        cents = min(cents, self.left)
        self.state.t_co += cents
        self.left -= cents

    def pay(self, place: Place, cents: int) -> None:
        """Let a place take what it may of what is left; it may have stated a negative payment."""
        cents = min(cents, self.left)
        self.state.t_place[place.index] = cents
        self.left -= cents

    def settle_capitated(self, part: Adjudication | None) -> None:
        """The payer owes nothing for a service; the copay last adjudicated stays due."""
        self.write_off(self.left - (0 if part is None else min(part.pr, self.left)))
        if part is None:
            self.state.waits = True
        else:
            self.note_charge(part)

    def settle_answer(self, place: Place, part: Adjudication) -> None:
        """An adjudication in force, as first or as later payer."""
        state = self.state
        state.billable = max(state.billable, part.billable)
        self.note_charge(part)
        if self.first:
            limit = self.contract.settle(self.line, part, self.money.contractual_cents, state)
            self.write_off(part.co if limit is None else limit.contractual)
            cap = self.left if limit is None else max(self.left - limit.patient, 0)
            self.pay(place, min(stated_payment(part), cap))
            return
        self.let_own_schedule(part)
        if part.answer.as_primary and (state.paid_on_paper or self.earlier_primary(place)):
            state.dual = True
        cents = stated_payment(part)
        if state.dual and part.answer.as_primary and place.payer_class in MEDICAID:
            cents = max(cents - sum(state.t_place[: place.index]), 0)
        self.pay(place, cents)
        later = part.answer.as_later or (part.answer.claim.claim_status == DENIED and part.oa23)
        if later and part.co > 0:
            self.write_off(max(self.left - part.pr, 0))

    def let_own_schedule(self, part: Adjudication) -> None:
        """What a later payer paid beyond the charge, and the ledger posted as such, is its own."""
        for posting in self.money.contractual if part.oa94 else ():
            if posting.entry.carc == BEYOND_CHARGES and posting.cash == part.oa94 < 0:
                self.write_off(part.oa94)
                return

    def earlier_primary(self, place: Place) -> bool:
        """Whether an earlier place, too, answered as the first to pay, or denied."""
        return any(
            earlier is not None and (earlier.answer.as_primary or earlier.is_denial)
            for earlier in self.state.in_force[: place.index]
        )

    def note_charge(self, part: Adjudication) -> None:
        """Remember where the charge was changed after the answer."""
        if part.charge > 0 and part.charge != self.line.net and not part.by_order:
            self.state.differs = True

    def wait_for(self, place: Place, fill: LedgerFill | None) -> None:
        """The remainder is the place's that has not answered, less what is written off.

        A payer whom coverage does not know comes before it, where nobody else has answered.
        """
        state = self.state
        if fill is not None and any(
            fill.answers(self.line.line_no, other.index) and not other.on_file
            for other in self.counted
        ):
            self.deferred = self.deferred or place
            return
        over = self.money.contractual_cents - state.t_co
        if over > 0:
            self.write_off(over)
        state.t_place[place.index] += self.left
        state.pending_place = place.index
        state.waits = True
        self.left = 0
