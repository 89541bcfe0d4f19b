"""Which amounts of a ledger are turned round, by what its own amounts show."""

import re
from typing import Final

from requite.engine.mapping.guessing.answers import Answers
from requite.engine.mapping.guessing.kinds import KINDS
from requite.engine.mapping.guessing.reading import Reading, amount_rule, has_amount

SURE: Final = 0.8  # of a kind's amounts have one sign
PAYMENTS: Final = ("insurer_payment", "patient_payment", "payment")
LOWERING: Final = (*PAYMENTS, "contractual", "adjustment", "bad_debt", "interest")
DEBITS: Final = re.compile(r"debit|\bdr\b|late fee|revers|increase|up\b", re.IGNORECASE)
OUT, IN = re.compile(r"out|from", re.IGNORECASE), re.compile(r"in\b|to\b", re.IGNORECASE)


def turn(found: Reading, answers: Answers) -> None:
    """Settle for each key whether its amounts are turned, so that + raises what is owed.

    Where its amounts do not say, it is left open: nothing turns a payment into a charge unasked.
    """
    if not has_amount(found):
        return
    if found.what == "wide":
        found.turned = {key: _alone(found, key) for key in found.kinds}
    else:
        style = _style(found)
        found.turned = {key: _within(found, key, style) for key in found.kinds}
    for key, said in answers.turned.get(found.name, {}).items():
        if key in found.turned and said in {"as", "turned"}:
            found.turned[key] = said == "turned"


def _sums(found: Reading, *kinds: str) -> tuple[int, int]:
    """How many amounts of these kinds are above, and how many below zero."""
    pairs = [found.signs.get(key, (0, 0)) for key in found.keys_of(*kinds)]
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)


def _leaning(plus: int, minus: int) -> bool | None:
    """Whether amounts are positive (True) or negative; None where they are both."""
    if plus + minus == 0:
        return None
    if plus >= SURE * (plus + minus):
        return True
    return False if minus >= SURE * (plus + minus) else None


def _alone(found: Reading, key: str) -> bool | None:
    """A column of amounts of one kind: it is turned where its sign is not that of the kind."""
    raises, leaning = KINDS[found.kinds[key]].raises if found.kinds[key] else None, _leaning(
        *found.signs.get(key, (0, 0)))  # fmt: skip
    if found.signs.get(key, (0, 0)) == (0, 0):
        return raises is False
    if leaning is None or raises is None:
        return None if raises is not None else False
    return leaning != raises


def _style(found: Reading) -> bool | None:
    """Whether payments are written as positive amounts; of write-offs, where there are none."""
    for kinds in (PAYMENTS, ("contractual", "adjustment", "bad_debt")):
        plus, minus = _sums(found, *kinds)
        if plus + minus:
            return _leaning(plus, minus)
    return False


def _within(found: Reading, key: str, style: bool | None) -> bool | None:
    """One value of a type column, in a ledger that writes payments in one way."""
    kind = found.kinds[key]
    if not kind or not KINDS[kind].table:
        return False
    leaning, raises = _leaning(*found.signs.get(key, (0, 0))), KINDS[kind].raises
    if amount_rule(found, "").rule != "signed":
        return _swapped(found)
    if raises is None:
        return False if style is False else _transfer(key, leaning, style)
    if style is None and kind in LOWERING:
        return None if leaning is None else leaning
    if style:  # no signs, or payments positive: the kind says which way
        return kind in LOWERING if kind in LOWERING or leaning is None else leaning != raises
    contradicts = leaning is not None and leaning != raises
    return None if contradicts and not (kind == "adjustment" and DEBITS.search(key)) else False


def _transfer(key: str, leaning: bool | None, style: bool | None) -> bool:
    """Transfers of one sign go out or in by their words; those of two keep the ledger's way."""
    if leaning is not None:
        if OUT.search(key):
            return leaning
        if IN.search(key):
            return not leaning
    return bool(style)


def _swapped(found: Reading) -> bool:
    """Whether debit and credit are the other way round: charges lower, payments raise."""
    charges, payments = _leaning(*_sums(found, "charge")), _leaning(*_sums(found, *PAYMENTS))
    return charges is False and payments is not False
