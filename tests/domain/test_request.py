"""A request's own facts, and the promises that every set of verdicts keeps."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.domain.determination.account import (
    Book,
    Charge,
    Coverage,
    LedgerEntry,
    PatientAccount,
    Payer,
    Plan,
    ProviderAdjustment,
    Refund,
    RemitAdjustment,
    RemitClaim,
    RemitLine,
)
from requite.domain.request import Action, Reason, RefundRequest, Ruling, Verdict, plain, turn
from requite.domain.requests.judge import judge_account, judge_held, judge_unmatched
from requite.domain.requests.match import Match

PAYERS = {
    "LARK": Payer("LARK", "Larkspur Health Plan", "commercial"),
    "CARE": Payer("CARE", "Medicare", "medicare_ffs"),
}
BOOK = Book(date(2026, 11, 10), PAYERS, {"INS": Plan("INS", "LARK", funding="insured")})
DAY_ONE = date(2026, 1, 10)


def a_letter(request_id: str = "Q-1", **stated: object) -> RefundRequest:
    fields = {"payer_claim_number": "26B", **stated}
    fields.setdefault("received_on", date(2026, 4, 1))
    fields.setdefault("amount_cents", 12500)
    return RefundRequest(request_id, "LARK", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("notice_no", "further"), [(None, False), (1, False), (2, True)])
def test_a_notice_above_the_first_is_a_further_one(notice_no: int | None, further: bool) -> None:
    assert a_letter(notice_no=notice_no).is_further_notice is further


def test_a_number_is_told_by_its_letters_and_digits() -> None:
    assert plain("00-26 b") == "0026B"
    assert plain(None) == ""


def test_several_fits_go_back_to_the_payer() -> None:
    verdict = judge_unmatched(a_letter(), Match(None, ("A1", "A2")), BOOK, [])
    assert (verdict.verdict, verdict.reasons) == ("needs_information", ("ambiguous_claim",))
    assert (verdict.action, verdict.account_id) == ("ask_payer", None)
    assert "A1, A2" in verdict.explanation


def test_no_fit_goes_back_to_the_payer() -> None:
    found = Match(None, (), "our records do not know claim number 26B")
    verdict = judge_unmatched(a_letter(), found, BOOK, [])
    assert (verdict.verdict, verdict.reasons) == ("needs_information", ("claim_not_found",))
    assert "our records do not know claim number 26B" in verdict.explanation


@pytest.mark.parametrize(
    ("earlier", "later", "repeats"),
    [
        ({}, {}, True),
        ({}, {"notice_no": 2}, True),
        ({}, {"amount_cents": 9900}, False),
        ({}, {"payer_claim_number": "26C"}, False),
        ({"payer_claim_number": None}, {"payer_claim_number": None}, False),
        (
            {"payer_claim_number": None, "patient_control_number": "R1"},
            {"payer_claim_number": None, "patient_control_number": "R1"},
            True,
        ),
    ],
)
def test_letters_without_an_account_repeat_each_other_by_number(
    earlier: dict[str, object], later: dict[str, object], repeats: bool
) -> None:
    first, second = a_letter("Q-1", **earlier), a_letter("Q-2", **later)
    verdict = judge_unmatched(second, Match(None), BOOK, [first])
    assert ("repeat_notice" in verdict.reasons) is repeats
    assert verdict.evidence == (("Q-1",) if repeats else ())


def test_a_second_notice_of_nothing_known_is_a_repeat_all_the_same() -> None:
    verdict = judge_unmatched(a_letter(notice_no=2), Match(None), BOOK, [])
    assert verdict.reasons == ("repeat_notice",)
    assert "not on file" in verdict.explanation


def test_an_account_that_does_not_add_up_is_not_judged_by() -> None:
    verdict = judge_held(a_letter(reply_by=date(2026, 5, 1)), "A1", BOOK, [])
    assert (verdict.verdict, verdict.reasons) == ("needs_information", ())
    assert (verdict.account_id, verdict.respond_by) == ("A1", date(2026, 5, 1))
    assert "held out" in verdict.explanation
    again = judge_held(a_letter("Q-2"), "A1", BOOK, [a_letter()])
    assert (again.reasons, again.account_id) == (("repeat_notice",), "A1")


def test_the_payer_s_class_alone_sets_a_day_where_no_account_is_known() -> None:
    request = a_letter(letter_date=date(2026, 3, 30))._replace(payer_id="CARE")
    verdict = judge_unmatched(request, Match(None), BOOK, [])
    assert (verdict.respond_by, verdict.rule_id) == (date(2026, 4, 14), "mcr.appeal.rebuttal")
    nobody = a_letter()._replace(payer_id="WHO")
    assert judge_unmatched(nobody, Match(None), BOOK, []).respond_by is None


days = st.integers(0, 300).map(lambda after: DAY_ONE + timedelta(after))
amounts = st.sampled_from([5000, 10000, 12500, 13000, 25000, 37500])
letters = st.lists(
    st.builds(
        RefundRequest,
        request_id=st.just(""),
        payer_id=st.sampled_from(["LARK", "CARE"]),
        received_on=days,
        amount_cents=amounts,
        payer_claim_number=st.sampled_from([None, "26A", "26B", "26C", "26X"]),
        service_from=st.sampled_from([None, date(2025, 12, 8), date(2025, 12, 9)]),
        reason=st.sampled_from([None, "duplicate", "cob"]),
        notice_no=st.sampled_from([None, 1, 2]),
        offset_on=st.sampled_from([None, date(2026, 6, 1), date(2027, 6, 1)]),
    ),
    min_size=1,
    max_size=6,
)


@st.composite
def accounts(draw: st.DrawFn) -> PatientAccount:
    """An account of two lines, paid several times, some of it taken back, posted or not."""
    charges = [
        Charge("C1", 1, 18000, date(2025, 12, 8)),
        Charge("C2", 2, 18000, date(2025, 12, 9)),
    ]
    claims, lines, cas, entries = [], [], [], []
    for place in range(draw(st.integers(0, 5))):
        number = draw(st.sampled_from(["26A", "26B", "26C"]))
        sign = draw(st.sampled_from([1, 1, 1, -1]))
        line = draw(st.sampled_from([1, 2]))
        paid = draw(st.sampled_from([12500, 12500, 11000, 0]))
        on, name = draw(days), f"R{place}"
        status = "22" if sign < 0 else "1"
        claims.append(
            RemitClaim(name, f"X{place}", "A1", "LARK", f"E{place}", on, 1, status,
                       sign * 18000, sign * paid, number)
        )  # fmt: skip
        lines.append(RemitLine(name, 1, sign * 18000, sign * paid, None, None, None, str(line)))
        cas.append(RemitAdjustment(name, 1, "CO", "45", sign * (18000 - paid)))
        if draw(st.booleans()) and paid:
            entries.append(
                LedgerEntry(f"T{place}", "payment", -sign * paid, on, "primary", "LARK", line,
                            trace_number=draw(st.sampled_from([f"E{place}", None])))
            )  # fmt: skip
    plbs = [
        ProviderAdjustment(f"P{no}", f"Y{no}", "LARK", f"F{no}", draw(days), "WO", "26B",
                           draw(amounts), claims[0].remit_claim_id if claims else None)
        for no in range(draw(st.integers(0, 1)))
    ]  # fmt: skip
    refunds = [
        Refund(f"RF{no}", "payer", "LARK", draw(amounts), draw(st.sampled_from(["issued",
               "approved"])), draw(days))
        for no in range(draw(st.integers(0, 1)))
    ]  # fmt: skip
    return PatientAccount(
        "A1", None, None, None, "outpatient", "TX", None, None, None, None, None, charges,
        entries, [Coverage(1, "LARK", "INS")], (), (), refunds, (), (), claims, lines, cas, plbs,
    )  # fmt: skip


def numbered(requests: list[RefundRequest]) -> list[tuple[RefundRequest, str]]:
    return [(request._replace(request_id=f"Q-{no}"), "") for no, request in enumerate(requests)]


@given(accounts(), letters)
def test_supported_amounts_never_exceed_what_was_overpaid(
    account: PatientAccount, requests: list[RefundRequest]
) -> None:
    verdicts = judge_account(account, BOOK, numbered(requests))
    everything = judge_account(account, BOOK, [(a_letter(payer_claim_number=None), "")])
    assert sum(verdict.supported_cents for verdict in verdicts) <= everything[0].overpayment_cents


@given(accounts(), letters)
def test_a_verdict_agrees_with_its_own_figures(
    account: PatientAccount, requests: list[RefundRequest]
) -> None:
    asked = numbered(requests)
    by_id = {request.request_id: request for request, _ in asked}
    verdicts = judge_account(account, BOOK, asked)
    assert {verdict.request_id for verdict in verdicts} == set(by_id)
    for verdict in verdicts:
        assert_sound(verdict, by_id[verdict.request_id].amount_cents)


def assert_sound(verdict: Verdict, asked: int) -> None:
    supported = verdict.supported_cents
    expected = {
        Ruling.VALID: supported == asked and not verdict.reasons,
        Ruling.PARTLY_VALID: 0 < supported < asked and bool(verdict.reasons),
        Ruling.INVALID: supported == 0 and bool(verdict.reasons),
        Ruling.NEEDS_INFORMATION: supported == 0,
    }
    assert expected[Ruling(verdict.verdict)], verdict
    assert set(verdict.reasons) <= set(Reason)
    assert verdict.action in set(Action)
    assert supported <= verdict.overpayment_cents
    assert verdict.explanation.endswith(".")


@given(accounts(), letters, st.randoms())
def test_the_order_of_rows_and_letters_changes_nothing(
    account: PatientAccount, requests: list[RefundRequest], random: object
) -> None:
    asked = numbered(requests)
    shuffled = list(asked)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = account._replace(
        remit_claims=account.remit_claims[::-1], entries=account.entries[::-1]
    )
    assert judge_account(account, BOOK, asked) == judge_account(turned, BOOK, shuffled)
    assert [verdict.request_id for verdict in judge_account(account, BOOK, asked)] == [
        request.request_id for request, _ in sorted(asked, key=lambda item: turn(item[0]))
    ]
