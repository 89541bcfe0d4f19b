"""A payer's answer to a claim, as it stands in a remittance."""

from dataclasses import dataclass

import numpy as np

from requite.sample.chunk import Chunk
from requite.sample.codes import CARCS, GROUPS, Ints, code

PRIMARY, SECONDARY, TERTIARY, DENIED, REVERSAL, PREDETERMINATION = 1, 2, 3, 4, 22, 25
PRIMARY_FORWARDED = 19  # to the next payer, as Medicare does
FIRST_TIME, LATE_CHARGE, CORRECTED = 1, 5, 7


@dataclass(frozen=True)
class Adjustment:
    """One CAS of every line: a group, a reason (one for all, or one a line), amounts in cents."""

    group: str
    carc: str | Ints
    amount: Ints


@dataclass(frozen=True)
class Terms:
    """How a claim is answered: whose place, when, and as what."""

    place: int
    day: Ints  # payment day, one an account of the chunk
    status: int | Ints = PRIMARY  # one for all, or one an account of the chunk
    frequency: int = FIRST_TIME
    payer: Ints | None = None  # else the payer of the place
    number: Ints | None = None  # payer claim number by account of the chunk, else a new one
    billing: Ints | None = None  # the billed claim by account, else a new one
    tag: Ints | None = None  # by account: a remittance of its own
    serial: int = 0  # of the control number, else the place
    original: Ints | None = None  # payer claim number that a corrected claim replaces


@dataclass(frozen=True)
class Answer:
    """The rows of one answer: the claim of each line, and of each account of the chunk."""

    lines: Ints
    of_line: Ints
    of_account: Ints  # -1 where the account has none


def answer(chunk: Chunk, lines: Ints, paid: Ints, terms: Terms, *adjustments: Adjustment) -> Answer:
    """Answer the claims that these lines make up, one an account.

    `paid` and the adjustments are cents, one element a line, and sum to the charge. Lines are
    rows of the chunk's lines, sorted.
    """
    of = chunk.lines.of[lines]
    starts = np.flatnonzero(np.diff(of, prepend=-1))
    counts = np.diff(starts, append=len(of))
    accounts = of[starts]
    sign = -1 if terms.status is REVERSAL else 1
    charge = sign * chunk.lines.charge[lines]
    due = sum((a.amount for a in adjustments if a.group == "PR"), np.zeros(len(lines), np.int64))
    service = chunk.lines.service[lines]

    def total(values: Ints) -> Ints:
        return np.add.reduceat(values, starts) if len(starts) else values[:0]

    claims = _claims(
        chunk,
        accounts,
        terms,
        charge=total(charge),
        paid=total(paid),
        responsibility=total(due),
        service_from=np.minimum.reduceat(service, starts) if len(starts) else service[:0],
        service_to=np.maximum.reduceat(service, starts) if len(starts) else service[:0],
    )
    of_line = np.repeat(claims, counts)
    place_in_claim = np.arange(len(of)) - np.repeat(starts, counts) + 1
    contractual = sum(
        (a.amount for a in adjustments if a.group == "CO"), np.zeros(len(lines), np.int64)
    )
    chunk.tables["remit_lines"].add(
        len(lines), claim=of_line, line=lines, no=place_in_claim, charge=charge, paid=paid,
        allowed=charge - contractual,
    )  # fmt: skip
    for one in adjustments:
        _adjust(chunk, of_line, place_in_claim, one)
    of_account = np.full(chunk.size, -1, dtype=np.int64)
    of_account[accounts] = claims
    return Answer(lines, of_line, of_account)


def answer_whole(
    chunk: Chunk, who: Ints, amounts: dict[str, Ints], terms: Terms, *adjustments: Adjustment
) -> Ints:
    """Answer claims without their lines (a case rate); the new rows of `remit_claims`.

    `amounts` holds charge, paid, responsibility (cents), service_from and service_to (days),
    one element for each of the accounts `who`; so do the adjustments.
    """
    claims = _claims(chunk, who, terms, **amounts)
    for one in adjustments:
        _adjust(chunk, claims, np.zeros(len(who), np.int64), one)
    return claims


def _claims(chunk: Chunk, accounts: Ints, terms: Terms, **amounts: Ints) -> Ints:
    rows = chunk.tables["remit_claims"]
    payer = terms.payer if terms.payer is not None else chunk.accounts.payer[:, terms.place]
    status = terms.status if isinstance(terms.status, int) else terms.status[accounts]
    number = chunk.numbers(len(accounts)) if terms.number is None else terms.number[accounts]
    serial = terms.serial or terms.place + 1
    if terms.billing is None:
        billing = bill(chunk, accounts, terms, number, amounts["charge"])
    else:
        billing = terms.billing[accounts]
    return rows.add(
        len(accounts), account=accounts, place=terms.place, payer=payer[accounts],
        day=terms.day[accounts], tag=-1 if terms.tag is None else terms.tag[accounts],
        status=status, frequency=terms.frequency, number=number, billing=billing, serial=serial,
        **amounts,
    )  # fmt: skip


def bill(chunk: Chunk, accounts: Ints, terms: Terms, number: Ints, billed: Ints) -> Ints:
    """The billed claim of each account, -1 where the feed does not hold its claims."""
    known = chunk.accounts.with_claims[accounts]
    some = accounts[known]
    billing = np.full(len(accounts), -1, dtype=np.int64)
    service = chunk.accounts.service[some]
    if terms.frequency == CORRECTED:
        sent = np.maximum(terms.day[some] - 12, service + 3)
    else:
        sent = service + 3 if terms.place == 0 else np.maximum(terms.day[some] - 12, service + 3)
    billing[known] = chunk.tables["billings"].add(
        len(some), account=some, place=terms.place, payer=chunk.accounts.payer[some, terms.place],
        number=number[known], frequency=terms.frequency, billed=billed[known],
        original=-1 if terms.original is None else terms.original[some],
        submitted_on=sent, serial=terms.serial or terms.place + 1,
    )  # fmt: skip
    return billing


def _adjust(chunk: Chunk, claims: Ints, places: Ints, one: Adjustment) -> None:
    some = np.flatnonzero(one.amount)
    carc = code(CARCS, one.carc) if isinstance(one.carc, str) else one.carc[some]
    chunk.tables["remit_adjustments"].add(
        len(some), claim=claims[some], no=places[some], group=code(GROUPS, one.group),
        carc=carc, amount=one.amount[some],
    )  # fmt: skip
