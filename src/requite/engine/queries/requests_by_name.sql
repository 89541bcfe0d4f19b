-- Accounts of patients whose name is that of a refund request, whatever its order and signs, and
-- which its payer covers or has paid. Days of service all outside the request's leave one out.
WITH stated AS (
    SELECT
        a.request_id, a.service_from, a.service_to, name_key(a.patient_name) AS name,
        k.kin_id AS payer_id
    FROM asked a
    JOIN kin k USING (payer_id)
    WHERE a.patient_name IS NOT NULL
),
persons AS (
    SELECT patient_id, name_key(concat_ws(' ', last_name, first_name)) AS name
    FROM patients
    WHERE name IN (SELECT name FROM stated)
),
visits AS (
    SELECT a.part, a.account_no, a.account_id, a.service_from, a.service_to, p.name
    FROM persons p
    JOIN accounts a USING (patient_id)
),
paying AS (
    SELECT DISTINCT part, account_no, payer_id
    FROM coverages
    SEMI JOIN visits USING (part, account_no)
    UNION
    SELECT DISTINCT part, account_no, payer_id
    FROM remit_claims
    SEMI JOIN visits USING (part, account_no)
)
SELECT DISTINCT s.request_id, v.account_id
FROM stated s
JOIN visits v USING (name)
JOIN paying USING (part, account_no, payer_id)
WHERE NOT coalesce(
    v.service_from > coalesce(s.service_to, s.service_from)
    OR coalesce(v.service_to, v.service_from) < coalesce(s.service_from, s.service_to),
    false
)
