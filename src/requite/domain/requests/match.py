"""Which account a refund request is about: never a guess.

A claim number, an account number or a patient control number names the account; a member number,
or the name with dates and amount, may do so where only one account fits. What a letter states
and our records do not know is said; what they contradict goes back to the payer.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from requite.domain.determination.account import PatientAccount, Payer
from requite.domain.request import RefundRequest, plain


class Key(StrEnum):
    """By what an account was found for a request."""

    NUMBER = "number"  # the payer's claim number
    ACCOUNT = "account"
    CONTROL = "control"  # the patient control number
    MEMBER = "member"
    NAME = "name"
    NEAR_NAME = "near_name"  # alike, not the same: needs dates and amount beside it


class Candidate(NamedTuple):
    """An account that a request may be about.

    `dates_agree` and `amount_agrees` are None where the request or the account does not tell; an
    amount agrees with one payment of the payer on the account.
    """

    account_id: str
    keys: frozenset[Key]
    dates_agree: bool | None = None
    amount_agrees: bool | None = None


class Match(NamedTuple):
    """The account found, or those that all fit, or none; `note` is what must be said of it."""

    account_id: str | None
    fits: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_ambiguous(self) -> bool:
        """Whether several accounts fit."""
        return len(self.fits) > 1


def match(request: RefundRequest, candidates: list[Candidate]) -> Match:
    """The account that `request` is about.

    Parameters
    ----------
    request : RefundRequest
        What the letter states.
    candidates : list of Candidate
        Every account that any key of the request leads to, in any order, each once.

    Returns
    -------
    Match
        With an account only where exactly one fits and nothing stated contradicts it.

    Examples
    --------
    >>> from datetime import date
    >>> letter = RefundRequest("Q-1", "LARK", date(2026, 3, 30), 12000, payer_claim_number="26A")
    >>> match(letter, [Candidate("R1", frozenset({Key.NUMBER}))]).account_id
    'R1'
    """
    ordered = sorted(candidates, key=_account_of)
    naming = [_by(ordered, key) for key in (Key.NUMBER, Key.ACCOUNT, Key.CONTROL)]
    stated = [found for found in naming if found]
    if stated:
        return _named(request, ordered, stated)
    return _described(request, ordered)


def _account_of(one: Candidate) -> str:
    return one.account_id


def _by(candidates: list[Candidate], *keys: Key) -> list[Candidate]:
    return [one for one in candidates if not one.keys.isdisjoint(keys)]


def _named(
    request: RefundRequest, candidates: list[Candidate], stated: list[list[Candidate]]
) -> Match:
    """By numbers: every one that our records know must lead to the same account."""
    fits = [one for one in stated[0] if all(one in other for other in stated[1:])]
    if not fits:
        numbers = _ids([one for found in stated for one in found])
        listed = " and ".join(f"account {number}" for number in numbers)
        return Match(None, numbers, f"the numbers it states contradict each other: {listed}")
    return _only(_narrowed(fits), _unknown(request, candidates))


def _described(request: RefundRequest, candidates: list[Candidate]) -> Match:
    """By member or name: dates that speak against an account rule it out."""
    unknown = _unknown(request, candidates)
    alive = [one for one in candidates if one.dates_agree is not False]
    for keys, proof in (
        ((Key.MEMBER,), _is_open),
        ((Key.NAME,), _is_borne_out),
        ((Key.NEAR_NAME,), _is_exact),
    ):
        fits = [one for one in _by(alive, *keys) if (_is_exact if unknown else proof)(one)]
        if fits:
            both = [one for one in fits if Key.NAME in one.keys]
            return _only(_narrowed(both or fits), unknown)
    return Match(None, (), unknown)


def _is_open(one: Candidate) -> bool:
    return one.dates_agree is not False


def _is_borne_out(one: Candidate) -> bool:
    return bool(one.dates_agree or one.amount_agrees)


def _is_exact(one: Candidate) -> bool:
    return bool(one.dates_agree and one.amount_agrees)


def _narrowed(fits: list[Candidate]) -> list[Candidate]:
    """Those of several that the other facts of the letter bear out, where any does."""
    for test in (_dated, _amounting, _known_by_member):
        if len(fits) > 1:
            fits = [one for one in fits if test(one)] or fits
    return fits


def _dated(one: Candidate) -> bool:
    return one.dates_agree is True


def _amounting(one: Candidate) -> bool:
    return one.amount_agrees is True


def _known_by_member(one: Candidate) -> bool:
    return not one.keys.isdisjoint((Key.MEMBER, Key.NAME))


def _only(fits: list[Candidate], note: str) -> Match:
    if len(fits) == 1:
        return Match(fits[0].account_id, (fits[0].account_id,), note)
    return Match(None, _ids(fits), note)


def _ids(candidates: list[Candidate]) -> tuple[str, ...]:
    return tuple(sorted({one.account_id for one in candidates}))


def _unknown(request: RefundRequest, candidates: list[Candidate]) -> str:
    """Which number the letter states that leads to no account."""
    lost = []
    if request.payer_claim_number and not _by(candidates, Key.NUMBER):
        lost.append(f"claim number {request.payer_claim_number}")
    if request.patient_control_number and not _by(candidates, Key.CONTROL):
        lost.append(f"patient control number {request.patient_control_number}")
    return f"our records do not know {' or '.join(lost)}" if lost else ""


def kin_of(payers: Mapping[str, Payer], payer_id: str) -> frozenset[str]:
    """A payer with those that share its parent or an identifier in its 835s."""
    one = payers.get(payer_id)
    if one is None:
        return frozenset({payer_id})
    family = {one.payer_id, one.parent_id or one.payer_id}
    return frozenset({payer_id}) | frozenset(
        other.payer_id
        for other in payers.values()
        if other.payer_id in family
        or other.parent_id in family
        or not one.era_ids.isdisjoint(other.era_ids)
    )


def candidate_of(
    request: RefundRequest, account: PatientAccount, keys: frozenset[Key], kin: frozenset[str]
) -> Candidate:
    """An account laid beside a request: whether days of service and a payment's amount agree.

    `kin` are the payer of the request and those related to it.
    """
    member = plain(request.member_id)
    covered = {plain(row.member_id) for row in account.coverages if row.payer_id in kin}
    if member and member in covered:
        keys |= {Key.MEMBER}
    return Candidate(
        account.account_id,
        keys,
        _dates_agree(request, account),
        request.amount_cents in _payments(account, kin),
    )


def _dates_agree(request: RefundRequest, account: PatientAccount) -> bool | None:
    first = request.service_from or request.service_to
    last = request.service_to or first
    spans = [(account.service_from, account.service_to)]
    spans += [(charge.service_date, None) for charge in account.charges]
    spans += [(claim.service_from, claim.service_to) for claim in account.remit_claims]
    dated = [(start, end or start) for start, end in spans if start is not None]
    if first is None or last is None or not dated:
        return None
    return any(start <= last and end >= first for start, end in dated)


def _payments(account: PatientAccount, kin: frozenset[str]) -> set[int]:
    """Every amount that those payers paid: by claim, by line, by posting; in cents."""
    claims = {row.remit_claim_id: row for row in account.remit_claims if row.payer_id in kin}
    paid = {claim.paid_cents for claim in claims.values()}
    paid.update(row.paid_cents for row in account.remit_lines if row.remit_claim_id in claims)
    paid.update(
        -entry.amount_cents
        for entry in account.entries
        if entry.type == "payment" and entry.payer_id in kin
    )
    return paid - {0}
