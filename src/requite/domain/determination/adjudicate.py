"""Read the remittance claims of an account as answers: by place, by line, with reversals paired.

A remittance line finds its ledger line by its control number (REF 6R), else by procedure, day
and charge, else by procedure and charge, else by order; what rests on order alone is marked.
"""

from collections.abc import Sequence
from typing import Final

from requite.domain.determination.account import Claim, RemitAdjustment, RemitClaim, RemitLine
from requite.domain.determination.normalise import places_of
from requite.domain.determination.prorate import prorate
from requite.domain.determination.worksheet import Adjudication, Answer, Line, Place, Worksheet

NO_ADJUDICATION: Final = frozenset({"23", "25"})
# A denial as a duplicate (18) says that another answer exists; by itself it is none.
NO_ANSWER: Final = frozenset({"16", "18", "22", "109", "226", "227", "252"})
STATUS_ORDER: Final = {"1": 1, "19": 1, "2": 2, "20": 2, "3": 3, "21": 3}


class Sums:
    """The adjustments of one remittance line, or of the claim itself, summed by meaning."""

    __slots__ = ("asks", "co", "coinsurance", "interest", "oa23", "pr", "sequestration", "total")

    def __init__(self) -> None:
        self.co = 0
        self.pr = 0
        self.oa23 = 0
        self.interest = 0
        self.sequestration = 0
        self.coinsurance = 0
        self.total = 0
        self.asks = False

    def add(self, row: RemitAdjustment) -> None:
        """Put one CAS adjustment where it belongs."""
        cents, carc = row.amount_cents, row.carc
        self.total += cents
        if carc == "225":
            self.interest -= cents
        elif row.group_code == "PR":
            self.pr += cents
            if carc == "2":
                self.coinsurance += cents
        elif row.group_code == "OA" and carc == "23":
            self.oa23 += cents
        else:
            self.add_contractual(cents, carc)

    def add_contractual(self, cents: int, carc: str) -> None:
        """CO, PI and what remains of OA: the contractual part."""
        self.co += cents
        if carc == "253":
            self.sequestration += cents
        elif carc in NO_ANSWER:
            self.asks = True


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
    for answer in answers:
        if answer.own:
            answer.place = place_of_claim(sheet, answer.claim)
            key = answer.claim.remit_claim_id
            adjudicate(sheet, answer, lines.get(key, ()), sums.get(key, {}))
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
    for row in rows:
        by_line = grouped.get(row.remit_claim_id)
        if by_line is None:
            by_line = grouped[row.remit_claim_id] = {}
        sums = by_line.get(row.line_no)
        if sums is None:
            sums = by_line[row.line_no] = Sums()
        sums.add(row)
    return grouped


def place_of_claim(sheet: Worksheet, claim: RemitClaim) -> int:
    """The COB place that answered: by claim, member, status, else the payer's only place."""
    payer_id = claim.payer_id
    if payer_id is None or payer_id not in sheet.book.payers:
        payer_id = payer_by_trace(sheet, claim.trace_number) or payer_id or "?"
    places = places_of(sheet, payer_id)
    if len(places) == 1:
        return places[0].index
    order = order_of_claim(sheet.account.claims, claim)
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


def order_of_claim(claims: Sequence[Claim], remit_claim: RemitClaim) -> int | None:
    """The COB order that the provider's own claim states, by payer claim number."""
    number = remit_claim.payer_claim_number
    for claim in claims:
        if number and claim.payer_claim_number == number and claim.cob_order is not None:
            return claim.cob_order
    return None


def payer_by_trace(sheet: Worksheet, trace: str) -> str | None:
    """The payer under which the ledger posted a remittance whose payer is not on file."""
    for posting in sheet.of_kind("payer"):
        if posting.entry.trace_number == trace:
            return posting.entry.payer_id
    return None


def adjudicate(
    sheet: Worksheet, answer: Answer, rows: Sequence[RemitLine], sums: dict[int | None, Sums]
) -> None:
    """Put what the claim says on the ledger's lines."""
    if not sheet.lines:
        return
    if not rows:
        spread_claim(sheet, answer, sums.get(None, NOTHING))
        return
    resolved = resolve_lines(sheet, rows)
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
    adjudication.interest += sums.interest
    adjudication.paid -= sums.interest
    adjudication.sequestration += sums.sequestration
    adjudication.coinsurance += sums.coinsurance
    adjudication.asks = adjudication.asks or sums.asks


def share_claim_sums(answer: Answer, sums: Sums) -> None:
    """Spread adjustments stated for the whole claim over its lines, by charge."""
    parts = [answer.adjudications[number] for number in sorted(answer.adjudications)]
    weights = [abs(part.charge) for part in parts]
    paid = prorate(-sums.total, weights)
    co, pr = prorate(sums.co, weights), prorate(sums.pr, weights)
    oa23, interest = prorate(sums.oa23, weights), prorate(sums.interest, weights)
    for index, part in enumerate(parts):
        part.paid += paid[index] - interest[index]
        part.co += co[index]
        part.pr += pr[index]
        part.oa23 += oa23[index]
        part.interest += interest[index]
        part.asks = part.asks or sums.asks


