"""Whose money is it: one account in, its findings and the proof of them out."""

from datetime import date

from requite.domain.determination.account import Book, PatientAccount
from requite.domain.determination.adjudicate import read_answers
from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.certainty import to_person
from requite.domain.determination.evidence import gather_evidence
from requite.domain.determination.excess import fill
from requite.domain.determination.finding import CellRow, Determination, Finding
from requite.domain.determination.held import held_by_payers
from requite.domain.determination.link import link
from requite.domain.determination.normalise import normalise
from requite.domain.determination.part import Part
from requite.domain.determination.places import UNKNOWN
from requite.domain.determination.proof import (
    answers_on,
    dollars,
    holder,
    postings_of,
    states_of,
    where,
)
from requite.domain.determination.replay import replay
from requite.domain.determination.rests import RestsOn, rests_on
from requite.domain.determination.transfer import place_interest, place_transfers
from requite.domain.determination.waterfall import explain
from requite.domain.determination.worksheet import CHARGES, PATIENT, PAYER, Cell, Worksheet
from requite.domain.parties import Certainty, Disposition, Party

WEAKEST = {Certainty.PROVED: 0, Certainty.LIKELY: 1, Certainty.PERSON: 2}
TO_PARTY = frozenset(
    {Disposition.REFUND_PAYER, Disposition.REFUND_PATIENT, Disposition.CORRECTED_CLAIM}
)
GONE_BACK = frozenset(
    {Disposition.POST_REFUND, Disposition.POST_RECOUPMENT, Disposition.POST_RETURNED_PAYMENT}
)


def determine_account(account: PatientAccount, book: Book, *, table: bool = True) -> Determination:
    """Say of each part of an account's credit whose it is, why, and on what evidence.

    Parameters
    ----------
    account : PatientAccount
        The account's rows in any order; amounts in cents with the signs of the feed.
    book : Book
        Payers, plans, adjustments that name no claim, and the day to look from.
    table : bool
        Whether to give the cells, too: the table of should have paid and did pay.

    Returns
    -------
    Determination
        Findings that sum to the credit, sorted; the cells that make it; balance, credit and
        what is still owed, with balance = owed - credit.
    """
    sheet = work(account, book)
    held = held_by_payers(sheet)
    parts = explain(sheet) if sheet.credit_cents else []
    if parts:
        cap_to_cash(sheet, parts)
    answer = Determination(
        account.account_id,
        balance_of(sheet),
        sheet.credit_cents,
        sheet.owed_cents,
        tuple(findings_of(sheet, parts)) if parts else (),
        tuple(row_of(sheet, cell) for cell in sheet.cells) if table else (),
        tuple(sheet.variances),
        held,
    )
    release(sheet)
    return answer


def release(sheet: Worksheet) -> None:
    """Undo the circles between answers and their lines, so that memory goes back at once."""
    for answer in sheet.answers:
        answer.adjudications.clear()
        answer.reversed_by = None


def work(account: PatientAccount, book: Book) -> Worksheet:
    """Fill the worksheet of an account, up to its cells and the evidence.

    Where a posting may take back a write-off or a party's money alike, the reading counts that
    brings the cells nearer to their targets.
    """
    sheet = read(account, book)
    if sheet.is_ambiguous:
        other = read(account, book, takes_second=True)
        if distance(other) < distance(sheet):
            sheet, other = other, sheet
        release(other)
    if sheet.credit_cents:
        gather_evidence(sheet)
    return sheet


def distance(sheet: Worksheet) -> int:
    """How far all cells are from their targets, in cents."""
    return sheet.credit_cents + sheet.owed_cents


def read(account: PatientAccount, book: Book, *, takes_second: bool = False) -> Worksheet:
    """Fill the worksheet of an account by one reading of its postings, up to its cells."""
    sheet = normalise(account, book, takes_second=takes_second)
    read_answers(sheet)
    link(sheet)
    place_interest(sheet)
    place_transfers(sheet)
    replay(sheet)
    fill(sheet)
    return sheet


def balance_of(sheet: Worksheet) -> int:
    """Charges and ledger entries net of voids, in cents, as of the day."""
    charges = sum(line.net for line in sheet.lines.values())
    return charges - sum(p.cash for group in sheet.postings.values() for p in group)


def cap_to_cash(sheet: Worksheet, parts: list[Part]) -> None:
    """Never propose more back to a party than came from it, net of what went back."""
    parties = {holder_of(sheet, part.cell) for part in parts if part.disposition in TO_PARTY}
    for party in parties:
        cells = [part for part in parts if holder_of(sheet, part.cell) == party]
        mine = [part for part in cells if part.disposition in TO_PARTY]
        gone = sum(part.cents for part in cells if part.disposition in GONE_BACK)
        here = max(cash_of(sheet, party) - gone, 0)
        if sum(part.cents for part in mine) > here:
            for part in mine:
                part.why += f"; but only {dollars(here)} of its money is still here"
                to_person(part)


def holder_of(sheet: Worksheet, cell: Cell) -> tuple[str, str]:
    """The party that a cell belongs to: one payer, in whatever places it stands, or the patient."""
    return (cell.kind, sheet.places[cell.place].payer_id if cell.kind == PAYER else "")


def cash_of(sheet: Worksheet, party: tuple[str, str]) -> int:
    """What is posted of a party's money, less what is posted as gone back."""
    kind, payer_id = party
    return sum(
        posting.cash
        for posting in sheet.of_kind(kind)
        if kind != PAYER or sheet.places[posting.place].payer_id == payer_id
    )


