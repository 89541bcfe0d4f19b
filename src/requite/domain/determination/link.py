"""Link payer postings to the remittance claims they come from.

By reference first (trace, deposit, check, claim number); then what carries no reference goes to
lines of the same payer and amount that nothing has used yet, k-th to k-th by date and id; then
to what is left unposted of a line. A posting whose trace belongs to no remittance has a
reference all the same, and is never linked by order.
"""

from typing import Final

from requite.domain.determination.account import LedgerEntry, ProviderAdjustment
from requite.domain.determination.normalise import place_of_bucket, places_of
from requite.domain.determination.worksheet import (
    CONTRACTUAL,
    NO_PLACE,
    PAYER,
    Adjudication,
    Answer,
    Place,
    Posting,
    Worksheet,
)

BY_REFERENCE: Final = "reference"
BY_ORDER: Final = "order"
TO_ADJUSTMENT: Final = "adjustment"
LINKED_TYPES: Final = frozenset({"payment", "recoupment", "adjustment"})


class Slot:
    """A line of an answer, or the whole of it, that one posting without reference may take."""

    __slots__ = ("adjudication", "answer")

    def __init__(self, answer: Answer, adjudication: Adjudication | None) -> None:
        self.answer = answer
        self.adjudication = adjudication

    @property
    def is_free(self) -> bool:
        """Whether nothing has been posted from it yet."""
        if self.answer.posted_whole:
            return False
        if self.adjudication is not None:
            return self.adjudication.posted == 0
        return all(part.posted == 0 for part in self.answer.adjudications.values())


def link(sheet: Worksheet) -> None:
    """Link every payer posting, then say which place each belongs to."""
    postings = sheet.of_kind(PAYER)
    unreferenced: list[Posting] = []
    by_trace, by_number = answers_by_reference(sheet.answers)
    for posting in postings:
        places = places_of_entry(sheet, posting.entry)
        posting.place = own_place(sheet, posting, places)
        if posting.entry.type not in LINKED_TYPES:
            continue
        trace, number = reference_of(sheet, posting.entry)
        posting.referenced = bool(trace or number)
        posting.traced = bool(trace)
        if posting.referenced:
            fits = by_trace.get(trace, []) if trace else by_number.get(number or "", [])
            link_by_reference(sheet, posting, fits, (trace, number))
        elif posting.entry.type != "adjustment":
            unreferenced.append(posting)
    if unreferenced:
        link_by_order(sheet, unreferenced)
        link_to_rest(sheet, [posting for posting in unreferenced if not posting.link])
    link_write_offs(sheet, by_trace, by_number)
    sheet.any_unlinked = any(
        not posting.link and posting.cash > 0 and posting.entry.type == "payment"
        for posting in postings
    )


def answers_by_reference(
    answers: list[Answer],
) -> tuple[dict[str, list[Answer]], dict[str, list[Answer]]]:
    """Answers by trace number and by payer claim number."""
    by_trace: dict[str, list[Answer]] = {}
    by_number: dict[str, list[Answer]] = {}
    for answer in answers:
        by_trace.setdefault(answer.claim.trace_number, []).append(answer)
        if answer.claim.payer_claim_number:
            by_number.setdefault(answer.claim.payer_claim_number, []).append(answer)
    return by_trace, by_number


def reference_of(sheet: Worksheet, entry: LedgerEntry) -> tuple[str | None, str | None]:
    """The trace (its own, its deposit's, or the check number) and claim number of an entry."""
    trace = entry.trace_number
    if trace is None and entry.deposit_id is not None:
        trace = trace_of_deposit(sheet, entry.deposit_id)
    if trace is None:
        trace = entry.check_number
    number = entry.payer_claim_number
    if number is None and entry.claim_id is not None:
        number = number_of_claim(sheet, entry.claim_id)
    return trace, number


def trace_of_deposit(sheet: Worksheet, deposit_id: str) -> str | None:
    """The trace number that the bank states for a deposit."""
    for deposit in sheet.account.deposits:
        if deposit.deposit_id == deposit_id and deposit.amount_cents > 0:
            return deposit.trace_number
    return None


