"""One check for several guarantors: whose the excess is, only the check itself says."""

from requite.domain.determination.account import SharedCheck
from requite.domain.determination.determine import determine_account
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
from requite.domain.determination.finding import Finding

SHARED = SharedCheck("P1", "G1|G2")


def an_account(*rows: Row) -> tuple[Row, ...]:
    """A patient who owes $10.00 and paid $25.00 of it, by the entry P1."""
    return (
        charge(1, "100.00"),
        covered("LARK"),
        answer("A", service(1, "100.00", "70.00", CO45="20.00", PR3="10.00")),
        written_off(1, "20.00"),
        paid(1, "70.00", "A"),
        patient_paid(1, "25.00", transaction_id="P1", check_number="2207"),
        *rows,
    )


def the_finding(*rows: Row) -> Finding:
    (found,) = determine_account(account(*an_account(*rows)), book()).findings
    return found


def test_the_excess_of_a_shared_check_is_for_a_person_who_is_told_the_candidates() -> None:
    found = the_finding(SHARED)
    assert (found.party, found.disposition, found.certainty) == ("undetermined", "review", "person")
    assert "one check paid for the guarantors G1 and G2: its copy settles" in found.explanation


def test_a_check_that_is_not_shared_leaves_the_excess_proved() -> None:
    assert the_finding().certainty == "proved"


def test_a_shared_check_on_another_line_does_not_matter() -> None:
    rows = an_account(
        charge(2, "50.00"),
        answer("B", service(2, "50.00", "40.00", PR3="10.00")),
        paid(2, "40.00", "B"),
        patient_paid(2, "10.00", transaction_id="P2", check_number="9"),
        SharedCheck("P2", "G1|G2"),
    )
    assert [told.rsplit(", ", 1)[1] for told in findings(account(*rows))] == ["proved"]


def test_a_payer_s_excess_does_not_depend_on_the_patient_s_check() -> None:
    rows = an_account(
        answer("B", service(1, "100.00", "70.00", CO45="20.00", PR3="10.00")),
        paid(1, "70.00", "B"),
        SHARED,
    )
    told = findings(account(*rows))
    assert sorted(line.rsplit(", ", 1)[1] for line in told) == ["person", "proved"]
    assert any("$70.00 duplicate_payment, payer LARK" in line for line in told)
