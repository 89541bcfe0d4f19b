"""What happens to an account after its first answers: second payments, take-backs, mistakes."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.domain.determination.draft import Draft

from requite.domain.determination.account import (
    Allocation,
    BankDeposit,
    ContractAmount,
    LedgerEntry,
    ProviderAdjustment,
    Refund,
    RemitClaim,
)


def paid_again(draft: Draft) -> None:
    """The same claim is answered once more: repeated, corrected, late, or denied."""
    claims = [row for row in draft.remit_claims if row.claim_status != "22"]
    if not claims:
        return
    claim = draft.pick(claims)
    factor = draft.pick((1, 1, 2, 0))
    frequency = draft.pick((None, None, "7", "8", "5"))
    again = copy_of(draft, claim, factor, 1)
    again = again._replace(frequency_code=frequency)
    if factor == 0:
        again = again._replace(claim_status="4")
    draft.remit_claims.append(again)
    if not draft.one_in(4):
        post_as_whole_or_lines(draft, again)


def reversed_(draft: Draft) -> None:
    """A claim is taken back, in cash or carried forward; the reversal is posted or not."""
    claims = [row for row in draft.remit_claims if row.remit_claim_id not in draft.taken_back]
    if not claims:
        return
    claim = draft.pick(claims)
    back = copy_of(draft, claim, 1, -1)._replace(claim_status="22")
    draft.taken_back |= {claim.remit_claim_id, back.remit_claim_id}
    draft.remit_claims.append(back)
    if draft.one_in(2):
        post_as_whole_or_lines(draft, back)
    if draft.one_in(3):
        provider_adjustment(draft, back, "FB", back.paid_cents)
        if draft.one_in(2):
            provider_adjustment(draft, back, "FB", -back.paid_cents)
            later = draft.provider_adjustments[-1]._replace(trace_number=draft.name("Y"))
            draft.provider_adjustments[-1] = later


def copy_of(draft: Draft, claim: RemitClaim, factor: int, sign: int) -> RemitClaim:
    """A later claim with the lines of an earlier one, its payments times a factor or reversed."""
    new = claim._replace(
        remit_claim_id=draft.name("R"),
        remit_id=draft.name("E"),
        trace_number=claim.trace_number if draft.one_in(6) else draft.name("Y"),
        payment_date=claim.payment_date + timedelta(days=draft.number(0, 60)),
        charge_cents=sign * claim.charge_cents,
    )
    total = 0
    for row in draft.lines_of(claim):
        paid = sign * (row.paid_cents if factor == 1 else row.paid_cents // 2 * (factor // 2))
        total += paid
        draft.remit_lines.append(
            row._replace(
                remit_claim_id=new.remit_claim_id,
                charge_cents=sign * row.charge_cents,
                paid_cents=paid,
            )
        )
    for row in list(draft.remit_adjustments):
        if row.remit_claim_id == claim.remit_claim_id:
            cents = sign * row.amount_cents
            draft.remit_adjustments.append(
                row._replace(remit_claim_id=new.remit_claim_id, amount_cents=cents)
            )
    if not draft.lines_of(claim):
        total = sign * claim.paid_cents if factor else 0
    return new._replace(paid_cents=total)


def post_as_whole_or_lines(draft: Draft, claim: RemitClaim) -> None:
    """Post a later answer, by line where it has lines."""
    payer_id = claim.payer_id or draft.payer_id()
    reference = draft.refer(claim)
    rows = draft.lines_of(claim)
    kind = draft.pick(("payment", "recoupment")) if claim.paid_cents < 0 else "payment"
    if not rows or draft.one_in(5):
        if claim.paid_cents:
            draft.post(kind, -claim.paid_cents, payer_id=payer_id, **reference)
        return
    for row in rows:
        if row.paid_cents and draft.charges:
            line_no = draft.charges[min(row.line_no, len(draft.charges)) - 1].line_no
            draft.post(kind, -row.paid_cents, payer_id=payer_id, line_no=line_no, **reference)


def provider_adjustment(
    draft: Draft, claim: RemitClaim | None, reason: str, cents: int
) -> ProviderAdjustment:
    """A PLB row for a claim of the account, or for none that it names."""
    number = None if claim is None else claim.payer_claim_number
    row = ProviderAdjustment(
        key=draft.name("B"),
        remit_id=draft.name("E"),
        payer_id=draft.payer_id() if claim is None else claim.payer_id,
        trace_number=draft.name("Y") if claim is None else claim.trace_number,
        payment_date=draft.day(30, 150),
        reason_code=reason,
        reference=number,
        amount_cents=cents,
        remit_claim_id=None if claim is None else claim.remit_claim_id,
    )
    draft.provider_adjustments.append(row)
    return row


def withheld(draft: Draft) -> None:
    """A payer takes money back, naming a claim, this account, or nothing."""
    cents = some_amount(draft)
    how = draft.pick(("claim", "account", "nothing"))
    reason = draft.pick(("WO", "FB", "72", "CS"))
    if how == "claim" and draft.remit_claims:
        row = provider_adjustment(draft, draft.pick(draft.remit_claims), reason, cents)
        if draft.one_in(3):
            trace = draft.pick((row.trace_number, None))
            draft.post(
                "recoupment", cents, payer_id=row.payer_id or "P1", line_no=draft.line_no(),
                trace_number=trace,
            )  # fmt: skip
        return
    row = provider_adjustment(draft, None, reason, cents)
    if how == "account":
        draft.provider_adjustments[-1] = row._replace(reference="A1")
    else:
        draft.provider_adjustments.pop()
        draft.unnamed.setdefault((row.payer_id or "P1", cents), []).append(row)


def some_amount(draft: Draft) -> int:
    """An amount that is in the account already, or a new one."""
    known = [-row.amount_cents for row in draft.entries if row.amount_cents < 0]
    return draft.pick([*known, *known, draft.amount()])


def interest(draft: Draft) -> None:
    """Interest, as a provider adjustment, inside a claim, or as an entry of its own."""
    how = draft.pick(("entry", "provider", "claim"))
    cents = draft.number(1, 900)
    if how == "entry" or not draft.remit_claims:
        sign = draft.pick((-1, -1, 1))
        payer_id = draft.pick((None, draft.payer_id()))
        draft.post("interest", sign * cents, payer_id=payer_id, line_no=draft.line_no())
    elif how == "provider":
        provider_adjustment(draft, draft.pick(draft.remit_claims), "L6", -cents)
        draft.post("payment", -cents, payer_id=draft.payer_id(), line_no=draft.line_no())
    else:
        claim = draft.pick(draft.remit_claims)
        adjustments = [
            row for row in draft.remit_adjustments if row.remit_claim_id == claim.remit_claim_id
        ]
        if adjustments:
            row = adjustments[0]
            at = draft.remit_adjustments.index(row)
            draft.remit_adjustments[at] = row._replace(carc="225", amount_cents=-cents)


def refunded(draft: Draft) -> None:
    """A refund, on its way or gone, posted or not."""
    cents = some_amount(draft)
    payee = draft.pick(("payer", "patient"))
    payee_id = draft.payer_id() if payee == "payer" else "guarantor"
    status = draft.pick(("issued", "cleared", "cleared", "requested", "voided", "returned"))
    refund = Refund(draft.name("F"), payee, payee_id, cents, status, draft.day(60, 150))
    if draft.one_in(3):
        posted = draft.post(
            "refund",
            cents,
            payer_id=payee_id if payee == "payer" else None,
            line_no=draft.line_no(),
            check_number=draft.pick((None, "4411")),
        )
        named = draft.pick((posted.transaction_id, None))
        refund = refund._replace(transaction_id=named, check_number=draft.pick((None, "4411")))
    draft.refunds.append(refund)


def bounced(draft: Draft) -> None:
    """The bank returns a payment; the return is posted or not."""
    payments = [row for row in draft.entries if row.type == "payment" and row.amount_cents < 0]
    if not payments:
        return
    row = draft.pick(payments)
    check = row.check_number or row.trace_number or draft.name("K")
    draft.entries[draft.entries.index(row)] = row._replace(check_number=check)
    on = draft.day(40, 150)
    draft.deposits.append(BankDeposit(draft.name("D"), row.amount_cents, on, check))
    if draft.one_in(3):
        draft.post(
            "returned_payment", -row.amount_cents, payer_id=row.payer_id, line_no=row.line_no
        )
    if draft.one_in(2):
        draft.post("payment", row.amount_cents, payer_id=row.payer_id, line_no=row.line_no)


def transferred(draft: Draft) -> None:
    """A transfer, within the account or across two, whole or short."""
    cents, key = draft.amount(), draft.name("X")
    buckets = ("primary", "secondary", "tertiary", "self", "undistributed", None)
    first = draft.post(
        "transfer", -cents, line_no=draft.line_no(), transfer_id=key, bucket=draft.pick(buckets)
    )
    how = draft.pick(("within", "across", "short", "across and short"))
    arrived = cents if how in ("within", "across") else cents // 2
    if how in ("within", "short"):
        bucket = draft.pick(buckets)
        draft.post(
            "transfer", arrived, line_no=draft.line_no(), transfer_id=key, bucket=bucket,
            posted_on=first.posted_on,
        )  # fmt: skip
    elif draft.one_in(2):
        draft.entries[-1] = first._replace(amount_cents=cents)
    draft.gaps[key] = 0 if how in ("within", "across") else arrived - cents


def unknown_cash(draft: Draft) -> None:
    """Money of a payer without any remittance."""
    trace = draft.pick((None, draft.name("Y")))
    draft.post(
        "payment", -some_amount(draft), payer_id=draft.payer_id(), line_no=draft.line_no(),
        trace_number=trace, bucket=draft.pick((None, "primary", "secondary")),
    )  # fmt: skip


def neighbour(draft: Draft) -> None:
    """A payment posted here whose claim is another account's."""
    cents = some_amount(draft)
    claim = RemitClaim(
        draft.name("R"), draft.name("E"), draft.pick(("A2", None)), draft.payer_id(),
        draft.name("Y"), draft.day(20, 90), 1, "1", cents, cents, draft.name("N"),
    )  # fmt: skip
    draft.remit_claims.append(claim)
    draft.post(
        "payment", -cents, payer_id=claim.payer_id, line_no=draft.line_no(),
        trace_number=claim.trace_number, payer_claim_number=claim.payer_claim_number,
    )  # fmt: skip


