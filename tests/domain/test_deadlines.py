from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.domain.deadlines import ClockFacts, Due, Suspension, due_on, every_due, identified_on
from requite.domain.parties import Disposition, Party
from requite.domain.regulations.book import rule_book

JUNE = date(2026, 6, 1)
SIXTY_DAYS = date(2026, 7, 31)


def due(party: str, payer_class: str = "", **facts: Any) -> Due | None:
    facts.setdefault("identified_on", JUNE)
    return due_on(ClockFacts(party, payer_class=payer_class, **facts))


@pytest.mark.parametrize(
    ("payer_class", "state", "identified", "expected"),
    [
        # Medicare: 60 days from identification since 2025, from quantification before.
        ("medicare_ffs", "TX", date(2026, 1, 15), Due(date(2026, 3, 16), "mcr.60day.v2025")),
        ("medicare_ffs", "TX", date(2025, 1, 1), Due(date(2025, 3, 2), "mcr.60day.v2025")),
        ("medicare_ffs", "TX", date(2024, 12, 31), Due(date(2025, 3, 1), "mcr.60day.v2016")),
        ("medicare_ffs", "TX", date(2015, 3, 1), Due(date(2015, 4, 30), "mcr.60day.statute")),
        ("medicare_ffs", "", JUNE, Due(SIXTY_DAYS, "mcr.60day.v2025")),
        # Medicaid: 60 days by statute; New York's own rule is the one to cite there.
        ("medicaid", "TX", JUNE, Due(SIXTY_DAYS, "mcd.60day.statute")),
        ("medicaid", "NY", JUNE, Due(SIXTY_DAYS, "mcd.NY.60day")),
        ("medicaid", "TX", date(2010, 3, 22), None),
        # Recalled or contractual: no rule that acts sets a date.
        ("medicaid_managed", "TX", JUNE, None),
        ("medicare_advantage", "TX", JUNE, None),
        ("chip", "TX", JUNE, None),
        ("tricare", "TX", JUNE, None),
        ("va", "TX", JUNE, None),
        ("fehb", "TX", JUNE, None),
        ("commercial", "TX", JUNE, None),
        ("workers_comp", "TX", JUNE, None),
        ("auto", "TX", JUNE, None),
        ("liability", "TX", JUNE, None),
        ("other", "TX", JUNE, None),
    ],
)
def test_a_payers_money_is_due_by_the_law_of_its_class(
    payer_class: str, state: str, identified: date, expected: object
) -> None:
    assert due("payer", payer_class, state=state, identified_on=identified) == expected


@pytest.mark.parametrize(
    ("state", "identified", "expected"),
    [
        ("TX", JUNE, Due(date(2026, 7, 1), "patient.TX.ins1661")),
        ("TX", date(2009, 5, 29), None),
        ("FL", JUNE, Due(date(2026, 7, 1), "patient.FL.sb1808")),
        ("FL", date(2025, 12, 31), None),
        ("FL", date(2026, 1, 1), Due(date(2026, 1, 31), "patient.FL.sb1808")),
        ("MN", JUNE, Due(date(2026, 7, 1), "patient.MN.62J808")),
        ("MN", date(2024, 9, 30), None),
        ("OH", JUNE, None),  # a reward for the patient, no deadline
        ("CA", JUNE, None),  # recalled
        ("", JUNE, None),
    ],
)
def test_a_patients_money_is_due_by_the_law_of_the_state(
    state: str, identified: date, expected: object
) -> None:
    assert due("patient", state=state, identified_on=identified) == expected


def test_a_minnesota_clock_starts_when_the_billing_review_is_complete() -> None:
    facts = {"state": "MN", "quantified_on": date(2026, 6, 20)}
    assert due("patient", **facts) == Due(date(2026, 7, 20), "patient.MN.62J808")


def test_before_2025_a_medicare_clock_starts_when_the_amount_is_known() -> None:
    facts = {"identified_on": date(2024, 3, 1), "quantified_on": date(2024, 8, 1)}
    assert due("payer", "medicare_ffs", **facts) == Due(date(2024, 9, 30), "mcr.60day.v2016")


