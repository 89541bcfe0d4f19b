"""Whole accounts, drawn: what was charged, who answered what, what was posted, what went wrong."""

from typing import Any

from hypothesis import strategies as st
from tests.domain.determination.draft import Draft
from tests.domain.determination.events import EVENTS

from requite.domain.determination.account import (
    Book,
    Charge,
    Claim,
    Coverage,
    PatientAccount,
    RemitAdjustment,
    RemitClaim,
    RemitLine,
)

ANSWERS = (*("pays",) * 6, "denies", "asks", "silent", "on paper", "claim level")
ASKING = ("16", "22", "109", "226", "227", "252")


@st.composite
def accounts(draw: Any) -> tuple[PatientAccount, Book]:
    """An account and the book that it is determined with."""
    draft = Draft(draw)
    add_charges(draft)
    add_coverages(draft)
    left = {charge.line_no: 0 for charge in draft.charges}
    for charge in draft.charges:
        left[charge.line_no] += charge.amount_cents
    for coverage in draft.coverages:
        answer(draft, coverage, left)
    for line_no, cents in left.items():
        if cents > 0 and draft.one_in(2):
            draft.post("payment", -cents, line_no=draft.pick((line_no, None)))
    for _ in range(draft.number(0, 4)):
        draft.pick(EVENTS)(draft)
    return draft.finish()


def add_charges(draft: Draft) -> None:
    for line_no in range(1, draft.pick((1, 2, 1, 2, 3, 4, 0)) + 1):
        charge = Charge(
            charge_id=draft.name("C"),
            line_no=line_no,
            amount_cents=draft.amount(),
            service_date=draft.pick((draft.day(0, 3), None)),
            procedure_code=draft.pick(("99213", "99214")),
            modifiers=draft.pick((None, None, "25")),
            posted_on=draft.day(0, 20),
        )
        if draft.one_in(12):
            charge = charge._replace(voided_on=draft.day(20, 120))
        draft.charges.append(charge)


def add_coverages(draft: Draft) -> None:
    for order in range(1, draft.pick((1, 2, 1, 2, 3, 0)) + 1):
        payer_id = draft.pick(("P1", "P2", "P3", "P4"))
        coverage = Coverage(order, payer_id, member_id=draft.name("M"))
        if draft.one_in(10):
            coverage = coverage._replace(effective_from=draft.day(0, 6))
        if draft.one_in(12):
            coverage = coverage._replace(capitated=True)
        if draft.one_in(10):
            coverage = coverage._replace(responsibility_collectable=False)
        draft.coverages.append(coverage)
        draft.claims.append(
            Claim(draft.name("K"), payer_id, order, "A1", draft.name("N"), draft.pick(("1", None)))
        )


def answer(draft: Draft, coverage: Coverage, left: dict[int, int]) -> None:
    """One place answers, or does not; `left` is what it leaves to those after it."""
    how = draft.pick(ANSWERS)
    if how == "silent" or not left:
        return
    if how == "on paper":
        for line_no, cents in left.items():
            paid = pay_on_paper(draft, coverage.payer_id, line_no, cents)
            left[line_no] -= paid
        return
    claim = new_claim(draft, coverage)
    total_paid = 0
    for place, charge in enumerate(draft.charges, 1):
        cents = left[charge.line_no]
        paid, co, pr = shares(draft, how, cents)
        row = RemitLine(claim.remit_claim_id, place, charge.amount_cents, paid)
        draft.remit_lines.append(resolvable(draft, row, charge))
        adjust(draft, claim.remit_claim_id, place, (co, pr, charge.amount_cents - paid - co - pr))
        if how == "asks":
            asking = RemitAdjustment(claim.remit_claim_id, place, "CO", draft.pick(ASKING), cents)
            draft.remit_adjustments.append(asking)
        left[charge.line_no] = max(cents - paid - co, 0)
        total_paid += paid
    charged = sum(charge.amount_cents for charge in draft.charges)
    claim = claim._replace(charge_cents=charged, paid_cents=total_paid)
    if how == "claim level":
        claim_level(draft, claim)
    draft.remit_claims.append(claim)
    post_answer(draft, claim)


def new_claim(draft: Draft, coverage: Coverage) -> RemitClaim:
    place = coverage.cob_order
    status = str(place)
    if draft.one_in(4):
        status = draft.pick(("1", "19", "20", "4", "23", "25"))
    number = draft.claims[place - 1].payer_claim_number
    return RemitClaim(
        remit_claim_id=draft.name("R"),
        remit_id=draft.name("E"),
        account_id="A1",
        payer_id=None if draft.one_in(12) else coverage.payer_id,
        trace_number=draft.name("Y"),
        payment_date=draft.day(20, 90),
        place=1,
        claim_status=status,
        charge_cents=0,
        paid_cents=0,
        payer_claim_number=draft.pick((number, number, None)),
        member_id=draft.pick((coverage.member_id, None)),
    )


