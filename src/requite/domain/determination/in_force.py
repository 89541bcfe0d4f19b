"""Which answers are in force on a line, and which places have no place there.

Per place the last answer that is not reversed and that displaces the earlier. A place that denied
because another comes first, or with which the patient was not insured, is passed over where
another answered as the first; Medicare itself is where a Medicare Advantage plan answered in its
stead.
"""

from collections.abc import Iterable
from typing import Final

from requite.domain.determination.answer import Adjudication, Answer
from requite.domain.determination.ledger_money import stands_alone
from requite.domain.determination.worksheet import PAYER, LineState, Worksheet

MEDICARE: Final = "medicare_ffs"
ADVANTAGE: Final = "medicare_advantage"
LATE_CHARGES: Final = "5"
NONE: Final[frozenset[int]] = frozenset()


def adjudications_in_force(sheet: Worksheet) -> dict[int, dict[int, Adjudication]]:
    """Per line and place the last answer that is not reversed and that displaces the earlier."""
    current: dict[int, dict[int, Adjudication]] = {}
    for answer in sheet.answers:
        if answer.is_reversal or answer.is_reversed or not answer.own:
            continue
        place = answer.place
        for number, part in answer.adjudications.items():
            by_place = current.get(number)
            if by_place is None:
                by_place = current[number] = {}
            if displaces(part, by_place.get(place), answer):
                by_place[place] = part
    return current


def displaces(part: Adjudication, known: Adjudication | None, answer: Answer) -> bool:
    """Whether an adjudication takes the place of the one in force so far.

    A denial that only asks is no answer; late charges never supersede; a denial displaces no
    paid adjudication unless its claim replaces or voids one.
    """
    if part.asks and part.is_denial:
        return False
    if known is None:
        return True
    if answer.claim.frequency_code == LATE_CHARGES:
        return False
    return not part.is_denial or known.is_denial or answer.replaces


def denials_as_later(sheet: Worksheet) -> dict[int, set[int]]:
    """By line the places that denied because another payer comes first (CARC 22)."""
    found: dict[int, set[int]] = {}
    for answer in sheet.answers:
        if answer.own and not answer.is_reversal and not answer.is_reversed:
            for number, part in answer.adjudications.items():
                if part.not_first and part.is_denial:
                    found.setdefault(number, set()).add(answer.place)
    return found


def take_out_uninsured(
    in_force: dict[int, dict[int, Adjudication]], denied: dict[int, set[int]]
) -> None:
    """Move to `denied` what says that the patient was not insured there, beside a primary's answer.

    It paid nothing, and leaves nothing to anybody: who answered as the first to pay was the first.
    """
    for number, by_place in in_force.items():
        if len(by_place) < 2:
            continue
        uninsured = [p for p, part in by_place.items() if part.not_insured and not part.paid]
        others = [part for place, part in by_place.items() if place not in uninsured]
        if uninsured and any(part.answer.as_primary and not part.is_denial for part in others):
            denied.setdefault(number, set()).update(uninsured)
            for place in uninsured:
                del by_place[place]


def denied_before(state: LineState, place: int) -> bool:
    """Whether a place paid, or left a share, where one before it denied, which wrote all off."""
    own = state.in_force[place]
    if own is None or own.is_denial:
        return False
    return any(part is not None and part.is_denial for part in state.in_force[:place])


def passed_over(denied: Iterable[int], state: LineState) -> frozenset[int]:
    """The places that denied so and gave no other answer, where another answered as primary."""
    in_force = state.in_force
    if not denied or not any(part is not None and part.answer.as_primary for part in in_force):
        return NONE
    return frozenset(place for place in denied if in_force[place] is None)


def displaced_by_advantage(sheet: Worksheet, state: LineState) -> frozenset[int]:
    """The places of Medicare itself where a Medicare Advantage plan answered in its stead."""
    answered = [place for place in sheet.places if state.in_force[place.index] is not None]
    if not any(place.payer_class == ADVANTAGE for place in answered):
        return frozenset()
    return frozenset(place.index for place in answered if place.payer_class == MEDICARE)


def strangers(sheet: Worksheet) -> frozenset[int]:
    """Places that coverage does not know, with money on the account as a whole."""
    if all(place.on_file for place in sheet.places):
        return NONE
    return frozenset(
        posting.place
        for posting in sheet.of_kind(PAYER)
        if posting.line_no is None
        and not sheet.places[posting.place].on_file
        and stands_alone(posting)
    )
