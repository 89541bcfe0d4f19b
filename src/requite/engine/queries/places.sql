-- The payers of each account in COB order, without coverages that cover none of its services. What
-- covers some services only, and a payer that stands twice, has no place that can be told simply.
WITH reach AS (
    SELECT
        v.account_no,
        v.cob_order,
        v.payer_id,
        v.member_id,
        v.effective_from,
        v.capitated,
        count(s.line_no) AS services,
        count(s.line_no) FILTER (
            coalesce(s.service_date, a.service_from) < v.effective_from
            OR coalesce(s.service_date, a.service_from) > v.effective_to
        ) AS outside
    FROM coverages v
    JOIN accounts a USING (account_no)
    LEFT JOIN services s USING (account_no)
    GROUP BY ALL
),
stood AS (
    SELECT
        *,
        count(*) OVER (PARTITION BY account_no, payer_id) > 1 AS is_twice
    FROM reach
)
SELECT
    account_no,
    payer_id,
    capitated,
    row_number() OVER (PARTITION BY account_no ORDER BY cob_order, payer_id, member_id) AS place,
    outside > 0 OR is_twice AS is_odd
FROM stood
WHERE outside < services OR services = 0