def patient_money(draft: Draft) -> None:
    """The patient pays, or gets some back."""
    kind = draft.pick(("payment", "payment", "payment", "refund", "returned_payment"))
    cents = some_amount(draft)
    sign = -1 if kind == "payment" else 1
    draft.post(kind, sign * cents, line_no=draft.line_no(), check_number=draft.pick((None, "77")))
    if draft.one_in(6):
        draft.next_visit_on = draft.day(100, 300)


def written_off(draft: Draft) -> None:
    """A write-off of any kind, too much or not, or one taken back."""
    kind, group = draft.pick(
        (("adjustment", "CO"), ("adjustment", None), ("bad_debt", None), ("adjustment", "PR"),
         ("adjustment", "OA"))
    )  # fmt: skip
    carc, payer_id, signs = draft.pick(
        (
            (None, None, (-1, -1, -1, 1)),
            ("45", "P1", (-1,)),
            ("225", "P1", (1,)),
            ("225", None, (1,)),
        )
    )
    sign = draft.pick(signs)
    draft.post(
        kind, sign * some_amount(draft), group_code=group, carc=carc, payer_id=payer_id,
        line_no=draft.line_no(),
    )  # fmt: skip


def credited(draft: Draft) -> None:
    """A charge taken back in part, whole, or by too much."""
    if draft.charges:
        charge = draft.pick(draft.charges)
        cents = draft.pick((charge.amount_cents, charge.amount_cents // 2, draft.amount()))
        draft.charges.append(
            charge._replace(charge_id=draft.name("C"), amount_cents=-cents, posted_on=draft.day())
        )


def contracted(draft: Draft) -> None:
    """A contract amount, for a line or the account, agreeing with something or with nothing."""
    if not draft.charges:
        return
    charge = draft.pick(draft.charges)
    whole = draft.one_in(3)
    total = sum(row.amount_cents for row in draft.charges) if whole else charge.amount_cents
    posted = [
        -row.amount_cents
        for row in draft.entries
        if row.type == "adjustment" and (whole or row.line_no == charge.line_no)
    ]
    said = [row.amount_cents for row in draft.remit_adjustments if row.group_code == "CO"]
    allowed = total - draft.pick([sum(posted), *posted, *said, draft.amount()])
    line_no = None if whole else charge.line_no
    draft.contracts.append(ContractAmount(draft.payer_id(), max(allowed, 0), line_no))


def allocated(draft: Draft) -> None:
    """The source allocates one payment itself, in part, undone or not."""
    if draft.entries and draft.charges:
        row = draft.pick(draft.entries)
        half = draft.pick((row.amount_cents, row.amount_cents // 2))
        undone: date | None = draft.day() if draft.one_in(5) else None
        line_no = draft.pick(draft.charges).line_no
        draft.allocations.append(Allocation(row.transaction_id, line_no, half, undone))


def voided(draft: Draft) -> None:
    """An entry voided, or reversed by another."""
    gone = {row.reverses_transaction_id for row in draft.entries}
    rows = [
        row
        for row in draft.entries
        if row.transaction_id not in gone and row.reverses_transaction_id is None
    ]
    if rows:
        row = draft.pick(rows)
        if draft.one_in(2):
            draft.entries[draft.entries.index(row)] = row._replace(voided_on=draft.day())
        else:
            draft.entries.append(undone_by(draft, row))


def undone_by(draft: Draft, row: LedgerEntry) -> LedgerEntry:
    """The entry that reverses another."""
    return row._replace(
        transaction_id=draft.name("T"),
        amount_cents=-row.amount_cents,
        reverses_transaction_id=row.transaction_id,
    )


EVENTS: tuple[Callable[[Draft], None], ...] = (
    paid_again,
    reversed_,
    patient_money,
    withheld,
    refunded,
    unknown_cash,
    written_off,
    contracted,
    interest,
    bounced,
    transferred,
    neighbour,
    credited,
    allocated,
    voided,
    paid_again,
    reversed_,
)
