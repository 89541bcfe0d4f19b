"""The ledger's own answers: where no remittance speaks, what was posted does, and never louder.

A place without an adjudication in force on a line is answered by the ledger where the ledger
shows that it paid, wrote off or passed the rest on, where a later payer answered as second, or
where all closes. Postings with a line answer there, those without one on all such lines together.
"""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.ledger_asked import WHOLE, Asked
from requite.domain.determination.ledger_money import LedgerMoney, Slots
from requite.domain.determination.ledger_repeats import (
    NOTHING,
    Alike,
    Choice,
    Name,
    Who,
    alike,
    nearest,
    order_of,
    payment_names,
    whole_batch,
)
from requite.domain.determination.line import Place
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    PATIENT,
    PAYER,
    UNGROUPED,
    Posting,
    Worksheet,
)

if TYPE_CHECKING:
    from requite.domain.determination.replay import Walk


class Ledger:
    """Which lines and places the ledger answers, and what it sets aside as repeated.

    `closing` are the lines and places that are answered only since all closes without them;
    `asked` is what transfers moved to parties;
    `set_aside` are the postings that fill no target; `doubtful` the lines (None: the account) of
    which two sets of repeats came equally near.
    """

    __slots__ = (
        "answered", "aside_by_line", "asked", "balance", "by_line", "checks", "closing",
        "column_of", "contract_kept", "doubtful", "doubts", "has_remits", "kin", "lines", "money",
        "paying", "set_aside", "sheet", "unlike", "walks",
    )  # fmt: skip

    def __init__(self, sheet: Worksheet, walks: "list[Walk]") -> None:
        self.sheet = sheet
        self.walks = walks
        self.by_line = {walk.line.line_no: walk for walk in walks}
        self.money = LedgerMoney(sheet)
        charged = sum(walk.line.net for walk in walks)
        self.balance = charged - sum(self.money.cash_on.values())
        self.has_remits = any(answer.own for answer in sheet.answers)
        self.asked = Asked(sheet.moved, self.by_line, self.money)
        self.answered: set[tuple[int, int]] = set()
        self.closing: set[tuple[int, int]] = set()
        self.aside_by_line: dict[int | None, list[Posting]] = {}
        self.set_aside: list[Posting] = []
        self.doubtful: set[int | None] = set()
        self.lines: list[int] = []
        self.kin: dict[int, tuple[Posting, ...]] = {}
        self.column_of: dict[int, tuple[str, int]] = {}
        self.doubts: dict[int | None, str] = {}
        self.checks: dict[tuple[int, frozenset[Name]], dict[int, int]] | None = None
        self.unlike: dict[tuple[int, frozenset[Name], frozenset[Name]], tuple[int, ...]] = {}
        self.paying: list[int] | None = None
        self.contract_kept: set[int | None] = set()
        self.read_answers()
        if self.lines:
            self.claim_discounts()
            self.set_repeats_aside()

    def read_answers(self) -> None:
        """Fill `answered` with the lines and places, `lines` with the lines among them.

        First where the ledger shows it; then, since that depends on it, where all closes.
        """
        known: set[int] = set()
        unshown: list[tuple[int, Place]] = []
        for walk in self.walks:
            number = walk.line.line_no
            for place in walk.counted:
                if walk.state.in_force[place.index] is not None:
                    known.add(number)
                elif self.is_foreign(number, place.index) or self.is_unmet(place.index):
                    continue
                elif place.on_file and self.is_answered(number, place):
                    self.answered.add((number, place.index))
                    known.add(number)
                else:
                    unshown.append((number, place))
        self.read_closing(unshown, known)
        lines = {number for number, _ in self.answered}
        self.lines = [number for number in self.sheet.line_order if number in lines]

    def read_closing(self, unshown: list[tuple[int, Place]], known: set[int]) -> None:
        """Add what is answered since a later payer answered as second, or all closes."""
        for number, place in unshown:
            if not place.on_file:
                if self.may_fill(number, known):
                    self.answered.add((number, place.index))
            elif self.later_answered(number, place.index):
                self.answered.add((number, place.index))
            elif self.closes(number):
                self.answered.add((number, place.index))
                self.closing.add((number, place.index))

    def may_fill(self, number: int, known: set[int]) -> bool:
        """Whether a payer that coverage does not know may fill anything on a line.

        Not where a covered place has answered, nor beside remittances; unless nothing of the
        line is adjudicated and the account closes with its money.
        """
        if number not in known and not self.has_remits:
            return True
        walk = self.by_line[number]
        return not any(walk.state.in_force) and not self.balance

    def is_answered(self, number: int, place: Place) -> bool:
        """Whether the ledger shows that a place paid, wrote off or passed the rest on."""
        index = place.index
        if self.money.of_payer(index, number) or self.money.has_elsewhere(index):
            return True
        if index in self.asked.passed_on or self.money.has_reference(index, number):
            return True
        return place.capitated and bool(self.money.discounts.get(index))

    def is_foreign(self, number: int, place: int) -> bool:
        """Whether money on a line, or on the account, is of a reversed claim or another account."""
        foreign = self.money.foreign
        return (number, place) in foreign or (WHOLE, place) in foreign

    def later_answered(self, number: int, place: int) -> bool:
        """Whether a later place answered as second or third to pay."""
        later = self.by_line[number].state.in_force[place + 1 :]
        return any(part is not None and part.answer.as_later for part in later)

    def closes(self, number: int) -> bool:
        """Whether a line closes to zero; without any adjudication, or holds more than charged."""
        whole = self.is_one_scope
        walk = self.by_line[number]
        here = walk.line.net - self.money.cash_on.get(number, 0)
        if self.balance == 0 or (here == 0 and not whole):
            return True
        if self.has_remits:
            return False
        return (self.balance if whole else here) < 0

    def is_unmet(self, place: int) -> bool:
        """Whether something that transfers moved to a place has no money of its against it."""
        return place in self.asked.unmet and not self.money.payers.get(place)

    def set_repeats_aside(self) -> None:
        """Set aside the repeats of lines, and of the account, that hold more than their charges."""
        by_scope = self.repeats_by_scope()
        if not by_scope:
            return
        over = self.overs()
        groups = [group for found in by_scope.values() for group in found]
        batch = whole_batch(groups, over[WHOLE])
        if batch.postings:
            self.put_aside(batch, WHOLE)
            return
        left = over[WHOLE]
        for number in self.scopes():
            repeats = by_scope.get(number)
            if repeats is None:
                continue
            here = left if number is WHOLE else over.get(number, 0)
            if here <= 0:
                continue
            back = self.gone_back(number, repeats)
            choice = nearest(repeats, here - sum(posting.cash for posting in back))
            if choice is not NOTHING:
                self.put_aside(choice, number)
                left -= choice.cents + self.put_beside(choice, back)

    def gone_back(self, number: int | None, repeats: list[Alike]) -> list[Posting]:
        """What went back to parties with repeats in a scope: it lowers these before anything."""
        found = []
        for kind, place in dict.fromkeys(group.who for group in repeats):
            slots = self.money.patient if kind == PATIENT else {}
            if kind == PAYER and isinstance(place, int):
                slots = self.money.payers.get(place, {})
            found += [p for p in self.standing_in(slots, number) if p.cash < 0]
        return found

    def put_beside(self, choice: Choice, back: list[Posting]) -> int:
        """Set what went back aside with the repeats that it lowers; the sum of it in cents."""
        parties = {self.column_of[id(posting)] for posting in choice.postings}
        lowered = 0
        for posting in back:
            column = (PATIENT if posting.place == NO_PLACE else PAYER, posting.place)
            if column in parties:
                self.column_of[id(posting)] = column
                self.keep_aside(posting)
                lowered += posting.cash
        return lowered

    def put_aside(self, choice: Choice, number: int | None) -> None:
        """Let postings fill no target."""
        for posting in choice.postings:
            self.keep_aside(posting)
        if choice.is_doubtful:
            self.doubtful.add(number)

    def keep_aside(self, posting: Posting) -> None:
        """Note that a posting fills no target."""
        posting.is_aside = True
        self.aside_by_line.setdefault(posting.line_no, []).append(posting)
        self.set_aside.append(posting)

    def repeats_by_scope(self) -> dict[int | None, list[Alike]]:
        """The groups of postings alike, by line and (None) on the account."""
        found: dict[int | None, list[Alike]] = {}
        for number in self.scopes():
            groups = alike(self.parties_on(number))
            for group in groups:
                self.kin.update((id(posting), tuple(group.postings)) for posting in group.postings)
                kind, place = group.who
                column = (kind, place if isinstance(place, int) else NO_PLACE)
                self.column_of.update((id(posting), column) for posting in group.postings)
            if groups:
                found[number] = groups
        return found

    def scopes(self) -> list[int | None]:
        """The scopes of repeats: each line, and the account; one line and the account are one."""
        if self.is_one_scope and len(self.walks) == 1:
            return [WHOLE]
        return [*self.lines, WHOLE]

    def standing_in(self, slots: Slots, number: int | None) -> Iterable[Posting]:
        """The postings of a party in a scope."""
        if number is WHOLE and len(self.walks) == 1:
            return [posting for postings in slots.values() for posting in postings]
        return slots.get(number, ())

    def parties_on(self, number: int | None) -> Iterable[tuple[Who, Posting]]:
        """The postings of a scope with their party; write-offs are one, bucket by bucket."""
        for place, slots in self.money.payers.items():
            for posting in self.standing_in(slots, number):
                yield (PAYER, place), posting
        for posting in self.standing_in(self.money.patient, number):
            yield (PATIENT, NO_PLACE), posting
        for slots in self.money.discounts.values():
            for posting in self.standing_in(slots, number):
                yield (CONTRACTUAL, posting.entry.bucket), posting

    def overs(self) -> dict[int | None, int]:
        """By line, and (None) on the account, what is held beyond the charges.

        What transfers keep for a party counts in as far as the party has not met it.
        """
        cash_on = self.money.cash_on
        over: dict[int | None, int] = {
            number: cash_on.get(number, 0)
            + self.asked.kept_unmet(number)
            - self.by_line[number].line.net
            for number in self.lines
        }
        over[WHOLE] = (
            sum(self.asked.kept_unmet(number) for number in self.asked.by_line) - self.balance
        )
        return over

    def alike_to(self, posting: Posting) -> list[Posting]:
        """The postings of the same party, type and amount in its scope, without itself."""
        return [other for other in self.kin[id(posting)] if other is not posting]

    def lines_paid_unlike(self, one: Posting, other: Posting) -> tuple[int, ...]:
        """The lines that the checks of two payments of a payer both paid, with other amounts."""
        names, others = payment_names(one.entry), payment_names(other.entry)
        key = (one.place, names, others)
        found = self.unlike.get(key)
        if found is None:
            ours, theirs = self.paid_by(one.place, names), self.paid_by(one.place, others)
            both = ours.keys() & theirs.keys()
            found = tuple(line for line in both if 0 < ours[line] != theirs[line] > 0)
            self.unlike[key] = found
        return found

    def paid_by(self, place: int, names: frozenset[Name]) -> dict[int, int]:
        """What the payments that bear just these names paid to each line."""
        if self.checks is None:
            self.checks = {}
            for posting in self.sheet.of_kind(PAYER):
                if posting.line_no is not None:
                    key = (posting.place, payment_names(posting.entry))
                    by_line = self.checks.setdefault(key, {})
                    by_line[posting.line_no] = by_line.get(posting.line_no, 0) + posting.cash
        return self.checks.get((place, names), {})

    def places_with_money(self) -> list[int]:
        """The places of which the ledger holds money, linked to a remittance or not."""
        if self.paying is None:
            cents: dict[int, int] = {}
            for posting in self.sheet.of_kind(PAYER):
                cents[posting.place] = cents.get(posting.place, 0) + posting.cash
            self.paying = [place for place in sorted(cents) if cents[place] > 0]
        return self.paying

    def aside_in(self, number: int | None) -> Iterable[tuple[Posting, tuple[str, int]]]:
        """What is set aside on a line, or on the account, with the column that it stands in."""
        found = self.set_aside if number is WHOLE else self.aside_by_line.get(number, [])
        for posting in found:
            yield posting, self.column_of[id(posting)]

    @property
    def is_one_scope(self) -> bool:
        """Whether anything stands on the account as a whole: its lines are then judged as one."""
        return WHOLE in self.money.cash_on

    def keeps_contract(self, number: int | None) -> bool:
        """Whether the write-offs of a line, or (None) of the account, are just the contract's."""
        return number in self.contract_kept

    def aside_on(self, number: int | None) -> int:
        """What is set aside of a line, or (None) of the account."""
        found = self.set_aside if number is WHOLE else self.aside_by_line.get(number, [])
        return sum(posting.cash for posting in found)

    def claim_discounts(self) -> None:
        """Count the write-offs without a code that are a payer's discount as contractual.

        Those of lines, or of an account, for whose first place a remittance speaks are left: they
        fill what it allows, and only then are a write-off of their own.
        """
        claimed: set[int] = set()
        for place, slots in self.money.discounts.items():
            for number in list(slots):
                uncoded = [p for p in slots[number] if not p.entry.group_code]
                if self.takes_any(place) if number is WHOLE else self.takes_discount(number, place):
                    claimed.update(map(id, uncoded))
                elif uncoded:
                    slots[number] = [p for p in slots[number] if p.entry.group_code]
        kinds = self.sheet.postings
        found = [p for p in self.sheet.of_kind(UNGROUPED) if id(p) in claimed]
        if found:
            kinds[UNGROUPED] = [p for p in kinds[UNGROUPED] if id(p) not in claimed]
            kinds[CONTRACTUAL] = sorted([*self.sheet.of_kind(CONTRACTUAL), *found], key=order_of)

    def first_is_answered(self, walk: "Walk") -> bool:
        """Whether the ledger, and no remittance, answers for the first place of a line."""
        first = walk.counted[0].index if walk.counted else NO_PLACE
        return (walk.line.line_no, first) in self.answered

    def takes_any(self, place: int) -> bool:
        """Whether a discount of a place without a line belongs to the ledger's answers."""
        if len(self.lines) == len(self.walks) and all(map(self.first_is_answered, self.walks)):
            return True
        return place > 0 and any((number, place) in self.answered for number in self.lines)

    def takes_discount(self, number: int | None, place: int) -> bool:
        """Whether a line has an answer of the ledger that a place's discount belongs to."""
        walk = self.by_line.get(number or 0)
        if walk is None or not walk.counted:
            return False
        first = walk.counted[0].index
        return self.first_is_answered(walk) if place <= first else (number, place) in self.answered

    def service_days(self, number: int | None) -> list[date]:
        """The days of service of a line, or (None) of all."""
        walks = self.walks if number is WHOLE else [self.by_line[number]]
        return [walk.line.service_date for walk in walks if walk.line.service_date is not None]

    def cash(self, postings: Iterable[Posting]) -> int:
        """The sum of postings that are not set aside."""
        return sum(posting.cash for posting in postings if not posting.is_aside)
