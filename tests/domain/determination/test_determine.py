"""What a determination says: order, evidence, dates, and one plain sentence with the figures."""

from requite.domain.determination.determine import determine_account
from requite.domain.determination.example import (
    account,
    answer,
    book,
    charge,
    covered,
    findings,
    paid,
    patient_paid,
    service,
    withheld,
    written_off,
)
from requite.domain.determination.finding import Finding

CASE = account(
    charge(2, "90.00"),
    charge(1, "200.00"),
    covered("LARK", 1),
    covered("TAM", 2),
    answer("A", service(1, "200.00", "120.00", CO45="50.00", PR2="30.00"),
           payment_date="2026-02-03"),
    answer("B", service(1, "200.00", "40.00", OA23="160.00"), payer_id="TAM", claim_status="2",
           payment_date="2026-02-20"),
    answer("C", service(2, "90.00", "90.00"), payment_date="2026-02-25"),
    written_off(1, "55.00"),
    paid(1, "120.00", "A"),
    paid(1, "40.00", "B", payer_id="TAM"),
    paid(2, "90.00", "C"),
    patient_paid(None, "12.00", posted_on="2026-03-01"),
)  # fmt: skip


def told(cause: str) -> Finding:
    found = determine_account(CASE, book()).findings
    return next(finding for finding in found if finding.cause == cause)


def test_findings_come_by_line_then_cause_the_account_as_a_whole_last() -> None:
    assert findings(CASE) == [
        "line 1: $5.00 contractual_overposted, none, reverse_posting, likely",
        "line 1: $10.00 secondary_over_responsibility, payer TAM, refund_payer, proved",
        "account: $12.00 patient_overcollection, patient G1, refund_patient, proved",
    ]


def test_a_second_run_says_the_same() -> None:
    assert determine_account(CASE, book()) == determine_account(CASE, book())


def test_the_evidence_names_charges_postings_and_remittance_claims() -> None:
    assert set(told("secondary_over_responsibility").evidence) == {"C1", "T3", "A", "B"}
    assert set(told("contractual_overposted").evidence) == {"C1", "T1", "A", "B"}


def test_evidence_names_the_adjustment_that_took_money_back() -> None:
    row = withheld("D", "10.00", "B", payer_id="TAM")
    case = CASE._replace(provider_adjustments=[row])
    found = determine_account(case, book()).findings
    taken = next(finding for finding in found if finding.cause == "takeback_unposted")
    assert row.key in taken.evidence


def test_a_payer_s_part_carries_the_days_that_a_clock_may_run_from() -> None:
    found = told("secondary_over_responsibility")
    assert found.payer_id == "TAM"
    assert found.received_on == "2026-02-20"
    assert found.other_received_on == "2026-02-03"
    assert found.adjudicated_on == "2026-02-25"


def test_a_patient_s_part_carries_the_day_of_the_money() -> None:
    found = told("patient_overcollection")
    assert found.payer_id is None
    assert found.received_on == "2026-03-01"
    assert found.other_received_on is None


def test_a_payer_without_an_answer_was_received_when_it_was_posted() -> None:
    case = account(charge(1, "50.00"), paid(1, "80.00", "lost", posted_on="2026-03-09"))
    assert determine_account(case, book()).findings[0].received_on == "2026-03-09"


def test_a_false_credit_of_charges_has_no_day() -> None:
    case = account(charge(1, "80.00"), charge(1, "-110.00", charge_id="C1b"))
    found = determine_account(case, book()).findings[0]
    assert (found.received_on, found.adjudicated_on) == (None, None)
    assert found.explanation.startswith("The charges of line 1 are -$30.00; $30.00: ")


def test_the_sentence_has_the_figures() -> None:
    assert told("secondary_over_responsibility").explanation == (
        "Tamarack Mutual paid $40.00 on line 1 and should have paid $30.00, $10.00 too much: "
        "the payers before it left $30.00."
    )
    assert told("contractual_overposted").explanation == (
        "Contractual write-offs of $55.00 stand on line 1 where $50.00 belong, $5.00 too much: "
        "the remittance allows a write-off of $50.00."
    )
    assert told("patient_overcollection").explanation == (
        "The patient paid $12.00 on the account as a whole and should have paid $0.00, "
        "$12.00 too much: the final responsibility of the patient is $0.00."
    )


def test_the_cells_are_the_table_that_explains_the_account() -> None:
    rows = determine_account(CASE, book()).cells
    table = [(row.line_no, row.kind, row.party_id, row.difference_cents) for row in rows]
    assert table == [
        (1, "contractual", None, 5_00),
        (1, "payer", "LARK", 0),
        (2, "payer", "LARK", 0),
        (1, "payer", "TAM", 10_00),
        (None, "patient", "G1", 12_00),
    ]


def test_parts_that_share_a_row_say_a_clause_each() -> None:
    case = account(
        charge(1, "50.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        paid(1, "80.00", "lost"),
        paid(1, "20.00", "gone", payer_id="TAM"),
    )
    lost = book()._replace(heard=frozenset({"LARK", "TAM"}))
    found = determine_account(case, lost).findings
    assert [finding.amount_cents for finding in found] == [50_00]
    assert found[0].explanation.count("no remittance in the feed has this payment") == 2
    assert "Larkspur Health paid $80.00" in found[0].explanation
    assert "Tamarack Mutual paid $20.00" in found[0].explanation