def spread_claim(sheet: Worksheet, answer: Answer, sums: Sums) -> None:
    """Prorate a claim without lines over the lines within its dates, else over all."""
    claim = answer.claim
    answer.claim_level = True
    chosen, weights = lines_of_claim(sheet, claim)
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
    for index, line in enumerate(chosen):
        part = Adjudication(answer, line.line_no)
        part.charge, part.paid, part.co = spread[index], paid[index], co[index]
        part.interest, part.oa23 = interest[index], oa23[index]
        part.sequestration = sequestration[index]
        part.pr = spread[index] - paid[index] - co[index] - oa23[index] if sums.pr else 0
        part.coinsurance = part.pr if sums.coinsurance else 0
        part.asks = sums.asks
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


def lines_of_claim(sheet: Worksheet, claim: RemitClaim) -> tuple[list[Line], list[int]]:
    """The lines that a claim without lines speaks of, by line number, and their weights."""
    lines = [sheet.lines[number] for number in sorted(sheet.lines)]
    first, last = claim.service_from, claim.service_to or claim.service_from
    if first is not None and last is not None:
        dated = [
            line
            for line in lines
            if line.service_date is not None and first <= line.service_date <= last
        ]
        lines = dated or lines
    charge = abs(claim.charge_cents)
    net = [max(line.net, 0) for line in lines]
    gross = [line.gross for line in lines]
    if (sum(net) != charge and sum(gross) == charge) or sum(net) == 0:
        return lines, gross
    return lines, net


def resolve_lines(sheet: Worksheet, rows: Sequence[RemitLine]) -> list[tuple[int, bool]]:
    """For each remittance line its ledger line, and whether only the order says so."""
    found: list[int | None] = [by_control_number(sheet, row) for row in rows]
    if None not in found:
        return [(number, False) for number in found if number is not None]
    used = {number for number in found if number is not None}
    for strict in (True, False):
        for index, row in enumerate(rows):
            if found[index] is None:
                found[index] = by_service(sheet, row, used, strict)
                if found[index] is not None:
                    used.add(found[index] or 0)
    return by_order(sheet, rows, found, used)


def by_control_number(sheet: Worksheet, row: RemitLine) -> int | None:
    """The ledger line that REF 6R names: a charge of the account, else a line number."""
    control = row.line_control_number
    if not control:
        return None
    for line in sheet.lines.values():
        if control in line.charge_ids:
            return line.line_no
    if control.isascii() and control.isdigit() and int(control) in sheet.lines:
        return int(control)
    return None


def by_service(sheet: Worksheet, row: RemitLine, used: set[int], strict: bool) -> int | None:
    """The first free line of the same procedure and charge (and day, when strict)."""
    fits: list[Line] = []
    for number in sorted(sheet.lines):
        line = sheet.lines[number]
        if number in used or line.procedure_code != row.procedure_code:
            continue
        charge = abs(row.charge_cents)
        if charge not in line.amounts and charge != line.net:
            continue
        if strict and (row.service_date is None or row.service_date != line.service_date):
            continue
        fits.append(line)
    for line in fits:
        if (line.modifiers or None) == (row.modifiers or None):
            return line.line_no
    return fits[0].line_no if fits else None


def by_order(
    sheet: Worksheet, rows: Sequence[RemitLine], found: list[int | None], used: set[int]
) -> list[tuple[int, bool]]:
    """Give what is left to the free lines in order, the same procedure first."""
    result: list[tuple[int, bool]] = []
    for row, number in zip(rows, found, strict=True):
        if number is not None:
            result.append((number, False))
            continue
        free = [n for n in sorted(sheet.lines) if n not in used]
        same = [n for n in free if sheet.lines[n].procedure_code == row.procedure_code]
        chosen = (same or free or sorted(sheet.lines))[0]
        used.add(chosen)
        result.append((chosen, True))
    return result


def pair_reversals(answers: list[Answer]) -> None:
    """Pair each reversal with the claim that it takes back: same number, opposite amounts."""
    for reversal in answers:
        if not (reversal.is_reversal and reversal.own):
            continue
        fits = [answer for answer in answers if reverses(reversal, answer)]
        earlier = [answer for answer in fits if answer.sort_key <= reversal.sort_key]
        original = earlier[-1] if earlier else (fits[0] if fits else None)
        if original is not None:
            original.is_reversed = True
            original.reversed_by = reversal
            reversal.reversed_by = original


def reverses(reversal: Answer, answer: Answer) -> bool:
    """Whether a reversal may take back that answer."""
    if answer.is_reversal or answer.is_reversed or answer.place != reversal.place:
        return False
    one, other = reversal.claim, answer.claim
    if not answer.own or one.charge_cents != -other.charge_cents:
        return False
    if one.paid_cents != -other.paid_cents:
        return False
    numbers = one.payer_claim_number, other.payer_claim_number
    return numbers[0] == numbers[1] or not (numbers[0] and numbers[1])
