"""Payers' letters that ask for money back, and what is true of each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from requite.sample import payers, world
from requite.sample.answers import REVERSAL
from requite.sample.chunk import NOBODY, WRONG_BALANCE, Chunk
from requite.sample.codes import CAUSES, Flags, Ints, code
from requite.sample.days import TODAY
from requite.sample.mixture import TABLE

VERDICTS = ("valid", "partly_valid", "invalid", "needs_information")
REASONS = (
    "", "not_received", "not_posted", "already_refunded", "already_recouped", "outside_lookback",
    "wrong_payer_order_unproved", "amount_exceeds_overpayment", "no_overpayment",
    "claim_not_found", "ambiguous_claim", "repeat_notice", "payment_reversed",
)  # fmt: skip
LETTER_REASONS = ("duplicate", "cob", "contract", "eligibility", "billing", "other")
BY_ACCOUNT, BY_CONTROL_NUMBER, BY_CLAIM_NUMBER, BY_MEMBER, BY_NAME, BY_UNKNOWN_NUMBER = range(6)
TEXAS_DAYS = 180  # of an insured plan under Texas law
_STORY = {one.name: place for place, one in enumerate(TABLE)}
_DUPLICATE = code(CAUSES, "duplicate_payment")


@dataclass(frozen=True)
class Owed:
    """By account of the chunk: what the payer's second claim holds too much (cents), and it."""

    amount: Ints
    claim: Ints
    first_claim: Ints
    reversal: Ints  # the claim that takes it back, -1 where none does
    paid_on: Ints


@dataclass(frozen=True)
class Letter:
    """One kind of letter: the accounts it may be about, how often, and its verdict."""

    share: int  # of 1,000 of those accounts
    about: Callable[[Chunk, Owed], Ints]
    verdict: str
    why: str = ""
    reason: str = "duplicate"
    extra: int = 0  # cents asked above what is owed


def tell(chunk: Chunk) -> None:
    """Write the letters about a chunk, and their second notices."""
    owed = _second_payments(chunk)
    taken = np.zeros(chunk.size, dtype=bool)
    draw = chunk.rng.integers(0, 1000, chunk.size)
    usable = chunk.accounts.reported != WRONG_BALANCE
    for letter in LETTERS:
        who = letter.about(chunk, owed)
        who = who[usable[who] & ~taken[who] & (draw[who] < letter.share)]
        taken[who] = True
        _write(chunk, who, owed, letter)
    _about_nothing(chunk)
    _ask_again(chunk)


def _second_payments(chunk: Chunk) -> Owed:
    """What every payer's latest claim of an account holds, whether or not it is owed."""
    rows = chunk.tables["remit_claims"]
    claim = np.full(chunk.size, -1, np.int64)
    paid = np.flatnonzero(rows["paid"] > 0)
    np.maximum.at(claim, rows["account"][paid], paid)
    amount = np.where(claim >= 0, rows["paid"][claim], 0).astype(np.int64)
    truth = chunk.tables["truth"]
    twice = truth["cause"] == _DUPLICATE
    total = np.zeros(chunk.size, np.int64)
    np.add.at(total, truth["account"][twice], truth["amount"][twice])
    amount = np.where(total > 0, total, amount)
    reversal = np.full(chunk.size, -1, np.int64)
    taken_back = np.flatnonzero(rows["status"] == REVERSAL)
    reversal[rows["account"][taken_back]] = taken_back
    return Owed(
        amount, claim, chunk.claim[:, 0], reversal, np.where(claim >= 0, rows["day"][claim], 0)
    )


def _of(*stories: str) -> Callable[[Chunk, Owed], Ints]:
    """The accounts of these stories whose first payer is a commercial plan."""

    def about(chunk: Chunk, owed: Owed) -> Ints:
        accounts = chunk.accounts
        told = np.isin(accounts.scenario, [_STORY[story] for story in stories])
        plan = payers.IS_COMMERCIAL[accounts.payer[:, 0]] & (accounts.payer[:, 0] != NOBODY)
        return np.flatnonzero(told & plan & (owed.claim >= 0) & ~chunk.is_donor)

    return about


def _in_full(*stories: str) -> Callable[[Chunk, Owed], Ints]:
    """The same, where all of the second payment was taken back."""

    def about(chunk: Chunk, owed: Owed) -> Ints:
        who = _of(*stories)(chunk, owed)
        some: Ints = who[chunk.accounts.pattern[who] % 5 != 0]
        return some

    return about


def _late(kinds: tuple[int, ...], texan: bool) -> Callable[[Chunk, Owed], Ints]:
    """Accounts paid twice so long ago that an insured Texan plan may no longer ask."""

    def about(chunk: Chunk, owed: Owed) -> Ints:
        who = _of("paid twice", "refund not sent")(chunk, owed)
        kind = np.isin(world.plan_suffix(chunk.accounts, who), kinds)
        in_texas = world.is_texan(chunk.accounts, who)
        old: Flags = owed.paid_on[who] + TEXAS_DAYS + 3 < TODAY
        some: Ints = who[kind & old & (in_texas | ~np.array(texan))]
        return some

    return about


