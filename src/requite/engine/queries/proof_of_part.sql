-- The proof of every account of a partition: as determined, else (the screen saw that it can hold
-- no credit) its balance, all of it still owed.
SELECT * FROM determined
UNION ALL
SELECT
    a.account_id,
    a.balance_cents,
    0::BIGINT AS credit_cents,
    0::BIGINT AS masked_cents,
    a.balance_cents AS owed_cents,
    0::BIGINT AS findings_cents,
    0::BIGINT AS held_by_payer_cents,
    NULL::VARCHAR AS variances
FROM accounts a
WHERE a.held IS NULL AND a.account_id NOT IN (SELECT account_id FROM determined)
ORDER BY account_id
