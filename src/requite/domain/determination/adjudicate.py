"""Read the remittance claims of an account as answers: by place, by line, with reversals paired.

Which ledger line a remittance line speaks of, another module says.
"""

from collections.abc import Sequence
from typing import Final

from requite.domain.determination.account import Claim, RemitAdjustment, RemitClaim, RemitLine
from requite.domain.determination.answer import Adjudication, Answer
from requite.domain.determination.ledger_lines import LedgerLines, resolve_lines
from requite.domain.determination.line import Line, Place
from requite.domain.determination.places import places_of
from requite.domain.determination.prorate import prorate
from requite.domain.determination.reversal import mark_reversals, pair_reversals
from requite.domain.determination.worksheet import PAYER, Worksheet

NO_ADJUDICATION: Final = frozenset({"23", "25"})
# A denial as a duplicate (18) says that another answer exists; by itself it is none.
NO_ANSWER: Final = frozenset({"16", "18", "22", "109", "226", "227", "252"})
BEYOND_CHARGES: Final = "94"  # processed in excess of charges: a schedule of its own
ANOTHER_FIRST: Final = "22"
# Before or after the coverage, not identified as insured, not eligible, lapsed.
NOT_INSURED: Final = frozenset({"26", "27", "31", "32", "33", "177", "200"})
STAYS_BILLABLE: Final = frozenset({"142", "178"})  # the patient's liability, spend-down
STATUS_ORDER: Final = {"1": 1, "19": 1, "2": 2, "20": 2, "3": 3, "21": 3}


class Sums:
    """The adjustments of one remittance line, or of the claim itself, summed by meaning."""

    __slots__ = (
        "asks", "billable", "co", "coinsurance", "interest", "not_first", "not_insured", "oa23",
        "oa94", "pr", "sequestration", "total",
    )  # fmt: skip

    def __init__(self) -> None:
        self.co = 0
        self.pr = 0
        self.oa23 = 0
        self.oa94 = 0
        self.interest = 0
        self.sequestration = 0
        self.coinsurance = 0
        self.total = 0
        self.billable = 0
        self.asks = False
        self.not_first = False
        self.not_insured = False

    def add(self, row: RemitAdjustment) -> None:
        """Put one CAS adjustment where it belongs."""
        cents, carc = row.amount_cents, row.carc
        self.total += cents
        self.not_insured = self.not_insured or carc in NOT_INSURED
        if carc == "225":
            self.interest -= cents
        elif row.group_code == "PR":
            self.pr += cents
            if carc == "2":
                self.coinsurance += cents
            elif carc in STAYS_BILLABLE:
                self.billable += cents
        elif row.group_code == "OA" and carc == "23":
            self.oa23 += cents
        else:
            self.add_contractual(cents, carc)

    def add_contractual(self, cents: int, carc: str) -> None:
        """CO, PI and what remains of OA: the contractual part."""
        self.co += cents
        if carc == BEYOND_CHARGES:
            self.oa94 += cents
        if carc == "253":
            self.sequestration += cents
        elif carc in NO_ANSWER:
            self.asks = True
            self.not_first = self.not_first or carc == ANOTHER_FIRST


NOTHING: Final = Sums()


def read_answers(sheet: Worksheet) -> None:
    """Fill `sheet.answers`, sorted by payment date, remittance and place in the file."""
    account, as_of = sheet.account, sheet.book.as_of
    claims = [claim for claim in account.remit_claims if claim.payment_date <= as_of]
    if not claims:
        return
    lines, sums = rows_by_claim(account.remit_lines), sums_by_claim(account.remit_adjustments)
    answers = sheet.answers
    for claim in claims:
        if claim.claim_status in NO_ADJUDICATION:
            continue
        # A claim that resolves to no account is here because a posting of this one names it.
        answers.append(Answer(claim, own=claim.account_id in (None, account.account_id)))
    answers.sort(key=answer_key)
    sheet.traces = {answer.claim.trace_number for answer in answers}
    mark_reversals(answers)
    ledger_lines, orders = LedgerLines(sheet), orders_by_number(account.claims)
    posted_by = payers_by_trace(sheet, claims)
    for answer in answers:
        if answer.own:
            answer.place = place_of_claim(sheet, answer.claim, orders, posted_by)
            key = answer.claim.remit_claim_id
            adjudicate(answer, ledger_lines, lines.get(key, ()), sums.get(key, {}))
    pair_reversals(answers)


