"""What becomes of a request, by where its money is."""

from datetime import date
from typing import Any

import pytest

from requite.domain.determination.account import (
    BankDeposit,
    Charge,
    Claim,
    Coverage,
    ProviderAdjustment,
)
from requite.domain.request import Verdict

FIRST, SECOND = date(2026, 1, 10), date(2026, 1, 28)
LAST_DAY = date(2026, 7, 27)  # 180 days after the second payment
LATE = date(2026, 10, 15)


def said(verdict: Verdict) -> tuple[str, int, str, str]:
    reasons = "|".join(verdict.reasons)
    return verdict.verdict, verdict.supported_cents, reasons, verdict.action


@pytest.mark.parametrize(
    ("story", "asked", "expected"),
    [
        ("valid", 12500, ("valid", 12500, "", "refund")),
        ("valid", 9000, ("valid", 9000, "", "refund")),
        ("valid", 16000, ("partly_valid", 12500, "amount_exceeds_overpayment", "refund")),
        ("paid once", 12500, ("invalid", 0, "no_overpayment", "dispute")),
        ("denied", 9500, ("invalid", 0, "not_received", "dispute")),
        ("unposted", 12500, ("needs_information", 0, "not_posted", "ask_payer")),
        ("never posted", 12500, ("needs_information", 0, "not_posted", "ask_payer")),
        ("taken", 12500, ("invalid", 0, "already_recouped", "let_offset")),
        ("taken and posted", 12500, ("invalid", 0, "already_recouped", "let_offset")),
        ("taken by the first number", 12500, ("invalid", 0, "already_recouped", "let_offset")),
        ("refunded", 12500, ("invalid", 0, "already_refunded", "dispute")),
        ("refunded unposted", 12500, ("invalid", 0, "already_refunded", "dispute")),
        ("refunded in the ledger alone", 12500, ("invalid", 0, "already_refunded", "dispute")),
        ("refund approved", 12500, ("valid", 12500, "", "refund")),
        ("reversed and posted", 12500, ("invalid", 0, "payment_reversed", "dispute")),
        ("reversed unposted", 12500, ("invalid", 0, "payment_reversed", "dispute")),
        ("valid", 0, ("needs_information", 0, "", "ask_payer")),
    ],
)
def test_a_request_is_judged_by_where_the_money_is(
    visit: Any, letter: Any, story: str, asked: int, expected: object
) -> None:
    v = visit().told(story)
    assert said(v.verdict(letter(asked))) == expected


def test_what_went_back_of_a_demand_is_named_beside_what_is_supported(
    visit: Any, letter: Any
) -> None:
    v = visit().paid_twice()
    v.take("26B", date(2026, 3, 1), 5000)
    verdict = v.verdict(letter())
    assert said(verdict) == ("partly_valid", 7500, "already_recouped", "refund")
    more = v.verdict(letter(14000))
    assert more.reasons == ("already_recouped", "amount_exceeds_overpayment")


def test_a_demand_above_what_went_back_exceeds_it(visit: Any, letter: Any) -> None:
    v = visit().told("refunded")
    verdict = v.verdict(letter(13000))
    assert verdict.reasons == ("already_refunded", "amount_exceeds_overpayment")
    assert "the other $5.00 was not overpaid" in verdict.explanation


def test_a_correction_after_a_reversal_leaves_only_the_difference_gone(
    visit: Any, letter: Any
) -> None:
    v = visit()
    v.charge(18000)
    v.paid("26A", FIRST, 12500, co=5500)
    v.reverse("26A", SECOND, 12500)
    v.paid("26B", SECOND, 11500, frequency="7")
    v.post("adjustment", -1000, SECOND, None, group_code="CO", carc="45")
    named = v.verdict(letter(12500, payer_claim_number="26A"))
    assert said(named)[:3] == ("invalid", 0, "payment_reversed")
    by_account = v.verdict(letter(1000, payer_claim_number=None))
    assert said(by_account)[:3] == ("invalid", 0, "payment_reversed")


def test_the_bank_shows_a_payment_that_the_ledger_lacks(visit: Any, letter: Any) -> None:
    v = visit().paid_twice(posted=False)
    v.deposits = [BankDeposit("D-801", 12500, SECOND, "E26B0128")]
    verdict = v.verdict(letter(payer_claim_number=None))
    assert verdict.reasons == ("not_posted",)
    assert verdict.evidence == ("R2", "D-801")


