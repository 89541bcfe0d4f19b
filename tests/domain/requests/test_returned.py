"""Money that a payer took by any provider adjustment is not paid back to it."""

from datetime import date
from typing import Any

import pytest

TAKEN_ON = date(2026, 3, 1)


@pytest.mark.parametrize("code", ["WO", "FB", "OB", "WU", "RA", "AM", "AP", "B2", "TL", "72"])
def test_a_take_back_of_any_code_that_names_the_claim_is_one(
    visit: Any, letter: Any, code: str
) -> None:
    v = visit().paid_twice()
    v.take("26B", TAKEN_ON, 12500)
    v.taken = [row._replace(reason_code=code) for row in v.taken]
    verdict = v.verdict(letter())
    assert (verdict.verdict, verdict.supported_cents) == ("invalid", 0)
    assert verdict.reasons == ("already_recouped",)
    assert (verdict.action, verdict.evidence) == ("let_offset", ("P1",))


@pytest.mark.parametrize(
    ("code", "cents"),
    [
        ("L6", 12500),  # interest
        ("RA", -12500),  # it raised the payment
    ],
)
def test_what_took_nothing_is_no_take_back(visit: Any, letter: Any, code: str, cents: int) -> None:
    v = visit().paid_twice()
    v.take("26B", TAKEN_ON, cents)
    v.taken = [row._replace(reason_code=code) for row in v.taken]
    assert "already_recouped" not in v.verdict(letter()).reasons


def test_a_take_back_that_another_code_gives_back_took_nothing(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.take("26B", TAKEN_ON, 12500)
    v.take("26B", TAKEN_ON, -12500)
    v.taken[1] = v.taken[1]._replace(reason_code="RA")
    assert "already_recouped" not in v.verdict(letter()).reasons


def test_a_take_back_after_the_day_is_not_there_yet(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.take("26B", date(2026, 12, 1), 12500)
    v.taken = [row._replace(reason_code="OB") for row in v.taken]
    assert v.verdict(letter()).verdict == "valid"


@pytest.mark.parametrize("code", ["WO", "OB"])
@pytest.mark.parametrize("reference", ["26B", "A1 26B", "26-b"])
def test_a_take_back_may_name_its_claim_by_reference_alone(
    visit: Any, letter: Any, reference: str, code: str
) -> None:
    v = visit().paid_twice()
    v.take(reference, TAKEN_ON, 12500)
    v.taken = [row._replace(reason_code=code, remit_claim_id=None) for row in v.taken]
    verdict = v.verdict(letter())
    assert (verdict.reasons, verdict.evidence) == (("already_recouped",), ("P1",))


def test_a_take_back_that_names_another_claim_is_none_here(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.take("99Z", TAKEN_ON, 12500)
    v.taken = [row._replace(reason_code="OB") for row in v.taken]
    assert v.verdict(letter()).verdict == "valid"