def number_of_claim(sheet: Worksheet, claim_id: str) -> str | None:
    """The payer's number of one of the provider's claims."""
    for claim in sheet.account.claims:
        if claim.claim_id == claim_id:
            return claim.payer_claim_number
    return None


def places_of_entry(sheet: Worksheet, entry: LedgerEntry) -> list[Place]:
    """The places of the payer that an entry names; all on file for one that names none."""
    if entry.payer_id:
        return places_of(sheet, entry.payer_id)
    return [place for place in sheet.places if place.on_file] or places_of(sheet, "?")


def own_place(sheet: Worksheet, posting: Posting, places: list[Place]) -> int:
    """The place of a posting that no answer tells: by claim, then bucket, then the first."""
    if len(places) == 1:
        return places[0].index
    entry = posting.entry
    for claim in sheet.account.claims:
        if entry.claim_id is not None and claim.claim_id == entry.claim_id:
            for place in places:
                if place.order == claim.cob_order:
                    return place.index
    bucket = place_of_bucket(sheet, entry.bucket)
    return bucket if any(place.index == bucket for place in places) else places[0].index


def link_by_reference(
    sheet: Worksheet,
    posting: Posting,
    fits: list[Answer],
    reference: tuple[str | None, str | None],
) -> None:
    """Link to the claim that the reference names, or to a provider adjustment of its payment."""
    trace, number = reference
    payer_id = posting.entry.payer_id
    named = [answer for answer in fits if number and answer.claim.payer_claim_number == number]
    if not named and trace:
        adjustment = adjustment_of(sheet, posting, trace)
        if adjustment is not None:
            posting.link = TO_ADJUSTMENT
            posting.adjustment_key = adjustment.key
            posting.answer = reversed_claim(sheet, adjustment)
            sheet.used_adjustments.add(adjustment.key)
            return
        own = [answer for answer in fits if answer.own]
        named = own or fits
        if number:  # a number that the payment does not hold is mistyped only if the amount fits
            named = [a for a in named if unposted(a, posting.line_no) == posting.cash]
    ours = [answer for answer in named if not answer.own or is_payer(sheet, answer, payer_id)]
    if posting.cash > 0:
        ours = [answer for answer in ours if not answer.is_reversal or answer.posted < 0]
    if ours:
        attach(posting, choose(ours, posting), BY_REFERENCE)


def is_payer(sheet: Worksheet, answer: Answer, payer_id: str | None) -> bool:
    """Whether an answer is of the payer that a posting names, or of a relative of it."""
    if not payer_id:
        return True
    return sheet.places[answer.place].payer_id == places_of(sheet, payer_id)[0].payer_id


def adjustment_of(sheet: Worksheet, posting: Posting, trace: str) -> ProviderAdjustment | None:
    """The first provider adjustment of that payment which has just the posting's amount."""
    found: ProviderAdjustment | None = None
    for row in sheet.account.provider_adjustments:
        fits = row.trace_number == trace and row.amount_cents == -posting.cash
        free = row.key not in sheet.used_adjustments and row.payment_date <= sheet.book.as_of
        if fits and free and (found is None or row.key < found.key):
            found = row
    return found


def reversed_claim(sheet: Worksheet, row: ProviderAdjustment) -> Answer | None:
    """The claim that a provider adjustment takes back, where a reversal says so, too."""
    for answer in sheet.answers:
        if answer.claim.remit_claim_id == row.remit_claim_id and answer.own:
            return answer if answer.is_reversed else answer.reversed_by
    return None


def choose(answers: list[Answer], posting: Posting) -> Answer:
    """Among several claims of one reference, the one whose unposted amount fits best."""
    if len(answers) == 1:
        return answers[0]
    cash = posting.cash
    signed = [answer for answer in answers if answer.is_reversal == (cash < 0)] or answers
    for answer in signed:
        if unposted(answer, posting.line_no) == cash:
            return answer
    for answer in signed:
        if abs(unposted(answer, posting.line_no)) >= abs(cash):
            return answer
    return signed[0]


