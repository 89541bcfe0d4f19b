"""Which of contract, remittance and ledger says what the contractual write-off is.

The contract governs only where the ledger's write-off is charge less contract and the
remittance's is not. Where contract and remittance agree the remittance's amounts stand, line by
line. Where the ledger follows the remittance there is no finding, only a variance; where it
follows neither the remittance governs, and nothing on the line is proved.
"""

from typing import NamedTuple

from requite.domain.determination.account import ContractAmount
from requite.domain.determination.answer import NO_PLACE, Adjudication
from requite.domain.determination.line import Line
from requite.domain.determination.prorate import prorate
from requite.domain.determination.worksheet import CONTRACTUAL, UNGROUPED, LineState, Worksheet

BACKS, GOVERNS, FOLLOWED, NEITHER = "backs", "governs", "followed", "neither"


class Limit(NamedTuple):
    """What the contract says where it governs: the write-off, and the patient's part."""

    contractual: int
    patient: int


class ContractView:
    """The contract amounts of one account, ready to be asked line by line."""

    __slots__ = ("account_verdict", "by_line", "shares", "sheet")

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.by_line: dict[int, ContractAmount] = {}
        self.account_verdict = ""
        self.shares: dict[int, int] = {}

    def settle(self, line: Line, part: Adjudication, posted: int, state: LineState) -> Limit | None:
        """The limit that the contract sets on a line, None where the remittance governs."""
        row = self.by_line.get(line.line_no)
        if row is not None and row.payer_id == self.sheet.places[part.answer.place].payer_id:
            expected = line.net - row.expected_allowed_cents
            if len(self.sheet.lines) == 1:
                posted = sum(posting.cash for posting in self.sheet.of_kind(CONTRACTUAL))
            with_others = posted + self.ungrouped(
                None if len(self.sheet.lines) == 1 else line.line_no
            )
            verdict = "" if part.is_denial else compare(part, expected, (posted, with_others))
            if verdict not in ("", BACKS):
                self.note_variance(line, part, expected)
            return self.apply(verdict, state, expected + part.sequestration, part.pr)
        if self.account_verdict and not part.is_denial and line.line_no in self.shares:
            expected = self.shares[line.line_no]
            return self.apply(self.account_verdict, state, expected + part.sequestration, part.pr)
        return None

    def apply(self, verdict: str, state: LineState, contractual: int, patient: int) -> Limit | None:
        """Mark the line with the verdict; a limit only where the contract governs."""
        state.contract_backs = verdict in (BACKS, GOVERNS)
        state.contract_governs = verdict == GOVERNS
        state.follows_neither = verdict == NEITHER
        return Limit(contractual, patient) if verdict == GOVERNS else None

    def ungrouped(self, line_no: int | None) -> int:
        """Write-offs without a group code, on a line or (None) on the whole account."""
        return sum(
            posting.cash
            for posting in self.sheet.of_kind(UNGROUPED)
            if line_no is None or posting.line_no == line_no
        )

    def note_variance(self, line: Line, part: Adjudication, expected: int) -> None:
        """Record by how much the payer's allowed amount differs from the contract's."""
        payer_id = self.sheet.places[part.answer.place].payer_id
        cents = expected - (part.co - part.sequestration)
        self.sheet.variances.append((line.line_no, payer_id, cents))


def compare(part: Adjudication, expected: int, posted: tuple[int, int]) -> str:
    """Who agrees with whom on one line."""
    remitted = part.co - part.sequestration
    if remitted == expected:
        return BACKS
    if part.co in posted:
        return FOLLOWED
    follows = any(cents in (expected, expected + part.sequestration) for cents in posted)
    return GOVERNS if follows else NEITHER


def contract_of_account(
    sheet: Worksheet, in_force: dict[int, dict[int, Adjudication]]
) -> ContractView:
    """Read the contract amounts; one for the whole account is compared in total."""
    view = ContractView(sheet)
    for row in sorted(sheet.account.contracts, key=contract_key):
        if row.line_no is not None:
            view.by_line[row.line_no] = row
        elif not view.account_verdict:
            compare_account(view, row, in_force)
    if len(view.by_line) > 1:
        compare_lines(view, in_force)
    return view


