"""Contract, remittance, ledger: which of them says what the write-off is?"""

import pytest
from tests.domain.determination.reading import excesses, targets

from requite.domain.determination.account import ContractAmount, PatientAccount
from requite.domain.determination.determine import determine_account
from requite.domain.determination.example import (
    Row,
    Service,
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


def priced(said: Service, *rows: Row, allowed: str = "640.00") -> list[str]:
    """Findings of a charge of 1000.00 that the contract prices at 640.00."""
    return findings(case_of(said, *rows, allowed=allowed))


def case_of(said: Service, *rows: Row, allowed: str = "640.00") -> PatientAccount:
    cents = int(allowed.replace(".", ""))
    return account(
        charge(1, "1000.00"),
        covered("LARK"),
        ContractAmount("LARK", cents, line_no=1),
        answer("A", said),
        *rows,
    )


AGREES = service(1, "1000.00", "640.00", CO45="360.00")
ABOVE = service(1, "1000.00", "700.00", CO45="300.00")
BELOW = service(1, "1000.00", "600.00", CO45="400.00")


def test_the_contract_governs_where_the_ledger_follows_it_and_the_remittance_does_not() -> None:
    assert priced(ABOVE, written_off(1, "360.00"), paid(1, "700.00", "A")) == [
        "line 1: $60.00 paid_above_contract, payer LARK, refund_payer, proved"
    ]


def test_an_ungrouped_write_off_follows_the_contract_as_well() -> None:
    assert priced(ABOVE, written_off(1, "360.00", None), paid(1, "700.00", "A")) == [
        "line 1: $60.00 paid_above_contract, payer LARK, refund_payer, proved"
    ]


def test_where_the_contract_governs_a_payment_below_it_is_no_credit() -> None:
    case = case_of(BELOW, written_off(1, "360.00"), paid(1, "600.00", "A"))
    assert targets(case) == {"1 contractual": "360.00", "1 LARK": "600.00", "1 patient": "40.00"}
    assert findings(case) == []


def test_copay_and_deductible_stay_as_adjudicated_where_the_contract_governs() -> None:
    said = service(1, "1000.00", "650.00", CO45="300.00", PR3="50.00")
    case = case_of(said, written_off(1, "360.00"), paid(1, "650.00", "A"), patient_paid(1, "50.00"))
    assert targets(case) == {"1 contractual": "360.00", "1 LARK": "590.00", "1 patient": "50.00"}
    assert findings(case) == [
        "line 1: $60.00 paid_above_contract, payer LARK, refund_payer, proved"
    ]


def test_coinsurance_under_a_contract_that_governs_is_for_a_person() -> None:
    said = service(1, "1000.00", "560.00", CO45="300.00", PR2="140.00")
    rows = [written_off(1, "360.00"), paid(1, "560.00", "A"), patient_paid(1, "140.00")]
    assert priced(said, *rows) == [
        "line 1: $60.00 paid_above_contract, undetermined, review, person"
    ]


@pytest.mark.parametrize("posted", ["360.00", "373.00"])
def test_sequestration_adds_to_the_contract_s_write_off(posted: str) -> None:
    said = service(1, "1000.00", "687.00", CO45="300.00", CO253="13.00")
    case = case_of(said, written_off(1, posted), paid(1, "687.00", "A"))
    assert targets(case) == {"1 contractual": "373.00", "1 LARK": "627.00"}


def test_sequestration_is_no_difference_from_the_contract() -> None:
    said = service(1, "1000.00", "627.00", CO45="360.00", CO253="13.00")
    assert priced(said, written_off(1, "373.00"), paid(1, "627.00", "A")) == []


def test_a_denied_line_stays_as_the_remittance_has_it() -> None:
    denied = service(1, "1000.00", "0.00", CO197="1000.00")
    case = case_of(denied, written_off(1, "360.00"))
    assert targets(case) == {"1 contractual": "1000.00"}


def test_where_contract_and_remittance_agree_a_write_off_above_is_proved_false() -> None:
    assert priced(AGREES, written_off(1, "360.00"), written_off(1, "360.00"),
                  paid(1, "640.00", "A")) == [
        "line 1: $360.00 contractual_overposted, none, reverse_posting, proved"
    ]  # fmt: skip


def test_where_the_ledger_follows_the_remittance_there_is_only_a_variance() -> None:
    case = case_of(ABOVE, written_off(1, "300.00"), paid(1, "700.00", "A"))
    found = determine_account(case, book())
    assert found.findings == ()
    assert found.variances == ((1, "LARK", 60_00),)


def test_where_the_ledger_follows_neither_the_remittance_governs_and_nothing_is_proved() -> None:
    case = case_of(ABOVE, written_off(1, "310.00"), paid(1, "700.00", "A"), paid(1, "700.00", "A"))
    assert findings(case) == [
        "line 1: $10.00 contractual_overposted, none, reverse_posting, likely",
        "line 1: $700.00 duplicate_posting, none, reverse_posting, likely",
    ]
    assert determine_account(case, book()).variances == ((1, "LARK", 60_00),)


def test_a_contract_with_another_payer_says_nothing() -> None:
    case = account(
        charge(1, "1000.00"),
        covered("LARK"),
        ContractAmount("TAM", 640_00, line_no=1),
        answer("A", ABOVE),
        written_off(1, "360.00"),
        paid(1, "700.00", "A"),
    )
    assert findings(case) == [
        "line 1: $60.00 contractual_overposted, none, reverse_posting, likely"
    ]


def test_the_contract_of_a_later_place_changes_nothing() -> None:
    case = account(
        charge(1, "100.00"),
        covered("LARK", 1),
        covered("TAM", 2),
        ContractAmount("TAM", 60_00, line_no=1),
        answer("A", service(1, "100.00", "50.00", CO45="20.00", PR2="30.00")),
        answer("B", service(1, "100.00", "30.00", OA23="70.00"), payer_id="TAM", claim_status="2"),
    )
    assert targets(case) == {"1 contractual": "20.00", "1 LARK": "50.00", "1 TAM": "30.00"}


# A contract for the account as a whole


def stay(*rows: Row, allowed: int = 2000_00, said: tuple[Service, ...] = ()) -> PatientAccount:
    """Lines of 2000.00 and 1000.00; the contract allows 2000.00 for both."""
    lines = said or (
        service(1, "2000.00", "1300.00", CO45="700.00"),
        service(2, "1000.00", "700.00", CO45="300.00"),
    )
    return account(
        charge(1, "2000.00"),
        charge(2, "1000.00"),
        covered("LARK"),
        ContractAmount("LARK", allowed),
        answer("A", *lines),
        *rows,
    )


PAYMENTS = (paid(1, "1300.00", "A"), paid(2, "700.00", "A"))


def test_where_contract_and_remittance_agree_in_total_the_remittance_governs_each_line() -> None:
    case = stay(written_off(1, "700.00"), written_off(2, "300.00"), *PAYMENTS)
    assert targets(case)["1 contractual"] == "700.00"
    assert findings(case) == []
    assert determine_account(case, book()).variances == ()


def test_agreement_in_total_backs_a_write_off_above_it() -> None:
    case = stay(written_off(1, "750.00"), written_off(2, "300.00"), *PAYMENTS)
    assert findings(case) == [
        "line 1: $50.00 contractual_overposted, none, reverse_posting, proved"
    ]


def test_line_contracts_that_agree_in_total_back_each_line() -> None:
    case = stay(written_off(1, "700.00"), written_off(2, "350.00"), *PAYMENTS)
    lines = [ContractAmount("LARK", 1350_00, 1), ContractAmount("LARK", 650_00, 2)]
    assert findings(case._replace(contracts=lines)) == [
        "line 2: $50.00 contractual_overposted, none, reverse_posting, proved"
    ]


@pytest.mark.parametrize(
    "posted",
    [
        [written_off(1, "900.00"), written_off(2, "200.00")],
        [written_off(2, "1100.00")],
        [written_off(None, "1100.00")],
        [written_off(None, "1100.00", None)],
    ],
    ids=["by line", "on one line", "on no line", "without a group code"],
)
def test_a_contract_for_the_account_asks_back_what_was_paid_above_it_in_total(
    posted: list[Row],
) -> None:
    assert findings(stay(*posted, *PAYMENTS, allowed=1900_00)) == [
        "line 1: $65.00 paid_above_contract, payer LARK, refund_payer, proved",
        "line 2: $35.00 paid_above_contract, payer LARK, refund_payer, proved",
    ]


def test_a_contract_for_the_account_that_allows_more_is_no_credit() -> None:
    case = stay(written_off(1, "650.00"), written_off(2, "250.00"), *PAYMENTS, allowed=2100_00)
    assert excesses(case) == {"1 patient": "-70.00", "2 patient": "-30.00"}


def test_the_variance_of_a_contract_for_the_account_is_one() -> None:
    case = stay(written_off(1, "700.00"), written_off(2, "300.00"), *PAYMENTS, allowed=1900_00)
    assert findings(case) == []
    assert determine_account(case, book()).variances == ((None, "LARK", 100_00),)


def test_where_the_ledger_follows_neither_contract_nor_remittance_nothing_is_proved() -> None:
    case = stay(written_off(1, "720.00"), written_off(2, "300.00"), *PAYMENTS, allowed=1900_00)
    assert findings(case) == [
        "line 1: $20.00 contractual_overposted, none, reverse_posting, likely"
    ]


def test_a_denied_line_is_left_out_of_a_contract_for_the_account() -> None:
    said = (
        service(1, "2000.00", "1300.00", CO45="700.00"),
        service(2, "1000.00", "0.00", CO197="1000.00"),
    )
    case = stay(written_off(1, "700.00"), written_off(2, "1000.00"), paid(1, "1300.00", "A"),
                allowed=1300_00, said=said)  # fmt: skip
    assert targets(case) == {
        "1 contractual": "700.00", "2 contractual": "1000.00", "1 LARK": "1300.00"
    }  # fmt: skip
    assert determine_account(case, book()).variances == ()


def test_a_contract_for_the_account_of_a_payer_that_has_not_answered_waits() -> None:
    case = account(
        charge(1, "100.00"), covered("LARK"), ContractAmount("LARK", 60_00), written_off(1, "40.00")
    )
    assert excesses(case) == {"1 LARK": "-60.00"}


def test_the_order_of_two_contract_amounts_never_matters() -> None:
    case = stay(written_off(1, "700.00"), written_off(2, "300.00"), *PAYMENTS)
    rows = [ContractAmount("LARK", 1900_00), ContractAmount("LARK", 2000_00)]
    one = determine_account(case._replace(contracts=rows), book())
    assert one == determine_account(case._replace(contracts=rows[::-1]), book())


def test_line_contracts_that_do_not_agree_in_total_are_asked_line_by_line() -> None:
    case = stay(written_off(1, "800.00"), written_off(2, "300.00"), *PAYMENTS)
    lines = [ContractAmount("LARK", 1200_00, 1), ContractAmount("LARK", 700_00, 2)]
    assert findings(case._replace(contracts=lines)) == [
        "line 1: $100.00 paid_above_contract, payer LARK, refund_payer, proved"
    ]
