"""What payers took and the ledger does not show: by reversals, and by their adjustments."""

from collections.abc import Mapping

from requite.domain.determination.answer import Adjudication, Answer
from requite.domain.determination.pool import Evidence, Pool
from requite.domain.determination.takebacks import CARRIED, LET_GO, Chain, book_of
from requite.domain.determination.worksheet import PAYER, Posting, Worksheet


def take_backs(sheet: Worksheet) -> tuple[list[Evidence], list[Evidence]]:
    """What was taken and the ledger does not show; and checks of ours that the payer has."""
    book = book_of(sheet)
    items = [*reversal_evidence(sheet, book.chains), *chain_evidence(sheet, book.chains)]
    if items:
        take_out_posted(sheet, items, book.chains)
    items += book.doubtful
    checks = []
    for key in sorted(book.chains):
        chain = book.chains[key]
        if chain.let_go > 0:
            items.append(chain_item(chain, chain.let_go, LET_GO))
        if chain.checks > 0:
            checks.append(chain_item(chain, chain.checks, ""))
    return [item for item in items if item.cents > 0], checks


def reversal_evidence(sheet: Worksheet, chains: dict[tuple[int, str], Chain]) -> list[Evidence]:
    """What each reversal took, by line; what its chain still carries forward is for a person."""
    items: list[Evidence] = []
    for answer in sheet.answers:
        if not (answer.own and answer.is_reversal):
            continue
        number = answer.claim.payer_claim_number or ""
        chain = chains.get((answer.place, number)) or Chain(answer.place, answer)
        chain.has_reversal = True
        for part, whole in taken_by_line(sheet, answer):
            settled = min(whole, chain.settled)
            chain.settled -= settled
            waiting = min(max(-chain.cents, 0), whole - settled)
            chain.cents += waiting
            for cents, why in ((whole - settled - waiting, ""), (waiting, CARRIED)):
                if cents > 0:
                    items.append(reversal_item(part, cents, why))
    return items


def taken_by_line(sheet: Worksheet, reversal: Answer) -> list[tuple[Adjudication, int]]:
    """What a reversal took on each line and the ledger does not show.

    No more than is posted of the claim that it takes back (a payment that was never posted leaves
    nothing to take out), less what a correction paid for it in its stead and nobody posted.
    """
    original = reversal.reversed_by
    parts = [reversal.adjudications[number] for number in sorted(reversal.adjudications)]
    taken = [max(part.posted - part.gross, 0) for part in parts]
    if original is None:
        return list(zip(parts, taken, strict=True))
    held = max(original.posted + reversal.posted_lines, 0)
    found: list[tuple[Adjudication, int]] = []
    for part, most in zip(parts, taken, strict=True):
        known = original.adjudications.get(part.line_no)
        cents = min(most, held)
        if known is not None and not original.posted_whole:
            cents = max(min(cents, known.posted + part.posted), 0)
        cents = max(cents - paid_instead(sheet, reversal, part.line_no), 0)
        held -= cents
        found.append((part, cents))
    return found


def paid_instead(sheet: Worksheet, reversal: Answer, line_no: int) -> int:
    """What the same payment paid anew for a line that it reversed, and nobody posted."""
    if reversal.posted:
        return 0
    state = sheet.states.get(line_no)
    part = None if state is None else state.in_force[reversal.place]
    if part is None or part.answer.claim.trace_number != reversal.claim.trace_number:
        return 0
    return 0 if part.answer.posted_whole else max(part.gross - part.posted, 0)


def reversal_item(part: Adjudication, cents: int, why: str) -> Evidence:
    """The evidence of one reversed line."""
    claim = part.answer.claim
    item = Evidence(cents, part.answer.place, part.line_no, (claim.remit_claim_id,))
    item.on = claim.payment_date
    item.why = why
    item.answer = part.answer.reversed_by
    return item