def test_from_2025_the_amount_need_not_be_known() -> None:
    facts = {"identified_on": date(2026, 3, 1), "quantified_on": date(2026, 8, 1)}
    assert due("payer", "medicare_ffs", **facts) == Due(date(2026, 4, 30), "mcr.60day.v2025")


def test_an_overpayment_between_two_laws_falls_under_the_statute() -> None:
    facts = {"identified_on": date(2024, 12, 20), "quantified_on": date(2025, 1, 10)}
    assert due("payer", "medicare_ffs", **facts) == Due(date(2025, 2, 18), "mcr.60day.statute")


MSP = {
    "cause": "medicare_secondary_payer",
    "payment_received_on": date(2026, 1, 20),
    "other_payment_received_on": date(2026, 2, 25),
}


def test_medicare_as_secondary_is_repaid_within_60_days_of_the_other_payment() -> None:
    assert due("payer", "medicare_ffs", **MSP) == Due(date(2026, 4, 26), "msp.provider.60day")


def test_the_clock_does_not_start_before_medicare_itself_has_paid() -> None:
    facts = {**MSP, "payment_received_on": date(2026, 3, 1)}
    assert due("payer", "medicare_ffs", **facts) == Due(date(2026, 4, 30), "msp.provider.60day")


def test_identification_rules_where_it_comes_before_the_other_payment() -> None:
    facts = {**MSP, "identified_on": date(2026, 2, 1)}
    assert due("payer", "medicare_ffs", **facts) == Due(date(2026, 4, 2), "mcr.60day.v2025")


def test_the_other_payers_money_starts_no_clock_for_another_cause() -> None:
    facts = {**MSP, "cause": "duplicate_payment"}
    assert due("payer", "medicare_ffs", **facts) == Due(SIXTY_DAYS, "mcr.60day.v2025")


def test_without_the_date_of_the_other_payment_identification_rules() -> None:
    facts = {**MSP, "other_payment_received_on": None}
    assert due("payer", "medicare_ffs", **facts) == Due(SIXTY_DAYS, "mcr.60day.v2025")


@pytest.mark.parametrize(
    ("state", "rule_id", "day"),
    [("MD", "mcd.MD.tpl60", date(2026, 4, 26)), ("TX", "mcd.60day.statute", SIXTY_DAYS)],
)
def test_maryland_medicaid_counts_from_the_second_payment(
    state: str, rule_id: str, day: date | None
) -> None:
    facts = {**MSP, "cause": "secondary_over_responsibility", "state": state}
    assert due("payer", "medicaid", **facts) == Due(day, rule_id)


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (date(2020, 6, 1), Due(SIXTY_DAYS, "mcr.60day.v2025")),
        (date(2020, 5, 31), None),
    ],
)
def test_medicare_money_of_more_than_six_years_ago_has_no_date(
    received: date, expected: object
) -> None:
    assert due("payer", "medicare_ffs", payment_received_on=received) == expected


def test_a_false_credit_has_no_clock() -> None:
    assert due("none", "medicare_ffs", disposition="post_recoupment") is None


def test_a_doubtful_part_of_a_government_payer_runs_its_clock() -> None:
    for disposition in (Disposition.HOLD, Disposition.REVIEW):
        found = due(Party.UNDETERMINED, "medicare_ffs", disposition=disposition)
        assert found == Due(SIXTY_DAYS, "mcr.60day.v2025")


def test_a_doubtful_part_of_nobodys_cell_has_no_clock() -> None:
    assert due(Party.UNDETERMINED, state="TX", disposition=Disposition.HOLD) is None


def test_patient_money_on_hold_is_not_yet_too_much() -> None:
    assert due(Party.PATIENT, state="TX", disposition=Disposition.HOLD) is None
    assert due(Party.PATIENT, state="TX", disposition=Disposition.REFUND_PATIENT) is not None


