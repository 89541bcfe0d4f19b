-- Accounts with their number in the partition, their own balance, why they are held out, and what
-- the screen must know of them; after `latest_on` nothing of an account is dated.
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
),
unlined AS (
    SELECT DISTINCT t.account_id
    FROM transactions t
    ANTI JOIN charges c ON c.account_id = t.account_id AND c.line_no = t.line_no
    SEMI JOIN charges e ON e.account_id = t.account_id
    ANTI JOIN resolved_allocations l ON l.transaction_id = t.transaction_id
    WHERE t.line_no IS NOT NULL AND t.voided_on IS NULL
),
days AS (
    SELECT account_id, greatest(max(posted_on), max(voided_on)) AS day FROM charges GROUP BY ALL
    UNION ALL
    SELECT account_id, greatest(max(posted_on), max(voided_on)) FROM transactions GROUP BY ALL
    UNION ALL
    SELECT account_id, max(undone_on) FROM resolved_allocations GROUP BY ALL
    UNION ALL
    SELECT account_id, max(payment_date) FROM account_claims GROUP BY ALL
),
latest AS (
    SELECT account_id, max(day) AS latest_on FROM days GROUP BY ALL
),
covered AS (
    SELECT
        account_id,
        count(*)::INTEGER AS places,
        bool_and(coalesce(responsibility_collectable, true)) AS is_collectable
    FROM coverages
    GROUP BY ALL
)
SELECT
    (row_number() OVER (ORDER BY a.account_id) - 1)::INTEGER AS account_no,
    a.* EXCLUDE (form, is_bad),
    coalesce(b.balance_cents, 0) AS balance_cents,
    CASE
        WHEN h.account_id IS NOT NULL THEN 'problem'
        WHEN u.account_id IS NOT NULL THEN 'line'
        WHEN a.reported_balance_cents <> coalesce(b.balance_cents, 0) THEN 'balance'
        WHEN a.reported_balance_cents IS NULL AND g.account_id IS NOT NULL THEN 'transfer'
    END AS held,
    l.latest_on,
    coalesce(c.places, 0) AS places,
    coalesce(c.is_collectable, true) AS is_collectable,
    k.account_id IS NOT NULL AS has_contract
FROM accounts a
LEFT JOIN balances b USING (account_id)
LEFT JOIN gaps g USING (account_id)
LEFT JOIN held_accounts h USING (account_id)
LEFT JOIN unlined u USING (account_id)
LEFT JOIN latest l USING (account_id)
LEFT JOIN covered c USING (account_id)
LEFT JOIN (SELECT DISTINCT account_id FROM contract_amounts) k USING (account_id)
ORDER BY a.account_id
