-- Accounts that bear the patient control number of a refund request: on a claim that was billed,
-- in a remittance (of no known account: where a posting names it), or as the account's own number.
WITH stated AS (
    SELECT request_id, unnest(controls) AS number FROM asked
),
billed AS (
    SELECT part, account_no, patient_control_number AS number
    FROM claims
    WHERE patient_control_number IN (SELECT number FROM stated)
)
SELECT DISTINCT s.request_id, a.account_id
FROM stated s
JOIN billed b USING (number)
JOIN accounts a USING (part, account_no)
UNION
SELECT DISTINCT s.request_id, coalesce(c.account_id, a.account_id) AS account_id
FROM stated s
JOIN remit_claims c ON c.patient_control_number = s.number
JOIN accounts a USING (part, account_no)
UNION
SELECT DISTINCT s.request_id, a.account_id
FROM stated s
JOIN accounts a ON a.account_id = s.number