@pytest.mark.parametrize(
    ("payer_class", "funding", "state", "expected"),
    [
        ("commercial", "insured", "CA", Due(date(2026, 7, 3), "recoup.CA")),  # working days
        ("commercial", "insured", "TX", Due(date(2026, 7, 4), "recoup.TX")),
        ("commercial", "insured", "FL", Due(date(2026, 6, 29), "recoup.FL.general")),
        ("commercial", "insured", "IL", Due(date(2026, 7, 19), "recoup.IL")),
        ("commercial", "insured", "OR", None),  # read in an undated copy
        ("commercial", "insured", "WA", Due(date(2026, 6, 19), "recoup.WA")),
        ("commercial", "insured", "LA", Due(date(2026, 6, 19), "recoup.LA")),
        ("commercial", "insured", "KY", Due(date(2026, 6, 12), "recoup.KY")),  # from the postmark
        ("commercial", "insured", "NY", None),  # the 30 days are recalled
        ("commercial", "insured", "NJ", None),  # the 45 days are recalled
        ("commercial", "self_funded", "TX", None),
        ("commercial", "unknown", "TX", None),
        ("tricare", "government", "TX", Due(date(2026, 6, 12), "tricare.demand30")),
        ("medicare_ffs", "government", "TX", Due(date(2026, 6, 12), "mcr.appeal.no_interest")),
        ("workers_comp", "unknown", "TX", Due(date(2026, 6, 27), "wc.TX.refund45")),
        ("workers_comp", "unknown", "OK", None),
        ("va", "government", "TX", None),
    ],
)
def test_a_letter_starts_the_clock_of_its_answer(
    payer_class: str, funding: str, state: str, expected: object
) -> None:
    letter = {"demand_letter_on": date(2026, 5, 13), "request_received_on": date(2026, 5, 20)}
    assert due("payer", payer_class, funding=funding, state=state, **letter) == expected


def test_a_letter_without_a_date_counts_from_its_receipt() -> None:
    facts = {"request_received_on": date(2026, 5, 20)}
    assert due("payer", "tricare", **facts) == Due(date(2026, 6, 19), "tricare.demand30")


def test_every_rule_that_binds_can_be_shown() -> None:
    dates = every_due(
        ClockFacts("payer", JUNE, "medicare_ffs", **MSP, demand_letter_on=date(2026, 5, 13))
    )
    assert {each.rule_id: each.due_on for each in dates} == {
        "mcr.60day.v2025": SIXTY_DAYS,
        "msp.provider.60day": date(2026, 4, 26),
        "mcr.appeal.no_interest": date(2026, 6, 12),
    }


@pytest.mark.parametrize(
    ("rule_id", "part", "day"),
    [
        ("mcd.mco.provider60", ClockFacts("payer", JUNE, "medicaid_managed"), SIXTY_DAYS),
        ("ma.provider.to_plan", ClockFacts("payer", JUNE, "medicare_advantage"), SIXTY_DAYS),
        ("tricare.self_identified", ClockFacts("payer", JUNE, "tricare"), SIXTY_DAYS),
        ("patient.US.policy_default", ClockFacts("patient", JUNE, state="OH"), date(2026, 7, 1)),
        # Switched on or not: no feed tells that care was free, so a person applies it.
        ("patient.WA.charity", ClockFacts("patient", JUNE, state="WA"), None),
    ],
)
def test_a_recalled_rule_acts_once_an_officer_has_switched_it_on(
    rule_id: str, part: ClockFacts, day: date | None
) -> None:
    assert due_on(part) is None
    switched = due_on(part, rule_book(frozenset({rule_id})))
    assert switched == (day and Due(day, rule_id))


def suspended(*suspensions: Suspension, payer_class: str = "medicare_ffs") -> date | None:
    found = due("payer", payer_class, state="TX", suspensions=suspensions)
    return None if found is None else found.due_on


INVESTIGATION = "related_overpayment_investigation"


def test_an_investigation_from_day_0_moves_the_date_to_day_240_at_most() -> None:
    assert suspended(Suspension(INVESTIGATION, JUNE)) == JUNE + timedelta(days=240)
    whole_year = Suspension(INVESTIGATION, JUNE, JUNE + timedelta(days=365))
    assert suspended(whole_year) == JUNE + timedelta(days=240)


def test_a_later_investigation_stops_the_clock_until_day_180() -> None:
    from_day_20 = Suspension(INVESTIGATION, JUNE + timedelta(days=20))
    assert suspended(from_day_20) == JUNE + timedelta(days=60 + 160)