def test_what_is_not_posted_goes_before_the_amount(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.paid("26C", date(2026, 2, 20), 12500, posted=False)
    assert v.verdict(letter(12500)).verdict == "valid"
    assert v.verdict(letter(20000)).reasons == ("not_posted",)
    assert v.verdict(letter(12500, payer_claim_number="26C")).reasons == ("not_posted",)


def test_a_payment_posted_without_a_reference_is_posted_all_the_same(
    visit: Any, letter: Any
) -> None:
    v = visit()
    v.charge(18000)
    v.paid("26B", SECOND, 12500, posted=False)
    v.post("payment", -12500, SECOND)
    v.post("adjustment", -5500, SECOND, None, group_code="CO", carc="45")
    assert v.verdict(letter()).reasons == ("no_overpayment",)


def test_cob_without_a_record_of_another_payer_is_unproved(visit: Any, letter: Any) -> None:
    v = visit().told("paid once")
    verdict = v.verdict(letter(reason="cob"))
    assert said(verdict) == (
        "needs_information", 0, "wrong_payer_order_unproved", "ask_payer"
    )  # fmt: skip
    v.coverages.append(Coverage(2, "TAMA"))
    v.paid("T1", date(2026, 2, 10), 0, payer="TAMA", status="2")
    assert v.verdict(letter(reason="cob")).reasons == ("no_overpayment",)


def test_two_primaries_without_an_order_wait_for_a_person(visit: Any, letter: Any) -> None:
    v = visit()
    v.charge(18000)
    v.paid("26B", SECOND, 12500, co=5500)
    v.paid("T1", date(2026, 2, 10), 10000, payer="TAMA")
    verdict = v.verdict(letter(10000, payer_id="TAMA", payer_claim_number="T1", reason="cob"))
    assert verdict.verdict == "needs_information"
    assert verdict.reasons == ("wrong_payer_order_unproved",)
    assert verdict.supported_cents == 0


def test_the_order_on_file_proves_a_secondary_s_claim(visit: Any, letter: Any) -> None:
    v = visit()
    v.coverages.append(Coverage(2, "TAMA", None, "MT"))
    v.charge(18000)
    v.paid("26B", SECOND, 12500, co=5500)
    v.paid("T1", date(2026, 2, 10), 10000, payer="TAMA")
    verdict = v.verdict(letter(10000, payer_id="TAMA", payer_claim_number="T1", reason="cob"))
    assert said(verdict) == ("valid", 10000, "", "refund")


def test_what_a_person_must_decide_supports_nothing(visit: Any, letter: Any) -> None:
    v = visit()
    v.charge(18000)
    v.paid("26A", FIRST, 12500, co=5500)
    v.post("payment", -12500, SECOND)
    verdict = v.verdict(letter(payer_claim_number=None))
    assert said(verdict) == ("needs_information", 0, "", "ask_payer")
    assert "a person must say whose it is" in verdict.explanation
    late = v.verdict(letter(payer_claim_number=None, received_on=LATE))
    assert late.reasons == ("outside_lookback",)


def test_a_reversal_that_is_expected_is_let_run(visit: Any, letter: Any) -> None:
    v = visit()
    v.as_of = date(2026, 2, 20)
    v.charge(18000)
    v.paid("26A", FIRST, 12500, co=5500)
    v.paid("26B", SECOND, 11500, frequency="7")
    verdict = v.verdict(letter(12500, date(2026, 2, 10), payer_claim_number="26A"))
    assert said(verdict)[:2] == ("needs_information", 0)
    assert verdict.action == "let_offset"


def test_a_take_back_carried_forward_is_not_paid_beside(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.reverse("26B", date(2026, 3, 1), 12500, posted=False)
    row = {"day": date(2026, 3, 1), "cents": -12500}
    v.take("26B", **row)
    v.taken[-1] = v.taken[-1]._replace(reason_code="FB")
    verdict = v.verdict(letter())
    assert said(verdict) == ("needs_information", 0, "payment_reversed", "let_offset")


def test_another_payer_s_money_is_not_this_payer_s(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    verdict = v.verdict(letter(payer_id="TAMA", payer_claim_number=None))
    assert said(verdict)[:3] == ("invalid", 0, "not_received")


def test_a_payer_known_by_its_identifier_is_the_one_on_the_account(visit: Any, letter: Any) -> None:
    verdict = visit().paid_twice().verdict(letter(payer_id="LARK-HQ"))
    assert verdict.verdict == "valid"
    assert verdict.explanation.startswith("Larkspur Group asks for $125.00")


def test_a_number_of_a_billed_claim_narrows_an_account_of_several(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.charge(9000, line=2)
    v.paid("27A", FIRST, 9000, line=2)
    v.claims = [
        Claim("K1", "LARK", 1, "A1-1", "26A"),
        Claim("K2", "LARK", 1, "A1-2", "27A"),
    ]
    by_control = {"payer_claim_number": None, "patient_control_number": "A1-2"}
    assert v.verdict(letter(9000, **by_control)).reasons == ("no_overpayment",)
    by_control["patient_control_number"] = "A1-1"
    assert v.verdict(letter(**by_control)).verdict == "valid"


def test_a_claim_that_was_billed_and_never_paid_was_not_received(visit: Any, letter: Any) -> None:
    v = visit()
    v.charge(18000)
    v.paid("26A", FIRST, 12500, co=5500)
    v.claims = [Claim("K1", "LARK", 1, "A1-1", "26A"), Claim("K2", "LARK", 1, "A1-1", "26B")]
    assert v.verdict(letter()).reasons == ("not_received",)
    v.post("payment", -12500, SECOND)  # of which no reference tells the claim
    assert v.verdict(letter()).verdict == "needs_information"


def test_a_number_that_only_the_ledger_knows_narrows_too(visit: Any, letter: Any) -> None:
    v = visit()
    v.charge(18000)
    v.charge(9000, line=2)
    v.post("payment", -12500, SECOND, payer_claim_number="26B", trace_number="E9")
    v.post("payment", -9000, SECOND, line_no=2, payer_claim_number="27B", trace_number="E9")
    assert v.verdict(letter()).reasons == ("no_overpayment",)
    assert v.verdict(letter(payer_claim_number="27B")).reasons == ("no_overpayment",)


def test_a_voided_charge_is_owed_by_corrected_claim(visit: Any, letter: Any) -> None:
    v = visit()
    v.charges.append(Charge("C1", 1, 18000, date(2025, 12, 8), "99214", voided_on=date(2026, 3, 1)))
    v.paid("26B", SECOND, 12500, co=5500)
    verdict = v.verdict(letter())
    assert said(verdict)[:2] == ("valid", 12500)


def test_a_note_of_the_match_is_said_at_the_end(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    (verdict,) = v.judge(letter(), note="our records do not know claim number 26X")
    assert verdict.explanation.endswith("our records do not know claim number 26X.")


def test_a_take_back_that_only_the_ledger_shows_is_a_take_back(visit: Any, letter: Any) -> None:
    recouped = visit().paid_twice()
    recouped.post("recoupment", 12500, date(2026, 3, 1))
    assert recouped.verdict(letter()).reasons == ("already_recouped",)
    turned = visit().paid_twice()
    turned.post("payment", 12500, date(2026, 3, 1), trace_number="E99", payer_claim_number="26B")
    assert turned.verdict(letter()).reasons == ("payment_reversed",)


def test_a_posting_of_our_own_that_mends_another_is_no_take_back(visit: Any, letter: Any) -> None:
    v = visit().told("paid once")
    same = {"trace_number": "E26B0128", "payer_claim_number": "26B"}
    v.post("payment", -12500, date(2026, 2, 2), **same)
    v.post("payment", 12500, date(2026, 2, 3), **same)
    assert v.verdict(letter()).reasons == ("no_overpayment",)


def test_a_take_back_that_names_no_claim_leaves_the_question_open(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    row = ProviderAdjustment("P9", "X9", "LARK", "E99", date(2026, 3, 1), "WO", None, 12500)
    v.unnamed = {("LARK", 12500): [row]}
    verdict = v.verdict(letter())
    assert said(verdict) == ("needs_information", 0, "already_recouped", "ask_payer")
    assert "names no claim" in verdict.explanation


def test_a_refund_posted_to_one_line_returned_nothing_of_another(visit: Any, letter: Any) -> None:
    v = visit().told("refunded")
    v.charge(18000, line=2)
    v.paid("27A", SECOND, 12500, co=5500, line=2)
    assert v.verdict(letter(payer_claim_number="27A")).reasons == ("no_overpayment",)
    assert v.verdict(letter()).reasons == ("already_refunded",)


def test_a_posted_refund_of_an_unposted_row_counts_once(visit: Any, letter: Any) -> None:
    v = visit().paid_twice()
    v.paid("26C", date(2026, 2, 20), 12500)
    v.refund(12500, date(2026, 3, 1), posted=False)
    v.post("refund", 12500, date(2026, 3, 1), check_number="50444")
    verdict = v.verdict(letter(25000, payer_claim_number=None))
    assert said(verdict) == ("partly_valid", 12500, "already_refunded", "refund")


def test_account_level_excess_goes_with_its_claim(visit: Any, letter: Any) -> None:
    v = visit()
    v.charge(18000)
    v.charge(9000, line=2)
    v.paid("26A", FIRST, 12500, co=5500)
    v.paid("27A", FIRST, 9000, line=2)
    v.paid("26B", SECOND, 12500, posted=False)
    v.post(
        "payment", -12500, SECOND, line_no=None, trace_number="E26B0128", payer_claim_number="26B"
    )
    assert v.verdict(letter()).verdict == "valid"
    assert v.verdict(letter(payer_claim_number="27A")).reasons == ("no_overpayment",)
