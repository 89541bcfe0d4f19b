"""A service line of an account, and a payer's place in the COB order."""

from datetime import date


class Line:
    """A service line: its charges net of voids, and what they were before."""

    __slots__ = (
        "amounts",
        "charge_ids",
        "gross",
        "line_no",
        "modifiers",
        "net",
        "procedure_code",
        "service_date",
    )

    def __init__(self, line_no: int) -> None:
        self.line_no = line_no
        self.net = 0
        self.gross = 0
        self.amounts: list[int] = []
        self.charge_ids: list[str] = []
        self.service_date: date | None = None
        self.procedure_code: str | None = None
        self.modifiers: str | None = None


class Place:
    """A place in the COB order: a payer may stand in several."""

    __slots__ = (
        "capitated",
        "index",
        "member_id",
        "on_file",
        "order",
        "payer_class",
        "payer_id",
        "periods",
        "plan_id",
    )

    def __init__(self, index: int, order: int, payer_id: str, payer_class: str) -> None:
        self.index = index
        self.order = order
        self.payer_id = payer_id
        self.payer_class = payer_class
        self.member_id: str | None = None
        self.plan_id: str | None = None
        self.periods: list[tuple[date | None, date | None]] = []
        self.capitated = False
        self.on_file = True

    def covers(self, on: date | None) -> bool:
        """Whether the coverage's dates cover a service of that day (True where unknown)."""
        for first, last in self.periods:
            if covers(first, last, on):
                return True
        return not self.periods


def covers(first: date | None, last: date | None, on: date | None) -> bool:
    """Whether a day lies within two others; True where it, or both, are unknown."""
    return on is None or ((first is None or first <= on) and (last is None or on <= last))
