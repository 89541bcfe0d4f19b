"""Carry out what a determination proposes: each part becomes the ledger entry that settles it."""

from typing import Any

from requite.domain.determination.account import Book, LedgerEntry, PatientAccount
from requite.domain.determination.determine import work
from requite.domain.determination.part import Part
from requite.domain.determination.proof import postings_of
from requite.domain.determination.waterfall import explain
from requite.domain.determination.worksheet import CONTRACTUAL, INTEREST, PATIENT, PAYER, Worksheet

WAITING = ("hold", "review")
BUCKETS = ("primary", "secondary", "tertiary")
RETURNS = ("refund_payer", "refund_patient", "corrected_claim", "post_refund")


def carried_out(account: PatientAccount, book: Book) -> tuple[PatientAccount, int]:
    """The account after every proposed entry is posted, and the cents that wait for a person."""
    sheet = work(account, book)
    entries, gaps, waiting = list(account.entries), dict(account.transfer_gap_cents), 0
    refunds = list(account.refunds)
    for part in explain(sheet):
        if part.disposition in WAITING:
            waiting += part.cents
            continue
        rows = entries_for(part, sheet)
        for row in rows:
            key = f"proposed-{len(entries)}"
            entries.append(row._replace(transaction_id=key))
            if row.transfer_id is not None:
                gaps[row.transfer_id] += row.amount_cents
        if part.disposition == "post_refund":
            refunds = [
                refund._replace(transaction_id=key) if refund.refund_id in part.evidence else refund
                for refund in refunds
            ]
    amended = account._replace(entries=entries, transfer_gap_cents=gaps, refunds=refunds)
    return amended, waiting


def entries_for(part: Part, sheet: Worksheet) -> list[LedgerEntry]:
    """The ledger entries that take a part's cents out of its cell."""
    row = entry_for(part, sheet)
    if part.disposition != "post_recoupment":
        return [row]
    rows = []
    for reference, most in takings(part, sheet):
        used = min(most, row.amount_cents - sum(known.amount_cents for known in rows))
        if used > 0:
            rows.append(row._replace(type="recoupment", amount_cents=used, **reference))
    return rows


def entry_for(part: Part, sheet: Worksheet) -> LedgerEntry:
    """The ledger entry of a part, where one takes it all."""
    cell = part.cell
    row = LedgerEntry("", "payment", part.cents, sheet.book.as_of, line_no=cell.line_no)
    if cell.kind == PAYER:
        place = sheet.places[cell.place]
        bucket = BUCKETS[cell.place] if cell.place < len(BUCKETS) else None
        row = row._replace(payer_id=place.payer_id, bucket=bucket)
    if part.disposition == "transfer_posting" and part.cause == "transfer_unbalanced":
        return transfer(part, sheet, row)
    if part.disposition in RETURNS:
        return row._replace(type="refund")
    if part.disposition == "post_returned_payment":
        return row._replace(type="returned_payment")
    if cell.kind == PAYER:
        return with_reference(part, sheet, row)
    return false_credit(part, sheet, row)


def false_credit(part: Part, sheet: Worksheet, row: LedgerEntry) -> LedgerEntry:
    """Take back a write-off or an entry of interest."""
    if part.cell.kind == INTEREST:
        payer_id = postings_of(sheet, part.cell)[0].entry.payer_id
        return row._replace(type="interest", payer_id=payer_id)
    if part.cell.kind == CONTRACTUAL:
        return row._replace(type="adjustment", group_code="CO")
    assert part.cell.kind != PATIENT
    return row._replace(type="bad_debt")


def transfer(part: Part, sheet: Worksheet, row: LedgerEntry) -> LedgerEntry:
    """The leg that is missing from a transfer, to the bucket of its first leg."""
    legs = [entry for entry in sheet.account.entries if entry.transaction_id in part.evidence]
    return row._replace(
        type="transfer",
        transfer_id=legs[0].transfer_id,
        bucket=legs[0].bucket,
        payer_id=None,
    )


def with_reference(part: Part, sheet: Worksheet, row: LedgerEntry) -> LedgerEntry:
    """A payer posting taken back under the reference of what it takes back."""
    if part.disposition == "reclassify":
        row = row._replace(type="adjustment", group_code="CO", carc="225")
    known = [posting.entry for posting in postings_of(sheet, part.cell)]
    for posting in postings_of(sheet, part.cell):
        answer = posting.answer
        if answer is not None and answer.claim.remit_claim_id in part.evidence:
            known.insert(0, posting.entry)
    if not known:
        return row
    whole = [entry for entry in known if entry.amount_cents == -part.cents]
    if part.disposition == "reverse_posting" and whole:
        return row._replace(reverses_transaction_id=whole[0].transaction_id)
    return row._replace(
        trace_number=known[0].trace_number,
        payer_claim_number=known[0].payer_claim_number,
        check_number=known[0].check_number,
        deposit_id=known[0].deposit_id,
        claim_id=known[0].claim_id,
    )


def takings(part: Part, sheet: Worksheet) -> list[tuple[dict[str, Any], int]]:
    """Each payment in which a payer took money back, and how much of it for the part's line."""
    found: list[tuple[dict[str, Any], int]] = []
    for answer in sheet.answers:
        claim = answer.claim
        if claim.remit_claim_id in part.evidence:
            lines = [part.cell.line_no] if part.cell.line_no else list(answer.adjudications)
            cents = -sum(answer.adjudications[number].gross for number in lines)
            named = {"payer_claim_number": claim.payer_claim_number}
            found.append(({"trace_number": claim.trace_number, **named}, cents))
    rows = [row for row in sheet.account.provider_adjustments if row.key in part.evidence]
    if rows:
        found.append(({"trace_number": rows[-1].trace_number}, part.cents))
    return found