def _denied(chunk: Chunk, owed: Owed) -> Ints:
    accounts = chunk.accounts
    plan = payers.IS_COMMERCIAL[accounts.payer[:, 0]] & (accounts.payer[:, 0] != NOBODY)
    return np.flatnonzero((accounts.scenario == _STORY["denied"]) & plan)


INSURED, SELF_FUNDED, UNKNOWN, OWN_DAYS = range(4)
LETTERS = (
    Letter(700, _late((INSURED,), texan=True), "invalid", "outside_lookback"),
    Letter(500, _late((SELF_FUNDED, UNKNOWN, OWN_DAYS), texan=False), "valid"),
    Letter(150, _of("paid twice", "refund not sent", "case rate paid twice"), "valid"),
    Letter(
        400, _of("paid twice", "refund not sent"), "partly_valid", "amount_exceeds_overpayment",
        extra=3500,
    ),
    Letter(3, _of("ordinary"), "invalid", "no_overpayment", "contract"),
    Letter(60, _denied, "invalid", "not_received", "eligibility"),
    Letter(500, _of("second payment not posted"), "needs_information", "not_posted"),
    Letter(250, _of("refunded", "refund not posted"), "invalid", "already_refunded"),
    Letter(250, _in_full("recouped", "taken back"), "invalid", "already_recouped"),
    Letter(
        250, _of("reversed", "reversed, not posted"), "invalid", "payment_reversed"
    ),
    Letter(
        500, _of("two primaries, order unknown"), "needs_information",
        "wrong_payer_order_unproved", "cob",
    ),
    Letter(400, _of("two visits alike"), "needs_information", "ambiguous_claim", "other"),
)  # fmt: skip


def _write(chunk: Chunk, who: Ints, owed: Owed, letter: Letter) -> None:
    claim, amount = owed.claim[who], owed.amount[who] + letter.extra
    rows = chunk.tables["remit_claims"]
    payer = np.where(claim >= 0, rows["payer"][claim], chunk.accounts.payer[who, 0])
    names = np.choose(
        chunk.accounts.pattern[who] % 8,
        [BY_CLAIM_NUMBER, BY_ACCOUNT, BY_CLAIM_NUMBER, BY_CONTROL_NUMBER, BY_CLAIM_NUMBER,
         BY_MEMBER, BY_CLAIM_NUMBER, BY_CONTROL_NUMBER],
    )  # fmt: skip
    wait = 20 + chunk.accounts.pattern[who] % 60
    if letter.why == "outside_lookback" or letter.about is LETTERS[1].about:
        wait = np.full(len(who), TEXAS_DAYS + 1)
    if letter.why == "not_received":
        claim, amount = owed.first_claim[who], _charges(chunk, who)
    if letter.why == "ambiguous_claim":
        names = np.full(len(who), BY_NAME)
    came = rows["day"][claim] + wait
    chunk.tables["requests"].add(
        len(who), account=who, claim=claim, payer=payer, amount=amount, names=names,
        received_on=np.minimum(came, TODAY - 1), reason=code(LETTER_REASONS, letter.reason),
        verdict=code(VERDICTS, letter.verdict), why=code(REASONS, letter.why),
        supported=np.where(letter.verdict in ("valid", "partly_valid"), owed.amount[who], 0),
        need_a=owed.first_claim[who], need_b=claim, need_c=owed.reversal[who],
    )  # fmt: skip


def _charges(chunk: Chunk, who: Ints) -> Ints:
    return chunk.per_account(np.arange(len(chunk.lines.of)), chunk.lines.charge)[who]


def _about_nothing(chunk: Chunk) -> None:
    """A few letters name a claim number that nobody knows."""
    count = chunk.size // 4000
    chunk.tables["requests"].add(
        count, payer=np.arange(count) % 6, received_on=TODAY - 15 - np.arange(count) % 40,
        amount=12345 + np.arange(count) * 701, names=BY_UNKNOWN_NUMBER,
        reason=code(LETTER_REASONS, "other"), verdict=code(VERDICTS, "needs_information"),
        why=code(REASONS, "claim_not_found"),
    )  # fmt: skip


def _ask_again(chunk: Chunk) -> None:
    """A fifth of the valid demands come a second time; half of those say so."""
    rows = chunk.tables["requests"]
    due = rows["verdict"] <= code(VERDICTS, "partly_valid")
    pattern = chunk.accounts.pattern[rows["account"]]
    first = np.flatnonzero(due & (pattern % 5 == 2) & (rows["received_on"] + 25 < TODAY))
    same = {
        name: rows[name][first]
        for name in (
            "account",
            "claim",
            "payer",
            "amount",
            "names",
            "reason",
            "need_a",
            "need_b",
            "need_c",
        )
    }
    rows.add(
        len(first), received_on=rows["received_on"][first] + 25,
        notice=np.where(pattern[first] % 2 == 0, 2, 0), verdict=code(VERDICTS, "invalid"),
        why=code(REASONS, "repeat_notice"), **same,
    )  # fmt: skip
