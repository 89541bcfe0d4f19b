"""Fill targets from the ledger: kept by transfers, the first discount, the places, the rest."""

from typing import TYPE_CHECKING

from requite.domain.determination.answer import NO_PLACE, Adjudication
from requite.domain.determination.ledger import Ledger
from requite.domain.determination.ledger_asked import WHOLE
from requite.domain.determination.ledger_contract import contract_limits
from requite.domain.determination.line import Place

if TYPE_CHECKING:
    from requite.domain.determination.replay import Walk


class LedgerFill:
    """Targets of the lines that the ledger answers, place by place in the COB order.

    `kept` is what transfers moved to a party and nobody before it may fill, by line and (None)
    on the account as a whole.
    """

    __slots__ = ("kept", "kept_in_all", "ledger", "open_cents", "together", "walks", "without_line")

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.walks = [ledger.by_line[number] for number in ledger.lines]
        self.kept = {number: dict(parties) for number, parties in ledger.asked.by_line.items()}
        self.kept_in_all: dict[int, int] = {}
        for parties in self.kept.values():
            for who, cents in parties.items():
                self.kept_in_all[who] = self.kept_in_all.get(who, 0) + cents
        self.open_cents = 0
        self.together: dict[int, bool] = {}
        self.without_line: dict[int, int] = {}

    def begin(self) -> None:
        """Sum what is open on all lines, before another place takes its part."""
        self.open_cents = sum(walk.left for walk in self.walks)

    def answers(self, number: int, place: int) -> bool:
        """Whether the ledger answers for a place on a line."""
        return (number, place) in self.ledger.answered

    def room(self, walk: "Walk", place: int, spoken_for: int = 0) -> int:
        """What a party may take on a line: not what is kept, or spoken for, for those after it."""
        kept = kept_after(self.kept.get(walk.line.line_no, {}), place)
        left = walk.left - max(kept, spoken_for)
        if kept_after(self.kept.get(WHOLE, {}), place):
            left = min(left, self.open_cents - kept_after(self.kept_in_all, place))
        return max(left, 0)

    def spend(self, walk: "Walk", party: int, cents: int) -> None:
        """What a party has filled is open no longer, nor kept for it."""
        self.open_cents -= cents
        for line in (walk.line.line_no, WHOLE):
            kept = self.kept.get(line, {})
            used = max(min(kept.get(party, 0), cents), 0)
            if used:
                kept[party] -= used
                self.kept_in_all[party] -= used
                cents -= used

    def take_first_discounts(self) -> None:
        """Let the write-offs of the first place take what they may of lines that it answers.

        Where they exceed what a contract allows by just what the ledger holds too much, the
        contract is their limit.
        """
        ledger = self.ledger
        first = [walk for walk in self.walks if ledger.first_is_answered(walk)]
        limits = contract_limits(ledger)
        left = limits.get(WHOLE, sum(walk.left for walk in first))
        pool = -self.lacking_elsewhere()
        over = 0
        for place, slots in ledger.money.discounts.items():
            mine = [walk for walk in first if place <= walk.counted[0].index]
            for walk in mine:
                number = walk.line.line_no
                posted = ledger.cash(slots.get(number, ()))
                cents = min(posted, left)
                used = self.write_off(walk, min(cents, limits.get(number, cents)))
                left -= used
                over += posted - used
            if mine:
                pool += ledger.cash(slots.get(WHOLE, ()))
        self.pour_discount(first, min(pool, left), over)

    def pour_discount(self, first: "list[Walk]", cents: int, over: int) -> None:
        """Let write-offs of the account as a whole fill its lines; less than nothing lowers them.

        Lines first as far as their own money leaves room; `over` is what lines hold too much.
        """
        if cents < 0:
            for walk in first:
                back = min(-min(cents + over, 0), max(walk.state.t_co, 0))
                walk.write_off(-back)
                self.open_cents += back
                cents += back
            if cents < 0 and first and self.ledger.balance == 0:  # a case rate above the charges
                first[0].write_off(cents)
                self.open_cents -= cents
            return
        for is_reserved in (True, False):
            for walk in first:
                spoken_for = 0
                if is_reserved:
                    left = stated_later(walk, walk.counted[0].index)
                    spoken_for = max(left, self.own_money(walk, NO_PLACE))
                room = min(cents, walk.left - spoken_for)
                if room > 0:
                    cents -= self.write_off(walk, room)

    def lacking_elsewhere(self) -> int:
        """What the write-offs of lines that a remittance answers still lack, in cents."""
        ledger = self.ledger
        slots = ledger.money.discounts.get(0, {})
        if WHOLE not in slots:
            return 0
        lacking = 0
        for walk in ledger.walks:
            first = walk.counted[0].index if walk.counted else NO_PLACE
            part = None if first == NO_PLACE else walk.state.in_force[first]
            if part is not None:
                own = sum(posting.cash for posting in walk.money.contractual)
                lacking += max(min(part.co, walk.line.net) - own, 0)
        return min(lacking, max(ledger.cash(slots[WHOLE]), 0))

    def own_money(self, walk: "Walk", place: int) -> int:
        """The money and discounts that parties after a place have on a line itself."""
        ledger, number = self.ledger, walk.line.line_no
        if not ledger.is_one_scope:
            return 0
        later = [s for who, s in ledger.money.payers.items() if who > place]
        later += [s for who, s in ledger.money.discounts.items() if who > max(place, 0)]
        later.append(ledger.money.patient)
        cents = sum(ledger.cash(slots.get(number, ())) for slots in later)
        return max(cents, 0)

    def write_off(self, walk: "Walk", cents: int) -> int:
        """Take the first discount from a line, as far as there is room; returns how much."""
        first = walk.counted[0].index
        used = min(cents, self.room(walk, first))
        stated = self.stated_by_next(walk, first)
        if stated is not None:
            used = min(used, max(stated - self.money_on(walk, first), 0))
        walk.write_off(used)
        self.open_cents -= used
        return used

    def stated_by_next(self, walk: "Walk", place: int) -> int | None:
        """What the next answer states, by line, that those before it paid and wrote off together.

        None where it states none, or no more than they paid: that is then their payment alone.
        Where they have money on the account as a whole, that is told over all lines.
        """
        part = next_stated(walk, place)
        if part is None:
            return None
        if self.money_without_line(place):
            return part.oa23 if self.is_together(place) else None
        return part.oa23 if part.oa23 > self.money_on(walk, place) else None

    def is_together(self, place: int) -> bool:
        """Whether what the next answers state over all lines is more than places up to one paid."""
        known = self.together.get(place)
        if known is None:
            stated = [next_stated(walk, place) for walk in self.ledger.walks]
            money = sum(self.money_on(walk, place) for walk in self.ledger.walks)
            money += self.money_without_line(place)
            known = sum(part.oa23 for part in stated if part is not None) > money
            self.together[place] = known
        return known

    def money_on(self, walk: "Walk", last: int) -> int:
        """The money of the places up to one on a line itself."""
        number = walk.line.line_no
        payers = self.ledger.money.payers
        return sum(self.ledger.cash(payers[p].get(number, ())) for p in payers if p <= last)

    def money_without_line(self, last: int) -> int:
        """The money of the places up to one on the account as a whole."""
        known = self.without_line.get(last)
        if known is None:
            payers = self.ledger.money.payers
            known = sum(self.ledger.cash(payers[p].get(WHOLE, ())) for p in payers if p <= last)
            self.without_line[last] = known
        return known

    def pay(self, walk: "Walk", place: Place) -> None:
        """Let the line's own money of a place take what it may."""
        cents = self.ledger.cash(self.ledger.money.of_payer(place.index, walk.line.line_no))
        self.take(walk, place, cents)

    def take(self, walk: "Walk", place: Place, cents: int, spoken_for: int = 0) -> int:
        """Let money of a place take what it may of a line, or give back; returns how much."""
        used = min(cents, self.room(walk, place.index, spoken_for))
        if used < 0 < cents:
            return 0
        walk.state.t_place[place.index] += used
        walk.state.paid_on_paper = walk.state.paid_on_paper or walk.state.t_place[place.index] > 0
        walk.left -= used
        self.spend(walk, place.index, used)
        return used

    def settle_place(self, place: Place) -> None:
        """Pour a place's money without a line, then its discount, then what it is still asked."""
        ledger, index = self.ledger, place.index
        walks = [walk for walk in self.walks if self.answers(walk.line.line_no, index)]
        if not walks:
            return
        self.pour_money(walks, place, ledger.cash(ledger.money.of_payer(index, WHOLE)))
        slots = ledger.money.discounts.get(index, {})
        later = [walk for walk in walks if walk.counted[0].index < index]
        for walk in later:
            self.write_off_later(walk, place, ledger.cash(slots.get(walk.line.line_no, ())))
        cents = ledger.cash(slots.get(WHOLE, ()))
        for walk in later:
            cents -= self.write_off_later(walk, place, cents)
        for walk in walks:
            self.ask_rest(walk, place)

    def pour_money(self, walks: "list[Walk]", place: Place, cents: int) -> None:
        """Let a place's money without a line fill its lines; less than nothing is given back.

        First as far as later answers, and money that stands on the lines, leave room. What is given
        back lowers first what the place's lines hold too much.
        """
        ledger, index = self.ledger, place.index
        if cents < 0:
            own = (p.cash for w in walks for p in ledger.money.of_payer(index, w.line.line_no))
            filled = sum(walk.state.t_place[index] for walk in walks)
            cents = min(cents + max(sum(own) - filled, 0), 0)
            for walk in walks:
                back = min(-cents, max(walk.state.t_place[index], 0))
                walk.state.t_place[index] -= back
                walk.left += back
                self.open_cents += back
                cents += back
            return
        for is_reserved in (True, False):
            for walk in walks:
                if cents <= 0:
                    return
                spoken_for = 0
                if is_reserved:
                    spoken_for = max(stated_later(walk, index), self.own_money(walk, index))
                cents -= max(self.take(walk, place, cents, spoken_for), 0)

    def write_off_later(self, walk: "Walk", place: Place, cents: int) -> int:
        """A later place's discount takes no more than it left."""
        used = max(min(cents, self.room(walk, place.index)), 0)
        walk.write_off(used)
        self.spend(walk, place.index, used)
        return used

    def ask_rest(self, walk: "Walk", place: Place) -> None:
        """What is kept for a place, or the next answer says that it paid, is owed if not there."""
        stated = self.stated_by_next(walk, place.index)
        if stated is not None and self.is_open(walk):
            self.owe(walk, place, stated - (walk.line.net - walk.left))
        lines = (walk.line.line_no, WHOLE)
        kept = min(sum(self.kept.get(n, {}).get(place.index, 0) for n in lines), walk.left)
        if kept > 0:
            self.owe(walk, place, kept)
            walk.state.waits = True

    def owe(self, walk: "Walk", place: Place, cents: int) -> None:
        """Ask of a place what nobody has paid."""
        cents = max(min(cents, walk.left), 0)
        walk.state.t_place[place.index] += cents
        walk.left -= cents
        self.spend(walk, place.index, cents)

    def is_open(self, walk: "Walk") -> bool:
        """Whether a line does not close with what stands on it."""
        ledger = self.ledger
        if ledger.is_one_scope:
            return ledger.balance != 0
        return ledger.money.cash_on.get(walk.line.line_no, 0) != walk.line.net


def next_stated(walk: "Walk", place: int) -> Adjudication | None:
    """The next answer after a place that states, by line, what those before it gave."""
    for part in walk.state.in_force[place + 1 :]:
        if part is not None and part.oa23 > 0 and not part.answer.claim_level:
            return part
    return None


def stated_later(walk: "Walk", place: int) -> int:
    """What the answers of later places say that those before them left of a line."""
    later = walk.state.in_force[place + 1 :]
    paid = sum(max(part.paid, 0) for part in later if part is not None)
    part = next_stated(walk, place)
    return paid if part is None else max(walk.line.net - part.oa23, paid)


def kept_after(parties: dict[int, int], place: int) -> int:
    """What is kept for the parties after a place: the patient comes last."""
    return sum(cents for who, cents in parties.items() if who == NO_PLACE or who > place)