def taken_by_chain(chain: Chain, claims_of: Mapping[tuple[int, str], list[Answer]]) -> int:
    """What a chain took, as far as the claims of the number that it names were posted."""
    named, taken = chain.answer, max(chain.cents, 0)
    if named is None or not taken:
        return taken
    claims = claims_of.get((chain.place, named.claim.payer_claim_number or ""), [])
    if not claims and not named.is_reversal and named.place == chain.place:
        claims = [named]
    posted = sum(max(answer.posted, 0) for answer in claims)
    return min(taken, posted) if claims else taken


def chain_evidence(sheet: Worksheet, chains: dict[tuple[int, str], Chain]) -> list[Evidence]:
    """What provider adjustments took for a claim that they name."""
    items = []
    claims_of: dict[tuple[int, str], list[Answer]] = {}
    for answer in sheet.answers:
        number = answer.claim.payer_claim_number
        if chains and number and answer.own and not answer.is_reversal:
            claims_of.setdefault((answer.place, number), []).append(answer)
    for key in sorted(chains):
        chain = chains[key]
        net = taken_by_chain(chain, claims_of)
        # Carried and then taken, though no reversal is in the feed: its remittance is missing.
        unseen = 0 if chain.has_reversal else chain.taken - max(chain.cents, 0)
        for cents, why in ((net, ""), (unseen, CARRIED)):
            if cents > 0:
                items.append(chain_item(chain, cents, why))
    return items


def chain_item(chain: Chain, cents: int, why: str) -> Evidence:
    """Evidence of the claim that a chain names."""
    item = Evidence(cents, chain.place, None, tuple(chain.ids))
    item.on = chain.on
    item.why = why
    if chain.answer is not None:
        item.lines = tuple(sorted(chain.answer.adjudications))
        item.answer = chain.answer.reversed_by if chain.answer.is_reversal else chain.answer
    return item


def take_out_posted(
    sheet: Worksheet, items: list[Evidence], chains: dict[tuple[int, str], Chain]
) -> None:
    """Lower the evidence by the recoupments that the ledger already shows."""
    pool = Pool(items)
    by_id: dict[str, list[Evidence]] = {}
    for item in items:
        for key in item.ids:
            by_id.setdefault(key, []).append(item)
    for posting in sheet.of_kind(PAYER):
        if posting.cash >= 0 or posting.role not in ("payment", "recoupment"):
            continue
        if posting.answer is not None and posting.answer.is_reversal:
            take_out_whole(posting, by_id)
            continue
        chain = chains.get((posting.place, posting.entry.payer_claim_number or ""))
        keys = {posting.adjustment_key} if chain is None else {posting.adjustment_key, *chain.keys}
        named = {item.position: item for key in keys for item in by_id.get(key, ())}
        rest = lower([item for item in named.values() if serves(item, posting)], -posting.cash)
        if rest:
            others = pool.serving(posting.place, posting.line_no)
            unnamed = [item for item in others if item.position not in named]
            lower(unnamed, rest, amount=-posting.cash)


def serves(item: Evidence, posting: Posting) -> bool:
    """Whether evidence is of a posting's place and line."""
    if item.place != posting.place:
        return False
    return posting.line_no is None or item.scope == (None,) or posting.line_no in item.scope


def lower(items: list[Evidence], cents: int, amount: int | None = None) -> int:
    """Lower evidence by `cents`, what is just the amount first; returns what is left of them."""
    first = cents if amount is None else amount
    for item in sorted(items, key=lambda item: (item.cents != first, item.position)):
        used = min(item.cents, cents)
        item.cents -= used
        cents -= used
    return cents


def take_out_whole(posting: Posting, by_id: dict[str, list[Evidence]]) -> None:
    """A reversal posted without a line lowers the evidence of all its lines."""
    answer = posting.answer
    if answer is None or (posting.line_no is not None and posting.line_no in answer.adjudications):
        return
    cents = -posting.cash
    for item in by_id.get(answer.claim.remit_claim_id, ()):
        used = min(item.cents, cents)
        item.cents -= used
        cents -= used