def answer_key(answer: Answer) -> tuple[object, str, int]:
    """By payment date, remittance, place in the file."""
    return answer.sort_key


def rows_by_claim(rows: Sequence[RemitLine]) -> dict[str, list[RemitLine]]:
    """Group remittance lines by claim, in their order."""
    grouped: dict[str, list[RemitLine]] = {}
    for row in rows:
        bucket = grouped.get(row.remit_claim_id)
        if bucket is None:
            grouped[row.remit_claim_id] = [row]
        else:
            bucket.append(row)
    for bucket in grouped.values():
        if len(bucket) > 1:
            bucket.sort(key=line_place)
    return grouped


def line_place(row: RemitLine) -> int:
    """The place of a line within its claim."""
    return row.line_no


def sums_by_claim(rows: Sequence[RemitAdjustment]) -> dict[str, dict[int | None, Sums]]:
    """Sum the adjustments of each claim by line (None: the claim itself)."""
    grouped: dict[str, dict[int | None, Sums]] = {}
    by_line: dict[int | None, Sums] = {}
    known: str | None = None  # claim of the row before: most rows follow one of their claim
    for row in rows:
        if row.remit_claim_id != known:
            known = row.remit_claim_id
            by_line = grouped.setdefault(known, {})
        sums = by_line.get(row.line_no)
        if sums is None:
            sums = by_line[row.line_no] = Sums()
        sums.add(row)
    return grouped


def place_of_claim(
    sheet: Worksheet, claim: RemitClaim, orders: dict[str, int], posted_by: dict[str, str | None]
) -> int:
    """The COB place that answered: by claim, member, status, else the payer's only place."""
    payer_id = claim.payer_id
    if payer_id is None or payer_id not in sheet.book.payers:
        payer_id = posted_by.get(claim.trace_number) or payer_id or "?"
    places = places_of(sheet, payer_id)
    if len(places) == 1:
        return places[0].index
    order = orders.get(claim.payer_claim_number or "")
    by_order = [place for place in places if place.order == order]
    by_member = [
        place for place in places if claim.member_id and place.member_id == claim.member_id
    ]
    status_order = STATUS_ORDER.get(claim.claim_status)
    by_status = [place for place in places if place.order == status_order]
    return first_of(by_order, by_member, by_status, places).index


def first_of(*choices: list[Place]) -> Place:
    """The first place of the first list that is not empty."""
    return next(choice[0] for choice in choices if choice)


def orders_by_number(claims: Sequence[Claim]) -> dict[str, int]:
    """The COB order that the provider's own claims state, by payer claim number."""
    orders: dict[str, int] = {}
    for claim in claims:
        if claim.payer_claim_number and claim.cob_order is not None:
            orders.setdefault(claim.payer_claim_number, claim.cob_order)
    return orders


def payers_by_trace(sheet: Worksheet, claims: Sequence[RemitClaim]) -> dict[str, str | None]:
    """The payers under which the ledger posted remittances, where one's payer is not on file."""
    known = sheet.book.payers
    if all(claim.payer_id in known for claim in claims):
        return {}
    found: dict[str, str | None] = {}
    for posting in sheet.of_kind(PAYER):
        if posting.entry.trace_number is not None:
            found.setdefault(posting.entry.trace_number, posting.entry.payer_id)
    return found


def adjudicate(
    answer: Answer,
    ledger_lines: LedgerLines,
    rows: Sequence[RemitLine],
    sums: dict[int | None, Sums],
) -> None:
    """Put what the claim says on the ledger's lines."""
    if not ledger_lines.numbers:
        return
    if not rows:
        spread_claim(answer, ledger_lines, sums.get(None, NOTHING))
        return
    resolved = resolve_lines(ledger_lines, rows)
    for row, (line_no, by_order) in zip(rows, resolved, strict=True):
        adjudication = answer.adjudications.get(line_no)
        if adjudication is None:
            adjudication = answer.adjudications[line_no] = Adjudication(answer, line_no)
        adjudication.charge += row.charge_cents
        adjudication.paid += row.paid_cents
        adjudication.by_order = adjudication.by_order or by_order
        add_sums(adjudication, sums.get(row.line_no, NOTHING))
    claim_sums = sums.get(None)
    if claim_sums is not None:
        share_claim_sums(answer, claim_sums)


