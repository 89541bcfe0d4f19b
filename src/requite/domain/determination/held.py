"""What a payer holds of ours: it took by a provider adjustment what a refund had already paid."""

from requite.domain.determination.evidence import RETURNED, gather_evidence
from requite.domain.determination.link import TO_ADJUSTMENT
from requite.domain.determination.places import places_of
from requite.domain.determination.worksheet import PAYER, Worksheet


def held_by_payers(sheet: Worksheet) -> int:
    """Cents that payers got back twice, by a refund of ours and by taking it; before any cause.

    For each payer what went back both ways, above what it had paid too much, and no more than
    either way alone.
    """
    refunded = refunds_to(sheet)
    if not refunded or not (sheet.account.provider_adjustments or sheet.answers):
        return 0
    if not sheet.takebacks:
        gather_evidence(sheet)
    taken = taken_by(sheet)
    held = 0
    for payer_id in sorted(refunded.keys() & taken.keys()):
        back = refunded[payer_id] + taken[payer_id]
        twice = back - too_much(sheet, payer_id)
        held += max(min(twice, refunded[payer_id], taken[payer_id]), 0)
    return held


def refunds_to(sheet: Worksheet) -> dict[str, int]:
    """What was sent back to each payer: by the rows of refunds, else as the ledger has it."""
    found: dict[str, int] = {}
    named = {row.transaction_id for row in sheet.account.refunds}
    as_of = sheet.book.as_of
    for row in sheet.account.refunds:
        sent = row.status in RETURNED and (row.issued_on is None or row.issued_on <= as_of)
        if row.payee == "payer" and row.payee_id and sent:
            payer_id = sheet.places[places_of(sheet, row.payee_id)[0].index].payer_id
            found[payer_id] = found.get(payer_id, 0) + row.amount_cents
    known = sum(found.values())
    posted: dict[str, int] = {}
    for posting in sheet.of_kind(PAYER):
        if posting.role == "refund" and posting.entry.transaction_id not in named:
            payer_id = sheet.places[posting.place].payer_id
            posted[payer_id] = posted.get(payer_id, 0) - posting.cash
    return found if known else {payer: cents for payer, cents in posted.items() if cents > 0}


def taken_by(sheet: Worksheet) -> dict[str, int]:
    """What each payer took back, posted or not."""
    found: dict[str, int] = {}
    for item in sheet.takebacks:
        payer_id = sheet.places[item.place].payer_id
        found[payer_id] = found.get(payer_id, 0) + item.cents
    for posting in sheet.of_kind(PAYER):
        if posting.role == "recoupment" or (posting.link == TO_ADJUSTMENT and posting.cash < 0):
            payer_id = sheet.places[posting.place].payer_id
            found[payer_id] = found.get(payer_id, 0) - posting.cash
    return {payer: cents for payer, cents in found.items() if cents > 0}


def too_much(sheet: Worksheet, payer_id: str) -> int:
    """What a payer had paid above its targets before anything went back."""
    cents = sum(
        cell.excess
        for cell in sheet.cells
        if cell.kind == PAYER and sheet.places[cell.place].payer_id == payer_id
    )
    back = sum(
        -posting.cash
        for posting in sheet.of_kind(PAYER)
        if posting.cash < 0 and sheet.places[posting.place].payer_id == payer_id
    )
    return max(cents + back, 0)
