-- Accounts of which a remittance, or a claim that was billed, bears the claim number that a refund
-- request states, with the request's payer or one it is related to. A remittance claim of no known
-- account belongs where a posting names it.
WITH stated AS (
    SELECT a.request_id, unnest(a.numbers) AS number, k.kin_id AS payer_id
    FROM asked a
    JOIN kin k USING (payer_id)
),
billed AS (
    SELECT part, account_no, payer_id, payer_claim_number AS number
    FROM claims
    WHERE payer_claim_number IN (SELECT number FROM stated)
    UNION ALL
    SELECT part, account_no, payer_id, original_payer_claim_number
    FROM claims
    WHERE original_payer_claim_number IN (SELECT number FROM stated)
)
SELECT DISTINCT s.request_id, coalesce(c.account_id, a.account_id) AS account_id
FROM stated s
JOIN remit_claims c ON c.payer_claim_number = s.number AND c.payer_id = s.payer_id
JOIN accounts a USING (part, account_no)
UNION
SELECT DISTINCT s.request_id, a.account_id
FROM stated s
JOIN billed b USING (number, payer_id)
JOIN accounts a USING (part, account_no)
