"""A part of a cell's excess that one cause explains."""

from requite.domain.determination.worksheet import Cell
from requite.domain.parties import Certainty, Disposition, Party


class Part:
    """A part of a cell's excess that one cause explains."""

    __slots__ = ("cause", "cell", "cents", "certainty", "disposition", "evidence", "party", "why")

    def __init__(self, cause: str, cell: Cell, cents: int) -> None:
        self.cause = cause
        self.cell = cell
        self.cents = cents
        self.party = Party.NONE
        self.disposition = Disposition.REVIEW
        self.certainty = Certainty.PROVED
        self.evidence: tuple[str, ...] = ()
        self.why = ""
