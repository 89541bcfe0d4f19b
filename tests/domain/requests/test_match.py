"""Which account a letter is about: one that fits in all that is stated, or none."""

from datetime import date
from typing import Any

import pytest

from requite.domain.determination.account import (
    Charge,
    Coverage,
    LedgerEntry,
    PatientAccount,
    Payer,
    RemitClaim,
    RemitLine,
)
from requite.domain.request import RefundRequest
from requite.domain.requests.match import Candidate, Key, candidate_of, kin_of, match

NUMBER, ACCOUNT, CONTROL = Key.NUMBER, Key.ACCOUNT, Key.CONTROL
MEMBER, NAME, NEAR = Key.MEMBER, Key.NAME, Key.NEAR_NAME


def a_letter(**stated: Any) -> RefundRequest:
    return RefundRequest("Q-1", "LARK", date(2026, 4, 1), 12500, **stated)


def one(
    account_id: str, *keys: Key, dates: bool | None = None, amount: bool | None = None
) -> Candidate:
    return Candidate(account_id, frozenset(keys), dates, amount)


BY_NUMBER = {"payer_claim_number": "26B"}
BY_CONTROL = {"patient_control_number": "R1-1"}
BY_NAME = {"patient_name": "BRANDVOLD, OTTILIE"}


@pytest.mark.parametrize(
    ("stated", "candidates", "account_id"),
    [
        (BY_NUMBER, [one("R1", NUMBER)], "R1"),
        (BY_NUMBER, [one("R1", NUMBER, dates=False)], "R1"),
        ({**BY_NUMBER, **BY_CONTROL}, [one("R1", NUMBER, CONTROL)], "R1"),
        ({**BY_NUMBER, **BY_CONTROL}, [one("R1", NUMBER)], "R1"),
        ({**BY_NUMBER, **BY_CONTROL}, [one("R1", CONTROL)], "R1"),
        (BY_NUMBER, [one("R1", NUMBER, dates=True), one("R2", NUMBER)], "R1"),
        (BY_NUMBER, [one("R1", NUMBER), one("R2", NUMBER, amount=True)], "R2"),
        ({**BY_NUMBER, "account_id": "R2"}, [one("R1", NUMBER), one("R2", NUMBER, ACCOUNT)], "R2"),
        ({"account_id": "R2"}, [one("R2", ACCOUNT)], "R2"),
        (BY_CONTROL, [one("R1", CONTROL), one("R2", MEMBER)], "R1"),
        ({"member_id": "M1"}, [one("R1", MEMBER)], "R1"),
        ({"member_id": "M1"}, [one("R1", MEMBER), one("R2", MEMBER, dates=True)], "R2"),
        ({"member_id": "M1"}, [one("R1", MEMBER), one("R2", MEMBER, NAME)], "R2"),
        ({"member_id": "M1"}, [one("R1", MEMBER, dates=False), one("R2", MEMBER)], "R2"),
        ({"member_id": "M1"}, [one("R1", MEMBER), one("R2", MEMBER, amount=True)], "R2"),
        (BY_NAME, [one("M1", NAME, dates=True)], "M1"),
        (BY_NAME, [one("M1", NAME, amount=True)], "M1"),
        (BY_NAME, [one("M1", NAME, dates=True), one("M2", NAME, dates=True, amount=True)], "M2"),
        (BY_NAME, [one("M1", NEAR, dates=True, amount=True)], "M1"),
        ({**BY_NUMBER, **BY_NAME}, [one("M1", NAME, dates=True, amount=True)], "M1"),
    ],
)
def test_one_account_fits(
    stated: dict[str, Any], candidates: list[Candidate], account_id: str
) -> None:
    assert match(a_letter(**stated), candidates).account_id == account_id
    assert match(a_letter(**stated), candidates[::-1]).account_id == account_id


@pytest.mark.parametrize(
    ("stated", "candidates"),
    [
        (BY_NUMBER, [one("R1", NUMBER), one("R2", NUMBER)]),
        ({**BY_NUMBER, "account_id": "R2"}, [one("R1", NUMBER), one("R2", ACCOUNT)]),
        ({**BY_NUMBER, **BY_CONTROL}, [one("R1", NUMBER), one("R2", CONTROL)]),
        ({**BY_CONTROL, "account_id": "R2"}, [one("R1", CONTROL), one("R2", ACCOUNT)]),
        (BY_CONTROL, [one("R1", CONTROL, amount=True), one("R2", CONTROL, amount=True)]),
        ({"member_id": "M1"}, [one("R1", MEMBER, dates=True), one("R2", MEMBER, dates=True)]),
        (BY_NAME, [one("M1", NAME, dates=True), one("M2", NAME, dates=True)]),
        (BY_NAME, [one(name, NEAR, dates=True, amount=True) for name in ("M1", "M2")]),
    ],
)
def test_several_that_fit_are_never_a_guess(
    stated: dict[str, Any], candidates: list[Candidate]
) -> None:
    found = match(a_letter(**stated), candidates)
    assert found.account_id is None
    assert found.is_ambiguous
    assert found.fits == tuple(candidate.account_id for candidate in candidates)


