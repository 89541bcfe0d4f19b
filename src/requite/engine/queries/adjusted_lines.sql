-- The adjustments of each remittance line (line NULL: of its claim), summed by meaning.
SELECT
    account_no,
    remit_claim_id,
    line_no AS remit_line,
    coalesce(sum(amount_cents) FILTER (kind = 'contractual'), 0) AS co_cents,
    coalesce(sum(amount_cents) FILTER (kind = 'patient'), 0) AS pr_cents,
    coalesce(sum(amount_cents) FILTER (kind = 'interest'), 0) AS interest_cents,
    coalesce(sum(amount_cents) FILTER (kind = 'contractual' AND carc = '253'), 0)
        AS sequestered_cents,
    bool_or(kind = 'earlier') AS has_oa23,
    bool_or(
        kind = 'contractual' AND carc IN ('16', '18', '22', '109', '226', '227', '252')
    ) AS asks
FROM (
    SELECT
        *,
        CASE
            WHEN carc = '225' THEN 'interest'
            WHEN group_code = 'PR' THEN 'patient'
            WHEN group_code = 'OA' AND carc = '23' THEN 'earlier'
            ELSE 'contractual'
        END AS kind
    FROM remit_adjustments
)
GROUP BY account_no, remit_claim_id, line_no
