"""Link payer postings to the remittance claims they come from.

By reference first (trace, deposit, check, claim number); then what carries no reference goes to
lines of the same payer and amount that nothing has used yet, k-th to k-th by date and id; then
to what is left unposted of a line. A posting whose trace belongs to no remittance has a
reference all the same, and is never linked by order.
"""

from collections import deque
from typing import Final

from requite.domain.determination.account import ProviderAdjustment
from requite.domain.determination.answer import NO_PLACE, Adjudication, Answer
from requite.domain.determination.line import Place
from requite.domain.determination.places import place_of_bucket, places_of
from requite.domain.determination.references import INTEREST_REASON, NONE, Claims, References
from requite.domain.determination.worksheet import CONTRACTUAL, PAYER, Posting, Worksheet

BY_REFERENCE: Final = "reference"
BY_ORDER: Final = "order"
TO_ADJUSTMENT: Final = "adjustment"
WITHOUT_LINES: Final = -1
ANY_LINE: Final = -2
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
        return self.answer.posted_parts == 0


def link(sheet: Worksheet) -> None:
    """Link every payer posting, then say which place each belongs to."""
    postings = sheet.of_kind(PAYER)
    unreferenced: list[Posting] = []
    references = References(sheet)
    orders = {claim.claim_id: claim.cob_order for claim in sheet.account.claims}
    for posting in postings:
        places = places_of_posting(sheet, posting)
        posting.place = own_place(sheet, posting, places, orders)
        if posting.role not in LINKED_TYPES:
            continue
        trace, number = references.of(posting.entry)
        posting.referenced = bool(trace or number)
        posting.traced = bool(trace)
        if posting.referenced:
            link_by_reference(references, posting, (trace, number))
        elif posting.role != "adjustment":
            unreferenced.append(posting)
    if unreferenced:
        link_by_order(references, unreferenced)
        link_to_rest(references, [posting for posting in unreferenced if not posting.link])
    link_write_offs(references)
    sheet.any_unlinked = any(
        not posting.link and posting.cash > 0 and posting.role == "payment" for posting in postings
    )


def places_of_posting(sheet: Worksheet, posting: Posting) -> list[Place]:
    """The places of the payer that a posting names; its own, or all on file, if it names none."""
    if posting.entry.payer_id:
        return places_of(sheet, posting.entry.payer_id)
    if posting.place != NO_PLACE:
        return [sheet.places[posting.place]]
    return [place for place in sheet.places if place.on_file] or places_of(sheet, "?")


def own_place(
    sheet: Worksheet, posting: Posting, places: list[Place], orders: dict[str, int | None]
) -> int:
    """The place of a posting that no answer tells: by claim, then bucket, then the first."""
    if len(places) == 1:
        return places[0].index
    entry = posting.entry
    order = orders.get(entry.claim_id or "")
    if order is not None:
        for place in places:
            if place.order == order:
                return place.index
    bucket = place_of_bucket(sheet, entry.bucket)
    return bucket if any(place.index == bucket for place in places) else places[0].index


def link_by_reference(
    references: References, posting: Posting, reference: tuple[str | None, str | None]
) -> None:
    """Link to the claim that the reference names, or to a provider adjustment of its payment."""
    trace, number = reference
    payer_id = posting.entry.payer_id
    if payer_id:
        payer_id = places_of(references.sheet, payer_id)[0].payer_id
    named = references.named(trace, number) if number else NONE
    if references.adjustments:
        adjustment = references.interest_posted(trace, named, posting)
        if adjustment is None and trace is not None and not named:
            adjustment = references.adjustment(trace, -posting.cash)
        if adjustment is not None:
            post_adjustment(references, posting, adjustment)
            return
    found = claim_named(references, posting, reference, named, payer_id or None)
    if found is not None:
        attach(references, posting, found, BY_REFERENCE)


def claim_named(
    references: References,
    posting: Posting,
    reference: tuple[str | None, str | None],
    named: list[Answer],
    payer_id: str | None,
) -> Answer | None:
    """The claim of a payer that a trace and a claim number name, as the amount fits best.

    `named` are those that bear both, or the one that is given.
    """
    trace, number = reference
    if named:
        ours = [answer for answer in named if references.may_be_of(answer, payer_id)]
        if len(ours) == 1:
            return ours[0] if may_hold(ours[0], posting) else None
        return choose(Claims(ours), posting)
    if trace is None:
        return None
    only = references.only_of_trace(trace)
    if only is None:
        claims = references.of_trace(trace, payer_id)
        return of_amount(claims, posting) if number else choose(claims, posting)
    fits = references.may_be_of(only, payer_id) and may_hold(only, posting)
    if number:  # one that the payment does not hold is mistyped only if the amount fits
        fits = fits and only.left_on(posting.line_no) == posting.cash
    return only if fits else None


