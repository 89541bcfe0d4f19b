from pathlib import Path

import duckdb


def written(path: Path, rows: str) -> None:
    with duckdb.connect() as database:
        database.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")


def test_agreement_counts_the_cents_that_both_find_where_no_other_cause_is_at_work(
    tmp_path: Path,
) -> None:
    from rivals import agreement

    written(
        tmp_path / "findings.parquet",
        """
        SELECT account_id, cause, amount::DECIMAL(18, 2) AS amount FROM (VALUES
            ('01', 'duplicate_payment', 10.00), ('01', 'duplicate_payment', 5.00),
            ('02', 'duplicate_posting', 7.00), ('03', 'takeback_unposted', 3.00),
            ('04', 'patient_overcollection', 2.50)
        ) AS found(account_id, cause, amount)
        """,
    )
    written(tmp_path / "proof.parquet", "SELECT unnest(['01', '02', '03', '04']) AS account_id")
    found = tmp_path / "found.csv"
    found.write_text(
        "account_id,cause,amount\n"
        "01,duplicate_payment,15.00\n"  # the same
        "03,duplicate_payment,3.00\n"  # another cause is at work
        "04,patient_overcollection,4.00\n"  # too much
        "09,duplicate_payment,9.00\n"  # held out of the findings
    )
    both = agreement(tmp_path, found, "round(amount * 100)")
    assert (both.pairs, both.same_pairs) == (3, 1)
    assert (both.our_cents, both.same_cents, both.their_cents) == (2450, 1750, 1900)


def test_a_table_is_loaded_with_the_columns_of_its_file(tmp_path: Path) -> None:
    from rivals import load

    (tmp_path / "remit_lines.csv").write_text('"remit_claim_id","line_no","paid","service_date"\n')
    sql = load(tmp_path, "remit_lines")
    assert "(remit_claim_id text, line_no integer, paid numeric, service_date date)" in sql
    assert f"FROM '{tmp_path}/remit_lines.csv'" in sql


def test_the_changes_hold_one_more_dollar_from_a_few_patients(tmp_path: Path) -> None:
    from change import change

    feed, changes = tmp_path / "feed", tmp_path / "changes"
    feed.mkdir()
    written(
        feed / "transactions.parquet",
        """
        SELECT 'T' || i AS transaction_id, 'A' || i % 2000 AS account_id, 'payment' AS type,
            -1000 AS amount_cents, CASE WHEN i >= 2000 THEN 'P' END AS payer_id
        FROM range(4000) AS r(i)
        """,
    )
    written(
        feed / "accounts.parquet",
        "SELECT 'A' || i AS account_id, 500 AS reported_balance_cents FROM range(2000) AS r(i)",
    )
    for table in ("coverages", "claims", "charges", "refunds", "contract_amounts"):
        rows = "SELECT 'A' || i AS account_id, 'C' || i AS charge_id FROM range(2000) AS r(i)"
        written(feed / f"{table}.parquet", rows)
    written(feed / "allocations.parquet", "SELECT 'C' || i AS charge_id FROM range(2000) AS r(i)")
    change(feed, changes)
    with duckdb.connect() as database:
        paid = dict(
            database.execute(
                "SELECT account_id, sum(amount_cents) + 2000 FROM read_parquet($1) GROUP BY ALL",
                [f"{changes}/transactions.parquet"],
            ).fetchall()
        )
        reported = dict(database.execute(f"FROM '{changes}/accounts.parquet'").fetchall())
        (charges, allocations) = (
            {row[0] for row in database.read_parquet(str(file)).select("charge_id").fetchall()}
            for file in (changes / "charges.parquet", changes / "allocations.parquet")
        )
    assert 5 < len(paid) < 50
    assert set(paid.values()) == {-100}
    assert charges == allocations == {f"C{account[1:]}" for account in paid}
    assert {account: 500 + cents for account, cents in paid.items()} == reported
