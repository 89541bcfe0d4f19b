-- Patient payments by a check that was posted, the same day and in the same deposit, to accounts
-- of other guarantors too, with all whom it was posted for. Check numbers come again with time and
-- from one family to the next: the day and the deposit keep most of those apart.
WITH paid AS (
    SELECT
        t.account_id,
        t.transaction_id,
        t.check_number,
        t.posted_on,
        coalesce(t.deposit_id, '') AS deposit_id,
        coalesce(a.guarantor_id, a.patient_id) AS guarantor_id
    FROM transactions t
    JOIN accounts a USING (account_id)
    WHERE t.type = 'payment'
        AND t.payer_id IS NULL
        AND t.check_number IS NOT NULL
        AND t.voided_on IS NULL
),
shared AS (
    SELECT
        check_number,
        posted_on,
        deposit_id,
        string_agg(DISTINCT guarantor_id, '|' ORDER BY guarantor_id) AS guarantors
    FROM paid
    WHERE guarantor_id IS NOT NULL
    GROUP BY ALL
    HAVING min(guarantor_id) <> max(guarantor_id)
)
SELECT p.account_id, p.transaction_id, s.guarantors
FROM paid p
JOIN shared s USING (check_number, posted_on, deposit_id)
