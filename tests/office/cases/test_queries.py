"""Queues in the order of work, searches by whatever people hold in hand."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from office_builders import DAY, a_false_credit, a_finding, a_member, a_provider, determined
from requite.office.cases.figures import figures
from requite.office.cases.models import Case
from requite.office.cases.queries import Filters, queue_cases, queue_counts
from requite.office.people.models import Provider

pytestmark = pytest.mark.django_db


def a_few(provider: Provider) -> None:
    determined(
        provider,
        a_finding("late", 100, due_on=DAY - timedelta(days=3)),
        a_finding("other", 99_999, due_on=DAY + timedelta(days=2)),
        a_finding("medicare", 200, payer_class="medicare_ffs", due_on=DAY + timedelta(days=50)),
        a_finding("patient", 300, party="patient", party_id="G1", payer_name=None,
                  payer_class=None, disposition="refund_patient"),
        a_finding("undated", 500, due_on=None, rule_id=None),
        a_false_credit("false", 800),
    )  # fmt: skip


def accounts(provider: Provider, **how: object) -> list[str]:
    filters = Filters(**how)  # type: ignore[arg-type]
    user = a_member(provider)
    cases = queue_cases(provider, filters, user=user, on=DAY)
    return [case.account_id for case in cases]


def test_past_due_comes_first_then_government_patients_others() -> None:
    alder = a_provider()
    a_few(alder)
    assert accounts(alder) == ["late", "medicare", "patient", "other", "false", "undated"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("medicare", ["medicare"]),
        ("PCNother", ["other"]),
        ("88123", ["late", "medicare", "patient", "other", "false", "undated"]),
        ("$999.99", ["other"]),
        ("999.99", ["other"]),
        ("RQ-000001", None),
        ("quist", ["late", "medicare", "patient", "other", "false", "undated"]),
        ("Qui", ["late", "medicare", "patient", "other", "false", "undated"]),
        ("mira quist", ["late", "medicare", "patient", "other", "false", "undated"]),
        ("Quist, M", ["late", "medicare", "patient", "other", "false", "undated"]),
        ("mira nobody", []),
        ("uist", []),
        ("9" * 60, []),
        ("%", []),
        ("nothing like it", []),
    ],
)
def test_a_case_is_found_by_what_people_hold_in_hand(search: str, found: list[str] | None) -> None:
    alder = a_provider()
    a_few(alder)
    if found is None:
        found = [Case.objects.get(number=1).account_id]
    assert accounts(alder, search=search) == found


def test_a_number_is_found_without_its_leading_zeros_and_with_them() -> None:
    alder = a_provider()
    determined(alder, a_finding("000417"), a_finding("B1"))
    for search in ("000417", "417"):
        assert accounts(alder, search=search) == ["000417"]


def test_a_credit_is_as_old_as_the_last_posting_that_made_it() -> None:
    alder = a_provider()
    days = {"A1": 5, "A2": 45, "A3": 400}
    determined(
        alder, *(a_finding(account) for account in days),
        credit_on={account: DAY - timedelta(days=back) for account, back in days.items()},
    )  # fmt: skip
    assert accounts(alder, age="up to 30 days") == ["A1"]
    assert accounts(alder, age="31 to 60") == ["A2"]
    assert accounts(alder, age="over 90") == ["A3"]
    ages = {words: both.cases for words, both in figures(alder, on=DAY).by_age.items()}
    assert ages == {"up to 30 days": 1, "31 to 60": 1, "61 to 90": 0, "over 90": 1}


def test_an_account_and_an_amount_are_not_taken_for_a_case_or_the_start_of_a_number() -> None:
    alder = a_provider()
    determined(alder, a_finding("000000777", 3250), a_finding("B9", 1500))
    first, second = Case.objects.order_by("number")
    assert accounts(alder, search="000000777") == ["000000777"]
    assert accounts(alder, search=str(second.number)) == [second.account_id]
    assert accounts(alder, search=f"rq-{first.number:06}") == [first.account_id]
    assert accounts(alder, search="88.00") == []  # 88123 is a number of both
    assert accounts(alder, search="15.00") == ["B9"]


def test_the_menu_knows_how_many_are_past_due() -> None:
    alder = a_provider()
    a_few(alder)
    assert queue_counts(alder, on=DAY)["work"] == (6, 1)
    assert queue_counts(alder, on=DAY)["done"] == (0, 0)


def test_a_search_never_leaves_the_provider() -> None:
    alder, birch = a_provider("alder"), a_provider("birch")
    a_few(alder)
    assert accounts(birch, search="88123") == []
    assert accounts(birch, search="quist") == []


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ({"party": "patient"}, ["patient"]),
        ({"cause": "duplicate_posting"}, ["false"]),
        ({"due": "past"}, ["late"]),
        ({"due": "soon"}, ["other"]),
        ({"due": "week"}, ["other"]),
        ({"due": "2026-11-23"}, ["late"]),
        ({"due": "2026-11-24"}, []),
        ({"queue": "open", "party": "none"}, ["false"]),
        ({"payer_class": "medicare_ffs"}, ["medicare"]),
        ({"state": "to_work"}, []),
        ({"age": "31 to 60"}, []),
        ({"pile": "needs"}, []),
        ({"mine": True}, []),
        ({"queue": "done"}, []),
    ],
)
def test_filters_narrow_a_queue(how: dict[str, object], found: list[str]) -> None:
    alder = a_provider()
    a_few(alder)
    assert accounts(alder, **how) == found


def test_counts_and_figures_take_a_bounded_number_of_queries() -> None:
    alder = a_provider()
    a_few(alder)
    with CaptureQueriesContext(connection) as counted:
        assert queue_counts(alder, on=DAY)["work"].cases == 6
    assert len(counted) == 1
    with CaptureQueriesContext(connection) as counted:
        found = figures(alder, on=DAY)
    assert len(counted) == 3
    assert (found.past_due, found.open, found.due_week) == ((1, 100), (6, 101_899), (1, 99_999))
    assert (found.real, found.false) == ((5, 101_099), (1, 800))
    for table in (found.by_cause, found.by_party, found.by_state, found.by_age):
        assert sum(cents for _, cents in table.values()) == 101_899
    assert found.by_age["up to 30 days"] == (6, 101_899)
    assert found.due_on[DAY + timedelta(days=2)] == (1, 99_999)
    assert sum(both.cents for both in found.found_in_week.values()) == 101_899
    assert found.funnel["Found"] == (5, 101_099)
    assert found.funnel["Proposed"] == (0, 0)


def test_after_a_case_comes_the_next_of_the_list() -> None:
    alder = a_provider()
    a_few(alder)
    cases = queue_cases(alder, Filters(), user=a_member(alder), on=date(2026, 11, 26))
    numbers = [case.number for case in cases]
    assert [case.number for case in cases[:50]] == numbers
    for start in range(len(cases)):
        assert [case.number for case in cases[start : start + 2]] == numbers[start : start + 2]
    assert cases.number_after(numbers[0]) == numbers[1]
    assert cases.number_after(numbers[-1]) == numbers[0]
    assert cases.number_after(10**6) == numbers[0]
    nothing = queue_cases(alder, Filters(queue="pay"), user=a_member(alder), on=DAY)
    assert nothing.number_after(1) is None


def test_the_order_of_cases_is_the_one_that_came_with_the_findings() -> None:
    alder = a_provider()
    due_on = DAY + timedelta(days=50)
    determined(
        alder,
        a_finding("other", 900, due_on=due_on),
        a_finding("county", 100, due_on=due_on, rank=0),  # a commercial payer, a public plan
        a_finding("doubtful", 100, party="undetermined", party_id=None, due_on=due_on, rank=0),
        a_finding("doubtful", 900, party="undetermined", party_id=None, line_no=2, due_on=due_on),
    )
    assert accounts(alder) == ["doubtful", "county", "other"]
