-- Accounts with their number in the partition, their own balance, and why they are held out.
WITH ledger AS (
    SELECT account_id, amount_cents, voided_on, NULL AS transfer_id FROM charges
    UNION ALL
    SELECT account_id, amount_cents, voided_on, transfer_id FROM transactions
),
balances AS (
    SELECT account_id, sum(amount_cents)::BIGINT AS balance_cents
    FROM ledger
    WHERE voided_on IS NULL
    GROUP BY ALL
),
legs AS (
    SELECT account_id, transfer_id, amount_cents, voided_on
    FROM ledger
    WHERE transfer_id IS NOT NULL
    UNION ALL
    SELECT account_id, transfer_id, amount_cents, voided_on FROM other_legs
),
gaps AS (
    SELECT DISTINCT account_id
    FROM (
        SELECT account_id, transfer_id
        FROM legs
        WHERE voided_on IS NULL
        GROUP BY ALL
        HAVING sum(amount_cents) <> 0
    )
)
SELECT
    (row_number() OVER (ORDER BY a.account_id) - 1)::INTEGER AS account_no,
    a.* EXCLUDE (form, is_bad),
    coalesce(b.balance_cents, 0) AS balance_cents,
    CASE
        WHEN a.reported_balance_cents <> coalesce(b.balance_cents, 0) THEN 'balance'
        WHEN a.reported_balance_cents IS NULL AND g.account_id IS NOT NULL THEN 'transfer'
    END AS held
FROM accounts a
LEFT JOIN balances b USING (account_id)
LEFT JOIN gaps g USING (account_id)
ORDER BY a.account_id
