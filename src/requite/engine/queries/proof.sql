-- The proof of each account: what its findings must add up to, and whether they do.
SELECT
    account_id,
    CAST(CAST(balance_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS balance,
    CAST(CAST(credit_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS credit,
    CAST(CAST(masked_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS masked_credit,
    CAST(CAST(owed_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS still_owed,
    CAST(CAST(findings_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS sum_of_findings,
    CAST(CAST(held_by_payer_cents AS DECIMAL(16, 0)) * 0.01 AS DECIMAL(18, 2)) AS held_by_payer,
    findings_cents = credit_cents AND owed_cents - credit_cents = balance_cents AS agrees,
    variances
FROM proved
ORDER BY account_id
