-- Accounts of which the payer of a refund request paid a claim with just its amount, on its days of
-- service, with the patient's name: whether the names are alike is told outside.
WITH paying AS (
    SELECT DISTINCT q.request_id, q.patient_name, q.service_from, q.service_to, c.account_id
    FROM asked q
    JOIN kin k USING (payer_id)
    JOIN remit_claims c ON c.payer_id = k.kin_id AND c.paid_cents = q.amount_cents
    WHERE q.patient_name IS NOT NULL AND q.service_from IS NOT NULL AND c.account_id IS NOT NULL
)
SELECT
    q.request_id,
    a.account_id,
    name_key(q.patient_name) AS asked_name,
    name_key(concat_ws(' ', p.last_name, p.first_name)) AS name
FROM paying q
JOIN accounts a USING (account_id)
JOIN patients p USING (patient_id)
WHERE a.service_from <= coalesce(q.service_to, q.service_from)
    AND coalesce(a.service_to, a.service_from) >= q.service_from
