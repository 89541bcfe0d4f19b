"""Replay each line in COB order, to say what each party should have paid.

Per place the adjudication in force; then N = contractual + what each place owes + the patient's
part, line by line, so that targets always sum to the charge.
"""

from typing import Final

from requite.domain.determination.contract import ContractView, contract_of_account
from requite.domain.determination.line import Line, Place
from requite.domain.determination.normalise import MONEY
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    NO_PLACE,
    PAYER,
    Adjudication,
    Answer,
    LineState,
    Posting,
    Worksheet,
)

LATE_CHARGES: Final = "5"
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

    def paper_of(self, place: Place) -> list[Posting]:
        """The payer postings of a place that may stand for an answer."""
        index = place.index
        return [p for p in self.payers if p.place == index and may_stand_alone(p)]


def replay(sheet: Worksheet) -> None:
    """Fill `sheet.states`: for every line its targets, and who has not answered."""
    in_force = adjudications_in_force(sheet)
    money = money_by_line(sheet)
    contract = contract_of_account(sheet, in_force)
    for number in sheet.line_order:
        state = LineState(len(sheet.places))
        sheet.states[number] = state
        for place, part in in_force.get(number, {}).items():
            state.in_force[place] = part
        line = sheet.lines[number]
        if line.net <= 0:
            state.voided = True
            continue
        replay_line(sheet, line, money.get(number) or LineMoney(), contract)
        sheet.any_pending = sheet.any_pending or state.waits
        sheet.any_dual = sheet.any_dual or state.dual
        sheet.patient_owes_cents += state.t_patient


def adjudications_in_force(sheet: Worksheet) -> dict[int, dict[int, Adjudication]]:
    """Per line and place the last answer that is not reversed and that displaces the earlier."""
    current: dict[int, dict[int, Adjudication]] = {}
    for answer in sheet.answers:
        if answer.is_reversal or answer.is_reversed or not answer.own:
            continue
        for number, part in answer.adjudications.items():
            by_place = current.setdefault(number, {})
            if displaces(part, by_place.get(answer.place), answer):
                by_place[answer.place] = part
    return current


def displaces(part: Adjudication, known: Adjudication | None, answer: Answer) -> bool:
    """Whether an adjudication takes the place of the one in force so far.

    A denial that only asks is no answer; late charges never supersede; a denial displaces no
    paid adjudication unless its claim replaces or voids one.
    """
    if part.is_denial and part.asks:
        return False
    if known is None:
        return True
    if answer.claim.frequency_code == LATE_CHARGES:
        return False
    return not part.is_denial or known.is_denial or answer.replaces


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


def replay_line(sheet: Worksheet, line: Line, money: LineMoney, contract: ContractView) -> None:
    """Walk the places in COB order; what nobody else owes is the patient's."""
    state = sheet.states[line.line_no]
    walk = Walk(sheet, line, money, contract)
    for place in walk.places():
        walk.visit(place)
    if state.pending_place == NO_PLACE:
        if not sheet.collectable:
            state.t_co += walk.left
            walk.left = 0
        state.t_patient = walk.left


