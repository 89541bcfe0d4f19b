from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requite.domain.priority import PriorityKey, QueueFacts, is_government, priority_key

AS_OF = date(2026, 6, 1)
PART = QueueFacts("A1", 1, "payer", "P1", "duplicate_payment", 10_000, payer_class="commercial")


def first(*parts: QueueFacts) -> QueueFacts:
    return min(parts, key=lambda part: priority_key(part, AS_OF))


def part(**changes: Any) -> QueueFacts:
    return PART._replace(**changes)


PAST_DUE = part(account_id="past", due_on=AS_OF - timedelta(days=1), amount_cents=1)
GOVERNMENT = part(account_id="government", payer_class="medicaid")
PATIENT = part(account_id="patient", party="patient", payer_class="", due_on=AS_OF)
OTHER = part(account_id="other", due_on=AS_OF, amount_cents=10**9)


def test_past_due_then_government_then_patients_then_others() -> None:
    parts = [OTHER, PATIENT, GOVERNMENT, PAST_DUE]
    ranked = sorted(parts, key=lambda each: priority_key(each, AS_OF))
    assert [each.account_id for each in ranked] == ["past", "government", "patient", "other"]


def test_due_today_is_not_past_due() -> None:
    today = part(due_on=AS_OF)
    assert first(today, GOVERNMENT) == GOVERNMENT


def test_among_what_is_past_due_government_goes_first() -> None:
    late_government = part(payer_class="medicare_ffs", due_on=AS_OF - timedelta(days=1))
    later_patient = part(party="patient", payer_class="", due_on=AS_OF - timedelta(days=90))
    assert first(later_patient, late_government) == late_government


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"due_on": AS_OF + timedelta(days=3)}, {"due_on": AS_OF + timedelta(days=4)}),
        ({"due_on": AS_OF + timedelta(days=900)}, {}),
        ({"amount_cents": 20_000}, {}),
        ({"money_on": date(2025, 1, 1)}, {"money_on": date(2025, 1, 2)}),
        ({"money_on": date(2025, 1, 1)}, {}),
        ({"account_id": "A0"}, {}),
        ({"line_no": None}, {}),
    ],
)
def test_days_left_then_amount_then_age_then_ids(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert first(part(**after), part(**before)) == part(**before)


def test_undetermined_government_money_goes_with_government() -> None:
    doubtful = part(party="undetermined", party_id="", payer_class="medicaid_managed")
    assert first(PATIENT, doubtful) == doubtful


def test_a_false_credit_of_a_government_payer_goes_last() -> None:
    false = part(party="none", party_id="", payer_class="medicare_ffs")
    assert first(false, PATIENT) == PATIENT


@pytest.mark.parametrize(
    ("payer_class", "funding", "expected"),
    [
        ("medicare_ffs", "unknown", True),
        ("chip", "government", True),
        ("commercial", "government", True),
        ("commercial", "insured", False),
        ("workers_comp", "unknown", False),
        ("", "unknown", False),
    ],
)
def test_public_money_is_known_by_class_or_funding(
    payer_class: str, funding: str, expected: object
) -> None:
    assert is_government(payer_class, funding) is expected


PARTS = st.builds(
    QueueFacts,
    account_id=st.sampled_from(["A1", "A2", "A3"]),
    line_no=st.none() | st.integers(1, 3),
    party=st.sampled_from(["payer", "patient", "none", "undetermined"]),
    party_id=st.sampled_from(["P1", "P2", ""]),
    cause=st.sampled_from(["duplicate_payment", "unexplained"]),
    amount_cents=st.integers(1, 500),
    due_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    money_on=st.none() | st.dates(date(2025, 1, 1), date(2026, 5, 31)),
    payer_class=st.sampled_from(["medicare_ffs", "commercial", ""]),
)


@given(st.lists(PARTS, unique_by=lambda p: (*p[:2], *p[2:5])), st.randoms())
def test_the_order_of_the_queue_does_not_depend_on_the_order_of_the_rows(
    parts: list[QueueFacts], random: Random
) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)

    def key(each: QueueFacts) -> PriorityKey:
        return priority_key(each, AS_OF)

    assert sorted(parts, key=key) == sorted(shuffled, key=key)
    assert len({key(each) for each in parts}) == len(parts)