def compare_lines(view: ContractView, in_force: dict[int, dict[int, Adjudication]]) -> None:
    """Where contract and remittance agree in total, the remittance governs each line."""
    rows = view.by_line
    parts = adjudicated_by(view.sheet, next(iter(rows.values())).payer_id, in_force)
    if not parts or any(
        number not in rows or rows[number].payer_id != view.sheet.places[part.answer.place].payer_id
        for number, part in parts.items()
    ):
        return
    expected = sum(view.sheet.lines[n].net - rows[n].expected_allowed_cents for n in parts)
    if expected == sum(part.co - part.sequestration for part in parts.values()):
        view.account_verdict = BACKS
        view.shares = shares_by_line(parts, expected)
        view.by_line = {n: row for n, row in rows.items() if n not in parts}


def contract_key(row: ContractAmount) -> tuple[int, str, int]:
    """By line, payer and amount, so that the order of the rows never matters."""
    return (row.line_no or 0, row.payer_id, row.expected_allowed_cents)


def compare_account(
    view: ContractView, row: ContractAmount, in_force: dict[int, dict[int, Adjudication]]
) -> None:
    """Compare one contract amount with all lines that its payer adjudicated."""
    sheet = view.sheet
    parts = adjudicated_by(sheet, row.payer_id, in_force)
    if not parts:
        return
    charge = sum(sheet.lines[number].net for number in parts)
    expected = charge - row.expected_allowed_cents
    whole = sum(part.co for part in parts.values())
    sequestration = sum(part.sequestration for part in parts.values())
    written_off = sum(
        posting.cash
        for posting in sheet.of_kind(CONTRACTUAL)
        if posting.line_no is None or posting.line_no in parts
    )
    posted = (written_off, written_off + view.ungrouped(None))
    if whole - sequestration == expected:
        view.account_verdict = BACKS
    elif whole in posted:
        view.account_verdict = FOLLOWED
    elif any(cents in (expected, expected + sequestration) for cents in posted):
        view.account_verdict = GOVERNS
    else:
        view.account_verdict = NEITHER
    if view.account_verdict != BACKS:
        sheet.variances.append((None, row.payer_id, expected - whole + sequestration))
    view.shares = shares_by_line(parts, expected)


def adjudicated_by(
    sheet: Worksheet, payer_id: str, in_force: dict[int, dict[int, Adjudication]]
) -> dict[int, Adjudication]:
    """The living lines on which a payer's answer as the first is in force and no denial."""
    parts: dict[int, Adjudication] = {}
    for number, by_place in in_force.items():
        line = sheet.lines[number]
        first = first_place(sheet, line, by_place)
        part = by_place.get(first)
        if part is None or part.is_denial or line.net <= 0:
            continue
        if sheet.places[first].payer_id == payer_id:
            parts[number] = part
    return parts


def first_place(sheet: Worksheet, line: Line, by_place: dict[int, Adjudication]) -> int:
    """The first place that covers a line or answered for it; NO_PLACE where none does."""
    service_date = line.service_date or sheet.account.service_from
    answering = (
        place.index
        for place in sheet.places
        if place.index in by_place or (place.on_file and place.covers(service_date))
    )
    return next(answering, NO_PLACE)


def shares_by_line(parts: dict[int, Adjudication], expected: int) -> dict[int, int]:
    """The contract's write-off by line: the remittance's, and their difference where it lies.

    What the contract writes off beyond the remittance comes out of what was paid, what it
    writes off less out of the remittance's write-off; so lines differ no more than the total.
    """
    numbers = sorted(parts)
    said = [parts[number].co - parts[number].sequestration for number in numbers]
    paid = [max(parts[number].paid, 0) for number in numbers]
    difference = expected - sum(said)
    weights = paid if difference > 0 else [max(cents, 0) for cents in said]
    shares = prorate(difference, weights)
    return {number: said[i] + shares[i] for i, number in enumerate(numbers)}