@pytest.mark.parametrize(
    ("stated", "candidates"),
    [
        ({}, []),
        (BY_NUMBER, []),
        ({"member_id": "M1"}, [one("R1", MEMBER, dates=False)]),
        (BY_NAME, [one("M1", NAME)]),
        (BY_NAME, [one("M1", NAME, dates=False, amount=True)]),
        (BY_NAME, [one("M1", NEAR, dates=True)]),
        (BY_NAME, [one("M1", NEAR, amount=True)]),
        ({**BY_NUMBER, **BY_NAME}, [one("M1", NAME, dates=True)]),
        ({**BY_CONTROL, "member_id": "M1"}, [one("M1", MEMBER, amount=True)]),
    ],
)
def test_what_is_not_borne_out_is_not_found(
    stated: dict[str, Any], candidates: list[Candidate]
) -> None:
    found = match(a_letter(**stated), candidates)
    assert found.account_id is None
    assert not found.is_ambiguous


def test_numbers_that_contradict_each_other_are_said() -> None:
    found = match(a_letter(account_id="R2", **BY_NUMBER), [one("R1", NUMBER), one("R2", ACCOUNT)])
    assert found.note == "the numbers it states contradict each other: account R1 and account R2"


def test_a_number_that_no_record_knows_is_said() -> None:
    found = match(a_letter(account_id="R2", **BY_NUMBER), [one("R2", ACCOUNT)])
    assert (found.account_id, found.note) == ("R2", "our records do not know claim number 26B")
    neither = match(a_letter(**BY_NUMBER, **BY_CONTROL), [])
    assert neither.note == "our records do not know claim number 26B or patient control number R1-1"


def an_account(**more: Any) -> PatientAccount:
    fields: dict[str, Any] = {"service_from": date(2026, 1, 12), "service_to": None, **more}
    rest = ("F1", "P1", "G1", "outpatient", "TX", "open")
    charges = fields.pop("charges", [])
    entries = fields.pop("entries", [])
    return PatientAccount(
        "R1", *rest, fields.pop("service_from"), fields.pop("service_to"), None, None,
        charges, entries, **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "account", "agree"),
    [
        ({}, {}, None),
        ({"service_from": date(2026, 1, 12)}, {}, True),
        ({"service_to": date(2026, 1, 12)}, {}, True),
        ({"service_from": date(2026, 1, 10), "service_to": date(2026, 1, 14)}, {}, True),
        ({"service_from": date(2026, 1, 13)}, {}, False),
        ({"service_from": date(2026, 1, 13)}, {"service_to": date(2026, 1, 20)}, True),
        ({"service_from": date(2026, 1, 13)}, {"service_from": None}, None),
        (
            {"service_from": date(2026, 1, 13)},
            {"charges": [Charge("C1", 1, 100, date(2026, 1, 13))]},
            True,
        ),
    ],
)
def test_days_of_service_agree_where_they_overlap(
    stated: dict[str, Any], account: dict[str, Any], agree: bool | None
) -> None:
    laid = candidate_of(a_letter(**stated), an_account(**account), frozenset(), frozenset({"LARK"}))
    assert laid.dates_agree is agree


def test_an_amount_agrees_with_one_payment_of_that_payer() -> None:
    claim = RemitClaim("X1", "X", "R1", "LARK", "E1", date(2026, 2, 2), 1, "1", 20000, 15000, "26A")
    posted = LedgerEntry("T1", "payment", -9900, date(2026, 2, 2), payer_id="LARK")
    account = an_account(
        remit_claims=[claim], remit_lines=[RemitLine("X1", 1, 20000, 12500)], entries=[posted]
    )
    for cents, agree in ((12500, True), (15000, True), (9900, True), (20000, False)):
        request = a_letter()._replace(amount_cents=cents)
        kin = frozenset({"LARK"})
        assert candidate_of(request, account, frozenset(), kin).amount_agrees is agree
        assert candidate_of(request, account, frozenset(), frozenset()).amount_agrees is False


def test_a_member_number_on_file_is_seen_whatever_led_there() -> None:
    account = an_account(coverages=[Coverage(1, "LARK", None, "M-1")])
    kin = frozenset({"LARK"})
    found = candidate_of(a_letter(member_id="m1"), account, frozenset({NAME}), kin)
    assert found.keys == {NAME, MEMBER}
    assert candidate_of(a_letter(), account, frozenset({NAME}), kin).keys == {NAME}


def test_payers_of_one_parent_or_identifier_are_kin() -> None:
    payers = {
        "A": Payer("A", "A", "commercial", "HQ"),
        "B": Payer("B", "B", "commercial", "HQ"),
        "HQ": Payer("HQ", "HQ", "commercial", None, frozenset({"1"})),
        "C": Payer("C", "C", "commercial", None, frozenset({"1"})),
        "D": Payer("D", "D", "commercial"),
    }
    assert kin_of(payers, "A") == {"A", "B", "HQ"}
    assert kin_of(payers, "HQ") == {"A", "B", "C", "HQ"}
    assert kin_of(payers, "D") == {"D"}
    assert kin_of(payers, "unknown") == {"unknown"}