def test_a_finished_investigation_moves_the_date_by_its_days() -> None:
    ten_days = Suspension(INVESTIGATION, JUNE + timedelta(days=5), JUNE + timedelta(days=15))
    assert suspended(ten_days) == JUNE + timedelta(days=70)
    overlapping = Suspension(INVESTIGATION, JUNE + timedelta(days=10), JUNE + timedelta(days=20))
    assert suspended(overlapping, ten_days) == JUNE + timedelta(days=75)


@pytest.mark.parametrize(
    "suspension",
    [
        Suspension(INVESTIGATION, JUNE + timedelta(days=61)),  # too late: the day was over
        Suspension(INVESTIGATION, JUNE - timedelta(days=9), JUNE - timedelta(days=2)),
        Suspension("cms_srdp_acknowledged", JUNE),  # recalled
    ],
)
def test_what_does_not_pause_the_clock_moves_no_date(suspension: Suspension) -> None:
    assert suspended(suspension) == SIXTY_DAYS


def test_the_pause_of_medicare_does_not_carry_over_to_medicaid() -> None:
    investigation = Suspension(INVESTIGATION, JUNE)
    assert suspended(investigation, payer_class="medicaid") == SIXTY_DAYS


def test_a_new_york_self_disclosure_stops_the_state_clock_while_it_lasts() -> None:
    part = ClockFacts("payer", JUNE, "medicaid", state="NY")
    open_ended = Suspension("omig_self_disclosure_acknowledged", JUNE + timedelta(days=10))
    ended = open_ended._replace(ended_on=JUNE + timedelta(days=40))

    def dates(suspension: Suspension) -> dict[str, date]:
        found = every_due(part._replace(suspensions=(suspension,)))
        return {each.rule_id: each.due_on for each in found}

    assert "mcd.NY.60day" not in dates(open_ended)
    assert dates(ended)["mcd.NY.60day"] == JUNE + timedelta(days=90)


def test_a_run_identifies_on_its_own_day_unless_the_records_tell_an_earlier_one() -> None:
    assert identified_on(JUNE) == JUNE
    assert identified_on(JUNE, None, date(2026, 5, 3), date(2026, 5, 20)) == date(2026, 5, 3)
    assert identified_on(JUNE, date(2026, 6, 2)) == JUNE


DAYS = st.dates(date(2015, 1, 1), date(2027, 1, 1))
PARTS = st.builds(
    ClockFacts,
    party=st.sampled_from(["payer", "patient", "none", "undetermined"]),
    identified_on=DAYS,
    payer_class=st.sampled_from(["medicare_ffs", "medicaid", "commercial", "tricare", ""]),
    funding=st.sampled_from(["insured", "self_funded", "government", "unknown"]),
    state=st.sampled_from(["TX", "FL", "NY", "MD", "CA", ""]),
    cause=st.sampled_from(["duplicate_payment", "medicare_secondary_payer"]),
    disposition=st.sampled_from(["refund_payer", "hold"]),
    patient_class=st.sampled_from(["inpatient", "professional", ""]),
    quantified_on=st.none() | DAYS,
    payment_received_on=st.none() | DAYS,
    other_payment_received_on=st.none() | DAYS,
    service_to=st.none() | DAYS,
    demand_letter_on=st.none() | DAYS,
    request_received_on=st.none() | DAYS,
    suspensions=st.just(()),
)


@given(PARTS)
def test_the_earliest_of_all_dates_rules_and_comes_from_a_rule_that_acts(part: ClockFacts) -> None:
    book = rule_book()
    dates = every_due(part)
    assert due_on(part) == min(dates, key=lambda each: each.due_on, default=None)
    assert all(book.acts(book.rule(each.rule_id)) for each in dates)


@given(PARTS, st.integers(1, 400))
def test_knowing_earlier_never_gives_more_time(part: ClockFacts, days: int) -> None:
    now = due_on(part)
    earlier = due_on(
        part._replace(
            identified_on=max(part.identified_on - timedelta(days=days), date(2015, 1, 1))
        )
    )
    if now is not None and part.party != "patient":
        assert earlier is not None
        assert earlier.due_on <= now.due_on
