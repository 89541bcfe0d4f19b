"""How sure is it: proved, likely, or for a person?"""

from datetime import date

import pytest

from requite.domain.determination.account import LedgerEntry
from requite.domain.determination.example import (
    Row,
    account,
    answer,
    book,
    charge,
    covered,
    findings,
    paid,
    patient_paid,
    service,
    written_off,
)


def graded(*rows: Row, second: LedgerEntry | None = None) -> list[str]:
    """The last words of the findings where Larkspur paid line 1 twice."""
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        answer("A", service(1, "100.00", "70.00", CO45="20.00", PR3="10.00")),
        answer("B", service(1, "100.00", "70.00", CO45="20.00", PR3="10.00")),
        written_off(1, "20.00"),
        paid(1, "70.00", "A"),
        second or paid(1, "70.00", "B"),
        *rows,
    )
    return [told.rsplit(", ", 1)[1] for told in findings(case)]


def test_a_finding_is_proved_where_every_posting_of_its_cell_names_its_payment() -> None:
    assert graded() == ["proved"]


def test_it_is_likely_where_one_was_linked_by_order() -> None:
    assert graded(second=paid(1, "70.00")) == ["likely"]


def test_a_posting_by_order_in_another_cell_takes_nothing_from_it() -> None:
    rows = [charge(2, "50.00"), answer("C", service(2, "50.00", "50.00")), paid(2, "50.00")]
    assert graded(*rows) == ["proved"]


def test_an_account_that_holds_payer_money_without_a_remittance_proves_nothing() -> None:
    rows = [charge(2, "50.00"), paid(2, "50.00", "lost"), patient_paid(1, "15.00")]
    assert graded(*rows) == ["likely", "likely"]


@pytest.mark.parametrize(
    ("missing_on", "certainty"),
    [("2026-02-09", "proved"), ("2026-02-10", "likely"), ("2026-03-01", "likely")],
)
def test_a_payer_s_part_is_likely_once_a_remittance_of_it_does_not_add_up(
    missing_on: str, certainty: str
) -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "100.00")),
        answer("B", service(1, "100.00", "100.00")),
        paid(1, "100.00", "A"),
        paid(1, "100.00", "B"),
    )
    seen = book()._replace(incomplete={"LARK": date.fromisoformat(missing_on)})
    assert findings(case, seen) == [
        f"line 1: $100.00 duplicate_payment, payer LARK, refund_payer, {certainty}"
    ]


def test_a_payer_that_is_not_on_file_is_for_a_person() -> None:
    case = account(
        charge(1, "100.00"),
        answer("A", service(1, "100.00", "100.00")),
        answer("B", service(1, "100.00", "100.00")),
        paid(1, "100.00", "A"),
        paid(1, "100.00", "B"),
    )
    assert findings(case) == ["line 1: $100.00 duplicate_payment, undetermined, review, person"]


def test_a_coverage_that_does_not_reach_the_service_is_for_a_person() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", effective_from="2026-02-01"),
        answer("A", service(1, "100.00", "100.00")),
        answer("B", service(1, "100.00", "100.00")),
        paid(1, "100.00", "A"),
        paid(1, "100.00", "B"),
    )
    assert findings(case) == ["line 1: $100.00 duplicate_payment, undetermined, review, person"]


def test_what_goes_back_never_exceeds_what_is_still_here() -> None:
    """70.00 was paid for the second line and taken back on the first: nothing is left to refund."""
    case = account(
        charge(1, "100.00"),
        charge(2, "70.00", voided_on="2026-03-01"),
        covered("LARK"),
        answer("A", service(1, "100.00", "0.00", PR1="100.00"), service(2, "70.00", "70.00")),
        paid(2, "70.00", "A"),
        paid(1, "-70.00", "lost"),
    )
    assert findings(case) == ["line 2: $70.00 voided_charge, undetermined, review, person"]
