"""What a finding rests on, at its weakest: records, order, inference, or the ledger alone."""

from enum import StrEnum
from typing import Final

from requite.domain.determination.link import BY_ORDER
from requite.domain.determination.part import Part
from requite.domain.determination.proof import postings_of, states_of
from requite.domain.determination.worksheet import PAYER, Cell, LineState, Worksheet


class RestsOn(StrEnum):
    """The weakest thing under a finding, weaker from member to member."""

    RECORDS = "records"  # every step is in the feed
    ORDER = "order"  # postings or lines were told apart by their order
    INFERRED = "inferred"  # who paid had to be inferred
    LEDGER = "ledger"  # no remittance stands behind it


WEAKNESS: Final = {member: place for place, member in enumerate(RestsOn)}


def rests_on(sheet: Worksheet, parts: list[Part]) -> RestsOn:
    """The weakest thing that any of some parts rests on."""
    return max((cell_rests_on(sheet, part.cell) for part in parts), key=WEAKNESS.__getitem__)


def cell_rests_on(sheet: Worksheet, cell: Cell) -> RestsOn:
    """The weakest thing that a cell rests on."""
    postings = postings_of(sheet, cell)
    states = states_of(sheet, cell)
    if any(state.paper for state in states):
        return RestsOn.LEDGER
    if cell.kind == PAYER and any(p.cash > 0 and not p.link for p in postings):
        return RestsOn.LEDGER
    if any(posting.is_inferred for posting in postings):
        return RestsOn.INFERRED
    if any(posting.link == BY_ORDER for posting in postings) or any(map(is_by_order, states)):
        return RestsOn.ORDER
    return RestsOn.RECORDS


def is_by_order(state: LineState) -> bool:
    """Whether a remittance line found its ledger line by order alone."""
    return any(part is not None and part.by_order for part in state.in_force)
