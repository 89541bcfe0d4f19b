from datetime import date
from typing import Any

import pytest

from requite.domain.deadlines import Due
from requite.domain.lookback import PlanTerms, lookback
from requite.domain.regulations.book import rule_book

PAID = date(2026, 1, 28)
RECEIVED = date(2026, 5, 20)


def insured(state: str, **terms: Any) -> PlanTerms:
    return PlanTerms("commercial", "insured", state, **terms)


@pytest.mark.parametrize(
    ("state", "end"),
    [
        ("TX", date(2026, 7, 27)),  # 180 days
        ("CA", date(2027, 1, 28)),  # 365 days
        ("FL", date(2028, 7, 28)),  # 30 months
        ("SC", date(2027, 7, 28)),  # 18 months
        ("WA", date(2028, 1, 28)),  # 24 months
        ("KY", date(2028, 1, 28)),
        ("NY", date(2028, 1, 28)),
        ("MD", date(2026, 7, 28)),  # 6 months
        ("OK", date(2027, 1, 28)),
        ("AK", None),  # the law sets no limit
        ("LA", None),  # the insurer's own filing window
        ("IL", date(2027, 1, 27)),  # "12 months or more after" is late
        ("OR", None),  # read in an undated copy
        ("", None),
    ],
)
def test_an_insured_plan_follows_the_state_of_the_account(state: str, end: date | None) -> None:
    assert lookback(insured(state), PAID).lookback_ends_on(PAID) == end


def test_a_law_without_a_limit_is_named_all_the_same() -> None:
    assert lookback(insured("AK"), PAID).rule_id == "recoup.AK"
    assert lookback(insured("WY"), PAID).rule_id is None


@pytest.mark.parametrize("funding", ["self_funded", "unknown", "government"])
def test_a_plan_that_is_not_known_to_be_insured_has_no_state_limit(funding: str) -> None:
    found = lookback(PlanTerms("commercial", funding, "TX"), PAID)
    assert found.limit is None
    assert found.respond_by(RECEIVED) is None


def test_a_self_funded_plan_names_the_law_that_frees_it() -> None:
    assert lookback(PlanTerms("commercial", "self_funded", "TX"), PAID).rule_id == (
        "erisa.no_state_limit"
    )


@pytest.mark.parametrize("funding", ["insured", "self_funded", "unknown"])
def test_the_contract_goes_before_state_law(funding: str) -> None:
    plan = PlanTerms("commercial", funding, "TX", lookback_days=365)
    found = lookback(plan, PAID)
    assert (found.rule_id, found.lookback_ends_on(PAID)) == ("contract", date(2027, 1, 28))


@pytest.mark.parametrize(
    ("paid", "rule_id", "end"),
    [
        (date(2025, 10, 31), "recoup.OK.2022", date(2027, 4, 30)),
        (date(2025, 11, 1), "recoup.OK.2025", date(2026, 11, 1)),
        (date(2022, 5, 15), None, None),
    ],
)
def test_the_version_in_force_on_the_payment_date_counts(
    paid: date, rule_id: str | None, end: date | None
) -> None:
    found = lookback(insured("OK"), paid)
    assert (found.rule_id, found.lookback_ends_on(paid)) == (rule_id, end)


def test_georgia_counts_from_the_service() -> None:
    found = lookback(insured("GA"), PAID)
    assert found.rule_id == "recoup.GA.timely_claim"
    assert found.lookback_ends_on(PAID, date(2025, 12, 8)) == date(2026, 12, 8)
    assert found.lookback_ends_on(PAID) == date(2027, 1, 28)


@pytest.mark.parametrize(
    ("state", "reason", "end", "exception"),
    [
        ("WA", "cob", date(2028, 7, 28), None),  # 30 months
        ("MD", "cob", date(2027, 7, 28), None),  # 18 months
        ("AL", "cob", date(2027, 7, 28), None),
        ("MT", "cob", None, "cob"),  # 12 months from another payer's decision
        ("MD", "duplicate", None, "duplicate_payment"),
        ("AL", "duplicate", None, "duplicate_payment"),
        ("TX", "duplicate", date(2026, 7, 27), None),
        ("TX", "cob", date(2026, 7, 27), None),
        ("MD", "billing", date(2026, 7, 28), None),
    ],
)
def test_some_states_give_longer_for_other_payers_and_duplicates(
    state: str, reason: str, end: date | None, exception: str | None
) -> None:
    found = lookback(insured(state), PAID, reason=reason)
    assert (found.lookback_ends_on(PAID), found.exception) == (end, exception)


