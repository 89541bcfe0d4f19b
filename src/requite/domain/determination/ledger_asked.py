"""What transfers ask of each party: moved to it, kept for it, met by its own money or not.

A bucket says who paid where nothing else does; a transfer says who was asked.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.ledger_money import LedgerMoney, Slots

if TYPE_CHECKING:
    from requite.domain.determination.replay import Walk

WHOLE: Final = None  # the account as a whole, in the place of a line number


class Asked:
    """What transfers moved, by line, to a party (a place, or NO_PLACE for the patient), in cents.

    `unmet` are the parties that have not met all that was moved to them, `passed_on` the places
    from which transfers moved the remainder on.
    """

    __slots__ = ("by_line", "money", "passed_on", "sums", "unmet", "walks")

    def __init__(
        self,
        moved: Mapping[tuple[int, int | None], int],
        walks: "dict[int, Walk]",
        money: LedgerMoney,
    ) -> None:
        self.walks = walks
        self.money = money
        self.by_line: dict[int | None, dict[int, int]] = {}
        self.passed_on: set[int] = set()
        self.unmet: set[int] = set()
        self.sums: dict[int, tuple[dict[int | None, int], int]] = {}
        self.read(moved)

    def read(self, moved: Mapping[tuple[int, int | None], int]) -> None:
        """What transfers moved to a later place or the patient, net of what was moved on."""
        in_all: dict[int, int] = {}
        for (place, number), cents in moved.items():
            in_all[place] = in_all.get(place, 0) + cents
            if cents > 0 and place != 0:
                self.by_line.setdefault(number, {})[place] = cents
                self.unmet.add(place)
        self.passed_on = {place for place in in_all if self.has_passed_on(place, in_all)}
        for place, cents in in_all.items():
            if cents <= self.met(place, WHOLE):  # by its own money, wherever posted
                self.unmet.discard(place)
                self.ask_where_met(place, cents)

    def has_passed_on(self, place: int, in_all: dict[int, int]) -> bool:
        """Whether transfers moved on what was a place's: all that came to it, or more."""
        if place == NO_PLACE or in_all[place]:
            return place != NO_PLACE and in_all[place] < 0
        return any(cents > 0 for who, cents in in_all.items() if who > place or who == NO_PLACE)

    def ask_where_met(self, party: int, cents: int) -> None:
        """Keep what a party has met on the lines where it was asked; the rest where it paid.

        A line keeps no more than others left there, or the party paid there.
        """
        own: dict[int | None, int] = {}
        for slots in self.slots_of(party):
            for number, found in slots.items():
                own[number] = own.get(number, 0) + sum(p.cash for p in found)
        asked = {number: parties.pop(party, 0) for number, parties in self.by_line.items()}
        for number, wanted in asked.items():
            walk = self.walks.get(number or 0)
            most = wanted
            if walk is not None:
                others = self.money.cash_on.get(number, 0) - own.get(number, 0)
                most = max(walk.line.net - others, self.met(party, number))
            cents -= self.keep_for(party, number, min(wanted, most, cents))
        for number, cash in own.items():
            kept = self.by_line.get(number, {}).get(party, 0)
            cents -= self.keep_for(party, number, min(cash - kept, cents))

    def keep_for(self, party: int, number: int | None, cents: int) -> int:
        """Ask some more of a party on a line; returns how much."""
        if cents <= 0:
            return 0
        parties = self.by_line.setdefault(number, {})
        parties[party] = parties.get(party, 0) + cents
        return cents

    def kept_unmet(self, number: int | None) -> int:
        """What transfers moved to parties on a line and they have not met."""
        parties = self.by_line.get(number, {})
        return sum(max(cents - self.met(who, number), 0) for who, cents in parties.items())

    def is_asked_of_patient(self, number: int | None) -> bool:
        """Whether transfers moved anything to the patient on a line, or anywhere."""
        scopes = self.by_line.values() if number is WHOLE else (self.by_line.get(number, {}),)
        return any(NO_PLACE in parties for parties in scopes)

    def met(self, party: int, number: int | None) -> int:
        """The money and write-offs of a party against what is asked of it, wherever posted."""
        return sum(self.sum_on(slots, number) for slots in self.slots_of(party))

    def slots_of(self, party: int) -> tuple[Slots, Slots]:
        """The money of a party, and the write-offs of its own bucket."""
        if party == NO_PLACE:
            return self.money.patient, self.money.others
        return self.money.payers.get(party, {}), self.money.discounts.get(party, {})

    def sum_on(self, slots: Slots, number: int | None) -> int:
        """What stands on a line, or on any for the account as a whole; and what has no line."""
        known = self.sums.get(id(slots))
        if known is None:
            by_line = {line: sum(p.cash for p in found) for line, found in slots.items()}
            known = self.sums[id(slots)] = by_line, sum(by_line.values())
        by_line, total = known
        return total if number is WHOLE else by_line.get(number, 0) + by_line.get(WHOLE, 0)

    def is_unmet_after(self, place: int, number: int | None) -> bool:
        """Whether something that transfers moved to a later party is not met."""
        scopes = {number, WHOLE} if number is not WHOLE else set(self.by_line)
        return any(
            cents > self.met(who, line)
            for line in scopes
            for who, cents in self.by_line.get(line, {}).items()
            if who == NO_PLACE or who > place
        )

    def moved_on(self, number: int | None) -> int:
        """What transfers ask of parties on a line, or on the account."""
        lines = list(self.by_line) if number is WHOLE else [number, WHOLE]
        return sum(sum(self.by_line.get(line, {}).values()) for line in lines)
