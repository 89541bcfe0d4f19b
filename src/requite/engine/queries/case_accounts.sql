-- What an office shows and searches of the accounts that have findings: the patient's name, the
-- numbers by which people ask for an account, and the day of the last posting that lowered it: since
-- then at the latest the credit is there.
WITH wanted AS (
    SELECT DISTINCT account_id FROM findings
),
mine AS (
    SELECT a.part, a.account_no, a.account_id, p.first_name, p.last_name
    FROM accounts a
    SEMI JOIN wanted USING (account_id)
    LEFT JOIN patients p USING (patient_id)
),
numbers AS (
    SELECT part, account_no, patient_control_number AS value FROM claims
    UNION
    SELECT part, account_no, payer_claim_number FROM claims
    UNION
    SELECT part, account_no, payer_claim_number FROM remit_claims
    UNION
    SELECT part, account_no, trace_number FROM remit_claims
    UNION
    SELECT part, account_no, check_number FROM transactions
    UNION
    SELECT part, account_no, check_number FROM refunds
    UNION
    SELECT part, account_no, refund_id FROM refunds
),
lowered AS (
    SELECT part, account_no, max(posted_on) AS credit_on
    FROM transactions
    WHERE amount_cents < 0 AND voided_on IS NULL
    GROUP BY part, account_no
)
SELECT
    m.account_id,
    trim(coalesce(m.first_name, '') || ' ' || coalesce(m.last_name, '')) AS patient_name,
    list_sort(list(DISTINCT n.value) FILTER (n.value IS NOT NULL)) AS numbers,
    l.credit_on
FROM mine m
LEFT JOIN numbers n USING (part, account_no)
LEFT JOIN lowered l USING (part, account_no)
GROUP BY ALL
ORDER BY m.account_id
