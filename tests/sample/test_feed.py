"""The sample keeps to the contract of the feed."""

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

import pytest

PARENTS = (  # table, column, the table and column that it refers to
    ("accounts", "patient_id", "patients", "patient_id"),
    ("accounts", "guarantor_id", "guarantors", "guarantor_id"),
    ("accounts", "facility_id", "facilities", "facility_id"),
    ("coverages", "account_id", "accounts", "account_id"),
    ("coverages", "payer_id", "payers", "payer_id"),
    ("coverages", "plan_id", "plans", "plan_id"),
    ("payers", "parent_id", "payers", "payer_id"),
    ("claims", "account_id", "accounts", "account_id"),
    ("charges", "account_id", "accounts", "account_id"),
    ("transactions", "account_id", "accounts", "account_id"),
    ("transactions", "payer_id", "payers", "payer_id"),
    ("transactions", "claim_id", "claims", "claim_id"),
    ("transactions", "deposit_id", "bank_deposits", "deposit_id"),
    ("transactions", "reverses_transaction_id", "transactions", "transaction_id"),
    ("refunds", "account_id", "accounts", "account_id"),
    ("refunds", "transaction_id", "transactions", "transaction_id"),
    ("refund_requests", "account_id", "accounts", "account_id"),
    ("contract_amounts", "account_id", "accounts", "account_id"),
    ("contract_amounts", "payer_id", "payers", "payer_id"),
)
KEYS = (
    ("accounts", "account_id"),
    ("patients", "patient_id"),
    ("guarantors", "guarantor_id"),
    ("payers", "payer_id"),
    ("plans", "plan_id"),
    ("claims", "claim_id"),
    ("charges", "charge_id"),
    ("transactions", "transaction_id"),
    ("refunds", "refund_id"),
    ("refund_requests", "request_id"),
    ("bank_deposits", "deposit_id"),
)


def dollars(text: str) -> Decimal:
    return Decimal(text or "0")


@pytest.mark.parametrize(("table", "key"), KEYS)
def test_keys_are_unique_and_never_empty(sample: Any, table: str, key: str) -> None:
    keys = [row[key] for row in sample.rows(table)]
    assert all(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("table", "column", "parent", "key"), PARENTS)
def test_references_hold(sample: Any, table: str, column: str, parent: str, key: str) -> None:
    known = {row[key] for row in sample.rows(parent)}
    named = {row[column] for row in sample.rows(table)} - {""}
    assert named <= known


def test_reported_balances_agree_but_for_the_few_that_are_held_out(sample: Any) -> None:
    balance: dict[str, Decimal] = defaultdict(Decimal)
    for table in ("charges", "transactions"):
        for row in sample.rows(table):
            if not row["voided_on"]:
                balance[row["account_id"]] += dollars(row["amount"])
    held = {row["account_id"]: row["held_out"] == "true" for row in sample.rows("truth/accounts")}
    for row in sample.rows("accounts"):
        if row["reported_balance"]:
            agrees = dollars(row["reported_balance"]) == balance[row["account_id"]]
            assert agrees is not held[row["account_id"]]


def test_identifiers_keep_their_leading_zeros(sample: Any) -> None:
    assert sample.rows("accounts")[0]["account_id"] == "000000001"


def test_the_lines_of_charges_and_postings_agree(sample: Any) -> None:
    lines = {(row["account_id"], row["line_no"]) for row in sample.rows("charges")}
    posted = {
        (row["account_id"], row["line_no"]) for row in sample.rows("transactions") if row["line_no"]
    }
    assert posted <= lines


def test_several_accounts_share_a_guarantor(sample: Any) -> None:
    counts = Counter(row["guarantor_id"] for row in sample.rows("accounts"))
    assert max(counts.values()) >= 2


def test_payers_of_every_class_are_there(sample: Any) -> None:
    classes = {row["payer_class"] for row in sample.rows("payers")}
    assert len(classes) == 13


def test_a_third_of_the_covered_accounts_has_a_second_payer(sample: Any) -> None:
    orders = Counter(row["cob_order"] for row in sample.rows("coverages"))
    assert 0.25 <= orders["2"] / orders["1"] <= 0.36
    assert orders["3"] > 0


def test_an_account_has_two_and_a_half_lines_and_ten_postings(sample: Any) -> None:
    accounts = len(sample.rows("accounts"))
    assert 2.3 <= len(sample.rows("charges")) / accounts <= 2.8
    assert 9 <= len(sample.rows("transactions")) / accounts <= 12


def test_the_truth_names_payers_and_guarantors_of_the_account(sample: Any) -> None:
    guarantor = {row["account_id"]: row["guarantor_id"] for row in sample.rows("accounts")}
    for row in sample.rows("truth/findings"):
        if row["party"] == "patient":
            assert row["party_id"] == guarantor[row["account_id"]]
        assert bool(row["party_id"]) == (row["party"] in ("payer", "patient"))


def test_verdicts_of_every_kind_are_there_and_few_are_valid_without_reason(
    sample: Any,
) -> None:
    asked = {row["request_id"] for row in sample.rows("refund_requests")}
    verdicts = sample.rows("truth/verdicts")
    assert {row["request_id"] for row in verdicts} == asked
    assert {row["verdict"] for row in verdicts} >= {"valid", "invalid", "needs_information"}
    for row in verdicts:
        assert (row["reasons"] == "") is (row["verdict"] == "valid")


def test_parquet_money_is_whole_cents_and_equals_the_csv(
    tables: Any, written: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from requite.sample.generate import Order
    from requite.sample.write import write_sample

    path = tmp_path_factory.mktemp("csv")
    write_sample(Order(2000, 11), path, form="csv")
    cents = tables.parquet("feed/transactions")["amount_cents"]
    plain = [dollars(row["amount"]) * 100 for row in written(path).rows("transactions")]
    assert cents == plain