def post_adjustment(references: References, posting: Posting, row: ProviderAdjustment) -> None:
    """Link a posting to the provider adjustment that it posts."""
    posting.link = TO_ADJUSTMENT
    posting.is_interest = posting.cash > 0 and row.reason_code == INTEREST_REASON
    posting.adjustment_key = row.key
    answer = references.by_id.get(row.remit_claim_id or "")
    if answer is not None:  # the claim that it takes back, where a reversal says so, too
        posting.answer = answer if answer.is_reversed else answer.reversed_by
    references.sheet.used_adjustments.add(row.key)


def choose(claims: Claims, posting: Posting) -> Answer | None:
    """Among the claims of one reference, the one whose unposted amount fits best."""
    if len(claims.answers) == 1:
        only = claims.answers[0]
        return only if may_hold(only, posting) else None
    takes_back = posting.cash < 0
    pool = claims.of_sign(reversals=takes_back)
    if not pool.answers:
        others = claims.of_sign(reversals=not takes_back).answers
        pool = Claims(answer for answer in others if may_hold(answer, posting))
    found = pool.first_with(posting.line_no, posting.cash)
    found = found or pool.first_above(posting.line_no, posting.cash)
    return found or next(iter(pool.answers), None)


def of_amount(claims: Claims, posting: Posting) -> Answer | None:
    """The claim of which just the posting's amount is unposted, one of its own sign first."""
    for reversals in (posting.cash < 0, posting.cash >= 0):
        found = claims.of_sign(reversals=reversals).first_with(posting.line_no, posting.cash)
        if found is not None and may_hold(found, posting):
            return found
    return None


def may_hold(answer: Answer, posting: Posting) -> bool:
    """Whether a payment may be of that claim: of a reversal only what undoes its own posting."""
    return posting.cash <= 0 or not answer.is_reversal or answer.posted < 0


def attach(
    references: References, posting: Posting, answer: Answer, how: str, line_no: int | None = None
) -> None:
    """Link a posting, and count its cash as posted from the answer, or from a line of it."""
    posting.answer = answer
    posting.link = how
    if how == BY_REFERENCE:  # the remittance names the payer
        posting.is_inferred = False
    if answer.own:
        posting.place = answer.place
        answer.post(line_no or posting.line_no, posting.cash)
        references.note(answer)


def link_by_order(references: References, postings: list[Posting]) -> None:
    """Give postings without reference to unused lines of equal amount, first to first.

    What is posted without a line may be a whole claim, else any line of one.
    """
    sheet = references.sheet
    slots = free_slots(sheet)
    for posting in postings:
        payer_id = sheet.places[posting.place].payer_id
        slot = next_free(slots.get((payer_id, posting.line_no, posting.cash)))
        if slot is None:  # a line takes a whole claim only if that has no lines
            other = ANY_LINE if posting.line_no is None else WITHOUT_LINES
            slot = next_free(slots.get((payer_id, other, posting.cash)))
        if slot is not None:
            part = slot.adjudication
            number = None if part is None else part.line_no
            attach(references, posting, slot.answer, BY_ORDER, number)


def free_slots(sheet: Worksheet) -> dict[tuple[str, int | None, int], deque[Slot]]:
    """Every unused line and whole claim, by payer, line and amount (with and net of interest)."""
    slots: dict[tuple[str, int | None, int], deque[Slot]] = {}
    for answer in sheet.answers:
        if not answer.own or answer.claim.paid_cents == 0:
            continue
        payer_id = sheet.places[answer.place].payer_id
        whole = Slot(answer, None)
        for number in (None, WITHOUT_LINES) if answer.claim_level else (None,):
            slots.setdefault((payer_id, number, answer.claim.paid_cents), deque()).append(whole)
        for part in answer.adjudications.values():
            slot = Slot(answer, part)
            for cents in {part.gross, part.paid}:
                for number in (part.line_no, ANY_LINE):
                    slots.setdefault((payer_id, number, cents), deque()).append(slot)
    return slots


def next_free(slots: deque[Slot] | None) -> Slot | None:
    """The first slot that nothing has used; what is used once stays so, and is dropped."""
    while slots:
        if slots[0].is_free:
            return slots[0]
        slots.popleft()
    return None


def link_to_rest(references: References, postings: list[Posting]) -> None:
    """A payment posted in parts: link to a line of which just that amount is left."""
    for posting in postings:
        payer_id = references.sheet.places[posting.place].payer_id
        signed = references.of_payer(payer_id).of_sign(reversals=posting.cash < 0)
        found = signed.first_with(posting.line_no, posting.cash) if posting.cash else None
        if found is not None:
            attach(references, posting, found, BY_ORDER)


def link_write_offs(references: References) -> None:
    """Tell write-offs without a line from which claim they come."""
    for posting in references.sheet.of_kind(CONTRACTUAL):
        if posting.line_no is not None:
            continue
        trace, number = references.of(posting.entry)
        posting.answer = references.of_write_off(trace, number)
        if posting.answer is not None:
            posting.link = BY_REFERENCE
