-- Accounts covered by the payer of a refund request under the member number that it states. One
-- whose days of service lie all outside those of the request is left out.
WITH stated AS (
    SELECT
        a.request_id, a.service_from, a.service_to, unnest(a.members) AS member_id,
        k.kin_id AS payer_id
    FROM asked a
    JOIN kin k USING (payer_id)
),
bearing AS (
    SELECT DISTINCT part, account_no, payer_id, member_id
    FROM coverages
    WHERE member_id IN (SELECT member_id FROM stated)
    UNION
    SELECT DISTINCT part, account_no, payer_id, member_id
    FROM remit_claims
    WHERE member_id IN (SELECT member_id FROM stated)
)
SELECT DISTINCT s.request_id, a.account_id
FROM stated s
JOIN bearing b USING (member_id, payer_id)
JOIN accounts a USING (part, account_no)
WHERE NOT coalesce(
    a.service_from > coalesce(s.service_to, s.service_from)
    OR coalesce(a.service_to, a.service_from) < coalesce(s.service_from, s.service_to),
    false
)