def add_sums(adjudication: Adjudication, sums: Sums) -> None:
    """Add a line's own adjustments; interest leaves what was paid."""
    adjudication.co += sums.co
    adjudication.pr += sums.pr
    adjudication.oa23 += sums.oa23
    adjudication.oa94 += sums.oa94
    adjudication.interest += sums.interest
    adjudication.paid -= sums.interest
    adjudication.sequestration += sums.sequestration
    adjudication.coinsurance += sums.coinsurance
    adjudication.billable += sums.billable
    adjudication.asks = adjudication.asks or sums.asks
    adjudication.not_first = adjudication.not_first or sums.not_first
    adjudication.not_insured = adjudication.not_insured or sums.not_insured


def share_claim_sums(answer: Answer, sums: Sums) -> None:
    """Spread adjustments stated for the whole claim over its lines, by charge."""
    parts = [answer.adjudications[number] for number in sorted(answer.adjudications)]
    weights = [abs(part.charge) for part in parts]
    paid = prorate(-sums.total, weights)
    co, pr = prorate(sums.co, weights), prorate(sums.pr, weights)
    oa23, interest = prorate(sums.oa23, weights), prorate(sums.interest, weights)
    billable = prorate(sums.billable, weights)
    for index, part in enumerate(parts):
        part.paid += paid[index] - interest[index]
        part.co += co[index]
        part.pr += pr[index]
        part.oa23 += oa23[index]
        part.interest += interest[index]
        part.billable += billable[index]
        part.asks = part.asks or sums.asks
        part.not_first = part.not_first or sums.not_first
        part.not_insured = part.not_insured or sums.not_insured


def spread_claim(answer: Answer, ledger_lines: LedgerLines, sums: Sums) -> None:
    """Prorate a claim without lines over the lines within its dates, else over all."""
    claim = answer.claim
    answer.claim_level = True
    chosen, weights = lines_of_claim(ledger_lines, claim)
    sign = -1 if answer.is_reversal else 1
    charges = weights if sum(weights) == sign * claim.charge_cents else None
    spread = (
        [sign * weight for weight in weights] if charges else prorate(claim.charge_cents, weights)
    )
    paid = prorate(claim.paid_cents - sums.interest, weights)
    co, interest = prorate(sums.co, weights), prorate(sums.interest, weights)
    make_room(paid, co, weights, sign)
    oa23 = prorate(sums.oa23, weights)
    sequestration = prorate(sums.sequestration, weights)
    billable = prorate(sums.billable, weights)
    for index, line in enumerate(chosen):
        part = Adjudication(answer, line.line_no)
        part.charge, part.paid, part.co = spread[index], paid[index], co[index]
        part.interest, part.oa23 = interest[index], oa23[index]
        part.sequestration = sequestration[index]
        part.pr = spread[index] - paid[index] - co[index] - oa23[index] if sums.pr else 0
        part.coinsurance = part.pr if sums.coinsurance else 0
        part.billable = min(billable[index], max(part.pr, 0))
        part.asks, part.not_first = sums.asks, sums.not_first
        part.not_insured = sums.not_insured
        answer.adjudications[line.line_no] = part


def make_room(paid: list[int], co: list[int], weights: list[int], sign: int) -> None:
    """Move cents that rounding put above a line's charge to lines that have room for them.

    Examples
    --------
    >>> paid = [1, 0]
    >>> make_room(paid, [1, 0], [1, 1], 1)
    >>> paid
    [0, 1]
    """
    room = [weight - sign * (paid[i] + co[i]) for i, weight in enumerate(weights)]
    if min(room) >= 0 or sum(room) < 0:
        return
    for index, short in enumerate(room):
        if short < 0:
            paid[index] += sign * short
            needed = -short
            for other, free in enumerate(room):
                used = min(max(free, 0), needed)
                paid[other] += sign * used
                room[other] -= used
                needed -= used


def lines_of_claim(ledger_lines: LedgerLines, claim: RemitClaim) -> tuple[list[Line], list[int]]:
    """The lines that a claim without lines speaks of, by line number, and their weights."""
    lines = ledger_lines.served(claim.service_from, claim.service_to or claim.service_from)
    charge = abs(claim.charge_cents)
    net = [max(line.net, 0) for line in lines]
    gross = [line.gross for line in lines]
    if (sum(net) != charge and sum(gross) == charge) or sum(net) == 0:
        return lines, gross
    return lines, net