def unposted(answer: Answer, line_no: int | None) -> int:
    """What a claim paid, for a line or as a whole, less what has been posted from it."""
    if line_no is not None and not answer.claim_level and answer.own:
        part = answer.adjudications.get(line_no)
        return 0 if part is None else part.gross - part.posted
    return answer.claim.paid_cents - answer.posted


def attach(posting: Posting, answer: Answer, how: str) -> None:
    """Link a posting, and count its cash as posted from the answer."""
    posting.answer = answer
    posting.link = how
    if not answer.own:
        return
    posting.place = answer.place
    part = None if posting.line_no is None else answer.adjudications.get(posting.line_no)
    if part is None:
        answer.posted_whole += posting.cash
    else:
        part.posted += posting.cash


def link_by_order(sheet: Worksheet, postings: list[Posting]) -> None:
    """Give postings without reference to unused lines of equal amount, first to first."""
    slots = free_slots(sheet)
    for posting in postings:
        payer_id = sheet.places[posting.place].payer_id
        keys = [(payer_id, posting.line_no, posting.cash)]
        if posting.line_no is not None:
            keys.append((payer_id, None, posting.cash))
        for key in keys:
            slot = next_free(slots.get(key, []), whole_only=key[1] != posting.line_no)
            if slot is not None:
                attach(posting, slot.answer, BY_ORDER)
                break


def free_slots(sheet: Worksheet) -> dict[tuple[str, int | None, int], list[Slot]]:
    """Every unused line and whole claim, by payer, line and amount (with and net of interest)."""
    slots: dict[tuple[str, int | None, int], list[Slot]] = {}
    for answer in sheet.answers:
        if not answer.own or answer.claim.paid_cents == 0:
            continue
        payer_id = sheet.places[answer.place].payer_id
        whole = Slot(answer, None)
        slots.setdefault((payer_id, None, answer.claim.paid_cents), []).append(whole)
        for part in answer.adjudications.values():
            for cents in {part.gross, part.paid}:
                key = (payer_id, part.line_no, cents)
                slots.setdefault(key, []).append(Slot(answer, part))
    return slots


def next_free(slots: list[Slot], *, whole_only: bool) -> Slot | None:
    """The first slot that nothing has used; a line takes a whole claim only if it has no lines."""
    for slot in slots:
        if slot.is_free and (not whole_only or slot.answer.claim_level):
            return slot
    return None


def link_to_rest(sheet: Worksheet, postings: list[Posting]) -> None:
    """A payment posted in parts: link to a line of which just that amount is left."""
    for posting in postings:
        for answer in sheet.answers:
            if not answer.own or answer.place == NO_PLACE:
                continue
            same = sheet.places[answer.place].payer_id == sheet.places[posting.place].payer_id
            if same and fits_rest(answer, posting):
                attach(posting, answer, BY_ORDER)
                break


def fits_rest(answer: Answer, posting: Posting) -> bool:
    """Whether a posting is just what is left unposted of a claim or its line."""
    if answer.is_reversal != (posting.cash < 0):
        return False
    number = posting.line_no
    if number is not None and not answer.claim_level and number not in answer.adjudications:
        return False
    return unposted(answer, number) == posting.cash != 0


def link_write_offs(
    sheet: Worksheet, by_trace: dict[str, list[Answer]], by_number: dict[str, list[Answer]]
) -> None:
    """Tell write-offs without a line from which claim they come."""
    for posting in sheet.of_kind(CONTRACTUAL):
        if posting.line_no is not None:
            continue
        trace, number = reference_of(sheet, posting.entry)
        fits = by_trace.get(trace or "", []) or by_number.get(number or "", [])
        fits = [answer for answer in fits if answer.own]
        named = [answer for answer in fits if answer.claim.payer_claim_number == number]
        if named or fits:
            posting.answer = (named or fits)[0]
            posting.link = BY_REFERENCE