def shares(draft: Draft, how: str, cents: int) -> tuple[int, int, int]:
    """What a payer pays of what is left, writes off, and leaves to the patient."""
    if how == "asks":
        return 0, 0, 0
    if how == "denies":
        return (0, cents, 0) if draft.one_in(2) else (0, 0, cents)
    co = draft.pick((0, cents // 4, cents // 2))
    pr = draft.pick((0, (cents - co) // 5, cents - co))
    paid = cents - co - pr
    if draft.one_in(6):
        paid += draft.amount() // 4
    return paid, co, pr


def resolvable(draft: Draft, row: RemitLine, charge: Charge) -> RemitLine:
    """Let a remittance line say which ledger line it means, more or less."""
    how = draft.pick(("charge", "line", "service", "nothing"))
    if how == "charge":
        return row._replace(line_control_number=charge.charge_id)
    if how == "line":
        return row._replace(line_control_number=str(charge.line_no))
    if how == "service":
        return row._replace(
            procedure_code=charge.procedure_code,
            service_date=charge.service_date,
            modifiers=charge.modifiers,
        )
    return row


def adjust(draft: Draft, claim_id: str, place: int | None, parts: tuple[int, int, int]) -> None:
    """State what was not paid: contractual, the patient's part, and what others settled."""
    co, pr, rest = parts
    rows = draft.remit_adjustments
    if co:
        group = draft.pick((("CO", "45"), ("PI", "97"), ("OA", "94"), ("CO", "253"), ("CO", "24")))
        rows.append(RemitAdjustment(claim_id, place, *group, co))
    if pr:
        rows.append(RemitAdjustment(claim_id, place, "PR", draft.pick(("1", "2", "3")), pr))
    if rest:
        rows.append(RemitAdjustment(claim_id, place, "OA", "23", rest))


def claim_level(draft: Draft, claim: RemitClaim) -> None:
    """Lift what the claim says of its lines to the claim itself."""
    mine = claim.remit_claim_id
    draft.remit_lines = [row for row in draft.remit_lines if row.remit_claim_id != mine]
    draft.remit_adjustments = [
        row._replace(line_no=None) if row.remit_claim_id == mine else row
        for row in draft.remit_adjustments
    ]


def pay_on_paper(draft: Draft, payer_id: str, line_no: int, cents: int) -> int:
    """A payment of which there is no remittance, and its write-off."""
    paid, co, _ = shares(draft, "pays", cents)
    where = draft.pick((line_no, line_no, None))
    if paid:
        trace = draft.pick((None, draft.name("Y")))
        for _ in range(draft.pick((1, 1, 1, 2))):
            draft.post("payment", -paid, payer_id=payer_id, line_no=where, trace_number=trace)
    if co:
        draft.post("adjustment", -co, line_no=where, group_code=draft.pick(("CO", None)))
    return paid + co


def post_answer(draft: Draft, claim: RemitClaim) -> None:
    """Post what an answer paid and wrote off, mostly as it should be."""
    payer_id = claim.payer_id or draft.payer_id()
    reference = draft.refer(claim)
    rows = draft.lines_of(claim)
    if not rows or draft.one_in(8):
        if claim.paid_cents:
            draft.post("payment", -claim.paid_cents, payer_id=payer_id, **reference)
    else:
        for row in rows:
            post_line(draft, row, payer_id, reference)
    if draft.one_in(8):
        return
    for row in draft.remit_adjustments:
        if row.remit_claim_id == claim.remit_claim_id and row.group_code in ("CO", "PI"):
            group = None if draft.one_in(6) else row.group_code
            line_no = row.line_no if row.line_no is not None and not draft.one_in(8) else None
            draft.post("adjustment", -row.amount_cents, line_no=line_no, group_code=group)


def post_line(draft: Draft, row: RemitLine, payer_id: str, reference: dict[str, Any]) -> None:
    """Post one line: as it is, in parts, on a wrong line, twice, or not at all."""
    if row.paid_cents == 0:
        return
    line_no = draft.charges[row.line_no - 1].line_no
    how = "once"
    if draft.one_in(6):
        how = draft.pick(("in parts", "wrong line", "twice", "never"))
    if how == "in parts":
        first = row.paid_cents // 3
        amounts = [first, row.paid_cents - first]
    else:
        amounts = [row.paid_cents] * {"twice": 2, "never": 0}.get(how, 1)
    if how == "wrong line":
        line_no = draft.line_no()
    for cents in amounts:
        draft.post("payment", -cents, payer_id=payer_id, line_no=line_no, **reference)
