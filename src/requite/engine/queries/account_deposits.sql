-- The bank deposits that bear on an account: those a posting names, those that bear the trace of
-- one of its remittances, and returned ones (negative) with the trace or check of a posting.
WITH bearing AS (
    SELECT t.account_id, d.deposit_id
    FROM transactions t
    JOIN bank_deposits d USING (deposit_id)
    UNION
    SELECT c.account_id, d.deposit_id
    FROM resolved_claims c
    JOIN bank_deposits d USING (trace_number)
    WHERE c.account_id IS NOT NULL
    UNION
    SELECT t.account_id, d.deposit_id
    FROM transactions t
    JOIN bank_deposits d ON d.trace_number = t.trace_number
    WHERE d.amount_cents < 0
    UNION
    SELECT t.account_id, d.deposit_id
    FROM transactions t
    JOIN bank_deposits d ON d.trace_number = t.check_number
    WHERE d.amount_cents < 0
)
SELECT b.account_id, d.deposit_id, d.amount_cents, d.deposited_on, d.trace_number
FROM bearing b
JOIN bank_deposits d USING (deposit_id)