def test_a_limit_for_professionals_protects_no_hospital() -> None:
    book = rule_book(frozenset({"recoup.RI"}))
    clinician = insured("RI", patient_class="professional")
    assert lookback(clinician, PAID).rule_id is None  # read in an undated copy
    assert lookback(clinician, PAID, rules=book).rule_id == "recoup.RI"
    assert lookback(insured("RI", patient_class="inpatient"), PAID, rules=book).limit is None
    finished_cob = lookback(clinician, PAID, reason="cob", rules=book)
    assert finished_cob.exception == "cob"


@pytest.mark.parametrize(
    ("plan", "rule_id", "end"),
    [
        (PlanTerms("medicare_ffs", "government", "TX"), "mcr.60day.lookback", date(2032, 1, 28)),
        (PlanTerms("medicaid", "government", "MA"), "mcd.MA.sol", date(2032, 1, 28)),
        (PlanTerms("medicaid", "government", "TX"), None, None),
        (PlanTerms("medicaid_managed", "government", "MD"), "recoup.MD", date(2026, 7, 28)),
        (PlanTerms("medicare_advantage", "government", "TX"), None, None),
        (PlanTerms("fehb", "government", "TX"), "fehb.diligent", None),
        (PlanTerms("tricare", "government", "TX"), None, None),
        (PlanTerms("workers_comp", "unknown", "TX"), None, None),
    ],
)
def test_programmes_follow_their_own_rules(
    plan: PlanTerms, rule_id: str | None, end: date | None
) -> None:
    found = lookback(plan, PAID)
    assert (found.rule_id, found.lookback_ends_on(PAID)) == (rule_id, end)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (insured("CA"), Due(date(2026, 7, 3), "recoup.CA")),  # 30 working days, two holidays
        (insured("TX"), Due(date(2026, 7, 4), "recoup.TX")),
        (insured("FL"), Due(date(2026, 6, 24), "recoup.FL.contest35")),
        (insured("KY"), Due(date(2026, 6, 12), "recoup.KY")),  # from the postmark
        (insured("NJ"), None),
        (insured("NY"), None),
        (PlanTerms("medicare_ffs"), Due(date(2026, 5, 28), "mcr.appeal.rebuttal")),
        (PlanTerms("tricare"), Due(date(2026, 6, 12), "tricare.demand30")),
        (PlanTerms("medicaid", state="IA"), Due(date(2026, 8, 11), "mcd.IA.judgment")),
        (PlanTerms("medicaid", state="PA"), None),  # only after a cost settlement
        (PlanTerms("workers_comp", state="TX"), Due(date(2026, 6, 27), "wc.TX.refund45")),
        (PlanTerms("va"), None),
    ],
)
def test_the_law_gives_so_long_to_answer(plan: PlanTerms, expected: object) -> None:
    letter_date = date(2026, 5, 13)
    assert lookback(plan, PAID).respond_by(RECEIVED, letter_date=letter_date) == expected


def test_the_earliest_of_law_contract_and_letter_rules() -> None:
    plan = insured("TX", response_days=20)
    assert lookback(plan, PAID).respond_by(RECEIVED) == Due(date(2026, 6, 9), "contract")
    found = lookback(plan, PAID).respond_by(RECEIVED, reply_by=date(2026, 6, 1))
    assert found == Due(date(2026, 6, 1), "letter")
    slow = insured("TX", response_days=90)
    found = lookback(slow, PAID).respond_by(RECEIVED, reply_by=date(2026, 9, 1))
    assert found == Due(date(2026, 7, 4), "recoup.TX")


def test_a_letter_alone_sets_the_day_where_no_law_does() -> None:
    found = lookback(PlanTerms("commercial", "unknown", "TX"), PAID)
    assert found.respond_by(RECEIVED, reply_by=date(2026, 6, 30)) == (date(2026, 6, 30), "letter")


def test_a_late_texas_request_is_late_for_an_insured_plan_alone() -> None:
    late = date(2026, 10, 15)
    end = lookback(insured("TX"), PAID).lookback_ends_on(PAID)
    assert end is not None
    assert late > end
    assert lookback(PlanTerms("commercial", "self_funded", "TX"), PAID).limit is None


def test_a_recalled_limit_counts_once_switched_on() -> None:
    book = rule_book(frozenset({"recoup.FL.practitioner"}))
    physician = insured("FL", patient_class="professional")
    assert lookback(physician, PAID, rules=book).rule_id == "recoup.FL.practitioner"
    assert lookback(physician, PAID).rule_id == "recoup.FL.general"
    hospital = insured("FL", patient_class="inpatient")
    assert lookback(hospital, PAID, rules=book).rule_id == "recoup.FL.general"
    illinois = lookback(insured("IL"), PAID)
    assert illinois.respond_by(RECEIVED) == Due(date(2026, 7, 19), "recoup.IL")