def findings_of(sheet: Worksheet, parts: list[Part]) -> list[Finding]:
    """One row per line, party and cause, in a fixed order."""
    grouped: dict[tuple[object, ...], list[Part]] = {}
    for part in parts:
        key = (part.cell.line_no, part.party, party_id(sheet, part), part.cause, part.disposition)
        grouped.setdefault(key, []).append(part)
    findings = [finding_of(sheet, group) for group in grouped.values()]
    findings.sort(key=finding_key)
    return findings


def finding_key(finding: Finding) -> tuple[bool, int, str, str, str, str]:
    """By line (the account as a whole last), cause, party, disposition."""
    line_no = finding.line_no
    party = (finding.party, finding.party_id or "", finding.disposition)
    return (line_no is None, line_no or 0, finding.cause, *party)


def party_id(sheet: Worksheet, part: Part) -> str | None:
    """The payer, the guarantor (else the patient), or nobody."""
    if part.party == Party.PAYER:
        return sheet.places[part.cell.place].payer_id
    if part.party == Party.PATIENT:
        return sheet.account.guarantor_id or sheet.account.patient_id
    return None


def finding_of(sheet: Worksheet, group: list[Part]) -> Finding:
    """The finding of parts that say the same of one line."""
    part = group[0]
    cents = sum(item.cents for item in group)
    certainty = max((item.certainty for item in group), key=WEAKEST.__getitem__)
    payer_id = sheet.places[part.cell.place].payer_id if part.cell.kind == PAYER else None
    rests = rests_on(sheet, group)
    return Finding(
        sheet.account.account_id,
        part.cell.line_no,
        str(part.party),
        party_id(sheet, part),
        part.cause,
        str(part.disposition),
        cents,
        str(certainty),
        evidence_of(sheet, group),
        sentence(sheet, group, rests),
        None if payer_id == UNKNOWN else payer_id,
        iso(received_on(sheet, part)),
        iso(other_received_on(sheet, part)),
        iso(adjudicated_on(sheet)),
        str(rests),
    )


def iso(day: date | None) -> str | None:
    """A date as text."""
    return None if day is None else day.isoformat()


def sentence(sheet: Worksheet, group: list[Part], rests: RestsOn) -> str:
    """One plain sentence with the figures, a clause for each part, and the EOB where it lacks."""
    clauses = [f"{standing(sheet, p.cell)}{_surplus(p)}: {p.why}" for p in group]
    text = "; ".join(clauses)
    if rests == RestsOn.LEDGER and "EOB" not in text:
        text += "; no remittance stands behind it, the EOB settles it"
    return f"{text[0].upper()}{text[1:]}."


def _surplus(part: Part) -> str:
    """How much of a cell the part explains, as it goes on after what the cell holds."""
    cents = dollars(part.cents)
    return f"; {cents}" if part.cell.kind == CHARGES else f", {cents} too much"


def standing(sheet: Worksheet, cell: Cell) -> str:
    """What a cell holds and should hold, in words."""
    who = holder(cell, sheet)
    if cell.kind in (PAYER, PATIENT):
        paid = f"{who} paid {dollars(cell.actual)} on {where(cell)} and should have paid"
        return f"{paid} {dollars(cell.target)}"
    if cell.kind == CHARGES:
        return f"the charges of {where(cell)} are {dollars(-cell.actual)}"
    held = f"{who} of {dollars(cell.actual)} stand on {where(cell)}"
    return f"{held} where {dollars(cell.target)} belong"


def evidence_of(sheet: Worksheet, group: list[Part]) -> tuple[str, ...]:
    """The records that a finding rests on: charges, postings, remittance claims, adjustments."""
    ids: dict[str, None] = {}
    for part in group:
        cell = part.cell
        line = None if cell.line_no is None else sheet.lines.get(cell.line_no)
        if line is not None:
            ids.update(dict.fromkeys(line.charge_ids))
        ids.update((posting.entry.transaction_id, None) for posting in postings_of(sheet, cell))
        ids.update(dict.fromkeys(part.evidence))
        for state in states_of(sheet, cell):
            for item in state.in_force:
                if item is not None and (cell.kind != PAYER or item.answer.place <= cell.place):
                    ids[item.answer.claim.remit_claim_id] = None
    return tuple(ids)


def received_on(sheet: Worksheet, part: Part) -> date | None:
    """The day on which the last money of the cell's party came."""
    cell = part.cell
    if cell.kind == PAYER:
        answers = answers_on(sheet, cell)
        if answers:
            return answers[-1].claim.payment_date
    dates = [posting.entry.posted_on for posting in postings_of(sheet, cell) if posting.cash > 0]
    return max(dates) if dates else None


def other_received_on(sheet: Worksheet, part: Part) -> date | None:
    """The day on which the payers before the cell's place paid for its line."""
    if part.cell.kind != PAYER or part.cell.place == NO_PLACE:
        return None
    dates = [
        item.answer.claim.payment_date
        for state in states_of(sheet, part.cell)
        for item in state.in_force[: part.cell.place]
        if item is not None
    ]
    return max(dates) if dates else None


def adjudicated_on(sheet: Worksheet) -> date | None:
    """The day of the last answer on the account."""
    return sheet.answers[-1].claim.payment_date if sheet.answers else None


def row_of(sheet: Worksheet, cell: Cell) -> CellRow:
    """A cell as the table of should-have-paid and did-pay shows it."""
    if cell.kind == PAYER:
        name: str | None = sheet.places[cell.place].payer_id
    elif cell.kind == PATIENT:
        name = sheet.account.guarantor_id or sheet.account.patient_id
    else:
        name = None
    return CellRow(cell.line_no, cell.kind, name, cell.target, cell.actual)
