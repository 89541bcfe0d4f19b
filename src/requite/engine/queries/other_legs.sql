-- The legs that the transfers of an account have on other accounts.
WITH legs AS (
    SELECT account_id, transfer_id, amount_cents, posted_on, voided_on
    FROM transactions
    WHERE transfer_id IS NOT NULL
),
crossing AS (
    SELECT transfer_id FROM legs GROUP BY ALL HAVING min(account_id) <> max(account_id)
),
touched AS (
    SELECT DISTINCT account_id, transfer_id FROM legs SEMI JOIN crossing USING (transfer_id)
)
SELECT t.account_id, l.transfer_id, l.amount_cents, l.posted_on, l.voided_on
FROM touched t
JOIN legs l ON l.transfer_id = t.transfer_id AND l.account_id <> t.account_id
