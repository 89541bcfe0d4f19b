-- The legs of transfers that do not cancel, on accounts held out for them.
WITH gaps AS (
    SELECT transfer_id
    FROM transactions
    WHERE transfer_id IS NOT NULL AND voided_on IS NULL
    GROUP BY ALL
    HAVING sum(amount_cents) <> 0
)
SELECT t.transaction_id AS k0
FROM transactions t
SEMI JOIN gaps USING (transfer_id)
SEMI JOIN (SELECT account_id FROM standing WHERE held = 'transfer') h USING (account_id)
WHERE t.voided_on IS NULL
