-- The bank deposits that bear on an account: those a posting names, those that bear the trace of
-- one of its remittances, and returned ones (negative) with the trace or check of a posting.
--
-- One return, one payment: numbers of checks come again, so a return goes to the payment of its
-- amount that is nearest to it, one received before it if there is any. A return whose number no
-- posting bears may be of any payment of its amount without a number: the next one after each.
WITH returned AS (
    SELECT t.account_id, d.deposit_id
    FROM bank_deposits d
    JOIN (
        SELECT account_id, transaction_id, amount_cents, posted_on, trace_number AS number
        FROM transactions
        WHERE type = 'payment' AND trace_number IS NOT NULL
        UNION
        SELECT account_id, transaction_id, amount_cents, posted_on, check_number
        FROM transactions
        WHERE type = 'payment' AND check_number IS NOT NULL
    ) t ON t.number = d.trace_number AND t.amount_cents = d.amount_cents
    WHERE d.amount_cents < 0
    QUALIFY row_number() OVER (
        PARTITION BY d.deposit_id
        ORDER BY
            t.posted_on > d.deposited_on,
            abs(date_diff('day', t.posted_on, d.deposited_on)),
            t.account_id,
            t.transaction_id
    ) = 1
),
unnamed AS (
    SELECT d.amount_cents, d.deposited_on, min(d.deposit_id) AS deposit_id
    FROM bank_deposits d
    ANTI JOIN (
        SELECT trace_number AS number FROM transactions WHERE trace_number IS NOT NULL
        UNION ALL
        SELECT check_number FROM transactions WHERE check_number IS NOT NULL
    ) t ON t.number = d.trace_number
    ANTI JOIN transactions p ON p.deposit_id = d.deposit_id
    WHERE d.amount_cents < 0
    GROUP BY d.amount_cents, d.deposited_on
),
bearing AS (
    SELECT t.account_id, d.deposit_id
    FROM transactions t
    JOIN bank_deposits d USING (deposit_id)
    UNION
    SELECT c.account_id, d.deposit_id
    FROM resolved_claims c
    JOIN bank_deposits d USING (trace_number)
    WHERE c.account_id IS NOT NULL
    UNION
    SELECT account_id, deposit_id FROM returned
    UNION
    SELECT t.account_id, d.deposit_id
    FROM transactions t
    ASOF JOIN unnamed d
        ON t.amount_cents = d.amount_cents AND t.posted_on <= d.deposited_on
    WHERE t.type = 'payment' AND t.trace_number IS NULL AND t.check_number IS NULL
)
SELECT b.account_id, d.deposit_id, d.amount_cents, d.deposited_on, d.trace_number
FROM bearing b
JOIN bank_deposits d USING (deposit_id)
