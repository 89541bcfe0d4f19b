"""The law as it was read on 2026-11-30, entry by entry, against the rules that act."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from requite.domain.lookback import Lookback, PlanTerms, lookback
from requite.domain.regulations.book import RuleBook, rule_book
from requite.domain.regulations.reading import all_rules
from requite.domain.regulations.rule import Duration, Rule, Use

READ = Path(__file__).parent / "rules-t2.yaml"
ENTRIES: dict[str, dict[str, Any]] = {
    entry["id"]: entry for entry in yaml.safe_load(READ.read_text(encoding="utf-8"))["rules"]
}
RULES = {rule.id: rule for rule in all_rules()}
# Read as verified, but from a copy that bears no date: it may be another day's law.
UNDATED = {"recoup.UT", "recoup.UT.gov", "up.NY", "up.letters.georgeson_new"}


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def of(entry: dict[str, Any] | None, *keys: str) -> dict[str, Any]:
    return {key: entry[key] for key in keys if entry and entry.get(key) is not None}


def test_all_that_was_read_is_there() -> None:
    assert len(ENTRIES) == 63
    assert set(ENTRIES) <= set(RULES)


@pytest.mark.parametrize("rule_id", ENTRIES)
def test_a_rule_says_what_was_read(rule_id: str) -> None:
    rule, entry = RULES[rule_id], ENTRIES[rule_id]
    span = entry["duration"]
    assert rule.duration == (Duration(**span) if span else None)
    assert rule.in_force_from == day(entry["effective_from"])
    assert rule.in_force_to == day(entry["effective_to"])
    assert rule.checked_on == day(entry["checked"])
    for key in ("payer_class", "jurisdiction", "trigger", "owed", "citation"):
        assert getattr(rule, key) == entry[key]
    assert list(rule.recalled_parts) == entry.get("recalled_parts", [])
    assert rule.amount_cents == entry.get("amount_cents")
    assert rule.other_years == entry.get("other_years")


@pytest.mark.parametrize("rule_id", ENTRIES)
def test_a_rule_acts_only_where_a_dated_source_was_read(rule_id: str) -> None:
    is_verified = ENTRIES[rule_id]["confidence"] == "verified" and rule_id not in UNDATED
    rule = RULES[rule_id]
    assert (rule.confidence == "verified", rule.enabled) == (is_verified, is_verified)
    assert rule_book(frozenset({rule_id})).acts(rule)  # a compliance officer may own it


@pytest.mark.parametrize("rule_id", [key for key, entry in ENTRIES.items() if "lookback" in entry])
def test_a_look_back_reaches_as_far_as_was_read(rule_id: str) -> None:
    terms, read = RULES[rule_id].lookback, ENTRIES[rule_id]["lookback"]
    assert terms is not None
    assert (terms.value, terms.unit, terms.from_date) == (
        read["value"], read["unit"], read["from_date"],
    )  # fmt: skip
    assert (terms.cob, terms.government) == (read["cob"], read.get("government"))
    assert list(terms.exceptions) == read["exceptions"]
    assert RULES[rule_id].use is Use.RECOVERY


@pytest.mark.parametrize(
    "rule_id", [k for k, entry in ENTRIES.items() if "provider_response" in entry]
)
def test_an_answer_is_due_when_was_read(rule_id: str) -> None:
    response = RULES[rule_id].provider_response
    assert response is not None
    read = ENTRIES[rule_id]["provider_response"]
    assert {key: getattr(response, key) for key in read} == read


@pytest.mark.parametrize("rule_id", [key for key in ENTRIES if key.startswith("up.")])
def test_unclaimed_money_is_reported_as_was_read(rule_id: str) -> None:
    rule, entry = RULES[rule_id], ENTRIES[rule_id]
    assert (rule.report_due.month_day if rule.report_due else None) == entry.get("due")
    for field, key in (
        ("b2b_exemption", "business_exempt"),
        ("healthcare_exemption", "healthcare"),
    ):
        if key in entry:
            assert getattr(rule, field) == entry[key]
    letter = rule.due_diligence
    if "letter_days" in entry:
        assert letter is not None
        window = [letter.min_days_before_report or 0, letter.max_days_before_report]
        assert window == [entry["letter_days"][0], entry["letter_days"][1]]
    if "letter_min_cents" in entry:
        assert letter is not None
        assert letter.min_amount_usd == entry["letter_min_cents"] // 100
    if "letter_days" not in entry and letter is not None:
        assert letter.confidence == "recalled"


def test_no_rule_that_acts_rests_on_an_undated_copy() -> None:
    assert [
        rule.id for rule in all_rules() if rule.enabled and "undated" in rule.notes.lower()
    ] == []
    for rule_id in ("recoup.OR", "recoup.RI", "recoup.TN", *UNDATED):
        assert not RULES[rule_id].enabled


def insured(state: str) -> PlanTerms:
    return PlanTerms("commercial", "insured", state)


def found(state: str, paid: date, reason: str = "other", **more: Any) -> Lookback:
    return lookback(insured(state), paid, reason=reason, **more)


@pytest.mark.parametrize(
    ("state", "reason", "paid", "end"),
    [
        ("IL", "other", date(2025, 3, 10), date(2026, 3, 9)),  # "12 months or more after" is late
        ("MO", "other", date(2025, 3, 10), date(2026, 3, 10)),
        ("NH", "other", date(2025, 3, 10), date(2026, 3, 10)),
        ("NH", "duplicate", date(2025, 3, 10), None),
        ("SC", "other", date(2025, 3, 10), date(2026, 9, 10)),
        ("DC", "other", date(2025, 8, 31), date(2026, 2, 28)),
        ("DC", "duplicate", date(2025, 8, 31), date(2026, 2, 28)),
        ("DC", "cob", date(2025, 8, 31), date(2027, 2, 28)),
        ("UT", "other", date(2025, 3, 10), None),  # off
        ("OR", "other", date(2025, 3, 10), None),  # off
    ],
)
def test_a_look_back_ends_on_its_last_day(
    state: str, reason: str, paid: date, end: date | None
) -> None:
    assert found(state, paid, reason).lookback_ends_on(paid) == end


@pytest.mark.parametrize(("reason", "end"), [("other", 2026), ("cob", 2027)])
def test_utah_limits_once_a_compliance_officer_answers_for_it(reason: str, end: int) -> None:
    book = rule_book(frozenset({"recoup.UT"}))
    paid = date(2025, 3, 10)
    assert found("UT", paid, reason, rules=book).lookback_ends_on(paid) == date(end, 3, 10)


def test_illinois_before_2022_is_not_known_and_acts_only_when_switched_on() -> None:
    paid = date(2021, 12, 31)
    assert found("IL", paid).rule_id is None
    book = rule_book(frozenset({"recoup.IL.to2021"}))
    assert found("IL", paid, rules=book).lookback_ends_on(paid) == date(2023, 6, 29)


@pytest.mark.parametrize(
    ("received_on", "rule_id", "end"),
    [
        (date(2026, 6, 30), "recoup.IN", date(2027, 3, 10)),
        (date(2026, 7, 1), "recoup.IN.2026", None),
    ],
)
def test_indiana_s_two_years_end_with_june_2026(
    received_on: date, rule_id: str, end: date | None
) -> None:
    paid = date(2025, 3, 10)
    limit = found("IN", paid, received_on=received_on)
    assert (limit.rule_id, limit.lookback_ends_on(paid)) == (rule_id, end)
    assert ("P.L. 88-2026" in (limit.unknown or "")) == (end is None)


def test_a_contract_goes_before_limits_that_are_not_known() -> None:
    plan = insured("IN")._replace(lookback_days=90)
    limit = lookback(plan, date(2026, 3, 10), received_on=date(2026, 9, 1))
    assert (limit.rule_id, limit.unknown) == ("contract", None)


@pytest.mark.parametrize(
    ("is_paid", "due"),
    [
        (False, (date(2026, 6, 24), "recoup.FL.contest35")),
        (True, (date(2026, 6, 29), "recoup.FL.general")),
    ],
)
def test_florida_gives_35_days_to_contest_and_40_to_pay(is_paid: bool, due: object) -> None:
    limit = found("FL", date(2026, 1, 28))
    assert limit.respond_by(date(2026, 5, 20), is_paid=is_paid) == due


def test_days_to_contest_count_for_a_payment_where_nothing_else_does() -> None:
    limit = lookback(PlanTerms("medicaid", "government", "DC"), date(2026, 1, 28))
    day_60 = (date(2026, 7, 19), "mcd.DC.review60")
    assert limit.respond_by(date(2026, 5, 20), is_paid=True) == day_60
    by_letter = limit.respond_by(date(2026, 5, 20), date(2026, 8, 1), is_paid=True)
    assert by_letter == (date(2026, 8, 1), "letter")


def test_south_carolina_s_notice_counts_business_days() -> None:
    notice = RULES["recoup.SC.notice30bd"].duration
    assert notice is not None
    assert notice.after(date(2026, 11, 10)) == date(2026, 12, 24)  # two holidays and six weekends
    assert notice.after(date(2026, 11, 11)) == date(2026, 12, 24)  # Veterans Day counts for none


def clocks(book: RuleBook, state: str, patient_class: str) -> dict[str, Duration]:
    cause = "patient_overcollection"
    found = book.clocks("patient", "unknown", state, cause, patient_class)
    return {clock.rule.id: clock.duration for clock in found}


def test_patients_are_refunded_by_the_state_s_own_days() -> None:
    book = rule_book()
    assert clocks(book, "NC", "outpatient") == {"patient.NC.131E91": Duration(45)}
    assert clocks(book, "NC", "professional") == {}
    assert clocks(book, "CA", "professional") == {"patient.CA.bp732.discovery": Duration(90)}
    assert "patient.CA.hs127440" not in clocks(book, "CA", "inpatient")  # no days in its text


def test_a_rule_that_only_tells_a_fact_sets_no_date() -> None:
    told: list[Rule] = [RULES[key] for key in ENTRIES if RULES[key].use is Use.FACT]
    assert {"recoup.TX.no_recovery", "recoup.CA.notice", "mcr.demand.minimum"} <= {
        rule.id for rule in told
    }
    medicare = lookback(PlanTerms("medicare_ffs"), date(2026, 1, 28))
    assert not {clock.rule.id for clock in medicare.answers} & {rule.id for rule in told}