class Walk:
    """One line on its way through the places; `left` is what no earlier place has settled."""

    __slots__ = ("contract", "first", "left", "line", "money", "sheet", "state")

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

    def places(self) -> list[Place]:
        """The places that count for this line: on file and covering it, or with an answer."""
        in_force, money = self.state.in_force, self.money
        service_date = self.line.service_date or self.sheet.account.service_from
        return [
            place
            for place in self.sheet.places
            if in_force[place.index] is not None
            or (place.on_file and place.covers(service_date))
            or money.paper_of(place)
        ]

    def visit(self, place: Place) -> None:
        """Settle one place: its answer, its postings on paper, or nothing yet."""
        part = self.state.in_force[place.index]
        if self.first:
            self.state.primary = place.index
        if place.capitated:
            self.settle_capitated(part)
        elif part is not None:
            self.settle_answer(place, part)
        else:
            paper = self.money.paper_of(place)
            if sum(posting.cash for posting in paper) > 0:
                self.settle_paper(place, paper)
            elif self.left > 0:
                self.wait_for(place)
        self.first = False

    def write_off(self, cents: int) -> None:
        """Let the contractual part take what it may of what is left; it may be negative."""
        cents = min(cents, self.left)
        self.state.t_co += cents
        self.left -= cents

    def pay(self, place: Place, cents: int) -> None:
        """Let a place take what it may of what is left."""
        cents = max(min(cents, self.left), 0)
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
        self.note_charge(part)
        if self.first:
            limit = self.contract.settle(self.line, part, self.money.contractual_cents, state)
            self.write_off(part.co if limit is None else limit.contractual)
            cap = self.left if limit is None else max(self.left - limit.patient, 0)
            self.pay(place, min(part.paid, cap))
            return
        if part.answer.as_primary and self.earlier_primary(place):
            state.dual = True
        self.pay(place, part.paid)
        later = part.answer.as_later or (part.answer.claim.claim_status == DENIED and part.oa23)
        if later and part.co > 0:
            self.write_off(max(self.left - part.pr, 0))

    def earlier_primary(self, place: Place) -> bool:
        """Whether an earlier place, too, answered as the first to pay."""
        return any(
            earlier is not None and earlier.answer.as_primary
            for earlier in self.state.in_force[: place.index]
        )

    def note_charge(self, part: Adjudication) -> None:
        """Remember where the charge was changed after the answer."""
        if part.charge > 0 and part.charge != self.line.net and not part.by_order:
            self.state.differs = True

    def settle_paper(self, place: Place, paper: list[Posting]) -> None:
        """Postings without a remittance stand for one adjudication, up to what remains."""
        self.state.paper = True
        bound = self.bound_by_next(place)
        if self.first:
            self.write_off(min(max(once(self.money.contractual), 0), bound))
            bound -= self.state.t_co
        total = sum(posting.cash for posting in paper)
        positive = once([posting for posting in paper if posting.cash > 0])
        self.pay(place, min(total, positive, max(bound, 0)))
        if not self.first:
            traces = {posting.entry.trace_number for posting in paper} - {None}
            beside = [p for p in self.money.contractual if p.entry.trace_number in traces]
            self.write_off(max(once(beside), 0))

    def bound_by_next(self, place: Place) -> int:
        """What OA-23 of the next answer leaves for this place and its write-off."""
        for part in self.state.in_force[place.index + 1 :]:
            if part is not None and part.oa23 > 0:
                return max(part.oa23 - (self.line.net - self.left), 0)
        return self.left

    def wait_for(self, place: Place) -> None:
        """The remainder is the place's that has not answered, less what is written off."""
        state = self.state
        over = self.money.contractual_cents - state.t_co
        if over > 0:
            self.write_off(over)
        state.t_place[place.index] = self.left
        state.pending_place = place.index
        state.waits = True
        self.left = 0


def may_stand_alone(posting: Posting) -> bool:
    """Whether a posting may stand for an answer: not of a reversed claim, nor another account.

    One that posts a provider adjustment, or takes interest off, does so only where it lowers.
    """
    if posting.entry.type not in MONEY:
        return posting.entry.type == "adjustment" and posting.cash < 0 and posting.answer is None
    answer = posting.answer
    if answer is None:
        return posting.link == "" or posting.cash < 0
    return answer.own and answer.reversed_by is None


def once(postings: list[Posting]) -> int:
    """The sum of postings, equal ones of the same trace counted once."""
    seen: set[tuple[str | None, int]] = set()
    total = 0
    for posting in postings:
        key = (posting.entry.trace_number or posting.entry.check_number, posting.cash)
        if key not in seen:
            seen.add(key)
            total += posting.cash
    return total
