-- Accounts on which the ledger alone bears the claim number that a refund request states: the
-- remittance of that payment is missing.
WITH stated AS (
    SELECT a.request_id, unnest(a.numbers) AS number, k.kin_id AS payer_id
    FROM asked a
    JOIN kin k USING (payer_id)
),
posted AS (
    SELECT DISTINCT part, account_no, payer_id, payer_claim_number AS number
    FROM transactions
    WHERE payer_claim_number IN (SELECT number FROM stated)
)
SELECT DISTINCT s.request_id, a.account_id
FROM stated s
JOIN posted p ON p.number = s.number AND (p.payer_id IS NULL OR p.payer_id = s.payer_id)
JOIN accounts a USING (part, account_no)
