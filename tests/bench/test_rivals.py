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


def test_the_later_feed_has_one_more_dollar_from_a_few_patients(tmp_path: Path) -> None:
    from change import change

    feed, later = tmp_path / "feed", tmp_path / "later"
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
    written(feed / "payers.parquet", "SELECT 'P' AS payer_id")
    change(feed, later)
    with duckdb.connect() as database:
        paid = dict(
            database.execute(
                "SELECT account_id, sum(amount_cents) + 2000 FROM read_parquet($1) GROUP BY ALL",
                [f"{later}/transactions.parquet"],
            ).fetchall()
        )
        reported = dict(database.execute(f"FROM '{later}/accounts.parquet'").fetchall())
    assert 5 < sum(1 for cents in paid.values() if cents == -100) < 50
    assert {account: 500 + cents for account, cents in paid.items()} == reported
    assert (later / "payers.parquet").read_bytes() == (feed / "payers.parquet").read_bytes()
