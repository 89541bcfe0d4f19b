"""Whose money the entries of transfers and interest move.

A transfer within the account moves nothing between parties. One whose legs lie on two accounts
moves money of its bucket's party, and is unbalanced only where its legs over the whole feed are.
"""

from requite.domain.determination.answer import NO_PLACE
from requite.domain.determination.places import place_of_bucket, places_of
from requite.domain.determination.pool import Evidence
from requite.domain.determination.whose import PATIENT_BUCKETS
from requite.domain.determination.worksheet import (
    INTEREST,
    PATIENT,
    PAYER,
    TRANSFER,
    Posting,
    Worksheet,
)


def place_transfers(sheet: Worksheet) -> None:
    """Turn cross-account legs into their party's money; keep what does not cancel here."""
    groups: dict[str, list[Posting]] = {}
    for posting in sheet.of_kind(TRANSFER):
        groups.setdefault(posting.entry.transfer_id or "", []).append(posting)
    if not groups:
        return
    kept: list[Posting] = []
    for key in sorted(groups):
        legs = groups[key]
        here = -sum(leg.cash for leg in legs)
        gap = sheet.account.transfer_gap_cents.get(key, here)
        if here == gap == 0:
            note_moved(sheet, legs)
        elif here != gap:
            move(sheet, legs, gap)
        elif gap:
            numbers = {leg.line_no for leg in legs}
            number = legs[0].line_no if len(numbers) == 1 else None
            kept.append(Posting(legs[0].entry, number, -gap))
            item = Evidence(-gap, NO_PLACE, number, ())
            item.why = TRANSFER
            note_gap(sheet, legs, item)
    sheet.postings[TRANSFER] = kept


def note_moved(sheet: Worksheet, legs: list[Posting]) -> None:
    """Sum what the ledger asks of each party since balances were moved within the account."""
    moved = sheet.moved
    for leg in legs:
        bucket = leg.entry.bucket
        place = place_of_bucket(sheet, bucket)
        if place == NO_PLACE and bucket not in PATIENT_BUCKETS:
            continue  # nobody's yet, or a place that coverage does not know
        key = (place, leg.line_no)
        moved[key] = moved.get(key, 0) - leg.cash


def move(sheet: Worksheet, legs: list[Posting], gap: int) -> None:
    """Count each leg into the money of the party whose bucket it names."""
    for leg in legs:
        leg.place = place_of_bucket(sheet, leg.entry.bucket)
        kind = PATIENT if leg.place == NO_PLACE else PAYER
        sheet.postings.setdefault(kind, []).append(leg)
    if gap < 0 and sum(leg.cash for leg in legs) > 0:
        note_gap(sheet, legs, Evidence(-gap, legs[0].place, None, ()))


def note_gap(sheet: Worksheet, legs: list[Posting], item: Evidence) -> None:
    """Keep the cents by which a transfer does not cancel, as evidence."""
    item.ids = tuple(leg.entry.transaction_id for leg in legs)
    sheet.transfer_evidence.add(item)


def place_interest(sheet: Worksheet) -> None:
    """Interest that raises what is owed belongs to its party; only what lowers it stays."""
    net: dict[tuple[str | None, int | None], int] = {}
    postings = sheet.of_kind(INTEREST)
    if not postings:
        return
    for posting in postings:
        key = (posting.entry.payer_id, posting.line_no)
        net[key] = net.get(key, 0) + posting.cash
    kept: list[Posting] = []
    for posting in postings:
        payer_id = posting.entry.payer_id
        if payer_id is not None:
            posting.place = places_of(sheet, payer_id)[0].index
        if net[payer_id, posting.line_no] < 0:
            kind = PATIENT if payer_id is None else PAYER
            sheet.postings.setdefault(kind, []).append(posting)
        else:
            kept.append(posting)
    sheet.postings[INTEREST] = kept
